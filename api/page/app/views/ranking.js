// @ts-check
/** Who is where, and why? Towns by an official set of indicators, or by weights that are tried; what each indicator gave, which ranks are open, what moved them. */
import { useAnswer } from '../ask.js';
import { nearly, points, short, signed } from '../figures.js';
import { Answer, Empty, Foot, Table } from '../parts/frames.js';
import { Named, Stamp, TownLink } from '../parts/marks.js';
import { Picture } from '../parts/picture.js';
import { go, h, html, lang, link, say, set, to, view } from '../shared.js';
import { readIndicatorWeights, reweighed, writeIndicatorWeights } from '../weights.js';
import { Card } from './ranking/card.js';
import { Proposals } from './ranking/proposals.js';
import { Radar } from './ranking/radar.js';

/** @typedef {import('../../queries').RankingPartsFragment} Ranked */
/** @typedef {Ranked['rows'][number]} Row */
/** @typedef {import('../../queries').RankingQueryVariables} Asked what rankings, cards and proposals are asked with */

const MOST_BESIDE = 4;
const asked = () => ({ level: /** @type {import('../../queries').TownLevel|null} */ (view.value.of.townLevel ?? null), asOf: view.value.asOf, realOnly: view.value.realOnly });

/** @param {'ranking'|'proposals'} list @param {string} standard @param {'xlsx'|'csv'} format */
function listed(list, standard, format = 'xlsx') {
  const { asOf, realOnly, of } = view.value, p = new URLSearchParams({ standard });
  if (of.townLevel) p.set('level', of.townLevel);
  if (list === 'ranking' && of.weights) p.set('weights', of.weights);
  if (list === 'proposals' && of.few) { p.set('last', of.few); p.set('praise', of.few); }
  if (asOf) p.set('asOf', String(asOf));
  if (realOnly) p.set('realOnly', 'true');
  if (format === 'csv') p.set('format', 'csv');
  return `lists/${list}?${p}`;
}

export function Ranking() {
  const answer = useAnswer('page/evaluations', { realOnly: view.value.realOnly });
  return Answer(answer, (data) => {
    const sets = [...(data.standards?.nodes ?? [])].sort((a, b) => String(b.validFrom).localeCompare(String(a.validFrom)));
    const wanted = view.value.of.standard, standard = wanted ? sets.find((one) => one.id === wanted) : sets[0];
    if (!standard) return html`<main id="main"><h1>${say('ranking.title')}</h1>${Empty(wanted ? say('ranking.nosuch', wanted) : say(view.value.realOnly ? 'ranking.nosets.real' : 'ranking.nosets'))}</main>`;
    return h(Board, { standard, sets });
  });
}

