// @ts-check
/** Who gets what, who misses what? From a benefit, a firm, a town, or over the province. */
import { useAnswer } from '../ask.js';
import { Answer, Empty, Foot } from '../parts/frames.js';
import { TownLink } from '../parts/marks.js';
import { go, h, html, say, set, view } from '../shared.js';
import { OfBenefit } from './policies/benefit.js';
import { OfFirm } from './policies/firm.js';
import { amount, BenefitLink, CountTable, listed, NotInForce, Paper } from './policies/rows.js';
import { OfTown } from './policies/town.js';

/** @typedef {NonNullable<import('../../queries').PoliciesQuery['policies']>['nodes'][number]} Policy */
/** @typedef {NonNullable<import('../../queries').PoliciesQuery['benefitCounts']>['rows'][number]} Counts */

export function Policies() {
  const { of, town } = view.value;
  return of.benefit ? h(OfBenefit, { key: of.benefit, benefit: of.benefit }) : of.org ? h(OfFirm, { key: of.org, org: of.org }) : town ? h(OfTown, { key: town }) : h(OfAll, {});
}

function OfAll() {
  const answer = useAnswer('page/policies', { asOf: view.value.asOf, realOnly: view.value.realOnly });
  return Answer(answer, (data) => {
    const found = data.benefitCounts, rows = found?.rows ?? [], now = rows.filter((row) => row.validity === 'IN_FORCE'), tab = view.value.of.tab === 'papers' ? 'papers' : '';
    const papers = [...new Map([...rows.flatMap((row) => row.policies), ...(data.policies?.nodes ?? [])].map((one) => [one.id, one])).values()].sort((a, b) => String(b.issuedOn).localeCompare(String(a.issuedOn)));
    const sum = (/** @type {'unclaimed'|'eligible'|'received'|'unknown'|'receiptUnknown'} */ name) => now.reduce((all, row) => all + row[name], 0);
    return html`<main id="main" class="policies"><header class="head row"><div><h1>${say('policies.title')}</h1><p class="quiet">${say('policies.counted', papers.length, now.length)}${(found?.count ?? 0) > rows.length ? say('semicolon') + say('policies.rows.shown', rows.length, found?.count ?? 0) : ''}</p></div>
        <p class="exports"><a class="button" href=${listed('unclaimed', {})} download>${say('policies.export.unclaimed')}</a><a class="button" href=${listed('benefits', {})} download>${say('policies.export.all')}</a></p></header>
      ${papers.length ? html`<section class="figures" aria-label=${say('policies.coverage')}>${/** @type {const} */ (['unclaimed', 'eligible', 'received']).map((name) => html`<div key=${name}><h2>${say(`policies.counts.${name}`)}</h2><span class=${`number ${name === 'unclaimed' ? 'due' : ''}`}>${say('policies.pairs', sum(name))}</span></div>`)}${/** @type {const} */ (['unknown', 'receiptUnknown']).map((name) => html`<div key=${name} class="apart"><h2>${say(`policies.counts.${name}`)}</h2><span class="number">${say('policies.pairs', sum(name))}</span><small class="quiet">${say('policies.apart')}</small></div>`)}</section>
      <div class="tabs" role="tablist">${['', 'papers'].map((one) => html`<button key=${one} role="tab" id=${`tab-${one || 'due'}`} aria-selected=${one === tab} aria-controls="policies-panel" onClick=${() => { go({ selected: null }, 'replace'); set({ tab: one, sort: '' }); }}>${say(one ? 'policies.tab.papers' : 'policies.tab.due')} <b>${one ? papers.length : sum('unclaimed')}</b></button>`)}</div>
      <div id="policies-panel" role="tabpanel" aria-labelledby=${`tab-${tab || 'due'}`}>${tab ? papers.map((one) => OnePaper(one, rows.filter((row) => row.policies.some((each) => each.id === one.id)), found?.method.asOf ?? 0)) : html`${now.length ? CountTable({ rows: now, caption: say('policies.tab.due'), sort: { now: view.value.of.sort ?? '', choose: (sort) => set({ sort }, 'replace') } }) : Empty(say('policies.none.year'))}${NotInForce(rows)}`}</div>` : Empty(say('policies.none'))}
      ${found?.undecided.length ? html`<details class="folded"><summary>${say('policies.undecided', found.undecided.length)}</summary><ul>${found.undecided.map((one) => html`<li key=${one}>${one}</li>`)}</ul></details>` : null}${Foot(found?.method)}</main>`;
  });
}

/** A paper with its text: what is not in force in any day of the year is folded. @param {Policy} paper @param {Counts[]} rows @param {number} year */
function OnePaper(paper, rows, year) {
  const regions = paper.regions.nodes.map((one) => one.name).join(say('comma'));
  const either = [...paper.towns.nodes.map(TownLink), ...paper.industries.nodes.map((one) => one.name)];
  const body = html`${Paper(paper)}<p class="quiet">${say('policies.one.reach')}${say('colon')}${regions}${regions && either.length ? say('policies.one.and') : ''}${either.map((one, n) => html`${n ? say('policies.one.or') : ''}${one}`)}${!regions && !either.length ? say('policies.one.nowhere') : ''}${paper.towns.totalCount > paper.towns.nodes.length ? ` ${say('policies.one.moretowns', paper.towns.totalCount - paper.towns.nodes.length)}` : ''}</p>
    ${rows.length ? null : html`<p class="quiet">${say('policies.paper.empty')}</p>`}
    <ul class="given">${rows.map((row) => html`<li key=${row.benefit.id}>${BenefitLink(row.benefit)} <small class="quiet">${[say(`policies.resource.${row.resource}`), row.amount === null ? say('policies.one.noamount') : say(row.recipient === 'TOWN' ? 'policies.one.each.town' : 'policies.one.each', amount(row.amount)), row.recipient === 'TOWN' ? row.note : say('policies.one.takeup', row.eligible, row.received, row.unknown)].filter(Boolean).join(' · ')}</small><blockquote>${row.benefit.text}</blockquote></li>`)}</ul>`;
  const state = paper.validTo && paper.validTo < `${year}-01-01` ? 'EXPIRED' : (paper.validFrom ?? paper.issuedOn) > `${year}-12-31` ? 'NOT_YET' : null;
  return state ? html`<details key=${paper.id} class="panel"><summary>${paper.name} <small>${say(`policies.validity.${state}`)}</small></summary>${body}</details>` : html`<section key=${paper.id} class="panel">${body}</section>`;
}
