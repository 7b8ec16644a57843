"""Serving: keep the snapshot fresh and answer requests, until told to stop."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from math import inf
from time import monotonic
from typing import Any

import uvicorn

from api.http.app import create_app
from api.http.connections import Bounds, connections
from api.settings import Settings
from graph.deadline import Deadline, within
from graph.edits.upsert import declare
from graph.errors import StoreError, TooSlow
from graph.snapshot.archive import Archive, Archivist
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.store.backends import started
from graph.store.store import Store
from loaders.scratch import sweep
from queries.lookup.entries import index_of
from queries.lookup.search import SearchIndex
from queries.warming import warm

LAST_WORDS = 4
"""Seconds that running requests get when the service stops."""
AGAIN = 2.0
"""Seconds between two tries to reach a store that does not answer yet."""
AT_ONCE = 0.2
"""Seconds in which a store says that it can't be opened at all, as when another process has it."""
FIRST_ANSWERS = 2.0
"""Seconds that are left to the first answers before the kernels are compiled."""
WHOLE, MASKED, REAL = "search", "search-masked", "-real"
"""What the search index is kept as: services that hide persons, or what is invented, may share a folder."""
log = logging.getLogger(__name__)


type Prepare = Callable[[Store], Coroutine[Any, Any, None]]


async def serve(  # noqa: PLR0913 - options, the last ones by name
    store: Store,
    taken: socket.socket,
    settings: Settings,
    ready: Callable[[], None],
    *,
    whole: bool,
    prepare: Prepare | None = None,
) -> None:
    """Answer requests until cancelled; `ready` is called once the first of them can come.

    A saved snapshot answers at once. Without one an embedded store is waited for while it starts, and with
    `whole` the first snapshot; otherwise a store that is down leaves a service that says so. `prepare` fills
    a store that is empty.
    """
    await asyncio.to_thread(sweep)
    archive = Archive(settings.bundle_folder)
    saved = await asyncio.to_thread(archive.newest)
    beginning = asyncio.create_task(_begin(store, prepare))
    await asyncio.wait([beginning], timeout=AT_ONCE if saved else None)
    if beginning.done():
        await beginning
    mask = without_persons if settings.hide_persons else None
    part = (MASKED if mask else WHOLE) + (REAL if settings.real_only else "")
    archivist = Archivist[SearchIndex](archive, lambda index: {part: index.saved()})
    keeper = SnapshotKeeper(
        store, derive=index_of, mask=mask, real_only=settings.real_only, tell=archivist.tell
    )
    if saved:
        await keeper.begin_with(saved, lambda _: _index(archive, saved, part))
    async with archivist.at_work(), _declaring(store), _warming(), keeper:
        if whole:
            await keeper.ready()
        config = uvicorn.Config(
            create_app(store, keeper, settings),
            log_config=None,
            access_log=False,
            http=connections(Bounds(settings.header_timeout, settings.max_connections)),
            ws="none",
            lifespan="off",
            timeout_keep_alive=settings.keep_alive,  # pyright: ignore[reportArgumentType] - parts of a second too
            timeout_graceful_shutdown=LAST_WORDS,
        )
        await _until_cancelled(_Server(config, ready), taken, beginning)


async def _begin(store: Store, prepare: Prepare | None) -> None:
    """Wait until an embedded store has started, and fill an empty one."""
    await started(store)
    if prepare:
        await prepare(store)


def _index(archive: Archive, saved: Snapshot, part: str) -> SearchIndex | None:
    """Open the search index that was saved with a snapshot."""
    bundle = archive.part(saved, part)
    return bundle and SearchIndex.opened(bundle)


async def _until_cancelled(
    server: uvicorn.Server, taken: socket.socket, beginning: asyncio.Task[None]
) -> None:
    """Stop gracefully when cancelled, or when the store can't begin; cancelled once more, at once."""
    serving = asyncio.create_task(server.serve([taken]))
    try:
        await asyncio.wait([serving, beginning], return_when=asyncio.FIRST_EXCEPTION)
        if beginning.done() and not serving.done():
            server.should_exit = beginning.exception() is not None
        await asyncio.shield(serving)
        await beginning
    except asyncio.CancelledError:
        server.should_exit = True
        beginning.cancel()
        await serving
        raise


@asynccontextmanager
async def _declaring(store: Store) -> AsyncGenerator[None]:
    """Declare the constraints as soon as the store answers; the service does not wait for it."""
    declaring = asyncio.create_task(_declare(store))
    try:
        yield
    finally:
        declaring.cancel()
        await asyncio.wait([declaring])


@asynccontextmanager
async def _warming() -> AsyncGenerator[None]:
    """Compile the kernels in the background; a question that needs one meanwhile waits for it."""
    with within(Deadline(inf)) as deadline:
        warming = asyncio.create_task(_warm_later())
    try:
        yield
    finally:
        deadline.give_up()
        warming.cancel()
        await asyncio.wait([warming])


async def _warm_later() -> None:
    await asyncio.sleep(FIRST_ANSWERS)
    await asyncio.to_thread(_warm)


def _warm() -> None:
    begin = monotonic()
    with suppress(TooSlow):
        warm()
        log.info("kernels are ready after %.1f s", monotonic() - begin)


async def _declare(store: Store) -> None:
    while True:
        try:
            await declare(store)
        except StoreError as error:
            log.warning("store does not answer: %s", error)
            await asyncio.sleep(AGAIN)
        else:
            return


class _Server(uvicorn.Server):
    """Leaves the signals to `run`: uvicorn's own handling ends the process before the store is closed."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()
