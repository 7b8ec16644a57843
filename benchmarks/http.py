"""Measure HTTP: what small requests cost beside bare peers, the parts that were chosen, and compression.

All servers run one after the other in processes of their own, in turns, and are asked by the same client over
connections that stay open. The peers are the smallest that can be written: an ASGI application of ten lines
on the same server, and strawberry's own view on starlette as its manual says.
"""

import asyncio
import contextlib
import gzip
import subprocess
import sys
import zlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import httptools
import orjson
import psutil
import zstandard

from api.http.compression import GZIP_LEVEL, ZSTD_LEVEL
from benchmarks.tables import Measure, Report, Target

ROOT = Path(__file__).parents[1]
CLIENTS = 8
FASTER = Target("ratio", "≤", 1)
REQUESTS = {"small": 2_000, "full": 20_000}
ROUNDS = 3
BODY = b'{"query": "{ __typename }"}'
REQUEST = (
    b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    b"content-length: %d\r\n\r\n" % len(BODY)
) + BODY
SIZES = (1_000, 13_000, 100_000, 1_000_000)
LEVELS = {"gzip": (1, 2, 3, 4, 6, 9), "zstd": (-1, 1, 2, 3, 4, 6)}
CHOSEN = {"gzip": GZIP_LEVEL, "zstd": ZSTD_LEVEL}


class _Client(asyncio.Protocol):
    """Asks over one connection, again as soon as the answer is whole."""

    def __init__(self, left: list[int], done: asyncio.Future[None]) -> None:
        self._left, self._done = left, done
        self._parser = httptools.HttpResponseParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(REQUEST)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        assert self._parser.get_status_code() == 200, "not answered"  # noqa: PLR2004
        self._parser = httptools.HttpResponseParser(self)
        self._left[0] -= 1
        if self._left[0] > 0:
            self._transport.write(REQUEST)
        elif not self._done.done():
            self._done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(exc or ConnectionError("closed amid the measurement"))


async def cost(server: "Server", requests: int, clients: int = CLIENTS) -> float:
    """Ask as often as the answers come; return the microseconds of processor time that each took."""
    process = psutil.Process(server.pid)
    loop = asyncio.get_running_loop()
    done, left = loop.create_future(), [requests]
    begin = process.cpu_times()
    opened = [
        await loop.create_connection(lambda: _Client(left, done), "127.0.0.1", server.port)
        for _ in range(clients)
    ]
    await done
    end = process.cpu_times()
    for transport, _ in opened:
        transport.abort()
    return (end.user + end.system - begin.user - begin.system) / requests * 1e6


class Server(NamedTuple):
    """Where one answers, and which process it is."""

    port: int
    pid: int


@asynccontextmanager
async def server(name: str, parser: str, loop: str) -> AsyncGenerator["Server"]:
    """Run one of the servers in a process of its own until it answers."""
    command = [sys.executable, "-m", "benchmarks.http_servers", name, parser, loop]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        line = await process.stdout.readline()
        assert line, f"the server {name} ended"
        yield Server(int(line), process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _rates(kinds: Sequence[tuple[str, str, str]], requests: int) -> list[float]:
    """Ask each in turns; processor time and the median of the rounds bear a busy machine."""
    async with contextlib.AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(server(*kind)) for kind in kinds]
        for one in servers:
            await cost(one, requests // 10)
        rounds = [[await cost(one, requests) for one in servers] for _ in range(ROUNDS)]
    return [median(found) for found in zip(*rounds, strict=True)]


def run(size: str) -> list[Report]:
    """Measure requests, then compression."""
    return [asyncio.run(_requests(REQUESTS[size])), _compression()]


async def _requests(requests: int) -> Report:
    ours, plain, *bare = await _rates(
        [
            ("ours", "ours", "uvloop"),
            ("strawberry", "h11", "asyncio"),
            ("bare", "ours", "uvloop"),
            ("bare", "httptools", "uvloop"),
            ("bare", "h11", "uvloop"),
            ("bare", "ours", "asyncio"),
            ("bare", "h11", "asyncio"),
        ],
        requests,
    )
    chosen, unbounded, h11, asyncio_, neither = bare
    found = [
        Measure("{ __typename }: beside strawberry's view on starlette", "µs", ours, plain),
        Measure("{ __typename }: beside ten lines of ASGI that answer a constant", "µs", ours, chosen),
        Measure("ten lines, httptools with bounds: beside it without", "µs", chosen, unbounded),
        Measure("ten lines, httptools with bounds: beside h11", "µs", chosen, h11, FASTER),
        Measure("ten lines, uvloop: beside asyncio's", "µs", chosen, asyncio_, FASTER),
        Measure("ten lines, both: beside h11 on asyncio's", "µs", chosen, neither, FASTER),
    ]
    asked = f"{CLIENTS} connections that stay open, {requests:,} requests a round"
    note = f"processor time of the server for a request; {asked}, median of {ROUNDS} in turns"
    return Report("http", note, found)


def _compression() -> Report:
    found: list[Measure] = []
    for length in SIZES:
        content = _answer(length)
        for way, levels in LEVELS.items():
            at = {level: _cost(_way(way, level), content) for level in levels}
            chosen = at[CHOSEN[way]][0]
            for level, (seconds, packed) in at.items():
                what = f"{len(content):,} bytes by {way} {level}: {packed / len(content):.3f} of them"
                found.append(Measure(what, "ms", seconds * 1000, chosen * 1000))
    return Report("compression", "baseline: the level that the service takes", found)


def _way(way: str, level: int) -> Callable[[bytes], bytes]:
    if way == "zstd":
        return lambda content: zstandard.ZstdCompressor(level).compress(content)

    def packed(content: bytes) -> bytes:
        work = zlib.compressobj(level, zlib.DEFLATED, 31)
        return work.compress(content) + work.flush()

    assert gzip.decompress(packed(b"x")) == b"x"
    return packed


def _cost(way: Callable[[bytes], bytes], content: bytes) -> tuple[float, int]:
    times: list[float] = []
    packed = way(content)
    for _ in range(7):
        begin = perf_counter()
        way(content)
        times.append(perf_counter() - begin)
    return min(times), len(packed)


def _answer(length: int) -> bytes:
    """Make an answer as long as that, of rows as the demo data has them."""
    rows: list[dict[str, Any]] = []
    table = (ROOT / "loaders" / "shanxi" / "tables" / "Organisation.csv").read_text("utf-8-sig").splitlines()
    heads = table[0].split(",")
    while len(orjson.dumps(rows)) < length:
        rows += [dict(zip(heads, line.split(","), strict=False)) for line in table[1 + len(rows) :][:5]]
        if len(rows) >= len(table) - 1:
            rows += rows
    return orjson.dumps({"data": {"organisations": {"nodes": rows}}})[:length]
