"""Measure the ledgers: from asking for a move until the snapshot shows it, and a page of all items.

Run `python -m benchmarks.ledgers [--scale 0.1] [--items 10000]`: a made-up province (`benchmarks.province`)
with so many problems in an embedded store, a keeper that masks and indexes as the service does, and stewards
as the service has them. Pages are asked through the schema, as clients ask. Baseline of a page: each item
looked at in turn, as a plain loop over the objects would.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import numpy as np

from api.http.stewards import LocalSteward
from benchmarks.loading import opened
from benchmarks.province import province, size_of
from benchmarks.rulings import filled
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.edits.change import merges
from graph.edits.ledgers import Advance, Note, Wanted
from graph.edits.lock import once
from graph.edits.upsert import NodeRow, RelationRow
from graph.kinds.ledgers import Problem
from graph.kinds.relations import OfTown
from graph.kinds.stages import BY_NAME
from graph.kinds.terms import LedgerName, ProblemStatus
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.store.embedded import embedded_server
from graph.store.store import Store
from graph.store.versions import versions
from queries.ledgers.pages import Sought, ledger_page
from queries.lookup.entries import index_of
from queries.lookup.search import SearchIndex
from schema import schema
from schema.language.context import Context

ASKS, WRITERS = 100, 20
SOON, QUICK = Target("measured", "≤", 30), Target("measured", "≤", 10)
TODAY = date(2026, 6, 30)
LEDGER = BY_NAME[LedgerName.PROBLEM]
NOTE = Note("县工信局", "核对")
PAGE = """{ ledgerItems(ledger: PROBLEM, town: "%s", overdue: true, first: 100) { count rows {
  item { id name } stage dueOn overdueDays responsible { id } version } } }"""
ALL = (
    """{ problems(first: 100, orderBy: DUE_ON_ASC) { totalCount nodes { id name status dueOn version } } }"""
)


def run(scale: float = 0.1, items: int = 10_000) -> Report:
    """Fill a store, move and ask."""
    return asyncio.run(_run(scale, items))


async def _run(scale: float, items: int) -> Report:
    made = province(scale)
    with tempfile.TemporaryDirectory() as place:
        async with embedded_server(Path(place) / "store") as server:
            url = f"bolt://{server.user}:{server.password}@{server.url.removeprefix('bolt://')}/zhenlian"
            async with opened(url) as store:
                await filled(store, made)
                await _problems(store, made, items)
                found = await _measured(store, items)
    note = f"{size_of(made)}; {items:,} problems; embedded store; a move is seen when its answer comes"
    return Report("ledgers", note, found)


async def _problems(store: Store, made: Snapshot, count: int) -> None:
    """Write open problems, spread over the towns."""
    towns: list[str] = made.nodes["Town"]["id"].tolist()
    for begin in range(0, count, 1_000):
        numbers = range(begin, min(begin + 1_000, count))
        rows = [NodeRow(f"problem:p{n:06}", _cells(n)) for n in numbers]
        ties = [RelationRow(row.id, towns[n % len(towns)], "-") for n, row in zip(numbers, rows, strict=True)]
        await store.write(*merges(Problem, rows), *merges(OfTown, ties))
    await store.write(once(await versions(store)))


def _cells(number: int) -> dict[str, object]:
    raised = TODAY - timedelta(days=number % 700)
    return {
        "name": f"问题 {number}",
        "extent": "COMMON",
        "status": "OPEN",
        "raisedOn": raised,
        "dueOn": raised + timedelta(days=180),
    }


async def _measured(store: Store, items: int) -> list[Measure]:
    keeper = SnapshotKeeper(store, derive=index_of, mask=without_persons)
    await keeper.refresh()
    steward = LocalSteward(store, keeper)
    ids = [f"problem:p{n:06}" for n in np.random.default_rng(5).permutation(items).tolist()]
    times = [await _move(steward, keeper, id) for id in ids[:ASKS]]
    found = [
        Measure("one steward, a move, seen after, p50", "ms", _at(times, 50)),
        Measure("one steward, a move, seen after, p95", "ms", _at(times, 95), target=SOON),
    ]
    begin = perf_counter()
    shares = (_in_turn(steward, keeper, ids[ASKS + n : ASKS * 2 + n : WRITERS]) for n in range(WRITERS))
    times = [time for some in await asyncio.gather(*shares) for time in some]
    found += [
        Measure(f"{WRITERS} stewards, a move, seen after, p95", "ms", _at(times, 95)),
        Measure(f"{WRITERS} stewards", "moves/s", len(times) / (perf_counter() - begin)),
    ]
    found += await _pages(store, keeper, steward, ids)
    await keeper.stop()
    return found


async def _pages(
    store: Store, keeper: SnapshotKeeper[SearchIndex], steward: LocalSteward, ids: Sequence[str]
) -> list[Measure]:
    town = (await keeper.ready()).nodes["Town"]["id"][0]
    found = []
    for name, query in (("items of a town that are overdue", PAGE % town), ("all problems by due date", ALL)):
        await _asked(store, keeper, query)
        times = [await _asked(store, keeper, query) for _ in range(ASKS)]
        found.append(Measure(f"a page of 100, {name}, p95", "ms", _at(times, 95), target=QUICK))
    fresh: list[float] = []
    for id in ids[ASKS * 3 : ASKS * 3 + 20]:
        await _move(steward, keeper, id)
        fresh.append(await _asked(store, keeper, PAGE % town))
    found.append(Measure("the same page right after a move, p95", "ms", _at(fresh, 95), target=QUICK))
    snapshot = await keeper.ready()
    begin = perf_counter()
    count = ledger_page(
        snapshot,
        Sought(LedgerName.PROBLEM, town, overdue=True),
        on=date.today(),  # noqa: DTZ011 - a day
        first=100,
    ).count
    ours = 1000 * (perf_counter() - begin)
    begin = perf_counter()
    assert _plain(snapshot, town) == count
    plain = 1000 * (perf_counter() - begin)
    found.append(Measure("overdue items of a town", "ms", ours, plain))
    return found


def _plain(snapshot: Snapshot, town: str) -> int:
    """Count overdue problems of a town, object by object."""
    table, today = snapshot.nodes["Problem"], date.today()  # noqa: DTZ011 - a day
    edges = snapshot.relations["OF_TOWN"]
    of = {edges.start[n]: snapshot.id_of(int(edges.end[n])) for n in range(len(edges))}
    found = 0
    for row in table.rows:
        problem = snapshot.entity(row)
        assert isinstance(problem, Problem)
        late = problem.due_on is not None and problem.due_on < today
        found += late and problem.status is not ProblemStatus.RESOLVED and of.get(row) == town
    return found


async def _asked(store: Store, keeper: SnapshotKeeper[SearchIndex], query: str) -> float:
    begin = perf_counter()
    result = await schema.execute(query, context_value=Context(store, keeper))
    took = 1000 * (perf_counter() - begin)
    assert result.errors is None, result.errors
    return took


async def _in_turn(
    steward: LocalSteward, keeper: SnapshotKeeper[SearchIndex], ids: Sequence[str]
) -> list[float]:
    return [await _move(steward, keeper, id) for id in ids]


async def _move(steward: LocalSteward, keeper: SnapshotKeeper[SearchIndex], id: str) -> float:
    begin = perf_counter()
    made = await steward.make(Advance(LEDGER, [Wanted(id)], ProblemStatus.ASSIGNED), NOTE)
    took = 1000 * (perf_counter() - begin)
    assert keeper.current, made
    assert keeper.current.find(made.entries[0]) is not None, made
    return took


def _at(times: Sequence[float], percent: int) -> float:
    return float(np.percentile(times, percent))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--items", type=int, default=10_000)
    print(machine())
    asked = parser.parse_args()
    show(run(asked.scale, asked.items))


if __name__ == "__main__":
    main()
