"""Concentration of output, sales and purchases; centrality in the supply network."""

import strawberry

from queries.linkage.concentration import ConcentrationOf, concentration
from queries.network.centrality import CentralityOrder, centrality
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, result_type, results_field, value_field

SCOPE = Argument(strawberry.ID | None, "范围：专业镇或行政区划的标识；空为全部", None)

ShareType = result_type(
    "MarketShare",
    "一个主体所占的份额",
    organisation=node_field("Organisation", "主体", lambda found: found.row),
    value=value_field("数值（元/年；产品的产量为其单位/年）", float, lambda found: found.value),
    share=value_field("占已知合计的份额（0–1）", float, lambda found: found.share),
)
ConcentrationType = answer_type(
    "Concentration",
    "集中度",
    hhi=value_field("赫芬达尔指数 Σs²（1/n–1）；空为不详", float | None, lambda found: found.hhi),
    equivalent=value_field(
        "相当于几个规模相等的主体：1 ÷ HHI；空为不详", float | None, lambda found: found.equivalent
    ),
    cr4=value_field("前四家的份额（0–1）；空为不详", float | None, lambda found: found.cr4),
    total=value_field(
        "已知合计（元/年；产品的产量为其单位/年）；空为不详", float | None, lambda found: found.total
    ),
    count=value_field("数值已知且大于 0 的主体数 n", int, lambda found: found.count),
    unknown_count=value_field(
        "参与其中、但数值不详的主体数：不计入任何份额", int, lambda found: found.unknown_count
    ),
    rows=results_field("主体：份额大者在前", ShareType, lambda found: found.rows),
)
StandingType = result_type(
    "Standing",
    "一个主体在供应网络中的位置",
    organisation=node_field("Organisation", "主体", lambda found: found.row),
    suppliers=value_field("供应商数（入度）：每家计一次", int, lambda found: found.suppliers),
    customers=value_field("客户数（出度）：每家计一次", int, lambda found: found.customers),
    pagerank=value_field(
        "PageRank：沿货物流向随机行走停留于此的时间占比，全体合计为 1", float, lambda found: found.pagerank
    ),
    betweenness=value_field(
        "介数：其他主体两两之间的最短供应路径经过它的占比（0–1）；空为主体不足三个",
        float | None,
        lambda found: found.betweenness,
    ),
    standard_error=value_field(
        "介数的标准误；0 为取自全部起点，空为只有一个起点", float | None, lambda found: found.standard_error
    ),
)
CentralityType = answer_type(
    "Centrality",
    "供应网络中的位置",
    rows=results_field("主体：依 orderBy", StandingType, lambda found: found.rows),
    count=value_field("范围内主体总数", int, lambda found: found.count),
    samples=value_field("介数实际所用的起点数", int, lambda found: found.samples),
)
QUESTIONS = (
    Question(
        "concentration",
        "产出、销售或采购的集中度：HHI、CR4",
        concentration,
        ConcentrationType,
        arguments={
            "scope": SCOPE,
            "of": Argument(enum_type(ConcentrationOf), "集中度的对象", ConcentrationOf.OUTPUT),
            "product": Argument(strawberry.ID | None, "只计此产品；空为全部", None),
            "first": Argument(int, "取前几个主体，1–500", 10),
        },
    ),
    Question(
        "centrality",
        "供应网络中的位置：度、PageRank、介数（抽样）；每对买卖方计一条边，不论金额",
        centrality,
        CentralityType,
        arguments={
            "scope": SCOPE,
            "samples": Argument(int, "介数的抽样起点数，1–1024；不少于主体数即为精确", 64),
            "seed": Argument(int, "抽样的种子：相同则答案相同", 0),
            "order_by": Argument(enum_type(CentralityOrder), "排序", CentralityOrder.PAGERANK),
            "first": Argument(int, "取前几个主体，1–500", 20),
        },
    ),
)
