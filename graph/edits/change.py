"""Changes of rows, and what takes them back: whoever writes data (a load, a ruling, a removal) writes it so.

With each change a `ChangePart` keeps what was there before, and the number of the transaction it belongs to.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import starmap
from typing import Any, LiteralString, Self

import orjson

from graph.edits.upsert import NodeRow, RelationRow, by_ends, merge_nodes, merge_relations
from graph.kinds import NODE_OF, NODES, RELATION_OF, RELATIONS, Node, Relation
from graph.kinds.columns import Record, columns
from graph.store.cypher import compose
from graph.store.log import Step
from graph.store.store import Row, Statement, Store

type AnyRow = NodeRow | RelationRow

KEEP: LiteralString = """
MATCH (m:Meta {id: 'meta'}) MERGE (p:ChangePart {id: $id})
SET p.owner = $owner, p.write = m.writes, p.table = $table, p.new = $new, p.gone = $gone,
    p.changed = $changed, p.removed = $removed, p.origins = $origins, p.rows = $rows
"""
ORIGINS: LiteralString = """
MATCH (p:ChangePart {table: $table}) WHERE p.origins IS NOT NULL
RETURN {origins: p.origins, rows: p.rows} AS part ORDER BY p.write
"""
FORGET: LiteralString = "MATCH (p:ChangePart {id: $id}) DELETE p"
MOST_LOGGED = 10_000
"""Rows of one load, undo or removal that the log keeps: to read everything anew is then no more work."""
REMOVE_NODES = """
UNWIND $ids AS id MATCH (n:{label} {{id: id}})
WITH collect(n) AS found FOREACH (n IN found | DETACH DELETE n)
"""
REMOVE_RELATIONS = """
UNWIND $rows AS row
MATCH (a:{start} {{id: row.from}}) MATCH (b:{end} {{id: row.to}})
OPTIONAL MATCH (a)-[r:{label} {{key: row.key}}]->(b)
WITH collect(r) AS found FOREACH (r IN found | DELETE r)
"""
"""All are found before the first is deleted: ArcadeDB can't walk on from a node whose relations a statement
has begun to delete. Why `OPTIONAL`: see `stored_relations`."""


@dataclass(slots=True)
class Change:
    """What happens to the rows of one kind."""

    kind: type[Record]
    removed: Mapping[str, Row] = field(default_factory=dict[str, Row])
    """Whole rows that go, as they are stored, by identity."""
    new: list[AnyRow] = field(default_factory=list[AnyRow])
    """Rows that come."""
    changed: list[AnyRow] = field(default_factory=list[AnyRow])
    """Rows that stay, with their new cells."""
    before: dict[str, Row] = field(default_factory=dict[str, Row])
    """The cells of changed rows as they were, by identity."""
    gone: Sequence[str] = ()
    """Identities of rows that go for good: nothing is kept of them."""
    origins: Mapping[str, str] = field(default_factory=dict[str, str])
    """The row of a workbook (`book.xlsx:12@3fa9c1d2`) that wrote each identity, where there is one."""

    @property
    def rows(self) -> list[AnyRow]:
        """All that is written."""
        return [*self.new, *self.changed]

    @property
    def step(self) -> Step:
        """What the log keeps of it."""
        new, changed = ({row.identity: row.values for row in rows} for rows in (self.new, self.changed))
        return Step(self.kind.label, [*self.removed, *self.gone], new, changed)

    def statements(self) -> Iterator[Statement]:
        """Remove what goes, then write what comes and what changes."""
        yield from removals(self.kind, [*self.removed, *self.gone])
        yield from merges(self.kind, self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """What was kept of one change."""

    id: str
    owner: str
    """Of which load, ruling or removal it is."""
    write: int
    """The number of its transaction: later ones have higher numbers."""
    kind: type[Record]
    new: Sequence[str]
    changed: Mapping[str, Row]
    removed: Mapping[str, Row]
    gone: Sequence[str]

    @classmethod
    def of(cls, row: Row) -> Self:
        """Read it as it is stored."""
        kind = (NODE_OF | RELATION_OF)[row["table"]]
        cells = (orjson.loads(row.get(name) or "{}") for name in ("changed", "removed"))
        lists = (row.get(name) or () for name in ("new", "gone"))
        (new, gone), (changed, removed) = lists, cells
        return cls(row["id"], row["owner"], row["write"], kind, new, changed, removed, gone)

    @property
    def identities(self) -> Iterator[str]:
        """All rows that the change touched."""
        for some in (self.new, self.changed, self.removed, self.gone):
            yield from some

    @property
    def restored(self) -> int:
        """How many rows get their former cells back."""
        return len(self.changed) + len(self.removed)

    @property
    def removal(self) -> Change:
        """What takes out again what came."""
        return Change(self.kind, gone=self.new)

    @property
    def restoral(self) -> Change:
        """What gives back what was there before, when all that came is out.

        A cell that was empty becomes empty, a row that went comes back.
        """
        changed, removed = ([*starmap(self._row, some.items())] for some in (self.changed, self.removed))
        return Change(self.kind, new=removed, changed=changed)

    def _row(self, identity: str, cells: Row) -> AnyRow:
        cells = _typed(self.kind, cells)
        return (
            RelationRow.of(identity, cells) if issubclass(self.kind, Relation) else NodeRow(identity, cells)
        )

    @property
    def forgetting(self) -> Statement:
        """Forget the change, when it is taken back."""
        return Statement(FORGET, {"id": self.id})


@dataclass(slots=True)
class Journal:
    """What the log is told of the transactions of one writer: no more rows than `MOST_LOGGED` in all."""

    rows: int = 0

    def steps(self, *changes: Change) -> Sequence[Step] | None:
        """Tell what changes do; None when there were too many: who follows then reads everything."""
        told = [change.step for change in changes if change.kind in NODES or change.kind in RELATIONS]
        self.rows += sum(step.rows for step in told)
        return told if self.rows <= MOST_LOGGED else None


def written(owner: str, changes: Iterable[Change], first: int = 1) -> Iterator[Statement]:
    """Make changes, and keep with their owner what takes them back; its parts are numbered from `first`.

    In the transaction goes before them what counts it (`touch` or `once` of the lock).
    """
    for number, change in enumerate(changes, first):
        if change.rows or change.removed or change.gone:
            yield Statement(KEEP, _kept(owner, number, change))
            yield from change.statements()


def _kept(owner: str, number: int, change: Change) -> Row:
    told = [row.identity for row in change.rows if row.identity in change.origins]
    return {
        "id": f"{owner}/{number:06}",
        "owner": owner,
        "table": change.kind.label,
        "new": [row.identity for row in change.new],
        "gone": list(change.gone),
        "changed": _json(change.before),
        "removed": _json(change.removed),
        "origins": [change.origins[id] for id in told] or None,
        "rows": told or None,
    }


async def written_by(store: Store, kind: type[Record], origins: Collection[str]) -> dict[str, str]:
    """Map rows of workbooks to the identity that each wrote last, undone loads aside.

    `book.xlsx:12@3fa9c1d2` is the row of one very file, `book.xlsx:12` that of any file of this name.
    """
    found: dict[str, str] = {}
    async for part in store.stream(ORIGINS, table=kind.label):
        for origin, identity in zip(part["origins"], part["rows"], strict=True):
            found |= {name: identity for name in (origin, origin.partition("@")[0]) if name in origins}
    return found


def _json(cells: Mapping[str, Row]) -> str:
    return orjson.dumps(dict(cells), default=str).decode() if cells else ""


def merges(kind: type[Record], rows: Sequence[AnyRow]) -> list[Statement]:
    """Write rows of a kind; cells that are not given stay as they are."""
    if not rows:
        return []
    if issubclass(kind, Relation):
        return merge_relations(kind, [row for row in rows if isinstance(row, RelationRow)])
    assert issubclass(kind, Node)  # noqa: S101 - nodes and relations are all there is
    return merge_nodes(kind, [row for row in rows if isinstance(row, NodeRow)])


def removals(kind: type[Record], identities: Sequence[str]) -> list[Statement]:
    """Remove rows of a kind; nodes with all that hangs on them."""
    if not identities:
        return []
    if not issubclass(kind, Relation):
        return [Statement(compose(REMOVE_NODES, label=kind.label), {"ids": list(identities)})]
    return [
        Statement(
            compose(REMOVE_RELATIONS, label=kind.label, start=start, end=end),
            {"rows": [{"from": row.start, "to": row.end, "key": row.key} for row in rows]},
        )
        for (start, end), rows in by_ends(map(RelationRow.of, identities)).items()
    ]


def _typed(kind: type[Record], cells: Row) -> dict[str, Any]:
    """Turn what JSON made of dates back into dates."""
    dated = {column.name for column in columns(kind) if column.type is date and not column.many}
    return {
        name: date.fromisoformat(str(value)[:10]) if name in dated and value else value
        for name, value in cells.items()
    }