/** @param {{standard: {id: string, name: string, synthetic: boolean}, sets: {id: string, name: string}[]}} props */
function Board({ standard, sets }) {
  const proposals = view.value.of.tab === 'proposals', weights = readIndicatorWeights(view.value.of.weights);
  const variables = { standard: standard.id, ...asked() };
  const official = useAnswer('page/ranking', weights || proposals ? null : variables), trial = useAnswer('page/trial-ranking', weights && !proposals ? { ...variables, weights } : null);
  return html`<main id="main" class="ranking"><header class="head row"><div><h1>${say('ranking.title')}</h1>
      <p class="quiet">${sets.length > 1 ? html`<label>${say('ranking.set')} <select value=${standard.id} onChange=${(/** @type {Event} */ event) => set({ standard: /** @type {HTMLSelectElement} */ (event.target).value, weights: '' }, 'replace')}>${sets.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === standard.id}>${one.name}</option>`)}</select></label>` : html`${say('ranking.set')}${say('colon')}${standard.name}`} ${Stamp(standard)}</p></div>
      <p class="exports"><a class="button" href=${listed(proposals ? 'proposals' : 'ranking', standard.id)} download>${say(proposals ? 'ranking.export.proposals' : 'ranking.export')}</a><a class="button" href=${listed(proposals ? 'proposals' : 'ranking', standard.id, 'csv')} download>CSV</a></p></header>
    <div class="tabs"><div role="tablist">${['', 'proposals'].map((tab) => html`<button key=${tab} role="tab" id=${`tab-${tab || 'ranks'}`} aria-selected=${proposals === (tab === 'proposals')} aria-controls="ranking-panel" onClick=${() => { go({ selected: null }, 'replace'); set({ tab }); }}>${say(tab ? 'ranking.proposals' : 'ranking.ranks')}</button>`)}</div>
      <label class="level">${say('col.level')} <select value=${view.value.of.townLevel ?? ''} onChange=${(/** @type {Event} */ event) => set({ townLevel: /** @type {HTMLSelectElement} */ (event.target).value }, 'replace')}><option value="">${say('ranking.levels')}</option>${['PROVINCIAL', 'CITY', 'COUNTY'].map((one) => html`<option key=${one} value=${one} selected=${one === view.value.of.townLevel}>${say(`level.${one}`)}</option>`)}</select></label></div>
    <div id="ranking-panel" role="tabpanel" aria-labelledby=${`tab-${proposals ? 'proposals' : 'ranks'}`}>${proposals ? h(Proposals, { variables, tried: weights !== null })
      : Answer(weights ? trial : official, (data) => (data.ranking ? Ranks(data.ranking, variables) : Empty(say('unknown'))))}</div></main>`;
}

/** @param {Ranked} ranking @param {Asked} variables */
function Ranks(ranking, variables) {
  const chosen = ranking.rows.find((row) => row.town.id === view.value.selected);
  return html`${ranking.trial ? Banner(ranking) : null}
    ${[ranking.unknownReason, ranking.note].filter(Boolean).map((one) => html`<p key=${one} class=${one === ranking.unknownReason ? 'empty' : 'quiet'}>${one}</p>`)}
    ${Weights(ranking)}
    <p class="quiet" role="status">${[say('ranking.count', ranking.count), ranking.rows.length < ranking.count + ranking.unrankedCount && say('ranking.shown', ranking.rows.length, ranking.count + ranking.unrankedCount), ranking.unrankedCount && say('ranking.unranked', ranking.unrankedCount), ranking.rows.some((row) => row.indicators.some((one) => one.state === 'PARTLY')) && say('ranking.partly')].filter(Boolean).join(say('semicolon'))}</p>
    ${ranking.rows.length ? Towns(ranking) : null}
    ${chosen ? h(Card, { key: chosen.town.id, row: chosen, ranking, variables }) : null}
    ${Beside(ranking)}${Others(ranking)}${Foot(ranking.method)}`;
}

/** Weights that are only tried: said above, on paper, and in the list. @param {Ranked} ranking */
const Banner = (ranking) => html`<p class="banner" role="status"><b class="stamp">${say('ranking.custom')}</b> ${ranking.indicators.map((one) => `${one.words} ${Math.round(one.weight * 1000) / 10}%`).join(say('comma'))} <button onClick=${() => set({ weights: '' }, 'replace')}>${say('ranking.reset')}</button></p>`;

/** @param {Ranked} ranking */
function Weights(ranking) {
  const now = readIndicatorWeights(view.value.of.weights), of = new Map((now ?? []).map((one) => [one.indicator, one.weight]));
  const all = ranking.indicators.map((one) => ({ indicator: one.indicator, weight: of.get(one.indicator) ?? Math.round(one.weight * 1000) / 10 }));
  const change = (/** @type {string} */ indicator, /** @type {HTMLInputElement} */ input) => {
    const weight = Number(input.value), next = input.value !== '' && weight >= 0 && weight <= 100 ? reweighed(all, indicator, Math.round(weight * 10) / 10) : null;
    input.setCustomValidity(next ? '' : say('ranking.weights.bad'));
    if (next) set({ weights: writeIndicatorWeights(next) }, 'replace'); else input.reportValidity();
  };
  return html`<details class="weighing" open=${now !== null}><summary>${say('ranking.weights')}</summary>
    <fieldset class="weights"><legend>${say('ranking.weights.how')}</legend>${ranking.indicators.map((one, n) => html`<label key=${one.indicator}>${one.words}<input type="number" min="0" max="100" step="1" value=${all[n]?.weight} onChange=${(/** @type {Event} */ event) => change(one.indicator, /** @type {HTMLInputElement} */ (event.target))} />%</label>`)}</fieldset>
    <ul class="rules">${ranking.inWords.split('；').map((one) => html`<li key=${one}>${one}</li>`)}</ul></details>`;
}

/** @param {Ranked} ranking */
function Towns(ranking) {
  const ties = new Map(), beside = (view.value.of.beside ?? '').split(',').filter(Boolean);
  for (const row of ranking.rows) if (row.rank !== null) ties.set(row.rank, (ties.get(row.rank) ?? 0) + 1);
  const pick = (/** @type {Row} */ row) => go({ selected: row.town.id === view.value.selected ? null : row.town.id });
  const side = (/** @type {string} */ id) => set({ beside: (beside.includes(id) ? beside.filter((one) => one !== id) : [...beside, id]).join(',') }, 'replace');
  const score = (/** @type {Row} */ row, /** @type {string} */ id) => row.indicators.find((one) => one.indicator === id);
  return Table({
    rows: ranking.rows, key: (row) => row.town.id, caption: say('ranking.title'), pick, picked: (row) => row.town.id === view.value.selected,
    sort: { now: view.value.of.sort ?? 'rank', choose: (sort) => set({ sort: sort === 'rank' ? '' : sort }, 'replace') },
    columns: [
      { id: 'rank', value: (row) => row.rank, head: say('ranking.rank'), number: true, cell: (row) => (row.rank === null ? '—' : html`<b>${row.rank}</b>${ties.get(row.rank) > 1 ? html`<small>${say('ranking.tie')}</small>` : null}${row.referenceRank !== null ? html`<small>${say('ranking.reference', row.referenceRank)}</small>` : null}`) },
      { id: 'town', value: (row) => row.town.name, head: say('col.town'), cell: (row) => html`<button class="plain" id=${row.town.id} aria-expanded=${row.town.id === view.value.selected} onClick=${() => pick(row)}>${Named(row.town)}</button>` },
      { head: say('ranking.beside.short'), cell: (row) => html`<label class="check side-check"><input type="checkbox" checked=${beside.includes(row.town.id)} disabled=${!beside.includes(row.town.id) && beside.length >= MOST_BESIDE} onChange=${() => side(row.town.id)} /><span class="sr">${say('ranking.beside.of', row.town.name)}</span></label>` },
      { id: 'total', value: (row) => row.total, head: say('ranking.total'), number: true, cell: (row) => html`<span class="total">${points(row.total)}</span>${row.total === null ? html`<small>${say('ranking.toolittle', nearly(row.knownWeight))}</small>` : html`<span class="parts" aria-hidden="true">${row.indicators.filter((/** @type {Row['indicators'][number]} */ one) => one.contribution > 0).map((/** @type {Row['indicators'][number]} */ one) => html`<i key=${one.indicator} style=${{ width: `${one.contribution}%` }}></i>`)}</span>`}` },
      { id: 'change', value: (row) => row.changed?.ranks, head: say('ranking.change'), cell: Change },
      { id: 'open', value: (row) => row.intervalAsScored.worst - row.intervalAsScored.best, head: say('ranking.open'), cell: (row) => Open(row, ranking.rows.length) },
      { id: 'stability', value: (row) => row.stability, head: say('ranking.stability'), number: true, cell: (row) => nearly(row.stability) },
      ...ranking.indicators.map((one) => ({
        id: one.indicator, value: (/** @type {Row} */ row) => (row.total === null || score(row, one.indicator)?.points == null ? null : score(row, one.indicator)?.contribution), head: `${one.words} ${Math.round(one.weight * 1000) / 10}%`, number: true,
        cell: (/** @type {Row} */ row) => Part(row, score(row, one.indicator), one.weight),
      })),
    ],
  });
}

/** What an indicator gave: unknown is a dash, unless the set says that it is zero. Beside it the weight after renormalising, where it is another than the set's. @param {Row} row @param {Row['indicators'][number]|undefined} one @param {number} weight */
function Part(row, one, weight) {
  if (!one || row.total === null || one.points === null) return '—';
  return html`${points(one.contribution)}${one.state === 'PARTLY' ? html`<span aria-hidden="true">*</span><span class="sr">${say('ranking.part')}</span>` : null}${one.state === 'UNKNOWN' ? html`<small>${say('ranking.zero')}</small>` : null}${Math.abs(one.share - weight) >= 0.0005 ? html`<small class="quiet">${say('ranking.scaled', Math.round(one.share * 1000) / 10)}</small>` : null}`;
}

/** @param {Row} row */
function Change(row) {
  if (!row.changed) return html`<span class="quiet">${row.rank === null ? '—' : say('ranking.new')}</span>`;
  const { ranks, indicators } = row.changed, moved = indicators.filter((one) => Math.abs(one.contribution) >= 0.05).slice(0, 2);
  return html`<span class=${ranks > 0 ? 'up' : ranks < 0 ? 'down' : 'quiet'}>${ranks > 0 ? say('ranking.up', ranks) : ranks < 0 ? say('ranking.down', -ranks) : say('ranking.same')}</span><small>${moved.map((one) => `${one.words} ${signed(one.contribution)}`).join(say('comma'))}</small>`;
}

/** The ranks that are open, as a strip from the first to the last place, and in words. @param {Row} row @param {number} of */
function Open(row, of) {
  const { interval: all, intervalAsScored: part } = row, at = (/** @type {number} */ rank) => `${((rank - 1) / Math.max(1, of)) * 100}%`, wide = (/** @type {{best: number, worst: number}} */ one) => `${((one.worst - one.best + 1) / Math.max(1, of)) * 100}%`;
  const bound = (/** @type {number} */ rank, /** @type {boolean} */ exact) => (exact ? String(rank) : say('ranking.about', rank));
  return html`<span class="range" aria-hidden="true"><i style=${{ left: at(all.best), width: wide(all) }}></i><b style=${{ left: at(part.best), width: wide(part) }}></b>${row.rank === null ? null : html`<em style=${{ left: at(row.rank + 0.5) }}></em>`}</span>
    ${say('ranking.range', part.best, part.worst)} <span class="quiet">${say('ranking.range.all', bound(all.best, all.bestExact), bound(all.worst, all.worstExact))}</span>${row.unsettled ? html`<small class="stamp">${say('ranking.unsettled')}</small>` : null}`;
}

/** @param {Ranked} ranking */
function Beside(ranking) {
  const wanted = (view.value.of.beside ?? '').split(','), rows = ranking.rows.filter((row) => wanted.includes(row.town.id));
  if (!rows.length) return null;
  const names = rows.map((row) => row.town.name).join(say('comma')), title = say('ranking.radar.title', names);
  return html`<section class="panel beside"><h2>${title}<button onClick=${() => set({ beside: '' }, 'replace')}>${say('close')}</button></h2>
    ${rows.length < 2 ? html`<p class="quiet">${say('ranking.radar.more')}</p>` : h(Picture, { name: 'radar', title, method: ranking.method, stamps: ranking.trial ? [say('ranking.custom')] : [], children: Radar({
      axes: ranking.indicators.map((one) => one.words), shapes: rows.map((row) => ({ id: row.town.id, name: row.town.name, points: ranking.indicators.map((one) => row.indicators.find((score) => score.indicator === one.indicator)?.points ?? null) })),
      shown: (value) => (value === null ? say('unknown') : short(value, lang())), sentence: say('ranking.radar.sentence', names),
    }) })}</section>`;
}

/** Who is not among them, and why. @param {Ranked} ranking */
const Others = (ranking) => html`${ranking.entered.length ? html`<p>${say('ranking.entered')}${say('colon')}${ranking.entered.map((one, n) => html`${n ? say('comma') : ''}${TownLink(one)}`)}</p>` : null}
  ${ranking.left.length ? html`<p>${say('ranking.left')}${say('colon')}${ranking.left.map((one, n) => html`${n ? say('comma') : ''}${TownLink(one)}`)}</p>` : null}
  ${ranking.notEvaluated.length ? html`<details><summary>${say('ranking.others', ranking.notEvaluated.length)}</summary><ul>${ranking.notEvaluated.map((one) => html`<li key=${one.town.id}>${TownLink(one.town)} <span class="quiet">${one.reason}</span></li>`)}</ul></details>` : null}
  <p class="go"><a ...${link(to('growth', {}, { town: '' }))}>${say('ranking.growth')} →</a></p>`;
