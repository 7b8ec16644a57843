"""The record of the ledgers explains their state: after any changes, and after a writer was killed."""

import asyncio
import os
import random
import signal
import sys
from contextlib import suppress
from datetime import date, timedelta

import orjson
import pytest

from graph.edits.change import merges
from graph.edits.ledger_items import LINKS, items, links_of
from graph.edits.ledger_undo import TakeBack
from graph.edits.ledgers import Advance, Alter, Comment, Create, Note, Wanted, make
from graph.edits.lock import once
from graph.edits.upsert import NodeRow
from graph.errors import ChainError
from graph.kinds.entities import Organisation, Town
from graph.kinds.stages import LEDGERS
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.taking import take_snapshot
from graph.store.versions import versions

REASON = Note("县工信局", "核对")
GIVEN = {
    "Problem": {"extent": "COMMON", "raisedOn": date(2024, 1, 1)},
    "Task": {"year": 2024, "dueOn": date(2024, 12, 31)},
    "Project": {},
    "Notice": {"reason": "任务逾期", "dueOn": date(2099, 12, 31)},
    "Lead": {"recordedOn": date(2024, 1, 1)},
}
ENTRIES = "MATCH (e:LedgerEntry) RETURN e {.*} AS entry ORDER BY e.about, e.version"


async def world(store):
    bodies = [NodeRow(f"org:b{n}", {"name": f"局{n}", "form": "AGENCY"}) for n in range(3)]
    towns = [NodeRow("town:t", {"name": "镇", "level": "CITY", "status": "RECOGNISED"})]
    await store.write(once(await versions(store)), *merges(Organisation, bodies), *merges(Town, towns))


def replayed(entries):
    """What the entries say of each item: each begins where the last one ended."""
    found = {}
    for entry in entries:
        before, after = (orjson.loads(entry.get(name) or "{}") for name in ("before", "after"))
        state = found.setdefault(entry["about"], {})
        assert {n: state.get(n) or None for n in before} == {n: v or None for n, v in before.items()}
        for name in {**before, **after}:
            state[name] = after.get(name)
    return {id: {n: v for n, v in state.items() if v not in (None, [])} for id, state in found.items()}


def plain(value):
    value = value.to_native() if hasattr(value, "to_native") else value
    return value.isoformat() if isinstance(value, date) else value


async def held(store, ledger, id):
    """What the store holds of an item, as the record writes it; nothing when it is not there."""
    found = (await items(store, ledger, [id])).get(id)
    if found is None:
        return {}
    names = [name for name, link in LINKS.items() if link.joins(ledger.kind)]
    item = await links_of(store, found, names)
    cells = {name: plain(value) for name, value in item.cells.items()}
    return cells | {name: sorted(ids) for name, ids in item.links.items() if ids}


