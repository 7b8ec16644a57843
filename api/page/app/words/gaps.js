// @ts-check
/** Words of gaps and candidates. */
export const zh = {
  'col.value': '{0}（{1}/年）', 'col.ties': '与本镇往来（{0}/年）', 'gaps.title': '{0} · 缺口与招商', 'gaps.lead': '{0}缺的是{1}', 'gaps.below': '下游还没有人做{0}', 'gaps.weights': '权重', 'gaps.reset': '恢复默认权重', 'gaps.custom': '自定义权重，非正式结果', 'gaps.none': '这一类没有缺口。', 'gaps.unknown': '{0} 个环节无数据，无法判断有没有缺口。', 'gaps.export': '导出招商引资清单（Excel）', 'gaps.export.gaps': '导出缺口清单（Excel）', 'gaps.shown': '显示 {0} / 共 {1} 条，按排序分',
  'gaps.suppliers': '现有供应者', 'gaps.parts': '排序分的组成', 'gaps.part.unknown': '不详，已略去并按其余重算权重', 'gaps.rivals': '他镇主业：{0}，宜协作', 'cand.title': '候选企业：{0}', 'cand.count': '镇外 {0} 家，显示 {1} 家', 'cand.local': '本地已有 {0} 家生产', 'cand.convertible': '本地可转产 {0} 家', 'cand.none': '图中没有已知的候选企业。', 'cand.stays': '不宜招引', 'cand.already': '现所在地也可享', 'cand.open': '另有 {0} 项待核', 'col.benefits': '落户可享政策',
  'cand.near': '近于 {0}', 'cand.record': '登记线索', 'gaps.w.VALUE': '金额', 'gaps.w.CRITICALITY': '关键', 'gaps.w.FEASIBILITY': '可行', 'FILL.what': '本地无人生产、可以招引的环节', 'STRENGTHEN.what': '本地有而不足、或只靠一家的环节', 'EXTEND.what': '以本地产品为主要投入、而本地无人生产的下游', 'SECURE.what': '资源、农产、能源、公共服务：不能招引，只能保障',
};

/** @type {typeof zh} */
export const en = {
  'col.value': '{0} ({1} a year)', 'col.ties': 'Trade with the town ({0} a year)', 'gaps.title': '{0} · gaps and investment', 'gaps.lead': '{0} lacks {1}', 'gaps.below': 'downstream nobody makes {0}', 'gaps.weights': 'Weights', 'gaps.reset': 'Default weights', 'gaps.custom': 'Own weights, not an official result', 'gaps.none': 'There is no gap of this kind.',
  'gaps.unknown': '{0} steps have no data: whether they are gaps can’t be judged.', 'gaps.export': 'Export the promotion list (Excel)', 'gaps.export.gaps': 'Export the gaps (Excel)', 'gaps.shown': '{0} of {1} shown, by score', 'gaps.suppliers': 'Present suppliers', 'gaps.parts': 'Parts of the score', 'gaps.part.unknown': 'unknown: left out, the other weights scaled up',
  'gaps.rivals': 'Main trade of {0}: work together instead', 'cand.title': 'Candidates: {0}', 'cand.count': '{0} outside the town, {1} shown', 'cand.local': '{0} local makers already', 'cand.convertible': '{0} local firms could switch', 'cand.none': 'The graph knows no candidate.', 'cand.stays': 'not to be invited', 'cand.already': 'also where it is', 'cand.open': '{0} more to be checked',
  'col.benefits': 'Policies if it settled', 'cand.near': 'near {0}', 'cand.record': 'Record a lead', 'gaps.w.VALUE': 'value', 'gaps.w.CRITICALITY': 'criticality', 'gaps.w.FEASIBILITY': 'feasibility', 'FILL.what': 'Nobody local makes it, and makers can be attracted', 'STRENGTHEN.what': 'Made here, but too little or by one firm only',
  'EXTEND.what': 'Uses local products as a main input, and nobody local makes it', 'SECURE.what': 'Resources, farm produce, energy, public services: to be secured, not attracted',
};
