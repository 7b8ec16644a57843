"""Towns side by side: a few in all they have, all of them in one measure and in their trade."""

import strawberry

from queries.comparison.compare import Comparison, compare
from queries.comparison.measures import TownMeasure, TownMeasures, town_measures
from queries.linkage.between_towns import TradeBetweenTowns, trade_between_towns
from schema.answers import checkup, chokepoints, concentration, gaps, position, similarity, sourcing_rate
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

PARTS = (checkup, chokepoints, concentration, gaps, position, similarity, sourcing_rate)
"""Modules that publish the answers that a card holds, before the card."""
QUESTIONS = (
    Question(
        "compare",
        "比较两至六个专业镇：每镇一张卡片，栏目相同；两两相似度与互供",
        compare,
        Comparison,
        arguments={
            "towns": Argument(list[strawberry.ID], "专业镇的标识，2–6 个，不可重复"),
            "standard": Argument(
                strawberry.ID | None, "体检所用的认定标准；空为各镇所在省当年施行的一个", None
            ),
        },
        weight=300,
        what_if=False,
    ),
    Question(
        "tradeBetweenTowns",
        "镇与镇之间的供应：哪镇售予哪镇多少，循环往来也列",
        trade_between_towns,
        TradeBetweenTowns,
        arguments={"first": Argument(int, "取前几对镇，1–500；总数见 count", 20)},
        weight=20,
        what_if=False,
    ),
    Question(
        "townMeasures",
        "各镇的一项指标：一次问全部专业镇，数值大者在前",
        town_measures,
        TownMeasures,
        arguments={
            "measure": Argument(enum_type(TownMeasure), "指标"),
            "first": Argument(int, "取前几个镇，1–500；总数见 count", 100),
        },
        weight=300,
        what_if=False,
    ),
)
