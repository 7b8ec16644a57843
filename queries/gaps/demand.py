"""Demand side of gaps: what the organisations of a town buy of each product in a year, and where from.

Purchases are flows between organisations (SUPPLIES) and what is bought from sellers outside of the graph
(NEEDS); a figure that is missing, or older than three years, is a purchase that is known and not measured.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Origin
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.flows import Floats, supply_flows, supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import Mask, counted
from queries.gaps.nearness import ORDER, Codes, Nearness

FROM = {
    Origin.LOCAL: Nearness.TOWN,
    Origin.PROVINCE: Nearness.PROVINCE,
    Origin.COUNTRY: Nearness.ELSEWHERE,
    Origin.ABROAD: Nearness.ELSEWHERE,
    Origin.UNKNOWN: Nearness.UNKNOWN,
}
"""How near the origin of a purchase from outside of the graph is."""

type Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """What is bought in a year from sellers outside of the graph, and who buys at all."""

    product: Ints
    value: Floats
    """Yuan a year; NaN: not measured."""
    near: Codes
    """Where it comes from: places in Nearness."""
    by_buyer: Csr
    """Its edges are places in the three."""
    traded: Mask
    """Of products: whether anybody is known to buy them, from within the graph or outside."""


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What a town's organisations buy of every product (its place) in a year."""

    origins: Floats
    """Products × Nearness: yuan a year, of what is measured."""
    purchases: Counts
    """How many purchases (seller, buyer, product; or buyer, product, origin) are known."""
    measured: Counts
    """How many of them have a value that may be used."""
    hhi: Floats
    """Σ (what one seller sells ÷ all measured purchases)²: sellers outside of the graph are not known one by
    one and add nothing, so that it is a lower bound (0–1); NaN: nothing is measured."""

    @property
    def total(self) -> Floats:
        """All measured purchases, yuan a year."""
        return self.origins.sum(axis=1)


def outside_of(snapshot: Snapshot, year: int) -> Outside:
    """Find what is bought in a year from sellers outside of the graph."""
    return snapshot.remember(("bought outside", year), lambda: _outside_of(snapshot, year))


def demand_of(snapshot: Snapshot, buyers: Ints, near: Codes, year: int) -> Demand:
    """Add up what some organisations (places) buy, product by product, by how near it comes from."""
    network, outside = supply_network(snapshot, year), outside_of(snapshot, year)
    products, words = len(snapshot.nodes["Product"]), len(Nearness)
    _, seller, edge = network.suppliers.at(buyers)
    named = network.flows.product[edge] >= 0  # goods that no product node stands for belong to none
    seller, edge = seller[named], edge[named]
    _, _, need = outside.by_buyer.at(buyers)
    flows = network.flows
    sold_for = np.where(flows.stale[edge], np.nan, flows.value[edge])
    bought = flows.product[edge] - np.int32(snapshot.nodes["Product"].first)
    product = np.append(bought, outside.product[need])
    value = np.append(sold_for, outside.value[need])
    origin = np.append(near[seller], outside.near[need])
    known = ~np.isnan(value)
    cells = product[known].astype(np.int64) * words + origin[known]
    origins = np.bincount(cells, weights=value[known], minlength=products * words).reshape(products, words)
    purchases, measured = (np.bincount(some, minlength=products) for some in (product, product[known]))
    sold = _Sold(bought, seller, sold_for)
    return Demand(origins, purchases, measured, _concentration(sold, origins.sum(axis=1)))


@dataclass(frozen=True, slots=True, eq=False)
class _Sold:
    """Purchases from sellers in the graph, one by one."""

    product: Ints
    seller: Ints
    value: Floats


def _concentration(sold: _Sold, total: Floats) -> Floats:
    """Compute the HHI of every product; NaN where nothing is measured."""
    known = np.flatnonzero(sold.value > 0)
    key = sold.product[known].astype(np.int64) << 32 | sold.seller[known]
    pairs, group = np.unique(key, return_inverse=True)
    amounts = np.bincount(group, weights=sold.value[known], minlength=len(pairs))
    product = pairs >> 32
    squares = np.bincount(product, weights=(amounts / total[product]) ** 2, minlength=len(total))
    return np.where(total > 0, squares, np.nan)


def _outside_of(snapshot: Snapshot, year: int) -> Outside:
    needs, first = snapshot.relations["NEEDS"], np.int32(snapshot.nodes["Product"].first)
    chosen, fresh = counted(snapshot, "NEEDS", year)
    product = needs.end[chosen] - first
    buyer = needs.start[chosen] - np.int32(snapshot.nodes["Organisation"].first)
    codes = np.full(len(Origin) + 1, ORDER[Nearness.UNKNOWN], np.int8)
    for origin, word in FROM.items():
        codes[code(origin)] = ORDER[word]
    traded = np.zeros(len(snapshot.nodes["Product"]), np.bool_)
    traded[product] = True
    flowing = supply_flows(snapshot, year).product
    traded[flowing[flowing >= 0] - first] = True
    by_buyer = Csr.of(len(snapshot.nodes["Organisation"]), buyer, product)
    value = np.where(fresh, needs["value"][chosen], np.nan)
    return Outside(product, value, codes[needs["origin"][chosen]], by_buyer, traded)
