"""Overlay: a snapshot with some edits applied, beside the one it was made from; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from graph.errors import NotFound
from graph.kinds import NODES, RELATIONS, Node, Relation
from graph.kinds.columns import Record, columns
from graph.snapshot.builder import Builder
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Array, EdgeTable, NodeTable, Table, references
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
    """Apply edits to a copy of a snapshot; tables that nothing touches are shared.

    Equal to a snapshot built from scratch with the edits applied. Ids that are not
    there raise NotFound.
    """
    made = _Overlay(snapshot, edits)
    builder = made.built()
    digest = blake2b(repr(edits).encode(), digest_size=4).hexdigest()
    return Snapshot.built(
        builder,
        version=snapshot.version,
        writes=snapshot.writes,
        newest_year=snapshot.newest_year,
        name=f"{snapshot.id}+{digest}",
    )


def named(snapshot: Snapshot, one: Dropped) -> Mask:
    """Which relations of its label are to be left out."""
    table = snapshot.relations[one.label]
    same = (table.start == snapshot.row_of(one.start)) & (table.end == snapshot.row_of(one.end))
    return same if one.product is None else same & (table["product"] == snapshot.row_of(one.product))


class _Overlay:
    """One overlay in the making: the new rows of the old nodes, and the tables one by one."""

    def __init__(self, snapshot: Snapshot, edits: Edits) -> None:
        self._old = snapshot
        self._edits = edits
        self._builder = Builder()
        self._new = np.full(len(snapshot), -1, np.int32)
        """The new global row of each old one; -1: left out."""
        self._gone = np.zeros(len(snapshot), np.bool_)
        self._gone[[snapshot.row_of(id) for id in edits.removed]] = True
        self._renumbered = bool(edits.removed) or any(snapshot.find(node.id) is None for node in edits.nodes)

    def built(self) -> Builder:
        for kind in NODES:
            self._nodes(kind)
        for kind in RELATIONS:
            self._relations(kind)
        return self._builder

    def _nodes(self, kind: type[Node]) -> None:
        table = self._old.nodes[kind.label]
        added = [node for node in self._edits.nodes if type(node) is kind]
        here = slice(table.first, table.first + len(table))
        gone = self._gone[here]
        gone |= self._lost(table, kind)
        replaced = [row for node in added if (row := self._old.find(node.id)) is not None]
        kept = ~gone
        kept[[row - table.first for row in replaced]] = False
        first = len(self._builder.index)
        if kept.all() and not added:
            self._take_over(table, kind, first)
            return
        self._fill(kind, table, kept, added)
        self._new[here] = self._builder.index.rows(table["id"].tolist())
        self._new[here][gone] = -1
        self._gone[here] = gone

    def _take_over(self, table: NodeTable, kind: type[Node], first: int) -> None:
        """Keep a table as it is, but for the rows it refers to."""
        self._new[table.first : table.first + len(table)] = np.arange(
            first, first + len(table), dtype=np.int32
        )
        arrays = self._mapped(table, kind) if self._renumbered else table.arrays
        self._builder.take(NodeTable(kind, len(table), arrays, first))

    def _relations(self, kind: type[Relation]) -> None:
        table = self._old.relations[kind.label]
        added = [relation for relation in self._edits.relations if type(relation) is kind]
        for relation in added:
            self._check(relation)
        kept = ~self._lost(table, kind) & ~self._dropped(table)
        if kept.all() and not added:
            arrays = self._mapped(table, kind) if self._renumbered else table.arrays
            self._builder.relations[kind.label] = EdgeTable(kind, len(table), arrays)
        else:
            self._fill(kind, table, kept, added)

    def _fill(self, kind: type[Record], table: Table, kept: Mask, added: Sequence[Record]) -> None:
        arrays = {name: array[kept] for name, array in self._mapped(table, kind).items()}
        self._builder.add_arrays(arrays)
        names = [c.field for c in columns(kind)]
        self._builder.add(kind, [[getattr(row, name) for name in names] for row in added])
        self._builder.seal(kind)

    def _mapped(self, table: Table, kind: type[Record]) -> Mapping[str, Array]:
        """Renumber what a table refers to."""
        if not self._renumbered:
            return table.arrays
        found = dict(table.arrays)
        for name in _references(kind):
            found[name] = np.append(self._new, np.int32(-1))[found[name]]
            found[name].setflags(write=False)
        return found

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
        missing = [id for id in _named(relation) if self._builder.index.row(id) < 0]
        if missing:
            raise NotFound(f"edits：图中没有 {'、'.join(missing)}")


def _references(kind: type[Record]) -> list[str]:
    return [column.name for column in columns(kind) if references(column, kind)]


def _named(relation: Relation) -> Iterator[str]:
    """List the ids that a relation must find."""
    for column in columns(type(relation)):
        value = getattr(relation, column.field)
        if references(column, type(relation)) and value:
            yield value
