"""A load that was killed is completed by running it again: nothing doubled, nothing lost."""

import asyncio
import hashlib
import sys
from pathlib import Path

from benchmarks.loading import tables
from graph.store.store import Statement, Store
from graph.store.versions import versions
from loaders.load import load_folder

ROOT = Path(__file__).parents[3]
LOAD = """
import asyncio, sys
from pathlib import Path
from graph.store.store import BoltStore
from loaders.load import load_folder
async def main(folder, url, user, password, database):
    async with BoltStore.open(url, user, password, database) as store:
        await load_folder(store, Path(folder), batch=200)
asyncio.run(main(*sys.argv[1:]))
"""
NODES = """
MATCH (n) WHERE NOT n:Meta AND NOT n:Load AND NOT n:ChangePart AND NOT n:LogEntry
RETURN n {.*, recordedOn: null} AS node
"""
EDGES = "MATCH (a)-[r]->(b) RETURN r {.*, type: type(r), from: a.id, to: b.id} AS edge"
FLOWS = "MATCH ()-[r:SUPPLIES]->() RETURN {count: count(r)} AS flows"
OLD = "MATCH (m:Meta) SET m.beatAt = m.beatAt - 60000"


async def digest(store: Store) -> tuple[int, str]:
    rows = [repr(sorted(row.items())) for query in (NODES, EDGES) for row in await store.read(query)]
    return len(rows), hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


async def killed(address, store: Store, folder: Path) -> int:
    """Start a load, kill it among the flows, and count those that are in."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", LOAD, folder, address.url, address.user, address.password, address.database),
        cwd=ROOT,
    )
    while not (flows := (await store.read(FLOWS))[0]["count"]):
        assert process.returncode is None
        await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    return flows


async def test_a_killed_load_is_completed_by_the_next(address, empty_store: Store, tmp_path: Path):
    tables(tmp_path, 1_000, 6_000)
    await load_folder(empty_store, tmp_path)
    clean = await digest(empty_store)
    await empty_store.write(Statement("MATCH (n) DETACH DELETE n"))

    assert 0 < await killed(address, empty_store, tmp_path) < 6_000
    assert (await versions(empty_store)).loading
    await empty_store.write(Statement(OLD))  # spare the wait until it counts as dead
    report = await load_folder(empty_store, tmp_path)

    assert await digest(empty_store) == clean
    assert sum(table.same for table in report.tables) > 0
    state = await versions(empty_store)
    assert (state.version, state.loading) == (1, None)


async def test_the_version_moves_when_only_the_end_was_lost(empty_store: Store, tmp_path: Path):
    tables(tmp_path, 10, 20)
    await load_folder(empty_store, tmp_path)
    lost = "MATCH (m:Meta) SET m.loading = 'load:dead', m.beatAt = m.beatAt - 60000"
    await empty_store.write(Statement(lost))
    report = await load_folder(empty_store, tmp_path)
    assert report.written == 0
    assert (await versions(empty_store)).version == 2
