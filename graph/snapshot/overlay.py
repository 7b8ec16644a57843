"""Overlay: a snapshot with some edits applied, beside the one it was made from; nothing is written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from graph.errors import NotFound
from graph.kinds import NODES, RELATIONS, Node, Relation
from graph.kinds.columns import Record, columns
from graph.snapshot.patch import Changes, patched
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import EdgeTable, Table, references
from graph.snapshot.years import Mask


@dataclass(frozen=True, slots=True)
class Dropped:
    """Relations to leave out: those of a label between two nodes, of one product or of all."""

    label: str
    start: str
    end: str
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Edits:
    """What is different: first nodes and relations are left out, then others put in."""

    removed: Sequence[str] = ()
    """Ids of nodes that are left out, with their relations and the claims about them."""
    dropped: Sequence[Dropped] = ()
    nodes: Sequence[Node] = ()
    """Nodes that are new, or stand for one with the same id."""
    relations: Sequence[Relation] = ()


def overlay(snapshot: Snapshot, edits: Edits) -> Snapshot:
    """Apply edits to a copy of a snapshot; what nothing touches is shared.

    Equal to a snapshot built from scratch with the edits applied. Ids that are not
    there raise NotFound.
    """
    made = patched(snapshot.nodes, snapshot.relations, snapshot.index, _Overlay(snapshot, edits).changes())
    digest = blake2b(repr(edits).encode(), digest_size=4).hexdigest()
    return snapshot.apart(
        nodes=made.nodes,
        relations=made.relations,
        index=made.index,
        dangling={},
        name=f"{snapshot.id}+{digest}",
    )


def named(snapshot: Snapshot, one: Dropped) -> Mask:
    """Which relations of its label are to be left out."""
    table = snapshot.relations[one.label]
    same = (table.start == snapshot.row_of(one.start)) & (table.end == snapshot.row_of(one.end))
    return same if one.product is None else same & (table["product"] == snapshot.row_of(one.product))


class _Overlay:
    """One overlay in the making: which rows of which table go, which come, and which are others."""

    def __init__(self, snapshot: Snapshot, edits: Edits) -> None:
        self._old = snapshot
        self._edits = edits
        self._gone = np.zeros(len(snapshot), np.bool_)
        self._gone[[snapshot.row_of(id) for id in edits.removed]] = True
        self._put = {node.id for node in edits.nodes}
        self._changes: dict[str, Changes] = defaultdict(Changes)

    def changes(self) -> dict[str, Changes]:
        for kind in NODES:
            table = self._old.nodes[kind.label]
            gone = self._gone[table.first : table.first + len(table)]
            gone |= self._lost(table, kind)
            self._leave_out(kind, gone)
        for node in self._edits.nodes:
            self._put_in(node)
        for kind in RELATIONS:
            table = self._old.relations[kind.label]
            self._leave_out(kind, self._lost(table, kind) | self._dropped(table))
        for relation in self._edits.relations:
            self._check(relation)
            self._changes[relation.label].added.append(_cells(relation))
        return dict(self._changes)

    def _leave_out(self, kind: type[Record], gone: Mask) -> None:
        if gone.any():
            self._changes[kind.label].gone.update(np.flatnonzero(gone).tolist())

    def _put_in(self, node: Node) -> None:
        change, row = self._changes[node.label], self._old.index.row(node.id)
        if row < 0 or self._gone[row]:
            change.added.append(_cells(node))
        else:
            change.cells[row - self._old.nodes[node.label].first] = _cells(node)

    def _lost(self, table: Table, kind: type[Record]) -> Mask:
        """Which rows can't stand without a node that is left out."""
        lost = np.zeros(len(table), np.bool_)
        if self._gone.any():
            for column in columns(kind):
                if references(column, kind) and not column.optional:
                    lost |= np.append(self._gone, np.False_)[table[column.name]]
        return lost

    def _dropped(self, table: EdgeTable) -> Mask:
        dropped = np.zeros(len(table), np.bool_)
        for one in self._edits.dropped:
            if one.label == table.kind.label:
                dropped |= named(self._old, one)
        return dropped

    def _check(self, relation: Relation) -> None:
        missing = [id for id in _named(relation) if not self._has(id)]
        if missing:
            raise NotFound(f"edits：图中没有 {'、'.join(missing)}")

    def _has(self, id: str) -> bool:
        row = self._old.index.row(id)
        return id in self._put or (row >= 0 and not self._gone[row])


def _cells(record: Record) -> dict[str, Any]:
    return {c.name: getattr(record, c.field) for c in columns(type(record))}


def _named(relation: Relation) -> Iterator[str]:
    """List the ids that a relation must find."""
    for column in columns(type(relation)):
        value = getattr(relation, column.field)
        if references(column, type(relation)) and value:
            yield value
