"""Measure rulings: from asking until the snapshot shows them, by one steward and by eight.

Run `python -m benchmarks.rulings [--scale 0.1]`: a made-up province (`benchmarks.province`) in an embedded
store, a keeper that masks and indexes as the service does, and stewards as the service has them. Baseline: to
read all anew, which is what a keeper did after every write before there was a log.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from functools import partial
from itertools import batched
from pathlib import Path
from time import perf_counter

import numpy as np

from api.http.stewards import LocalSteward
from benchmarks.loading import opened
from benchmarks.province import province, size_of
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.edits.change import AnyRow, merges
from graph.edits.lock import once
from graph.edits.neighbourhood import Place
from graph.edits.rulings import Asked, Correct, Grounds, Merge, Pin
from graph.edits.upsert import NodeRow, RelationRow, declare
from graph.kinds import Relation
from graph.kinds.columns import Record, columns
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.store.embedded import embedded_server
from graph.store.store import Store
from graph.store.versions import versions
from loaders.load import BATCH
from queries.lookup.entries import index_of
from queries.lookup.search import SearchIndex

GROUNDS = Grounds("核对原件")
ASKS = 20
STEWARDS = 8
ANEW = 3
SEEN = Target("ratio", "≤", 0.1)


def run(scale: float = 0.1) -> Report:
    """Fill a store and rule."""
    return asyncio.run(_run(scale))


async def _run(scale: float) -> Report:
    made = province(scale)
    with tempfile.TemporaryDirectory() as place:
        async with embedded_server(Path(place) / "store") as server:
            url = f"bolt://{server.user}:{server.password}@{server.url.removeprefix('bolt://')}/zhenlian"
            async with opened(url) as store:
                await filled(store, made)
                found = await _measured(store)
    note = f"{size_of(made)}; embedded store; baseline: all read anew, median of {ANEW}"
    return Report("rulings", note, found)


async def filled(store: Store, made: Snapshot) -> None:
    """Write a snapshot as it is: its ids are no loader's."""
    await declare(store)
    nodes = [(table, made.entity, table.first) for table in made.nodes.values()]
    edges = [(table, partial(made.edge, label), 0) for label, table in made.relations.items()]
    for table, record, first in (*nodes, *edges):
        for part in batched(range(first, first + len(table)), BATCH):
            rows = [_row(record(at)) for at in part]
            await store.write(*merges(table.kind, rows))
    await store.write(once(await versions(store)))


def _row(record: Record) -> AnyRow:
    values = {c.name: getattr(record, c.field) for c in columns(type(record))}
    known = {name: value for name, value in values.items() if value is not None and value != []}
    if isinstance(record, Relation):
        return RelationRow(known.pop("from"), known.pop("to"), record.key(), known)
    return NodeRow(known["id"], known)


async def _measured(store: Store) -> list[Measure]:
    anew = float(np.median([await _anew(store) for _ in range(ANEW)]))
    keeper = SnapshotKeeper(store, derive=index_of, mask=without_persons)
    await keeper.refresh()
    steward, held = LocalSteward(store, keeper), await keeper.ready()
    kinds = {"a pin": _pins(held), "a correction of a name": _names(held), "a merger": _mergers(held)}
    found: list[Measure] = []
    for name, asked in kinds.items():
        times = [await _seen(steward, keeper, one) for one in asked[:ASKS]]
        found.append(Measure(f"one steward, {name}, seen after, p50", "ms", _at(times, 50), anew, SEEN))
        found.append(Measure(f"one steward, {name}, seen after, p95", "ms", _at(times, 95)))
    asked = [kind[ASKS + n] for n in range(ASKS * STEWARDS // len(kinds)) for kind in kinds.values()]
    begin = perf_counter()
    shares = (_in_turn(steward, keeper, asked[n::STEWARDS]) for n in range(STEWARDS))
    times = [time for some in await asyncio.gather(*shares) for time in some]
    rate = len(times) / (perf_counter() - begin)
    found += [
        Measure(f"{STEWARDS} stewards, all three, seen after, p50", "ms", _at(times, 50), anew, SEEN),
        Measure(f"{STEWARDS} stewards, all three, seen after, p95", "ms", _at(times, 95)),
        Measure(f"{STEWARDS} stewards", "rulings/s", rate, 1000 / anew, Target("ratio", "≥", 10)),
    ]
    await keeper.stop()
    return found


async def _anew(store: Store) -> float:
    begin = perf_counter()
    await SnapshotKeeper(store, derive=index_of, mask=without_persons).refresh()
    return 1000 * (perf_counter() - begin)


async def _in_turn(
    steward: LocalSteward, keeper: SnapshotKeeper[SearchIndex], asked: Sequence[Asked]
) -> list[float]:
    return [await _seen(steward, keeper, one) for one in asked]


async def _seen(steward: LocalSteward, keeper: SnapshotKeeper[SearchIndex], asked: Asked) -> float:
    begin = perf_counter()
    made = await steward.rule(asked, GROUNDS)
    took = 1000 * (perf_counter() - begin)
    assert keeper.current, made
    assert keeper.current.find(made.ruling) is not None, made
    return took


def _pins(snapshot: Snapshot) -> list[Asked]:
    """Pin claims about organisations that are not merged: those of the others move."""
    staying = {snapshot.row_of(id) for id in _spread(snapshot, "Organisation")[::2]}
    claims = snapshot.nodes["Claim"]
    return [
        Pin(id)
        for id in _spread(snapshot, "Claim")
        if int(claims["subject"][snapshot.row_of(id) - claims.first]) in staying
    ]


def _names(snapshot: Snapshot) -> list[Asked]:
    ids = [id for id in _spread(snapshot, "Organisation")[::2] if _sound(snapshot, id)]
    return [Correct(Place(id), {"name": f"更名机械有限公司{n}"}) for n, id in enumerate(ids)]


def _sound(snapshot: Snapshot, id: str) -> bool:
    """Whether a row of the made-up province passes the checks of a load."""
    table, place = snapshot.nodes["Organisation"], snapshot.row_of(id) - snapshot.nodes["Organisation"].first
    return not bool(table["closedOn"][place] < table["foundedOn"][place])


def _mergers(snapshot: Snapshot) -> list[Asked]:
    ids = _spread(snapshot, "Organisation")[1::2]
    return [Merge(drop, keep) for drop, keep in zip(ids[::2], ids[1::2], strict=False)]


def _spread(snapshot: Snapshot, label: str) -> list[str]:
    """Choose different rows of a kind, from all of it."""
    ids: list[str] = snapshot.nodes[label]["id"].tolist()
    return [ids[place] for place in np.random.default_rng(3).permutation(len(ids)).tolist()]


def _at(times: Sequence[float], percent: int) -> float:
    return float(np.percentile(times, percent))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1)
    print(machine())
    show(run(parser.parse_args().scale))


if __name__ == "__main__":
    main()
