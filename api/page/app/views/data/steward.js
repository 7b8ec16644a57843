// @ts-check
/** Who may write, and what is asked of whoever does: a reason. What was typed stays, whatever goes wrong. */
import { Failure, forget } from '../../ask.js';
import { useDraft } from '../../drafts.js';
import { office } from '../../parts/rights.js';
import { html, say } from '../../shared.js';
import { signal, useEffect, useRef, useState } from '../../vendor/preact.js';

/** Of which row a form is open; one at a time, so that nobody wonders which of two counts. */
export const editing = signal('');
/** What went wrong with a write, and that nothing typed is lost. @param {unknown} error */
export function refused(error) {
  const failure = error instanceof Failure ? error : new Failure('INTERNAL', String(error));
  return ['OFFLINE', 'STORE_UNAVAILABLE', 'FORBIDDEN'].includes(failure.code) ? say(`data.fail.${failure.code}`) : failure.message || say('fail.INTERNAL');
}

/**
 * Why, and for which body: the two things that a record keeps of a write.
 * @param {{about: string, action: string, submit: (reason: string, by: string|null) => Promise<string[]>, done: (lines: string[]) => void}} props
 */
export function Grounds({ about, action, submit, done }) {
  const [draft, type, forgetTyped] = useDraft(about, () => ({ reason: '', by: office.value }));
  const [busy, setBusy] = useState(false), [told, setTold] = useState('');
  const first = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  useEffect(() => { first.current?.focus(); }, []);
  const send = async () => {
    setBusy(true);
    try {
      const lines = await submit(draft.reason, draft.by.trim() || null);
      forgetTyped();
      office.value = draft.by.trim();
      editing.value = '';
      done(lines);
    } catch (error) {
      setTold(refused(error));
      setBusy(false);
      if (error instanceof Failure && error.code === 'FORBIDDEN') forget();
    }
  };
  return html`<div class="grounds" role="group" aria-label=${action}>
    <label>${say('data.reason')}<textarea ref=${first} rows="2" maxlength="1000" value=${draft.reason} onInput=${(/** @type {Event} */ event) => type({ reason: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea></label>
    <label>${say('data.by')}<input maxlength="100" value=${draft.by} onInput=${(/** @type {Event} */ event) => type({ by: /** @type {HTMLInputElement} */ (event.target).value })} /></label>
    <p><button class="accent" disabled=${busy || !draft.reason.trim()} onClick=${send}>${action}</button><button disabled=${busy} onClick=${() => { editing.value = ''; }}>${say('data.cancel')}</button>${draft.reason.trim() ? null : html` <small class="quiet">${say('data.reason.needed')}</small>`}</p>
    ${told ? html`<p class="wrong" role="alert">${told} <b>${say('data.kept')}</b></p>` : null}</div>`;
}
