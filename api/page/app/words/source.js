// @ts-check
/** Words of the source drawer. */
export const zh = {
  'col.grade': '等级', 'col.scope': '范围', 'source.title': '这个数的来历', 'source.method': '这些数怎样算出', 'source.rivals': '其他说法', 'source.against': '矛盾', 'source.rule': '取年份最新者，其次看等级、发布日期；不取平均。', 'source.caveat': '注意', 'source.rests': '依据', 'source.rows': '{0} 行事实与关系，其中虚构 {1} 行；{2} 个来源；{3}', 'source.oldest': '最早 {0} 年', 'source.undatedAll': '都没有年份', 'source.undated': '{0} 行没有时间',
  'source.coverage': '{0} 笔供应中 {1} 笔没有可用数值', 'source.parameters': '参数', 'source.sources': '来源', 'source.snapshot': '快照 {0}，取于 {1}',
};

/** @type {typeof zh} */
export const en = {
  'col.grade': 'Grade', 'col.scope': 'Scope', 'source.title': 'Where this number comes from', 'source.method': 'How these numbers were computed', 'source.rivals': 'Other claims', 'source.against': 'contradicts', 'source.rule': 'The newest year counts, then the grade, then the date of publication; never an average.', 'source.caveat': 'Caveat', 'source.rests': 'Rests on',
  'source.rows': '{0} {0:claim|claims} and relations, {1} of them invented; {2} {2:source|sources}; {3}', 'source.oldest': 'oldest {0}', 'source.undatedAll': 'none dated', 'source.undated': '{0} undated', 'source.coverage': 'of {0} {0:supply|supplies} {1} {1:has|have} no usable value', 'source.parameters': 'Parameters', 'source.sources': 'Sources', 'source.snapshot': 'snapshot {0}, taken {1}',
};
