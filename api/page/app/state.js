// @ts-check
/** The address is the only state: what is shown can be copied, reloaded, sent on. Pure. */

/** @typedef {'COVERED'|'WEAK'|'MISSING'|'UNKNOWN'} GapState */
/** @typedef {'FILL'|'STRENGTHEN'|'EXTEND'|'SECURE'} GapAction */
/** @typedef {typeof VIEWS[number]} ViewName */
/** @typedef {keyof typeof OPTIONS} Option */
/**
 * @typedef {object} View
 * @property {ViewName} view
 * @property {string} town id of the town that is looked at
 * @property {string|null} selected id of the product that is chosen in a picture or table
 * @property {GapState[]} states states that are shown; none: all
 * @property {GapAction} action tab of the gap board
 * @property {number[]} weights value, criticality, feasibility
 * @property {number|null} asOf year; null: the newest
 * @property {boolean} realOnly
 * @property {string|null} source what the source drawer shows: `subject|METRIC` or `method`
 * @property {number|null} tour step of the tour
 * @property {'zh'|'en'} lang
 * @property {Partial<Record<Option, string>>} of what single views are asked with
 */

/** @type {GapState[]} */
export const STATES = ['COVERED', 'WEAK', 'MISSING', 'UNKNOWN'];
/** @type {GapAction[]} */
export const ACTIONS = ['FILL', 'STRENGTHEN', 'EXTEND', 'SECURE'];
/** Views that need a town, views that need a firm, and those that need neither. */
export const OF_TOWN = /** @type {const} */ (['town', 'chain', 'flow', 'gaps', 'whatif']);
export const OF_FIRM = /** @type {const} */ (['firm', 'network', 'paths', 'impact']);
export const OF_ALL = /** @type {const} */ (['start', 'tiles', 'ranking', 'compare', 'similar', 'policies', 'growth', 'ledgers', 'data', 'product']);
export const VIEWS = [...OF_ALL, ...OF_TOWN, ...OF_FIRM];
export const WEIGHTS = [0.5, 0.3, 0.2];
export const TOUR_STEPS = 5;
/** The town that the tour shows, and that the first page asks about. */
export const TOURED = 'town:dingxiang-flange';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const ID = /^[a-z][a-z-]*:\S{1,120}$/;
const SLUG = '[a-z0-9-]{1,100}', FIRM = `org:${SLUG}`, GOOD = `product:${SLUG}`, YUAN = '\\d{1,15}';
/** How many changes of a kind a what-if may hold. */
export const MOST_EDITS = 50;
const edits = (/** @type {string} */ one) => new RegExp(`^${one}(,${one}){0,${MOST_EDITS - 1}}$`);
/** What single views are asked with, and how it looks: what does not is dropped. */
export const OPTIONS = {
  org: ID,
  vs: /^20\d\d$/, // year that a town is compared with
  other: ID,
  product: ID,
  benefit: ID,
  measure: /^[A-Z_]{1,40}$/,
  onmap: /^1$/,
  alltrade: /^1$/,
  desk: /^(complete|conflicts)$/,
  sheet: /^\S.{0,60}$/,
  top: /^(24|50|100|150)$/, // cards that a firm of the network shows on a side
  open: /^[ud]org:[^\s,]{1,120}(,[ud]org:[^\s,]{1,120}){0,39}$/, // cards of the network whose own partners are shown
  makersBy: /^REVENUE$/,
  kinds: /^(SUPPLY|OWNERSHIP|MEMBERSHIP|ALLIANCE)(,(SUPPLY|OWNERSHIP|MEMBERSHIP|ALLIANCE)){0,3}$/,
  longest: /^[1-8]$/,
  k: /^(10|20|50)$/,
  psi: /^0\.(25|5|75)$/,
  alone: /^1$/, // nobody takes over
  by: /^(STAGE|PRODUCT)$/,
  min: /^\d{1,12}$/,
  towns: /^town:[a-z0-9-]+(,town:[a-z0-9-]+){0,3}$/,
  pair: /^town:[a-z0-9-]+,town:[a-z0-9-]+$/,
  standard: ID,
  industry: ID,
  level: /^(INDUSTRY[234]|PRODUCT)$/,
  townLevel: /^(PROVINCIAL|CITY|COUNTY)$/,
  /** weights of indicators that are tried: `local:40,growth:0` */
  weights: /^[\w-]+:\d+(\.\d+)?(,[\w-]+:\d+(\.\d+)?)*$/,
  /** towns side by side, four at most */
  beside: /^town:[a-z0-9-]+(,town:[a-z0-9-]+){0,3}$/,
  /** column that a table is sorted by, from the greatest down with `-` */
  sort: /^-?[a-z][\w-]*$/i,
  tab: /^[a-z]+$/,
  /** how many are taken from either end */
  few: /^[1-9]\d?$/,
  kind: /^(PROBLEM|TASK|PROJECT|NOTICE|LEAD)$/,
  stage: /^[A-Z_]{1,30}$/,
  body: ID,
  due: /^(OVERDUE|MONTH|QUARTER|OPEN|CLOSED)$/,
  on: DAY,
  rows: /^[1-9]\d{1,2}$/,
  item: ID,
  plan: /^(19|20)\d{2}$/,
  make: /^(PROBLEM|TASK|PROJECT|NOTICE|LEAD)$/,
  drafts: /^1$/,
  /** changes of a what-if, as `edits.js` reads and writes them */
  without: edits(FIRM),
  with: edits(`${GOOD}(\\.${FIRM})?(\\.for:${SLUG}(\\.not:${SLUG})?\\.${YUAN})?`),
  supplies: edits(`${FIRM}\\.${FIRM}\\.${GOOD}(\\.${YUAN})?`),
  ends: edits(`${FIRM}\\.${FIRM}(\\.${GOOD})?`),
  revenues: edits(`${FIRM}\\.${YUAN}`),
};

