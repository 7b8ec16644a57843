// @ts-check
/** How do two firms hang together? Each path as a row of firms, with what joins the neighbours. */
import { useAnswer } from '../ask.js';
import { percent } from '../figures.js';
import { Answer, Empty, Foot, OfFirm } from '../parts/frames.js';
import { OrganisationLink, Stamp, TownLink, yuan } from '../parts/marks.js';
import { Search } from '../parts/search.js';
import { askedOf, go, h, html, link, say, set, to, view } from '../shared.js';

/** @typedef {NonNullable<import('../../queries').PathsQuery['organisation']>} Firm */
/** @typedef {NonNullable<Firm['pathsTo']>} Found */
/** @typedef {Found['paths'][number]} Path */
/** @typedef {Path['steps'][number]['links'][number]} Link */
/** @typedef {import('../../queries').RelationKind} Kind */

const KINDS = /** @type {const} */ (['SUPPLY', 'OWNERSHIP', 'MEMBERSHIP', 'ALLIANCE']);
const SHOWN = '5', LONGEST = '6', LINKS = 3;

/** @returns {Kind[]} */
const kinds = () => { const wanted = (view.value.of.kinds ?? '').split(','); return KINDS.some((one) => wanted.includes(one)) ? KINDS.filter((one) => wanted.includes(one)) : [...KINDS]; };

/** @param {Kind} kind */
function toggle(kind) {
  const before = kinds(), now = KINDS.filter((one) => (one === kind) !== before.includes(one));
  if (now.length) set({ kinds: now.length === KINDS.length ? '' : now.join(',') }, 'replace');
}

/** What joins two neighbours, as it was stated. @param {Link} one */
function Joined(one) {
  const figure = one.kind === 'SUPPLY' ? `${one.product?.name ?? ''} ${one.value === null ? say('paths.unmeasured') : yuan(one.value).replace(' ', '\u00a0')}` : one.kind === 'OWNERSHIP' ? percent(one.share) : one.form ? say(`paths.form.${one.form}`) : '';
  const time = one.year ?? one.since;
  return html`<li><span class="way" aria-hidden="true">${{ ALONG: '→', AGAINST: '←', EITHER: '—' }[one.direction]}</span><b>${say(`paths.${one.kind}.${one.direction}`)}</b> ${figure} ${time ? html`<small class="quiet">${say('yearOf', time)}${one.stale ? ` · ${say('stale.figure')}` : ''}</small>` : null} ${one.rivals ? html`<small class="rivals">${say('town.rivals', one.rivals + 1)}</small>` : null} ${one.synthetic ? Stamp(one) : html`<small class="quiet">${one.source?.name ?? say('source.none')}</small>`}</li>`;
}

/** @param {Path['nodes'][number]} node */
const Node = (node) => html`<div class="stop"><b>${node.id.startsWith('town:') ? TownLink(node) : OrganisationLink(node)}</b>${node.id.startsWith('town:') ? html` <small class="quiet">${say('kind.TOWN')}</small>` : null}</div>`;

/** @param {Path} path @param {number} n */
const PathRow = (path, n) => html`<li key=${path.nodes.map((one) => one.id).join()} class="panel path" aria-label=${path.nodes.map((one) => one.name).join(' – ')}>
  <h2>${say('paths.nth', n + 1)} <small>${say('paths.measure', path.length, path.resistance.toFixed(2))}</small></h2>
  <ol class="stops">${path.nodes.map((node, at) => html`<li key=${node.id}>${at ? html`<div class="hop"><ul>${path.steps[at - 1].links.slice(0, LINKS).map(Joined)}</ul>${path.steps[at - 1].links.length > LINKS ? html`<small class="quiet">${say('more', path.steps[at - 1].links.length - LINKS)}</small>` : null}</div>` : null}${Node(node)}</li>`)}</ol></li>`;

/** @param {Found} found */
function Rows(found) {
  const { of } = view.value, longest = of.longest ?? LONGEST;
  if (!found.paths.length) return Empty(found.unknownReason ? `${say('paths.none', found.start.name, found.end.name, longest)} ${found.unknownReason}` : say('paths.none', found.start.name, found.end.name, longest));
  return html`<p class="quiet" role="status">${say('paths.shown', found.paths.length, found.shortest ?? 0)}${found.more ? say('paths.more', longest) : say('paths.whole', longest)}${found.longer ? say('paths.longer', longest) : ''}</p><p>${say('paths.meaning')}</p>
    <ol class="paths">${found.paths.map(PathRow)}</ol>${found.more ? html`<p><button onClick=${() => set({ k: of.k === '10' ? '20' : of.k ? '50' : '10' }, 'replace')} disabled=${of.k === '50'}>${say('paths.next')}</button></p>` : null}`;
}

/** @param {{firm: {id: string, name: string, synthetic: boolean}, other: string}} props */
function Between({ firm, other }) {
  const { asOf, realOnly, of } = view.value;
  const answer = useAnswer('page/paths', { org: firm.id, other, kinds: kinds(), first: Number(of.k ?? SHOWN), longest: Number(of.longest ?? LONGEST), asOf, realOnly });
  return Answer(answer.stale && answer.data?.organisation?.pathsTo?.end.id !== other ? { ...answer, data: null } : answer, (data) => {
    const found = data.organisation?.pathsTo;
    if (!found) return Empty(say('org.missing', other));
    return html`<p class="lead">${OrganisationLink(found.start)} <span aria-hidden="true">⇄</span> ${OrganisationLink(found.end)} <button onClick=${() => go({ of: { ...of, org: other, other: firm.id } })}>${say('paths.swap')}</button></p>${Rows(found)}${Foot(found.method)}`;
  });
}

export function Paths() {
  const { of, realOnly } = view.value, asked = askedOf(), other = of.other ?? '', longest = of.longest ?? LONGEST, chosen = kinds();
  return OfFirm(useAnswer('page/network', { ...asked, up: false, down: false, most: 1, product: null }), (firm) => html`<main id="main"><header class="head"><h1>${say('paths.title', firm.name)} ${Stamp(firm)}</h1><p class="quiet">${say('paths.lead')}</p></header>
    <div class="tabs">${h(Search, { id: 'other', label: say('paths.other'), kinds: ['ORGANISATION'], pick: (found) => set({ other: found.id }) })}
      <span role="group" aria-label=${say('paths.kinds')} class="tabs">${KINDS.map((kind) => html`<label key=${kind} class="check"><input type="checkbox" checked=${chosen.includes(kind)} disabled=${chosen.length === 1 && chosen.includes(kind)} onChange=${() => toggle(kind)} /> ${say(`paths.kind.${kind}`)}</label>`)}</span>
      <label>${say('paths.longest')} <select value=${longest} onChange=${(/** @type {Event} */ event) => { const text = /** @type {HTMLSelectElement} */ (event.target).value; set({ longest: text === LONGEST ? '' : text }, 'replace'); }}>${['1', '2', '3', '4', '5', '6', '7', '8'].map((one) => html`<option key=${one} value=${one} selected=${one === longest}>${say('paths.hops', one)}</option>`)}</select></label></div>
    ${other === firm.id ? Empty(say('paths.same')) : other ? h(Between, { firm, other }) : Empty(say('paths.ask', firm.name))}
    ${realOnly ? html`<p class="quiet">${say('real.page')}</p>` : null}<p class="ways-on"><a ...${link(to('network', { org: firm.id }))}>${say('paths.network')} →</a></p></main>`);
}
