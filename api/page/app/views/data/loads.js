// @ts-check
/** Workbooks come in and are taken back: choose, check, load; every load with who, when, what, and its undo. */
import { change, forget, useAnswer } from '../../ask.js';
import { useDraft } from '../../drafts.js';
import { whole } from '../../figures.js';
import { Answer, Empty, Table } from '../../parts/frames.js';
import { h, html, lang, say } from '../../shared.js';
import { signal, useEffect, useState } from '../../vendor/preact.js';
import { Checked, Doubts, Loaded } from './report.js';
import { BOOKS, check, choose, clear, desk, load, MOST, stop } from './sending.js';
import { editing, Grounds } from './steward.js';
import { office, Rights } from '../../parts/rights.js';

/** @typedef {import('../../../queries').LoadsQuery} Answered */
/** @typedef {NonNullable<NonNullable<Answered['loads']>['nodes']>[number]} Load */

/** What the last undo did. */
const told = signal(/** @type {string[]} */ ([]));

/** @param {string} at a moment */
export const moment = (at) => {
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
  return parts.format(new Date(/Z|[+-]\d\d:\d\d$/.test(at) ? at : `${at}Z`));
};

function Going() {
  const { at, sent, file } = desk.value;
  const words = at === 'sending' ? say('data.sending', Math.round(sent * 100)) : say(`data.${at}`);
  return html`<div class="going"><progress max="1" value=${at === 'sending' ? sent : undefined} aria-label=${words}></progress><span role="status">${words} ${file?.name}</span><button onClick=${stop}>${say('data.stop')}</button></div>`;
}

/** @param {{mayWrite: boolean, empty: boolean}} props */
function Upload({ mayWrite, empty }) {
  const [over, setOver] = useState(false), { at, file, checked, loaded, told: wrong, note, looked } = desk.value;
  const drop = (/** @type {DragEvent} */ event) => { event.preventDefault(); setOver(false); choose(event.dataTransfer?.files[0]); };
  const pick = (/** @type {Event} */ event) => { const input = /** @type {HTMLInputElement} */ (event.target); choose(input.files?.[0]); input.value = ''; };
  const [typed, type, forgetTyped] = useDraft('load', () => ({ by: office.value }));
  const go = async () => { if (await load(typed.by)) { forgetTyped(); office.value = typed.by.trim(); } };
  const writes = checked ? checked.differences?.total ?? 0 : 0;
  return html`<section class="panel upload" aria-label=${say('data.upload')}>
    ${empty ? html`<p class="lead">${say('data.empty')}</p>` : null}
    <ol class="ways-in"><li>${say('data.step1')} <a class="button" href="template.xlsx" download>${say('data.template')}</a></li><li>${say('data.step2')}</li><li>${say('data.step3')}</li></ol>
    <label class=${`drop${over ? ' over' : ''}${mayWrite ? '' : ' off'}`} onDragOver=${(/** @type {DragEvent} */ event) => { event.preventDefault(); setOver(true); }} onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <span class=${mayWrite ? 'button' : ''}>${say('data.drop')}</span><input class="sr" type="file" aria-label=${say('data.drop')} accept=${BOOKS.join(',')} disabled=${!mayWrite || at !== 'idle'} onChange=${pick} /><small class="quiet">${say('data.drop.what', MOST / 1e6)}</small></label>
    ${at === 'idle' ? null : h(Going, {})}
    ${note ? html`<p class="noted" role="status">${note}</p>` : null}
    ${wrong ? html`<p class="wrong" role="alert">${wrong}${file && file.size <= MOST ? html` <button onClick=${() => check('')}>${say('data.again')}</button>` : null}</p>` : null}
    ${loaded ? Loaded(loaded) : checked ? html`${h(Checked, { report: checked })}
      ${writes ? h(Doubts, { report: checked }) : null}
      ${writes ? html`<div class="grounds" role="group" aria-label=${say('data.load.it')}><label>${say('data.by')}<input maxlength="100" value=${typed.by} onInput=${(/** @type {Event} */ event) => type({ by: /** @type {HTMLInputElement} */ (event.target).value })} /></label>
        <p><button class="accent" disabled=${at !== 'idle' || !mayWrite || (checked.implausible.length > 0 && !looked)} onClick=${go}>${say(checked.rejected ? 'data.load.sound' : 'data.load.it')}</button><button disabled=${at !== 'idle'} onClick=${clear}>${say('data.clear')}</button> <small class="quiet">${say(checked.rejected ? 'data.load.sound.what' : 'data.load.note')}</small></p></div>`
      : html`<p>${say('data.nothing')} <button onClick=${clear}>${say('data.clear')}</button></p>`}` : null}
    ${loaded ? html`<p><button onClick=${clear}>${say('data.next')}</button> <a href="#loads" onClick=${(/** @type {Event} */ event) => { event.preventDefault(); document.getElementById('loads')?.scrollIntoView(); document.getElementById('loads')?.focus(); }}>${say('data.see.loads')}</a></p>` : null}</section>`;
}

