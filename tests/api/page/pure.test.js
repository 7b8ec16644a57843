// @ts-check
/** The pure parts of the page: addresses, figures, geometry, words. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { money, moneyUnit, nearly, percent, points, short, signed } from '../../../api/page/app/figures.js';
import { curve, ring, spoke } from '../../../api/page/app/geometry.js';
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
