"""In charge: which bodies are responsible for a town's gaps, and how far the talks about each are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import LeadStage
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive, valid_in


@dataclass(frozen=True, slots=True)
class LeadState:
    """What the ledger says of a pair of organisation and product."""

    stage: str
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InCharge:
    """Who has to act on the products of a town; all are global rows."""

    office: Sequence[NodeIndex]
    """The bodies responsible for the town itself: its lead office."""
    by_product: Mapping[NodeIndex, Sequence[NodeIndex]]
    """The bodies responsible for a chain of the town, by the steps of it."""
    leads: Mapping[NodeIndex, NodeIndex]
    """The newest lead of the town about each product."""

    @classmethod
    def of(cls, snapshot: Snapshot, town: int, chains: Sequence[int], as_of: int) -> "InCharge":
        """Look up the bodies and leads of a town."""
        by_product = dict[NodeIndex, list[NodeIndex]]()
        for chain in chains:
            if bodies := _ends(snapshot, "RESPONSIBLE_FOR", "end", chain, as_of):
                for product in _ends(snapshot, "STEP_OF", "end", chain, as_of):
                    held = by_product.setdefault(product, [])
                    held += [body for body in bodies if body not in held]
        leads = dict[NodeIndex, NodeIndex]()
        for lead in _leads(snapshot, town, as_of):
            leads |= dict.fromkeys(_ends(snapshot, "FILLS", "start", lead, as_of), lead)
        return cls(_ends(snapshot, "RESPONSIBLE_FOR", "end", town, as_of), by_product, leads)

    def bodies(self, product: NodeIndex) -> Sequence[NodeIndex]:
        """Bodies responsible for a product: those of its chain, else the lead office of the town."""
        return self.by_product.get(product) or self.office


def standings(snapshot: Snapshot, town: int, as_of: int) -> Mapping[tuple[int, int], LeadState]:
    """Map organisation and product (global rows) to the lead of a town that counts: the newest recorded.

    A lead that names no product stands under product -1.
    """
    table, found = snapshot.nodes["Lead"], dict[tuple[int, int], LeadState]()
    for row in _leads(snapshot, town, as_of):
        stage = list(LeadStage)[int(table["stage"][row - table.first])]
        bodies = _ends(snapshot, "RESPONSIBLE_FOR", "end", row, as_of)
        here = LeadState(stage.words, tuple(snapshot.name_of(body) for body in bodies))
        for firm in _ends(snapshot, "CONCERNS", "start", row, as_of):
            for product in _ends(snapshot, "FILLS", "start", row, as_of) or [-1]:
                found[firm, product] = here
    return found


def _leads(snapshot: Snapshot, town: int, as_of: int) -> list[NodeIndex]:
    """List the leads of a town that stand in a year, the newest recorded last."""
    table = snapshot.nodes["Lead"]
    mine = [row for row in _ends(snapshot, "OF_TOWN", "end", town, as_of) if row in table.rows]
    living = alive(table, as_of)
    mine = [row for row in mine if living[row - table.first]]
    return sorted(mine, key=lambda one: (str(table["recordedOn"][one - table.first]), one))


def _ends(snapshot: Snapshot, label: str, side: str, row: int, as_of: int) -> list[NodeIndex]:
    """List the other ends of the relations that hold a node at one side."""
    edges = snapshot.relations[label]
    here, there = (edges.start, edges.end) if side == "start" else (edges.end, edges.start)
    return np.unique(there[valid_in(edges, as_of) & (here == row)]).tolist()
