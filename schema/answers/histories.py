"""Histories: of a figure over the years, and of an organisation's relations."""

from collections.abc import Callable, Iterable
from typing import Any

import strawberry

from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from queries.evidence.history import history
from queries.evidence.relation_history import relation_history
from schema.answers.conflicts import WhyType
from schema.language.enums import enum_type
from schema.language.members import named_field
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, nodes_field, result_type, results_field, value_field


def _why() -> Any:
    def resolve(root: Any) -> Any:
        found = root.found.why
        return None if found is None else WhyType(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = WhyType | None
    return strawberry.field(resolve, description="为何采用它而不是次优的一条；空为没有另一条")


def _optional(label: str, words: str, get: Callable[[Any], int | None]) -> Any:
    return node_field(label, words, get, optional=True)


PeriodType = result_type(
    "FigurePeriod",
    "采用同一条数值的几年",
    since=value_field("起始年份；空为早于任何写明年份的数值", int | None, lambda period: period.since),
    until=value_field("终止年份（含）", int, lambda period: period.until),
    chosen=node_field("Claim", "采用的数值", lambda period: period.claim),
    rivals=nodes_field("Claim", "末年其他来源与之矛盾的数值", lambda period: period.rivals),
    why=_why(),
)
HistoryType = answer_type(
    "FigureHistory",
    "一项数值的来历：历年的说法，以及哪年采用哪一条",
    claims=nodes_field("Claim", "全部说法：年份早者在前，未写年份者排在最前", lambda found: found.claims),
    periods=results_field("逐段采用的数值", PeriodType, lambda found: found.periods),
)
EventType = result_type(
    "RelationEvent",
    "主体的一条关系：每个来源、年份一行",
    relation=value_field("关系种类（词汇表中的名称）", str, lambda event: event.label),
    words=value_field("关系的含义", str, lambda event: event.words),
    outgoing=value_field("主体是否为关系的起点（如供应中的卖方）", bool, lambda event: event.outgoing),
    other=named_field("关系的另一端", lambda event: event.other),
    since=value_field("起始年份（含）；空为不详", int | None, lambda event: event.since),
    until=value_field(
        "终止年份（不含；证书为失效年份）；空为仍有效或不详", int | None, lambda event: event.until
    ),
    year=value_field("逐年数值所属年份", int | None, lambda event: event.year),
    value=value_field("金额（元/年），供应与采购才有", float | None, lambda event: event.value),
    product=_optional("Product", "所涉产品", lambda event: event.product),
    source=_optional("Source", "来源；空为未记录", lambda event: event.source),
    active=value_field("asOf 年 12 月 31 日是否有效", bool, lambda event: event.active),
)
RelationHistoryType = answer_type(
    "RelationHistory",
    "主体的关系，按起始（或所属）年份排序，不详者在后",
    events=results_field("关系", EventType, lambda found: found.events),
    count=value_field("关系总数", int, lambda found: found.count),
)
QUESTIONS: Iterable[Question] = (
    Question(
        "history",
        "一项数值的来历：历年谁怎么说，哪年采用哪一条",
        history,
        HistoryType,
        arguments={
            "subject": Argument(strawberry.ID, "所述对象的标识"),
            "metric": Argument(enum_type(Metric), "指标"),
            "scope": Argument(enum_type(Scope), "数值口径", Scope.WHOLE),
            "product": Argument(strawberry.ID | None, "所指产品；空为不分产品的数值", None),
        },
    ),
    Question(
        "history",
        "关系的来历：历年与谁有何关系，谁说的",
        relation_history,
        RelationHistoryType,
        on="Organisation",
        arguments={"first": Argument(int, "取前几条，1–500", 50)},
    ),
)
