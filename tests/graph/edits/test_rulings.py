"""What stewards rule changes the graph, is heeded by later loads, and can be taken back row by row."""

import pytest

from graph.edits.neighbourhood import Place, only_between
from graph.edits.rulings import Correct, Grounds, Merge, Pin, Retract, SetApart, rule
from graph.edits.undo import undo_load, undo_ruling
from graph.edits.upsert import NodeRow
from graph.errors import BadInput, NotFound
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.relations import MemberOf
from graph.snapshot.claims import Measure, figure
from graph.snapshot.taking import take_snapshot
from loaders.export.export import export
from loaders.load import load_folder
from loaders.rows.correction import correction

WHY = Grounds("核对营业执照", "定襄县工信局")
TABLES = {
    "Region": "id,name,level,formerCodes\nregion:140000,山西省,PROVINCE,\n"
    "region:140703,太谷区,COUNTY,140726\n",
    "PART_OF": "from,to\nregion:140703,region:140000\n",
    "Source": "id,name,grade,publishedOn\nsource:a,公报,A,2024-02-01\nsource:b,报道,B,2024-03-01\n",
    "Product": "id,name,category\nproduct:flange,法兰,FINISHED\n",
    "Town": "id,name,level,status\ntown:t,太谷玛钢,PROVINCIAL,RECOGNISED\n",
    "LIES_IN": "from,to\ntown:t,region:140703\n",
    "Organisation": "id,name,form,region,foundedOn\norg:a,甲公司,ENTERPRISE,region:140703,\n"
    "org:b,甲有限公司,ENTERPRISE,region:140703,2001-05-06\norg:c,丙公司,ENTERPRISE,region:140703,\n",
    "MEMBER_OF": "from,to,since\norg:a,town:t,2020\norg:b,town:t,2021\norg:c,town:t,2020\n",
    "SUPPLIES": "from,to,product,year,value,source\n"
    "org:b,org:c,product:flange,2023,100,source:a\norg:b,org:a,product:flange,2023,7,source:a\n"
    "org:a,org:c,product:flange,2024,50,source:a\norg:c,org:b,product:flange,2024,9,source:b\n",
    "Claim": "subject,metric,value,unit,year,source\norg:a,REVENUE,100,YUAN,2023,source:a\n"
    "org:b,REVENUE,300,YUAN,2023,source:b\norg:b,REVENUE,5,YUAN,2022,source:b\n"
    "town:t,OUTPUT_VALUE,1000,YUAN,2023,source:a\ntown:t,OUTPUT_VALUE,2000,YUAN,2024,source:b\n"
    "town:t,OUTPUT_VALUE,3000,YUAN,2024,source:a\n",
}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "tables"
    made.mkdir()
    for name, text in TABLES.items():
        (made / f"{name}.csv").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
async def loaded(empty_store, folder):
    report = await load_folder(empty_store, folder)
    assert report.clean, list(report.lines())
    return empty_store


async def made(store, asked, grounds=WHY):
    """A ruling that was made."""
    return await rule(store, asked, grounds, correction)


async def rows(store, tmp_path, name):
    """Everything in the store as tables, but for what stewards have ruled."""
    export(await take_snapshot(store), tmp_path / name)
    files = sorted((tmp_path / name).glob("*.csv"))
    return {f.stem: sorted(f.read_text("utf-8").splitlines()) for f in files if f.stem != "Ruling"}


async def chosen(store, as_of):
    """The town's output as it counts in a year."""
    snapshot = await take_snapshot(store)
    found = figure(snapshot, snapshot.row_of("town:t"), Measure(Metric.OUTPUT_VALUE), as_of)
    return found.value


