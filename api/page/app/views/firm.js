// @ts-check
/** Who is this? What is registered of an organisation, figure by figure; whom it trades with; what it may get; who would miss it. */
import { useAnswer } from '../ask.js';
import { percent } from '../figures.js';
import { Empty, Foot, Gone, OfFirm, Table } from '../parts/frames.js';
import { Figure, OrganisationLink, ProductLink, Stamp, TownLink, yuan } from '../parts/marks.js';
import { askedOf, html, link, say, to, view } from '../shared.js';
import { ENTRIES } from '../views.js';

/** @typedef {NonNullable<import('../../queries').FirmQuery['organisation']>} Firm */
/** @typedef {NonNullable<Firm['briefing']>} Briefing */
/** @typedef {import('../parts/marks.js').Thing} Thing */

/** The stamp of a row that is invented, where it names something real; what is invented itself bears its own. @param {Thing} thing @param {boolean|undefined} synthetic */
const RowStamp = (thing, synthetic) => (synthetic && !thing.synthetic ? Stamp({ synthetic }) : null);

const ROWS = 8;
/** What is stated by an invented row is left out with all that is invented. @template {{source: {synthetic: boolean}|null}} E @param {E[]} edges */
const stated = (edges) => edges.filter((one) => !(view.value.realOnly && one.source?.synthetic));

/** @param {unknown[]} all */
const joined = (all) => all.flatMap((one, n) => (n ? [say('comma'), one] : [one]));

/** A cap and its words. @param {number} shown @param {number} all */
const Shown = (shown, all) => (all > shown ? html`<p class="quiet">${say('firm.shown', shown, all)}</p>` : null);

/** @param {Firm} firm @param {Briefing|null} briefing */
function Head(firm, briefing) {
  const now = view.value, query = new URLSearchParams({ ...(now.asOf ? { asOf: String(now.asOf) } : {}), ...(now.realOnly ? { realOnly: 'true' } : {}) });
  return html`<header class="head row"><div><h1>${firm.name} ${Stamp(firm)}</h1>
    <p class="quiet">${[say(`org.form.${firm.form}`), briefing?.place ?? say('firm.noplace'), firm.aliases.length ? say('firm.aliases', firm.aliases.join(say('comma'))) : ''].filter(Boolean).join(' · ')}${firm.closedOn ? html` · <b class="state MISSING">${say('org.closed', firm.closedOn)}</b>` : null}</p></div>
    <p class="exports"><a class="button" href=${`briefings/${firm.id}.docx${String(query) ? `?${query}` : ''}`} download>${say('firm.briefing')}</a></p></header>`;
}

/** @param {Firm} firm @param {Briefing} briefing */
function Figures(firm, briefing) {
  if (!briefing.figures.length) return html`<p class="empty">${say('firm.nofigures')}</p>`;
  return html`<section class="figures" aria-label=${say('firm.figures')}>${briefing.figures.map((one) => html`<div key=${one.claim.id}><h2>${say(`firm.metric.${one.metric}`)}${one.product ? ` · ${one.product.name}` : ''}</h2>
    ${Figure({ ...one.claim, year: one.year, scope: one.scope, stale: one.stale, source: one.source && { ...one.source, synthetic: one.synthetic }, conflicts: one.rivals }, firm.id, one.metric, one.product?.id)}</div>`)}</section>`;
}

/** @param {Firm} firm @param {Briefing} briefing */
const Register = (firm, briefing) => html`<section class="panel"><h2>${say('firm.register')}</h2>
  <dl><dt>${say('firm.uscc')}</dt><dd>${firm.uscc ?? say('unknown')}</dd><dt>${say('firm.address')}</dt><dd>${firm.address ?? say('unknown')}</dd>
    <dt>${say('firm.founded')}</dt><dd>${firm.foundedOn ?? say('unknown')}</dd>${firm.closedOn ? html`<dt>${say('firm.closed')}</dt><dd>${firm.closedOn}</dd>` : null}
    ${firm.stockCode ? html`<dt>${say('firm.stock')}</dt><dd>${firm.stockCode}</dd>` : null}
    <dt>${say('col.industry')}</dt><dd>${briefing.industries.map((one) => one.name).join(say('comma')) || say('unknown')}</dd>
    <dt>${say('firm.towns')}</dt><dd>${briefing.towns.length ? joined(briefing.towns.map((one) => html`<span key=${one.town.id}>${TownLink(one.town)} ${RowStamp(one.town, one.synthetic)}${one.leads ? html` <small class="quiet">${say('firm.leads')}</small>` : null}</span>`)) : say('firm.notown')}</dd>
    <dt>${say('col.titles')}</dt><dd>${briefing.titles.length ? joined(briefing.titles.map((one) => html`<span key=${one.qualification.id}>${one.qualification.name}${one.validTo ? html` <small class="quiet">${say('firm.until', one.validTo)}</small>` : null} ${Stamp(one)}</span>`)) : say('firm.notitles')}</dd></dl></section>`;

