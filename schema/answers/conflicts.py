"""Conflicts: what sources disagree on, the figure that counts, and why."""

from typing import Any

import strawberry

from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from graph.snapshot.claims import Reason
from queries.evidence.conflicts import conflicts
from schema.answers.walks import WalkLink
from schema.language.enums import enum_type
from schema.language.members import named_field
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, result_field, result_type, results_field, value_field

MetricName: Any = enum_type(Metric)
ScopeName: Any = enum_type(Scope)

WhyType = result_type(
    "ChoiceReason",
    "采用一条数值而不是另一条的理由：规则中两者首先不同的一步",
    reason=value_field("理由", enum_type(Reason), lambda why: why.reason),
    words=value_field("比较了什么", str, lambda why: why.words),
)
DIFFERENCE = "与采用值之差 ÷ |采用值|；空为采用值是 0"
OtherClaim = result_type(
    "OtherClaim",
    "未采用的数值",
    claim=node_field("Claim", "数值及其来源", lambda other: other.place),
    difference=value_field(DIFFERENCE, float | None, lambda other: other.difference),
    rival=value_field(
        "是否与采用值矛盾：来源不同（除非 sameSource），年份相差 3 年以内或未说明，且相差超过 5 %",
        bool,
        lambda other: other.rival,
    ),
    why=result_field("为何不采用这一条", WhyType, lambda other: other.why),
)
OtherFlow = result_type(
    "OtherFlow",
    "另一来源对同一供应的数值",
    source=node_field(
        "Source",
        "来源；空为未记录",
        lambda other: None if other.place < 0 else other.place,
        optional=True,
    ),
    value=value_field("金额（元/年）", float, lambda other: other.value),
    difference=value_field(DIFFERENCE, float | None, lambda other: other.difference),
    why=result_field("为何不采用这一条", WhyType, lambda other: other.why),
)
SPREAD = "采用值与矛盾值中（最大 − 最小）÷ |采用值|；空为采用值是 0"
ConflictType = result_type(
    "Conflict",
    "一项数值，几个来源说法不一",
    subject=named_field("所述对象", lambda row: row.subject),
    metric=value_field("指标", MetricName, lambda row: row.metric),
    scope=value_field("数值口径", ScopeName, lambda row: row.scope),
    product=node_field("Product", "所指产品", lambda row: row.product, optional=True),
    chosen=node_field("Claim", "采用的数值", lambda row: row.claim),
    others=results_field("其余全部数值，依规则排序", OtherClaim, lambda row: row.others),
    spread=value_field(SPREAD, float | None, lambda row: row.spread),
)
FlowConflictType = result_type(
    "FlowConflict",
    "一笔供应，几个来源数值不一",
    chosen=result_field("采用的供应", WalkLink, lambda row: row.flow),
    others=results_field("其他来源的矛盾数值", OtherFlow, lambda row: row.others),
    spread=value_field(SPREAD, float | None, lambda row: row.spread),
)
ConflictsType = answer_type(
    "Conflicts",
    "来源之间的矛盾：全部说法、采用的一条及理由",
    rows=results_field("数值，分歧大者在前", ConflictType, lambda found: found.rows),
    count=value_field("数值矛盾总数", int, lambda found: found.count),
    flows=results_field("供应，分歧大者在前", FlowConflictType, lambda found: found.flows),
    flow_count=value_field(
        "供应矛盾总数；空为指定了 metric，未看供应", int | None, lambda found: found.flow_count
    ),
)
ARGUMENTS = {
    "metric": Argument(MetricName | None, "只看此指标（不看供应）；空为全部", None),
    "agreeing": Argument(bool, "也列出另有来源而不矛盾的数值", default=False),
    "same_source": Argument(bool, "同一来源历年的数值之间也算矛盾", default=False),
    "first": Argument(int, "两个列表各取前几条，1–500", 50),
}
TOWN = {"town": Argument(strawberry.ID | None, "专业镇的标识；空为全部对象", None)}
QUESTIONS = (
    Question(
        "conflicts",
        "来源之间的矛盾：某镇（含其县域与本地主体）或全部",
        conflicts,
        ConflictsType,
        arguments=TOWN | ARGUMENTS,
    ),
    Question(
        "conflicts",
        "来源之间的矛盾：本镇、其县域与本地主体",
        conflicts,
        ConflictsType,
        on="Town",
        arguments=ARGUMENTS,
    ),
)
