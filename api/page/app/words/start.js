// @ts-check
/** Words of the first page. */
export const zh = {
  'start.title': '从哪个专业镇看起？', 'start.questions': '常问', 'start.q.gaps': '{0} 缺什么，谁能补', 'start.q.chain': '{0} 的产业链有哪些环节', 'start.q.town': '{0} 达到认定条件了吗', 'start.q.impact': '{0} 停产影响谁', 'start.q.flow': '{0} 从哪里买、卖到哪里', 'start.q.policies': '{0} 谁该享的政策还没享', 'start.rest': '其余见方格图', 'start.shown': '显示 {0} / 共 {1} 个专业镇', 'start.towns': '{0} 个专业镇', 'start.recent': '最近看过', 'start.tour': '一分钟看懂（五步）',
  'empty.data.desk': '取模板，装入工作簿',
};

/** @type {typeof zh} */
export const en = {
  'start.title': 'Which town first?', 'start.questions': 'Often asked', 'start.q.gaps': 'What does {0} lack, and who could fill it', 'start.q.chain': 'Which steps has the chain of {0}', 'start.q.town': 'Does {0} meet the conditions of recognition', 'start.q.impact': 'Whom does it hit if {0} stops?', 'start.q.flow': 'Where does {0} buy and sell?', 'start.q.policies': 'Which policies has {0} yet to get?', 'start.rest': 'the others as tiles', 'start.shown': '{0} of {1} {1:town|towns} {1:is|are} shown', 'start.towns': '{0} {0:town|towns}', 'start.recent': 'Seen lately', 'start.tour': 'Understand it in a minute (five steps)',
  'empty.data.desk': 'Take the template, load a workbook',
};
