"""Purchases: what is bought in a year, by whom, from whom, for how much, and how near it comes from.

A purchase comes from a seller in the graph (a flow), or from sellers that are not in it, of whom only the
origin is stated (NEEDS). What an organisation supplies to itself is no purchase.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Proximity
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.flows import Floats, supply_flows
from graph.snapshot.proximity import SCALE, Proximities, of_origins
from graph.snapshot.years import Mask, Tables, counted

type Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class OutsidePurchases:
    """What is bought in a year from sellers that are not in the graph: one a buyer, product and origin.

    Buyers and products are places in their tables.
    """

    buyer: Ints
    product: Ints
    value: Floats
    """Yuan a year; NaN: unknown, or too old to count."""
    stated: Proximities
    """How near the sellers are to the buyer."""
    source: Ints
    """Who says so (global rows); -1: not stated."""


@dataclass(frozen=True, slots=True, eq=False)
class Purchases:
    """All that is bought in a year; buyers, sellers and products are places in their tables."""

    buyer: Ints
    seller: Ints
    """-1: not in the graph."""
    product: Ints
    """-1: the product itself is not in the graph."""
    value: Floats
    """Yuan a year; NaN: unknown, or too old to count."""
    stated: Proximities
    """Where the seller is not in the graph: how near it is to the buyer; else nothing is stated."""

    def __len__(self) -> int:
        return len(self.buyer)

    def some(self, wanted: Mask | NDArray[np.integer]) -> "Purchases":
        """Take some of them."""
        return Purchases(
            self.buyer[wanted],
            self.seller[wanted],
            self.product[wanted],
            self.value[wanted],
            self.stated.at(wanted),
        )

    def proximity(self, organisations: Proximities) -> Proximities:
        """Proximity that they come from, given that of every organisation (its place)."""
        named, sellers = self.seller >= 0, organisations.at(self.seller)
        return Proximities(
            np.where(named, sellers.nearest, self.stated.nearest),
            np.where(named, sellers.farthest, self.stated.farthest),
        )


@dataclass(frozen=True, slots=True, eq=False)
class LocalSourcing:
    """Local sourcing (本地配套): how much of what is bought comes from an area; arrays by group."""

    local: Floats
    """Yuan a year from sellers known to be in the area."""
    outside: Floats
    """Yuan a year from sellers known to be elsewhere."""
    unknown: Floats
    """Yuan a year from sellers who may be in the area or not."""
    purchases: Counts
    """How many purchases are known."""
    measured: Counts
    """How many of them have a value: the others are in none of the three sums."""

    @property
    def total(self) -> Floats:
        """All measured purchases, yuan a year."""
        return self.local + self.outside + self.unknown

    @property
    def rate(self) -> Floats:
        """Least local sourcing rate (本地配套率, 0–1): the unknown is not local; NaN: nothing measured."""
        return self.local / np.where(self.total > 0, self.total, np.nan)

    @property
    def rate_at_most(self) -> Floats:
        """Greatest rate (0–1): all that is unknown is local; NaN: nothing is measured."""
        return (self.local + self.unknown) / np.where(self.total > 0, self.total, np.nan)


def outside_purchases(tables: Tables, year: int) -> OutsidePurchases:
    """Choose what is bought in a year from sellers that are not in the graph, as `newest` does."""
    return tables.remember(("outside purchases", year), lambda: _outside_purchases(tables, year))


def purchases(tables: Tables, year: int) -> Purchases:
    """List what is bought in a year: first from sellers in the graph, then from others."""
    return tables.remember(("purchases", year), lambda: _purchases(tables, year))


def purchases_of(tables: Tables, buyers: Ints, year: int) -> Purchases:
    """List what some organisations (places) buy in a year."""
    every, count = purchases(tables, year), len(tables.nodes["Organisation"])
    by_buyer = tables.remember(("purchases by buyer", year), lambda: Csr.of(count, every.buyer, every.seller))
    return every.some(by_buyer.at(buyers)[2])


def local_sourcing(
    value: Floats, near: Proximities, limit: Proximity, groups: tuple[NDArray[np.integer], int] | None = None
) -> LocalSourcing:
    """Add up purchases by whether they come from an area: from as near as a limit, or nearer.

    `groups` are the group of each purchase and how many groups there are; without it all are one group.
    """
    group, count = groups or (np.zeros(len(value), np.int64), 1)
    known, inside = ~np.isnan(value), near.surely(limit)
    maybe = near.perhaps(limit) & ~inside
    local, outside, unknown = (
        np.bincount(group[some], weights=value[some], minlength=count)
        for some in (known & inside, known & ~inside & ~maybe, known & maybe)
    )
    bought, measured = (np.bincount(some, minlength=count) for some in (group, group[known]))
    return LocalSourcing(local, outside, unknown, bought, measured)


def by_proximity(value: Floats, near: Proximities, group: NDArray[np.integer], groups: int) -> Floats:
    """Add up purchases by how near they are known to come from: groups × Proximity, yuan a year."""
    known = ~np.isnan(value)
    cells = group[known].astype(np.int64) * len(SCALE) + near.farthest[known]
    return np.bincount(cells, weights=value[known], minlength=groups * len(SCALE)).reshape(groups, -1)


def _outside_purchases(tables: Tables, year: int) -> OutsidePurchases:
    needs = tables.relations["NEEDS"]
    chosen, fresh = counted(tables, "NEEDS", year)
    buyer = needs.start[chosen] - np.int32(tables.nodes["Organisation"].first)
    product = needs.end[chosen] - np.int32(tables.nodes["Product"].first)
    value = np.where(fresh, needs["value"][chosen], np.nan)
    for array in (buyer, product, value):
        array.setflags(write=False)
    return OutsidePurchases(
        buyer, product, value, of_origins(needs["origin"][chosen]), needs["source"][chosen]
    )


def _purchases(tables: Tables, year: int) -> Purchases:
    flows, outside = supply_flows(tables, year), outside_purchases(tables, year)
    first, base = (np.int32(tables.nodes[kind].first) for kind in ("Organisation", "Product"))
    sold = np.flatnonzero(flows.start != flows.end)
    named = flows.product[sold] >= 0
    buyer = np.append(flows.end[sold] - first, outside.buyer)
    seller = np.append(flows.start[sold] - first, np.full(len(outside.buyer), -1, np.int32))
    product = np.append(np.where(named, flows.product[sold] - base, np.int32(-1)), outside.product)
    value = np.append(flows.measured[sold], outside.value)
    nothing = of_origins(np.full(len(sold), -1, np.int16))
    stated = Proximities(
        np.append(nothing.nearest, outside.stated.nearest),
        np.append(nothing.farthest, outside.stated.farthest),
    )
    for array in (buyer, seller, product, value, stated.nearest, stated.farthest):
        array.setflags(write=False)
    return Purchases(buyer, seller, product, value, stated)
