// @ts-check
/** Who in this town has yet to get what, which benefits reach it, and which figure of whom would tell most. */
import { useAnswer } from '../../ask.js';
import { percent } from '../../figures.js';
import { Answer, Empty, Foot, OfTown as Of, Table } from '../../parts/frames.js';
import { Rests, Stamp } from '../../parts/marks.js';
import { asked, go, h, html, say, set, view } from '../../shared.js';
import { amount, BenefitLink, CountTable, FirmLink, listed, NotInForce, Received, until } from './rows.js';

/** @typedef {NonNullable<import('../../../queries').TownPoliciesQuery['town']>} Town */

const TABS = ['', 'benefits', 'facts'];

export const OfTown = () => Of(useAnswer('page/town-policies', asked()), (town) => {
  const tab = TABS.find((one) => one === view.value.of.tab) ?? '', due = town.unclaimedBenefits, coverage = town.policyCoverage;
  const now = (town.benefits?.rows ?? []).filter((row) => row.validity === 'IN_FORCE');
  const none = coverage?.applicable === false, counts = { '': none ? '' : due?.count ?? 0, benefits: now.length, facts: none ? '' : coverage?.unknown ?? 0 };
  return html`<main id="main" class="policies"><header class="head row"><div><h1>${say('policies.of', town.name)} ${Stamp(town)}</h1><p class="quiet">${coverage?.own ? say('policies.own', coverage.own.count) : ''} ${Rests(coverage?.method)}</p></div>
      <p class="exports"><a class="button" href=${listed('unclaimed', { town: town.id })} download>${say('policies.export.unclaimed')}</a><a class="button" href=${listed('benefits', { town: town.id })} download>${say('policies.export.all')}</a></p></header>
    ${coverage ? Coverage(town) : null}
    <div class="tabs" role="tablist">${TABS.map((one) => html`<button key=${one} role="tab" id=${`tab-${one || 'due'}`} aria-selected=${one === tab} aria-controls="policies-panel" onClick=${() => { go({ selected: null }, 'replace'); set({ tab: one, sort: '' }); }}>${say(`policies.tab.${one || 'due'}`)} <b>${counts[/** @type {''} */ (one)]}</b></button>`)}</div>
    <div id="policies-panel" role="tabpanel" aria-labelledby=${`tab-${tab || 'due'}`}>${tab === 'facts' ? h(Facts, {}) : tab === 'benefits' ? Benefits(town, now) : Due(due)}</div></main>`;
});

/** Received and due; what is not known stands apart and never in the share. @param {Town} town */
function Coverage(town) {
  const of = /** @type {NonNullable<Town['policyCoverage']>} */ (town.policyCoverage), due = town.unclaimedBenefits;
  const sum = (/** @type {number} */ yuan, /** @type {number} */ open) => `${amount(yuan)}${open ? say('comma') + say('policies.amount.open', open) : ''}`;
  if (of.applicable === false) return html`<section class="figures" aria-label=${say('policies.coverage')}><div><h2>${say('policies.coverage')}</h2><span class="number unknown">${say('inapplicable')}</span><small class="quiet">${of.unknownReason}</small></div></section>`;
  return html`<section class="figures" aria-label=${say('policies.coverage')}>
    <div><h2>${say('policies.counts.unclaimed')}</h2>${of.unknownReason ? html`<span class="number unknown">${say('unknown')}</span><small class="quiet">${of.unknownReason}</small>` : html`<span class="number due">${say('policies.pairs', of.unclaimed)}</span>`}<small class="quiet">${due && !of.unknownReason ? `${say('policies.organisations', due.organisations)}${say('semicolon')}${sum(due.amount, due.amountUnknown)}` : ''}</small></div>
    <div><h2>${say('policies.counts.received')}</h2>${of.unknownReason && !of.received ? html`<span class="number unknown">${say('unknown')}</span>` : html`<span class="number">${say('policies.pairs', of.received)}</span>`}<small class="quiet">${of.received ? sum(of.amountReceived, of.amountUnknown) : ''}</small></div>
    <div><h2>${say('policies.share')}</h2><span class="number">${percent(of.share)}</span><small class="quiet">${of.share === null ? '' : say('policies.bounds', percent(of.low), percent(of.high))}</small></div>
    <div class="apart"><h2>${say('policies.counts.unknown')}</h2><span class="number">${say('policies.pairs', of.unknown)}</span><small class="quiet">${say('policies.apart')}</small></div>
    <div class="apart"><h2>${say('policies.counts.receiptUnknown')}</h2><span class="number">${say('policies.pairs', of.receiptUnknown)}</span><small class="quiet">${of.receivedOtherwise ? say('policies.otherwise', of.receivedOtherwise) : say('policies.apart')}</small></div></section>`;
}

