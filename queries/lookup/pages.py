"""Lists, a page at a time: nodes of a kind, and nodes that a relation leads to.

Pages are found by key (keyset), never by counting rows. A list of relations is asked for many owners in one
statement, so that a request costs a statement for each selected list, however many rows it has.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.kinds.entities import Node
from graph.kinds.relations import Relation
from graph.store.cypher import compose
from graph.store.store import Row, Store
from queries.lookup.filters import (
    EVERYTHING,
    Filter,
    Order,
    Parameters,
    alive,
    moment,
    valid,
    where,
)

PAGE = """
MATCH (n:{label}) WHERE {alive} AND {where} AND {beyond}
RETURN {{node: properties(n), key: {key}, tie: n.id}} AS row ORDER BY {key} {way}, n.id {way} LIMIT $limit
"""
COUNT = "MATCH (n:{label}) WHERE {alive} AND {where} RETURN {{total: count(n)}} AS row"
RELATED = """
UNWIND $owners AS owner
CALL (owner) {{
  MATCH (a:{owner} {{id: owner}}){left}[r:{label}]{right}(n:{kind}) WHERE {valid} AND {alive}
  {newest}
  WITH n, r WHERE {where} AND {beyond}
  RETURN n, r ORDER BY {key} {way}, {tie} {way} LIMIT $limit
}}
RETURN {{owner: owner, node: properties(n), edge: properties(r), key: {key}, tie: {tie}}} AS row
"""
NEWEST = """
  OPTIONAL MATCH (s:Source {{id: r.source}})
  WITH n, r, s ORDER BY coalesce(r.year, 0) DESC, coalesce(s.grade, 'Z'), r.key
  WITH n, {columns}collect(r)[0] AS r
"""
RELATED_COUNT = """
UNWIND $owners AS owner
CALL (owner) {{
  MATCH (a:{owner} {{id: owner}}){left}[r:{label}]{right}(n:{kind}) WHERE {valid} AND {alive} AND {where}
  RETURN count(DISTINCT {what}) AS total
}}
RETURN {{owner: owner, total: total}} AS row
"""
FLOWS = """
MATCH (a:{start})-[r:{label}]->(n:{end}) WHERE {where} AND {beyond}
RETURN {{edge: properties(r), start: a.id, end: n.id, key: {key}, tie: {tie}}} AS row
ORDER BY {key} {way}, {tie} {way} LIMIT $limit
"""
FLOW_COUNT = "MATCH (a:{start})-[r:{label}]->(n:{end}) WHERE {where} RETURN {{total: count(r)}} AS row"
EDGE_TIE = "a.id + ' ' + n.id + ' ' + r.key"
NODE_TIE = "n.id + ' ' + r.key"


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list: `size` rows after (or, backward, before) a place; without one, from the end."""

    size: int
    backward: bool = False
    key: Any = None
    tie: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a page: its node, the relation that led there, and where it stands in the order."""

    node: Row
    edge: Row
    key: Any
    tie: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and whether there are more of them in the direction of reading."""

    places: list[Place]
    more: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """All nodes of a kind that exist in a year and pass a filter, in an order."""

    kind: type[Node]
    year: int
    order: Order
    filter: Filter = EVERYTHING


@dataclass(frozen=True, slots=True)
class Following:
    """All nodes that a relation leads to from an owner, in one direction, in a year."""

    relation: type[Relation]
    owner: type[Node]
    kind: type[Node]
    forward: bool
    year: int
    order: Order
    filter: Filter = EVERYTHING


async def page(store: Store, listing: Listing, part: Slice) -> Page:
    """Find a page of a listing."""
    values = Parameters()
    cypher = compose(
        PAGE,
        label=listing.kind.label,
        alive=alive(listing.kind),
        where=where(listing.filter, values),
        beyond=_beyond(listing.order, part, "n.id", values),
        key=listing.order.key,
        way=_way(listing.order, part),
    )
    rows = await store.read(cypher, **_parameters(values, listing.year, listing.order, part))
    return _page(rows, part)


async def count(store: Store, listing: Listing) -> int:
    """Count a listing."""
    values = Parameters()
    cypher = compose(
        COUNT, label=listing.kind.label, alive=alive(listing.kind), where=where(listing.filter, values)
    )
    return (await store.read(cypher, **values.values, **moment(listing.year)))[0]["total"]


