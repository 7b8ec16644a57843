// @ts-check
/** A picture that can be taken along: drawn once more in light, twice as large, with what it is, of when, and its stamps. */
import { html, lang, say } from '../shared.js';
import { asOfWords } from './frames.js';
import { useRef, useState } from '../vendor/preact.js';

/** @typedef {import('./frames.js').Method} Method */

/**
 * @param {object} props
 * @param {string} props.name of the file
 * @param {string} props.title
 * @param {Method|null|undefined} [props.method] what it rests on
 * @param {string[]} [props.stamps] what else must stand on it, such as a map's approval number
 * @param {unknown} props.children
 */
export function Picture({ name, title, method, stamps = [], children }) {
  const figure = useRef(/** @type {HTMLElement|null} */ (null)), [state, setState] = useState(/** @type {'idle'|'drawing'|'failed'} */ ('idle'));
  const rests = method?.realOnly ? say('real.page') : method?.provenance?.inWords;
  const save = async () => {
    const element = /** @type {HTMLElement} */ (figure.current), root = document.documentElement, before = root.dataset.theme;
    setState('drawing');
    element.classList.add('taken');
    root.dataset.theme = 'light'; // paper is white
    try {
      const { domToPng } = await import('../vendor/png.js');
      const address = await domToPng(element, { scale: 2, font: false, backgroundColor: '#ffffff' });
      Object.assign(document.createElement('a'), { href: address, download: `${title}.png` }).click();
      setState('idle');
    } catch {
      setState('failed');
    } finally {
      element.classList.remove('taken');
      if (before === undefined) delete root.dataset.theme; else root.dataset.theme = before;
    }
  };
  return html`<div class="picture"><div class="drawn" role="figure" aria-label=${title} ref=${figure} id=${`picture-${name}`}><header><b>${title}</b> ${method ? html`<span>${asOfWords(method.asOf)}</span>` : null} ${rests ? html`<span class=${`stamp${method?.realOnly ? ' real' : ''}`}>${method?.realOnly ? rests : say('invented')}</span>` : null}${stamps.map((one) => html`<span key=${one} class="stamp">${one}</span>`)}
      <small>${[lang() === 'en' ? method?.formula : method?.words, say('picture.by', new Date().toLocaleDateString(lang() === 'en' ? 'en-GB' : 'zh-CN'))].filter(Boolean).join(' · ')}</small></header>${children}</div>
    <p class="save"><button disabled=${state === 'drawing'} onClick=${save}>${say(state === 'drawing' ? 'picture.drawing' : 'picture.save')}</button>${state === 'failed' ? html`<span role="alert">${say('picture.failed')}</span>` : null}</p></div>`;
}
