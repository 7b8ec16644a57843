"""Whoever is killed in the middle: what the log tells leads to what is in the store."""

import asyncio
import sys

import pytest

from benchmarks.loading import tables
from graph.edits.undo import undo_load
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.log import entries
from graph.store.store import Statement
from graph.store.versions import versions
from loaders.load import load_folder
from tests.graph.snapshot.test_following import BASE, agree
from tests.loaders.csv.test_interrupted import OLD, ROOT, killed
from tests.loaders.csv.test_load import write

RULE = """
import asyncio, sys
from graph.edits.rulings import Grounds, Merge, SetApart, rule
from graph.edits.undo import undo
from graph.store.store import BoltStore
from loaders.rows.correction import correction
async def main(url, user, password, database):
    async with BoltStore.open(url, user, password, database) as store:
        while True:
            for asked in (SetApart("org:a", "org:x"), Merge("org:b", "org:a")):
                made = await rule(store, asked, Grounds("核对原件"), correction)
                await undo(store, made.ruling)
asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def read_anew(caplog):
    """Tells how often all was read anew."""
    caplog.set_level("INFO", "graph.snapshot.keeper")
    return lambda: caplog.text.count("read anew")


async def test_a_killed_load_is_followed_and_so_is_the_one_that_completes_it(
    address, empty_store, tmp_path, read_anew
):

    (tmp_path / "base").mkdir()
    await load_folder(empty_store, write(tmp_path / "base", BASE))
    keeper = SnapshotKeeper(empty_store)
    await keeper.refresh()
    loads = tmp_path / "loads"
    loads.mkdir()
    tables(loads, 100, 800)
    await killed(address, empty_store, loads)
    await empty_store.write(Statement(OLD))
    await agree(keeper, empty_store)
    report = await load_folder(empty_store, loads, batch=200)
    await agree(keeper, empty_store)
    await undo_load(empty_store, report.load)
    await agree(keeper, empty_store)
    assert read_anew() == 0


@pytest.mark.parametrize("after", [1, 4])
async def test_rulings_that_are_killed_leave_no_hole(address, empty_store, tmp_path, read_anew, after):
    await load_folder(empty_store, write(tmp_path, BASE))
    keeper = SnapshotKeeper(empty_store)
    await keeper.refresh()
    begun = (await versions(empty_store)).writes
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", RULE, address.url, address.user, address.password, address.database),
        cwd=ROOT,
    )
    while (await versions(empty_store)).writes < begun + after:
        assert process.returncode is None
        await asyncio.sleep(0.01)
    process.kill()
    await process.wait()
    await agree(keeper, empty_store)
    seen = await versions(empty_store)
    assert [one.write for one in await entries(empty_store, begun, seen.writes)] == [
        *range(begun, seen.writes + 1)
    ]
    assert read_anew() == 0
