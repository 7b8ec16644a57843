"""The steps of reference chains in a year: which products, at which stage, and whether they are required."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from graph.kinds.terms import Stage
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in

type Steps = dict[NodeIndex, tuple[Stage | None, bool | None]]
"""Of products (global rows): the stage, and whether the step is required."""


def other_ends(snapshot: Snapshot, side: Literal["start", "end"], row: int, year: int) -> list[NodeIndex]:
    """List the chains that a town follows (`start`), or the towns that follow a chain (`end`)."""
    follows = snapshot.relations["FOLLOWS"]
    here, there = (follows.start, follows.end) if side == "start" else (follows.end, follows.start)
    return np.unique(there[valid_in(follows, year) & (here == row)]).tolist()


def steps_of(snapshot: Snapshot, chains: Sequence[int], year: int) -> Steps:
    """Map each product of the chains to its stage and whether it is required, ordered by stage and id.

    A step that stands in several chains counts once: its first stage, and required when any requires it.
    """
    edges = snapshot.relations["STEP_OF"]
    found: dict[NodeIndex, tuple[int, int]] = {}
    for place in np.flatnonzero(valid_in(edges, year) & np.isin(edges.end, chains)).tolist():
        product, stage = NodeIndex(int(edges.start[place])), int(edges["stage"][place])
        before = found.get(product, (len(Stage), -1))
        found[product] = (
            min(before[0], stage % (len(Stage) + 1)),
            max(before[1], int(edges["required"][place])),
        )
    stages: list[Stage | None] = [*Stage, None]
    ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
    return {p: (stages[stage], None if required < 0 else bool(required)) for p, (stage, required) in ordered}
