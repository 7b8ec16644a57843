"""Completeness and freshness: how much is known of a town, and how old it is."""

from graph.snapshot.claims import STALE_OVER
from queries.evidence.age import Freshness, freshness
from queries.evidence.completeness import Board, TownCompleteness, completeness, town_completeness
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "completeness",
        "数据完整度：认定标准所需的数据，各镇掌握多少",
        completeness,
        Board,
        arguments={"first": Argument(int, "取前几个镇，1–500", 20)},
        what_if=False,
    ),
    Question(
        "completeness",
        "数据完整度：认定标准所需的数据，本镇掌握多少",
        town_completeness,
        TownCompleteness,
        on="Town",
        what_if=False,
    ),
    Question(
        "freshness",
        "数据新鲜度：本镇及其主体各指标最新数值的年龄",
        freshness,
        Freshness,
        on="Town",
        arguments={"stale_over": Argument(int, "年龄超过几年为陈旧", STALE_OVER)},
        what_if=False,
    ),
)
