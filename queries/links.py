"""One flow as answers show it: who sells what to whom, when, for how much."""

from dataclasses import dataclass
from math import isnan
from typing import Literal

from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import Flows
from graph.snapshot.table import MISSING

type Direction = Literal["UP", "DOWN"]


@dataclass(frozen=True, slots=True)
class Link:
    """One flow between two organisations of the walk, in the direction of the goods."""

    start: int
    end: int
    product: int
    year: int | None
    """The year of the figure; None: known, not measured."""
    value: float | None
    """Yuan a year."""
    share: float | None
    """Of the buyer's purchases of the product (0–1); None: unknown or stale."""
    stale: bool
    rivals: int
    """How many flows from other sources contradict it."""
    source: NodeIndex | None
    """Who says so; None: not stated."""
    edge: int
    """Its place among the relations of the snapshot."""


def links_of(flows: Flows, places: Ints) -> list[Link]:
    """Take some flows out of the arrays."""
    ends = (a[places].tolist() for a in (flows.start, flows.end, flows.product))
    years = [None if year == MISSING else year for year in flows.year[places].tolist()]
    figures = ([known(v) for v in a[places].tolist()] for a in (flows.value, flows.share))
    marks = (a[places].tolist() for a in (flows.stale, flows.rivals))
    sources = [None if row < 0 else NodeIndex(row) for row in flows.source[places].tolist()]
    cells = zip(*ends, years, *figures, *marks, sources, flows.edge[places].tolist(), strict=True)
    return [Link(*one) for one in cells]


def known(number: float) -> float | None:
    """Turn the mark of the unknown into None."""
    return None if isnan(number) else number
