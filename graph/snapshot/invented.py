"""What is invented (虚构样例) in a snapshot, by one rule, and the snapshot without it.

A row is invented when it is marked so, or when it refers to something invented: a relation by one of its
ends, its product or its source, a claim by its subject, its product or its source.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import columns
from graph.snapshot.patch import Changes, patched
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Array, Table, references
from graph.snapshot.years import Mask, Tables

MARK = "synthetic"
"""The column that says so of a row itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Invented:
    """Which rows of a snapshot are invented."""

    nodes: Mask
    """By global row; one more at the end, for −1: what is not there is not invented."""
    relations: Mapping[str, Mask]
    """By label, the relations in the order of their tables."""

    def of(self, table: Table) -> Mask:
        """Which rows of a table are invented."""
        first = getattr(table, "first", None)
        return self.relations[table.kind.label] if first is None else self.nodes[first : first + len(table)]


def invented(tables: Tables) -> Invented:
    """Tell what is invented."""
    return tables.remember("invented", lambda: _invented(tables), sort="links")


def referred(table: Table) -> Iterator[tuple[str, Array]]:
    """Yield the columns of a table that hold rows of other nodes, besides the ends of relations."""
    for column in columns(table.kind):
        if column.field not in ("start", "end") and references(column, table.kind):
            yield column.name, table[column.name]


def without_invented(snapshot: Snapshot) -> Snapshot:
    """Give the snapshot that holds only what is real, made once for each; it says how much it leaves out.

    Rulings and entries about what is left out are left out too. A question without a year is about the same
    year as before: it is the same question, of fewer rows.
    """
    if snapshot.left_out is not None:
        return snapshot
    return snapshot.remember("without invented", lambda: _without(snapshot), sort="masks")


def rulings_about(snapshot: Snapshot, nodes: Mask) -> Mask:
    """Which rulings are about some nodes (by what stands for them today) or a relation of theirs."""
    rulings = snapshot.nodes["Ruling"]
    named = zip(rulings["about"].tolist(), rulings["other"].tolist(), strict=True)
    ids = ([*about.split(" "), other or ""] for about, other in named)
    rows = ([row for id in some if (row := snapshot.find(id)) is not None] for some in ids)
    return np.array([any(nodes[row] for row in some) for some in rows], np.bool_)


def entries_about(snapshot: Snapshot, nodes: Mask) -> Mask:
    """Which entries of the ledgers' record are about some nodes."""
    about: list[str] = snapshot.nodes["LedgerEntry"]["about"].tolist()
    found = {id: (row := snapshot.find(id)) is not None and bool(nodes[row]) for id in set(about)}
    return np.array([found[id] for id in about], np.bool_)


def _invented(tables: Tables) -> Invented:
    nodes = np.append(np.concatenate([_marked(table) for table in tables.nodes.values()]), np.False_)
    while True:  # a node may refer to one that refers to something invented
        before = nodes.copy()
        for table in tables.nodes.values():
            for _, rows in referred(table):
                nodes[table.first : table.first + len(table)] |= nodes[rows]
        if (nodes == before).all():
            break
    found = dict[str, Mask]()
    for label, table in tables.relations.items():
        found[label] = _marked(table) | nodes[table.start] | nodes[table.end]
        for _, rows in referred(table):
            found[label] |= nodes[rows]
    for array in (nodes, *found.values()):
        array.setflags(write=False)
    return Invented(nodes, found)


def _marked(table: Table) -> Mask:
    return table[MARK] == 1 if MARK in table.arrays else np.zeros(len(table), np.bool_)


def _without(snapshot: Snapshot) -> Snapshot:
    known = invented(snapshot)
    gone = {kind.label: known.of(snapshot.nodes[kind.label]) for kind in NODES}
    gone |= {kind.label: known.relations[kind.label] for kind in RELATIONS}
    gone["Ruling"] = gone["Ruling"] | rulings_about(snapshot, known.nodes)
    gone["LedgerEntry"] = gone["LedgerEntry"] | entries_about(snapshot, known.nodes)
    places = {label: np.flatnonzero(mask) for label, mask in gone.items()}
    changes = {label: Changes(gone=set(some.tolist())) for label, some in places.items() if len(some)}
    made = patched(snapshot.nodes, snapshot.relations, snapshot.index, changes)
    lasting: dict[Any, Any] = snapshot.lasting("lasts without invented", [], lambda _: {})
    return snapshot.changed(
        nodes=made.nodes,
        relations=made.relations,
        index=made.index,
        name=f"{snapshot.id}+real",
        left_out={label: len(change.gone) for label, change in changes.items()},
        _lasting=lasting,
    )
