"""Sankey diagrams: the flows of a year, ready to be drawn."""

import strawberry

from queries.answer import Level
from queries.linkage.sankey import sankey
from queries.linkage.streams import Cycles
from schema.answers.linkages import DIGITS, SCOPE, LevelName
from schema.language.enums import enum_type
from schema.language.members import member_field, members_field
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import result_type, results_field, value_field

SankeyNodeType = result_type(
    "SankeyNode",
    "流向图的一个节点：一个成员，或互为上下游而合并的一组",
    member=member_field(lambda node: node.row),
    members=members_field("全部成员，流量大者在前，至多 100 个", lambda node: node.members),
    count=value_field("成员数；大于 1 即为合并的循环", int, lambda node: node.count),
    tier=value_field("所在列，由 0 起；每条连线都通向更高的列", int, lambda node: node.tier),
    value_in=value_field(
        "由其他节点流入（元/年），含未画出者、不含已断开者", float, lambda node: node.value_in
    ),
    value_out=value_field(
        "流向其他节点（元/年），含未画出者、不含已断开者", float, lambda node: node.value_out
    ),
    internal=value_field("节点内部的供应（元/年）", float, lambda node: node.internal),
)
SankeyLinkType = result_type(
    "SankeyLink",
    "流向图的一条连线：货物由 source 流向 target",
    source=value_field("起点：nodes 中的序号，由 0 起", int, lambda link: link.source),
    target=value_field("终点：nodes 中的序号，由 0 起", int, lambda link: link.target),
    value=value_field("金额（元/年）", float, lambda link: link.value),
    unmeasured=value_field("两者之间另有几笔金额不详的供应", int, lambda link: link.unmeasured),
)
SankeyType = answer_type(
    "Sankey",
    "流向图（桑基图）：无环，可直接绘制；total = shown + leftOut + dropped + internal",
    nodes=results_field("节点：按列、流量排序", SankeyNodeType, lambda found: found.nodes),
    links=results_field("连线：金额大者在前", SankeyLinkType, lambda found: found.links),
    total=value_field("所涉已计量供应之和（元/年）", float, lambda found: found.total),
    shown=value_field("其中已画出（元/年）", float, lambda found: found.shown),
    left_out=value_field("其中超出 first 而未画出（元/年）", float, lambda found: found.left_out),
    left_out_links=value_field("未画出的连线数", int, lambda found: found.left_out_links),
    dropped=value_field("其中为断开循环而去掉（元/年）", float, lambda found: found.dropped),
    dropped_share=value_field(
        "去掉者占总额的比例（0–1）；空为没有已计量的供应", float | None, lambda found: found.dropped_share
    ),
    dropped_links=value_field("去掉的连线数", int, lambda found: found.dropped_links),
    internal=value_field(
        "其中节点内部：同一成员之内，与合并的循环之内（元/年）", float, lambda found: found.internal
    ),
)
QUESTIONS = (
    Question(
        "sankey",
        "流向图（桑基图）：某范围内、或某主体周围的供应，按层级合计，去掉循环后分列",
        sankey,
        SankeyType,
        arguments={
            "scope": SCOPE,
            "around": Argument(
                strawberry.ID | None, "只取此主体上游与下游各 hops 级之内的主体之间的供应；空为不限", None
            ),
            "hops": Argument(int, "around 的级数，0–10", 2),
            "level": Argument(LevelName, "层级：按层级合计后再画", Level.PRODUCT),
            "digits": DIGITS,
            "cycles": Argument(enum_type(Cycles), "循环供应的处理", Cycles.DROP),
            "first": Argument(int, "画出金额最大的几条连线，1–500", 60),
        },
    ),
)
