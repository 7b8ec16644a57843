"""Articulation: whose loss, of a firm or of a pair's trade, splits the undirected network upstream of a firm.

Weaker than dominance: the direction of the goods does not count, nor where they begin.
"""

from dataclasses import dataclass
from itertools import starmap
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.kernels.separations import separations
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from queries.network.partners import Partners


@result("割点：失去它，上游网络（不计方向）便断开；弱于单点")
@dataclass(frozen=True, slots=True)
class Articulation:
    """An organisation whose loss splits the undirected network around the one asked about."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    separated: Annotated[int, "因此与所问主体不再相连的上游主体数"]
    """In either direction."""


@result("桥：两部分上游网络（不计方向）之间唯一的往来；弱于单点")
@dataclass(frozen=True, slots=True)
class Bridge:
    """A pair whose trade is the only connection between two parts of that network."""

    near: Annotated[NodeIndex, Organisation, "靠近所问主体的一方"]
    far: Annotated[NodeIndex, Organisation, "另一方"]
    separated: Annotated[int, "断开后不再相连的上游主体数"]


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
