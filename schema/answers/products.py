"""Products: what goes into them, what they go into, who sells and who buys them."""

from collections.abc import Callable
from typing import Any

from graph.snapshot.snapshot import Snapshot
from queries.linkage.traders import ProductTraders, traders
from queries.links import Direction
from queries.network.products import ProductWalk, product_walk
from schema.language.question import Argument, Question

WALK = {
    "depth": Argument(int, "级数，1–10", 3),
    "max_nodes": Argument(int, "至多几种产品（含起点），1–2000；截断时见 leftOut", 200),
    "essential_only": Argument(bool, "只沿已知不可缺少的投入走", False),  # noqa: FBT003 - a default
}
TRADE = {"first": Argument(int, "取前几个主体，1–500", 20)}


def _walk(direction: Direction) -> Callable[..., ProductWalk]:
    def ask(snapshot: Snapshot, id: str, **asked: Any) -> ProductWalk:
        return product_walk(snapshot, id, direction=direction, **asked)

    return ask


def _traders(side: Direction) -> Callable[..., ProductTraders]:
    def ask(snapshot: Snapshot, id: str, **asked: Any) -> ProductTraders:
        return traders(snapshot, id, side=side, **asked)

    return ask


QUESTIONS = (
    Question(
        "upstream",
        "上游：逐级的投入品及其生产者数",
        _walk("UP"),
        ProductWalk,
        on="Product",
        arguments=WALK,
    ),
    Question(
        "downstream",
        "下游：逐级的用途（以此为投入品的产品）及其生产者数",
        _walk("DOWN"),
        ProductWalk,
        on="Product",
        arguments=WALK,
    ),
    Question(
        "sellers",
        "卖方：图内已知卖出此产品的主体，金额大者在前",
        _traders("UP"),
        ProductTraders,
        on="Product",
        arguments=TRADE,
    ),
    Question(
        "buyers",
        "买方：图内已知购入此产品的主体（含向图外购入者），金额大者在前",
        _traders("DOWN"),
        ProductTraders,
        on="Product",
        arguments=TRADE,
    ),
)
