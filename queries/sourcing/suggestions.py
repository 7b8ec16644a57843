"""Suggestions: who else could supply an organisation with a product, by which evidence, and why.

Candidates are those known to make or sell the product who do not supply it to the organisation yet. They are
ordered by the kind of evidence, at home first, and within a kind by the mean percentile of four signals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive
from queries.answer import Formula, Method
from queries.links import known
from queries.sourcing.market import DistanceClass, Market, market
from queries.sourcing.signals import ALL, NEAREST, Evidence, Scores, Signal, candidates, scores, suppliers

MOST = 200
FORMULA = Formula(
    "supplier-suggestions/baselines",
    1,
    "按公开与登记信息排序，不代表供货意愿与能力。",
    {"industryDigits": 2, "nearestKilometres": NEAREST, "smoothing": 1},
)


@dataclass(frozen=True, slots=True)
class Part:
    """One signal of a candidate."""

    signal: Signal
    value: float | None
    """In the unit of the signal; None: not known."""
    percentile: float | None
    """Its place among the candidates (0–1, more is better); None: left out of the score."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate, with all that its place rests on."""

    row: int
    evidence: Sequence[Evidence]
    """All kinds that apply, the strongest first: it decides before the score."""
    score: float | None
    """Mean percentile of the signals that are known (0–1); None: none is."""
    parts: Sequence[Part]
    distance_class: DistanceClass
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
    signals: Sequence[Signal] = ALL,
) -> Suggestions:
    """Rank those who could supply an organisation with a product, in a year."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    used = signals_of(signals)
    row, good = _row(snapshot, id, "Organisation", "id"), _row(snapshot, product, "Product", "product")
    asked = market(snapshot, as_of)
    buyer, place = row - asked.network.first, good - snapshot.nodes["Product"].first
    method = FORMULA.method(
        snapshot,
        as_of,
        product=product,
        first=first,
        signals=",".join(used),
        evidenceOrder=",".join(Evidence),
    )
    now = suppliers(asked, buyer, good)
    mine = (now + asked.network.first).tolist()
    unknown = _unknown(snapshot, buyer, len(asked.makers.at(np.array([place]))[1]), as_of)
    if unknown is not None:
        return Suggestions(row, good, [], 0, mine, method, unknown)
    found = scores(asked, buyer, good, candidates(asked, buyer, good, place), used)
    order = np.argsort(-found.place, kind="stable")
    rows = [_suggestion(asked, found, used, at) for at in order[:first].tolist()]
    return Suggestions(row, good, rows, len(order), mine, method)


def signals_of(signals: Sequence[Signal]) -> tuple[Signal, ...]:
    """Put the signals asked for into their order, each once."""
    used = tuple(signal for signal in Signal if signal in signals)
    if not used:
        raise BadInput("signals：至少应有一个信号", "signals")
    return used


def _suggestion(asked: Market, found: Scores, used: Sequence[Signal], at: int) -> Suggestion:
    who = int(found.candidates[at])
    figures = zip(used, found.values[at].tolist(), found.scores.percentiles[at].tolist(), strict=True)
    evidence = [kind for kind, holds in zip(Evidence, found.evidence[at].tolist(), strict=True) if holds]
    return Suggestion(
        row=who + asked.network.first,
        evidence=evidence,
        score=known(float(found.scores.score[at])),
        parts=[Part(signal, known(value), known(place)) for signal, value, place in figures],
        distance_class=found.classes[at],
        distance=known(float(found.kilometres[at])),
        output=known(float(asked.output[who])),
        industry_pair=known(float(found.pair[at])),
        reasons=_reasons(evidence, found.classes[at], int(found.similar_buyers[at])),
    )


def _reasons(evidence: Sequence[Evidence], where: DistanceClass, alike: int) -> list[str]:
    """Say in words what speaks for a candidate."""
    said = [kind.words for kind in evidence if kind is not Evidence.MAKER or len(evidence) == 1]
    said.append(f"所在地：{where.words}")
    if alike:
        said.append(f"向 {alike} 个与买方有共同供应商的买方供货")
    return said


def _row(snapshot: Snapshot, id: str, label: str, argument: str) -> int:
    row = snapshot.row_of(id)
    if snapshot.kind_of(row).label != label:
        words = {"Organisation": "主体：应形如 org:…", "Product": "产品：应形如 product:…"}[label]
        raise BadInput(f"{argument}：{id} 不是{words}", argument)
    return row


def _unknown(snapshot: Snapshot, buyer: int, makers: int, as_of: int) -> str | None:
    if not alive(snapshot.nodes["Organisation"], as_of)[buyer]:
        return f"该主体在 {as_of} 年末不存续"
    return None if makers else f"{as_of} 年没有已知的生产者或卖方"
