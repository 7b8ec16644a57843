"""Who takes part in an evaluation: the towns recognised in a year, of a level; who does not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.results import result
from graph.kinds.terms import TownLevel, TownStatus
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code


@result("一个未参评的专业镇及原因")
@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A town of the level that does not take part."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    reason: Annotated[str, "原因"]


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Towns of a year."""

    towns: Sequence[int]
    """Places, in order."""
    others: Sequence[NotEvaluated]
    undated: int
    """How many take part though nobody knows since when they are recognised."""


def taking_part(
    snapshot: Snapshot, as_of: int, level: TownLevel | None = None, *, candidates: bool = False
) -> TakingPart:
    """List the towns of a level (None: of any) that are recognised on 31 December; candidates if asked."""
    table = snapshot.nodes["Town"]
    mine = np.ones(len(table), np.bool_) if level is None else table["level"] == code(level)
    towns, others, undated = list[int](), list[NotEvaluated](), 0
    for place in np.flatnonzero(mine).tolist():
        if (reason := _out(snapshot, place, as_of, candidates=candidates)) is None:
            towns.append(place)
            undated += bool(np.isnat(table["recognisedOn"][place]))
        else:
            others.append(NotEvaluated(NodeIndex(place + table.first), reason))
    return TakingPart(towns, others, undated)


def some(snapshot: Snapshot, as_of: int, level: TownLevel | None, *, candidates: bool) -> TakingPart:
    """List who takes part; raises BadInput when there is no such town at all."""
    found = taking_part(snapshot, as_of, level, candidates=candidates)
    if found.towns:
        return found
    what = "" if level is None else f"{level.words}"
    table = snapshot.nodes["Town"]
    held = [one.words for one in TownLevel if (table["level"] == code(one)).any()]
    raise BadInput(
        f"level：{as_of} 年没有可参评的{what}专业镇（登记 {len(found.others)} 个，均未参评）；"
        f"图中有镇的级别：{'、'.join(held) or '无'}；候选镇须以 includeCandidates: true 试排",
        "level",
    )


def _out(snapshot: Snapshot, place: int, as_of: int, *, candidates: bool) -> str | None:
    """Why a town does not take part; None: it does."""
    table, end = snapshot.nodes["Town"], np.datetime64(f"{as_of:04}-12-31")
    begins, ends = table["recognisedOn"][place], table["withdrawnOn"][place]
    if not np.isnat(ends) and ends <= end:
        return f"已于 {ends} 撤销认定"
    if table["status"][place] == code(TownStatus.WITHDRAWN) and np.isnat(ends):
        return "已撤销认定，日期不详"
    if table["status"][place] == code(TownStatus.CANDIDATE):
        return None if candidates else "候选镇，尚未认定"
    if not np.isnat(begins) and begins > end:
        return f"{begins} 才认定"
    return None
