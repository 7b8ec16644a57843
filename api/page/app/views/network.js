// @ts-check
/** Who supplies whom around this firm? Suppliers left, the firm in the centre, customers right, a column a hop. Cards are buttons; one SVG behind them draws the links. */
import { useAnswer, useAnswers } from '../ask.js';
import { CENTRE, MOST_CARDS, placed } from '../columns.js';
import { Answer, Empty, Foot, Gone, OfFirm, Table, Twin } from '../parts/frames.js';
import { moveAmongCards, useLinks } from '../parts/links.js';
import { OrganisationLink, Stamp, yuan } from '../parts/marks.js';
import { Picture } from '../parts/picture.js';
import { askedOf, go, h, html, link, say, set, to, view } from '../shared.js';
import { signal, useLayoutEffect, useRef } from '../vendor/preact.js';

/** @typedef {import('../columns.js').Card} Card */
/** @typedef {import('../columns.js').Firm} Firm */

const TOPS = ['12', '24', '50', '100', '150'];
const LISTED = 300;
const focused = signal(/** @type {string|null} */ (null));

const top = () => Number(view.value.of.top ?? TOPS[0]);
/** @returns {string[]} keys of the cards that are opened, in order */
const opened = () => (view.value.of.open ?? '').split(',').filter(Boolean);

/** @param {string} key */
function toggle(key) {
  const open = opened();
  set({ open: (open.includes(key) ? open.filter((one) => one !== key) : [...open, key]).join(',') });
}

/** @param {string|null} key */
function choose(key) {
  const before = view.value.selected;
  go({ selected: key === before ? null : key, source: null });
  if (key === null && before) document.getElementById(before)?.focus();
}

/** @param {'u'|'d'} side @param {number} hop */
const hopWords = (side, hop) => say(side === 'u' ? 'network.up' : 'network.down', hop);
/** @param {Card} card where the firm of a card stands already */
const againWords = (card) => (card.at === CENTRE ? say('network.again.centre') : say(card.kind === 'again' ? 'network.again' : card.side === 'u' ? 'network.both.d' : 'network.both.u'));
/** @param {Card} card */
const place = (card) => card.organisation?.region?.name ?? say('prox.UNKNOWN');
/** @param {Card} card */
const amount = (card) => (card.value === null ? say('network.unmeasured') : yuan(card.value));

/** What stands at the foot for both sides: that which rests on more invented rows. @param {...(import('../parts/frames.js').Method|undefined)} methods */
const mostInvented = (...methods) => methods.reduce((most, one) => ((one?.provenance?.invented ?? -1) > (most?.provenance?.invented ?? -1) ? one : most));

/** @param {Card} card @param {Firm} centre @param {string[]} open */
function CardOf(card, centre, open) {
  if (card.kind === 'rest') return html`<li key=${card.key}><button id=${card.key} class="card rest" aria-expanded=${card.key === view.value.selected} onClick=${() => choose(card.key)}><strong>${say('network.rest', card.count)}</strong></button></li>`;
  const firm = card.organisation, here = Boolean(firm?.region && centre.region && firm.region.id === centre.region.id), own = opened().includes(card.key);
  const leads = card.kind === 'again' ? () => document.getElementById(card.at)?.focus() : () => choose(card.key);
  return html`<li key=${card.key} class=${card.further || own ? 'leads-on' : ''}><button id=${card.key} class=${`card ${card.kind} ${card.side} ${here ? 'here' : 'away'}${card.synthetic ? ' hatched' : ''}`} aria-expanded=${card.kind === 'again' ? undefined : card.key === view.value.selected} onClick=${leads}>
    <strong>${card.at ? html`<abbr title=${againWords(card)}>↺ </abbr>` : null}${firm?.name}</strong><span class="amount">${amount(card)}</span>
    <span class="fact">${card.kind === 'again' ? againWords(card) : `${card.goods.slice(0, 2).join(say('comma'))}${card.goods.length > 2 ? say('network.goods', card.goods.length) : ''} · ${place(card)}`}</span>${card.synthetic ? html`<span class="sr">${say('invented')}</span>` : null}</button>
    ${card.kind === 'firm' && (card.further || own) ? html`<button class=${`badge ${card.side}`} aria-pressed=${own} aria-label=${say(own ? 'network.close' : card.side === 'u' ? 'network.open.u' : 'network.open.d', firm?.name ?? '', card.further)} onClick=${() => toggle(card.key)}>${own ? '−' : `+${card.further}`}</button>` : null}</li>`;
}

