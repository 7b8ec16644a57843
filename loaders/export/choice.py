"""Which part of a snapshot goes out: a year, a town, or only what is real."""

from dataclasses import dataclass, field

import numpy as np

from graph.errors import BadInput
from graph.kinds.facts import Claim
from graph.snapshot.invented import entries_about, invented, referred, rulings_about
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Table
from graph.snapshot.years import Mask, alive, valid_in


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; the default is everything."""

    as_of: int | None = None
    """Only what is valid on 31 December of this year, and no figure after it."""
    town: str | None = None
    """Only what belongs to the town of this id."""
    real_only: bool = False
    """Without what is invented."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The nodes (global rows) and relations (places in their tables) that are chosen."""

    snapshot: Snapshot
    nodes: Mask
    edges: dict[str, Mask] = field(default_factory=dict[str, Mask])

    def of(self, label: str) -> Mask:
        """Which rows of a table are chosen."""
        table = self.snapshot.nodes.get(label)
        return self.edges[label] if table is None else self.nodes[table.first : table.first + len(table)]

    def across(self, label: str, here: Mask, *, back: bool = False) -> Mask:
        """Find the nodes at the other ends of chosen relations that start (`back`: end) here."""
        edges = self.snapshot.relations[label]
        near, far = (edges.end, edges.start) if back else (edges.start, edges.end)
        found = np.zeros(len(self.nodes), np.bool_)
        found[far[self.edges[label] & here[near]]] = True
        return found

    def closed(self, label: str, here: Mask, *, back: bool = False) -> Mask:
        """Follow chosen relations as far as they lead; the beginning is part of it."""
        while True:
            wider = here | self.across(label, here, back=back)
            if (wider == here).all():
                return here
            here = wider


def chosen(snapshot: Snapshot, choice: Choice) -> Kept:
    """Choose by year and by what is real; whatever refers to something left out is left out with it."""
    ones = {label: np.ones(len(table), np.bool_) for label, table in snapshot.relations.items()}
    kept = Kept(snapshot, np.ones(len(snapshot), np.bool_), ones)
    tables: list[Table] = [*snapshot.nodes.values(), *snapshot.relations.values()]
    for table in tables:
        mask = kept.of(table.kind.label)
        if choice.real_only:
            mask &= ~invented(snapshot).of(table)
        if choice.as_of is not None:
            mask &= _valid(snapshot, table.kind.label, choice.as_of)
    _settle(kept)
    return kept


def town_row(snapshot: Snapshot, id: str) -> int:
    """Find the row of a town; raise BadInput, with what was probably meant, when there is none."""
    row = snapshot.find(id)
    towns = snapshot.nodes["Town"]
    if row is not None and row in towns.rows:
        return row
    raise BadInput(f"没有专业镇 “{id}”：应为库中专业镇的标识，如 {'、'.join(towns['id'][:3])}", "town")


def _valid(snapshot: Snapshot, label: str, year: int) -> Mask:
    if label in snapshot.nodes:
        table = snapshot.nodes[label]
        held = alive(table, year)
        return held & (table["year"] <= year) if table.kind is Claim else held
    edges = snapshot.relations[label]
    held = valid_in(edges, year)
    return held & (edges["year"] <= year) if "year" in edges.arrays else held


def _settle(kept: Kept) -> None:
    """Leave out what refers to something that is left out: claims first, then relations."""
    for table in (kept.snapshot.nodes["Claim"], *kept.snapshot.relations.values()):
        mask = kept.of(table.kind.label)
        for _, rows in referred(table):
            mask &= (rows < 0) | kept.nodes[rows]
    for label, edges in kept.snapshot.relations.items():
        kept.edges[label] &= kept.nodes[edges.start] & kept.nodes[edges.end]
    kept.of("Ruling")[:] &= ~rulings_about(kept.snapshot, ~kept.nodes)
    kept.of("LedgerEntry")[:] &= ~entries_about(kept.snapshot, ~kept.nodes)
