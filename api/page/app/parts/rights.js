// @ts-check
/** Who may write, and for which office: said wherever something can be written. Its words are in words/rights.js. */
import { forget } from '../ask.js';
import { address, html, say, view } from '../shared.js';
import { signal, useState } from '../vendor/preact.js';

/** The office for which this browser last wrote: offered again while the page is open. */
export const office = signal('');

/** @typedef {{mayWrite: boolean, refusal: import('../../queries').WriteRefusal|null}} Viewer */

/** What stands against writing, in this language's words. @param {Viewer} viewer */
export const whyNot = (viewer) => say(`rights.why.${viewer.refusal ?? 'OFF'}`);

/** Whether this browser may write; if not, why, and what would give it the right: the pass is asked for only where nothing else is lacking. @param {{viewer: Viewer|null|undefined}} props */
export function Rights({ viewer }) {
  const [pass, setPass] = useState(''), [told, setTold] = useState('');
  if (!viewer || viewer.mayWrite) return null;
  const enter = async () => {
    const query = new URLSearchParams({ token: pass, to: address(view.value).replace(/^[^?]*\?/, '') });
    try {
      const answer = await fetch(`enter?${query}`);
      setTold(answer.ok ? '' : answer.status === 403 ? say('rights.wrong') : `HTTP ${answer.status}`);
      if (answer.ok) { setPass(''); forget(); }
    } catch { setTold(say('fail.OFFLINE')); }
  };
  return html`<aside class="rights" aria-label=${say('rights.title')}><p role="status"><b>${say('rights.none')}</b> ${whyNot(viewer)}</p>${viewer.refusal === 'NO_PASS' ? html`<p class="quiet">${say('rights.how')}</p>
    <p class="pass"><label>${say('rights.pass')}<input type="password" autocomplete="off" value=${pass} onInput=${(/** @type {Event} */ event) => setPass(/** @type {HTMLInputElement} */ (event.target).value)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter' && pass) enter(); }} /></label><button disabled=${!pass} onClick=${enter}>${say('rights.enter')}</button></p>
    ${told ? html`<p role="alert">${told}</p>` : null}` : null}</aside>`;
}
