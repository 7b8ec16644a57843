// @ts-check
/** What a check found: how much comes, changes and goes, cell by cell, and every row that does not pass with what would be right. */
import { whole } from '../../figures.js';
import { Table, Twin } from '../../parts/frames.js';
import { h, html, lang, say, set, view } from '../../shared.js';
import { desk, look, save } from './sending.js';

/** @typedef {import('./sending.js').Report} Report */
/** @typedef {import('./sending.js').Change} Change */

const MOST = 200;
/** @param {number} n */
const count = (n) => whole(n, lang());
/** The sheet of a place, without the workbook before it. @param {string} sheet */
const bare = (sheet) => { const name = desk.value.file?.name ?? ''; return sheet.startsWith(`${name}:`) ? sheet.slice(name.length + 1) : sheet; };
/** A row is written as sheets show it: 5:5 is row 5. @param {string} cell */
const shownCell = (cell) => { const row = /^(\d+):\1$/.exec(cell); return row ? say('data.row', row[1]) : cell; };

/** @param {string} place such as `book.xlsx:主体!C5` */
function Place(place) {
  const [sheet, cell] = bare(place).split(/!(?=[A-Z]*\d+(?::\d+)?$)/);
  return html`<b>${sheet}</b>${cell ? html` <span class="nowrap">${shownCell(cell)}</span>` : null}`;
}

/** @param {Report} report */
function Totals(report) {
  const sum = (/** @type {'new'|'changed'|'same'|'replaced'|'unread'|'held'} */ name) => report.tables.reduce((all, table) => all + table[name], 0);
  const parts = [say('data.sum.new', count(sum('new'))), say('data.sum.changed', count(sum('changed')))];
  if (sum('replaced')) parts.push(say('data.sum.gone', count(sum('replaced'))));
  parts.push(say('data.sum.same', count(sum('same'))));
  if (sum('held')) parts.push(say('data.sum.held', count(sum('held'))));
  return parts.join(say('comma'));
}

/** @param {Report} report */
const Sheets = (report) => Table({
  rows: report.tables, key: (one) => one.file, caption: say('data.sheets'),
  columns: [
    { head: say('data.col.sheet'), cell: (one) => html`${bare(one.file)}${one.refused ? html` <span class="chip wrongly">${say('data.refused')}</span>` : null}` },
    { head: say('data.col.read'), number: true, cell: (one) => count(one.read) },
    { head: say('data.col.new'), number: true, cell: (one) => count(one.new) },
    { head: say('data.col.changed'), number: true, cell: (one) => count(one.changed) },
    { head: say('data.col.gone'), number: true, cell: (one) => count(one.replaced) },
    { head: say('data.col.same'), number: true, cell: (one) => count(one.same) },
    { head: say('data.col.rejected'), number: true, cell: (one) => count(one.rejected) },
  ],
});

/** @param {Change} change @param {Record<string, string>} names */
function About(change, names) {
  const ends = change.id.split(' ').slice(0, 2), words = ends.map((id) => names[id] ?? id).join(' → ');
  return html`${words}<small>${change.kind}</small>`;
}

/** @param {string} text ids, one or more @param {Record<string, string>} names */
const name = (text, names) => text.split('|').map((one) => (names[one] ? `${names[one]}` : one)).join(say('comma'));

/** What stood, or will stand there. @param {Change} change @param {'before'|'after'} side @param {Record<string, string>} names */
function Side(change, side, names) {
  if (change.column) {
    const text = name((side === 'before' ? change.beforeInWords : change.afterInWords) ?? '', names);
    return text || html`<span class="unknown">${say('data.nil')}</span>`;
  }
  if (!(side === 'before' ? change.before : change.after)) return html`<span class="unknown">${say('data.nil')}</span>`;
  if (!change.cells?.length) return html`<span class="quiet">${say('data.row.link')}</span>`;
  return html`<span class="cells">${change.cells.map((one) => html`<span key=${one.column}><i>${one.words}</i> ${name(one.text, names)}</span>`)}</span>`;
}

/** @param {Change} change */
const field = (change) => (change.column ? change.words : html`<b class="nowrap">${say(change.after ? 'data.row.new' : 'data.row.gone')}</b>`);

