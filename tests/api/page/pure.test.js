// @ts-check
/** The pure parts of the page: addresses, figures, geometry, words. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { CENTRE, MOST_CARDS, placed } from '../../../api/page/app/columns.js';
import { compact, money, moneyUnit, nearly, percent, points, short, signed } from '../../../api/page/app/figures.js';
import { layout } from '../../../api/page/app/flows.js';
import { curve, ring, spoke } from '../../../api/page/app/geometry.js';
import { pairsOf, shownOf, stepOf, verdict } from '../../../api/page/app/pairs.js';
import { nextSort, readSort, sorted } from '../../../api/page/app/sorting.js';
import { elsewhere, readView, writeView } from '../../../api/page/app/state.js';
import { readIndicatorWeights, reweighed, writeIndicatorWeights } from '../../../api/page/app/weights.js';
import { en } from '../../../api/page/app/words/en.js';
import { zh } from '../../../api/page/app/words/zh.js';

test('an address survives a round trip', () => {
  const query = 'view=gaps&town=town:dingxiang-flange&sel=product%3Aheat'.replace('%3A', ':') + '&state=WEAK&state=MISSING&action=EXTEND&w=0.1,0.9,0&asOf=2022&realOnly=1&src=town:a|OUTPUT_VALUE&tour=2&lang=en';
  assert.equal(writeView(readView(query)), query);
});
test('nonsense in the address is dropped', () => assert.equal(writeView(readView('view=chain&state=NICE&asOf=x&lang=fr&town=<script>&w=0,0,0&tour=9&action=SELL')), ''));
test('a link that was shared by an older name still opens what it showed, and is written by the new one', () => {
  assert.equal(writeView(readView('view=tiles&sorted=-rank')), 'view=tiles&sort=-rank');
  assert.equal(writeView(readView('view=tiles&sorted=town&sort=place')), 'view=tiles&sort=place');
  assert.equal(writeView(readView('view=ranking&sort=-total')), 'view=ranking&sort=-total');
});
test('defaults are left out, so that a view has one address', () => assert.equal(writeView(readView('view=town&town=town:a&w=0.5,0.3,0.2&action=FILL&lang=zh')), 'town=town:a'));
test('going elsewhere keeps the year and the language, and drops what was chosen', () => {
  assert.equal(writeView(elsewhere(readView('view=gaps&town=town:a&sel=product:b&asOf=2022&lang=en&tour=3&src=method'))), 'view=gaps&town=town:a&asOf=2022&lang=en');
});

test('a column has one unit, by its largest value', () => {
  assert.equal(moneyUnit([5e6, 2.2e9, null]).key, 'yi');
  assert.equal(moneyUnit([5e6, 9.9e7]).key, 'wan');
  assert.equal(moneyUnit([120]).key, 'yuan');
  assert.equal(moneyUnit([null, 0]).key, 'wan');
});
test('English counts in millions and thousands, never in units of ten thousand', () => {
  assert.equal(money(2.2e9, moneyUnit([2.2e9]), 'en'), '2,200');
  assert.equal(money(5e6, moneyUnit([5e6]), 'en'), '5,000');
  assert.equal(money(2.2e9, moneyUnit([2.2e9]), 'zh'), '22');
});
test('unknown is a dash and zero is a zero', () => {
  assert.equal(money(null, moneyUnit([]), 'zh'), '—');
  assert.equal(money(0, moneyUnit([]), 'zh'), '0');
  assert.equal(percent(null), '—');
  assert.equal(percent(0), '0%');
});
test('English counts in thousands', () => assert.deepEqual([219_925_000, 48_200, 1.397e9].map(compact), ['220M', '48.2K', '1.4B']));
test('three significant figures', () => assert.deepEqual([1.234, 12.34, 1234.5].map((n) => short(n, 'zh')), ['1.23', '12.3', '1,235']));

test('points have one decimal, and what is not all is never written as all', () => {
  assert.deepEqual([66.377, 0, null].map(points), ['66.4', '0.0', '—']);
  assert.deepEqual([9.02, -0.3, 0.02].map(signed), ['+9.0', '−0.3', '0.0']);
  assert.deepEqual([1, 0.996, 0.5, 0.004, 0, null].map(nearly), ['100%', '>99%', '50%', '<1%', '0%', '—']);
});

test('a table is sorted both ways with the unknown last, and equal rows stay as they were', () => {
  const rows = [{ n: 2, k: 'a' }, { n: null, k: 'b' }, { n: 1, k: 'c' }, { n: 2, k: 'd' }];
  const keys = (/** @type {boolean} */ down) => sorted(rows, (row) => row.n, down).map((row) => row.k).join('');
  assert.equal(keys(false), 'cadb');
  assert.equal(keys(true), 'adcb');
  assert.deepEqual(readSort('-total'), { by: 'total', down: true });
  assert.deepEqual([nextSort('rank', 'total'), nextSort('total', 'total'), nextSort('-total', 'total')], ['total', '-total', 'total']);
});

