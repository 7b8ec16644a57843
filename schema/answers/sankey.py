"""Sankey diagrams: the flows of a year, ready to be drawn."""

import strawberry

from queries.answer import Aggregation
from queries.linkage.sankey import Sankey, sankey
from queries.linkage.streams import Cycles
from schema.answers.linkages import DIGITS, WITHIN
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "sankey",
        "流向图（桑基图）：某范围内、或某主体周围的供应，按层级合计，去掉循环后分列",
        sankey,
        Sankey,
        arguments={
            "within": WITHIN,
            "around": Argument(
                strawberry.ID | None, "只取此主体上游与下游各 hops 级之内的主体之间的供应；空为不限", None
            ),
            "hops": Argument(int, "around 的级数，0–10", 2),
            "aggregation": Argument(enum_type(Aggregation), "层级：按层级合计后再画", Aggregation.PRODUCT),
            "digits": DIGITS,
            "cycles": Argument(enum_type(Cycles), "循环供应的处理", Cycles.DROP),
            "first": Argument(int, "画出金额最大的几条连线，1–500", 60),
        },
        weight=20,
    ),
)
