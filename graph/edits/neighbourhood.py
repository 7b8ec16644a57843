"""All that hangs on one node: its relations, the claims about it, and what names it in a column."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, LiteralString

from graph.edits.upsert import NodeRow, RelationRow
from graph.errors import BadInput, NotFound
from graph.kinds import NODES, RELATION_OF, RELATIONS, Node, Relation, kind_of
from graph.kinds.columns import columns
from graph.store.cypher import compose, pairs
from graph.store.store import Row, Store

OUTWARDS = """
MATCH (a:{label} {{id: $id}})-[r]->(b) WHERE type(r) IN $labels
RETURN [type(r), a.id, b.id, r {{.*}}] AS edge
"""
INWARDS = """
MATCH (b:{label} {{id: $id}})<-[r]-(a) WHERE type(r) IN $labels
RETURN [type(r), a.id, b.id, r {{.*}}] AS edge
"""
BETWEEN = """
MATCH (a:{start} {{id: $from}})-[r:{label}]->(b:{end} {{id: $to}})
RETURN {{key: r.key}} AS edge ORDER BY r.key
"""
CLAIMS_ABOUT: LiteralString = "MATCH (c:Claim {subject: $id}) RETURN c {.*} AS claim"
NAMED_BY_RELATION = """
MATCH (:{start})-[r:{label}]->(:{end}) WHERE r.{column} = $id RETURN {{found: count(*)}} AS counted
"""
NAMED_BY_NODE = "MATCH (n:{label}) WHERE n.{column} = $id RETURN {{found: count(*)}} AS counted"


@dataclass(frozen=True, slots=True)
class Place:
    """Which row of the graph is meant: a node by its id, or a relation by its ends."""

    id: str | None = None
    relation: str | None = None
    """The label of a relation."""
    start: str | None = None
    end: str | None = None
    key: str | None = None
    """Tells apart several relations between the same ends; None: there is only one."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a node, as it is stored."""

    relations: dict[type[Relation], dict[str, Row]] = field(
        default_factory=dict[type[Relation], dict[str, Row]]
    )
    """By kind, then by identity; without `from`, `to` and `key`."""
    claims: dict[str, Row] = field(default_factory=dict[str, Row])
    """By id."""

    @property
    def count(self) -> int:
        """How many relations there are."""
        return sum(map(len, self.relations.values()))


async def hanging(store: Store, kind: type[Node], id: str) -> Hanging:
    """Find the relations of a node, and the claims about it."""
    found = Hanging()
    for query in (OUTWARDS, INWARDS):
        edges: list[Any] = await store.read(compose(query, label=kind.label), id=id, labels=list(RELATION_OF))
        for label, start, end, row in edges:
            rows = found.relations.setdefault(RELATION_OF[label], {})
            rows[RelationRow(start, end, row.pop("key")).identity] = row
    found.claims.update({row["id"]: row for row in await store.read(CLAIMS_ABOUT, id=id)})
    return found


async def row_at(store: Store, place: Place) -> tuple[type[Node | Relation], NodeRow | RelationRow]:
    """Find the kind and the identity of the row that is meant."""
    if place.id is not None:
        kind = kind_of(place.id)
        if kind is None:
            raise BadInput(f"row.id：“{place.id[:60]}”不是标识：应形如 claim:…、org:…", "row", "id")
        return kind, NodeRow(place.id)
    relation = RELATION_OF.get(place.relation or "")
    if relation is None:
        known = "、".join(RELATION_OF)
        raise BadInput(f"row.relation：没有关系 “{place.relation}”；可用：{known}", "row", "relation")
    return relation, await only_between(store, relation, place.start or "", place.end or "", place.key)


async def only_between(
    store: Store, kind: type[Relation], start: str, end: str, key: str | None = None
) -> RelationRow:
    """Find the relation of a kind between two nodes; several of them are told apart by their keys."""
    if key is None:
        keys: list[str] = []
        for words in pairs(kind):
            keys += [
                row["key"]
                for row in await store.read(compose(BETWEEN, **words), **{"from": start, "to": end})
            ]
        if not keys:
            raise NotFound(f"没有这条关系：{kind.label} {start} → {end}")
        if len(keys) > 1:
            raise BadInput(
                f"key：两者之间有 {len(keys)} 条 {kind.label}，请以 key 指明：{'、'.join(keys)}", "key"
            )
        key = keys[0]
    return RelationRow(start, end, key)


async def naming(store: Store, kind: type[Node], id: str) -> int:
    """Count the relations and claims that name a node in a column: as their product, or their source."""
    total = 0
    for query in _naming_queries(kind.label):
        total += (await store.read(query, id=id))[0]["found"]
    return total


def _naming_queries(label: str) -> Iterator[LiteralString]:
    for relation in RELATIONS:
        for column in columns(relation):
            if column.ref == label:
                for words in pairs(relation):
                    yield compose(NAMED_BY_RELATION, column=column.name, **words)
    for kind in NODES:
        for column in columns(kind):
            if column.ref == label:
                yield compose(NAMED_BY_NODE, label=kind.label, column=column.name)
