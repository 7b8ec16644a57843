"""What is taken back goes wholly, however many relations hang on one node, and when it was interrupted."""

import asyncio
import sys
from pathlib import Path

import pytest

from benchmarks.loading import tables
from graph.edits.change import removals
from graph.edits.rulings import Grounds, Merge, rule
from graph.edits.undo import undo_load, undo_ruling
from graph.edits.upsert import NodeRow, RelationRow, merge_nodes, merge_relations
from graph.kinds.entities import Organisation
from graph.kinds.relations import Supplies
from graph.store.store import Statement, Store
from graph.store.versions import versions
from loaders.load import load_folder
from loaders.rows.correction import correction
from tests.graph.edits.test_changes import SHANXI, content
from tests.loaders.csv.test_interrupted import FLOWS, ROOT

UNDO = """
import asyncio, sys
from graph.edits.undo import undo_load
from graph.store.store import BoltStore
async def main(load, url, user, password, database):
    async with BoltStore.open(url, user, password, database) as store:
        await undo_load(store, load)
asyncio.run(main(*sys.argv[1:]))
"""
BUSIEST = """
MATCH (o:Organisation)-[r:SUPPLIES]-(:Organisation) WITH o.id AS id, count(r) AS flows
RETURN {id: id, flows: flows} AS busiest ORDER BY flows DESC, id LIMIT 2
"""


@pytest.fixture
async def hub(empty_store: Store) -> list[str]:
    """Identities of 1,000 relations of one organisation, both ways, in the store."""
    firms = [NodeRow(f"org:{n}", {"name": f"{n}", "form": "ENTERPRISE"}) for n in range(501)]
    rows = [RelationRow("org:0", f"org:{n}", "p", {"value": 1.0}) for n in range(1, 501)]
    rows += [RelationRow(row.end, row.start, row.key, row.values) for row in rows]
    await empty_store.write(*merge_nodes(Organisation, firms), *merge_relations(Supplies, rows))
    return [row.identity for row in rows]


async def test_a_thousand_relations_of_one_node_are_removed(empty_store: Store, hub: list[str]):
    await empty_store.write(*removals(Supplies, hub))
    assert (await empty_store.read(FLOWS))[0]["count"] == 0
    firms = await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS firm")
    assert len(firms) == 501


@pytest.mark.usefixtures("hub")
async def test_a_node_goes_with_its_thousand_relations(empty_store: Store):
    await empty_store.write(*removals(Organisation, [f"org:{n}" for n in range(100)]))
    assert (await empty_store.read(FLOWS))[0]["count"] == 0
    firms = await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS firm")
    assert len(firms) == 401


async def test_the_two_busiest_merge_and_part_again_and_the_whole_demo_is_undone(empty_store: Store):
    report = await load_folder(empty_store, SHANXI)
    before = await content(empty_store)
    keep, drop = await empty_store.read(BUSIEST)
    assert drop["flows"] > 100
    ruled = await rule(empty_store, Merge(drop["id"], keep["id"]), Grounds("同一执照"), correction)
    assert await content(empty_store) != before
    await undo_ruling(empty_store, ruled.ruling)
    ruling = "MATCH (r:Ruling) DELETE r"
    await empty_store.write(Statement(ruling))
    assert await content(empty_store) == before
    undone = await undo_load(empty_store, report.load)
    assert undone.removed > 26_000
    assert await content(empty_store) == []


async def test_a_killed_undo_is_completed_by_undoing_again(
    address, empty_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tables(tmp_path, 1_000, 6_000)
    report = await load_folder(empty_store, tmp_path, batch=200)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", UNDO, report.load),
        *(address.url, address.user, address.password, address.database),
        cwd=ROOT,
    )
    while (await empty_store.read(FLOWS))[0]["count"] == 6_000:
        assert process.returncode is None
        await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    assert 0 < (await empty_store.read(FLOWS))[0]["count"] < 6_000
    assert (await versions(empty_store)).loading
    monkeypatch.setattr("graph.store.versions.QUIET", 5.0)
    monkeypatch.setattr("graph.edits.lock.QUIET", 5.0)
    await undo_load(empty_store, report.load)
    assert await content(empty_store) == []
    assert (await versions(empty_store)).loading is None