test('weights in the address: read, changed, and never all nought', () => {
  const weights = readIndicatorWeights('local:40,growth:0');
  assert.deepEqual(weights, [{ indicator: 'local', weight: 40 }, { indicator: 'growth', weight: 0 }]);
  assert.equal(writeIndicatorWeights(weights ?? []), 'local:40,growth:0');
  assert.equal(readIndicatorWeights('local:1,local:2'), null);
  assert.equal(reweighed(weights ?? [], 'local', 0), null);
  assert.equal(writeIndicatorWeights(reweighed(weights ?? [], 'growth', 2.5) ?? []), 'local:40,growth:2.5');
  assert.equal(writeView(readView('view=ranking&weights=local:40,growth:x')), 'view=ranking');
});

test('a radar leaves a hole where a value is not known', () => {
  assert.deepEqual(spoke(0, 4, 1, 10), { x: 0, y: -10 });
  assert.equal(ring([1, 1, 1, 1], 10), 'M0,-10L10,0M10,0L0,10M0,10L-10,0M-10,0L0,-10');
  assert.equal(ring([1, 1, null, 1], 10), 'M0,-10L10,0M-10,0L0,-10');
});

test('a link to an earlier column starts at the left side', () => {
  const a = { left: 0, right: 10, top: 0, bottom: 10 }, b = { left: 50, right: 60, top: 0, bottom: 10 };
  assert.match(curve(a, b), /^M10,5C.* 50,5$/);
  assert.match(curve(b, a), /^M50,5C.* 10,5$/);
  assert.match(curve(a, { ...a, top: 40, bottom: 50 }), /^M10,5C38\.8.* 12,45$/);
});

/** @param {string} start @param {[string, number|null][]} partners @param {number} [left] @returns {any} a walk of one hop */
const walk = (start, partners, left = 0) => ({
  nodes: [[start, null], ...partners].map(([id, value], tier) => ({ organisation: { id: `org:${id}`, name: id }, tier: Math.min(1, tier), value, synthetic: false, further: 0 })),
  links: partners.map(([id, value]) => ({ seller: { id: `org:${id}` }, buyer: { id: `org:${start}` }, product: { id: 'product:p', name: 'p' }, value, year: 2024 })), cut: { nodes: left },
});
test('a network is laid by hops: a firm once a side, met again it leads back, what is left out is a card', () => {
  const centre = /** @type {any} */ ({ id: 'org:a', name: 'a', upstream: walk('a', [['b', 9], ['c', 5]], 4), downstream: walk('a', [['c', 2]]) });
  const { columns, links, undrawn } = placed(centre, [{ key: 'uorg:b', walk: walk('b', [['d', 7], ['c', 1], ['a', null]]) }, { key: 'uorg:nobody', walk: walk('nobody', [['e', 1]]) }]);
  const told = columns.map(({ side, hop, cards }) => [side, hop, ...cards.map((card) => `${card.kind}:${card.key}:${card.at}`)]);
  assert.deepEqual(told, [
    ['u', 1, 'firm:uorg:b:', 'firm:uorg:c:dorg:c', 'rest:rest|u|c:'],
    ['d', 1, 'firm:dorg:c:uorg:c'],
    ['u', 2, 'firm:uorg:d:', 'again:again|uorg:b|org:c:uorg:c', `again:again|uorg:b|org:a:${CENTRE}`],
  ]);
  assert.deepEqual(links.map((one) => `${one.from}>${one.to}`), ['uorg:b>c', 'uorg:c>c', 'c>dorg:c', 'uorg:d>uorg:b', 'again|uorg:b|org:c>uorg:b', 'again|uorg:b|org:a>uorg:b']);
  assert.deepEqual([columns[0].cards[0].goods, columns[0].cards[0].year, undrawn], [['p'], 2024, 0]);
});
test('a network has no more cards than can be drawn, and counts the others', () => {
  const centre = /** @type {any} */ ({ id: 'org:a', name: 'a', upstream: walk('a', Array.from({ length: MOST_CARDS + 7 }, (_, n) => [`b${n}`, 1])), downstream: null });
  const { columns, undrawn } = placed(centre, []);
  assert.deepEqual([columns[0].cards.length, undrawn], [MOST_CARDS - 1, 8]);
});
test('of the network, what looks like no firm is dropped from the address', () => {
  assert.deepEqual(readView('view=network&org=org:a&open=uorg:b,dorg:c&top=24').of, { org: 'org:a', open: 'uorg:b,dorg:c', top: '24' });
  assert.deepEqual(readView('view=network&org=org:a&open=x,y&top=7').of, { org: 'org:a' });
});

