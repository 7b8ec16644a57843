"""Suggestions: who else could supply an organisation with a product, by which evidence, and why.

Candidates are those known to make or sell the product who do not supply it to the organisation yet. They are
ordered by the kind of evidence, at home first, and within a kind by the mean percentile of four parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product
from graph.kinds.results import As, result
from graph.kinds.terms import Proximity
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.proximity import SCALE
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.linkage.accounts import firms
from queries.links import known
from queries.provenance import Rows
from queries.sourcing.basis import candidate_rows
from queries.sourcing.evidence import CandidateEvidence, buyer_seeker, prospects, suppliers
from queries.sourcing.market import DIGITS, industry_pairs, kilometres, makers_or_sellers, trade_partners
from queries.sourcing.parts import BUYER, NEAREST, CandidatePart, Ranked, Weights, rank
from queries.sourcing.ties import similar_buyers

MOST = 200
FORMULA = Formula(
    "supplier-suggestions/baselines",
    "供应商建议",
    3,
    "按公开与登记信息排序，不代表供货意愿与能力。",
    {"industryDigits": DIGITS, "nearestKilometres": NEAREST, "smoothing": 1},
)


@result("一个信号的取值")
@dataclass(frozen=True, slots=True)
class SuggestionPart:
    """One part of a suggestion's score."""

    part: Annotated[CandidatePart, "信号", As("signal")]
    value: Annotated[float | None, "取值，单位见信号；空为不详"]
    percentile: Annotated[float | None, "在候选中的百分位（0–1，大者优）；空为不计入"]
    weight: float
    """Its share of the score (0–1), as all that are known weigh alike; 0: left out. Nobody is shown it."""


@result("一个候选供应商，及其名次的依据", "SupplierSuggestion")
@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate, with all that its place rests on."""

    row: Annotated[NodeIndex, Organisation, "候选供应商", As("organisation")]
    evidence: Annotated[Sequence[CandidateEvidence], "依据，强者在前；先按最强依据排序"]
    score: Annotated[float | None, "已知信号百分位的均值（0–1）；空为都不详"]
    parts: Annotated[Sequence[SuggestionPart], "各信号"]
    proximity: Annotated[Proximity, "候选者与买方所在地的远近，自 COUNTY 起"]
    """The smallest region that both are known to lie in."""
    distance: Annotated[float | None, "大圆距离（公里）；空为缺坐标，不估算"]
    output: Annotated[float | None, "产出（元/年）；空为不详"]
    industry_pair: Annotated[
        float | None, "买方行业的供应中来自候选者行业的占比（0–1，2 位代码，加一平滑）；空为行业不详"
    ]
    reasons: Annotated[Sequence[str], "理由"]
    probability: Annotated[float | None, "成交概率；未经校准，故一律为空"] = None


@result("还有谁可供应某产品：候选者、依据与回测", "SupplierSuggestions")
@dataclass(frozen=True, slots=True)
class Suggestions(Answer):
    """The candidates, the best first."""

    buyer: Annotated[NodeIndex, Organisation, "买方"]
    product: Annotated[NodeIndex, Product, "产品"]
    rows: Annotated[Sequence[Suggestion], "候选者：先按依据，再按得分"]
    count: Annotated[int, "候选者总数"]
    suppliers: Annotated[Sequence[NodeIndex], Organisation, "已在供应该产品者"]


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
    now = suppliers(snapshot, buyer, good, as_of) + snapshot.nodes["Organisation"].first
    seeker = buyer_seeker(snapshot, buyer, as_of)
    unknown = _unknown(snapshot, buyer, good, as_of)
    could = None if unknown else prospects(snapshot, seeker, good, as_of, sellers=True)
    method = FORMULA.method(
        snapshot,
        as_of,
        used=Rows if could is None else lambda: candidate_rows(snapshot, could.who, seeker.own, good, as_of),
        product=product,
        first=first,
        signals=",".join(weights),
        evidenceOrder=",".join(CandidateEvidence),
    )
    if could is None:
        return Suggestions(row, good, [], 0, now.tolist(), method=method, unknown_reason=unknown)
    show = _Shown.of(snapshot, rank(snapshot, could, weights), buyer)
    rows = [show.row(at) for at in show.standing.order[:first].tolist()]
    return Suggestions(row, good, rows, len(could.who), now.tolist(), method=method)


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
            row=NodeIndex(int(could.who[at]) + self.snapshot.nodes["Organisation"].first),
            evidence=evidence,
            score=self.standing.score_at(at),
            parts=[
                SuggestionPart(one.part, one.value, one.percentile, one.weight)
                for one in self.standing.parts_at(at)
            ],
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
