"""Names in the place of ids: whom they mean, in tables and workbooks alike, and why they mean nobody."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.store.store import Store
from loaders.load import load_folder
from loaders.report import Report, TablesRefused
from loaders.rows.batches import UNREAD
from loaders.rows.regions import Gazetteer
from tests.loaders.excel.test_workbook import WHOLE, book, loaded, said

CODE = "91110000600037341L"
REGIONS = (
    "id,name,level\nregion:140000,山西省,PROVINCE\nregion:140400,长治市,CITY\nregion:140431,沁源县,COUNTY\n"
    "region:140300,阳泉市,CITY\nregion:140311,郊区,COUNTY\nregion:340000,安徽省,PROVINCE\n"
    "region:340700,铜陵市,CITY\nregion:340711,郊区,COUNTY\nregion:140431103,郭道镇,TOWNSHIP\n"
)
TABLES = {
    "Region": REGIONS,
    "Product": "id,name,category\nproduct:tea,药茶,FINISHED\n",
    "Town": "id,name,level,status\ntown:t,沁源药茶,COUNTY,CANDIDATE\n",
    "Organisation": (
        "name,form,region,uscc,aliases\n沁源恒达药茶有限公司,公司,沁源,,恒达\n"
        f"瑞丰（集团）有限公司,公司,长治市沁源县,{CODE},\n金鼎药茶专业合作社,合作社,山西省长治市沁源县,,\n"
    ),
}
LOCATED = "MATCH (o:Organisation)-[:LOCATED_IN]->(g:Region) RETURN {name: o.name, region: g.id} AS o"


def write(folder: Path, tables: Mapping[str, str]) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


async def tried(store: Store, folder: Path, tables: Mapping[str, str]) -> Report:
    return await load_folder(store, write(folder, TABLES | tables))


def supplies(*ends: tuple[str, str]) -> Mapping[str, str]:
    rows = "".join(f"{seller},{buyer},药茶,2024,{n}\n" for n, (seller, buyer) in enumerate(ends, 1))
    return {"SUPPLIES": f"from,to,product,year,value\n{rows}"}


async def test_tables_may_name_what_they_refer_to(empty_store: Store, tmp_path: Path):
    ends = (
        ("沁源恒达药茶有限责任公司", "瑞丰(集团)有限公司"),  # the legal form and the brackets differ
        ("恒达药茶有限公司", "金鼎药茶专业合作社"),  # without its county
        (CODE.lower(), "恒达"),  # a code, an alias
    )
    report = await tried(empty_store, tmp_path, supplies(*ends))
    assert [str(r) for r in report.rejections] == []
    sold = await empty_store.read(
        "MATCH (a)-[r:SUPPLIES]->(b) RETURN {value: r.value, ends: [a.name, b.name]} AS s ORDER BY r.value"
    )
    first, second, third = "沁源恒达药茶有限公司", "瑞丰（集团）有限公司", "金鼎药茶专业合作社"
    assert sorted((s["value"], *s["ends"]) for s in sold) == [
        (1.0, first, second),
        (2.0, first, third),
        (3.0, second, first),
    ]
    located = await empty_store.read(LOCATED)
    assert {o["region"] for o in located} == {"region:140431"}
    assert report.taken
    assert sum(n for form, n in report.taken.counts.items() if "只差区划或组织形式" in form) == 2
    assert sum(n for form, n in report.taken.counts.items() if form.startswith("地名")) == 3


async def test_what_is_only_alike_is_proposed_not_taken(empty_store: Store, tmp_path: Path):
    report = await tried(
        empty_store, tmp_path, supplies(("恒达药茶专业合作社", "金鼎药茶专业合作社"), ("金鼎", "恒达"))
    )
    one, two = [r.reason for r in report.rejections]
    assert one.endswith("是否应为 沁源恒达药茶有限公司？")  # another kind of legal form is another firm
    assert two.endswith("是否应为 金鼎药茶专业合作社？")


async def test_a_town_of_the_store_is_proposed_for_its_misspelt_name(empty_store: Store, tmp_path: Path):
    town = "id,name,level,status\ntown:t,定襄法兰,PROVINCIAL,RECOGNISED\n"
    await load_folder(empty_store, written(tmp_path / "first", {"Town": town}))
    asked = {
        "Organisation": "id,name,form\norg:a,甲厂,ENTERPRISE\n",
        "MEMBER_OF": "from,to\norg:a,定襄法蓝\n",
    }
    report = await load_folder(empty_store, written(tmp_path / "second", asked), dry=True)
    assert [r.reason for r in report.rejections] == [
        "没有名为“定襄法蓝”的专业镇：本文件夹和库中都没有；是否应为 定襄法兰？"
    ]


def written(folder: Path, tables: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


async def test_a_row_that_names_a_rejected_one_is_told_the_cause_and_counted(
    empty_store: Store, tmp_path: Path
):
    broken = {"Organisation": TABLES["Organisation"] + "盛源厂,公司,沁原县,,\n"}
    flows = supplies(*(("盛源厂", "恒达"), ("恒达", "盛源厂"), ("金鼎药茶专业合作社", "恒达")))
    report = await tried(empty_store, tmp_path, broken | flows)
    first, *others = report.rejections
    assert str(first).startswith("Organisation.csv:5:region：“沁原县”：没有名为“沁原县”的行政区划：")
    assert first.reason.endswith("是否应为 沁源县？")
    cause = "Organisation.csv 第 5 行"
    told = f"“盛源厂”在 {cause}，该行因 region 被拒绝：请先改正该行"
    assert [(r.reason, r.owing_to) for r in others] == [(told, cause)] * 2
    lines = list(report.lines())
    assert f"  另有 2 行因所指的 {cause} 被拒绝而未装载：改正后再装载即可" in lines
    assert not any("盛源厂" in line for line in lines)


async def test_a_workbook_says_the_cause_with_its_own_places(empty_store: Store, tmp_path: Path):
    firms = [*WHOLE["主体"], ["", "丁厂", "企业", "定让县"]]
    flows = [*WHOLE["供应"], ["丁厂", "丁厂", "法兰", 2024, 1]]
    report = await loaded(empty_store, tmp_path, WHOLE | {"主体": firms, "供应": flows})
    assert said(report) == [
        "book.xlsx:主体!D5：“定让县”：没有名为“定让县”的行政区划：本工作簿和库中都没有；是否应为 定襄县？",
        *(
            f"book.xlsx:供应!{cell}：“丁厂”：“丁厂”在 工作表“主体”第 5 行，该行因“所在县”被拒绝：请先改正该行"
            for cell in ("A3", "B3")
        ),
    ]
    assert report.reasons["供应", 3]
    assert "  另有 1 行因所指的 工作表“主体”第 5 行 被拒绝而未装载：改正后再装载即可" in list(report.lines())


async def test_of_two_places_of_a_name_the_one_in_the_provinces_of_the_files_counts(
    empty_store: Store, tmp_path: Path
):
    rows = {"Organisation": "name,form,region\n甲厂,公司,沁源\n乙厂,公司,郊区\n"}
    report = await tried(empty_store, tmp_path, rows)
    assert report.clean
    assert {o["region"] for o in await empty_store.read(LOCATED)} == {"region:140431", "region:140311"}
    both = {"Organisation": "name,form,region\n丙厂,公司,郊区\n"}
    asked = await tried(empty_store, tmp_path, both)
    (found,) = asked.rejections
    assert "山西省阳泉市郊区（region:140311）、安徽省铜陵市郊区（region:340711）" in found.reason


async def test_an_unread_cell_is_reported_its_row_lives_and_strict_refuses(
    empty_store: Store, tmp_path: Path
):
    flows = {"SUPPLIES": "from,to,product,year,value\n恒达,金鼎药茶专业合作社,药茶,2024,100-150\n"}
    write(tmp_path, TABLES | flows)
    with pytest.raises(TablesRefused):
        await load_folder(empty_store, tmp_path, strict=True)
    report = await load_folder(empty_store, tmp_path)
    (found,) = report.rejections
    assert found.reason.endswith(UNREAD)
    (table,) = [t for t in report.tables if t.file == "SUPPLIES.csv"]
    assert (table.new, table.rejected, table.unread, report.clean) == (1, 0, 1, False)


async def test_a_dry_run_shows_each_cell_that_was_taken(empty_store: Store, tmp_path: Path):
    flows = [
        ["卖方", "买方", "产品", "年份", "金额（万元/年）"],
        ["甲厂", "乙社", "法兰", "2024年度", "1.2亿元"],
    ]
    path = book(tmp_path / "book.xlsx", WHOLE | {"供应": flows})
    assert path.exists()
    report = await loaded(empty_store, tmp_path, WHOLE | {"供应": flows}, dry=True)
    lines = list(report.lines())
    assert "已读懂：1 格金额按“亿元”后缀换算" in lines
    assert "  book.xlsx:供应!E2：“1.2亿元” → 120000000（金额按“亿元”后缀换算）" in lines


async def test_of_two_rows_with_one_key_the_first_stays_and_the_difference_is_told(
    empty_store: Store, tmp_path: Path
):
    rows = "恒达,金鼎药茶专业合作社,药茶,2024,1\n恒达,金鼎药茶专业合作社,药茶,2024,2\n"
    report = await tried(empty_store, tmp_path, {"SUPPLIES": f"from,to,product,year,value\n{rows}"})
    (found,) = report.rejections
    assert "已保留第 2 行；不同处：value “1” → “2”" in found.reason


async def test_unknown_numbers_are_proposed_by_what_identifies(empty_store: Store, tmp_path: Path):
    firms = {"Organisation": "id,name,form\norg:688063.sh,甲厂,公司\norg:600001.sz,乙厂,公司\n"}
    flows = {
        "SUPPLIES": "from,to,product,year\norg:688063.sz,org:688063.sh,药茶,2024\n"
        "org:300363.sz,org:688063.sh,药茶,2024\n"
    }
    report = await tried(empty_store, tmp_path, firms | flows)
    same, none = [r.reason for r in report.rejections]
    assert same.endswith("是否应为 org:688063.sh？")
    assert "是否" not in none


def test_places_are_found_by_path_and_only_along_it():
    shanxi = [
        ("region:140000", "山西省", ["山西"]),
        ("region:140400", "长治市", []),
        ("region:140431", "沁源县", []),
        ("region:140900", "忻州市", []),
        ("region:140431103", "郭道镇", []),
    ]
    gazetteer = Gazetteer.of(shanxi)
    for text in ("沁源", "沁源县", "长治沁源", "山西省长治市沁源县", "山西 沁源", "山西省-长治市-沁源县"):
        assert gazetteer.find(text).ids == ("region:140431",), text
    assert gazetteer.find("忻州市沁源县").ids == ()  # it does not lie there
    assert gazetteer.find("沁源县郭道镇").ids == ("region:140431103",)
    township = gazetteer.find("沁源县聪子峪乡")
    assert (township.ids, township.beyond) == (("region:140431",), "聪子峪乡")
    assert gazetteer.find("长治市聪子峪乡").ids == ()  # which county is not said
