"""Write rows of one kind, and read what is stored of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from graph.errors import BadInput
from graph.kinds import Node, Relation, kind_of
from graph.store.cypher import compose, declarations, pairs
from graph.store.store import Row, Statement, Store

STORED_NODES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n {{.*}} AS node"
MERGE_NODES = """
UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.values
"""
STORED_RELATIONS = """
UNWIND $rows AS row
MATCH (a:{start} {{id: row.from}}) MATCH (b:{end} {{id: row.to}})
OPTIONAL MATCH (a)-[r:{label} {{key: row.key}}]->(b)
WITH a, b, r WHERE r IS NOT NULL
RETURN r {{.*, from: a.id, to: b.id}} AS edge
"""
MERGE_RELATIONS = """
UNWIND $rows AS row
MATCH (a:{start} {{id: row.from}}) MATCH (b:{end} {{id: row.to}})
MERGE (a)-[r:{label} {{key: row.key}}]->(b) SET r += row.values
"""
CLAIM_OF = """
UNWIND $rows AS row
MATCH (c:Claim {{id: row.id}}) MATCH (n:{label} {{id: row.to}})
MERGE (c)-[:{relation} {{key: '-'}}]->(n)
"""
PRESENT = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN {{id: n.id, grade: n.grade}} AS found"
ANY_NODE = "MATCH (n:{label}) RETURN {{id: n.id}} AS found LIMIT 1"
ANY_RELATION = "MATCH (:{start})-[r:{label}]->(:{end}) RETURN {{key: r.key}} AS found LIMIT 1"
BY_USCC = "UNWIND $codes AS code MATCH (o:Organisation {uscc: code}) RETURN {id: o.id, uscc: o.uscc} AS found"
NAMED = "UNWIND $names AS name MATCH (n:{label} {{name: name}}) RETURN {{id: n.id, name: n.name}} AS found"
ALL_NAMED = "MATCH (n:{label}) RETURN {{name: n.name}} AS found"

REGIONS = "MATCH (n:Region) RETURN {id: n.id, name: n.name, aliases: n.aliases} AS found"


@dataclass(frozen=True, slots=True)
class NodeRow:
    """What one table row says of a node: only the cells that were filled."""

    id: str
    values: Row = field(default_factory=dict[str, Any])

    @property
    def identity(self) -> str:
        """Tell it from every other row of its kind."""
        return self.id


@dataclass(frozen=True, slots=True)
class RelationRow:
    """What one table row says of a relation: only the cells that were filled."""

    start: str
    end: str
    key: str
    values: Row = field(default_factory=dict[str, Any])

    @property
    def identity(self) -> str:
        """Tell it from every other row of its kind."""
        return f"{self.start} {self.end} {self.key}"

    @classmethod
    def of(cls, identity: str, values: Row | None = None) -> Self:
        """Make the row that has an identity.

        >>> RelationRow.of("org:a org:b product:p|2024|-").key
        'product:p|2024|-'
        """
        start, end, key = identity.split(" ", 2)
        return cls(start, end, key, values or {})


async def declare(store: Store) -> None:
    """Make the vocabulary's constraints and indexes; safe to repeat."""
    for statement in declarations():
        await store.write(Statement(statement))


async def stored_nodes(store: Store, kind: type[Node], ids: Iterable[str]) -> dict[str, Row]:
    """Map each known id to all that is stored of the node."""
    rows = await store.read(compose(STORED_NODES, label=kind.label), ids=list(ids))
    return {row["id"]: row for row in rows}


async def stored_relations(store: Store, kind: type[Relation], rows: Sequence[RelationRow]) -> dict[str, Row]:
    """Map the identity of each known relation to all that is stored of it.

    `OPTIONAL` has both ends bound first: without it Neo4j may walk every relation of a hub (14 s for 2,000
    rows instead of 0.1), and keeps the plan it made while the graph was small.
    """
    found: dict[str, Row] = {}
    for ends, group in by_ends(rows).items():
        wanted = [{"from": r.start, "to": r.end, "key": r.key} for r in group]
        cypher = compose(STORED_RELATIONS, label=kind.label, start=ends[0], end=ends[1])
        for row in await store.read(cypher, rows=wanted):
            start, end = row.pop("from"), row.pop("to")
            found[RelationRow(start, end, row.pop("key")).identity] = row
    return found


