"""Backends: from a URL to an open store, be it a Neo4j server or the embedded one, which is kept alive."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

from graph.errors import ChainError, StoreError, StoreMisused, StoreUnavailable
from graph.store.diagnosis import Since
from graph.store.embedded import Server, embedded_server
from graph.store.store import BoltStore, Row, Statement, Store

EMBEDDED = "embedded"
SERVERS = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
EMBEDDED_DATABASE, SERVER_DATABASE = "zhenlian", "neo4j"
SHORTEST_PAUSE, LONGEST_PAUSE, STEADY = 0.5, 30.0, 60.0
"""Seconds before a new start: more after each start that did not last for the third of them."""
log = logging.getLogger(__name__)


@asynccontextmanager
async def open_store(  # noqa: PLR0913 - options, each by name
    url: str,
    *,
    user: str = "",
    password: str = "",
    database: str = "",
    exclusive: bool = False,
    joining: bool = False,
    warn: bool = False,
    wait: bool = True,
) -> AsyncGenerator[Store]:
    """Yield the store that `url` names: `embedded:FOLDER`, or a server's address, reached when first asked.

    `exclusive` refuses an embedded folder that another process serves; `joining` leaves the serving of it to
    another, and waits for that. Without `wait` an embedded store is yielded while it starts: whoever asks it
    waits for it, and `started` tells how that went. Raises StoreUnavailable and EmbeddedUnusable; a server
    that does not answer yet raises only when it is asked.
    """
    scheme, _, rest = url.partition(":")
    if folder := folder_of(url):
        place = _Place(folder, database or EMBEDDED_DATABASE, exclusive, joining, warn, wait)
        async with _embedded(place) as kept:
            yield kept
    elif scheme in SERVERS and rest.startswith("//"):
        async with BoltStore.open(url, user, password, database or SERVER_DATABASE, warn=warn) as store:
            yield store
    else:
        allowed = "、".join(f"{name}://主机:7687" for name in SERVERS)
        raise StoreUnavailable(f"库地址 {url} 无法识别：应为 embedded:文件夹，或 {allowed}")


def folder_of(url: str) -> Path | None:
    """Take the folder out of the URL of an embedded store; None for a server's.

    >>> str(folder_of("embedded:store")), folder_of("bolt://127.0.0.1:7687")
    ('store', None)
    """
    scheme, _, rest = url.partition(":")
    return Path(rest) if scheme == EMBEDDED and rest else None


async def started(store: Store) -> None:
    """Wait until an embedded store has started; raises what kept it from starting."""
    if isinstance(store, _KeptStore):
        await store.started()


@dataclass(frozen=True, slots=True)
class _Place:
    """Which embedded store is meant, and how it is opened."""

    folder: Path
    database: str
    exclusive: bool
    joining: bool
    warn: bool
    wait: bool


class _KeptStore:
    """A Store whose server is started again whenever it ends; between two servers nothing answers."""

    def __init__(self) -> None:
        self._current: tuple[BoltStore, Server] | None = None
        self._away = "内置数据库正在启动：请稍后再试"
        """What to say while no server answers."""
        self._waiting = set[asyncio.Timeout]()
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def started(self) -> None:
        """Wait for the first start."""
        await asyncio.shield(self._ready)

    async def read(self, cypher: LiteralString, **parameters: Any) -> list[Row]:
        """Run a reading statement and return its rows."""
        async with self._answering() as store:
            return await store.read(cypher, **parameters)

    async def write(self, *statements: Statement) -> list[Row]:
        """Run statements in one transaction, all or nothing, and return the rows of the last one."""
        async with self._answering() as store:
            return await store.write(*statements)

    async def stream(self, cypher: LiteralString, **parameters: Any) -> AsyncIterator[Any]:
        """Run a reading statement and yield its rows as they come."""
        async with self._explaining() as store:
            async for row in store.stream(cypher, **parameters):
                yield row

    @asynccontextmanager
    async def _explaining(self) -> AsyncGenerator[BoltStore]:
        """Say why the server fails, by what lies in its folder: its own answers conceal it."""
        await self.started()
        if self._current is None:
            raise StoreUnavailable(self._away)
        store, server = self._current
        since = Since.now(server.folder)
        try:
            yield store
        except (StoreUnavailable, StoreMisused) as error:
            raise await _explained(error, server, since) from error

    @asynccontextmanager
    async def _answering(self) -> AsyncGenerator[BoltStore]:
        """Give up when the server ends: the driver would try its address again for many seconds."""
        waiting = asyncio.timeout(None)
        try:
            async with self._explaining() as store, waiting:
                self._waiting.add(waiting)
                yield store
        except TimeoutError as error:
            raise StoreUnavailable(self._away) from error
        finally:
            self._waiting.discard(waiting)

    def _end(self, told: str) -> None:
        self._current, self._away = None, told
        for waiting in self._waiting:
            waiting.reschedule(0)
        self._waiting.clear()

    async def keep(self, place: _Place) -> None:
        """Serve without end; `started` tells how the first start went."""
        now, pause = asyncio.get_running_loop().time, SHORTEST_PAUSE
        while True:
            began = now()
            try:
                await self._serve(place)
            except Exception as error:
                if not self._ready.done():
                    self._ready.set_exception(error)
                    return
                if isinstance(error, ChainError):
                    self._away = str(error)
                    log.error("the embedded store does not start again: %s", error)  # noqa: TRY400 - it says all
                else:
                    log.exception("the embedded store does not start again")
            steady = place.joining or now() - began > STEADY  # who keeps the server pauses itself
            pause = SHORTEST_PAUSE if steady else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _serve(self, place: _Place) -> None:
        """Start the server, or attach to one, and return when it has ended."""
        async with (
            embedded_server(
                place.folder, place.database, exclusive=place.exclusive, joining=place.joining
            ) as server,
            BoltStore.open(
                server.url, server.user, server.password, place.database, warn=place.warn
            ) as store,
        ):
            self._current = store, server
            try:
                log.info("embedded store answers", extra={"url": server.url, "owned": server.owned})
                if not self._ready.done():
                    self._ready.set_result(None)
                code = await server.ended()
            finally:
                self._end(server.end())
        again = "waiting until its process starts it again" if place.joining else "starting it again"
        log.error("embedded store ended, %s", again, extra={"code": code})


async def _explained(error: StoreError, server: Server, since: Since) -> StoreError:
    """Make of a failure the error that says its cause, or that the server has gone, or where to look."""
    if cause := await asyncio.to_thread(since.cause):
        return StoreUnavailable(f"内置数据库没有完成这一步：{cause}")
    if not await server.listens():
        return StoreUnavailable(server.end())
    if isinstance(error, StoreMisused):
        return StoreMisused(f"内置数据库没有完成这一步：原因见 {await asyncio.to_thread(since.place)}")
    return error


@asynccontextmanager
async def _embedded(place: _Place) -> AsyncGenerator[_KeptStore]:
    store = _KeptStore()
    keeping = asyncio.create_task(store.keep(place))
    try:
        if place.wait:
            await store.started()
        yield store
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
