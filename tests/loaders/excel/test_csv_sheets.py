"""Sheets that Excel saved as text load like the workbook, and columns that nobody asked for are said once."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from graph.store.store import Store
from loaders.excel.csv_sheets import is_sheets
from loaders.excel.rejected_rows import write_report
from loaders.excel.workbook import load_workbook
from loaders.load import load_folder

FIRMS = (
    "沁源县2024年企业台账,,,,,,,\n"
    "序号,企业名称,企业类型,所属县区,注册日期,联系电话,职工人数,成立日斯\n"
    "1,甲厂,企业,定襄县,2022年9月14日,13800000000,25,x\n"
    '2,"乙\n社",农民专业合作社,定襄县,2022/9/14,,,\n'
    "\n"
    "3,丙厂,企业,无此县,,,,\n"
)
FLOWS = "供方,需方,品名,年度,金额（万元）\n甲厂,甲厂二,法兰,2024,120.5\n"
PRODUCTS = "产品名称,类别\n法兰,最终产品\n"
NOTES = [
    "主体.csv：有意不读的个人信息列：联系电话",
    "主体.csv：未用的列：职工人数（请填“事实”表（指标 从业人员））、成立日斯（是否应为“成立日期”？）",
]


@pytest.fixture(params=["utf-8-sig", "gb18030"])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "沁源"
    folder.mkdir()
    for name, text in {"主体": FIRMS, "沁源-供应": FLOWS, "产品": PRODUCTS}.items():
        (folder / f"{name}.csv").write_text(text, request.param)
    return folder


async def test_a_folder_of_saved_sheets_loads_like_the_workbook(empty_store: Store, saved: Path):
    assert is_sheets(saved)
    report = await load_workbook(empty_store, saved)
    assert [note for note in report.notes if "列：" in note] == NOTES
    places = [r.file for r in report.rejections]
    assert places == ["主体.csv!D6", "沁源-供应.csv!B2"]  # as a spreadsheet counts: a blank line is a row
    found = await empty_store.read(
        "MATCH (o:Organisation) RETURN {on: toString(o.foundedOn), form: o.form} AS o ORDER BY o.form"
    )
    assert found == [{"on": "2022-09-14", "form": "COOPERATIVE"}, {"on": "2022-09-14", "form": "ENTERPRISE"}]
    files = (await empty_store.read("MATCH (l:Load {id: $id}) RETURN {files: l.files} AS l", id=report.load))[
        0
    ]
    assert [file.partition(" ")[0] for file in files["files"]] == ["主体.csv", "产品.csv", "沁源-供应.csv"]


async def test_its_rejected_rows_come_back_as_a_workbook(empty_store: Store, saved: Path, tmp_path: Path):
    report = await load_workbook(empty_store, saved)
    write_report(report, tmp_path / "退回.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "退回.xlsx")
    assert book.sheet_names == ["填写说明", "说明", "主体", "供应"]
    rows = book.get_sheet_by_name("主体").to_python()
    assert [row[1] for row in rows] == ["", "企业名称", "丙厂"]
    again = await load_workbook(empty_store, tmp_path / "退回.xlsx")
    assert len(again.rejections) == 2


async def test_one_file_loads_alone(empty_store: Store, saved: Path):
    assert (await load_workbook(empty_store, saved / "产品.csv")).written == 1


async def test_our_own_tables_are_none(empty_store: Store, tmp_path: Path):
    (tmp_path / "Product.csv").write_text(
        "id,name,category,mobile,catgory2\nproduct:a,甲,COMPONENT,1,2\n", "utf-8"
    )
    assert not is_sheets(tmp_path)
    report = await load_folder(empty_store, tmp_path)
    assert report.written == 1
    assert list(report.notes) == [
        "Product.csv：有意不读的个人信息列：mobile",
        "Product.csv：未用的列：catgory2（是否应为“category”？）",
    ]
    (tmp_path / "Product.csv").write_text("id,nmae,category\nproduct:a,甲,COMPONENT\n", "utf-8")
    report = await load_folder(empty_store, tmp_path)
    assert "缺少必填的列 name；没有认出的列：nmae" in str(next(iter(report.rejections)))


async def test_a_damaged_line_costs_its_own_row(empty_store: Store, tmp_path: Path):
    rows = "产品名称,类别\n法兰,最终产品\n".encode() + b"\xff\xfe,\xff\n" + "阀门,最终产品\n".encode()
    (tmp_path / "产品.csv").write_bytes(rows)
    report = await load_workbook(empty_store, tmp_path)
    assert (report.written, [r.file for r in report.rejections]) == (2, ["产品.csv!3:3"])
