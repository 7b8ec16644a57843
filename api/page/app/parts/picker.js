// @ts-check
/** A field that finds things and keeps them as chips: firms, bodies, products, one or several. */
import { ask } from '../ask.js';
import { html, say, view } from '../shared.js';
import { useEffect, useRef, useState } from '../vendor/preact.js';
import { Named } from './marks.js';

/** @typedef {{id: string, name: string, synthetic?: boolean}} Thing */

/**
 * @param {object} props
 * @param {string} props.id
 * @param {string} props.label
 * @param {import('../../queries').Kind[]} props.kinds
 * @param {Thing[]} props.chosen
 * @param {(chosen: Thing[]) => void} props.choose
 * @param {boolean} [props.single]
 * @param {string|null} [props.wrong] a complaint about what was chosen
 * @param {string} [props.hint]
 */
export function Picker({ id, label, kinds, chosen, choose, single = false, wrong = null, hint }) {
  const [text, setText] = useState(''), [hits, setHits] = useState(/** @type {Thing[]|null} */ (null)), [at, setAt] = useState(0), composing = useRef(false);
  useEffect(() => {
    if (!text.trim()) { setHits(null); return undefined; }
    const stop = new AbortController();
    const timer = setTimeout(() => ask('page/find', { text: text.trim().slice(0, 60), kinds, asOf: view.value.asOf }, stop.signal).then((data) => {
      setHits((data.search ?? []).map((hit) => ({ id: hit.id, name: hit.name, synthetic: hit.entity?.synthetic })));
      setAt(0);
    }, () => undefined), 120);
    return () => { stop.abort(); clearTimeout(timer); };
  }, [text]);
  const take = (/** @type {Thing} */ hit) => { choose(single ? [hit] : [...chosen.filter((one) => one.id !== hit.id), hit]); setText(''); };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing || composing.current) return; // an input method uses Enter and arrows itself
    const count = hits?.length ?? 0;
    if (event.key === 'ArrowDown' && count) { setAt((at + 1) % count); event.preventDefault(); }
    if (event.key === 'ArrowUp' && count) { setAt((at + count - 1) % count); event.preventDefault(); }
    if (event.key === 'Enter') { if (hits?.[at]) take(hits[at]); event.preventDefault(); }
    if (event.key === 'Escape' && text) { setText(''); event.stopPropagation(); }
  };
  const open = hits !== null && text.trim() !== '';
  return html`<div class="picker">${chosen.map((one) => html`<span key=${one.id} class="chip">${Named(one)} <button type="button" class="plain" aria-label=${say('pick.drop', one.name)} onClick=${() => choose(chosen.filter((other) => other.id !== one.id))}>×</button></span>`)}
    ${single && chosen.length ? null : html`<span class="search"><input id=${id} role="combobox" autocomplete="off" aria-label=${label} placeholder=${hint ?? say('pick.hint')} aria-expanded=${open} aria-controls=${`${id}-hits`} aria-activedescendant=${open && hits.length ? `${id}-hit-${at}` : undefined} aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${wrong ? `${id}-wrong` : undefined}
      value=${text} onInput=${(/** @type {InputEvent} */ event) => setText(/** @type {HTMLInputElement} */ (event.target).value)} onKeyDown=${onKey} onBlur=${() => setTimeout(() => setHits(null), 150)}
      onCompositionStart=${() => { composing.current = true; }} onCompositionEnd=${() => { composing.current = false; }} />
      ${open ? html`<div class="hits"><ul id=${`${id}-hits`} role="listbox" aria-label=${say('search.hits', hits.length)}>${hits.map((hit, n) => html`<li key=${hit.id} id=${`${id}-hit-${n}`} role="option" aria-selected=${n === at} onMouseDown=${(/** @type {Event} */ event) => { event.preventDefault(); take(hit); }}><span>${Named(hit)}</span></li>`)}</ul>${hits.length ? null : html`<p>${say('search.none', text.trim())}</p>`}</div>` : null}</span>`}
    ${wrong ? html`<small class="wrong" id=${`${id}-wrong`}>${wrong}</small>` : null}</div>`;
}