/** The links, drawn apart from the cards: to light those of one card redraws no other. @param {{links: import('../columns.js').Link[]}} props */
function Lines({ links }) {
  const centre = focused.value ?? view.value.selected;
  const any = links.some((one) => one.from === centre || one.to === centre);
  return html`<svg class="links" aria-hidden="true" preserveAspectRatio="none">${links.map((one) => html`<path key=${`${one.from} ${one.to}`} data-from=${one.from} data-to=${one.to} class=${`${one.again ? 'again ' : ''}${!any ? '' : one.from === centre || one.to === centre ? 'on' : 'dim'}`} />`)}</svg>`;
}

/** @param {{centre: Firm, columns: ReturnType<typeof placed>['columns'], links: ReturnType<typeof placed>['links']}} props */
function Net({ centre, columns, links }) {
  const root = useRef(/** @type {HTMLElement|null} */ (null)), before = useRef(/** @type {number|null} */ (null)), open = opened();
  const last = (/** @type {'u'|'d'} */ side) => Math.max(2, ...columns.filter((one) => one.side === side).map((one) => one.hop));
  const left = last('u'), right = last('d'), of = (/** @type {'u'|'d'} */ side, /** @type {number} */ hop) => columns.find((one) => one.side === side && one.hop === hop)?.cards ?? [];
  // The first columns stand about the centre; what is opened later stands from the top on, so that nothing moves.
  const first = [of('u', 1).length, of('d', 1).length], most = Math.max(1, ...first);
  const lower = (/** @type {number} */ count) => ({ '--lower': Math.min(5, Math.max(0, (most - count) / 2)) });
  useLayoutEffect(() => { // a column at the left is added outside: what stands here stays under the eye
    const box = root.current?.parentElement, column = root.current?.querySelector('section');
    if (!box || !column) return;
    const step = column.getBoundingClientRect().width + parseFloat(getComputedStyle(/** @type {HTMLElement} */ (root.current)).columnGap);
    box.scrollLeft = before.current === null ? Math.max(0, (left - 2) * step) : box.scrollLeft + (left - before.current) * step;
    before.current = left;
  }, [left]);
  useLinks(root, [links]);
  const side = (/** @type {'u'|'d'} */ one, /** @type {number} */ hop) => html`<section key=${one + hop} class=${hop > 1 && !of(one, hop).length ? 'bare' : ''} aria-label=${hopWords(one, hop)} style=${hop === 1 ? lower(of(one, 1).length) : undefined}><h2>${hopWords(one, hop)}</h2>
    ${of(one, hop).length ? html`<ul>${of(one, hop).map((card) => CardOf(card, centre, open))}</ul>` : html`<p class="quiet">${say(hop === 1 ? (one === 'u' ? 'network.nobody.u' : 'network.nobody.d') : of(one, hop - 1).some((card) => card.further) ? 'network.hint' : 'network.end')}</p>`}</section>`;
  return html`<div class="net-scroll" tabindex="0" role="group" aria-label=${say('network.title', centre.name)}><div class="net" ref=${root} onKeyDown=${moveAmongCards} onFocusIn=${(/** @type {FocusEvent} */ e) => { focused.value = /** @type {HTMLElement} */ (e.target).closest('li, section')?.querySelector('.card')?.id ?? null; }} onFocusOut=${() => { focused.value = null; }}>
    ${h(Lines, { links })}
    ${Array.from({ length: left }, (_, n) => side('u', left - n))}
    <section key=${CENTRE} class="centre" aria-label=${centre.name} style=${lower(1)}><h2>${say('network.centre')}</h2><ul><li><button id=${CENTRE} class=${`card${centre.synthetic ? ' hatched' : ''}`} onClick=${() => go(to('firm', { org: centre.id }))}><strong>${centre.name}</strong><span class="fact">${centre.region?.name ?? say('prox.UNKNOWN')}</span>${centre.synthetic ? html`<span class="sr">${say('invented')}</span>` : null}</button></li></ul></section>
    ${Array.from({ length: right }, (_, n) => side('d', n + 1))}</div></div>`;
}

