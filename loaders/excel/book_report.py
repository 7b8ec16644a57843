"""What a load did to a workbook: the loader's words about tables, said of the workbook's cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from loaders.differences import Spot
from loaders.excel.csv_sheets import place_of
from loaders.excel.sheet_table import POISON, Page
from loaders.excel.sheet_xml import letters
from loaders.excel.titles import kind_named, titles
from loaders.report import Rejection, Rejections, Report, TableReport
from loaders.rows.batches import TO_BE_UNREAD, UNREAD
from loaders.rows.cells import called

_LINE = re.compile(r"(?:([A-Za-z_]+)\.csv )?第 (\d+) 行(?:，该行因 ([A-Za-z、]+) 被拒绝)?")
_COLUMN = re.compile(r"(?<![A-Za-z:/.“（])[a-z][A-Za-z]*(?![A-Za-z:/.”）])")
_DIGITS = 8
"""Of a file's digest that a row's origin keeps."""
_FILE = re.compile(r"\b([A-Za-z_]+)\.csv")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class BookReport(Report):
    """What a load of a workbook did; its rejected rows can be written as a workbook again."""

    path: Path
    pages: tuple[Page, ...]
    reasons: dict[tuple[str, int], list[str]]
    """Why a row was rejected, by sheet and row; row 0 is the whole sheet."""
    cells: dict[tuple[str, int], dict[int, str]]
    """Why a cell was, by sheet and row, then column from 0."""
    files: dict[str, str]
    """The digest of each file by its name."""


@dataclass(slots=True)
class Book:
    """The sheets of a workbook, read."""

    path: Path
    pages: list[Page]
    files: dict[str, str] = field(default_factory=dict[str, str])
    """The digest of each file by its name: the workbook, or the text file of each sheet."""
    strangers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Sheets that are no table, each with what to do about it."""
    notes: list[str] = field(default_factory=list[str])

    def origin(self, sheet: str, row: int) -> str:
        """Name a row of a sheet, and the very file that it stands in."""
        return origin_of(self.files, sheet, row)


def origin_of(files: dict[str, str], sheet: str, row: int) -> str:
    """Name a row of a sheet, and the very file that it stands in, given the digests of the files.

    >>> origin_of({"台账.xlsx": "3fa9c1d2e4"}, "主体", 12)
    '台账.xlsx:12@3fa9c1d2'
    """
    file = sheet if sheet in files else next(iter(files), "")
    return f"{file}:{row}@{files.get(file, '')[:_DIGITS]}"


def translated(book: Book, tables: dict[str, tuple[Page, dict[int, int]]], report: Report) -> BookReport:
    """Say what the loader said of the tables as places in the workbook."""
    told = _Translation(book, tables)
    rejections = Rejections()
    rejections.add(told.all(report.rejections))
    made = [
        replace(
            table,
            file=place_of(book.path, tables[table.file][0].sheet),
            encoding="",
            read=table.read + len(tables[table.file][0].broken),
            rejected=table.rejected + len(tables[table.file][0].broken),
            first=tuple(told.one(r) for r in table.first),
        )
        for table in report.tables
    ]
    for sheet in book.pages:
        for row, (shown, why) in sheet.broken.items():
            at = f"{place_of(book.path, sheet.sheet)}!{row}:{row}"
            rejections.add([Rejection(at, 0, "", shown, why)])
            told.reasons.setdefault((sheet.sheet, row), []).append(why)
    refused = [(p.sheet, p.trouble) for p in book.pages if p.trouble] + book.strangers
    for sheet, why in refused:
        fault = Rejection(place_of(book.path, sheet), 0, "", "", why)
        rejections.add([fault])
        told.reasons.setdefault((sheet, 0), []).append(why)
        made.append(TableReport(fault.file, "", "", refused=True, first=(fault,)))
    warnings = tuple(told.one(r) for r in report.warnings)
    return BookReport(
        report.load,
        tuple(made),
        rejections,
        warnings,
        tuple(book.notes),
        book.path,
        tuple(book.pages),
        told.reasons,
        told.cells,
        book.files,
        implausible=tuple(told.one(r) for r in report.implausible),
        differences=report.differences and report.differences.seen_as(told.spot),
        taken=report.taken and report.taken.seen_as(told.spot),
    )


