// @ts-check
/** Words of the similarity of towns. */
export const zh = {
  'similar.title': '专业镇相似度', 'similar.picture': '专业镇两两相似度，相似者相邻', 'similar.lead': '{0} 对专业镇结构相似：{1} 对少有互供，为雷同；{2} 对互供多，为分工。', 'similar.lead.none': '没有达到阈值的镇对。', 'similar.coarse': '现按{0}合并比较：同一类里做的可能是不同的东西（如陶瓷与玻璃），是否真的雷同，以 4 位代码或产品为准。', 'similar.shown': '显示 {0} / 共 {1} 个产出已知的专业镇，按聚类排列（多于 30 个时取产出最大者）', 'similar.without': '{0} 个没有产出数据', 'similar.missing': '无数据：产出不详，无从比较', 'similar.few': '产出已知的专业镇不足两个，无从比较。', 'similar.drop': '也看虚构样例', 'similar.self': '本镇自己',
  'similar.level': '比较的层级', 'similar.level.INDUSTRY4': '行业（4 位代码）', 'similar.level.INDUSTRY3': '行业（3 位代码）', 'similar.level.INDUSTRY2': '行业（2 位代码）', 'similar.level.PRODUCT': '产品',
  'similar.measure': '口径', 'similar.measure.COSINE': '余弦（1 相同）', 'similar.measure.OVERLAP': '重合度（1 相同）', 'similar.measure.KRUGMAN': '克鲁格曼指数（0 相同，2 全异）',
  'similar.legend': '由浅到深：愈深愈相似', 'similar.rule': '{0}{1}：结构相似', 'similar.RIVALS': '雷同', 'similar.PARTNERS': '分工', 'similar.apart': '未达阈值', 'similar.trade': '达到阈值者为雷同；互供合计达到产出较小一镇的 {0}% 者为分工。阈值是惯例，不是判断；互供只计已知金额。',
  'similar.cell': '{0}与{1} {2}', 'similar.beside': '所选的一对专业镇', 'similar.gone': '图中没有这一对专业镇。', 'similar.compare': '并列对比这两镇',
  'similar.listed': '显示 {0} / 共 {1} 对，相似者在前', 'similar.pairs': '专业镇对', 'similar.one': '甲镇', 'similar.other': '乙镇', 'similar.verdict': '判断', 'similar.there': '甲售予乙（每年）', 'similar.back': '乙售予甲（每年）', 'similar.do': '操作',
};
/** @type {typeof zh} */
export const en = {
  'similar.title': 'How alike the towns are', 'similar.picture': 'Towns by pairs, the alike beside each other', 'similar.lead': '{0} {0:pair|pairs} of towns {0:is|are} alike: {1} trade little with each other and are rivals, {2} trade much and divide the labour.', 'similar.lead.none': 'No pair reaches the threshold.', 'similar.coarse': 'Compared at: {0}. Towns of one class may make different things (pottery and glass): whether they are rivals is told by four digits or by product.', 'similar.shown': 'Showing {0} of {1} {1:town|towns} of known output, by cluster (the largest by output when there are more than 30)', 'similar.without': '{0} without output', 'similar.missing': 'No data: output unknown, nothing to compare', 'similar.few': 'Fewer than two towns of known output: nothing to compare.', 'similar.drop': 'Show invented rows too', 'similar.self': 'the town itself',
  'similar.level': 'Level', 'similar.level.INDUSTRY4': 'Industry (4 digits)', 'similar.level.INDUSTRY3': 'Industry (3 digits)', 'similar.level.INDUSTRY2': 'Industry (2 digits)', 'similar.level.PRODUCT': 'Product',
  'similar.measure': 'Measure', 'similar.measure.COSINE': 'cosine (1 the same)', 'similar.measure.OVERLAP': 'overlap (1 the same)', 'similar.measure.KRUGMAN': 'Krugman index (0 the same, 2 nothing in common)',
  'similar.legend': 'The darker the more alike', 'similar.rule': '{0}{1}: alike', 'similar.RIVALS': 'rivals', 'similar.PARTNERS': 'division of labour', 'similar.apart': 'below the threshold', 'similar.trade': 'Who reaches the threshold are rivals; who sell each other {0}% of the output of the smaller town or more divide the labour. The threshold is a convention, no finding; only known trade counts.',
  'similar.cell': '{0} and {1} {2}', 'similar.beside': 'The chosen pair of towns', 'similar.gone': 'This pair of towns is not in the graph.', 'similar.compare': 'Put the two side by side',
  'similar.listed': 'Showing {0} of {1} {1:pair|pairs}, the most alike first', 'similar.pairs': 'Pairs of towns', 'similar.one': 'One town', 'similar.other': 'The other', 'similar.verdict': 'Verdict', 'similar.there': 'Sells to the other (a year)', 'similar.back': 'Buys from the other (a year)', 'similar.do': 'Action',
};
