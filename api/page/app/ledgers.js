// @ts-check
/** What an office fills in the five ledgers, and how what it typed becomes a change. Pure. */

/** @typedef {import('../queries').LedgerName} Ledger */
/** @typedef {{id: string, name: string, synthetic?: boolean}} Thing */
/** @typedef {Extract<import('../queries').LedgerItemQuery['node'], {record: unknown}>} Item one of the five, as the service shows it */
/** @typedef {'name'|'reason'|'extent'|'raisedOn'|'recordedOn'|'startOn'|'dueOn'|'year'|'investment'|'town'|'responsible'|'organisations'|'products'} Field */
/** @typedef {'text'|'long'|'extent'|'day'|'year'|'wan'|'town'|'agencies'|'organisations'|'products'} Look how a field is typed */
/** @typedef {Partial<Record<Field, string|Thing[]>>} Draft what was typed: texts, and things that were chosen */

/** @type {Ledger[]} */
export const LEDGERS = ['PROBLEM', 'TASK', 'PROJECT', 'NOTICE', 'LEAD'];
/** Where a ledger's list to take away stands, below `lists/`. */
export const LISTS = /** @type {const} */ ({ PROBLEM: 'problems', TASK: 'tasks', PROJECT: 'projects', NOTICE: 'notices', LEAD: 'leads' });

/** @type {Record<Ledger, Field[]>} */
export const FIELDS = {
  PROBLEM: ['name', 'extent', 'raisedOn', 'dueOn', 'town', 'responsible', 'organisations'],
  TASK: ['name', 'year', 'dueOn', 'town', 'responsible'],
  PROJECT: ['name', 'investment', 'startOn', 'dueOn', 'town', 'responsible', 'organisations'],
  NOTICE: ['name', 'reason', 'dueOn', 'town', 'responsible'],
  LEAD: ['name', 'products', 'organisations', 'recordedOn', 'dueOn', 'town', 'responsible'],
};

/** @type {Record<Field, Look>} */
export const LOOKS = {
  name: 'text', reason: 'long', extent: 'extent', raisedOn: 'day', recordedOn: 'day', startOn: 'day', dueOn: 'day', year: 'year', investment: 'wan',
  town: 'town', responsible: 'agencies', organisations: 'organisations', products: 'products',
};
/** Cells whose absence GraphQL itself refuses, without a sentence for people. @type {Partial<Record<Ledger, Field[]>>} */
const NEEDED = { TASK: ['year', 'dueOn'], NOTICE: ['dueOn'] };

/** @param {Ledger} ledger @param {Draft} draft @returns {Field[]} fields that have to be filled before it can be sent */
export const lacking = (ledger, draft) => [.../** @type {Field[]} */ (['town']), ...(NEEDED[ledger] ?? [])].filter((field) => !draft[field]);

/** One cell as the service takes it; `undefined` for what can't be read. @param {Field} field @param {string|Thing[]|undefined} typed */
function cell(field, typed) {
  if (Array.isArray(typed)) return typed.map((one) => one.id);
  const text = (typed ?? '').trim(), look = LOOKS[field];
  if (look === 'text' || look === 'long') return text;
  if (text === '') return null;
  return look === 'year' ? Number(text) : look === 'wan' ? Math.round(Number(text) * 10000) : text;
}

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * The input of a change: what was typed, or of that what is other than before.
 * @param {Ledger} ledger @param {Draft} draft @param {Draft|null} before null: it is new
 * @returns {Record<string, unknown>}
 */
export function inputOf(ledger, draft, before) {
  const cells = FIELDS[ledger].map((field) => /** @type {const} */ ([field, cell(field, draft[field]), before && cell(field, before[field])]));
  const told = cells.filter(([field, now, then]) => (before ? !same(now, then) : now !== null && !(field === 'name' && now === '' && (ledger === 'NOTICE' || ledger === 'LEAD'))));
  return Object.fromEntries(told.map(([field, now]) => [field, now]));
}

/** @param {Item} item */
export const dueOf = (item) => ('mustOn' in item ? item.mustOn : item.dueOn);

