// @ts-check
/** The frame: which view the address asks for, and what stands around it. */
import { question } from './ask.js';
import { methods } from './parts/frames.js';
import { Search } from './parts/search.js';
import { elsewhere, OF_ALL, OF_FIRM, OF_TOWN, TOUR_STEPS, TOURED } from './state.js';
import { go, h, html, learn, link, say, speak, to, view } from './shared.js';
import { effect, render, useEffect, useLayoutEffect, useState } from './vendor/preact.js';
import { dress, ENTRIES } from './views.js';

/** @typedef {import('./state.js').View} View */
/** @typedef {import('./state.js').ViewName} ViewName */

/** @type {Map<ViewName, () => any>} */
const drawn = new Map();
/** Views of a town or a firm that are of everything too. */
const SHARED = /** @type {const} */ (['policies', 'growth', 'ledgers']);
const YEARS = Array.from({ length: 12 }, (_, n) => new Date().getFullYear() - n);

function switchTheme() {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.setItem('theme', root.dataset.theme); } catch { /* storage may be forbidden */ }
}

function Bar() {
  const [copied, setCopied] = useState(false), now = view.value, asking = question.value;
  const copy = () => navigator.clipboard?.writeText(location.href).then(() => { setCopied(true); setTimeout(() => setCopied(false), 2000); }, () => undefined);
  return html`<header class="bar"><a class="skip" href="#main">${say('skip')}</a>
    <a class="brand" ...${link({ ...elsewhere(now), view: 'start', town: '' })}><span class="mark" aria-hidden="true"></span>${say('brand')}</a>
    ${h(Search, { id: 'search' })}
    <div class="tools"><label>${say('year')} <select value=${now.asOf ?? ''} onChange=${(/** @type {Event} */ event) => { const text = /** @type {HTMLSelectElement} */ (event.target).value; go({ asOf: text ? Number(text) : null }, 'replace'); }}><option value="">${say('year.newest')}</option>${[...new Set([...YEARS, ...(now.asOf ? [now.asOf] : [])])].sort((a, b) => b - a).map((year) => html`<option key=${year} value=${year} selected=${year === now.asOf}>${say('year.of', year)}</option>`)}</select></label>
      <label class="check"><input type="checkbox" checked=${now.realOnly} onChange=${() => go({ realOnly: !now.realOnly }, 'replace')} /> ${say('real')}</label>
      <button onClick=${copy}>${say(copied ? 'copied' : 'copy')}</button><button onClick=${() => print()}>${say('print')}</button><button onClick=${switchTheme}>${say('theme')}</button><button lang=${now.lang === 'en' ? 'zh-CN' : 'en'} onClick=${() => go({ lang: now.lang === 'en' ? 'zh' : 'en' }, 'replace')}>${say('lang')}</button><a href=${asking ? `graphiql/#${new URLSearchParams({ document: asking.id, variables: JSON.stringify(asking.variables, null, 2) })}` : 'graphiql/'} title=${say('graphql')}>GraphQL</a></div>
    ${h(Ways, {})}</header>`;
}

/** @param {string} label @param {readonly ViewName[]} names @param {(name: ViewName) => View} there */
const Nav = (label, names, there) => html`<nav aria-label=${say(label)}><b aria-hidden="true">${say(label)}</b>${names.filter((name) => ENTRIES[name]).map((name) => html`<a key=${name} aria-current=${view.value.view === name && there(name).town === view.value.town && there(name).of.org === view.value.of.org ? 'page' : undefined} ...${link(there(name))}>${say(`view.${name}`)}</a>`)}</nav>`;

/** Where to go: what is of everything, and what is of this town or firm. */
function Ways() {
  const now = view.value, org = now.of.org;
  const of = now.town ? Nav('nav.town', [...OF_TOWN, ...SHARED], (name) => to(name))
    : org ? Nav('nav.firm', [...OF_FIRM, 'policies'], (name) => to(name, { org }))
    : null;
  return html`<div class="ways">${Nav('nav', OF_ALL.filter((name) => name !== 'product'), (name) => to(name, {}, { town: '' }))}${of}</div>`;
}

/** @type {Partial<View>[]} what each step of the tour shows */
const TOUR = [
  { view: 'start', town: '' },
  { view: 'chain', town: TOURED, selected: 'product:steel' },
  { view: 'gaps', town: TOURED },
  { view: 'gaps', town: TOURED, action: 'EXTEND', selected: 'product:wind-tower' },
  { view: 'town', town: TOURED, source: `${TOURED}|OUTPUT_VALUE` },
];

function Tour() {
  const step = view.value.tour;
  if (step === null) return null;
  const at = (/** @type {number} */ n) => go({ ...elsewhere(view.value), action: 'FILL', ...TOUR[n - 1], tour: n });
  return html`<aside class="tour" aria-label=${say('tour')}><p role="status"><b>${say('tour.of', step, TOUR_STEPS)}</b> ${say(`tour.${step}`)}</p>
    <p>${step < TOUR_STEPS ? html`<button class="accent" onClick=${() => at(step + 1)}>${say('tour.next')}</button>` : null}<button onClick=${() => go({ tour: null })}>${say('tour.end')}</button></p></aside>`;
}

/** A view with its words and styles, once they are here. @param {{name: ViewName}} props */
function Viewed({ name }) {
  const [, redraw] = useState(0), draw = drawn.get(name);
  useLayoutEffect(() => {
    const entry = ENTRIES[name], dressed = dress(name, entry?.css === true);
    if (draw || !entry) return;
    Promise.all([entry.draw(), entry.words?.().then(learn), dressed]).then(([made]) => { drawn.set(name, made); redraw((n) => n + 1); });
  }, [name]);
  return draw ? h(draw, {}) : html`<div class="answer"><div class="outline" aria-hidden="true"></div></div>`;
}

/** What a figure rests on: fetched when it is first asked for. */
function Drawer() {
  const [draw, setDraw] = useState(/** @type {(() => any)|null} */ (null)), open = view.value.source !== null;
  useEffect(() => { if (open && !draw) Promise.all([import('./parts/source.js'), import('./words/source.js').then(learn)]).then(([one]) => setDraw(() => one.SourceDrawer)); }, [open]);
  return draw ? h(draw, {}) : null;
}

const App = () => html`${h(Bar, {})}${h(Viewed, { key: view.value.view, name: ENTRIES[view.value.view] ? view.value.view : 'start' })}${h(Drawer, {})}${h(Tour, {})}`;

let spoken = 'zh';
let shown = view.value.view;
effect(() => {
  if (view.value.view !== shown) { shown = view.value.view; methods.value = new Map(); }
  if (view.value.lang !== spoken) { spoken = view.value.lang; speak(view.value.lang); }
  document.documentElement.lang = view.value.lang === 'en' ? 'en' : 'zh-CN';
  document.body.classList.toggle('with-drawer', view.value.source !== null);
  document.title = `${say(`view.${view.value.view}`)} · ${say('brand')}`;
});
addEventListener('keydown', (event) => {
  const typing = /** @type {Element|null} */ (event.target)?.closest?.('input, select, textarea');
  if (event.key === '/' && !typing) { document.getElementById('search')?.focus(); event.preventDefault(); }
  if (event.key === 'Escape' && !event.isComposing) {
    const { source, selected } = view.value;
    if (source) go({ source: null });
    else if (selected) { go({ selected: null }); document.getElementById(selected)?.focus(); }
  }
});
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
root.textContent = '';
render(h(App, {}), root);
