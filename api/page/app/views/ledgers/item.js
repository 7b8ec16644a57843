// @ts-check
/** One item of a ledger beside the list: what is known of it, what may follow, what was done to it, by whom and why. */
import { useAnswer } from '../../ask.js';
import { useDraft } from '../../drafts.js';
import { money, moneyUnit, short, whole } from '../../figures.js';
import { dueOf, stageOf, today } from '../../ledgers.js';
import { h, html, lang, say, view } from '../../shared.js';
import { useState } from '../../vendor/preact.js';
import { Answer, Empty } from '../../parts/frames.js';
import { LedgerForm } from './form.js';
import { OrganisationLink, ProductLink, Stamp, TownLink } from '../../parts/marks.js';
import { office } from '../../parts/rights.js';
import { Labelled, NoteFields, Refusal, useChange, wrongAt } from './writing.js';

/** @typedef {import('../../ledgers.js').Ledger} Ledger */
/** @typedef {import('../../ledgers.js').Thing} Thing */
/** @typedef {import('../../ledgers.js').Item} Item as the service shows it */
/** @typedef {import('../../../queries').LedgerChoicesQuery} Choices */
/** @typedef {import('../../../queries').LedgerEntryPartsFragment} Entry */

const MOVES = /** @type {const} */ ({ PROBLEM: 'page/move-problem', TASK: 'page/move-task', PROJECT: 'page/move-project', NOTICE: 'page/move-notice', LEAD: 'page/move-lead' });
const COMMENT = 'page/comment-on-item', UNDO = 'page/undo-ledger-change';
const LONG = 120, LINKS = ['town', 'responsible', 'organisations', 'products'];

/** @param {string} id @returns {Ledger} */
const ledgerOf = (id) => /** @type {Ledger} */ (id.split(':')[0].toUpperCase());
/** A stage as this language calls it, else as the table of stages does. @param {Ledger} ledger @param {string} stage @param {string} words */
export const stageIn = (ledger, stage, words) => { const own = say(`in.${ledger}.${stage}`); return own && !own.startsWith('in.') ? own : words; };
/** A move as the table of stages calls it, and where it leads. @param {Ledger} ledger @param {{to: string, words: string}} move @param {string} stage its words */
export const moveIn = (ledger, { to, words }, stage) => { const there = stageIn(ledger, to, stage); return there === stage ? [...new Set([words, stage])].join(' → ') : `→ ${there}`; };
/** @param {Choices} choices @param {Ledger} ledger @param {string} stage */
const stageWords = (choices, ledger, stage) => stageIn(ledger, stage, stageTold(choices, ledger, stage));
/** @param {Choices} choices @param {Ledger} ledger @param {string} stage */
const stageTold = (choices, ledger, stage) => choices.ledgerStages.find((one) => one.ledger === ledger)?.stages.find((one) => one.stage === stage)?.words ?? stage;

/** @param {{id: string, choices: Choices, mayWrite: boolean, close: () => void}} props */
export function LedgerItem({ id, choices, mayWrite, close }) {
  const answer = useAnswer('page/ledger-item', { id, realOnly: view.value.realOnly });
  const gone = html`<h2>${id}<button onClick=${close}>${say('close')}</button></h2>${Empty(say('ledgers.gone'))}`;
  if (answer.failure?.code === 'NOT_FOUND' && !answer.stale) return gone;
  const other = answer.stale && answer.data?.node && 'id' in answer.data.node && answer.data.node.id !== id; // never another item under this name
  return Answer(other ? { ...answer, data: null } : answer, (data) => (data.node && 'record' in data.node && data.node.id === id
    ? h(Opened, { key: id, item: /** @type {Item} */ (data.node), choices, mayWrite, close })
    : gone));
}

