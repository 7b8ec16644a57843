"""Measure the six questions beside `@neo4j/graphql` on GraphQL Yoga and the bare driver, and Yoga alone.

All three read one Neo4j that holds the same data; the service is one process (`zhenlian serve`) whose
snapshot is ready. First the answers to all variables are compared, then the ways take turns. Requests and
their median are those of the client; processor time is that of the process that serves, without the
database's: of the bare driver it is the process that asks, and makes Python's objects of the answers.
"""

import json
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import psutil

from benchmarks.answers import BUYERS, filled
from benchmarks.loading import opened
from benchmarks.peers import asking, servers
from benchmarks.peers.asking import Found, Order
from benchmarks.peers.data import tables
from benchmarks.peers.questions import QUESTIONS, Given, Plain, Question, Variables, canonical
from benchmarks.peers.servers import Worker
from benchmarks.start import ask
from benchmarks.tables import Measure, Report, Target

SIZES = {"small": (2_000, 12_000), "full": (10_000, 62_000)}
SECONDS = {"small": 1.0, "full": 2.0}
ROUNDS = 3
CLIENTS = (1, 8)
WARM = 0.5
TAIL = Target("ratio", "≤", 4)
CONSTANT = "{ __typename }"
PEER, BARE = "@neo4j/graphql", "bare driver"


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody who answers: which process, and who asks it."""

    pid: int
    asker: Worker
    port: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """Medians of the rounds: requests a second, milliseconds, the server's processor time for a request."""

    rate: float
    p50: float
    p99: float
    cpu: float


def measured(way: Way, order: Order) -> tuple[Found, float]:
    """Give one order; add the milliseconds of processor time for each request."""
    process = psutil.Process(way.pid)
    begin = process.cpu_times()
    found = way.asker.ask(replace(order, port=way.port))
    end = process.cpu_times()
    return found, (end.user + end.system - begin.user - begin.system) / found.requests * 1000


def in_turns(ways: Sequence[Way], orders: Sequence[Order]) -> list[Taken]:
    """Let the ways take turns, each with its order, after a warm round."""
    for way, order in zip(ways, orders, strict=True):
        measured(way, replace(order, seconds=WARM))
    rounds: list[list[tuple[Found, float]]] = [[] for _ in ways]
    for number in range(ROUNDS):
        for turn in range(len(ways)):
            place = (number + turn) % len(ways)
            rounds[place].append(measured(ways[place], orders[place]))
    return [
        Taken(
            median(found.rate for found, _ in one),
            median(found.p50 for found, _ in one),
            median(found.p99 for found, _ in one),
            median(cpu for _, cpu in one),
        )
        for one in rounds
    ]


def compared(
    question: Question, sets: Sequence[Variables], ours: HTTPConnection, peer: HTTPConnection, url: str
) -> None:
    """Hold both answers against the statement's, for all variables."""
    driver, database = asking.opened(url)
    with driver, driver.session(database=database) as session:
        for variables in sets:
            stated = session.run(question.bare, variables.bare).single(strict=True)["found"]
            mine = canonical(ask(ours, question.ours, **variables.ours)["found"])
            theirs = canonical(ask(peer, question.peer, **variables.peer)["found"])
            if isinstance(theirs, list) and isinstance(stated, dict):
                (theirs,) = theirs  # one that is asked by its id comes as a list
            for name, answer in (("the service", mine), (PEER, theirs)):
                assert _text(answer) == _text(stated), (question.name, variables, name, answer, stated)


def _text(answer: object) -> str:
    """Write JSON of which there is one for each answer: JavaScript's 1 is Python's 1.0."""
    whole = json.loads(json.dumps(answer), parse_int=float)
    return json.dumps(whole, sort_keys=True, ensure_ascii=False)


async def run(counts: tuple[int, int], url: str, seconds: float) -> list[Report]:
    """Empty the Neo4j, fill it, compare, measure."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        place = Path(name)
        tables(place / "tables", *counts)
        async with opened(url) as store:
            await filled(store, place / "tables")
            buyers = [row["id"] for row in await store.read(BUYERS)]
        http, driver = stack.enter_context(servers.worker()), stack.enter_context(servers.worker(url))
        async with servers.service(url, place / "bundles") as (connection, pid):
            ours, bare = Way(pid, http, connection.port), Way(driver.pid, driver)
            with (
                servers.node("neo4j", url) as (port, other),
                closing(HTTPConnection("127.0.0.1", port)) as peer,
            ):
                ways = (ours, Way(other, http, port), bare)
                taken: dict[Question, list[list[Taken]]] = {}
                for question in QUESTIONS:
                    connection.close()  # idle too long for servers; the next request opens it again
                    peer.close()
                    sets = question.sets(Given(counts[0], buyers, connection))
                    compared(question, sets, connection, peer, url)
                    texts = (
                        (question.ours, [variables.ours for variables in sets]),
                        (question.peer, [variables.peer for variables in sets]),
                        (question.bare, [variables.bare for variables in sets]),
                    )
                    taken[question] = [
                        in_turns(ways, _orders(clients, seconds, *texts)) for clients in CLIENTS
                    ]
            with servers.node("bare", url) as (port, other):
                asked = [_orders(clients, seconds, (CONSTANT, [{}])) for clients in CLIENTS]
                constant = [in_turns((ours, Way(other, http, port)), orders * 2) for orders in asked]
    note = "{:,} organisations, {:,} flows; ".format(*counts)
    note += f"median of {ROUNDS} rounds of {seconds:g} s in turns; all answers compared before"
    return reports(taken, constant, note)


def _orders(clients: int, seconds: float, *texts: tuple[str, list[Plain]]) -> list[Order]:
    return [Order(text, variables, clients, seconds) for text, variables in texts]


def reports(taken: dict[Question, list[list[Taken]]], constant: list[list[Taken]], note: str) -> list[Report]:
    """Make the tables: `taken` has, for each question and number of clients, all three ways."""
    rates: list[Measure] = []
    times: list[Measure] = []
    costs: list[Measure] = []
    for question, by_clients in taken.items():
        for clients, (ours, peer, bare) in zip(CLIENTS, by_clients, strict=True):
            ahead = None if question.walk and clients > 1 else Target("ratio", "≥", 1)
            for name, other, target in (
                (PEER, peer, Target("ratio", "≥", question.ahead)),
                (BARE, bare, ahead),
            ):
                what = f"{question.name}, {clients} at once, {name}"
                rates.append(Measure(what, "/s", ours.rate, other.rate, target))
                times.append(Measure(what, "ms", ours.p50, other.p50))
                costs.append(
                    Measure(what, "ms", ours.cpu, other.cpu, question.cap if other is peer else None)
                )
            slowest = Measure(
                f"{question.name}, {clients} at once, own p99 beside p50", "ms", ours.p99, ours.p50
            )
            times.append(replace(slowest, target=TAIL))
    for clients, (ours, yoga) in zip(CLIENTS, constant, strict=True):
        what = f"{{ __typename }}, {clients} at once, bare Yoga"
        rates.append(Measure(what, "/s", ours.rate, yoga.rate, Target("ratio", "≥", 0.9)))
        times.append(Measure(what, "ms", ours.p50, yoga.p50))
        costs.append(Measure(what, "ms", ours.cpu, yoga.cpu))
    return [
        Report("peers: requests a second", note, rates),
        Report("peers: median time", note, times),
        Report("peers: processor time of the serving process for a request", note, costs),
    ]
