"""Demand side of gaps: what the organisations of a town buy of each product in a year, and where from.

A figure that is missing, or older than three years, is a purchase that is known and not measured.
"""

from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import Proximity
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.proximity import Proximities
from graph.snapshot.purchases import (
    LocalSourcing,
    Purchases,
    by_proximity,
    local_sourcing,
    purchases,
    purchases_of,
)
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What a town's own organisations buy of every product (its place) in a year."""

    bought: Purchases
    """All that they buy of products that are known."""
    origin: Proximities
    """How near each of these comes from."""
    sourcing: LocalSourcing
    """By product: how much of it comes from the town."""
    origins: Floats
    """Products × Proximity: yuan a year, of what is measured."""
    hhi: Floats
    """Σ (what one seller sells ÷ all measured purchases)²: sellers outside of the graph are not known one by
    one and add nothing, so that it is a lower bound (0–1); NaN: nothing is measured."""


def bought_at_all(snapshot: Snapshot, year: int) -> Mask:
    """Which products (places) anybody is known to buy in a year."""
    product = purchases(snapshot, year).product
    found = np.zeros(len(snapshot.nodes["Product"]), np.bool_)
    found[product[product >= 0]] = True
    return found


def demand_of(snapshot: Snapshot, buyers: Ints, near: Proximities, year: int) -> Demand:
    """Add up what some organisations (places) buy, product by product, by how near it comes from.

    `near` is the proximity of every organisation to the town.
    """
    bought, count = purchases_of(snapshot, buyers, year), len(snapshot.nodes["Product"])
    bought = bought.some(bought.product >= 0)
    origin = bought.proximity(near)
    sourcing = local_sourcing(bought.value, origin, Proximity.TOWN, (bought.product, count))
    origins = by_proximity(bought.value, origin, bought.product, count)
    return Demand(bought, origin, sourcing, origins, _concentration(bought, sourcing.total))


def at_risk(demand: Demand, sole: Ints, concentrated: Mask) -> Floats:
    """Purchases at risk of every product (yuan a year): bought outside, or from the single source.

    The single source is the sole local maker (`sole`, a place; -1: none), and where purchases are
    concentrated the seller that sells most (of equal ones the first by id). NaN: nothing is measured.
    """
    bought, count = demand.bought, len(sole)
    known = ~np.isnan(bought.value)
    outside = ~demand.origin.perhaps(Proximity.TOWN)
    top = np.where(concentrated, _biggest(bought, count), np.int32(-1))
    named = bought.seller >= 0
    single = named & ((bought.seller == sole[bought.product]) | (bought.seller == top[bought.product]))
    risky = known & (outside | single)
    value = np.bincount(bought.product[risky], weights=bought.value[risky], minlength=count)
    return np.where(demand.sourcing.measured > 0, value, np.nan)


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells a product to the town's own organisations."""

    place: int
    value: float | None
    """Yuan a year; None: not measured."""


def sellers_of(demand: Demand, product: int) -> list[Seller]:
    """List who in the graph sells a product (its place), the most first, those without a figure last."""
    bought = demand.bought
    mine = bought.some((bought.product == product) & (bought.seller >= 0))
    sellers, group = np.unique(mine.seller, return_inverse=True)
    total = np.bincount(group, weights=np.nan_to_num(mine.value), minlength=len(sellers))
    measured = np.bincount(group, weights=~np.isnan(mine.value), minlength=len(sellers)) > 0
    order = np.lexsort((sellers, -np.where(measured, total, -1.0)))
    cells = zip(sellers[order].tolist(), total[order].tolist(), measured[order].tolist(), strict=True)
    return [Seller(place, value if sure else None) for place, value, sure in cells]


def beyond_graph(demand: Demand, product: int) -> float | None:
    """Add up what is bought of a product (its place) from sellers that are not in the graph (yuan a year).

    None: it is bought of them, and no purchase of it is measured.
    """
    bought = demand.bought
    value = bought.value[(bought.product == product) & (bought.seller < 0)]
    return None if len(value) and np.isnan(value).all() else float(np.nansum(value))


def _sold(bought: Purchases) -> tuple[Ints, Ints, Floats]:
    """Add up measured purchases by product and seller in the graph: products, sellers, yuan a year."""
    sold = bought.some((bought.value > 0) & (bought.seller >= 0))
    pairs, group = np.unique(sold.product.astype(np.int64) << 32 | sold.seller, return_inverse=True)
    amounts = np.bincount(group, weights=sold.value, minlength=len(pairs))
    return (pairs >> 32).astype(np.int32), (pairs & (2**32 - 1)).astype(np.int32), amounts


def _biggest(bought: Purchases, count: int) -> Ints:
    """The seller that sells most of every product; of equal ones the first; -1: none is known."""
    product, seller, amounts = _sold(bought)
    order = np.lexsort((-seller, amounts, product))
    found = np.full(count, -1, np.int32)
    found[product[order]] = seller[order]  # the last one written counts
    return found


def _concentration(bought: Purchases, total: Floats) -> Floats:
    """Compute the HHI of every product over its sellers in the graph; NaN where nothing is measured."""
    product, _, amounts = _sold(bought)
    squares = np.bincount(product, weights=(amounts / total[product]) ** 2, minlength=len(total))
    return np.where(total > 0, squares, np.nan)