const folder = new URL('../../../api/page/app/words/', import.meta.url);
/** @type {{zh: Record<string, string>, en: Record<string, string>}[]} words of the frame, then of each view */
const pairs = [{ zh, en }, ...await Promise.all(readdirSync(folder).filter((name) => !['zh.js', 'en.js'].includes(name)).map((name) => import(new URL(name, folder).href)))];

test('Chinese and English say the same things', () => {
  const places = (/** @type {string} */ text) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
  for (const pair of pairs) {
    assert.deepEqual(Object.keys(pair.en).sort(), Object.keys(pair.zh).sort());
    for (const key of Object.keys(pair.zh)) assert.equal(places(pair.en[key]), places(pair.zh[key]), key);
  }
});
test('no word is said by two files', () => {
  const keys = pairs.flatMap((pair) => Object.keys(pair.zh));
  assert.deepEqual(keys.filter((key, n) => keys.indexOf(key) !== n), []);
});

test('alike towns are rivals, unless they sell each other much', () => {
  assert.equal(verdict('COSINE', 0.84, [1e9, 1e9], 1), null);
  assert.equal(verdict('COSINE', 0.85, [0, null], 100), 'RIVALS');
  assert.equal(verdict('COSINE', 0.85, [2, 3], 100), 'PARTNERS');
  assert.equal(verdict('COSINE', 0.85, [2, 2.9], 100), 'RIVALS');
  assert.equal(verdict('KRUGMAN', 0.3, [0, 0], 100), 'RIVALS');
  assert.equal(verdict('KRUGMAN', 0.31, [0, 0], 100), null);
});
test('five steps, the last with the same', () => {
  assert.deepEqual([0, 0.19, 0.2, 0.6, 0.99, 1].map((value) => stepOf('COSINE', value)), [0, 0, 1, 3, 4, 4]);
  assert.deepEqual([2, 1, 0].map((value) => stepOf('KRUGMAN', value)), [0, 2, 4]);
});
test('of too many towns the largest are shown, in the order of their clusters', () => {
  assert.deepEqual(shownOf([3, 1, 0, 2], [10, 40, 5, 20], 4), [3, 1, 0, 2]);
  assert.deepEqual(shownOf([3, 1, 0, 2], [10, 40, 5, 20], 2), [3, 1]);
  assert.deepEqual(pairsOf([2, 0, 1], [[0, 1, 3], [1, 0, 2], [3, 2, 0]], 'COSINE').map((pair) => pair.value), [3, 2, 1]);
  assert.deepEqual(pairsOf([2, 0, 1], [[0, 1, 3], [1, 0, 2], [3, 2, 0]], 'KRUGMAN').map((pair) => pair.value), [1, 2, 3]);
});
test('a flow stands in the columns that the service gave, and its bands keep their widths', () => {
  /** @type {any} */
  const node = { side: 'TOWN', stage: null, product: null, place: null, folded: 0, valueIn: 0, valueOut: 0 };
  /** @type {any} */
  const flow = { nodes: [0, 1, 2].map((tier) => ({ ...node, key: `n${tier}`, tier })), links: [{ key: 'a', source: 0, target: 1, value: 3 }, { key: 'b', source: 1, target: 2, value: 1 }] };
  const drawn = layout(flow, 1000);
  assert.deepEqual(drawn.nodes.map((one) => one.x0), [176, 507, 838]);
  assert.ok(Math.abs(drawn.links[0].width / drawn.links[1].width - 3) < 1e-9);
  assert.equal(flow.links[0].source, 0); // what was answered stays as it was
});
