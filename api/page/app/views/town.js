// @ts-check
/** How does this town stand? Its figures, its most pressing gaps, its chain in one strip, its leaders, what is overdue, its check-up. */
import { useAnswer } from '../ask.js';
import { nearly, percent } from '../figures.js';
import { Computed, Foot, OfTown } from '../parts/frames.js';
import { Figure, figureText, Named, OrganisationLink, Outcome, Rests, Shape, Stamp, TownLink, yuan } from '../parts/marks.js';
import { elsewhere, STATES } from '../state.js';
import { asked, go, h, html, link, say, set, to, view } from '../shared.js';

/** @typedef {import('../../queries').TownQuery} Answered */
/** @typedef {NonNullable<Answered['town']>} TownFound */
/** @typedef {NonNullable<TownFound['gaps']>} GapsFound */
/** @typedef {NonNullable<TownFound['checkup']>} CheckupFound */
/** @typedef {Omit<CheckupFound['result'], 'parts'> & {parts?: Part[]}} Part a condition of a check-up, with those that it is made of */

const YEARS = Array.from({ length: 10 }, (_, n) => new Date().getFullYear() - 1 - n);
/** @param {readonly {name: string}[]} things */
const names = (things) => things.map((one) => one.name).join(say('comma'));

/** @param {'lists/year'|'brief'} what */
function address(what) {
  const { town, asOf, realOnly } = view.value, p = new URLSearchParams(what === 'brief' ? {} : { town });
  if (asOf) p.set('asOf', String(asOf));
  if (realOnly) p.set('realOnly', 'true');
  const asked_ = p.toString();
  return `${what === 'brief' ? `briefings/${town}.docx` : what}${asked_ ? `?${asked_}` : ''}`;
}

/** Batch and day of the recognition, but not in a year before it. @param {TownFound} town */
const recognised = ({ batch, recognisedOn }) => (recognisedOn && Number(recognisedOn.slice(0, 4)) > (view.value.asOf ?? Infinity) ? [] : [batch && say('batch', batch), recognisedOn && say('town.recognised', recognisedOn)]);

/** @param {TownFound} town */
const Head = (town) => html`<header class="head row"><div><h1>${town.name} ${Stamp(town)}</h1>
  <p class="quiet">${[names(town.regions), names(town.industries), `${say(`level.${town.level}`)} ${say(`status.${town.status ?? 'UNKNOWN'}`)}`, ...recognised(town)].filter(Boolean).join(' · ')}</p>
  ${town.tier ? html`<p>${[town.tier.inWords, town.tier.note].filter(Boolean).join(say('semicolon'))} <a ...${link(to('growth'))}>${say('town.growth')}</a></p>` : null}</div>
  <p class="exports"><label class="quiet">${say('town.versus')} <select onChange=${(/** @type {Event} */ event) => set({ vs: /** @type {HTMLSelectElement} */ (event.target).value }, 'replace')}><option value="">${say('town.versus.none')}</option>${YEARS.map((year) => html`<option key=${year} value=${year} selected=${String(year) === view.value.of.vs}>${say('year.of', year)}</option>`)}</select></label>
    <a class="button" href=${address('lists/year')} download>${say('town.year')}</a><a class="button" href=${address('brief')} download>${say('town.brief')}</a></p></header>`;

/** The tree of a check-up, its conditions with what was found. @param {Part} condition @returns {unknown} */
function Condition(condition) {
  const deciding = condition.outcome === 'UNKNOWN' && condition.missingFacts.length ? say('town.deciding', condition.missingFacts.slice(0, 3).join(say('semicolon'))) : null;
  return html`<li key=${condition.path}><span>${Outcome(condition.outcome)} ${condition.condition}${condition.actual ? html` <b>${condition.actual}</b>` : null}</span>
    ${condition.counted.length ? html`<details><summary>${say('town.counted', condition.countedCount)}</summary><p class="quiet">${condition.counted.map((one, n) => html`${n ? say('comma') : null}${Named(one)}`)}${condition.countedCount > condition.counted.length ? ` … ${condition.countedCount}` : null}</p></details>` : null}
    ${deciding ? html`<p class="quiet">${deciding}</p>` : null}
    ${condition.parts?.length ? html`<ul class="conditions">${condition.parts.map(Condition)}</ul>` : null}</li>`;
}

