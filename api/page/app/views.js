// @ts-check
/** The views, each fetched when it is opened: its component, its words, its styles. */

/** @typedef {{zh: Record<string, string>, en: Record<string, string>}} Words */
/**
 * @typedef {object} Entry
 * @property {() => Promise<() => unknown>} draw
 * @property {() => Promise<Words|Words[]>} [words]
 * @property {boolean} [css] whether `views/<name>.css` belongs to it
 */

/** @type {Partial<Record<import('./state.js').ViewName, Entry>>} */
export const ENTRIES = {
  start: { draw: () => import('./views/start.js').then((one) => one.Start), words: () => import('./words/start.js') },
  town: { draw: () => import('./views/town.js').then((one) => one.Town), words: () => import('./words/town.js') },
  compare: { draw: () => import('./views/compare.js').then((one) => one.Compare), words: () => import('./words/compare.js'), css: true },
  similar: { draw: () => import('./views/similar.js').then((one) => one.Similar), words: () => import('./words/similar.js'), css: true },
  chain: { draw: () => import('./views/chain.js').then((one) => one.Chain), words: () => import('./words/chain.js') },
  firm: { draw: () => import('./views/firm.js').then((one) => one.Firm), words: () => import('./words/firm.js') },
  product: { draw: () => import('./views/product.js').then((one) => one.Product), words: () => import('./words/product.js') },
  network: { draw: () => import('./views/network.js').then((one) => one.Network), words: () => import('./words/network.js'), css: true },
  paths: { draw: () => import('./views/paths.js').then((one) => one.Paths), words: () => import('./words/paths.js'), css: true },
  impact: { draw: () => import('./views/impact.js').then((one) => one.Impact), words: () => import('./words/impact.js'), css: true },
  flow: { draw: () => import('./views/flow.js').then((one) => one.FlowView), words: () => import('./words/flow.js'), css: true },
  ranking: { draw: () => import('./views/ranking.js').then((one) => one.Ranking), words: () => import('./words/ranking.js'), css: true },
  policies: { draw: () => import('./views/policies.js').then((one) => one.Policies), words: () => import('./words/policies.js'), css: true },
  growth: { draw: () => import('./views/growth.js').then((one) => one.Growth), words: () => import('./words/growth.js'), css: true },
  gaps: { draw: () => import('./views/gaps.js').then((one) => one.Gaps), words: () => import('./words/gaps.js') },
  tiles: { draw: () => import('./views/tiles.js').then((one) => one.Tiles), words: () => import('./words/tiles.js'), css: true },
  data: { draw: () => import('./views/data.js').then((one) => one.Data), words: () => Promise.all([import('./words/data.js'), import('./words/rights.js')]), css: true },
  whatif: { draw: () => import('./views/whatif.js').then((one) => one.WhatIf), words: () => import('./words/whatif.js'), css: true },
  ledgers: { draw: () => import('./views/ledgers.js').then((one) => one.Ledgers), words: () => Promise.all([import('./words/ledgers.js'), import('./words/rights.js')]), css: true },
};

/** @type {Map<string, HTMLLinkElement>} */
const sheets = new Map();

/** Dress a view in its own style sheet, and in no other's; without it, the view is drawn plainly. @param {string} name @param {boolean} own whether it has one */
export async function dress(name, own) {
  for (const [of, sheet] of sheets) sheet.disabled = of !== name;
  if (!own || sheets.has(name)) return;
  const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL(`views/${name}.css`, import.meta.url).href });
  sheets.set(name, sheet);
  await new Promise((done) => { sheet.onload = sheet.onerror = done; document.head.append(sheet); });
}
