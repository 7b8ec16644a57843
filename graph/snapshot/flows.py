"""The supply of a year: one flow for each seller, buyer and product, and the links that they make."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.claims import contradicts
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.table import MISSING, EdgeTable
from graph.snapshot.years import MAX_AGE, Mask, Tables, counted, newest

type Floats = NDArray[np.float64]


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


def supply_flows(tables: Tables, year: int) -> Flows:
    """Choose the supply that holds in a year, as `newest` does; both ends must exist in that year."""
    return tables.remember(("flows", year), lambda: _supply_flows(tables, year))


def supply_network(tables: Tables, year: int) -> Network:
    """Link the organisations by the supply of a year."""
    return tables.remember(("network", year), lambda: _supply_network(tables, year))


def _supply_network(tables: Tables, year: int) -> Network:
    flows, organisations = supply_flows(tables, year), tables.nodes["Organisation"]
    count, first = len(organisations), np.int32(organisations.first)
    start, end = flows.start - first, flows.end - first
    return Network(flows, int(first), Csr.of(count, start, end), Csr.of(count, end, start))


def _supply_flows(tables: Tables, year: int) -> Flows:
    supplies = tables.relations["SUPPLIES"]
    places, begins = newest(tables, "SUPPLIES", year)
    chosen = places[begins]
    kept = {name: supplies[name][chosen] for name in ("from", "to", "product", "year", "value", "share")}
    stale = (kept["year"] != MISSING) & (year - kept["year"].astype(np.int64) > MAX_AGE)
    measured = np.where(stale, np.nan, kept["value"])
    share = measured / _purchases(tables, year, kept["to"], kept["product"], measured)
    kept["share"] = np.where(stale, np.nan, np.where(np.isnan(kept["share"]), share, kept["share"]))
    rivals = _rivals(supplies, places, begins)
    for array in (*kept.values(), stale, rivals, chosen):
        array.setflags(write=False)
    start, end, product, year_of, value, shares = kept.values()
    return Flows(start, end, product, year_of, value, shares, stale, rivals, chosen)


def _purchases(tables: Tables, year: int, buyer: Ints, product: Ints, value: Floats) -> Floats:
    """Sum what each buyer is known to buy of each product, from sellers inside and outside the graph."""
    needs = tables.relations["NEEDS"]
    chosen, fresh = counted(tables, "NEEDS", year)
    outside = chosen[fresh]
    buyers = np.concatenate([buyer, needs.start[outside]]).astype(np.int64)
    goods = np.concatenate([product, needs.end[outside]])
    values = np.nan_to_num(np.concatenate([value, needs["value"][outside]]))
    _, group = np.unique(buyers << 32 | (goods.astype(np.int64) + 1), return_inverse=True)
    total = np.bincount(group, weights=values)[group[: len(buyer)]]
    return np.where(total > 0, total, np.nan)


def _rivals(supplies: EdgeTable, places: Ints, begins: NDArray[np.intp]) -> Ints:
    """Count, for each chosen flow, those of other sources that contradict it."""
    sizes = np.diff(begins, append=len(places))
    chosen = np.repeat(places[begins], sizes)
    against = contradicts(supplies, chosen, places)
    counts = np.add.reduceat(against.astype(np.int32), begins) if len(begins) else np.zeros(0, np.int32)
    return counts.astype(np.int32)
