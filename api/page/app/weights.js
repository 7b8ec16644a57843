// @ts-check
/** Weights of indicators as the address holds them: `local:40,growth:0`. Pure. */

/** @typedef {{indicator: string, weight: number}} Weight */

/** @param {string|undefined} text @returns {Weight[]|null} null: those in force */
export function readIndicatorWeights(text) {
  if (!text) return null;
  const found = text.split(',').map((one) => ({ indicator: one.slice(0, one.indexOf(':')), weight: Number(one.slice(one.indexOf(':') + 1)) }));
  return new Set(found.map((one) => one.indicator)).size === found.length ? found : null;
}

/** @param {readonly Weight[]} weights */
export const writeIndicatorWeights = (weights) => weights.map((one) => `${one.indicator}:${one.weight}`).join(',');

/** Weights with one changed; null: nothing would count any more. @param {readonly Weight[]} weights @param {string} indicator @param {number} weight @returns {Weight[]|null} */
export function reweighed(weights, indicator, weight) {
  const next = weights.map((one) => (one.indicator === indicator ? { indicator, weight } : one));
  return next.some((one) => one.weight > 0) ? next : null;
}
