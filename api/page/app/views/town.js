// @ts-check
/** How does this town stand? Its figures, its check-up, its leaders, its chain in one strip, its three most pressing gaps. */
import { money, moneyUnit, percent } from '../figures.js';
import { useAnswer } from '../ask.js';
import { Foot, OfTown } from '../parts/frames.js';
import { Figure, Named, Outcome, Shape, Stamp } from '../parts/marks.js';
import { elsewhere, STATES } from '../state.js';
import { asked, go, html, lang, link, say, view } from '../shared.js';

/** @param {any} town */
const Head = (town) => html`<header class="head"><h1>${town.name} ${Stamp(town)}</h1>
  <p class="quiet">${[town.regions.map((/** @type {any} */ one) => one.name).join('、'), town.industries.map((/** @type {any} */ one) => one.name).join('、'), `${say(`level.${town.level}`)} ${say(`status.${town.status ?? 'UNKNOWN'}`)}`, town.batch && say('batch', town.batch), town.recognisedOn && say('town.recognised', town.recognisedOn)].filter(Boolean).join(' · ')}</p>${town.tier ? html`<p>${[town.tier.inWords, town.tier.note].filter(Boolean).join('；')} <a ...${link({ ...elsewhere(view.value), view: 'growth' })}>${say('town.growth')} →</a></p>` : null}</header>`;

/** The tree of a check-up, its conditions with what was found. @param {any} condition @returns {unknown} */
function Condition(condition) {
  const deciding = condition.outcome === 'UNKNOWN' && condition.missingFacts?.length ? say('town.deciding', condition.missingFacts.slice(0, 3).join('；')) : null;
  const counted = condition.counted?.length ? say('town.counted', condition.counted.map((/** @type {any} */ one) => one.name + (one.synthetic ? `（${say('invented')}）` : '')).join('、') + (condition.countedCount > condition.counted.length ? ` … ${condition.countedCount}` : '')) : null;
  return html`<li key=${condition.path}><span>${Outcome(condition.outcome)} ${condition.condition}${condition.actual ? html` <b>${condition.actual}</b>` : null}</span>
    ${counted ? html`<details><summary>${say('town.counted', condition.countedCount)}</summary><p class="quiet">${counted}</p></details>` : null}
    ${deciding ? html`<p class="quiet">${deciding}</p>` : null}
    ${condition.parts?.length ? html`<ul class="conditions">${condition.parts.map(Condition)}</ul>` : null}</li>`;
}

/** @param {any} checkup */
const Checkup = (checkup) => html`<section class="panel wide"><h2>${say('town.checkup')} ${Outcome(checkup.outcome, checkup.byInvented)}</h2>
  <p>${checkup.inWords}</p>${checkup.note ? html`<p class="quiet">${checkup.note}</p>` : null}
  <h3>${say('town.required')}</h3><ul class="conditions">${Condition(checkup.result)}</ul>
  ${checkup.prefer ? html`<h3>${say('town.preferred')}</h3><ul class="conditions">${Condition(checkup.prefer)}</ul>` : null}</section>`;

/** @param {any} town */
function Gaps(town) {
  const rows = town.gaps.actions.flatMap((/** @type {any} */ action) => action.rows.slice(0, 1).map((/** @type {any} */ row) => ({ ...row, action: action.action }))).slice(0, 4);
  const value = (/** @type {any} */ row) => row.parts.find((/** @type {any} */ part) => part.name === 'VALUE')?.value;
  return html`<section class="panel"><h2>${say('town.gaps')}</h2>
    ${rows.length ? html`<ul class="gapcards">${rows.map((/** @type {any} */ row) => html`<li key=${row.product.id}><a ...${link({ ...elsewhere(view.value), view: 'gaps', action: row.action, selected: row.product.id })}>
      <span class=${`action ${row.action}`}>${say(row.action)}</span><b>${row.product.name}</b><span class=${`state ${row.state}`}>${Shape(row.state)} ${say(row.state)}</span>
      <small class="quiet">${row.reasons.map((/** @type {any} */ one) => say(`reason.${one.reason}`)).join('、')}${value(row) ? ` · ${say(`${row.action}.value`)} ${money(value(row), moneyUnit([value(row)]), lang())} ${say(moneyUnit([value(row)]).key)}` : ''}</small></a></li>`)}</ul>` : html`<p class="empty">${say(town.gaps.states.some((/** @type {any} */ one) => one.count) ? 'town.nogaps' : 'gaps.nothing')}</p>`}
    <p><a ...${link({ ...elsewhere(view.value), view: 'gaps' })}>${say('town.all')} →</a></p></section>`;
}

