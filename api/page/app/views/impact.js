// @ts-check
/** What if it stops? Who loses what, how far away, why; what is known of it, and who could take over. */
import { useAnswer } from '../ask.js';
import { percent } from '../figures.js';
import { Empty, Foot, OfFirm, Table, Twin } from '../parts/frames.js';
import { OrganisationLink, ProductLink, Stamp, TownLink, yuan } from '../parts/marks.js';
import { Picture } from '../parts/picture.js';
import { askedOf, h, html, say, set, view } from '../shared.js';

/** @typedef {NonNullable<import('../../queries').ImpactQuery['organisation']>} Firm */
/** @typedef {NonNullable<Firm['cascade']>} Cascade */
/** @typedef {Cascade['losses'][number]} Loss */

const BARS = 15;
const FORMS = /** @type {const} */ (['ENTERPRISE', 'SOLE_TRADER', 'COOPERATIVE', 'FAMILY_FARM', 'VILLAGE_COLLECTIVE', 'INSTITUTION']);
const LEAST = 1e-9; // what rounding leaves

/** By what a loss comes: the firm itself, want of inputs, want of customers, or both. @param {Loss} loss */
export const cause = (loss) => (loss.psi > 0 ? 'OWN' : loss.hDown < 1 - LEAST && loss.hUp < 1 - LEAST ? 'BOTH' : loss.hDown < 1 - LEAST ? 'INPUTS' : 'CUSTOMERS');

/** How many links away: along the goods where inputs fail, against them where customers do. @param {Firm} firm */
function tiersOf(firm) {
  /** @param {Firm['upstream']} walk @returns {Map<string, number>} */
  const of = (walk) => new Map((walk?.nodes ?? []).map((one) => [one.organisation.id, one.tier]));
  const up = of(firm.upstream), down = of(firm.downstream);
  return (/** @type {Loss} */ loss) => {
    const id = loss.organisation.id, why = cause(loss);
    if (why === 'OWN') return say('impact.tier.own');
    const sides = why === 'INPUTS' ? [['impact.tier.down', down.get(id)]] : why === 'CUSTOMERS' ? [['impact.tier.up', up.get(id)]] : [['impact.tier.down', down.get(id)], ['impact.tier.up', up.get(id)]];
    const known = sides.filter(([, tier]) => tier !== undefined);
    return known.length ? known.map(([words, tier]) => say(String(words), String(tier))).join(say('comma')) : say('impact.tier.far');
  };
}

/** @param {Cascade} cascade */
function Sums(cascade) {
  const of = new Map(cascade.byForm.map((one) => [one.form, one]));
  const others = cascade.atRisk === null || cascade.own === null ? null : cascade.atRisk - cascade.own;
  return html`<section class="figures sums" aria-label=${say('impact.sums')}>
    <div><h2>${say('impact.atRisk')}</h2><span class="figure"><span class="number">${yuan(cascade.atRisk)}</span><small>${say('impact.ofWhich', yuan(cascade.own), yuan(others))}</small></span></div>
    <div><h2>${say('impact.share')}</h2><span class="figure"><span class="number">${cascade.esri === null ? say('unknown') : `${(cascade.esri * 100).toFixed(1)}%`}</span><small>${say('impact.share.of')}</small></span></div>
    <div><h2>${say('impact.affected')}</h2><span class="figure"><span class="number">${say('impact.firms', cascade.affected)}</span>${cascade.unmeasured ? html`<small>${say('impact.unmeasured', cascade.unmeasured)}</small>` : null}</span></div>
    ${FORMS.filter((form) => of.has(form) || form === 'COOPERATIVE' || form === 'FAMILY_FARM').map((form) => html`<div key=${form}><h2>${say(`org.form.${form}`)}</h2><span class="figure"><span class="number">${say('impact.firms', of.get(form)?.organisations ?? 0)}</span>${of.has(form) ? html`<small>${yuan(of.get(form)?.loss)}</small>` : null}</span></div>`)}</section>`;
}

/** The others whose loss is known, the greatest first. @param {Cascade} cascade */
const measuredOf = (cascade) => cascade.losses.filter((one) => one.loss !== null && one.psi === 0).slice(0, BARS);

/** @param {Firm} firm @param {Cascade} cascade */
const Bars = (firm, cascade) => {
  const measured = measuredOf(cascade), most = Math.max(1, ...measured.map((one) => one.loss ?? 0));
  return measured.length ? h(Picture, { name: 'impact', title: say('impact.title', firm.name), method: cascade.method, children: html`<ol class="bars">${measured.map((one) => html`<li key=${one.organisation.id} class=${cause(one)}><span>${OrganisationLink(one.organisation)}</span><i aria-hidden="true"><b style=${{ width: `${Math.max(0.5, (one.loss ?? 0) / most * 100)}%` }}></b></i><span class="number">${yuan(one.loss)}</span><small class="quiet">${say('impact.ofOutput', percent(one.share))}</small></li>`)}</ol>` }) : null;
};

