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

export function Policies() {
  const { of, town } = view.value;
  return of.benefit ? h(OfBenefit, { key: of.benefit, benefit: of.benefit }) : of.org ? h(OfFirm, { key: of.org, org: of.org }) : town ? h(OfTown, { key: town }) : h(OfAll, {});
}

function OfAll() {
  const answer = useAnswer('page/policies', { asOf: view.value.asOf, realOnly: view.value.realOnly });
  return Answer(answer, (data) => {
    const papers = data.policies?.nodes ?? [], once = new Map(papers.flatMap((one) => (one.takeUp?.rows ?? []).map((row) => [row.benefit.id, row])));
    const rows = [...once.values()], now = rows.filter((row) => row.validity === 'IN_FORCE').sort((a, b) => b.unclaimed - a.unclaimed || b.eligible - a.eligible);
    const tab = view.value.of.tab === 'papers' ? 'papers' : '', method = papers.find((one) => one.takeUp?.method)?.takeUp?.method;
    const sum = (/** @type {'unclaimed'|'eligible'|'received'|'unknown'|'receiptUnknown'} */ name) => now.reduce((all, row) => all + row[name], 0);
    return html`<main id="main" class="policies"><header class="head row"><div><h1>${say('policies.title')}</h1><p class="quiet">${say('policies.counted', papers.length, now.length)}${(data.policies?.totalCount ?? 0) > papers.length ? say('semicolon') + say('policies.papers.shown', papers.length, data.policies?.totalCount ?? 0) : ''}</p></div>
        <p class="exports"><a class="button" href=${listed('unclaimed', {})} download>${say('policies.export.unclaimed')}</a><a class="button" href=${listed('benefits', {})} download>${say('policies.export.all')}</a></p></header>
      ${papers.length ? html`<section class="figures" aria-label=${say('policies.coverage')}>${/** @type {const} */ (['unclaimed', 'eligible', 'received']).map((name) => html`<div key=${name}><h2>${say(`policies.counts.${name}`)}</h2><span class=${`number ${name === 'unclaimed' ? 'due' : ''}`}>${say('policies.pairs', sum(name))}</span></div>`)}${/** @type {const} */ (['unknown', 'receiptUnknown']).map((name) => html`<div key=${name} class="apart"><h2>${say(`policies.counts.${name}`)}</h2><span class="number">${say('policies.pairs', sum(name))}</span><small class="quiet">${say('policies.apart')}</small></div>`)}</section>
      <div class="tabs" role="tablist">${['', 'papers'].map((one) => html`<button key=${one} role="tab" id=${`tab-${one || 'due'}`} aria-selected=${one === tab} aria-controls="policies-panel" onClick=${() => { go({ selected: null }, 'replace'); set({ tab: one, sort: '' }); }}>${say(one ? 'policies.tab.papers' : 'policies.tab.due')} <b>${one ? papers.length : sum('unclaimed')}</b></button>`)}</div>
      <div id="policies-panel" role="tabpanel" aria-labelledby=${`tab-${tab || 'due'}`}>${tab ? papers.map(OnePaper) : html`${now.length ? CountTable({ rows: now, caption: say('policies.tab.due'), sort: { now: view.value.of.sort ?? '', choose: (sort) => set({ sort }, 'replace') } }) : Empty(say('policies.none.year'))}${NotInForce(rows)}`}</div>` : Empty(say('policies.none'))}
      ${Foot(method)}</main>`;
  });
}

/** A paper with its text: what is not in force is folded. @param {Policy} paper */
function OnePaper(paper) {
  const rows = paper.takeUp?.rows ?? [], regions = paper.regions.nodes.map((one) => one.name).join(say('comma'));
  const either = [...paper.towns.nodes.map(TownLink), ...paper.industries.nodes.map((one) => one.name)];
  const body = html`${Paper(paper)}<p class="quiet">${say('policies.one.reach')}${say('colon')}${regions}${regions && either.length ? say('policies.one.and') : ''}${either.map((one, n) => html`${n ? say('policies.one.or') : ''}${one}`)}${!regions && !either.length ? say('policies.one.nowhere') : ''}${paper.towns.totalCount > paper.towns.nodes.length ? ` ${say('policies.one.moretowns', paper.towns.totalCount - paper.towns.nodes.length)}` : ''}</p>
    ${paper.takeUp?.unknownReason ? html`<p class="quiet">${paper.takeUp.unknownReason}</p>` : null}
    <ul class="given">${rows.map((row) => html`<li key=${row.benefit.id}>${BenefitLink(row.benefit)} <small class="quiet">${[say(`policies.resource.${row.resource}`), row.amount === null ? say('policies.one.noamount') : say(row.recipient === 'TOWN' ? 'policies.one.each.town' : 'policies.one.each', amount(row.amount)), row.recipient === 'TOWN' ? row.note : say('policies.one.takeup', row.eligible, row.received, row.unknown)].filter(Boolean).join(' · ')}</small><blockquote>${row.benefit.text}</blockquote></li>`)}</ul>`;
  const state = paper.takeUp?.validity;
  return state && state !== 'IN_FORCE' ? html`<details key=${paper.id} class="panel"><summary>${paper.name} <small>${say(`policies.validity.${state}`)}</small></summary>${body}</details>` : html`<section key=${paper.id} class="panel">${body}</section>`;
}
