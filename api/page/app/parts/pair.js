// @ts-check
/** What two towns share, sell each other, and could: beside a cell of the heat map, and below towns side by side. */
import { html, say } from '../shared.js';
import { ProductLink, yuan } from './marks.js';

/** @typedef {import('../../queries').PairPartsFragment} Pair */

/** @param {number|null|undefined} value yuan a year */
export const amount = (value) => (value === null || value === undefined ? say('unknown') : yuan(value));

/** 0 is: none that is known; null: some, not measured, or nothing is known of one of the two. @param {Pair} pair @param {number|null} value */
const traded = (pair, value) => (value === 0 ? say('pair.none') : value === null ? say(pair.unknownReason ? 'unknown' : 'pair.unmeasured') : amount(value));

/** @template {{product: {id: string, name: string, synthetic: boolean}}} R @param {string} title @param {R[]} rows @param {(row: R) => string} told */
const Goods = (title, rows, told) => html`<h3>${title} <small class="quiet">${say('pair.kinds', rows.length)}</small></h3><ul class="lines">${rows.length ? rows.slice(0, 8).map((row) => html`<li key=${row.product.id}>${ProductLink(row.product)}<small>${told(row)}</small></li>`) : html`<li class="quiet">${say('pair.none')}</li>`}${rows.length > 8 ? html`<li class="quiet">${say('more', rows.length - 8)}</li>` : null}</ul>`;

/** @param {Pair} pair */
export const PairGoods = (pair) => html`<dl><dt>${say('pair.sells', pair.start.name, pair.end.name)}</dt><dd>${traded(pair, pair.sells)}</dd><dt>${say('pair.sells', pair.end.name, pair.start.name)}</dt><dd>${traded(pair, pair.buys)}</dd></dl>
  ${pair.unknownReason ? html`<p class="quiet">${pair.unknownReason}</p>` : null}
  ${Goods(say('pair.shared'), pair.shared, (row) => `${amount(row.startSold)} / ${amount(row.endSold)}`)}
  ${Goods(say('pair.buys', pair.start.name, pair.end.name), pair.offers, (row) => say('pair.bought', amount(row.value), amount(row.fromThere)))}
  ${Goods(say('pair.buys', pair.end.name, pair.start.name), pair.wants, (row) => say('pair.bought', amount(row.value), amount(row.fromThere)))}`;
