// @ts-check
/** The form of a ledger's item, new or as it is: each field with its complaint, and the present state beside what was typed. */
import { useAnswer } from '../../ask.js';
import { useDraft } from '../../drafts.js';
import { draftOf, FIELDS, inputOf, lacking, LOOKS, merged, touched } from '../../ledgers.js';
import { h, html, say } from '../../shared.js';
import { useState } from '../../vendor/preact.js';
import { Picker } from '../../parts/picker.js';
import { office } from '../../parts/rights.js';
import { Labelled, NoteFields, Refusal, useChange, wrongAt } from './writing.js';

/** @typedef {import('../../ledgers.js').Ledger} Ledger */
/** @typedef {import('../../ledgers.js').Field} Field */
/** @typedef {import('../../ledgers.js').Draft} Draft */
/** @typedef {import('../../ledgers.js').Thing} Thing */

const CREATES = /** @type {const} */ ({ PROBLEM: 'page/create-problem', TASK: 'page/create-task', PROJECT: 'page/create-project', NOTICE: 'page/create-notice', LEAD: 'page/record-lead' });
const CHANGES = /** @type {const} */ ({ PROBLEM: 'page/change-problem', TASK: 'page/change-task', PROJECT: 'page/change-project', NOTICE: 'page/change-notice', LEAD: 'page/change-lead' });
const ISSUE = 'page/issue-notice';

/** A day, a text, a thing, as it reads. @param {unknown} value */
const told = (value) => (Array.isArray(value) ? value.map((one) => one.name).join(say('comma')) : value) || say('none');

/** The id of what a change made or changed. @param {Partial<Record<string, object|null>>} data @returns {string} */
const madeId = (data) => Object.values(data).flatMap((payload) => Object.values(payload ?? {})).map((/** @type {{id?: string}|null|boolean} */ one) => (one && typeof one === 'object' ? one.id : undefined)).find(Boolean) ?? '';

/**
 * @param {object} props
 * @param {string} props.form what is typed in it is kept under this name
 * @param {Ledger} props.ledger
 * @param {import('../../ledgers.js').Item} [props.item] as it is; none: a new one
 * @param {Draft} [props.begin] what a new one begins with
 * @param {Thing[]} props.towns
 * @param {(id: string) => void} props.done
 * @param {() => void} props.leave
 */
export function LedgerForm({ form, ledger, item, begin = {}, towns, done, leave }) {
  const seen = item ? { ...draftOf(ledger, item) } : begin;
  const [typed, set, forgetTyped] = useDraft(form, () => ({ draft: seen, before: seen, version: item?.version ?? 0, by: office.value, reason: '' }));
  const [unfilled, setUnfilled] = useState(/** @type {Field[]} */ ([]));
  const create = useChange(CREATES[ledger]), alter = useChange(CHANGES[ledger]), issue = useChange(ISSUE);
  const failure = create.failure ?? alter.failure ?? issue.failure, busy = create.busy || alter.busy || issue.busy;
  const fill = (/** @type {Field} */ field, /** @type {string|Thing[]} */ value) => set({ draft: { ...typed.draft, [field]: value } });
  /** @param {'create'|'change'|'issue'} how @param {{draft: Draft, before: Draft, version: number}} told */
  const send = async (how, { draft, before, version } = typed) => {
    const missing = lacking(ledger, draft), note = { by: typed.by, reason: typed.reason };
    setUnfilled(missing);
    if (missing.length) { document.getElementById(`${form}-${missing[0]}`)?.focus(); return; }
    [create, alter, issue].forEach((one) => one.clear());
    const data = item && how === 'change'
      ? await alter.send({ input: { id: item.id, expectedVersion: version, ...inputOf(ledger, draft, before) } }, note)
      : await (how === 'issue' ? issue : create).send({ input: inputOf(ledger, draft, null) }, note);
    if (data) { forgetTyped(); done(madeId(data)); }
  };
  const wrong = (/** @type {Field} */ field) => (unfilled.includes(field) ? say('write.fill', say(`field.${field}`)) : wrongAt(failure, field));
  const current = failure?.code === 'CONFLICT' && item && item.version !== typed.version ? item : null;
  return html`<form class="form" aria-label=${say(item ? 'ledgers.change' : `ledgers.new.${ledger}`)} noValidate onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); send(item ? 'change' : 'create'); }}>
    ${Refusal(failure, [...FIELDS[ledger], 'reason', 'by'])}
    ${current ? Beside(ledger, typed, draftOf(ledger, current)) : null}
    ${FIELDS[ledger].map((field) => html`<div key=${field}>${FormField({ id: `${form}-${field}`, ledger, field, typed: typed.draft[field], fill: (value) => fill(field, value), wrong: wrong(field), towns })}</div>`)}
    ${NoteFields({ form, by: typed.by, reason: typed.reason, wanted: false, set, failure })}
    <p class="buttons">${current
    ? html`<button type="button" class="accent" disabled=${busy} onClick=${() => { const now = draftOf(ledger, current), told = { draft: merged(ledger, typed.draft, typed.before, now), before: now, version: current.version }; set(told); send('change', told); }}>${say('write.over')}</button>`
    : html`<button class="accent" disabled=${busy}>${say(item ? 'write.save' : ledger === 'NOTICE' ? 'write.draft' : 'write.create')}</button>${!item && ledger === 'NOTICE' ? html`<button type="button" disabled=${busy} onClick=${() => send('issue')}>${say('write.issue')}</button>` : null}`}
      <button type="button" disabled=${busy} onClick=${() => { forgetTyped(); leave(); }}>${say('write.leave')}</button></p></form>`;
}

