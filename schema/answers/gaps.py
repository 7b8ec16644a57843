"""Gaps of a town: what is missing or weak, why, what to do about it, and what matters most."""

import strawberry

from queries.gaps.ends import End
from queries.gaps.gaps import Gaps, gaps
from queries.gaps.rows import Bought, Gap
from schema.answers.candidates import candidates_field
from schema.answers.proximity import AmountByNearness, MakersAt, amounts, makers
from schema.language.publish import Shown, published, type_of
from schema.language.question import Argument, Question

AMOUNTS, MAKERS = list[type_of(AmountByNearness)], list[type_of(MakersAt)]


def _by_origin(root: Shown[Bought]) -> list[Shown[AmountByNearness]]:
    return amounts(root.found.by_origin, root.snapshot)


def _by_nearness(root: Shown[End]) -> list[Shown[AmountByNearness]]:
    return amounts(root.found.by_proximity, root.snapshot)


def _supply(root: Shown[Gap]) -> list[Shown[MakersAt]]:
    return makers(root.found.makers, root.snapshot)


published(Bought, by_origin=strawberry.field(_by_origin, graphql_type=AMOUNTS))
published(End, by_nearness=strawberry.field(_by_nearness, graphql_type=AMOUNTS))
published(Gap, supply=strawberry.field(_supply, graphql_type=MAKERS), candidates=candidates_field())
QUESTIONS = (
    Question(
        "gaps",
        "缺链：补链、强链、延链，按价值、关键性、可行性排序",
        gaps,
        Gaps,
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
