"""Fillers: who could fill a gap of a town, by which evidence, and what speaks for each of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.snapshot.flows import Floats
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Formula, Method
from queries.gaps.nearness import Nearness
from queries.levels import in_scope, row_of_kind
from queries.linkage.single_sources import coverage_of
from queries.links import known
from queries.sourcing.evidence import CandidateEvidence, CandidatePart, Standing, Weights, standing
from queries.sourcing.facts import Field, Fillers, field_of, fillers, measured

MOST = 200
NEAR = 0.55
"""From which proximity products count as near: where Hidalgo et al. (2007) draw the links of their map."""
EVEN = Weights()
WORDS = tuple(Nearness)
FORMULA = Formula(
    "gap-candidates/evidence-percentiles",
    2,
    "按已登记的信息排序：不代表投资或供货意愿；未登记者不在其内，不详的部分不计入得分。",
    {"evidenceOrder": ",".join(CandidateEvidence), "proximityBasis": "MAKERS"},
)


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score."""

    part: CandidatePart
    value: float | None
    """In the unit of the part; None: unknown."""
    percentile: float | None
    """Its place among all candidates (0–1, more is better); None: left out."""
    weight: float
    """Its share of the score (0–1); 0: left out."""


@dataclass(frozen=True, slots=True)
class TownTies:
    """What a candidate trades with locals of the town already."""

    sells: float | None
    """Yuan a year; 0: no link is known; None: links, none of them measured."""
    buys: float | None
    products: Sequence[int]
    relatives: Sequence[int]
    """Locals (global rows) that are its owners, owned by it, or allied with it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who could fill the gap, with all that its place rests on."""

    row: int
    evidence: Sequence[CandidateEvidence]
    """All kinds that apply, the strongest first: it decides before the score."""
    score: float | None
    parts: Sequence[ScorePart]
    nearness: Nearness
    qualifications: Sequence[int]
    """Held and valid in the year."""
    revenue: float | None
    """Yuan a year; None: unknown."""
    claim: int | None
    """The claim that says so."""
    ties: TownTies
    capacity: float | None
    """Units of the product a year; None: unknown, as the next two."""
    output: float | None
    spare: float | None
    proximity: float | None
    """1: makes the product; less: how near the nearest product is that it makes; None: only sells it."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could fill a gap of a town, the best first; those who are there already stand apart."""

    town: int
    product: int
    local: Sequence[Candidate]
    """Local makers: look at home first."""
    local_count: int
    rows: Sequence[Candidate]
    count: int
    """How many candidates there are beside the local makers."""
    related_unknown: str | None
    """Why nothing is known of products that are near; None: it is."""
    method: Method
    unknown: str | None = None


def candidates(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    product: str,
    as_of: int,
    first: int = 10,
    weights: Weights = EVEN,
    least_proximity: float = NEAR,
) -> Candidates:
    """Rank those who could make a product in a town, in a year.

    Ordered by the strongest kind of evidence, then by score: Σ w·p / Σ w over the parts that are known, p the
    percentile among all candidates, local makers included. Organisations that do not exist in the year, and
    agencies, are left out.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if not 0 < least_proximity <= 1:
        raise BadInput(f"leastProximity：应大于 0、至多 1，所给为 {least_proximity}", "leastProximity")
    weighed = weights.checked()
    town, good = (
        row_of_kind(snapshot, id, "Town"),
        row_of_kind(snapshot, product, "Product", argument="product"),
    )
    found = fillers(snapshot, snapshot.id_of(town), good, as_of, least_proximity)
    checkpoint()
    stands = standing(found, weighed)
    local = (found.maker & found.local)[stands.order]
    inside = in_scope(snapshot, id, as_of)
    show = _Shown(snapshot, field_of(snapshot, as_of), found, stands, inside, as_of)
    asked = {f"weights.{name}": weight for name, weight in asdict(weights).items()}
    return Candidates(
        town,
        good,
        show.rows(stands.order[local][:first].tolist()),
        int(local.sum()),
        show.rows(stands.order[~local][:first].tolist()),
        int((~local).sum()),
        f"{as_of} 年没有专业镇主体生产该产品：哪些产品与之相近不详" if found.related_unknown else None,
        FORMULA.method(
            snapshot,
            as_of,
            asked,
            coverage=coverage_of(snapshot, as_of, inside),
            product=product,
            first=first,
            leastProximity=least_proximity,
        ),
        None if len(found.who) else f"{as_of} 年没有已知的生产者、卖方或相近产品的生产者",
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Takes single candidates out of the arrays."""

    snapshot: Snapshot
    field: Field
    found: Fillers
    stands: Standing
    inside: Mask
    as_of: int

    def rows(self, places: Sequence[int]) -> list[Candidate]:
        """Show some of the fillers."""
        return [self.row(at) for at in places]

    def row(self, at: int) -> Candidate:
        """Show one of the fillers."""
        found, stands, who = self.found, self.stands, int(self.found.who[at])
        row = who + self.field.network.first
        return Candidate(
            row=row,
            evidence=[
                kind for kind, holds in zip(CandidateEvidence, stands.evidence[at], strict=True) if holds
            ],
            score=known(float(stands.scores.score[at])),
            parts=self._parts(at),
            nearness=WORDS[int(found.nearness[at])],
            qualifications=self._qualifications(row),
            revenue=known(float(found.revenue[at])),
            claim=self._claim(row),
            ties=self._ties(who),
            capacity=known(float(found.capacity[at])),
            output=known(float(found.output[at])),
            spare=known(float(found.spare[at])),
            proximity=known(float(found.proximity[at])),
        )

    def _parts(self, at: int) -> list[ScorePart]:
        values, scores = self.stands.values[at], self.stands.scores
        cells = zip(values, scores.percentiles[at], scores.weights[at], strict=True)
        return [
            ScorePart(part, known(float(value)), known(float(place)), float(weight))
            for part, (value, place, weight) in zip(CandidatePart, cells, strict=True)
        ]

    def _qualifications(self, row: int) -> list[int]:
        holds = self.snapshot.relations["HOLDS"]
        begin, end = np.searchsorted(holds.start, [row, row + 1])
        held = self.field.held[begin:end]
        return np.unique(holds.end[begin:end][held]).tolist()

    def _claim(self, row: int) -> int | None:
        """Find the claim that tells an organisation's revenue."""
        revenue = self.field.revenue
        place = int(np.searchsorted(revenue.subject, row))
        there = place < len(revenue) and int(revenue.subject[place]) == row
        return int(revenue.claim[place]) + self.snapshot.nodes["Claim"].first if there else None

    def _ties(self, who: int) -> TownTies:
        flows, here = self.field.network.flows, np.array([who])
        relatives = self.field.relatives.at(here)[1]
        relatives = np.unique(relatives[self.inside[relatives] & (relatives != who)])
        sides = list[Floats]()
        products = list[int]()
        for links in (self.field.network.customers, self.field.network.suppliers):
            _, other, edges = links.at(here)
            edges = edges[self.inside[other] & (other != who)]
            sides.append(measured(self.field.network, edges))
            products += flows.product[edges].tolist()
        rows = (relatives + self.field.network.first).tolist()
        return TownTies(_added(sides[0]), _added(sides[1]), sorted(set(products)), rows)


def _added(values: Floats) -> float | None:
    """Add up what is measured; None: there is something, and nothing of it is measured."""
    total = float(np.nan_to_num(values).sum())
    return None if total == 0 and bool(np.isnan(values).any()) else total
