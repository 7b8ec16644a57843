// @ts-check
/**
 * Where the cities stand on the grid of tiles: own work, to be edited by hand. It is no map: which cell is north of
 * which is all that is meant. Columns and rows count from 1. A city without a cell stands below, by its code.
 */

/** @typedef {{column: number, row: number, across?: number, down?: number}} Cell */

export const PROVINCE = 'region:140000';

/** @type {Record<string, Cell>} */
export const CELLS = {
  'region:140600': { column: 1, row: 1, across: 2 }, // Shuozhou
  'region:140200': { column: 3, row: 1 }, // Datong
  'region:140900': { column: 1, row: 2, across: 3 }, // Xinzhou, from the Yellow River to the eastern border
  'region:141100': { column: 1, row: 3, down: 2 }, // Lüliang
  'region:140100': { column: 2, row: 3 }, // Taiyuan
  'region:140300': { column: 3, row: 3 }, // Yangquan
  'region:140700': { column: 2, row: 4, across: 2 }, // Jinzhong
  'region:141000': { column: 1, row: 5, across: 2 }, // Linfen
  'region:140400': { column: 3, row: 5 }, // Changzhi
  'region:140800': { column: 1, row: 6, across: 2 }, // Yuncheng
  'region:140500': { column: 3, row: 6 }, // Jincheng
};
