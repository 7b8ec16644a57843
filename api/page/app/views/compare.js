// @ts-check
/** Two to four towns side by side: the same lines of each, and what each pair shares and sells each other. */
import { useAnswer } from '../ask.js';
import { percent, whole } from '../figures.js';
import { Answer, Empty, Foot } from '../parts/frames.js';
import { Figure, Named, OrganisationLink, Outcome, ProductLink, Shape, TownLink } from '../parts/marks.js';
import { amount, PairGoods } from '../parts/pair.js';
import { Search } from '../parts/search.js';
import { STATES } from '../state.js';
import { asked, h, html, lang, link, say, set, to, view } from '../shared.js';

/** @typedef {NonNullable<import('../../queries').CompareQuery['compare']>} Comparison */
/** @typedef {Comparison['cards'][number]} Card */

const MOST = 4, GOODS = 8, LED = 6;

/** @returns {string[]} ids of the towns that the address names, each once */
const chosen = () => [...new Set((view.value.of.towns ?? '').split(',').filter(Boolean))];
/** @param {string[]} ids */
const choose = (ids) => set({ towns: ids.join(',') });

function listAddress() {
  const p = new URLSearchParams({ towns: chosen().join(',') });
  if (view.value.asOf) p.set('asOf', String(view.value.asOf));
  if (view.value.realOnly) p.set('realOnly', 'true');
  return `lists/compare?${p}`.replace(/%3A/g, ':').replace(/%2C/g, ',');
}

/** @param {Card} card @param {Card['figures'][number]} told */
const Told = (card, told) => html`${Figure(told.value === null || told.unit === null ? null : { ...told, value: told.value, unit: told.unit, bound: told.claim?.bound ?? 'EXACT', stale: (told.age ?? 0) > 5, source: { synthetic: told.synthetic }, conflicts: Array(told.rivals).fill({}) }, card.town.id, told.metric)}${told.reach && told.reach !== 'SAME' ? html` <small class="quiet">${say(`reach.${told.reach}`)}</small>` : null}`;

/** @param {Card} card */
function States(card) {
  if (card.gaps.unknownReason) return html`<span class="quiet">${card.gaps.unknownReason}</span>`;
  const counts = new Map(card.gaps.states.map((one) => [one.state, one.count]));
  return html`<ul class="keys">${STATES.map((state) => html`<li key=${state} class=${`state ${state}`}>${Shape(state)} ${say(state)} ${counts.get(state) ?? 0}</li>`)}</ul><a ...${link(to('gaps', {}, { town: card.town.id }))}>${say('compare.places')} →</a>`;
}

/** @param {Card} card */
const Local = (card) => { const found = card.localSourcing.whole; return !found || found.rate === null ? html`<span class="unknown">${say('unknown')}</span>` : found.rateAtMost !== null && percent(found.rateAtMost) !== percent(found.rate) ? say('compare.range', percent(found.rate), percent(found.rateAtMost)) : percent(found.rate); };

/** @param {Card[]} cards @returns {{id: string, head: string, cell: (card: Card) => unknown}[]} */
function linesOf(cards) {
  const known = cards[0].figures.flatMap((figure, n) => (cards.some((card) => card.figures[n].value !== null) ? [{ metric: figure.metric, n }] : []));
  return [
    { id: 'region', head: say('compare.region'), cell: (card) => card.town.regions.map((one) => one.name).join(say('comma')) || say('unknown') },
    { id: 'level', head: say('compare.level'), cell: (card) => [say(`level.${card.level}`), say(`status.${card.status ?? 'UNKNOWN'}`), card.batch && card.status !== 'CANDIDATE' && say('batch', card.batch)].filter(Boolean).join(' · ') },
    ...(cards.some((card) => card.note) ? [{ id: 'note', head: say('compare.note'), cell: (/** @type {Card} */ card) => card.note ?? '' }] : []),
    { id: 'tier', head: say('compare.tier'), cell: (card) => (card.town.tier ? [card.town.tier.inWords, card.town.tier.note].filter(Boolean).join(say('semicolon')) : html`<span class="unknown">${say('unknown')}</span>`) },
    ...known.map(({ metric, n }) => ({ id: metric, head: say(`metric.${metric}`), cell: (/** @type {Card} */ card) => Told(card, card.figures[n]) })),
    { id: 'own', head: say('compare.own'), cell: (card) => whole(card.own.count, lang()) },
    { id: 'leaders', head: say('compare.leaders'), cell: (card) => (card.leaders.length ? html`<ul class="stack">${card.leaders.slice(0, LED).map((one) => html`<li key=${one.id}>${OrganisationLink(one)}</li>`)}${card.leaders.length > LED ? html`<li class="quiet">${say('more', card.leaders.length - LED)}</li>` : null}</ul>` : html`<span class="quiet">${say('compare.none')}</span>`) },
    { id: 'makes', head: say('compare.makes'), cell: (card) => (card.makes.length ? html`<ul class="stack">${card.makes.slice(0, GOODS).map((one) => html`<li key=${one.product.id}>${ProductLink(one.product)} <small class="quiet">${amount(one.sold)} · ${say('compare.makers', one.makers)}</small></li>`)}${card.makes.length > GOODS ? html`<li class="quiet">${say('more', card.makes.length - GOODS)}</li>` : null}</ul>` : html`<span class="unknown">${say('unknown')}</span>`) },
    { id: 'local', head: say('compare.local'), cell: Local },
    { id: 'states', head: say('compare.states'), cell: States },
    { id: 'checkup', head: say('compare.checkup'), cell: (card) => (card.checkup ? html`${Outcome(card.checkup.outcome, card.checkup.byInvented)}<br /><small>${card.checkup.inWords}</small>` : html`<span class="quiet">${card.checkupUnknownReason}</span>`) },
    { id: 'rests', head: say('compare.rests'), cell: (card) => { const told = card.method.provenance; return told?.invented ? html`<span class="stamp">${say('invented')}</span> <small>${told.inWords}</small>` : html`<small>${say('compare.real')}</small>`; } },
  ];
}

