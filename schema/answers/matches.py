"""Matches: what one town of the province buys elsewhere and another makes."""

from typing import Any

from queries.sourcing.matches import MatchDirection, matches
from schema.answers.proximity import WHENCE, WhenceName
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, nodes_field, result_type, results_field, value_field

DirectionName: Any = enum_type(MatchDirection)
UNMEASURED = "；0 为没有已知采购，空为已知采购、未计量"

MatchType = result_type(
    "Match",
    "一镇在别处采购、而省内另一镇生产的产品",
    product=node_field("Product", "产品", lambda row: row.product),
    buyer=node_field("Town", "采购镇", lambda row: row.buyer),
    seller=node_field("Town", "生产镇", lambda row: row.seller),
    direction=value_field("方向，相对于所问的镇", DirectionName, lambda row: row.direction),
    whence=value_field(
        "现从何处采购：有省外的为 OUTSIDE，否则有省内外镇的为 INSIDE，都没有为 UNKNOWN",
        WhenceName,
        lambda row: WHENCE[row.origin],
    ),
    outside=value_field(f"从省外、境外采购（元/年）{UNMEASURED}", float | None, lambda row: row.outside),
    inside=value_field(f"从省内、两镇之外采购（元/年）{UNMEASURED}", float | None, lambda row: row.inside),
    unknown_origin=value_field(
        f"来源不详的采购（元/年）{UNMEASURED}", float | None, lambda row: row.unknown_origin
    ),
    from_there=value_field(
        f"已从生产镇采购，不计入以上各项（元/年）{UNMEASURED}", float | None, lambda row: row.from_there
    ),
    unmeasured=value_field("以上各项中没有可用数值的采购笔数", int, lambda row: row.unmeasured),
    buyers=nodes_field("Organisation", "采购镇中在别处采购者", lambda row: row.buyers),
    makers=nodes_field("Organisation", "生产镇中的生产者（同时属于采购镇的不列）", lambda row: row.makers),
)
MatchesType = answer_type(
    "Matches",
    "镇际匹配：一镇在别处采购、省内另一镇生产",
    town=node_field("Town", "所问的专业镇", lambda found: found.town),
    rows=results_field("匹配：从省外采购的在前，金额大者在前", MatchType, lambda found: found.rows),
    count=value_field("匹配总数", int, lambda found: found.count),
)
QUESTIONS = (
    Question(
        "matches",
        "本镇在别处采购而省内他镇生产的产品，及他镇在别处采购而本镇生产的产品",
        matches,
        MatchesType,
        on="Town",
        arguments={
            "direction": Argument(DirectionName | None, "方向；空为两个方向", None),
            "first": Argument(int, "取前几条，1–500", 20),
        },
    ),
)
