"""Trade of towns: what the organisations of each buy elsewhere, and who makes what in which town."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Proximity
from graph.snapshot.classification import wares
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.economy import own_organisations
from graph.snapshot.makers import makers
from graph.snapshot.proximity import CODE, Codes, to_regions
from graph.snapshot.purchases import Purchases, purchases
from graph.snapshot.regions import locals_of, locations, regions_of, same_province
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask

ORIGINS = (Proximity.COUNTRY, Proximity.PROVINCE, Proximity.UNKNOWN)
"""What is told apart: from another province or abroad, from the own province, from nobody knows where."""


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """Purchases of the towns from elsewhere, one by one; a buyer in two towns stands in both."""

    town: Ints
    """A place, as of all that follow. An organisation belongs to the towns whose own it is."""
    product: Ints
    origin: Ints
    """A place in ORIGINS."""
    seller: Ints
    """-1: outside the graph."""
    buyer: Ints
    value: Floats
    """Yuan a year; NaN: unknown, or too old."""

    def some(self, wanted: Mask | NDArray[np.integer]) -> "Bought":
        """Take some of them, or some of them several times."""
        return Bought(
            self.town[wanted],
            self.product[wanted],
            self.origin[wanted],
            self.seller[wanted],
            self.buyer[wanted],
            self.value[wanted],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Who makes what in which town (places), each once."""

    town: Ints
    product: Ints
    maker: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Trade:
    """What the towns buy from elsewhere and make in a year, and how they lie to each other."""

    bought: Bought
    made: Made
    belongs: Csr
    """The towns of each organisation (places)."""
    near: Csr
    """The towns that each organisation is local to."""
    together: Mask
    """Towns × towns: whether the two lie in the same province."""
    goods: Mask
    """Which products (places) are goods: no services, and nothing that comes by a grid."""

    def of_town(self, town: int) -> Mask:
        """Which organisations belong to a town; the last place stands for one outside the graph."""
        found = np.zeros(len(self.belongs) + 1, np.bool_)
        organisations, towns, _ = self.belongs.at(np.arange(len(self.belongs)))
        found[organisations[towns == town]] = True
        return found

    def is_local(self, organisation: Ints, town: Ints | int) -> Mask:
        """Which organisations are local to a town, the same one or one each."""
        towns = np.broadcast_to(town, organisation.shape)
        which = np.repeat(np.arange(len(organisation)), self.near.degree()[organisation])
        same = self.near.at(organisation)[1] == towns[which]
        return np.bincount(which[same], minlength=len(organisation)) > 0


def trade_of(snapshot: Snapshot, as_of: int) -> Trade:
    """Draw up the trade of all towns in a year."""
    return snapshot.remember(("town trade", as_of), lambda: _trade(snapshot, as_of))


def _trade(snapshot: Snapshot, as_of: int) -> Trade:
    belongs = _belongs(snapshot, as_of)
    near = Csr.of(len(snapshot.nodes["Organisation"]), *locals_of(snapshot, as_of))
    none = np.zeros(0, np.int32)
    bare = Trade(
        Bought(none, none, none, none, none, np.zeros(0)),
        _made(snapshot, as_of, belongs),
        belongs,
        near,
        same_province(snapshot, as_of),
        wares(snapshot, as_of),
    )
    return replace(bare, bought=_bought(snapshot, as_of, bare))


def _belongs(snapshot: Snapshot, as_of: int) -> Csr:
    own = own_organisations(snapshot, as_of)
    return Csr.of(len(snapshot.nodes["Organisation"]), own.organisation, own.town)


def _bought(snapshot: Snapshot, as_of: int, trade: Trade) -> Bought:
    """List what does not surely come from the town itself."""
    every = purchases(snapshot, as_of)
    every = every.some(every.product >= 0)
    which, town = _expanded(trade.belongs, every.buyer)
    bought = every.some(which)
    near = _proximity(snapshot, as_of, bought, town)
    named = bought.seller >= 0
    near[named & trade.is_local(np.where(named, bought.seller, 0), town)] = CODE[Proximity.TOWN]
    away = near != CODE[Proximity.TOWN]
    origin = np.where(near <= CODE[Proximity.PROVINCE], 1, np.where(near == CODE[Proximity.UNKNOWN], 2, 0))
    left = bought.some(away)
    return Bought(
        town[away], left.product, origin[away].astype(np.int32), left.seller, left.buyer, left.value
    )


def _proximity(snapshot: Snapshot, as_of: int, bought: Purchases, town: Ints) -> Codes:
    """How near purchases are known to come from, each seen from its town; from COUNTY on if by a seller."""
    near, where = bought.stated.farthest.copy(), locations(snapshot, as_of)
    by_town = Csr.of(len(snapshot.nodes["Town"]), town, np.arange(len(town), dtype=np.int32))
    for place in np.flatnonzero(by_town.degree()).tolist():
        mine = by_town.at(np.array([place]))[1]
        mine = mine[bought.seller[mine] >= 0]
        regions = to_regions(snapshot, regions_of(snapshot, place, as_of), as_of)
        near[mine] = regions.farthest[where[bought.seller[mine]]]
    return near


def _made(snapshot: Snapshot, as_of: int, belongs: Csr) -> Made:
    found = makers(snapshot, as_of)
    which, town = _expanded(belongs, found.organisation)
    return Made(town, found.product[which], found.organisation[which])


def _expanded(belongs: Csr, organisations: Ints) -> tuple[Ints, Ints]:
    """Pair the places of a list of organisations with the towns that each belongs to."""
    which = np.repeat(np.arange(len(organisations)), belongs.degree()[organisations]).astype(np.int32)
    return which, belongs.at(organisations)[1]
