"""Connections: how long one may say nothing, how many there may be, and what is said to those refused.

uvicorn bounds none of it before a request is whole: it parses heads with no limit of time or size, and waits
for ever for a client that takes no answer.
"""

import asyncio
from dataclasses import dataclass
from operator import attrgetter

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.refusals import told

LONGEST_HEAD = 64_000
"""Bytes of a request before its body."""
PAUSE = 30.0
"""Seconds in which a client has to take something of an answer that waits for it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the connections of a service have to keep within."""

    head: float
    """Seconds in which a request has to be there as far as its body."""
    most: int
    """Connections at a time."""


class Connection(HttpToolsProtocol):
    """One connection, which ends when its client stands still, or when others need its place."""

    bounds: Bounds
    _timer: asyncio.TimerHandle | None = None
    _draining: asyncio.TimerHandle | None = None
    _begun = False
    """Whether a head has begun and is not whole."""
    _head = 0
    """Bytes that have come of it."""
    _full = False
    """Whether it came when there was no room."""
    _since = 0.0
    """When it began to wait for a request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection; when there are too many, the one that has been idle longest makes room."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > self.bounds.most:
            self._full = not self._make_room()
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        super().connection_lost(exc)
        for timer in (self._timer, self._draining, self.timeout_keep_alive_task):
            if timer is not None:
                timer.cancel()

    def data_received(self, data: bytes) -> None:
        """Take what has come; a head has to be whole in time, and within its size."""
        if self._full:
            self._refuse(503, "BUSY", f"连接已满：同时最多 {self.bounds.most} 个，请稍后再试")
            return
        super().data_received(data)
        if not self._idle:
            self._stop_waiting()
            return
        self._await_head()
        self._head += len(data) if self._begun else 0
        if self._head > LONGEST_HEAD:
            self._refuse(431, "BAD_USER_INPUT", f"请求头过长：上限 {LONGEST_HEAD} 字节")

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._begun, self._head = True, 0

    def on_headers_complete(self) -> None:
        """A head is whole."""
        self._begun = False
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._since = self.loop.time()

    def pause_writing(self) -> None:
        """Watch that the client takes what waits for it."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """The client has taken it."""
        super().resume_writing()
        if self._draining is not None:
            self._draining.cancel()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own words
        """Refuse what is no HTTP."""
        self._refuse(400, "BAD_USER_INPUT", "收到的不是 HTTP/1.1 请求")

    def timeout_keep_alive_handler(self) -> None:
        """End a connection that asks nothing more."""
        self._end()

    @property
    def _idle(self) -> bool:
        """Whether no request of it is being answered."""
        answered = not self.cycle or self.cycle.response_complete  # None before the first
        return answered and not self.pipeline and not self.transport.is_closing()

    def _make_room(self) -> bool:
        others = [one for one in self.connections if isinstance(one, Connection) and one is not self]
        idle = [one for one in others if one._idle]  # noqa: SLF001 - one of us
        if idle:
            min(idle, key=attrgetter("_since"))._end()  # noqa: SLF001 - one of us
        return bool(idle)

    def _await_head(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.bounds.head, self._too_late)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_late(self) -> None:
        if self._begun:
            self._refuse(408, "BAD_USER_INPUT", f"请求头未在 {self.bounds.head:g} 秒内送完")
        else:
            self._end()

    def _refuse(self, status: int, code: str, message: str) -> None:
        """Answer, and end: what else comes is not read."""
        body = orjson.dumps(told(code, message))
        head = f"content-type: application/json\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        if not self.transport.is_closing():
            self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self._end()

    def _end(self) -> None:
        """Close once the client has taken what waits for it, or takes nothing more."""
        self._stop_waiting()
        self.transport.close()
        self._watch()

    def _watch(self) -> None:
        if self._draining is not None:
            self._draining.cancel()
        left = self.transport.get_write_buffer_size()
        self._draining = self.loop.call_later(PAUSE, self._taken, left) if left else None

    def _taken(self, before: int) -> None:
        """Cut off a client that has taken nothing of what waits for it."""
        if self.transport.get_write_buffer_size() >= before:
            self.transport.abort()
        else:
            self._watch()


def connections(bounds: Bounds) -> type[Connection]:
    """Make connections that keep within bounds, as uvicorn takes them."""
    return type("Connection", (Connection,), {"bounds": bounds})