/** @param {NonNullable<Report['differences']>} found */
function Differences(found) {
  const wanted = found.sheets.some((one) => bare(one.sheet) === view.value.of.sheet) ? view.value.of.sheet : '';
  const total = (/** @type {{new: number, changed: number, gone: number}} */ one) => one.new + one.changed + one.gone;
  const all = found.sheets.filter((one) => !wanted || bare(one.sheet) === wanted).reduce((sum, one) => sum + total(one), 0);
  const rows = found.first.filter((one) => !wanted || bare(one.sheet) === wanted).slice(0, MOST);
  return html`<section aria-label=${say('data.differences')}><h3>${say('data.differences')}</h3>
    <p class="filter"><label>${say('data.filter')} <select value=${wanted} onChange=${(/** @type {Event} */ event) => set({ sheet: /** @type {HTMLSelectElement} */ (event.target).value }, 'replace')}><option value="" selected=${!wanted}>${say('data.filter.all', count(found.total))}</option>${found.sheets.map((one) => html`<option key=${one.sheet} value=${bare(one.sheet)} selected=${bare(one.sheet) === wanted}>${say('data.filter.one', bare(one.sheet), count(total(one)))}</option>`)}</select></label>
      <button onClick=${() => save('difference')} disabled=${desk.value.at !== 'idle'}>${say('data.save.differences')}</button> <span class="quiet" role="status">${say('data.shown.differences', count(rows.length), count(all))}</span></p>
    ${Table({
      rows, key: (one) => `${one.place} ${one.id} ${one.column}`, caption: say('data.differences'),
      columns: [
        { head: say('data.col.place'), cell: (one) => Place(one.place) },
        { head: say('data.col.about'), cell: (one) => About(one, found.names) },
        { head: say('data.col.field'), cell: field },
        { head: say('data.col.before'), cell: (one) => Side(one, 'before', found.names) },
        { head: say('data.col.after'), cell: (one) => Side(one, 'after', found.names) },
      ],
    })}</section>`;
}

/** @param {Report} report */
function Rejected(report) {
  const rows = report.rejections.slice(0, MOST);
  return html`<section class="rejected" aria-label=${say('data.rejected.title', count(report.rejected))}><h3>${say('data.rejected.title', count(report.rejected))}</h3>
    <p><button class="accent" disabled=${desk.value.at !== 'idle'} onClick=${() => save('rejected')}>${say('data.save.rejected')}</button> <span class="quiet">${say('data.rejected.what')}</span></p>
    ${Table({
      rows, key: (one) => `${one.place} ${one.reason}`, caption: say('data.rejected.title', count(report.rejected)),
      columns: [
        { head: say('data.col.place'), cell: (one) => Place(one.place) },
        { head: say('data.col.value'), cell: (one) => one.value || html`<span class="unknown">${say('data.nil')}</span>` },
        { head: say('data.col.reason'), cell: (one) => one.reason },
        { head: say('data.col.right'), cell: (one) => (one.proposed.length ? one.proposed.map((/** @type {string} */ text) => html`<span key=${text} class="chip">${text}</span>`) : one.expected || html`<span class="quiet">${say('data.see.reason')}</span>`) },
      ],
    })}
    ${report.rejected > rows.length ? html`<p class="quiet">${say('data.shown', count(rows.length), count(report.rejected))}</p>` : null}
    ${report.waiting.length ? html`<p class="quiet">${report.waiting.slice(0, 5).map((one) => say('data.waiting', one.count, one.for)).join(say('semicolon'))}</p>` : null}</section>`;
}

/** @param {Report} report */
function Aside(report) {
  const said = [...report.warnings, ...report.notes];
  return html`${said.length ? html`<details><summary>${say('data.notes', count(said.length))}</summary><ul class="notes">${said.slice(0, 100).map((one, n) => html`<li key=${n}>${one}</li>`)}</ul></details>` : null}`;
}

/** Figures of a size that is hard to believe stand last, right above the button; without the tick it is not pressed. @param {{report: Report}} props */
export function Doubts({ report }) {
  const doubts = report.implausible;
  return doubts.length ? html`<section class="doubts" aria-label=${say('data.doubts', count(doubts.length))}><h3>${say('data.doubts', count(doubts.length))}</h3><ul>${doubts.slice(0, 20).map((one) => html`<li key=${one.place + one.reason}>${Place(one.place)} <b>${one.value}</b> ${one.reason}</li>`)}</ul>${doubts.length > 20 ? html`<p class="quiet">${say('data.shown', 20, count(doubts.length))}</p>` : null}
    <label><input type="checkbox" checked=${desk.value.looked} onChange=${(/** @type {Event} */ event) => look(/** @type {HTMLInputElement} */ (event.target).checked)} /> ${say('data.looked')}</label></section>` : null;
}

/** @param {{report: Report}} props */
export const Checked = ({ report }) => html`<div class="checked"><h2 role="status">${say('data.checked', desk.value.file?.name ?? '')} <small>${say('data.unwritten')}</small></h2>
  <p class="lead">${Totals(report)}${say('semicolon')}${report.rejected ? html`<b class="wrongly">${say('data.sum.rejected', count(report.rejected))}</b>` : html`<b class="rightly">${say('data.sum.clean')}</b>`}</p>
  ${report.rejected ? Rejected(report) : null}${Aside(report)}
  ${report.differences?.total ? Differences(report.differences) : null}
  ${report.tables.length ? h(Twin, { title: say('data.sheets'), of: () => Sheets(report) }) : null}</div>`;

/** @param {Report} report */
export const Loaded = (report) => html`<div class="checked"><h2 role="status">${say('data.loaded', desk.value.file?.name ?? '')} <small>${report.load}</small></h2>
  <p class="lead">${Totals(report)}${report.rejected ? html`${say('semicolon')}<b class="wrongly">${say('data.sum.left', count(report.rejected))}</b>` : ''}</p>${report.seen ? null : html`<p class="quiet">${say('data.unseen')}</p>`}
  ${report.rejected ? Rejected(report) : null}${Sheets(report)}</div>`;
