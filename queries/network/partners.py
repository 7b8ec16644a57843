"""Partners: who supplies whom in a year at all, each pair once, whatever the products and their value."""

from dataclasses import dataclass

import numpy as np

from graph.errors import BadInput
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.provenance import Rows, of_supply


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    """The pairs of seller and buyer of a year, both ways, without those who supply themselves.

    Nodes are places among the organisations (global row − `first`).
    """

    first: int
    customers: Csr
    suppliers: Csr

    def __len__(self) -> int:
        return len(self.customers)


def partners(snapshot: Snapshot, as_of: int) -> Partners:
    """Pair sellers and buyers: parallel products count once, so degrees are numbers of partners."""
    return snapshot.remember(("partners", as_of), lambda: _partners(snapshot, as_of))


def organisation(snapshot: Snapshot, id: str) -> int:
    """Find the place of an organisation; raises NotFound, or BadInput for another kind."""
    row, table = snapshot.row_of(id), snapshot.nodes["Organisation"]
    if row not in table.rows:
        raise BadInput(f"{id} 不是主体：应形如 org:…", "id")
    return row - table.first


def of_pairs(nodes: int, start: Ints, end: Ints, first: int = 0) -> Partners:
    """Link places by pairs that stand once each."""
    return Partners(first, Csr.of(nodes, start, end), Csr.of(nodes, end, start))


def tiers_upstream(linked: Partners, target: int) -> Ints:
    """The fewest links from each organisation to one that it supplies, over others or not; -1: none."""
    tier, place = np.full(len(linked), -1, np.int32), np.empty(len(linked), np.int64)
    tier[target], reached, depth = 0, np.array([target], np.int32), 0
    while len(reached):
        depth += 1
        nodes = linked.suppliers.at(reached)[1]
        fresh = nodes[tier[nodes] < 0]
        place[fresh], tier[fresh] = np.arange(len(fresh)), depth
        reached = fresh[place[fresh] == np.arange(len(fresh))]
    return tier


def among(snapshot: Snapshot, as_of: int, inside: Mask) -> Rows:
    """Rows of what some organisations (places) supply to each other, without what they supply themselves."""
    flows, first = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"].first
    held = inside[flows.start - first] & inside[flows.end - first] & (flows.start != flows.end)
    return of_supply(flows.edge[held])


def _partners(snapshot: Snapshot, as_of: int) -> Partners:
    flows, table = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"]
    fresh = flows.start != flows.end
    # Flows are ordered by seller and buyer: parallel products stand beside each other.
    fresh[1:] &= (flows.start[1:] != flows.start[:-1]) | (flows.end[1:] != flows.end[:-1])
    start, end = flows.start[fresh] - np.int32(table.first), flows.end[fresh] - np.int32(table.first)
    return of_pairs(len(table), start, end, table.first)
