"""Completeness and freshness: how much is known of a town, and how old it is."""

from typing import Any

from graph.kinds.metrics import Metric
from queries.evidence.age import freshness
from queries.evidence.completeness import completeness, town_completeness
from queries.evidence.coverage import State
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, result_type, results_field, value_field

MetricName: Any = enum_type(Metric)

NeedType = result_type(
    "NeededFact",
    "认定标准的一项条件，及判断它所需的数据掌握多少",
    standard=node_field("Standard", "标准", lambda one: one.need.standard),
    path=value_field("在标准条件中的位置", str, lambda one: one.need.path),
    words=value_field("条件", str, lambda one: one.need.words),
    measure=value_field(
        "指标名；空为对主体计数或合计", str | None, lambda one: one.need.measure and one.need.measure.name
    ),
    priority=value_field("是否只关系到优先", bool, lambda one: one.need.priority),
    state=value_field("掌握程度", enum_type(State), lambda one: one.state),
    known=value_field("所涉者中有数据的个数", int, lambda one: one.known),
    of=value_field("所涉个数：已登记的主体数，或 1（本镇的一个数值）", int, lambda one: one.of),
    reason=value_field("缺什么；空为不缺", str | None, lambda one: one.reason),
)
FIELDS: dict[str, Any] = {
    "town": node_field("Town", "专业镇", lambda found: found.town),
    "needs": results_field("逐项：按标准与条件的次序", NeedType, lambda found: found.needs),
    "needed": value_field("所需项数", int, lambda found: len(found.needs)),
    "known": value_field("其中已知", int, lambda found: found.count(State.KNOWN)),
    "partly": value_field("其中只知一部分", int, lambda found: found.count(State.PARTLY)),
    "missing": value_field("其中不详", int, lambda found: found.count(State.UNKNOWN)),
    "share": value_field(
        "至少知道一部分的比例（0–1）；空为没有标准", float | None, lambda found: found.share
    ),
}
TownCompletenessType = answer_type("TownCompleteness", "本镇的数据完整度", **FIELDS)
RowType = result_type("CompletenessRow", "一个专业镇的数据完整度", **FIELDS)
UnreadableType = result_type(
    "UnreadableStandard",
    "条件无法读取的标准",
    standard=node_field("Standard", "标准", lambda one: one.standard),
    reason=value_field("原因", str, lambda one: one.reason),
)
BoardType = answer_type(
    "CompletenessBoard",
    "数据完整度：各专业镇，最不完整者在前",
    rows=results_field("各镇", RowType, lambda found: found.rows),
    count=value_field("专业镇总数", int, lambda found: found.count),
    unreadable=results_field("条件无法读取的标准", UnreadableType, lambda found: found.unreadable),
)
MetricAgeType = result_type(
    "MetricAge",
    "一项指标最新数值的年龄",
    metric=value_field("指标", MetricName, lambda age: age.metric),
    claim=node_field("Claim", "最新的数值；空为没有", lambda age: age.claim, optional=True),
    year=value_field("所属年份", int | None, lambda age: age.year),
    age=value_field("年龄（年）；空为没有数值，或未写年份", int | None, lambda age: age.age),
    stale=value_field("是否陈旧（三年以上）；空为年龄不详", bool | None, lambda age: age.stale),
    unknown=value_field("年龄不详的原因", str | None, lambda age: age.unknown),
)
OrganisationAgeType = result_type(
    "OrganisationAge",
    "本镇主体一项指标最新数值的年龄",
    metric=value_field("指标", MetricName, lambda age: age.metric),
    known=value_field("有数值的主体数", int, lambda age: age.known),
    missing=value_field("没有数值的主体数", int, lambda age: age.missing),
    undated=value_field("有数值而都未写年份的主体数", int, lambda age: age.undated),
    stale=value_field("最新数值已陈旧（三年以上）的主体数", int, lambda age: age.stale),
    median_age=value_field(
        "最新数值年龄的中位数（年）；空为都未写年份", float | None, lambda age: age.median_age
    ),
)
FreshnessType = answer_type(
    "Freshness",
    "数据新鲜度：各指标最新数值的年龄",
    metrics=results_field(
        "本镇各指标（有镇有数值的指标），最陈旧者在前，没有数值者在后",
        MetricAgeType,
        lambda found: found.metrics,
    ),
    organisations=results_field("本地主体各指标", OrganisationAgeType, lambda found: found.organisations),
    organisation_count=value_field("本地主体数", int, lambda found: found.organisation_count),
)
QUESTIONS = (
    Question(
        "completeness",
        "数据完整度：认定标准所需的数据，各镇掌握多少",
        completeness,
        BoardType,
        arguments={"first": Argument(int, "取前几个镇，1–500", 20)},
    ),
    Question(
        "completeness",
        "数据完整度：认定标准所需的数据，本镇掌握多少",
        town_completeness,
        TownCompletenessType,
        on="Town",
    ),
    Question(
        "freshness",
        "数据新鲜度：本镇及其主体各指标最新数值的年龄",
        freshness,
        FreshnessType,
        on="Town",
    ),
)
