// @ts-check
/** Words of a town's page. */
export const zh = {
  'town.output': '产值', 'town.entities': '市场主体', 'town.employees': '从业人员', 'town.leaders': '龙头企业', 'town.leaders.more': '共 {0} 家', 'town.gaps': '各类最要紧的缺口', 'town.norevenue': '营收不详', 'town.all': '全部缺口与候选企业', 'town.map': '看产业链图', 'town.required': '必备条件', 'town.preferred': '优先条件', 'town.deciding': '决定性事实：{0}', 'town.counted': '计入：{0}', 'town.recognised': '{0} 认定', 'town.nogaps': '没有列出的缺口', 'town.unknownsteps': '{0} 个环节无数据，无法判断', 'town.policies': '应享未享', 'town.unclaimed': '{0} 项次', 'town.coverage': '可享 {0}，已享 {1}，待核 {2}', 'town.unrecorded': '是否已享不详 {0}', 'town.eligible': '可享 {0}',
  'town.year': '本年工作簿（Excel）', 'town.brief': '简报（Word）', 'town.versus': '与哪年比', 'town.versus.none': '不比较', 'town.then': '{0} 年末：{1}',
  'town.due': '逾期未办', 'town.due.count': '共 {0} 件', 'town.due.none': '没有逾期的事项。', 'town.due.late': '逾期 {0} 天', 'town.due.all': '本镇台账', 'town.similar': '最相近的镇', 'town.similar.unknown': '相近程度不详：{0}', 'town.similar.level': '行业小类（4 位代码）', 'town.similar.none': '没有产出结构与它相近的镇。', 'town.similar.others': '换一层级比较', 'town.cosine': '相似 {0}', 'town.alike': '雷同', 'town.similar.compare': '与它们对比', 'town.growth': '看增长',
};

/** @type {typeof zh} */
export const en = {
  'town.output': 'Output', 'town.entities': 'Market entities', 'town.employees': 'Employees', 'town.leaders': 'Leading enterprises', 'town.leaders.more': '{0} in all', 'town.gaps': 'Most pressing gaps of each kind', 'town.norevenue': 'revenue not known', 'town.all': 'All gaps and candidates', 'town.map': 'Chain map', 'town.required': 'Required', 'town.preferred': 'Preferred', 'town.deciding': 'Deciding facts: {0}', 'town.counted': 'Counted: {0}', 'town.recognised': 'recognised {0}', 'town.nogaps': 'No gaps are listed', 'town.unknownsteps': '{0} steps without data can’t be judged', 'town.policies': 'Due, not received', 'town.unclaimed': '{0} cases', 'town.coverage': 'eligible {0}, received {1}, to be checked {2}', 'town.unrecorded': 'receipt not known {0}', 'town.eligible': 'eligible {0}',
  'town.year': 'The year as a workbook (Excel)', 'town.brief': 'Briefing (Word)', 'town.versus': 'Compare with', 'town.versus.none': 'no other year', 'town.then': 'End of {0}: {1}',
  'town.due': 'Overdue', 'town.due.count': '{0} in all', 'town.due.none': 'Nothing is overdue.', 'town.due.late': '{0} days late', 'town.due.all': 'Ledgers of this town', 'town.similar': 'Most similar towns', 'town.similar.unknown': 'Similarity is not known: {0}', 'town.similar.level': 'industries of four digits', 'town.similar.none': 'No town makes what it makes.', 'town.similar.others': 'Compare by another level', 'town.cosine': 'similarity {0}', 'town.alike': 'alike', 'town.similar.compare': 'Compare with them', 'town.growth': 'growth',
};
