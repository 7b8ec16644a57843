// @ts-check
/** The only fetch of data: a question by the id of its document. The last asked wins; answers are kept while the snapshot stands. */
import { useEffect, useState } from './vendor/preact.js';

/** What went wrong, by the code that the service gives. */
export class Failure extends Error {
  /** @param {string} code @param {string} message @param {string|null} argument */
  constructor(code, message, argument = null) {
    super(message);
    this.code = code;
    this.argument = argument;
  }
}

/** @type {Map<string, any>} */
const kept = new Map();
let snapshot = '';

/**
 * @param {string} id such as `page/town`
 * @param {Record<string, unknown>} variables
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the data; partial data carries `failures`
 */
export async function ask(id, variables, signal) {
  const key = JSON.stringify([id, variables]);
  if (kept.has(key)) return kept.get(key);
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
    throw new Failure(first?.extensions?.code ?? 'INTERNAL', first?.message ?? '', first?.extensions?.argument ?? null);
  }
  const now = answer.extensions?.versions?.snapshot ?? '';
  if (String(now) !== snapshot) { kept.clear(); snapshot = String(now); }
  if (errors.length) return { ...answer.data, failures: errors };
  if (kept.size > 200) kept.clear();
  kept.set(key, answer.data);
  return answer.data;
}

/**
 * @typedef {object} Asked
 * @property {any} data the last good answer, also while the next one is awaited
 * @property {Failure|null} failure
 * @property {boolean} slow awaited for more than 300 ms
 * @property {boolean} stale what `data` answers is not what is asked now
 * @property {() => void} retry
 */

/** @param {string} id @param {Record<string, unknown>|null} variables null: nothing is asked @returns {Asked} */
export function useAnswer(id, variables) {
  const key = JSON.stringify([id, variables]);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState(/** @type {{key: string, data: any, failure: Failure|null, slow: boolean}} */ ({ key: '', data: null, failure: null, slow: false }));
  useEffect(() => {
    if (variables === null) return undefined;
    const stop = new AbortController();
    const late = setTimeout(() => setState((s) => ({ ...s, slow: true })), 300);
    ask(id, variables, stop.signal).then(
      (data) => { if (!stop.signal.aborted) setState({ key, data, failure: null, slow: false }); },
      (failure) => { if (!stop.signal.aborted) setState((s) => ({ ...s, key, failure: failure instanceof Failure ? failure : new Failure('INTERNAL', String(failure)), slow: false })); },
    ).finally(() => clearTimeout(late));
    return () => { stop.abort(); clearTimeout(late); };
  }, [key, turn]);
  return { data: variables === null ? null : state.data, failure: state.failure, slow: state.slow, stale: state.key !== key, retry: () => setTurn((n) => n + 1) };
}
