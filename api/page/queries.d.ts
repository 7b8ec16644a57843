/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** 一个主体可否享受一项政策措施 */
export type BenefitStatus =
  /** 可享：在适用范围内，且符合条件 */
  | 'ELIGIBLE'
  /** 不可享：可能在适用范围内，而不符合条件 */
  | 'NOT_ELIGIBLE'
  /** 待核：已知数据不足以判断 */
  | 'UNKNOWN';

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
  /** 本地生产者都没有已登记的有效资质 */
  | 'NO_QUALIFIED_MAKER'
  /** 本地主体采购而本地无人生产，全靠外购 */
  | 'OUTSIDE_ONLY'
  /** 省内另一已认定专业镇的主导产品：不宜另起炉灶，宜协作（见 matches） */
  | 'RIVAL_TOWN'
  /** 来源单一：本地只有一家生产者 */
  | 'SINGLE_SOURCE';

/** 环节状态 */
export type GapState =
  /** 已有 */
  | 'COVERED'
  /** 缺失：本地没有已知的生产者，而属必备、本地主体采购，或是本地产品的下游 */
  | 'MISSING'
  /** 不详：图中没有已知的生产者，也没有已知的采购；或不知是否必备 */
  | 'UNKNOWN'
  /** 薄弱：本地配套率低、来源单一、采购集中，或本地生产者都无资质 */
  | 'WEAK';

/** 来源等级 */
export type Grade =
  /** 官方发布或权威媒体 */
  | 'A'
  /** 一般媒体或二手转述 */
  | 'B'
  /** 网络资料、行业常识或未记录 */
  | 'C';

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
  /** 所属专业镇 */
  town?: string | null | undefined;
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

/** 判断结果 */
export type Outcome =
  /** 未通过 */
  | 'FAIL'
  /** 通过 */
  | 'PASS'
  /** 待核：已知数据不足以判断 */
  | 'UNKNOWN';

/** 问题涉及面 */
export type ProblemExtent =
  /** 行业共性问题 */
  | 'COMMON'
  /** 企业个性问题 */
  | 'INDIVIDUAL';

/** 问题状态 */
export type ProblemStatus =
  /** 已交办 */
  | 'ASSIGNED'
  /** 待办 */
  | 'OPEN'
  /** 已解决 */
  | 'RESOLVED';

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

/** 专业镇级别 */
export type TownLevel =
  /** 市级 */
  | 'CITY'
  /** 县级 */
  | 'COUNTY'
  /** 省级 */
  | 'PROVINCIAL';

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

