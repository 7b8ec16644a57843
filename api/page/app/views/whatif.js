// @ts-check
/** What would change? Firms that close, arrive, sell to others: the same questions before and after, nothing is written. */
import { useAnswer } from '../ask.js';
import { inputs, named, readEdits, writeEdits } from '../edits.js';
import { money, moneyUnit, percent, short } from '../figures.js';
import { Answer, Empty, Foot, Table, Twin } from '../parts/frames.js';
import { OrganisationLink, Outcome, ProductLink, Rests, Shape, Stamp, yuan } from '../parts/marks.js';
import { Picker } from '../parts/picker.js';
import { Picture } from '../parts/picture.js';
import { go, h, html, lang, link, say, set, to, view } from '../shared.js';
import { useState } from '../vendor/preact.js';

/** @typedef {import('../edits.js').Edit} Edit */
/** @typedef {import('../parts/picker.js').Thing} Thing */
/** @typedef {NonNullable<import('../../queries').WhatIfQuery['whatIf']>} Found */
/** @typedef {import('../../queries').WhatIfStepFragment} Step */

/** What a form of each kind asks for; a question mark: may be left out. @type {Record<Edit['kind']|'replace', readonly string[]>} */
const ASKED = {
  close: ['org'],
  arrive: ['product', 'org?', 'buyer?', 'instead?', 'value?'],
  replace: ['buyer', 'product', 'instead', 'seller', 'value'],
  supply: ['seller', 'buyer', 'product', 'value?'],
  end: ['seller', 'buyer', 'product?'],
  revenue: ['org', 'value'],
};
const KINDS = /** @type {(keyof typeof ASKED)[]} */ (Object.keys(ASKED));

export function WhatIf() {
  const { town, of, asOf, realOnly } = view.value, edits = readEdits(of), ids = named(edits);
  const names = useAnswer('page/names', { ids: [town, ...ids].slice(0, 100) });
  const standards = useAnswer('page/evaluation-standards', {});
  const known = new Map((names.data?.nodes ?? []).flatMap((one) => (one && 'name' in one ? [[one.id, one]] : [])));
  const ready = names.data && !names.stale && (standards.data || standards.failure);
  const standard = standards.data?.standards?.nodes[0];
  const call = (/** @type {Edit} */ edit) => (edit.org ? say('whatif.copy', known.get(edit.org)?.name ?? edit.org) : say('whatif.newcomer', known.get(edit.product ?? '')?.name ?? edit.product ?? ''));
  const answer = useAnswer('page/what-if', ready && edits.length ? { town, edits: inputs(edits, town, call), asOf, realOnly, standard: standard?.id ?? '', ranked: Boolean(standard) } : null);
  if (names.data && !names.stale && !known.has(town)) return html`<main id="main"><h1>${say('town.missing', town)}</h1><p><a ...${link(to('start', {}, { town: '' }))}>${say('town.back')}</a></p></main>`;
  const place = known.get(town);
  return html`<main id="main" class="whatif"><header class="head"><h1>${say('whatif.title', place?.name ?? '')} ${Stamp(place)}</h1>
      <p class="banner" role="note"><b>${say('whatif.banner')}</b> ${say('whatif.banner.more')}</p></header>
    ${Chips(edits, known)}${h(AddForm, { key: String(edits.length), edits })}
    ${edits.length ? Answer({ ...answer, failure: answer.failure ?? names.failure }, (data) => (data.whatIf ? Result(data.whatIf, place?.name ?? '', standard) : Empty(say('unknown')))) : html`<p class="empty">${say('whatif.none')}</p>`}</main>`;
}

