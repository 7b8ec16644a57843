// @ts-check
/** What every view shares: the view that the address holds, its words, and how to go elsewhere. */
import { elsewhere, readView, writeView } from './state.js';
import { h, htm, signal } from './vendor/preact.js';
import { zh } from './words/zh.js';

/** @typedef {import('./state.js').View} View */
/** @typedef {keyof typeof zh} Word */

/** @typedef {(type: string, props: Record<string, unknown>|null, ...children: import('./vendor/preact.js').ComponentChildren[]) => import('./vendor/preact.js').VNode} Make */
/** How an element is made: in another language than Chinese, what stands in Chinese is marked (foreign.js). */
let make = /** @type {Make} */ (h);
/** For elements of the DOM only: components are called or mounted, so that their types are checked. */
export const html = htm.bind((/** @type {Parameters<Make>} */ ...element) => make(...element));
export { h };

export const view = signal(readView(location.search));
addEventListener('popstate', () => { view.value = readView(location.search); });

/** @param {Partial<View>} change @param {'push'|'replace'} how */
export function go(change, how = 'push') {
  view.value = { ...view.value, ...change };
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address(view.value));
}

/** @param {View} to */
export const address = (to) => { const query = writeView(to); return query ? `?${query}` : location.pathname; };

/** Change what this view is asked with; an empty text is no text. @param {Partial<Record<import('./state.js').Option, string>>} options @param {'push'|'replace'} how */
export const set = (options, how = 'push') => go({ of: Object.fromEntries(Object.entries({ ...view.value.of, ...options }).filter(([, value]) => value)) }, how);

/**
 * Where another view stands: the year, the language and the town of this one stay.
 * @param {import('./state.js').ViewName} name @param {Partial<Record<import('./state.js').Option, string>>} of @param {Partial<View>} change
 * @returns {View}
 */
export const to = (name, of = {}, change = {}) => ({ ...elsewhere(view.value), view: name, of, ...change });

/** A link that keeps the page: with a modifier key it is a link like any other. @param {View} to */
export const link = (to) => ({
  href: address(to),
  onClick: (/** @type {MouseEvent} */ event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(to);
    scrollTo(0, 0);
  },
});

const words = signal(/** @type {Record<string, string>} */ (zh));

/** @type {{zh: Record<string, string>, en: Record<string, string>}[]} words of the views that were opened */
const learnt = [];
let spoken = 'zh';

/** Fetch the words of a language, when they are wanted; until then the page says what it said. @param {'zh'|'en'} lang */
export async function speak(lang) {
  spoken = lang;
  const other = lang === 'en' ? await Promise.all([import('./words/en.js'), import('./words/foreign.js'), import('./foreign.js')]) : null;
  if (spoken !== lang) return;
  if (other) learn(other[1]);
  make = other ? other[2].foreign : /** @type {Make} */ (h);
  words.value = Object.assign({}, other ? other[0].en : zh, ...learnt.map((one) => one[lang]));
}

/** Take up the words of a view. @param {import('./views.js').Words|import('./views.js').Words[]} of */
export function learn(of) {
  const fresh = [of].flat().filter((one) => !learnt.includes(one));
  learnt.push(...fresh);
  words.value = Object.assign({}, words.value, ...fresh.map((one) => one[spoken === 'en' ? 'en' : 'zh']));
}

/** Words with values in them: `{0}` is the first, `{0:firm|firms}` the word for one or for many of it. @param {Word|string} key @param {...(string|number)} values @returns {string} */
export function say(key, ...values) {
  return (words.value[key] ?? key).replace(/\{(\d)(?::(.*?)\|(.*?))?\}/g, (/** @type {string} */ all, /** @type {number} */ n, /** @type {string|undefined} */ one, /** @type {string} */ many) => (one === undefined ? String(values[n] ?? all) : String(values[n]) === '1' ? one : many));
}

export const lang = () => view.value.lang;
/** What questions about the town of this view are asked with. */
export const asked = () => ({ town: view.value.town, asOf: view.value.asOf, realOnly: view.value.realOnly });
/** What questions about the firm of this view are asked with. */
export const askedOf = () => ({ org: view.value.of.org ?? '', asOf: view.value.asOf, realOnly: view.value.realOnly });

/** @returns {string[]} ids of towns that this browser has looked at */
export function recent() {
  try { return JSON.parse(localStorage.getItem('towns') ?? '[]'); } catch { return []; }
}

/** @param {string} town */
export function remember(town) {
  try { localStorage.setItem('towns', JSON.stringify([town, ...recent().filter((one) => one !== town)].slice(0, 5))); } catch { /* storage may be forbidden */ }
}
