"""Serving: take the port, keep store and snapshot for as long as the server runs, and stop when told to."""

import asyncio
import errno
import logging
import os
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import uvicorn

from api.app import create_app
from api.settings import Settings
from graph.errors import ChainError, StoreError
from graph.freshness import SnapshotKeeper
from graph.store import Store
from graph.upsert import declare
from queries.lookup.entries import index_of

LAST_WORDS = 10
"""Seconds that running requests get when the service stops."""
AGAIN = 2.0
"""Seconds between two tries to reach a store that does not answer yet."""
_REASONS = {
    errno.EADDRINUSE: "端口已被占用",
    errno.EACCES: "没有权限",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    socket.EAI_NONAME: "主机名无法解析",
}
log = logging.getLogger(__name__)


class PortTaken(ChainError):
    """The service can't listen where it was told to."""


@contextmanager
def listener(host: str, port: int) -> Generator[socket.socket]:
    """Take the port before anything slow is started; close it in the end. Raises PortTaken."""
    try:
        taken = _bound(host, port)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise PortTaken(f"不能在 {host}:{port} 上提供服务（{reason}）：请换一个端口，如 --port 0") from error
    with taken:
        yield taken


def _bound(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = found[0]
    made = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen()
    except BaseException:
        made.close()
        raise
    return made


def address(taken: socket.socket, settings: Settings) -> str:
    """Write the address that a browser opens."""
    host, port = taken.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{host}:{port}{settings.root_path}/"


async def serve(
    store: Store, taken: socket.socket, settings: Settings, ready: Callable[[], None], *, whole: bool
) -> None:
    """Answer requests until cancelled; `ready` is called once the first of them can come.

    `whole` waits for the first snapshot; without it a store that is down leaves a service that says so.
    """
    async with _declaring(store), SnapshotKeeper(store, derive=index_of) as keeper:
        if whole:
            await keeper.ready()
        config = uvicorn.Config(
            create_app(store, keeper, settings),
            log_config=None,
            access_log=False,
            ws="none",
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


def run[T](work: Coroutine[Any, Any, T]) -> T | None:
    """Run to the end and return what came out; Ctrl-C or SIGTERM cancels the work, and gives None."""

    async def stoppable() -> T | None:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)

        def stop(*_: object) -> None:
            loop.call_soon_threadsafe(task.cancel)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        with suppress(asyncio.CancelledError):
            return await task
        return None

    return asyncio.run(stoppable())
