// @ts-check
/** Numbers as people read them: one unit a column, tabular, unknown as a dash and never as zero. Pure. */

export const UNKNOWN = '—';

/** @typedef {{divisor: number, key: 'yi'|'wan'|'yuan'}} MoneyUnit */

/** @param {readonly (number|null|undefined)[]} values in yuan @returns {MoneyUnit} one unit for a column, by its largest value */
export function moneyUnit(values) {
  const largest = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  return largest >= 1e8 ? { divisor: 1e8, key: 'yi' } : largest >= 1e4 || largest === 0 ? { divisor: 1e4, key: 'wan' } : { divisor: 1, key: 'yuan' };
}

/** Three significant figures in pictures and tables; the whole value stands in the drawer. @param {number|null|undefined} value @param {string} lang */
export function short(value, lang) {
  if (value === null || value === undefined) return UNKNOWN;
  const size = Math.abs(value);
  if (size > 0 && size < 0.005) return value > 0 ? '<0.01' : '>-0.01'; // something is never written as nothing
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
  return new Intl.NumberFormat(lang === 'en' ? 'en' : 'zh-CN', { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(value);
}

/** English counts in thousands and millions, as `compact` does: one notation a view. */
const ENGLISH = { yi: 1e6, wan: 1e3, yuan: 1 };
/** @param {number|null|undefined} value in yuan @param {MoneyUnit} unit @param {string} lang */
export const money = (value, unit, lang) => short(value === null || value === undefined ? value : value / (lang === 'en' ? ENGLISH[unit.key] : unit.divisor), lang);

/** As English counts: 220M, where Chinese counts in ten thousands. @param {number} value */
export const compact = (value) => new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(value);

/** @param {number|null|undefined} value @param {string} lang */
export const whole = (value, lang) => (value === null || value === undefined ? UNKNOWN : new Intl.NumberFormat(lang === 'en' ? 'en' : 'zh-CN', { maximumFractionDigits: 2 }).format(value));

/** @param {number|null|undefined} share 0 to 1 */
export const percent = (share) => (share === null || share === undefined ? UNKNOWN : `${Math.round(share * 100)}%`);

/** Points of an evaluation: one decimal, more would pretend. @param {number|null|undefined} value */
export const points = (value) => (value === null || value === undefined ? UNKNOWN : new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value));

/** @param {number} value points gained or lost */
export const signed = (value) => `${Math.abs(value) < 0.05 ? '' : value > 0 ? '+' : '−'}${points(Math.abs(value))}`;

/** A share that is not all is never written as all, nor one that is something as nothing. @param {number|null|undefined} share 0 to 1 */
export const nearly = (share) => (share === null || share === undefined ? UNKNOWN : share < 1 && share >= 0.995 ? '>99%' : share > 0 && share < 0.005 ? '<1%' : percent(share));
