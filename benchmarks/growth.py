"""Measure growth: the peers' six questions of 10,000, 100,000 and 1,000,000 organisations, and what grows.

Run `python -m benchmarks growth`. Worlds are written as columns and saved as bundles, without a store: what
is measured answers from a bundle, whatever that was made of. Every thousand neighbours trade among
themselves, so that the answers are of one size in all worlds, and what grows is the service's own. Each world
is asked in a process of its own, in process, by the plans that answer requests.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, cast

import numpy as np

from benchmarks.loading import peak_megabytes
from benchmarks.peers.data import FORMS, MEMBERS, YEAR, founded, identifier
from benchmarks.peers.questions import QUESTIONS, SETS, Given, Plain, Question
from benchmarks.province_writing import Writer, ids
from benchmarks.snapshot import MEGA
from benchmarks.tables import Measure, Report, Target
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import Makes, MemberOf, Supplies
from graph.kinds.terms import (
    Bound,
    Grade,
    OrganisationForm,
    ProductCategory,
    Scope,
    TownLevel,
    TownStatus,
)
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.saved import open_snapshot, save_snapshot
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Array, code
from graph.store.store import Store
from schema import schema
from schema.language.context import Context

ROOT = Path(__file__).parents[1]
SIZES = {"small": (1_000, 10_000), "full": (10_000, 100_000, 1_000_000)}
NEIGHBOURS = 1_000
"""Organisations that trade among themselves."""
HUBS, OF_HUB, OF_OTHERS = 10, 310, 3
"""Of each thousand, those that buy from many; from how many; and from how many the others do, or one more."""
CLAIMS = 5
"""Claims about each organisation, of as many years."""
PRODUCTS = 50
ROUNDS, REPETITIONS = 7, 40
GROWTH = Target("measured", "≤", 0.2)
OPENED = Target("measured", "≤", 1)
SCANS = "filtered count and 10"
"""The question that looks at every row: how many pass a filter."""
ONWARDS = "query ($c: String) { organisations(first: 50, after: $c) { pageInfo { cursor: endCursor } } }"
BACKWARDS = "query ($c: String) { organisations(last: 50, before: $c) { pageInfo { cursor: startCursor } } }"


@dataclass(frozen=True, slots=True)
class Grown:
    """What was measured of a world."""

    organisations: int
    rows: int
    bundle: float
    """Megabytes on disk."""
    opening: float
    """Seconds until the bundle is open, all of it hashed."""
    private: float
    """Megabytes of memory that the process shares with nobody, beyond those before the bundle was open."""
    first: dict[str, float]
    """Milliseconds of the first answer to each question."""
    each: dict[str, float]
    """Milliseconds of processor time of an answer: the best round's mean."""


