"""Sourcing: how many suppliers a buyer has of each product, and how its purchases spread over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product
from graph.kinds.results import After, As, result
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import KINDS, Purchases, purchases
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Answer, Coverage, Formula
from queries.levels import OwnCounts, in_scope, own_counts
from queries.linkage.accounts import bought_outside
from queries.links import known
from queries.provenance import Rows, of_purchases

MOST = 500

FORMULA = Formula(
    "single-sourcing",
    "单一来源",
    2,
    "依据已登记的供应关系；未登记的供应商会使“单一来源”偏多。",
)


@result("一个买方对一种产品的采购，及其供应商")
@dataclass(frozen=True, slots=True)
class Sourcing:
    """What one buyer buys of one product, and from how many."""

    buyer: Annotated[NodeIndex, Organisation, "买方"]
    product: Annotated[NodeIndex, Product, "产品"]
    suppliers: Annotated[int, "图内已知供应商数（不含自身）"]
    """Whatever is known of the values."""
    measured: Annotated[int, "其中有可用数值者"]
    also_outside: Annotated[bool, "是否已知另有图外采购"]
    supplier: Annotated[NodeIndex | None, Organisation, "图内唯一的供应商；空为不止一家"]
    value: Annotated[float | None, "已计量的采购额（元/年）；空为不详"]
    concentration: Annotated[
        float | None, "采购在已计量的供应商之间的赫芬达尔指数（1/n–1）；空为不详", As("hhi")
    ]
    """Σ (value ÷ Σ value)² over the measured suppliers."""

    @property
    def single(
        self,
    ) -> Annotated[bool, "是否单一来源：已知供应商仅一家，且无图外采购", After("also_outside")]:
        """Whether one supplier is known, and no purchase outside the graph."""
        return self.suppliers == 1 and not self.also_outside


@result("单一来源的采购")
@dataclass(frozen=True, slots=True)
class SingleSourced(Answer):
    """The single-sourced purchases of a scope, the largest first."""

    rows: Annotated[Sequence[Sourcing], "单一来源的采购：金额大者在前"]
    count: Annotated[int, "单一来源的采购（买方与产品）数"]
    pairs: Annotated[int, "采购（买方与产品）总数"]
    share: Annotated[float | None, "单一来源占比（0–1）；空为没有采购"]
    own: OwnCounts = None


def single_sourced(
    snapshot: Snapshot, id: str | None = None, *, as_of: int, first: int = 50
) -> SingleSourced:
    """List the purchases of a town's organisations (or a region's, or of all) that have one known supplier.

    A purchase is a pair of buyer and product. Ordered by value, unknown values last.
    """
    within_bounds(first)
    buyers = in_scope(snapshot, id, as_of)
    found = sourcing(snapshot, as_of, buyers)
    single = [pair for pair in found if pair.single]
    method = FORMULA.method(
        snapshot,
        as_of,
        coverage=coverage_of(snapshot, as_of, buyers),
        used=lambda: bought_by(snapshot, as_of, buyers),
        within=id,
        first=first,
    )
    unknown = None if found else f"{as_of} 年在此范围内没有已登记的采购"
    share = len(single) / len(found) if found else None
    return SingleSourced(
        single[:first],
        len(single),
        len(found),
        share,
        own_counts(snapshot, snapshot.find(id) if id else None, as_of),
        method=method,
        unknown_reason=unknown,
    )


def within_bounds(first: int) -> None:
    """Refuse to list none, or too many."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")


def sourcing(snapshot: Snapshot, as_of: int, buyers: Mask) -> list[Sourcing]:
    """Count the suppliers of every product that some buyers (places) buy.

    Single-sourced ones first, then by value (biggest first), buyer and product.
    """
    bought = purchases(snapshot, as_of)
    used = np.flatnonzero(buyers[bought.buyer] & (bought.product >= 0))
    named = used[bought.seller[used] >= 0]
    keys, group = np.unique(_pairs(bought, named), return_inverse=True)
    value = bought.value[named]
    suppliers, measured = np.bincount(group), np.bincount(group, weights=~np.isnan(value))
    seller = np.zeros(len(keys), np.int32)
    seller[group] = bought.seller[named]
    total, hhi = concentrations(value, group, len(keys))
    outside = np.isin(keys, _pairs(bought, used[bought.seller[used] < 0]))
    single = (suppliers == 1) & ~outside
    order = np.lexsort((keys, -np.nan_to_num(total, nan=-1.0), ~single))
    first, base = (snapshot.nodes[kind].first for kind in KINDS)
    ends = (keys >> 32) + first, (keys & (2**32 - 1)) + base
    arrays = (*ends, suppliers, measured.astype(np.int64), outside, seller + first)
    facts = (array[order].tolist() for array in arrays)
    figures = (map(known, array[order].tolist()) for array in (total, hhi))
    return [
        Sourcing(buyer, product, count, sure, other, only if count == 1 else None, amount, spread)
        for buyer, product, count, sure, other, only, amount, spread in zip(*facts, *figures, strict=True)
    ]


def bought_by(snapshot: Snapshot, as_of: int, buyers: Mask) -> Rows:
    """Rows of all that some buyers (places) buy of a known product."""
    bought = purchases(snapshot, as_of)
    return of_purchases(bought.some(buyers[bought.buyer] & (bought.product >= 0)))


def concentrations(value: Floats, group: NDArray[np.integer], groups: int) -> tuple[Floats, Floats]:
    """Sum the known values of each group, and compute their Herfindahl–Hirschman index.

    HHI = Σ (v ÷ Σ v)² over the members with a value above 0: 1/n when n are equal, 1 when one has all. NaN:
    nothing is known, or (HHI) nothing is above 0.

    >>> total, hhi = concentrations(np.array([2.0, 2.0, np.nan]), np.array([0, 0, 1]), 2)
    >>> total.tolist(), hhi.tolist()
    ([4.0, nan], [0.5, nan])
    """
    sure = np.bincount(group, weights=~np.isnan(value), minlength=groups) > 0
    total = np.bincount(group, weights=np.nan_to_num(value), minlength=groups)
    share = np.nan_to_num(value) / np.where(total > 0, total, 1.0)[group]
    squares = np.bincount(group, weights=share**2, minlength=groups)
    return np.where(sure, total, np.nan), np.where(total > 0, squares, np.nan)


def coverage_of(snapshot: Snapshot, as_of: int, buyers: Mask, sellers: Mask | None = None) -> Coverage:
    """Count what is measured of all that some buyers (places) buy, from some sellers or from all."""
    bought = purchases(snapshot, as_of)
    asked = buyers[bought.buyer] & (bought.seller >= 0)
    measured = bought.value[asked if sellers is None else asked & sellers[bought.seller]]
    return Coverage(
        links=len(measured),
        unmeasured=int(np.isnan(measured).sum()),
        observed=float(np.nan_to_num(measured).sum()),
        outside_graph=float(bought_outside(snapshot, as_of)[buyers].sum()),
        organisations=int(buyers.sum()),
    )


def _pairs(bought: Purchases, some: NDArray[np.integer]) -> NDArray[np.int64]:
    """Make one number of the buyer and the product (places) of each of some purchases."""
    return bought.buyer[some].astype(np.int64) << 32 | bought.product[some]
