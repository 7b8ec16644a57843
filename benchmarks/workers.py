"""Measure workers: the same questions asked of one process that answers and of two, in the same run.

The service answers from the saved snapshot of a made-up province, its store being away all the time. Eight
clients ask, in a process of their own; on a machine of few cores they take what the workers could use, so
their processor time stands apart, and so does that of the service for each request.
"""

import socket
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any

import psutil

from api.http.keeping import WHOLE
from api.http.serving import FIRST_ANSWERS
from api.settings import Settings
from benchmarks.peers.asking import Order
from benchmarks.peers.questions import QUESTIONS
from benchmarks.peers.servers import Worker, worker
from benchmarks.province import province
from benchmarks.start import PATIENCE, ask, service
from benchmarks.tables import Measure, Report, Target
from graph.snapshot.archive import Archive
from graph.snapshot.snapshot import Snapshot
from queries.lookup.entries import index_of

SIZES = {"small": (0.1, 3.0, 3), "full": (1.0, 6.0, 5)}
"""Scale of the province, seconds of a turn, turns of each."""
ASKED = ("page of 50", "town of 100 members")
CLIENTS, PAGES = 8, 10
QUIET, IDLE = 3, 0.05
"""Seconds one after the other, in each of which a service may use so many of processor time."""
TARGET = Target("ratio", "≥", 1.6)


def run(size: str) -> Report:
    """Let one process and two take turns."""
    scale, seconds, turns = SIZES[size]
    made = province(scale)
    with tempfile.TemporaryDirectory() as name, worker() as asking, _away() as url:
        settings = Settings(store=url, bundles=Path(name))
        Archive(settings.bundle_folder).keep(made, {WHOLE: index_of(made).saved()})
        more = {"ZHENLIAN_STORE": url, "ZHENLIAN_BUNDLES": name, "ZHENLIAN_HIDE_PERSONS": "false"}
        with (
            service("serve", "--workers", "1", **more) as one,
            service("serve", "--workers", "2", **more) as two,
        ):
            _wait_for_workers(two)
            for connection in (one, two):
                _wait_until_quiet(connection)
            measures = [
                measure
                for question in QUESTIONS
                if question.name in ASKED
                for measure in _measured(
                    question.name, question.ours, _variables(question.ours, made, one), asking,
                    (one, two), (seconds, turns),
                )
            ]  # fmt: skip
    note = f"{len(made):,} nodes, {CLIENTS} clients, median of {turns} turns; baseline: one process"
    return Report("workers", note, measures)


def _measured(  # noqa: PLR0913, PLR0917 - what is asked, of whom, how long
    name: str,
    text: str,
    variables: list[dict[str, Any]],
    asking: Worker,
    services: Sequence[HTTPConnection],
    length: tuple[float, int],
) -> Generator[Measure]:
    """Ask both, by turns."""
    rates, costs = ([], []), ([], [])
    clients: list[float] = []
    for turn in range(length[1] + 1):
        for number, connection in enumerate(services):
            before, spent = _processor(connection), _of(psutil.Process(asking.pid))
            found = asking.ask(Order(text, variables, CLIENTS, length[0], connection.port))
            if turn:  # the first compiles and fills what is kept
                rates[number].append(found.rate)
                costs[number].append((_processor(connection) - before) / found.requests * 1000)
                clients.append((_of(psutil.Process(asking.pid)) - spent) / found.requests * 1000)
    one, two = (median(values) for values in rates)
    yield Measure(f"{name}: two workers", "requests/s", two, one, TARGET)
    one, two = (median(values) for values in costs)
    yield Measure(f"{name}: processor time of the service", "ms/request", two, one)
    yield Measure(f"{name}: processor time of the clients", "ms/request", median(clients))


def _variables(text: str, made: Snapshot, connection: HTTPConnection) -> list[dict[str, Any]]:
    """Give the towns to ask for, or the places where pages begin."""
    if "$after" not in text:
        return [{"id": id} for id in made.nodes["Town"]["id"][:40].tolist()]
    found: list[dict[str, Any]] = [{"after": None}]
    pages = text.replace("{ nodes {", "{ pageInfo { endCursor } nodes {", 1)
    for _ in range(PAGES - 1):
        page: Any = ask(connection, pages, **found[-1])["found"]
        found.append({"after": page["pageInfo"]["endCursor"]})
    return found


def _processor(connection: HTTPConnection) -> float:
    """Seconds that a service and all its processes have used."""
    served = next(
        found.pid
        for found in psutil.net_connections("tcp4")
        if found.status == psutil.CONN_LISTEN and found.laddr.port == connection.port and found.pid  # type: ignore[union-attr] - what listens has an address
    )
    process = psutil.Process(served)
    mine = psutil.Process()
    while (above := process.parent()) and above.pid != mine.pid:
        process = above
    return sum(_of(one) for one in (process, *process.children(recursive=True)))


def _of(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return spent.user + spent.system


def _wait_for_workers(connection: HTTPConnection) -> None:
    """Wait until both take connections."""
    text = b""
    while b"zhenlian_workers 2.0" not in text:
        again = HTTPConnection(connection.host, connection.port, timeout=PATIENCE)
        again.request("GET", "/metrics")
        text = again.getresponse().read()
        again.close()


def _wait_until_quiet(connection: HTTPConnection) -> None:
    """Wait until the kernels are compiled: each worker does that some seconds after its start."""
    sleep(FIRST_ANSWERS * 2)
    quiet = 0
    while quiet < QUIET:
        before = _processor(connection)
        sleep(1)
        quiet = quiet + 1 if _processor(connection) - before < IDLE else 0


@contextmanager
def _away() -> Generator[str]:
    """Give the address of a store that nobody answers at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"bolt://127.0.0.1:{taken.getsockname()[1]}"
