"""Concentration of output, sales and purchases; centrality in the supply network."""

import strawberry

from queries.linkage.concentration import Concentration, ConcentrationOf, concentration
from queries.network.centrality import Centrality, CentralityOrder, centrality
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

WITHIN = Argument(strawberry.ID | None, "范围：专业镇或行政区划的标识；空为全部", None)

QUESTIONS = (
    Question(
        "concentration",
        "产出、销售或采购的集中度：HHI、CR4",
        concentration,
        Concentration,
        arguments={
            "within": WITHIN,
            "of": Argument(enum_type(ConcentrationOf), "集中度的对象", ConcentrationOf.OUTPUT),
            "product": Argument(strawberry.ID | None, "只计此产品；空为全部", None),
            "first": Argument(int, "取前几个主体，1–500", 10),
        },
    ),
    Question(
        "centrality",
        "供应网络中的位置：度、PageRank、介数（抽样）；每对买卖方计一条边，不论金额",
        centrality,
        Centrality,
        arguments={
            "within": WITHIN,
            "samples": Argument(int, "介数的抽样起点数，1–1024；不少于主体数即为精确", 64),
            "seed": Argument(int, "抽样的种子：相同则答案相同", 0),
            "order_by": Argument(enum_type(CentralityOrder), "排序", CentralityOrder.PAGERANK),
            "first": Argument(int, "取前几个主体，1–500", 20),
        },
        weight=100,
    ),
)
