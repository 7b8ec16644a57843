"""Upstream and downstream of an organisation: tier by tier, and as paths."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from graph.snapshot.snapshot import Snapshot
from queries.links import Direction
from queries.network.walk import Walk, WalkPaths, strongest_paths, walk
from schema.language.context import Info
from schema.language.publish import Shown, published, type_of
from schema.language.question import Argument, Question


async def _paths(
    root: Shown[Walk],
    info: Info,
    first: Annotated[int, strawberry.argument(description="取前几条，1–200")] = 20,
) -> Shown[WalkPaths]:
    found = await info.context.analyse_of(root.snapshot, strongest_paths, root.found, first=first)
    return type_of(WalkPaths)(found, root.snapshot)


published(
    Walk,
    paths=strawberry.field(
        _paths, graphql_type=type_of(WalkPaths), description="由起点到末级的路径，份额大者在前"
    ),
)
ARGUMENTS = {
    "depth": Argument(int, "级数，1–10", 3),
    "max_nodes": Argument(int, "至多几个主体（含起点），1–5000；截断时见 cut", 200),
    "min_share": Argument(float | None, "只沿占买方该产品采购额不低于此比例（0–1）的供应走", None),
    "product": Argument(strawberry.ID | None, "只沿此产品的供应走", None),
}


def _asked(direction: Direction) -> Callable[..., Walk]:
    """Fix the direction of a walk."""

    def ask(snapshot: Snapshot, id: str, **asked: Any) -> Walk:
        return walk(snapshot, id, direction=direction, **asked)

    return ask


def _question(name: str, words: str, direction: Direction) -> Question:
    return Question(name, words, _asked(direction), Walk, on="Organisation", arguments=ARGUMENTS)


QUESTIONS = (
    _question("upstream", "上游：逐级的供应商", "UP"),
    _question("downstream", "下游：逐级的客户", "DOWN"),
)
