"""Market: who makes a product in a year, where they are, how big, and whom they deal with."""

from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import RegionLevel, Term
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.flows import Floats, Network, supply_network
from graph.snapshot.makers import makers_and_sellers
from graph.snapshot.regions import at_level, locals_of, locations, main_industry, pairs
from graph.snapshot.snapshot import Snapshot
from queries.linkage.accounts import firms
from queries.sourcing.ties import Ties

EARTH = 6371.0088
"""Mean radius (km)."""
DIGITS = 2
"""Of the industry codes whose pairs are counted."""


class DistanceClass(Term):
    """两个主体所在地的关系"""  # noqa: D400, D415 - GraphQL shows it

    COUNTY = "COUNTY", "同县（区、市）"
    CITY = "CITY", "同市不同县"
    PROVINCE = "PROVINCE", "同省不同市"
    ELSEWHERE = "ELSEWHERE", "不同省"
    UNKNOWN = "UNKNOWN", "至少一方所在地不详"


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """What is known of all organisations in a year; nodes are places among them."""

    network: Network
    ties: Ties
    makers: Csr
    """By product (place): who is known to make or to sell it, each once, ordered by id."""
    towns: Csr
    """The towns (places) that each is local to."""
    relatives: Csr
    """Owners, owned and allies."""
    output: Floats
    """Yuan a year; NaN: unknown."""
    industry: Ints
    """The main industry (2 digits, a place); -1: unknown."""
    pairs: Floats
    """Of the links into an industry (column) the share that comes from another (row), plus-one smoothed."""
    regions: tuple[Ints, Ints, Ints]
    """Its county, city and province (places); -1: unknown."""
    longitude: Floats
    latitude: Floats

    def classes(self, one: int, others: Ints) -> list[DistanceClass]:
        """Tell how the places of others stand to that of one."""
        county, city, province = (level[one] for level in self.regions)
        where = zip(*(level[others].tolist() for level in self.regions), strict=True)
        return [_class((county, city, province), there) for there in where]

    def kilometres(self, one: int, others: Ints) -> Floats:
        """Measure great-circle distances (km); NaN where coordinates are missing."""
        here, there = np.radians(self.latitude[one]), np.radians(self.latitude[others])
        turn = np.radians(self.longitude[others] - self.longitude[one])
        half = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(turn / 2) ** 2
        return 2 * EARTH * np.arcsin(np.sqrt(np.minimum(half, 1.0)))

    def pair(self, buyer: int, sellers: Ints) -> Floats:
        """Tell how often the buyer's industry buys from the sellers' (0–1, smoothed); NaN: unknown."""
        own = self.industry[buyer]
        theirs = self.industry[sellers]
        return np.where((own >= 0) & (theirs >= 0), self.pairs[theirs, own], np.nan)


def market(snapshot: Snapshot, as_of: int) -> Market:
    """Survey the market of a year."""
    return snapshot.remember(("market", as_of), lambda: _market(snapshot, as_of))


def _market(snapshot: Snapshot, as_of: int) -> Market:
    network, table = supply_network(snapshot, as_of), snapshot.nodes["Organisation"]
    flows, count = network.flows, len(table)
    sellers, buyers = flows.start - network.first, flows.end - network.first
    where = locations(snapshot, as_of)
    levels = (RegionLevel.COUNTY, RegionLevel.CITY, RegionLevel.PROVINCE)
    regions = [np.append(at_level(snapshot, level, as_of), np.int32(-1))[where] for level in levels]
    ties = Ties.of(count, sellers, buyers)
    industry, pairs = _pairs(snapshot, as_of, sellers, buyers)
    return Market(
        network=network,
        ties=ties,
        makers=_makers(snapshot, as_of),
        towns=Csr.of(count, *locals_of(snapshot, as_of)),
        relatives=relatives(snapshot, as_of),
        output=firms(snapshot, as_of).output,
        industry=industry,
        pairs=pairs,
        regions=(regions[0], regions[1], regions[2]),
        longitude=table["longitude"],
        latitude=table["latitude"],
    )


def _class(one: tuple[int, int, int], other: tuple[int, int, int]) -> DistanceClass:
    """Name the smallest region that both lie in."""
    near = (DistanceClass.COUNTY, DistanceClass.CITY, DistanceClass.PROVINCE)
    for here, there, name in zip(one, other, near, strict=True):
        if here >= 0 and here == there:
            return name
    return DistanceClass.UNKNOWN if min(one[-1], other[-1]) < 0 else DistanceClass.ELSEWHERE


def _makers(snapshot: Snapshot, as_of: int) -> Csr:
    who, goods = makers_and_sellers(snapshot, as_of)
    return Csr.of(len(snapshot.nodes["Product"]), goods, who)


def relatives(snapshot: Snapshot, as_of: int) -> Csr:
    """Link each organisation (its place) to its owners, those it owns, and its allies in a year."""
    both = [pairs(snapshot, label, as_of) for label in ("OWNS", "ALLIED_WITH")]
    start, end = (np.concatenate(side) for side in zip(*both, strict=True))
    ends = np.append(start, end), np.append(end, start)
    return Csr.of(len(snapshot.nodes["Organisation"]), *ends)


def _pairs(snapshot: Snapshot, as_of: int, sellers: Ints, buyers: Ints) -> tuple[Ints, Floats]:
    """Count how often industries sell to each other; numbers the industries anew."""
    main = main_industry(snapshot, as_of, DIGITS)
    known = np.unique(main[main >= 0])
    industry = np.where(main < 0, -1, np.searchsorted(known, main)).astype(np.int32)
    table = np.ones((max(len(known), 1),) * 2)
    start, end = industry[sellers], industry[buyers]
    some = (start >= 0) & (end >= 0)
    np.add.at(table, (start[some], end[some]), 1.0)
    return industry, table / table.sum(axis=0)