/** @param {{item: Item, choices: Choices, mayWrite: boolean, close: () => void}} props */
function Opened({ item, choices, mayWrite, close }) {
  const ledger = ledgerOf(item.id), stage = stageOf(item);
  const [doing, setDoing] = useState(''), names = useNames(item, choices);
  const done = () => setDoing('');
  const closed = choices.ledgerStages.find((one) => one.ledger === ledger)?.stages.find((one) => one.stage === stage)?.closed;
  const due = dueOf(item), late = due && !closed && stage !== 'DRAFT' ? Math.round((Date.parse(today()) - Date.parse(due)) / 86400000) : 0;
  const move = item.nextMoves.find((one) => doing === `move-${one.to}`);
  const entry = item.record.find((one) => doing === `undo-${one.id}`);
  return html`<h2>${item.name} ${Stamp(item)}<button onClick=${close}>${say('close')}</button></h2>
    <p><span class=${`stage-mark ${closed ? 'closed' : late > 0 ? 'late' : ''}`}>${stageWords(choices, ledger, stage)}</span> ${late > 0 ? html`<b class="late">${say('ledgers.late', late)}</b>` : null}</p>
    ${view.value.of.on || view.value.asOf ? html`<p class="quiet">${say('ledgers.now')}</p>` : null}
    ${Facts(item, ledger)}
    ${ledger === 'NOTICE' ? html`<p><a class="button" href=${`notices/${encodeURIComponent(item.id)}.docx`} download>${say(stage === 'DRAFT' ? 'ledgers.word.draft' : 'ledgers.word')}</a></p>` : null}
    ${mayWrite ? html`<div class="actions" role="group" aria-label=${say('ledgers.actions')}>${item.nextMoves.map((one) => html`<button key=${one.to} aria-expanded=${doing === `move-${one.to}`} onClick=${() => setDoing(doing === `move-${one.to}` ? '' : `move-${one.to}`)}>${moveIn(ledger, one, stageTold(choices, ledger, one.to))}</button>`)}
      <button aria-expanded=${doing === 'change'} onClick=${() => setDoing(doing === 'change' ? '' : 'change')}>${say('ledgers.change')}</button><button aria-expanded=${doing === 'comment'} onClick=${() => setDoing(doing === 'comment' ? '' : 'comment')}>${say('ledgers.comment')}</button></div>` : null}
    ${doing.startsWith('move-') ? h(MoveForm, { key: doing, item, ledger, to: doing.slice(5), words: !move ? '' : stageWords(choices, ledger, move.to) === stageTold(choices, ledger, move.to) ? move.words : stageWords(choices, ledger, move.to), reasoned: move?.reasoned ?? false, choices, done }) : null}
    ${doing === 'change' ? h(LedgerForm, { form: `change-${item.id}`, ledger, item, towns: choices.towns?.nodes ?? [], done, leave: done }) : null}
    ${doing === 'comment' ? h(CommentForm, { item, done }) : null}
    ${'evidence' in item ? Evidence(item.evidence) : null}
    <h3>${say('ledgers.history')}</h3>
    ${item.record.length ? html`<ol class="history">${[...item.record].reverse().map((one) => Past(one, { ledger, item, choices, names, undo: mayWrite && one.action !== 'UNDONE' && !item.record.some((other) => other.undoes === one.id) ? () => setDoing(doing === `undo-${one.id}` ? '' : `undo-${one.id}`) : null, form: entry?.id === one.id ? h(UndoForm, { key: one.id, entry: one, done }) : null }))}</ol>` : html`<p class="quiet">${say('ledgers.nohistory')}</p>`}
    ${item.version > item.record.length ? html`<p class="quiet">${say('more', item.version - item.record.length)}</p>` : null}`;
}

