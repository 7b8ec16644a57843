"""Serving: answer requests from what is kept, until told to stop."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from math import inf
from time import monotonic
from typing import Any, cast

import uvicorn

from api.http.accepting import Accepting, Counted, Share
from api.http.app import create_app
from api.http.connections import Bounds, connections
from api.http.keeping import Keeper, Prepare, keeping
from api.settings import Settings
from graph.deadline import Deadline, within
from graph.errors import TooSlow
from graph.store.store import Store
from queries.warming import warm

LAST_WORDS = 4
"""Seconds that running requests get when the service stops."""
FIRST_ANSWERS = 2.0
"""Seconds that are left to the first answers before the kernels are compiled."""
log = logging.getLogger(__name__)


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
    async with keeping(store, settings, prepare) as kept:
        if whole:
            await kept.keeper.ready()
        await answering(store, kept.keeper, taken, settings, ready, beginning=kept.beginning)


async def answering(  # noqa: PLR0913 - what a service is made of
    store: Store,
    keeper: Keeper,
    taken: socket.socket,
    settings: Settings,
    ready: Callable[[], None],
    *,
    beginning: asyncio.Task[None] | None = None,
    share: Share | None = None,
) -> None:
    """Answer requests until cancelled, or until the store's `beginning` fails.

    `share` is this process's of a socket that several take connections from.
    """
    config = uvicorn.Config(
        create_app(store, keeper, settings, share),
        log_config=None,
        access_log=False,
        http=connections(Bounds(settings.header_timeout, settings.max_connections)),
        ws="none",
        lifespan="off",
        timeout_keep_alive=settings.keep_alive,  # pyright: ignore[reportArgumentType] - parts of a second too
        timeout_graceful_shutdown=LAST_WORDS,
    )
    async with _warming():
        await _until_cancelled(_Server(config, ready, share), taken, beginning)


async def _until_cancelled(
    server: uvicorn.Server, taken: socket.socket, beginning: asyncio.Task[None] | None
) -> None:
    """Stop gracefully when cancelled, or when the store can't begin; cancelled once more, at once."""
    serving = asyncio.create_task(server.serve([taken]))
    try:
        await asyncio.wait(
            [serving, *([beginning] if beginning else [])], return_when=asyncio.FIRST_EXCEPTION
        )
        if beginning and beginning.done() and not serving.done():
            server.should_exit = beginning.exception() is not None
        await asyncio.shield(serving)
        if beginning:
            await beginning
    except asyncio.CancelledError:
        server.should_exit = True
        if beginning:
            beginning.cancel()
        await serving
        raise


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


class _Server(uvicorn.Server):
    """Leaves the signals to `run`: uvicorn's own handling ends the process before the store is closed."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], share: Share | None) -> None:
        super().__init__(config)
        self._ready = ready
        self._share = share

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        if self._share is None or not sockets:
            await super().startup(sockets)
        else:
            self._begin(sockets[0], self._share)
        self._ready()

    def _begin(self, taken: socket.socket, share: Share) -> None:
        """Begin as uvicorn does, with our own way of taking connections."""
        opened = self.server_state.connections = Counted(share)
        protocol: Any = self.config.http_protocol_class

        def make() -> asyncio.Protocol:
            return protocol(config=self.config, server_state=self.server_state, app_state={})

        self.servers = [cast("Any", Accepting(taken, share, opened, make))]
        self.started = True
