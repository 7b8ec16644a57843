// @ts-check
/** Rivals or partners? How alike the towns are, as a heat map that is a table; beside a cell, what the two share and sell each other. */
import { useAnswer } from '../ask.js';
import { ALIKE, isAlike, MUCH, pairsOf, shownOf, stepOf, verdict } from '../pairs.js';
import { Answer, Empty, Foot, Table, Twin } from '../parts/frames.js';
import { Named, Stamp, TownLink } from '../parts/marks.js';
import { amount, PairGoods } from '../parts/pair.js';
import { Picture } from '../parts/picture.js';
import { asked, go, h, html, link, say, set, to, view } from '../shared.js';

/** @typedef {NonNullable<import('../../queries').SimilarQuery['similarityMatrix']>} Matrix */
/** @typedef {import('../pairs.js').Measure} Measure */

const MOST = 30, LISTED = 50;
const LEVELS = ['INDUSTRY4', 'INDUSTRY3', 'INDUSTRY2', 'PRODUCT'], COARSE = new Set(['INDUSTRY3', 'INDUSTRY2']);
const MEASURES = /** @type {const} */ (['COSINE', 'OVERLAP', 'KRUGMAN']);

const level = () => view.value.of.level ?? 'INDUSTRY4';
const measure = () => MEASURES.find((one) => one === view.value.of.measure) ?? 'COSINE';
/** @param {Matrix} matrix */
const tableOf = (matrix) => ({ COSINE: matrix.cosine, OVERLAP: matrix.overlap, KRUGMAN: matrix.krugman })[measure()];
/** @param {Matrix} matrix @param {number} one @param {number} other */
const word = (matrix, one, other) => verdict(measure(), tableOf(matrix)[one][other], [matrix.trade[one][other], matrix.trade[other][one]], Math.min(matrix.output[one], matrix.output[other]));
/** @param {Matrix} matrix @param {number} one @param {number} other */
const key = (matrix, one, other) => `${matrix.towns[one].id},${matrix.towns[other].id}`;
const compareLink = (/** @type {string} */ towns) => link(to('compare', { towns }, { town: '' }));

/** Arrow keys go from cell to cell; only one cell is a stop of the tab key. @param {KeyboardEvent} event */
function move(event) {
  const here = /** @type {HTMLElement} */ (event.target).closest('td'), step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (!here || !step) return;
  event.preventDefault();
  const rows = [.../** @type {HTMLTableElement} */ (here.closest('table')).tBodies[0].rows];
  let row = rows.indexOf(/** @type {HTMLTableRowElement} */ (here.parentElement)) + step[0], column = here.cellIndex + step[1];
  for (; rows[row]?.cells[column]; row += step[0], column += step[1]) {
    const button = rows[row].cells[column].querySelector('button');
    if (button) { button.focus(); return; }
  }
}

/** @param {{matrix: Matrix, shown: number[]}} props */
function Heat({ matrix, shown }) {
  const table = tableOf(matrix), chosen = view.value.of.pair;
  const present = shown.some((one) => shown.some((other) => one !== other && key(matrix, one, other) === chosen)), stop = present ? chosen : shown.length > 1 ? key(matrix, shown[0], shown[1]) : '';
  return html`<div class="scroll heat" tabindex="0" role="group" aria-label=${say('similar.picture')} onKeyDown=${move}><table><caption>${say('similar.picture')}</caption>
    <thead><tr><th scope="col">${say('col.town')}</th>${shown.map((one) => html`<th key=${matrix.towns[one].id} scope="col"><span>${matrix.towns[one].name}</span></th>`)}</tr></thead>
    <tbody>${shown.map((one) => html`<tr key=${matrix.towns[one].id}><th scope="row">${Named(matrix.towns[one])}</th>${shown.map((other) => {
      if (one === other) return html`<td key=${other} class="self"><span class="sr">${say('similar.self')}</span></td>`;
      const id = key(matrix, one, other), value = table[one][other], found = word(matrix, one, other);
      return html`<td key=${other} class=${`s${stepOf(measure(), value)}${found ? ` ${found}` : ''}`}><button id=${id} tabindex=${id === stop ? 0 : -1} aria-pressed=${id === chosen} aria-label=${[say('similar.cell', matrix.towns[one].name, matrix.towns[other].name, value.toFixed(2)), found && say(`similar.${found}`)].filter(Boolean).join(say('comma'))} onClick=${() => set({ pair: id === chosen ? '' : id })}>${value.toFixed(2)}</button></td>`;
    })}</tr>`)}
    ${matrix.missing.map((town) => html`<tr key=${town.id} class="missing"><th scope="row">${Named(town)}</th><td colspan=${shown.length}>${say('similar.missing')}</td></tr>`)}</tbody></table></div>`;
}

/** @param {{matrix: Matrix}} props */
function Beside({ matrix }) {
  const pair = view.value.of.pair ?? '', ids = pair.split(','), [one, other] = ids.map((id) => matrix.towns.findIndex((town) => town.id === id));
  const known = one >= 0 && other >= 0 && one !== other, answer = useAnswer('page/pair', pair && ids[0] !== ids[1] ? { towns: ids, asOf: asked().asOf, realOnly: asked().realOnly } : null);
  if (!pair) return null;
  const found = known ? word(matrix, one, other) : null;
  const close = () => { set({ pair: '' }); document.getElementById(pair)?.focus(); };
  return html`<aside class="side" aria-label=${say('similar.beside')}>${Answer(answer, (data) => {
    const row = data.compare?.pairs[0];
    if (!row) return Empty(say('similar.gone'));
    return html`<h2>${row.start.name} · ${row.end.name}<button onClick=${close}>${say('close')}</button></h2><p>${Stamp(row.start)} ${Stamp(row.end)}</p>
      ${known ? html`<p class="big">${tableOf(matrix)[one][other].toFixed(2)} <small>${say(`similar.measure.${measure()}`)}</small></p><p><b class=${`verdict ${found ?? ''}`}>${say(found ? `similar.${found}` : 'similar.apart')}</b></p>` : null}
      ${PairGoods(row)}
      <p><a ...${compareLink(pair)}>${say('similar.compare')} →</a></p>`;
  })}</aside>`;
}

