// @ts-check
/** What first, and whom do we call? Gaps in four actions, each ranked on its own; a row opens its candidates with their evidence. */
import { useAnswer } from '../ask.js';
import { money, moneyUnit, percent, short } from '../figures.js';
import { Answer, Empty, Foot, OfTown, Table } from '../parts/frames.js';
import { Named, OrganisationLink, Shape, Stamp, yuan } from '../parts/marks.js';
import { ACTIONS, WEIGHTS } from '../state.js';
import { asked, go, h, html, lang, link, say, to, view } from '../shared.js';
import { useState } from '../vendor/preact.js';

/** How many candidates are shown when all are asked. */
const MOST = 200;
const PARTS = /** @type {const} */ (['VALUE', 'CRITICALITY', 'FEASIBILITY']);

/** @typedef {NonNullable<import('../../queries').GapsQuery['town']>} TownFound */
/** @typedef {NonNullable<TownFound['gaps']>} GapsFound */
/** @typedef {GapsFound['actions'][number]['rows'][number]} Gap */
/** @typedef {NonNullable<NonNullable<import('../../queries').CandidatesQuery['town']>['candidates']>['rows'][number]} CandidateRow */

/** @param {Gap} row */
const valueOf = (row) => row.parts.find((part) => part.name === 'VALUE')?.value ?? null;

/** The sentence to win, made of what was found. @param {GapsFound} gaps @param {string} name */
function lead(gaps, name) {
  const of = (/** @type {string} */ action) => (gaps.actions.find((one) => one.action === action)?.rows ?? []).filter((row) => !row.rivals.length).slice(0, 3).map((row) => row.product.name).join(say('and'));
  const missing = of('FILL'), below = of('EXTEND');
  return [missing && say('gaps.lead', name, missing), below && say('gaps.below', below)].filter(Boolean).join(say('semicolon'));
}

/** @param {{product: {id: string, name: string}, gap: Gap|null}} props */
function Candidates({ product, gap }) {
  const [first, setFirst] = useState(10);
  const answer = useAnswer('page/candidates', { ...asked(), product: product.id, first });
  return html`<section class="panel candidates" aria-label=${say('cand.title', product.name)} tabindex="-1" id="candidates">
    <h2>${say('cand.title', product.name)}<button onClick=${() => go({ selected: null })}>${say('close')}</button></h2>
    ${gap ? Why(gap) : null}
    ${Answer(answer, (data) => {
    const found = data.town?.candidates;
    if (!found || found.unknownReason) return Empty(found?.unknownReason ?? say('cand.none'));
    const all = [...found.local, ...found.rows], revenue = moneyUnit(all.map((row) => row.revenue)), ties = moneyUnit(all.flatMap((row) => [row.ties.buys, row.ties.sells]));
    const near = found.invitableCount - found.listedCount;
    const Rows = (/** @type {readonly CandidateRow[]} */ rows, /** @type {string} */ caption, /** @type {boolean} */ here) => Table({
        rows, key: (row) => row.organisation.id, caption,
        columns: [
          { head: say('col.org'), cell: (row) => html`${OrganisationLink(row.organisation)}${row.invitable || here ? null : html`<small>${say('cand.stays')}</small>`}<small class="ways-on"><a ...${link(to('ledgers', { kind: 'LEAD', make: 'LEAD', org: row.organisation.id, product: product.id }))}>${say('cand.record')}</a>${here ? null : html` <a ...${link(to('whatif', { with: `${product.id}.${row.organisation.id}` }))}>${say('cand.whatif')}</a>`}</small>` },
          { head: say('col.place'), cell: (row) => `${say(row.proximity === 'UNKNOWN' ? 'prox.UNKNOWN' : row.proximity)}${row.organisation.region ? ` · ${row.organisation.region.name}` : ''}` },
          { head: say('col.evidence'), cell: (row) => html`${row.evidence.map((/** @type {string} */ one) => html`<span key=${one} class="chip">${say(`ev.${one}`)}</span>`)}${row.nearProduct ? html`<small>${say('cand.near', row.nearProduct.name)}</small>` : null}` },
          { head: say('col.ties', say(ties.key)), number: true, cell: (row) => [row.ties.buys && `${say('cand.buys')} ${money(row.ties.buys, ties, lang())}`, row.ties.sells && `${say('cand.sells')} ${money(row.ties.sells, ties, lang())}`].filter(Boolean).join(say('semicolon')) || '—' },
          { head: say('col.revenue', say(revenue.key)), number: true, cell: (row) => money(row.revenue, revenue, lang()) },
          { head: say(here ? 'col.benefits.here' : 'col.benefits'), cell: (row) => Benefits(row.benefits, here) },
          { head: say('col.titles'), cell: (row) => row.qualifications.map((one) => one.name).join(say('comma')) || '—' },
          { head: say('col.score'), number: true, cell: (row) => short(row.score === null ? null : row.score * 100, lang()) },
        ],
      });
    return html`<p class="quiet">${[say('cand.count', found.count, found.rows.length), found.count && say('cand.listed', found.listedCount), near && say('cand.class', near), found.localCount && say('cand.local', found.localCount), found.convertibleCount && say('cand.convertible', found.convertibleCount), found.relatedUnknown].filter(Boolean).join(say('semicolon'))}${found.count > found.rows.length ? html` <button class="plain" onClick=${() => setFirst(MOST)}>${say('cand.all', Math.min(found.count, MOST))}</button>` : null}</p>
      ${gap?.action === 'SECURE' ? html`<p>${say('cand.secure')}</p>` : null}
      ${found.local.length ? html`<h3>${say('cand.here')}</h3>${Rows(found.local, say('cand.here'), true)}${found.rows.length ? html`<h3>${say('cand.away')}</h3>` : null}` : null}
      ${found.rows.length ? Rows(found.rows, say('cand.title', product.name), false) : Empty(say(found.local.length ? 'cand.nobodyelse' : 'cand.none'))}${Foot(found.method)}`;
  })}</section>`;
}

