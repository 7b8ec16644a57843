"""What a load rejected, as a workbook to mend: the same sheets and headers, the reason in a last column."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graph.errors import BadInput
from graph.store.diagnosis import disk_full
from loaders.excel.book_report import BookReport
from loaders.excel.csv_sheets import is_sheets, opened_sheets
from loaders.excel.sheet_table import Cell, text_of
from loaders.excel.titles import GUIDE, REASON
from loaders.excel.workbook import is_workbook
from loaders.report import Report
from loaders.rows.cells import called

_MENDED = "请按各表“退回原因”列改正后，直接装载本文件；已装载的行不在其中。"


def refuse_report(path: Path, source: Path, *others: Path) -> None:
    """Refuse, before anything is read, a report over what is loaded, or one that can't be written.

    `others` are further files that are read.
    """
    if is_workbook(path) and not is_workbook(source) and not is_sheets(source):
        raise BadInput(f"{path}：装载的不是工作簿时，报告请写成 .csv", "report")
    if path.is_dir() or not path.parent.is_dir():
        raise BadInput(
            f"不能写入 {path}：{'是文件夹' if path.is_dir() else f'没有文件夹 {path.parent}'}", "report"
        )
    within = source.iterdir() if source.is_dir() else ()
    if path.exists() and any(path.samefile(one) for one in (source, *others, *within) if one.exists()):
        raise BadInput(f"{path} 就是要装载的文件：报告请写到另一个文件，未装载", "report")


def write_report(report: Report, path: Path) -> None:
    """Write the rejections: rows to mend when `path` is a workbook, else a list in CSV.

    Raises BadInput when the file can't be written, or a folder's rejections are wanted as a workbook.
    """
    try:
        if not is_workbook(path):
            report.write_csv(path)
        elif isinstance(report, BookReport):
            _write(report, path)
        else:
            raise BadInput(f"{path}：装载文件夹时，报告请写成 .csv")
    except OSError as error:
        refusal = BadInput(f"不能写入 {path}（{error.strerror}）")
        raise disk_full(error, [path.parent]) or refusal from error
    except FileCreateError as error:
        raise BadInput(f"不能写入 {path}：请检查路径和权限，或关闭正在使用它的程序") from error


def _write(report: BookReport, path: Path) -> None:
    """Write the rejected rows; what was loaded is not among them."""
    if path.exists() and path.samefile(report.path):
        raise BadInput(f"{path} 就是正在装载的工作簿：退回的行请写到另一个文件")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    wanted = {page.sheet: dict[int, list[str]]() for page in report.pages if not page.trouble}
    for (sheet, row), why in report.reasons.items():
        if row and sheet in wanted:
            wanted[sheet][row] = why
    headers = {page.sheet: page.header for page in report.pages if wanted.get(page.sheet)}
    titled = {
        page.sheet: called(page.kind) if is_sheets(report.path) else page.sheet for page in report.pages
    }
    with opened_sheets(report.path, headers) as source, Workbook(path, options) as book:
        marked = book.add_format({"font_color": "#C00000", "text_wrap": True})
        guide = book.add_worksheet(GUIDE)
        guide.write_string(0, 0, _MENDED)
        troubled = [(sheet, why) for (sheet, row), why in report.reasons.items() if not row]
        for row, (sheet, why) in enumerate(troubled, 1):
            guide.write_string(row, 0, f"工作表“{sheet}”：{'；'.join(why)}")
        for sheet in source.sheets if headers else ():
            made = book.add_worksheet(titled[sheet.name])
            _copy(made, sheet.rows, headers[sheet.name], wanted[sheet.name], marked)


def _copy(
    sheet: Worksheet, rows: Iterable[list[Cell]], header: int, wanted: dict[int, list[str]], marked: Format
) -> None:
    at = 0
    sheet.freeze_panes(header, 0)
    for number, row in enumerate(rows, 1):
        if number > header and number not in wanted:
            continue
        for place, value in enumerate(row):
            _cell(sheet, at, place, value)
        if number == header:
            sheet.write_string(at, len(row), REASON, marked)
            sheet.set_column(0, len(row) - 1, 18)
            sheet.set_column(len(row), len(row), 90)
        elif number in wanted:
            sheet.write_string(at, len(row), "；".join(wanted[number]), marked)
        at += 1


def _cell(sheet: Worksheet, row: int, place: int, value: Cell) -> None:
    """Write a cell; text stays text, whatever it begins with."""
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, float):
        sheet.write_number(row, place, value)
    elif isinstance(value, datetime | date) or value:
        sheet.write_string(row, place, text_of(value))