/** @param {Item} item @returns {string} */
export const stageOf = (item) => ('problemStage' in item ? item.problemStage : 'taskStage' in item ? item.taskStage : 'projectStage' in item ? item.projectStage : 'noticeStage' in item ? item.noticeStage : item.leadStage);

/** @param {Ledger} ledger @param {Item} item @returns {Draft} what its form begins with */
export function draftOf(ledger, item) {
  const investment = 'investment' in item && item.investment !== null ? item.investment / 10000 : null;
  const shown = /** @type {Partial<Record<Field, string|number|null|{nodes: Thing[]}>>} */ ({ ...item, dueOn: dueOf(item), town: item.town?.id, investment });
  return Object.fromEntries(FIELDS[ledger].map((field) => { const value = shown[field] ?? ''; return [field, typeof value === 'object' ? value.nodes : String(value)]; }));
}

/** Whether a field was touched. @param {Field} field @param {Draft} draft @param {Draft} before */
export const touched = (field, draft, before) => !same(cell(field, draft[field]), cell(field, before[field]));

/** What was typed, on top of how it is now: fields that were not touched are no change. @param {Ledger} ledger @param {Draft} draft @param {Draft} before @param {Draft} now @returns {Draft} */
export const merged = (ledger, draft, before, now) => Object.fromEntries(FIELDS[ledger].map((field) => [field, touched(field, draft, before) ? draft[field] : now[field]]));

/** The field of a form that a complaint is about: `input.dueOn` and `dueOn` are both the due date. @param {string} argument */
export const fieldOf = (argument) => argument.split('.').filter((part) => part !== 'input' && part !== 'note').pop() ?? '';

/** Which of the chosen rows a complaint about many is about; -1: all. @param {string} argument */
export const placeOf = (argument) => Number(/(?:^|\.)items\.(\d+)/.exec(argument)?.[1] ?? -1);

/** A sentence without the argument that it begins with: it stands at its field. @param {string} message */
export const sentence = (message) => message.replace(/^[\w.]+：/, '');

/** @typedef {{id: string, ledger: Ledger, stage: string|null, version: number}} Chosen a stage that is not known may move nowhere */
/** @typedef {{from: string, to: string, words: string, reasoned: boolean}} Move */

/** Stages that all chosen items may move to. @param {readonly Chosen[]} chosen @param {readonly Move[]} moves @returns {Move[]} one for each stage, reasoned if one of them is */
export function shared(chosen, moves) {
  const stages = [...new Set(chosen.map((one) => one.stage))];
  const of = (/** @type {string|null} */ from) => moves.filter((move) => move.from === from);
  const first = stages.length ? of(stages[0]) : [];
  return first.filter((move) => stages.every((from) => of(from).some((one) => one.to === move.to)))
    .map((move) => ({ ...move, reasoned: moves.some((one) => one.to === move.to && stages.includes(one.from) && one.reasoned) }));
}

/** @typedef {''|'OVERDUE'|'MONTH'|'QUARTER'|'OPEN'|'CLOSED'} Due */
export const DUE = /** @type {const} */ (['OVERDUE', 'MONTH', 'QUARTER', 'OPEN', 'CLOSED']);

/** @param {string} day @param {number} days */
export const later = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);

/** What the choice of due dates asks. @param {string} due @param {string} on the day that is asked */
export function dueAsked(due, on) {
  if (due === 'OVERDUE') return { overdue: true };
  if (due === 'MONTH' || due === 'QUARTER') return { closed: false, dueFrom: on, dueTo: later(on, due === 'MONTH' ? 30 : 90) };
  return due === 'OPEN' ? { closed: false } : due === 'CLOSED' ? { closed: true } : {};
}

/** The day that is asked: a given one, else the end of a given year, never one to come. @param {string|undefined} on @param {number|null} asOf @param {string} today @returns {string|null} null: today */
export function dayAsked(on, asOf, today) {
  const day = on ?? (asOf === null ? null : `${asOf}-12-31`);
  return day === null || day >= today ? null : day;
}

/** Today where this browser is: the service's day is that of its own machine. */
export const today = () => { const now = new Date(); return later(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10), 0); };
