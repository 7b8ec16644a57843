// @ts-check
/** A workbook on its way: sent with its progress, checked, loaded; kept while the page is open, whatever tab is looked at. */
import { Failure, forget } from '../../ask.js';
import { say } from '../../shared.js';
import { signal } from '../../vendor/preact.js';

/** The most that the service takes. */
export const MOST = 50_000_000;
export const BOOKS = ['.xlsx', '.xlsm', '.xls', '.xlsb', '.ods', '.et'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * @typedef {object} Change
 * @property {string} place
 * @property {string} sheet
 * @property {string} cell
 * @property {string} kind
 * @property {string} id
 * @property {string} column empty for a whole row
 * @property {string} words
 * @property {string} before
 * @property {string} after
 * @property {string} [beforeInWords]
 * @property {string} [afterInWords]
 * @property {{column: string, words: string, text: string}[]} [cells] what a whole row says
 */
/**
 * @typedef {object} Report
 * @property {string|null} load
 * @property {boolean} clean
 * @property {boolean} seen
 * @property {number} writes
 * @property {{file: string, words: string, read: number, new: number, changed: number, same: number, rejected: number, held: number, replaced: number, unread: number, refused: boolean}[]} tables
 * @property {{place: string, value: string, reason: string, proposed: string[], expected: string}[]} rejections
 * @property {number} rejected
 * @property {{cause: string, count: number, first: string}[]} causes
 * @property {{for: string, count: number}[]} waiting
 * @property {string[]} warnings
 * @property {{place: string, value: string, reason: string}[]} implausible
 * @property {string[]} notes
 * @property {{total: number, sheets: {sheet: string, new: number, changed: number, gone: number}[], first: Change[], names: Record<string, string>}} [differences]
 */
/**
 * @typedef {object} Desk
 * @property {File|null} file
 * @property {'idle'|'sending'|'checking'|'loading'|'fetching'} at
 * @property {number} sent share of the bytes that are sent
 * @property {Report|null} checked
 * @property {Report|null} loaded
 * @property {string} told what went wrong
 * @property {string} note what happened beside it
 * @property {boolean} looked whether somebody says that the doubtful figures were looked at
 */

/** @type {Desk} */
const EMPTY = { file: null, at: 'idle', sent: 0, checked: null, loaded: null, told: '', note: '', looked: false };
export const desk = signal(EMPTY);
/** @param {Partial<Desk>} change */
const move = (change) => { desk.value = { ...desk.value, ...change }; };

/** @type {XMLHttpRequest|null} */
let going = null;

/**
 * Send the workbook; `fetch` tells no progress of what it sends.
 * @param {Record<string, string>} query @param {string} accept @param {Desk['at']} then
 * @returns {Promise<Blob>}
 */
function send(query, accept, then) {
  const file = /** @type {File} */ (desk.value.file), request = new XMLHttpRequest();
  going = request;
  move({ at: 'sending', sent: 0, told: '' });
  return new Promise((done, fail) => {
    request.open('POST', `load?${new URLSearchParams({ ...query, name: file.name })}`);
    request.responseType = 'blob';
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', accept);
    request.upload.onprogress = (event) => move({ sent: event.total ? event.loaded / event.total : 0 });
    request.upload.onload = () => move({ at: then, sent: 1 });
    request.onload = async () => {
      if (request.status < 400) { done(request.response); return; }
      const text = await request.response.text();
      try { const { code, message } = JSON.parse(text).error; fail(new Failure(code, message)); } catch { fail(new Failure('INTERNAL', `HTTP ${request.status}`)); }
    };
    request.onerror = () => fail(new Failure('UNSENT', ''));
    request.onabort = () => fail(new Failure('STOPPED', ''));
    request.send(file);
  }).finally(() => { going = null; });
}

/** @param {unknown} error @param {Desk['at']} was */
function failed(error, was) {
  const failure = error instanceof Failure ? error : new Failure('INTERNAL', String(error));
  const stopped = failure.code === 'STOPPED' && was === 'loading' ? 'STOPPED_LOADING' : failure.code;
  const own = ['UNSENT', 'STOPPED', 'STOPPED_LOADING', 'STORE_UNAVAILABLE', 'FORBIDDEN'].includes(stopped) ? say(`data.fail.${stopped}`) : failure.message || say('fail.INTERNAL');
  move({ at: 'idle', told: own });
  if (failure.code === 'FORBIDDEN') forget();
}

/** Take a workbook, and check it at once. @param {File|null|undefined} file */
export function choose(file) {
  if (!file || desk.value.at !== 'idle') return;
  desk.value = { ...EMPTY, file };
  if (file.size > MOST) move({ told: say('data.fail.size', (file.size / 1e6).toFixed(1), MOST / 1e6) });
  else if (!BOOKS.some((one) => file.name.toLowerCase().endsWith(one))) move({ told: say('data.fail.name', file.name) });
  else check('');
}

/** Try it: nothing is written. @param {string} note why it is checked again */
export async function check(note) {
  move({ checked: null, loaded: null, note, looked: false });
  try {
    const answer = await send({ dry: '1' }, 'application/json', 'checking');
    move({ at: 'idle', checked: JSON.parse(await answer.text()) });
  } catch (error) { failed(error, desk.value.at); }
}

/** Load what was checked, unless the data moved meanwhile: then it is checked again. @param {string} by @returns {Promise<boolean>} whether it was loaded */
export async function load(by) {
  const { checked } = desk.value;
  if (!checked) return false;
  move({ note: '' });
  try {
    const answer = await send({ after: String(checked.writes), by }, 'application/json', 'loading');
    move({ at: 'idle', loaded: JSON.parse(await answer.text()) });
    forget();
    return true;
  } catch (error) {
    const conflict = error instanceof Failure && error.code === 'CONFLICT';
    failed(error, desk.value.at);
    if (conflict) { const { told } = desk.value; await check(told); }
    else forget();
    return false;
  }
}

/** Say that the doubtful figures were looked at, or not. @param {boolean} looked */
export const look = (looked) => move({ looked });

/** Give up: what was not sent whole is not loaded. */
export const stop = () => going?.abort();
export const clear = () => { stop(); desk.value = EMPTY; };

/** Make the rejected rows, or all differences, a file to save. @param {'rejected'|'difference'} what */
export async function save(what) {
  const rejected = what === 'rejected', { checked } = desk.value;
  try {
    const answer = await send({ dry: '1' }, rejected ? XLSX : 'text/csv', 'fetching');
    move({ at: 'idle' });
    if (rejected && answer.type.startsWith('application/json')) { move({ checked: JSON.parse(await answer.text()) ?? checked, note: say('data.nothing.rejected') }); return; }
    const anchor = Object.assign(document.createElement('a'), { href: URL.createObjectURL(answer), download: say(rejected ? 'data.file.rejected' : 'data.file.difference') });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
  } catch (error) { failed(error, desk.value.at); }
}
