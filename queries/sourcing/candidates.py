"""Candidates: who could fill a gap of a town, by which evidence, and what speaks for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.metrics import Metric
from graph.kinds.terms import Proximity
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Floats
from graph.snapshot.proximity import SCALE
from graph.snapshot.purchases import supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.answer import Formula, Method
from queries.levels import row_of_kind
from queries.linkage.single_sources import coverage_of
from queries.links import known
from queries.ranking import checked
from queries.sourcing.evidence import CandidateEvidence, prospects, town_seeker
from queries.sourcing.market import relatives
from queries.sourcing.parts import TOWN, Ranked, ScorePart, Weights, rank, revenues, spare, trade

MOST = 200
NEAR = 0.55
"""From which proximity products count as near: where Hidalgo et al. (2007) draw the links of their map."""
FORMULA = Formula(
    "gap-candidates/evidence-percentiles",
    3,
    "按已登记的信息排序：不代表投资或供货意愿；未登记者不在其内，不详的部分不计入得分。",
    {"evidenceOrder": ",".join(CandidateEvidence), "proximityBasis": "MAKERS"},
)


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
    nearness: Proximity
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
    weights: Weights = TOWN,
    least_proximity: float = NEAR,
) -> Candidates:
    """Rank those who could make a product in a town, in a year.

    Ordered by the strongest kind of evidence, then by score among all candidates, local makers included.
    Organisations that do not exist in the year, and agencies, are left out.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if not 0 < least_proximity <= 1:
        raise BadInput(f"leastProximity：应大于 0、至多 1，所给为 {least_proximity}", "leastProximity")
    asked = {f"weights.{part.value.lower()}": weight for part, weight in weights.items()}
    checked(asked, "weights")
    town = row_of_kind(snapshot, id, "Town")
    good = row_of_kind(snapshot, product, "Product", argument="product")
    seeker = town_seeker(snapshot, town, as_of)
    could = prospects(snapshot, seeker, good, as_of, least=least_proximity)
    checkpoint()
    standing = rank(snapshot, could, weights)
    order = standing.order
    here, away = order[could.local[order]], order[~could.local[order]]
    show = _Shown.of(snapshot, standing)
    return Candidates(
        town,
        good,
        [show.row(at) for at in here[:first].tolist()],
        len(here),
        [show.row(at) for at in away[:first].tolist()],
        len(away),
        f"{as_of} 年没有专业镇主体生产该产品：哪些产品与之相近不详" if could.related_unknown else None,
        FORMULA.method(
            snapshot,
            as_of,
            asked,
            coverage=coverage_of(snapshot, as_of, seeker.own),
            product=product,
            first=first,
            leastProximity=least_proximity,
        ),
        None if len(could.who) else f"{as_of} 年没有已知的生产者、卖方或相近产品的生产者",
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Takes single candidates out of the arrays."""

    snapshot: Snapshot
    standing: Ranked
    figures: Floats
    """Candidates × what they sell to locals, buy from them, their revenue, what they can make beside."""
    held: Mask
    """Of the HOLDS relations: whether they are valid."""

    @classmethod
    def of(cls, snapshot: Snapshot, standing: Ranked) -> "_Shown":
        could, network = standing.prospects, supply_network(snapshot, standing.prospects.year)
        sides = (trade(snapshot, could, links) for links in (network.customers, network.suppliers))
        figures = np.stack([*sides, revenues(snapshot, could), spare(could)], axis=1)
        return cls(snapshot, standing, figures, valid_in(snapshot.relations["HOLDS"], could.year))

    def row(self, at: int) -> Candidate:
        """Show one of the candidates."""
        could, who = self.standing.prospects, int(self.standing.prospects.who[at])
        row = who + self.snapshot.nodes["Organisation"].first
        sells, buys, revenue, left = map(known, self.figures[at].tolist())
        return Candidate(
            row=row,
            evidence=self.standing.evidence_at(at),
            score=self.standing.score_at(at),
            parts=self.standing.parts_at(at),
            nearness=SCALE[could.proximity[at]],
            qualifications=self._qualifications(row),
            revenue=revenue,
            claim=self._claim(row),
            ties=TownTies(sells, buys, self._traded(who), self._relatives(who)),
            capacity=known(float(could.capacity[at])),
            output=known(float(could.output[at])),
            spare=left,
            proximity=known(float(could.fit[at])),
        )

    def _qualifications(self, row: int) -> list[int]:
        holds = self.snapshot.relations["HOLDS"]
        begin, end = np.searchsorted(holds.start, [row, row + 1])
        return np.unique(holds.end[begin:end][self.held[begin:end]]).tolist()

    def _claim(self, row: int) -> int | None:
        """Find the claim that tells an organisation's revenue."""
        stated = figures(self.snapshot, Measure(Metric.REVENUE), self.standing.prospects.year)
        place = int(np.searchsorted(stated.subject, row))
        there = place < len(stated) and int(stated.subject[place]) == row
        return int(stated.claim[place]) + self.snapshot.nodes["Claim"].first if there else None

    def _traded(self, who: int) -> list[int]:
        """List the products (global rows) that one trades with locals of the town."""
        network = supply_network(self.snapshot, self.standing.prospects.year)
        own, traded = self.standing.prospects.seeker.own, set[int]()
        for links in (network.customers, network.suppliers):
            _, other, flows = links.at(np.array([who]))
            traded |= set(network.flows.product[flows[own[other] & (other != who)]].tolist())
        return sorted(traded)

    def _relatives(self, who: int) -> list[int]:
        own = self.standing.prospects.seeker.own
        _, others, _ = relatives(self.snapshot, self.standing.prospects.year).at(np.array([who]))
        others = np.unique(others[own[others] & (others != who)])
        return (others + self.snapshot.nodes["Organisation"].first).tolist()
