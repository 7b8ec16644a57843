// @ts-check
/** How much value goes where? What a town buys, makes and sells as bands between sellers, its own organisations, and buyers. */
import { useAnswer } from '../ask.js';
import { money, moneyUnit, percent, UNKNOWN } from '../figures.js';
import { away, layout, ribbon } from '../flows.js';
import { Answer, Empty, Foot, OfTown, Table, Twin } from '../parts/frames.js';
import { OrganisationLink, ProductLink, Stamp, yuan } from '../parts/marks.js';
import { Picture } from '../parts/picture.js';
import { asked, go, h, html, lang, link, say, set, to, view } from '../shared.js';
import { useLayoutEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {NonNullable<import('../../queries').FlowQuery['town']>} Town */
/** @typedef {NonNullable<Town['flow']>} Flow */
/** @typedef {Flow['nodes'][number]} Node */
/** @typedef {Flow['links'][number]} Band */

const LEASTS = ['0', '1000000', '10000000', '50000000', '100000000'];
const ROWS = 50;
const WIDE = 720;
/** @type {import('../figures.js').MoneyUnit} amounts of single supplies, most of which are small */
const WAN = { divisor: 1e4, key: 'wan' };

/** What this view is asked with beside town and year. */
const options = () => ({ by: view.value.of.by === 'PRODUCT' ? /** @type {const} */ ('PRODUCT') : /** @type {const} */ ('STAGE'), least: view.value.of.min ? Number(view.value.of.min) : null });

/** @param {Node} node what stands at a node, without its place */
const item = (node) => node.product ? node.product.name : node.stage ? say(`stage.${node.stage}`) : node.folded ? say('flow.other', node.folded) : say(options().by === 'STAGE' ? 'flow.offChain' : 'flow.offProduct');

/** @param {Node} node */
const nameOf = (node) => node.side === 'BUYER' ? say('flow.to', say(`flow.place.${node.place}`)) : node.side === 'SELLER' ? say('flow.from', item(node), say(`flow.place.${node.place}`)) : say('flow.own', item(node));

/** @param {string} key */
const pick = (key) => go({ selected: view.value.selected === key ? null : key, source: null });

/** @param {{flow: Flow}} props */
function Bands({ flow }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null)), [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current), measure = () => setWidth(Math.max(WIDE, Math.floor(element.clientWidth)));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const drawn = width ? layout(flow, width) : null, last = Math.max(...flow.nodes.map((node) => node.tier));
  return html`<div class="flow scroll" ref=${box} tabindex="0" role="group" aria-label=${say('flow.picture')}>${drawn ? html`<svg viewBox=${`0 0 ${width} ${drawn.height}`} style=${{ minWidth: `${WIDE}px` }} width="100%">
    <defs><pattern id="flow-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0,0V7" /></pattern></defs>
    ${drawn.links.map((one) => { const chosen = view.value.selected === one.key; return html`<g key=${one.key} class=${`band ${away(one.source, one.target)}${chosen ? ' chosen' : ''}`}>
      <path id=${one.key} tabindex="0" role="button" aria-expanded=${chosen} aria-label=${say('flow.band', nameOf(one.source), nameOf(one.target), yuan(one.value)) + (one.invented ? ` ${say('invented')}` : '')} d=${ribbon(one.source, one.target, one)} onClick=${() => pick(one.key)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(one.key); } }}><title>${say('flow.band', nameOf(one.source), nameOf(one.target), yuan(one.value))}</title></path>
      ${one.invented ? html`<path class="hatch" d=${ribbon(one.source, one.target, one)} />` : null}</g>`; })}
    ${drawn.nodes.map((node) => { const left = node.tier === 0, y = (node.y0 + node.y1) / 2, x = left ? node.x0 - 8 : node.x1 + 8, inner = !left && node.tier < last, where = node.side === 'TOWN' ? say('flow.town') : say(`flow.place.${node.place}`); return html`<g key=${node.key} class=${`node ${node.place ?? 'OWN'}`}>
      <rect x=${node.x0} y=${node.y0} width=${node.x1 - node.x0} height=${Math.max(1, node.y1 - node.y0)} />
      <text x=${x} y=${y} class=${inner ? 'inner' : ''} text-anchor=${left ? 'end' : 'start'}><tspan x=${x} dy="-0.15em" class="name">${node.side === 'BUYER' ? where : item(node)}</tspan><tspan x=${x} dy="1.15em">${[left ? where : '', yuan(Math.max(node.valueIn, node.valueOut))].filter(Boolean).join(' · ')}</tspan></text></g>`; })}</svg>` : null}</div>`;
}

