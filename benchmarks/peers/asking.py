"""Ask as often as the answers come, in a process of its own: `python -m benchmarks.peers.asking [URL]`.

Without a URL over HTTP, with one through the bare driver. Orders come as lines of JSON, what was found goes
back as lines. HTTP is spoken on raw connections that stay open, a request at a time on each, the same for all
servers. The driver is the synchronous one, a session and a thread for each client, statements committed by
themselves: of its ways the one that costs it least.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice
from statistics import quantiles
from time import perf_counter
from typing import Any, cast
from urllib.parse import urlsplit

import httptools
import orjson
import uvloop
from neo4j import READ_ACCESS, Driver, GraphDatabase, NotificationMinimumSeverity

type Plain = dict[str, Any]
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Order:
    """What to ask, of whom, by how many at once, and how long."""

    text: str
    variables: list[Plain]
    clients: int
    seconds: float
    port: int = 0

    def turns(self, client: int) -> Iterator[int]:
        """Let each client begin elsewhere among the variables."""
        place = client * len(self.variables) // self.clients
        while True:
            yield place % len(self.variables)
            place += 1


@dataclass(frozen=True, slots=True)
class Found:
    """What it took: milliseconds of the median and of the slowest hundredth, requests a second."""

    requests: int
    rate: float
    p50: float
    p99: float

    @classmethod
    def of(cls, times: list[float], seconds: float) -> "Found":
        """Sum up the seconds of all requests."""
        cuts = quantiles(times, n=100) if len(times) > 1 else times * 99
        return cls(len(times), len(times) / seconds, cuts[49] * 1000, cuts[98] * 1000)


class _Client(asyncio.Protocol):
    """Asks over one connection, again as soon as the answer is whole."""

    def __init__(self, requests: Iterator[bytes], end: float, done: asyncio.Future[None]) -> None:
        self._requests, self._end, self._done = requests, end, done
        self.times: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is none of asyncio's classes
        self._ask()

    def _ask(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._begin = perf_counter()
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        assert b'"errors"' not in body, body[:300]

    def on_message_complete(self) -> None:
        assert self._parser.get_status_code() == 200, "not answered"  # noqa: PLR2004
        now = perf_counter()
        self.times.append(now - self._begin)
        if now < self._end:
            self._ask()
        elif not self._done.done():
            self._done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(exc or ConnectionError("closed amid the measurement"))


def request(text: str, variables: Plain) -> bytes:
    """Write a whole request."""
    body = orjson.dumps({"query": text, "variables": variables})
    head = (
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def over_http(order: Order) -> Found:
    """Ask a server on this machine."""
    loop = asyncio.get_running_loop()
    written = [request(order.text, variables) for variables in order.variables]
    begin = perf_counter()
    done = [loop.create_future() for _ in range(order.clients)]
    opened = [
        await loop.create_connection(
            lambda number=number: _Client(
                (written[turn] for turn in order.turns(number)), begin + order.seconds, done[number]
            ),
            "127.0.0.1",
            order.port,
        )
        for number in range(order.clients)
    ]
    async with asyncio.timeout(order.seconds + PATIENCE):
        await asyncio.gather(*done)
    seconds = perf_counter() - begin
    for transport, _ in opened:
        transport.abort()
    return Found.of([time for _, client in opened for time in client.times], seconds)


def by_driver(driver: Driver, database: str, order: Order) -> Found:
    """Ask the database itself."""
    begin = perf_counter()

    def client(number: int) -> list[float]:
        times: list[float] = []
        with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
            for turn in order.turns(number):
                asked = perf_counter()
                if asked >= begin + order.seconds:
                    return times
                answer = session.run(order.text, order.variables[turn]).single(strict=True)["found"]  # type: ignore[arg-type]
                assert answer is not None
                times.append(perf_counter() - asked)
        return times

    with ThreadPoolExecutor(order.clients) as pool:
        times = [time for client_times in pool.map(client, range(order.clients)) for time in client_times]
    return Found.of(times, perf_counter() - begin)


def opened(url: str) -> tuple[Driver, str]:
    """Open the driver by a URL that names user, password and database."""
    parts = urlsplit(url)
    driver = GraphDatabase.driver(
        f"{parts.scheme}://{parts.hostname}:{parts.port}",
        auth=(parts.username or "", parts.password or ""),
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )
    return driver, parts.path[1:] or "neo4j"


def obey(way: Callable[[Order], Found]) -> None:
    """Carry out orders until there are no more."""
    for line in sys.stdin:
        print(json.dumps(asdict(way(Order(**json.loads(line))))), flush=True)


def main() -> None:
    """Ask the way that the command line says."""
    if url := next(islice(sys.argv, 1, None), None):
        driver, database = opened(url)
        with driver:
            obey(lambda order: by_driver(driver, database, order))
    else:
        obey(lambda order: uvloop.run(over_http(order)))


if __name__ == "__main__":
    main()