/** @param {{id: string}} props */
function Report({ id }) {
  const [open, setOpen] = useState(false), answer = useAnswer('page/load-report', open ? { load: id } : null);
  return html`<details onToggle=${(/** @type {Event} */ event) => setOpen(/** @type {HTMLDetailsElement} */ (event.target).open)}><summary>${say('data.report')}</summary>${open ? Answer(answer, (data) => html`<pre>${data.load?.report ?? say('data.report.none')}</pre>`) : null}</details>`;
}

/** @param {Load} one */
const Status = (one) => html`<span class=${`chip ${one.status}`}>${say(`data.status.${one.status}`)}</span>${one.undoneOn ? html`<small>${[one.undoneOn, one.undoneBy, one.undoneReason].filter(Boolean).join(' · ')}</small>` : null}`;

/** @param {Load} one */
const Undo = (one) => (one.status === 'UNDONE' ? null
  : html`<button aria-expanded=${editing.value === one.id} onClick=${() => { told.value = []; editing.value = editing.value === one.id ? '' : one.id; }}>${say('data.undo')}<span class="sr"> ${moment(one.startedAt)}</span></button>`);

/** @param {string} file the name and the digest of a file */
const named = (file) => file.replace(/ [0-9a-f]{64}$/, '');

/** @param {NonNullable<Answered['loads']>} loads @param {boolean} mayWrite @param {() => void} more */
function List(loads, mayWrite, more) {
  const rows = loads.nodes ?? [], count = (/** @type {number} */ n) => whole(n, lang()), open = rows.find((one) => one.id === editing.value);
  if (!rows.length) return Empty(say('data.loads.none'));
  return html`${told.value.length ? html`<div class="noted" role="status">${told.value.map((line) => html`<p key=${line}>${line}</p>`)}</div>` : null}
    ${open && mayWrite ? html`<div class="panel"><h3>${say('data.undo.title', moment(open.startedAt), open.files.map(named).join(say('comma')))}</h3><p class="quiet">${say('data.undo.what')}</p>${h(Grounds, {
      key: open.id, about: open.id, action: say('data.undo.it'), done: (lines) => { told.value = lines; },
      submit: async (reason, by) => (await change('page/undo-load', { load: open.id, reason, by })).undoLoad?.lines ?? [],
    })}</div>` : null}
    ${Table({
      rows, key: (one) => one.id, caption: say('data.loads'), picked: (one) => one.id === editing.value,
      columns: [
        { head: say('data.col.when'), cell: (one) => html`<span class="nowrap">${moment(one.startedAt)}</span>` },
        { head: say('data.col.who'), cell: (one) => one.by ?? html`<span class="unknown">${say('unknown')}</span>` },
        { head: say('data.col.file'), cell: (one) => html`${one.files.slice(0, 2).map(named).join(say('comma'))}${one.files.length > 2 ? html`<small>${say('data.files', one.files.length)}</small>` : null}${h(Report, { id: one.id })}` },
        { head: say('data.col.new'), number: true, cell: (one) => count(one.new) },
        { head: say('data.col.changed'), number: true, cell: (one) => count(one.changed) },
        { head: say('data.col.same'), number: true, cell: (one) => count(one.same) },
        { head: say('data.col.rejected'), number: true, cell: (one) => count(one.rejected) },
        { head: say('col.state'), cell: Status },
        ...(mayWrite ? [{ head: say('data.col.act'), cell: Undo }] : []),
      ],
    })}
    <p class="quiet">${say('data.shown', rows.length, count(loads.totalCount))} ${rows.length < loads.totalCount && rows.length < 100 ? html`<button onClick=${more}>${say('data.more')}</button>` : null}</p>`;
}

export function Loads() {
  const [first, setFirst] = useState(20), answer = useAnswer('page/loads', { first });
  useEffect(() => { // another tab may have loaded meanwhile
    const back = () => { if (!document.hidden) forget(); };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, []);
  return Answer(answer, (data) => {
    const mayWrite = data.viewer?.mayWrite ?? false, empty = data.loads?.totalCount === 0 && data.towns?.totalCount === 0;
    return html`${h(Rights, { viewer: data.viewer })}${h(Upload, { mayWrite, empty })}
      <section aria-labelledby="loads"><h2 id="loads" tabindex="-1">${say('data.loads')}</h2>${data.loads ? List(data.loads, mayWrite, () => setFirst(100)) : Empty(say('data.loads.away'))}</section>`;
  });
}
