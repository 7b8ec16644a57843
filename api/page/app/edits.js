// @ts-check
/** A what-if in the address: each change short and readable, parts by full stops, changes by commas. Pure. */
import { MOST_EDITS } from './state.js';

/**
 * @typedef {object} Edit
 * @property {'close'|'arrive'|'supply'|'end'|'revenue'} kind
 * @property {string} [org] the firm that closes, settles, or earns
 * @property {string} [product]
 * @property {string} [seller]
 * @property {string} [buyer] whom it sells to
 * @property {string} [instead] whose supplies it takes over
 * @property {number} [value] yuan a year
 */
/** @typedef {'without'|'with'|'supplies'|'ends'|'revenues'} EditOption */

/** @type {Record<EditOption, Edit['kind']>} */
const KINDS = { without: 'close', with: 'arrive', supplies: 'supply', ends: 'end', revenues: 'revenue' };

/** @param {EditOption} option @param {string} text @returns {Edit} */
function readOne(option, text) {
  const parts = text.split('.'), kind = KINDS[option];
  const of = (/** @type {string} */ prefix) => parts.filter((part) => part.startsWith(prefix));
  const [first, second] = of('org:'), number = parts.find((part) => /^\d+$/.test(part));
  const slug = (/** @type {string} */ prefix) => of(prefix).map((part) => `org:${part.slice(4)}`)[0];
  /** @type {Edit} */
  const whole = kind === 'supply' || kind === 'end' ? { kind, seller: first, buyer: second, product: of('product:')[0] }
    : { kind, org: first, product: of('product:')[0], buyer: slug('for:'), instead: slug('not:') };
  if (number !== undefined) whole.value = Number(number);
  return /** @type {Edit} */ (Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)));
}

/** @param {Edit} edit */
function writeOne({ kind, org, product, seller, buyer, instead, value }) {
  const slug = (/** @type {string|undefined} */ id) => id?.slice(4);
  const parts = kind === 'arrive' ? [product, org, buyer && `for:${slug(buyer)}`, instead && `not:${slug(instead)}`, value] : kind === 'supply' || kind === 'end' ? [seller, buyer, product, value] : [org, value];
  return parts.filter((part) => part !== undefined && part !== '').join('.');
}

/** @param {Partial<Record<string, string>>} of the options of the address @returns {Edit[]} */
export const readEdits = (of) => /** @type {EditOption[]} */ (Object.keys(KINDS)).flatMap((option) => (of[option] ? /** @type {string} */ (of[option]).split(',').map((text) => readOne(option, text)) : []));

/** @param {readonly Edit[]} edits @returns {Record<EditOption, string>} empty ones are no option */
export function writeEdits(edits) {
  const of = (/** @type {EditOption} */ option) => [...new Set(edits.filter((one) => one.kind === KINDS[option]).map(writeOne))].slice(0, MOST_EDITS).join(',');
  return { without: of('without'), with: of('with'), supplies: of('supplies'), ends: of('ends'), revenues: of('revenues') };
}

/** Ids that the edits name. @param {readonly Edit[]} edits */
export const named = (edits) => [...new Set(edits.flatMap(({ org, product, seller, buyer, instead }) => [org, product, seller, buyer, instead]).flatMap((id) => (id ? [id] : [])))].sort();

/**
 * What the service is asked: a firm that arrives is a new one of the town, called by who settles or what it makes;
 * who settles keeps selling it to the town.
 * @param {readonly Edit[]} edits @param {string} town @param {(edit: Edit) => string} call
 * @returns {import('../queries').EditInput[]}
 */
export function inputs(edits, town, call) {
  let arrived = 0;
  return edits.flatMap((edit) => /** @type {import('../queries').EditInput[]} */ (asked(edit)));

  /** @param {Edit} edit @returns {object[]} */
  function asked(edit) {
    const { kind, org = '', product, seller = '', buyer = '', instead, value } = edit;
    if (kind === 'close') return [{ close: { organisation: org } }];
    if (kind === 'revenue') return [{ setRevenue: { organisation: org, value: value ?? 0 } }];
    if (kind === 'end') return [{ endSupply: { seller, buyer, ...(product ? { product } : {}) } }];
    if (kind === 'supply') return [{ setSupply: { seller, buyer, product: product ?? '', ...(value === undefined ? {} : { value }) } }];
    arrived += 1;
    const id = `org:what-if-${arrived}`;
    return [
      { open: { id, name: call(edit), town, makes: product, ...(org ? { takesOver: org } : {}) } },
      ...(buyer ? [{ setSupply: { seller: id, buyer, product: product ?? '', ...(value === undefined ? {} : { value }) } }] : []),
      ...(buyer && instead ? [{ endSupply: { seller: instead, buyer, product } }] : []),
    ];
  }
}
