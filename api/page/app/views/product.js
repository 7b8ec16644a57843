// @ts-check
/** Who makes it, who buys it, what goes into it, what is made of it, and in which chains it stands. */
import { useAnswer } from '../ask.js';
import { Answer, Empty, Foot, Table } from '../parts/frames.js';
import { Figure, OrganisationLink, ProductLink, Shape, Stamp, TownLink, yuan } from '../parts/marks.js';
import { html, link, say, set, to, view } from '../shared.js';

/** @typedef {NonNullable<import('../../queries').ProductQuery['product']>} Product */

const MAKERS = 100;

/** @param {Product} product */
function Makers(product) {
  const of = product.makers, sorted = view.value.of.makersBy === 'REVENUE', real = view.value.realOnly;
  return html`<section class="panel wide"><h2>${say('product.makers')} <small role="status">${of.totalCount > of.nodes.length ? say('product.shown', of.nodes.length, of.totalCount, say(sorted ? 'product.by.revenue' : 'product.by.name')) : say('product.count', of.totalCount)}</small>
    ${of.nodes.length > 1 ? html`<button aria-pressed=${sorted} onClick=${() => set({ makersBy: sorted ? '' : 'REVENUE' }, 'replace')}>${say('product.sort')}</button>` : null}</h2>
    ${of.nodes.length ? Table({
      rows: of.nodes, key: (row) => row.id, caption: say('product.makers'),
      columns: [
        { head: say('col.org'), cell: OrganisationLink }, { head: say('col.place'), cell: (row) => row.region?.name ?? say('prox.UNKNOWN') },
        { head: say('product.revenue'), cell: (row) => Figure(real && row.figure?.source?.synthetic ? null : row.figure, row.id, 'REVENUE') },
      ],
    }) : html`<p class="quiet">${say('reason.NO_MAKER')}</p>`}</section>`;
}

/** What is bought from outside the graph is part of what the buyers buy, and comes beside what the sellers sell. @param {string} title @param {Product['sellers']} of @param {string} none @param {'of'|'beside'} outside */
function Traders(title, of, none, outside) {
  if (!of || of.unknownReason || !of.rows.length) return html`<section class="panel"><h2>${title}</h2><p class="quiet">${of?.unknownReason ?? none}</p></section>`;
  return html`<section class="panel"><h2>${title} <small>${of.count > of.rows.length ? say('product.shown', of.rows.length, of.count, say('product.by.value')) : say('product.count', of.count)}${of.value === null ? '' : say('product.value', yuan(of.value))}${of.outside ? say(`product.outside.${outside}`, yuan(of.outside)) : ''}</small></h2>
    <ul class="lines">${of.rows.map((row) => html`<li key=${row.organisation.id}><span>${OrganisationLink(row.organisation)} <small class="quiet">${say('product.partners', row.partners)}${row.unmeasured ? say('product.unmeasured', row.unmeasured) : ''}</small></span><span>${row.synthetic && !row.organisation.synthetic ? Stamp(row) : null} <b>${yuan(row.value)}</b></span></li>`)}</ul></section>`;
}

/** @param {string} title @param {Product['inputs']} of */
const Recipe = (title, of) => html`<section class="panel"><h2>${title} <small>${of.totalCount > of.edges.length ? say('product.some', of.edges.length, of.totalCount) : ''}</small></h2>
  ${of.edges.length ? html`<ul class="lines">${of.edges.map((one) => html`<li key=${one.node.id}>${ProductLink(one.node)}<small>${one.essential ? say('essential') : ''}</small></li>`)}</ul>` : html`<p class="quiet">${say('none')}</p>`}</section>`;

/** @param {Product} product */
function Chains(product) {
  const of = product.chains;
  return html`<section class="panel"><h2>${say('product.chains')}</h2>${of.edges.map((one) => html`<h3 key=${one.node.id}>${one.node.name} ${Stamp(one.node)} <small class="quiet">${say(`stage.${one.stage}`)}${one.required ? ` · ${say('chain.required')}` : ''}</small></h3>
    <ul class="lines">${one.node.towns.nodes.map((town) => {
    const state = town.chainMap?.steps.find((step) => step.product.id === product.id)?.state ?? 'UNKNOWN';
    return html`<li key=${town.id}><span>${TownLink(town)}</span><span><span class=${`state ${state}`}>${Shape(state)} ${say(state)}</span> <a ...${link(to('chain', {}, { town: town.id, selected: product.id }))}>${say('product.map')}</a></span></li>`;
  })}</ul>${one.node.towns.totalCount > one.node.towns.nodes.length ? html`<p class="quiet">${say('more', one.node.towns.totalCount - one.node.towns.nodes.length)}</p>` : null}`)}
    ${of.totalCount ? null : html`<p class="quiet">${say('product.nochain')}</p>`}</section>`;
}

export function Product() {
  const { of, asOf, realOnly } = view.value, wanted = of.product ?? '', real = realOnly ? { synthetic: { eq: false } } : null;
  const answer = useAnswer('page/product', { product: wanted, makers: MAKERS, byRevenue: of.makersBy ? { metric: 'REVENUE', descending: true } : null, asOf, realOnly, real, realProducts: real });
  const other = answer.stale && answer.data?.product?.id !== wanted;
  return Answer(other ? { ...answer, data: null } : answer, ({ product }) => (product ? html`<main id="main">
    <header class="head"><h1>${product.name} ${Stamp(product)}</h1><p class="quiet">${[say(`product.category.${product.category}`), product.industries.map((one) => one.name).join(say('comma')), product.unit ? say('product.unit', product.unit) : '', product.aliases.length ? say('product.aliases', product.aliases.join(say('comma'))) : ''].filter(Boolean).join(' · ')}</p></header>
    <div class="panels">${Makers(product)}${Traders(say('product.sellers'), product.sellers, say('product.nosellers'), 'beside')}${Traders(say('product.buyers'), product.buyers, say('product.nobuyers'), 'of')}${Chains(product)}
      ${Recipe(say('product.inputs'), product.inputs)}${Recipe(say('product.usedIn'), product.usedIn)}</div>${Foot(product.sellers?.method)}</main>`
    : html`<main id="main"><h1>${say('product.missing', wanted)}</h1>${Empty(say('search.hint'))}<p><a ...${link(to('start', {}, { town: '' }))}>${say('town.back')}</a></p></main>`));
}
