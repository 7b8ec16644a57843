// @ts-check
/** What stands around every answer: waiting, failing, empty, partly answered; the table; the line at its foot. */
import { go, h, html, lang, link, remember, say, to, view } from '../shared.js';
import { nextSort, readSort, sorted } from '../sorting.js';
import { signal, useEffect, useState } from '../vendor/preact.js';

/** @template D @typedef {import('../ask.js').Asked<D>} Asked */

/** @param {import('../ask.js').Failure} failure */
function failed(failure) {
  const known = say(`fail.${failure.code}`, failure.message);
  return known === `fail.${failure.code}` ? failure.message || say('fail.INTERNAL') : known;
}

/** A graph without a standard in force is no fault of the service: what needs one is left out. @param {{extensions?: {argument?: string}}} failure */
const isLack = (failure) => failure.extensions?.argument === 'standard';

/**
 * The last good answer stays while the next one is awaited, or failed: marked, never gone.
 * @template D @param {Asked<D>} answer @param {(data: D) => unknown} draw
 */
export function Answer(answer, draw) {
  const { data, failures } = answer;
  return html`<div class=${`answer${answer.stale && data ? ' stale' : ''}`} aria-busy=${answer.slow}>
    ${answer.failure ? html`<p class="failure" role="alert">${failed(answer.failure)} <button onClick=${answer.retry}>${say('retry')}</button>${data ? html` <em>${say('stale')}</em>` : null}</p>` : null}
    ${answer.slow ? html`<p class="waiting" role="status">${say('waiting')}</p>` : null}
    ${failures.length ? html`<p class=${failures.every(isLack) ? 'lack' : 'failure'} role=${failures.every(isLack) ? 'status' : 'alert'}>${say('fail.part', failures.map((one) => one.message.replace(/^standard[:：] ?/, '')).join(say('semicolon')))}</p>` : null}
    ${data ? draw(data) : html`<div class="outline" aria-hidden="true"></div>`}</div>`;
}

const NoTown = () => html`<main id="main"><h1>${say('town.missing', view.value.town)}</h1>${Empty(say('search.hint'))}<p><a ...${link(to('start', {}, { town: '' }))}>${say('town.back')}</a></p></main>`;

/** What an answer about a town shows: never that of another town, and a sentence when there is none. @template {{town: {id: string}|null}} D @param {Asked<D>} answer @param {(town: NonNullable<D['town']>, data: D) => unknown} draw */
export function OfTown(answer, draw) {
  const wanted = view.value.town, other = answer.stale && answer.data?.town?.id !== wanted;
  if (answer.data?.town && !other) remember(wanted);
  if (answer.failure?.argument === 'town' && !answer.stale) return NoTown();
  return Answer(other ? { ...answer, data: null } : answer, (data) => (data.town ? draw(/** @type {NonNullable<D['town']>} */ (data.town), data) : NoTown()));
}

/** What an answer about a firm shows, in the same way. @template {{organisation: {id: string}|null}} D @param {Asked<D>} answer @param {(organisation: NonNullable<D['organisation']>) => unknown} draw */
export function OfFirm(answer, draw) {
  const wanted = view.value.of.org ?? '', other = answer.stale && answer.data?.organisation?.id !== wanted;
  return Answer(other ? { ...answer, data: null } : answer, (data) => (data.organisation ? draw(/** @type {NonNullable<D['organisation']>} */ (data.organisation)) : html`<main id="main"><h1>${say('org.missing', wanted)}</h1>${Empty(say('search.hint'))}<p><a ...${link(to('start', {}, { town: '' }))}>${say('town.back')}</a></p></main>`));
}

/** @typedef {import('../../queries').MethodPartsFragment} Method */

/** What was computed on this page, by its formula: the drawer tells of it. @type {import('../vendor/preact.js').Signal<Map<string, Method>>} */
export const methods = signal(new Map());

/** Lets the drawer tell how a number was computed that has no line at the foot. @param {{method: Method}} props */
export function Computed({ method }) {
  useEffect(() => { methods.value = new Map(methods.value).set(method.formula, method); }, [method]);
  return null;
}

/** Of when the data are: of a year that is not over, today (Swedish writes days as ISO 8601 does). @param {number} year */
export const asOfWords = (year) => { const today = new Date().toLocaleDateString('sv'); return Number(today.slice(0, 4)) > year ? say('foot.asOf', year) : say('foot.today', today); };

/** @param {{method: Method}} props */
function FootLine({ method }) {
  return html`<footer class="foot">
  <span>${asOfWords(method.asOf)}</span>
  <button class="plain" onClick=${() => go({ source: `method|${method.formula}` })}>${say('foot.formula', lang() === 'en' ? method.formula : method.words, method.version)} · ${say('source.open')}</button>
  ${h(Computed, { method })}${method.realOnly ? html`<span class="stamp real">${say('real.page')}</span>` : method.provenance?.inWords ? html`<span class="stamp">${say('invented')}</span><span>${method.provenance.inWords}</span>` : null}</footer>`;
}

