"""Evaluation: towns ranked by a set of indicators, cards of single towns, drafts of notices."""

from collections.abc import Sequence
from typing import Any

import strawberry

from graph.errors import BadInput
from graph.kinds.terms import TownLevel
from graph.snapshot.snapshot import Snapshot
from queries.evaluation import sensitivity
from queries.evaluation.card import EvaluationCard, evaluation_card
from queries.evaluation.notices import NoticeDrafts, notice_drafts
from queries.evaluation.ranking import Ranking, ranking, try_ranking
from queries.evaluation.standings import LEAST_KNOWN
from schema.language.enums import enum_type
from schema.language.question import Argument, Question


@strawberry.input(description="一项指标的试用权重")
class IndicatorWeight:
    """The weight of an indicator in a trial."""

    indicator: str = strawberry.field(description="指标标识")
    weight: float = strawberry.field(description="权重（≥ 0）：只看比例，未列出的指标照旧")


def tried(
    snapshot: Snapshot, *, as_of: int, weights: Sequence[IndicatorWeight] | None = None, **arguments: Any
) -> Ranking:
    """Ask for a trial with the weights of a query."""
    given = list(weights or ())
    names = [one.indicator for one in given]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadInput(f"weights：指标 “{twice[0]}” 给出了两次", "weights")
    asked = {one.indicator: one.weight for one in given}
    return try_ranking(snapshot, as_of=as_of, weights=asked, **arguments)


STANDARD = Argument(strawberry.ID, "用于评价的指标体系")
TAKING_PART = {
    "level": Argument(enum_type(TownLevel) | None, "只评此级别的专业镇；空为各级", None),
    "include_candidates": Argument(bool, "是否也排候选镇（未认定）", default=False),
    "least_known": Argument(float, "已知的权重达到多少才排名（0–1）", LEAST_KNOWN),
}
SAMPLING = {
    "draws": Argument(int, "权重抽样的次数，1–10000", sensitivity.DRAWS),
    "spread": Argument(float, "权重浮动的幅度（0–1）：0.2 为上下两成", sensitivity.SPREAD),
    "seed": Argument(int, "抽样的种子：相同则答案相同", 0),
    "first": Argument(int, "取前几个镇，1–500", 100),
}
QUESTIONS = (
    Question(
        "ranking",
        "年度评价排名：各镇总分、名次、名次区间、稳定性、与上年比较，逐项可查",
        ranking,
        Ranking,
        arguments={"standard": STANDARD, **TAKING_PART, **SAMPLING},
        weight=50,
    ),
    Question(
        "tryRanking",
        "试算排名：换用权重，或用指标体系草案；不存入，给出指标体系时与现行名次并列",
        tried,
        Ranking,
        arguments={
            "standard": Argument(strawberry.ID | None, "试用权重的指标体系；空为只用草案", None),
            "weights": Argument(list[IndicatorWeight] | None, "试用的权重；空为照旧", None),
            "criteria": Argument(str | None, '指标体系草案（JSON）：{"indicators": […]}；空为不用', None),
            **TAKING_PART,
            **SAMPLING,
        },
        weight=50,
    ),
    Question(
        "noticeDrafts",
        "督办通知书草案与表扬建议：排名末位及其失分，首位及其长处；只是草案，不下达",
        notice_drafts,
        NoticeDrafts,
        arguments={
            "standard": STANDARD,
            **TAKING_PART,
            "last": Argument(int, "末位取几个镇", 3),
            "praise": Argument(int, "首位取几个镇", 3),
        },
        weight=50,
    ),
    Question(
        "evaluationCard",
        "评价卡：本镇的名次、各项得失、与各镇及上年的比较",
        evaluation_card,
        EvaluationCard,
        on="Town",
        arguments={"standard": STANDARD, **TAKING_PART},
        weight=20,
    ),
)
