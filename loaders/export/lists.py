"""A workbook of lists: plain tables become sheets that print on A4 and that no spreadsheet runs."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from loaders.csv.writing import inert

type Cell = str | int | float | None
"""None: unknown, an empty cell."""

LONGEST = 32_767
"""Signs that a cell of Excel holds."""
_TOP = 2
"""The row of the headers: above it stand the title and what the list was asked for."""
_LINE, _HEAD = 13.5, 30.0
"""Heights in points: of a line, and of the heads at least."""
_WHOLE, _BROKEN = "#,##0_ ", "#,##0.0##_ "
_FOOT = 60
"""Signs of the title that stand at the foot of every page."""
_CUT = "……（过长，余下从略：请用 CSV）"


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is shown."""

    words: str
    width: int
    format: str | None = None
    """The number format; None: text, in which a number may stand as well."""
    offered: tuple[str, ...] = ()
    """The words of a dropdown; none: anything."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table under its title."""

    name: str
    title: str
    line: str
    """What it was asked for, when, from what data, in which unit."""
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    """What to know when reading it; stands below the rows."""
    empty: str = ""
    """What stands in place of the rows when there are none."""
    marked: frozenset[int] = frozenset()
    """Rows (their places) that a reader looks for: bold on a ground."""

    @property
    def below(self) -> Sequence[str]:
        """What a plain table says below its rows."""
        return (self.line, *((self.empty,) if self.empty and not self.rows else ()), *self.notes)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The formats of the cells of a row."""

    text: Format
    numbers: Mapping[str, Format]


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of a workbook."""

    title: Format
    line: Format
    head: Format
    empty: Format
    note: Format
    plain: _Cells
    marked: _Cells


def list_book(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook: text as text, numbers as numbers, nothing that is run or linked.

    Headers are frozen, filtered and repeated on every page; A4 landscape, one page wide. A text longer than
    a cell of Excel holds ends with words that say so.
    """
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, {**options, "in_memory": True}) as book:
        looks = _looks(
            book, {_WHOLE, _BROKEN} | {c.format for sheet in sheets for c in sheet.columns if c.format}
        )
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, looks)
    return made.getvalue()


def _looks(book: Workbook, formats: set[str]) -> _Looks:
    edge = {"border": 1, "border_color": "#B8C4D0"}
    cell = edge | {"valign": "vcenter", "text_wrap": True, "font_size": 9}
    marked = cell | {"bold": True, "bg_color": "#FFF4CC"}
    head = {"bold": True, "bg_color": "#DDEBF7", "valign": "vcenter", "align": "center"}
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 15, "align": "center", "valign": "vcenter"}),
        line=book.add_format({"font_size": 9, "font_color": "#52606D", "text_wrap": True}),
        head=book.add_format(cell | head),
        empty=book.add_format(edge | {"font_size": 10, "align": "center", "valign": "vcenter"}),
        note=book.add_format({"font_size": 9, "text_wrap": True, "valign": "top"}),
        plain=_cells(book, cell, formats),
        marked=_cells(book, marked, formats),
    )


def _cells(book: Workbook, look: Mapping[str, object], formats: Iterable[str]) -> _Cells:
    numbers = {one: book.add_format({**look, "num_format": one}) for one in sorted(formats)}
    return _Cells(book.add_format({**look, "num_format": "@"}), numbers)


def _write(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    last = len(sheet.columns) - 1
    _wide(page, 0, last, sheet.title, looks.title)
    _wide(page, 1, last, sheet.line, looks.line)
    page.set_row(0, 24)
    page.set_row(_TOP, _head_height(sheet.columns))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(_TOP, place, column.words, looks.head)
    for row, cells in enumerate(sheet.rows, _TOP + 1):
        page.set_row(row, _height(sheet.columns, cells))
        look = looks.marked if row - _TOP - 1 in sheet.marked else looks.plain
        for place, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            _cell(page, (row, place), column, cell, look)
    end = _TOP + len(sheet.rows)
    if sheet.empty and not sheet.rows:
        end += 1
        _wide(page, end, last, sheet.empty, looks.empty)
        page.set_row(end, _HEAD)
    _offer(page, sheet, end)
    whole = sum(column.width for column in sheet.columns)
    for row, words in enumerate(sheet.notes, end + 1):
        _wide(page, row, last, words, looks.note)
        page.set_row(row, _LINE * _lines(words, whole))
    page.autofilter(_TOP, 0, max(end, _TOP + 1), last)
    _layout(page, sheet.title)


def _cell(page: Worksheet, at: tuple[int, int], column: Column, cell: Cell, looks: _Cells) -> None:
    row, place = at
    if cell is None:
        page.write_blank(row, place, None, looks.text)
    elif isinstance(cell, str):
        whole = cell if len(cell) <= LONGEST else cell[: LONGEST - len(_CUT)] + _CUT
        page.write_string(row, place, whole, looks.text)
    else:
        page.write_number(row, place, cell, looks.numbers[column.format or _plain_format(cell)])


def _plain_format(number: float) -> str:
    """The format of a number among texts."""
    return _WHOLE if number == int(number) else _BROKEN


def _offer(page: Worksheet, sheet: Sheet, end: int) -> None:
    for place, column in enumerate(sheet.columns):
        if column.offered and sheet.rows:
            choice = {"validate": "list", "source": list(column.offered), "ignore_blank": True}
            page.data_validation(_TOP + 1, place, end, place, choice)


def _layout(page: Worksheet, title: str) -> None:
    page.freeze_panes(_TOP + 1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(_TOP)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    short = title if len(title) <= _FOOT else f"{title[: _FOOT - 1]}…"
    foot = f"&L&8 {short.replace('&', '&&')}&C&8 第 &P 页 共 &N 页"
    page.set_footer(foot, {"scale_with_doc": False})


def _wide(page: Worksheet, row: int, last: int, words: str, look: Format) -> None:
    if last:
        page.merge_range(row, 0, row, last, "", look)
    page.write_string(row, 0, words, look)


def _head_height(columns: Sequence[Column]) -> float:
    return max(_HEAD, 6 + _LINE * max(_lines(column.words, column.width) for column in columns))


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    texts = (
        (cell, column.width) for column, cell in zip(columns, cells, strict=True) if isinstance(cell, str)
    )
    return min(3 + _LINE * max((_lines(text, width) for text, width in texts), default=1), 400.0)


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes in a column, a Chinese sign being as wide as two letters."""
    room = max(2, int(width * 7 / 6))  # a letter of 9 points is 6 dots wide, one that widths count in is 7
    return max(1, -(-sum(1 if sign.isascii() else 2 for sign in text) // room))


def list_csv(sheet: Sheet) -> bytes:
    """Write one table: headers, rows, then an empty line and what to know when reading it.

    What is unknown is an empty cell. A text that begins with `= + - @`, tab or return gets an apostrophe.
    """
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow([inert(column.words) for column in sheet.columns])
    writer.writerows([inert(cell) for cell in cells] for cells in sheet.rows)
    writer.writerow([])
    writer.writerows([[inert(f"说明：{words}")] for words in sheet.below])
    return made.getvalue().encode("utf-8-sig")
