// @ts-check
/** Marks that say something twice: a shape for each state, a stamp for what is invented, a button for a figure that opens its source. */
import { compact, money, moneyUnit, UNKNOWN, whole } from '../figures.js';
import { go, html, lang, link, say, to } from '../shared.js';

/** The shape says the state again: full, half, ring, hatched square. @param {string} state */
export const Shape = (state) => html`<svg class="shape" viewBox="0 0 12 12" aria-hidden="true">${{
  COVERED: html`<circle cx="6" cy="6" r="5" fill="currentColor" />`,
  WEAK: html`<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" /><path d="M6,1.5A4.5,4.5 0 0 0 6,10.5Z" fill="currentColor" />`,
  MISSING: html`<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  UNKNOWN: html`<path d="M1.5,1.5H10.5V10.5H1.5ZM1.5,6 6,1.5M1.5,10.5 10.5,1.5M6,10.5 10.5,6" fill="none" stroke="currentColor" />`,
}[state]}</svg>`;

/** @param {string} outcome */
export const outcomeState = (outcome) => ({ PASS: 'COVERED', FAIL: 'MISSING', UNKNOWN: 'UNKNOWN' }[outcome] ?? 'UNKNOWN');

/** @param {string} outcome @param {string|null} [byInvented] */
export const Outcome = (outcome, byInvented) => html`<span class=${`state ${outcomeState(outcome)}`}>${Shape(outcomeState(outcome))} ${say(`outcome.${outcome}`)}</span>${byInvented ? html` <span class="stamp" title=${byInvented}>${say('outcome.invented')}</span>` : null}`;

/** @param {{synthetic?: boolean}|null|undefined} thing */
export const Stamp = (thing) => (thing?.synthetic ? html`<span class="stamp">${say('invented')}</span>` : null);

/** Stamps a number that was computed from invented rows too. @param {{provenance: {invented: number, inWords: string|null}|null}|null|undefined} method */
export const Rests = (method) => (method?.provenance?.invented ? html`<span class="stamp" title=${method.provenance.inWords}>${say('invented')}</span>` : null);

/** @param {{id: string, name: string, synthetic?: boolean}} thing */
export const Named = (thing) => html`<span class=${thing.synthetic ? 'invented' : ''}>${thing.name}${thing.synthetic ? html` ${Stamp(thing)}` : null}</span>`;

/** @typedef {{id: string, name: string, synthetic?: boolean}} Thing */

/** A name that opens its own page. @param {import('../state.js').View} there @param {Thing} thing */
const Linked = (there, thing) => html`<a ...${link(there)}>${Named(thing)}</a>`;
/** @param {Thing} town */
export const TownLink = (town) => Linked(to('town', {}, { town: town.id }), town);
/** @param {Thing} organisation */
export const OrganisationLink = (organisation) => Linked(to('firm', { org: organisation.id }, { town: '' }), organisation);
/** @param {Thing} product */
export const ProductLink = (product) => Linked(to('product', { product: product.id }, { town: '' }), product);

/** An amount with its unit, each by its own size. @param {number|null|undefined} value in yuan */
export function yuan(value) {
  if (value === null || value === undefined) return UNKNOWN;
  const unit = moneyUnit([value]);
  return lang() === 'en' ? `${compact(value)} ${say('yuan')}` : `${money(value, unit, lang())} ${say(unit.key)}`;
}

/**
 * @typedef {object} FigureShown what of a figure is shown; the last five where they are asked for
 * @property {number} value
 * @property {import('../../queries').Unit} unit
 * @property {import('../../queries').Bound} bound
 * @property {number|null} year
 * @property {import('../../queries').Grade|null} [grade]
 * @property {import('../../queries').Scope|null} [scope]
 * @property {boolean|null} [stale]
 * @property {{synthetic?: boolean}|null} [source]
 * @property {readonly object[]|null} [conflicts] what contradicts it
 */

/** A figure in words: bound, value with unit. @param {Pick<FigureShown, 'value'|'unit'|'bound'>|null|undefined} figure */
export function figureText(figure) {
  if (!figure) return say('unknown');
  const number = figure.unit === 'YUAN' ? yuan(figure.value) : `${whole(figure.value, lang())} ${say(`unit.${figure.unit}`)}`;
  return `${say(`bound.${figure.bound}`)} ${number}`.trim();
}

/** Whether the source of a figure is invented. @param {Pick<FigureShown, 'source'>|null|undefined} figure */
export const FigureStamp = (figure) => Stamp(figure?.source);

/** A figure is a button: it opens the source drawer. @param {FigureShown|null|undefined} figure @param {string} subject @param {string} metric @param {string|null} [product] that it is of */
export const Figure = (figure, subject, metric, product) => figure
  ? html`<button class="figure" onClick=${() => go({ source: `${subject}|${metric}${product || (figure.scope ?? 'WHOLE') !== 'WHOLE' ? `|${figure.scope}` : ''}${product ? `|${product}` : ''}` })}>
      <span class="number">${figureText(figure)}</span>${FigureStamp(figure)}<small>${[figure.year === null ? say('year.unstated') : say('yearOf', figure.year), figure.grade, figure.scope && figure.scope !== 'WHOLE' && say(`scope.${figure.scope}`), figure.stale && say('stale.figure')].filter(Boolean).join(' · ')}</small>
      ${figure.conflicts?.length ? html`<small class="rivals">${say('town.rivals', figure.conflicts.length + 1)}</small>` : null}<span class="sr">${say('source.open')}</span></button>`
  : html`<span class="figure unknown">${say('unknown')}</span>`;