/** A change in words. @param {Edit} edit @param {Map<string, Thing>} known */
function inWords(edit, known) {
  const name = (/** @type {string|undefined} */ id) => (id ? known.get(id)?.name ?? id : '');
  const value = edit.value === undefined ? '' : yuan(edit.value);
  const { kind, org, product, seller, buyer, instead } = edit;
  if (kind === 'close') return say('whatif.is.close', name(org));
  if (kind === 'revenue') return say('whatif.is.revenue', name(org), value);
  if (kind === 'end') return product ? say('whatif.is.end', name(seller), name(buyer), name(product)) : say('whatif.is.endAll', name(seller), name(buyer));
  if (kind === 'supply') return say('whatif.is.supply', name(seller), name(buyer), name(product)) + (value ? ` ${value}` : '');
  return [org ? say('whatif.is.copy', name(org), name(product)) : say('whatif.is.arrive', name(product)), buyer && say('whatif.is.sells', name(buyer), value), instead && say('whatif.is.instead', name(instead))].filter(Boolean).join(say('comma'));
}

/** @param {Edit[]} edits @param {Map<string, Thing>} known */
const Chips = (edits, known) => (edits.length ? html`<div class="edits"><ul aria-label=${say('whatif.edits')}>${edits.map((edit, n) => { const words = inWords(edit, known); return html`<li key=${JSON.stringify(edit)} class="chip">${words} <button class="plain" aria-label=${say('pick.drop', words)} onClick=${() => set(writeEdits(edits.filter((_, other) => other !== n)))}>×</button></li>`; })}</ul>
  <button onClick=${() => go({ of: {} })}>${say('whatif.reset')}</button></div>` : null);

/** @param {{edits: Edit[]}} props */
function AddForm({ edits }) {
  const [kind, setKind] = useState(/** @type {keyof typeof ASKED} */ ('close'));
  const [typed, setTyped] = useState(/** @type {Record<string, Thing[]>} */ ({})), [value, setValue] = useState(''), [lacks, setLacks] = useState(/** @type {string[]} */ ([]));
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    const yuan = value.trim() === '' ? undefined : Math.round(Number(value) * 10000), given = (/** @type {string} */ name) => typed[name]?.[0]?.id;
    const sells = kind === 'arrive' && (given('buyer') || yuan !== undefined || given('instead')); // a newcomer's sales: buyer and amount together
    const missing = [...ASKED[kind].filter((name) => !name.endsWith('?')), ...(sells ? ['buyer', 'value'] : [])].filter((name) => (name === 'value' ? yuan === undefined || !(yuan >= 0) : !given(name)));
    setLacks(missing);
    if (missing.length) return;
    const { org, product, seller, buyer, instead } = /** @type {Record<string, string|undefined>} */ (Object.fromEntries(Object.keys(typed).map((name) => [name, given(name)])));
    const edit = (/** @type {Edit} */ one) => /** @type {Edit} */ (Object.fromEntries(Object.entries(one).filter(([, part]) => part !== undefined)));
    const made = kind === 'replace' ? [edit({ kind: 'end', seller: instead, buyer, product }), edit({ kind: 'supply', seller, buyer, product, value: yuan })] : [edit({ kind, org, product, seller, buyer, instead, value: yuan })];
    set(writeEdits([...edits, ...made]));
  };
  const field = (/** @type {string} */ asked) => {
    const name = asked.replace('?', ''), label = say(`whatif.${kind}.${name}`), wrong = lacks.includes(name) ? say('whatif.lacks', label) : null, words = asked.endsWith('?') ? `${label}${say('whatif.optional')}` : label;
    return html`<div key=${kind + name} class="field">${name === 'value' ? html`<label for="whatif-value">${words}</label><input id="whatif-value" type="number" min="0" step="any" value=${value} aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${wrong ? 'whatif-value-wrong' : undefined} onInput=${(/** @type {Event} */ event) => setValue(/** @type {HTMLInputElement} */ (event.target).value)} />${wrong ? html`<small class="wrong" id="whatif-value-wrong">${wrong}</small>` : null}`
      : html`<span>${words}</span>${h(Picker, { id: `whatif-${name}`, label, kinds: [name === 'product' ? 'PRODUCT' : 'ORGANISATION'], single: true, chosen: typed[name] ?? [], choose: (chosen) => setTyped({ ...typed, [name]: chosen }), wrong })}`}</div>`;
  };
  return html`<form class="form add" aria-label=${say('whatif.add')} noValidate onSubmit=${add}><div class="field"><label for="whatif-kind">${say('whatif.kind')}</label><select id="whatif-kind" onChange=${(/** @type {Event} */ event) => { setKind(/** @type {keyof typeof ASKED} */ (/** @type {HTMLSelectElement} */ (event.target).value)); setLacks([]); }}>${KINDS.map((one) => html`<option key=${one} value=${one} selected=${one === kind}>${say(`whatif.${one}`)}</option>`)}</select></div>
    ${ASKED[kind].map(field)}<p class="buttons"><button class="accent">${say('whatif.add')}</button></p></form>`;
}

