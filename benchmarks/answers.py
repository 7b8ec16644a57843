"""Measure answers: milliseconds in process and over HTTP, beside one hand-written statement.

The bare driver sends one statement for the same answer. All three ways take turns in one run, warm, and each
answer is compared with the bare one, value by value. Over HTTP: the service in a process of its own
(uvicorn, as it is deployed), a connection that stays open.
"""

import asyncio
import csv
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any, LiteralString
from urllib.parse import urlsplit

import numpy as np
from neo4j import AsyncGraphDatabase, NotificationMinimumSeverity, RoutingControl

from benchmarks.loading import WIPES, YEARS, opened, tables
from benchmarks.start import ask, service
from benchmarks.tables import Measure, Report, Target
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.embedded import embedded_server
from graph.store.store import BoltStore, Statement
from loaders.load import load_folder
from schema import schema
from schema.language.context import Context

DEMO = Path(__file__).parents[1] / "loaders" / "shanxi" / "tables"
REPETITIONS = {"small": 50, "full": 200}
WARM = 20
TOWNS = 30
TARGET = Target("ratio", "≤", 2)
WAYS = ("bare", "in process", "over HTTP")

type Plain = dict[str, Any]
type Ask = Callable[[str], Awaitable[Plain]]


@dataclass(frozen=True, slots=True)
class Question:
    """The same question in both languages; `$id` takes turns among a few organisations."""

    name: str
    graphql: str
    cypher: LiteralString


ALIVE = "({0}.foundedOn IS NULL OR {0}.foundedOn <= $day) AND ({0}.closedOn IS NULL OR {0}.closedOn > $day)"
VALID = "(r.since IS NULL OR r.since <= $year) AND (r.until IS NULL OR r.until > $year)"
QUESTIONS = (
    Question(
        "one organisation",
        "query ($id: ID!) { organisation(id: $id) { id name aliases form uscc address } }",
        """
        MATCH (o:Organisation {id: $id})
        RETURN {organisation: {id: o.id, name: o.name, aliases: coalesce(o.aliases, []), form: o.form,
                               uscc: o.uscc, address: o.address}} AS data
        """,
    ),
    Question(
        "page of 50",
        """
        { organisations(first: 50) { nodes {
            id name form towns(first: 3) { nodes { id name } } makes(first: 5) { nodes { id name } } } } }
        """,
        """
        MATCH (o:Organisation) WHERE """
        + ALIVE.replace("{0}", "o")
        + """
        WITH o ORDER BY o.name, o.id LIMIT 50
        CALL (o) {
          MATCH (o)-[r:MEMBER_OF]->(t:Town) WHERE """
        + VALID
        + """
          WITH t ORDER BY t.name, t.id LIMIT 3 RETURN collect({id: t.id, name: t.name}) AS towns
        }
        CALL (o) {
          MATCH (o)-[r:MAKES]->(p:Product) WHERE """
        + VALID
        + """ AND (r.year IS NULL OR r.year <= $year)
          WITH DISTINCT p ORDER BY p.name, p.id LIMIT 5 RETURN collect({id: p.id, name: p.name}) AS makes
        }
        WITH o, towns, makes ORDER BY o.name, o.id
        RETURN {organisations:
          collect({id: o.id, name: o.name, form: o.form, towns: towns, makes: makes})} AS data
        """,
    ),
    Question(
        "two hops",
        """
        query ($id: ID!) { organisation(id: $id) { id suppliers(first: 20) { edges { year value node {
            id name suppliers(first: 20) { edges { year value node { id name } } } } } } } }
        """,
        """
        MATCH (o:Organisation {id: $id})
        CALL (o) {
          MATCH (o)<-[r:SUPPLIES]-(s:Organisation)
          WHERE """
        + VALID
        + " AND (r.year IS NULL OR r.year <= $year) AND "
        + ALIVE.replace("{0}", "s")
        + """
          WITH s, r ORDER BY coalesce(r.year, 0) DESC, r.key
          WITH s, r.product AS product, collect(r)[0] AS r
          RETURN s, r ORDER BY coalesce(r.value, -1) DESC, s.id DESC, r.key DESC LIMIT 20
        }
        CALL (s) {
          MATCH (s)<-[r:SUPPLIES]-(t:Organisation)
          WHERE """
        + VALID
        + " AND (r.year IS NULL OR r.year <= $year) AND "
        + ALIVE.replace("{0}", "t")
        + """
          WITH t, r ORDER BY coalesce(r.year, 0) DESC, r.key
          WITH t, r.product AS product, collect(r)[0] AS r
          WITH t, r ORDER BY coalesce(r.value, -1) DESC, t.id DESC, r.key DESC LIMIT 20
          RETURN collect({id: t.id, name: t.name, year: r.year, value: r.value}) AS suppliers
        }
        WITH o, s, r, suppliers ORDER BY coalesce(r.value, -1) DESC, s.id DESC, r.key DESC
        WITH o, {id: s.id, name: s.name, year: r.year, value: r.value, suppliers: suppliers} AS supplier
        WITH o, collect(supplier) AS suppliers
        RETURN {organisation: {id: o.id, suppliers: suppliers}} AS data
        """,
    ),
)
BUYERS = """
MATCH (o:Organisation)<-[r:SUPPLIES]-(:Organisation)
WITH o, count(r) AS flows WHERE flows <= 1000
RETURN {id: o.id, flows: flows} AS row ORDER BY flows DESC, o.id LIMIT 20
"""
"""Those with many suppliers, but not the few giants."""


