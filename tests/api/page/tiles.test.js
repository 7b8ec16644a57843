// @ts-check
/** The pure parts of the tiles: steps, ranks, cities, and how a map's file becomes a picture. The geometry is invented. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { CELLS } from '../../../api/page/app/cities.js';
import { boundsOf, codeOf, isArea, pathOf, regionOf, squeezeOf, strokeOf } from '../../../api/page/app/geojson.js';
import { breaksOf, citiesOf, legendOf, ranksOf, stepOf } from '../../../api/page/app/steps.js';

test('ten values make five steps of two, unknown is in none', () => {
  const values = [5, 1, null, 2, 3, 4, 6, 7, 8, 9, 10], breaks = breaksOf(values);
  assert.deepEqual(breaks, [3, 5, 7, 9]);
  assert.deepEqual([null, 1, 2, 3, 10].map((value) => stepOf(value, breaks)), [null, 1, 1, 2, 5]);
  assert.deepEqual(legendOf(values, breaks).map((one) => [one.step, one.least, one.most, one.count]), [[1, 1, 2, 2], [2, 3, 4, 2], [3, 5, 6, 2], [4, 7, 8, 2], [5, 9, 10, 2]]);
});
test('equal values are never torn apart, and fewer values make fewer steps', () => {
  assert.deepEqual(breaksOf([0, 0, 0, 0, 7]), [7]);
  assert.deepEqual(breaksOf([4, 4, 4]), []);
  assert.deepEqual(breaksOf([null, null]), []);
  assert.deepEqual(legendOf([null], []), []);
  assert.equal(stepOf(4, []), 1);
});
test('equal values share a rank, unknown has none', () => assert.deepEqual(ranksOf([5, null, 9, 5, 1]), [2, null, 1, 2, 4]));

const province = { id: 'region:140000', name: 'P', level: 'PROVINCE' };
const city = (/** @type {string} */ id) => ({ id, name: id, level: 'CITY', parent: province });
test('a town stands in each city that it lies in, a town of no city in none', () => {
  const county = { id: 'region:140921', name: 'D', level: 'COUNTY', parent: city('region:140900') };
  const township = { id: 'region:140921100', name: 'T', level: 'TOWNSHIP', parent: county };
  assert.deepEqual(citiesOf({ regions: [township, county, city('region:140100')] }).map((one) => one.id), ['region:140100', 'region:140900']);
  assert.deepEqual(citiesOf({ regions: [{ id: 'region:149901', name: 'X', level: 'COUNTY', parent: province }] }), []);
});
test('the grid holds eleven cities, none on another', () => {
  const taken = Object.values(CELLS).flatMap(({ column, row, across = 1, down = 1 }) => Array.from({ length: across * down }, (_, n) => `${column + (n % across)}.${row + Math.floor(n / across)}`));
  assert.equal(Object.keys(CELLS).length, 11);
  assert.deepEqual([...new Set(taken)].sort(), ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6']);
  assert.equal(taken.length, 18);
});

/** @typedef {import('../../../api/page/app/geojson.js').Feature} Feature */
/** @param {Record<string, unknown>|null} properties @returns {Feature} */
const square = (properties) => ({ properties, geometry: { type: 'Polygon', coordinates: [[[112, 38], [113, 38.25], [113, 39], [112, 38]], [[112.5, 38.5], [112.75, 38.5], [112.75, 38.625], [112.5, 38.5]]] } });

test('every position is drawn in its order, as it is, holes and closing points too', () => {
  assert.equal(pathOf(square(null).geometry, 1), 'M112,-38L113,-38.25L113,-39L112,-38M112.5,-38.5L112.75,-38.5L112.75,-38.625L112.5,-38.5');
  assert.equal(pathOf({ type: 'MultiPolygon', coordinates: [[[[1, 2], [3, 4], [1, 2]]], [[[5, 6, 900], [7, 8], [5, 6]]]] }, 0.5), 'M0.5,-2L1.5,-4L0.5,-2M2.5,-6L3.5,-8L2.5,-6');
  assert.equal(pathOf({ type: 'LineString', coordinates: [[1.123456789, 2], [3, 4]] }, 1), 'M1.123456789,-2L3,-4');
  assert.deepEqual([square(null).geometry, { type: /** @type {const} */ ('LineString'), coordinates: [] }].map(isArea), [true, false]);
});
test('a degree of longitude is as long as it is in the middle of the map', () => {
  const bounds = boundsOf([square(null)]);
  assert.deepEqual(bounds, { west: 112, east: 113, south: 38, north: 39 });
  assert.ok(Math.abs(squeezeOf(bounds) - 0.7826) < 1e-4);
});
test('a feature is a region by its code, else by its whole name, never by a part of it', () => {
  const codes = [{ adcode: 140921 }, { ADCODE: '140921' }, { gb: '156140921' }, { code: '140921000000' }, { code: 'A1' }, { adcode: 14 }, { adcode: true }, null];
  assert.deepEqual(codes.map((properties) => codeOf(square(properties))), ['140921', '140921', '140921', '140921', null, null, null, null]);
  const regions = [{ id: 'region:140921', name: 'Dingxiang' }, { id: 'region:140302', name: 'Cheng' }, { id: 'region:140502', name: 'Cheng' }];
  const found = [{ adcode: 140921, name: 'Cheng' }, { name: 'Dingxiang' }, { name: 'Ding' }, { name: 'Cheng' }, { adcode: 149999, name: 'Dingxiang' }];
  assert.deepEqual(found.map((properties) => regionOf(square(properties), regions)?.id ?? null), ['region:140921', 'region:140921', null, null, null]);
});
test('a border keeps the colour and width that the file gives it, and nothing but a colour', () => {
  assert.deepEqual(strokeOf(square({ stroke: '#b3261e', 'stroke-width': 2 })), { stroke: '#b3261e', 'stroke-width': 2 });
  assert.deepEqual(strokeOf(square({ stroke: 'url(https://example.org)', 'stroke-width': '9' })), {});
});
