"""Rows of gaps: one product as a town has it, taken out of the arrays of the assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import Proximity, Stage
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.proximity import SCALE
from graph.snapshot.snapshot import Snapshot
from queries.gaps.rank import UNITS, Measured, Part
from queries.gaps.state import Assessment
from queries.gaps.supply import makers_at
from queries.gaps.terms import GapAction, GapReason, GapState, action_of
from queries.links import known
from queries.ranking import Scored


@dataclass(frozen=True, slots=True)
class Bought:
    """What local organisations buy of a product in a year."""

    total: float | None
    """Yuan a year, of what is measured; None: nothing is."""
    by_origin: Mapping[Proximity, float]
    """Yuan a year, by how near it is known to come from; all words, adding up to the total."""
    local_share: float | None
    """What comes from the town ÷ total (0–1): what may come from it does not; None: nothing is measured."""
    local_share_at_most: float | None
    """The same, all local that may come from the town."""
    purchases: int
    """Known purchases: seller, buyer and product, or buyer, product and origin."""
    coverage: float | None
    """The share of them that is measured (0–1); None: there are none."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One product as a town has it; rows are global."""

    town: int
    product: int
    stage: Stage | None
    """In the town's chains; None: no step of them, or not stated."""
    in_chain: bool
    required: bool | None
    state: GapState
    reasons: Sequence[GapReason]
    because: int | None
    """What the town makes that goes into it (NO_DOWNSTREAM)."""
    action: GapAction | None
    makers: Mapping[Proximity, Sequence[int]]
    makers_before: int
    """Local makers three years earlier."""
    demand: Bought
    hhi: float | None
    leaders: Sequence[int]
    """The town's leaders that depend on it through essential inputs."""
    leaders_revenue: float | None
    """Their known revenue, yuan a year; None: none is known."""
    parts: Sequence[Part]
    score: float | None
    """The weighed percentiles (0–1); None: no gap, or no part is known."""
    rank: int | None
    """Of the town's gaps, 1 the first; None: no gap."""
    as_of: int


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Builds rows out of the arrays."""

    snapshot: Snapshot
    found: Assessment
    measured: Measured
    scores: Scored
    as_of: int

    def row(self, place: int, at: int | None, rank: int) -> Gap:
        """Build the row of a product (its place), which is the gap `at` (None: no gap) and has a rank."""
        found, base = self.found, self.snapshot.nodes["Product"].first
        state = found.state_at(place) or GapState.UNKNOWN
        reasons = found.reasons_at(place)
        stage, required = found.steps.get(place + base, (None, None))
        because = int(found.because[place])
        leaders = self._leaders(place)
        return Gap(
            town=found.town + self.snapshot.nodes["Town"].first,
            product=place + base,
            stage=stage,
            in_chain=place + base in found.steps,
            required=required,
            state=state,
            reasons=reasons,
            because=because + base if because >= 0 else None,
            action=action_of(state, reasons),
            makers=makers_at(self.snapshot, found.near.farthest, place, self.as_of),
            makers_before=int(found.supply.before[place]),
            demand=self._bought(place),
            hhi=known(float(found.demand.hhi[place])),
            leaders=self.measured.leaders.leaders[leaders].tolist(),
            leaders_revenue=_added(self.measured.leaders.revenue[leaders]),
            parts=self._parts(place, at),
            score=None if at is None else known(float(self.scores.score[at])),
            rank=None if at is None else rank,
            as_of=self.as_of,
        )

    def _leaders(self, place: int) -> Ints:
        return np.flatnonzero(self.measured.leaders.depends[:, place]).astype(np.int32)

    def _bought(self, place: int) -> Bought:
        demand = self.found.demand
        sourcing = demand.sourcing
        purchases, measured = int(sourcing.purchases[place]), int(sourcing.measured[place])
        return Bought(
            total=float(demand.origins[place].sum()) if measured else None,
            by_origin=dict(zip(SCALE, demand.origins[place].tolist(), strict=True)),
            local_share=known(float(sourcing.rate[place])),
            local_share_at_most=known(float(sourcing.rate_at_most[place])),
            purchases=purchases,
            coverage=measured / purchases if purchases else None,
        )

    def _parts(self, place: int, at: int | None) -> list[Part]:
        made = list[Part]()
        for column, (part, values) in enumerate(self.measured.values.items()):
            percentile = None if at is None else known(float(self.scores.percentiles[at, column]))
            weight = None if percentile is None or at is None else float(self.scores.weights[at, column])
            made.append(Part(part, known(float(values[place])), UNITS[part], percentile, weight))
        return made


def _added(revenue: Floats) -> float | None:
    return None if np.isnan(revenue).all() else float(np.nansum(revenue))
