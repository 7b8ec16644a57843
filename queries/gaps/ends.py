"""Ends of a town's chain: whether what it buys first and what it sells last lie outside (两头在外)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import Stage
from graph.snapshot.csr import Ints
from graph.snapshot.flows import Floats, supply_network
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive
from queries.gaps.nearness import ORDER, Nearness
from queries.gaps.state import Assessment

OUTSIDE_FROM = 0.5
"""The share of an end that lies outside from which the whole end does."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of the chain: purchases of upstream goods, or sales of what is made of them."""

    by_nearness: Mapping[Nearness, float]
    """Yuan a year, of what is measured, by how near the seller (or the buyer) is."""
    trades: int
    """How many are known: seller, buyer and product, or buyer, product and origin."""
    measured: int
    """How many of them have a value that may be used."""

    @property
    def total(self) -> float | None:
        """All that is measured, yuan a year; None: nothing is."""
        return sum(self.by_nearness.values()) if self.measured else None

    @property
    def outside(self) -> tuple[float, float] | None:
        """The share outside the town (0–1), least and most, as partners of unknown place may be local."""
        total = self.total
        if not total:
            return None
        local = self.by_nearness.get(Nearness.TOWN, 0.0)
        unsure = self.by_nearness.get(Nearness.UNKNOWN, 0.0)
        return (total - local - unsure) / total, (total - local) / total


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a town's chain."""

    upstream: End
    downstream: End
    both_outside: bool | None
    """Whether at least half of either end lies outside the town; None: not known."""
    reason: str | None
    """What is not known; None: nothing."""


def ends_of(snapshot: Snapshot, found: Assessment, as_of: int) -> Ends:
    """Tell where both ends lie: purchases of UPSTREAM steps, sales of MIDSTREAM and DOWNSTREAM steps.

    An end is outside when its least share outside is 0.5 or more, and not when its greatest is below.
    """
    first = snapshot.nodes["Product"].first
    early = [p - first for p, (stage, _) in found.steps.items() if stage is Stage.UPSTREAM]
    late = [p for p, (stage, _) in found.steps.items() if stage in {Stage.MIDSTREAM, Stage.DOWNSTREAM}]
    demand = found.demand
    upstream = _end(
        demand.origins[early].sum(axis=0),
        int(demand.purchases[early].sum()),
        int(demand.measured[early].sum()),
    )
    downstream = _sales(snapshot, found, np.array(late, np.int32), as_of)
    lies = [_lies_outside(end) for end in (upstream, downstream)]
    both = False if False in lies else None if None in lies else True
    words = [w for w, known in zip(("上游采购", "下游销售"), lies, strict=True) if known is None]
    reason = f"{'与'.join(words)}在镇外的占比不详或不足以判断" if both is None else None
    return Ends(upstream, downstream, both, reason)


def _lies_outside(end: End) -> bool | None:
    if end.outside is None:
        return None
    least, most = end.outside
    return True if least >= OUTSIDE_FROM else False if most < OUTSIDE_FROM else None


def _sales(snapshot: Snapshot, found: Assessment, products: Ints, as_of: int) -> End:
    local = local_to(snapshot, found.town, as_of) & alive(snapshot.nodes["Organisation"], as_of)
    network = supply_network(snapshot, as_of)
    _, buyer, edge = network.customers.at(np.flatnonzero(local).astype(np.int32))
    asked = np.isin(network.flows.product[edge], products)
    value, near = network.flows.measured[edge[asked]], found.near[buyer[asked]]
    known = ~np.isnan(value)
    by_near = np.bincount(near[known], weights=value[known], minlength=len(Nearness))
    return _end(by_near, len(value), int(known.sum()))


def _end(by_near: Floats, trades: int, measured: int) -> End:
    values = {word: float(by_near[place]) for word, place in ORDER.items() if by_near[place] > 0}
    return End(values, trades, measured)
