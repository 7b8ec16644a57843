"""The country's own tables are whole, agree with the demo's, and come with the first load that needs them."""

from collections import Counter
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from dev.shanxi.book import TABLES, read
from graph.edits.undo import undo_load
from graph.store.store import Store
from loaders.country.divisions import divisions, industry_parts, industry_rows, region_parts, region_rows
from loaders.excel.workbook import load_workbook
from loaders.load import load_folder

COUNT = "MATCH (n:{}) RETURN {{count: count(n)}} AS n"


async def count(store: Store, label: str) -> int:
    return (await store.read(COUNT.format(label)))[0]["count"]


def folder(path: Path, **tables: str) -> Path:
    path.mkdir(exist_ok=True)
    for label, text in tables.items():
        (path / f"{label}.csv").write_text(text, "utf-8")
    return path


def test_all_divisions_are_there_each_within_its_own():
    """At the end of 2024 the ministry counted 34 provinces, 333 cities and 2,846 counties."""
    levels = Counter(one.level for one in divisions().values())
    assert levels == {"PROVINCE": 34, "CITY": 333, "COUNTY": 2_846}
    for one in divisions().values():
        above = divisions()[one.above] if one.above else None
        assert (above is None) == (one.level == "PROVINCE")
        if above:
            assert above.province == one.province
            assert (one.level, above.level) != ("CITY", "CITY")
            assert above.level == "PROVINCE" or one.code[:4] == above.code[:4]
    assert Counter(one.code[:2] for one in divisions().values() if one.level == "COUNTY")["14"] == 117


def test_the_demo_says_the_same_of_its_regions_and_industries():
    """Its two invented counties and the stand-in for abroad aside; so a load on top of it changes nothing."""
    invented = {"region:149901", "region:149902", "region:990000"}
    here = {row["id"]: row for row in region_rows({one.province for one in divisions().values()})}
    for row in read(TABLES / "Region.csv"):
        if row["id"] not in invented:
            assert {name: row[name] for name in here[row["id"]]} == here[row["id"]]
    known = {row["id"] for row in read(TABLES / "Region.csv")} - invented
    parts = {
        (row["from"], row["to"]): row for row in read(TABLES / "PART_OF.csv") if row["from"] not in invented
    }
    ours = [p for p in region_parts({"140000"}) if p["from"] in known] + list(industry_parts())
    assert {(p["from"], p["to"]) for p in ours} == parts.keys()
    assert [row["id"] for row in industry_rows()] == [row["id"] for row in read(TABLES / "Industry.csv")]


async def test_the_first_load_of_an_empty_store_brings_what_it_refers_to(empty_store: Store, tmp_path: Path):
    rows = "name,form,region\n甲厂,ENTERPRISE,region:140921\n乙厂,ENTERPRISE,region:140922\n"
    given = folder(tmp_path / "a", Organisation=rows)
    dry = await load_folder(empty_store, given, dry=True)
    assert dry.clean
    assert "装载时会" in dry.notes[0]
    assert await count(empty_store, "Region") == 0
    report = await load_folder(empty_store, given)
    assert report.clean
    assert "山西省的行政区划 129 个（2024 年末）：已从软件自带的全国表补入" in report.notes[0]
    assert await count(empty_store, "Region") == 1 + 11 + 117
    assert await count(empty_store, "Industry") == 0
    up = (
        "MATCH (:Region {id: 'region:140921'})-[:PART_OF]->(c)-[:PART_OF]->(p)"
        " RETURN {c: c.name, p: p.name} AS r"
    )
    assert await empty_store.read(up) == [{"c": "忻州市", "p": "山西省"}]
    again = await load_folder(empty_store, given)
    assert (again.written, again.notes) == (0, ())


