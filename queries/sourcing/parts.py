"""Parts: what the score of a candidate is made of, how much each part weighs, and the order that follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.kinds.terms import Proximity, Term
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.proximity import CODE
from graph.snapshot.purchases import supply_network
from graph.snapshot.snapshot import Snapshot
from queries.linkage.accounts import firms
from queries.links import known
from queries.ranking import Scored, comparable, ranked, scored
from queries.sourcing.evidence import CandidateEvidence, Prospects
from queries.sourcing.market import industry_pairs, kilometres, ranks, trade_partners
from queries.sourcing.ties import Ties, adamic_adar, co_supplier, resource_allocation

NEAREST = 1.0
"""Kilometres that a shorter distance counts as."""


class CandidatePart(Term):
    """候选者得分的组成"""  # noqa: D400, D415 - GraphQL shows it

    FIT = "FIT", "对口：生产该产品为 1，生产相近产品为其邻近度（0–1）；同类产品的邻近度不详，排在其后"
    PROXIMITY = "PROXIMITY", "远近：本镇 4、同县 3、同市 2、同省 1、省外 0、境外 −1"
    TIES = "TIES", "往来：与镇内主体的已知供应额，双向合计（元/年）；0 为没有已知往来"
    SIZE = "SIZE", "规模：营业收入（元/年）"
    QUALIFICATION = "QUALIFICATION", "资质：所持有效资质的最高等级序（资质的 rank）"
    SPARE = "SPARE", "余力：产能减产量（产品单位/年）"
    GRAVITY = (
        "GRAVITY",
        "规模、距离与行业配对：ln 卖方产出 + ln 买方产出 − ln 公里 + ln 行业配对频率（无单位）",
    )
    CO_SUPPLIER = "CO_SUPPLIER", "相似买方的供应商：供应商集合余弦（0–1）"
    RESOURCE_ALLOCATION = "RESOURCE_ALLOCATION", "资源分配：共同伙伴的度数倒数之和（无向图，无单位）"
    ADAMIC_ADAR = "ADAMIC_ADAR", "Adamic–Adar：共同伙伴的度数对数倒数之和（无向图，无单位）"


type Weights = Mapping[CandidatePart, float]
"""How much each part counts; only their proportions matter."""

TOWN: Weights = {
    CandidatePart.FIT: 0.25,
    CandidatePart.PROXIMITY: 0.2,
    CandidatePart.TIES: 0.2,
    CandidatePart.SIZE: 0.15,
    CandidatePart.QUALIFICATION: 0.1,
    CandidatePart.SPARE: 0.1,
}
"""What counts when a town seeks who could fill a gap."""
BUYER: Weights = {
    CandidatePart.GRAVITY: 1.0,
    CandidatePart.CO_SUPPLIER: 1.0,
    CandidatePart.RESOURCE_ALLOCATION: 1.0,
    CandidatePart.ADAMIC_ADAR: 1.0,
}
"""What counts when an organisation seeks a supplier: nothing is fitted, so all alike."""


@result("候选者得分的一部分", "CandidateScorePart")
@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a candidate's score."""

    part: Annotated[CandidatePart, "哪一部分"]
    value: Annotated[float | None, "取值，单位见 part；空为不详"]
    percentile: Annotated[
        float | None, "在全部候选者（含本镇已有的生产者）中的百分位（0–1，大者优）；空为不详，不计入"
    ]
    weight: Annotated[float, "在得分中所占的权重：不详者不计，其余重新归一（0–1）"]
    """0: left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Candidates in their order, and what it rests on; arrays are by candidate, not yet in order."""

    prospects: Prospects
    parts: tuple[CandidatePart, ...]
    values: Floats
    """Candidates × parts, in the unit of the part; NaN: unknown."""
    scores: Scored
    """The same, as percentile ranks and weights."""

    @property
    def order(self) -> Ints:
        """The candidates by the strongest evidence, then by score, then by id; near by class alone: last."""
        found = self.prospects
        keys = (found.who, -comparable(self.scores.score), found.strongest, found.by_class)
        return np.lexsort(keys).astype(np.int32)

    @property
    def place(self) -> Floats:
        """What they are ordered by as one number, more is better; equals share it."""
        return ranked(-self.prospects.strongest.astype(np.float64), comparable(self.scores.score))

    def evidence_at(self, at: int) -> list[CandidateEvidence]:
        """List the kinds of evidence for one candidate, the strongest first."""
        holds = self.prospects.evidence[at].tolist()
        return [kind for kind, one in zip(CandidateEvidence, holds, strict=True) if one]

    def parts_at(self, at: int) -> list[ScorePart]:
        """List the parts of the score of one candidate."""
        arrays = (self.values, self.scores.percentiles, self.scores.weights)
        cells = zip(self.parts, *(array[at].tolist() for array in arrays), strict=True)
        return [ScorePart(part, known(value), known(place), weight) for part, value, place, weight in cells]

    def score_at(self, at: int) -> float | None:
        """Score of one candidate (0–1); None: no part with a weight is known."""
        return known(float(self.scores.score[at]))


def rank(snapshot: Snapshot, found: Prospects, weights: Weights) -> Ranked:
    """Score candidates by the parts that have a weight, also one of 0."""
    columns = [PARTS[part](snapshot, found) for part in weights]
    values, keys = (np.stack(side, axis=1) for side in zip(*columns, strict=True))
    return Ranked(found, tuple(weights), values, scored(keys, np.array(list(weights.values()))))


