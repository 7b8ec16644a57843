/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** 分析层级 */
export type Aggregation =
  /** 国民经济行业（2、3 或 4 位代码） */
  | 'INDUSTRY'
  /** 主体 */
  | 'ORGANISATION'
  /** 产品 */
  | 'PRODUCT'
  /** 行政区划（县级） */
  | 'REGION'
  /** 专业镇 */
  | 'TOWN';

/** 联合形式 */
export type AllianceForm =
  /** 产业联盟 */
  | 'ALLIANCE'
  /** 集群促进机构 */
  | 'CLUSTER_ORGANISATION'
  /** 合资 */
  | 'JOINT_VENTURE';

/** 政策措施给谁 */
export type BenefitRecipient =
  /** 主体 */
  | 'ORGANISATION'
  /** 专业镇：资金等给镇，不逐户享受 */
  | 'TOWN';

/** 政策措施的要素类型 */
export type BenefitResource =
  /** 能源 */
  | 'ENERGY'
  /** 资金 */
  | 'FUNDS'
  /** 土地 */
  | 'LAND'
  /** 政策 */
  | 'POLICY'
  /** 项目 */
  | 'PROJECT'
  /** 服务 */
  | 'SERVICE'
  /** 人才 */
  | 'TALENT';

/** 一个主体可否享受一项政策措施 */
export type BenefitStatus =
  /** 可享：在适用范围内，且符合条件 */
  | 'ELIGIBLE'
  /** 不可享：可能在适用范围内，而不符合条件 */
  | 'NOT_ELIGIBLE'
  /** 待核：已知数据不足以判断 */
  | 'UNKNOWN';

/** 按是否过滤 */
export type BooleanFilter = {
  /** 等于 */
  eq?: boolean | null | undefined;
};

/** 数值性质 */
export type Bound =
  /** 约 */
  | 'ABOUT'
  /** 不少于 */
  | 'AT_LEAST'
  /** 不多于 */
  | 'AT_MOST'
  /** 等于 */
  | 'EXACT';

/** 候选供应者的依据；先列者优先 */
export type CandidateEvidence =
  /** 本镇外的生产者，现向本镇主体采购它的主要投入品：延链的首选；为一个买方寻找时没有此项 */
  | 'DOWNSTREAM_BUYER'
  /** 同省的生产者 */
  | 'HOME'
  /** 本镇已有的生产者：先看本地，再说缺失；为一个买方寻找时没有此项 */
  | 'LOCAL'
  /** 其他生产者：省外，或所在地不详 */
  | 'MAKER'
  /** 相近产品的生产者（依据与程度见 nearness）；为一个买方寻找时没有此项 */
  | 'RELATED'
  /** 股东、所持股的主体或联合伙伴，且生产该产品 */
  | 'RELATIVE'
  /** 已向本镇主体（买方所属专业镇的其他主体）供应该产品 */
  | 'SELLER';

/** 改变的种类 */
export type ChangeKind =
  /** 查明：现在不详 */
  | 'CONFIRM'
  /** 取得资质 */
  | 'GAIN'
  /** 增长到 */
  | 'GROW'
  /** 再过几年 */
  | 'WAIT';

/** 更改一项：招商线索 */
export type ChangeLeadInput = {
  /** 下一步的期限；不给为不改 */
  dueOn?: string | null | undefined;
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 名称；不给为不改 */
  name?: string | null | undefined;
  /** 涉及主体的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  organisations?: Array<string> | null | undefined;
  /** 可补环节的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  products?: Array<string> | null | undefined;
  /** 登记日期；不给为不改 */
  recordedOn?: string | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town?: string | null | undefined;
};

/** 更改一项：督办通知书 */
export type ChangeNoticeInput = {
  /** 整改期限；不给为不改 */
  dueOn?: string | null | undefined;
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 名称；不给为不改 */
  name?: string | null | undefined;
  /** 督办事由；不给为不改 */
  reason?: string | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town?: string | null | undefined;
};

/** 更改一项：问题台账中的问题 */
export type ChangeProblemInput = {
  /** 办结期限；不给为不改 */
  dueOn?: string | null | undefined;
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 问题涉及面；不给为不改 */
  extent?: ProblemExtent | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 名称；不给为不改 */
  name?: string | null | undefined;
  /** 涉及主体的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  organisations?: Array<string> | null | undefined;
  /** 提出日期；不给为不改 */
  raisedOn?: string | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town?: string | null | undefined;
};

/** 更改一项：重大项目 */
export type ChangeProjectInput = {
  /** 计划竣工日期；不给为不改 */
  dueOn?: string | null | undefined;
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 总投资（元）；不给为不改 */
  investment?: number | null | undefined;
  /** 名称；不给为不改 */
  name?: string | null | undefined;
  /** 涉及主体的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  organisations?: Array<string> | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  responsible?: Array<string> | null | undefined;
  /** 开工日期；不给为不改 */
  startOn?: string | null | undefined;
  /** 专业镇的标识 */
  town?: string | null | undefined;
};

/** 更改一项：年度行动计划中的任务 */
export type ChangeTaskInput = {
  /** 完成期限；不给为不改 */
  dueOn?: string | null | undefined;
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 名称；不给为不改 */
  name?: string | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码；给出即为全部，未列者不再是 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town?: string | null | undefined;
  /** 年度；不给为不改 */
  year?: number | null | undefined;
};

/** 采用一条数值而不是另一条的理由 */
export type ClaimChoiceReason =
  /** 来源等级较高 */
  | 'GRADE'
  /** 其余都相同，取标识在前者 */
  | 'ID'
  /** 数据管理员选定 */
  | 'PINNED'
  /** 来源发布较晚，或只有它写明发布日期 */
  | 'PUBLISHED'
  /** 真实数据先于虚构样例 */
  | 'REAL'
  /** 录入较晚，或只有它写明录入日期 */
  | 'RECORDED'
  /** 年份较新，或只有它写明年份 */
  | 'YEAR';

/** 关停一个主体 */
export type CloseInput = {
  /** 主体 */
  organisation: string;
};

/** 批注一项 */
export type CommentInput = {
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 批注，至多 1000 字 */
  text: string;
};

/** 一项条件所需数据的掌握程度 */
export type CoverageState =
  /** 已知 */
  | 'KNOWN'
  /** 只知一部分：已知者为下限 */
  | 'PARTLY'
  /** 不详 */
  | 'UNKNOWN';

