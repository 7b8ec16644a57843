// @ts-check
/** A change on its way: what was typed stays until the service has taken it, and a refusal stands where it belongs. */
import { change, Failure, forget } from '../../ask.js';
import { useDraft } from '../../drafts.js';
import { fieldOf, sentence } from '../../ledgers.js';
import { office } from '../../parts/rights.js';
import { html, say } from '../../shared.js';
import { useState } from '../../vendor/preact.js';

/** @typedef {import('../../../queries').Documents} Documents */

/** A name of a request that nobody else takes: asked again under it, it is done once. */
function requestName() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @template D
 * @typedef {object} Writing
 * @property {boolean} busy
 * @property {Failure|null} failure
 * @property {(variables: object, note: {by?: string, reason?: string}) => Promise<D|null>} send null: refused
 * @property {() => void} clear
 */

/** @template {keyof Documents} I @param {I} id @returns {Writing<Documents[I]['data']>} */
export function useChange(id) {
  const [state, setState] = useState(/** @type {{busy: boolean, failure: Failure|null}} */ ({ busy: false, failure: null }));
  const [sent, sending, settled] = useDraft(`sent-${id}`, () => ({ key: '', name: '' })); // the answer may be lost, and the page loaded anew before it is sent again
  return {
    ...state,
    clear: () => setState({ busy: false, failure: null }),
    send: async (variables, note) => {
      office.value = note.by ?? office.value;
      const key = JSON.stringify([id, variables, note]), requestId = sent.key === key ? sent.name : requestName(); // sent again as it was: the same request
      sending({ key, name: requestId });
      setState({ busy: true, failure: null });
      try {
        const data = await change(id, /** @type {Documents[I]['variables']} */ ({ ...variables, note: { by: note.by || null, reason: note.reason || null, requestId } }));
        setState({ busy: false, failure: null });
        settled();
        return data;
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure('INTERNAL', String(error));
        setState({ busy: false, failure });
        if (failure.code === 'CONFLICT' || failure.code === 'FORBIDDEN') forget(); // what is shown beside the form is asked again
        return null;
      }
    },
  };
}

/** What the service says of one field. @param {Failure|null} failure @param {string} field @returns {string|null} */
export const wrongAt = (failure, field) => failure?.problems.filter((one) => fieldOf(one.argument) === field).map((one) => sentence(one.message)).join(say('semicolon')) || (failure && !failure.problems.length && failure.argument && fieldOf(failure.argument) === field ? sentence(failure.message) : null);

/** What stands above a form that was refused: what belongs to no field of it. @param {Failure|null} failure @param {readonly string[]} fields */
export function Refusal(failure, fields) {
  if (!failure) return null;
  const elsewhere = failure.problems.filter((one) => !fields.includes(fieldOf(one.argument)));
  const words = failure.code === 'FORBIDDEN' ? say('write.lost')
    : failure.code === 'OFFLINE' || failure.code === 'STORE_UNAVAILABLE' ? `${say(`fail.${failure.code}`)}${say('write.kept')}`
    : failure.code === 'CONFLICT' && failure.current ? say('write.outdated')
    : failure.problems.length ? elsewhere.map((one) => sentence(one.message)).join(say('semicolon'))
    : failure.argument && fields.includes(fieldOf(failure.argument)) ? '' : sentence(failure.message) || say('fail.INTERNAL');
  return html`<p class="failure" role="alert">${words || say('write.refused')}</p>`;
}

/** Who writes and why: beside every change. @param {{form: string, by: string, reason: string, wanted: boolean, set: (next: {by?: string, reason?: string}) => void, failure: Failure|null}} props */
export const NoteFields = ({ form, by, reason, wanted, set, failure }) => html`
  ${Labelled({ id: `${form}-reason`, label: say(wanted ? 'write.reason' : 'write.reason.free'), wrong: wrongAt(failure, 'reason'), field: (more) => html`<textarea rows="2" ...${more} value=${reason} onInput=${(/** @type {Event} */ event) => set({ reason: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea>` })}
  ${Labelled({ id: `${form}-by`, label: say('write.by'), wrong: wrongAt(failure, 'by'), field: (more) => html`<input ...${more} value=${by} onInput=${(/** @type {Event} */ event) => set({ by: /** @type {HTMLInputElement} */ (event.target).value })} />` })}`;

/** @param {{id: string, label: string, wrong: string|null, field: (more: object) => unknown}} props */
export const Labelled = ({ id, label, wrong, field }) => html`<div class="field"><label for=${id}>${label}</label>${field({ id, 'aria-invalid': wrong ? 'true' : undefined, 'aria-describedby': wrong ? `${id}-wrong` : undefined })}${wrong ? html`<small class="wrong" id=${`${id}-wrong`}>${wrong}</small>` : null}</div>`;
