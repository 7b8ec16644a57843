"""What a load rejected, as a workbook to mend: the same sheets and headers, the reason in a last column.

Faulty cells are coloured, what they may have meant is offered in a dropdown at them, and each row names the
row of the file that it comes from: loaded again, it replaces what that row wrote.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graph.errors import BadInput
from graph.kinds.columns import columns
from graph.store.diagnosis import disk_full
from loaders.excel.book_report import BookReport, origin_of
from loaders.excel.csv_sheets import is_sheets, opened_sheets
from loaders.excel.sheet_table import Cell, Page, text_of
from loaders.excel.template import LISTS, Lists, choices
from loaders.excel.titles import GUIDE, ORIGIN, REASON
from loaders.excel.workbook import is_workbook
from loaders.report import Report
from loaders.rows.cells import called

_ASKED = re.compile(r"是否应为 ?([^？]+)？")
_EITHER = re.compile(r"”? ?(?:或|、) ?“?")
_SEVERAL = re.compile(r"有 ?(?:\d+|多) ?个(?:同名的|名为“[^”]*”的)[^：]*：([^；]+)")
_ASIDE = re.compile(r"（[^（）]*）")
_WORDS = re.compile(r"[A-Z_0-9]+（([^（）]+)(?:（[^（）]*）[^（）]*)?）")
"""The words of a closed list, each behind its value."""
_FORM = re.compile(r"(?:应写成|应写|应为|请填|请写成|(?=应在|应晚于|应不|早于))([^；。？]+)")
_SHOWN = 8
"""Allowed values that are written out; of more their number is told."""
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
    sheets = {page.sheet: _Sheet(page, report) for page in report.pages if not page.trouble}
    sheets = {name: sheet for name, sheet in sheets.items() if sheet.reasons}
    titled = {
        name: called(sheet.page.kind) if is_sheets(report.path) else name for name, sheet in sheets.items()
    }
    with opened_sheets(report.path, sheets) as source, Workbook(path, options) as book:
        looks = _Looks(
            book.add_format({"font_color": "#C00000", "text_wrap": True}),
            book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"}),
        )
        guide, lists = book.add_worksheet(GUIDE), Lists(book.add_worksheet(LISTS), {})
        troubled = [(sheet, why) for (sheet, row), why in report.reasons.items() if not row]
        lines = [_MENDED, *(f"工作表“{sheet}”：{'；'.join(why)}" for sheet, why in troubled)]
        lines += ["", "按原因：", *report.rejections.grouped()]
        for row, text in enumerate(lines):
            guide.write_string(row, 0, text)
        for sheet in source.sheets if sheets else ():
            made = book.add_worksheet(titled[sheet.name])
            _copy(made, sheet.rows, sheets[sheet.name], _Paper(looks, lists))
        lists.sheet.hide()


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the rejected rows."""

    reason: Format
    fault: Format


@dataclass(frozen=True, slots=True)
class _Paper:
    """What a sheet is written with."""

    looks: _Looks
    lists: Lists


@dataclass(slots=True)
class _Sheet:
    """What is to be said of the rejected rows of one sheet."""

    page: Page
    report: BookReport

    @property
    def reasons(self) -> dict[int, list[str]]:
        """Why, by row."""
        return {
            row: why for (sheet, row), why in self.report.reasons.items() if sheet == self.page.sheet and row
        }

    @property
    def added(self) -> tuple[str, ...]:
        """The columns that are put behind those of the sheet: what it brought along stays as it is."""
        there = {f.header for f in self.page.fields}
        return (*(() if ORIGIN in there else (ORIGIN,)), REASON)

    def told(self, row: int) -> tuple[str, ...]:
        """What stands in those columns."""
        origin = origin_of(self.report.files, self.page.sheet, row)
        why = "；".join(self.reasons.get(row, ()))
        return (origin, why) if len(self.added) > 1 else (why,)

    def cells(self, row: int) -> dict[int, str]:
        """Why its cells were rejected, by column from 0."""
        return self.report.cells.get((self.page.sheet, row), {})

    def lists(self) -> dict[int, list[str]]:
        """The words of the columns that have a closed list, by column from 0."""
        described = {column.name: column for column in columns(self.page.kind)}
        found = {f.place: list(choices(f.name, described.get(f.name))) for f in self.page.fields}
        return {place: words for place, words in found.items() if words}