/** What options were called before: links that were sent on still open what they showed. @type {Partial<Record<Option, string>>} */
const BEFORE = { sort: 'sorted' };
/** @param {URLSearchParams} p @param {string} name */
const told = (p, name) => p.get(name) ?? p.get(BEFORE[/** @type {Option} */ (name)] ?? name);

/** @template {string} T @param {readonly T[]} known @param {string|null} value @param {T} otherwise @returns {T} */
const oneOf = (known, value, otherwise) => known.find((one) => one === value) ?? otherwise;

/** @param {string|null} text */
function readWeights(text) {
  const found = (text ?? '').split(',').map(Number);
  const sound = found.length === 3 && found.every((w) => Number.isFinite(w) && w >= 0 && w <= 1) && found.some((w) => w > 0);
  return sound ? found : WEIGHTS;
}

/** A view of a town without a town, or of a firm without a firm, is the first page. @param {string|null} wanted @param {string} town @param {Partial<Record<Option, string>>} of @returns {ViewName} */
function possible(wanted, town, of) {
  const otherwise = town ? 'town' : 'start', view = oneOf(VIEWS, wanted, otherwise), among = (/** @type {readonly string[]} */ views) => views.includes(view);
  return (among(OF_TOWN) && !town) || (among(OF_FIRM) && !of.org) || (view === 'product' && !of.product) ? otherwise : view;
}

/** @param {string} query @returns {View} Nonsense is dropped: an address never is an error. */
export function readView(query) {
  const p = new URLSearchParams(query);
  const year = Number(p.get('asOf')), tour = Number(p.get('tour'));
  const town = /^town:[a-z0-9-]+$/.test(p.get('town') ?? '') ? /** @type {string} */ (p.get('town')) : '';
  const of = Object.fromEntries(Object.entries(OPTIONS).flatMap(([name, looks]) => { const value = told(p, name); return value !== null && looks.test(value) ? [[name, value]] : []; }));
  return {
    view: possible(p.get('view'), town, of),
    town,
    selected: p.get('sel'),
    states: STATES.filter((state) => p.getAll('state').includes(state)),
    action: oneOf(ACTIONS, p.get('action'), 'FILL'),
    weights: readWeights(p.get('w')),
    asOf: Number.isInteger(year) && year >= 1949 && year <= 2100 ? year : null,
    realOnly: p.get('realOnly') === '1',
    source: p.get('src'),
    tour: Number.isInteger(tour) && tour >= 1 && tour <= TOUR_STEPS ? tour : null,
    lang: p.get('lang') === 'en' ? 'en' : 'zh',
    of,
  };
}

/** Defaults are left out, so that the same view has one address. @param {View} view */
export function writeView(view) {
  const p = new URLSearchParams();
  if (view.view !== (view.town ? 'town' : 'start')) p.set('view', view.view);
  if (view.town) p.set('town', view.town);
  for (const name of /** @type {Option[]} */ (Object.keys(OPTIONS))) if (view.of[name]) p.set(name, /** @type {string} */ (view.of[name]));
  if (view.selected) p.set('sel', view.selected);
  for (const state of view.states) p.append('state', state);
  if (view.action !== 'FILL') p.set('action', view.action);
  if (String(view.weights) !== String(WEIGHTS)) p.set('w', view.weights.join(','));
  if (view.asOf !== null) p.set('asOf', String(view.asOf));
  if (view.realOnly) p.set('realOnly', '1');
  if (view.source) p.set('src', view.source);
  if (view.tour !== null) p.set('tour', String(view.tour));
  if (view.lang !== 'zh') p.set('lang', view.lang);
  return p.toString().replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%7C/g, '|');
}

/** What stays when another view or town is opened. @param {View} view @returns {View} */
export const elsewhere = (view) => ({ ...view, selected: null, states: [], source: null, tour: null, of: {} });
