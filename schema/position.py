"""Position along the chain: upstreamness and downstreamness."""

from typing import Any

from queries.linkage.position import PositionOrder, organisation_position, positions, town_position
from schema.enums import enum_type
from schema.leontief import CAP, DIGITS, LEVEL, SCOPE
from schema.members import member_field
from schema.methods import answer_type
from schema.questions import Argument, Question
from schema.results import result_type, results_field, value_field

PLACE: dict[str, Any] = {
    "output": value_field("产出（元/年）", float, lambda row: row.output),
    "upstreamness": value_field("上游度：到最终使用的级数（≥ 1）", float, lambda row: row.upstreamness),
    "downstreamness": value_field("下游度：离初始投入的级数（≥ 1）", float, lambda row: row.downstreamness),
    "tier": value_field("取整的上游度：作图时的层", int, lambda row: row.tier),
}
MemberPosition = result_type(
    "MemberPosition", "一个成员的位置", member=member_field(lambda row: row.row), **PLACE
)
PositionsType = answer_type(
    "Positions",
    "产业链位置的排序",
    rows=results_field("成员", MemberPosition, lambda found: found.rows),
    count=value_field("成员总数", int, lambda found: found.count),
)


def _own(words: str, type: Any, name: str) -> Any:
    return value_field(words, type | None, lambda found: found.position and getattr(found.position, name))


PositionType = answer_type(
    "Position",
    "在产业链中的位置；数值为空即不详，见 unknown",
    above=value_field("位置更上游者所占比例（0–1）", float | None, lambda found: found.above),
    output=_own("产出（元/年）", float, "output"),
    upstreamness=_own("上游度：到最终使用的级数（≥ 1）", float, "upstreamness"),
    downstreamness=_own("下游度：离初始投入的级数（≥ 1）", float, "downstreamness"),
    tier=_own("取整的上游度：作图时的层", int, "tier"),
)
WORDS = "产业链位置：上游度（到最终使用的级数）与下游度（离初始投入的级数）"
QUESTIONS = (
    Question(
        "positions",
        "产业链位置的排序：上游度与下游度",
        positions,
        PositionsType,
        arguments={
            "scope": SCOPE,
            "level": LEVEL,
            "digits": DIGITS,
            "cap": CAP,
            "order_by": Argument(enum_type(PositionOrder), "排序", PositionOrder.UPSTREAMNESS),
            "first": Argument(int, "取前几个，1–500", 50),
        },
    ),
    Question(
        "position", WORDS, organisation_position, PositionType, on="Organisation", arguments={"cap": CAP}
    ),
    Question(
        "position", f"{WORDS}，以镇为成员", town_position, PositionType, on="Town", arguments={"cap": CAP}
    ),
)
