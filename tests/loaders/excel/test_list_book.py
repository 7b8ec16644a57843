"""The workbook and the CSV of lists: text stays text, numbers stay numbers, nothing is run."""

import csv
import io

import openpyxl
import pytest

from loaders.export.lists import LONGEST, Column, Sheet, list_book, list_csv

COLUMNS = [
    Column("名称", 12),
    Column("金额（万元）", 10, "#,##0.00"),
    Column("阶段", 8, offered=("在谈", "签约")),
]
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "http://x", "007"]


def sheet(rows, **more):
    return Sheet("清单", "题目", "=截至 2024 年", COLUMNS, rows, **more)


def opened(*sheets):
    return openpyxl.load_workbook(io.BytesIO(list_book(sheets)))


def test_types_are_kept_and_what_is_unknown_is_empty():
    page = opened(sheet([("甲厂", 1234.5, "在谈"), ("乙厂", None, None)]))["清单"]
    assert [cell.value for cell in page[3]] == ["名称", "金额（万元）", "阶段"]
    assert [(cell.value, cell.data_type) for cell in page[4]] == [("甲厂", "s"), (1234.5, "n"), ("在谈", "s")]
    assert page["B4"].number_format == "#,##0.00"
    assert [cell.value for cell in page[5]] == ["乙厂", None, None]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_is_never_run_or_linked(text):
    page = opened(sheet([(text, 1, None)], notes=[text]))["清单"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    # openpyxl reads a return as a line feed, as XML does.
    assert page["A4"].value.replace("_x000D_", "\r").replace("\n", "\r") == text


@pytest.mark.parametrize("text", EVIL)
def test_a_text_in_csv_gets_an_apostrophe_when_it_would_run(text):
    made = list_csv(sheet([(text, 1, None)])).decode("utf-8-sig")
    written = list(csv.reader(io.StringIO(made, newline="")))[1][0]
    assert written == ("'" + text if text[0] in "=+-@\t\r" else text)


def test_the_page_prints_on_a4_with_its_head_on_every_page():
    page = opened(sheet([("甲厂", 1, None)]))["清单"]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0  # any number of pages, one wide
    assert page.freeze_panes == "A4"
    assert page.print_title_rows == "$3:$3"
    assert page.auto_filter.ref == "A3:C4"
    (choice,) = page.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"在谈,签约"', "C4")


def test_an_empty_list_still_has_its_head_and_notes():
    page = opened(sheet([], notes=["没有缺口"]))["清单"]
    assert page["A3"].value == "名称"
    assert page["A4"].value == "没有缺口"


def test_a_text_that_a_cell_can_not_hold_says_so():
    page = opened(sheet([("厂" * (LONGEST + 1), 1, None)]))["清单"]
    assert len(page["A4"].value) == LONGEST
    assert page["A4"].value.endswith("请用 CSV）")


def test_csv_has_a_bom_numbers_as_they_are_and_the_notes_below():
    made = list_csv(sheet([("甲,厂", -1.5, None)], notes=["没有链"]))
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert rows == [
        ["名称", "金额（万元）", "阶段"],
        ["甲,厂", "-1.5", ""],
        [],
        ["说明：=截至 2024 年"],
        ["说明：没有链"],
    ]
