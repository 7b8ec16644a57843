// @ts-check
/** Words of the chain map. */
export const zh = {
  'col.outside': '外购额（{0}/年）', 'chain.title': '{0} · 产业链图', 'chain.shown': '显示 {0} / {1} 个环节', 'chain.legend': '按状态筛选', 'chain.none': '图中没有这个镇的参考产业链：用 FOLLOWS 表登记它所属的产业链后即可成图。', 'makers': '本地主体 {0} 家', 'noMaker': '无本地主体', 'noData': '没有数据，不等于缺失', 'share': '本地配套率', 'outputs': '去向', 'far': '另有 {0} 条回流或跨段联系，选中环节后显示', 'chain.filtered': '按状态筛掉了所有环节。', 'chain.makersBy': '生产者分布',
  'chain.leftOut': '其中 {0} 个可选环节无人生产也无人采购，镇情、缺口与推演不列也不计数。', 'chain.candidates': '谁能补上', 'chain.product': '谁生产、谁购入',
};

/** @type {typeof zh} */
export const en = {
  'col.outside': 'Bought outside ({0} a year)', 'chain.title': '{0} · chain map', 'chain.shown': '{0} of {1} {1:step|steps} shown', 'chain.legend': 'Filter by state', 'chain.none': 'The graph has no reference chain of this town: register its chain in the table FOLLOWS.', 'makers': '{0} local makers', 'noMaker': 'no local maker', 'noData': 'no data is not a gap', 'share': 'local share',
  'chain.leftOut': '{0} of them, optional, nobody makes or buys: the town’s page, the gaps and what-if neither list nor count them.', 'outputs': 'Goes to', 'far': '{0} more links go back or skip a stage: choose a step to see them', 'chain.filtered': 'The filter hides every step.', 'chain.makersBy': 'Where makers are', 'chain.candidates': 'Who could fill it', 'chain.product': 'Who makes it, who buys it',
};
