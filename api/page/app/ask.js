// @ts-check
/** The only fetch of data: a question, or a change, by the id of its document. The last asked wins; answers are kept while the snapshot stands. */
import { signal, useEffect, useState } from './vendor/preact.js';

/** @typedef {import('../queries').Documents} Documents */
/** @typedef {{message: string, path?: (string|number)[], extensions?: {code?: string, argument?: string}}} PartFailure what went wrong with a part of an answer */

/** @typedef {{code: string, argument: string, message: string}} Problem */

/** What went wrong, by the code that the service gives. */
export class Failure extends Error {
  /** @param {string} code @param {string} message @param {{argument?: string, problems?: Problem[], current?: Record<string, unknown>}} told */
  constructor(code, message, told = {}) {
    super(message);
    this.code = code;
    this.argument = told.argument ?? null;
    /** All that is wrong with a change, each at its argument. */
    this.problems = told.problems ?? [];
    /** How what was to be changed is now, if it is not as it was seen. */
    this.current = told.current ?? null;
  }
}

/** @template [D=unknown] @typedef {{data: D, failures: PartFailure[]}} Told an answer as it came, with what of it could not be answered */

/** @type {Map<string, Told>} */
const kept = new Map();
let snapshot = '';
/** How often something was written here: what is shown is asked again. */
const writes = signal(0);

/** What this view asked last: it can be asked again on the query page. */
export const question = signal(/** @type {{id: string, variables: object}|null} */ (null));

/** After a write by another door (an upload), nothing that was kept holds. */
export function forget() {
  kept.clear();
  writes.value += 1;
}

/** @param {string} id @param {object} variables @param {AbortSignal} [signal] @returns {Promise<Told>} */
async function send(id, variables, signal) {
  let response;
  try {
    response = await fetch('graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ documentId: id, variables }), signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure('OFFLINE', '');
  }
  let answer;
  try {
    answer = await response.json();
  } catch {
    throw new Failure(response.status === 503 ? 'STORE_UNAVAILABLE' : 'INTERNAL', `HTTP ${response.status}`);
  }
  const errors = answer.errors ?? [];
  if (!answer.data || Object.values(answer.data).every((part) => part === null) && errors.length) {
    const first = errors[0];
    throw new Failure(first?.extensions?.code ?? 'INTERNAL', first?.message ?? '', first?.extensions);
  }
  const now = String(answer.extensions?.versions?.snapshot ?? '');
  if (now !== snapshot) { kept.clear(); snapshot = now; }
  return { data: answer.data, failures: errors };
}

/** @template {keyof Documents} I @param {I} id @param {Documents[I]['variables']} variables @param {AbortSignal} [signal] @returns {Promise<Told<Documents[I]['data']>>} */
async function answerOf(id, variables, signal) {
  const key = JSON.stringify([id, variables]), before = kept.get(key), answer = /** @type {Told<Documents[I]['data']>} */ (before ?? await send(id, variables, signal));
  if (before) return answer;
  if (answer.failures.length) return answer;
  if (kept.size > 200) kept.clear();
  kept.set(key, answer);
  return answer;
}

/**
 * @template {keyof Documents} I
 * @param {I} id such as `page/town`
 * @param {Documents[I]['variables']} variables
 * @param {AbortSignal} [signal]
 * @returns {Promise<Documents[I]['data']>}
 */
export const ask = async (id, variables, signal) => (await answerOf(id, variables, signal)).data;

/**
 * A change: never kept, and what is shown afterwards is asked again.
 * @template {keyof Documents} I
 * @param {I} id @param {Documents[I]['variables']} variables
 * @returns {Promise<Documents[I]['data']>}
 */
export async function change(id, variables) {
  const { data } = /** @type {Told<Documents[I]['data']>} */ (await send(id, variables));
  forget();
  return data;
}

/**
 * @template D
 * @typedef {object} Asked
 * @property {D|null} data the last good answer, also while the next one is awaited
 * @property {PartFailure[]} failures what of it could not be answered
 * @property {Failure|null} failure
 * @property {boolean} slow awaited for more than 300 ms
 * @property {boolean} stale what `data` answers is not what is asked now
 * @property {() => void} retry
 */

/**
 * One question, or the same question of several: one answer each, all or none.
 * @template {keyof Documents} I
 * @param {I} id @param {Documents[I]['variables'][]} each none: nothing is asked
 * @returns {Asked<Documents[I]['data'][]>}
 */
export function useAnswers(id, each) {
  const key = JSON.stringify([id, each]);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState(/** @type {{key: string, data: Documents[I]['data'][]|null, failures: PartFailure[], failure: Failure|null, slow: boolean}} */ ({ key: '', data: null, failures: [], failure: null, slow: false }));
  useEffect(() => {
    if (!each.length) return undefined;
    question.value = { id, variables: each[0] };
    const stop = new AbortController();
    const late = setTimeout(() => setState((s) => ({ ...s, slow: true })), 300);
    Promise.all(each.map((variables) => answerOf(id, variables, stop.signal))).then(
      (answers) => { if (!stop.signal.aborted) setState({ key, data: answers.map((one) => one.data), failures: answers.flatMap((one) => one.failures), failure: null, slow: false }); },
      (failure) => { if (!stop.signal.aborted) setState((s) => ({ ...s, key, failure: failure instanceof Failure ? failure : new Failure('INTERNAL', String(failure)), slow: false })); },
    ).finally(() => clearTimeout(late));
    return () => { stop.abort(); clearTimeout(late); };
  }, [key, turn, writes.value]);
  return { data: each.length ? state.data : null, failures: state.failures, failure: state.failure, slow: state.slow, stale: state.key !== key, retry: () => setTurn((n) => n + 1) };
}

/**
 * @template {keyof Documents} I
 * @param {I} id @param {Documents[I]['variables']|null} variables null: nothing is asked
 * @returns {Asked<Documents[I]['data']>}
 */
export function useAnswer(id, variables) {
  const answer = useAnswers(id, variables === null ? [] : [variables]);
  return { ...answer, data: answer.data?.[0] ?? null };
}
