// @ts-check
/** The frame: which view the address asks for, what it is asked with, and what stands around it. */
import { useAnswer } from './ask.js';
import { Answer, Empty } from './parts/frames.js';
import { Search } from './parts/search.js';
import { SourceDrawer } from './parts/source.js';
import { Start } from './views/start.js';
import { elsewhere, TOUR_STEPS, WEIGHTS } from './state.js';
import { asked, go, h, html, link, remember, say, speak, view } from './shared.js';
import { effect, render, useEffect, useState } from './vendor/preact.js';

/** @typedef {import('./state.js').View} View */

/** A view is fetched when it is opened. */
const OF_TOWN = {
  town: { id: 'page/town', draw: () => import('./views/town.js').then((one) => one.Town) },
  chain: { id: 'page/chain', draw: () => import('./views/chain.js').then((one) => one.Chain) },
  gaps: { id: 'page/gaps', draw: () => import('./views/gaps.js').then((one) => one.Gaps) },
};
/** @type {Map<string, (props: {data: any}) => any>} */
const drawn = new Map();
const YEARS = Array.from({ length: 12 }, (_, n) => new Date().getFullYear() - n);

function switchTheme() {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.setItem('theme', root.dataset.theme); } catch { /* storage may be forbidden */ }
}

function Bar() {
  const [copied, setCopied] = useState(false), now = view.value;
  const copy = () => navigator.clipboard?.writeText(location.href).then(() => { setCopied(true); setTimeout(() => setCopied(false), 2000); }, () => undefined);
  return html`<header class="bar"><a class="skip" href="#main">${say('skip')}</a>
    <a class="brand" ...${link({ ...elsewhere(now), view: 'start', town: '' })}><span class="mark" aria-hidden="true"></span>${say('brand')}</a>
    ${h(Search, { id: 'search' })}
    ${now.town ? html`<nav aria-label=${say('nav')}>${/** @type {const} */ (['town', 'chain', 'gaps']).map((name) => html`<a key=${name} aria-current=${now.view === name ? 'page' : undefined} ...${link({ ...elsewhere(now), view: name })}>${say(`view.${name}`)}</a>`)}</nav>` : null}
    <div class="tools"><label>${say('year')} <select value=${now.asOf ?? ''} onChange=${(/** @type {Event} */ event) => { const text = /** @type {HTMLSelectElement} */ (event.target).value; go({ asOf: text ? Number(text) : null }, 'replace'); }}><option value="">${say('year.newest')}</option>${[...new Set([...YEARS, ...(now.asOf ? [now.asOf] : [])])].sort((a, b) => b - a).map((year) => html`<option key=${year} value=${year} selected=${year === now.asOf}>${say('year.of', year)}</option>`)}</select></label>
      <label class="check"><input type="checkbox" checked=${now.realOnly} onChange=${() => go({ realOnly: !now.realOnly }, 'replace')} /> ${say('real')}</label>
      <button onClick=${copy}>${say(copied ? 'copied' : 'copy')}</button><button onClick=${() => print()}>${say('print')}</button><button onClick=${switchTheme}>${say('theme')}</button><button lang=${now.lang === 'en' ? 'zh-CN' : 'en'} onClick=${() => go({ lang: now.lang === 'en' ? 'zh' : 'en' }, 'replace')}>${say('lang')}</button><a href="graphiql/">GraphQL</a></div></header>`;
}

/** @type {Partial<View>[]} what each step of the tour shows */
const TOUR = [
  { view: 'start', town: '' },
  { view: 'chain', town: 'town:dingxiang-flange', selected: 'product:steel' },
  { view: 'gaps', town: 'town:dingxiang-flange' },
  { view: 'gaps', town: 'town:dingxiang-flange', action: 'EXTEND', selected: 'product:wind-tower' },
  { view: 'town', town: 'town:dingxiang-flange', source: 'town:dingxiang-flange|OUTPUT_VALUE' },
];

function Tour() {
  const step = view.value.tour;
  if (step === null) return null;
  const at = (/** @type {number} */ n) => go({ ...elsewhere(view.value), action: 'FILL', ...TOUR[n - 1], tour: n });
  return html`<aside class="tour" aria-label=${say('tour')}><p role="status"><b>${say('tour.of', step, TOUR_STEPS)}</b> ${say(`tour.${step}`)}</p>
    <p>${step < TOUR_STEPS ? html`<button class="accent" onClick=${() => at(step + 1)}>${say('tour.next')}</button>` : null}<button onClick=${() => go({ tour: null })}>${say('tour.end')}</button></p></aside>`;
}

/** @param {{name: 'town'|'chain'|'gaps'}} props */
function OfTown({ name }) {
  const { id } = OF_TOWN[name], [, redraw] = useState(0), [value, criticality, feasibility] = view.value.weights;
  const weights = name === 'gaps' && String(view.value.weights) !== String(WEIGHTS) ? { valueWeight: value, criticalityWeight: criticality, feasibilityWeight: feasibility } : {};
  const answer = useAnswer(id, { ...asked(), ...weights }), draw = drawn.get(name);
  useEffect(() => { if (!draw) OF_TOWN[name].draw().then((made) => { drawn.set(name, made); redraw((n) => n + 1); }); }, [name]);
  const town = answer.stale && answer.data?.town?.id !== view.value.town ? null : answer.data?.town;
  if (town) remember(town.id);
  return html`${Answer(!draw || (town === null && answer.stale) ? { ...answer, data: null } : answer, (data) => data.town && draw ? h(draw, { data }) : html`<main id="main"><h1>${say('town.missing', view.value.town)}</h1>${Empty(say('search.hint'))}<p><a ...${link({ ...elsewhere(view.value), view: 'start', town: '' })}>${say('town.back')}</a></p></main>`)}
    ${h(SourceDrawer, { method: town?.gaps?.method ?? null })}`;
}

const App = () => html`${h(Bar, {})}${view.value.view === 'start' ? html`${h(Start, {})}${h(SourceDrawer, { method: null })}` : h(OfTown, { key: view.value.view, name: view.value.view })}${h(Tour, {})}`;

let spoken = 'zh';
effect(() => {
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
