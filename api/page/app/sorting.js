// @ts-check
/** Tables in an order that the address holds: by a column, upwards, or downwards with `-`; what is unknown stands last in both. Pure. */

/** @param {string} text */
export const readSort = (text) => (text.startsWith('-') ? { by: text.slice(1), down: true } : { by: text, down: false });

/** What a column's head asks for next: this column upwards, then downwards. @param {string} now @param {string} by */
export const nextSort = (now, by) => (now === by ? `-${by}` : by);

const collator = new Intl.Collator('zh-CN');

/** @template R @param {readonly R[]} rows @param {(row: R) => number|string|null|undefined} value @param {boolean} down @returns {R[]} a new list; equal rows keep their order */
export function sorted(rows, value, down) {
  const known = rows.map((row) => ({ row, value: value(row) }));
  return known.sort((a, b) => {
    if (a.value === null || a.value === undefined || b.value === null || b.value === undefined) return Number(a.value === null || a.value === undefined) - Number(b.value === null || b.value === undefined);
    const order = typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : collator.compare(String(a.value), String(b.value));
    return down ? -order : order;
  }).map((one) => one.row);
}
