/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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

/** 判断结果 */
export type Outcome =
  /** 未通过 */
  | 'FAIL'
  /** 通过 */
  | 'PASS'
  /** 待核：已知数据不足以判断 */
  | 'UNKNOWN';

/** 政策在所问年份的效力 */
export type PolicyValidity =
  /** 已失效：当年年初之前已失效 */
  | 'EXPIRED'
  /** 施行中：当年至少有一天有效 */
  | 'IN_FORCE'
  /** 尚未施行：当年年末之后才施行 */
  | 'NOT_YET';

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
  /** 未享：该政策当年有享受记录，其中没有此主体 */
  | 'NOT_RECEIVED'
  /** 已享：当年有享受记录 */
  | 'RECEIVED'
  /** 不详：该政策当年没有任何享受记录，或其记录没有年份 */
  | 'UNKNOWN';

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

export type BenefitQueryVariables = Exact<{
  benefit: string;
  within?: string | null | undefined;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type BenefitQuery = { benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, amount: number | null, recipient: BenefitRecipient | null, inWords: string | null, policies: { nodes: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }> }, eligible: { unknownReason: string | null, validity: PolicyValidity | null, count: number, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, note: string | null, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, open: { count: number, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }> } | null, out: { count: number, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }> } | null } | null };

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