/** @param {string} name @param {readonly string[]} values @param {string} now @param {'level'|'measure'} option */
const Choice = (name, values, now, option) => html`<label>${say(name)} <select value=${now} onChange=${(/** @type {Event} */ event) => { const value = /** @type {HTMLSelectElement} */ (event.target).value; set({ [option]: value === values[0] ? '' : value }, 'replace'); }}>${values.map((one) => html`<option key=${one} value=${one} selected=${one === now}>${say(`${name}.${one}`)}</option>`)}</select></label>`;

/** @param {Matrix} matrix @param {number[]} shown */
function Pairs(matrix, shown) {
  const pairs = pairsOf(shown, tableOf(matrix), measure()), rows = pairs.slice(0, LISTED);
  return h(Twin, { of: () => html`<p class="quiet">${say('similar.listed', rows.length, pairs.length)}</p>${Table({
    rows, key: (row) => key(matrix, row.one, row.other), caption: say('similar.pairs'),
    columns: [
      { head: say('similar.one'), cell: (row) => TownLink(matrix.towns[row.one]) },
      { head: say('similar.other'), cell: (row) => TownLink(matrix.towns[row.other]) },
      { head: say(`similar.measure.${measure()}`), number: true, cell: (row) => row.value.toFixed(2) },
      { head: say('similar.verdict'), cell: (row) => { const found = word(matrix, row.one, row.other); return found ? html`<b class=${`verdict ${found}`}>${say(`similar.${found}`)}</b>` : ''; } },
      { head: say('similar.there'), number: true, cell: (row) => amount(matrix.trade[row.one][row.other]) },
      { head: say('similar.back'), number: true, cell: (row) => amount(matrix.trade[row.other][row.one]) },
      { head: say('similar.do'), cell: (row) => html`<a ...${compareLink(key(matrix, row.one, row.other))}>${say('view.compare')}</a>` },
    ],
  })}` });
}

/** @param {Matrix} matrix */
function lead(matrix) {
  const pairs = pairsOf(matrix.clustered, tableOf(matrix), measure()).filter((pair) => isAlike(measure(), pair.value));
  const rivals = pairs.filter((pair) => word(matrix, pair.one, pair.other) === 'RIVALS').length;
  return pairs.length ? say('similar.lead', pairs.length, rivals, pairs.length - rivals) : say('similar.lead.none');
}

export function Similar() {
  const at = level(), answer = useAnswer('page/similar', {
    asOf: asked().asOf, realOnly: asked().realOnly, aggregation: at === 'PRODUCT' ? 'PRODUCT' : 'INDUSTRY', digits: Number(at.slice(-1)) || 4, measure: measure(), alike: ALIKE[measure()],
  });
  return Answer(answer, (data) => {
    const matrix = data.similarityMatrix;
    if (!matrix) return html`<main id="main"><h1>${say('similar.title')}</h1>${Empty(say('empty.data'))}</main>`;
    const shown = shownOf(matrix.clustered, matrix.output, MOST);
    return html`<main id="main" class=${view.value.of.pair ? 'with-panel' : ''}><div><header class="head"><h1>${say('similar.title')}</h1>
        <p class="lead">${shown.length ? lead(matrix) : ''}</p>${shown.length && COARSE.has(at) ? html`<p>${say('similar.coarse', say(`similar.level.${at}`))}</p>` : null}<p class="quiet" role="status">${say('similar.shown', shown.length, matrix.towns.length)}${matrix.missing.length ? `${say('semicolon')}${say('similar.without', matrix.missing.length)}` : ''}</p></header>
      <div class="controls">${Choice('similar.level', LEVELS, at, 'level')}${Choice('similar.measure', MEASURES, measure(), 'measure')}</div>
      ${shown.length > 1 ? html`<ul class="keys steps" aria-label=${say('similar.legend')}>${[0, 1, 2, 3, 4].map((step) => html`<li key=${step}><i class=${`s${step}`}></i> ${measure() === 'KRUGMAN' ? `${(2 - 0.4 * (step + 1)).toFixed(1)}–${(2 - 0.4 * step).toFixed(1)}` : `${(step / 5).toFixed(1)}–${((step + 1) / 5).toFixed(1)}`}</li>`)}<li><i class="framed"></i> ${say('similar.rule', measure() === 'KRUGMAN' ? '≤' : '≥', ALIKE[measure()])}</li></ul>
      ${h(Picture, { name: 'similar', title: say('similar.title'), method: matrix.method, children: h(Heat, { matrix, shown }) })}
      <p class="quiet">${say('similar.trade', MUCH * 100)}</p>${Pairs(matrix, shown)}` : html`${Empty(matrix.unknownReason ?? say('similar.few'))}${view.value.realOnly ? html`<p><button onClick=${() => go({ realOnly: false }, 'replace')}>${say('similar.drop')}</button></p>` : null}${matrix.missing.length ? html`<ul class="keys">${matrix.missing.map((town) => html`<li key=${town.id}>${Named(town)} ${say('similar.missing')}</li>`)}</ul>` : null}`}
      ${Foot(matrix.method)}</div>${h(Beside, { matrix })}</main>`;
  });
}