async def test_a_pinned_figure_counts_until_a_later_year_comes(loaded, folder, tmp_path):
    before = await rows(loaded, tmp_path, "before")
    assert await chosen(loaded, 2024) == 3000
    ids = {c.value: c.id for c in await claims_of(loaded)}
    ruled = await made(loaded, Pin(ids[1000.0]))
    assert (await chosen(loaded, 2024), await chosen(loaded, 2023)) == (1000, 1000)
    (folder / "Claim.csv").write_text(
        TABLES["Claim"] + "town:t,OUTPUT_VALUE,4000,YUAN,2025,source:b\n", encoding="utf-8"
    )
    report = await load_folder(loaded, folder)
    assert (await chosen(loaded, 2024), await chosen(loaded, 2025)) == (1000, 4000)
    again = await made(loaded, Pin(ids[2000.0]))
    assert (await chosen(loaded, 2024), await chosen(loaded, 2025)) == (2000, 2000)
    with pytest.raises(BadInput, match="之后的 ruling:"):
        await undo_ruling(loaded, ruled.ruling)
    await undo_ruling(loaded, again.ruling)
    assert await chosen(loaded, 2025) == 4000
    await undo_load(loaded, report.load)
    await undo_ruling(loaded, ruled.ruling)
    assert await rows(loaded, tmp_path, "after") == before


async def test_a_merged_organisation_answers_by_both_ids_and_loads_heed_it(loaded, folder, tmp_path):
    before = await rows(loaded, tmp_path, "before")
    ruled = await made(loaded, Merge("org:b", "org:a"))
    assert (
        ruled.lines()[0]
        == "org:b 已并入 org:a：转移关系 2 条、事实 2 条；3 条因保留方已有而未转移，留在裁定记录中"
    )
    snapshot = await take_snapshot(loaded)
    assert snapshot.find("org:b") == snapshot.find("org:a") is not None
    kept = snapshot.entity(snapshot.row_of("org:a"))
    assert (kept.name, kept.aliases, str(kept.founded_on)) == ("甲公司", ["甲有限公司"], "2001-05-06")
    flows = {(e.start, e.end, e.value) for e in edges(snapshot, "SUPPLIES")}
    assert flows == {("org:a", "org:c", 100), ("org:a", "org:c", 50), ("org:c", "org:a", 9)}
    assert [e.since for e in edges(snapshot, "MEMBER_OF") if e.start == "org:a"] == [2020]
    assert len(list(edges(snapshot, "LOCATED_IN"))) == 2
    values = {(c.subject, c.value) for c in await claims_of(loaded)}
    assert {("org:a", 100.0), ("org:a", 300.0), ("org:a", 5.0)} <= values

    report = await load_folder(loaded, folder)
    by_table = {t.file: (t.new, t.changed, t.same, t.held, t.rejected) for t in report.tables}
    assert by_table["Organisation.csv"] == (0, 0, 2, 1, 0)
    assert by_table["Claim.csv"] == (0, 0, 6, 0, 0)
    assert any("是 org:a 的曾用标识" in str(w) for w in report.warnings)

    with pytest.raises(NotFound):
        await made(loaded, Merge("org:b", "org:c"))
    if report.written:
        await undo_load(loaded, report.load)
    undone = await undo_ruling(loaded, ruled.ruling)
    assert undone.lines()[0].startswith("已撤销裁定")
    assert await rows(loaded, tmp_path, "after") == before
    assert (await take_snapshot(loaded)).find("org:b") != (await take_snapshot(loaded)).find("org:a")


async def test_two_ruled_apart_are_not_merged(loaded):
    ruled = await made(loaded, SetApart("org:b", "org:a"))
    with pytest.raises(BadInput, match=f"先撤销 {ruled.ruling}"):
        await made(loaded, Merge("org:a", "org:b"))
    await undo_ruling(loaded, ruled.ruling)
    with pytest.raises(BadInput, match="已经撤销"):
        await undo_ruling(loaded, ruled.ruling)
    await made(loaded, Merge("org:a", "org:b"))