/** @param {Item} item @param {Ledger} ledger */
function Facts(item, ledger) {
  const unit = moneyUnit(['investment' in item ? item.investment : null]), dated = /** @type {Partial<Record<'raisedOn'|'recordedOn'|'startOn'|'issuedOn', string|null>>} */ (item);
  const things = (/** @type {{nodes: Thing[]}} */ some, /** @type {(one: Thing) => unknown} */ draw) => (some.nodes.length ? some.nodes.map((one, n) => html`<span key=${one.id}>${n ? say('comma') : ''}${draw(one)}</span>`) : say('unknown'));
  const rows = /** @type {[string, unknown][]} */ ([
    ['field.town', item.town ? TownLink(item.town) : say('unknown')],
    ['field.responsible', things(item.responsible, OrganisationLink)],
    ...('organisations' in item ? [['field.organisations', item.organisations.nodes.length ? things(item.organisations, OrganisationLink) : say('none')]] : []),
    ...('products' in item ? [['field.products', things(item.products, ProductLink)]] : []),
    ...('extent' in item ? [['field.extent', say(`extent.${item.extent}`)]] : []),
    ...('year' in item ? [['field.year', item.year]] : []),
    ...('investment' in item ? [['field.money', item.investment === null ? say('unknown') : `${money(item.investment, unit, lang())} ${say(unit.key)}`]] : []),
    ...(/** @type {const} */ (['raisedOn', 'recordedOn', 'startOn', 'issuedOn']).flatMap((name) => (name in item ? [[`field.${name}`, dated[name] ?? say(name === 'issuedOn' ? 'ledgers.notissued' : 'unknown')]] : []))),
    [`field.dueOn.${ledger}`, dueOf(item) ?? say('ledgers.undated')],
    ...('resolvedOn' in item && item.resolvedOn ? [['field.resolvedOn', item.resolvedOn]] : []),
    ...('reason' in item ? [['field.reason', item.reason]] : []),
  ]);
  return html`<dl>${rows.map(([name, value]) => html`<dt key=${`${name}?`}>${say(name)}</dt><dd key=${name}>${value}</dd>`)}</dl>`;
}

/**
 * @typedef {object} Frozen a row of the candidates as it was kept with a lead, without one: why
 * @property {string} on
 * @property {number} asOf
 * @property {string} formula
 * @property {number} formulaVersion
 * @property {number} dataVersion
 * @property {{invented: number, words: string|null}|null} provenance
 * @property {string} [note]
 * @property {number} [rank]
 * @property {number} [of]
 * @property {{evidence: string[], score: number|null, proximity: string, revenue: number|null, ties: {sells: number|null, buys: number|null}|null}} [row]
 */

/** What the list of candidates said of the firm on the day that the lead was recorded. @param {string|null} text */
function Evidence(text) {
  if (!text) return html`<h3>${say('ledgers.evidence')}</h3><p class="quiet">${say('ledgers.noevidence')}</p>`;
  const kept = /** @type {Frozen} */ (JSON.parse(text)), row = kept.row, unit = moneyUnit([row?.revenue]), ties = moneyUnit([row?.ties?.sells, row?.ties?.buys]);
  return html`<h3>${say('ledgers.evidence')}</h3><p class="quiet">${say('ledgers.evidence.of', kept.on, kept.asOf)}</p>
    ${row ? html`<dl><dt>${say('ledgers.evidence.rank')}</dt><dd>${say('ledgers.evidence.place', kept.rank ?? '', kept.of ?? '')}</dd>
      <dt>${say('col.evidence')}</dt><dd>${row.evidence.map((one) => html`<span key=${one} class="chip">${say(`ev.${one}`)}</span>`)}</dd>
      <dt>${say('col.score')}</dt><dd>${short(row.score === null ? null : row.score * 100, lang())}</dd><dt>${say('col.place')}</dt><dd>${say(row.proximity === 'UNKNOWN' ? 'prox.UNKNOWN' : row.proximity)}</dd>
      <dt>${say('ledgers.evidence.revenue')}</dt><dd>${row.revenue === null ? say('unknown') : `${money(row.revenue, unit, lang())} ${say(unit.key)}`}</dd>
      ${row.ties?.buys ? html`<dt>${say('cand.buys')}</dt><dd>${money(row.ties.buys, ties, lang())} ${say(ties.key)}</dd>` : null}${row.ties?.sells ? html`<dt>${say('cand.sells')}</dt><dd>${money(row.ties.sells, ties, lang())} ${say(ties.key)}</dd>` : null}</dl>` : html`<p>${kept.note}</p>`}
    ${kept.provenance?.invented ? html`<p><span class="stamp">${say('invented')}</span> ${kept.provenance.words}</p>` : null}
    <p class="quiet">${say('source.formula')} ${kept.formula}${say('comma')}${say('source.version', kept.formulaVersion)} · ${say('ledgers.evidence.data', whole(kept.dataVersion, lang()))}</p>`;
}

