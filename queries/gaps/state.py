"""State of every product for a town: missing, weak, covered or not known, and the reasons why.

The state is the first that fits: UNKNOWN, MISSING, WEAK, COVERED. Local makers are those located in a region
of the town or its members; nobody registered is not nobody there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.kinds.terms import Stage
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.proximity import Proximities, to_area
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.gaps.chain_steps import Steps, other_ends, steps_of
from queries.gaps.demand import Demand, bought_at_all, demand_of
from queries.gaps.product_links import downstream, inputs_of
from queries.gaps.supply import Supply, supply_of
from queries.gaps.terms import GapReason, GapState

type Reasons = "dict[GapReason, Mask]"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as weak."""

    local_share: float = 0.4
    """Under it the local share is low (0–1)."""
    hhi: float = 0.5
    """From it on purchases come from too few (0–1)."""


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """A town's products, as places in the arrays of all products, each with what is known and concluded."""

    town: int
    """Its place."""
    chains: Sequence[NodeIndex]
    steps: Steps
    """Of global rows of the chains' products: stage, required."""
    products: Ints
    """Places of all that have a state, in order."""
    left_out: int
    """Optional steps that nobody local makes or buys."""
    state: Ints
    """Of `products`: places in GapState."""
    reasons: Reasons
    """Of all products."""
    because: Ints
    """Of all products: the place of what the town makes that goes into it; -1: none."""
    near: Proximities
    """Of organisations: how near they are to the town."""
    supply: Supply
    demand: Demand

    def reasons_at(self, place: int) -> tuple[GapReason, ...]:
        """List the reasons that hold for a product (its place)."""
        return tuple(reason for reason, mask in self.reasons.items() if mask[place])

    def state_at(self, place: int) -> GapState | None:
        """The state of a product (its place); None: an optional step, left out."""
        found = np.searchsorted(self.products, place)
        here = found < len(self.products) and self.products[found] == place
        return list(GapState)[self.state[found]] if here else None


def assess(snapshot: Snapshot, town: int, as_of: int, limits: Thresholds) -> Assessment:
    """The state of all products of a town's chains and purchases (the town: a global row)."""
    place = town - snapshot.nodes["Town"].first
    chains = other_ends(snapshot, "start", town, as_of)
    steps = steps_of(snapshot, chains, as_of)
    near = to_area(snapshot, town, as_of)
    supply = supply_of(snapshot, place, near.farthest, as_of)
    checkpoint()
    buyers = np.flatnonzero(local_to(snapshot, place, as_of) & alive(snapshot.nodes["Organisation"], as_of))
    demand = demand_of(snapshot, buyers.astype(np.int32), near, as_of)
    checkpoint()
    first, count = snapshot.nodes["Product"].first, len(snapshot.nodes["Product"])
    marks = _Marks.of(steps, first, count)
    ends, starts = downstream(inputs_of(snapshot, as_of), supply.local > 0, marks.chain, marks.support)
    because = np.full(count, -1, np.int32)
    because[ends] = starts
    reasons = _reasons(supply, demand, because, limits)
    products, left_out = _products(marks, supply, demand, because)
    known = (supply.counts.sum(axis=1) > 0) | bought_at_all(snapshot, as_of)
    state = _states(marks, demand, because, known, reasons)[products]
    return Assessment(place, chains, steps, products, left_out, state, reasons, because, near, supply, demand)


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """What the chains say of every product."""

    chain: Mask
    support: Mask
    required: Mask
    optional: Mask

    @classmethod
    def of(cls, steps: Steps, first: int, count: int) -> "_Marks":
        chain, support, required, optional = (np.zeros(count, np.bool_) for _ in range(4))
        for row, (stage, needed) in steps.items():
            chain[row - first] = True
            support[row - first] = stage is Stage.SUPPORT
            required[row - first] = needed is True
            optional[row - first] = needed is False
        return cls(chain, support, required, optional)


def _reasons(supply: Supply, demand: Demand, because: Ints, limits: Thresholds) -> Reasons:
    made, bought = supply.local > 0, demand.sourcing.purchases > 0
    none = np.zeros(len(made), np.bool_)
    unqualified = none if supply.qualified is None else made & (supply.qualified == 0)
    return {
        GapReason.NO_MAKER: ~made,
        GapReason.OUTSIDE_ONLY: ~made & bought,
        GapReason.SINGLE_SOURCE: (supply.local == 1) | (demand.hhi >= limits.hhi),
        GapReason.LOW_LOCAL_SHARE: demand.sourcing.rate_at_most < limits.local_share,
        GapReason.NO_QUALIFIED_MAKER: unqualified,
        GapReason.NO_DOWNSTREAM: because >= 0,
        GapReason.LOSING: supply.local < supply.before,
    }


def _products(marks: _Marks, supply: Supply, demand: Demand, because: Ints) -> tuple[Ints, int]:
    """List the products that have a state, and count the optional steps that are left out."""
    present = (supply.local > 0) | (demand.sourcing.purchases > 0) | (because >= 0)
    idle = marks.optional & ~present
    asked = marks.chain | (demand.sourcing.purchases > 0) | (because >= 0)
    return np.flatnonzero(asked & ~idle).astype(np.int32), int(idle.sum())


def _states(marks: _Marks, demand: Demand, because: Ints, known: Mask, reasons: Reasons) -> Ints:
    """The state of every product: the first that fits."""
    absent = reasons[GapReason.NO_MAKER]
    wanted = marks.required | (demand.sourcing.purchases > 0) | (because >= 0)
    weak = reasons[GapReason.SINGLE_SOURCE] | reasons[GapReason.LOW_LOCAL_SHARE]
    weak = weak | reasons[GapReason.NO_QUALIFIED_MAKER]
    # Nobody local makes it, nobody local buys it, and nobody knows whether it is required.
    unsure = absent & ~wanted
    order = {term: place for place, term in enumerate(GapState)}
    found = np.select(
        [~known | unsure, absent, weak],
        [order[GapState.UNKNOWN], order[GapState.MISSING], order[GapState.WEAK]],
        order[GapState.COVERED],
    )
    return found.astype(np.int32)
