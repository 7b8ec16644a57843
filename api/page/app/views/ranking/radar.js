// @ts-check
/** A few towns side by side over the indicators of an evaluation: a radar of points, and the same as a table. */
import { ring, spoke } from '../../geometry.js';
import { h, html, say } from '../../shared.js';
import { Table, Twin } from '../../parts/frames.js';

const RADIUS = 120;
const DASHES = ['', '7 4', '2 3', '10 3 2 3'];

/**
 * @typedef {object} Shape
 * @property {string} id
 * @property {string} name
 * @property {(number|null)[]} points 0 to 100 for each axis; null: not known
 */

/** @param {{axes: string[], shapes: Shape[], shown: (points: number|null) => string, sentence: string}} props */
export const Radar = ({ axes, shapes, shown, sentence }) => html`<div class="radar">
  <svg viewBox="-230 -160 460 320" role="img" aria-label=${sentence}>
    ${[25, 50, 75, 100].map((step) => html`<path key=${step} class="grid" d=${ring(axes.map(() => step / 100), RADIUS)} />`)}
    ${axes.map((axis, n) => { const end = spoke(n, axes.length, 1, RADIUS), label = spoke(n, axes.length, 1.14, RADIUS); return html`<g key=${axis}><path class="grid" d=${`M0,0L${end.x},${end.y}`} /><text x=${label.x} y=${label.y + 4} text-anchor=${Math.abs(label.x) < 10 ? 'middle' : label.x > 0 ? 'start' : 'end'}>${axis}</text></g>`; })}
    ${shapes.map((one, place) => html`<g key=${one.id} class=${`series s${place}`}><path d=${ring(one.points.map((points) => (points === null ? null : points / 100)), RADIUS)} stroke-dasharray=${DASHES[place]} />
      ${one.points.map((points, n) => { if (points === null) return null; const at = spoke(n, axes.length, points / 100, RADIUS); return html`<circle key=${n} cx=${at.x} cy=${at.y} r="3" />`; })}</g>`)}</svg>
  <ul class="keys">${shapes.map((one, place) => html`<li key=${one.id} class=${`series s${place}`}><svg viewBox="0 0 34 8" aria-hidden="true"><path d="M1,4L33,4" stroke-dasharray=${DASHES[place]} /></svg> ${one.name}${one.points.includes(null) ? html` <small class="quiet">${say('ranking.radar.hole', axes.filter((_, n) => one.points[n] === null).join(say('comma')))}</small>` : null}</li>`)}</ul></div>
  ${h(Twin, { of: () => Table({
    rows: axes, key: (axis) => axis, caption: sentence,
    columns: [{ head: say('ranking.radar.axis'), cell: (axis) => axis }, ...shapes.map((one) => ({ head: one.name, number: true, cell: (/** @type {string} */ axis) => shown(one.points[axes.indexOf(axis)] ?? null) }))],
  }) })}`;
