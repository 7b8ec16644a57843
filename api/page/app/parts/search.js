// @ts-check
/** One field that finds towns, firms and products: by name, initials, traditional characters, credit code. */
import { ask } from '../ask.js';
import { go, html, say, to, view } from '../shared.js';
import { useEffect, useRef, useState } from '../vendor/preact.js';
import { Stamp } from './marks.js';

/** @typedef {{id: string, kind: string, name: string, synthetic: boolean}} Found */

/** Open the page of what was found. @param {Found} found */
const opened = ({ id, kind }) => go(kind === 'TOWN' ? to('town', {}, { town: id }) : kind === 'PRODUCT' ? to('product', { product: id }, { town: '' }) : to('firm', { org: id }, { town: '' }));

/**
 * @param {object} props
 * @param {string} props.id
 * @param {string} [props.label]
 * @param {string} [props.hint] what stands in the empty field
 * @param {string|null} [props.wrong] id of a complaint about what was chosen; a field of a form is no landmark
 * @param {import('../../queries').Kind[]} [props.kinds]
 * @param {(found: Found) => void} [props.pick] what is done with a hit, instead of opening its page
 */
export function Search({ id, label = say('search'), hint = label, wrong, kinds = ['TOWN', 'ORGANISATION', 'PRODUCT'], pick = opened }) {
  const [text, setText] = useState(''), [hits, setHits] = useState(/** @type {NonNullable<import('../../queries').SearchQuery['search']>|null} */ (null)), [at, setAt] = useState(0);
  const [open, setOpen] = useState(false), composing = useRef(false);
  useEffect(() => {
    if (!text.trim()) { setHits(null); return undefined; }
    const stop = new AbortController();
    const timer = setTimeout(() => ask('page/search', { text: text.trim().slice(0, 60), kinds, asOf: view.value.asOf }, stop.signal).then((data) => { setHits(data.search ?? []); setAt(0); }, () => undefined), 120);
    return () => { stop.abort(); clearTimeout(timer); };
  }, [text, view.value.asOf]);
  /** @param {NonNullable<typeof hits>[number]} hit */
  const choose = (hit) => { setOpen(false); setText(''); pick({ id: hit.id, kind: hit.kind, name: hit.name, synthetic: hit.entity?.synthetic ?? false }); };
  const shown = open && hits !== null;
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing || composing.current) return; // an input method uses Enter and arrows itself
    const count = hits?.length ?? 0;
    if (event.key === 'ArrowDown' && count) { setAt((at + 1) % count); event.preventDefault(); }
    if (event.key === 'ArrowUp' && count) { setAt((at + count - 1) % count); event.preventDefault(); }
    if (event.key === 'Enter') { if (shown && hits[at]) choose(hits[at]); event.preventDefault(); } // never sends the form around it
    if (event.key === 'Escape' && (shown || text)) { setOpen(false); event.stopPropagation(); }
  };
  return html`<div class="search" role=${wrong === undefined ? 'search' : undefined} onFocusOut=${(/** @type {FocusEvent} */ event) => { if (!(/** @type {Element} */ (event.currentTarget)).contains(/** @type {Node|null} */ (event.relatedTarget))) setOpen(false); }}>
    <input id=${id} type="search" role="combobox" autocomplete="off" aria-label=${label} placeholder=${hint} title=${say('search.hint')} aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${wrong ?? undefined} aria-expanded=${Boolean(shown)} aria-controls=${`${id}-hits`} aria-activedescendant=${shown && hits.length ? `${id}-hit-${at}` : undefined}
      value=${text} onInput=${(/** @type {InputEvent} */ event) => { setText(/** @type {HTMLInputElement} */ (event.target).value); setOpen(true); }} onFocus=${() => setOpen(true)} onKeyDown=${onKey}
      onCompositionStart=${() => { composing.current = true; }} onCompositionEnd=${() => { composing.current = false; }} />
    ${shown ? html`<div class="hits"><ul id=${`${id}-hits`} role="listbox" aria-label=${say('search.hits', hits.length)}>${hits.map((hit, n) => html`<li key=${hit.id} id=${`${id}-hit-${n}`} role="option" aria-selected=${n === at} onMouseDown=${(/** @type {Event} */ event) => { event.preventDefault(); choose(hit); }}>
      <span>${hit.name}${hit.matched !== hit.name ? html` <small>${hit.matched}</small>` : null} ${Stamp(hit.entity)}${hit.active ? null : html` <small>${say('search.closed')}</small>`}</span><small>${say(`kind.${hit.kind}`)}</small></li>`)}</ul>
      ${hits.length ? null : html`<p>${say('search.none', text.trim())}</p>`}</div>` : null}
    <p class="sr" role="status">${shown ? say('search.hits', hits.length) : ''}</p></div>`;
}