/** @param {Firm} firm @param {Briefing} briefing */
function Makes(firm, briefing) {
  const bought = stated(firm.outsidePurchases.edges);
  return html`<section class="panel"><h2>${say('firm.makes')}</h2>
  ${briefing.products.length ? html`<ul class="lines">${briefing.products.map((one) => html`<li key=${one.product.id}>${ProductLink(one.product)}${RowStamp(one.product, one.synthetic)}</li>`)}</ul>` : html`<p class="quiet">${say('firm.nomakes')}</p>`}
  ${bought.length ? html`<h3>${say('firm.outside')}</h3><ul class="lines">${bought.slice(0, ROWS).map((one) => html`<li key=${one.node.id + one.origin}><span>${ProductLink(one.node)} <small class="quiet">${say(one.origin === 'UNKNOWN' ? 'prox.UNKNOWN' : one.origin)}</small></span><span>${RowStamp(one.node, one.source?.synthetic)} <b>${yuan(one.value)}</b></span></li>`)}</ul>${Shown(Math.min(ROWS, bought.length), bought.length)}` : null}
  ${briefing.fills.length || briefing.fillsLeftOut ? html`<h3>${say('firm.fills')}</h3>${briefing.fills.length ? html`<ul class="lines">${briefing.fills.map((one) => html`<li key=${one.town.id + one.product.id}><span>${TownLink(one.town)} · ${one.product.name} <small class="quiet">${say(one.action)}</small></span><span>${RowStamp(one.town, one.synthetic)} <b>${yuan(one.value)}</b></span></li>`)}</ul>` : null}${Shown(briefing.fills.length, briefing.fillCount)}${briefing.fillsLeftOut ? html`<p class="quiet">${say('firm.fills.left', briefing.fillsLeftOut)}</p>` : null}` : null}</section>`;
}

/** @param {string} title @param {Briefing['sales']} side @param {string} none */
const Trade = (title, side, none) => html`<section class="panel wide"><h2>${title} <small>${side.count || side.value !== null ? say('firm.trade', yuan(side.value), side.count) : ''}${side.unmeasured ? say('firm.unmeasured', side.unmeasured) : ''}</small></h2>
  ${side.byProximity.length ? html`<p class="quiet">${side.byProximity.map((one) => `${say(one.proximity === 'UNKNOWN' ? 'prox.UNKNOWN' : one.proximity)} ${yuan(one.value)}`).join(say('semicolon'))}${side.beyondGraph ? say('firm.beyond', yuan(side.beyondGraph)) : ''}</p>` : null}
  ${side.rows.length ? html`${Table({
    rows: side.rows, key: (row) => row.organisation.id, caption: title,
    columns: [
      { head: say('col.org'), cell: (row) => OrganisationLink(row.organisation) },
      { head: say('col.place'), cell: (row) => row.place ?? say('prox.UNKNOWN') },
      { head: say('firm.goods'), cell: (row) => row.products.map((/** @type {Thing} */ one) => one.name).join(say('comma')) },
      { head: say('firm.amount'), number: true, cell: (row) => html`${RowStamp(row.organisation, row.synthetic)} ${yuan(row.value)}` },
    ],
  })}${Shown(side.rows.length, side.count)}` : html`<p class="quiet">${none}</p>`}</section>`;

/** @param {string} title @param {Briefing['owners']} stakes @param {number} count */
const Stakes = (title, stakes, count) => (count ? html`<h3>${title}</h3><ul class="lines">${stakes.map((one) => html`<li key=${one.organisation.id}><span>${OrganisationLink(one.organisation)} ${RowStamp(one.organisation, one.synthetic)}${one.direct ? null : html` <small class="quiet">${say('firm.indirect')}</small>`}</span><b>${percent(one.share)}</b></li>`)}</ul>${Shown(stakes.length, count)}` : null);

/** @param {Firm} firm @param {Briefing} briefing */
function Ties(firm, briefing) {
  const allies = stated(firm.allies.edges);
  return html`<section class="panel"><h2>${say('firm.ties')} <small>${briefing.groupSize > 1 ? say('firm.group', briefing.groupSize) : ''}</small></h2>
  ${Stakes(say('firm.owners'), briefing.owners, briefing.ownerCount)}${Stakes(say('firm.owned'), briefing.owned, briefing.ownedCount)}
  ${allies.length ? html`<h3>${say('firm.allies')}</h3><ul class="lines">${allies.slice(0, ROWS).map((one) => html`<li key=${one.node.id}><span>${OrganisationLink(one.node)} ${RowStamp(one.node, one.source?.synthetic)}</span><small class="quiet">${one.since ? say('firm.since', one.since) : ''}</small></li>`)}</ul>${Shown(Math.min(ROWS, allies.length), allies.length)}` : null}
  ${briefing.ownerCount || briefing.ownedCount || allies.length ? null : html`<p class="quiet">${say('firm.noties')}</p>`}
  <p><a ...${link(to('paths', { org: firm.id }))}>${say('firm.paths')} →</a></p></section>`;
}

