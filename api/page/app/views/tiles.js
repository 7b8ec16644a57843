// @ts-check
/** Where are the towns, and how do they stand in one measure? Tiles by city, the same as a ranking, and what the towns sell each other. */
import { useAnswer } from '../ask.js';
import { CELLS, PROVINCE } from '../cities.js';
import { money, moneyUnit, percent, UNKNOWN, whole } from '../figures.js';
import { Answer, Empty, Foot, Table } from '../parts/frames.js';
import { Figure, figureText, Outcome, outcomeState, Shape, Stamp, TownLink, yuan } from '../parts/marks.js';
import { OwnMap, stampsOf, useMapFacts } from '../parts/own-map.js';
import { Picture } from '../parts/picture.js';
import { nextSort, readSort } from '../sorting.js';
import { breaksOf, citiesOf, cityOf, legendOf, ranksOf, STEPS, stepOf } from '../steps.js';
import { asked, h, html, lang, link, say, set, to, view } from '../shared.js';

/** @typedef {import('../../queries').TilesQuery} Data */
/** @typedef {NonNullable<Data['townMeasures']>['rows'][number]} Row */
/** @typedef {NonNullable<import('../../queries').TilesCheckupsQuery['checkups']>['rows'][number]} Checkup */
/**
 * @typedef {object} Mark a town as it is shown
 * @property {Row} row
 * @property {Row['town']} town
 * @property {Checkup|null} checkup only where the measure is the check-up
 * @property {number|null} rank
 * @property {number|null} step
 * @property {string} words the value
 * @property {boolean} synthetic whether the value rests on something invented
 */

/** What may be shown, and how: by a figure that a source gives, or by what is computed of a town. */
const MEASURES = /** @type {const} */ (['OUTPUT_VALUE', 'CHECKUP', 'EMPLOYEES', 'MARKET_ENTITIES', 'LOCAL_SOURCING', 'UNCLAIMED_BENEFITS']);
/** @typedef {typeof MEASURES[number]} Measure */
const FIGURES = /** @type {const} */ (['OUTPUT_VALUE', 'EMPLOYEES', 'MARKET_ENTITIES']);
const ORDERS = /** @type {const} */ (['rank', 'town', 'place']);
const MOST_PAIRS = 500;
const OUTCOMES = ['PASS', 'UNKNOWN', 'FAIL'];

/** @param {number} value @param {Measure} measure */
const number = (value, measure) => {
  if (measure === 'OUTPUT_VALUE') return yuan(value);
  return measure === 'LOCAL_SOURCING' ? percent(value) : say(`tiles.unit.${measure}`, whole(value, lang()));
};

/** @param {Row} row @param {Measure} measure @param {Checkup|null} checkup */
function wordsOf(row, measure, checkup) {
  if (measure === 'CHECKUP') return say(`outcome.${checkup?.outcome ?? 'UNKNOWN'}`);
  const { figure } = row.town;
  if (figure && row.value !== null) return row.atMost === null ? say('tiles.atLeast', number(row.value, measure)) : figureText(figure);
  if (row.value === null) return row.atMost === null ? say('unknown') : say('tiles.atMost', number(row.atMost, measure));
  return row.atMost === null || row.atMost === row.value ? number(row.value, measure) : say('tiles.between', number(row.value, measure), number(row.atMost, measure));
}

/** @param {readonly Row[]} rows @param {Measure} measure @param {Map<string, Checkup>} checkups @returns {{marks: Mark[], breaks: number[]}} */
function marked(rows, measure, checkups) {
  const values = rows.map((row) => row.value), breaks = breaksOf(values), ranks = ranksOf(values);
  return {
    breaks,
    marks: rows.map((row, n) => {
      const checkup = checkups.get(row.town.id) ?? null, words = wordsOf(row, measure, checkup);
      return measure === 'CHECKUP'
        ? { row, town: row.town, checkup, rank: null, step: null, words, synthetic: Boolean(checkup?.byInvented) }
        : { row, town: row.town, checkup: null, rank: ranks[n], step: stepOf(row.value, breaks), words, synthetic: row.synthetic };
    }),
  };
}

/** How a tile, an area and a key look: a step, a state of the check-up, or unknown. @param {Mark} mark */
const kindOf = (mark) => (mark.checkup ? `outcome ${outcomeState(mark.checkup.outcome)}` : mark.step === null ? 'UNKNOWN' : `step-${mark.step}`);

