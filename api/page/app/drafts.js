// @ts-check
/** What was typed and not yet sent, by what it is about: one room for every form. It outlives its form, the right to write, the store and a reload; it ends with the tab, and each tab has its own. A pass is never kept. */
import { useRef, useState } from './vendor/preact.js';

/** @template T @typedef {{begun: T, typed: T}} Draft what a form began with, and what it became */

const NAME = 'draft:';
/** Beside the storage of the tab, which may be forbidden, or full. @type {Map<string, Draft<object>>} */
const kept = new Map();

/** @param {string} about @returns {Draft<object>|undefined} */
function read(about) {
  if (!kept.has(about)) {
    try {
      const { begun, typed } = JSON.parse(sessionStorage.getItem(NAME + about) ?? '{}');
      if (begun && typed) kept.set(about, { begun, typed });
    } catch { /* nothing was kept */ }
  }
  return kept.get(about);
}

/** @param {string} about @param {Draft<object>|null} draft null: it is sent, or given up */
function write(about, draft) {
  if (draft) kept.set(about, draft); else kept.delete(about);
  try {
    if (draft) sessionStorage.setItem(NAME + about, JSON.stringify(draft)); else sessionStorage.removeItem(NAME + about);
  } catch { /* it is kept as long as the page */ }
}

/** A field that was emptied again is as one that never was filled. @param {object} draft */
const told = (draft) => JSON.stringify(draft, (_, value) => (value === '' || (Array.isArray(value) && !value.length) ? undefined : value));

/**
 * @template {object} T
 * @param {string} about @param {() => T} begin what a form begins with, asked when it is opened
 * @returns {[T, (part: Partial<T>) => void, () => void]} what was typed, how to change it, how to forget it
 */
export function useDraft(about, begin) {
  const [, redraw] = useState(0), opened = useRef(/** @type {{about: string, begun: T}|null} */ (null));
  if (opened.current?.about !== about) opened.current = { about, begun: begin() };
  const { begun } = opened.current;
  return [
    { ...begun, ...read(about)?.typed }, // what an older page kept may lack a field
    (part) => {
      const from = read(about) ?? { begun, typed: begun }, typed = { ...from.typed, ...part };
      write(about, told(typed) === told(from.begun) ? null : { begun: from.begun, typed }); // as it began: nothing was typed
      redraw((n) => n + 1);
    },
    () => write(about, null),
  ];
}
