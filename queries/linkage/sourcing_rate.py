"""Localness (本地配套): how much of what an area buys it buys at home, by product, and what goes round.

The local supply rate is the share of known purchases whose seller is local too. Where a seller is, or the
origin that is stated for sellers outside the graph, may leave open whether it is local: hence two bounds.
Circularity is the share of value on links inside strongly connected groups, and Finn's index
Σ(1 − 1/l_ii)·x_i / Σx_i, the share of output that comes back to where it was (Finn 1976).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product
from graph.kinds.results import As, result
from graph.kinds.terms import Proximity
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.proximity import Proximities, limit_of, to_area
from graph.snapshot.purchases import LocalSourcing, Purchases, local_sourcing, purchases
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Coverage, Formula
from queries.levels import OwnCounts, in_scope, own_counts, row_of_kind
from queries.linkage.accounts import Accounts, accounts
from queries.linkage.leontief import LARGEST_DENSE, MOST, closed, nothing_measured
from queries.linkage.series import ClosedCircle, inverse
from queries.provenance import of_purchases

LOCAL_SOURCING = Formula(
    "local-sourcing-rate", "本地配套率", 3, "依据已登记的采购；来源不详者只进入上限；未登记的供应商不在其内。"
)
CIRCULARITY = Formula(
    "circularity-finn", "循环度", 2, "依据已登记且已计量的供应关系；未登记的循环看不见，数值为下限。"
)


@result("采购，按来源地", "Purchases")
@dataclass(frozen=True, slots=True)
class PurchasesByOrigin:
    """What is bought, by where it comes from (yuan a year)."""

    local: Annotated[float, "向本地购买（元/年）"]
    """From local sellers."""
    outside: Annotated[float, "向外地购买（元/年）"]
    """From sellers that are known to be elsewhere."""
    unknown: Annotated[float, "来源地不详（元/年）", As("unknown_origin")]
    """From sellers who may be local: nothing is known of where they are, or only a wider region."""
    unmeasured: Annotated[int, "无可用数值的采购项数：未计入"]
    """Links and needs that have no figure, or an old one: not in any of the three."""

    @property
    def total(self) -> Annotated[float, "已知采购合计（元/年）"]:
        """All known purchases."""
        return self.local + self.outside + self.unknown

    @property
    def rate(self) -> Annotated[float | None, "本地配套率下限（0–1）：来源不详者不算本地"]:
        """Lower bound of the local share; None: nothing is known."""
        return self.local / self.total if self.total > 0 else None

    @property
    def rate_at_most(self) -> Annotated[float | None, "本地配套率上限（0–1）：来源不详者都算本地"]:
        """Upper bound of the local share."""
        return (self.local + self.unknown) / self.total if self.total > 0 else None

    @property
    def external_dependence(self) -> Annotated[float | None, "外部依赖度上限（0–1）：1 − 本地配套率下限"]:
        """The most that may come from elsewhere."""
        return None if self.rate is None else 1 - self.rate


@result("一种产品的采购与外销")
@dataclass(frozen=True, slots=True)
class ProductPurchases:
    """What an area buys of one product."""

    product: Annotated[NodeIndex, Product, "产品"]
    purchases: Annotated[PurchasesByOrigin, "采购，按来源地"]
    outflow: Annotated[float, "本地主体售予图内外地买方的金额（元/年）"]


@result("本地配套：采购中有多少来自本地", "LocalSourcing")
@dataclass(frozen=True, slots=True)
class SourcingRate(Answer):
    """The local sourcing of an area, whole and by product."""

    whole: Annotated[PurchasesByOrigin | None, "全部产品合计；空为不详，见 unknownReason"]
    products: Annotated[Sequence[ProductPurchases], "各产品，向外地购买多者在前"]
    count: Annotated[int, "产品总数"]
    own: OwnCounts = None


@result("循环：本地供应中有多少在循环之内")
@dataclass(frozen=True, slots=True)
class Circularity(Answer):
    """How much of an area's supply goes round."""

    in_cycles: Annotated[float | None, "循环之内的供应占已计量供应的比例（0–1）"]
    cycles: Annotated[
        Sequence[Sequence[NodeIndex]],
        Organisation,
        "每个循环（两家以上相互供应）中的主体，大者在前",
    ]
    finn: Annotated[float | None, "Finn 循环指数（0–1）；空为未算"]


