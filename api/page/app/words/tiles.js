// @ts-check
/** Words of the tiles and of the office's own map. */
export const zh = {
  'tiles.title': '各镇一览 · {0}', 'tiles.measure': '指标', 'tiles.OUTPUT_VALUE': '产值', 'tiles.CHECKUP': '认定体检', 'tiles.EMPLOYEES': '从业人员', 'tiles.MARKET_ENTITIES': '市场主体', 'tiles.LOCAL_SOURCING': '本地配套率', 'tiles.UNCLAIMED_BENEFITS': '应享未享',
  'tiles.unit.EMPLOYEES': '{0} 人', 'tiles.unit.MARKET_ENTITIES': '{0} 个', 'tiles.unit.UNCLAIMED_BENEFITS': '{0} 项次', 'tiles.unit.CHECKUP': '{0}',
  'tiles.atLeast': '至少 {0}', 'tiles.atMost': '不详，至多 {0}', 'tiles.between': '{0}，至多 {1}', 'tiles.range': '{0} 至 {1}',
  'tiles.shown': '显示 {0} / 共 {1} 个专业镇', 'tiles.unknown': '其中 {0} 个不详', 'tiles.open': '其中 {0} 个待核', 'tiles.towns': '{0} 个镇', 'tiles.noTown': '图中没有专业镇', 'tiles.elsewhere': '所在市不详',
  'tiles.legend': '图例', 'tiles.caption': '方格示意，非地图，不表示行政区域界线与面积。颜色分五档，各档的镇数尽量相等；斜纹为不详，不是 0。', 'tiles.ranking': '{0} · 排序', 'tiles.rank': '位次',
  'tiles.trade': '镇与镇之间的供应', 'tiles.trade.shown': '显示 {0} / 共 {1} 对，金额大者在前', 'tiles.trade.total': '已计量合计 {0}', 'tiles.trade.all': '显示全部', 'tiles.why': '依据', 'tiles.export': '导出各镇指标（Excel）', 'tiles.trade.from': '卖方镇', 'tiles.trade.to': '买方镇', 'tiles.trade.value': '供应额（{0}/年）', 'tiles.trade.unmeasured': '另有未计量（笔）',
  'tiles.as': '画法', 'tiles.asTiles': '方格', 'tiles.map': '本单位的地图', 'tiles.map.internal': '内部资料，不得公开', 'tiles.map.approval': '审图号：{0}', 'tiles.map.source': '来源：{0}', 'tiles.map.failed': '地图没有取到：服务可能刚重启，请刷新。', 'tiles.map.refused': '地图没有显示，下面仍是方格。{0}',
  'tiles.map.how': '按文件所载的经纬度直接绘出，未裁切、未简化；数字为位次，* 为依据虚构样例。', 'tiles.map.lacking': '图上没有对应要素的地方：{0}。',
};
export const en = {
  'tiles.title': 'All towns · {0}', 'tiles.measure': 'Measure', 'tiles.OUTPUT_VALUE': 'Output', 'tiles.CHECKUP': 'Check-up', 'tiles.EMPLOYEES': 'Employees', 'tiles.MARKET_ENTITIES': 'Market entities', 'tiles.LOCAL_SOURCING': 'Local sourcing', 'tiles.UNCLAIMED_BENEFITS': 'Benefits not yet received',
  'tiles.unit.EMPLOYEES': '{0} people', 'tiles.unit.MARKET_ENTITIES': '{0}', 'tiles.unit.UNCLAIMED_BENEFITS': '{0} {0:case|cases}', 'tiles.unit.CHECKUP': '{0}',
  'tiles.atLeast': 'at least {0}', 'tiles.atMost': 'unknown, at most {0}', 'tiles.between': '{0}, at most {1}', 'tiles.range': '{0} to {1}',
  'tiles.shown': '{0} of {1} {1:town|towns} shown', 'tiles.unknown': '{0} of them unknown', 'tiles.open': '{0} of them to be checked', 'tiles.towns': 'towns: {0}', 'tiles.noTown': 'no town in the graph', 'tiles.elsewhere': 'City unknown',
  'tiles.legend': 'Legend', 'tiles.caption': 'Tiles, no map: they show neither borders nor areas. Five steps of colour, as many towns in each as can be; hatched is unknown, not 0.', 'tiles.ranking': '{0} · ranking', 'tiles.rank': 'Rank',
  'tiles.trade': 'Supply between towns', 'tiles.trade.shown': '{0} of {1} {1:pair|pairs} shown, the greatest first', 'tiles.trade.total': 'measured in all: {0}', 'tiles.trade.all': 'Show all', 'tiles.why': 'Grounds', 'tiles.export': 'Export the measure (Excel)', 'tiles.trade.from': 'Selling town', 'tiles.trade.to': 'Buying town', 'tiles.trade.value': 'Supply ({0} a year)', 'tiles.trade.unmeasured': 'Not measured beside',
  'tiles.as': 'Drawn as', 'tiles.asTiles': 'Tiles', 'tiles.map': 'The office’s map', 'tiles.map.internal': 'Internal, not for publication', 'tiles.map.approval': 'Approval no. {0}', 'tiles.map.source': 'Source: {0}', 'tiles.map.failed': 'The map did not arrive: the service may have been restarted, please reload.', 'tiles.map.refused': 'The map is not shown; below are the tiles. {0}',
  'tiles.map.how': 'Drawn by the longitudes and latitudes of the file, neither clipped nor simplified; numbers are ranks, * rests on invented samples.', 'tiles.map.lacking': 'No feature of the map is: {0}.',
};
