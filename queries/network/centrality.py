"""Centrality: where organisations stand in the supply network: how many partners, how much runs over them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import batched, repeat
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kernels.betweenness import betweenness
from graph.kernels.pagerank import TOLERANCE, pagerank
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Answer, Formula
from queries.levels import in_scope
from queries.linkage.single_sources import coverage_of, within_bounds
from queries.links import known
from queries.network.partners import Partners, among, of_pairs, partners

DAMPING = 0.85
MOST_SAMPLES = 1_024
BATCH = 8
"""Sources between two looks at the deadline."""
THREADS = 2

FORMULA = Formula(
    "degree-pagerank-betweenness",
    "网络中心性",
    2,
    "中心性描述位置，不描述重要性或实力。",
    {"damping": DAMPING, "tolerance": TOLERANCE, "weights": "UNWEIGHTED"},
)


class CentralityOrder(Term):
    """中心性的排序"""  # noqa: D400, D415 - GraphQL shows it

    PAGERANK = "PAGERANK", "PageRank，大者在前"
    BETWEENNESS = "BETWEENNESS", "介数，大者在前"
    SUPPLIERS = "SUPPLIERS", "供应商数，多者在前"
    CUSTOMERS = "CUSTOMERS", "客户数，多者在前"


@result("一个主体在供应网络中的位置")
@dataclass(frozen=True, slots=True)
class OrganisationCentrality:
    """Where one organisation stands in the network."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    suppliers: Annotated[int, "供应商数（入度）：每家计一次"]
    customers: Annotated[int, "客户数（出度）：每家计一次"]
    pagerank: Annotated[float, "PageRank：沿货物流向随机行走停留于此的时间占比，全体合计为 1"]
    betweenness: Annotated[
        float | None, "介数：其他主体两两之间的最短供应路径经过它的占比（0–1）；空为主体不足三个"
    ]
    """Of ordered pairs, on average over equally short paths."""
    standard_error: Annotated[float | None, "介数的标准误；0 为取自全部起点，空为只有一个起点"]


@result("供应网络中的位置")
@dataclass(frozen=True, slots=True)
class Centrality(Answer):
    """The organisations of a scope by their place in the network, as many as were asked for."""

    rows: Annotated[Sequence[OrganisationCentrality], "主体：依 orderBy"]
    count: Annotated[int, "范围内主体总数"]
    samples: Annotated[int, "介数实际所用的起点数"]


@dataclass(frozen=True, slots=True, eq=False)
class _Standings:
    """The fields of `OrganisationCentrality` as arrays; NaN: unknown."""

    rows: Ints
    suppliers: NDArray[np.int64]
    customers: NDArray[np.int64]
    pagerank: Floats
    betweenness: Floats
    error: Floats

    def ordered(self, order_by: CentralityOrder, first: int) -> list[OrganisationCentrality]:
        """Take the first ones out; of equal ones those with the smaller id."""
        keys: dict[CentralityOrder, NDArray[Any]] = {
            CentralityOrder.SUPPLIERS: self.suppliers,
            CentralityOrder.CUSTOMERS: self.customers,
            CentralityOrder.BETWEENNESS: np.nan_to_num(self.betweenness),
        }
        order = np.argsort(-keys.get(order_by, self.pagerank), kind="stable")[:first]
        plain = (a[order].tolist() for a in (self.rows, self.suppliers, self.customers, self.pagerank))
        estimates = (map(known, a[order].tolist()) for a in (self.betweenness, self.error))
        return [OrganisationCentrality(*cells) for cells in zip(*plain, *estimates, strict=True)]