def trade(snapshot: Snapshot, found: Prospects, *sides: Csr) -> Floats:
    """Trade of candidates with those that a seeker is (yuan a year): what they sell, what they buy, or both.

    `sides` are the links of `supply_network` to look at. 0: no link is known; NaN: links are, none measured.
    """
    flows, count = supply_network(snapshot, found.year).flows, len(found.seeker.own)
    total, without = np.zeros(count), np.zeros(count)
    for links in sides:
        one, other, edges = links.at(found.who)
        used = found.seeker.own[other] & (one != other)
        value = np.where(flows.stale[edges[used]], np.nan, flows.value[edges[used]])
        total += np.bincount(one[used], np.nan_to_num(value), minlength=count)
        without += np.bincount(one[used], np.isnan(value), minlength=count)
    return np.where((total == 0) & (without > 0), np.nan, total)[found.who]


def revenues(snapshot: Snapshot, found: Prospects) -> Floats:
    """Revenue of candidates (yuan a year); NaN: unknown."""
    rows = found.who + np.int32(snapshot.nodes["Organisation"].first)
    return figures(snapshot, Measure(Metric.REVENUE), found.year).of(rows)


def spare(found: Prospects) -> Floats:
    """Capacity − output of candidates, not below 0 (units of the product a year); NaN: one is unknown."""
    return np.maximum(found.capacity - found.output, 0.0)


type Columns = tuple[Floats, Floats]
"""The values of a part, and what they are ranked by; NaN: unknown."""


def _alike(values: Floats) -> Columns:
    return values, values


def _fit(found: Prospects) -> Columns:
    """How near what candidates make is: those near by class alone come after all whose proximity is known."""
    by_class = (found.nearest >= 0) & np.isnan(found.fit)
    return found.fit, np.where(by_class, 0.0, found.fit)


def _points(found: Prospects) -> Floats:
    """How many steps of the scale nearer than another province; NaN: unknown."""
    code = found.proximity.astype(np.float64)
    return np.where(found.proximity == CODE[Proximity.UNKNOWN], np.nan, CODE[Proximity.COUNTRY] - code)


def _both_ways(snapshot: Snapshot, found: Prospects) -> Floats:
    network = supply_network(snapshot, found.year)
    return trade(snapshot, found, network.customers, network.suppliers)


def _gravity(snapshot: Snapshot, found: Prospects) -> Columns:
    """Weigh size, distance and industries: the value, and what is ordered by.

    The order leaves out what is known of no candidate (the buyer's own size moves nobody). Unless all
    kilometres are known the proximity comes first in it, and nothing is made up between the two.
    """
    buyer, who = found.seeker.organisation, found.who
    if buyer is None:
        return _alike(np.full(len(who), np.nan))
    output = firms(snapshot, found.year).output[np.append(who, buyer)]
    sizes = np.log(np.where(output > 0, output, np.nan))
    size, own = sizes[:-1], sizes[-1]
    pair = np.log(industry_pairs(snapshot, found.year).between(buyer, who))
    far = np.log(np.maximum(kilometres(snapshot, buyer, who), NEAREST))
    measured = not np.isnan(far).any()
    parts = [size, pair, -far] if measured else [size, pair]
    order = np.zeros(len(who)) + sum(part for part in parts if not np.isnan(part).all())
    if not measured:
        near = _points(found)
        unplaced = np.isnan(near) & ~np.isnan(near).all()
        place = ranked(np.nan_to_num(near, nan=-np.inf), np.nan_to_num(order))
        order = np.where(np.isnan(order) | unplaced, np.nan, place)
    return size + own - far + pair, order


def _shared(kernel: Callable[[Ties, int], Floats]) -> "Callable[[Snapshot, Prospects], Columns]":
    """Make a part of a measure of shared partners; not known of a buyer that has none."""

    def values(snapshot: Snapshot, found: Prospects) -> Columns:
        buyer, ties = found.seeker.organisation, trade_partners(snapshot, found.year)
        if buyer is None or ties.degree[buyer] == 0:
            return _alike(np.full(len(found.who), np.nan))
        return _alike(kernel(ties, buyer)[found.who])

    return values


PARTS: Mapping[CandidatePart, Callable[[Snapshot, Prospects], Columns]] = {
    CandidatePart.FIT: lambda _, found: _fit(found),
    CandidatePart.PROXIMITY: lambda _, found: _alike(_points(found)),
    CandidatePart.TIES: lambda snapshot, found: _alike(_both_ways(snapshot, found)),
    CandidatePart.SIZE: lambda snapshot, found: _alike(revenues(snapshot, found)),
    CandidatePart.QUALIFICATION: lambda snapshot, found: _alike(ranks(snapshot, found.year)[found.who]),
    CandidatePart.SPARE: lambda _, found: _alike(spare(found)),
    CandidatePart.GRAVITY: _gravity,
    CandidatePart.CO_SUPPLIER: _shared(co_supplier),
    CandidatePart.RESOURCE_ALLOCATION: _shared(resource_allocation),
    CandidatePart.ADAMIC_ADAR: _shared(adamic_adar),
}
