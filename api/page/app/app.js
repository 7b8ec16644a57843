// @ts-check
/** The frame: which view the address asks for, and what stands around it. */
import { question } from './ask.js';
import { asOfWords, methods } from './parts/frames.js';
import { Search } from './parts/search.js';
import { elsewhere, OF_ALL, OF_FIRM, OF_TOWN } from './state.js';
import { go, h, html, learn, link, say, speak, to, view } from './shared.js';
import { effect, render, useEffect, useLayoutEffect, useRef, useState } from './vendor/preact.js';
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
    <div class="tools"><label>${say('year')} <select value=${now.asOf ?? ''} onChange=${(/** @type {Event} */ event) => { const text = /** @type {HTMLSelectElement} */ (event.target).value; go({ asOf: text ? Number(text) : null }); }}><option value="">${say('year.newest')}</option>${[...new Set([...YEARS, ...(now.asOf ? [now.asOf] : [])])].sort((a, b) => b - a).map((year) => html`<option key=${year} value=${year} selected=${year === now.asOf}>${say('year.of', year)}</option>`)}</select></label>
      <label class="check"><input type="checkbox" checked=${now.realOnly} onChange=${() => go({ realOnly: !now.realOnly })} /> ${say('real')}</label>
      <button onClick=${copy}>${say(copied ? 'copied' : 'copy')}</button><button onClick=${() => print()}>${say('print')}</button><button onClick=${switchTheme}>${say('theme')}</button><button lang=${now.lang === 'en' ? 'zh-CN' : 'en'} onClick=${() => go({ lang: now.lang === 'en' ? 'zh' : 'en' }, 'replace')}>${say('lang')}</button><a href=${asking ? `graphiql/#${new URLSearchParams({ document: asking.id, variables: JSON.stringify(asking.variables, null, 2) })}` : 'graphiql/'} title=${say('graphql')}>GraphQL</a></div>
    ${h(Printed, {})}${h(Ways, {})}</header>`;
}

/** What a printout says at its head: of when its numbers are, whether they rest on invented rows, when it was printed. */
function Printed() {
  const told = [...methods.value.values()], years = [...new Set(told.map((one) => one.asOf))];
  return html`<p class="printed">${years.map((year) => html`<span key=${year}>${asOfWords(year)}</span>`)}${told.some((one) => one.provenance?.invented) ? html`<span class="stamp">${say('invented')}</span>` : null}<span>${say('printed', new Date().toLocaleDateString(view.value.lang === 'en' ? 'en-GB' : 'zh-CN'))}</span></p>`;
}

/** @param {string} label @param {readonly ViewName[]} names @param {(name: ViewName) => View} there */
const Nav = (label, names, there) => html`<nav aria-label=${say(label)}><b aria-hidden="true">${say(label)}</b>${names.filter((name) => ENTRIES[name]).map((name) => html`<a key=${name} aria-current=${view.value.view === name && there(name).town === view.value.town && there(name).of.org === view.value.of.org ? 'page' : undefined} ...${link(there(name))}>${say(`view.${name}`)}</a>`)}</nav>`;

/** Where to go: what is of everything, and what is of this town or firm. */
function Ways() {
  const now = view.value, org = now.of.org, bar = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    if (!matchMedia('(max-width: 899px)').matches) return;
    for (const here of bar.current?.querySelectorAll('[aria-current]') ?? []) here.scrollIntoView({ block: 'nearest', inline: 'center' }); // a narrow bar shows some of its ways only
  }, [now.view, now.town, org]);
  const of = now.town ? Nav('nav.town', [...OF_TOWN, ...SHARED], (name) => to(name))
    : org ? Nav('nav.firm', [...OF_FIRM, 'policies'], (name) => to(name, { org }))
    : null;
  return html`<div class="ways" ref=${bar}>${Nav('nav', OF_ALL.filter((name) => name !== 'product'), (name) => to(name, {}, { town: '' }))}${of}</div>`;
}

/** A view with its words and styles, once they are here. @param {{name: ViewName}} props */
function Viewed({ name }) {
  const [tried, retry] = useState(0), [failed, fail] = useState(false), draw = drawn.get(name);
  useLayoutEffect(() => {
    fail(false);
    const entry = ENTRIES[name], dressed = dress(name, entry?.css === true);
    if (draw || !entry) return;
    Promise.all([entry.draw(), entry.words?.().then(learn), dressed]).then(([made]) => { drawn.set(name, made); retry((n) => n + 1); }).catch(() => fail(true));
  }, [name, tried]);
  return draw ? h(draw, {}) : failed ? html`<div class="answer"><p class="failure" role="alert">${say('fail.OFFLINE')} <button onClick=${() => retry((n) => n + 1)}>${say('retry')}</button></p></div>` : html`<div class="answer"><div class="outline" aria-hidden="true"></div></div>`;
}

/** What stands beside the view when the address asks for it: fetched when it is first asked for. @param {{wanted: boolean, fetch: () => Promise<[() => unknown, unknown]>}} props */
function Beside({ wanted, fetch }) {
  const [draw, setDraw] = useState(/** @type {(() => any)|null} */ (null));
  useEffect(() => { if (wanted && !draw) fetch().then(([one]) => setDraw(() => one)); }, [wanted]);
  return draw ? h(draw, {}) : null;
}
const drawer = () => Promise.all([import('./parts/source.js').then((one) => one.SourceDrawer), import('./words/source.js').then(learn)]);
const tour = () => Promise.all([import('./parts/tour.js').then((one) => one.Tour), import('./words/tour.js').then(learn)]);

const App = () => html`${h(Bar, {})}${h(Viewed, { key: view.value.view, name: ENTRIES[view.value.view] ? view.value.view : 'start' })}${h(Beside, { wanted: view.value.source !== null, fetch: drawer })}${h(Beside, { wanted: view.value.tour !== null, fetch: tour })}`;

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
