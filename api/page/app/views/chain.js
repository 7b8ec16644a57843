// @ts-check
/** The chain map: what the town makes, makes too little of, lacks, or is not known, stage by stage. Cards are buttons; one SVG behind them draws the links. */
import { useAnswer } from '../ask.js';
import { money, moneyUnit, percent } from '../figures.js';
import { Empty, Foot, OfTown, Table, Twin } from '../parts/frames.js';
import { moveAmongCards, useLinks } from '../parts/links.js';
import { Shape, Stamp } from '../parts/marks.js';
import { Picture } from '../parts/picture.js';
import { elsewhere, STATES } from '../state.js';
import { asked, go, h, html, lang, link, say, to, view } from '../shared.js';
import { signal, useRef } from '../vendor/preact.js';

const focused = signal(/** @type {string|null} */ (null));
const STAGES = /** @type {const} */ (['UPSTREAM', 'MIDSTREAM', 'DOWNSTREAM', 'SUPPORT']);
const MOST = 60;

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} name
 * @property {boolean} synthetic
 * @property {typeof STAGES[number]} stage
 * @property {import('../state.js').GapState} state
 * @property {boolean} required
 * @property {number} makers local
 * @property {{proximity: string, count: number}[]} places
 * @property {number|null} share
 * @property {number|null} bought yuan a year
 * @property {string[]} reasons
 */
/** @typedef {{from: string, to: string, essential: boolean}} Link */

/** @typedef {NonNullable<import('../../queries').ChainQuery['town']>} TownFound */

/** @param {TownFound} town @returns {Step[]} missing and weak steps first when there are too many to draw */
export function stepsOf(town) {
  const demand = new Map((town.gaps?.rows ?? []).map((row) => [row.product.id, row.demand]));
  return (town.chainMap?.steps ?? []).map((step) => {
    const bought = demand.get(step.product.id), near = new Set(['TOWN', 'COUNTY']);
    return {
      ...step.product, stage: step.stage ?? 'SUPPORT', state: step.state ?? 'UNKNOWN', required: step.required === true, reasons: step.reasons, places: step.makers,
      makers: step.makers.filter((one) => near.has(one.proximity)).reduce((sum, one) => sum + one.count, 0),
      share: bought?.localShare ?? null, bought: bought?.total ?? null,
    };
  });
}

/** @param {Step} step */
const fact = (step) => (step.makers ? say('makers', step.makers) : step.state === 'UNKNOWN' ? say('noData') : say('noMaker'));

/** @param {Step} step @param {boolean} dim */
const Card = (step, dim) => html`<li key=${step.id}>
  <button id=${step.id} class=${`card ${step.state}${dim ? ' dim' : ''}${step.synthetic ? ' hatched' : ''}`} aria-expanded=${step.id === view.value.selected} onClick=${() => pick(step.id)}>
    <strong>${step.name}${step.required ? html`<abbr title=${say('chain.required')}>*</abbr>` : null}</strong><span class="state">${Shape(step.state)} ${say(step.state)}</span>
    <span class="fact">${fact(step)}<span class="sr">${say('share')}</span><span class="bar"><i style=${{ width: percent(step.share ?? 0) }}></i></span>${percent(step.share)}</span></button></li>`;

/** @param {string|null} id */
export function pick(id) {
  const before = view.value.selected;
  go({ selected: id === before ? null : id, source: null });
  if (id === null && before) document.getElementById(before)?.focus();
}

/** A link back, over a column, or to a service would pass behind other cards and look like theirs: drawn only when one of its ends is chosen. @param {Map<string, Step>} steps @param {Link} one */
function isFar(steps, one) {
  const column = (/** @type {string} */ id) => STAGES.indexOf(/** @type {Step} */ (steps.get(id)).stage);
  const from = column(one.from), to = column(one.to);
  return to < from || to > from + 1 || to === 3 || from === 3;
}

/** @param {{steps: Step[], links: Link[]}} props */
function Map_({ steps, links }) {
  const root = useRef(/** @type {HTMLElement|null} */ (null));
  const known = new Map(steps.map((step) => [step.id, step]));
  const drawn = links.filter((one) => known.has(one.from) && known.has(one.to));
  const far = new Set(drawn.filter((one) => isFar(known, one)));
  const selected = view.value.selected, centre = focused.value && known.has(focused.value) ? focused.value : selected && known.has(selected) ? selected : null;
  const near = new Set(centre ? drawn.filter((l) => l.from === centre || l.to === centre).flatMap((l) => [l.from, l.to]).concat(centre) : known.keys());
  useLinks(root, [steps.map((s) => s.id).join(), links]);
  return html`<div class="map" ref=${root} onKeyDown=${moveAmongCards} onFocusIn=${(/** @type {FocusEvent} */ e) => { focused.value = /** @type {HTMLElement} */ (e.target).id || null; }} onFocusOut=${() => { focused.value = null; }}>
    <svg class="links" aria-hidden="true" preserveAspectRatio="none">${drawn.map((l) => html`<path key=${l.from + l.to} data-from=${l.from} data-to=${l.to} class=${(l.essential ? 'essential ' : '') + (far.has(l) ? 'far ' : '') + (!centre ? '' : l.from === centre || l.to === centre ? 'on' : 'dim')} />`)}</svg>
    ${STAGES.map((stage) => { const own = steps.filter((step) => step.stage === stage); return own.length || stage !== 'SUPPORT' ? html`<section key=${stage} class=${`stage ${stage}`}>
      <h2>${say(stage)}<small>${say('steps', own.length)}</small></h2><ul>${own.map((step) => Card(step, !near.has(step.id)))}</ul></section>` : null; })}
    ${far.size > 0 ? html`<p class="note">${say('far', far.size)}</p>` : null}</div>`;
}

