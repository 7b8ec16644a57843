"""Linkages and key sectors."""

from typing import Any

import strawberry

from queries.linkage.leontief import LinkageClass, LinkageOrder, linkages
from queries.linkage.method import Level
from schema.enums import enum_type
from schema.members import member_field, members_field
from schema.methods import answer_type
from schema.questions import Argument, Question
from schema.results import nodes_field, result_type, results_field, value_field

LevelName: Any = enum_type(Level)

SCOPE = Argument(strawberry.ID | None, "范围：专业镇或行政区划的标识；空为全部", None)
LEVEL = Argument(LevelName, "层级：先按层级合计，再计算", Level.INDUSTRY)
DIGITS = Argument(int, "层级为行业时的代码位数：2、3 或 4", 2)
CAP = Argument(bool, "把采购超过产出者的采购压到产出的 0.999；默认不压，只列出", default=False)

Sector = result_type(
    "Linkage",
    "一个部门（主体）的前后向关联",
    member=member_field(lambda row: row.row),
    output=value_field("产出（元/年）", float, lambda row: row.output),
    output_from_sales=value_field(
        "产出是否（部分）以已观测销售额代替营业收入", bool, lambda row: row.from_sales
    ),
    backward_linkage=value_field(
        "后向关联：每 1 元最终需求带动的总产出（元）", float, lambda row: row.backward_linkage
    ),
    forward_linkage=value_field(
        "前向关联：每 1 元增加值推动的总产出（元），按 Ghosh 逆矩阵行和",
        float,
        lambda row: row.forward_linkage,
    ),
    forward_linkage_leontief=value_field(
        "列昂惕夫逆矩阵行和：各部门最终需求都增 1 元时本部门的产出（元）；国内统计常以此定义感应度",
        float,
        lambda row: row.forward_linkage_leontief,
    ),
    backward_index=value_field("影响力系数：后向关联与其均值之比", float, lambda row: row.backward_index),
    forward_index=value_field(
        "感应度系数：前向关联（Ghosh）与其均值之比", float, lambda row: row.forward_index
    ),
    dispersion=value_field(
        "列变异系数：拉动是否集中于少数部门；空为部门过多、未算", float | None, lambda row: row.dispersion
    ),
    kind=value_field("关联类型", enum_type(LinkageClass), lambda row: row.kind),
)
LinkagesType = answer_type(
    "Linkages",
    "前后向关联与关键部门（投入产出）",
    rows=results_field("部门（主体）", Sector, lambda found: found.rows),
    count=value_field("部门（主体）总数", int, lambda found: found.count),
    conflicts=nodes_field(
        "Organisation", "销售额超过营业收入的主体：来源相互矛盾，取销售额", lambda found: found.conflicts
    ),
    excess=members_field("采购额不小于产出的部门（主体）", lambda found: found.excess),
)
QUESTIONS = (
    Question(
        "linkages",
        "前后向关联与关键部门：列昂惕夫与 Ghosh 逆矩阵、影响力系数、感应度系数",
        linkages,
        LinkagesType,
        arguments={
            "scope": SCOPE,
            "level": LEVEL,
            "digits": DIGITS,
            "cap": CAP,
            "order_by": Argument(enum_type(LinkageOrder), "排序", LinkageOrder.OUTPUT),
            "first": Argument(int, "取前几个，1–500", 50),
        },
    ),
)
