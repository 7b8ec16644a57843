"""Position along the chain: upstreamness and downstreamness."""

from queries.linkage.position import (
    OwnPosition,
    PositionAnswer,
    PositionOrder,
    organisation_position,
    positions,
    town_position,
)
from schema.answers.linkages import CAP, DIGITS, LEVEL, WITHIN
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

WORDS = "产业链位置：上游度（到最终使用的级数）与下游度（离初始投入的级数）"
QUESTIONS = (
    Question(
        "positions",
        "产业链位置的排序：上游度与下游度",
        positions,
        PositionAnswer,
        arguments={
            "within": WITHIN,
            "aggregation": LEVEL,
            "digits": DIGITS,
            "cap": CAP,
            "order_by": Argument(enum_type(PositionOrder), "排序", PositionOrder.UPSTREAMNESS),
            "first": Argument(int, "取前几个，1–500", 50),
        },
        weight=50,
    ),
    Question(
        "position", WORDS, organisation_position, OwnPosition, on="Organisation", arguments={"cap": CAP}
    ),
    Question(
        "position", f"{WORDS}，以镇为成员", town_position, OwnPosition, on="Town", arguments={"cap": CAP}
    ),
)
