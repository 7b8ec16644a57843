"""The whole graph at one moment, in memory: every kind, relation and claim as columns that never change.

Nodes are numbered once over all kinds: kind after kind, within a kind by id. These global rows stand for ids
in every array; `row_of` and `id_of` lead from one to the other.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter
from threading import Lock
from typing import Any, cast

import numpy as np

from graph.csr import ordered
from graph.errors import NotFound
from graph.index import Index
from graph.kinds import NODE_OF, NODES, RELATION_OF, RELATIONS, Node, Relation
from graph.kinds.columns import Record, columns
from graph.table import TEXT, Array, EdgeTable, NodeTable, Table, encode, joined, record, references

KEPT = 8
"""How many results a snapshot remembers."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All nodes and relations of one state of the store; two with the same content have the same hash."""

    nodes: Mapping[str, NodeTable]
    relations: Mapping[str, EdgeTable]
    index: Index
    dangling: Mapping[str, int]
    """References to nodes that are not there, counted by label and column; such relations are left out."""
    version: int = 0
    writes: int = 0
    newest_year: int | None = None
    taken_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _kept: dict[Hashable, Any] = field(default_factory=dict[Hashable, Any], repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def of(
        cls, nodes: Iterable[Node], relations: Iterable[Relation] = (), *, newest_year: int | None = None
    ) -> "Snapshot":
        """Make a snapshot of objects: for tests, and for graphs that no store holds."""
        groups: dict[type[Record], list[list[Any]]] = defaultdict(list)
        for item in (*nodes, *relations):
            fields = (c.field for c in columns(type(item)))
            groups[type(item)].append([getattr(item, name) for name in fields])
        builder = Builder()
        for kind in (*NODES, *RELATIONS):
            builder.add(kind, groups[kind])
            builder.seal(kind)
        return builder.snapshot(newest_year=newest_year)

    @cached_property
    def id(self) -> str:
        """Its name: version, writes, and a hash of the content."""
        return f"v{self.version}.{self.writes}-{_digest([*self.nodes.values(), *self.relations.values()])}"

    def __len__(self) -> int:
        return len(self.index)

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        return sum(t.nbytes for t in (*self.nodes.values(), *self.relations.values())) + 12 * len(self)

    def find(self, id: str) -> int | None:
        """Find the global row of an id; None when the snapshot does not have it."""
        row = self.index.row(id)
        return None if row < 0 else row

    def row_of(self, id: str) -> int:
        """Find the global row of an id that must be there."""
        row = self.find(id)
        if row is None:
            raise NotFound(f"快照中没有 {id}")
        return row

    def id_of(self, row: int) -> str:
        """Tell the id of a global row."""
        return cast("str", self.index.ids[row])

    def name_of(self, row: int) -> str:
        """Tell the name of an entity; a claim has none and shows its id."""
        table = self.table_of(row)
        return cast("str", table["name" if "name" in table.arrays else "id"][row - table.first])

    def kind_of(self, row: int) -> type[Node]:
        """Tell the kind of a global row."""
        return self.table_of(row).kind

    def table_of(self, row: int) -> NodeTable:
        """Find the table that a global row is in."""
        return next(table for table in self.nodes.values() if row in table.rows)

    def entity(self, row: int) -> Node:
        """Build the node of a global row as the vocabulary describes it."""
        table = self.table_of(row)
        return record(table.kind, table, row - table.first, self.id_of)

    def edge(self, label: str, place: int) -> Relation:
        """Build one relation of a label, by its place in the table."""
        table = self.relations[label]
        return record(table.kind, table, place, self.id_of)

    def remember[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """Keep a result that belongs to this snapshot; of many, the last few that were used."""
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return made


class Builder:
    """Collects batches of cells, kind after kind, and numbers them: first the nodes, then the relations."""

    def __init__(self) -> None:
        self._nodes: dict[str, NodeTable] = {}
        self._relations: dict[str, EdgeTable] = {}
        self._index = Index(np.array([], dtype=TEXT))
        self._parts: list[dict[str, Array]] = []
        self._dangling: dict[str, int] = defaultdict(int)

    def add(self, kind: type[Record], cells: Sequence[Sequence[Any]]) -> None:
        """Take a batch of rows of the kind that is being read; cells in the order of its columns."""
        arrays = encode(kind, cells, self._index.rows)
        for place, column in enumerate(columns(kind)):
            if references(column, kind):
                lost = sum(row[place] is not None for row in cells) - int((arrays[column.name] >= 0).sum())
                if lost:
                    self._dangling[f"{kind.label}.{column.name}"] += lost
        if issubclass(kind, Relation):
            whole = (arrays["from"] >= 0) & (arrays["to"] >= 0)
            if not whole.all():
                arrays = {name: array[whole] for name, array in arrays.items()}
        self._parts.append(arrays)

    def seal(self, kind: type[Record]) -> None:
        """Say that all rows of the kind have come: order them; nodes get their rows."""
        parts, self._parts = self._parts, []
        if issubclass(kind, Node):
            ids = np.concatenate([part["id"] for part in parts])
            order = np.argsort(ids)
            table = NodeTable(kind, len(ids), joined(parts, order), len(self._index))
            self._nodes[kind.label] = table
            self._index = Index(np.concatenate([self._index.ids, table["id"]]))
        elif issubclass(kind, Relation):
            keys = [np.concatenate([part[name] for part in parts]) for name in _order(kind)]
            arrays = joined(parts, ordered(keys))
            self._relations[kind.label] = EdgeTable(kind, len(keys[0]), arrays)

    def snapshot(self, *, version: int = 0, writes: int = 0, newest_year: int | None = None) -> Snapshot:
        """Hand over what was built."""
        dangling = dict(self._dangling)
        return Snapshot(self._nodes, self._relations, self._index, dangling, version, writes, newest_year)


def _order(kind: type[Relation]) -> list[str]:
    """List the columns that relations are ordered by: the ends, what groups them, what tells them apart."""
    named = {c.field: c.name for c in columns(kind)}
    rest = [named[name] for name in kind.key_fields]
    grouping = [named[name] for name in kind.newest_by or ()]
    return list(dict.fromkeys(["from", "to", *grouping, *rest]))


def _digest(tables: Iterable[Table]) -> str:
    """Hash the content: 8 hexadecimal digits."""
    digest = blake2b(digest_size=4)
    for table in tables:
        for name, array in table.arrays.items():
            digest.update(f"{table.kind.label}.{name}:{len(array)};".encode())
            if array.dtype == TEXT:
                digest.update("\0".join("" if text is None else text for text in array.tolist()).encode())
            else:
                digest.update((array[:1] if array.strides == (0,) else array).tobytes())
    return digest.hexdigest()
