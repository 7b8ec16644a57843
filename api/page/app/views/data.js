// @ts-check
/** What do we know, who says otherwise, and how does more come in? Workbooks in, checked cell by cell and taken back; what is lacking; what disagrees. */
import { set, html, h, say, view } from '../shared.js';
import { Completeness } from './data/completeness.js';
import { Conflicts } from './data/conflicts.js';
import { Loads } from './data/loads.js';

const TABS = /** @type {const} */ (['load', 'complete', 'conflicts']);
const DRAW = { load: Loads, complete: Completeness, conflicts: Conflicts };

export function Data() {
  const now = TABS.find((one) => one === view.value.of.desk) ?? 'load';
  return html`<main id="main"><header class="head"><h1>${say('data.title')}</h1><p class="quiet">${say(`data.${now}.what`)}</p></header>
    <div class="tabs" role="tablist" aria-label=${say('data.title')}>${TABS.map((one) => html`<button key=${one} role="tab" id=${`desk-${one}`} aria-selected=${one === now} aria-controls="desk" onClick=${() => set({ desk: one === 'load' ? '' : one, sheet: '' })}>${say(`data.${one}`)}</button>`)}</div>
    <div id="desk" role="tabpanel" aria-labelledby=${`desk-${now}`}>${h(DRAW[now], { key: now })}</div></main>`;
}
