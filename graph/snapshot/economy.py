"""Economies: which organisations are a town's own in a year, and by which rule each came in.

A town's own organisations are its members, agencies left out. Beside them one that is a member of no town
counts for each town in whose regions it is located and whose industries it engages in, whose chains hold a
product it makes, or whose members it trades with. Where neither its industries nor its products can be
compared with those of the town, it counts for the only town there. Who is local as a place of supply is
another question: `locals_of`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import OrganisationForm, OwnRule
from graph.snapshot.classification import industry_codes
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.makers import makers
from graph.snapshot.purchases import supply_flows
from graph.snapshot.regions import locals_of, members, pairs
from graph.snapshot.table import code
from graph.snapshot.years import Mask, Tables

RULES = tuple(OwnRule)


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The own organisations of all towns: each pair once, ordered by organisation and town (places)."""

    organisation: Ints
    town: Ints
    rule: NDArray[np.int8]
    """The first rule that fits: a place in RULES."""

    def counts(self, town: int, living: Mask) -> list[int]:
        """How many of those that exist came into a town (its place) by each of RULES."""
        here = (self.town == town) & living[self.organisation]
        return np.bincount(self.rule[here], minlength=len(RULES)).tolist()


def own_organisations(tables: Tables, year: int) -> Own:
    """Pair organisations with the towns whose own they are in a year."""
    return tables.remember(("own organisations", year), lambda: _own(tables, year))


def own_to(tables: Tables, town: int, year: int) -> Mask:
    """Which organisations are a town's (its place) own."""
    found = own_organisations(tables, year)
    own = np.zeros(len(tables.nodes["Organisation"]), np.bool_)
    own[found.organisation[found.town == town]] = True
    return own


def agencies(tables: Tables) -> Mask:
    """Which organisations are bodies of government: they are no firms, wherever they are members."""
    return tables.nodes["Organisation"]["form"] == code(OrganisationForm.AGENCY)


def _own(tables: Tables, year: int) -> Own:
    member, town = members(tables, year)
    firm = ~agencies(tables)[member]
    member, town = member[firm], town[firm]
    near = _Neighbours.of(tables, member, year)
    engaged = near.engaged(tables, year)
    making = near.making(tables, year)
    trading = near.trading(tables, member, town, year)
    alone = near.only & ~engaged.comparable & ~making.comparable
    rule = np.select(
        [engaged.fits, making.fits, trading, alone],
        [RULES.index(one) for one in (OwnRule.INDUSTRY, OwnRule.CHAIN, OwnRule.TRADE, OwnRule.PLACE)],
        -1,
    )
    kept = rule >= 0
    organisation = np.append(member, near.organisation[kept]).astype(np.int32)
    towns = np.append(town, near.town[kept]).astype(np.int32)
    rules = np.append(np.zeros(len(member), np.int8), rule[kept]).astype(np.int8)
    order = np.lexsort((towns, organisation))
    found = Own(organisation[order], towns[order], rules[order])
    for array in (found.organisation, found.town, found.rule):
        array.setflags(write=False)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What is known of pairs of an organisation and a town in one respect."""

    fits: Mask
    comparable: Mask
    """Whether it is known of both."""


@dataclass(frozen=True, slots=True, eq=False)
class _Neighbours:
    """Organisations that are members of no town, each with the towns it is located in (places)."""

    organisation: Ints
    town: Ints
    only: Mask
    """Whether it is located in one town alone."""

    @classmethod
    def of(cls, tables: Tables, member: Ints, year: int) -> "_Neighbours":
        """Find them; `member` are the organisations that are members of a town. Agencies are left out."""
        organisation, town = locals_of(tables, year)
        bound = agencies(tables)
        bound[member] = True
        free = ~bound[organisation]
        organisation, town = organisation[free], town[free]
        several = np.bincount(organisation, minlength=1)[organisation] > 1
        return cls(organisation, town, ~several)

    def engaged(self, tables: Tables, year: int) -> _Known:
        """Which engage in an industry of the town: one whose code begins with the code of the town's."""
        codes = industry_codes(tables)
        wanted = np.zeros((len(tables.nodes["Town"]), len(codes)), np.bool_)
        for town, industry in zip(*(a.tolist() for a in pairs(tables, "SPECIALISES_IN", year)), strict=True):
            wanted[town] |= np.strings.startswith(codes, codes[industry])
        return self._known(tables, pairs(tables, "ENGAGES_IN", year), wanted)

    def making(self, tables: Tables, year: int) -> _Known:
        """Which make a product that is a step of a chain of the town."""
        made, wanted = makers(tables, year), chain_products(tables, year)
        return self._known(tables, (made.organisation, made.product), wanted)

    def trading(self, tables: Tables, member: Ints, town: Ints, year: int) -> Mask:
        """Which sell to a member of the town, or buy from one."""
        flows, first = supply_flows(tables, year), np.int32(tables.nodes["Organisation"].first)
        belongs, towns = Csr.of(len(tables.nodes["Organisation"]), member, town), len(tables.nodes["Town"])
        found = list[NDArray[np.int64]]()
        for one, other in ((flows.start, flows.end), (flows.end, flows.start)):
            which = np.repeat(one - first, belongs.degree()[other - first]).astype(np.int64)
            found.append(which * towns + belongs.at(other - first)[1])
        return np.isin(self.organisation.astype(np.int64) * towns + self.town, np.concatenate(found))

    def _known(self, tables: Tables, has: tuple[Ints, Ints], wanted: Mask) -> _Known:
        """Compare what organisations have (pairs of places) with what each town (row) wants."""
        held = Csr.of(len(tables.nodes["Organisation"]), *has)
        count = held.degree()[self.organisation]
        pair = np.repeat(np.arange(len(count)), count)
        fitting = pair[wanted[self.town[pair], held.at(self.organisation)[1]]]
        fits = np.bincount(fitting, minlength=len(count)) > 0
        return _Known(fits, (count > 0) & wanted.any(axis=1)[self.town])


def chain_products(tables: Tables, year: int) -> Mask:
    """Towns × products (places): which are steps of a chain that the town follows."""
    towns, chains = pairs(tables, "FOLLOWS", year)
    products, of = pairs(tables, "STEP_OF", year)
    follows, steps = (
        np.zeros((rows, len(tables.nodes["Chain"])), np.float32)
        for rows in (len(tables.nodes["Town"]), len(tables.nodes["Product"]))
    )
    follows[towns, chains] = 1
    steps[products, of] = 1
    return (follows @ steps.T) > 0