/** @param {any} town */
function States(town) {
  const counts = new Map(town.gaps.states.map((/** @type {any} */ one) => [one.state, one.count]));
  const all = STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  return html`<section class="panel"><h2>${say('town.states')} <small>${say('steps', all)}</small></h2>
    <div class="strip" role="img" aria-label=${STATES.map((state) => `${say(state)} ${counts.get(state) ?? 0}`).join('，')}>${STATES.filter((state) => counts.get(state)).map((state) => html`<i key=${state} class=${state} style=${{ flexGrow: counts.get(state) }}></i>`)}</div>
    <ul class="keys">${STATES.map((state) => html`<li key=${state} class=${`state ${state}`}>${Shape(state)} ${say(state)} ${counts.get(state) ?? 0}</li>`)}</ul>
    ${counts.get('UNKNOWN') ? html`<p class="quiet">${say('town.unknownsteps', counts.get('UNKNOWN'))}</p>` : null}
    ${town.gaps.leftOut ? html`<p class="quiet">${say('gaps.leftOut', town.gaps.leftOut)}</p>` : null}
    ${town.gaps.ends?.reason ? html`<p>${town.gaps.ends.reason}</p>` : null}
    <p><a ...${link({ ...elsewhere(view.value), view: 'chain' })}>${say('town.map')} →</a></p></section>`;
}

export const Town = () => OfTown(useAnswer('page/town', asked()), (town) => {
  const sourced = town.localSourcing?.whole;
  return html`<main id="main">${Head(town)}
    <section class="figures" aria-label=${town.name}>
      <div><h2>${say('town.output')}</h2>${Figure(town.output, town.id, 'OUTPUT_VALUE')}</div>
      <div><h2>${say('town.employees')}</h2>${Figure(town.employees, town.id, 'EMPLOYEES')}</div>
      <div><h2>${say('town.entities')}</h2>${Figure(town.entities, town.id, 'MARKET_ENTITIES')}</div>
      <div><h2>${say('town.policies')}</h2>${town.policyCoverage?.eligible || town.policyCoverage?.unknown ? html`<span class="figure"><a class="number" ...${link({ ...elsewhere(view.value), view: 'policies' })}>${say('town.unclaimed', town.policyCoverage.unclaimed)}</a> <small>${say('town.coverage', town.policyCoverage.eligible, town.policyCoverage.received, town.policyCoverage.unknown)}</small></span>` : html`<span class="figure unknown">${say('unknown')}</span>`}</div>
      <div><h2>${say('town.local')}</h2>${sourced && sourced.rate !== null ? html`<button class="figure" onClick=${() => go({ source: `method|${town.localSourcing?.method?.formula ?? ''}` })}><span class="number">${percent(sourced.rate)}</span></button>` : html`<span class="figure unknown">${say('unknown')}</span>`}</div></section>
    <div class="panels">${town.gaps ? html`${Gaps(town)}${States(town)}` : null}
      <section class="panel"><h2>${say('town.leaders')} <small>${say('town.leaders.more', town.leaders.totalCount)}</small></h2>
        <ul class="lines">${town.leaders.nodes.map((/** @type {any} */ one) => html`<li key=${one.id}>${Named(one)}${one.figure ? Figure(one.figure, one.id, 'REVENUE') : html`<span class="quiet">${say('town.norevenue')}</span>`}</li>`)}</ul></section>
      ${town.checkup ? Checkup(town.checkup) : null}</div>${Foot(town.gaps?.method)}</main>`;
});
