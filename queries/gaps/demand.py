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
    """What a town's organisations buy of every product (its place) in a year."""

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
    return Demand(sourcing, origins, _concentration(bought, sourcing.total))


def _concentration(bought: Purchases, total: Floats) -> Floats:
    """Compute the HHI of every product over its sellers in the graph; NaN where nothing is measured."""
    sold = bought.some((bought.value > 0) & (bought.seller >= 0))
    pairs, group = np.unique(sold.product.astype(np.int64) << 32 | sold.seller, return_inverse=True)
    amounts, product = np.bincount(group, weights=sold.value, minlength=len(pairs)), pairs >> 32
    squares = np.bincount(product, weights=(amounts / total[product]) ** 2, minlength=len(total))
    return np.where(total > 0, squares, np.nan)