export type CandidatesQueryVariables = Exact<{
  town: string;
  product: string;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type CandidatesQuery = { town: { id: string, candidates: { count: number, localCount: number, convertibleCount: number, relatedUnknown: string | null, unknownReason: string | null, local: Array<{ evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> }>, convertible: Array<{ evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> }>, rows: Array<{ evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type CandidateRowFragment = { evidence: Array<CandidateEvidence>, score: number | null, proximity: Proximity, revenue: number | null, invitable: boolean, organisation: { id: string, name: string, synthetic: boolean, region: { id: string, name: string } | null }, qualifications: Array<{ id: string, name: string }>, ties: { sells: number | null, buys: number | null, products: Array<{ id: string, name: string }> }, nearProduct: { id: string, name: string } | null, benefits: Array<{ status: BenefitStatus, already: boolean, amount: number | null, deciding: Array<string>, benefit: { id: string, name: string, synthetic: boolean } }> };

export type ChainQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type ChainQuery = { town: { id: string, name: string, synthetic: boolean, chainMap: { asOf: number, chains: Array<{ id: string, name: string, synthetic: boolean }>, steps: Array<{ stage: Stage | null, required: boolean | null, state: GapState | null, reasons: Array<GapReason>, product: { id: string, name: string, synthetic: boolean }, makers: Array<{ proximity: Proximity, count: number }> }>, inputs: Array<{ essential: boolean | null, product: { id: string }, usedIn: { id: string } }> } | null, gaps: { rows: Array<{ product: { id: string }, demand: { total: number | null, localShare: number | null, purchases: number } }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

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

export type EvaluationStandardsQueryVariables = Exact<{ [key: string]: never; }>;


export type EvaluationStandardsQuery = { standards: { nodes: Array<{ id: string, name: string, synthetic: boolean }> } | null };

export type FigureQueryVariables = Exact<{
  subject: string;
  metric: Metric;
  scope?: Scope;
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
    | { name: string, id: string, figure: { value: number, unit: Unit, year: number | null, scope: Scope, claims: Array<{ id: string }>, conflicts: Array<{ id: string }> } | null }
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
    | { name: string, id: string, figure: { value: number, unit: Unit, year: number | null, scope: Scope, claims: Array<{ id: string }>, conflicts: Array<{ id: string }> } | null }
   | null };

export type ChosenFigureFragment = { value: number, unit: Unit, year: number | null, scope: Scope, claims: Array<{ id: string }>, conflicts: Array<{ id: string }> };

export type FindQueryVariables = Exact<{
  text: string;
  kinds: Array<Kind> | Kind;
  asOf?: number | null | undefined;
}>;


export type FindQuery = { search: Array<{ id: string, name: string, kind: Kind, matched: string, entity:
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
      | { synthetic: boolean }
     | null }> | null };

export type FigurePartsFragment = { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> };

export type LedgerRowFragment = { ledger: LedgerName, stage: string, stageWords: string, closed: boolean, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
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

export type MethodPartsFragment = { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null };

export type GapsQueryVariables = Exact<{
  town: string;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  valueWeight?: number;
  criticalityWeight?: number;
  feasibilityWeight?: number;
}>;


export type GapsQuery = { town: { id: string, name: string, synthetic: boolean, gaps: { count: number, note: string | null, unknownReason: string | null, leftOut: number, states: Array<{ state: GapState, count: number }>, actions: Array<{ action: GapAction, count: number, rows: Array<{ rank: number | null, stage: Stage | null, required: boolean | null, state: GapState, action: GapAction | null, supplyKind: SupplyKind | null, suppliersCount: number, score: number | null, product: { id: string, name: string, synthetic: boolean }, rivals: Array<{ id: string, name: string }>, reasons: Array<{ reason: GapReason, words: string, because: { id: string, name: string } | null }>, demand: { total: number | null, localShare: number | null, localShareAtMost: number | null, purchases: number, byOrigin: Array<{ proximity: Proximity, value: number }> }, suppliers: Array<{ proximity: Proximity, value: number | null, organisation: { id: string, name: string, synthetic: boolean } }>, leaders: Array<{ id: string, name: string }>, parts: Array<{ name: GapPart, words: string, value: number | null, unit: string, percentile: number | null, weight: number | null }>, responsible: Array<{ id: string, name: string }>, lead: { id: string, name: string } | null }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

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


export type LedgersQuery = { ledgerItems: { on: string, count: number, rows: Array<{ ledger: LedgerName, stage: string, stageWords: string, closed: boolean, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
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
      , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, all: { count: number, counts: Array<{ ledger: LedgerName, count: number, open: number, overdue: number }> } | null, viewer: { mayWrite: boolean, whyNot: string | null } };

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

export type NoticeDraftsQueryVariables = Exact<{
  standard: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type NoticeDraftsQuery = { noticeDrafts: { unknownReason: string | null, count: number, note: string | null, drafts: Array<{ settled: boolean, reason: string, town: { rank: number | null, total: number | null, town: { id: string, name: string, synthetic: boolean } }, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

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

export type StartQueryVariables = Exact<{
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type StartQuery = { towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, level: TownLevel, status: TownStatus | null, regions: Array<{ id: string, name: string }>, industries: Array<{ id: string, name: string }>, figure: { value: number, unit: Unit, year: number | null, bound: Bound, scope: Scope, stale: boolean | null, source: { synthetic: boolean } | null } | null }> } | null, checkups: { count: number, rows: Array<{ outcome: Outcome, inWords: string, byInvented: string | null, town: { id: string } }> } | null };

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
        > } | null, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, tier: { inWords: string, note: string | null } | null, policyCoverage: { share: number | null, low: number | null, high: number | null, eligible: number, received: number, unclaimed: number, unknown: number } | null, localSourcing: { unknownReason: string | null, whole: { total: number, rate: number | null, rateAtMost: number | null } | null, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, gaps: { count: number, leftOut: number, note: string | null, unknownReason: string | null, states: Array<{ state: GapState, count: number }>, ends: { bothOutside: boolean | null, reason: string | null } | null, actions: Array<{ action: GapAction, count: number, rows: Array<{ rank: number | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, demand: { total: number | null, localShare: number | null }, reasons: Array<{ reason: GapReason, words: string }>, parts: Array<{ name: GapPart, value: number | null }> }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

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

export type WhatIfQueryVariables = Exact<{
  town: string;
  edits: Array<EditInput> | EditInput;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  standard: string;
  ranked: boolean;
}>;


export type WhatIfQuery = { town: { id: string, name: string, synthetic: boolean } | null, whatIf: { asOf: number, caveat: string, townGaps: { before: { rows: Array<{ stage: Stage | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, supply: Array<{ proximity: Proximity, count: number }>, demand: { total: number | null, localShare: number | null } }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, after: { rows: Array<{ stage: Stage | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, supply: Array<{ proximity: Proximity, count: number }>, demand: { total: number | null, localShare: number | null } }> } | null } | null, townLocalSourcing: { before: { whole: { local: number, total: number, rate: number | null } | null, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, after: { whole: { local: number, total: number, rate: number | null } | null } | null } | null, townCheckup: { before: { outcome: Outcome, inWords: string, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, after: { outcome: Outcome, inWords: string } | null } | null, townEvaluationCard?: { before: { count: number, town: { rank: number | null, total: number | null } | null, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, after: { count: number, town: { rank: number | null, total: number | null } | null } | null } | null } | null };

export type WhatIfStepFragment = { stage: Stage | null, state: GapState, product: { id: string, name: string, synthetic: boolean }, supply: Array<{ proximity: Proximity, count: number }>, demand: { total: number | null, localShare: number | null } };

export type WhatIfSourcingFragment = { local: number, total: number, rate: number | null };

export type YearPlanQueryVariables = Exact<{
  town: string;
  year: number;
  on?: string | null | undefined;
  realOnly?: boolean;
}>;


export type YearPlanQuery = { town: { id: string, name: string, synthetic: boolean, plan: { year: number, on: string, count: number, done: number, doneLate: number, open: number, overdue: number, cancelled: number, inWords: string, quarters: Array<{ quarter: number, count: number, done: number, doneLate: number, open: number, overdue: number, cancelled: number, rows: Array<{ ledger: LedgerName, stage: string, stageWords: string, closed: boolean, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
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
          , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> }> }>, beyond: Array<{ ledger: LedgerName, stage: string, stageWords: string, closed: boolean, dueOn: string | null, overdueDays: number | null, closedOn: string | null, version: number, item:
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
        , town: { id: string, name: string, synthetic: boolean } | null, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

/** What is asked by which document id. */
export interface Documents {
  'page/candidates': { data: CandidatesQuery, variables: CandidatesQueryVariables },
  'page/chain': { data: ChainQuery, variables: ChainQueryVariables },
  'page/change-lead': { data: ChangeLeadMutation, variables: ChangeLeadMutationVariables },
  'page/change-notice': { data: ChangeNoticeMutation, variables: ChangeNoticeMutationVariables },
  'page/change-problem': { data: ChangeProblemMutation, variables: ChangeProblemMutationVariables },
  'page/change-project': { data: ChangeProjectMutation, variables: ChangeProjectMutationVariables },
  'page/change-task': { data: ChangeTaskMutation, variables: ChangeTaskMutationVariables },
  'page/comment-on-item': { data: CommentOnItemMutation, variables: CommentOnItemMutationVariables },
  'page/create-notice': { data: CreateNoticeMutation, variables: CreateNoticeMutationVariables },
  'page/create-problem': { data: CreateProblemMutation, variables: CreateProblemMutationVariables },
  'page/create-project': { data: CreateProjectMutation, variables: CreateProjectMutationVariables },
  'page/create-task': { data: CreateTaskMutation, variables: CreateTaskMutationVariables },
  'page/evaluation-standards': { data: EvaluationStandardsQuery, variables: EvaluationStandardsQueryVariables },
  'page/figure': { data: FigureQuery, variables: FigureQueryVariables },
  'page/find': { data: FindQuery, variables: FindQueryVariables },
  'page/gaps': { data: GapsQuery, variables: GapsQueryVariables },
  'page/issue-notice': { data: IssueNoticeMutation, variables: IssueNoticeMutationVariables },
  'page/ledger-choices': { data: LedgerChoicesQuery, variables: LedgerChoicesQueryVariables },
  'page/ledger-item': { data: LedgerItemQuery, variables: LedgerItemQueryVariables },
  'page/ledgers': { data: LedgersQuery, variables: LedgersQueryVariables },
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
  'page/notice-drafts': { data: NoticeDraftsQuery, variables: NoticeDraftsQueryVariables },
  'page/record-lead': { data: RecordLeadMutation, variables: RecordLeadMutationVariables },
  'page/responsibility': { data: ResponsibilityQuery, variables: ResponsibilityQueryVariables },
  'page/search': { data: SearchQuery, variables: SearchQueryVariables },
  'page/start': { data: StartQuery, variables: StartQueryVariables },
  'page/town': { data: TownQuery, variables: TownQueryVariables },
  'page/undo-ledger-change': { data: UndoLedgerChangeMutation, variables: UndoLedgerChangeMutationVariables },
  'page/what-if': { data: WhatIfQuery, variables: WhatIfQueryVariables },
  'page/year-plan': { data: YearPlanQuery, variables: YearPlanQueryVariables },
}
