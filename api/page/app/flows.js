// @ts-check
/** Where the nodes of a flow stand, and the shapes of its bands. Pure. */
import { sankey } from './vendor/sankey.js';

/** @typedef {NonNullable<NonNullable<import('../queries').FlowQuery['town']>['flow']>} Flow */
/** @typedef {Flow['nodes'][number]} Node */
/** @typedef {Flow['links'][number]} Band */

/** Room for the names of sellers and buyers, between nodes, and for half a name at the edge (px). */
const LEFT = 176, RIGHT = 150, TALL = 34, EDGE = 22;

/** By whom the colour of a band is given: the side that is not the town's. @param {Node} from @param {Node} into */
export const away = (from, into) => from.place ?? into.place ?? 'OWN';

/** @param {{x0: number, x1: number, y0: number, y1: number}} from @param {{x0: number}} into @param {{y0: number, y1: number, width: number}} band */
export function ribbon(from, into, band) {
  const half = Math.max(band.width, 1) / 2, middle = (from.x1 + into.x0) / 2;
  return `M${from.x1},${band.y0 - half}C${middle},${band.y0 - half} ${middle},${band.y1 - half} ${into.x0},${band.y1 - half}V${band.y1 + half}C${middle},${band.y1 + half} ${middle},${band.y0 + half} ${from.x1},${band.y0 + half}Z`;
}

/** Where everything stands. @param {Flow} flow @param {number} width */
export function layout(flow, width) {
  const columns = new Map();
  for (const node of flow.nodes) columns.set(node.tier, (columns.get(node.tier) ?? 0) + 1);
  const height = Math.max(360, Math.max(...columns.values()) * (TALL + 28));
  const draw = /** @type {typeof sankey<Node, Band>} */ (sankey)().nodeAlign((node) => node.tier).nodeWidth(12).nodePadding(TALL).extent([[LEFT, EDGE], [width - RIGHT, height - EDGE]]);
  return { height, ...draw({ nodes: flow.nodes.map((node) => ({ ...node })), links: flow.links.map((one) => ({ ...one })) }) };
}
