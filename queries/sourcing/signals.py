"""Candidates: who could supply a buyer with a product, and what speaks for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import Term
from graph.snapshot.csr import Ints
from graph.snapshot.flows import Floats
from graph.snapshot.years import Mask
from queries.ranking import Scored, comparable, ranked, scored
from queries.sourcing.market import DistanceClass, Market
from queries.sourcing.ties import adamic_adar, co_supplier, resource_allocation, similar_buyers

NEAREST = 1.0
"""Kilometres that a shorter distance counts as."""


class Evidence(Term):
    """候选供应商的依据；先列者优先"""  # noqa: D400, D415 - GraphQL shows it

    HOME = "HOME", "与买方同省的生产者"
    TOWN_SUPPLIER = "TOWN_SUPPLIER", "已向买方所在专业镇的其他主体供应该产品"
    RELATIVE = "RELATIVE", "与买方有股权或联合关系的生产者"
    MAKER = "MAKER", "其他已知生产者"


class Signal(Term):
    """排序所用的信号"""  # noqa: D400, D415 - GraphQL shows it

    GRAVITY = (
        "GRAVITY",
        "规模、距离与行业配对：ln 卖方产出 + ln 买方产出 − ln 公里 + ln 行业配对频率（无单位）",
    )
    CO_SUPPLIER = "CO_SUPPLIER", "相似买方的供应商：供应商集合余弦（0–1）"
    RESOURCE_ALLOCATION = "RESOURCE_ALLOCATION", "资源分配：共同伙伴的度数倒数之和（无向图，无单位）"
    ADAMIC_ADAR = "ADAMIC_ADAR", "Adamic–Adar：共同伙伴的度数对数倒数之和（无向图，无单位）"


ALL = tuple(Signal)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The candidates of one buyer and product (places), and all that is known to order them."""

    candidates: Ints
    evidence: Mask
    """Candidates × kinds of evidence."""
    values: Floats
    """Candidates × signals; NaN: not known."""
    scores: Scored
    """By the signals, all of equal weight."""
    classes: Sequence[DistanceClass]
    kilometres: Floats
    pair: Floats
    """Of the links into the buyer's industry the share from the candidate's (0–1); NaN: unknown."""
    similar_buyers: Floats
    """How many of its buyers share a supplier with the buyer."""

    @property
    def by_evidence(self) -> Floats:
        """The strongest kind of each as a number, more is better."""
        return -self.evidence.argmax(axis=1).astype(np.float64)

    @property
    def place(self) -> Floats:
        """What they are ordered by, more is better: the strongest evidence, then the score."""
        return ranked(self.by_evidence, comparable(self.scores.score))


def suppliers(asked: Market, buyer: int, product: int) -> Ints:
    """Find who supplies a product (a global row) to a buyer (a place)."""
    _, sellers, edges = asked.network.suppliers.at(np.array([buyer]))
    return np.unique(sellers[asked.network.flows.product[edges] == product])


def candidates(asked: Market, buyer: int, product: int, place: int) -> Ints:
    """Find the makers and sellers of a product (global row and place) that do not supply a buyer with it."""
    _, makers, _ = asked.makers.at(np.array([place]))
    return np.setdiff1d(makers, np.append(suppliers(asked, buyer, product), buyer)).astype(np.int32)


def scores(asked: Market, buyer: int, product: int, who: Ints, used: Sequence[Signal] = ALL) -> Scores:
    """Tell all that is known of some candidates as suppliers of a product to a buyer."""
    classes, kilometres = asked.classes(buyer, who), asked.kilometres(buyer, who)
    pair = asked.pair(buyer, who)
    gravity, rank = _gravity(asked, buyer, who, classes, kilometres, pair)
    found = {Signal.GRAVITY: (gravity, rank)} | _shared_partners(asked, buyer, who)
    values = np.stack([found[signal][0] for signal in used], axis=1)
    ranks = scored(np.stack([found[signal][1] for signal in used], axis=1), np.ones(len(used)))
    evidence = _evidence(asked, buyer, product, who, classes)
    alike = similar_buyers(asked.ties, buyer)[who]
    return Scores(who, evidence, values, ranks, classes, kilometres, pair, alike)


def _gravity(  # noqa: PLR0913, PLR0917 - the parts of a formula
    asked: Market, buyer: int, who: Ints, classes: Sequence[DistanceClass], kilometres: Floats, pair: Floats
) -> tuple[Floats, Floats]:
    """Weigh size, distance and industries: the value, and what is ordered by.

    The order leaves out what is known of no candidate (the buyer's own size moves nobody). Unless all
    kilometres are known the distance class comes first in it, and nothing is made up between the two.
    """
    sizes = np.where(asked.output > 0, asked.output, np.nan)
    size, own, far = np.log(sizes[who]), np.log(sizes[buyer]), np.log(np.maximum(kilometres, NEAREST))
    measured = not np.isnan(kilometres).any()
    parts = [size, np.log(pair), -far] if measured else [size, np.log(pair)]
    order = np.zeros(len(who)) + sum(part for part in parts if not np.isnan(part).all())
    if not measured:
        near = np.array([_NEAR[name] for name in classes])
        unplaced = np.isnan(near) & ~np.isnan(near).all()
        rank = ranked(np.nan_to_num(near, nan=-np.inf), np.nan_to_num(order))
        order = np.where(np.isnan(order) | unplaced, np.nan, rank)
    return size + own - far + np.log(pair), order


_NEAR = {name: -float(place) for place, name in enumerate(DistanceClass)} | {DistanceClass.UNKNOWN: np.nan}


def _shared_partners(asked: Market, buyer: int, who: Ints) -> dict[Signal, tuple[Floats, Floats]]:
    """Compute the signals of shared partners; not known of a buyer that has none."""
    kernels = {
        Signal.CO_SUPPLIER: co_supplier,
        Signal.RESOURCE_ALLOCATION: resource_allocation,
        Signal.ADAMIC_ADAR: adamic_adar,
    }
    alone = asked.ties.degree[buyer] == 0
    found = {signal: kernel(asked.ties, buyer)[who] for signal, kernel in kernels.items()}
    blank = np.full(len(who), np.nan)
    return {signal: (blank, blank) if alone else (value, value) for signal, value in found.items()}


def _evidence(asked: Market, buyer: int, product: int, who: Ints, classes: Sequence[DistanceClass]) -> Mask:
    """Tell which kinds of evidence speak for each candidate; being a maker always does."""
    near = {DistanceClass.COUNTY, DistanceClass.CITY, DistanceClass.PROVINCE}
    home = np.array([name in near for name in classes], np.bool_)
    _, relatives, _ = asked.relatives.at(np.array([buyer]))
    kinds = (
        home,
        _sold_in_town(asked, buyer, product, who) > 0,
        np.isin(who, relatives),
        np.ones(len(who), bool),
    )
    return np.stack(kinds, axis=1)


def _sold_in_town(asked: Market, buyer: int, product: int, who: Ints) -> Ints:
    """Count the others in the buyer's towns that each candidate sells the product to."""
    _, towns, _ = asked.towns.at(np.array([buyer]))
    sellers, buyers, edges = asked.network.customers.at(who)
    sold = (asked.network.flows.product[edges] == product) & (buyers != buyer)
    sellers, buyers = sellers[sold], buyers[sold]
    members, their, _ = asked.towns.at(np.unique(buyers))
    local = np.isin(buyers, members[np.isin(their, towns)])
    counts = np.bincount(sellers[local], minlength=len(asked.network))
    return counts[who].astype(np.int32)