def _wanted(
    rows: Iterable[list[Cell]], header: int, reasons: Collection[int]
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows down to the header, and those that were rejected."""
    return ((number, row) for number, row in enumerate(rows, 1) if number <= header or number in reasons)


def _copy(sheet: Worksheet, rows: Iterable[list[Cell]], wanted: _Sheet, paper: _Paper) -> None:
    page, reasons, at, width = wanted.page, wanted.reasons, 0, 0
    gone = next((f.place for f in page.fields if f.header == REASON), None)
    closed = wanted.lists()
    sheet.freeze_panes(page.header, 0)
    for number, row in _wanted(rows, page.header, reasons):
        width = max(width, len(row)) if number <= page.header else width
        faults = wanted.cells(number) if number > page.header else {}
        for place, value in enumerate(row[:width]):
            if place != gone:
                _cell(sheet, at, place, value, paper.looks.fault if place in faults else None)
        for place, reason in faults.items():
            if place >= len(row) or not text_of(row[place]):
                sheet.write_blank(at, place, None, paper.looks.fault)
            if place not in closed:
                _dropdown(sheet, (at, at + 1), place, proposed(reason), paper.lists)
        if number >= page.header:
            for place, text in enumerate(
                wanted.added if number == page.header else wanted.told(number), width
            ):
                sheet.write_string(at, place, text, paper.looks.reason)
        at += 1
    sheet.set_column(0, width - 1, 18)
    sheet.set_column(width, width + len(wanted.added) - 1, 24)
    sheet.set_column(width + len(wanted.added) - 1, width + len(wanted.added) - 1, 90)
    for place, words in closed.items():
        _dropdown(sheet, (page.header, at), place, words, paper.lists)


def proposed(reason: str) -> list[str]:
    """List what a reason proposes.

    >>> proposed("不在可用值内；是否应为 已认定？可用：…"), proposed("没有…；是否应为“沁源县”或“沁县”？")
    (['已认定'], ['沁源县', '沁县'])
    >>> proposed("有 2 个同名的主体：org:a、org:b；请改填标识")
    ['org:a', 'org:b']
    >>> proposed("有 2 个同名的行政区划：阳泉市郊区（region:140311）、铜陵市郊区（region:340711）")
    ['阳泉市郊区', '铜陵市郊区']
    """
    found = [text for asked in _ASKED.findall(reason) for text in _EITHER.split(asked.strip("“”"))]
    several = _SEVERAL.search(reason)
    return list(dict.fromkeys([*found, *(_ASIDE.sub("", several[1]).split("、") if several else ())]))


def expected(reason: str) -> str:
    """Write what a reason says would be right where it proposes nothing: what is allowed, or the form.

    >>> expected("不在可用值内；可用：PROVINCIAL（省级）、CITY（市级）"), expected("必填，不能为空")
    ('省级、市级', '必填')
    >>> expected("应为数字，如 1234.5、9,800万元 或 约120；此格将按不详装载"), expected("过长：300 字")
    ('数字，如 1234.5、9,800万元 或 约120', '')
    >>> expected("没有名为“甲”的主体：本工作簿和库中都没有；请填全称或标识")
    '全称或标识'
    """
    if "可用：" in reason:
        allowed = _ASIDE.sub("", reason.partition("可用：")[2]), _WORDS.findall(reason.partition("可用：")[2])
        words = allowed[1] or allowed[0].partition("；")[0].split("、")
        more = f" 等 {len(words)} 种" if len(words) > _SHOWN else ""
        return "、".join(words[:_SHOWN]) + more
    found = _FORM.search(reason)
    return found[1].strip() if found else "必填" if reason.startswith("必填") else ""


def _dropdown(
    sheet: Worksheet, rows: tuple[int, int], place: int, words: Sequence[str], lists: Lists
) -> None:
    """Offer words at some cells of a column; another text may still be typed."""
    if words and rows[1] > rows[0]:
        given = {"validate": "list", "source": lists.place(tuple(words)), "show_error": False}
        sheet.data_validation(rows[0], place, rows[1] - 1, place, given)


def _cell(sheet: Worksheet, row: int, place: int, value: Cell, look: Format | None) -> None:
    """Write a cell; text stays text, whatever it begins with."""
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, look)
    elif isinstance(value, float):
        sheet.write_number(row, place, value, look)
    elif isinstance(value, datetime | date) or value:
        sheet.write_string(row, place, text_of(value), look)