/** 登记一项：督办通知书 */
export type CreateNoticeInput = {
  /** 整改期限 */
  dueOn: string;
  /** 名称；空为按镇与环节取名 */
  name?: string | null | undefined;
  /** 督办事由 */
  reason: string;
  /** 责任单位的标识；主体也可给统一社会信用代码 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town: string;
};

/** 登记一项：问题台账中的问题 */
export type CreateProblemInput = {
  /** 办结期限 */
  dueOn?: string | null | undefined;
  /** 问题涉及面 */
  extent: ProblemExtent;
  /** 名称 */
  name: string;
  /** 涉及主体的标识；主体也可给统一社会信用代码 */
  organisations?: Array<string> | null | undefined;
  /** 提出日期；空为今天 */
  raisedOn?: string | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town: string;
};

/** 登记一项：重大项目 */
export type CreateProjectInput = {
  /** 计划竣工日期 */
  dueOn?: string | null | undefined;
  /** 总投资（元） */
  investment?: number | null | undefined;
  /** 名称 */
  name: string;
  /** 涉及主体的标识；主体也可给统一社会信用代码 */
  organisations?: Array<string> | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码 */
  responsible?: Array<string> | null | undefined;
  /** 开工日期 */
  startOn?: string | null | undefined;
  /** 专业镇的标识 */
  town: string;
};

/** 登记一项：年度行动计划中的任务 */
export type CreateTaskInput = {
  /** 完成期限 */
  dueOn: string;
  /** 名称 */
  name: string;
  /** 责任单位的标识；主体也可给统一社会信用代码 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town: string;
  /** 年度 */
  year: number;
};

/** 条件的种类 */
export type CriterionForm =
  /** 同时满足 */
  | 'ALL'
  /** 至少满足一项 */
  | 'ANY'
  /** 计数 */
  | 'COUNT'
  /** 指标 */
  | 'MEASURE'
  /** 不得 */
  | 'NOT'
  /** 合计 */
  | 'SUM';

/** 按日期过滤 */
export type DateFilter = {
  /** 等于 */
  eq?: string | null | undefined;
  /** 不小于 */
  gte?: string | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<string> | null | undefined;
  /** 不大于 */
  lte?: string | null | undefined;
};

/** 一处改动：恰给其中一项 */
export type EditInput = {
  /** 关停一个主体 */
  close?: CloseInput | null | undefined;
  /** 终止供应 */
  endSupply?: EndSupplyInput | null | undefined;
  /** 新设一个主体 */
  open?: OpenInput | null | undefined;
  /** 改营业收入 */
  setRevenue?: SetRevenueInput | null | undefined;
  /** 新增一笔供应，或改其金额 */
  setSupply?: SetSupplyInput | null | undefined;
};

/** 终止供应 */
export type EndSupplyInput = {
  /** 买方 */
  buyer: string;
  /** 产品；空为全部 */
  product?: string | null | undefined;
  /** 卖方 */
  seller: string;
};

/** 按采用的指标值过滤：不给上下限则只要有已知的值 */
export type FigureFilter = {
  /** 不小于（指标的单位） */
  gte?: number | null | undefined;
  /** 不大于（指标的单位） */
  lte?: number | null | undefined;
  /** 指标 */
  metric: Metric;
  /** 口径；空为全镇（主体）整体，没有则取官方以之代表整体的全产业链 */
  scope?: Scope | null | undefined;
  /** 截至此年的指标值；空为列表的 asOf */
  year?: number | null | undefined;
};

/** 按采用的指标值排序：值不详者总在最后，值相同者按标识 */
export type FigureOrder = {
  /** 是否大者在前，默认是 */
  descending?: boolean;
  /** 指标 */
  metric: Metric;
  /** 口径；空为全镇（主体）整体，没有则取官方以之代表整体的全产业链 */
  scope?: Scope | null | undefined;
  /** 截至此年的指标值；空为列表的 asOf */
  year?: number | null | undefined;
};

/** 流向图按什么合计 */
export type FlowLevel =
  /** 产品 */
  | 'PRODUCT'
  /** 产业链位置：上游、中游、下游、配套服务 */
  | 'STAGE';

/** 流向图中的一方 */
export type FlowSide =
  /** 买方：不是本镇自己的主体 */
  | 'BUYER'
  /** 卖方：不是本镇自己的主体 */
  | 'SELLER'
  /** 本镇自己的主体 */
  | 'TOWN';

/** 补链、强链、延链、保供 */
export type GapAction =
  /** 延链：向下游延伸 */
  | 'EXTEND'
  /** 补链：补上缺失的环节 */
  | 'FILL'
  /** 保供：资源、农产、公用事业、废料等引不来，只能稳住供应；不列入招商清单 */
  | 'SECURE'
  /** 强链：加强薄弱的环节 */
  | 'STRENGTHEN';

/** 排序所依据的部分 */
export type GapPart =
  /** 关键性：经不可缺少的投入依赖它的龙头企业（同数者比营业收入） */
  | 'CRITICALITY'
  /** 可行性：与本镇所产的相关密度（按生产者家数）；保供不适用 */
  | 'FEASIBILITY'
  /** 价值：补链为可转为本地的外购额（来源不详者不计），强链为外购与单一来源的采购额，延链为本镇投入品现售予外地生产者的金额，保供为全部采购额 */
  | 'VALUE';

/** 缺链的理由 */
export type GapReason =
  /** 采购集中：集中度（HHI）不低于阈值，本地又没有足够的生产者可换 */
  | 'CONCENTRATED'
  /** 本地生产者比 3 年前减少 */
  | 'LOSING'
  /** 本地配套率低于阈值（来源不详者都算本地也仍低于） */
  | 'LOW_LOCAL_SHARE'
  /** 本地产品的下游，本地无人生产 */
  | 'NO_DOWNSTREAM'
  /** 本地没有已知的生产者 */
  | 'NO_MAKER'
  /** 本地生产者都没有已登记的有效资质，而外地生产者中有 */
  | 'NO_QUALIFIED_MAKER'
  /** 本地主体采购而本地无人生产，全靠外购 */
  | 'OUTSIDE_ONLY'
  /** 省内另一已认定专业镇的主导产品：不宜另起炉灶，宜协作（见 matches） */
  | 'RIVAL_TOWN'
  /** 来源单一：本地只有一家生产者 */
  | 'SINGLE_SOURCE'
  /** 资质未登记：它的生产者（无论何地）都没有已登记的有效资质，有无不详，不据此算作薄弱 */
  | 'TITLES_UNREGISTERED';

/** 环节状态 */
export type GapState =
  /** 已有 */
  | 'COVERED'
  /** 缺失：本地没有已知的生产者，而属必备、本地主体采购，或是本地产品的下游 */
  | 'MISSING'
  /** 不详：图中没有已知的生产者，也没有已知的采购；或不知是否必备 */
  | 'UNKNOWN'
  /** 薄弱：本地配套率低、来源单一、采购集中，或外地生产者有资质而本地都没有 */
  | 'WEAK';

/** 政府层级 */
export type GovernmentLevel =
  /** 市级 */
  | 'CITY'
  /** 县级 */
  | 'COUNTY'
  /** 国家级 */
  | 'NATIONAL'
  /** 省级 */
  | 'PROVINCIAL';

/** 来源等级 */
export type Grade =
  /** 官方发布或权威媒体 */
  | 'A'
  /** 一般媒体或二手转述 */
  | 'B'
  /** 网络资料、行业常识或未记录 */
  | 'C';

/** 按标识过滤 */
export type IdFilter = {
  /** 等于 */
  eq?: string | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<string> | null | undefined;
};

/** 指标值的掌握程度 */
export type IndicatorState =
  /** 已知 */
  | 'KNOWN'
  /** 只知一部分：按已知部分计分，名次区间计入其余 */
  | 'PARTLY'
  /** 不详：按指标体系的规定剔除或记零 */
  | 'UNKNOWN';

/** 一项指标的试用权重 */
export type IndicatorWeight = {
  /** 指标标识 */
  indicator: string;
  /** 权重（≥ 0）：只看比例，未列出的指标照旧 */
  weight: number;
};

/** 要流转的一项 */
export type ItemVersionInput = {
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
};

/** 种类 */
export type Kind =
  /** 政策措施：给什么、给谁 */
  | 'BENEFIT'
  /** 参考产业链：应有的环节 */
  | 'CHAIN'
  /** 事实：某一来源给出的数值，允许互相矛盾，全部保留 */
  | 'CLAIM'
  /** 国民经济行业（GB/T 4754） */
  | 'INDUSTRY'
  /** 招商线索 */
  | 'LEAD'
  /** 台账变更记录：谁、何时、何事、由何变何、为何；只增不改 */
  | 'LEDGER_ENTRY'
  /** 督办通知书 */
  | 'NOTICE'
  /** 主体：企业、个体户、合作社、家庭农场、集体、机构 */
  | 'ORGANISATION'
  /** 政策文件 */
  | 'POLICY'
  /** 问题台账中的问题 */
  | 'PROBLEM'
  /** 产品或产业链环节 */
  | 'PRODUCT'
  /** 重大项目 */
  | 'PROJECT'
  /** 资质：专精特新、小巨人、企业技术中心等 */
  | 'QUALIFICATION'
  /** 行政区划（GB/T 2260） */
  | 'REGION'
  /** 数据裁定：数据管理员的选定、更正、撤回、合并、区分及理由 */
  | 'RULING'
  /** 来源 */
  | 'SOURCE'
  /** 标准：认定条件、评价指标体系或分档 */
  | 'STANDARD'
  /** 年度行动计划中的任务 */
  | 'TASK'
  /** 专业镇：一个县域（有时几个）加一个主导产业 */
  | 'TOWN';

/** 招商线索：过滤条件，并列者须全部成立 */
export type LeadFilter = {
  /** 全部成立 */
  and?: Array<LeadFilter> | null | undefined;
  /** 下一步的期限 */
  dueOn?: DateFilter | null | undefined;
  /** 登记时的依据（JSON）：候选者当日的一行，及日期、公式与数据版本 */
  evidence?: TextFilter | null | undefined;
  /** 标识：kind:key，全库唯一，永不改变 */
  id?: IdFilter | null | undefined;
  /** 名称 */
  name?: TextFilter | null | undefined;
  /** 不成立 */
  not?: LeadFilter | null | undefined;
  /** 任一成立 */
  or?: Array<LeadFilter> | null | undefined;
  /** 登记日期 */
  recordedOn?: DateFilter | null | undefined;
  /** 对接阶段 */
  stage?: LeadStageFilter | null | undefined;
  /** 虚构样例数据（真实数据为 false） */
  synthetic?: BooleanFilter | null | undefined;
};

/** 招商线索阶段 */
export type LeadStage =
  /** 已接触 */
  | 'CONTACTED'
  /** 放弃 */
  | 'DROPPED'
  /** 落地 */
  | 'LANDED'
  /** 在谈 */
  | 'NEGOTIATING'
  /** 签约 */
  | 'SIGNED'
  /** 未接触 */
  | 'UNTOUCHED';

/** 按招商线索阶段过滤 */
export type LeadStageFilter = {
  /** 等于 */
  eq?: LeadStage | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<LeadStage> | null | undefined;
};

/** 台账变更的种类 */
export type LedgerAction =
  /** 更改 */
  | 'CHANGED'
  /** 批注 */
  | 'COMMENTED'
  /** 登记 */
  | 'CREATED'
  /** 流转 */
  | 'MOVED'
  /** 撤销：先前的一次变更不再作数 */
  | 'UNDONE';

/** 台账的种类 */
export type LedgerName =
  /** 招商线索台账 */
  | 'LEAD'
  /** 督办台账 */
  | 'NOTICE'
  /** 问题台账 */
  | 'PROBLEM'
  /** 项目台账 */
  | 'PROJECT'
  /** 任务台账 */
  | 'TASK';

/** 装载状态 */
export type LoadStatus =
  /** 已完成 */
  | 'DONE'
  /** 进行中 */
  | 'RUNNING'
  /** 已撤销 */
  | 'UNDONE';

/** 指标 */
export type Metric =
  /** 规上企业数（户） */
  | 'ABOVE_SCALE_ENTERPRISES'
  /** 从业人员（人） */
  | 'EMPLOYEES'
  /** 企业数（户） */
  | 'ENTERPRISES'
  /** 出口额（元/年） */
  | 'EXPORT_VALUE'
  /** 配套户数（户） */
  | 'HOUSEHOLDS'
  /** 国家级专精特新“小巨人”企业数（户） */
  | 'LITTLE_GIANTS'
  /** 市场主体数（户） */
  | 'MARKET_ENTITIES'
  /** 占比（0–1；口径见 scope） */
  | 'MARKET_SHARE'
  /** 原料用量（吨/年） */
  | 'MATERIAL_USE'
  /** 产值（元/年） */
  | 'OUTPUT_VALUE'
  /** 种植面积（亩） */
  | 'PLANTED_AREA'
  /** 产能（吨或件/年） */
  | 'PRODUCTION_CAPACITY'
  /** 生产线（条） */
  | 'PRODUCTION_LINES'
  /** 产量（吨或件/年） */
  | 'PRODUCTION_VOLUME'
  /** 注册资本（元） */
  | 'REGISTERED_CAPITAL'
  /** 营业收入（元/年） */
  | 'REVENUE'
  /** 研发经费（元/年） */
  | 'RND_SPENDING'
  /** 省级专精特新企业数（户） */
  | 'SPECIALISED_SMES'
  /** 规划目标产值（元/年） */
  | 'TARGET_OUTPUT'
  /** 省级企业技术中心数（户） */
  | 'TECHNOLOGY_CENTRES';

/** 流转一项：招商线索 */
export type MoveLeadInput = {
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: LeadStage;
};

/** 流转若干项：招商线索 */
export type MoveLeadsInput = {
  /** 哪些事项，1–100 项：全部流转，或一项也不 */
  items: Array<ItemVersionInput>;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: LeadStage;
};

/** 流转一项：督办通知书 */
export type MoveNoticeInput = {
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: NoticeStatus;
};

/** 流转若干项：督办通知书 */
export type MoveNoticesInput = {
  /** 哪些事项，1–100 项：全部流转，或一项也不 */
  items: Array<ItemVersionInput>;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: NoticeStatus;
};

/** 流转一项：问题台账中的问题 */
export type MoveProblemInput = {
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: ProblemStatus;
};

/** 流转若干项：问题台账中的问题 */
export type MoveProblemsInput = {
  /** 哪些事项，1–100 项：全部流转，或一项也不 */
  items: Array<ItemVersionInput>;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: ProblemStatus;
};

/** 流转一项：重大项目 */
export type MoveProjectInput = {
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: ProjectStatus;
};

/** 流转若干项：重大项目 */
export type MoveProjectsInput = {
  /** 哪些事项，1–100 项：全部流转，或一项也不 */
  items: Array<ItemVersionInput>;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: ProjectStatus;
};

/** 流转一项：年度行动计划中的任务 */
export type MoveTaskInput = {
  /** 所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本 */
  expectedVersion?: number | null | undefined;
  /** 事项的标识 */
  id: string;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: TaskStatus;
};

/** 流转若干项：年度行动计划中的任务 */
export type MoveTasksInput = {
  /** 哪些事项，1–100 项：全部流转，或一项也不 */
  items: Array<ItemVersionInput>;
  /** 发生之日，不晚于今天；空为今天；解决、下达的日期按此填 */
  on?: string | null | undefined;
  /** 到哪个阶段：须为流转表所允许 */
  to: TaskStatus;
};

/** 随变更记下的话 */
export type NoteInput = {
  /** 经办机构或岗位，如 定襄县工信局；不写人名 */
  by?: string | null | undefined;
  /** 理由，至多 1000 字；流转表注明须写理由的必填 */
  reason?: string | null | undefined;
  /** 请求标识，由客户端取，至多 100 字：同一标识重发只改一次，答复相同 */
  requestId?: string | null | undefined;
};

/** 督办通知书状态 */
export type NoticeStatus =
  /** 已销号 */
  | 'CLOSED'
  /** 草拟 */
  | 'DRAFT'
  /** 已下达 */
  | 'ISSUED';

/** 按数值过滤 */
export type NumberFilter = {
  /** 等于 */
  eq?: number | null | undefined;
  /** 不小于 */
  gte?: number | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<number> | null | undefined;
  /** 不大于 */
  lte?: number | null | undefined;
};

/** 新设一个主体 */
export type OpenInput = {
  /** 主体形式 */
  form?: OrganisationForm;
  /** 标识：org:…，图中没有的 */
  id: string;
  /** 主要行业 */
  industry?: string | null | undefined;
  /** 生产的产品 */
  makes?: string | null | undefined;
  /** 名称 */
  name: string;
  /** 所在行政区划 */
  region?: string | null | undefined;
  /** 营业收入（元/年） */
  revenue?: number | null | undefined;
  /** 落户的已有主体：它现售予 town 主体的 makes 改由新主体供应；另有改动设定者从其设定。空为全新的主体 */
  takesOver?: string | null | undefined;
  /** 所属专业镇 */
  town?: string | null | undefined;
};

/** 主体：企业、个体户、合作社、家庭农场、集体、机构：过滤条件，并列者须全部成立 */
export type OrganisationFilter = {
  /** 地址 */
  address?: TextFilter | null | undefined;
  /** 全部成立 */
  and?: Array<OrganisationFilter> | null | undefined;
  /** 从某主体进货（该年的供应） */
  buysFrom?: IdFilter | null | undefined;
  /** 注销日期 */
  closedOn?: DateFilter | null | undefined;
  /** 采用的指标值：已知且在范围内 */
  figure?: FigureFilter | null | undefined;
  /** 主体形式 */
  form?: OrganisationFormFilter | null | undefined;
  /** 成立日期 */
  foundedOn?: DateFilter | null | undefined;
  /** 持有某资质（asOf 年有效） */
  holds?: IdFilter | null | undefined;
  /** 标识：kind:key，全库唯一，永不改变 */
  id?: IdFilter | null | undefined;
  /** 从事某行业（含下级） */
  industry?: IdFilter | null | undefined;
  /** 纬度（度） */
  latitude?: NumberFilter | null | undefined;
  /** 是某专业镇的龙头企业 */
  leads?: IdFilter | null | undefined;
  /** 经度（度） */
  longitude?: NumberFilter | null | undefined;
  /** 生产某产品 */
  makes?: IdFilter | null | undefined;
  /** 名称 */
  name?: TextFilter | null | undefined;
  /** 不成立 */
  not?: OrganisationFilter | null | undefined;
  /** 任一成立 */
  or?: Array<OrganisationFilter> | null | undefined;
  /** 已享受某政策措施（不晚于 asOf 年） */
  received?: IdFilter | null | undefined;
  /** 位于某行政区划（含下级） */
  region?: IdFilter | null | undefined;
  /** 证券代码 */
  stockCode?: TextFilter | null | undefined;
  /** 向某主体供货（该年的供应） */
  supplies?: IdFilter | null | undefined;
  /** 向某专业镇的龙头企业供货（该年的供应） */
  suppliesLeaderOf?: IdFilter | null | undefined;
  /** 虚构样例数据（真实数据为 false） */
  synthetic?: BooleanFilter | null | undefined;
  /** 属于某专业镇 */
  town?: IdFilter | null | undefined;
  /** 统一社会信用代码（GB 32100，18 位） */
  uscc?: TextFilter | null | undefined;
};

/** 主体形式 */
export type OrganisationForm =
  /** 政府机关 */
  | 'AGENCY'
  /** 农民专业合作社 */
  | 'COOPERATIVE'
  /** 企业 */
  | 'ENTERPRISE'
  /** 家庭农场 */
  | 'FAMILY_FARM'
  /** 事业单位、社会组织 */
  | 'INSTITUTION'
  /** 个体工商户 */
  | 'SOLE_TRADER'
  /** 农村集体经济组织 */
  | 'VILLAGE_COLLECTIVE';

/** 按主体形式过滤 */
export type OrganisationFormFilter = {
  /** 等于 */
  eq?: OrganisationForm | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<OrganisationForm> | null | undefined;
};

/** 判断结果 */
export type Outcome =
  /** 未通过 */
  | 'FAIL'
  /** 通过 */
  | 'PASS'
  /** 待核：已知数据不足以判断 */
  | 'UNKNOWN';

/** 路径经过一项关系的方向 */
export type PathDirection =
  /** 逆其方向 */
  | 'AGAINST'
  /** 沿其方向：由卖方到买方、由股东到所持股者、由主体到专业镇 */
  | 'ALONG'
  /** 不分方向：联合 */
  | 'EITHER';

/** 政策在所问年份的效力 */
export type PolicyValidity =
  /** 已失效：当年年初之前已失效 */
  | 'EXPIRED'
  /** 施行中：当年至少有一天有效 */
  | 'IN_FORCE'
  /** 尚未施行：当年年末之后才施行 */
  | 'NOT_YET';

/** 问题涉及面 */
export type ProblemExtent =
  /** 行业共性问题 */
  | 'COMMON'
  /** 企业个性问题 */
  | 'INDIVIDUAL';

/** 按问题涉及面过滤 */
export type ProblemExtentFilter = {
  /** 等于 */
  eq?: ProblemExtent | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<ProblemExtent> | null | undefined;
};

/** 问题台账中的问题：过滤条件，并列者须全部成立 */
export type ProblemFilter = {
  /** 全部成立 */
  and?: Array<ProblemFilter> | null | undefined;
  /** 办结期限 */
  dueOn?: DateFilter | null | undefined;
  /** 问题涉及面 */
  extent?: ProblemExtentFilter | null | undefined;
  /** 标识：kind:key，全库唯一，永不改变 */
  id?: IdFilter | null | undefined;
  /** 名称 */
  name?: TextFilter | null | undefined;
  /** 不成立 */
  not?: ProblemFilter | null | undefined;
  /** 任一成立 */
  or?: Array<ProblemFilter> | null | undefined;
  /** 提出日期 */
  raisedOn?: DateFilter | null | undefined;
  /** 解决日期 */
  resolvedOn?: DateFilter | null | undefined;
  /** 问题状态 */
  status?: ProblemStatusFilter | null | undefined;
  /** 虚构样例数据（真实数据为 false） */
  synthetic?: BooleanFilter | null | undefined;
};

/** 问题状态 */
export type ProblemStatus =
  /** 已交办 */
  | 'ASSIGNED'
  /** 待办 */
  | 'OPEN'
  /** 已解决 */
  | 'RESOLVED';

/** 按问题状态过滤 */
export type ProblemStatusFilter = {
  /** 等于 */
  eq?: ProblemStatus | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<ProblemStatus> | null | undefined;
};

/** 产品或环节类别 */
export type ProductCategory =
  /** 零部件、中间品 */
  | 'COMPONENT'
  /** 装备 */
  | 'EQUIPMENT'
  /** 最终产品 */
  | 'FINISHED'
  /** 包装 */
  | 'PACKAGING'
  /** 工序 */
  | 'PROCESS'
  /** 原材料 */
  | 'RAW_MATERIAL'
  /** 服务 */
  | 'SERVICE';

/** 按产品或环节类别过滤 */
export type ProductCategoryFilter = {
  /** 等于 */
  eq?: ProductCategory | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<ProductCategory> | null | undefined;
};

/** 产品或产业链环节：过滤条件，并列者须全部成立 */
export type ProductFilter = {
  /** 全部成立 */
  and?: Array<ProductFilter> | null | undefined;
  /** 产品或环节类别 */
  category?: ProductCategoryFilter | null | undefined;
  /** 标识：kind:key，全库唯一，永不改变 */
  id?: IdFilter | null | undefined;
  /** 名称 */
  name?: TextFilter | null | undefined;
  /** 不成立 */
  not?: ProductFilter | null | undefined;
  /** 任一成立 */
  or?: Array<ProductFilter> | null | undefined;
  /** 供给性质；空为按所属行业判定 */
  supplyKind?: SupplyKindFilter | null | undefined;
  /** 虚构样例数据（真实数据为 false） */
  synthetic?: BooleanFilter | null | undefined;
  /** 计量单位，如 吨、件 */
  unit?: TextFilter | null | undefined;
};

/** 重大项目：过滤条件，并列者须全部成立 */
export type ProjectFilter = {
  /** 全部成立 */
  and?: Array<ProjectFilter> | null | undefined;
  /** 计划竣工日期 */
  dueOn?: DateFilter | null | undefined;
  /** 标识：kind:key，全库唯一，永不改变 */
  id?: IdFilter | null | undefined;
  /** 总投资（元） */
  investment?: NumberFilter | null | undefined;
  /** 名称 */
  name?: TextFilter | null | undefined;
  /** 不成立 */
  not?: ProjectFilter | null | undefined;
  /** 任一成立 */
  or?: Array<ProjectFilter> | null | undefined;
  /** 开工日期 */
  startOn?: DateFilter | null | undefined;
  /** 项目状态 */
  status?: ProjectStatusFilter | null | undefined;
  /** 虚构样例数据（真实数据为 false） */
  synthetic?: BooleanFilter | null | undefined;
};

/** 重大项目状态 */
export type ProjectStatus =
  /** 建成 */
  | 'COMPLETED'
  /** 谋划 */
  | 'PLANNED'
  /** 在建 */
  | 'STARTED'
  /** 停止 */
  | 'STOPPED';

/** 按重大项目状态过滤 */
export type ProjectStatusFilter = {
  /** 等于 */
  eq?: ProjectStatus | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<ProjectStatus> | null | undefined;
};

/** 两地的远近，近者在前 */
export type Proximity =
  /** 境外 */
  | 'ABROAD'
  /** 同市 */
  | 'CITY'
  /** 省外 */
  | 'COUNTRY'
  /** 同县 */
  | 'COUNTY'
  /** 同省 */
  | 'PROVINCE'
  /** 本镇 */
  | 'TOWN'
  /** 不详 */
  | 'UNKNOWN';

/** 当年是否已享 */
export type ReceiptState =
  /** 未享：该措施当年有享受记录，其中没有此主体 */
  | 'NOT_RECEIVED'
  /** 已享：当年有享受记录 */
  | 'RECEIVED'
  /** 已享过：每户只享一次的措施，往年有享受记录，不再应享 */
  | 'RECEIVED_BEFORE'
  /** 不详：该措施当年没有任何享受记录，或其记录没有年份 */
  | 'UNKNOWN';

/** 登记一项：招商线索 */
export type RecordLeadInput = {
  /** 下一步的期限 */
  dueOn?: string | null | undefined;
  /** 名称；空为按镇与环节取名 */
  name?: string | null | undefined;
  /** 涉及主体的标识；主体也可给统一社会信用代码 */
  organisations?: Array<string> | null | undefined;
  /** 可补环节的标识；主体也可给统一社会信用代码 */
  products?: Array<string> | null | undefined;
  /** 登记日期；空为今天 */
  recordedOn?: string | null | undefined;
  /** 责任单位的标识；主体也可给统一社会信用代码 */
  responsible?: Array<string> | null | undefined;
  /** 专业镇的标识 */
  town: string;
};

/** 行政区划级别 */
export type RegionLevel =
  /** 地级 */
  | 'CITY'
  /** 县级 */
  | 'COUNTY'
  /** 省级 */
  | 'PROVINCE'
  /** 乡级 */
  | 'TOWNSHIP';

/** 两个主体之间的关系种类 */
export type RelationKind =
  /** 联合 */
  | 'ALLIANCE'
  /** 属于专业镇：同镇的主体经专业镇相连 */
  | 'MEMBERSHIP'
  /** 持股 */
  | 'OWNERSHIP'
  /** 供应 */
  | 'SUPPLY';

/** 数据裁定的种类 */
export type RulingAction =
  /** 区分：两个标识不是同一主体 */
  | 'APART'
  /** 更正：改动一行的若干单元格 */
  | 'CORRECT'
  /** 合并：两个标识是同一主体 */
  | 'MERGE'
  /** 选定：几个数值相争时以此为准 */
  | 'PIN'
  /** 撤回：一行及依附于它的行不再作数 */
  | 'RETRACT';

/** 数值口径 */
export type Scope =
  /** 全产业链（含关联行业） */
  | 'CHAIN'
  /** 全市 */
  | 'CITY'
  /** 全县 */
  | 'COUNTY'
  /** 出口 */
  | 'EXPORT'
  /** 园区（开发区） */
  | 'PARK'
  /** 单项产品 */
  | 'PRODUCT'
  /** 全镇（主体）整体 */
  | 'WHOLE';

/** 一个口径的数值与全镇整体之间的关系 */
export type ScopeReach =
  /** 只是其中一部分：整体不少于它 */
  | 'PART'
  /** 即整体，或官方以之代表整体 */
  | 'SAME'
  /** 比整体更大的范围：整体不多于它 */
  | 'WIDER';

/** 一项指标的贡献为何变动 */
export type ScoreChangeReason =
  /** 上年不详，今年已知 */
  | 'BECAME_KNOWN'
  /** 上年已知，今年不详 */
  | 'BECAME_UNKNOWN'
  /** 本镇的指标值没变，参评各镇的变了，折算的分数随之变动 */
  | 'OTHERS'
  /** 本镇的指标值变了 */
  | 'OWN_VALUE'
  /** 没有变动 */
  | 'UNCHANGED'
  /** 分数没变，因其他指标补齐或缺失，归一后的权重变了 */
  | 'WEIGHTS';

/** 检索命中方式 */
export type SearchMatch =
  /** 代码或标识 */
  | 'CODE'
  /** 名称或别名完全一致 */
  | 'EXACT'
  /** 拼音首字母 */
  | 'INITIALS'
  /** 名称或别名包含 */
  | 'PART'
  /** 拼音 */
  | 'PINYIN'
  /** 名称或别名开头一致 */
  | 'PREFIX'
  /** 近似（错、漏、多、颠倒一字，或同音） */
  | 'SIMILAR';

/** 改营业收入 */
export type SetRevenueInput = {
  /** 主体 */
  organisation: string;
  /** 营业收入（元/年） */
  value: number;
};

/** 新增一笔供应，或改其金额 */
export type SetSupplyInput = {
  /** 买方 */
  buyer: string;
  /** 产品 */
  product: string;
  /** 卖方 */
  seller: string;
  /** 金额（元/年）；空为未计量 */
  value?: number | null | undefined;
};

/** 两镇结构相似程度的口径 */
export type SimilarityMeasure =
  /** 余弦（0–1）：不低于阈值为相似，默认阈值 0.85 */
  | 'COSINE'
  /** 克鲁格曼指数（0–2）：不高于阈值为相似 */
  | 'KRUGMAN'
  /** Finger–Kreinin 重合度（0–1）：不低于阈值为相似 */
  | 'OVERLAP';

/** 产业链位置 */
export type Stage =
  /** 下游 */
  | 'DOWNSTREAM'
  /** 中游 */
  | 'MIDSTREAM'
  /** 配套服务 */
  | 'SUPPORT'
  /** 上游 */
  | 'UPSTREAM';

/** 供给性质：能否靠招商引来；农产、矿产、公用事业、废料、公共服务只能保供 */
export type SupplyKind =
  /** 农林牧渔产品（门类 A） */
  | 'FARMED'
  /** 制造（门类 C，大类 42 除外） */
  | 'MADE'
  /** 矿产（门类 B） */
  | 'MINED'
  /** 公共服务：只由产品的 supplyKind 列给出 */
  | 'PUBLIC_SERVICE'
  /** 废料：废弃资源综合利用（大类 42） */
  | 'SCRAP'
  /** 建筑与服务（其余门类） */
  | 'SERVICE'
  /** 电、热、气、水（门类 D） */
  | 'UTILITY';

/** 按供给性质：能否靠招商引来；农产、矿产、公用事业、废料、公共服务只能保供过滤 */
export type SupplyKindFilter = {
  /** 等于 */
  eq?: SupplyKind | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<SupplyKind> | null | undefined;
};

/** 任务状态 */
export type TaskStatus =
  /** 已取消 */
  | 'CANCELLED'
  /** 已完成 */
  | 'DONE'
  /** 未开始 */
  | 'PLANNED'
  /** 进行中 */
  | 'STARTED';

/** 按文字过滤 */
export type TextFilter = {
  /** 包含 */
  contains?: string | null | undefined;
  /** 等于 */
  eq?: string | null | undefined;
  /** 属于其中之一（至多 100 个） */
  in?: Array<string> | null | undefined;
  /** 以此开头 */
  startsWith?: string | null | undefined;
};

/** 专业镇级别 */
export type TownLevel =
  /** 市级 */
  | 'CITY'
  /** 县级 */
  | 'COUNTY'
  /** 省级 */
  | 'PROVINCIAL';

/** 各镇可比的一项指标 */
export type TownMeasure =
  /** 从业人员（人）：口径同产值 */
  | 'EMPLOYEES'
  /** 本地配套率（0–1）：下限为来源不详的采购都不算本地 */
  | 'LOCAL_SOURCING'
  /** 市场主体（个）：口径同产值 */
  | 'MARKET_ENTITIES'
  /** 产值（元/年）：全镇整体，或官方以之代表整体者；只有更大口径者为上限 */
  | 'OUTPUT_VALUE'
  /** 应享未享（项次）：下限为确可享而当年确未享的主体与措施 */
  | 'UNCLAIMED_BENEFITS';

/** 专业镇认定状态 */
export type TownStatus =
  /** 培育（未认定） */
  | 'CANDIDATE'
  /** 已认定 */
  | 'RECOGNISED'
  /** 已撤销 */
  | 'WITHDRAWN';

/** 计量单位（入库单位） */
export type Unit =
  /** 户（家、个） */
  | 'COUNT'
  /** 条 */
  | 'LINE'
  /** 亩 */
  | 'MU'
  /** 人 */
  | 'PERSON'
  /** 件 */
  | 'PIECE'
  /** 比例（0–1） */
  | 'SHARE'
  /** 吨 */
  | 'TONNE'
  /** 元 */
  | 'YUAN';

/** 不能写入的缘由属于哪一种 */
export type WriteRefusal =
  /** 请求不是来自本机 */
  | 'ELSEWHERE'
  /** 服务未只在本机监听（ZHENLIAN_HOST） */
  | 'EXPOSED'
  /** 请求来自其他网站的页面 */
  | 'FOREIGN'
  /** 只差口令：没有出示，或不对 */
  | 'NO_PASS'
  /** 未开放写入：设置 ZHENLIAN_WRITABLE 没有打开，或此处只供查询 */
  | 'OFF';

export type BenefitQueryVariables = Exact<{
  benefit: string;
  within?: string | null | undefined;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type BenefitQuery = { benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, amount: number | null, recipient: BenefitRecipient | null, once: boolean | null, inWords: string | null, policies: { nodes: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }> }, eligible: { unknownReason: string | null, validity: PolicyValidity | null, count: number, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, note: string | null, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, open: { count: number, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }> } | null, out: { count: number, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }> } | null } | null };

