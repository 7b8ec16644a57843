"""Serving: keep the snapshot fresh and answer requests, until told to stop."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from math import inf
from time import monotonic

import uvicorn

from api.http.app import create_app
from api.http.connections import Bounds, connections
from api.settings import Settings
from graph.deadline import Deadline, within
from graph.edits.upsert import declare
from graph.errors import StoreError, TooSlow
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import without_persons
from graph.store.store import Store
from loaders.scratch import sweep
from queries.lookup.entries import index_of
from queries.warming import warm

LAST_WORDS = 4
"""Seconds that running requests get when the service stops."""
AGAIN = 2.0
"""Seconds between two tries to reach a store that does not answer yet."""
log = logging.getLogger(__name__)


async def serve(
    store: Store, taken: socket.socket, settings: Settings, ready: Callable[[], None], *, whole: bool
) -> None:
    """Answer requests until cancelled; `ready` is called once the first of them can come.

    `whole` waits for the first snapshot; without it a store that is down leaves a service that says so.
    """
    await asyncio.to_thread(sweep)
    mask = without_persons if settings.hide_persons else None
    async with _declaring(store), _warming(), SnapshotKeeper(store, derive=index_of, mask=mask) as keeper:
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
        await _until_cancelled(_Server(config, ready), taken)


async def _until_cancelled(server: uvicorn.Server, taken: socket.socket) -> None:
    """Stop gracefully when cancelled; cancelled once more, at once."""
    serving = asyncio.create_task(server.serve([taken]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
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
        warming = asyncio.create_task(asyncio.to_thread(_warm))
    try:
        yield
    finally:
        deadline.give_up()
        await asyncio.wait([warming])


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
