// @ts-check
/** Two towns: rivals, or partners? Pure. */

/** @typedef {'INDUSTRY2'|'INDUSTRY3'|'INDUSTRY4'|'PRODUCT'} Level */
/** @typedef {'COSINE'|'OVERLAP'|'KRUGMAN'} Measure */

/** From where on towns are called alike: a convention, as the service has it for the cosine. */
export const ALIKE = { COSINE: 0.85, OVERLAP: 0.85, KRUGMAN: 0.3 };
/** Sales to each other from which the alike divide the labour: a share of the output of the smaller town. */
export const MUCH = 0.05;

/** @param {Measure} measure @param {number} value */
export const isAlike = (measure, value) => (measure === 'KRUGMAN' ? value <= ALIKE.KRUGMAN : value >= ALIKE[measure]);

/** 0 to 4: how alike, in steps of a fifth. @param {Measure} measure @param {number} value */
export function stepOf(measure, value) {
  const share = measure === 'KRUGMAN' ? 1 - value / 2 : value;
  return Math.max(0, Math.min(4, Math.floor(share * 5 + 1e-9)));
}

/** Alike towns are rivals, unless they sell each other much; null: not alike. @param {Measure} measure @param {number} value @param {(number|null)[]} trade both ways, yuan a year; null: some, not measured @param {number} smaller output of the smaller of the two @returns {'RIVALS'|'PARTNERS'|null} */
export function verdict(measure, value, trade, smaller) {
  if (!isAlike(measure, value)) return null;
  return trade.reduce((/** @type {number} */ sum, one) => sum + (one ?? 0), 0) >= MUCH * smaller ? 'PARTNERS' : 'RIVALS';
}

/** Which towns are shown, in the order of their clusters: all, or the largest by output. @param {number[]} clustered @param {number[]} output @param {number} most */
export function shownOf(clustered, output, most) {
  if (clustered.length <= most) return clustered;
  const largest = new Set([...clustered].sort((a, b) => output[b] - output[a]).slice(0, most));
  return clustered.filter((one) => largest.has(one));
}

/**
 * Every pair of those shown, the most alike first.
 * @param {number[]} shown @param {number[][]} table @param {Measure} measure
 */
export function pairsOf(shown, table, measure) {
  const sign = measure === 'KRUGMAN' ? 1 : -1;
  return shown.flatMap((one, n) => shown.slice(n + 1).map((other) => ({ one, other, value: table[one][other] }))).sort((a, b) => sign * (a.value - b.value));
}