/** What the numbers of a view rest on, said beside them. @param {Method|null|undefined} method */
export const Foot = (method) => (method ? h(FootLine, { key: method.formula, method }) : null);

/**
 * @template R
 * @typedef {object} Column
 * @property {string} head
 * @property {(row: R) => unknown} cell
 * @property {boolean} [number]
 * @property {string} [id] what the column is called in the address, when the table can be sorted by it
 * @property {(row: R) => number|string|null|undefined} [value] what it is sorted by
 */

/** @template R @param {Column<R>} column @param {Sorting|undefined} sort */
function Head(column, sort) {
  const { id, value } = column;
  if (!sort || !id || !value) return html`<th key=${column.head} scope="col" class=${column.number ? 'number' : ''}>${column.head}</th>`;
  const now = readSort(sort.now), mine = now.by === id;
  return html`<th key=${column.head} scope="col" class=${column.number ? 'number' : ''} aria-sort=${mine ? (now.down ? 'descending' : 'ascending') : 'none'}><button class="plain sort" onClick=${() => sort.choose(nextSort(sort.now, id))}>${column.head}<span aria-hidden="true">${mine ? (now.down ? '▾' : '▴') : ''}</span></button></th>`;
}

/** @template R @param {Column<R>[]} columns @param {readonly R[]} rows @param {Sorting|undefined} sort */
function inOrder(columns, rows, sort) {
  const now = readSort(sort?.now ?? ''), value = sort && columns.find((column) => column.id === now.by)?.value;
  return value ? sorted(rows, value, now.down) : rows;
}

/** @typedef {{now: string, choose: (sort: string) => void}} Sorting by which column, as the address says it */

/** Rows of a table that are drawn at once: thousands would make each touch of the page slow. */
const DRAWN = 100;

/** @param {{count: number, draw: (place: number) => unknown, picked: number, width: number}} props how many rows there are, and the place of the one that must be seen */
function Rows({ count, draw, picked, width }) {
  const [wanted, want] = useState(DRAWN), drawn = Math.min(count, Math.max(wanted, picked + 1)), rest = count - drawn;
  return html`<tbody>${Array.from({ length: drawn }, (_, place) => draw(place))}${rest ? html`<tr class="rest"><td colspan=${width}>${say('more', rest)} <button onClick=${() => want(drawn + DRAWN)}>${say('table.more', Math.min(rest, DRAWN))}</button></td></tr>` : null}</tbody>`;
}

/** @template R @param {{columns: Column<R>[], rows: readonly R[], key: (row: R) => string, caption?: string, pick?: (row: R) => void, picked?: (row: R) => boolean, sort?: Sorting}} props */
export function Table({ columns, rows, key, caption, pick, picked, sort }) {
  const ordered = inOrder(columns, rows, sort);
  const draw = (/** @type {number} */ place) => {
    const row = ordered[place], choose = pick && ((/** @type {MouseEvent} */ event) => { if (!(/** @type {Element} */ (event.target).closest('button, a'))) pick(row); });
    return html`<tr key=${key(row)} class=${picked?.(row) ? 'picked' : ''} onClick=${choose}>
      ${columns.map((column, n) => (n === 0 ? html`<th key=${column.head} scope="row">${column.cell(row)}</th>` : html`<td key=${column.head} class=${column.number ? 'number' : ''}>${column.cell(row)}</td>`))}</tr>`;
  };
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption ?? ''}><table>
    ${caption ? html`<caption class="quiet">${caption}</caption>` : null}<thead><tr>${columns.map((column) => Head(column, sort))}</tr></thead>
    ${h(Rows, { count: ordered.length, draw, picked: picked ? ordered.findIndex(picked) : -1, width: columns.length })}</table></div>`;
}

/** What a picture shows, as a table; drawn when it is first opened, as that of a large picture costs as much as the picture. @param {{of: () => unknown, title?: string}} props */
export function Twin({ of, title = say('table') }) {
  const [opened, setOpened] = useState(false);
  return html`<details class="twin" onToggle=${(/** @type {ToggleEvent} */ event) => { if (event.newState === 'open') setOpened(true); }}><summary>${title}</summary>${opened ? of() : null}</details>`;
}

/** Said of a firm that was no more in the year that is asked, with the way to when it was. @param {{closedOn: string|null}} firm @param {number|undefined} asOf */
export function Gone(firm, asOf) {
  const closed = Number(firm.closedOn?.slice(0, 4));
  return firm.closedOn && asOf && asOf >= closed ? html`<p class="empty">${say('org.gone', asOf, firm.closedOn)} <button onClick=${() => go({ asOf: closed - 1 })}>${say('org.gone.before', closed - 1)}</button></p>` : null;
}

/** @param {string} words */
export const Empty = (words) => html`<p class="empty">${words}</p>`;
