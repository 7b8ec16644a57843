"""Compression: answers above a size as zstd or gzip, whichever the client takes and costs less.

Only whole answers of text: what is streamed, tiny or compressed already goes out as it is. A weak `ETag`
says that the bytes differ and the content does not.
"""

import asyncio
import zlib
from collections.abc import Callable
from functools import lru_cache

import zstandard
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST = 1_000
"""Bytes below which an answer is sent as it is."""
LONG = 200_000
"""Bytes from which on an answer is compressed in a thread: a millisecond or more."""
ZSTD_LEVEL, GZIP_LEVEL = 1, 3
"""More of zstd costs time and saves nothing; gzip 4 takes 1.6 times as long (`python -m benchmarks http`)."""
BEST_ZSTD, BEST_GZIP = 19, 9
"""For what is compressed once and sent often."""
_GZIP_WINDOW = 31
_TEXTS = {
    "application/geo+json",
    "application/graphql-response+json",
    "application/javascript",
    "application/json",
    "image/svg+xml",
}


def as_zstd(content: bytes, level: int = ZSTD_LEVEL) -> bytes:
    """Compress with zstd; one compressor for each, as none may be shared between threads."""
    return zstandard.ZstdCompressor(level).compress(content)


def as_gzip(content: bytes, level: int = GZIP_LEVEL) -> bytes:
    """Compress with gzip."""
    work = zlib.compressobj(level, zlib.DEFLATED, _GZIP_WINDOW)
    return work.compress(content) + work.flush()


def at_best(way: str, content: bytes) -> bytes:
    """Compress as well as can be, which takes tens of milliseconds."""
    return as_zstd(content, BEST_ZSTD) if way == "zstd" else as_gzip(content, BEST_GZIP)


_WAYS: dict[str, Callable[[bytes], bytes]] = {"zstd": as_zstd, "gzip": as_gzip}


@lru_cache(256)
def chosen(accepted: str) -> str | None:
    """Choose a way among those that a client accepts; None: as it is.

    >>> chosen("gzip, deflate, br, zstd"), chosen("gzip;q=0.5, zstd;q=0"), chosen("*;q=0.1"), chosen("br")
    ('zstd', 'gzip', 'zstd', None)
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = _weight(weight)
    usual = weights.get("*", 0.0)
    best = max(_WAYS, key=lambda way: weights.get(way, usual))  # of two equal the first
    return best if weights.get(best, usual) > 0 else None


def _weight(text: str) -> float:
    name, _, number = text.partition("=")
    try:
        return float(number) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


class Compression:
    """Compresses answers for those clients that accept it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and compress on the way out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        accepted = next((value for name, value in scope["headers"] if name == b"accept-encoding"), b"")
        way = chosen(accepted.decode("latin-1")) if accepted and scope["method"] != "HEAD" else None
        begun: Message | None = None

        async def compressing(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _varies(message):
                begun = message
                return
            if begun is not None:
                begin, begun = begun, None
                content = message.get("body", b"")
                if way and not message.get("more_body") and len(content) >= LEAST:
                    message = {**message, "body": await _compressed(way, content)}
                    mark(MutableHeaders(raw=begin["headers"]), way, len(message["body"]))
                await send(begin)
            await send(message)

        await self.app(scope, receive, compressing)


async def _compressed(way: str, content: bytes) -> bytes:
    work = _WAYS[way]
    return await asyncio.to_thread(work, content) if len(content) >= LONG else work(content)


def _varies(begin: Message) -> bool:
    """Whether an answer may be compressed; if so it says that it depends on what is accepted."""
    headers = Headers(raw=begin["headers"])
    kind = headers.get("content-type", "").partition(";")[0]
    varies = is_text(kind) and "content-encoding" not in headers and "content-range" not in headers
    if varies or begin["status"] == 304:  # noqa: PLR2004
        MutableHeaders(raw=begin["headers"]).add_vary_header("Accept-Encoding")
    return varies


def is_text(kind: str) -> bool:
    """Tell whether content of a media type can be compressed."""
    return kind.startswith("text/") or kind in _TEXTS


def mark(headers: MutableHeaders, way: str, length: int) -> None:
    """Say that an answer is compressed."""
    headers["content-encoding"] = way
    headers["content-length"] = str(length)
    tag = headers.get("etag", "")
    if tag and not tag.startswith("W/"):
        headers["etag"] = f"W/{tag}"
