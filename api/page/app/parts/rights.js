// @ts-check
/** Who may write, and for which office: said wherever something can be written. Its words are in words/rights.js. */
import { forget } from '../ask.js';
import { address, html, say, view } from '../shared.js';
import { signal, useState } from '../vendor/preact.js';

/** The office for which this browser last wrote: offered again while the page is open. */
export const office = signal('');

/** Whether this browser may write; if not, why, and where the pass is typed. @param {{viewer: {mayWrite: boolean, whyNot: string|null}|null|undefined}} props */
export function Rights({ viewer }) {
  const [pass, setPass] = useState(''), [told, setTold] = useState('');
  if (!viewer || viewer.mayWrite) return null;
  const enter = async () => {
    const query = new URLSearchParams({ token: pass, to: address(view.value).replace(/^[^?]*\?/, '') });
    try {
      const answer = await fetch(`enter?${query}`);
      setTold(answer.ok ? '' : await answer.text());
      if (answer.ok) { setPass(''); forget(); }
    } catch { setTold(say('fail.OFFLINE')); }
  };
  return html`<aside class="rights" aria-label=${say('rights.title')}><p role="status"><b>${say('rights.none')}</b> ${viewer.whyNot}</p><p class="quiet">${say('rights.how')}</p>
    <p class="pass"><label>${say('rights.pass')}<input type="password" autocomplete="off" value=${pass} onInput=${(/** @type {Event} */ event) => setPass(/** @type {HTMLInputElement} */ (event.target).value)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter' && pass) enter(); }} /></label><button disabled=${!pass} onClick=${enter}>${say('rights.enter')}</button></p>
    ${told ? html`<p role="alert">${told}</p>` : null}</aside>`;
}
