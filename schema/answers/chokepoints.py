"""Choke points of an organisation's supply, and the single-sourced purchases of a town."""

import strawberry

from queries.linkage.single_sources import SingleSourced, single_sourced
from queries.network.chokepoints import Chokepoints, chokepoints
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "chokepoints",
        "供应的瓶颈：单点、最小割、互不相交的路径、单一来源的投入、割点与桥",
        chokepoints,
        Chokepoints,
        on="Organisation",
        arguments={
            "material": Argument(
                strawberry.ID | None, "源头：此产品的全部生产者；空为全部无已知供应商的主体", None
            ),
            "first": Argument(int, "每个列表取前几个，1–500；总数另列", 20),
        },
    ),
    Question(
        "singleSourced",
        "本地主体的单一来源采购",
        single_sourced,
        SingleSourced,
        on="Town",
        arguments={"first": Argument(int, "取前几笔，1–500", 50)},
    ),
)
