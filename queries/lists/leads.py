"""Leads of a town: how far the talks with an organisation about a product are, and who is in charge."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import LeadStage
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive, valid_in


@dataclass(frozen=True, slots=True)
class LeadState:
    """What the ledger says of a pair of organisation and product."""

    stage: str
    responsible: tuple[str, ...]


def standings(snapshot: Snapshot, town: int, as_of: int) -> Mapping[tuple[int, int], LeadState]:
    """Map organisation and product (global rows) to the lead of a town that counts: the newest recorded.

    A lead that names no product stands under product -1.
    """
    table = snapshot.nodes["Lead"]
    mine = [row for row in _ends(snapshot, "OF_TOWN", "end", town, as_of) if row in table.rows]
    living = alive(table, as_of)
    mine = [row for row in mine if living[row - table.first]]
    found = dict[tuple[int, int], LeadState]()
    for row in sorted(mine, key=lambda one: (str(table["recordedOn"][one - table.first]), one)):
        stage = list(LeadStage)[int(table["stage"][row - table.first])]
        bodies = _ends(snapshot, "RESPONSIBLE_FOR", "end", row, as_of)
        here = LeadState(stage.words, tuple(snapshot.name_of(body) for body in bodies))
        for firm in _ends(snapshot, "CONCERNS", "start", row, as_of):
            for product in _ends(snapshot, "FILLS", "start", row, as_of) or [-1]:
                found[firm, product] = here
    return found


def _ends(snapshot: Snapshot, label: str, side: str, row: int, as_of: int) -> list[int]:
    """List the other ends of the relations that hold a node at one side."""
    edges = snapshot.relations[label]
    here, there = (edges.start, edges.end) if side == "start" else (edges.end, edges.start)
    return np.unique(there[valid_in(edges, as_of) & (here == row)]).tolist()