class _Translation:
    """Turns lines and columns of tables into cells of the workbook."""

    def __init__(self, book: Book, tables: dict[str, tuple[Page, dict[int, int]]]) -> None:
        self.book, self.tables = book, tables
        self.faults = {
            (name, line.number): line.faults
            for name, (p, _) in tables.items()
            for line in p.lines
            if line.faults
        }
        self.places = {
            name: {f.name: (f.place + 1, f.header) for f in p.fields if f.name}
            for name, (p, _) in tables.items()
        }
        self.reasons: dict[tuple[str, int], list[str]] = {}
        self.cells: dict[tuple[str, int], dict[int, str]] = {}

    def all(self, found: Rejections) -> Iterator[Rejection]:
        """Translate the rejections, and keep the reasons of each row."""
        for rejection in found:
            made = self.one(rejection)
            sheet, places = self.tables[rejection.file]
            number = places.get(rejection.row, 0) if rejection.row > 1 else 0
            column, header = self.places[rejection.file].get(rejection.column, (0, ""))
            if column:
                self.cells.setdefault((sheet.sheet, number), {}).setdefault(column - 1, made.reason)
            self.reasons.setdefault((sheet.sheet, number), []).append(
                f"{header}：{made.reason}" if header else made.reason
            )
            yield made

    def one(self, rejection: Rejection) -> Rejection:
        """Translate one rejection."""
        sheet, places = self.tables[rejection.file]
        number = places.get(rejection.row, rejection.row)
        place = self.places[rejection.file].get(rejection.column)
        own = self.faults.get((rejection.file, number), {}).get(rejection.column)
        value, reason = own or (rejection.value, self._reason(rejection, places))
        if own:
            reason += next((s for s in (UNREAD, TO_BE_UNREAD) if rejection.reason.endswith(s)), "")
        cell = f"{letters(place[0])}{number}" if place else f"{number}:{number}" if number else ""
        at = place_of(self.book.path, sheet.sheet) + (f"!{cell}" if cell else "")
        owing_to = self._sheets(self._placed(rejection.owing_to, {}, rejection.file))
        return Rejection(at, 0, "", value.removeprefix(POISON), reason, owing_to)

    def spot(self, file: str, line: int, column: str) -> Spot:
        """Name the cell, or the row when no column is named."""
        sheet, places = self.tables[file]
        number, place = places.get(line, line), self.places[file].get(column)
        cell = f"{letters(place[0])}{number}" if place else f"{number}:{number}"
        return Spot(place_of(self.book.path, sheet.sheet), cell, "!")

    def _reason(self, rejection: Rejection, places: dict[int, int]) -> str:
        kind = self.tables[rejection.file][0].kind
        text = self._placed(rejection.reason, places, rejection.file).replace("本文件夹", "本工作簿")
        said = titles(kind)
        text = _COLUMN.sub(lambda m: str(said.get(m[0], m[0])), text)
        return self._sheets(text)

    def _sheets(self, text: str) -> str:
        """Name sheets for tables."""
        return _FILE.sub(lambda m: f"工作表“{self._sheet_of(m[0])}”", text)

    def _placed(self, text: str, own: dict[int, int], file: str) -> str:
        """Name rows of the sheets for lines of the tables, and headers for columns."""

        def placed(found: re.Match[str]) -> str:
            table = f"{found[1]}.csv" if found[1] else file
            places = self.tables[table][1] if table in self.tables else own
            where = f"工作表“{self._sheet_of(table)}”" if found[1] else ""
            heads = titles(self.tables[table][0].kind) if table in self.tables else {}
            why = "、".join(str(heads.get(name, name)) for name in (found[3] or "").split("、"))
            told = f"，该行因“{why}”被拒绝" if found[3] else ""
            return f"{where}第 {places.get(int(found[2]), found[2])} 行{told}"

        return _LINE.sub(placed, text)

    def _sheet_of(self, file: str) -> str:
        if file in self.tables:
            return self.tables[file][0].sheet
        kind = kind_named(file.removesuffix(".csv"))
        return called(kind) if kind else file
