"""The removal of what is invented, by the rule of `graph/snapshot/invented.py`: a test holds both equal."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import LiteralString

from graph.edits.change import Change, Journal, written
from graph.edits.lock import finish, touch, turn, writing
from graph.edits.upsert import RelationRow
from graph.kinds import NODES, RELATIONS, Node, Relation
from graph.kinds.columns import columns
from graph.kinds.entities import Product
from graph.kinds.facts import Claim, Source
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.stages import LEDGERS
from graph.store.cypher import compose, pairs
from graph.store.store import Store

INVENTED_RELATIONS = """
MATCH (a:{start})-[r:{label}]->(b:{end})
WHERE {mark} OR r.source IN $named OR r.product IN $named OR a.synthetic = true OR b.synthetic = true
RETURN {{from: a.id, to: b.id, key: r.key}} AS row LIMIT 5000
"""
INVENTED_NODES = "MATCH (n:{label}) WHERE n.synthetic = true RETURN {{id: n.id}} AS row LIMIT 2000"
INVENTED_CLAIMS: LiteralString = """
MATCH (c:Claim)-[:ABOUT]->(n) WHERE n.synthetic = true RETURN {id: c.id} AS row LIMIT 2000
"""
CLAIMS_OF_INVENTED: LiteralString = """
MATCH (c:Claim) WHERE c.source IN $named OR c.product IN $named RETURN {id: c.id} AS row LIMIT 2000
"""
ENTRIES_OF_INVENTED = """
MATCH (n:{label}) WHERE n.synthetic = true MATCH (e:LedgerEntry {{about: n.id}})
RETURN {{id: e.id}} AS row LIMIT 2000
"""
NAMED = "MATCH (n:{label}) WHERE n.synthetic = true RETURN {{id: n.id}} AS named"
"""Finds what rows may name without a relation to it."""


async def remove_synthetic(store: Store) -> Mapping[str, int]:
    """Remove every invented node and relation, and claims about the invented; count them by label.

    Relations go as well whose source, product or one of whose ends is invented, and claims likewise. What is
    real stays, also where it then stands alone. It can't be undone, nor can the loads of removed rows after
    it. Raises StoreConflict.
    """
    removal = _Removal(store, f"remove:{datetime.now(UTC):%Y%m%dt%H%M%S%f}-{secrets.token_hex(3)}")
    async with writing(store, await turn(store), removal.id):
        named = list[str]()
        for kind in (Source, Product):
            named += [row["id"] for row in await store.read(compose(NAMED, label=kind.label))]
        for relation in RELATIONS:
            mark = "r.synthetic = true" if _marked(relation) else "false"
            for words in pairs(relation):
                await removal.empty(relation, compose(INVENTED_RELATIONS, mark=mark, **words), named)
        await removal.empty(Claim, INVENTED_CLAIMS)
        await removal.empty(Claim, CLAIMS_OF_INVENTED, named)
        for ledger in LEDGERS:
            await removal.empty(LedgerEntry, compose(ENTRIES_OF_INVENTED, label=ledger.kind.label))
        for kind in reversed(NODES):
            if _marked(kind):
                await removal.empty(kind, compose(INVENTED_NODES, label=kind.label))
        await store.write(finish(removal.id))
    return removal.counts


@dataclass(slots=True)
class _Removal:
    store: Store
    id: str
    counts: dict[str, int] = field(default_factory=dict[str, int])
    parts: int = 0
    journal: Journal = field(default_factory=Journal)

    async def empty(
        self, kind: type[Node | Relation], query: LiteralString, named: Sequence[str] = ()
    ) -> None:
        """Remove the rows that a query finds, until it finds none."""
        while rows := await self.store.read(query, named=named):
            if issubclass(kind, Relation):
                gone = [RelationRow(row["from"], row["to"], row["key"]).identity for row in rows]
            else:
                gone = [row["id"] for row in rows]
            self.parts += 1
            change = Change(kind, gone=gone)
            alone = touch(self.id, self.journal.steps(change))
            await self.store.write(alone, *written(self.id, [change], self.parts))
            self.counts[kind.label] = self.counts.get(kind.label, 0) + len(gone)


def _marked(kind: type[Node | Relation]) -> bool:
    return any(column.name == "synthetic" for column in columns(kind))
