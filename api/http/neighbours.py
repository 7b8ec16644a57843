"""Neighbours: by which names the service answers, whose pages may make it write, how long a body may take.

A page of another site can send requests to this machine, and a name that it owns can be made to lead here
(DNS rebinding): such requests carry a name that is not ours, or say which site they come from.
"""

import asyncio
from collections.abc import AsyncGenerator
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.refusals import refused

OWN_SITE = {"same-origin", "none"}
"""What browsers say in `Sec-Fetch-Site` of requests by our own pages, and by people themselves."""
PAUSE = 10.0
"""Seconds that a body may stand still."""


class Hosts:
    """Refuses requests by a name that is neither an address, nor localhost, nor one of the settings'."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        """Answer by some names too; `*` is any."""
        self.app, self.names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 to who asks for another host."""
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else ""
        if host and not self._ours(host):
            said = f"本服务不以“{host[:100]}”之名提供：请在设置 ZHENLIAN_HOSTS 中列出此名，或以 IP 地址访问"
            await refused(421, "FORBIDDEN", said)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _ours(self, host: str) -> bool:
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


async def steadily(request: Request) -> AsyncGenerator[bytes]:
    """Yield the parts of a body; raises TimeoutError when none comes for PAUSE seconds."""
    parts = request.stream()
    while True:
        try:
            async with asyncio.timeout(PAUSE):
                part = await anext(parts)
        except StopAsyncIteration:
            return
        yield part


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
