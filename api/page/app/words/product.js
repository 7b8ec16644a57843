// @ts-check
/** Words of the page of a product. */
export const zh = {
  'product.missing': '图中没有产品 {0}。', 'product.aliases': '又称 {0}', 'product.unit': '单位 {0}', 'product.category.RAW_MATERIAL': '原材料', 'product.category.COMPONENT': '零部件、中间品', 'product.category.PROCESS': '工序', 'product.category.EQUIPMENT': '装备', 'product.category.SERVICE': '服务', 'product.category.FINISHED': '最终产品', 'product.category.PACKAGING': '包装',
  'product.makers': '谁生产', 'product.count': '共 {0} 家', 'product.shown': '显示 {0} / 共 {1} 家，{2}', 'product.some': '显示 {0} / 共 {1} 种', 'product.by.revenue': '按营收，不详者在后', 'product.by.name': '按名称', 'product.by.value': '按金额', 'product.sort': '按营收排序', 'product.revenue': '营业收入',
  'product.sellers': '谁卖出', 'product.buyers': '谁购入', 'product.nosellers': '没有已登记的卖方。', 'product.nobuyers': '没有已登记的买方。', 'product.value': '，已计量 {0}/年', 'product.outside.of': '，其中向图外购入 {0}', 'product.outside.beside': '；另有图外卖方售出 {0}', 'product.partners': '{0} 个对方', 'product.unmeasured': '，{0} 笔金额不详',
  'product.inputs': '用什么做', 'product.usedIn': '做成什么', 'product.chains': '所在产业链与各镇状态', 'product.nochain': '不在任何参考产业链上。', 'product.map': '看产业链图',
};
/** @type {typeof zh} */
export const en = {
  'product.missing': 'The graph has no product {0}.', 'product.aliases': 'also {0}', 'product.unit': 'in {0}', 'product.category.RAW_MATERIAL': 'raw material', 'product.category.COMPONENT': 'component', 'product.category.PROCESS': 'process', 'product.category.EQUIPMENT': 'equipment', 'product.category.SERVICE': 'service', 'product.category.FINISHED': 'final product', 'product.category.PACKAGING': 'packaging',
  'product.makers': 'Who makes it', 'product.count': '{0} in all', 'product.shown': '{0} of {1} shown, {2}', 'product.some': '{0} of {1} shown', 'product.by.revenue': 'by revenue, unknown last', 'product.by.name': 'by name', 'product.by.value': 'by amount', 'product.sort': 'Order by revenue', 'product.revenue': 'Revenue',
  'product.sellers': 'Who sells it', 'product.buyers': 'Who buys it', 'product.nosellers': 'No seller is registered.', 'product.nobuyers': 'No buyer is registered.', 'product.value': ', {0} a year measured', 'product.outside.of': ', of it {0} from outside the graph', 'product.outside.beside': '; sellers outside the graph sell another {0}', 'product.partners': '{0} {0:partner|partners}', 'product.unmeasured': ', {0} of unknown amount',
  'product.inputs': 'What goes into it', 'product.usedIn': 'What is made of it', 'product.chains': 'Its chains, and how it stands in their towns', 'product.nochain': 'It stands in no reference chain.', 'product.map': 'See the chain map',
};
