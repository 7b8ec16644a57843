"""The workbook of rejected rows shows the faults, offers what was meant, and replaces when it is loaded."""

from pathlib import Path

from openpyxl import load_workbook as opened
from xlsxwriter import Workbook

from graph.store.store import Store
from loaders.excel.rejected_rows import write_report
from loaders.excel.workbook import load_workbook

HEAD = ["主体名称", "主体形式", "所在县", "成立日期"]


async def test_faulty_cells_are_coloured_and_offer_what_was_meant(empty_store: Store, tmp_path: Path):
    """Row 3 has a form that is none; row 4 lacks its name; row 2 is sound."""
    with Workbook(tmp_path / "台账.xlsx") as made:
        sheet = made.add_worksheet("主体")
        for row, cells in enumerate(
            [HEAD, ["甲厂", "企业", "定襄县"], ["乙厂", "企页", "定襄县"], ["", "企业", "定襄县"]]
        ):
            sheet.write_row(row, 0, cells)
    report = await load_workbook(empty_store, tmp_path / "台账.xlsx")
    back = tmp_path / "退回.xlsx"
    write_report(report, back)
    book = opened(back)
    page = book["主体"]
    assert [cell.value for cell in page[1]] == [*HEAD, "原行号", "退回原因"]
    assert [str(page.cell(row, 5).value).partition("@")[0] for row in (2, 3)] == [
        "台账.xlsx:3",
        "台账.xlsx:4",
    ]
    coloured = {
        c.coordinate for row in page.iter_rows(min_row=2) for c in row if c.fill.fgColor.rgb == "FFFFC7CE"
    }
    assert coloured == {"B2", "A3"}
    offered = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    assert set(offered) == {"B2:B3"}
    place = offered["B2:B3"].replace("$", "").partition("!")[2]
    assert {cell.value for (cell,) in book["说明"][place]} >= {"企业", "农民专业合作社"}
    assert book["说明"].sheet_state == "hidden"
    causes = [cell.value for (cell,) in book["填写说明"]["A1:A6"]]
    assert "1 处：必填，不能为空（如 台账.xlsx:主体!A4）" in causes
    page["B2"], page["A3"] = "企业", "丙厂"
    book.save(back)
    again = await load_workbook(empty_store, back)
    assert again.clean
    assert again.written == 2
    page["A2"] = "乙二厂"
    book.save(back)
    third = await load_workbook(empty_store, back)
    assert third.clean, list(third.lines())
    names = await empty_store.read("MATCH (o:Organisation) RETURN {name: o.name} AS o ORDER BY o.name")
    assert [row["name"] for row in names] == ["丙厂", "乙二厂", "甲厂"]