/** Names of what the record speaks of: what the item no longer has to do with is asked for. @param {Item} item @param {Choices} choices @returns {Map<string, string>} */
function useNames(item, choices) {
  const known = new Map([...(choices.towns?.nodes ?? []), ...(choices.organisations?.nodes ?? []), ...item.responsible.nodes, ...('organisations' in item ? item.organisations.nodes : []), ...('products' in item ? item.products.nodes : [])].map((thing) => [thing.id, thing.name]));
  const told = item.record.flatMap((one) => one.changes.filter((change) => LINKS.includes(change.field)).flatMap((change) => `${change.before ?? ''}、${change.after ?? ''}`.split('、')));
  const ids = [...new Set(told)].filter((id) => id && !known.has(id)).sort().slice(0, 100);
  const { data } = useAnswer('page/names', ids.length ? { ids } : null);
  for (const one of data?.nodes ?? []) if (one && 'name' in one) known.set(one.id, one.name);
  return known;
}

/** @type {Record<string, string>} */
const CALLED = { status: 'ledgers.stage', stage: 'ledgers.stage', evidence: 'ledgers.evidence', investment: 'field.money' };
/** A cell as this language calls it, else as the tables do. @param {Entry['changes'][number]} change */
const fieldIn = ({ field, words }) => { const key = CALLED[field] ?? `field.${field}`, own = say(key); return lang() === 'zh' || own === key ? words : own; };

/** @param {Entry} one @param {{ledger: Ledger, item: Item, choices: Choices, names: Map<string, string>, undo: (() => void)|null, form: unknown}} props */
function Past(one, { ledger, item, choices, names, undo, form }) {
  const reads = (/** @type {string} */ field, /** @type {string|null} */ value) => (value === null || value === '' ? say('none') : field === 'status' || field === 'stage' ? stageWords(choices, ledger, value) : field === 'extent' ? say(`extent.${value}`) : field === 'evidence' ? say('ledgers.evidence') : value.split('、').map((part) => names.get(part) ?? part).join(say('comma')).slice(0, LONG));
  const undone = item.record.some((other) => other.undoes === one.id);
  return html`<li key=${one.id} class=${undone ? 'undone' : ''}><p><time datetime=${one.at}>${one.at.slice(0, 10)}</time> <b>${say(`action.${one.action}`)}</b> ${one.by ?? html`<span class="quiet">${say('ledgers.nobody')}</span>`}${undone ? html` <em>${say('ledgers.undone')}</em>` : null}${undo ? html` <button class="plain" onClick=${undo}>${say('ledgers.undo')}</button>` : null}</p>
    ${one.action === 'CREATED' ? null : html`<ul>${one.changes.map((change) => html`<li key=${change.field}><span class="quiet">${fieldIn(change)}</span> ${reads(change.field, change.before)} → ${reads(change.field, change.after)}</li>`)}</ul>`}
    ${one.reason ? html`<p class="reason">${one.reason}</p>` : null}${form}</li>`;
}