/** @param {CheckupFound} checkup */
const Checkup = (checkup) => html`<section class="panel wide"><h2>${say('town.checkup')} ${Outcome(checkup.outcome, checkup.byInvented)}</h2>
  <p>${checkup.inWords}</p>${checkup.note ? html`<p class="quiet">${checkup.note}</p>` : null}
  <h3>${say('town.required')}</h3><ul class="conditions">${Condition(checkup.result)}</ul>
  ${checkup.prefer ? html`<h3>${say('town.preferred')}</h3><ul class="conditions">${Condition(checkup.prefer)}</ul>` : null}</section>`;

/** The first of each action. @param {GapsFound} gaps */
function Gaps(gaps) {
  const rows = gaps.actions.flatMap(({ action, rows: of }) => of.slice(0, 1).map((row) => ({ ...row, action })));
  return html`<section class="panel"><h2>${say('town.gaps')} ${Rests(gaps.method)}</h2>
    ${rows.length ? html`<ul class="gapcards">${rows.map((row) => {
    const value = row.parts.find((part) => part.name === 'VALUE')?.value ?? null;
    return html`<li key=${row.product.id}><a ...${link({ ...elsewhere(view.value), view: 'gaps', action: row.action, selected: row.product.id })}>
      <span class=${`action ${row.action}`}>${say(row.action)}</span><b>${row.product.name}</b><span class=${`state ${row.state}`}>${Shape(row.state)} ${say(row.state)}</span>
      <small class="quiet">${row.reasons.map((one) => say(`reason.${one.reason}`)).join(say('comma'))}${value ? ` · ${say(`${row.action}.value`)} ${yuan(value)}` : ''}</small></a></li>`;
  })}</ul>` : html`<p class="empty">${say(gaps.states.some((one) => one.count) ? 'town.nogaps' : 'gaps.nothing')}</p>`}
    <p><a ...${link({ ...elsewhere(view.value), view: 'gaps' })}>${say('town.all')} →</a></p></section>`;
}

/** @param {GapsFound} gaps */
function States(gaps) {
  const counts = new Map(gaps.states.map((one) => [one.state, one.count])), count = (/** @type {import('../state.js').GapState} */ state) => counts.get(state) ?? 0;
  return html`<h2>${say('town.states')} <small>${say('steps', STATES.reduce((sum, state) => sum + count(state), 0))}</small> ${Rests(gaps.method)}</h2>
    <div class="strip" role="img" aria-label=${STATES.map((state) => `${say(state)} ${count(state)}`).join(say('comma'))}>${STATES.filter(count).map((state) => html`<i key=${state} class=${state} style=${{ flexGrow: count(state) }}></i>`)}</div>
    <ul class="keys">${STATES.map((state) => html`<li key=${state} class=${`state ${state}`}>${Shape(state)} ${say(state)} ${count(state)}</li>`)}</ul>
    ${count('UNKNOWN') ? html`<p class="quiet">${say('town.unknownsteps', count('UNKNOWN'))}</p>` : null}
    ${gaps.leftOut ? html`<p class="quiet">${say('gaps.leftOut', gaps.leftOut)}</p>` : null}
    ${gaps.ends?.reason ? html`<p>${gaps.ends.reason}</p>` : null}
    <p><a ...${link({ ...elsewhere(view.value), view: 'chain' })}>${say('town.map')} →</a></p>`;
}

/** @param {TownFound['similar']} similar @param {string} town */
function Similar(similar, town) {
  const rows = (similar?.rows ?? []).filter((one) => one.cosine >= 0.005);
  return html`<h2>${say('town.similar')} <small>${say('town.similar.level')}</small></h2>${similar?.unknownReason || !rows.length ? html`<p class="quiet">${similar?.unknownReason ? say('town.similar.unknown', similar.unknownReason) : say('town.similar.none')} <a ...${link(to('similar', {}, { town: '' }))}>${say('town.similar.others')} →</a></p>` : html`<ul class="lines">${rows.map((one) => html`<li key=${one.town.id}>${TownLink(one.town)}<span class="quiet">${say('town.cosine', nearly(one.cosine))}${one.alike ? html` <b>${say('town.alike')}</b>` : null}</span></li>`)}</ul>
    <p><a ...${link(to('compare', { towns: [town, ...rows.map((one) => one.town.id)].slice(0, 4).join(',') }, { town: '' }))}>${say('town.similar.compare')} →</a></p>`}`;
}

/** @param {Answered['overdue']} overdue */
const Due = (overdue) => html`<h2>${say('town.due')} <small>${say('town.due.count', overdue?.count ?? 0)}</small></h2>
  ${overdue?.rows.length ? html`<ul class="lines">${overdue.rows.map((row) => html`<li key=${row.item.id}><a ...${link(to('ledgers', { kind: row.ledger, item: row.item.id }))}>${Named(row.item)}</a><span class="quiet">${say('town.due.late', row.overdueDays ?? 0)}</span></li>`)}</ul>` : html`<p class="quiet">${say('town.due.none')}</p>`}
  <p><a ...${link(to('ledgers'))}>${say('town.due.all')} →</a></p>`;

