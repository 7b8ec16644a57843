"""What Excel does not show is loaded like the rest, and never in silence."""

from pathlib import Path
from shutil import copy
from typing import Literal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import LoadRefused
from graph.store.store import Store
from loaders.excel.name_list import lines_of
from loaders.excel.workbook import load_workbook, read_workbook

REGIONS = [["标识", "名称", "行政区划级别"], ["region:140921", "定襄县", "县级"]]
FIRMS = [
    ["主体名称", "主体形式", "所在县", "成立日期"],
    *([f"{name}厂", "企业", "定襄县", "2022-09-14"] for name in "甲乙丙丁"),
]


def sheet(book: Workbook, name: str, rows: list[list[str]]) -> Worksheet:
    made = book.create_sheet(name)
    for row in rows:
        made.append(row)
    return made


@pytest.fixture
def book() -> Workbook:
    made = Workbook()
    made.remove(made.worksheets[0])
    sheet(made, "行政区划", REGIONS)
    return made


def saved(book: Workbook, folder: Path) -> Path:
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


async def firms(store: Store) -> list[str]:
    rows = await store.read("MATCH (o:Organisation) RETURN {name: o.name} AS o ORDER BY o.name")
    return sorted(row["name"] for row in rows)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
async def test_a_hidden_sheet_is_loaded_and_named(
    empty_store: Store, book: Workbook, tmp_path: Path, state: Literal["hidden", "veryHidden"]
):
    sheet(book, "主体", FIRMS).sheet_state = state
    for dry in (True, False):
        report = await load_workbook(empty_store, saved(book, tmp_path), dry=dry)
        assert report.clean, list(report.lines())
        assert report.notes[:1] == ("主体：这张工作表是隐藏的，其中 4 行照常读取；不要的请删去工作表",)
    assert report.notes[0] in "\n".join(report.lines())
    assert await firms(empty_store) == ["丁厂", "丙厂", "乙厂", "甲厂"]


async def test_rows_that_a_filter_leaves_out_are_loaded_and_counted(
    empty_store: Store, book: Workbook, tmp_path: Path
):
    made = sheet(book, "主体", FIRMS)
    made.auto_filter.ref = "A1:D5"
    made.auto_filter.add_filter_column(0, ["甲厂", "丙厂"])
    for row in (3, 5, 9):  # of the last nothing is to be said: it is empty
        made.row_dimensions[row].hidden = True
    report = await load_workbook(empty_store, saved(book, tmp_path))
    assert report.clean
    assert report.notes == ("主体：2 行是隐藏或被筛选掉的（第 3、5 行），照常读取；不要的请删去",)
    assert len(await firms(empty_store)) == 4


def test_hidden_columns_with_something_in_them_are_named(book: Workbook, tmp_path: Path):
    rows = [[*row, "", "x"] for row in FIRMS]
    rows[0][4:] = ["备注", "简称"]
    made = sheet(book, "主体", rows)
    made.column_dimensions.group("C", "E", hidden=True)
    book.active = 0
    assert read_workbook(saved(book, tmp_path)).notes == [
        "主体：隐藏的列“所在县、成立日期”照常读取；不要的请删去"
    ]


def test_what_is_all_seen_has_nothing_said(book: Workbook, tmp_path: Path):
    made = sheet(book, "主体", FIRMS)
    made.row_dimensions[3].height = 30
    made.column_dimensions["B"].width = 40
    assert read_workbook(saved(book, tmp_path)).notes == []


def test_a_hidden_sheet_that_is_no_table_is_a_note_and_no_fault(book: Workbook, tmp_path: Path):
    sheet(book, "下拉选项", [["企业"], ["机构"]]).sheet_state = "hidden"
    found = read_workbook(saved(book, tmp_path))
    assert found.strangers == []
    (told,) = found.notes
    assert told.startswith("下拉选项：这张工作表是隐藏的，没有这种表，未装载；")


def test_of_two_sheets_of_one_kind_the_hidden_one_is_said_to_be(book: Workbook, tmp_path: Path):
    sheet(book, "主体", FIRMS)
    sheet(book, "Organisation", FIRMS).sheet_state = "hidden"
    found = read_workbook(saved(book, tmp_path))
    troubles = {page.sheet: page.trouble for page in found.pages if page.trouble}
    assert "与工作表“Organisation（隐藏）”同为主体表，都未装载" in troubles["主体"]
    assert not [note for note in found.notes if "照常读取" in note]


def test_a_list_of_names_is_what_is_seen(tmp_path: Path):
    made = Workbook()
    made.worksheets[0].title = "旧名单"
    made.worksheets[0].append(["旧厂"])
    sheet(made, "名单", [["甲厂"], ["乙厂"]])
    made.active = 1
    made.worksheets[0].sheet_state = "hidden"
    assert lines_of(saved(made, tmp_path)) == ["甲厂", "乙厂"]
    del made["名单"]
    sheet(made, "空", [])
    with pytest.raises(LoadRefused, match="隐藏的不读"):
        lines_of(saved(made, tmp_path))


def test_the_old_format_says_what_it_can_not_see(tmp_path: Path):
    path = Path(copy(Path(__file__).parent / "old.xls", tmp_path / "台账.xls"))
    assert "删除线与隐藏的行列看不到（其中的内容也会装载）" in read_workbook(path).notes[0]
