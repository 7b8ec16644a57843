"""Linkages and key sectors."""

import strawberry

from queries.answer import Aggregation
from queries.linkage.leontief import LinkageAnswer, LinkageOrder, linkages
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

WITHIN = Argument(strawberry.ID | None, "范围：专业镇或行政区划的标识；空为全部", None)
LEVEL = Argument(enum_type(Aggregation), "层级：先按层级合计，再计算", Aggregation.INDUSTRY)
DIGITS = Argument(int, "层级为行业时的代码位数：2、3 或 4", 2)
CAP = Argument(bool, "把采购超过产出者的采购压到产出的 0.999；默认不压，只列出", default=False)

QUESTIONS = (
    Question(
        "linkages",
        "前后向关联与关键部门：列昂惕夫与 Ghosh 逆矩阵、影响力系数、感应度系数",
        linkages,
        LinkageAnswer,
        arguments={
            "within": WITHIN,
            "aggregation": LEVEL,
            "digits": DIGITS,
            "cap": CAP,
            "order_by": Argument(enum_type(LinkageOrder), "排序", LinkageOrder.OUTPUT),
            "first": Argument(int, "取前几个，1–500", 50),
        },
        weight=50,
    ),
)