/** Every partner of one card, also those that the picture leaves out. @param {{side: 'u'|'d', org: string, name: string}} props */
function Rest({ side, org, name }) {
  const { asOf, realOnly, of } = view.value, title = say(side === 'u' ? 'network.all.u' : 'network.all.d', name);
  return html`<aside class="side" aria-label=${title}><h2>${title}<button onClick=${() => choose(null)}>${say('close')}</button></h2>
    ${Answer(useAnswer('page/network', { org, up: side === 'u', down: side === 'd', most: LISTED + 1, product: of.product ?? null, asOf, realOnly }), (data) => {
    const walk = side === 'u' ? data.organisation?.upstream : data.organisation?.downstream;
    if (!walk) return Empty(say('unknown'));
    return html`<p class="quiet" role="status">${say('network.listed', walk.nodes.length - 1, walk.nodes.length - 1 + walk.cut.nodes)}</p>
      <ol class="lines">${walk.nodes.slice(1).map((one) => html`<li key=${one.organisation.id}><span>${OrganisationLink({ ...one.organisation, synthetic: one.synthetic })} <small class="quiet">${one.organisation.region?.name ?? say('prox.UNKNOWN')}</small></span><b>${one.value === null ? say('network.unmeasured') : yuan(one.value)}</b></li>`)}</ol>`;
  })}</aside>`;
}

/** @param {{card: Card, partner: string}} props */
function Chosen({ card, partner }) {
  const firm = card.organisation;
  if (!firm) return null;
  return html`<aside class="side" aria-label=${firm.name}><h2>${firm.name}<button onClick=${() => choose(null)}>${say('close')}</button></h2>
    <p>${Stamp(card)} ${card.at ? againWords(card) : ''}</p>
    <dl><dt>${hopWords(card.side, card.hop)}</dt><dd>${say(card.side === 'u' ? 'network.supplies' : 'network.buys', partner)}</dd><dt>${say('network.amount')}</dt><dd>${amount(card)}${card.year ? html` <small class="quiet">${say('yearOf', card.year)}</small>` : null}</dd>
      <dt>${say('network.goods.head')}</dt><dd>${card.goods.join(say('comma'))}</dd><dt>${say('col.place')}</dt><dd>${place(card)}</dd></dl>
    <p><a ...${link(to('firm', { org: firm.id }))}>${say('network.page')} →</a></p><p><a ...${link(to('network', { org: firm.id }))}>${say('network.recentre')} →</a></p><p><a ...${link(to('paths', { org: view.value.of.org, other: firm.id }))}>${say('network.paths')} →</a></p><p><a ...${link(to('impact', { org: firm.id }))}>${say('network.impact')} →</a></p></aside>`;
}

/** @param {Firm} centre */
function Controls(centre) {
  const goods = new Map([centre.upstream, centre.downstream].flatMap((walk) => walk?.links ?? []).map((one) => [one.product.id, one.product.name])), { product } = view.value.of;
  const change = (/** @type {'top'|'product'} */ name) => (/** @type {Event} */ event) => { const { value } = /** @type {HTMLSelectElement} */ (event.target); set({ [name]: value === TOPS[0] ? '' : value, ...(name === 'product' ? { open: '' } : {}) }, 'replace'); };
  return html`<div class="net-controls"><label>${say('network.product')} <select value=${product ?? ''} onChange=${change('product')}><option value="">${say('network.every')}</option>${[...goods].sort((a, b) => a[1].localeCompare(b[1], 'zh-CN')).map(([id, name]) => html`<option key=${id} value=${id} selected=${id === product}>${name}</option>`)}</select></label>
    <label>${say('network.top')} <select value=${String(top())} onChange=${change('top')}>${TOPS.map((one) => html`<option key=${one} value=${one} selected=${one === String(top())}>${say('network.firms', one)}</option>`)}</select></label>
    <ul class="net-keys"><li class="here">${say('network.here')}</li><li class="away">${say('network.away')}</li><li class="hatched">${say('invented')}</li><li>↺ ${say('network.again')}</li></ul></div>`;
}

