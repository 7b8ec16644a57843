"""Ledger items as the store holds them: cells, version, and the relations that their record speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.edits.change import Change
from graph.edits.ledger_texts import Complaints
from graph.edits.upsert import RelationRow, stored_relations
from graph.kinds import RELATION_OF, Node, Relation, kind_of
from graph.kinds.columns import columns
from graph.kinds.stages import Ledger
from graph.kinds.terms import Term
from graph.store.cypher import compose
from graph.store.store import Row, Store

ITEMS = """
UNWIND $ids AS id MATCH (n:{label} {{id: id}})
OPTIONAL MATCH (e:LedgerEntry {{about: id}})
WITH n, max(e.version) AS version RETURN n {{.*, recorded: version}} AS item
"""
TOWARDS = "MATCH (n:{kind} {{id: $id}})-[r:{label}]->(m:{other}) RETURN {{id: m.id, key: r.key}} AS link"
FROM = "MATCH (m:{other})-[r:{label}]->(n:{kind} {{id: $id}}) RETURN {{id: m.id, key: r.key}} AS link"
THERE = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN {{id: n.id, form: n.form}} AS found"
MOST_LINKS = 50
_OWN = {"id", "aliases", "synthetic"}


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of an item that its record speaks of."""

    relation: str
    other: str
    """The kind at its other end."""
    outward: bool = True
    """Whether it starts at the item."""
    only: bool = False
    """Whether there is exactly one."""

    @property
    def kind(self) -> type[Relation]:
        """The relation."""
        return RELATION_OF[self.relation]

    def joins(self, item: type[Node]) -> bool:
        """Whether items of a kind may have it."""
        ends = (item.label, self.other) if self.outward else (self.other, item.label)
        return ends in self.kind.ends

    def row(self, item: str, other: str, key: str = "-") -> RelationRow:
        """Write it of an item."""
        return RelationRow(item, other, key) if self.outward else RelationRow(other, item, key)


LINKS: Mapping[str, Link] = {
    "town": Link("OF_TOWN", "Town", only=True),
    "responsible": Link("RESPONSIBLE_FOR", "Organisation", outward=False),
    "organisations": Link("CONCERNS", "Organisation"),
    "products": Link("FILLS", "Product"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a ledger."""

    ledger: Ledger
    id: str
    cells: Row
    version: int
    """How many changes the record holds of it."""
    links: Mapping[str, Sequence[str]]
    """Ids by the names of `LINKS`, of those that were read."""

    @property
    def stage(self) -> Term:
        """Where it stands."""
        return self.ledger.stages(self.cells[self.ledger.stage])


async def items(store: Store, ledger: Ledger, ids: Sequence[str]) -> dict[str, Item]:
    """Read items of a ledger; those that are not there are left out."""
    own = [id for id in dict.fromkeys(ids) if kind_of(id) is ledger.kind]
    if not own:
        return {}
    names = [column.name for column in columns(ledger.kind) if column.name not in _OWN]
    found = dict[str, Item]()
    for cells in await store.read(compose(ITEMS, label=ledger.kind.label), ids=own):
        held = {name: cells[name] for name in names if cells.get(name) is not None}
        found[cells["id"]] = Item(ledger, cells["id"], held, cells["recorded"] or 0, {})
    return found


async def links_of(store: Store, item: Item, names: Mapping[str, Any] | Sequence[str]) -> Item:
    """Read relations of an item, by their names."""
    found = dict[str, Sequence[str]]()
    for name in names:
        link = LINKS[name]
        words = {"kind": item.ledger.kind.label, "label": link.relation, "other": link.other}
        cypher = compose(TOWARDS if link.outward else FROM, **words)
        found[name] = sorted(row["id"] for row in await store.read(cypher, id=item.id))
    return replace(item, links={**item.links, **found})


def link_changes(item: Item, links: Mapping[str, Sequence[str]]) -> list[Change]:
    """Make an item's relations those that are given; others of the same name go."""
    changes: list[Change] = []
    for name, ids in links.items():
        link, held = LINKS[name], set(item.links.get(name, ()))
        gone = {link.row(item.id, id).identity: dict[str, Any]() for id in sorted(held - set(ids))}
        new = [link.row(item.id, id) for id in dict.fromkeys(ids) if id not in held]
        if gone or new:
            changes.append(Change(link.kind, removed=gone, new=list(new)))
    return changes


async def whole_links(store: Store, changes: Sequence[Change]) -> None:
    """Fill what is kept of relations that go with all their cells."""
    for change in changes:
        if change.removed and issubclass(change.kind, Relation):
            rows = [RelationRow.of(identity) for identity in change.removed]
            change.removed = await stored_relations(store, change.kind, rows)


async def require_nodes(
    store: Store, ledger: Ledger, links: Mapping[str, Sequence[str]], complaints: Complaints
) -> None:
    """Note relations to what is not there, is of another kind, or is no body of government where one acts."""
    for name, ids in links.items():
        link = LINKS[name]
        if not link.joins(ledger.kind):
            complaints.add(f"{ledger.name.words}没有这一项", name)
            continue
        if link.only and len(ids) != 1:
            complaints.add("不能为空：请给出专业镇的标识", name)
        if len(ids) > MOST_LINKS:
            complaints.add(f"{len(ids)} 个，最多 {MOST_LINKS} 个", name)
        rows = await store.read(compose(THERE, label=link.other), ids=list(ids)) if ids else []
        there = {row["id"]: row["form"] for row in rows}
        for id in ids:
            if id not in there:
                complaints.add(f"图中没有 {id}", name, code="NOT_FOUND")
            elif name == "responsible" and there[id] not in {"AGENCY", "INSTITUTION"}:
                complaints.add(f"{id} 不是政府机关或事业单位：责任单位应为其一", name)


def slug_of(town: str) -> str:
    """Take the name out of a town's id.

    >>> slug_of("town:dingxiang-flange")
    'dingxiang-flange'
    """
    return town.partition(":")[2]
