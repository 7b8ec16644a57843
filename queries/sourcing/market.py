"""Market: who may supply what in a year, how big they are, how far apart, and whom they deal with."""

from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import OrganisationForm
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.economy import agencies
from graph.snapshot.makers import makers_and_sellers
from graph.snapshot.purchases import supply_flows
from graph.snapshot.regions import locals_of, main_industry, pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, code
from graph.snapshot.years import Mask, alive, valid_in
from queries.sourcing.ties import Ties

EARTH = 6371.0088
"""Mean radius (km)."""
DIGITS = 2
"""Of the industry codes whose pairs are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class IndustryPairs:
    """How often organisations of one industry supply those of another."""

    industry: Ints
    """Main industry of each organisation (DIGITS digits, numbered anew); -1: unknown."""
    share: Floats
    """Of the links into an industry (column) the share that comes from another (row), plus-one smoothed."""

    def between(self, buyer: int, sellers: Ints) -> Floats:
        """Share of the links into the buyer's industry that comes from the sellers'; NaN: unknown."""
        own, theirs = self.industry[buyer], self.industry[sellers]
        return np.where((own >= 0) & (theirs >= 0), self.share[theirs, own], np.nan)


def possible(snapshot: Snapshot, year: int) -> Mask:
    """Which organisations may be named as suppliers: those that exist in the year, agencies left out."""

    def made() -> Mask:
        return alive(snapshot.nodes["Organisation"], year) & ~agencies(snapshot)

    return snapshot.remember(("possible suppliers", year), made)


def invitable(snapshot: Snapshot) -> Mask:
    """Which organisations (places) can be invited to a town: enterprises.

    A household, a farm or a cooperative stays where its people and its land are, and a public institution
    where its government put it: one can buy from them, not move them.
    """

    def made() -> Mask:
        return snapshot.nodes["Organisation"]["form"] == code(OrganisationForm.ENTERPRISE)

    return snapshot.remember("invitable", made)


def makers_or_sellers(snapshot: Snapshot, year: int) -> Csr:
    """By product (place): who is known to make it, or to sell it to anybody in the graph, ordered by id."""

    def made() -> Csr:
        who, goods = makers_and_sellers(snapshot, year)
        return Csr.of(len(snapshot.nodes["Product"]), goods, who)

    return snapshot.remember(("makers or sellers", year), made)


def relatives(snapshot: Snapshot, year: int) -> Csr:
    """By organisation (place): its owners, those it owns, and its allies in a year."""

    def made() -> Csr:
        both = [pairs(snapshot, label, year) for label in ("OWNS", "ALLIED_WITH")]
        start, end = (np.concatenate(side) for side in zip(*both, strict=True))
        ends = np.append(start, end), np.append(end, start)
        return Csr.of(len(snapshot.nodes["Organisation"]), *ends)

    return snapshot.remember(("relatives", year), made)


def towns_of(snapshot: Snapshot, year: int) -> Csr:
    """By organisation (place): the towns (places) that it is local to."""
    count = len(snapshot.nodes["Organisation"])
    return snapshot.remember(("towns of", year), lambda: Csr.of(count, *locals_of(snapshot, year)))


def trade_partners(snapshot: Snapshot, year: int) -> Ties:
    """Who deals with whom in a year, whatever the product."""

    def made() -> Ties:
        flows, first = supply_flows(snapshot, year), np.int32(snapshot.nodes["Organisation"].first)
        return Ties.of(len(snapshot.nodes["Organisation"]), flows.start - first, flows.end - first)

    return snapshot.remember(("trade partners", year), made)


def industry_pairs(snapshot: Snapshot, year: int) -> IndustryPairs:
    """Count how often industries supply each other in a year."""
    return snapshot.remember(("industry pairs", year), lambda: _industry_pairs(snapshot, year))


def kilometres(snapshot: Snapshot, one: int, others: Ints) -> Floats:
    """Great-circle distances of some organisations (places) to one (km); NaN: coordinates are missing."""
    table = snapshot.nodes["Organisation"]
    here, there = np.radians(table["latitude"][one]), np.radians(table["latitude"][others])
    turn = np.radians(table["longitude"][others] - table["longitude"][one])
    half = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(turn / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(np.minimum(half, 1.0)))


def ranks(snapshot: Snapshot, year: int) -> Floats:
    """Highest rank of the qualifications that each organisation holds in a year; NaN: none is recorded."""
    return snapshot.remember(("ranks of qualifications", year), lambda: _ranks(snapshot, year))


def _industry_pairs(snapshot: Snapshot, year: int) -> IndustryPairs:
    main = main_industry(snapshot, year, DIGITS)
    known = np.unique(main[main >= 0])
    industry = np.where(main < 0, -1, np.searchsorted(known, main)).astype(np.int32)
    flows, first = supply_flows(snapshot, year), snapshot.nodes["Organisation"].first
    table = np.ones((max(len(known), 1),) * 2)
    start, end = industry[flows.start - first], industry[flows.end - first]
    some = (start >= 0) & (end >= 0)
    np.add.at(table, (start[some], end[some]), 1.0)
    return IndustryPairs(industry, table / table.sum(axis=0))


def _ranks(snapshot: Snapshot, year: int) -> Floats:
    holds, table = snapshot.relations["HOLDS"], snapshot.nodes["Qualification"]
    held = valid_in(holds, year)
    stated = table["rank"].astype(np.float64)
    stated[table["rank"] == MISSING] = np.nan
    best = np.full(len(snapshot.nodes["Organisation"]), np.nan)
    who = holds.start[held] - snapshot.nodes["Organisation"].first
    np.fmax.at(best, who, stated[holds.end[held] - table.first])
    return best
