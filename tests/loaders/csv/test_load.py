"""A load adds what tables say, once, and never takes away."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from graph.edits.lock import beat, take
from graph.errors import StoreConflict
from graph.snapshot.taking import take_snapshot
from graph.store.store import Statement, Store
from graph.store.versions import versions
from loaders.load import load_folder
from loaders.report import Report

CODE = "91110000600037341L"
TABLES = {
    "Region": "id,name,level\nregion:140921,定襄县,COUNTY\n",
    "Product": "id,name,category\nproduct:flange,法兰,FINISHED\n",
    "Source": "id,name,grade\nsource:s,公报,B\n",
    "Organisation": (
        "id,name,form,uscc,region,foundedOn,aliases\n"
        f"org:a,甲（集团）公司,ENTERPRISE,{CODE},region:140921,2001-02-03,甲|甲集团\n"
        ",乙合作社,COOPERATIVE,,region:140921,,\n"
    ),
    "Claim": "subject,metric,value,unit,source,year\norg:a,REVENUE,2.3,亿元,source:s,2024\n",
    "SUPPLIES": f"from,to,product,year,value,source\norg:b,{CODE},product:flange,2023,100,source:s\n",
}
ORGANISATION = "MATCH (o:Organisation {id: $id}) RETURN o {.*} AS o"


def write(folder: Path, tables: Mapping[str, str]) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    named = {"Organisation": TABLES["Organisation"] + "org:b,丙厂,ENTERPRISE,,,,\n"}
    return write(tmp_path, TABLES | named)


def counts(report: Report) -> tuple[int, int, int, int]:
    tables = report.tables
    return (
        sum(t.new for t in tables),
        sum(t.changed for t in tables),
        sum(t.same for t in tables),
        sum(t.rejected for t in tables),
    )


async def organisation(store: Store, id: str) -> dict:
    return (await store.read(ORGANISATION, id=id))[0]


async def test_a_load_says_what_is_new(empty_store: Store, folder: Path):
    report = await load_folder(empty_store, folder)
    assert report.clean
    assert counts(report) == (8, 0, 0, 0)
    stored = await organisation(empty_store, "org:a")
    assert stored["aliases"] == ["甲", "甲集团"]
    assert stored["foundedOn"] == date(2001, 2, 3)
    flow = "MATCH (a)-[r:SUPPLIES]->(b) RETURN {from: a.id, to: b.id, key: r.key, value: r.value} AS r"
    assert await empty_store.read(flow) == [
        {"from": "org:b", "to": "org:a", "key": "product:flange|2023|source:s", "value": 100.0}
    ]
    located = "MATCH (a)-[r:LOCATED_IN {key: '-'}]->(b:Region) RETURN {id: a.id} AS r"
    assert len(await empty_store.read(located)) == 2


async def test_a_claim_is_stored_in_its_unit_with_the_grade_of_its_source(empty_store: Store, folder: Path):
    await load_folder(empty_store, folder)
    (claim,) = await empty_store.read(
        "MATCH (s:Source)<-[:FROM]-(c:Claim)-[:ABOUT]->(:Organisation) RETURN c {.*} AS c"
    )
    assert (claim["value"], claim["unit"], claim["grade"]) == (230_000_000, "YUAN", "B")
    assert claim["recordedOn"] == date.today()  # noqa: DTZ011 - the office's own day


async def test_a_second_load_changes_nothing(empty_store: Store, folder: Path):
    await load_folder(empty_store, folder)
    before = await versions(empty_store)
    report = await load_folder(empty_store, folder)
    after = await versions(empty_store)
    assert counts(report) == (0, 0, 8, 0)
    assert (before.version, before.writes) == (1, after.writes)
    assert (await take_snapshot(empty_store)).newest_year == 2024
    assert (after.version, after.loading) == (1, None)


async def test_a_blank_cell_never_erases(empty_store: Store, folder: Path):
    await load_folder(empty_store, folder)
    write(folder, {"Organisation": "id,name,form,uscc,address\norg:a,甲（集团）公司,企业,,定襄县城\n"})
    report = await load_folder(empty_store, folder)
    assert next(t for t in report.tables if t.file == "Organisation.csv").changed == 1
    stored = await organisation(empty_store, "org:a")
    assert (stored["uscc"], stored["address"]) == (CODE, "定襄县城")


async def test_a_load_keeps_what_it_changed(empty_store: Store, folder: Path):
    await load_folder(empty_store, folder)
    write(folder, {"Organisation": "id,name,form,foundedOn\norg:a,甲新公司,企业,2001-02-04\n"})
    report = await load_folder(empty_store, folder)
    parts = await empty_store.read("MATCH (p:ChangePart {owner: $o}) RETURN p {.*} AS p", o=report.load)
    assert [(p["id"], p["table"], p["new"]) for p in parts] == [(f"{report.load}/000001", "Organisation", [])]
    assert parts[0]["changed"] == '{"org:a":{"name":"甲（集团）公司","foundedOn":"2001-02-03"}}'
    (load,) = await empty_store.read("MATCH (l:Load {id: $id}) RETURN l {.*} AS l", id=report.load)
    assert (load["status"], load["changed"], len(load["files"])) == ("DONE", 1, 6)


async def test_an_organisation_without_id_is_known_by_county_form_and_name(
    empty_store: Store, tmp_path: Path
):
    head = "name,form,region\n"
    write(tmp_path, TABLES | {"Organisation": head + "甲（集团）公司,企业,region:140921\n"})
    for name in ("Claim", "SUPPLIES"):
        (tmp_path / f"{name}.csv").unlink()
    assert counts(await load_folder(empty_store, tmp_path)) == (4, 0, 0, 0)
    write(tmp_path, {"Organisation": head + "甲 (集团) 公司,企业,region:140921\n"})
    assert counts(await load_folder(empty_store, tmp_path)) == (0, 1, 3, 0)  # only the spelling of its name


async def test_a_code_known_to_the_store_stands_for_its_organisation(empty_store: Store, folder: Path):
    await load_folder(empty_store, folder)
    write(folder, {"Organisation": f"id,name,form,uscc\n,甲新公司,企业,{CODE}\norg:z,丁厂,企业,{CODE}\n"})
    report = await load_folder(empty_store, folder)
    (rejection,) = report.rejections
    assert (rejection.row, rejection.column) == (3, "uscc")
    assert "org:a" in rejection.reason
    assert (await organisation(empty_store, "org:a"))["name"] == "甲新公司"


async def test_references_may_lie_in_the_store(empty_store: Store, folder: Path):
    await load_folder(empty_store, folder)
    for path in folder.iterdir():
        path.unlink()
    write(folder, {"SUPPLIES": f"from,to,product,year,value\n{CODE},org:b,product:flange,2025,7\n"})
    report = await load_folder(empty_store, folder)
    assert counts(report) == (1, 0, 0, 0)
    assert (await take_snapshot(empty_store)).newest_year == 2025


async def test_small_batches_come_to_the_same(empty_store: Store, folder: Path):
    seen: list[tuple[str, int, int, int]] = []
    report = await load_folder(empty_store, folder, batch=1, progress=lambda *said: seen.append(said))
    assert counts(report) == (8, 0, 0, 0)
    assert [rows for _, _, _, rows in seen] == list(range(1, 9))
    assert [name for name, *_ in seen].count("Organisation.csv") == 3
    size = sum(path.stat().st_size for path in folder.glob("*.csv"))
    done = [done for _, done, _, _ in seen]
    assert done == sorted(done)
    assert (done[-1], {total for _, _, total, _ in seen}) == (size, {size})


async def test_a_load_beside_a_live_one_is_refused(empty_store: Store, folder: Path, monkeypatch):
    await empty_store.write(take("load:other", await versions(empty_store)))
    beats = iter(range(3))

    async def moved(_: float) -> None:
        next(beats)
        await empty_store.write(beat("load:other"))

    await empty_store.write(Statement("MATCH (m:Meta) SET m.beatAt = m.beatAt - 5000"))
    monkeypatch.setattr("graph.edits.lock.asyncio.sleep", moved)
    with pytest.raises(StoreConflict, match="load:other"):
        await load_folder(empty_store, folder)


async def test_the_record_of_a_load_keeps_its_report(empty_store: Store, tmp_path: Path):
    (tmp_path / "Product.csv").write_text(
        "id,name,category\nproduct:a,甲,FINISHED\nproduct:b,乙,GOOD\n", "utf-8"
    )
    report = await load_folder(empty_store, tmp_path)
    (load,) = await empty_store.read("MATCH (l:Load) RETURN l {.*} AS load")
    assert load["id"] == report.load
    assert load["report"].splitlines() == list(report.lines())
    assert "Product.csv:3:category：“GOOD”" in load["report"]