/** What a candidate would get if it settled in the town, or gets there already; what can't be told is counted. @param {CandidateRow['benefits']} benefits @param {boolean} here */
function Benefits(benefits, here) {
  const sure = benefits.filter((one) => one.status === 'ELIGIBLE'), open = benefits.filter((one) => one.status === 'UNKNOWN');
  if (!sure.length && !open.length) return '—';
  return html`${sure.map((one) => html`<a key=${one.benefit.id} class="chip" ...${link(to('policies', { benefit: one.benefit.id }))}>${Named(one.benefit)}${one.amount === null ? '' : ` ${yuan(one.amount)}`}${one.already && !here ? html` <small>${say('cand.already')}</small>` : null}</a>`)}${open.length ? html`<small title=${open.map((one) => `${one.benefit.name}${say('colon')}${one.deciding.join(say('comma'))}`).join(say('semicolon'))}>${say('cand.open', open.length)}</small>` : null}`;
}

/** Reasons in words, and the parts of the score. @param {Gap} gap */
function Why(gap) {
  const beyond = gap.demand.beyondGraph, unit = moneyUnit([valueOf(gap)]), bought = moneyUnit([...gap.suppliers.map((one) => one.value), beyond]);
  const known = gap.suppliers.length > 0, outside = beyond === null ? say('gaps.beyond.unknown') : beyond > 0 ? say('gaps.beyond', `${money(beyond, bought, lang())} ${say(bought.key)}`) : '';
  return html`<div class="why"><div><p>${gap.reasons.map((one) => (lang() === 'zh' ? one.words : say(`reason.${one.reason}`)) + (one.because ? say('gaps.because', one.because.name) : '')).join(say('semicolon'))}</p>
    ${gap.rivals.length ? html`<p>${say('gaps.rivals', gap.rivals.map((one) => one.name).join(say('comma')))}</p>` : null}
    ${known || outside ? html`<p><b>${say('gaps.suppliers')}</b> ${gap.suppliers.map((one) => html`<span key=${one.organisation.id} class="chip">${OrganisationLink(one.organisation)} ${say(one.proximity === 'UNKNOWN' ? 'prox.UNKNOWN' : one.proximity)} ${money(one.value, bought, lang())} ${one.value === null ? '' : say(bought.key)}</span>`)}${gap.suppliersCount > gap.suppliers.length ? say('more', gap.suppliersCount - gap.suppliers.length) : ''}${outside ? html` <span class="chip">${outside}</span>` : null}</p>` : null}</div>
    <dl aria-label=${say('gaps.parts')}>${gap.parts.map((part) => html`<dt key=${part.name}>${say(`gaps.w.${part.name}`)}</dt><dd>${part.value === null ? say('gaps.part.unknown') : part.name === 'VALUE' ? `${money(part.value, unit, lang())} ${say(unit.key)}` : `${short(part.value, lang())} ${say(`gaps.unit.${part.name}`)}`}<small class="quiet">${say(`gaps.part.${part.name}`)}</small></dd>`)}</dl></div>`;
}

const Weights = () => html`<fieldset class="weights"><legend>${say('gaps.weights')}</legend>
  ${PARTS.map((part, n) => html`<label key=${part}>${say(`gaps.w.${part}`)}<input type="range" min="0" max="1" step="0.1" value=${view.value.weights[n]} onChange=${(/** @type {Event} */ event) => { const next = view.value.weights.map((w, i) => (i === n ? Number(/** @type {HTMLInputElement} */ (event.target).value) : w)); if (next.some((w) => w > 0)) go({ weights: next }, 'replace'); }} /><output>${view.value.weights[n].toFixed(1)}</output></label>`)}
  ${String(view.value.weights) === String(WEIGHTS) ? null : html`<span class="stamp">${say('gaps.custom')}</span><button onClick=${() => go({ weights: WEIGHTS }, 'replace')}>${say('gaps.reset')}</button>`}</fieldset>`;

