"""Workers: several processes that answer, and the one that keeps what they answer from.

The keeper owns the store and follows it; each worker is a program of its own (`api.http.working`) which takes
connections from the one listening socket, maps the newest bundle, and follows small changes by the log. The
two speak over the worker's standard input and output, a line of JSON at a time. Its input ends with the
keeper, however that ends, and so does the worker; a worker that ends alone is started again.
"""

import asyncio
import logging
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr

from api.http.accepting import AWAY, Board
from api.http.keeping import Kept, Prepare, keeping
from api.http.passes import secret_of
from api.settings import Settings
from graph.store.store import Store

STOP = 6.0
"""Seconds in which a worker has to stop before it is ended: more than its requests get."""
LOOK = 0.5
"""Seconds between two looks at what the workers have to be told."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a worker is started again: more each time it ends before it has answered."""
_ROOT = Path(__file__).parents[2]
_CHILD = (
    f"import sys; sys.path.append({str(_ROOT)!r}); from api.http.process import imported; "
    "imported('api.http.working').main()"
)
log = logging.getLogger(__name__)


async def serve(  # noqa: PLR0913 - as `api.http.serving.serve`
    store: Store,
    taken: socket.socket,
    settings: Settings,
    ready: Callable[[], None],
    *,
    whole: bool,
    prepare: Prepare | None = None,
) -> None:
    """Let workers answer until cancelled; `ready` is called once the first of them does.

    With `whole` each of them waits for its first snapshot. Raises what keeps the store from starting.
    """
    if settings.writable:
        secret_of(settings)  # made here, once, if it has to be made
    async with keeping(store, settings, prepare) as kept:
        with Board.file() as file:
            await _Crew(kept, taken, settings, file.fileno(), Board.made(file, settings.processes)).work(
                ready, whole=whole
            )


class _Crew:
    """The workers of a service, each kept running."""

    def __init__(self, kept: Kept, taken: socket.socket, settings: Settings, file: int, board: Board) -> None:
        self._kept, self._settings, self._board = kept, settings, board
        self._shared = taken.fileno(), file
        self._running = dict[int, Process]()
        self._answering = set[int]()
        self._ready: Callable[[], None] | None = None
        self._whole = False

    async def work(self, ready: Callable[[], None], *, whole: bool) -> None:
        """Keep them running until cancelled, or until the store can't start."""
        self._ready, self._whole = ready, whole
        async with self._stopping(), asyncio.TaskGroup() as group:
            for worker in range(1, self._settings.processes + 1):
                group.create_task(self._keep(worker))
            group.create_task(self._telling())
            await asyncio.shield(self._kept.beginning)

    @asynccontextmanager
    async def _stopping(self) -> AsyncGenerator[None]:
        try:
            yield
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None

    async def _keep(self, worker: int) -> None:
        pause = SHORTEST_PAUSE
        while True:
            try:
                code = await self._run(worker)
            except OSError as error:
                code = error
            pause = SHORTEST_PAUSE if worker in self._answering else min(pause * 2, LONGEST_PAUSE)
            self._answering.discard(worker)
            self._board.restarts += 1
            log.error("worker %d ended, starting it again", worker, extra={"code": str(code)})
            await asyncio.sleep(pause)

    async def _run(self, worker: int) -> int:
        """Run a worker to its end, and return its exit code; cancelled, stop it."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _CHILD),
            stdin=PIPE,
            stdout=PIPE,
            pass_fds=self._shared,
            start_new_session=True,  # Ctrl-C in a terminal is for the keeper, who stops the workers
        )
        self._running[worker] = process
        try:
            await self._begin(worker, process)
            assert process.stdout is not None  # noqa: S101 - asked for above
            async for line in process.stdout:
                self._hear(worker, line.strip())
            return await process.wait()
        finally:
            del self._running[worker]
            await _stopped(process)
            self._board[worker] = AWAY

    async def _begin(self, worker: int, process: Process) -> None:
        taken, board = self._shared
        await _tell(
            process,
            {
                "settings": _plain(self._settings),
                "worker": worker,
                "socket": taken,
                "board": board,
                "whole": self._whole,
                **self._news(),
            },
        )

    def _hear(self, worker: int, said: bytes) -> None:
        if said == b"ready":
            self._answering.add(worker)
            if self._ready is not None:
                self._ready()
            self._ready = None
        elif said == b"missing":
            self._save()

    def _save(self) -> None:
        """Save what is held at once, when a worker finds no bundle that leads on."""
        held, archivist = self._kept.keeper, self._kept.archivist
        if archivist.idle and held.whole is not None and not self._kept.archive.has(held.whole.id):
            archivist.tell(held.whole, held.derived)
        archivist.hurry()

    async def _telling(self) -> None:
        """Tell all workers what only the keeper finds."""
        told = self._news()
        while True:
            await asyncio.sleep(LOOK)
            if (news := self._news()) != told:
                told = news
                for process in [*self._running.values()]:
                    await _tell(process, news)

    def _news(self) -> dict[str, Any]:
        return {"damage": [*self._kept.keeper.damage], "alone": bool(self._kept.archivist.failing)}


def _plain(settings: Settings) -> dict[str, Any]:
    """Give the settings as JSON has them, what is secret in plain words: for a pipe alone."""
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in settings
    }


async def _tell(process: Process, said: dict[str, Any]) -> None:
    """Send a line; who has ended hears nothing."""
    assert process.stdin is not None  # noqa: S101 - asked for at the start
    with suppress(OSError):
        process.stdin.write(orjson.dumps(said, default=os.fspath) + b"\n")
        await process.stdin.drain()


async def _stopped(process: Process) -> None:
    """Let a worker finish, and end it when it takes too long."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(STOP):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
