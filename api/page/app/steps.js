// @ts-check
/** Values in a few steps, as many towns in each as ties allow; and which city a town lies in. Pure. */

export const STEPS = 5;

/** @typedef {{step: number, least: number, most: number, count: number}} Step */

/** Where the steps from the second on begin. @param {readonly (number|null)[]} values null: unknown, in no step @returns {number[]} */
export function breaksOf(values, steps = STEPS) {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const begins = Array.from({ length: steps - 1 }, (_, n) => known[Math.floor((known.length * (n + 1)) / steps)]);
  return [...new Set(begins)].filter((value) => value !== undefined && value > known[0]);
}

/** @param {number|null} value @param {readonly number[]} breaks @returns {number|null} 1 is the lowest */
export const stepOf = (value, breaks) => (value === null ? null : 1 + breaks.filter((begin) => begin <= value).length);

/** What each step holds, the lowest first. @param {readonly (number|null)[]} values @param {readonly number[]} breaks @returns {Step[]} */
export function legendOf(values, breaks) {
  const known = values.filter((value) => value !== null);
  return [0, ...breaks].map((_, n) => {
    const within = known.filter((value) => stepOf(value, breaks) === n + 1);
    return { step: n + 1, least: Math.min(...within), most: Math.max(...within), count: within.length };
  }).filter((one) => one.count > 0);
}

/** Place by place among the known, equal values on one rank; unknown have none. @param {readonly (number|null)[]} values @returns {(number|null)[]} */
export const ranksOf = (values) => values.map((value) => (value === null ? null : 1 + values.filter((other) => other !== null && other > value).length));

/** @typedef {{id: string, name: string, level: string, parent?: Region|null}} Region */

/** The city that a region is, or lies in. @param {Region|null|undefined} region @returns {Region|null} */
export const cityOf = (region) => (!region ? null : region.level === 'CITY' ? region : cityOf(region.parent));

/** The cities of a town, by their codes. @param {{regions: readonly Region[]}} town @returns {Region[]} */
export function citiesOf(town) {
  const found = new Map(town.regions.flatMap((region) => { const city = cityOf(region); return city ? [[city.id, city]] : []; }));
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