/** @param {Firm} firm */
const TakeOver = (firm) => html`<section class="panel"><h2>${say('impact.substitutes')}</h2>
  ${firm.makes.nodes.length ? html`<ul class="lines">${firm.makes.nodes.map((one) => html`<li key=${one.id}>${ProductLink(one)}<span>${one.makers.totalCount > 1 ? say('impact.others', one.makers.totalCount - 1) : html`<b class="state MISSING">${say('impact.nobody')}</b>`}</span></li>`)}</ul>` : html`<p class="quiet">${say('impact.nomakes')}</p>`}
  ${firm.makes.totalCount > firm.makes.nodes.length ? html`<p class="quiet">${say('more', firm.makes.totalCount - firm.makes.nodes.length)}</p>` : null}</section>`;

/** @param {Cascade} cascade */
const Towns = (cascade) => html`<section class="panel"><h2>${say('impact.towns')}</h2><ul class="lines">${cascade.byTown.map((one) => html`<li key=${one.member?.id ?? ''}><span>${one.member ? TownLink(one.member) : say('impact.notown')} <small class="quiet">${say('impact.firms', one.organisations)}</small></span><b>${yuan(one.loss)}</b></li>`)}</ul></section>`;

/** Read of what the answer says that it was asked with, so that assumptions and numbers are of one answer. @param {Firm} firm @param {Cascade} cascade */
function Controls(firm, cascade) {
  const { psi, alone } = view.value.of, covered = cascade.method.coverage?.share;
  return html`<div class="tabs" role="group" aria-label=${say('impact.assumptions')}>
    <label>${say('impact.psi')} <select value=${psi ?? '1'} onChange=${(/** @type {Event} */ event) => { const text = /** @type {HTMLSelectElement} */ (event.target).value; set({ psi: text === '1' ? '' : text }, 'replace'); }}>${['1', '0.75', '0.5', '0.25'].map((one) => html`<option key=${one} value=${one} selected=${one === (psi ?? '1')}>${percent(Number(one))}</option>`)}</select></label>
    <label class="check"><input type="checkbox" checked=${!alone} onChange=${() => set({ alone: alone ? '' : '1' }, 'replace')} /> ${say('impact.allow')}</label></div>
    <p>${say('impact.assume', firm.name, percent(Number(psi ?? 1)), say(alone ? 'impact.without' : 'impact.with'))} ${cascade.method.caveat} ${covered === null || covered === undefined ? '' : say('impact.covered', percent(covered))}</p>`;
}

export function Impact() {
  const asked = askedOf(), { psi, alone } = view.value.of, real = asked.realOnly ? { synthetic: { eq: false } } : null;
  return OfFirm(useAnswer('page/impact', { ...asked, substitutes: !alone, psi: Number(psi ?? 1), real, realProducts: real }), (firm) => {
    const cascade = firm.cascade, title = say('impact.title', firm.name);
    if (!cascade || cascade.unknownReason) return html`<main id="main"><header class="head"><h1>${title} ${Stamp(firm)}</h1></header>${Empty(cascade?.unknownReason ?? say('unknown'))}${Foot(cascade?.method)}</main>`;
    const tier = tiersOf(firm), bars = measuredOf(cascade).length;
    return html`<main id="main"><header class="head"><h1>${title} ${Stamp(firm)}</h1></header>
      ${Controls(firm, cascade)}${Sums(cascade)}
      ${cascade.converged ? null : html`<p class="failure">${say('impact.unsettled')}</p>`}
      <div class="panels pair"><section class="panel wide"><h2>${say('impact.losses')} <small role="status">${say('impact.shown', bars, cascade.losses.length, cascade.affected)}</small></h2>
        <p class="keys"><span class="cause INPUTS">${say('impact.cause.INPUTS')}</span><span class="cause CUSTOMERS">${say('impact.cause.CUSTOMERS')}</span><span class="cause BOTH">${say('impact.cause.BOTH')}</span></p>${Bars(firm, cascade)}
        ${h(Twin, { of: () => Table({
          rows: cascade.losses, key: (row) => row.organisation.id, caption: title,
          columns: [
            { head: say('col.org'), cell: (row) => OrganisationLink(row.organisation) },
            { head: say('impact.form'), cell: (row) => say(`org.form.${row.organisation.form}`) },
            { head: say('impact.tier'), cell: tier },
            { head: say('impact.cause'), cell: (row) => say(`impact.cause.${cause(row)}`) },
            { head: say('impact.part'), number: true, cell: (row) => percent(row.share) },
            { head: say('impact.loss'), number: true, cell: (row) => yuan(row.loss) },
          ],
        }) })}</section>${Towns(cascade)}${TakeOver(firm)}</div>${Foot(cascade.method)}</main>`;
  });
}