/** @param {TownFound['policyCoverage']} coverage */
const Policies = (coverage) => (coverage && !coverage.unknownReason
  ? html`<a class="figure" ...${link(to('policies'))}><span class="number">${say('town.unclaimed', coverage.unclaimed)}</span>${Rests(coverage.method)} <small>${say('town.coverage', coverage.eligible, coverage.received, coverage.unknown)}${coverage.receiptUnknown ? say('comma') + say('town.unrecorded', coverage.receiptUnknown) : ''}</small></a>`
  : html`<a class="figure unknown" ...${link(to('policies'))}>${say(coverage?.applicable === false ? 'inapplicable' : 'unknown')} <small>${[coverage?.unknownReason, coverage?.receiptUnknown ? say('town.eligible', coverage.eligible) : null].filter(Boolean).join(say('semicolon'))}</small></a>`);

/** @param {TownFound['policyCoverage']} coverage */
const unclaimed = (coverage) => (coverage && !coverage.unknownReason ? say('town.unclaimed', coverage.unclaimed) : say(coverage?.applicable === false ? 'inapplicable' : 'unknown'));

const HEADLINES = /** @type {const} */ ([['output', 'OUTPUT_VALUE'], ['employees', 'EMPLOYEES'], ['entities', 'MARKET_ENTITIES']]);

/** @param {TownFound} town @param {TownFound|null} then the same town as of the year that it is compared with */
const Figures = (town, then) => html`<section class="figures" aria-label=${town.name}>
  ${HEADLINES.map(([name, metric]) => html`<div key=${name}><h2>${say(`town.${name}`)}</h2>${Figure(town[name], town.id, metric)}${then ? html`<small class="then">${say('town.then', view.value.of.vs ?? '', `${figureText(then[name])}${then[name]?.year ? ` (${then[name].year})` : ''}`)} ${Stamp(then[name]?.source)}</small>` : null}</div>`)}
  <div><h2>${say('town.policies')}</h2>${Policies(town.policyCoverage)}${then ? html`<small class="then">${say('town.then', view.value.of.vs ?? '', unclaimed(then.policyCoverage))}</small>` : null}</div>
  <div><h2>${say('town.local')}</h2>${rateOf(town) === null ? html`<span class="figure unknown">${say('unknown')}</span>` : html`<button class="figure" onClick=${() => go({ source: `method|${town.localSourcing?.method.formula ?? ''}` })}><span class="number">${percent(rateOf(town))}</span>${Rests(town.localSourcing?.method)}</button>${town.localSourcing ? h(Computed, { method: town.localSourcing.method }) : null}`}${then ? html`<small class="then">${say('town.then', view.value.of.vs ?? '', rateOf(then) === null ? say('unknown') : percent(rateOf(then)))}</small>` : null}</div></section>`;

/** @param {TownFound} town */
const rateOf = (town) => town.localSourcing?.whole?.rate ?? null;

export function Town() {
  const versus = Number(view.value.of.vs) || null;
  const answer = useAnswer('page/town', asked()), then = useAnswer('page/town', versus ? { ...asked(), asOf: versus } : null);
  const unjudged = answer.failures.some((one) => one.path?.includes('checkup') && one.extensions?.argument === 'standard');
  return OfTown(answer, (town, { overdue }) => html`<main id="main">${Head(town)}
    ${Figures(town, then.stale ? null : then.data?.town ?? null)}
    <div class="panels">${town.gaps ? Gaps(town.gaps) : null}
      <section class="panel">${town.gaps ? States(town.gaps) : null}${Similar(town.similar, town.id)}</section>
      <section class="panel"><h2>${say('town.leaders')} <small>${say('town.leaders.more', town.leaders.totalCount)}</small></h2>
        <ul class="lines">${town.leaders.nodes.map((one) => html`<li key=${one.id}>${OrganisationLink(one)}${one.figure ? Figure(one.figure, one.id, 'REVENUE') : html`<span class="quiet">${say('town.norevenue')}</span>`}</li>`)}</ul>${Due(overdue)}</section>
      ${town.checkup ? Checkup(town.checkup) : unjudged ? html`<section class="panel wide"><h2>${say('town.checkup')}</h2><p class="quiet">${say('town.nostandard', view.value.asOf ? say('year.of', view.value.asOf) : say('year.newest'))}</p></section>` : null}</div>${Foot(town.gaps?.method)}</main>`);
}