async def any_change(store, dice, made):
    """Ask for one change at random; tell what was made."""
    ledger = dice.choice(LEDGERS)
    mine = [id for id, one in made.items() if one is ledger]
    if not mine or dice.random() < 0.2:
        bodies = dice.sample([f"org:b{n}" for n in range(3)], dice.randint(0, 2))
        links = {"town": ["town:t"], "responsible": bodies}
        created = await make(
            store, Create(ledger, {"name": "事项", **GIVEN[ledger.kind.label]}, links), REASON
        )
        made[created.items[0]] = ledger
        return created
    id, choice = dice.choice(mine), dice.random()
    if choice < 0.5:
        to = dice.choice(list(ledger.stages))
        return await make(store, Advance(ledger, [Wanted(id)], to), REASON)
    if choice < 0.7:
        due = date(2099, 1, 1) + timedelta(days=dice.randint(0, 300))
        links = {"responsible": dice.sample([f"org:b{n}" for n in range(3)], dice.randint(0, 3))}
        return await make(store, Alter(ledger, Wanted(id), {"dueOn": due}, links), REASON)
    if choice < 0.8:
        return await make(store, Comment(ledger, Wanted(id), "走访"), REASON)
    entries = await store.read(ENTRIES)
    return await make(store, TakeBack(dice.choice(entries)["id"]), REASON)


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_record_replayed_is_the_state_and_the_follower_sees_it(empty_store, seed):
    await world(empty_store)
    keeper = SnapshotKeeper(empty_store)
    await keeper.refresh()
    dice, made, done = random.Random(seed), {}, 0  # noqa: S311 - the same each time
    for _ in range(60):
        with suppress(ChainError):  # of the moves at random the table forbids many
            await any_change(empty_store, dice, made)
            done += 1
    assert done > 20
    entries = await empty_store.read(ENTRIES)
    states = replayed(entries)
    for id, ledger in made.items():
        state = {n: sorted(v) if isinstance(v, list) else v for n, v in states[id].items()}
        assert state == await held(empty_store, ledger, id)
        assert [e["version"] for e in entries if e["about"] == id] == list(
            range(1, sum(e["about"] == id for e in entries) + 1)
        )
    await keeper.refresh()
    anew = await take_snapshot(empty_store)
    assert keeper.whole.id == anew.id, "what follows the log is what the store holds"


CHILD = """
import asyncio, sys
from graph.edits.ledger_items import items
from graph.edits.ledgers import Advance, Note, Wanted, make
from graph.kinds.stages import LEDGERS
from graph.kinds.terms import TaskStatus
from graph.store.store import BoltStore
NEXT = {"PLANNED": TaskStatus.STARTED, "STARTED": TaskStatus.CANCELLED, "CANCELLED": TaskStatus.PLANNED}
async def main(url, user, password, database):
    async with BoltStore.open(url, user, password, database) as store:
        while True:
            now = (await items(store, LEDGERS[1], ["task:a"]))["task:a"].stage
            both = [Wanted("task:a"), Wanted("task:b")]
            made = await make(store, Advance(LEDGERS[1], both, NEXT[now], several=True), Note(reason="来回"))
            print(made.entries[0], made.entries[1], flush=True)
asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_writer_that_is_killed_leaves_whole_changes_only(empty_store, address):
    await world(empty_store)
    ledger = LEDGERS[1]
    rows = [
        NodeRow(f"task:{n}", {"name": n, "year": 2024, "dueOn": date(2024, 1, 1), "status": "PLANNED"})
        for n in "ab"
    ]
    await empty_store.write(once(await versions(empty_store)), *merges(ledger.kind, rows))
    told = []
    for lines in (1, 3, 5):
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CHILD, address.url, address.user, address.password, address.database),
            stdout=asyncio.subprocess.PIPE,
        )
        told += [(await child.stdout.readline()).decode().split() for _ in range(lines)]
        assert all(told), "the writer ended by itself"
        os.kill(child.pid, signal.SIGKILL)
        rest = (await child.communicate())[0].decode().splitlines()
        told += [line.split() for line in rest]
        await make(empty_store, Comment(ledger, Wanted("task:a"), "接着办"), REASON)
        await make(empty_store, Comment(ledger, Wanted("task:b"), "接着办"), REASON)
    entries = await empty_store.read(ENTRIES)
    known = {entry["id"] for entry in entries}
    assert all(id in known for line in told if len(line) == 2 for id in line), (
        "what was acknowledged is there"
    )
    by_item = {id: [e for e in entries if e["about"] == id] for id in ("task:a", "task:b")}
    moves = {id: [e["after"] for e in some if e["action"] == "MOVED"] for id, some in by_item.items()}
    assert moves["task:a"] == moves["task:b"], "both of a bulk, or none"
    for id, some in by_item.items():
        assert [e["version"] for e in some] == list(range(1, len(some) + 1))
        stage = orjson.loads(moves[id][-1])["status"]
        assert (await held(empty_store, ledger, id))["status"] == stage
