// @ts-check
/** Words of the flow of a town. */
export const zh = {
  'flow.title': '{0} · 流向', 'flow.lead': '{0} 年末已知：本镇主体购入 {1}，售出 {2}。', 'flow.most': '最大的一股：{0} → {1}，{2}。', 'flow.unit': '元/年，单位随数标出', 'flow.town': '本镇', 'flow.picture': '流向图：左为卖方，中为本镇，右为买方', 'flow.pick': '点选一条带，看其中的每一笔供应。', 'flow.gone': '所选的带不在图中：条件变了，或已合并。',
  'flow.by': '按什么合计', 'flow.by.STAGE': '按产业链位置', 'flow.by.PRODUCT': '按产品', 'flow.least': '小于此数的合并为“其他”', 'flow.least.default': '总额的 1%', 'flow.least.none': '不合并',
  'flow.legend': '颜色：对方在哪里', 'flow.place.OWN': '本镇主体之间', 'flow.place.TOWN': '本地其他主体', 'flow.place.PROVINCE': '省内其他地方', 'flow.place.COUNTRY': '省外', 'flow.place.ABROAD': '境外', 'flow.place.UNKNOWN': '地点不详',
  'flow.from': '{0}（购自{1}）', 'flow.own': '本镇{0}', 'flow.to': '售往{0}', 'flow.other': '其他 {0} 项', 'flow.offChain': '链外或售出不详', 'flow.offProduct': '售出不详', 'flow.band': '{0} → {1}：{2}',
  'flow.shown': '显示 {0} / 共 {1} 条带，占已知总额的 {2}', 'flow.leftOut': '未画出 {0} 条，合计 {1}', 'flow.dropped': '已略去 {0} 条回流，合计 {1}', 'flow.internal': '同一位置或产品之内的供应 {0}，不成带', 'flow.folded': '{0} 项各小于 {1}，已合并为“其他”，合计 {2}', 'flow.unmeasured': '另有 {0} 笔供应金额不详，未画出', 'flow.inside': '已知供应都在同一位置或产品之内（{0}），没有可画的带。',
  'flow.rows': '这条带里的供应', 'flow.rows.shown': '显示 {0} / 共 {1} 笔，计入此带多者在前', 'flow.rows.unmeasured': '其中 {0} 笔金额不详', 'flow.seller': '卖方', 'flow.seller.none': '不在图中，只知来源地', 'flow.buyer': '买方', 'flow.product': '产品', 'flow.value': '金额（{0}/年）', 'flow.part': '计入此带（{0}/年）', 'flow.candidates': '谁能在本地供应{0}',
  'flow.head.from': '从', 'flow.head.to': '到', 'flow.share': '占已知总额', 'flow.invented': '其中虚构样例', 'flow.supplies': '笔数', 'flow.unknown': '金额不详（笔）', 'flow.drop.real': '也看虚构样例', 'flow.drop.year': '看最新年份',
};
/** @type {typeof zh} */
export const en = {
  'flow.title': '{0} · flow', 'flow.lead': 'Known at the end of {0}: its organisations buy {1} and sell {2}.', 'flow.most': 'The largest: {0} → {1}, {2}.', 'flow.unit': 'yuan a year, each with its unit', 'flow.town': 'The town', 'flow.picture': 'Flow: sellers left, the town in the middle, buyers right', 'flow.pick': 'Choose a band to see each of its supplies.', 'flow.gone': 'The chosen band is not drawn: the conditions changed, or it was merged.',
  'flow.by': 'Added up by', 'flow.by.STAGE': 'By stage', 'flow.by.PRODUCT': 'By product', 'flow.least': 'Merge into “other” below', 'flow.least.default': '1% of the total', 'flow.least.none': 'Nothing merged',
  'flow.legend': 'Colour: where the other side is', 'flow.place.OWN': 'Within the town', 'flow.place.TOWN': 'Others nearby', 'flow.place.PROVINCE': 'Elsewhere in the province', 'flow.place.COUNTRY': 'Other provinces', 'flow.place.ABROAD': 'Abroad', 'flow.place.UNKNOWN': 'Place unknown',
  'flow.from': '{0} (from: {1})', 'flow.own': 'The town: {0}', 'flow.to': 'Sold to: {0}', 'flow.other': '{0} {0:other|others}', 'flow.offChain': 'Off the chain, or sales unknown', 'flow.offProduct': 'Sales unknown', 'flow.band': '{0} → {1}: {2}',
  'flow.shown': 'Showing {0} of {1} {1:band|bands}, {2} of the known total', 'flow.leftOut': '{0} not drawn, {1} in all', 'flow.dropped': '{0} return flows left out, {1} in all', 'flow.internal': 'Supply within one stage or product, no band: {0}', 'flow.folded': '{0} {0:item|items} below {1} each merged into “other”, {2} in all', 'flow.unmeasured': '{0} more {0:supply|supplies} of unknown value, not drawn', 'flow.inside': 'All known supply is within one stage or product ({0}): no band to draw.',
  'flow.rows': 'Supplies of this band', 'flow.rows.shown': 'Showing {0} of {1}, the largest part of the band first', 'flow.rows.unmeasured': '{0} of unknown value', 'flow.seller': 'Seller', 'flow.seller.none': 'Not in the graph, only its origin', 'flow.buyer': 'Buyer', 'flow.product': 'Product', 'flow.value': 'Value ({0} a year)', 'flow.part': 'Part of this band ({0} a year)', 'flow.candidates': 'Who could supply {0} locally',
  'flow.head.from': 'From', 'flow.head.to': 'To', 'flow.share': 'Of the known total', 'flow.invented': 'Invented', 'flow.supplies': 'Supplies', 'flow.unknown': 'Value unknown', 'flow.drop.real': 'Show invented rows too', 'flow.drop.year': 'Newest year',
};