/** @param {Firm} centre @param {Map<string, Card>} cards */
function Panel(centre, cards) {
  const chosen = view.value.selected ?? '', card = cards.get(chosen), nameOf = (/** @type {string} */ key) => (key === CENTRE ? centre : cards.get(key)?.organisation);
  if (card?.kind === 'firm') return h(Chosen, { card, partner: nameOf(card.from)?.name ?? '' });
  const firm = card?.kind === 'rest' ? nameOf(card.from) : null;
  return card && firm ? h(Rest, { key: card.key, side: card.side, org: firm.id, name: firm.name }) : null;
}

export function Network() {
  const asked = askedOf(), open = opened(), rest = { asOf: asked.asOf, realOnly: asked.realOnly, product: view.value.of.product ?? null, most: top() + 1 };
  const answer = useAnswers('page/network', [{ ...rest, org: asked.org, up: true, down: true }, ...open.map((key) => ({ ...rest, org: key.slice(1), up: key.startsWith('u'), down: key.startsWith('d') }))]);
  const data = answer.data && { organisation: answer.data[0]?.organisation ?? null, more: answer.data.slice(1) };
  return OfFirm({ ...answer, data }, (centre) => {
    const { columns, links, undrawn } = placed(centre, (data?.more ?? []).flatMap(({ organisation: one }) => [{ key: `u${one?.id}`, walk: one?.upstream }, { key: `d${one?.id}`, walk: one?.downstream }]).flatMap(({ key, walk }) => (walk ? [{ key, walk }] : [])));
    const cards = columns.flatMap((one) => one.cards), known = new Map(cards.map((one) => [one.key, one])), firms = cards.filter((one) => one.kind !== 'rest');
    const title = say('network.title', centre.name), method = mostInvented(centre.upstream?.method, centre.downstream?.method), asOf = method?.asOf, gone = Gone(centre, asOf);
    const count = (/** @type {'u'|'d'} */ side) => { const walk = side === 'u' ? centre.upstream : centre.downstream, shown = (walk?.nodes.length ?? 1) - 1; return [shown, shown + (walk?.cut.nodes ?? 0)]; };
    const panel = Panel(centre, known);
    return html`<main id="main" class=${panel ? 'with-panel' : ''}><div>
      <header class="head"><h1>${title} ${Stamp(centre)}</h1><p class="quiet" role="status">${say('network.shown', ...count('u'), ...count('d'), firms.length + 1)}${gone ? html` · <b class="state MISSING">${say('org.closed', centre.closedOn ?? '')}</b>` : null}</p></header>
      ${firms.length || view.value.of.product ? Controls(centre) : null}
      ${undrawn ? html`<p class="empty" role="status">${say('network.full', MOST_CARDS, undrawn)}</p>` : null}
      ${firms.length ? h(Picture, { name: 'network', title, method, children: h(Net, { key: centre.id, centre, columns, links }) })
    : html`${gone ?? Empty(say('network.none', asOf ?? ''))}<p>${view.value.of.product ? html`<button onClick=${() => set({ product: '' }, 'replace')}>${say('drop')}</button>` : html`<a ...${link(to('firm', { org: centre.id }))}>${say('network.page')} →</a>`}</p>`}
      ${firms.length ? h(Twin, { of: () => Table({
        rows: cards, key: (card) => card.key, caption: title,
        columns: [
          { head: say('col.org'), cell: (card) => (card.organisation === null ? say('network.rest', card.count) : html`${card.kind === 'again' ? '↺ ' : ''}${OrganisationLink({ ...card.organisation, synthetic: card.synthetic })}`) },
          { head: say('network.hop'), cell: (card) => hopWords(card.side, card.hop) },
          { head: say('network.of'), cell: (card) => (card.from === CENTRE ? centre.name : known.get(card.from)?.organisation?.name) },
          { head: say('network.goods.head'), cell: (card) => card.goods.join(say('comma')) },
          { head: say('network.amount'), number: true, cell: (card) => (card.kind === 'rest' ? '' : amount(card)) },
          { head: say('col.year'), cell: (card) => card.year ?? '' },
          { head: say('col.place'), cell: (card) => (card.kind === 'rest' ? '' : place(card)) },
        ],
      }) }) : null}${Foot(method)}</div>${panel}</main>`;
  });
}