async def test_a_retracted_row_stays_out_of_later_loads(loaded, folder, tmp_path):
    before = await rows(loaded, tmp_path, "before")
    one = await made(loaded, Retract(Place(None, "SUPPLIES", "org:a", "org:c")))
    claim = next(c.id for c in await claims_of(loaded) if c.value == 3000)
    two = await made(loaded, Retract(Place(claim)))
    three = await made(loaded, Retract(Place("org:b")))
    assert "连同关系" in three.lines()[0]
    report = await load_folder(loaded, folder)
    held = {t.file: t.held for t in report.tables if t.held}
    assert held == {"Organisation.csv": 1, "SUPPLIES.csv": 1, "Claim.csv": 1}
    assert any(one.ruling in str(w) and "核对营业执照" in str(w) for w in report.warnings)
    rejected = {t.file: t.rejected for t in report.tables if t.rejected}
    assert set(rejected) == {"MEMBER_OF.csv", "SUPPLIES.csv", "Claim.csv"}, "org:b is not there any more"
    for ruled in (three, two, one):
        await undo_ruling(loaded, ruled.ruling)
    assert await rows(loaded, tmp_path, "after") == before


async def test_what_others_name_cannot_be_retracted(loaded):
    with pytest.raises(BadInput, match="还有 6 行以 source:a 为来源"):
        await made(loaded, Retract(Place("source:a")))
    with pytest.raises(BadInput, match="还有 4 行以 product:flange"):
        await made(loaded, Retract(Place("product:flange")))


async def test_a_correction_is_checked_as_a_load_is_and_stays(loaded, folder, tmp_path):
    before = await rows(loaded, tmp_path, "before")
    claim = next(c.id for c in await claims_of(loaded) if c.value == 3000)
    row = NodeRow(claim)
    for cells, wrong in (
        ({"value": "-3"}, "不能为负数"),
        ({"value": "三"}, "cells.value"),
        ({"year": "2020"}, "决定这是哪一行"),
        ({"sum": "1"}, "没有这一列"),
        ({"value": "3000"}, "与图中的内容相同"),
        ({}, "至少应给出"),
    ):
        with pytest.raises(BadInput, match=wrong):
            await correction(loaded, Claim, row, cells)
    with pytest.raises(NotFound):
        await correction(loaded, Claim, NodeRow("claim:none"), {"value": "1"})
    cells = {"value": "0.35", "unit": "万元", "note": "原文少写一位"}
    ruled = await made(loaded, Correct(Place(claim), cells))
    assert await chosen(loaded, 2024) == 3500
    report = await load_folder(loaded, folder)
    assert not report.written
    assert any("更正为“3500.0”" in str(w) for w in report.warnings)
    member = await only_between(loaded, MemberOf, "org:c", "town:t")
    place = Place(None, "MEMBER_OF", "org:c", "town:t")
    other = await made(loaded, Correct(place, {"until": "2024"}))
    with pytest.raises(BadInput, match="应晚于 since"):
        await correction(loaded, MemberOf, member, {"until": "2019"})
    for undone in (other, ruled):
        await undo_ruling(loaded, undone.ruling)
    assert await rows(loaded, tmp_path, "after") == before


async def test_a_former_region_code_is_loaded_as_the_region_of_today(loaded, folder):
    (folder / "Organisation.csv").write_text(
        TABLES["Organisation"] + "org:d,丁公司,ENTERPRISE,region:140726,\n", encoding="utf-8"
    )
    report = await load_folder(loaded, folder)
    assert report.clean
    assert any("region:140726" in str(w) and "region:140703" in str(w) for w in report.warnings)
    snapshot = await take_snapshot(loaded)
    assert ("org:d", "region:140703") in {(e.start, e.end) for e in edges(snapshot, "LOCATED_IN")}
    assert snapshot.find("region:140726") == snapshot.find("region:140703")


async def test_a_ruling_wants_a_reason_and_something_to_rule(loaded):
    with pytest.raises(BadInput, match="reason"):
        await made(loaded, SetApart("org:a", "org:b"), Grounds("  "))
    for wrong in (SetApart("org:a", "org:a"), Merge("org:a", "town:t")):
        with pytest.raises(BadInput):
            await made(loaded, wrong)
    with pytest.raises(NotFound):
        await made(loaded, Pin("claim:none"))


def edges(snapshot, label):
    return (snapshot.edge(label, place) for place in range(len(snapshot.relations[label])))


async def claims_of(store):
    snapshot = await take_snapshot(store)
    return [snapshot.entity(row) for row in snapshot.nodes["Claim"].rows]