export type CandidatesQueryVariables = Exact<{
  town: string;
  product: string;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type CandidatesQuery = { town: { id: string, candidates: { count: number, invitableCount: number, listedCount: number, localCount: number, convertibleCount: number, relatedUnknown: string | null, unknownReason: string | null, local: Array<{ evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> }>, convertible: Array<{ evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> }>, rows: Array<{ evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type CandidateRowFragment = { evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> };

export type ChainQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type ChainQuery = { town: { id: string, name: string, synthetic: boolean, chainMap: { asOf: number, chains: Array<{ id: string, name: string, synthetic: boolean }>, steps: Array<{ stage: Stage | null, required: boolean | null, state: GapState | null, reasons: Array<GapReason>, product: { id: string, name: string, synthetic: boolean }, makers: Array<{ proximity: Proximity, count: number }> }>, inputs: Array<{ essential: boolean | null, product: { id: string }, usedIn: { id: string } }> } | null, gaps: { leftOut: number, rows: Array<{ product: { id: string }, demand: { total: number | null, localShare: number | null, purchases: number } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type ChangeLeadMutationVariables = Exact<{
  input: ChangeLeadInput;
  note?: NoteInput | null | undefined;
}>;


export type ChangeLeadMutation = { changeLead: { repeated: boolean, lead: { id: string } | null } | null };

export type ChangeNoticeMutationVariables = Exact<{
  input: ChangeNoticeInput;
  note?: NoteInput | null | undefined;
}>;


export type ChangeNoticeMutation = { changeNotice: { repeated: boolean, notice: { id: string } | null } | null };

export type ChangeProblemMutationVariables = Exact<{
  input: ChangeProblemInput;
  note?: NoteInput | null | undefined;
}>;


export type ChangeProblemMutation = { changeProblem: { repeated: boolean, problem: { id: string } | null } | null };

export type ChangeProjectMutationVariables = Exact<{
  input: ChangeProjectInput;
  note?: NoteInput | null | undefined;
}>;


export type ChangeProjectMutation = { changeProject: { repeated: boolean, project: { id: string } | null } | null };

export type ChangeTaskMutationVariables = Exact<{
  input: ChangeTaskInput;
  note?: NoteInput | null | undefined;
}>;


export type ChangeTaskMutation = { changeTask: { repeated: boolean, task: { id: string } | null } | null };

export type CommentOnItemMutationVariables = Exact<{
  input: CommentInput;
  note?: NoteInput | null | undefined;
}>;


export type CommentOnItemMutation = { commentOnItem: { repeated: boolean, item:
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
     | null } | null };

export type CompareQueryVariables = Exact<{
  towns: Array<string> | string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type CompareQuery = { compare: { unknownReason: string | null, cards: Array<{ level: TownLevel, status: TownStatus | null, batch: number | null, note: string | null, checkupUnknownReason: string | null, town: { id: string, name: string, synthetic: boolean, regions: Array<{ id: string, name: string }>, tier: { inWords: string, note: string | null } | null }, figures: Array<{ metric: Metric, value: number | null, unit: Unit | null, year: number | null, age: number | null, scope: Scope | null, reach: ScopeReach | null, grade: Grade | null, rivals: number, synthetic: boolean, unknownReason: string | null, claim: { bound: Bound } | null, source: { id: string, name: string, publisher: string | null, synthetic: boolean } | null }>, own: { count: number }, leaders: Array<{ id: string, name: string, synthetic: boolean }>, makes: Array<{ makers: number, sold: number | null, product: { id: string, name: string, synthetic: boolean } }>, localSourcing: { unknownReason: string | null, whole: { rate: number | null, rateAtMost: number | null } | null }, gaps: { unknownReason: string | null, states: Array<{ state: GapState, count: number }>, actions: Array<{ action: GapAction, count: number }> }, checkup: { outcome: Outcome, inWords: string, byInvented: string | null } | null, method: { provenance: { invented: number, inWords: string | null } | null } }>, pairs: Array<{ cosine: number | null, krugman: number | null, sells: number | null, buys: number | null, unknownReason: string | null, start: { id: string, name: string, synthetic: boolean }, end: { id: string, name: string, synthetic: boolean }, shared: Array<{ startSold: number | null, endSold: number | null, product: { id: string, name: string, synthetic: boolean } }>, offers: Array<{ value: number | null, fromThere: number | null, product: { id: string, name: string, synthetic: boolean } }>, wants: Array<{ value: number | null, fromThere: number | null, product: { id: string, name: string, synthetic: boolean } }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type CompletenessQueryVariables = Exact<{
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type CompletenessQuery = { completeness: { count: number, unknownReason: string | null, rows: Array<{ needed: number, known: number, partly: number, missing: number, share: number | null, town: { id: string, name: string, synthetic: boolean }, requirements: Array<{ path: string, words: string, priority: boolean, state: CoverageState, known: number, of: number, reason: string | null, outcome: Outcome, standard: { id: string, name: string, synthetic: boolean } }> }>, unreadable: Array<{ reason: string, standard: { id: string, name: string } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type ConflictsQueryVariables = Exact<{
  town?: string | null | undefined;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type ConflictsQuery = { viewer: { mayWrite: boolean, refusal: WriteRefusal | null }, conflicts: { count: number, flowCount: number | null, doubtfulCount: number, unknownReason: string | null, rows: Array<{ metric: Metric, scope: Scope, spread: number | null, subject:
        | { __typename: 'Benefit', id: string, name: string, synthetic: boolean }
        | { __typename: 'Chain', id: string, name: string, synthetic: boolean }
        | { __typename: 'Industry', id: string, name: string, synthetic: boolean }
        | { __typename: 'Lead', id: string, name: string, synthetic: boolean }
        | { __typename: 'Notice', id: string, name: string, synthetic: boolean }
        | { __typename: 'Organisation', id: string, name: string, synthetic: boolean }
        | { __typename: 'Policy', id: string, name: string, synthetic: boolean }
        | { __typename: 'Problem', id: string, name: string, synthetic: boolean }
        | { __typename: 'Product', id: string, name: string, synthetic: boolean }
        | { __typename: 'Project', id: string, name: string, synthetic: boolean }
        | { __typename: 'Qualification', id: string, name: string, synthetic: boolean }
        | { __typename: 'Region', id: string, name: string, synthetic: boolean }
        | { __typename: 'Source', id: string, name: string, synthetic: boolean }
        | { __typename: 'Standard', id: string, name: string, synthetic: boolean }
        | { __typename: 'Task', id: string, name: string, synthetic: boolean }
        | { __typename: 'Town', id: string, name: string, synthetic: boolean }
      , product: { id: string, name: string } | null, chosen: { id: string, value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, note: string | null, synthetic: boolean, source: { id: string, name: string, publisher: string | null, publishedOn: string | null, synthetic: boolean } | null }, others: Array<{ rival: boolean, difference: number | null, why: { reason: ClaimChoiceReason, words: string }, claim: { id: string, value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, note: string | null, synthetic: boolean, source: { id: string, name: string, publisher: string | null, publishedOn: string | null, synthetic: boolean } | null } }> }>, flows: Array<{ spread: number | null, chosen: { year: number | null, value: number | null, seller: { id: string, name: string, synthetic: boolean }, buyer: { id: string, name: string, synthetic: boolean }, product: { id: string, name: string, synthetic: boolean }, source: { id: string, name: string } | null }, others: Array<{ value: number, difference: number | null, why: { reason: ClaimChoiceReason, words: string }, source: { id: string, name: string } | null }> }>, doubtful: Array<{ reason: string, chosen: boolean, claim: { metric: Metric, id: string, value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, note: string | null, synthetic: boolean, subject:
          | { __typename: 'Benefit', name: string, synthetic: boolean, id: string }
          | { __typename: 'Chain', name: string, synthetic: boolean, id: string }
          | { __typename: 'Industry', name: string, synthetic: boolean, id: string }
          | { __typename: 'Lead', name: string, synthetic: boolean, id: string }
          | { __typename: 'Notice', name: string, synthetic: boolean, id: string }
          | { __typename: 'Organisation', name: string, synthetic: boolean, id: string }
          | { __typename: 'Policy', name: string, synthetic: boolean, id: string }
          | { __typename: 'Problem', name: string, synthetic: boolean, id: string }
          | { __typename: 'Product', name: string, synthetic: boolean, id: string }
          | { __typename: 'Project', name: string, synthetic: boolean, id: string }
          | { __typename: 'Qualification', name: string, synthetic: boolean, id: string }
          | { __typename: 'Region', name: string, synthetic: boolean, id: string }
          | { __typename: 'Source', name: string, synthetic: boolean, id: string }
          | { __typename: 'Standard', name: string, synthetic: boolean, id: string }
          | { __typename: 'Task', name: string, synthetic: boolean, id: string }
          | { __typename: 'Town', name: string, synthetic: boolean, id: string }
         | null, source: { id: string, name: string, publisher: string | null, publishedOn: string | null, synthetic: boolean } | null } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, rulings: { totalCount: number, nodes: Array<{ id: string, action: RulingAction, about: string, other: string | null, reason: string, by: string | null, ruledOn: string, undoneOn: string | null, undoneReason: string | null, undoneBy: string | null }> } | null };

export type RivalClaimFragment = { id: string, value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, note: string | null, synthetic: boolean, source: { id: string, name: string, publisher: string | null, publishedOn: string | null, synthetic: boolean } | null };

export type CreateNoticeMutationVariables = Exact<{
  input: CreateNoticeInput;
  note?: NoteInput | null | undefined;
}>;


export type CreateNoticeMutation = { createNotice: { repeated: boolean, notice: { id: string } | null } | null };

export type CreateProblemMutationVariables = Exact<{
  input: CreateProblemInput;
  note?: NoteInput | null | undefined;
}>;


export type CreateProblemMutation = { createProblem: { repeated: boolean, problem: { id: string } | null } | null };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
  note?: NoteInput | null | undefined;
}>;


export type CreateProjectMutation = { createProject: { repeated: boolean, project: { id: string } | null } | null };

export type CreateTaskMutationVariables = Exact<{
  input: CreateTaskInput;
  note?: NoteInput | null | undefined;
}>;


export type CreateTaskMutation = { createTask: { repeated: boolean, task: { id: string } | null } | null };

export type EvaluationCardQueryVariables = Exact<{
  town: string;
  standard: string;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type EvaluationCardQuery = { town: { id: string, name: string, synthetic: boolean, evaluationCard: { unknownReason: string | null, inWords: string, note: string | null, standings: Array<{ indicator: string, place: number | null, of: number, gapToMedian: number | null, couldGain: number }>, indicators: Array<{ indicator: string, unit: string, median: number | null }>, town: { indicators: Array<{ indicator: string, claimsCount: number, claims: Array<{ id: string, metric: Metric, value: number, unit: Unit, bound: Bound, year: number | null, grade: Grade, source: { id: string, name: string, synthetic: boolean } | null }> }> } | null, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type EvaluationStandardsQueryVariables = Exact<{ [key: string]: never; }>;


export type EvaluationStandardsQuery = { standards: { nodes: Array<{ id: string, name: string, synthetic: boolean }> } | null };

export type EvaluationsQueryVariables = Exact<{
  realOnly?: boolean;
}>;


export type EvaluationsQuery = { standards: { nodes: Array<{ id: string, name: string, synthetic: boolean, validFrom: string | null, citation: string | null }> } | null };

export type FactsToCollectQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  first?: number;
}>;


export type FactsToCollectQuery = { town: { id: string, factsToCollect: { unknownReason: string | null, count: number, unknown: number, decidedByOne: number, rows: Array<{ measure: string, fact: string, decides: number, helps: number, amount: number, organisation: { id: string, name: string, synthetic: boolean }, benefits: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type FigureQueryVariables = Exact<{
  subject: string;
  metric: Metric;
  scope?: Scope;
  product?: string | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type FigureQuery = { claims: { totalCount: number, nodes: Array<{ id: string, value: number, unit: Unit, year: number | null, bound: Bound, scope: Scope, grade: Grade, note: string | null, synthetic: boolean, source: { id: string, name: string, publisher: string | null, publishedOn: string | null, url: string | null, synthetic: boolean } | null, product: { id: string, name: string } | null }> } | null, node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { name: string, id: string, figure: { value: number, unit: Unit, year: number | null, bound: Bound, scope: Scope, claims: Array<{ id: string }>, conflicts: Array<{ id: string }> } | null }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { name: string, id: string, figure: { value: number, unit: Unit, year: number | null, bound: Bound, scope: Scope, claims: Array<{ id: string }>, conflicts: Array<{ id: string }> } | null }
   | null };

export type ChosenFigureFragment = { value: number, unit: Unit, year: number | null, bound: Bound, scope: Scope, claims: Array<{ id: string }>, conflicts: Array<{ id: string }> };

export type FirmPoliciesQueryVariables = Exact<{
  org: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type FirmPoliciesQuery = { organisation: { id: string, name: string, synthetic: boolean, benefits: { unknownReason: string | null, count: number, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, undecided: Array<string>, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type FirmQueryVariables = Exact<{
  org: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  real?: OrganisationFilter | null | undefined;
  realProducts?: ProductFilter | null | undefined;
  realLeads?: LeadFilter | null | undefined;
  realProblems?: ProblemFilter | null | undefined;
  realProjects?: ProjectFilter | null | undefined;
}>;


export type FirmQuery = { organisation: { id: string, name: string, aliases: Array<string>, synthetic: boolean, form: OrganisationForm, uscc: string | null, address: string | null, foundedOn: string | null, closedOn: string | null, stockCode: string | null, briefing: { unknownReason: string | null, place: string | null, ownerCount: number, ownedCount: number, groupSize: number, fillCount: number, fillsLeftOut: number, unknowns: Array<string>, industries: Array<{ id: string, name: string }>, towns: Array<{ leads: boolean, member: boolean, synthetic: boolean, town: { id: string, name: string, synthetic: boolean } }>, products: Array<{ synthetic: boolean, product: { id: string, name: string, synthetic: boolean } }>, titles: Array<{ validFrom: string | null, validTo: string | null, synthetic: boolean, qualification: { id: string, name: string } }>, figures: Array<{ metric: Metric, scope: Scope, year: number | null, stale: boolean, synthetic: boolean, claim: { id: string, value: number, unit: Unit, bound: Bound, grade: Grade }, product: { id: string, name: string } | null, source: { id: string, name: string, synthetic: boolean } | null, rivals: Array<{ inWords: string }> }>, purchases: { value: number | null, beyondGraph: number | null, count: number, unmeasured: number, byProximity: Array<{ proximity: Proximity, value: number }>, rows: Array<{ place: string | null, proximity: Proximity, value: number | null, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean }, products: Array<{ id: string, name: string }> }> }, sales: { value: number | null, beyondGraph: number | null, count: number, unmeasured: number, byProximity: Array<{ proximity: Proximity, value: number }>, rows: Array<{ place: string | null, proximity: Proximity, value: number | null, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean }, products: Array<{ id: string, name: string }> }> }, owners: Array<{ share: number | null, direct: boolean, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean } }>, owned: Array<{ share: number | null, direct: boolean, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean } }>, dependence: { soleSourceFor: number, affected: number | null, atRisk: number | null, ownSources: number, synthetic: boolean, soleSources: Array<{ value: number | null, synthetic: boolean, buyer: { id: string, name: string, synthetic: boolean }, product: { id: string, name: string, synthetic: boolean } }> }, fills: Array<{ action: GapAction, state: GapState, value: number | null, synthetic: boolean, town: { id: string, name: string, synthetic: boolean }, product: { id: string, name: string, synthetic: boolean } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, outsidePurchases: { totalCount: number, edges: Array<{ origin: Proximity, value: number | null, year: number | null, node: { id: string, name: string, synthetic: boolean }, source: { id: string, synthetic: boolean } | null }> }, allies: { totalCount: number, edges: Array<{ since: number | null, node: { id: string, name: string, synthetic: boolean }, source: { id: string, synthetic: boolean } | null }> }, concerningLeads: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, towns: { id: string, name: string, synthetic: boolean } | null }> }, concerningProblems: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, towns: { id: string, name: string, synthetic: boolean } | null }> }, concerningProjects: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, towns: { id: string, name: string, synthetic: boolean } | null }> }, benefits: { unknownReason: string | null, count: number, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, rows: Array<{ status: BenefitStatus, received: ReceiptState, inWords: string, benefit: { id: string, name: string, synthetic: boolean } }> } | null, history: { count: number, events: Array<{ words: string, outgoing: boolean, since: number | null, until: number | null, year: number | null, other:
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
        , product: { id: string, name: string } | null, source: { id: string, synthetic: boolean } | null }> } | null } | null };

export type TradeSideFragment = { value: number | null, beyondGraph: number | null, count: number, unmeasured: number, byProximity: Array<{ proximity: Proximity, value: number }>, rows: Array<{ place: string | null, proximity: Proximity, value: number | null, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean }, products: Array<{ id: string, name: string }> }> };

export type FlowBandQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  by?: FlowLevel;
  least?: number | null | undefined;
  key: string;
  first?: number;
}>;


export type FlowBandQuery = { town: { id: string, flow: { link: { key: string, value: number, supplies: number, unmeasured: number, rows: Array<{ year: number | null, value: number | null, part: number | null, synthetic: boolean, seller: { id: string, name: string, synthetic: boolean } | null, buyer: { id: string, name: string, synthetic: boolean }, product: { id: string, name: string, synthetic: boolean } | null, source: { id: string, name: string, publisher: string | null, publishedOn: string | null, synthetic: boolean } | null }> } | null } | null } | null };

export type FlowQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  by?: FlowLevel;
  least?: number | null | undefined;
}>;


export type FlowQuery = { town: { id: string, name: string, synthetic: boolean, flow: { unknownReason: string | null, total: number, bought: number, sold: number, shown: number, leftOut: number, leftOutLinks: number, dropped: number, droppedLinks: number, internal: number, unmeasured: number, folded: number, foldedValue: number, least: number, nodes: Array<{ key: string, side: FlowSide, stage: Stage | null, place: Proximity | null, folded: number, tier: number, valueIn: number, valueOut: number, product: { id: string, name: string, synthetic: boolean } | null }>, links: Array<{ key: string, source: number, target: number, value: number, invented: number, supplies: number, unmeasured: number }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type BenefitCountFragment = { validity: PolicyValidity | null, resource: BenefitResource, recipient: BenefitRecipient, amount: number | null, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, note: string | null, benefit: { id: string, name: string, synthetic: boolean, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }> };

export type BenefitRowFragment = { validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> };

export type FigurePartsFragment = { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> };

export type LedgerRowFragment = { ledger: LedgerName, stage: string | null, stageWords: string, closed: boolean | null, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
  , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> };

export type MethodPartsFragment = { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null };

export type PairPartsFragment = { cosine: number | null, krugman: number | null, sells: number | null, buys: number | null, unknownReason: string | null, start: { id: string, name: string, synthetic: boolean }, end: { id: string, name: string, synthetic: boolean }, shared: Array<{ startSold: number | null, endSold: number | null, product: { id: string, name: string, synthetic: boolean } }>, offers: Array<{ value: number | null, fromThere: number | null, product: { id: string, name: string, synthetic: boolean } }>, wants: Array<{ value: number | null, fromThere: number | null, product: { id: string, name: string, synthetic: boolean } }> };

export type PolicyPaperFragment = { id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null };

export type PolicyReachFragment = { id: string, regions: { nodes: Array<{ id: string, name: string }> }, towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean }> }, industries: { nodes: Array<{ id: string, name: string }> } };

export type RankingPartsFragment = { unknownReason: string | null, trial: string | null, inWords: string, note: string | null, count: number, unrankedCount: number, standard: { id: string, name: string, synthetic: boolean, citation: string | null } | null, indicators: Array<{ indicator: string, words: string, weight: number, unit: string, known: number, partly: number, unknown: number }>, notEvaluated: Array<{ reason: string, town: { id: string, name: string, synthetic: boolean } }>, entered: Array<{ id: string, name: string, synthetic: boolean }>, left: Array<{ id: string, name: string, synthetic: boolean }>, rows: Array<{ rank: number | null, total: number | null, knownWeight: number, stability: number | null, referenceRank: number | null, unsettled: boolean, town: { id: string, name: string, synthetic: boolean, level: TownLevel }, interval: { best: number, worst: number, bestExact: boolean, worstExact: boolean }, intervalAsScored: { best: number, worst: number }, indicators: Array<{ indicator: string, words: string, state: IndicatorState, actual: string, points: number | null, share: number, contribution: number, lost: number, missingFacts: Array<string> }>, changed: { rankBefore: number, totalBefore: number, ranks: number, total: number, indicators: Array<{ indicator: string, words: string, contribution: number, reason: ScoreChangeReason }>, overtook: Array<{ id: string, name: string }>, overtakenBy: Array<{ id: string, name: string }>, enteredAbove: Array<{ id: string, name: string }>, leftAbove: Array<{ id: string, name: string }> } | null }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } };

export type GapsQueryVariables = Exact<{
  town: string;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  valueWeight?: number;
  criticalityWeight?: number;
  feasibilityWeight?: number;
}>;


export type GapsQuery = { town: { id: string, name: string, synthetic: boolean, gaps: { count: number, note: string | null, unknownReason: string | null, leftOut: number, states: Array<{ state: GapState, count: number }>, actions: Array<{ action: GapAction, count: number, rows: Array<{ rank: number | null, stage: Stage | null, required: boolean | null, state: GapState, action: GapAction | null, supplyKind: SupplyKind | null, suppliersCount: number, score: number | null, product: { id: string, name: string, synthetic: boolean }, rivals: Array<{ id: string, name: string }>, reasons: Array<{ reason: GapReason, words: string, because: { id: string, name: string } | null }>, demand: { total: number | null, beyondGraph: number | null, localShare: number | null, localShareAtMost: number | null, purchases: number, byOrigin: Array<{ proximity: Proximity, value: number }> }, suppliers: Array<{ proximity: Proximity, value: number | null, organisation: { id: string, name: string, synthetic: boolean } }>, leaders: Array<{ id: string, name: string }>, parts: Array<{ name: GapPart, value: number | null, percentile: number | null, weight: number | null }>, responsible: Array<{ id: string, name: string }>, lead: { id: string, name: string } | null }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type GrowthQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type GrowthQuery = { town: { id: string, name: string, synthetic: boolean, tier: { output: number | null, scope: Scope | null, year: number | null, optionsInWords: string, inWords: string, note: string | null, standard: { id: string, name: string, synthetic: boolean }, claim: { id: string, value: number, unit: Unit, bound: Bound, year: number | null, grade: Grade, scope: Scope, source: { id: string, name: string, synthetic: boolean } | null } | null, ownGrowth: { fromYear: number, toYear: number, fromValue: number, rate: number, claim: { id: string, source: { id: string, synthetic: boolean } | null } } | null, ahead: Array<{ id: string, words: string, threshold: number | null, distance: number | null, needed: number | null, reachYear: number | null, reachWords: string }>, otherScopes: Array<{ scope: Scope, value: number, year: number | null }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, growth: { unknownReason: string | null, doubling: { base: number, claimedRatio: number | null, registeredRatioLeast: number | null, registeredRatioMost: number | null, doubled: boolean | null, short: number | null, inWords: string }, years: Array<{ year: number, output: number | null, revenue: number | null, claimed: number | null, registered: number, undated: number, registerComplete: boolean, outputClaim: { bound: Bound, source: { synthetic: boolean } | null } | null, revenueClaim: { bound: Bound, source: { synthetic: boolean } | null } | null, claimedClaim: { bound: Bound, source: { synthetic: boolean } | null } | null }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type StatedByFragment = { bound: Bound, source: { synthetic: boolean } | null };

export type ImpactQueryVariables = Exact<{
  org: string;
  substitutes?: boolean;
  psi?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  real?: OrganisationFilter | null | undefined;
  realProducts?: ProductFilter | null | undefined;
}>;


export type ImpactQuery = { organisation: { id: string, name: string, synthetic: boolean, makes: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, makers: { totalCount: number } }> }, upstream: { nodes: Array<{ tier: number, organisation: { id: string } }> } | null, downstream: { nodes: Array<{ tier: number, organisation: { id: string } }> } | null, cascade: { unknownReason: string | null, esri: number | null, down: number | null, up: number | null, atRisk: number | null, own: number | null, affected: number, unmeasured: number, converged: boolean, losses: Array<{ psi: number, share: number, loss: number | null, hDown: number, hUp: number, organisation: { id: string, name: string, synthetic: boolean, form: OrganisationForm } }>, byForm: Array<{ form: OrganisationForm, organisations: number, loss: number }>, byTown: Array<{ organisations: number, loss: number, member:
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
         | null }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, coverage: { share: number | null, links: number, unmeasured: number } | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type IssueNoticeMutationVariables = Exact<{
  input: CreateNoticeInput;
  note?: NoteInput | null | undefined;
}>;


export type IssueNoticeMutation = { issueNotice: { repeated: boolean, notice: { id: string } | null } | null };

export type LedgerChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type LedgerChoicesQuery = { ledgerStages: Array<{ ledger: LedgerName, initial: string, stages: Array<{ stage: string, words: string, closed: boolean }>, moves: Array<{ from: string, to: string, words: string, reasoned: boolean }> }>, towns: { nodes: Array<{ id: string, name: string, synthetic: boolean }>, pageInfo: { hasNextPage: boolean } } | null, organisations: { nodes: Array<{ id: string, name: string, synthetic: boolean }>, pageInfo: { hasNextPage: boolean } } | null };

export type LedgerItemQueryVariables = Exact<{
  id: string;
  realOnly?: boolean;
}>;


export type LedgerItemQuery = { node:
    | { id: string, name: string, synthetic: boolean, version: number, recordedOn: string, dueOn: string | null, evidence: string | null, leadStage: LeadStage, nextMoves: Array<{ from: string, to: string, words: string, reasoned: boolean }>, town: { id: string, name: string, synthetic: boolean } | null, responsible: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, organisations: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, products: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, record: Array<{ id: string, version: number, action: LedgerAction, recordedOn: string, at: string, by: string | null, reason: string | null, undoes: string | null, changes: Array<{ field: string, words: string, before: string | null, after: string | null }> }> }
    | { id: string, name: string, synthetic: boolean, version: number, reason: string, issuedOn: string | null, noticeStage: NoticeStatus, mustOn: string, nextMoves: Array<{ from: string, to: string, words: string, reasoned: boolean }>, town: { id: string, name: string, synthetic: boolean } | null, responsible: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, record: Array<{ id: string, version: number, action: LedgerAction, recordedOn: string, at: string, by: string | null, reason: string | null, undoes: string | null, changes: Array<{ field: string, words: string, before: string | null, after: string | null }> }> }
    | { id: string, name: string, synthetic: boolean, version: number, extent: ProblemExtent, raisedOn: string, dueOn: string | null, resolvedOn: string | null, problemStage: ProblemStatus, nextMoves: Array<{ from: string, to: string, words: string, reasoned: boolean }>, town: { id: string, name: string, synthetic: boolean } | null, responsible: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, organisations: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, record: Array<{ id: string, version: number, action: LedgerAction, recordedOn: string, at: string, by: string | null, reason: string | null, undoes: string | null, changes: Array<{ field: string, words: string, before: string | null, after: string | null }> }> }
    | { id: string, name: string, synthetic: boolean, version: number, investment: number | null, startOn: string | null, dueOn: string | null, projectStage: ProjectStatus, nextMoves: Array<{ from: string, to: string, words: string, reasoned: boolean }>, town: { id: string, name: string, synthetic: boolean } | null, responsible: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, organisations: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, record: Array<{ id: string, version: number, action: LedgerAction, recordedOn: string, at: string, by: string | null, reason: string | null, undoes: string | null, changes: Array<{ field: string, words: string, before: string | null, after: string | null }> }> }
    | { id: string, name: string, synthetic: boolean, version: number, year: number, taskStage: TaskStatus, mustOn: string, nextMoves: Array<{ from: string, to: string, words: string, reasoned: boolean }>, town: { id: string, name: string, synthetic: boolean } | null, responsible: { nodes: Array<{ id: string, name: string, synthetic: boolean }> }, record: Array<{ id: string, version: number, action: LedgerAction, recordedOn: string, at: string, by: string | null, reason: string | null, undoes: string | null, changes: Array<{ field: string, words: string, before: string | null, after: string | null }> }> }
    | Record<PropertyKey, never>
   | null };

export type LedgerEntryPartsFragment = { id: string, version: number, action: LedgerAction, recordedOn: string, at: string, by: string | null, reason: string | null, undoes: string | null, changes: Array<{ field: string, words: string, before: string | null, after: string | null }> };

export type LedgersQueryVariables = Exact<{
  ledger?: LedgerName | null | undefined;
  town?: string | null | undefined;
  body?: string | null | undefined;
  stage?: string | null | undefined;
  overdue?: boolean | null | undefined;
  closed?: boolean | null | undefined;
  dueFrom?: string | null | undefined;
  dueTo?: string | null | undefined;
  on?: string | null | undefined;
  first?: number;
  realOnly?: boolean;
}>;


export type LedgersQuery = { ledgerItems: { on: string, count: number, note: string | null, rows: Array<{ ledger: LedgerName, stage: string | null, stageWords: string, closed: boolean | null, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
      , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, all: { count: number, counts: Array<{ ledger: LedgerName, count: number, open: number, overdue: number }> } | null, viewer: { mayWrite: boolean, refusal: WriteRefusal | null } };

export type LoadReportQueryVariables = Exact<{
  load: string;
}>;


export type LoadReportQuery = { load: { id: string, report: string | null } | null };

export type LoadsQueryVariables = Exact<{
  first?: number;
}>;


export type LoadsQuery = { viewer: { mayWrite: boolean, refusal: WriteRefusal | null }, loads: { totalCount: number, nodes: Array<{ id: string, status: LoadStatus, startedAt: string, files: Array<string>, by: string | null, new: number, changed: number, same: number, rejected: number, held: number, undoneOn: string | null, undoneReason: string | null, undoneBy: string | null }> } | null, towns: { totalCount: number } | null };

export type MoveLeadMutationVariables = Exact<{
  input: MoveLeadInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveLeadMutation = { moveLead: { repeated: boolean, lead: { id: string } | null } | null };

export type MoveLeadsMutationVariables = Exact<{
  input: MoveLeadsInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveLeadsMutation = { moveLeads: { repeated: boolean, leads: Array<{ id: string } | null> } | null };

export type MoveNoticeMutationVariables = Exact<{
  input: MoveNoticeInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveNoticeMutation = { moveNotice: { repeated: boolean, notice: { id: string } | null } | null };

export type MoveNoticesMutationVariables = Exact<{
  input: MoveNoticesInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveNoticesMutation = { moveNotices: { repeated: boolean, notices: Array<{ id: string } | null> } | null };

export type MoveProblemMutationVariables = Exact<{
  input: MoveProblemInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveProblemMutation = { moveProblem: { repeated: boolean, problem: { id: string } | null } | null };

export type MoveProblemsMutationVariables = Exact<{
  input: MoveProblemsInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveProblemsMutation = { moveProblems: { repeated: boolean, problems: Array<{ id: string } | null> } | null };

export type MoveProjectMutationVariables = Exact<{
  input: MoveProjectInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveProjectMutation = { moveProject: { repeated: boolean, project: { id: string } | null } | null };

export type MoveProjectsMutationVariables = Exact<{
  input: MoveProjectsInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveProjectsMutation = { moveProjects: { repeated: boolean, projects: Array<{ id: string } | null> } | null };

export type MoveTaskMutationVariables = Exact<{
  input: MoveTaskInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveTaskMutation = { moveTask: { repeated: boolean, task: { id: string } | null } | null };

export type MoveTasksMutationVariables = Exact<{
  input: MoveTasksInput;
  note?: NoteInput | null | undefined;
}>;


export type MoveTasksMutation = { moveTasks: { repeated: boolean, tasks: Array<{ id: string } | null> } | null };

export type NamesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type NamesQuery = { nodes: Array<
    | { id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { id: string }
    | { id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
    | { name: string, synthetic: boolean, id: string }
   | null> };

export type NearThresholdQueryVariables = Exact<{
  within?: string | null | undefined;
  industry?: string | null | undefined;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type NearThresholdQuery = { nearThreshold: { unknownReason: string | null, count: number, aboveCount: number, unknownCount: number, soldCount: number, boundedCount: number, unclassifiedCount: number, staleCount: number, byTown: Array<{ count: number, town: { id: string, name: string, synthetic: boolean } | null }>, byIndustry: Array<{ count: number, industry: { id: string, name: string } | null }>, rows: Array<{ revenue: number, year: number | null, short: number, growthNeeded: number, ownGrowth: number | null, enough: boolean | null, organisation: { id: string, name: string, synthetic: boolean }, industry: { id: string, name: string } | null, towns: Array<{ id: string, name: string, synthetic: boolean }>, claim: { id: string, source: { id: string, synthetic: boolean } | null } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type NetworkQueryVariables = Exact<{
  org: string;
  up: boolean;
  down: boolean;
  most: number;
  product?: string | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type NetworkQuery = { organisation: { id: string, name: string, synthetic: boolean, form: OrganisationForm, foundedOn: string | null, closedOn: string | null, region: { id: string, name: string } | null, upstream?: { unknownReason: string | null, nodes: Array<{ tier: number, value: number | null, synthetic: boolean, further: number, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null } }>, links: Array<{ value: number | null, year: number | null, stale: boolean, seller: { id: string }, buyer: { id: string }, product: { id: string, name: string } }>, cut: { nodes: number }, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, downstream?: { unknownReason: string | null, nodes: Array<{ tier: number, value: number | null, synthetic: boolean, further: number, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null } }>, links: Array<{ value: number | null, year: number | null, stale: boolean, seller: { id: string }, buyer: { id: string }, product: { id: string, name: string } }>, cut: { nodes: number }, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type NeighboursFragment = { unknownReason: string | null, nodes: Array<{ tier: number, value: number | null, synthetic: boolean, further: number, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null } }>, links: Array<{ value: number | null, year: number | null, stale: boolean, seller: { id: string }, buyer: { id: string }, product: { id: string, name: string } }>, cut: { nodes: number }, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } };

export type NoticeDraftsQueryVariables = Exact<{
  standard: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type NoticeDraftsQuery = { noticeDrafts: { unknownReason: string | null, count: number, note: string | null, drafts: Array<{ settled: boolean, reason: string, town: { rank: number | null, total: number | null, town: { id: string, name: string, synthetic: boolean } }, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type PairQueryVariables = Exact<{
  towns: Array<string> | string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type PairQuery = { compare: { pairs: Array<{ cosine: number | null, krugman: number | null, sells: number | null, buys: number | null, unknownReason: string | null, start: { id: string, name: string, synthetic: boolean }, end: { id: string, name: string, synthetic: boolean }, shared: Array<{ startSold: number | null, endSold: number | null, product: { id: string, name: string, synthetic: boolean } }>, offers: Array<{ value: number | null, fromThere: number | null, product: { id: string, name: string, synthetic: boolean } }>, wants: Array<{ value: number | null, fromThere: number | null, product: { id: string, name: string, synthetic: boolean } }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type PathsQueryVariables = Exact<{
  org: string;
  other: string;
  kinds: Array<RelationKind> | RelationKind;
  first?: number;
  longest?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type PathsQuery = { organisation: { id: string, name: string, synthetic: boolean, pathsTo: { unknownReason: string | null, more: boolean, longer: boolean | null, reached: number, shortest: number | null, start: { id: string, name: string, synthetic: boolean }, end: { id: string, name: string, synthetic: boolean }, paths: Array<{ length: number, resistance: number, nodes: Array<
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
        >, steps: Array<{ value: number | null, resistance: number, links: Array<{ kind: RelationKind, direction: PathDirection, since: number | null, synthetic: boolean, year: number | null, value: number | null, share: number | null, form: AllianceForm | null, stale: boolean, rivals: number, product: { id: string, name: string } | null, source: { id: string, name: string } | null }> }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type PinClaimMutationVariables = Exact<{
  claim: string;
  reason: string;
  by?: string | null | undefined;
}>;


export type PinClaimMutation = { pinClaim: { lines: Array<string> } | null };

export type PoliciesQueryVariables = Exact<{
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type PoliciesQuery = { benefitCounts: { unknownReason: string | null, count: number, undecided: Array<string>, rows: Array<{ validity: PolicyValidity | null, resource: BenefitResource, recipient: BenefitRecipient, amount: number | null, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, note: string | null, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null, regions: { nodes: Array<{ id: string, name: string }> }, towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean }> }, industries: { nodes: Array<{ id: string, name: string }> } }>, benefit: { id: string, name: string, synthetic: boolean, text: string, inWords: string | null, once: boolean | null } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, policies: { nodes: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null, regions: { nodes: Array<{ id: string, name: string }> }, towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean }> }, industries: { nodes: Array<{ id: string, name: string }> } }> } | null };

export type ProductQueryVariables = Exact<{
  product: string;
  makers?: number;
  byRevenue?: FigureOrder | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  real?: OrganisationFilter | null | undefined;
  realProducts?: ProductFilter | null | undefined;
}>;


export type ProductQuery = { product: { id: string, name: string, aliases: Array<string>, synthetic: boolean, category: ProductCategory, unit: string | null, industries: Array<{ id: string, name: string }>, makers: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null, figure: { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> } | null }> }, sellers: { unknownReason: string | null, count: number, value: number | null, outside: number | null, rows: Array<{ value: number | null, partners: number, unmeasured: number, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, buyers: { unknownReason: string | null, count: number, value: number | null, outside: number | null, rows: Array<{ value: number | null, partners: number, unmeasured: number, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, inputs: { totalCount: number, edges: Array<{ essential: boolean | null, node: { id: string, name: string, synthetic: boolean } }> }, usedIn: { totalCount: number, edges: Array<{ essential: boolean | null, node: { id: string, name: string, synthetic: boolean } }> }, chains: { totalCount: number, edges: Array<{ stage: Stage, required: boolean | null, node: { id: string, name: string, synthetic: boolean, towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, chainMap: { steps: Array<{ state: GapState | null, reasons: Array<GapReason>, product: { id: string } }> } | null }> } } }> } } | null };

export type TradersFragment = { unknownReason: string | null, count: number, value: number | null, outside: number | null, rows: Array<{ value: number | null, partners: number, unmeasured: number, synthetic: boolean, organisation: { id: string, name: string, synthetic: boolean } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } };

export type ProposalsQueryVariables = Exact<{
  standard: string;
  few?: number;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type ProposalsQuery = { noticeDrafts: { unknownReason: string | null, count: number, note: string | null, standard: { id: string, name: string, synthetic: boolean }, praise: Array<{ settled: boolean, settledAsScored: boolean, reason: string, town: { rank: number | null, total: number | null, town: { id: string, name: string, synthetic: boolean } }, strongest: Array<{ indicator: string, words: string, contribution: number }> }>, drafts: Array<{ settled: boolean, settledAsScored: boolean, reason: string, town: { rank: number | null, total: number | null, town: { id: string, name: string, synthetic: boolean } }, weakest: Array<{ indicator: string, words: string, lost: number }>, unknown: Array<{ indicator: string, words: string }>, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type RankingQueryVariables = Exact<{
  standard: string;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type RankingQuery = { ranking: { unknownReason: string | null, trial: string | null, inWords: string, note: string | null, count: number, unrankedCount: number, standard: { id: string, name: string, synthetic: boolean, citation: string | null } | null, indicators: Array<{ indicator: string, words: string, weight: number, unit: string, known: number, partly: number, unknown: number }>, notEvaluated: Array<{ reason: string, town: { id: string, name: string, synthetic: boolean } }>, entered: Array<{ id: string, name: string, synthetic: boolean }>, left: Array<{ id: string, name: string, synthetic: boolean }>, rows: Array<{ rank: number | null, total: number | null, knownWeight: number, stability: number | null, referenceRank: number | null, unsettled: boolean, town: { id: string, name: string, synthetic: boolean, level: TownLevel }, interval: { best: number, worst: number, bestExact: boolean, worstExact: boolean }, intervalAsScored: { best: number, worst: number }, indicators: Array<{ indicator: string, words: string, state: IndicatorState, actual: string, points: number | null, share: number, contribution: number, lost: number, missingFacts: Array<string> }>, changed: { rankBefore: number, totalBefore: number, ranks: number, total: number, indicators: Array<{ indicator: string, words: string, contribution: number, reason: ScoreChangeReason }>, overtook: Array<{ id: string, name: string }>, overtakenBy: Array<{ id: string, name: string }>, enteredAbove: Array<{ id: string, name: string }>, leftAbove: Array<{ id: string, name: string }> } | null }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type RecordLeadMutationVariables = Exact<{
  input: RecordLeadInput;
  note?: NoteInput | null | undefined;
}>;


export type RecordLeadMutation = { recordLead: { repeated: boolean, lead: { id: string } | null } | null };

export type ResponsibilityQueryVariables = Exact<{
  body: string;
  on?: string | null | undefined;
  realOnly?: boolean;
}>;


export type ResponsibilityQuery = { organisation: { id: string, name: string, synthetic: boolean, responsibility: { count: number, overdue: number, counts: Array<{ ledger: LedgerName, count: number, open: number, overdue: number }> } | null } | null };

export type SearchQueryVariables = Exact<{
  text: string;
  asOf?: number | null | undefined;
  kinds?: Array<Kind> | Kind;
}>;


export type SearchQuery = { search: Array<{ id: string, kind: Kind, name: string, matched: string, matchedBy: SearchMatch, active: boolean, entity:
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
      | { id: string, synthetic: boolean }
     | null }> | null };

export type SimilarQueryVariables = Exact<{
  asOf?: number | null | undefined;
  realOnly?: boolean;
  aggregation?: Aggregation;
  digits?: number;
  measure?: SimilarityMeasure;
  alike: number;
}>;


export type SimilarQuery = { similarityMatrix: { unknownReason: string | null, krugman: Array<Array<number>>, cosine: Array<Array<number>>, overlap: Array<Array<number>>, trade: Array<Array<number | null>>, output: Array<number>, clustered: Array<number>, towns: Array<{ id: string, name: string, synthetic: boolean }>, missing: Array<{ id: string, name: string, synthetic: boolean }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type StartQueryVariables = Exact<{
  example: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type StartQuery = { towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, level: TownLevel, status: TownStatus | null, regions: Array<{ id: string, name: string }>, industries: Array<{ id: string, name: string }>, figure: { value: number, unit: Unit, year: number | null, bound: Bound, scope: Scope, stale: boolean | null, source: { synthetic: boolean } | null } | null }> } | null, checkups: { count: number, rows: Array<{ outcome: Outcome, inWords: string, byInvented: string | null, town: { id: string } }> } | null, example: { id: string, leaders: { nodes: Array<{ id: string, name: string, synthetic: boolean }> } } | null };

export type TiersQueryVariables = Exact<{
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TiersQuery = { towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, tier: { unknownReason: string | null, output: number | null, scope: Scope | null, year: number | null, optionsInWords: string, inWords: string, ahead: Array<{ id: string, words: string, distance: number | null, reachYear: number | null, reachWords: string }>, ownGrowth: { claim: { id: string, source: { id: string, synthetic: boolean } | null } } | null, claim: { id: string, bound: Bound, source: { id: string, synthetic: boolean } | null } | null, method: { asOf: number } } | null }> } | null };

export type TilesCheckupsQueryVariables = Exact<{
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TilesCheckupsQuery = { checkups: { rows: Array<{ outcome: Outcome, inWords: string, byInvented: string | null, town: { id: string } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type TilesQueryVariables = Exact<{
  measure: TownMeasure;
  metric: Metric;
  figure: boolean;
  province: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TilesQuery = { townMeasures: { measure: TownMeasure, count: number, unknownReason: string | null, rows: Array<{ value: number | null, atMost: number | null, unknownReason: string | null, synthetic: boolean, town: { id: string, name: string, synthetic: boolean, level: TownLevel, status: TownStatus | null, regions: Array<{ id: string, name: string, level: RegionLevel, parent: { id: string, name: string, level: RegionLevel, parent: { id: string, name: string, level: RegionLevel } | null } | null }>, figure?: { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> } | null } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, region: { id: string, name: string, children: { nodes: Array<{ id: string, name: string, level: RegionLevel }> } } | null };

export type TownPoliciesQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  first?: number;
}>;


export type TownPoliciesQuery = { town: { id: string, name: string, synthetic: boolean, policyCoverage: { unknownReason: string | null, applicable: boolean | null, share: number | null, low: number | null, high: number | null, eligible: number, received: number, unclaimed: number, receiptUnknown: number, unknown: number, receivedOtherwise: number, amountReceived: number, amountUnknown: number, byResource: Array<{ resource: BenefitResource, benefits: number, eligible: number, received: number, unclaimed: number, unknown: number }>, own: { count: number } | null, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, unclaimedBenefits: { unknownReason: string | null, count: number, organisations: number, amount: number, amountUnknown: number, receiptUnknown: number, unknown: number, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, benefits: { unknownReason: string | null, count: number, undecided: Array<string>, rows: Array<{ validity: PolicyValidity | null, resource: BenefitResource, recipient: BenefitRecipient, amount: number | null, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, note: string | null, benefit: { id: string, name: string, synthetic: boolean, text: string, inWords: string | null, once: boolean | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }> }> } | null } | null };

export type TownTradeQueryVariables = Exact<{
  first: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TownTradeQuery = { tradeBetweenTowns: { count: number, total: number, unknownReason: string | null, rows: Array<{ value: number | null, unmeasured: number, synthetic: boolean, start: { id: string, name: string, synthetic: boolean }, end: { id: string, name: string, synthetic: boolean } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type TownQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TownQuery = { town: { id: string, name: string, synthetic: boolean, level: TownLevel, batch: number | null, recognisedOn: string | null, status: TownStatus | null, regions: Array<{ id: string, name: string }>, industries: Array<{ id: string, name: string }>, chains: Array<{ id: string, name: string }>, output: { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> } | null, entities: { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> } | null, employees: { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> } | null, leaders: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, figure: { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> } | null }> }, checkup: { outcome: Outcome, inWords: string, byInvented: string | null, note: string | null, result: { outcome: Outcome, condition: string, actual: string | null, form: CriterionForm, path: string, deciding: Array<string>, countedCount: number, leftOutCount: number, missingFacts: Array<string>, parts: Array<{ outcome: Outcome, condition: string, actual: string | null, form: CriterionForm, path: string, deciding: Array<string>, countedCount: number, leftOutCount: number, missingFacts: Array<string>, parts: Array<{ outcome: Outcome, condition: string, actual: string | null, form: CriterionForm, path: string, deciding: Array<string>, countedCount: number, leftOutCount: number, missingFacts: Array<string>, counted: Array<
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
            > }>, counted: Array<
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
          > }>, counted: Array<
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
        > }, prefer: { outcome: Outcome, condition: string, actual: string | null, form: CriterionForm, path: string, deciding: Array<string>, countedCount: number, leftOutCount: number, missingFacts: Array<string>, parts: Array<{ outcome: Outcome, condition: string, actual: string | null, form: CriterionForm, path: string, deciding: Array<string>, countedCount: number, leftOutCount: number, missingFacts: Array<string>, parts: Array<{ outcome: Outcome, condition: string, actual: string | null, form: CriterionForm, path: string, deciding: Array<string>, countedCount: number, leftOutCount: number, missingFacts: Array<string>, counted: Array<
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
              | { id: string, name: string, synthetic: boolean }
            > }>, counted: Array<
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
          > }>, counted: Array<
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
        > } | null, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, tier: { inWords: string, note: string | null } | null, policyCoverage: { unknownReason: string | null, applicable: boolean | null, eligible: number, received: number, unclaimed: number, receiptUnknown: number, unknown: number, method: { provenance: { invented: number, inWords: string | null } | null } } | null, localSourcing: { unknownReason: string | null, whole: { total: number, rate: number | null, rateAtMost: number | null } | null, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, similar: { unknownReason: string | null, rows: Array<{ cosine: number, alike: boolean, sells: number | null, buys: number | null, town: { id: string, name: string, synthetic: boolean } }> } | null, gaps: { count: number, leftOut: number, note: string | null, unknownReason: string | null, states: Array<{ state: GapState, count: number }>, ends: { bothOutside: boolean | null, reason: string | null } | null, actions: Array<{ action: GapAction, count: number, rows: Array<{ rank: number | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, demand: { total: number | null, localShare: number | null }, reasons: Array<{ reason: GapReason, words: string }>, parts: Array<{ name: GapPart, value: number | null }> }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null, overdue: { count: number, rows: Array<{ ledger: LedgerName, stage: string | null, stageWords: string, closed: boolean | null, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
        | { id: string, name: string, synthetic: boolean }
      , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> }> } | null };

export type ConditionRowFragment = { outcome: Outcome, condition: string, actual: string | null, form: CriterionForm, path: string, deciding: Array<string>, countedCount: number, leftOutCount: number, missingFacts: Array<string>, counted: Array<
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
    | { id: string, name: string, synthetic: boolean }
  > };

export type TownsQueryVariables = Exact<{ [key: string]: never; }>;


export type TownsQuery = { towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean }> } | null };

export type TrialRankingQueryVariables = Exact<{
  standard: string;
  weights: Array<IndicatorWeight> | IndicatorWeight;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TrialRankingQuery = { ranking: { unknownReason: string | null, trial: string | null, inWords: string, note: string | null, count: number, unrankedCount: number, standard: { id: string, name: string, synthetic: boolean, citation: string | null } | null, indicators: Array<{ indicator: string, words: string, weight: number, unit: string, known: number, partly: number, unknown: number }>, notEvaluated: Array<{ reason: string, town: { id: string, name: string, synthetic: boolean } }>, entered: Array<{ id: string, name: string, synthetic: boolean }>, left: Array<{ id: string, name: string, synthetic: boolean }>, rows: Array<{ rank: number | null, total: number | null, knownWeight: number, stability: number | null, referenceRank: number | null, unsettled: boolean, town: { id: string, name: string, synthetic: boolean, level: TownLevel }, interval: { best: number, worst: number, bestExact: boolean, worstExact: boolean }, intervalAsScored: { best: number, worst: number }, indicators: Array<{ indicator: string, words: string, state: IndicatorState, actual: string, points: number | null, share: number, contribution: number, lost: number, missingFacts: Array<string> }>, changed: { rankBefore: number, totalBefore: number, ranks: number, total: number, indicators: Array<{ indicator: string, words: string, contribution: number, reason: ScoreChangeReason }>, overtook: Array<{ id: string, name: string }>, overtakenBy: Array<{ id: string, name: string }>, enteredAbove: Array<{ id: string, name: string }>, leftAbove: Array<{ id: string, name: string }> } | null }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type UndoLedgerChangeMutationVariables = Exact<{
  entry: string;
  note?: NoteInput | null | undefined;
}>;


export type UndoLedgerChangeMutation = { undoLedgerChange: { repeated: boolean, item:
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
     | null } | null };

export type UndoLoadMutationVariables = Exact<{
  load: string;
  reason: string;
  by?: string | null | undefined;
}>;


export type UndoLoadMutation = { undoLoad: { lines: Array<string>, removed: number, restored: number } | null };

export type UndoRulingMutationVariables = Exact<{
  ruling: string;
  reason: string;
  by?: string | null | undefined;
}>;


export type UndoRulingMutation = { undoRuling: { lines: Array<string> } | null };

export type WhatIfQueryVariables = Exact<{
  town: string;
  edits: Array<EditInput> | EditInput;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  standard: string;
  ranked: boolean;
}>;


export type WhatIfQuery = { town: { id: string, name: string, synthetic: boolean } | null, whatIf: { asOf: number, caveat: string, losses: Array<{ output: number | null, revenue: number | null, sold: number | null, salesUnmeasured: number, bought: number | null, purchasesUnmeasured: number, organisation: { id: string, name: string, synthetic: boolean }, towns: Array<{ id: string, name: string }> }>, townGaps: { before: { rows: Array<{ stage: Stage | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, supply: Array<{ proximity: Proximity, count: number }>, demand: { total: number | null, localShare: number | null } }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, after: { rows: Array<{ stage: Stage | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, supply: Array<{ proximity: Proximity, count: number }>, demand: { total: number | null, localShare: number | null } }> } | null } | null, townLocalSourcing: { before: { whole: { local: number, total: number, rate: number | null } | null, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, after: { whole: { local: number, total: number, rate: number | null } | null } | null } | null, townCheckup: { before: { outcome: Outcome, byInvented: string | null } | null, after: { outcome: Outcome, byInvented: string | null } | null } | null, townEvaluationCard?: { before: { count: number, town: { rank: number | null, total: number | null } | null, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, after: { count: number, town: { rank: number | null, total: number | null } | null } | null } | null } | null };

export type WhatIfStepFragment = { stage: Stage | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, supply: Array<{ proximity: Proximity, count: number }>, demand: { total: number | null, localShare: number | null } };

export type WhatIfSourcingFragment = { local: number, total: number, rate: number | null };

export type WhatItTakesQueryVariables = Exact<{
  org: string;
  benefit: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type WhatItTakesQuery = { organisation: { id: string, whatItTakes: { unknownReason: string | null, status: BenefitStatus | null, size: number | null, blocking: Array<string>, note: string | null, ways: Array<{ inWords: string, changes: Array<{ kind: ChangeKind, measure: string, words: string }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type YearPlanQueryVariables = Exact<{
  town: string;
  year: number;
  on?: string | null | undefined;
  realOnly?: boolean;
}>;


export type YearPlanQuery = { town: { id: string, name: string, synthetic: boolean, plan: { year: number, on: string, count: number, done: number, doneLate: number, open: number, overdue: number, cancelled: number, inWords: string, quarters: Array<{ quarter: number, count: number, done: number, doneLate: number, open: number, overdue: number, cancelled: number, unknown: number, rows: Array<{ ledger: LedgerName, stage: string | null, stageWords: string, closed: boolean | null, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
            | { id: string, name: string, synthetic: boolean }
          , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> }> }>, beyond: Array<{ ledger: LedgerName, stage: string | null, stageWords: string, closed: boolean | null, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
          | { id: string, name: string, synthetic: boolean }
        , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, words: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, words: string, value: string, valueInWords: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

/** What is asked by which document id. */
export interface Documents {
  'page/benefit': { data: BenefitQuery, variables: BenefitQueryVariables },
  'page/candidates': { data: CandidatesQuery, variables: CandidatesQueryVariables },
  'page/chain': { data: ChainQuery, variables: ChainQueryVariables },
  'page/change-lead': { data: ChangeLeadMutation, variables: ChangeLeadMutationVariables },
  'page/change-notice': { data: ChangeNoticeMutation, variables: ChangeNoticeMutationVariables },
  'page/change-problem': { data: ChangeProblemMutation, variables: ChangeProblemMutationVariables },
  'page/change-project': { data: ChangeProjectMutation, variables: ChangeProjectMutationVariables },
  'page/change-task': { data: ChangeTaskMutation, variables: ChangeTaskMutationVariables },
  'page/comment-on-item': { data: CommentOnItemMutation, variables: CommentOnItemMutationVariables },
  'page/compare': { data: CompareQuery, variables: CompareQueryVariables },
  'page/completeness': { data: CompletenessQuery, variables: CompletenessQueryVariables },
  'page/conflicts': { data: ConflictsQuery, variables: ConflictsQueryVariables },
  'page/create-notice': { data: CreateNoticeMutation, variables: CreateNoticeMutationVariables },
  'page/create-problem': { data: CreateProblemMutation, variables: CreateProblemMutationVariables },
  'page/create-project': { data: CreateProjectMutation, variables: CreateProjectMutationVariables },
  'page/create-task': { data: CreateTaskMutation, variables: CreateTaskMutationVariables },
  'page/evaluation-card': { data: EvaluationCardQuery, variables: EvaluationCardQueryVariables },
  'page/evaluation-standards': { data: EvaluationStandardsQuery, variables: EvaluationStandardsQueryVariables },
  'page/evaluations': { data: EvaluationsQuery, variables: EvaluationsQueryVariables },
  'page/facts-to-collect': { data: FactsToCollectQuery, variables: FactsToCollectQueryVariables },
  'page/figure': { data: FigureQuery, variables: FigureQueryVariables },
  'page/firm': { data: FirmQuery, variables: FirmQueryVariables },
  'page/firm-policies': { data: FirmPoliciesQuery, variables: FirmPoliciesQueryVariables },
  'page/flow': { data: FlowQuery, variables: FlowQueryVariables },
  'page/flow-band': { data: FlowBandQuery, variables: FlowBandQueryVariables },
  'page/gaps': { data: GapsQuery, variables: GapsQueryVariables },
  'page/growth': { data: GrowthQuery, variables: GrowthQueryVariables },
  'page/impact': { data: ImpactQuery, variables: ImpactQueryVariables },
  'page/issue-notice': { data: IssueNoticeMutation, variables: IssueNoticeMutationVariables },
  'page/ledger-choices': { data: LedgerChoicesQuery, variables: LedgerChoicesQueryVariables },
  'page/ledger-item': { data: LedgerItemQuery, variables: LedgerItemQueryVariables },
  'page/ledgers': { data: LedgersQuery, variables: LedgersQueryVariables },
  'page/load-report': { data: LoadReportQuery, variables: LoadReportQueryVariables },
  'page/loads': { data: LoadsQuery, variables: LoadsQueryVariables },
  'page/move-lead': { data: MoveLeadMutation, variables: MoveLeadMutationVariables },
  'page/move-leads': { data: MoveLeadsMutation, variables: MoveLeadsMutationVariables },
  'page/move-notice': { data: MoveNoticeMutation, variables: MoveNoticeMutationVariables },
  'page/move-notices': { data: MoveNoticesMutation, variables: MoveNoticesMutationVariables },
  'page/move-problem': { data: MoveProblemMutation, variables: MoveProblemMutationVariables },
  'page/move-problems': { data: MoveProblemsMutation, variables: MoveProblemsMutationVariables },
  'page/move-project': { data: MoveProjectMutation, variables: MoveProjectMutationVariables },
  'page/move-projects': { data: MoveProjectsMutation, variables: MoveProjectsMutationVariables },
  'page/move-task': { data: MoveTaskMutation, variables: MoveTaskMutationVariables },
  'page/move-tasks': { data: MoveTasksMutation, variables: MoveTasksMutationVariables },
  'page/names': { data: NamesQuery, variables: NamesQueryVariables },
  'page/near-threshold': { data: NearThresholdQuery, variables: NearThresholdQueryVariables },
  'page/network': { data: NetworkQuery, variables: NetworkQueryVariables },
  'page/notice-drafts': { data: NoticeDraftsQuery, variables: NoticeDraftsQueryVariables },
  'page/pair': { data: PairQuery, variables: PairQueryVariables },
  'page/paths': { data: PathsQuery, variables: PathsQueryVariables },
  'page/pin-claim': { data: PinClaimMutation, variables: PinClaimMutationVariables },
  'page/policies': { data: PoliciesQuery, variables: PoliciesQueryVariables },
  'page/product': { data: ProductQuery, variables: ProductQueryVariables },
  'page/proposals': { data: ProposalsQuery, variables: ProposalsQueryVariables },
  'page/ranking': { data: RankingQuery, variables: RankingQueryVariables },
  'page/record-lead': { data: RecordLeadMutation, variables: RecordLeadMutationVariables },
  'page/responsibility': { data: ResponsibilityQuery, variables: ResponsibilityQueryVariables },
  'page/search': { data: SearchQuery, variables: SearchQueryVariables },
  'page/similar': { data: SimilarQuery, variables: SimilarQueryVariables },
  'page/start': { data: StartQuery, variables: StartQueryVariables },
  'page/tiers': { data: TiersQuery, variables: TiersQueryVariables },
  'page/tiles': { data: TilesQuery, variables: TilesQueryVariables },
  'page/tiles-checkups': { data: TilesCheckupsQuery, variables: TilesCheckupsQueryVariables },
  'page/town': { data: TownQuery, variables: TownQueryVariables },
  'page/town-policies': { data: TownPoliciesQuery, variables: TownPoliciesQueryVariables },
  'page/town-trade': { data: TownTradeQuery, variables: TownTradeQueryVariables },
  'page/towns': { data: TownsQuery, variables: TownsQueryVariables },
  'page/trial-ranking': { data: TrialRankingQuery, variables: TrialRankingQueryVariables },
  'page/undo-ledger-change': { data: UndoLedgerChangeMutation, variables: UndoLedgerChangeMutationVariables },
  'page/undo-load': { data: UndoLoadMutation, variables: UndoLoadMutationVariables },
  'page/undo-ruling': { data: UndoRulingMutation, variables: UndoRulingMutationVariables },
  'page/what-if': { data: WhatIfQuery, variables: WhatIfQueryVariables },
  'page/what-it-takes': { data: WhatItTakesQuery, variables: WhatItTakesQueryVariables },
  'page/year-plan': { data: YearPlanQuery, variables: YearPlanQueryVariables },
}