export type EvaluationCardQueryVariables = Exact<{
  town: string;
  standard: string;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type EvaluationCardQuery = { town: { id: string, name: string, synthetic: boolean, evaluationCard: { unknownReason: string | null, inWords: string, note: string | null, standings: Array<{ indicator: string, place: number | null, of: number, gapToMedian: number | null, couldGain: number }>, indicators: Array<{ indicator: string, unit: string, median: number | null }>, town: { indicators: Array<{ indicator: string, claimsCount: number, claims: Array<{ id: string, metric: Metric, value: number, unit: Unit, bound: Bound, year: number | null, grade: Grade, source: { id: string, name: string, synthetic: boolean } | null }> }> } | null, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

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


export type FactsToCollectQuery = { town: { id: string, factsToCollect: { unknownReason: string | null, count: number, unknown: number, decidedByOne: number, rows: Array<{ measure: string, fact: string, decides: number, helps: number, amount: number, organisation: { id: string, name: string, synthetic: boolean }, benefits: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

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

export type FirmPoliciesQueryVariables = Exact<{
  org: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type FirmPoliciesQuery = { organisation: { id: string, name: string, synthetic: boolean, benefits: { unknownReason: string | null, count: number, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, undecided: Array<string>, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type BenefitCountFragment = { validity: PolicyValidity | null, resource: BenefitResource, recipient: BenefitRecipient, amount: number | null, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, note: string | null, benefit: { id: string, name: string, synthetic: boolean, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }> };

export type BenefitRowFragment = { validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> };

export type FigurePartsFragment = { value: number, unit: Unit, year: number | null, bound: Bound, grade: Grade, scope: Scope, stale: boolean | null, source: { id: string, name: string, synthetic: boolean } | null, conflicts: Array<{ id: string }> };

export type MethodPartsFragment = { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null };

export type PolicyPaperFragment = { id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null };

export type PolicyReachFragment = { id: string, regions: { nodes: Array<{ id: string, name: string }> }, towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean }> }, industries: { nodes: Array<{ id: string, name: string }> } };

export type RankingPartsFragment = { unknownReason: string | null, trial: string | null, inWords: string, note: string | null, count: number, unrankedCount: number, standard: { id: string, name: string, synthetic: boolean, citation: string | null } | null, indicators: Array<{ indicator: string, words: string, weight: number, unit: string, known: number, partly: number, unknown: number }>, notEvaluated: Array<{ reason: string, town: { id: string, name: string, synthetic: boolean } }>, entered: Array<{ id: string, name: string, synthetic: boolean }>, left: Array<{ id: string, name: string, synthetic: boolean }>, rows: Array<{ rank: number | null, total: number | null, knownWeight: number, stability: number | null, referenceRank: number | null, town: { id: string, name: string, synthetic: boolean, level: TownLevel }, interval: { best: number, worst: number, bestExact: boolean, worstExact: boolean }, intervalAsScored: { best: number, worst: number }, indicators: Array<{ indicator: string, words: string, state: IndicatorState, actual: string, points: number | null, share: number, contribution: number, lost: number, missingFacts: Array<string> }>, changed: { rankBefore: number, totalBefore: number, ranks: number, total: number, indicators: Array<{ indicator: string, words: string, contribution: number, reason: ScoreChangeReason }>, overtook: Array<{ id: string, name: string }>, overtakenBy: Array<{ id: string, name: string }>, enteredAbove: Array<{ id: string, name: string }>, leftAbove: Array<{ id: string, name: string }> } | null }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } };

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

export type GrowthQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type GrowthQuery = { town: { id: string, name: string, synthetic: boolean, tier: { output: number | null, scope: Scope | null, year: number | null, inWords: string, note: string | null, standard: { id: string, name: string, synthetic: boolean }, claim: { id: string, value: number, unit: Unit, bound: Bound, year: number | null, grade: Grade, scope: Scope, source: { id: string, name: string, synthetic: boolean } | null } | null, options: Array<{ id: string, words: string }>, ownGrowth: { fromYear: number, toYear: number, fromValue: number, rate: number } | null, ahead: Array<{ id: string, words: string, threshold: number | null, distance: number | null, needed: number | null, reachYear: number | null, reachWords: string }>, otherScopes: Array<{ scope: Scope, value: number, year: number | null }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, growth: { unknownReason: string | null, doubling: { base: number, claimedRatio: number | null, registeredRatioLeast: number | null, registeredRatioMost: number | null, doubled: boolean | null, short: number | null, inWords: string }, years: Array<{ year: number, output: number | null, revenue: number | null, claimed: number | null, registered: number, undated: number, registerComplete: boolean }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

export type NearThresholdQueryVariables = Exact<{
  within?: string | null | undefined;
  industry?: string | null | undefined;
  first?: number;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type NearThresholdQuery = { nearThreshold: { unknownReason: string | null, count: number, aboveCount: number, unknownCount: number, boundedCount: number, unclassifiedCount: number, staleCount: number, byTown: Array<{ count: number, town: { id: string, name: string, synthetic: boolean } | null }>, byIndustry: Array<{ count: number, industry: { id: string, name: string } | null }>, rows: Array<{ revenue: number, year: number | null, short: number, growthNeeded: number, ownGrowth: number | null, enough: boolean | null, organisation: { id: string, name: string, synthetic: boolean }, industry: { id: string, name: string } | null, towns: Array<{ id: string, name: string, synthetic: boolean }>, claim: { id: string, source: { id: string, synthetic: boolean } | null } }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type PoliciesQueryVariables = Exact<{
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type PoliciesQuery = { benefitCounts: { unknownReason: string | null, count: number, undecided: Array<string>, rows: Array<{ validity: PolicyValidity | null, resource: BenefitResource, recipient: BenefitRecipient, amount: number | null, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, note: string | null, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null, regions: { nodes: Array<{ id: string, name: string }> }, towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean }> }, industries: { nodes: Array<{ id: string, name: string }> } }>, benefit: { id: string, name: string, synthetic: boolean, text: string, inWords: string | null } }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, policies: { nodes: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null, regions: { nodes: Array<{ id: string, name: string }> }, towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean }> }, industries: { nodes: Array<{ id: string, name: string }> } }> } | null };

export type ProposalsQueryVariables = Exact<{
  standard: string;
  few?: number;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type ProposalsQuery = { noticeDrafts: { unknownReason: string | null, count: number, note: string | null, standard: { id: string, name: string, synthetic: boolean }, praise: Array<{ settled: boolean, settledAsScored: boolean, reason: string, town: { rank: number | null, total: number | null, town: { id: string, name: string, synthetic: boolean } }, strongest: Array<{ indicator: string, words: string, contribution: number }> }>, drafts: Array<{ settled: boolean, settledAsScored: boolean, reason: string, town: { rank: number | null, total: number | null, town: { id: string, name: string, synthetic: boolean } }, weakest: Array<{ indicator: string, words: string, lost: number }>, unknown: Array<{ indicator: string, words: string }>, responsible: Array<{ id: string, name: string, synthetic: boolean }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type RankingQueryVariables = Exact<{
  standard: string;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type RankingQuery = { ranking: { unknownReason: string | null, trial: string | null, inWords: string, note: string | null, count: number, unrankedCount: number, standard: { id: string, name: string, synthetic: boolean, citation: string | null } | null, indicators: Array<{ indicator: string, words: string, weight: number, unit: string, known: number, partly: number, unknown: number }>, notEvaluated: Array<{ reason: string, town: { id: string, name: string, synthetic: boolean } }>, entered: Array<{ id: string, name: string, synthetic: boolean }>, left: Array<{ id: string, name: string, synthetic: boolean }>, rows: Array<{ rank: number | null, total: number | null, knownWeight: number, stability: number | null, referenceRank: number | null, town: { id: string, name: string, synthetic: boolean, level: TownLevel }, interval: { best: number, worst: number, bestExact: boolean, worstExact: boolean }, intervalAsScored: { best: number, worst: number }, indicators: Array<{ indicator: string, words: string, state: IndicatorState, actual: string, points: number | null, share: number, contribution: number, lost: number, missingFacts: Array<string> }>, changed: { rankBefore: number, totalBefore: number, ranks: number, total: number, indicators: Array<{ indicator: string, words: string, contribution: number, reason: ScoreChangeReason }>, overtook: Array<{ id: string, name: string }>, overtakenBy: Array<{ id: string, name: string }>, enteredAbove: Array<{ id: string, name: string }>, leftAbove: Array<{ id: string, name: string }> } | null }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

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

export type TiersQueryVariables = Exact<{
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TiersQuery = { towns: { totalCount: number, nodes: Array<{ id: string, name: string, synthetic: boolean, tier: { unknownReason: string | null, output: number | null, scope: Scope | null, year: number | null, options: Array<{ id: string, words: string }>, ahead: Array<{ id: string, words: string, distance: number | null, reachYear: number | null, reachWords: string }>, claim: { id: string, source: { id: string, synthetic: boolean } | null } | null, method: { asOf: number } } | null }> } | null };

export type TownPoliciesQueryVariables = Exact<{
  town: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
  first?: number;
}>;


export type TownPoliciesQuery = { town: { id: string, name: string, synthetic: boolean, policyCoverage: { unknownReason: string | null, share: number | null, low: number | null, high: number | null, eligible: number, received: number, unclaimed: number, receiptUnknown: number, unknown: number, receivedOtherwise: number, amountReceived: number, amountUnknown: number, byResource: Array<{ resource: BenefitResource, benefits: number, eligible: number, received: number, unclaimed: number, unknown: number }>, own: { count: number } | null, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, unclaimedBenefits: { unknownReason: string | null, count: number, organisations: number, amount: number, amountUnknown: number, receiptUnknown: number, unknown: number, rows: Array<{ validity: PolicyValidity, status: BenefitStatus, received: ReceiptState, amount: number | null, failing: Array<string>, deciding: Array<string>, note: string | null, organisation: { id: string, name: string, synthetic: boolean }, benefit: { id: string, name: string, synthetic: boolean, resource: BenefitResource, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }>, receipts: Array<{ year: number | null, amount: number | null }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null, benefits: { unknownReason: string | null, count: number, undecided: Array<string>, rows: Array<{ validity: PolicyValidity | null, resource: BenefitResource, recipient: BenefitRecipient, amount: number | null, eligible: number, notEligible: number, unknown: number, received: number, unclaimed: number, receiptUnknown: number, note: string | null, benefit: { id: string, name: string, synthetic: boolean, text: string, inWords: string | null }, policies: Array<{ id: string, name: string, synthetic: boolean, level: GovernmentLevel, issuer: string, issuedOn: string, documentNo: string | null, validFrom: string | null, validTo: string | null, url: string | null }> }> } | null } | null };

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

export type TrialRankingQueryVariables = Exact<{
  standard: string;
  weights: Array<IndicatorWeight> | IndicatorWeight;
  level?: TownLevel | null | undefined;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type TrialRankingQuery = { ranking: { unknownReason: string | null, trial: string | null, inWords: string, note: string | null, count: number, unrankedCount: number, standard: { id: string, name: string, synthetic: boolean, citation: string | null } | null, indicators: Array<{ indicator: string, words: string, weight: number, unit: string, known: number, partly: number, unknown: number }>, notEvaluated: Array<{ reason: string, town: { id: string, name: string, synthetic: boolean } }>, entered: Array<{ id: string, name: string, synthetic: boolean }>, left: Array<{ id: string, name: string, synthetic: boolean }>, rows: Array<{ rank: number | null, total: number | null, knownWeight: number, stability: number | null, referenceRank: number | null, town: { id: string, name: string, synthetic: boolean, level: TownLevel }, interval: { best: number, worst: number, bestExact: boolean, worstExact: boolean }, intervalAsScored: { best: number, worst: number }, indicators: Array<{ indicator: string, words: string, state: IndicatorState, actual: string, points: number | null, share: number, contribution: number, lost: number, missingFacts: Array<string> }>, changed: { rankBefore: number, totalBefore: number, ranks: number, total: number, indicators: Array<{ indicator: string, words: string, contribution: number, reason: ScoreChangeReason }>, overtook: Array<{ id: string, name: string }>, overtakenBy: Array<{ id: string, name: string }>, enteredAbove: Array<{ id: string, name: string }>, leftAbove: Array<{ id: string, name: string }> } | null }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null };

export type WhatItTakesQueryVariables = Exact<{
  org: string;
  benefit: string;
  asOf?: number | null | undefined;
  realOnly?: boolean;
}>;


export type WhatItTakesQuery = { organisation: { id: string, whatItTakes: { unknownReason: string | null, status: BenefitStatus | null, size: number | null, blocking: Array<string>, note: string | null, ways: Array<{ inWords: string, changes: Array<{ kind: ChangeKind, measure: string, words: string }> }>, method: { formula: string, version: number, caveat: string, asOf: number, realOnly: boolean, query: string | null, snapshot: { id: string, version: number, takenAt: string }, parameters: Array<{ name: string, value: string }>, coverage: { links: number, unmeasured: number } | null, provenance: { rows: number, invented: number, inventedShare: number | null, undated: number, oldestYear: number | null, sourceCount: number, inWords: string | null, grades: Array<{ grade: Grade | null, rows: number }>, sources: Array<{ id: string, name: string, publisher: string | null, publishedOn: string | null, grade: Grade, url: string | null, synthetic: boolean }> } | null } } | null } | null };

/** What is asked by which document id. */
export interface Documents {
  'page/benefit': { data: BenefitQuery, variables: BenefitQueryVariables },
  'page/candidates': { data: CandidatesQuery, variables: CandidatesQueryVariables },
  'page/chain': { data: ChainQuery, variables: ChainQueryVariables },
  'page/evaluation-card': { data: EvaluationCardQuery, variables: EvaluationCardQueryVariables },
  'page/evaluations': { data: EvaluationsQuery, variables: EvaluationsQueryVariables },
  'page/facts-to-collect': { data: FactsToCollectQuery, variables: FactsToCollectQueryVariables },
  'page/figure': { data: FigureQuery, variables: FigureQueryVariables },
  'page/firm-policies': { data: FirmPoliciesQuery, variables: FirmPoliciesQueryVariables },
  'page/gaps': { data: GapsQuery, variables: GapsQueryVariables },
  'page/growth': { data: GrowthQuery, variables: GrowthQueryVariables },
  'page/near-threshold': { data: NearThresholdQuery, variables: NearThresholdQueryVariables },
  'page/policies': { data: PoliciesQuery, variables: PoliciesQueryVariables },
  'page/proposals': { data: ProposalsQuery, variables: ProposalsQueryVariables },
  'page/ranking': { data: RankingQuery, variables: RankingQueryVariables },
  'page/search': { data: SearchQuery, variables: SearchQueryVariables },
  'page/start': { data: StartQuery, variables: StartQueryVariables },
  'page/tiers': { data: TiersQuery, variables: TiersQueryVariables },
  'page/town': { data: TownQuery, variables: TownQueryVariables },
  'page/town-policies': { data: TownPoliciesQuery, variables: TownPoliciesQueryVariables },
  'page/trial-ranking': { data: TrialRankingQuery, variables: TrialRankingQueryVariables },
  'page/what-it-takes': { data: WhatItTakesQuery, variables: WhatItTakesQueryVariables },
}