async def related(store: Store, following: Following, owners: Sequence[str], part: Slice) -> dict[str, Page]:
    """Find the same page of each owner's list; owners without rows are left out."""
    values = Parameters()
    cypher = compose(
        RELATED,
        **_words(following),
        newest=_newest(following.relation),
        where=where(following.filter, values),
        beyond=_beyond(following.order, part, NODE_TIE, values),
        key=following.order.key,
        tie=NODE_TIE,
        way=_way(following.order, part),
    )
    parameters = _parameters(values, following.year, following.order, part)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in await store.read(cypher, owners=list(owners), **parameters):
        groups[row["owner"]].append(row)
    return {owner: _page(rows, part, following.order) for owner, rows in groups.items()}


async def related_count(store: Store, following: Following, owners: Sequence[str]) -> dict[str, int]:
    """Count each owner's list."""
    values = Parameters()
    newest = following.relation.newest_by
    columns = [f"r.{name}" for name in following.relation.key_fields] if newest is None else None
    if newest is not None:
        columns = [f"r.{name}" for name in newest]
    cypher = compose(
        RELATED_COUNT,
        **_words(following),
        where=where(following.filter, values),
        what=f"[{', '.join(['n.id', *(columns or [])])}]",
    )
    rows = await store.read(cypher, owners=list(owners), **values.values, **moment(following.year))
    return {row["owner"]: row["total"] for row in rows}


async def flows(store: Store, kind: type[Relation], filter: Filter, order: Order, part: Slice) -> Page:
    """Find a page of a relation's rows as they were recorded: every year and every source."""
    values = Parameters()
    start, end = kind.ends[0]
    cypher = compose(
        FLOWS,
        start=start,
        end=end,
        label=kind.label,
        where=where(filter, values, "r"),
        beyond=_beyond(order, part, EDGE_TIE, values),
        key=order.key,
        tie=EDGE_TIE,
        way=_way(order, part),
    )
    return _page(await store.read(cypher, **_parameters(values, 0, order, part)), part)


async def flow_count(store: Store, kind: type[Relation], filter: Filter) -> int:
    """Count a relation's rows as they were recorded."""
    values = Parameters()
    start, end = kind.ends[0]
    text = where(filter, values, "r")
    cypher = compose(FLOW_COUNT, start=start, end=end, label=kind.label, where=text)
    return (await store.read(cypher, **values.values))[0]["total"]


def _words(following: Following) -> dict[str, str]:
    both = following.relation.backward is None
    return {
        "owner": following.owner.label,
        "label": following.relation.label,
        "kind": following.kind.label,
        "left": "-" if both or following.forward else "<-",
        "right": "->" if following.forward and not both else "-",
        "valid": valid(following.relation),
        "alive": alive(following.kind),
    }


def _newest(relation: type[Relation]) -> LiteralString:
    if relation.newest_by is None:
        return ""
    return compose(NEWEST, columns="".join(f"r.{c} AS {c}_, " for c in relation.newest_by))


def _way(order: Order, part: Slice) -> str:
    return "DESC" if order.descending != part.backward else "ASC"


def _beyond(order: Order, part: Slice, tie: str, values: Parameters) -> LiteralString:
    """Write the keyset condition: behind the place that the cursor names."""
    if part.tie is None:
        return "true"
    text = "({key} {sign} ${at} OR ({key} = ${at} AND {tie} {sign} ${last}))"
    sign = "<" if order.descending != part.backward else ">"
    at, last = values.add(part.key), values.add(part.tie)
    return compose(text, key=order.key, sign=sign, at=at, tie=tie, last=last)


def _parameters(values: Parameters, year: int, order: Order, part: Slice) -> Row:
    unknown = {} if order.unknown is None else {"unknown": order.unknown}
    return {**values.values, **(moment(year) if year else {}), **unknown, "limit": part.size + 1}


def _page(rows: list[Row], part: Slice, order: Order | None = None) -> Page:
    places = [Place(r.get("node", {}), _edge(r), r["key"], r["tie"]) for r in rows]
    if order is not None:
        places.sort(key=lambda place: (place.key, place.tie), reverse=order.descending != part.backward)
    more = len(places) > part.size
    kept = places[: part.size]
    return Page(kept[::-1] if part.backward else kept, more)


def _edge(row: Row) -> Row:
    return row.get("edge", {}) | {"from": row.get("start"), "to": row.get("end")}