def plain(value: Any) -> Any:
    """Take the connections out of a GraphQL answer: lists of maps remain, as a statement returns them."""
    if isinstance(value, list):
        return [plain(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "nodes" in value:
        return plain(value["nodes"])
    if "edges" in value:
        return [plain({**edge, **edge["node"]}) for edge in value["edges"]]
    return {name: plain(part) for name, part in value.items() if name != "node"}


@asynccontextmanager
async def bare_driver(
    url: str, year: int
) -> AsyncGenerator[Callable[[LiteralString, str], Awaitable[Plain]]]:
    """Ask by hand: one statement in one read transaction, as the driver's manual does it."""
    parts = urlsplit(url)
    async with AsyncGraphDatabase.driver(
        f"{parts.scheme}://{parts.hostname}:{parts.port}",
        auth=(parts.username or "", parts.password or ""),
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    ) as driver:

        async def asked(cypher: LiteralString, id: str) -> Plain:
            given = {"id": id, "year": year, "day": date(year, 12, 31)}
            found = await driver.execute_query(
                cypher, given, database_=parts.path[1:] or "neo4j", routing_=RoutingControl.READ
            )
            return found.records[0]["data"]

        yield asked


@asynccontextmanager
async def served(url: str, **more: str) -> AsyncGenerator[HTTPConnection]:
    """Serve a store by the command line, with more settings, and wait until its snapshot is there."""
    parts = urlsplit(url)
    settings = {
        "ZHENLIAN_STORE_USER": parts.username or "",
        "ZHENLIAN_STORE_PASSWORD": parts.password or "",
        "ZHENLIAN_DATABASE": parts.path[1:] or "neo4j",
        **more,
    }
    address = f"{parts.scheme}://{parts.hostname}:{parts.port}"
    with service("serve", "--store", address, **settings) as connection:
        while True:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            response.read()
            if response.status == 200:  # noqa: PLR2004
                break
            await asyncio.sleep(0.5)
        yield connection


async def took(asks: dict[str, Ask], ids: list[str], repetitions: int) -> dict[str, list[float]]:
    """Ask in turns, compare the answers, and give the milliseconds of each way."""
    times: dict[str, list[float]] = {way: [] for way in asks}
    turn = cycle(ids)
    for number in range(WARM + repetitions):
        id, found = next(turn), {}
        ways = list(asks)[number % len(asks) :] + list(asks)[: number % len(asks)]
        for way in ways:
            begin = perf_counter()
            found[way] = await asks[way](id)
            times[way].append((perf_counter() - begin) * 1000)
        for way in ways:
            assert plain(found[way]) == found["bare"], (way, id, plain(found[way]), found["bare"])
    return {way: values[WARM:] for way, values in times.items()}


def measures(store: str, question: Question, times: dict[str, list[float]]) -> list[Measure]:
    """Hold both ways against the bare one."""
    found: list[Measure] = []
    for percent, target in ((50, TARGET), (99, None)):
        bare, *ours = (float(np.percentile(times[way], percent)) for way in WAYS)
        found += [
            Measure(f"{store}: {question.name}, {way}, p{percent}", "ms", value, bare, target)
            for way, value in zip(WAYS[1:], ours, strict=True)
        ]
    return found


async def measured(name: str, url: str, repetitions: int) -> list[Measure]:
    """Ask all questions of one store that holds its data."""
    begin = perf_counter()
    async with opened(url) as store, SnapshotKeeper(store) as keeper:
        await keeper.ready()
        read = perf_counter() - begin
        year = keeper.current and keeper.current.newest_year
        assert year is not None
        ids = [row["id"] for row in await store.read(BUYERS)]
        found = [Measure(f"{name}: whole snapshot read from the store", "s", read)]
        async with bare_driver(url, year) as bare, served(url) as connection:
            for question in QUESTIONS:
                asks = _asks(question, bare, Context(store, keeper), connection)
                found += measures(name, question, await took(asks, ids, repetitions))
    return found


def _asks(question: Question, bare: Any, context: Context, connection: HTTPConnection) -> dict[str, Ask]:
    async def by_hand(id: str) -> Plain:
        return await bare(question.cypher, id)

    async def in_process(id: str) -> Plain:
        fresh = Context(context.store, context._keeper)  # noqa: SLF001 - made anew for each request
        result = await schema.execute(
            question.graphql, variable_values=_variables(question, id), context_value=fresh
        )
        assert not result.errors, result.errors
        return result.data or {}

    async def over_http(id: str) -> Plain:
        return ask(connection, question.graphql, **_variables(question, id))

    return dict(zip(WAYS, (by_hand, in_process, over_http), strict=True))


def _variables(question: Question, id: str) -> Plain:
    return {"id": id} if "$id" in question.graphql else {}


def grown(
    folder: Path, organisations: int, flows: int, *, towns: int = TOWNS, years: Sequence[int] = YEARS
) -> None:
    """Write the tables of the loading benchmark, with towns, and what each organisation makes."""
    tables(folder, organisations, flows, years)
    ids = [f"org:{n:06}" for n in range(organisations)]
    places = [f"town:t{n}" for n in range(towns)]
    _write(
        folder / "Town.csv",
        ("id", "name", "level", "status"),
        [(t, t, "PROVINCIAL", "RECOGNISED") for t in places],
    )
    _write(folder / "MEMBER_OF.csv", ("from", "to"), [(id, places[n % towns]) for n, id in enumerate(ids)])
    _write(
        folder / "MAKES.csv",
        ("from", "to", "year", "source"),
        [
            (id, f"product:p{(n * 7 + k * 13) % 50}", 2024, "source:register")
            for n, id in enumerate(ids)
            for k in range(2)
        ],
    )


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


async def filled(store: BoltStore, folder: Path) -> None:
    """Empty a store and load tables into it."""
    for wipe in WIPES:
        while (await store.write(Statement(wipe)))[0]["gone"]:
            pass
    report = await load_folder(store, folder)
    assert report.clean, report.lines()


async def run(size: str, counts: tuple[int, int] | None, neo4j: str | None) -> Report:
    """Measure on the embedded store, and on Neo4j when one is named; `counts` of None takes the demo data."""
    found: list[Measure] = []
    with tempfile.TemporaryDirectory() as place:
        folder = DEMO
        if counts:
            folder = Path(place) / "tables"
            folder.mkdir()
            grown(folder, *counts)
        async with embedded_server(Path(place) / "store") as server:
            url = f"bolt://{server.user}:{server.password}@{server.url.removeprefix('bolt://')}/zhenlian"
            found += await _on("embedded", url, folder, REPETITIONS[size])
        if neo4j:
            found += await _on("neo4j", neo4j, folder, REPETITIONS[size])
    data = f"{counts[0]:,} organisations, {counts[1]:,} flows" if counts else "the demo data"
    note = (
        f"{data}; {REPETITIONS[size]} repetitions in turns, warm; baseline: the bare driver, one statement;"
        " over HTTP: the service in a process of its own"
    )
    return Report("answers", note, found)


async def _on(name: str, url: str, folder: Path, repetitions: int) -> list[Measure]:
    begin = perf_counter()
    async with opened(url) as store:
        await filled(store, folder)
    loaded = perf_counter() - begin
    return [Measure(f"{name}: load", "s", loaded), *await measured(name, url, repetitions)]