async def ids_of_codes(store: Store, codes: Iterable[str]) -> dict[str, str]:
    """Map each known credit code to its organisation's id."""
    return {row["uscc"]: row["id"] for row in await store.read(BY_USCC, codes=list(codes))}


async def grades_of(store: Store, kind: type[Node], ids: Iterable[str]) -> dict[str, str | None]:
    """Map each id that is in the store to its grade; None where the kind has none."""
    rows = await store.read(compose(PRESENT, label=kind.label), ids=list(ids))
    return {row["id"]: row["grade"] for row in rows}


async def ids_of_names(store: Store, kind: type[Node], names: Iterable[str]) -> dict[str, list[str]]:
    """Map each name that nodes of a kind have, letter by letter, to their ids."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in await store.read(compose(NAMED, label=kind.label), names=list(names)):
        found[row["name"]].append(row["id"])
    return found


async def names_of(store: Store, kind: type[Node]) -> list[str]:
    """List the names of all nodes of a kind."""
    return [row["name"] for row in await store.read(compose(ALL_NAMED, label=kind.label)) if row["name"]]


async def named_regions(store: Store) -> list[tuple[str, str, list[str]]]:
    """List the regions of the store: ids, names, aliases."""
    return [(row["id"], row["name"], row["aliases"] or []) for row in await store.read(REGIONS)]


async def is_empty(store: Store, kind: type[Node | Relation]) -> bool:
    """Whether the store holds nothing of a kind."""
    if issubclass(kind, Node):
        return not await store.read(compose(ANY_NODE, label=kind.label))
    for words in pairs(kind):
        if await store.read(compose(ANY_RELATION, **words)):
            return False
    return True


def merge_nodes(kind: type[Node], rows: Sequence[NodeRow]) -> list[Statement]:
    """Merge nodes on their ids; cells that were not filled stay as they are."""
    values = [{"id": row.id, "values": row.values} for row in rows]
    merge = Statement(compose(MERGE_NODES, label=kind.label), {"rows": values})
    return [merge, *_claim_edges(rows)] if kind.label == "Claim" else [merge]


def merge_relations(kind: type[Relation], rows: Sequence[RelationRow]) -> list[Statement]:
    """Merge relations on their ends and key; cells that were not filled stay as they are."""
    return [
        Statement(
            compose(MERGE_RELATIONS, label=kind.label, start=ends[0], end=ends[1]),
            {"rows": [{"from": r.start, "to": r.end, "key": r.key, "values": r.values} for r in group]},
        )
        for ends, group in by_ends(rows).items()
    ]


def _claim_edges(rows: Sequence[NodeRow]) -> list[Statement]:
    """Tie claims to their subjects and sources: the fields are the truth, the edges are for walking."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for relation, column in (("ABOUT", "subject"), ("FROM", "source")):
            if id := row.values.get(column):
                groups[relation, _label(id)].append({"id": row.id, "to": id})
    return [
        Statement(compose(CLAIM_OF, relation=relation, label=label), {"rows": group})
        for (relation, label), group in groups.items()
    ]


def by_ends(rows: Iterable[RelationRow]) -> dict[tuple[str, str], list[RelationRow]]:
    """Group relations by the labels of what they join."""
    groups: dict[tuple[str, str], list[RelationRow]] = defaultdict(list)
    for row in rows:
        groups[_label(row.start), _label(row.end)].append(row)
    return groups


def _label(id: str) -> str:
    kind = kind_of(id)
    if kind is None:
        raise BadInput(f"{id} 不是标识：应为 kind:key")
    return kind.label