/** @typedef {{product: Thing, stage: string|null, before: Step|undefined, after: Step|undefined}} Row */
const makers = (/** @type {Step|undefined} */ step) => step?.supply.filter((one) => one.proximity === 'TOWN' || one.proximity === 'COUNTY').reduce((sum, one) => sum + one.count, 0);
const differs = (/** @type {Row} */ { before, after }) => before?.state !== after?.state || makers(before) !== makers(after) || before?.demand.localShare !== after?.demand.localShare || before?.demand.total !== after?.demand.total;

/** One value that stays, or two. @param {unknown} before @param {unknown} after @param {boolean} changed */
const Two = (before, after, changed) => (changed ? html`<span class="two">${before} → <b>${after}</b></span>` : html`${after}`);
/** @param {string|undefined} state */
const State = (state) => (state ? html`<span class=${`state ${state}`}>${Shape(state)} ${say(state)}</span>` : say('whatif.notlisted'));

/** What goes with those that close: known yuan a year, and what is not known of it. @param {Found} found @param {import('../parts/frames.js').Method|undefined} method that says what they rest on */
function Losses({ losses }, method) {
  if (!losses.length) return null;
  const traded = (/** @type {number|null} */ value, /** @type {number} */ more) => html`${value === null ? say('unknown') : yuan(value)}${more ? html` <small>${say('whatif.lost.more', more)}</small>` : null}`;
  return html`<h2>${say('whatif.lost')} ${Rests(method)}</h2>${Table({
    rows: losses, key: (row) => row.organisation.id, caption: say('whatif.lost'),
    columns: [
      { head: say('col.org'), cell: (row) => html`${OrganisationLink(row.organisation)} <small class="ways-on"><a ...${link(to('impact', { org: row.organisation.id }))}>${say('whatif.lost.impact')}</a></small>` },
      { head: say('whatif.lost.towns'), cell: (row) => row.towns.map((one) => one.name).join(say('comma')) || '—' },
      { head: say('whatif.lost.output'), number: true, cell: (row) => (row.output === null ? say('unknown') : yuan(row.output)) },
      { head: say('whatif.lost.revenue'), number: true, cell: (row) => (row.revenue === null ? say('unknown') : yuan(row.revenue)) },
      { head: say('whatif.lost.sold'), number: true, cell: (row) => traded(row.sold, row.salesUnmeasured) },
      { head: say('whatif.lost.bought'), number: true, cell: (row) => traded(row.bought, row.purchasesUnmeasured) },
    ],
  })}`;
}

