// @ts-check
/** Chinese in a page that speaks another language: names as the data has them, sentences as the service writes them. Each is marked, so that a screen reader says it in Chinese, and each view says once whose words they are. Fetched with the other language. */
import { h, say } from './shared.js';

/** Ideographs with what stands between and around them: their punctuation, digits, spaces. */
const RUN = /([\u2e80-\u9fff\uf900-\ufaff](?:[\d\s\u00b7\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]*[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])?)/;
/** Elements that may hold text only: what is partly Chinese is marked as a whole there. */
const BARE = new Set(['option', 'title', 'text', 'tspan', 'textarea']);

/** @typedef {import('./vendor/preact.js').ComponentChildren} Child */

/** @param {Child} child @returns {Child} */
function marked(child) {
  if (Array.isArray(child)) return child.map(marked);
  if (typeof child !== 'string' || !RUN.test(child)) return child;
  const parts = child.split(RUN).map((part, n) => (n % 2 ? h('span', { lang: 'zh-CN' }, part) : part)).filter(Boolean);
  return parts.length === 1 ? parts[0] : h('span', null, ...parts); // one element, as the text was: a flex box counts its children
}

/**
 * As `h` makes an element, with its Chinese marked.
 * @type {import('./shared.js').Make}
 */
export function foreign(type, props, ...children) {
  const texts = children.flat().filter((child) => typeof child === 'string' && child.trim());
  if (props?.lang || typeof type !== 'string') return h(type, props, ...children);
  if (BARE.has(type) || (texts.length === 1 && children.length === 1)) {
    const all = texts.join(''), whole = BARE.has(type) ? RUN.test(all) : all.replace(RUN, '').trim() === '';
    if (whole && all) return h(type, { ...props, lang: 'zh-CN' }, ...children);
    if (BARE.has(type)) return h(type, props, ...children);
  }
  const note = type === 'main' ? [h('p', { class: 'quiet', style: { gridColumn: '1 / -1' } }, say('foreign.note'))] : [];
  return h(type, props, ...children.map(marked), ...note);
}
