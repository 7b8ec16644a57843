"""Patching: the tables of a snapshot with some rows other than they were; what nothing touches is shared.

Rows are named by their places in the tables as they were. The result equals, array by array, what a builder
makes of all rows: nodes are in order of their ids, relations in the order of `sorted_by`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.kinds import NODES, RELATIONS, Node, Relation
from graph.kinds.columns import Column, Record, columns
from graph.snapshot.index import Index
from graph.snapshot.table import (
    Array,
    EdgeTable,
    NodeTable,
    Table,
    encode,
    encoded,
    frozen,
    references,
    sorted_by,
)

type Places = NDArray[np.int64]


@dataclass(slots=True)
class Changes:
    """What happens to the rows of one table."""

    gone: set[int] = field(default_factory=set[int])
    """Places of rows that go."""
    cells: dict[int, Mapping[str, Any]] = field(default_factory=dict[int, Mapping[str, Any]])
    """New cells of rows that stay, by place; those that tell rows apart are what they were."""
    added: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    """All cells of rows that come, by column; a cell that is not given is unknown."""

    @property
    def moving(self) -> bool:
        """Whether rows come or go."""
        return bool(self.gone or self.added)


@dataclass(slots=True)
class Patched:
    """The tables of a patched snapshot."""

    nodes: dict[str, NodeTable]
    relations: dict[str, EdgeTable]
    index: Index
    dangling: Mapping[str, int]
    """References to nodes that are not there which the patch has made, counted by label and column."""


def patched(
    nodes: Mapping[str, NodeTable],
    relations: Mapping[str, EdgeTable],
    index: Index,
    changes: Mapping[str, Changes],
) -> Patched:
    """Apply changes, by label, to tables.

    A reference to a node that goes becomes unknown. Relations that lose an end must be among those that go.
    """
    return _Patch(nodes, relations, index, changes).made()


class _Patch:
    """One patch in the making: the new row of each old node, then the tables one by one."""

    def __init__(
        self,
        nodes: Mapping[str, NodeTable],
        relations: Mapping[str, EdgeTable],
        index: Index,
        changes: Mapping[str, Changes],
    ) -> None:
        self._nodes, self._relations, self._changes = nodes, relations, changes
        self._old = index
        self._new = np.arange(len(index), dtype=np.int32)
        """The new row of each old node; -1: it goes."""
        self._dangling: dict[str, int] = defaultdict(int)

    def made(self) -> Patched:
        orders = {kind.label: self._order_of_nodes(kind) for kind in NODES}
        self._number(orders)
        moved = np.flatnonzero(self._new != np.arange(len(self._new)))
        self._fixed = int(moved[0]) if len(moved) else len(self._new)
        """Rows before this one are what they were."""
        made: dict[str, NodeTable] = {}
        first = 0
        for kind in NODES:
            table = self._nodes[kind.label]
            if self._stays(kind) and first == table.first:  # an empty one moves without any row
                made[kind.label] = table
                first += len(table)
                continue
            arrays, length = self._arrays(table, orders[kind.label], first)
            if arrays is not table.arrays or first != table.first:
                table = NodeTable(kind, length, arrays, first, hashes=table.hashes_of(arrays))
            made[kind.label] = table
            first += length
        edges = {kind.label: self._edges(kind) for kind in RELATIONS}
        return Patched(made, edges, self._index, dict(self._dangling))

    def _order_of_nodes(self, kind: type[Node]) -> "_Order | None":
        """Say in which order the kept and the added nodes of a kind stand; None: as they are."""
        change = self._changes.get(kind.label)
        if change is None or not change.moving:
            return None
        ids = self._nodes[kind.label]["id"]
        change.added.sort(key=lambda row: row["id"])
        kept = _kept(len(ids), change.gone)
        places = [bisect_left(ids, row["id"]) for row in change.added]
        return _Order.of(len(ids), kept, np.searchsorted(kept, np.asarray(places, np.int64)).tolist())

    def _number(self, orders: Mapping[str, "_Order | None"]) -> None:
        """Give old nodes their new rows, and make the index anew when any moves."""
        if not any(orders.values()):
            self._index = self._old
            return
        first, ids, fresh = 0, list[Array](), list[Places]()
        for kind in NODES:
            table, order = self._nodes[kind.label], orders[kind.label]
            here = slice(table.first, table.first + len(table))
            if order is None:
                self._new[here] = np.arange(first, first + len(table), dtype=np.int32)
                ids.append(table["id"])
                first += len(table)
                continue
            change = self._changes[kind.label]
            self._new[here] = order.new_places(first)
            fresh.append(order.fresh + first)
            ids.append(order.applied(table["id"], _texts(kind, [row["id"] for row in change.added])))
            first += len(order.take)
        self._index = self._old.moved(np.concatenate(ids), self._new, np.concatenate(fresh))

    def _stays(self, kind: type[Record]) -> bool:
        """Whether nothing of a kind is another: neither its rows, nor those that it refers to."""
        return self._fixed == len(self._new) and kind.label not in self._changes

    def _edges(self, kind: type[Relation]) -> EdgeTable:
        table, change = self._relations[kind.label], self._changes.get(kind.label)
        if self._stays(kind):
            return table
        if change is None or not change.moving:
            arrays, length = self._arrays(table, None, None)
        else:
            arrays, length = self._arrays(table, self._order_of_edges(table, change), None)
        if arrays is table.arrays:
            return table
        return EdgeTable(kind, length, arrays, hashes=table.hashes_of(arrays))

    def _order_of_edges(self, table: EdgeTable, change: Changes) -> "_Order":
        names = sorted_by(table.kind)
        kept = _kept(len(table), change.gone)
        keys = [_whole(self._mapped(table, name))[kept] for name in names]
        found = self._encoded(table.kind, change.added, None)
        added = list(zip(*(_whole(found[name]).tolist() for name in names), strict=True))
        order = sorted(range(len(added)), key=added.__getitem__)
        change.added[:] = [change.added[at] for at in order]
        return _Order.of(len(table), kept, [_place(keys, added[at]) for at in order])

    def _arrays(
        self, table: Table, order: "_Order | None", first: int | None
    ) -> tuple[Mapping[str, Array], int]:
        """Make the columns of a table: references renumbered, cells set, rows put in order."""
        change = self._changes.get(table.kind.label) or Changes()
        arrays = {c.name: self._mapped(table, c.name, c) for c in columns(table.kind)}
        for column in columns(table.kind):
            places = [place for place, cells in change.cells.items() if column.name in cells]
            if places:
                values = [change.cells[place][column.name] for place in places]
                made = self._column(table.kind, column, values, first)
                arrays[column.name] = _set(arrays[column.name], places, made)
        if order is not None:
            added = self._encoded(table.kind, change.added, first)
            self._count(table.kind, added, change.added)
            arrays = {name: frozen(order.applied(array, added[name])) for name, array in arrays.items()}
        if all(array is table[name] for name, array in arrays.items()):
            return table.arrays, len(table)
        return arrays, len(table) if order is None else len(order.take)

    def _mapped(self, table: Table, name: str, column: Column | None = None) -> Array:
        """Renumber a column when it refers to nodes that moved."""
        array = table[name]
        refers = column is None and name in _references(table.kind)
        if not (refers or (column is not None and references(column, table.kind))):
            return array
        if not len(array) or int(array.max()) < self._fixed:
            return array
        made = np.append(self._new, np.int32(-1))[array]
        if column is not None:
            change = self._changes.get(table.kind.label)
            lost = np.flatnonzero((made < 0) & (array >= 0)).tolist()
            if lost := [place for place in lost if change is None or place not in change.gone]:
                self._dangling[f"{table.kind.label}.{name}"] += len(lost)
        return frozen(made)

    def _encoded(
        self, kind: type[Record], rows: Sequence[Mapping[str, Any]], first: int | None
    ) -> dict[str, Array]:
        names = [column.name for column in columns(kind)]
        return encode(kind, [[row.get(name) for name in names] for row in rows], self._rows(first))

    def _column(self, kind: type[Record], column: Column, values: Sequence[Any], first: int | None) -> Array:
        made = encoded(kind, column, values, self._rows(first))
        if references(column, kind):
            told = zip(made.tolist(), values, strict=True)
            if lost := sum(row < 0 and value is not None for row, value in told):
                self._dangling[f"{kind.label}.{column.name}"] += lost
        return made

    def _rows(self, first: int | None) -> Any:
        """Find rows of ids as a builder does: a node refers to kinds before its own."""
        if first is None:
            return self._index.rows

        def before(ids: Sequence[str | None]) -> NDArray[np.int32]:
            found = self._index.rows(ids)
            return np.where(found < first, found, np.int32(-1))

        return before

    def _count(
        self, kind: type[Record], arrays: Mapping[str, Array], rows: Sequence[Mapping[str, Any]]
    ) -> None:
        for name in _references(kind):
            missing = np.flatnonzero(arrays[name] < 0).tolist()
            if lost := sum(rows[at].get(name) is not None for at in missing):
                self._dangling[f"{kind.label}.{name}"] += lost


@dataclass(frozen=True, slots=True)
class _Order:
    """Which rows stand where: places among the old rows, and behind them the added ones."""

    old: int
    take: Places

    @classmethod
    def of(cls, old: int, kept: Places, places: Sequence[int]) -> "_Order":
        """Put added rows, in their order, before these of the kept ones."""
        return cls(old, np.insert(kept, np.asarray(places, np.int64), old + np.arange(len(places))))

    @property
    def fresh(self) -> Places:
        """Where the added rows stand."""
        return np.flatnonzero(self.take >= self.old)

    def new_places(self, first: int) -> NDArray[np.int32]:
        """Where each old row stands; -1: it went."""
        made = np.full(self.old, -1, np.int32)
        there = np.flatnonzero(self.take < self.old)
        made[self.take[there]] = there + first
        return made

    def applied(self, array: Array, added: Array) -> Array:
        """Put a column in order."""
        return np.concatenate([array, added])[self.take]


def _kept(length: int, gone: set[int]) -> Places:
    return np.delete(np.arange(length), sorted(gone))


def _set(array: Array, places: Sequence[int], values: Array) -> Array:
    """Set cells of a column; one in which nothing changes is kept as it is."""
    held = array[places]
    if held.dtype.kind in "fM" and np.array_equal(held, values, equal_nan=True):
        return array
    if held.dtype.kind not in "fM" and held.tolist() == values.tolist():
        return array
    made = array.copy()
    made[places] = values
    return frozen(made)


def _place(keys: Sequence[NDArray[np.int64]], wanted: Sequence[int]) -> int:
    """Find the place behind all rows that are not greater, column by column."""
    low, high = 0, len(keys[0])
    for key, value in zip(keys, wanted, strict=True):
        part = key[low:high]
        begin, end = (int(np.searchsorted(part, value, side)) for side in ("left", "right"))
        low, high = low + begin, low + end
        if low == high:
            break
    return high


def _whole(array: Array) -> NDArray[np.int64]:
    """Read a column that orders relations as whole numbers: the unknown come first."""
    return array.view(np.int64) if array.dtype.kind == "M" else array.astype(np.int64)


def _texts(kind: type[Node], ids: Sequence[str]) -> Array:
    return encoded(kind, columns(kind)[0], ids, lambda _: np.array([], np.int32))


def _references(kind: type[Record]) -> list[str]:
    return [column.name for column in columns(kind) if references(column, kind)]