/** @param {{item: Item, ledger: Ledger, to: string, words: string, reasoned: boolean, choices: Choices, done: () => void}} props */
function MoveForm({ item, ledger, to: stage, words, reasoned, choices, done }) {
  const form = `move-${item.id}-${stage}`, [typed, set, forgetTyped] = useDraft(form, () => ({ on: '', by: office.value, reason: '', version: item.version }));
  const { send, busy, failure } = useChange(MOVES[ledger]);
  const allowed = item.nextMoves.some((one) => one.to === stage), outdated = failure?.code === 'CONFLICT' && item.version !== typed.version;
  const go = async (/** @type {number} */ version) => {
    const input = { id: item.id, to: stage, expectedVersion: version, ...(typed.on ? { on: typed.on } : {}) };
    if (await send({ input }, { by: typed.by, reason: typed.reason })) { forgetTyped(); done(); }
  };
  return html`<form class="form" aria-label=${say('ledgers.move', words || stageWords(choices, ledger, stage))} noValidate onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); go(typed.version); }}>
    ${Refusal(failure, ['on', 'to', 'reason', 'by'])}${wrongAt(failure, 'to') ? html`<p class="wrong">${wrongAt(failure, 'to')}</p>` : null}
    ${outdated ? html`<p class="beside"><b>${say('write.now')}</b> ${stageWords(choices, ledger, stageOf(item))}${say('comma')}${say('ledgers.version', item.version)}<br /><b>${say('write.typed')}</b> ${stageWords(choices, ledger, stage)}${typed.reason ? `${say('comma')}${typed.reason}` : ''}${allowed ? null : html`<br />${say('write.impossible', stageWords(choices, ledger, stageOf(item)), stageWords(choices, ledger, stage))}`}</p>` : null}
    ${Labelled({ id: `${form}-on`, label: say('ledgers.on.move'), wrong: wrongAt(failure, 'on'), field: (more) => html`<input type="date" ...${more} value=${typed.on} onInput=${(/** @type {Event} */ event) => set({ on: /** @type {HTMLInputElement} */ (event.target).value })} />` })}
    ${NoteFields({ form, by: typed.by, reason: typed.reason, wanted: reasoned, set, failure })}
    <p class="buttons">${outdated ? (allowed ? html`<button type="button" class="accent" disabled=${busy} onClick=${() => { set({ version: item.version }); go(item.version); }}>${say('write.over')}</button>` : null) : html`<button class="accent" disabled=${busy}>${words || say('write.save')}</button>`}<button type="button" disabled=${busy} onClick=${() => { forgetTyped(); done(); }}>${say('write.leave')}</button></p></form>`;
}

/** @param {{item: Item, done: () => void}} props */
function CommentForm({ item, done }) {
  const form = `comment-${item.id}`, [typed, set, forgetTyped] = useDraft(form, () => ({ text: '', by: office.value }));
  const { send, busy, failure } = useChange(COMMENT);
  const go = async (/** @type {Event} */ event) => { event.preventDefault(); if (await send({ input: { id: item.id, text: typed.text } }, { by: typed.by })) { forgetTyped(); done(); } };
  return html`<form class="form" aria-label=${say('ledgers.comment')} noValidate onSubmit=${go}>${Refusal(failure, ['text', 'by'])}
    ${Labelled({ id: `${form}-text`, label: say('ledgers.comment'), wrong: wrongAt(failure, 'text'), field: (more) => html`<textarea rows="3" ...${more} value=${typed.text} onInput=${(/** @type {Event} */ event) => set({ text: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea>` })}
    ${Labelled({ id: `${form}-by`, label: say('write.by'), wrong: wrongAt(failure, 'by'), field: (more) => html`<input ...${more} value=${typed.by} onInput=${(/** @type {Event} */ event) => set({ by: /** @type {HTMLInputElement} */ (event.target).value })} />` })}
    <p class="buttons"><button class="accent" disabled=${busy}>${say('ledgers.comment')}</button><button type="button" disabled=${busy} onClick=${() => { forgetTyped(); done(); }}>${say('write.leave')}</button></p></form>`;
}

/** @param {{entry: Entry, done: () => void}} props */
function UndoForm({ entry, done }) {
  const form = `undo-${entry.id}`, [typed, set, forgetTyped] = useDraft(form, () => ({ by: office.value, reason: '' }));
  const { send, busy, failure } = useChange(UNDO);
  const go = async (/** @type {Event} */ event) => { event.preventDefault(); if (await send({ entry: entry.id }, { by: typed.by, reason: typed.reason })) { forgetTyped(); done(); } };
  return html`<form class="form" aria-label=${say('ledgers.undo')} noValidate onSubmit=${go}>${Refusal(failure, ['reason', 'by'])}
    ${NoteFields({ form, by: typed.by, reason: typed.reason, wanted: true, set, failure })}
    <p class="buttons"><button class="accent" disabled=${busy}>${say('ledgers.undo.this')}</button><button type="button" disabled=${busy} onClick=${() => { forgetTyped(); done(); }}>${say('write.leave')}</button></p></form>`;
}