/** The step once more as a shape: so many bars of five. @param {number} step */
const Bars = (step) => html`<svg class="bars" viewBox="0 0 29 10" aria-hidden="true">${Array.from({ length: STEPS }, (_, n) => html`<rect key=${n} x=${n * 6 + 0.5} y="0.5" width="4" height="9" fill=${n < step ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="0.8" />`)}</svg>`;

/** @param {Mark} mark */
const Sign = (mark) => (mark.checkup ? Outcome(mark.checkup.outcome, mark.checkup.byInvented) : html`<span class="value">${mark.step === null ? html`${Shape('UNKNOWN')} ` : null}${mark.words}</span>${mark.step === null ? null : Bars(mark.step)}${mark.synthetic && !mark.town.synthetic ? Stamp({ synthetic: true }) : null}`);

/** @param {Mark} mark @param {string} city in whose cell it stands */
const Tile = (mark, city) => html`<li key=${mark.town.id}><a class=${`tile ${kindOf(mark)}${mark.synthetic ? ' invented' : ''}`} title=${mark.checkup?.inWords ?? mark.row.unknownReason ?? undefined} ...${link(to('town', {}, { town: mark.town.id }))}>
  <b>${mark.town.name}</b> ${mark.town.synthetic ? Stamp(mark.town) : null}<span class="sign">${Sign(mark)}</span>
  <small>${mark.town.regions.filter((region) => !city || cityOf(region)?.id === city).map((region) => region.name).join(say('and'))}${mark.town.figure?.year ? ` · ${mark.town.figure.year}` : ''}</small></a></li>`;

/** @param {{marks: Mark[], cities: {id: string, name: string}[]}} props */
function Grid({ marks, cities }) {
  const held = new Map(cities.map((city) => [city.id, marks.filter((mark) => citiesOf(mark.town).some((one) => one.id === city.id))]));
  const elsewhere = marks.filter((mark) => !citiesOf(mark.town).some((one) => held.has(one.id)));
  const placed = cities.filter((city) => CELLS[city.id]), others = cities.filter((city) => !CELLS[city.id] && held.get(city.id)?.length);
  /** @param {{id: string, name: string}} city @param {Mark[]} within */
  const Cell = (city, within) => {
    const cell = CELLS[city.id];
    return html`<section key=${city.id} class="cell" aria-label=${city.name} style=${cell ? { gridColumn: `${cell.column} / span ${cell.across ?? 1}`, gridRow: `${cell.row} / span ${cell.down ?? 1}` } : {}}><p><b>${city.name}</b> <small>${within.length ? say('tiles.towns', within.length) : say('tiles.noTown')}</small></p><ul>${within.map((mark) => Tile(mark, city.id))}</ul></section>`;
  };
  return html`<div class="tile-grid">${placed.map((city) => Cell(city, held.get(city.id) ?? []))}</div>
    ${others.length || elsewhere.length ? html`<div class="tile-rest">${others.map((city) => Cell(city, held.get(city.id) ?? []))}${elsewhere.length ? Cell({ id: '', name: say('tiles.elsewhere') }, elsewhere) : null}</div>` : null}`;
}

/** What the colours say. @param {Measure} measure @param {Mark[]} marks @param {number[]} breaks */
function Legend(measure, marks, breaks) {
  const unknown = marks.filter((mark) => mark.row.value === null).length;
  const keys = measure === 'CHECKUP'
    ? OUTCOMES.map((outcome) => html`<li key=${outcome}>${Outcome(outcome)} <b>${marks.filter((mark) => (mark.checkup?.outcome ?? 'UNKNOWN') === outcome).length}</b></li>`)
    : [...legendOf(marks.map((mark) => mark.row.value), breaks).reverse().map((one) => html`<li key=${one.step}><span class=${`key step-${one.step}`}>${Bars(one.step)}</span> ${one.least === one.most ? number(one.most, measure) : say('tiles.range', number(one.least, measure), number(one.most, measure))} <b>${one.count}</b></li>`),
      unknown ? html`<li key="unknown"><span class="key UNKNOWN">${Shape('UNKNOWN')}</span> ${say('unknown')} <b>${unknown}</b></li>` : null];
  return html`<ul class="tile-keys" aria-label=${say('tiles.legend')}>${keys}</ul>`;
}

/** @param {{marks: Mark[], measure: Measure}} props the same as the tiles, in an order */
function Ranking({ marks, measure }) {
  const wanted = view.value.of.sort ?? (measure === 'CHECKUP' ? '-rank' : 'rank'), { by: column, down: back } = readSort(wanted), by = ORDERS.find((one) => one === column) ?? 'rank';
  const collator = new Intl.Collator(lang() === 'en' ? 'en' : 'zh-CN');
  const place = (/** @type {Mark} */ mark) => mark.town.regions.map((region) => [cityOf(region)?.name, region.name].filter(Boolean).join(' ')).join(say('and'));
  const outcome = (/** @type {Mark} */ mark) => ['FAIL', 'UNKNOWN', 'PASS'].indexOf(mark.checkup?.outcome ?? 'UNKNOWN');
  const unknown = (/** @type {Mark} */ mark) => Number(measure !== 'CHECKUP' && mark.row.value === null);
  const compare = { rank: (/** @type {Mark} */ a, /** @type {Mark} */ b) => (measure === 'CHECKUP' ? outcome(a) - outcome(b) : (a.rank ?? 0) - (b.rank ?? 0)), town: (/** @type {Mark} */ a, /** @type {Mark} */ b) => collator.compare(a.town.name, b.town.name), place: (/** @type {Mark} */ a, /** @type {Mark} */ b) => collator.compare(place(a), place(b)) }[by];
  const sorted = [...marks].sort((a, b) => (by === 'rank' ? unknown(a) - unknown(b) : 0) || (back ? -1 : 1) * compare(a, b) || (a.town.id < b.town.id ? -1 : 1));
  const title = say('tiles.ranking', say(`tiles.${measure}`));
  /** @param {typeof ORDERS[number]} name @param {string} head */
  const Head = (name, head) => html`<th key=${name} scope="col" aria-sort=${by === name ? (back ? 'descending' : 'ascending') : 'none'}><button class="plain" onClick=${() => set({ sort: nextSort(back ? `-${by}` : by, name) }, 'replace')}>${head}<span aria-hidden="true"> ${by === name ? (back ? '↓' : '↑') : '↕'}</span></button></th>`;
  return html`<section class="tile-ranking"><h2>${title}</h2><div class="scroll" tabindex="0" role="group" aria-label=${title}><table><caption>${title}</caption>
    <thead><tr>${measure === 'CHECKUP' ? null : Head('rank', say('tiles.rank'))}${Head('town', say('col.town'))}${measure === 'CHECKUP' ? Head('rank', say('tiles.CHECKUP')) : html`<th scope="col">${say(`tiles.${measure}`)}</th>`}${Head('place', say('col.region'))}</tr></thead>
    <tbody>${sorted.map((mark) => html`<tr key=${mark.town.id}>${measure === 'CHECKUP' ? null : html`<td class="rank">${mark.rank ?? UNKNOWN}</td>`}<th scope="row">${TownLink(mark.town)}</th>
      <td>${mark.checkup ? html`${Sign(mark)} <details><summary>${say('tiles.why')}</summary><p class="quiet">${mark.checkup.inWords}</p></details>` : mark.town.figure ? html`${Figure(mark.town.figure, mark.town.id, measure)}${mark.row.unknownReason ? html`<small>${mark.row.unknownReason}</small>` : null}` : html`<span class=${mark.row.value === null ? 'unknown' : 'number'}>${mark.words}</span> ${mark.row.value !== null && mark.synthetic ? Stamp({ synthetic: true }) : null}${mark.row.unknownReason ? html`<small>${mark.row.unknownReason}</small>` : null}`}</td>
      <td>${place(mark)}</td></tr>`)}</tbody></table></div></section>`;
}

function Trade() {
  const answer = useAnswer('page/town-trade', { first: view.value.of.alltrade ? MOST_PAIRS : 10, asOf: asked().asOf, realOnly: asked().realOnly });
  return html`<section class="tile-trade"><h2>${say('tiles.trade')}</h2>${Answer(answer, (data) => {
    const trade = data.tradeBetweenTowns;
    if (!trade?.rows.length) return Empty(trade?.unknownReason ?? say('unknown'));
    const unit = moneyUnit(trade.rows.map((row) => row.value));
    return html`<p class="quiet" role="status">${say('tiles.trade.shown', trade.rows.length, trade.count)}${trade.rows.length < trade.count && trade.rows.length < MOST_PAIRS ? html` <button class="plain" onClick=${() => set({ alltrade: '1' }, 'replace')}>${say('tiles.trade.all')}</button>` : null} · ${say('tiles.trade.total', yuan(trade.total))}</p>
      ${Table({
        rows: trade.rows, key: (row) => row.start.id + row.end.id, caption: say('tiles.trade'),
        columns: [
          { head: say('tiles.trade.from'), cell: (row) => TownLink(row.start) }, { head: say('tiles.trade.to'), cell: (row) => TownLink(row.end) },
          { head: say('tiles.trade.value', say(unit.key)), number: true, cell: (row) => html`${Stamp(row)} ${money(row.value, unit, lang())}` },
          { head: say('tiles.trade.unmeasured'), number: true, cell: (row) => row.unmeasured || '' },
        ],
      })}${Foot(trade.method)}`;
  })}</section>`;
}

/** Regions that hold a town, each with its towns: what a feature of the office's map may be. @param {Mark[]} marks */
function areasOf(marks) {
  /** @type {Map<string, import('../parts/own-map.js').Area>} */
  const areas = new Map();
  for (const mark of marks) for (const { id, name } of mark.town.regions) {
    const area = areas.get(id) ?? { id, name, marks: [] };
    const label = mark.checkup ? mark.words : mark.rank === null ? say('unknown') : `${mark.rank}${mark.synthetic ? '*' : ''}`;
    area.marks.push({ town: mark.town, label, words: mark.synthetic ? `${mark.words} ${say('invented')}` : mark.words, kind: kindOf(mark) });
    areas.set(id, area);
  }
  return [...areas.values()];
}

export function Tiles() {
  const wanted = MEASURES.find((one) => one === view.value.of.measure) ?? 'OUTPUT_VALUE', checked = wanted === 'CHECKUP';
  const base = wanted === 'CHECKUP' ? 'OUTPUT_VALUE' : wanted, metric = FIGURES.find((one) => one === wanted);
  const { asOf, realOnly } = asked(), facts = useMapFacts(), onMap = view.value.of.onmap === '1' && facts !== null;
  const answer = useAnswer('page/tiles', { measure: base, metric: metric ?? 'OUTPUT_VALUE', figure: metric !== undefined, province: PROVINCE, asOf, realOnly });
  const outcomes = useAnswer('page/tiles-checkups', checked ? { asOf, realOnly } : null);
  const title = say('tiles.title', say(`tiles.${wanted}`));
  /** @param {Data} data */
  const Drawn = (data) => {
    const found = data.townMeasures;
    if (!found?.rows.length) return html`${Empty(say('empty.data'))}<p>${say('empty.data.how')}</p>`;
    const method = checked ? outcomes.data?.checkups?.method : found.method;
    const { marks, breaks } = marked(found.rows, wanted, new Map((outcomes.data?.checkups?.rows ?? []).map((row) => [row.town.id, row])));
    const inGraph = (data.region?.children.nodes ?? []).filter((one) => one.level === 'CITY');
    const cities = [...new Map([...inGraph, ...marks.flatMap((mark) => citiesOf(mark.town))].map((city) => [city.id, city])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const unknown = checked ? marks.filter((mark) => (mark.checkup?.outcome ?? 'UNKNOWN') === 'UNKNOWN').length : marks.filter((mark) => mark.row.value === null).length;
    const map = onMap ? facts.map : null;
    return html`<p class="quiet" role="status">${say('tiles.shown', marks.length, found.count)}${unknown ? ` · ${say(checked ? 'tiles.open' : 'tiles.unknown', unknown)}` : ''}</p>
      <div class="tile-panes"><div>
        ${facts?.map || facts?.refused ? html`<div class="tabs" role="group" aria-label=${say('tiles.as')}><button aria-pressed=${!onMap} onClick=${() => set({ onmap: '' }, 'replace')}>${say('tiles.asTiles')}</button><button aria-pressed=${onMap} onClick=${() => set({ onmap: '1' }, 'replace')}>${say('tiles.map')}</button></div>` : null}
        ${onMap && facts.refused ? html`<p class="failure" role="alert">${say('tiles.map.refused', facts.refused)}</p>` : null}
        ${h(Picture, { name: 'tiles', title, method, stamps: map ? stampsOf(map) : [], children: html`${Legend(wanted, marks, breaks)}${map ? h(OwnMap, { facts: map, areas: areasOf(marks) }) : html`${h(Grid, { marks, cities })}<p class="quiet">${say('tiles.caption')}</p>`}` })}</div>
        <div>${h(Ranking, { marks, measure: wanted })}<p class="exports">${checked ? null : html`<a class="button" href=${`lists/measures?${new URLSearchParams({ measure: wanted, ...(asOf === null ? {} : { asOf: String(asOf) }), ...(realOnly ? { realOnly: 'true' } : {}) })}`}>${say('tiles.export')}</a>`}</p></div></div>
      ${Foot(method)}`;
  };
  return html`<main id="main" class="tiles"><header class="head"><h1>${title}</h1></header>
    <div class="tabs" role="group" aria-label=${say('tiles.measure')}>${MEASURES.map((one) => html`<button key=${one} aria-pressed=${one === wanted} onClick=${() => set({ measure: one === 'OUTPUT_VALUE' ? '' : one, sort: '' })}>${say(`tiles.${one}`)}</button>`)}</div>
    ${Answer(answer.stale && answer.data?.townMeasures?.measure !== base ? { ...answer, data: null } : checked && !outcomes.data ? { ...outcomes, data: null } : answer, Drawn)}
    ${h(Trade, {})}</main>`;
}
