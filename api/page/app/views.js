// @ts-check
/** The views, each fetched when it is opened: its component, its words, its styles. */

/**
 * @typedef {object} Entry
 * @property {() => Promise<() => any>} draw
 * @property {() => Promise<{zh: Record<string, string>, en: Record<string, string>}>} [words]
 * @property {boolean} [css] whether `views/<name>.css` belongs to it
 */

/** @type {Partial<Record<import('./state.js').ViewName, Entry>>} */
export const ENTRIES = {
  start: { draw: () => import('./views/start.js').then((one) => one.Start) },
  compare: { draw: () => import('./views/compare.js').then((one) => one.Compare), words: () => import('./words/compare.js'), css: true },
  similar: { draw: () => import('./views/similar.js').then((one) => one.Similar), words: () => import('./words/similar.js'), css: true },
  town: { draw: () => import('./views/town.js').then((one) => one.Town) },
  chain: { draw: () => import('./views/chain.js').then((one) => one.Chain) },
  flow: { draw: () => import('./views/flow.js').then((one) => one.FlowView), words: () => import('./words/flow.js'), css: true },
  gaps: { draw: () => import('./views/gaps.js').then((one) => one.Gaps) },
};

/** @param {string} name a style sheet beside the views; without it, the view is drawn plainly */
export const styled = (name) => new Promise((done) => {
  const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL(`views/${name}.css`, import.meta.url).href, onload: done, onerror: done });
  document.head.append(sheet);
});