/** @param {Town['unclaimedBenefits']} due */
function Due(due) {
  if (!due || (due.unknownReason && !due.rows.length)) return Empty(due?.unknownReason ?? say('unknown'));
  return html`${due.unknownReason ? html`<p>${due.unknownReason}</p>` : null}${due.rows.length ? html`<p class="quiet" role="status">${say('policies.due.shown', due.rows.length, due.count)}</p>${Table({
    rows: due.rows, key: (row) => `${row.organisation.id}|${row.benefit.id}`, caption: say('policies.tab.due'),
    sort: { now: view.value.of.sort ?? '', choose: (sort) => set({ sort }, 'replace') },
    columns: [
      { id: 'org', value: (row) => row.organisation.name, head: say('col.org'), cell: (row) => FirmLink(row.organisation) },
      { id: 'benefit', value: (row) => row.benefit.name, head: say('policies.one.benefit'), cell: (row) => html`${BenefitLink(row.benefit)}<small>${row.benefit.text}</small>` },
      { id: 'resource', value: (row) => say(`policies.resource.${row.benefit.resource}`), head: say('policies.one.resource'), cell: (row) => say(`policies.resource.${row.benefit.resource}`) },
      { id: 'amount', value: (row) => row.amount, head: say('policies.one.amount'), number: true, cell: (row) => amount(row.amount) },
      { id: 'until', value: (row) => row.policies[0]?.validTo ?? null, head: say('policies.one.until'), cell: (row) => html`<span class="whole">${until(row.policies)}</span>` },
      { head: say('policies.one.received'), cell: Received },
    ],
  })}` : Empty(say('policies.due.none'))}
  ${due.unknown || due.receiptUnknown ? html`<p class="quiet">${say('policies.due.apart', due.unknown, due.receiptUnknown)}</p>` : null}${Foot(due.method)}`;
}

const COUNTED = /** @type {const} */ (['benefits', 'unclaimed', 'eligible', 'received', 'unknown']);

/** @param {Town} town @param {import('./rows.js').Counts[]} now */
function Benefits(town, now) {
  const all = town.benefits, by = town.policyCoverage?.byResource ?? [];
  return html`${now.length ? CountTable({ rows: now, caption: say('policies.tab.benefits'), sort: { now: view.value.of.sort ?? '', choose: (sort) => set({ sort }, 'replace') } }) : Empty(all?.unknownReason ?? say('policies.town.none'))}
    ${by.length ? html`<details class="folded"><summary>${say('policies.resources')}</summary>${Table({
      rows: by, key: (row) => row.resource, caption: say('policies.resources'),
      columns: [
        { head: say('policies.one.resource'), cell: (row) => say(`policies.resource.${row.resource}`) },
        ...COUNTED.map((name) => ({ head: say(`policies.counts.${name}`), number: true, cell: (/** @type {typeof by[number]} */ row) => row[name] })),
      ],
    })}</details>` : null}
    ${NotInForce(all?.rows ?? [])}
    ${all?.undecided.length ? html`<details class="folded"><summary>${say('policies.undecided', all.undecided.length)}</summary><ul>${all.undecided.map((one) => html`<li key=${one}>${one}</li>`)}</ul></details>` : null}${Foot(town.policyCoverage?.method)}`;
}

/** @typedef {NonNullable<NonNullable<NonNullable<import('../../../queries').FactsToCollectQuery['town']>['factsToCollect']>['rows']>[number]} Fact */

/** Rows that differ in the firm only, as one: the service puts them side by side. @param {readonly Fact[]} rows */
function alike(rows) {
  /** @type {Fact[][]} */
  const groups = [];
  const same = (/** @type {Fact} */ one, /** @type {Fact} */ other) => one.measure === other.measure && one.decides === other.decides && one.amount === other.amount && String(one.benefits.map(({ id }) => id)) === String(other.benefits.map(({ id }) => id));
  for (const row of rows) { const last = groups[groups.length - 1]; if (last && same(last[0], row)) last.push(row); else groups.push([row]); }
  return groups;
}

/** One firm, or how many, and which, the largest first. @param {Fact[]} group @param {boolean} cut whether more of it may not be listed */
const Whose = (group, cut) => (group.length === 1 ? FirmLink(group[0].organisation)
  : html`<details><summary>${say(cut ? 'policies.facts.some' : 'policies.facts.of', group.length, group[0].organisation.name)}</summary><ul>${group.map((one) => html`<li key=${one.organisation.id}>${FirmLink(one.organisation)}</li>`)}</ul></details>`);

/** Which figure of which firm first: what it decides alone, what it helps. */
function Facts() {
  return Answer(useAnswer('page/facts-to-collect', asked()), (data) => {
    const found = data.town?.factsToCollect;
    if (!found || found.unknownReason) return Empty(found?.unknownReason ?? say('unknown'));
    if (!found.rows.length) return html`${Empty(say('policies.facts.none'))}${Foot(found.method)}`;
    const groups = alike(found.rows);
    return html`<p class="quiet" role="status">${say('policies.facts.shown', found.rows.length, found.count, found.unknown, found.decidedByOne)}</p>${Table({
      rows: groups, key: ([row]) => `${row.organisation.id}|${row.fact}`, caption: say('policies.tab.facts'),
      columns: [
        { head: say('col.org'), cell: (group) => Whose(group, found.rows.length < found.count && group === groups[groups.length - 1]) },
        { head: say('policies.facts.fact'), cell: ([row]) => html`<b>${row.fact}</b>` },
        { head: say('policies.facts.decides'), number: true, cell: ([row]) => row.decides },
        { head: say('policies.facts.helps'), number: true, cell: ([row]) => row.helps },
        { head: say('policies.facts.amount'), number: true, cell: ([row]) => amount(row.amount || null) },
        { head: say('policies.facts.benefits'), cell: ([row]) => row.benefits.map((one, n) => html`${n ? say('comma') : ''}${BenefitLink(one)}`) },
      ],
    })}${Foot(found.method)}`;
  });
}
