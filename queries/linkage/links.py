"""One flow as answers show it: who sells what to whom, when, for how much."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.flows import Flows
from graph.table import MISSING

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
    edge: int
    """Its place among the SUPPLIES relations of the snapshot."""


def link_of(flows: Flows, edge: int) -> Link:
    """Take one flow out of the arrays."""
    year = int(flows.year[edge])
    return Link(
        start=int(flows.start[edge]),
        end=int(flows.end[edge]),
        product=int(flows.product[edge]),
        year=None if year == MISSING else year,
        value=known(float(flows.value[edge])),
        share=known(float(flows.share[edge])),
        stale=bool(flows.stale[edge]),
        rivals=int(flows.rivals[edge]),
        edge=int(flows.edge[edge]),
    )


def known(number: float) -> float | None:
    """Turn the mark of the unknown into None."""
    return None if np.isnan(number) else number
