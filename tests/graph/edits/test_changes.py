"""A load is taken back as if it had never been; what is invented goes, and what is real stays."""

import csv
from pathlib import Path

import pytest

from graph.edits.invented import remove_synthetic
from graph.edits.undo import undo_load
from graph.errors import BadInput, NotFound
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import digest
from graph.snapshot.taking import take_snapshot
from graph.store.store import Store
from graph.store.versions import versions
from loaders.load import load_folder
from tests.loaders.csv.test_load import TABLES, write

NODES = """
MATCH (n) WHERE NOT n:Meta AND NOT n:Load AND NOT n:ChangePart AND NOT n:LogEntry
RETURN {n: properties(n)} AS row
"""
EDGES = "MATCH (a)-[r]->(b) RETURN {a: a.id, b: b.id, r: properties(r), t: type(r)} AS row"
INVENTED_NODES = "MATCH (n) WHERE n.synthetic = true RETURN {left: count(*)} AS c"
INVENTED_EDGES = """
MATCH ()-[r]->() WHERE r.synthetic = true OR r.source = 'source:synthetic' RETURN {left: count(*)} AS c
"""
SHANXI = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"


def plain(value):
    """Tell a value without what is not there: the stores keep an emptied cell differently."""
    if isinstance(value, dict):
        return sorted((k, str(plain(v))) for k, v in value.items() if v is not None and v != [])
    return value


async def content(store: Store) -> list[str]:
    rows = [*await store.read(NODES), *await store.read(EDGES)]
    return sorted(str(plain(row)) for row in rows)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    named = {"Organisation": TABLES["Organisation"] + "org:b,丙厂,ENTERPRISE,,,,\n"}
    (tmp_path / "first").mkdir()
    return write(tmp_path / "first", TABLES | named)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    tables = {
        "Organisation": "id,name,form,foundedOn,aliases\norg:a,甲厂,ENTERPRISE,2002-02-02,\n"
        "org:c,丁厂,COOPERATIVE,,\n",
        "Claim": "subject,metric,value,unit,source,year\norg:a,REVENUE,3,亿元,source:s,2025\n"
        "org:a,REVENUE,2.5,亿元,source:s,2024\n",
        "SUPPLIES": "from,to,product,year,value,source\norg:b,org:a,product:flange,2023,150,source:s\n"
        "org:c,org:a,product:flange,2023,7,source:s\n",
    }
    (tmp_path / "second").mkdir()
    return write(tmp_path / "second", tables)


async def test_an_undone_load_leaves_no_trace(empty_store: Store, first: Path, second: Path):
    await load_folder(empty_store, first)
    before = await content(empty_store)
    state = await take_snapshot(empty_store)
    report = await load_folder(empty_store, second)
    assert report.clean
    assert await content(empty_store) != before
    found = await undo_load(empty_store, report.load)
    assert (found.removed, found.restored) == (3, 3)
    assert await content(empty_store) == before
    after = await take_snapshot(empty_store)
    assert after.newest_year == state.newest_year == 2024
    assert after.version == state.version + 2
    assert (await versions(empty_store)).settled


async def test_loads_are_undone_from_the_last(empty_store: Store, first: Path, second: Path):
    one = (await load_folder(empty_store, first)).load
    two = (await load_folder(empty_store, second)).load
    again = (await load_folder(empty_store, second)).load
    with pytest.raises(BadInput, match=two):
        await undo_load(empty_store, one)
    await undo_load(empty_store, two)
    with pytest.raises(BadInput, match="已经撤销"):
        await undo_load(empty_store, two)
    await undo_load(empty_store, one)
    assert await content(empty_store) == []
    assert (await undo_load(empty_store, again)).removed == 0
    with pytest.raises(NotFound):
        await undo_load(empty_store, "load:none")
    report = await load_folder(empty_store, first)
    assert sum(table.new for table in report.tables) == 8


async def test_the_invented_goes_and_the_real_stays(empty_store: Store):
    await load_folder(empty_store, SHANXI)
    real = without_invented(await take_snapshot(empty_store))
    gone = await remove_synthetic(empty_store)
    left_over = {label: count for label, count in (real.left_out or {}).items() if label != "Ruling"}
    assert gone == left_over, "the store is emptied by the rule by which a snapshot is masked"
    after = await take_snapshot(empty_store)
    assert digest([*after.nodes.values(), *after.relations.values()]) == digest(
        [*real.nodes.values(), *real.relations.values()]
    )
    with (SHANXI / "Organisation.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    invented = sum(row["synthetic"] == "true" for row in rows)
    assert gone["Organisation"] == invented > 500
    left = await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS o")
    assert {row["id"] for row in left} == {row["id"] for row in rows if row["synthetic"] != "true"}
    for query in (INVENTED_NODES, INVENTED_EDGES):
        assert (await empty_store.read(query))[0]["left"] == 0
    claims = await empty_store.read("MATCH (c:Claim) RETURN {left: count(*)} AS c")
    with (SHANXI / "Claim.csv").open(encoding="utf-8") as file:
        real = [row for row in csv.DictReader(file) if row["synthetic"] != "true"]
    assert claims[0]["left"] == len(real) == 63
    assert await remove_synthetic(empty_store) == {}
    assert (await versions(empty_store)).settled