def world(organisations: int) -> Snapshot:
    """Make a world: towns of a hundred, products, flows of one year among neighbours, claims of five."""
    chance, writer = np.random.default_rng(7), Writer()
    numbers = np.arange(organisations)
    writer.write(Source, {"id": ["source:register"], "name": ["名录"], "grade": code(Grade.B)})
    writer.write(
        Product,
        {
            "id": (products := ids("product:p", [str(n) for n in range(PRODUCTS)])),
            "name": products,
            "category": code(ProductCategory.COMPONENT),
        },
    )
    towns = ids("town:t", [str(n) for n in range(organisations // MEMBERS)])
    ranks = {"level": code(TownLevel.PROVINCIAL), "status": code(TownStatus.RECOGNISED)}
    writer.write(Town, {"id": towns, "name": towns, **ranks, "synthetic": 1})
    writer.write(Organisation, _organisations(organisations))
    source = writer.row("Source", np.zeros(1, np.int32))[0]
    everyone = writer.row("Organisation", numbers)
    _claims(writer, everyone, source, chance)
    writer.join(MemberOf, everyone, writer.row("Town", numbers * 7919 % len(towns)))
    makers = np.repeat(numbers, 2)
    made = (makers * 7 + np.tile([0, 13], organisations)) % PRODUCTS
    goods = writer.row("Product", made)
    writer.join(Makes, writer.row("Organisation", makers), goods, year=YEAR, source=source)
    _flows(writer, numbers, source, chance)
    return writer.snapshot(YEAR)


def _organisations(count: int) -> dict[str, Any]:
    forms = np.array([code(OrganisationForm(form)) for form in FORMS], np.int16)
    numbers = np.arange(count)
    return {
        "id": [identifier(n) for n in range(count)],
        "name": [f"第{n}机械制造有限公司" for n in range(count)],
        "aliases": [f"{n}厂" for n in range(count)],
        "synthetic": 1,
        "form": forms[numbers // 25 % len(forms)],
        "uscc": [f"91149900{n:010}" for n in range(count)],
        "address": "定襄县",
        "longitude": np.round(111 + numbers % 997 / 500, 3),
        "latitude": np.round(35 + numbers % 991 / 300, 3),
        "foundedOn": np.array([founded(n) for n in range(count)], "datetime64[D]"),
        "stockCode": [str(600_000 + n) for n in range(count)],
    }


def _claims(writer: Writer, everyone: Array, source: int, chance: np.random.Generator) -> None:
    count = CLAIMS * len(everyone)
    writer.write(
        Claim,
        {
            "id": [f"claim:{n:08}" for n in range(count)],
            "subject": np.repeat(everyone, CLAIMS),
            "metric": code(Metric.REVENUE),
            "unit": code(Unit.YUAN),
            "year": np.tile(np.arange(YEAR - CLAIMS, YEAR) + 1, len(everyone)),
            "value": chance.integers(10_000, 10_000_000, count),
            "source": source,
            "grade": code(Grade.B),
            "scope": code(Scope.WHOLE),
            "bound": code(Bound.EXACT),
            "synthetic": 1,
        },
    )


def _flows(writer: Writer, numbers: Array, source: int, chance: np.random.Generator) -> None:
    """Let each buy from others among its thousand: sellers of one buyer are all different."""
    place = numbers % NEIGHBOURS
    each = np.where(place < HUBS, OF_HUB, OF_OTHERS + (place % 10 == 0))
    buyer = np.repeat(numbers, each)
    turn = np.arange(len(buyer)) - np.repeat(np.cumsum(each) - each, each)
    seller = buyer // NEIGHBOURS * NEIGHBOURS + (buyer * 31 + turn * 7919) % NEIGHBOURS
    writer.join(
        Supplies,
        writer.row("Organisation", np.minimum(seller, numbers[-1])),
        writer.row("Organisation", buyer),
        product=writer.row("Product", (buyer + turn) % PRODUCTS),
        year=YEAR,
        value=chance.integers(10_000, 10_000_000, len(buyer)),
        source=source,
        synthetic=1,
    )


async def asked(folder: Path) -> Grown:
    """Open a world and ask it."""
    before = _private()
    begin = perf_counter()
    snapshot = open_snapshot(folder)
    opening = perf_counter() - begin
    keeper: SnapshotKeeper[Any] = SnapshotKeeper(cast("Store", None))
    await keeper.begin_with(snapshot)
    organisations = len(snapshot.nodes["Organisation"])
    step = max(NEIGHBOURS, organisations // (SETS // 2) // NEIGHBOURS * NEIGHBOURS)
    hubs = [identifier(n + n // step % HUBS) for n in range(0, organisations, step)]
    given = Given(organisations, hubs, HTTPConnection("127.0.0.1"))
    first, each = dict[str, float](), dict[str, float]()
    for question in QUESTIONS:
        begin = perf_counter()
        sets = await _sets(question, given, keeper)
        await _answer(keeper, question.ours, sets[0])
        first[question.name] = (perf_counter() - begin) * 1000
        each[question.name] = await _each(keeper, question.ours, sets)
    rows = sum(map(len, (*snapshot.nodes.values(), *snapshot.relations.values())))
    return Grown(organisations, rows, _on_disk(folder), opening, _private() - before, first, each)


async def _sets(question: Question, given: Given, keeper: SnapshotKeeper[Any]) -> Sequence[Plain]:
    """Choose variables; of the page some from either end of the list."""
    if "$after" not in question.ours:
        return [variables.ours for variables in question.sets(given)]
    found: list[Plain] = [{"after": None}]
    for text in (ONWARDS, BACKWARDS):
        cursor: str | None = None
        for _ in range(SETS // 4):
            page = await _answer(keeper, text, {"c": cursor})
            cursor = page["organisations"]["pageInfo"]["cursor"]
            found.append({"after": cursor})
    return found


async def _each(keeper: SnapshotKeeper[Any], text: str, sets: Sequence[Plain]) -> float:
    for variables in sets:
        await _answer(keeper, text, variables)
    rounds: list[float] = []
    for _ in range(ROUNDS):
        begin = process_time()
        for number in range(REPETITIONS):
            await _answer(keeper, text, sets[number % len(sets)])
        rounds.append((process_time() - begin) / REPETITIONS * 1000)
    return min(rounds)


async def _answer(keeper: SnapshotKeeper[Any], text: str, variables: Plain) -> Any:
    context = Context(cast("Store", None), keeper)
    result = await schema.execute(text, variable_values=variables, context_value=context)
    assert not result.errors, result.errors
    return result.data


def _on_disk(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / MEGA


def _private() -> float:
    """Tell the megabytes that belong to this process alone; without Linux the most that it ever held."""
    told = Path("/proc/self/smaps_rollup")
    if not told.exists():
        return peak_megabytes()
    lines = (line.split() for line in told.read_text().splitlines())
    return next(int(line[1]) for line in lines if line[0] == "Private_Dirty:") / 1024


def _child(*arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.growth", *arguments]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    return done.stdout


def run(size: str) -> Iterable[Report]:
    """Make and ask worlds, the smallest first."""
    found: list[Grown] = []
    for organisations in SIZES[size]:
        with tempfile.TemporaryDirectory() as name:
            folder = str(Path(name) / "bundle")
            _child("make", str(organisations), folder)
            found.append(Grown(**json.loads(_child("ask", folder))))
    largest = found[-1]
    note = f"the largest: {largest.organisations:,} organisations, {largest.rows:,} rows in all"
    yield Report("growth: processor time of an answer", note, list(_times(found)))
    yield Report("growth: what it takes", note, list(_sizes(found)))


def _times(found: Sequence[Grown]) -> Iterable[Measure]:
    for question in QUESTIONS:
        times = [one.each[question.name] for one in found]
        for one, took in zip(found, times, strict=True):
            yield Measure(f"{question.name}, {one.organisations:,}", "ms", took, times[0])
        yield Measure(
            f"{question.name}: fitted exponent",
            "",
            _exponent(found, times),
            target=None if question.name == SCANS else GROWTH,
        )


def _sizes(found: Sequence[Grown]) -> Iterable[Measure]:
    for one in found:
        of = f"{one.organisations:,} organisations"
        yield Measure(f"{of}: bundle", "MB", one.bundle)
        yield Measure(f"{of}: opened, all of it hashed", "s", one.opening, target=OPENED)
        yield Measure(f"{of}: private memory after all questions", "MB", one.private)
        for name, first in one.first.items():
            yield Measure(f"{of}: first answer, {name}", "ms", first)


def _exponent(found: Sequence[Grown], times: Sequence[float]) -> float:
    """Fit time ~ size ** exponent."""
    slope, _ = np.polyfit(np.log([one.organisations for one in found]), np.log(times), 1)
    return float(slope)


def main(what: str, *given: str) -> None:
    """Make a world in a folder, or ask one: each in this process."""
    if what == "make":
        save_snapshot(Path(given[1]), world(int(given[0])))
    else:
        grown = asyncio.run(asked(Path(given[0])))
        print(json.dumps({name: getattr(grown, name) for name in Grown.__slots__}))


if __name__ == "__main__":
    main(*sys.argv[1:])
