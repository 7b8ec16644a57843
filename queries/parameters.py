"""What the parameters of answers are called by people: on the page, over GraphQL, in workbooks."""

from graph.kinds.terms import Term
from queries.answer import Parameter
from queries.identity.evidence import IdentityDifferenceKind, IdentityEvidenceKind
from queries.sourcing.parts import CandidatePart

WEIGHT = "weights."
"""Before the name of an indicator or a part: its weight."""


def _short(term: Term) -> str:
    """A term without its explanation."""
    return term.words.partition("：")[0]


PARAMETERS = {
    **{term.value: f"“{term.words}”的分值" for term in IdentityEvidenceKind},
    **{term.value: f"“{term.words}”时所乘" for term in IdentityDifferenceKind},
    **{f"{WEIGHT}{part.value.lower()}": f"{_short(part)}的权重" for part in CandidatePart},
    "action": "哪类行动",
    "aggregation": "按什么归并",
    "agreeing": "是否也列说法一致的",
    "alike": "相似的界线",
    "around": "以谁为中心",
    "atLeast": "不低于",
    "base": "基年",
    "basis": "专长按什么计",
    "below": "低于",
    "benefit": "政策措施",
    "body": "责任单位",
    "by": "按什么分带",
    "cap": "是否封顶投入系数",
    "closed": "是否只看已了结的",
    "code": "统一社会信用代码",
    "control": "控股的界线",
    "criteria": "试用的规则",
    "criticalityWeight": "关键的权重",
    "cycles": "回流怎样处理",
    "damping": "PageRank 阻尼系数",
    "depth": "走几环",
    "digits": "行业取几位代码",
    "direction": "方向",
    "draws": "权重抽样次数",
    "dueFrom": "期限不早于",
    "dueTo": "期限不晚于",
    "eps": "迭代停止的界线",
    "essentialOnly": "是否只走关键投入",
    "essentiality": "关键投入的依据",
    "evidenceOrder": "依据的先后",
    "feasibilityBasis": "可行按什么计",
    "feasibilityLeastPlaces": "可行至少要几镇可比",
    "feasibilityWeight": "可行的权重",
    "first": "至多列几项",
    "form": "形式",
    "from": "起点",
    "gaps": "至多列几个缺口",
    "halfResistance": "阻力减半的供应额（元）",
    "hhiAtLeast": "采购集中的界线（HHI）",
    "hitAt": "前几名算命中",
    "hops": "向外几环",
    "includeCandidates": "是否也排培育镇",
    "includeCovered": "是否也列已覆盖的环节",
    "industry": "行业",
    "industryDigits": "行业取几位代码",
    "k": "几条（家）",
    "kinds": "经哪些关系",
    "last": "末位几镇",
    "least": "占合计不到多少的归入其余",
    "leastForComplexity": "至少几项才算复杂度",
    "leastKnown": "已知权重达到多少才排名",
    "leastPlaces": "至少要几镇可比",
    "leastProximity": "相近的界线",
    "ledger": "台账",
    "level": "级别",
    "links": "经哪些供应",
    "listed": "每群至多列几家",
    "localShareBelow": "本地配套率低的界线",
    "longest": "至多几环",
    "losingYears": "连续下降几年算流失",
    "mainInputShare": "占投入多少算主要投入",
    "makersEnough": "生产者几家算足够",
    "material": "产品",
    "maxNodes": "至多列几个主体",
    "measure": "指标",
    "metric": "指标",
    "minShare": "占对方采购不少于",
    "mostInBlock": "同名超过几个不两两比较",
    "name": "所问名称",
    "names": "所问名称个数",
    "nearestKilometres": "距离不小于（公里）",
    "of": "看什么的集中",
    "offset": "从第几项起",
    "on": "所问之日",
    "orderBy": "按什么排",
    "org": "主体",
    "organisation": "主体",
    "organisationForm": "主体形式",
    "outcome": "结论",
    "outsideFrom": "外购占多少算全靠外购",
    "overdue": "是否只看逾期的",
    "ownReceipts": "本措施的享受记录",
    "policy": "政策文件",
    "policyValidity": "效力",
    "praise": "首位几镇",
    "product": "产品",
    "proximityBasis": "相近按什么计",
    "rcaThreshold": "专长的界线（RCA）",
    "received": "当年是否已享",
    "region": "所在区划",
    "resolution": "分群的细度",
    "sameSource": "是否也列同一来源的",
    "sample": "抽几家",
    "samples": "介数抽样数",
    "scenario": "情景（主体＝仍在运转的比例）",
    "scope": "口径",
    "seed": "随机数种子",
    "shrinkage": "样本少时向平均收缩的强度",
    "side": "哪一侧",
    "signals": "所用信号",
    "smoothing": "平滑常数",
    "spread": "权重抽样的浮动",
    "stage": "阶段",
    "staleOver": "过几年算旧",
    "standard": "标准",
    "status": "是否符合",
    "subject": "所问对象",
    "substitutes": "是否找替代供应者",
    "testYear": "检验年份",
    "threshold": "停止的界线",
    "to": "终点",
    "tolerance": "停止的界线",
    "total": "合计",
    "town": "专业镇",
    "towns": "专业镇",
    "trainYear": "学习所用年份",
    "unknownValue": "金额不详时按（元）",
    "validity": "效力",
    "valueWeight": "金额的权重",
    "weights": "权重按什么计",
    "within": "范围",
    "year": "年度",
}


def words_of(name: str) -> str:
    """Say what a parameter is called.

    >>> words_of("localShareBelow"), words_of("weights.local")
    ('本地配套率低的界线', 'local 的权重')
    """
    if name.startswith(WEIGHT) and name not in PARAMETERS:
        return f"{name.removeprefix(WEIGHT)} 的权重"
    return PARAMETERS[name]


def said(value: Parameter) -> str:
    """Write the value of a parameter for people.

    >>> said(True), said(None), said(0.40), said("镇")
    ('是', '（未限定）', '0.4', '镇')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return "（未限定）"
    return (
        _short(value) if isinstance(value, Term) else f"{value:g}" if isinstance(value, float) else str(value)
    )