def sourcing_rate(snapshot: Snapshot, id: str, *, as_of: int, first: int = 50) -> SourcingRate:
    """Find how much of what the organisations of a town or region buy comes from there."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    area, inside = row_of_kind(snapshot, id, "Town", "Region"), in_scope(snapshot, id, as_of)
    near, every = to_area(snapshot, area, as_of), purchases(snapshot, as_of)
    bought, limit = every.some(inside[every.buyer]), limit_of(snapshot, area)
    whole = local_sourcing(bought.value, bought.proximity(near), limit)
    own = own_counts(snapshot, area, as_of)
    linked = bought.value[bought.seller >= 0]
    coverage = Coverage(
        len(linked),
        int(np.isnan(linked).sum()),
        float(np.nan_to_num(linked).sum()),
        float(np.nan_to_num(bought.value[bought.seller < 0]).sum()),
        int(inside.sum()),
    )
    away = (every.seller >= 0) & inside[every.seller] & ~near.perhaps(limit)[every.buyer]
    method = LOCAL_SOURCING.method(
        snapshot,
        as_of,
        {"first": first},
        coverage=coverage,
        used=lambda: of_purchases(bought) | of_purchases(every.some(away)),
    )
    if not whole.total[0]:
        return SourcingRate(
            None,
            (),
            0,
            own,
            method=method,
            unknown_reason=f"{as_of} 年没有已计量的采购：本地配套率不详",
        )
    rows = _by_product(snapshot, bought, every.some(away), near, limit)
    rows.sort(key=lambda row: (-row.purchases.outside - row.purchases.unknown, row.product))
    return SourcingRate(_amounts(whole, 0), rows[:first], len(rows), own, method=method)


def circularity(snapshot: Snapshot, id: str, *, as_of: int) -> Circularity:
    """Find how much of the supply among the organisations of a town or region goes round."""
    row_of_kind(snapshot, id, "Town", "Region")
    table = accounts(snapshot, as_of=as_of, within=id)
    method = CIRCULARITY.method(snapshot, as_of, coverage=table.coverage, used=table.used)
    if table.sales.nnz == 0:
        return Circularity(None, (), None, method=method, unknown_reason=nothing_measured(as_of))
    try:
        finn, unknown = _finn(table)
    except ClosedCircle:
        finn, unknown = None, closed(snapshot, table)
    share, circles = in_circles(table.sales)
    named = [table.rows[circle].tolist() for circle in circles]
    return Circularity(share, named, finn, method=method, unknown_reason=unknown)


def in_circles(sales: csr_array) -> tuple[float, list[Ints]]:
    """Find the share of value on links inside circles, and who is in them; a loop is not a circle of two."""
    _, group = connected_components(sales, directed=True, connection="strong")
    links = sales.tocoo()
    inside = group[links.row] == group[links.col]
    share = float(links.data[inside].sum() / links.data.sum())
    sizes = np.bincount(group)
    big = np.argsort(-sizes, kind="stable")[: int((sizes > 1).sum())]
    return share, [np.flatnonzero(group == one).astype(np.int32) for one in big]


def finn_index(sales: csr_array, output: Floats) -> float:
    """Compute Finn's cycling index of a table: Z (seller by buyer) and x > 0; raises ClosedCircle.

    >>> round(finn_index(csr_array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0])), 6)
    0.140093
    """
    # l_ii ≥ 1: what rounding takes below would make the index negative.
    own = np.maximum(inverse(sales.toarray() / output).diagonal(), 1.0)
    return float(((1 - 1 / own) * output).sum() / output.sum())


def _finn(table: Accounts) -> tuple[float | None, str | None]:
    members = np.flatnonzero(table.known)
    if len(members) > LARGEST_DENSE:
        return None, f"主体 {len(members):,} 家，超过 {LARGEST_DENSE:,}：Finn 指数未算"
    part = csr_array(table.sales[members][:, members])
    return finn_index(part, table.output[members]), None


def _by_product(
    snapshot: Snapshot, bought: Purchases, sold: Purchases, near: Proximities, limit: Proximity
) -> list[ProductPurchases]:
    """Purchases by product, beside what is sold elsewhere."""
    first, count = snapshot.nodes["Product"].first, len(snapshot.nodes["Product"])
    bought, sold = (part.some(part.product >= 0) for part in (bought, sold))
    found = local_sourcing(bought.value, bought.proximity(near), limit, (bought.product, count))
    outflow = np.bincount(sold.product, weights=np.nan_to_num(sold.value), minlength=count)
    products = np.union1d(bought.product, sold.product).tolist()
    return [ProductPurchases(NodeIndex(p + first), _amounts(found, p), float(outflow[p])) for p in products]


def _amounts(found: LocalSourcing, group: int) -> PurchasesByOrigin:
    local, outside, unknown = (float(part[group]) for part in (found.local, found.outside, found.unknown))
    return PurchasesByOrigin(local, outside, unknown, int(found.purchases[group] - found.measured[group]))
