"""Gaps of a town: what is missing or weak, why, what to do about it, and what matters most."""

from typing import Any

from queries.gaps.gaps import gaps
from queries.gaps.rank import GapPart
from queries.gaps.terms import GapAction, GapReason
from schema.answers.candidates import candidates_field
from schema.answers.chain_maps import MakersAt, ReasonName, StageName, StateName
from schema.answers.proximity import NearnessName, amounts, nodes
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import (
    node_field,
    nodes_field,
    result_field,
    result_type,
    results_field,
    value_field,
)

GapReasonType = result_type(
    "GapBecause",
    "一条理由",
    reason=value_field("理由", ReasonName, lambda pair: pair[0]),
    words=value_field("中文说明", str, lambda pair: pair[0].words),
    because=node_field(
        "Product", "本镇所产、投入其中的产品；只有延链才有", lambda pair: pair[1], optional=True
    ),
)
OriginType = result_type(
    "AmountByNearness",
    "按对方所在地的金额",
    nearness=value_field("对方离本镇的远近", NearnessName, lambda pair: pair[0]),
    value=value_field("金额（元/年）", float, lambda pair: pair[1]),
)
DemandType = result_type(
    "GapDemand",
    "本地主体一年采购多少、从哪里来",
    total=value_field("已计量的采购额（元/年）；空为没有已计量者", float | None, lambda found: found.total),
    by_origin=results_field(
        "按来源地，合计即 total；省外含境外", OriginType, lambda found: amounts(found.by_origin)
    ),
    local_share=value_field(
        "本地配套率（0–1），来源不详者不算本地；空为没有已计量的采购",
        float | None,
        lambda found: found.local_share,
    ),
    local_share_at_most=value_field(
        "来源不详者都算本地时的配套率（0–1）", float | None, lambda found: found.local_share_at_most
    ),
    purchases=value_field("已知的采购笔数：卖方、买方与产品", int, lambda found: found.purchases),
    coverage=value_field(
        "其中有可用数值者的占比（0–1）；空为没有采购", float | None, lambda found: found.coverage
    ),
)
PartType = result_type(
    "GapScorePart",
    "排序的一个部分",
    name=value_field("部分", enum_type(GapPart), lambda part: part.name),
    words=value_field("中文说明", str, lambda part: part.name.words),
    value=value_field("数值；空为不详", float | None, lambda part: part.value),
    unit=value_field("单位", str, lambda part: part.unit),
    percentile=value_field(
        "在本镇各缺链中的百分位（0–1）；空为不详或不排序", float | None, lambda part: part.percentile
    ),
    weight=value_field(
        "所用权重（weightsUsed）：不详的部分不计，其余按比例放大", float | None, lambda part: part.weight
    ),
)
FIELDS: dict[str, Any] = {
    "product": node_field("Product", "产品或环节", lambda gap: gap.product),
    "stage": value_field("产业链位置；空为不在本镇的参考链上", StageName | None, lambda gap: gap.stage),
    "in_chain": value_field("是否在本镇的参考链上", bool, lambda gap: gap.in_chain),
    "required": value_field("是否必备环节；空为不详或不在链上", bool | None, lambda gap: gap.required),
    "state": value_field("状态", StateName, lambda gap: gap.state),
    "reasons": results_field(
        "理由",
        GapReasonType,
        lambda gap: [(r, gap.because if r is GapReason.NO_DOWNSTREAM else None) for r in gap.reasons],
    ),
    "action": value_field(
        "该做什么；空为已有，或尚不清楚", enum_type(GapAction) | None, lambda gap: gap.action
    ),
    "supply": results_field(
        "生产者，按离本镇的远近；不详者列在最后", MakersAt, lambda gap: nodes(gap.makers)
    ),
    "makers_before": value_field("三年前的本地生产者家数", int, lambda gap: gap.makers_before),
    "demand": result_field("需求", DemandType, lambda gap: gap.demand),
    "hhi": value_field(
        "采购集中度（0–1）：图外卖方不逐一可知，故为下限；空为没有已计量的采购",
        float | None,
        lambda gap: gap.hhi,
    ),
    "leaders": nodes_field("Organisation", "经不可缺少的投入依赖它的龙头企业", lambda gap: gap.leaders),
    "leaders_revenue": value_field(
        "这些龙头企业的营业收入合计（元/年）；空为不详", float | None, lambda gap: gap.leaders_revenue
    ),
    "score": value_field("得分（0–1）：各部分百分位的加权平均", float | None, lambda gap: gap.score),
    "parts": results_field("得分的三个部分", PartType, lambda gap: gap.parts),
    "candidates": candidates_field(lambda root: root.found.as_of),
    "rank": value_field("名次；空为不排序（不详或已有）", int | None, lambda gap: gap.rank),
}
GapType = result_type("Gap", "一个缺失或薄弱的环节", **FIELDS)
StateCount = result_type(
    "GapStateCount",
    "某一状态的产品数",
    state=value_field("状态", StateName, lambda pair: pair[0]),
    count=value_field("产品数", int, lambda pair: pair[1]),
)
EndType = result_type(
    "ChainEnd",
    "产业链的一头：上游环节的采购，或中下游环节的销售",
    total=value_field("已计量的金额（元/年）；空为没有已计量者", float | None, lambda end: end.total),
    by_nearness=results_field(
        "按对方离本镇的远近，合计即 total", OriginType, lambda end: amounts(end.by_proximity)
    ),
    outside_share=value_field(
        "在镇外的占比（0–1），所在地不详者不算镇外；空为不详",
        float | None,
        lambda end: end.outside and end.outside[0],
    ),
    outside_share_at_most=value_field(
        "所在地不详者都算镇外时的占比（0–1）", float | None, lambda end: end.outside and end.outside[1]
    ),
    trades=value_field("已知的往来笔数", int, lambda end: end.trades),
    measured=value_field("其中有可用数值者", int, lambda end: end.measured),
)
EndsType = result_type(
    "ChainEnds",
    "产业链的两头：上游从哪里买，下游卖到哪里",
    upstream=result_field("上游环节的采购", EndType, lambda ends: ends.upstream),
    downstream=result_field("中下游环节的销售", EndType, lambda ends: ends.downstream),
    both_outside=value_field(
        "是否两头在外：两头都至少一半在镇外；空为不详", bool | None, lambda ends: ends.both_outside
    ),
    reason=value_field("不详的原因；空为已知", str | None, lambda ends: ends.reason),
)
GapsType = answer_type(
    "Gaps",
    "缺链：参考链上与采购中，本镇缺什么、弱什么",
    town=node_field("Town", "专业镇", lambda found: found.town),
    chains=nodes_field("Chain", "对照的参考产业链", lambda found: found.chains),
    rows=results_field(
        "缺失与薄弱者按名次，其后是不详者，再后（如要）已有者", GapType, lambda found: found.rows
    ),
    count=value_field("总行数", int, lambda found: found.count),
    states=results_field("各状态的产品数", StateCount, lambda found: [*found.states.items()]),
    left_out=value_field("未列出的可选环节数：本地无人从事，也无人采购", int, lambda found: found.left_out),
    ends=result_field(
        "产业链的两头；空为没有对照的参考产业链", EndsType, lambda found: found.ends, optional=True
    ),
    note=value_field("阅读时须知；空为没有", str | None, lambda found: found.note),
)
QUESTIONS = (
    Question(
        "gaps",
        "缺链：补链、强链、延链，按价值、关键性、可行性排序",
        gaps,
        GapsType,
        on="Town",
        arguments={
            "first": Argument(int, "取前几行，1–500", 20),
            "include_covered": Argument(bool, "是否也列出已有的环节", default=False),
            "value_weight": Argument(float, "价值的权重（≥ 0）", 0.5),
            "criticality_weight": Argument(float, "关键性的权重（≥ 0）", 0.3),
            "feasibility_weight": Argument(float, "可行性的权重（≥ 0）", 0.2),
            "local_share_below": Argument(float, "本地配套率低于此为薄弱（0–1）", 0.4),
            "hhi_at_least": Argument(float, "采购集中度不低于此为来源单一（0–1）", 0.5),
        },
    ),
)