/** @param {string} title @param {Step[]} steps @param {Set<string>} essential */
const Ends = (title, steps, essential) => html`<h3>${title}</h3><ul class="lines">${steps.length ? steps.map((one) => html`<li key=${one.id}><button class="plain" onClick=${() => pick(one.id)}>${one.name}</button><small>${essential.has(one.id) ? say('essential') : ''}</small></li>`) : html`<li>${say('none')}</li>`}</ul>`;

/** @param {{steps: Step[], links: Link[]}} props */
function Panel({ steps, links }) {
  const step = steps.find((one) => one.id === view.value.selected);
  if (!step) return null;
  const unit = moneyUnit([step.bought]);
  const at = (/** @type {string} */ id) => steps.filter((one) => one.id === id);
  const into = links.filter((one) => one.to === step.id), out = links.filter((one) => one.from === step.id);
  return html`<aside class="side" aria-label=${step.name}><h2>${step.name}<button onClick=${() => pick(null)}>${say('close')}</button></h2>
    <p class=${`state ${step.state}`}>${Shape(step.state)} ${say(step.state)} ${Stamp(step)}</p>
    ${step.reasons.length ? html`<p>${step.reasons.map((one) => say(`reason.${one}`)).join(say('comma'))}</p>` : null}
    <dl><dt>${say('share')}</dt><dd>${percent(step.share)}</dd><dt>${say('col.outside', say(unit.key))}</dt><dd>${step.bought === null || step.share === null ? say('unknown') : money(step.bought * (1 - step.share), unit, lang())}</dd></dl>
    <h3>${say('chain.makersBy')}</h3><ul class="lines">${step.places.filter((one) => one.count).map((one) => html`<li key=${one.proximity}>${say(one.proximity === 'UNKNOWN' ? 'prox.UNKNOWN' : one.proximity)}<b>${one.count}</b></li>`)}${step.places.some((one) => one.count) ? null : html`<li>${say('reason.NO_MAKER')}</li>`}</ul>
    ${Ends(say('inputs'), into.flatMap((one) => at(one.from)), new Set(into.filter((one) => one.essential).map((one) => one.from)))}
    ${Ends(say('outputs'), out.flatMap((one) => at(one.to)), new Set(out.filter((one) => one.essential).map((one) => one.to)))}
    <p><a ...${link({ ...elsewhere(view.value), view: 'gaps', selected: step.id })}>${say('chain.candidates')} →</a></p><p><a ...${link(to('product', { product: step.id }))}>${say('chain.product')} →</a></p><p><a ...${link(to('whatif', { with: step.id }))}>${say('cand.whatif')} →</a></p></aside>`;
}

export const Chain = () => OfTown(useAnswer('page/chain', asked()), (town) => {
  if (!town.chainMap?.steps.length) return html`<main id="main"><h1>${say('chain.title', town.name)}</h1>${Empty(say('chain.none'))}</main>`;
  const all = stepsOf(town), states = view.value.states;
  const urgent = (/** @type {Step} */ step) => ['MISSING', 'WEAK', 'COVERED', 'UNKNOWN'].indexOf(step.state);
  const passing = (states.length ? all.filter((step) => states.includes(step.state)) : all);
  const steps = passing.length > MOST ? [...passing].sort((a, b) => urgent(a) - urgent(b)).slice(0, MOST) : passing;
  /** @type {Link[]} */
  const links = town.chainMap.inputs.map((one) => ({ from: one.product.id, to: one.usedIn.id, essential: one.essential === true }));
  return html`<main id="main" class=${all.some((step) => step.id === view.value.selected) ? 'with-panel' : ''}><div>
    <header class="head row"><div><h1>${say('chain.title', town.name)} ${Stamp(town)}</h1><p class="quiet" role="status">${say('chain.shown', steps.length, all.length)} · ${town.chainMap.chains.map((one) => one.name).join(say('comma'))}</p></div>
      <div class="legend" role="group" aria-label=${say('chain.legend')}>${STATES.map((state) => html`<button key=${state} class=${state} aria-pressed=${states.includes(state)} onClick=${() => go({ states: STATES.filter((s) => (s === state) !== states.includes(s)) }, 'replace')}>${Shape(state)} ${say(state)} ${all.filter((step) => step.state === state).length}</button>`)}</div></header>
    ${steps.length ? h(Picture, { name: 'chain', title: say('chain.title', town.name), method: town.gaps?.method, children: h(Map_, { steps, links }) }) : html`${Empty(say('chain.filtered'))}<p><button onClick=${() => go({ states: [] }, 'replace')}>${say('drop')}</button></p>`}
    ${h(Twin, { of: () => Table({
      rows: steps, key: (step) => step.id, caption: say('chain.title', town.name),
      columns: [
        { head: say('col.product'), cell: (step) => html`${step.name} ${Stamp(step)}` }, { head: say('col.stage'), cell: (step) => say(`stage.${step.stage}`) }, { head: say('col.state'), cell: (step) => html`<span class=${`state ${step.state}`}>${Shape(step.state)} ${say(step.state)}</span>` },
        { head: say('col.makers'), number: true, cell: (step) => step.makers }, { head: say('col.share'), number: true, cell: (step) => percent(step.share) }, { head: say('col.why'), cell: (step) => step.reasons.map((/** @type {string} */ one) => say(`reason.${one}`)).join(say('comma')) },
      ],
    }) })}${town.gaps?.leftOut ? html`<p class="quiet">${say('chain.leftOut', town.gaps.leftOut)}</p>` : null}${Foot(town.gaps?.method)}</div>${h(Panel, { steps: all, links })}</main>`;
});