def centrality(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    within: str | None = None,
    samples: int = 64,
    seed: int = 0,
    first: int = 20,
    order_by: CentralityOrder = CentralityOrder.PAGERANK,
) -> Centrality:
    """Rank the organisations of a town, a region, or all, by their place in the network among them.

    Every pair of seller and buyer is one link of weight 1, measured or not. The betweenness is estimated from
    `samples` sources drawn without replacement (seed): sum · n/k; exact when there are no more organisations.
    """
    _within_bounds(first, samples, seed)
    inside = in_scope(snapshot, within, as_of)
    rows, linked = _within(partners(snapshot, as_of), inside)
    ranks, iterations, residual = pagerank(
        linked.customers.indptr, linked.customers.indices, damping=DAMPING, tolerance=TOLERANCE
    )
    sources = drawn(len(linked), samples, seed)
    between, error = sampled(linked, sources)
    found = _Standings(rows, linked.suppliers.degree(), linked.customers.degree(), ranks, between, error)
    asked = {"within": within, "samples": samples, "seed": seed, "first": first}
    coverage = coverage_of(snapshot, as_of, inside, inside)
    method = FORMULA.method(
        snapshot,
        as_of,
        asked,
        coverage=coverage,
        iterations=iterations,
        residual=residual,
        used=lambda: among(snapshot, as_of, inside),
        orderBy=order_by,
    )
    if not len(linked.customers.indices):
        unknown = f"{as_of} 年在此范围内没有已登记的供应关系"
        return Centrality([], len(linked), len(sources), method=method, unknown_reason=unknown)
    return Centrality(found.ordered(order_by, first), len(linked), len(sources), method=method)


def drawn(count: int, samples: int, seed: int) -> Ints:
    """Draw sources without replacement; all of them, in order, when there are no more."""
    if samples >= count:
        return np.arange(count, dtype=np.int32)
    return np.random.default_rng(seed).choice(count, samples, replace=False).astype(np.int32)


def sampled(linked: Partners, sources: Ints) -> tuple[Floats, Floats]:
    """Estimate the betweenness of all from some sources, and its standard error, as shares of ordered pairs.

    With δ_s the dependency of source s, of k sources from n: n · mean δ, and n · √(var δ · (1 − k/n) / k),
    both over (n − 1)(n − 2). NaN: not known, for want of nodes or sources.
    """
    nodes, count = len(linked), len(sources)
    if nodes <= 2:  # noqa: PLR2004 - no pair of others
        return np.full(nodes, np.nan), np.full(nodes, np.nan)
    total, squares = np.zeros(nodes), np.zeros(nodes)
    for part, squared in _dependencies(linked, sources):
        total += part
        squares += squared
    pairs = (nodes - 1) * (nodes - 2)
    if count == nodes:
        return total / pairs, np.zeros(nodes)
    spread = (
        np.maximum(squares - total**2 / count, 0.0) / (count - 1) if count > 1 else np.full(nodes, np.nan)
    )
    return total * nodes / count / pairs, nodes * np.sqrt(spread * (1 - count / nodes) / count) / pairs


def _dependencies(linked: Partners, sources: Ints) -> Iterator[tuple[Floats, Floats]]:
    """Sum over the sources, batch by batch, on two threads; in order, so that sums are the same each time."""
    links = linked.customers.indptr, linked.customers.indices
    batches = [np.array(batch, np.int32) for batch in batched(sources.tolist(), BATCH)]
    with ThreadPoolExecutor(THREADS) as pool:
        for some in batched(batches, THREADS):
            checkpoint()
            yield from pool.map(betweenness, repeat(links[0]), repeat(links[1]), some)


def _within(linked: Partners, inside: Mask) -> tuple[Ints, Partners]:
    """Keep the links among some organisations (places): their global rows, and the links between them."""
    places = np.flatnonzero(inside).astype(np.int32)
    new = np.full(len(linked), -1, np.int32)
    new[places] = np.arange(len(places), dtype=np.int32)
    owners, others, _ = linked.customers.at(places)
    kept = inside[others]
    return places + np.int32(linked.first), of_pairs(len(places), new[owners[kept]], new[others[kept]])


def _within_bounds(first: int, samples: int, seed: int) -> None:
    within_bounds(first)
    if not 1 <= samples <= MOST_SAMPLES:
        raise BadInput(f"samples：应在 1 到 {MOST_SAMPLES:,} 之间，所给为 {samples}", "samples")
    if seed < 0:
        raise BadInput(f"seed：不得为负，所给为 {seed}", "seed")
