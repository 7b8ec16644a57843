// @ts-check
/** Words of towns side by side. */
export const zh = {
  'compare.title': '专业镇对比', 'compare.of': '{0} 对比', 'compare.add': '加一个专业镇', 'compare.drop': '移去{0}', 'compare.most': '最多并列 4 个专业镇；先移去一个再加。', 'compare.need': '选两至四个专业镇并列比较：在上面查找，或点下面的名称。', 'compare.need.one': '再选一个专业镇即可比较。', 'compare.choices': '可加入的专业镇', 'compare.chosen': '已选的专业镇', 'compare.export': '导出对比表（Excel）', 'compare.similar': '看全省相似度', 'compare.bad': '地址里的专业镇有的不在图中：请移去后再试。',
  'compare.item': '栏目', 'compare.table': '各镇并列', 'compare.region': '所在地', 'compare.level': '级别与认定', 'compare.note': '须知', 'compare.tier': '梯次', 'compare.own': '本镇自己的主体（家）', 'compare.leaders': '龙头企业', 'compare.makes': '生产什么（已知年售出）', 'compare.local': '本地配套率', 'compare.states': '产业链环节', 'compare.checkup': '认定体检', 'compare.rests': '依据',
  'compare.makers': '{0} 家', 'compare.hidden': '另有 {0} 项指标，所选各镇都没有数值：{1}', 'compare.range': '{0}–{1}', 'compare.places': '全部缺口', 'compare.real': '没有用到虚构样例', 'compare.none': '没有已登记者',
  'compare.pairs': '两两之间', 'compare.cosine': '结构余弦 {0}，克鲁格曼 {1}（四位行业）', 'compare.caution': '先看年份、口径与等级，再比大小；登记较全的镇会显得较大。',
  'metric.OUTPUT_VALUE': '产值', 'metric.REVENUE': '营业收入', 'metric.EXPORT_VALUE': '出口额', 'metric.RND_SPENDING': '研发经费', 'metric.EMPLOYEES': '从业人员', 'metric.ENTERPRISES': '企业数', 'metric.MARKET_ENTITIES': '市场主体', 'metric.ABOVE_SCALE_ENTERPRISES': '规上企业', 'metric.LITTLE_GIANTS': '国家级小巨人', 'metric.SPECIALISED_SMES': '省级专精特新',
  'reach.PART': '只是其中一部分', 'reach.WIDER': '比整体更大的范围',
};
/** @type {typeof zh} */
export const en = {
  'compare.title': 'Towns side by side', 'compare.of': '{0} side by side', 'compare.add': 'Add a town', 'compare.drop': 'Remove {0}', 'compare.most': 'Four towns at most: remove one before you add another.', 'compare.need': 'Choose two to four towns: find them above, or take names below.', 'compare.need.one': 'One more town to compare with.', 'compare.choices': 'Towns to add', 'compare.chosen': 'Chosen towns', 'compare.export': 'Export the comparison (Excel)', 'compare.similar': 'How alike all towns are', 'compare.bad': 'A town of the address is not in the graph: remove it and try again.',
  'compare.item': 'Item', 'compare.table': 'Towns side by side', 'compare.region': 'Place', 'compare.level': 'Level and recognition', 'compare.note': 'To be known', 'compare.tier': 'Tier', 'compare.own': 'Own organisations', 'compare.leaders': 'Leading enterprises', 'compare.makes': 'What it makes (known sales a year)', 'compare.local': 'Local sourcing', 'compare.states': 'Steps of the chain', 'compare.checkup': 'Check-up', 'compare.rests': 'Rests on',
  'compare.makers': '{0} {0:maker|makers}', 'compare.hidden': '{0} more {0:figure|figures} {0:is|are} unknown of all of them: {1}', 'compare.range': '{0}–{1}', 'compare.places': 'All gaps', 'compare.real': 'Nothing invented was used', 'compare.none': 'None registered',
  'compare.pairs': 'Pair by pair', 'compare.cosine': 'Cosine {0}, Krugman {1} (industries of 4 digits)', 'compare.caution': 'Look at year, scope and grade before size; a town whose register is more complete looks larger.',
  'metric.OUTPUT_VALUE': 'Output', 'metric.REVENUE': 'Revenue', 'metric.EXPORT_VALUE': 'Exports', 'metric.RND_SPENDING': 'R&D spending', 'metric.EMPLOYEES': 'Employees', 'metric.ENTERPRISES': 'Enterprises', 'metric.MARKET_ENTITIES': 'Market entities', 'metric.ABOVE_SCALE_ENTERPRISES': 'Enterprises above scale', 'metric.LITTLE_GIANTS': 'National little giants', 'metric.SPECIALISED_SMES': 'Provincial specialised SMEs',
  'reach.PART': 'a part of it only', 'reach.WIDER': 'wider than it',
};
