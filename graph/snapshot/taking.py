"""Taking: where a snapshot comes from that is not made by following: read from the store, or from an archive.

What is read is never torn. Of several processes on one store, one reads it and the others take what that one
has saved: their store is asked only whether it is of this store.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.errors import StoreConflict
from graph.kinds import NODES, RELATIONS, Node, Relation
from graph.kinds.columns import Record, columns
from graph.snapshot.archive import Archive
from graph.snapshot.builder import Builder
from graph.snapshot.snapshot import Snapshot
from graph.store.cypher import compose, pairs
from graph.store.log import entries
from graph.store.store import Store
from graph.store.versions import Versions, versions

NODES_OF = "MATCH (n:{label}) RETURN [{cells}] AS cells"
RELATIONS_OF = "MATCH (a:{start})-[r:{label}]->(b:{end}) RETURN [a.id, b.id, {cells}] AS cells"
BATCH = 20_000
TRIES = 5
FIRST_WAIT = 0.5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken[T]:
    """A snapshot as a store held it, nothing masked."""

    whole: Snapshot
    derived: T | None = None
    """What was saved of that which is made from it; None: it is still to be made."""


type Take[T] = Callable[[Snapshot | None, Versions], Awaitable[Taken[T] | None]]
"""Gives a snapshot for a state of the store to which no log leads from the one held; None: not yet."""


async def take_snapshot(store: Store, *, tries: int = TRIES, wait: float = FIRST_WAIT) -> Snapshot:
    """Read the whole store between two equal readings of its state; when a write came between, again."""
    for attempt in range(tries):
        before = await versions(store)
        if before.settled:
            builder = await _read(store)
            after = await versions(store)
            if after.same(before) and after.settled:
                version, writes, mark = before.version, before.writes, before.mark
                snapshot = Snapshot.built(builder, version=version, writes=writes, mark=mark)
                await asyncio.to_thread(getattr, snapshot, "id")
                return snapshot
        if attempt + 1 < tries:
            await asyncio.sleep(wait * 2**attempt)
    raise StoreConflict("库一直在写入，暂时取不到完整的快照；稍后会再试")


async def _read(store: Store) -> Builder:
    builder = Builder()
    for kind in (*NODES, *RELATIONS):
        for cypher in statements(kind):
            async for cells in _batches(store, cypher):
                await asyncio.to_thread(builder.add, kind, cells)
        await asyncio.to_thread(builder.seal, kind)
    return builder


def statements(kind: type[Record]) -> list[LiteralString]:
    """Write the statements that read a kind: its cells in the order of its columns."""
    if issubclass(kind, Node):
        cells = ", ".join(f"n.{c.name}" for c in columns(kind))
        return [compose(NODES_OF, label=kind.label, cells=cells)]
    assert issubclass(kind, Relation)  # noqa: S101 - nodes and relations are all there is
    cells = ", ".join(f"r.{c.name}" for c in columns(kind) if c.field not in {"start", "end"})
    return [compose(RELATIONS_OF, cells=cells, **words) for words in pairs(kind)]


async def _batches(store: Store, cypher: LiteralString) -> AsyncIterator[Sequence[Sequence[Any]]]:
    """Stream rows in batches, so that no more than one of them is held as objects."""
    rows: list[Sequence[Any]] = []
    async for row in store.stream(cypher):
        rows.append(row)
        if len(rows) == BATCH:
            yield rows
            rows = []
    yield rows


class Newest[T]:
    """Takes the newest snapshot that another process has put into an archive, when it is of this store."""

    def __init__(
        self,
        archive: Archive,
        store: Store,
        *,
        derived: Callable[[Snapshot], T | None],
        missing: Callable[[], None],
    ) -> None:
        """`derived` opens what was saved beside a snapshot; `missing` hears each time that there is none."""
        self._archive, self._store = archive, store
        self._derived, self._missing = derived, missing
        self._seen: str | None = None
        """The one that was opened last: it is not opened twice."""
        self.alone = False
        """Whether nobody can put one there: then the store is read."""

    async def take(self, held: Snapshot | None, seen: Versions) -> Taken[T] | None:
        """Open it; None when it is none that leads on from what is held."""
        id = await asyncio.to_thread(self._archive.newest_id)
        if id is not None and id != self._seen and (held is None or id != held.id):
            whole = await asyncio.to_thread(self._archive.newest)
            self._seen = None if whole is None else whole.id
            if whole is not None and await self._is_of(whole, seen):
                _log.info("snapshot %s opened", whole.id)
                return Taken(whole, await asyncio.to_thread(self._derived, whole))
        if self.alone:
            return Taken(await take_snapshot(self._store))
        self._missing()
        return None

    async def _is_of(self, whole: Snapshot, seen: Versions) -> bool:
        """Whether the store was at some time what a snapshot holds: it is now, or its log says so."""
        if shows(whole, seen):
            return True
        found = await entries(self._store, whole.writes, whole.writes)
        return [(entry.mark, entry.version) for entry in found] == [(whole.mark, whole.version)]


def shows(snapshot: Snapshot, seen: Versions) -> bool:
    """Whether a snapshot is of a state of the store."""
    return (snapshot.version, snapshot.writes, snapshot.mark) == (seen.version, seen.writes, seen.mark)
