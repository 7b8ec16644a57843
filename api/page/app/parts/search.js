// @ts-check
/** One field that finds towns, firms and products: by name, initials, traditional characters, credit code. */
import { ask } from '../ask.js';
import { elsewhere } from '../state.js';
import { go, html, say, view } from '../shared.js';
import { useEffect, useRef, useState } from '../vendor/preact.js';
import { Stamp } from './marks.js';

/** @param {{id: string, label?: string, towns?: boolean, pick?: (hit: {id: string, name: string}) => void}} props `towns`: only these are found; `pick`: what is done with a hit, instead of opening it */
export function Search({ id, label = say('search'), towns = false, pick }) {
  const [text, setText] = useState(''), [hits, setHits] = useState(/** @type {any[]|null} */ (null)), [at, setAt] = useState(0);
  const [open, setOpen] = useState(false), composing = useRef(false);
  useEffect(() => {
    if (!text.trim()) { setHits(null); return undefined; }
    const stop = new AbortController();
    const timer = setTimeout(() => ask('page/search', { text: text.trim().slice(0, 60), asOf: view.value.asOf, ...(towns ? { kinds: ['TOWN'] } : {}) }, stop.signal).then((data) => { setHits(data.search ?? []); setAt(0); }, () => undefined), 120);
    return () => { stop.abort(); clearTimeout(timer); };
  }, [text, view.value.asOf]);
  /** @param {any} hit */
  const choose = (hit) => {
    setOpen(false);
    if (pick) { setText(''); pick(hit); return; }
    if (hit.kind === 'TOWN') { setText(''); go({ ...elsewhere(view.value), view: 'town', town: hit.id }); } else location.href = `graphiql/`;
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing || composing.current) return; // an input method uses Enter and arrows itself
    const count = hits?.length ?? 0;
    if (event.key === 'ArrowDown' && count) { setAt((at + 1) % count); event.preventDefault(); }
    if (event.key === 'ArrowUp' && count) { setAt((at + count - 1) % count); event.preventDefault(); }
    if (event.key === 'Enter' && hits?.[at]) choose(hits[at]);
    if (event.key === 'Escape') { setOpen(false); event.stopPropagation(); }
  };
  const shown = open && hits !== null;
  return html`<div class="search" role="search" onFocusOut=${(/** @type {FocusEvent} */ event) => { if (!(/** @type {Element} */ (event.currentTarget)).contains(/** @type {Node|null} */ (event.relatedTarget))) setOpen(false); }}>
    <input id=${id} type="search" role="combobox" autocomplete="off" aria-label=${label} placeholder=${label} title=${say('search.hint')} aria-expanded=${Boolean(shown)} aria-controls=${`${id}-hits`} aria-activedescendant=${shown && hits.length ? `${id}-hit-${at}` : undefined}
      value=${text} onInput=${(/** @type {InputEvent} */ event) => { setText(/** @type {HTMLInputElement} */ (event.target).value); setOpen(true); }} onFocus=${() => setOpen(true)} onKeyDown=${onKey}
      onCompositionStart=${() => { composing.current = true; }} onCompositionEnd=${() => { composing.current = false; }} />
    ${shown ? html`<div class="hits"><ul id=${`${id}-hits`} role="listbox" aria-label=${say('search.hits', hits.length)}>${hits.map((hit, n) => html`<li key=${hit.id} id=${`${id}-hit-${n}`} role="option" aria-selected=${n === at} onMouseDown=${(/** @type {Event} */ event) => { event.preventDefault(); choose(hit); }}>
      <span>${hit.name}${hit.matched !== hit.name ? html` <small>${hit.matched}</small>` : null} ${Stamp(hit.entity)}</span><small>${say(`kind.${hit.kind}`)}</small></li>`)}</ul>
      ${hits.length ? null : html`<p>${say('search.none', text.trim())}</p>`}${hits.some((hit) => hit.kind !== 'TOWN') ? html`<p class="quiet">${say('search.only')}</p>` : null}</div>` : null}
    <p class="sr" role="status">${shown ? say('search.hits', hits.length) : ''}</p></div>`;
}
