"""One writer at a time: the store says who, and each transaction of a writer proves that it still does.

The lock is a conditional write to the `Meta` node, so that it keeps apart all processes that use one store.
Each statement sets a property before it looks: Neo4j locks a node when it is written, not when it is read.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import LiteralString

from graph.errors import StoreConflict, StoreError
from graph.store.store import Statement, Store
from graph.store.versions import QUIET, Versions, versions

MAKE: LiteralString = "MERGE (m:Meta {id: 'meta'})"
TAKE = """
MERGE (m:Meta {id: 'meta'})
SET m.beats = coalesce(m.beats, 0) + 1
WITH m WHERE m.beats = $beats + 1 AND coalesce(m.writes, 0) = $writes
  AND (m.loading IS NULL OR m.loading = $dead)
SET m.loading = $writer, m.beatAt = timestamp()
RETURN {writer: m.loading} AS lock
"""
BEAT = """
MATCH (m:Meta {id: 'meta'})
SET m.beats = coalesce(m.beats, 0) + 1, m.beatAt = timestamp()
WITH m WHERE m.loading = $writer
RETURN {writer: m.loading} AS lock
"""
TOUCH = """
MATCH (m:Meta {id: 'meta'})
SET m.beats = coalesce(m.beats, 0) + 1, m.beatAt = timestamp(), m.writes = coalesce(m.writes, 0) + 1,
    m.wroteAt = timestamp()
WITH m WHERE m.loading = $writer
RETURN {writer: m.loading} AS lock
"""
FINISH = """
MATCH (m:Meta {id: 'meta'})
SET m.version = coalesce(m.version, 0) + 1, m.writes = coalesce(m.writes, 0) + 1, m.wroteAt = timestamp()
WITH m WHERE m.loading = $writer
SET m.loading = null
RETURN {version: m.version} AS lock
"""
REST = """
MATCH (m:Meta {id: 'meta'})
SET m.beats = coalesce(m.beats, 0) + 1
WITH m WHERE m.loading = $writer
SET m.loading = null
RETURN {version: m.version} AS lock
"""
ONCE = """
MERGE (m:Meta {id: 'meta'})
SET m.version = coalesce(m.version, 0) + 1, m.writes = coalesce(m.writes, 0) + 1, m.wroteAt = timestamp()
WITH m WHERE m.writes = $writes + 1 AND (m.loading IS NULL OR (m.loading = $dead AND m.beats = $beats))
SET m.loading = null
RETURN {version: m.version} AS lock
"""
LOOK = 1.0
"""Seconds between two looks at a writer that may be dead."""
LOST = "写入中断过久，已被另一次写入接替：余下的没有写入，请再运行一次"


async def turn(store: Store) -> Versions:
    """Wait until nobody writes, and return the state of the store then: `loading` names a writer that died.

    A writer is alive when its beats go on, whatever the clocks say. Raises StoreConflict beside one alive.
    """
    with suppress(StoreConflict):  # on the embedded store, when another process has just made it
        await store.write(Statement(MAKE))
    seen, begun = await versions(store), monotonic()
    while not seen.settled and monotonic() - begun < QUIET:
        await asyncio.sleep(LOOK)
        now = await versions(store)
        if now.loading and (now.loading, now.beats) != (seen.loading, seen.beats):
            raise _busy(now)
        seen = now
    return seen


@asynccontextmanager
async def writing(store: Store, seen: Versions, writer: str, *statements: Statement) -> AsyncGenerator[None]:
    """Hold the lock, taken together with the statements unless someone began since the store was seen.

    Who holds it ends with `finish` or `rest` in the last transaction. An error gives it back.
    """
    await store.write(take(writer, seen), *statements)
    try:
        yield
    except BaseException:
        with suppress(StoreError):
            moved = seen.loading is not None or (await versions(store)).writes != seen.writes
            await store.write(finish(writer) if moved else rest(writer))
        raise


def take(writer: str, seen: Versions) -> Statement:
    """Begin to write over several transactions, unless someone has begun since the store was seen."""
    expected = {"dead": seen.loading, "beats": seen.beats, "writes": seen.writes}
    return Statement(TAKE, {"writer": writer} | expected, _late())


def once(seen: Versions) -> Statement:
    """Write in this one transaction, unless someone else has written since the store was seen.

    What is written may rest on what was read in between. The version moves.
    """
    if not seen.settled:
        raise _busy(seen)
    late = StoreConflict("数据刚刚被另一次写入改动：请再试一次")
    return Statement(ONCE, {"dead": seen.loading, "beats": seen.beats, "writes": seen.writes}, late)


def _busy(seen: Versions) -> StoreConflict:
    """Say who is writing."""
    return StoreConflict(f"另一次写入（{seen.loading}）正在进行：请等它结束后再试")


def _late() -> StoreConflict:
    return StoreConflict("另一次写入刚刚开始：请等它结束后再试")


def beat(writer: str) -> Statement:
    """Say that a writer is still at work."""
    return Statement(BEAT, {"writer": writer}, StoreConflict(LOST))


def touch(writer: str) -> Statement:
    """Say, in a transaction that changes data, who changes it."""
    return Statement(TOUCH, {"writer": writer}, StoreConflict(LOST))


def finish(writer: str) -> Statement:
    """End a writer's work: the version moves."""
    return Statement(FINISH, {"writer": writer}, StoreConflict(LOST))


def rest(writer: str) -> Statement:
    """End the work of a writer that changed nothing: the version stays."""
    return Statement(REST, {"writer": writer}, StoreConflict(LOST))
