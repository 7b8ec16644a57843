"""One writer at a time: between processes, whatever the clocks say, and after one was replaced."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.loading import tables
from graph.edits import lock
from graph.edits.lock import finish, once, take, touch, turn
from graph.edits.upsert import NodeRow, merge_nodes
from graph.errors import StoreConflict
from graph.kinds.entities import Organisation
from graph.snapshot.taking import take_snapshot
from graph.store.store import Statement, Store
from graph.store.versions import READ, versions
from loaders.load import load_folder
from tests.loaders.csv.test_interrupted import ROOT

LOAD = """
import asyncio, sys
from pathlib import Path
from graph.errors import ChainError
from graph.store.store import BoltStore
from loaders.load import load_folder
async def main(folder, url, user, password, database):
    async with BoltStore.open(url, user, password, database) as store:
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            print((await load_folder(store, Path(folder), batch=10)).load)
        except ChainError as error:
            print(type(error).__name__, error)
asyncio.run(main(*sys.argv[1:]))
"""
BESIDE = """
MATCH (a:Load), (b:Load)
WHERE a.id < b.id AND a.startedAt <= b.finishedAt AND b.startedAt <= a.finishedAt
RETURN {a: a.id, b: b.id} AS beside
"""
AHEAD = "MATCH (m:Meta) SET m.beatAt = timestamp() + $ahead"
FIRM = merge_nodes(Organisation, [NodeRow("org:a", {"name": "甲", "form": "ENTERPRISE"})])


async def test_two_processes_do_not_load_at_once(address, empty_store: Store, tmp_path: Path):
    tables(tmp_path, 40, 80)
    reached = address.url, address.user, address.password, address.database
    loads = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", LOAD, tmp_path, *reached), cwd=ROOT, stdin=PIPE, stdout=PIPE
        )
        for _ in range(2)
    ]
    for load in loads:
        assert await load.stdout.readline() == b"ready\n"
    told = [out.decode().strip() for out, _ in await asyncio.gather(*(x.communicate(b"\n") for x in loads))]
    assert any(words.startswith("load:") for words in told), told
    for words in told:
        refused = words.startswith("StoreConflict 另一次写入") and words.endswith("请等它结束后再试")
        assert words.startswith("load:") or refused, told
    assert await empty_store.read(BESIDE) == []
    assert (await versions(empty_store)).loading is None


class Side:
    """A store for one of two loads that look at once; who takes the lock goes on when the other has ended."""

    def __init__(self, store: Store, both: asyncio.Barrier, ended: asyncio.Event):
        self.store, self.both, self.ended = store, both, ended
        self.looked = self.began = False

    async def read(self, cypher, **parameters):
        rows = await self.store.read(cypher, **parameters)
        if cypher == READ and not self.looked:
            self.looked = True
            await self.both.wait()
        return rows

    async def write(self, *statements):
        rows = await self.store.write(*statements)
        if self.looked and not self.began:
            self.began = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self.ended.wait(), 15)
        return rows

    def stream(self, cypher, **parameters):
        return self.store.stream(cypher, **parameters)

    async def load(self, folder: Path):
        try:
            return await load_folder(self, folder)
        finally:
            self.ended.set()


async def test_of_two_loads_that_found_nobody_writing_one_is_refused(empty_store: Store, tmp_path: Path):
    tables(tmp_path, 20, 40)
    both, ended = asyncio.Barrier(2), asyncio.Event()
    loads = [Side(empty_store, both, ended).load(tmp_path) for _ in range(2)]
    told = await asyncio.gather(*loads, return_exceptions=True)
    assert sorted(type(one).__name__ for one in told) == ["Report", "StoreConflict"]
    refused = next(str(one) for one in told if isinstance(one, StoreConflict))
    assert refused == "另一次写入刚刚开始：请等它结束后再试"
    assert len(await empty_store.read("MATCH (l:Load) RETURN {id: l.id} AS load")) == 1


async def test_the_lock_is_taken_by_one_of_many(empty_store: Store):
    seen = await turn(empty_store)
    asked = [empty_store.write(take(f"load:{n}", seen)) for n in range(6)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert sum(isinstance(answer, StoreConflict) for answer in answers) == 5


async def test_a_clock_that_was_set_back_stops_nobody(empty_store: Store, tmp_path: Path):
    tables(tmp_path, 10, 20)
    await empty_store.write(take("load:dead", await versions(empty_store)))
    await empty_store.write(Statement(AHEAD, {"ahead": 3_600_000}))
    assert (await take_snapshot(empty_store, tries=1)).version == 0
    async with asyncio.timeout(15):
        await load_folder(empty_store, tmp_path)
    assert (await versions(empty_store)).loading is None


async def test_a_writer_whose_beats_stand_still_is_dead_whatever_the_clock_says(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lock, "QUIET", 0.5)
    monkeypatch.setattr(lock, "LOOK", 0.1)
    await empty_store.write(take("load:dead", await versions(empty_store)))
    await empty_store.write(Statement(AHEAD, {"ahead": 10_000}))
    seen = await turn(empty_store)
    assert (seen.loading, seen.settled) == ("load:dead", False)
    await empty_store.write(take("load:next", seen))
    assert (await versions(empty_store)).loading == "load:next"


async def test_a_writer_that_was_replaced_writes_nothing_more(empty_store: Store):
    await empty_store.write(take("load:slow", await versions(empty_store)))
    await empty_store.write(Statement(AHEAD, {"ahead": -60_000}))
    await empty_store.write(take("load:next", await turn(empty_store)))
    for late in (touch("load:slow"), finish("load:slow")):
        with pytest.raises(StoreConflict, match="已被另一次写入接替"):
            await empty_store.write(*FIRM, late)
    assert await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS firm") == []
    await empty_store.write(*FIRM, touch("load:next"), finish("load:next"))
    assert (await versions(empty_store)).version == 1


async def test_what_is_written_at_once_gives_way_to_a_load(empty_store: Store):
    free = await versions(empty_store)
    await empty_store.write(take("load:other", free))
    with pytest.raises(StoreConflict, match="刚刚被另一次写入改动"):
        await empty_store.write(once(free), *FIRM)
    with pytest.raises(StoreConflict, match="load:other"):
        once(await versions(empty_store))
    assert await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS firm") == []
