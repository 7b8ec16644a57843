"""Matches: what one town of the province buys elsewhere and another makes."""

from queries.sourcing.matches import MatchDirection, Matches, matches
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "matches",
        "本镇在别处采购而省内他镇生产的产品，及他镇在别处采购而本镇生产的产品",
        matches,
        Matches,
        on="Town",
        arguments={
            "direction": Argument(enum_type(MatchDirection) | None, "方向；空为两个方向", None),
            "first": Argument(int, "取前几条，1–500", 20),
        },
    ),
)
