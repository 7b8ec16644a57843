"""Towns side by side."""

import strawberry

from queries.comparison.compare import Comparison, compare
from schema.answers import checkup, chokepoints, concentration, gaps, position, similarity, sourcing_rate
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
)
