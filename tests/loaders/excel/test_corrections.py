"""Mended rows replace what they correct, and an undo gives it back."""

from pathlib import Path

from xlsxwriter import Workbook

from graph.edits.undo import undo_load
from graph.store.store import Store
from loaders.excel.book_report import BookReport
from loaders.excel.workbook import load_workbook

FIRMS = [
    ["主体名称", "主体形式", "所在县", "更正"],
    ["甲厂", "企业", "定襄县", ""],
    ["乙厂", "企业", "定襄县", ""],
]
PRODUCTS = [["产品名称", "产品或环节类别"], ["法兰", "最终产品"]]
FLOWS = [["卖方", "买方", "产品", "年份", "金额（万元/年）", "更正"], ["甲厂", "乙厂", "法兰", 2023, 10, ""]]
LINES = (
    "MATCH (a)-[r:SUPPLIES]->(b)"
    " RETURN {a: a.name, b: b.name, year: r.year, value: r.value} AS r ORDER BY r.year"
)
NAMED = "MATCH (o:Organisation) RETURN {id: o.id, name: o.name} AS o ORDER BY o.name"
PLACES = "MATCH (o:Organisation {name: $name})-[:LOCATED_IN]->(r:Region) RETURN {name: r.name} AS r"


def book(path: Path, **sheets: list[list[object]]) -> Path:
    with Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


async def first(store: Store, tmp_path: Path) -> BookReport:
    report = await load_workbook(store, book(tmp_path / "台账.xlsx", 主体=FIRMS, 产品=PRODUCTS, 供应=FLOWS))
    assert report.clean, list(report.lines())
    return report


async def test_a_mended_year_leaves_one_line_and_undo_the_old_one(empty_store: Store, tmp_path: Path):
    await first(empty_store, tmp_path)
    before = await empty_store.read(LINES)
    mended = [FLOWS[0], ["甲厂", "乙厂", "法兰", 2024, 10, "是"]]
    report = await load_workbook(empty_store, book(tmp_path / "台账.xlsx", 供应=mended))
    assert report.clean
    assert await empty_store.read(LINES) == [{"a": "甲厂", "b": "乙厂", "year": 2024, "value": 100_000.0}]
    assert [table.replaced for table in report.tables] == [1]
    assert "已撤下" in report.warnings[0].reason
    assert report.load
    await undo_load(empty_store, report.load)
    assert await empty_store.read(LINES) == before


async def test_without_the_mark_a_second_year_is_a_second_line(empty_store: Store, tmp_path: Path):
    await first(empty_store, tmp_path)
    await load_workbook(
        empty_store, book(tmp_path / "台账.xlsx", 供应=[FLOWS[0], ["甲厂", "乙厂", "法兰", 2024, 10, ""]])
    )
    assert [row["year"] for row in await empty_store.read(LINES)] == [2023, 2024]


async def test_a_mended_name_makes_no_second_firm(empty_store: Store, tmp_path: Path):
    """Its flows stay its own; where it is moves with the row; the undo gives name and county back."""
    await first(empty_store, tmp_path)
    before = await empty_store.read(NAMED)
    mended = [FIRMS[0], ["甲法兰厂", "企业", "五台县", "甲厂"]]
    report = await load_workbook(empty_store, book(tmp_path / "更正.xlsx", 主体=mended))
    assert report.clean, list(report.lines())
    after = await empty_store.read(NAMED)
    assert {row["id"] for row in after} == {row["id"] for row in before}
    assert [row["name"] for row in after] == ["乙厂", "甲法兰厂"]
    assert [row["a"] for row in await empty_store.read(LINES)] == ["甲法兰厂"]
    report2 = await load_workbook(
        empty_store, book(tmp_path / "台账.xlsx", 主体=[FIRMS[0], ["甲法兰厂", "企业", "代县", "2"]])
    )
    assert report2.clean, list(report2.lines())
    assert report.load
    assert report2.load
    found = [row["name"] for row in await empty_store.read(PLACES, name="甲法兰厂")]
    assert "代县" in found
    assert "定襄县" not in found  # row 2 of 台账.xlsx had put it there
    await undo_load(empty_store, report2.load)
    await undo_load(empty_store, report.load)
    assert await empty_store.read(NAMED) == before
    assert await empty_store.read(PLACES, name="甲厂") == [{"name": "定襄县"}]


async def test_rejected_rows_that_are_mended_twice_replace_themselves(empty_store: Store, tmp_path: Path):
    """The file's digest goes with the row: next year's workbook of the same name is another one."""
    await first(empty_store, tmp_path)
    head = [*FLOWS[0], "原行号"]

    def mended(year: int, digest: str) -> Path:
        row = ["甲厂", "乙厂", "法兰", year, 10, "", f"台账.xlsx:2@{digest}"]
        return book(tmp_path / "退回.xlsx", 供应=[head, row])

    await load_workbook(empty_store, mended(2021, "0a0b0c0d"))
    await load_workbook(empty_store, mended(2022, "0a0b0c0d"))
    assert [row["year"] for row in await empty_store.read(LINES)] == [2022, 2023]
    await load_workbook(empty_store, mended(2020, "ffffffff"))
    assert [row["year"] for row in await empty_store.read(LINES)] == [2020, 2022, 2023]


async def test_a_mark_that_fits_nothing_is_told(empty_store: Store, tmp_path: Path):
    await first(empty_store, tmp_path)
    rows = [FLOWS[0], ["甲厂", "乙厂", "法兰", 2024, 10, "77"]]
    report = await load_workbook(empty_store, book(tmp_path / "台账.xlsx", 供应=rows))
    assert "没有找到它要更正的行（台账.xlsx:77 没有写入过，或已撤销）" in "".join(report.notes)
    assert [row["year"] for row in await empty_store.read(LINES)] == [2023, 2024]