@pytest.mark.parametrize("written", ["沁源", "长治市沁源县", "山西沁源", "沁源县郭道镇", "140431"])
async def test_a_new_store_finds_a_county_as_people_write_it(
    empty_store: Store, tmp_path: Path, written: str
):
    """A check, a strict load and a load are of one mind, though a check brings nothing."""
    with Workbook(tmp_path / "台账.xlsx") as made:
        for name, rows in {
            "主体": [["主体名称", "主体形式", "所在县"], ["甲厂", "公司", written]],
            "主体从事的行业": [["主体", "国民经济行业"], ["甲厂", "锻件及粉末冶金制品制造"]],
        }.items():
            for number, row in enumerate(rows):
                (made.get_worksheet_by_name(name) or made.add_worksheet(name)).write_row(number, 0, row)
    dry = await load_workbook(empty_store, tmp_path / "台账.xlsx", dry=True)
    assert (list(dry.rejections), dry.clean) == ([], True)
    assert await count(empty_store, "Region") == 0
    report = await load_workbook(empty_store, tmp_path / "台账.xlsx", strict=True)
    assert (list(report.rejections), report.clean) == ([], True)
    assert dry.taken
    assert report.taken
    assert dry.taken.counts == report.taken.counts
    where = "MATCH (o:Organisation)-[:LOCATED_IN]->(g) RETURN {id: g.id} AS o"
    assert await empty_store.read(where) == [{"id": "region:140431"}]
    does = "MATCH (o:Organisation)-[:ENGAGES_IN]->(i) RETURN {id: i.id} AS o"
    assert await empty_store.read(does) == [{"id": "industry:4754-2017:3393"}]


async def test_a_new_store_asks_back_what_several_places_are_called(empty_store: Store, tmp_path: Path):
    rows = "name,form,region\n甲厂,ENTERPRISE,郊区\n"
    report = await load_folder(empty_store, folder(tmp_path / "a", Organisation=rows))
    assert [r.reason.partition("；")[2] for r in report.rejections] == [
        "是否应为 山西省阳泉市郊区、黑龙江省佳木斯市郊区、安徽省铜陵市郊区？"
    ]
    named = "name,form,region\n甲厂,ENTERPRISE,山西省阳泉市郊区\n"
    assert (await load_folder(empty_store, folder(tmp_path / "b", Organisation=named))).clean


async def test_its_undo_leaves_them_to_those_who_came_later(empty_store: Store, tmp_path: Path):
    first = await load_folder(
        empty_store, folder(tmp_path / "a", Organisation="name,form,region\n甲厂,ENTERPRISE,region:140921\n")
    )
    await load_folder(
        empty_store, folder(tmp_path / "b", Organisation="name,form,region\n乙厂,ENTERPRISE,region:140921\n")
    )
    assert first.load
    await undo_load(empty_store, first.load)
    assert await count(empty_store, "Organisation") == 1
    assert await count(empty_store, "Region") == 129


async def test_what_the_rows_or_the_store_say_of_a_region_stays(empty_store: Store, tmp_path: Path):
    own = "id,name,level\nregion:140921,定襄（本表）,COUNTY\n"
    rows = "name,form,region\n甲厂,ENTERPRISE,region:140921\n"
    await load_folder(empty_store, folder(tmp_path / "a", Region=own, Organisation=rows))
    assert await count(empty_store, "Region") == 1
    rows = "name,form,region\n乙厂,ENTERPRISE,region:140922\n丙厂,ENTERPRISE,region:999999\n"
    industry = "from,to,source\norg:x,industry:4754-2017:3391,\n"
    report = await load_folder(empty_store, folder(tmp_path / "b", Organisation=rows, ENGAGES_IN=industry))
    names = "MATCH (r:Region {id: 'region:140921'}) RETURN {name: r.name} AS r"
    assert await empty_store.read(names) == [{"name": "定襄（本表）"}]
    assert (await count(empty_store, "Region"), await count(empty_store, "Industry")) == (129, 1_971)
    assert [r.value for r in report.rejections] == ["region:999999", "org:x"]