/** @param {Firm} firm @param {Briefing['dependence']} on */
const Dependence = (firm, on) => html`<section class="panel"><h2>${say('firm.dependence')}</h2>
  <p>${on.affected === null ? say('firm.affected.unknown') : say('firm.affected', on.affected, yuan(on.atRisk))} ${Stamp(on)}</p>
  <p>${say('firm.sole', on.soleSourceFor)}${on.soleSources.length ? html`${say('firm.sole.are')}${joined(on.soleSources.slice(0, 3).map((one) => html`<span key=${one.buyer.id + one.product.id}>${OrganisationLink(one.buyer)} ${RowStamp(one.buyer, one.synthetic)} (${one.product.name})</span>`))}` : null}</p>
  <p>${say('firm.own', on.ownSources)}</p>
  <p><a ...${link(to('impact', { org: firm.id }))}>${say('firm.impact')} →</a></p></section>`;

/** @param {Firm} firm */
function Benefits(firm) {
  const of = firm.benefits;
  if (!of || of.unknownReason) return html`<section class="panel"><h2>${say('firm.benefits')}</h2><p class="quiet">${of?.unknownReason ?? say('unknown')}</p></section>`;
  return html`<section class="panel"><h2>${say('firm.benefits')} <small>${say('firm.benefits.count', of.eligible, of.unknown, of.received)}</small></h2>
    ${of.unclaimed ? html`<p class="state WEAK">${say('firm.unclaimed', of.unclaimed)}</p>` : null}
    <ul class="lines">${of.rows.map((one) => html`<li key=${one.benefit.id}><span>${one.benefit.name} ${Stamp(one.benefit)}</span><span><small class="quiet">${one.inWords}</small></span></li>`)}</ul>${Shown(of.rows.length, of.count)}
    ${ENTRIES.policies ? html`<p><a ...${link(to('policies', { org: firm.id }))}>${say('firm.policies')} →</a></p>` : null}</section>`;
}

/** @param {Firm} firm */
function Affairs(firm) {
  const all = /** @type {const} */ ([['firm.leadsOf', firm.concerningLeads], ['firm.problems', firm.concerningProblems], ['firm.projects', firm.concerningProjects]]);
  const held = all.filter(([, of]) => of.totalCount);
  return html`<section class="panel"><h2>${say('firm.affairs')}</h2>${held.map(([words, of]) => html`<h3 key=${words}>${say(words)}</h3><ul class="lines">${of.nodes.map((one) => html`<li key=${one.id}><span>${one.name} ${Stamp(one)}</span>${one.towns ? TownLink({ ...one.towns, synthetic: false }) : null}</li>`)}</ul>${Shown(of.nodes.length, of.totalCount)}`)}
    ${held.length ? null : html`<p class="quiet">${say('firm.noaffairs')}</p>`}</section>`;
}

/** @param {NonNullable<Firm['history']>} history */
const Past = (history) => (history.count ? html`<details class="panel wide"><summary>${say('firm.history', history.count)}</summary>${Table({
  rows: history.events, key: (row) => [row.words, row.outgoing, row.other.id, row.product?.id, row.year, row.since].join(), caption: say('firm.history', history.count),
  columns: [
    { head: say('firm.relation'), cell: (row) => row.words },
    { head: say('firm.other'), cell: (row) => html`${row.other.id.startsWith('org:') ? OrganisationLink(row.other) : row.other.name} ${row.other.synthetic ? null : Stamp(row.source)}` },
    { head: say('firm.goods'), cell: (row) => row.product?.name ?? '' },
    { head: say('col.year'), cell: (row) => row.year ?? [row.since ?? say('year.unstated'), row.until ?? ''].filter(Boolean).join('–') },
  ],
})}${Shown(history.events.length, history.count)}</details>` : null);

export function Firm() {
  const asked = askedOf(), real = asked.realOnly ? { synthetic: { eq: false } } : null;
  return OfFirm(useAnswer('page/firm', { ...asked, real, realProducts: real, realLeads: real, realProblems: real, realProjects: real }), (firm) => {
    const briefing = firm.briefing;
    if (!briefing) return html`<main id="main">${Head(firm, null)}${Empty(say('firm.hidden'))}</main>`;
    return html`<main id="main">${Head(firm, briefing)}
      ${Gone(firm, briefing.method.asOf)}${briefing.unknownReason && !firm.closedOn ? html`<p class="empty">${briefing.unknownReason}</p>` : null}
      ${Figures(firm, briefing)}
      <div class="panels">${Register(firm, briefing)}${Makes(firm, briefing)}${Ties(firm, briefing)}
        ${Trade(say('firm.suppliers'), briefing.purchases, say('firm.nosuppliers'))}${Trade(say('firm.customers'), briefing.sales, say('firm.nocustomers'))}
        ${Dependence(firm, briefing.dependence)}${Benefits(firm)}${Affairs(firm)}
        ${briefing.unknowns.length ? html`<section class="panel wide"><h2>${say('firm.unknowns')}</h2><ul class="sources">${briefing.unknowns.map((one) => html`<li key=${one}>${one}</li>`)}</ul></section>` : null}
        ${firm.history ? Past(firm.history) : null}</div>${Foot(briefing.method)}</main>`;
  });
}
