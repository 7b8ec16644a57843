"""Changes that can be undone: rows taken out, put in and changed, with what was there before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, LiteralString

import orjson

from graph.edits.upsert import NodeRow, RelationRow, merge_nodes, merge_relations
from graph.kinds import NODE_OF, RELATION_OF, Node, Relation
from graph.kinds.columns import Record, columns
from graph.store.cypher import compose, pairs
from graph.store.store import Row, Statement

type AnyRow = NodeRow | RelationRow

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
PART: LiteralString = """
MERGE (p:LoadPart {id: $id}) SET p.load = $load, p.table = $table, p.new = $new, p.before = $before
"""


@dataclass(slots=True)
class Change:
    """What happens to the rows of one kind."""

    kind: type[Record]
    removed: dict[str, Row] = field(default_factory=dict[str, Row])
    """Whole rows that go, as they are stored, by identity."""
    put: list[AnyRow] = field(default_factory=list[AnyRow])
    """Rows that come."""
    changed: Sequence[AnyRow] = ()
    before: Mapping[str, Row] = field(default_factory=dict[str, Row])
    """The cells of changed rows as they were, by identity."""

    def statements(self, owner: str, number: int) -> Iterator[Statement]:
        """Do it, and keep with its owner (a load, a ruling) what undoes it."""
        if not (self.removed or self.put or self.changed):
            return
        new = [row.identity for row in self.put]
        before = orjson.dumps({**self.removed, **self.before}, default=str).decode()
        yield part(owner, number, self.kind.label, new, before)
        yield from removals(self.kind, list(self.removed))
        yield from merges(self.kind, [*self.put, *self.changed])


def part(owner: str, number: int, table: str, new: list[str], before: str) -> Statement:
    """Keep, with a load or a ruling, what one of its batches added and the cells that it changed (JSON)."""
    id = f"{owner}/{number:06}"
    return Statement(PART, {"id": id, "load": owner, "table": table, "new": new, "before": before})


def undoing(part: Row) -> Iterator[Statement]:
    """Take back what a part kept: what was new goes, what was there before is as it was."""
    kind = (NODE_OF | RELATION_OF)[part["table"]]
    yield from removals(kind, part["new"])
    yield from restorals(kind, before_of(part))


def before_of(part: Row) -> dict[str, Row]:
    """Read the cells that a part keeps, by identity."""
    return orjson.loads(part["before"] or "{}")


def merges(kind: type[Record], rows: Sequence[AnyRow]) -> list[Statement]:
    """Write rows of a kind; cells that are not given stay as they are."""
    if not rows:
        return []
    if issubclass(kind, Relation):
        return merge_relations(kind, [row for row in rows if isinstance(row, RelationRow)])
    assert issubclass(kind, Node)  # noqa: S101 - nodes and relations are all there is
    return merge_nodes(kind, [row for row in rows if isinstance(row, NodeRow)])


def restorals(kind: type[Record], before: Mapping[str, Row]) -> list[Statement]:
    """Give rows their former cells back; a cell that was empty becomes empty, a row that went comes back."""
    typed = {identity: _typed(kind, cells) for identity, cells in before.items()}
    if not issubclass(kind, Relation):
        return merges(kind, [NodeRow(identity, cells) for identity, cells in typed.items()])
    ends = [(identity.split(" ", 2), cells) for identity, cells in typed.items()]
    return merges(kind, [RelationRow(start, end, key, cells) for (start, end, key), cells in ends])


def removals(kind: type[Record], identities: Sequence[str]) -> list[Statement]:
    """Remove rows of a kind; nodes with all that hangs on them."""
    if not identities:
        return []
    if not issubclass(kind, Relation):
        return [Statement(compose(REMOVE_NODES, label=kind.label), {"ids": list(identities)})]
    ends = [identity.split(" ", 2) for identity in identities]
    rows = [{"from": start, "to": end, "key": key} for start, end, key in ends]
    return [Statement(compose(REMOVE_RELATIONS, **words), {"rows": rows}) for words in pairs(kind)]


def _typed(kind: type[Record], cells: Row) -> dict[str, Any]:
    """Turn what JSON made of dates back into dates."""
    dated = {column.name for column in columns(kind) if column.type is date and not column.many}
    return {
        name: date.fromisoformat(str(value)[:10]) if name in dated and value else value
        for name, value in cells.items()
    }
