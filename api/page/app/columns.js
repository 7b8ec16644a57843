// @ts-check
/** Which card of a supply network stands where: a column a hop, suppliers left, customers right. Pure: answers in, columns and links out. */

/** @typedef {import('../queries').NeighboursFragment} Walk one hop from a firm, the largest first */
/** @typedef {NonNullable<import('../queries').NetworkQuery['organisation']>} Firm */
/** @typedef {'u'|'d'} Side */
/**
 * @typedef {object} Card
 * @property {string} key side and id of the firm, or what it stands for
 * @property {'firm'|'again'|'rest'} kind a firm; one that stands in the picture already; those that are not shown
 * @property {Side} side
 * @property {number} hop
 * @property {string} from key of the card that it supplies, or buys of
 * @property {Walk['nodes'][number]['organisation']|null} organisation
 * @property {number|null} value yuan a year that flow between the two
 * @property {boolean} synthetic
 * @property {number} further how many partners of its own on this side the picture does not show
 * @property {string[]} goods the greater amounts first
 * @property {number|null} year of the newest figure
 * @property {string} at key of the card where it stands already; empty: nowhere, or on this side only here
 * @property {number} count how many are not shown
 */
/** @typedef {{from: string, to: string, again: boolean}} Link keys, along the goods */

export const CENTRE = 'c';
export const MOST_CARDS = 300;

/** @param {Walk} walk @returns {Map<string, {goods: string[], year: number|null}>} by partner, what flows between it and the start */
function dealt(walk) {
  const start = walk.nodes[0]?.organisation.id, found = new Map();
  for (const link of [...walk.links].sort((a, b) => (b.value ?? 0) - (a.value ?? 0))) {
    const partner = link.seller.id === start ? link.buyer.id : link.buyer.id === start ? link.seller.id : null;
    if (partner === null) continue;
    const before = found.get(partner) ?? { goods: [], year: null };
    found.set(partner, { goods: [...new Set([...before.goods, link.product.name])], year: Math.max(before.year ?? 0, link.year ?? 0) || null });
  }
  return found;
}

/**
 * What is opened later is put below what stands there: nothing that is drawn moves. A firm stands once on a side; met again, a small card leads back to it.
 * @param {Firm} centre @param {{key: string, walk: Walk}[]} opened in the order of opening
 * @returns {{columns: {side: Side, hop: number, cards: Card[]}[], links: Link[], undrawn: number}}
 */
export function placed(centre, opened) {
  /** @type {Map<string, Card>} */
  const standing = new Map();
  /** @type {{side: Side, hop: number, cards: Card[]}[]} */
  const columns = [];
  /** @type {Link[]} */
  const links = [];
  let drawn = 1, undrawn = 0;
  /** @param {Side} side @param {number} hop @param {string} from @param {Walk} walk */
  const put = (side, hop, from, walk) => {
    let column = columns.find((one) => one.side === side && one.hop === hop);
    if (!column) columns.push(column = { side, hop, cards: [] });
    const between = dealt(walk), blank = { side, hop, from, organisation: null, value: null, synthetic: false, further: 0, goods: [], year: null, at: '', count: 0 };
    for (const { organisation, value, synthetic, further } of walk.nodes.slice(1)) {
      if (drawn >= MOST_CARDS) { undrawn += 1; continue; }
      const own = side + organisation.id;
      const again = organisation.id === centre.id ? CENTRE : standing.has(own) ? own : '';
      /** @type {Card} */
      const card = { ...blank, ...between.get(organisation.id), kind: again ? 'again' : 'firm', key: again ? `again|${from}|${organisation.id}` : own, organisation, value, synthetic, further, at: again };
      if (!again) standing.set(own, card);
      column.cards.push(card);
      links.push(side === 'u' ? { from: card.key, to: from, again: Boolean(again) } : { from, to: card.key, again: Boolean(again) });
      drawn += 1;
    }
    if (walk.cut.nodes) column.cards.push({ ...blank, kind: 'rest', key: `rest|${side}|${from}`, count: walk.cut.nodes });
  };
  if (centre.upstream) put('u', 1, CENTRE, centre.upstream);
  if (centre.downstream) put('d', 1, CENTRE, centre.downstream);
  for (const { key, walk } of opened) {
    const card = standing.get(key);
    if (card) put(card.side, card.hop + 1, key, walk);
  }
  for (const [key, card] of standing) { // who stands on the other side too
    const across = (card.side === 'u' ? 'd' : 'u') + key.slice(1);
    if (standing.has(across)) card.at = across;
  }
  return { columns, links, undrawn };
}