/** @param {Found} found @param {string} town @param {Thing|undefined} standard */
function Result(found, town, standard) {
  const before = new Map((found.townGaps?.before?.rows ?? []).map((one) => [one.product.id, one])), after = new Map((found.townGaps?.after?.rows ?? []).map((one) => [one.product.id, one]));
  /** @type {Row[]} */
  const rows = [...new Set([...before.keys(), ...after.keys()])].map((id) => ({ product: /** @type {Step} */ (after.get(id) ?? before.get(id)).product, stage: (after.get(id) ?? before.get(id))?.stage ?? null, before: before.get(id), after: after.get(id) }));
  const moved = (/** @type {Row} */ row) => Number(row.before?.state !== row.after?.state), changed = rows.filter(differs).sort((a, b) => moved(b) - moved(a)), unit = moneyUnit(rows.flatMap((row) => [row.before?.demand.total, row.after?.demand.total]));
  const columns = [
    { head: say('col.product'), cell: (/** @type {Row} */ row) => ProductLink(row.product) },
    { head: say('col.stage'), cell: (/** @type {Row} */ row) => say(`stage.${row.stage}`) },
    { head: say('col.state'), cell: (/** @type {Row} */ row) => Two(State(row.before?.state), State(row.after?.state), row.before?.state !== row.after?.state) },
    { head: say('col.makers'), number: true, cell: (/** @type {Row} */ row) => Two(makers(row.before) ?? '—', makers(row.after) ?? '—', makers(row.before) !== makers(row.after)) },
    { head: say('col.share'), number: true, cell: (/** @type {Row} */ row) => Two(exact(row.before?.demand.localShare), exact(row.after?.demand.localShare), row.before?.demand.localShare !== row.after?.demand.localShare) },
    { head: say('whatif.bought', say(unit.key)), number: true, cell: (/** @type {Row} */ row) => Two(money(row.before?.demand.total, unit, lang()), money(row.after?.demand.total, unit, lang()), row.before?.demand.total !== row.after?.demand.total) },
  ];
  const sourcing = found.townLocalSourcing, card = found.townEvaluationCard, checkup = found.townCheckup, method = found.townGaps?.before?.method;
  const local = [sourcing?.before?.whole?.rate, sourcing?.after?.whole?.rate], score = [card?.before?.town?.total, card?.after?.town?.total], rank = [card?.before?.town?.rank, card?.after?.town?.rank];
  const points = (/** @type {number|null|undefined} */ value) => short(value, lang());
  return html`<div><p class="quiet">${found.caveat}</p>${h(Picture, { name: 'whatif', title: say('whatif.title', town), method, stamps: [say('whatif.banner')], children: html`<div class="figures">
      <div><h2>${say('town.local')} ${Rests(sourcing?.before?.method)}</h2><p class="number">${Two(exact(local[0]), exact(local[1]), local[0] !== local[1])}</p></div>
      ${card ? html`<div><h2>${say('whatif.score')} ${Stamp(standard)}</h2><p class="number">${Two(points(score[0]), points(score[1]), points(score[0]) !== points(score[1]))}</p><small class="quiet">${say('whatif.rank')} ${Two(rank[0] ?? '—', rank[1] ?? '—', rank[0] !== rank[1])}</small></div>` : null}
      <div><h2>${say('town.checkup')}</h2><p>${checkup?.before && checkup.after ? Two(Outcome(checkup.before.outcome, checkup.before.byInvented), Outcome(checkup.after.outcome, checkup.after.byInvented), checkup.before.outcome !== checkup.after.outcome) : say('unknown')}</p></div>
      <div><h2>${say('town.states')} ${Rests(method)}</h2><p>${['COVERED', 'WEAK', 'MISSING', 'UNKNOWN'].map((state) => { const count = (/** @type {Map<string, Step>} */ some) => [...some.values()].filter((one) => one.state === state).length; return html`<span key=${state} class=${`state ${state}`}>${Shape(state)} ${say(state)} ${Two(count(before), count(after), count(before) !== count(after))}</span> `; })}</p></div></div>
    ${Losses(found, method)}
    <h2>${say('whatif.changed')}</h2><p class="quiet" role="status">${say('whatif.count', changed.length, rows.length)}</p>
    ${changed.length ? Table({ rows: changed, key: (row) => row.product.id, caption: say('whatif.changed'), columns }) : Empty(say('whatif.same'))}` })}
    ${h(Twin, { title: say('whatif.whole', rows.length), of: () => Table({ rows, key: (row) => row.product.id, caption: say('whatif.whole', rows.length), columns }) })}
    ${Foot(method)}${Foot(sourcing?.before?.method)}${Foot(card?.before?.method)}</div>`;
}

/** A share to a tenth of a percent: a difference is often smaller than one. @param {number|null|undefined} share */
const exact = (share) => (share === null || share === undefined ? percent(share) : `${short(Math.round(share * 1000) / 10, lang())}%`);