/** @param {Comparison} found */
function Side(found) {
  const { cards, pairs } = found, hidden = cards[0].figures.filter((_, n) => cards.every((card) => card.figures[n].value === null));
  return html`<p class="quiet">${say('compare.caution')}</p>
    <div class="scroll compared" tabindex="0" role="group" aria-label=${say('compare.table')}><table style=${{ minWidth: `${104 + 130 * cards.length}px` }}><caption>${say('compare.table')}</caption>
      <thead><tr><th scope="col">${say('compare.item')}</th>${cards.map((card) => html`<th key=${card.town.id} scope="col">${TownLink(card.town)}</th>`)}</tr></thead>
      <tbody>${linesOf(cards).map((line) => html`<tr key=${line.id}><th scope="row">${line.head}</th>${cards.map((card) => html`<td key=${card.town.id}>${line.cell(card)}</td>`)}</tr>`)}</tbody></table></div>
    ${hidden.length ? html`<p class="quiet">${say('compare.hidden', hidden.length, hidden.map((one) => say(`metric.${one.metric}`)).join(say('comma')))}</p>` : null}
    <h2 class="between">${say('compare.pairs')}</h2>
    <div class="panels">${pairs.map((pair) => html`<section key=${pair.start.id + pair.end.id} class="panel"><h2>${pair.start.name} · ${pair.end.name}</h2>
      ${pair.cosine === null || pair.krugman === null ? null : html`<p>${say('compare.cosine', pair.cosine.toFixed(2), pair.krugman.toFixed(2))}</p>`}${PairGoods(pair)}</section>`)}</div>
    ${Foot(found.method)}`;
}

export function Compare() {
  const ids = chosen(), towns = useAnswer('page/towns', {}), enough = ids.length > 1;
  const answer = useAnswer('page/compare', enough ? { towns: ids, asOf: asked().asOf, realOnly: asked().realOnly } : null);
  const known = towns.data?.towns?.nodes ?? [], byId = new Map(known.map((town) => [town.id, town]));
  const nameOf = (/** @type {string} */ id) => byId.get(id)?.name ?? id;
  const lost = answer.failure?.code === 'NOT_FOUND' && !answer.stale ? ids.find((id) => answer.failure?.message.includes(id)) : undefined;
  const add = (/** @type {string} */ id) => { if (!ids.includes(id) && ids.length < MOST) choose([...ids, id]); };
  return html`<main id="main"><header class="head row"><div><h1>${ids.length ? say('compare.of', ids.map(nameOf).join(say('comma'))) : say('compare.title')}</h1></div>
      <p class="exports">${enough ? html`<a class="button" href=${listAddress()} download>${say('compare.export')}</a>` : null}<a class="button" ...${link(to('similar', {}, { town: '' }))}>${say('compare.similar')}</a></p></header>
    <div class="choosing">${ids.length ? html`<ul class="chosen" aria-label=${say('compare.chosen')}>${ids.map((id) => html`<li key=${id} class="chip">${nameOf(id)} <button aria-label=${say('compare.drop', nameOf(id))} onClick=${() => choose(ids.filter((one) => one !== id))}>×</button></li>`)}</ul>` : null}
      ${ids.length < MOST ? h(Search, { id: 'add-town', label: say('compare.add'), kinds: ['TOWN'], pick: (/** @type {{id: string}} */ hit) => add(hit.id) }) : html`<p class="quiet">${say('compare.most')}</p>`}</div>
    ${lost ? html`${Empty(say('town.missing', lost))}<p><button onClick=${() => choose(ids.filter((one) => one !== lost))}>${say('compare.drop', lost)}</button></p>`
    : enough ? Answer(answer, (data) => (data.compare ? Side(data.compare) : Empty(say('compare.bad')))) : html`${Empty(say(ids.length ? 'compare.need.one' : 'compare.need'))}
      <ul class="choices" aria-label=${say('compare.choices')}>${known.filter((town) => !ids.includes(town.id)).map((town) => html`<li key=${town.id}><button onClick=${() => add(town.id)}>${Named(town)}</button></li>`)}</ul>${(towns.data?.towns?.totalCount ?? 0) > known.length ? html`<p class="quiet">${say('more', (towns.data?.towns?.totalCount ?? 0) - known.length)}</p>` : null}`}</main>`;
}
