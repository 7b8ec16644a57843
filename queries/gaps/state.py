"""State of every product for a town: missing, weak, covered or not known, and the reasons why.

The state is the first that fits: UNKNOWN, MISSING, WEAK, COVERED. Local makers are those located in a region
of the town or its members; nobody registered is not nobody there. What is bought, and what the town makes, is
of its own organisations (`graph.snapshot.economy`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.kinds.terms import Stage
from graph.snapshot.classification import attractable
from graph.snapshot.csr import Ints
from graph.snapshot.economy import own_to
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.proximity import Proximities, to_area
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.gaps.chain_steps import Steps, other_ends, steps_of
from queries.gaps.demand import Demand, bought_at_all, demand_of
from queries.gaps.product_links import Downstream, downstream, inputs_of, main_inputs
from queries.gaps.rivals import rivals_of
from queries.gaps.supply import Supply, supply_of
from queries.gaps.terms import GapAction, GapReason, GapState

type Reasons = "dict[GapReason, Mask]"
WEAKNESSES = (
    GapReason.SINGLE_SOURCE,
    GapReason.CONCENTRATED,
    GapReason.LOW_LOCAL_SHARE,
    GapReason.NO_QUALIFIED_MAKER,
)
"""Each of them makes weak what is made here."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as weak."""

    local_share: float = 0.4
    """Under it the local share is low (0–1)."""
    hhi: float = 0.5
    """From it on purchases come from too few (0–1)."""
    makers_enough: int = 3
    """With so many local makers buyers can turn to another: concentrated purchases are no weakness then."""


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
    action: Ints
    """Of all products: places in GapAction; -1: nothing to do, or not known enough."""
    because: Ints
    """Of all products: the place of what the town makes that goes into it; -1: none."""
    downstream: Downstream
    own: Mask
    """The town's own organisations that exist."""
    rivals: Mask
    """Towns × products: whose main product it is."""
    concentrated: Mask
    """Of all products: whether purchases come from too few, and too few make it here to turn to."""
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
    own = own_to(snapshot, place, as_of) & alive(snapshot.nodes["Organisation"], as_of)
    demand = demand_of(snapshot, np.flatnonzero(own).astype(np.int32), near, as_of)
    checkpoint()
    first, count = snapshot.nodes["Product"].first, len(snapshot.nodes["Product"])
    marks, open_ = _Marks.of(steps, first, count), attractable(snapshot, as_of)
    ahead = _ahead(snapshot, own, supply, marks, open_, as_of)
    because = np.full(count, -1, np.int32)
    because[ahead.first[0]] = ahead.first[1]
    concentrated = (demand.hhi >= limits.hhi) & (supply.local < limits.makers_enough)
    reasons = _reasons(supply, demand, because, concentrated, limits)
    products, left_out = _products(marks, supply, demand, because)
    known = (supply.counts.sum(axis=1) > 0) | bought_at_all(snapshot, as_of)
    states = _states(marks, demand, because, known, reasons)
    asked = np.zeros(count, np.bool_)
    asked[products] = True
    action = np.where(asked, _actions(states, reasons, open_), np.int32(-1))
    rivals = rivals_of(snapshot, place, as_of)
    extends = action == list(GapAction).index(GapAction.EXTEND)
    reasons[GapReason.RIVAL_TOWN] = extends & rivals.any(axis=0)
    return Assessment(
        place,
        chains,
        steps,
        products,
        left_out,
        states[products],
        reasons,
        action,
        because,
        ahead,
        own,
        rivals,
        concentrated,
        near,
        supply,
        demand,
    )


def _ahead(  # noqa: PLR0913, PLR0917 - what is known of the town
    snapshot: Snapshot, own: Mask, supply: Supply, marks: "_Marks", open_: Mask, as_of: int
) -> Downstream:
    """What the town could make of what its own organisations make, where that can be attracted."""
    made = makers(snapshot, as_of)
    mine = np.zeros(len(open_), np.bool_)
    mine[made.product[own[made.organisation]]] = True
    inputs, main = inputs_of(snapshot, as_of), main_inputs(snapshot, as_of)
    main = main & open_[inputs.end]
    return downstream(inputs, main, mine, supply.local > 0, (marks.chain, marks.early))


def _actions(state: Ints, reasons: Reasons, open_: Mask) -> Ints:
    """What kind of action fits every product, by its state: places in GapAction; -1: none."""
    missing, weak = (state == list(GapState).index(one) for one in (GapState.MISSING, GapState.WEAK))
    extends = missing & reasons[GapReason.NO_DOWNSTREAM] & ~reasons[GapReason.OUTSIDE_ONLY]
    order = {term: place for place, term in enumerate(GapAction)}
    found = np.select(
        [(missing | weak) & ~open_, extends, missing, weak],
        [
            order[GapAction.SECURE],
            order[GapAction.EXTEND],
            order[GapAction.FILL],
            order[GapAction.STRENGTHEN],
        ],
        -1,
    )
    return found.astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """What the chains say of every product."""

    chain: Mask
    early: Mask
    """Goes in early (UPSTREAM), or beside (SUPPORT)."""
    required: Mask
    optional: Mask

    @classmethod
    def of(cls, steps: Steps, first: int, count: int) -> "_Marks":
        chain, early, required, optional = (np.zeros(count, np.bool_) for _ in range(4))
        for row, (stage, needed) in steps.items():
            chain[row - first] = True
            early[row - first] = stage in {Stage.UPSTREAM, Stage.SUPPORT}
            required[row - first] = needed is True
            optional[row - first] = needed is False
        return cls(chain, early, required, optional)


def _reasons(
    supply: Supply, demand: Demand, because: Ints, concentrated: Mask, limits: Thresholds
) -> Reasons:
    made, bought = supply.local > 0, demand.sourcing.purchases > 0
    none = np.zeros(len(made), np.bool_)
    without = none if supply.qualified is None else made & (supply.qualified == 0)
    return {
        GapReason.NO_MAKER: ~made,
        GapReason.OUTSIDE_ONLY: ~made & bought,
        GapReason.SINGLE_SOURCE: supply.local == 1,
        GapReason.CONCENTRATED: concentrated,
        GapReason.LOW_LOCAL_SHARE: demand.sourcing.rate_at_most < limits.local_share,
        GapReason.NO_QUALIFIED_MAKER: without & supply.titled,
        GapReason.TITLES_UNREGISTERED: without & ~supply.titled,
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
    weak = np.any([reasons[one] for one in WEAKNESSES], axis=0)
    # Nobody local makes it, nobody local buys it, and nobody knows whether it is required.
    unsure = absent & ~wanted
    order = {term: place for place, term in enumerate(GapState)}
    found = np.select(
        [~known | unsure, absent, weak],
        [order[GapState.UNKNOWN], order[GapState.MISSING], order[GapState.WEAK]],
        order[GapState.COVERED],
    )
    return found.astype(np.int32)