/** @param {'promotion'|'gaps'} list */
function exportAddress(list) {
  const { town, asOf, realOnly, weights } = view.value, p = new URLSearchParams({ town });
  if (asOf) p.set('asOf', String(asOf));
  if (realOnly) p.set('realOnly', 'true');
  if (String(weights) !== String(WEIGHTS)) ['valueWeight', 'criticalityWeight', 'feasibilityWeight'].forEach((name, n) => p.set(name, String(weights[n])));
  return `lists/${list}?${p}`;
}

export function Gaps() {
  const [valueWeight, criticalityWeight, feasibilityWeight] = view.value.weights;
  const weights = String(view.value.weights) === String(WEIGHTS) ? {} : { valueWeight, criticalityWeight, feasibilityWeight };
  return OfTown(useAnswer('page/gaps', { ...asked(), ...weights }), Board);
}

/** @param {TownFound} town */
function Board(town) {
  const gaps = town.gaps, { action, selected } = view.value;
  if (!gaps) return html`<main id="main"><h1>${say('gaps.title', town.name)}</h1>${Empty(say('fail.gone'))}</main>`;
  const byAction = new Map(gaps.actions.map((one) => [one.action, one]));
  const all = gaps.actions.flatMap((one) => one.rows);
  const chosen = all.find((row) => row.product.id === view.value.selected);
  const shown = byAction.get(chosen?.action ?? action) ?? { rows: [], count: 0 }, now = chosen?.action ?? action;
  const unit = moneyUnit(shown.rows.map(valueOf));
  const unknown = gaps.states.find((one) => one.state === 'UNKNOWN')?.count ?? 0;
  return html`<main id="main"><header class="head row"><div><h1>${say('gaps.title', town.name)} ${Stamp(town)}</h1><p class="lead">${lead(gaps, town.name)}</p>${gaps.note || gaps.unknownReason ? html`<p class="quiet">${gaps.note ?? gaps.unknownReason}</p>` : null}</div>
      <p class="exports"><a class="button" href=${exportAddress('promotion')} download>${say('gaps.export')}</a><a class="button" href=${exportAddress('gaps')} download>${say('gaps.export.gaps')}</a></p></header>
    <div class="tabs" role="tablist">${ACTIONS.map((one) => html`<button key=${one} role="tab" id=${`tab-${one}`} aria-selected=${one === now} aria-controls="gap-table" class=${`action ${one}`} onClick=${() => go({ action: one, selected: null })}>${say(one)} <b>${byAction.get(one)?.count ?? 0}</b></button>`)}<span class="quiet">${say(`${now}.what`)}</span></div>
    ${Weights()}
    <div id="gap-table" role="tabpanel" aria-labelledby=${`tab-${now}`}>${shown.rows.length ? html`<p class="quiet" role="status">${say(shown.rows.some((row) => row.score !== null) ? 'gaps.shown' : 'gaps.unranked', shown.rows.length, shown.count)}</p>${Table({
      rows: shown.rows, key: (row) => row.product.id, caption: say(now),
      pick: (row) => go({ selected: row.product.id, action: now }), picked: (row) => row.product.id === view.value.selected,
      columns: [
        { head: say('col.product'), cell: (row) => html`<button class="plain" id=${row.product.id} aria-expanded=${row.product.id === view.value.selected} onClick=${() => go({ selected: row.product.id === view.value.selected ? null : row.product.id, action: now })}>${row.score === null ? '' : `${row.rank}. `}${row.product.name}</button> ${Stamp(row.product)}` },
        { head: say('col.stage'), cell: (row) => say(`stage.${row.stage}`) },
        { head: say('col.state'), cell: (row) => html`<span class=${`state ${row.state}`}>${Shape(row.state)} ${say(row.state)}</span>` },
        { head: say('col.value', say(`${now}.value`), say(unit.key)), number: true, cell: (row) => money(valueOf(row), unit, lang()) },
        { head: say('col.share'), number: true, cell: (row) => percent(row.demand?.localShare) },
        { head: say('col.why'), cell: (row) => html`<div class="long">${row.reasons.map((one) => say(`reason.${one.reason}`)).join(say('comma'))}</div>` },
        { head: say('col.score'), number: true, cell: (row) => short(row.score === null ? null : row.score * 100, lang()) },
        { head: say('col.who'), cell: (row) => row.responsible.map((one) => one.name).join(say('comma')) || say('unknown') },
      ],
    })}` : Empty(say(gaps.states.some((one) => one.count) || gaps.count ? 'gaps.none' : 'gaps.nothing'))}
    ${unknown ? html`<p class="quiet">${say('gaps.unknown', unknown)}</p>` : null}${gaps.leftOut ? html`<p class="quiet">${say('gaps.leftOut', gaps.leftOut)}</p>` : null}</div>
    ${selected ? h(Candidates, { key: selected, product: chosen?.product ?? { id: selected, name: selected }, gap: chosen ?? null }) : null}${Foot(gaps.method)}</main>`;
}
