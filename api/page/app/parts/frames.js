// @ts-check
/** What stands around every answer: waiting, failing, empty, partly answered; the table; the line at its foot. */
import { go, html, say } from '../shared.js';

/** @typedef {import('../ask.js').Asked} Asked */

/** @param {import('../ask.js').Failure} failure */
function failed(failure) {
  const known = say(`fail.${failure.code}`, failure.message);
  return known === `fail.${failure.code}` ? failure.message || say('fail.INTERNAL') : known;
}

/**
 * The last good answer stays while the next one is awaited, or failed: marked, never gone.
 * @param {Asked} answer @param {(data: any) => unknown} draw
 */
export function Answer(answer, draw) {
  const data = answer.data;
  return html`<div class=${`answer${answer.stale && data ? ' stale' : ''}`} aria-busy=${answer.slow}>
    ${answer.failure ? html`<p class="failure" role="alert">${failed(answer.failure)} <button onClick=${answer.retry}>${say('retry')}</button>${data ? html` <em>${say('stale')}</em>` : null}</p>` : null}
    ${answer.slow ? html`<p class="waiting" role="status">${say('waiting')}</p>` : null}
    ${data?.failures ? html`<p class="failure" role="alert">${say('fail.part', data.failures.map((/** @type {any} */ one) => one.message).join('；'))}</p>` : null}
    ${data ? draw(data) : html`<div class="outline" aria-hidden="true"></div>`}</div>`;
}

/** What the numbers of a view rest on, said beside them. @param {any} method */
export const Foot = (method) => method && html`<footer class="foot">
  <span>${say('foot.asOf', method.asOf)}</span>
  <button class="plain" onClick=${() => go({ source: 'method' })}>${say('foot.formula', method.formula, method.version)} · ${say('source.open')}</button>
  ${method.realOnly ? html`<span class="stamp real">${say('real.page')}</span>` : method.provenance?.inWords ? html`<span class="stamp">${say('invented')}</span><span>${method.provenance.inWords}</span>` : null}</footer>`;

/**
 * @typedef {object} Column
 * @property {string} head
 * @property {(row: any) => unknown} cell
 * @property {boolean} [number]
 */

/** @param {{columns: Column[], rows: any[], key: (row: any) => string, caption?: string, pick?: (row: any) => void, picked?: (row: any) => boolean}} props */
export const Table = ({ columns, rows, key, caption, pick, picked }) => html`<div class="scroll" tabindex="0" role="group" aria-label=${caption ?? ''}><table>
  ${caption ? html`<caption class="quiet">${caption}</caption>` : null}
  <thead><tr>${columns.map((column) => html`<th key=${column.head} scope="col" class=${column.number ? 'number' : ''}>${column.head}</th>`)}</tr></thead>
  <tbody>${rows.map((row) => html`<tr key=${key(row)} class=${picked?.(row) ? 'picked' : ''} onClick=${pick ? (/** @type {MouseEvent} */ event) => { if (!(/** @type {Element} */ (event.target).closest('button, a'))) pick(row); } : undefined}>
    ${columns.map((column, n) => (n === 0 ? html`<th key=${column.head} scope="row">${column.cell(row)}</th>` : html`<td key=${column.head} class=${column.number ? 'number' : ''}>${column.cell(row)}</td>`))}</tr>`)}</tbody></table></div>`;

/** @param {string} words */
export const Empty = (words) => html`<p class="empty">${words}</p>`;
