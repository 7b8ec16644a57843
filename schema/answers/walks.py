"""Upstream and downstream of an organisation: tier by tier, and as paths."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from graph.snapshot.snapshot import Snapshot
from queries.links import Direction, Link
from queries.network.walk import Walk, WalkPaths, strongest_paths, walk
from schema.language.context import Info
from schema.language.method import answer_type
from schema.language.publish import type_of
from schema.language.question import Argument, Question
from schema.language.results import (
    node_field,
    nodes_field,
    result_field,
    result_type,
    results_field,
    value_field,
)

WalkNode = result_type(
    "WalkNode",
    "上下游中的一个主体",
    entity=node_field("Organisation", "主体（取自快照）", lambda step: step.row),
    tier=value_field("离起点几级；起点为 0", int, lambda step: step.tier),
    value=value_field("与上一级之间的金额（元/年）；空为不详", float | None, lambda step: step.value),
)


Cut = result_type(
    "WalkCut",
    "未显示的部分：都为 0 即完整",
    nodes=value_field("因 limit 未列出的主体数", int, lambda cut: cut.left_out),
    frontier=value_field("已列出、但因 depth 或 limit 未再向前走的主体数", int, lambda cut: cut.frontier),
    unmeasured=value_field("因比例不详而未走的供应数（仅当给出 minShare）", int, lambda cut: cut.unmeasured),
    whole=value_field("是否完整", bool, lambda cut: cut.whole),
)
WalkPath = result_type(
    "WalkPath",
    "一条路径",
    nodes=nodes_field("Organisation", "由起点到末级的主体", lambda found: found.rows),
    share=value_field("沿途各级比例之积（0–1）；空为有一级不详", float | None, lambda path: path.share),
)
PathsType = result_type(
    "WalkPaths",
    "由起点到末级主体的路径，份额大者在前",
    paths=results_field("路径", WalkPath, lambda found: found.paths),
    more=value_field("是否还有更多路径", bool, lambda found: found.more),
)


def _paths_field() -> Any:
    async def resolve(
        root: Any,
        info: Info,
        first: Annotated[int, strawberry.argument(description="取前几条，1–200")] = 20,
    ) -> Any:
        found: WalkPaths = await info.context.analyse_of(
            root.snapshot, strongest_paths, root.found, first=first
        )
        return PathsType(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = PathsType
    return strawberry.field(resolve, description="由起点到末级的路径，份额大者在前")


WalkType = answer_type(
    "Walk",
    "上游或下游：逐级的主体、其间的供应、未显示的部分",
    nodes=results_field("主体：按级、金额、标识排序，首个为起点", WalkNode, lambda found: found.steps),
    links=results_field("其间的全部供应", type_of(Link), lambda found: found.links),
    cut=result_field("未显示的部分", Cut, lambda found: found.cut),
    as_of=value_field("所答年份", int, lambda found: found.as_of),
    paths=_paths_field(),
)
ARGUMENTS = {
    "depth": Argument(int, "级数，1–10", 3),
    "limit": Argument(int, "至多几个主体（含起点），1–5000；截断时见 cut", 200),
    "min_share": Argument(float | None, "只沿占买方该产品采购额不低于此比例（0–1）的供应走", None),
    "product": Argument(strawberry.ID | None, "只沿此产品的供应走", None),
}


def _asked(direction: Direction) -> Callable[..., Walk]:
    """Fix the direction of a walk."""

    def ask(snapshot: Snapshot, id: str, **asked: Any) -> Walk:
        return walk(snapshot, id, direction=direction, **asked)

    return ask


def _question(name: str, words: str, direction: Direction) -> Question:
    return Question(name, words, _asked(direction), WalkType, on="Organisation", arguments=ARGUMENTS)


QUESTIONS = (
    _question("upstream", "上游：逐级的供应商", "UP"),
    _question("downstream", "下游：逐级的客户", "DOWN"),
)
