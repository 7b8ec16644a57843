"""Changes that take back: the undoing of a load, and the removal of what is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from graph.edits.change import before_of, undoing
from graph.edits.lock import finish, touch, turn, writing
from graph.edits.upsert import NodeRow, merge_nodes
from graph.errors import BadInput, NotFound
from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.facts import Load
from graph.kinds.terms import LoadStatus
from graph.store.cypher import compose, pairs
from graph.store.store import Row, Statement, Store

LOADS = "MATCH (l:Load) RETURN l {.*} AS load ORDER BY l.startedAt DESC"
PARTS = "MATCH (p:LoadPart {load: $load}) RETURN p {.*} AS part ORDER BY p.id DESC LIMIT 50"
FORGET = "MATCH (p:LoadPart {id: $id}) DELETE p"
INVENTED_RELATIONS = """
MATCH (a:{start})-[r:{label}]->(b:{end})
WHERE {mark} OR r.source IN $sources
WITH r LIMIT 5000 WITH collect(r) AS found FOREACH (r IN found | DELETE r)
RETURN {{gone: size(found)}} AS removed
"""
INVENTED_NODES = """
MATCH (n:{label}) WHERE n.synthetic = true
WITH n LIMIT 2000 WITH collect(n) AS found FOREACH (n IN found | DETACH DELETE n)
RETURN {{gone: size(found)}} AS removed
"""
INVENTED_CLAIMS: LiteralString = """
MATCH (c:Claim)-[:ABOUT]->(n) WHERE n.synthetic = true
WITH c LIMIT 2000 WITH collect(c) AS found FOREACH (c IN found | DETACH DELETE c)
RETURN {gone: size(found)} AS removed
"""
INVENTED_SOURCES: LiteralString = "MATCH (s:Source) WHERE s.synthetic = true RETURN {id: s.id} AS source"
CLEANING = "remove:synthetic"
"""The writer that removes the invented."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What the undoing of a load did."""

    load: str
    removed: int
    """Nodes and relations that only this load had brought."""
    restored: int
    """Nodes and relations that got their former cells back."""


async def undo_load(store: Store, load: str) -> Undone:
    """Take back a load: what it brought is removed, what it changed is as before.

    Only the last load that changed something can be undone; an earlier one after the later ones, because
    rows that a later load found to be the same are not written down. Interrupted, it is completed by calling
    it again. Raises NotFound, BadInput (an earlier load, or one undone already) and StoreConflict.
    """
    writer, removed, restored = f"undo:{load}", 0, 0
    async with writing(store, await turn(store), writer):
        await _undoable(store, load)
        while parts := await store.read(PARTS, load=load):
            for part in parts:
                await store.write(touch(writer), *undoing(part), Statement(FORGET, {"id": part["id"]}))
                removed, restored = removed + len(part["new"]), restored + len(before_of(part))
        record = NodeRow(load, {"status": LoadStatus.UNDONE.value})
        await store.write(*merge_nodes(Load, [record]), finish(writer))
    return Undone(load, removed, restored)


async def remove_synthetic(store: Store) -> Mapping[str, int]:
    """Remove every invented node and relation, and claims about the invented; count them by label.

    Rows whose source is invented go as well. What is real stays, also where it then stands alone.
    """
    gone: dict[str, int] = {}
    async with writing(store, await turn(store), CLEANING):
        sources = [row["id"] for row in await store.read(INVENTED_SOURCES)]
        for relation in RELATIONS:
            marked = any(column.name == "synthetic" for column in columns(relation))
            for words in pairs(relation):
                mark = "r.synthetic = true" if marked else "false"
                cypher = compose(INVENTED_RELATIONS, mark=mark, **words)
                await _emptied(store, cypher, gone, relation.label, {"sources": sources})
        await _emptied(store, INVENTED_CLAIMS, gone, "Claim", {})
        for kind in reversed(NODES):
            if any(column.name == "synthetic" for column in columns(kind)):
                cypher = compose(INVENTED_NODES, label=kind.label)
                await _emptied(store, cypher, gone, kind.label, {})
        await store.write(finish(CLEANING))
    return gone


async def _undoable(store: Store, load: str) -> None:
    """Make sure that a load is the last one that changed something."""
    loads = await store.read(LOADS)
    found = next((row for row in loads if row["id"] == load), None)
    if found is None:
        raise NotFound(f"没有这次装载：{load}")
    if found["status"] == LoadStatus.UNDONE.value:
        raise BadInput(f"{load} 已经撤销", "load")
    for later in loads[: loads.index(found)]:
        begun = later["status"] == LoadStatus.RUNNING.value
        done = later["status"] == LoadStatus.DONE.value and (later.get("new") or later.get("changed"))
        if begun or done:
            raise BadInput(f"只能撤销最近一次装载：请先撤销 {later['id']}", "load")


async def _emptied(
    store: Store, cypher: LiteralString, gone: dict[str, int], label: str, parameters: Row
) -> None:
    while count := (await store.write(touch(CLEANING), Statement(cypher, parameters)))[-1]["gone"]:
        gone[label] = gone.get(label, 0) + count
