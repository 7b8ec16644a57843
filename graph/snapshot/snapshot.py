"""The whole graph at one moment, in memory: every kind, relation and claim as columns that never change.

Nodes are numbered once over all kinds: kind after kind, within a kind by id. These global rows stand for ids
in every array; `row_of` and `id_of` lead from one to the other.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from threading import Lock
from typing import Any, cast

import numpy as np

from graph.errors import NotFound
from graph.kinds import NODES, RELATIONS, Node, Relation
from graph.kinds.columns import Record, columns
from graph.kinds.terms import RulingAction
from graph.snapshot.builder import Builder
from graph.snapshot.former_ids import successors
from graph.snapshot.index import Index, NodeIndex
from graph.snapshot.table import EdgeTable, NodeTable, Table, code, listed, record
from graph.snapshot.years import default_year, year_rows

KEPT = {"answers": 48, "links": 400, "lists": 400, "filters": 32, "masks": 1}
"""How many results a snapshot remembers of each sort: answers of questions; links and orders, and lists that
relations lead to, as many as the vocabulary has; what lists were filtered by; the snapshot without what is
invented."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which snapshot an answer comes from."""

    id: str
    taken_at: datetime
    version: int


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
    """The year that a question without one is about (`default_year`); None when nothing has a year."""
    name: str | None = None
    """Set when it is not what the store holds: stands for its id."""
    taken_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    mark: str = ""
    """What the store's log calls the last write that it holds: from there it can be followed."""
    left_out: Mapping[str, int] | None = None
    """Rows that `without_invented` has left out, by label; None: it holds what is invented too."""
    _kept: dict[str, dict[Hashable, Any]] = field(default_factory=dict[str, dict[Hashable, Any]], repr=False)
    _lasting: dict[Hashable, tuple[Sequence[object], Any]] = field(
        default_factory=dict[Hashable, tuple[Sequence[object], Any]], repr=False
    )
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
        return cls.built(builder, newest_year=newest_year)

    @classmethod
    def built(  # noqa: PLR0913 - what it is, each by name
        cls,
        builder: Builder,
        *,
        version: int = 0,
        writes: int = 0,
        newest_year: int | None = None,
        name: str | None = None,
        mark: str = "",
    ) -> "Snapshot":
        """Take over what a builder has sealed; the newest year is that of its rows unless one is given."""
        if newest_year is None:
            newest_year = default_year(year_rows(builder.nodes["Claim"], builder.relations["SUPPLIES"]))
        dangling = dict(builder.dangling)
        tables = builder.nodes, builder.relations, builder.index
        return cls(*tables, dangling, version, writes, newest_year, name, mark=mark)

    @property
    def origin(self) -> Origin:
        """Which snapshot this is, as an answer says it."""
        return Origin(self.id, self.taken_at, self.version)

    @cached_property
    def id(self) -> str:
        """Its name: version, writes, and a hash of the content."""
        return (
            self.name
            or f"v{self.version}.{self.writes}-{digest([*self.nodes.values(), *self.relations.values()])}"
        )

    @property
    def year_rows(self) -> Mapping[int, int]:
        """Number of claims and supply flows of each year."""
        return self.remember("year rows", lambda: year_rows(self.nodes["Claim"], self.relations["SUPPLIES"]))

    def __len__(self) -> int:
        return len(self.index)

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        return sum(t.nbytes for t in (*self.nodes.values(), *self.relations.values())) + self.index.nbytes

    def find(self, id: str) -> NodeIndex | None:
        """Find the global row of an id, also of a former one; None when the snapshot does not have it."""
        row = self.index.row(id)
        if row < 0 and id in self.former:
            row = self.index.row(self.former[id])
        return None if row < 0 else NodeIndex(row)

    @cached_property
    def former(self) -> Mapping[str, str]:
        """Map former ids to those that stand for them now: of merged organisations and of regions."""
        regions, rulings = self.nodes["Region"], self.nodes["Ruling"]
        codes = ((id, listed(text)) for id, text in zip(regions["id"], regions["formerCodes"], strict=True))
        merged = (rulings["action"] == code(RulingAction.MERGE)) & np.isnat(rulings["undoneOn"])
        ends = zip(rulings["about"][merged], rulings["other"][merged], strict=True)
        return successors(((f"region:{former}", id) for id, many in codes for former in many), ends)

    def row_of(self, id: str) -> NodeIndex:
        """Find the global row of an id that must be there."""
        row = self.find(id)
        if row is None:
            raise NotFound(f"快照中没有 {id}")
        return row

    def id_of(self, row: int) -> str:
        """The id of a global row."""
        return self.index.id(row)

    def name_of(self, row: int) -> str:
        """The name of an entity; a claim has none and shows its id."""
        table = self.table_of(row)
        return cast("str", table["name" if "name" in table.arrays else "id"][row - table.first])

    def kind_of(self, row: int) -> type[Node]:
        """The kind of a global row."""
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

    def remember[T](self, key: Hashable, make: Callable[[], T], *, sort: str = "answers") -> T:
        """Keep a result that belongs to this snapshot; of many of a sort, the last few that were used."""
        with self._lock:
            kept = self._kept.setdefault(sort, {})
            if key in kept:
                kept[key] = kept.pop(key)
                return kept[key]
        made = make()
        with self._lock:
            kept[key] = made
            while len(kept) > KEPT[sort]:
                del kept[next(iter(kept))]
        return made

    def lasting[T](
        self, key: Hashable, of: Sequence[object], make: Callable[[tuple[Sequence[Any], T] | None], T]
    ) -> T:
        """Keep a result for as long as what it is made `of` stays, also in snapshots that follow this one.

        Arrays stay when they are the same objects, other things when they are equal. `make` is given the
        result before, with what that was made of.
        """
        held = self._lasting.get(key)
        if held is not None and len(held[0]) == len(of) and all(map(_stays, held[0], of)):
            return held[1]
        made = make(held)
        self._lasting[key] = (of, made)
        return made

    def changed(self, **fields: Any) -> "Snapshot":
        """Give a snapshot with other fields: nothing that was remembered is, only what lasts."""
        return replace(self, **fields, _kept={}, _lock=Lock())

    def patched(
        self, *, nodes: Mapping[str, NodeTable], relations: Mapping[str, EdgeTable], **fields: Any
    ) -> "Snapshot":
        """Give the snapshot that has these tables; its newest year is found anew when a year is another."""
        claims, flows, newest = nodes["Claim"], relations["SUPPLIES"], self.newest_year
        dated = (
            (claims["year"], self.nodes["Claim"]["year"]),
            (flows["year"], self.relations["SUPPLIES"]["year"]),
        )
        if any(now is not before for now, before in dated):
            newest = default_year(year_rows(claims, flows))
        return self.changed(nodes=nodes, relations=relations, newest_year=newest, **fields)

    def after(self, held: "Snapshot") -> "Snapshot":
        """Let it follow one that was held: columns that are equal become the same, and what lasts stays."""
        nodes = {label: table.sharing(held.nodes[label]) for label, table in self.nodes.items()}
        relations = {label: table.sharing(held.relations[label]) for label, table in self.relations.items()}
        return self.changed(nodes=nodes, relations=relations, _lasting=held._lasting)  # noqa: SLF001 - of its kind

    def apart(self, **fields: Any) -> "Snapshot":
        """Give a snapshot with other fields that does not follow this one: it keeps what lasts for itself."""
        return replace(self, **fields, _kept={}, _lasting={}, _lock=Lock())


def _stays(one: object, other: object) -> bool:
    return one is other or (not isinstance(one, np.ndarray) and one == other)


def digest(tables: Iterable[Table]) -> str:
    """Hash the content: 8 hexadecimal digits."""
    made = blake2b(digest_size=4)
    for table in tables:
        made.update(table.digest)
    return made.hexdigest()
