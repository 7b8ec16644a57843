"""Purchases: what is bought in a year, by whom, from whom, for how much, and how near it comes from.

A purchase comes from a seller in the graph (a flow of SUPPLIES), or from sellers that are not in it, of whom
only the origin is stated (NEEDS). What an organisation supplies to itself is a flow and no purchase.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Proximity
from graph.snapshot.claims import contradicts
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.proximity import SCALE, Proximities, of_origins
from graph.snapshot.table import MISSING
from graph.snapshot.years import MAX_AGE, Mask, Tables, counted, newest

type Counts = NDArray[np.int64]

KINDS = ("Organisation", "Product")
"""What the two ends of making and buying are."""


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """The supply that holds in a year: for each seller, buyer and product the one flow that counts.

    Ordered by seller, buyer and product (global rows).
    """

    start: Ints
    end: Ints
    product: Ints
    year: Ints
    """The year of the figure; MISSING: known, not measured."""
    value: Floats
    """Yuan a year; NaN: unknown."""
    share: Floats
    """Of the buyer's purchases of the product: as stated, else by value; NaN: unknown, or stale."""
    stale: Mask
    """Whether the figure is older than MAX_AGE: the link stands, its value counts as unmeasured."""
    rivals: Ints
    """How many flows from other sources contradict it."""
    source: Ints
    """Who says so (global rows); -1: not stated."""
    synthetic: Mask
    """Whether it is invented, by itself or by what it refers to."""
    edge: Ints
    """Its place among the SUPPLIES relations."""

    def __len__(self) -> int:
        return len(self.start)

    @property
    def measured(self) -> Floats:
        """The values that may enter sums: NaN where unknown or stale."""
        return np.where(self.stale, np.nan, self.value)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The supply of a year as links between organisations, both ways.

    Nodes are places among the organisations (global row − `first`); `edges` of both are places in `flows`.
    """

    flows: Flows
    first: int
    customers: Csr
    suppliers: Csr

    def __len__(self) -> int:
        return len(self.customers)

    @property
    def nbytes(self) -> int:
        """The memory that the links take."""
        return self.customers.nbytes + self.suppliers.nbytes


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
    edge: Ints
    """Its place among the NEEDS relations."""


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
    source: Ints
    """Who says so (global rows); -1: not stated."""
    synthetic: Mask
    """Whether it is invented, by itself or by what it refers to."""
    edge: Ints
    """Its place among the SUPPLIES relations, or where the seller is not in the graph among the NEEDS."""

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
            self.source[wanted],
            self.synthetic[wanted],
            self.edge[wanted],
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


def supply_flows(tables: Tables, year: int) -> Flows:
    """Choose the supply that holds in a year, as `newest` does; both ends must exist in that year."""
    return tables.remember(("flows", year), lambda: _supply_flows(tables, year))


def supply_network(tables: Tables, year: int) -> Network:
    """Link the organisations by the supply of a year."""
    return tables.remember(("network", year), lambda: _supply_network(tables, year))


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


def years_of(tables: Tables, bought: Purchases) -> Ints:
    """Give the year of the figure of each purchase; MISSING: not stated."""
    year, named = np.empty(len(bought), np.int32), bought.seller >= 0
    for label, mask in (("SUPPLIES", named), ("NEEDS", ~named)):
        year[mask] = tables.relations[label]["year"][bought.edge[mask]]
    return year


@dataclass(frozen=True, slots=True)
class Rival:
    """What another source says of a flow, and contradicts it."""

    value: float
    """Yuan a year."""
    source: NodeIndex | None
    """None: not stated."""
    edge: int
    """Its place among the SUPPLIES relations."""


def rivals_of(tables: Tables, year: int, flows: Sequence[int]) -> list[list[Rival]]:
    """List what contradicts some flows of a year (their places), best first."""
    table, (places, begins) = tables.relations["SUPPLIES"], newest(tables, "SUPPLIES", year)
    groups, found = np.append(begins, len(places)), list[list[Rival]]()
    for flow in flows:
        group = places[groups[flow] : groups[flow + 1]]
        rivals = group[contradicts(tables, table, np.repeat(group[:1], len(group)), group)]
        columns = (table[name][rivals].tolist() for name in ("value", "source"))
        told = zip(*columns, rivals.tolist(), strict=True)
        found.append([_rival(*cells) for cells in told])
    return found


def disputed_edges(tables: Tables, year: int, edges: Ints) -> Ints:
    """Find some flows of a year (their edges) among the relations, and those that contradict them."""
    table, (places, begins) = tables.relations["SUPPLIES"], newest(tables, "SUPPLIES", year)
    chosen = np.repeat(places[begins], np.diff(begins, append=len(places)))
    said = np.isin(chosen, edges) & ((places == chosen) | contradicts(tables, table, chosen, places))
    return places[said]


def dealings(tables: Tables, year: int) -> tuple[Csr, Csr]:
    """All suppliers and all customers of each organisation up to a year, whether or not they still are."""
    return tables.remember(("dealings", year), lambda: _dealings(tables, year))


def supply_years(tables: Tables, organisations: Ints) -> Ints:
    """Years of all that is recorded of what some organisations (global rows) sell and buy; MISSING: none."""
    table = tables.relations["SUPPLIES"]
    return table["year"][np.isin(table.start, organisations) | np.isin(table.end, organisations)]


def first_dealings(tables: Tables) -> Ints:
    """Find the earliest year of which it is on record that each organisation (place) sold or bought.

    The greatest int32 where none is.
    """
    table, firms = tables.relations["SUPPLIES"], tables.nodes["Organisation"]
    found = np.full(len(firms), np.iinfo(np.int32).max, np.int32)
    dated = np.flatnonzero(table["year"] != MISSING)
    for end in (table.start, table.end):
        np.minimum.at(found, end[dated] - firms.first, table["year"][dated])
    return found


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
    return np.bincount(cells, weights=value[known], minlength=groups * len(SCALE)).reshape(groups, len(SCALE))


def _supply_network(tables: Tables, year: int) -> Network:
    flows, organisations = supply_flows(tables, year), tables.nodes["Organisation"]
    count, first = len(organisations), np.int32(organisations.first)
    start, end = flows.start - first, flows.end - first
    return Network(flows, int(first), Csr.of(count, start, end), Csr.of(count, end, start))


def _supply_flows(tables: Tables, year: int) -> Flows:
    supplies = tables.relations["SUPPLIES"]
    places, begins = newest(tables, "SUPPLIES", year)
    chosen = places[begins]
    names = ("from", "to", "product", "year", "value", "share", "source")
    kept = {name: supplies[name][chosen] for name in names}
    stale = (kept["year"] != MISSING) & (year - kept["year"].astype(np.int64) > MAX_AGE)
    measured = np.where(stale, np.nan, kept["value"])
    share = measured / _bought(tables, year, kept["to"], kept["product"], measured)
    kept["share"] = np.where(stale, np.nan, np.where(np.isnan(kept["share"]), share, kept["share"]))
    rivals, made_up = _rivals(tables, places, begins), invented(tables).relations["SUPPLIES"][chosen]
    for array in (*kept.values(), stale, rivals, made_up, chosen):
        array.setflags(write=False)
    start, end, product, year_of, value, shares, source = kept.values()
    return Flows(start, end, product, year_of, value, shares, stale, rivals, source, made_up, chosen)


def _bought(tables: Tables, year: int, buyer: Ints, product: Ints, value: Floats) -> Floats:
    """Sum what each buyer gets of each product (global rows), from sellers in the graph and from others."""
    outside, first = outside_purchases(tables, year), [tables.nodes[kind].first for kind in KINDS]
    buyers = np.append(buyer, outside.buyer + first[0]).astype(np.int64)
    goods = np.append(product, outside.product + first[1])
    values = np.nan_to_num(np.append(value, outside.value))
    _, group = np.unique(buyers << 32 | (goods + 1), return_inverse=True)
    total = np.bincount(group, weights=values)[group[: len(buyer)]]
    return np.where(total > 0, total, np.nan)


def _rivals(tables: Tables, places: Ints, begins: NDArray[np.intp]) -> Ints:
    """Count, for each chosen flow, those of other sources that contradict it."""
    sizes = np.diff(begins, append=len(places))
    chosen = np.repeat(places[begins], sizes)
    against = contradicts(tables, tables.relations["SUPPLIES"], chosen, places)
    counts = np.add.reduceat(against.astype(np.int32), begins) if len(begins) else np.zeros(0, np.int32)
    return counts.astype(np.int32)


def _outside_purchases(tables: Tables, year: int) -> OutsidePurchases:
    needs = tables.relations["NEEDS"]
    chosen, fresh = counted(tables, "NEEDS", year)
    buyer = needs.start[chosen] - np.int32(tables.nodes["Organisation"].first)
    product = needs.end[chosen] - np.int32(tables.nodes["Product"].first)
    value = np.where(fresh, needs["value"][chosen], np.nan)
    for array in (buyer, product, value):
        array.setflags(write=False)
    return OutsidePurchases(
        buyer, product, value, of_origins(needs["origin"][chosen]), needs["source"][chosen], chosen
    )


def _purchases(tables: Tables, year: int) -> Purchases:
    flows, outside = supply_flows(tables, year), outside_purchases(tables, year)
    first, base = (np.int32(tables.nodes[kind].first) for kind in KINDS)
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
    source = np.append(flows.source[sold], outside.source)
    made_up = np.append(flows.synthetic[sold], invented(tables).relations["NEEDS"][outside.edge])
    edge = np.append(flows.edge[sold], outside.edge)
    for array in (buyer, seller, product, value, stated.nearest, stated.farthest, source, made_up, edge):
        array.setflags(write=False)
    return Purchases(buyer, seller, product, value, stated, source, made_up, edge)


def _rival(value: float, source: int, edge: int) -> Rival:
    return Rival(value, None if source < 0 else NodeIndex(source), edge)


def _dealings(tables: Tables, year: int) -> tuple[Csr, Csr]:
    table, organisations = tables.relations["SUPPLIES"], tables.nodes["Organisation"]
    past, first = table["year"] <= year, np.int32(organisations.first)
    seller, buyer = table.start[past] - first, table.end[past] - first
    return Csr.of(len(organisations), buyer, seller), Csr.of(len(organisations), seller, buyer)
