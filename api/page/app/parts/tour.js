// @ts-check
/** A tour of five steps in the address, for who sees the page first: from a town to its gaps, who could fill them, and the source of a figure. */
import { elsewhere, TOUR_STEPS, TOURED } from '../state.js';
import { go, html, say, view } from '../shared.js';

/** @type {Partial<import('../state.js').View>[]} what each step of the tour shows */
const TOUR = [
  { view: 'start', town: '' },
  { view: 'chain', town: TOURED, selected: 'product:steel' },
  { view: 'gaps', town: TOURED },
  { view: 'gaps', town: TOURED, action: 'EXTEND', selected: 'product:wind-tower' },
  { view: 'town', town: TOURED, source: `${TOURED}|OUTPUT_VALUE` },
];

export function Tour() {
  const step = view.value.tour;
  if (step === null) return null;
  const at = (/** @type {number} */ n) => go({ ...elsewhere(view.value), action: 'FILL', ...TOUR[n - 1], tour: n });
  return html`<aside class="tour" aria-label=${say('tour')}><p role="status"><b>${say('tour.of', step, TOUR_STEPS)}</b> ${say(`tour.${step}`)}</p>
    <p>${step < TOUR_STEPS ? html`<button class="accent" onClick=${() => at(step + 1)}>${say('tour.next')}</button>` : null}<button onClick=${() => go({ tour: null })}>${say('tour.end')}</button></p></aside>`;
}
