"""Articulation: whose loss, of a firm or of a pair's trade, splits the undirected network upstream of a firm.

Weaker than dominance: the direction of the goods does not count, nor where they begin.
"""

from dataclasses import dataclass
from itertools import starmap

import numpy as np

from graph.deadline import checkpoint
from graph.kernels.separations import separations
from graph.snapshot.csr import Ints
from queries.network.partners import Partners


@dataclass(frozen=True, slots=True)
class Articulation:
    """An organisation whose loss splits the undirected network around the one asked about."""

    row: int
    separated: int
    """How many organisations upstream it then has no connection with, in either direction."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """A pair whose trade is the only connection between two parts of that network."""

    near: int
    """The one on the side of the organisation asked about."""
    far: int
    separated: int
    """How many organisations upstream are beyond it."""


def articulation(linked: Partners, tier: Ints) -> tuple[list[Articulation], list[Bridge]]:
    """Find the articulation firms and bridges among an organisation and all upstream of it, the worst first.

    `tier` tells the links from each to it (`tiers_upstream`). O(links).
    """
    root = int(np.flatnonzero(tier == 0)[0])
    links = linked.customers.indptr, linked.customers.indices
    back = linked.suppliers.indptr, linked.suppliers.indices
    checkpoint()
    lost, before, behind = separations(*links, *back, tier >= 0, root)
    worst = np.flatnonzero(lost)[np.argsort(-lost[lost > 0], kind="stable")]
    split_off = zip((worst + linked.first).tolist(), lost[worst].tolist(), strict=True)
    far = np.flatnonzero(behind)[np.argsort(-behind[behind > 0], kind="stable")]
    arrays = (before[far] + linked.first).tolist(), (far + linked.first).tolist(), behind[far].tolist()
    return list(starmap(Articulation, split_off)), list(starmap(Bridge, zip(*arrays, strict=True)))