/** @param {Flow} flow */
const Legend = (flow) => { const places = ['OWN', 'TOWN', 'PROVINCE', 'COUNTRY', 'ABROAD', 'UNKNOWN'].filter((one) => flow.nodes.some((node) => (node.place ?? 'OWN') === one)); return html`<ul class="keys flowkeys" aria-label=${say('flow.legend')}>${places.map((one) => html`<li key=${one}><i class=${one}></i> ${say(`flow.place.${one}`)}</li>`)}${flow.links.some((one) => one.invented) ? html`<li><i class="hatched"></i> ${say('invented')}</li>` : null}</ul>`; };

/** What the picture does not show, each with its amount. @param {Flow} flow */
function notes(flow) {
  return [
    say('flow.shown', flow.links.length, flow.links.length + flow.leftOutLinks, percent(flow.shown / flow.total)),
    flow.leftOutLinks && say('flow.leftOut', flow.leftOutLinks, yuan(flow.leftOut)),
    flow.droppedLinks && say('flow.dropped', flow.droppedLinks, yuan(flow.dropped)),
    flow.internal && say('flow.internal', yuan(flow.internal)),
    flow.folded && say('flow.folded', flow.folded, yuan(flow.least), yuan(flow.foldedValue)),
    flow.unmeasured && say('flow.unmeasured', flow.unmeasured),
  ].filter(Boolean);
}

/** @param {{town: Town, flow: Flow}} props */
function Rows({ town, flow }) {
  const key = view.value.selected ?? '', band = flow.links.find((one) => one.key === key), { by, least } = options();
  const answer = useAnswer('page/flow-band', band ? { ...asked(), by, least, key, first: ROWS } : null);
  if (!band) return html`<p class="quiet pick">${key ? say('flow.gone') : say('flow.pick')}</p>`;
  const from = flow.nodes[band.source], into = flow.nodes[band.target], product = from.side === 'SELLER' ? from.product : null;
  return html`<section class="panel rows" aria-label=${say('flow.rows')}><h2>${nameOf(from)} → ${nameOf(into)} <small>${yuan(band.value)}</small><button onClick=${() => pick(key)}>${say('close')}</button></h2>
    ${Answer(answer, (data) => {
      const rows = data.town?.flow?.link?.rows ?? [];
      return html`<p class="quiet" role="status">${say('flow.rows.shown', rows.length, band.supplies)}${band.unmeasured ? `${say('semicolon')}${say('flow.rows.unmeasured', band.unmeasured)}` : ''}</p>${Table({
        rows, key: (row) => [row.seller?.id, row.buyer.id, row.product?.id, row.year, row.value, row.source?.id].join(), caption: say('flow.rows'),
        columns: [
          { head: say('flow.seller'), cell: (row) => (row.seller ? OrganisationLink(row.seller) : say('flow.seller.none')) },
          { head: say('flow.buyer'), cell: (row) => OrganisationLink(row.buyer) },
          { head: say('flow.product'), cell: (row) => (row.product ? ProductLink(row.product) : say('unknown')) },
          { head: say('flow.value', say(WAN.key)), number: true, cell: (row) => money(row.value, WAN, lang()) },
          { head: say('flow.part', say(WAN.key)), number: true, cell: (row) => money(row.part, WAN, lang()) },
          { head: say('col.year'), cell: (row) => row.year ?? UNKNOWN },
          { head: say('col.source'), cell: (row) => html`${row.source?.name ?? say('source.none')} ${Stamp(row)}` },
        ],
      })}`;
    })}
    ${product ? html`<p><a ...${link(to('gaps', {}, { selected: product.id }))}>${say('flow.candidates', product.name)} →</a></p>` : null}</section>`;
}

