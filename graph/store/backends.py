"""Backends: from a URL to an open store, be it a Neo4j server or the embedded one, which is kept alive."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

from graph.errors import StoreUnavailable
from graph.store.embedded import embedded_server
from graph.store.store import BoltStore, Row, Statement, Store

EMBEDDED = "embedded"
SERVERS = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
EMBEDDED_DATABASE, SERVER_DATABASE = "zhenlian", "neo4j"
SHORTEST_PAUSE, LONGEST_PAUSE, STEADY = 0.5, 30.0, 60.0
"""Seconds before a new start: more after each start that did not last for the third of them."""
RESTARTING = "内置数据库意外结束，正在重新启动：请稍后再试"
log = logging.getLogger(__name__)


@asynccontextmanager
async def open_store(  # noqa: PLR0913 - options, each by name
    url: str,
    *,
    user: str = "",
    password: str = "",
    database: str = "",
    exclusive: bool = False,
    warn: bool = False,
) -> AsyncGenerator[Store]:
    """Yield the store that `url` names: `embedded:FOLDER`, or a server's address, reached when first asked.

    `exclusive` refuses an embedded folder that another process serves. Raises StoreUnavailable and
    EmbeddedUnusable; a server that does not answer yet raises only when it is asked.
    """
    scheme, _, rest = url.partition(":")
    if scheme == EMBEDDED and rest:
        async with _embedded(_Place(Path(rest), database or EMBEDDED_DATABASE, exclusive, warn)) as kept:
            yield kept
    elif scheme in SERVERS and rest.startswith("//"):
        async with BoltStore.open(url, user, password, database or SERVER_DATABASE, warn=warn) as store:
            yield store
    else:
        allowed = "、".join(f"{name}://主机:7687" for name in SERVERS)
        raise StoreUnavailable(f"库地址 {url} 无法识别：应为 embedded:文件夹，或 {allowed}")


@dataclass(frozen=True, slots=True)
class _Place:
    """Which embedded store is meant, and how it is opened."""

    folder: Path
    database: str
    exclusive: bool
    warn: bool


class _KeptStore:
    """A Store whose server is started again whenever it ends; between two servers nothing answers."""

    def __init__(self) -> None:
        self._current: BoltStore | None = None
        self._waiting = set[asyncio.Timeout]()

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
        async for row in self._present().stream(cypher, **parameters):
            yield row

    def _present(self) -> BoltStore:
        if self._current is None:
            raise StoreUnavailable(RESTARTING)
        return self._current

    @asynccontextmanager
    async def _answering(self) -> AsyncGenerator[BoltStore]:
        """Give up when the server ends: the driver would try its address again for many seconds."""
        store, waiting = self._present(), asyncio.timeout(None)
        self._waiting.add(waiting)
        try:
            async with waiting:
                yield store
        except TimeoutError as error:
            raise StoreUnavailable(RESTARTING) from error
        finally:
            self._waiting.discard(waiting)

    def _end(self) -> None:
        self._current = None
        for waiting in self._waiting:
            waiting.reschedule(0)
        self._waiting.clear()

    async def keep(self, place: _Place, ready: asyncio.Future[None]) -> None:
        """Serve without end; `ready` learns how the first start went."""
        now, pause = asyncio.get_running_loop().time, SHORTEST_PAUSE
        while True:
            began = now()
            try:
                await self._serve(place, ready)
            except Exception as error:
                if not ready.done():
                    ready.set_exception(error)
                    return
                log.exception("the embedded store does not start again")
            pause = SHORTEST_PAUSE if now() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _serve(self, place: _Place, ready: asyncio.Future[None]) -> None:
        """Start the server, or attach to one, and return when it has ended."""
        async with (
            embedded_server(place.folder, place.database, exclusive=place.exclusive) as server,
            BoltStore.open(
                server.url, server.user, server.password, place.database, warn=place.warn
            ) as self._current,
        ):
            try:
                log.info("embedded store answers", extra={"url": server.url, "owned": server.owned})
                if not ready.done():
                    ready.set_result(None)
                code = await server.ended()
            finally:
                self._end()
        log.error("embedded store ended, starting it again", extra={"code": code})


@asynccontextmanager
async def _embedded(place: _Place) -> AsyncGenerator[_KeptStore]:
    store, ready = _KeptStore(), asyncio.get_running_loop().create_future()
    keeping = asyncio.create_task(store.keep(place, ready))
    try:
        await ready
        yield store
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