/** How it is now beside what was typed: nothing is lost, and whoever typed decides; what was not touched stays as it is now. @param {Ledger} ledger @param {{draft: Draft, before: Draft}} typed @param {Draft} now */
function Beside(ledger, { draft, before }, now) {
  const reads = (/** @type {Field} */ field, /** @type {Draft} */ of) => (field === 'extent' ? say(`extent.${of.extent}`) : told(of[field]));
  return html`<table class="beside"><caption>${say('write.beside')}</caption><thead><tr><th scope="col">${say('write.field')}</th><th scope="col">${say('write.now')}</th><th scope="col">${say('write.typed')}</th></tr></thead>
    <tbody>${FIELDS[ledger].filter((field) => field !== 'town' && (touched(field, draft, before) || touched(field, now, before))).map((field) => html`<tr key=${field}><th scope="row">${say(`field.${field}`)}</th><td>${reads(field, now)}</td><td>${touched(field, draft, before) ? reads(field, draft) : html`<span class="quiet">${say('write.untouched')}</span>`}</td></tr>`)}</tbody></table>`;
}

/** @param {{id: string, ledger: Ledger, field: Field, typed: string|Thing[]|undefined, fill: (value: string|Thing[]) => void, wrong: string|null, towns: Thing[]}} props */
function FormField({ id, ledger, field, typed, fill, wrong, towns }) {
  const look = LOOKS[field], label = say(field === 'dueOn' ? `field.dueOn.${ledger}` : `field.${field}`);
  const value = (/** @type {Event} */ event) => fill(/** @type {HTMLInputElement} */ (event.target).value);
  if (look === 'agencies' || look === 'organisations' || look === 'products') {
    return html`<div class="field"><span>${label}</span>${h(Picker, { id, label, kinds: [look === 'products' ? 'PRODUCT' : 'ORGANISATION'], chosen: Array.isArray(typed) ? typed : [], choose: fill, wrong })}</div>`;
  }
  return Labelled({ id, label, wrong, field: (more) => (
    look === 'long' ? html`<textarea rows="4" ...${more} value=${typed ?? ''} onInput=${value}></textarea>`
    : look === 'town' ? html`<select ...${more} onChange=${value}><option value="" selected=${!typed}>${say('write.choose')}</option>${towns.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === typed}>${one.name}</option>`)}</select>`
    : look === 'extent' ? html`<select ...${more} onChange=${value}>${['COMMON', 'INDIVIDUAL'].map((one) => html`<option key=${one} value=${one} selected=${one === typed}>${say(`extent.${one}`)}</option>`)}</select>`
    : html`<input type=${look === 'day' ? 'date' : look === 'text' ? 'text' : 'number'} step=${look === 'wan' ? 'any' : undefined} min=${look === 'wan' ? '0' : undefined} ...${more} value=${typed ?? ''} onInput=${value} />`) });
}

/** What a new item begins with, as the address says: its town, a firm, a product, the draft of an evaluation. @param {{ledger: Ledger, town: string, org: string, product: string, standard: string, asOf: number|null, towns: Thing[], done: (id: string) => void, leave: () => void}} props */
export function NewItem({ ledger, town, org, product, standard, asOf, towns, done, leave }) {
  const ids = [org, product].filter(Boolean), form = ['new', ledger, town, ...ids, standard].filter(Boolean).join('-'), names = useAnswer('page/names', ids.length ? { ids } : null);
  const drafted = useAnswer('page/notice-drafts', standard ? { standard, asOf } : null);
  if ((ids.length && !names.data && !names.failure) || (standard && !drafted.data && !drafted.failure)) return html`<p class="waiting" role="status">${say('waiting')}</p>`;
  const thing = (/** @type {string} */ id) => { const found = names.data?.nodes.find((one) => one?.id === id); return found && 'name' in found ? [{ id, name: found.name, synthetic: found.synthetic }] : []; };
  const draft = drafted.data?.noticeDrafts?.drafts.find((one) => one.town.town.id === town);
  /** @type {Draft} */
  const begin = { town, ...(ledger === 'PROBLEM' ? { extent: 'COMMON' } : {}), ...(org ? { organisations: thing(org) } : {}), ...(product && ledger === 'LEAD' ? { products: thing(product) } : {}), ...(draft ? { reason: draft.reason, responsible: [...draft.responsible] } : {}) };
  return html`${ledger === 'LEAD' && org && product ? html`<p class="quiet">${say('ledgers.evidence.kept')}</p>` : null}${standard && !draft ? html`<p class="quiet">${say('ledgers.nodraft')}</p>` : null}${draft && !draft.settled ? html`<p class="quiet">${say('ledgers.unsettled')}</p>` : null}
    ${h(LedgerForm, { key: form, form, ledger, begin, towns, done, leave })}`;
}
