"""Accepting: how the workers of a service share one listening socket, about as many connections for each.

The system wakes all of them for a connection, and asyncio would take whatever else waits along with it: the
first one awake would have all clients. So a worker takes one at a time, and leaves it for a moment to those
who have fewer; who has how many stands on a board that all of them have mapped.
"""

import asyncio
import logging
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from mmap import mmap
from tempfile import TemporaryFile
from typing import IO, Any, Self

YIELD = 0.002
"""Seconds that a connection is left to workers with fewer; one that stands still does not take it."""
AGAIN = 1.0
"""Seconds until the next try when the process may open nothing more."""
AWAY = -1
"""What stands on the board for a worker that takes no connections."""
_NUMBER = struct.calcsize("q")
log = logging.getLogger(__name__)


class Board:
    """Numbers that all processes of a service see: how often a worker was started again, who has how many.

    Each number has one process that writes it, and is written as a whole.
    """

    def __init__(self, file: int, workers: int) -> None:
        """Map an open file of the size that `made` gives it."""
        self._mapped = mmap(file, _NUMBER * (workers + 1))
        self._numbers = memoryview(self._mapped).cast("q")

    @classmethod
    def made(cls, file: IO[bytes], workers: int) -> Self:
        """Lay one out in an empty file: no worker is there yet."""
        file.truncate(_NUMBER * (workers + 1))
        board = cls(file.fileno(), workers)
        for worker in range(1, workers + 1):
            board[worker] = AWAY
        return board

    def __getitem__(self, worker: int) -> int:
        return self._numbers[worker]

    def __setitem__(self, worker: int, connections: int) -> None:
        self._numbers[worker] = connections

    @property
    def restarts(self) -> int:
        """How often a worker was started again."""
        return self._numbers[0]

    @restarts.setter
    def restarts(self, times: int) -> None:
        self._numbers[0] = times

    @property
    def there(self) -> list[int]:
        """The connections of each worker that takes some."""
        return [number for number in self._numbers[1:].tolist() if number != AWAY]

    @staticmethod
    def file() -> IO[bytes]:
        """Make the file: it has no name, and is gone with the last process that holds it."""
        return TemporaryFile(buffering=0)


@dataclass(frozen=True, slots=True)
class Share:
    """Which of the workers this process is, from 1 on, and the board of all."""

    worker: int
    board: Board


class Counted(set[Any]):
    """The open connections as uvicorn keeps them, counted on the board."""

    def __init__(self, share: Share) -> None:
        super().__init__()
        self._share = share
        self.coming = 0
        """Taken, and not yet among them."""

    def add(self, element: Any) -> None:
        """Count one more."""
        super().add(element)
        self.count()

    def discard(self, element: Any) -> None:
        """Count one less."""
        super().discard(element)
        self.count()

    def count(self) -> None:
        """Write how many there are."""
        self._share.board[self._share.worker] = len(self) + self.coming


class Accepting:
    """Takes connections from a shared socket until closed; to uvicorn it is a server like asyncio's."""

    def __init__(
        self, taken: socket.socket, share: Share, opened: Counted, make: Callable[[], asyncio.Protocol]
    ) -> None:
        """Begin at once; `make` makes what handles a connection."""
        taken.settimeout(0)
        self._loop, self._taken, self._share = asyncio.get_running_loop(), taken, share
        self._opened, self._make = opened, make
        self._opening = set[asyncio.Task[Any]]()
        self._later: asyncio.TimerHandle | None = None
        opened.count()
        self._loop.add_reader(taken.fileno(), self._readable)

    def close(self) -> None:
        """Take no more; to be called before the socket is closed."""
        self._share.board[self._share.worker] = AWAY
        self._loop.remove_reader(self._taken.fileno())
        if self._later is not None:
            self._later.cancel()

    async def wait_closed(self) -> None:
        """Wait for those that were being taken."""
        await asyncio.gather(*self._opening, return_exceptions=True)

    def _readable(self) -> None:
        if min(self._share.board.there, default=0) < self._share.board[self._share.worker]:
            self._pause(YIELD)
        else:
            self._accept()

    def _pause(self, seconds: float) -> None:
        self._loop.remove_reader(self._taken.fileno())
        self._later = self._loop.call_later(seconds, self._go_on)

    def _go_on(self) -> None:
        self._loop.add_reader(self._taken.fileno(), self._readable)
        self._accept()

    def _accept(self) -> None:
        try:
            connection, _ = self._taken.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another worker was faster, or the client has gone
        except OSError as error:
            log.error("no connection can be taken: %s", error)  # noqa: TRY400 - it says all
            self._pause(AGAIN)
            return
        connection.settimeout(0)
        self._opened.coming += 1
        self._opened.count()
        opening = self._loop.create_task(self._open(connection))
        self._opening.add(opening)
        opening.add_done_callback(self._opening.discard)

    async def _open(self, connection: socket.socket) -> None:
        try:
            await self._loop.connect_accepted_socket(self._make, connection)
        finally:
            self._opened.coming -= 1
            self._opened.count()
