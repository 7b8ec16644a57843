"""Neighbours: by which names the service answers, whose pages may make it write, how long it waits for them.

A page of another site can send requests to this machine, and a name that it owns can be made to lead here
(DNS rebinding): such requests carry a name that is not ours, or say which site they come from.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from functools import lru_cache
from ipaddress import ip_address
from math import inf
from time import monotonic
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.refusals import refused

OWN_SITE = {"same-origin", "none"}
"""What browsers say in `Sec-Fetch-Site` of requests by our own pages, and by people themselves."""
PAUSE = 10.0
"""Seconds that a body may stand still."""
SHORT = 0.02
"""Seconds of work after which it is looked whether the client is still there."""


class Hosts:
    """Refuses requests by a name that is neither an address, nor localhost, nor one of the settings'."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        """Answer by some names too; `*` is any."""
        self.app, self.names = app, names
        self._ours = lru_cache(100)(self._is_ours)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 to who asks for another host."""
        given = scope["headers"] if scope["type"] == "http" else ()
        host = next((value.decode("latin-1") for name, value in given if name == b"host"), "")
        if host and not self._ours(host):
            said = f"本服务不以“{host[:100]}”之名提供：请在设置 ZHENLIAN_HOSTS 中列出此名，或以 IP 地址访问"
            await refused(421, "FORBIDDEN", said)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = name_of(host)
        return "*" in self.names or name in self.names or name == "localhost" or _is_address(name)


def name_of(host: str) -> str:
    """Take the port off a `Host`, and the brackets off an address.

    >>> name_of("[::1]:8000"), name_of("Example.org:80")
    ('::1', 'example.org')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def from_elsewhere(request: Request) -> bool:
    """Whether a request was sent by a page of another site, as browsers say."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site not in OWN_SITE:
        return True
    return origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()


async def steadily(receive: Receive, whole: float = inf) -> AsyncGenerator[bytes]:
    """Yield the parts of a body; raises ClientDisconnect, and TimeoutError when it takes too long.

    None may come for PAUSE seconds, and the whole within `whole`.
    """
    ends, more = monotonic() + whole, True
    while more:
        async with asyncio.timeout(min(PAUSE, ends - monotonic())):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        more = message.get("more_body", False)
        yield message.get("body", b"")


async def while_waited_for[T](receive: Receive, work: Awaitable[T]) -> T:
    """Do some work for a client whose body was read; when it goes away, stop and raise ClientDisconnect.

    Most work is done before anybody could leave, so the watch begins a little later.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101 - this is a coroutine
    watches: list[asyncio.Task[None]] = []
    left = False

    async def watch() -> None:
        nonlocal left
        while (await receive())["type"] != "http.disconnect":
            pass
        left = True
        task.cancel()

    later = loop.call_later(SHORT, lambda: watches.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError:
        if left and not task.uncancel():
            raise ClientDisconnect from None
        raise
    finally:
        later.cancel()
        for watching in watches:
            watching.cancel()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
