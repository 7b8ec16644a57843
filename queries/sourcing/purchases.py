"""Purchases: what the organisations of each town buy, where it comes from, and who makes it in which town."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Origin, RegionLevel, Term
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.flows import Floats, supply_flows
from graph.snapshot.makers import makers
from graph.snapshot.regions import at_level, locals_of, locations, pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import Mask, counted
from queries.answer import Level
from queries.levels import UNASSIGNED, groups


class Whence(Term):
    """采购的来源地，相对于采购镇"""  # noqa: D400, D415 - GraphQL shows it

    OUTSIDE = "OUTSIDE", "省外或境外"
    INSIDE = "INSIDE", "省内、本镇之外"
    UNKNOWN = "UNKNOWN", "来源不详"


WORDS = tuple(Whence)
LOCAL = -1
"""Stands for what comes from the town itself."""
ORIGINS = {
    Origin.LOCAL: LOCAL,
    Origin.PROVINCE: WORDS.index(Whence.INSIDE),
    Origin.COUNTRY: WORDS.index(Whence.OUTSIDE),
    Origin.ABROAD: WORDS.index(Whence.OUTSIDE),
    Origin.UNKNOWN: WORDS.index(Whence.UNKNOWN),
}


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """Purchases of the towns from elsewhere, one by one; a buyer in two towns stands in both."""

    town: Ints
    """A place, as of all that follow. An organisation belongs to the towns that it is a member of, else to
    those that it is located in."""
    product: Ints
    whence: Ints
    """A place in WORDS."""
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
            self.whence[wanted],
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

    def of_town(self, town: int) -> Mask:
        """Tell which organisations belong to a town; the last place stands for one outside the graph."""
        found = np.zeros(len(self.belongs) + 1, np.bool_)
        organisations, towns, _ = self.belongs.at(np.arange(len(self.belongs)))
        found[organisations[towns == town]] = True
        return found

    def is_local(self, organisation: Ints, town: Ints | int) -> Mask:
        """Tell which organisations are local to a town, the same one or one each."""
        towns = np.broadcast_to(town, organisation.shape)
        which = np.repeat(np.arange(len(organisation)), self.near.degree()[organisation])
        same = self.near.at(organisation)[1] == towns[which]
        return np.bincount(which[same], minlength=len(organisation)) > 0


def trade_of(snapshot: Snapshot, as_of: int) -> Trade:
    """Draw up the trade of all towns in a year."""
    return snapshot.remember(("town trade", as_of), lambda: _trade(snapshot, as_of))


def _trade(snapshot: Snapshot, as_of: int) -> Trade:
    count, belongs = len(snapshot.nodes["Town"]), _belongs(snapshot, as_of)
    towns, regions = pairs(snapshot, "LIES_IN", as_of)
    province = at_level(snapshot, RegionLevel.PROVINCE, as_of)
    lies = np.zeros((count, len(snapshot.nodes["Region"]) + 1), np.bool_)
    lies[towns, province[regions]] = True
    lies[:, -1] = False
    near = Csr.of(len(snapshot.nodes["Organisation"]), *locals_of(snapshot, as_of))
    needed = _needed(snapshot, as_of, belongs)
    bare = Trade(needed, _made(snapshot, as_of, belongs), belongs, near, lies @ lies.T)
    supplied = _supplied(snapshot, as_of, bare, lies)
    names = ("town", "product", "whence", "seller", "buyer", "value")
    joined = {n: np.concatenate([getattr(part, n) for part in (supplied, needed)]) for n in names}
    return replace(bare, bought=Bought(**joined))


def _belongs(snapshot: Snapshot, as_of: int) -> Csr:
    grouped = groups(snapshot, Level.TOWN, as_of)
    weights = grouped.weights.tocoo()
    real = grouped.rows[weights.col] != UNASSIGNED
    town = grouped.rows[weights.col[real]] - np.int32(snapshot.nodes["Town"].first)
    return Csr.of(len(snapshot.nodes["Organisation"]), weights.row[real].astype(np.int32), town)


def _supplied(snapshot: Snapshot, as_of: int, trade: Trade, lies: Mask) -> Bought:
    """List what comes from sellers in the graph that are not local."""
    flows, first = supply_flows(snapshot, as_of), np.int32(snapshot.nodes["Organisation"].first)
    which, town = _expanded(trade.belongs, flows.end - first)
    seller = (flows.start - first)[which]
    away = ~trade.is_local(seller, town)
    which, town, seller = which[away], town[away], seller[away]
    where = np.append(at_level(snapshot, RegionLevel.PROVINCE, as_of), np.int32(-1))
    province = where[locations(snapshot, as_of)[seller]]
    sure = (province >= 0) & lies.any(axis=1)[town]
    whence = np.where(lies[town, province], WORDS.index(Whence.INSIDE), WORDS.index(Whence.OUTSIDE))
    return Bought(
        town,
        (flows.product[which] - snapshot.nodes["Product"].first).astype(np.int32),
        np.where(sure, whence, WORDS.index(Whence.UNKNOWN)).astype(np.int32),
        seller,
        flows.end[which] - first,
        flows.measured[which],
    )


def _needed(snapshot: Snapshot, as_of: int, belongs: Csr) -> Bought:
    """List what comes from sellers outside the graph and is not known to be local."""
    needs, first = snapshot.relations["NEEDS"], np.int32(snapshot.nodes["Organisation"].first)
    chosen, fresh = counted(snapshot, "NEEDS", as_of)
    which, town = _expanded(belongs, needs.start[chosen] - first)
    codes = np.zeros(len(Origin), np.int32)
    codes[[code(origin) for origin in ORIGINS]] = list(ORIGINS.values())
    whence = codes[needs["origin"][chosen[which]]]
    which, town, whence = which[whence != LOCAL], town[whence != LOCAL], whence[whence != LOCAL]
    edge = chosen[which]
    return Bought(
        town,
        (needs.end[edge] - snapshot.nodes["Product"].first).astype(np.int32),
        whence,
        np.full(len(edge), -1, np.int32),
        needs.start[edge] - first,
        np.where(fresh[which], needs["value"][edge], np.nan),
    )


def _made(snapshot: Snapshot, as_of: int, belongs: Csr) -> Made:
    found = makers(snapshot, as_of)
    which, town = _expanded(belongs, found.organisation)
    return Made(town, found.product[which], found.organisation[which])


def _expanded(belongs: Csr, organisations: Ints) -> tuple[Ints, Ints]:
    """Pair the places of a list of organisations with the towns that each belongs to."""
    which = np.repeat(np.arange(len(organisations)), belongs.degree()[organisations]).astype(np.int32)
    return which, belongs.at(organisations)[1]