/** @param {Flow} flow */
const Controls = (flow) => html`<div class="controls"><div class="tabs" role="group" aria-label=${say('flow.by')}>${/** @type {const} */ (['STAGE', 'PRODUCT']).map((one) => html`<button key=${one} aria-pressed=${options().by === one} onClick=${() => { go({ selected: null }, 'replace'); set({ by: one === 'STAGE' ? '' : one }, 'replace'); }}>${say(`flow.by.${one}`)}</button>`)}</div>
  <label>${say('flow.least')} <select value=${view.value.of.min ?? ''} onChange=${(/** @type {Event} */ event) => { const min = /** @type {HTMLSelectElement} */ (event.target).value; go({ selected: null }, 'replace'); set({ min }, 'replace'); }}><option value="">${say('flow.least.default')}</option>${[...new Set([...LEASTS, ...(view.value.of.min ? [view.value.of.min] : [])])].sort((a, b) => Number(a) - Number(b)).map((one) => html`<option key=${one} value=${one} selected=${one === view.value.of.min}>${Number(one) ? yuan(Number(one)) : say('flow.least.none')}</option>`)}</select></label></div>`;

/** @param {Town} town @param {Flow} flow */
const Links = (town, flow) => { const unit = moneyUnit(flow.links.map((one) => one.value)); return h(Twin, { of: () => Table({
  rows: flow.links, key: (row) => row.key, caption: say('flow.title', town.name), picked: (row) => row.key === view.value.selected,
  columns: [
    { head: say('flow.head.from'), cell: (row) => html`<button class="plain" onClick=${() => pick(row.key)}>${nameOf(flow.nodes[row.source])}</button>` },
    { head: say('flow.head.to'), cell: (row) => nameOf(flow.nodes[row.target]) },
    { head: say('flow.value', say(unit.key)), number: true, cell: (row) => money(row.value, unit, lang()) },
    { head: say('flow.share'), number: true, cell: (row) => percent(row.value / flow.total) },
    { head: say('flow.invented'), number: true, cell: (row) => percent(row.invented / row.value) },
    { head: say('flow.supplies'), number: true, cell: (row) => row.supplies },
    { head: say('flow.unknown'), number: true, cell: (row) => row.unmeasured },
  ],
}) }); };

export const FlowView = () => OfTown(useAnswer('page/flow', { ...asked(), ...options() }), (town) => {
  const flow = town.flow, title = say('flow.title', town.name);
  if (!flow) return html`<main id="main"><h1>${title}</h1>${Empty(say('empty.data'))}</main>`;
  const nothing = flow.unknownReason ?? (flow.links.length ? null : say('flow.inside', yuan(flow.internal)));
  const [first] = flow.links;
  return html`<main id="main"><header class="head"><h1>${title} <small class="quiet">${say('flow.unit')}</small> ${Stamp(town)}</h1>
      <p class="lead">${flow.total ? say('flow.lead', flow.method.asOf, yuan(flow.bought), yuan(flow.sold)) : ''}${first ? ` ${say('flow.most', nameOf(flow.nodes[first.source]), nameOf(flow.nodes[first.target]), yuan(first.value))}` : ''}</p></header>
    ${nothing ? html`${Empty(nothing)}<p>${view.value.realOnly ? html`<button onClick=${() => go({ realOnly: false }, 'replace')}>${say('flow.drop.real')}</button>` : null}${view.value.asOf ? html`<button onClick=${() => go({ asOf: null }, 'replace')}>${say('flow.drop.year')}</button>` : null}</p>${flow.unmeasured ? html`<p class="quiet">${say('flow.unmeasured', flow.unmeasured)}</p>` : null}` : html`
      ${Controls(flow)}${Legend(flow)}
      ${h(Picture, { name: 'flow', title, method: flow.method, children: h(Bands, { flow }) })}
      <div role="status"><ul class="notes quiet">${notes(flow).map((one) => html`<li key=${one}>${one}</li>`)}</ul></div>
      ${h(Rows, { town, flow })}${Links(town, flow)}`}
    ${Foot(flow.method)}</main>`;
});
