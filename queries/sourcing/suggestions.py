"""Suggestions: who else could supply an organisation with a product, by which evidence, and why.

Candidates are those known to make or sell the product who do not supply it to the organisation yet. They are
ordered by the kind of evidence, at home first, and within a kind by the mean percentile of four parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.errors import BadInput
from graph.kinds.terms import Proximity
from graph.snapshot.csr import Floats
from graph.snapshot.proximity import SCALE
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive
from queries.answer import Formula, Method
from queries.levels import row_of_kind
from queries.linkage.accounts import firms
from queries.links import known
from queries.sourcing.evidence import CandidateEvidence, buyer_seeker, prospects, suppliers
from queries.sourcing.market import DIGITS, industry_pairs, kilometres, makers_or_sellers, trade_partners
from queries.sourcing.parts import BUYER, NEAREST, Ranked, ScorePart, Weights, rank
from queries.sourcing.ties import similar_buyers

MOST = 200
FORMULA = Formula(
    "supplier-suggestions/baselines",
    2,
    "按公开与登记信息排序，不代表供货意愿与能力。",
    {"industryDigits": DIGITS, "nearestKilometres": NEAREST, "smoothing": 1},
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate, with all that its place rests on."""

    row: int
    evidence: Sequence[CandidateEvidence]
    """All kinds that apply, the strongest first: it decides before the score."""
    score: float | None
    """Mean percentile of the parts that are known (0–1); None: none is."""
    parts: Sequence[ScorePart]
    proximity: Proximity
    """The smallest region that both are known to lie in."""
    distance: float | None
    """Great-circle distance in km; None: coordinates of one of the two are missing."""
    output: float | None
    """Yuan a year; None: unknown."""
    industry_pair: float | None
    """Of the links into the buyer's industry (2 digits) the share from the candidate's (smoothed by one)."""
    reasons: Sequence[str]
    """Chinese, for people."""
    probability: float | None = None
    """Of a deal: None, for nothing here is calibrated."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The candidates, the best first."""

    buyer: int
    product: int
    rows: Sequence[Suggestion]
    count: int
    """How many candidates there are."""
    suppliers: Sequence[int]
    """Who supplies the product already (global rows)."""
    method: Method
    unknown: str | None = None


def supplier_suggestions(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    product: str,
    as_of: int,
    first: int = 10,
    signals: Sequence[str] = tuple(BUYER),
) -> Suggestions:
    """Rank those who could supply an organisation with a product, in a year."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    weights = weights_of(signals)
    row = row_of_kind(snapshot, id, "Organisation")
    good = row_of_kind(snapshot, product, "Product", argument="product")
    buyer = row - snapshot.nodes["Organisation"].first
    method = FORMULA.method(
        snapshot,
        as_of,
        product=product,
        first=first,
        signals=",".join(weights),
        evidenceOrder=",".join(CandidateEvidence),
    )
    now = suppliers(snapshot, buyer, good, as_of) + snapshot.nodes["Organisation"].first
    unknown = _unknown(snapshot, buyer, good, as_of)
    if unknown is not None:
        return Suggestions(row, good, [], 0, now.tolist(), method, unknown)
    could = prospects(snapshot, buyer_seeker(snapshot, buyer, as_of), good, as_of, sellers=True)
    show = _Shown.of(snapshot, rank(snapshot, could, weights), buyer)
    rows = [show.row(at) for at in show.standing.order[:first].tolist()]
    return Suggestions(row, good, rows, len(could.who), now.tolist(), method)


def weights_of(signals: Sequence[str]) -> Weights:
    """Weights of the parts asked for, in their order."""
    used = {part: weight for part, weight in BUYER.items() if part in signals}
    if not used:
        raise BadInput("signals：至少应有一个信号", "signals")
    return used


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Takes single candidates out of the arrays."""

    snapshot: Snapshot
    standing: Ranked
    figures: Floats
    """Candidates × kilometres, output, share of the pair of industries."""
    alike: Floats
    """How many of the buyers of each share a supplier with the buyer."""

    @classmethod
    def of(cls, snapshot: Snapshot, standing: Ranked, buyer: int) -> "_Shown":
        who, year = standing.prospects.who, standing.prospects.year
        far, output = kilometres(snapshot, buyer, who), firms(snapshot, year).output[who]
        figures = np.stack([far, output, industry_pairs(snapshot, year).between(buyer, who)], axis=1)
        return cls(snapshot, standing, figures, similar_buyers(trade_partners(snapshot, year), buyer)[who])

    def row(self, at: int) -> Suggestion:
        """Show one of the candidates."""
        could, evidence = self.standing.prospects, self.standing.evidence_at(at)
        distance, output, pair = map(known, self.figures[at].tolist())
        proximity = SCALE[could.proximity[at]]
        return Suggestion(
            row=int(could.who[at]) + self.snapshot.nodes["Organisation"].first,
            evidence=evidence,
            score=self.standing.score_at(at),
            parts=self.standing.parts_at(at),
            proximity=proximity,
            distance=distance,
            output=output,
            industry_pair=pair,
            reasons=_reasons(evidence, proximity, int(self.alike[at])),
        )


def _reasons(evidence: Sequence[CandidateEvidence], where: Proximity, alike: int) -> list[str]:
    """Say in words what speaks for a candidate."""
    said = [kind.words for kind in evidence if kind is not CandidateEvidence.MAKER or len(evidence) == 1]
    said.append(f"所在地：{where.words}")
    if alike:
        said.append(f"向 {alike} 个与买方有共同供应商的买方供货")
    return said


def _unknown(snapshot: Snapshot, buyer: int, product: int, as_of: int) -> str | None:
    if not alive(snapshot.nodes["Organisation"], as_of)[buyer]:
        return f"该主体在 {as_of} 年末不存续"
    place = product - snapshot.nodes["Product"].first
    known_makers = makers_or_sellers(snapshot, as_of).degree()[place]
    return None if known_makers else f"{as_of} 年没有已知的生产者或卖方"
