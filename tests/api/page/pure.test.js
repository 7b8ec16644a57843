// @ts-check
/** The pure parts of the page: addresses, figures, geometry, words. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { money, moneyUnit, percent, short } from '../../../api/page/app/figures.js';
import { layout } from '../../../api/page/app/flows.js';
import { curve } from '../../../api/page/app/geometry.js';
import { pairsOf, shownOf, stepOf, verdict } from '../../../api/page/app/pairs.js';
import { elsewhere, readView, writeView } from '../../../api/page/app/state.js';
import { en } from '../../../api/page/app/words/en.js';
import { zh } from '../../../api/page/app/words/zh.js';

test('an address survives a round trip', () => {
  const query = 'view=gaps&town=town:dingxiang-flange&sel=product%3Aheat'.replace('%3A', ':') + '&state=WEAK&state=MISSING&action=EXTEND&w=0.1,0.9,0&asOf=2022&realOnly=1&src=town:a|OUTPUT_VALUE&tour=2&lang=en';
  assert.equal(writeView(readView(query)), query);
});
test('nonsense in the address is dropped', () => assert.equal(writeView(readView('view=chain&state=NICE&asOf=x&lang=fr&town=<script>&w=0,0,0&tour=9&action=SELL')), ''));
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
test('unknown is a dash and zero is a zero', () => {
  assert.equal(money(null, moneyUnit([]), 'zh'), '—');
  assert.equal(money(0, moneyUnit([]), 'zh'), '0');
  assert.equal(percent(null), '—');
  assert.equal(percent(0), '0%');
});
test('three significant figures', () => assert.deepEqual([1.234, 12.34, 1234.5].map((n) => short(n, 'zh')), ['1.23', '12.3', '1,235']));

test('a link to an earlier column starts at the left side', () => {
  const a = { left: 0, right: 10, top: 0, bottom: 10 }, b = { left: 50, right: 60, top: 0, bottom: 10 };
  assert.match(curve(a, b), /^M10,5C.* 50,5$/);
  assert.match(curve(b, a), /^M50,5C.* 10,5$/);
  assert.match(curve(a, { ...a, top: 40, bottom: 50 }), /^M10,5C38\.8.* 12,45$/);
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
