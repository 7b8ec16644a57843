// @ts-check
/** The pure parts of the ledgers and the what-if: what a form sends, and how changes stand in the address. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { inputs, named, readEdits, writeEdits } from '../../../api/page/app/edits.js';
import { dayAsked, draftOf, dueAsked, fieldOf, inputOf, lacking, merged, placeOf, sentence, shared } from '../../../api/page/app/ledgers.js';
import { readView, writeView } from '../../../api/page/app/state.js';

const office = { id: 'org:office', name: 'Office' };
/** @type {import('../../../api/page/app/ledgers.js').Item} */
const item = { id: 'project:a', name: 'Line', synthetic: false, version: 1, projectStage: 'PLANNED', nextMoves: [], record: [], investment: 320000000, startOn: '2024-01-01', dueOn: null, town: { id: 'town:a', name: 'A', synthetic: false }, responsible: { nodes: [{ ...office, synthetic: false }] }, organisations: { nodes: [] } };

test('a new item sends what was typed, and nothing for what was left empty', () => {
  assert.deepEqual(inputOf('PROBLEM', { name: ' Steel ', extent: 'COMMON', dueOn: '', town: 'town:a', responsible: [office], organisations: [] }, null), { name: 'Steel', extent: 'COMMON', town: 'town:a', responsible: ['org:office'], organisations: [] });
  assert.deepEqual(inputOf('LEAD', { name: '', town: 'town:a' }, null), { town: 'town:a' }); // named by the service
  assert.equal(inputOf('TASK', { name: '', year: '2026' }, null).name, ''); // the service says what is wrong with it
});
test('a change sends only what is other than before; emptied is null, money is in yuan', () => {
  const before = draftOf('PROJECT', item);
  assert.equal(before.investment, '32000');
  assert.deepEqual(inputOf('PROJECT', before, before), {});
  assert.deepEqual(inputOf('PROJECT', { ...before, startOn: '', investment: '32000.5', organisations: [office] }, before), { investment: 320005000, startOn: null, organisations: ['org:office'] });
});
test('sent over what another has changed, only what was touched is a change', () => {
  const before = { name: 'A', dueOn: '2024-01-01', town: 'town:a' }, now = { ...before, dueOn: '2025-01-01' };
  const told = merged('PROBLEM', { ...before, name: 'B' }, before, now);
  assert.deepEqual([told.name, told.dueOn], ['B', '2025-01-01']);
  assert.deepEqual(inputOf('PROBLEM', told, now), { name: 'B' });
});
test('what GraphQL would refuse without a sentence is asked for first', () => {
  assert.deepEqual(lacking('TASK', { town: 'town:a' }), ['year', 'dueOn']);
  assert.deepEqual(lacking('PROBLEM', {}), ['town']);
});
test('a complaint finds its field, its row, and its words', () => {
  assert.deepEqual(['input.dueOn', 'note.reason', 'items.3.to'].map(fieldOf), ['dueOn', 'reason', 'to']);
  assert.deepEqual(['items.3.to', 'note.reason'].map(placeOf), [3, -1]);
  assert.equal(sentence('note.reason：must be given'), 'must be given');
});
test('many move only where all may, and with a reason if one needs it', () => {
  const moves = [{ from: 'A', to: 'B', words: 'go', reasoned: false }, { from: 'A', to: 'X', words: 'drop', reasoned: false }, { from: 'B', to: 'X', words: 'drop', reasoned: true }];
  const one = (/** @type {string} */ stage) => ({ id: stage, ledger: /** @type {const} */ ('LEAD'), stage, version: 0 });
  assert.deepEqual(shared([one('A')], moves).map((move) => move.to), ['B', 'X']);
  assert.deepEqual(shared([one('A'), one('B')], moves), [{ from: 'A', to: 'X', words: 'drop', reasoned: true }]);
  assert.deepEqual(shared([one('X'), one('A')], moves), []);
});
test('due dates are asked from the day that is asked, which never is to come', () => {
  assert.deepEqual(dueAsked('MONTH', '2024-02-01'), { closed: false, dueFrom: '2024-02-01', dueTo: '2024-03-02' });
  assert.equal(dayAsked(undefined, 2022, '2024-05-01'), '2022-12-31');
  assert.equal(dayAsked(undefined, 2024, '2024-05-01'), null);
  assert.equal(dayAsked('2023-01-01', 2022, '2024-05-01'), '2023-01-01');
});

test('changes survive a round trip through the address', () => {
  const query = 'view=whatif&town=town:a&without=org:a,org:b&with=product:x,product:y.org:c.for:d.not:e.5000000&supplies=org:a.org:d.product:x.100&ends=org:e.org:d&revenues=org:d.7';
  const view = readView(query);
  assert.equal(writeView(view), query);
  const edits = readEdits(view.of);
  assert.deepEqual(edits.map((one) => one.kind), ['close', 'close', 'arrive', 'arrive', 'supply', 'end', 'revenue']);
  assert.deepEqual(edits[3], { kind: 'arrive', org: 'org:c', product: 'product:y', buyer: 'org:d', instead: 'org:e', value: 5000000 });
  assert.deepEqual(writeEdits(edits), { without: 'org:a,org:b', with: 'product:x,product:y.org:c.for:d.not:e.5000000', supplies: 'org:a.org:d.product:x.100', ends: 'org:e.org:d', revenues: 'org:d.7' });
  assert.deepEqual(named(edits), ['org:a', 'org:b', 'org:c', 'org:d', 'org:e', 'product:x', 'product:y']);
});
test('nonsense is no change', () => assert.deepEqual(readEdits(readView('view=whatif&town=town:a&without=product:x&with=org:a&supplies=org:a&revenues=org:a.much').of), []));
test('whoever arrives is new in the town, sells to its buyer, and takes over from another', () => {
  const [edit] = readEdits({ with: 'product:y.for:d.not:e.5' });
  assert.deepEqual(inputs([edit], 'town:a', () => 'New'), [
    { open: { id: 'org:what-if-1', name: 'New', town: 'town:a', makes: 'product:y' } },
    { setSupply: { seller: 'org:what-if-1', buyer: 'org:d', product: 'product:y', value: 5 } },
    { endSupply: { seller: 'org:e', buyer: 'org:d', product: 'product:y' } },
  ]);
  const [settles] = readEdits({ with: 'product:y.org:c' });
  assert.deepEqual(inputs([settles], 'town:a', () => 'New'), [{ open: { id: 'org:what-if-1', name: 'New', town: 'town:a', makes: 'product:y', takesOver: 'org:c' } }]);
});
