"""A workbook becomes rows of the graph: its sheets go through the loader as tables, the report comes back."""

import asyncio
import csv
from difflib import get_close_matches
from hashlib import file_digest
from pathlib import Path

from graph.errors import LoadRefused
from graph.store.store import Store
from loaders.csv.folder import digests
from loaders.excel.book_process import SheetCells
from loaders.excel.book_report import Book, BookReport, translated
from loaders.excel.corrections import Corrections
from loaders.excel.csv_sheets import is_sheets, opened_sheets, sheet_files, sheet_kind
from loaders.excel.names import Names
from loaders.excel.sheet_rows import page
from loaders.excel.sheet_table import Page
from loaders.excel.titles import GUIDE, KINDS, Kind, kind_named
from loaders.load import Progress, load_folder
from loaders.record import keep_report
from loaders.report import Rejections, Report, TablesRefused
from loaders.rows.cells import called
from loaders.rows.figures import HEADS
from loaders.scratch import scratch

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
_SILENT = (GUIDE, "说明", "封面", "目录")


def is_workbook(path: Path) -> bool:
    """Whether a path is a workbook rather than a folder of tables, by its name.

    >>> is_workbook(Path("一览.XLSX")), is_workbook(Path("tables"))
    (True, False)
    """
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


async def load_workbook(  # noqa: PLR0913 - options, each by name
    store: Store,
    path: Path,
    *,
    strict: bool = False,
    dry: bool = False,
    progress: Progress | None = None,
    name: str = "",
    by: str = "",
    after: int | None = None,
) -> BookReport:
    """Load the sheets of a workbook, as `load_folder` does the tables of a folder.

    Places in the report are cells: `book.xlsx:主体!C5`. `name` is what the record calls the workbook, when
    that is not the name of its file, `by` the body that loads it, `after` the write of the store
    that a check was held against. Raises LoadRefused when it can't be read, TablesRefused when a strict load
    finds a row to reject, and Outdated when another write came since.
    """
    book = await asyncio.to_thread(read_workbook, path)
    origin = await asyncio.to_thread(_origin, path, name)
    book.files = {one.rpartition(" ")[0]: one.rpartition(" ")[2] for one in origin}
    corrections = Corrections(store, book)
    await corrections.find()
    await Names(store).settle(book.pages)
    with scratch() as folder:
        tables = await asyncio.to_thread(_tables, book, folder)
        rows = corrections.origins(tables)
        if not tables:
            if strict and not dry:
                raise TablesRefused(
                    "工作簿中没有可装载的行，严格模式下未装载", translated(book, {}, _empty())
                )
            return translated(book, tables, _empty())
        if strict or dry:
            tried = await load_folder(store, folder, dry=True, progress=progress, origins=rows, wary=True)
            report = translated(book, tables, tried)
            if strict and not report.clean:
                raise TablesRefused("工作簿中有错误，严格模式下全部未装载：请按报告逐条改正后重试", report)
            if dry:
                return report
        report = await load_folder(
            store, folder, progress=progress, origin=origin, origins=rows, wary=True, by=by, after=after
        )
        return await keep_report(store, translated(book, tables, report))


def _origin(path: Path, name: str) -> list[str]:
    """Name what was loaded, each file with its SHA-256."""
    if is_sheets(path):
        return digests(sheet_files(path))
    with path.open("rb") as file:
        return [f"{name or path.name} {file_digest(file, 'sha256').hexdigest()}"]


def read_workbook(path: Path) -> Book:
    """Read the sheets of a workbook; raise LoadRefused when it is none, or none of them is a table."""
    book = Book(path, [])
    with opened_sheets(path) as opened:
        book.notes += opened.notes
        for sheet in opened.sheets:
            _sheet(book, sheet)
    tables = len(book.pages)
    filled = [made for made in book.pages if made.lines or made.broken or made.trouble]
    _refuse_twins(filled)
    book.notes += [note for made in book.pages if not made.trouble for note in made.notes]
    book.pages = filled
    if tables and not book.pages and not book.strangers:
        raise LoadRefused(f"{path.name}：各工作表都没有填写：请从列名（和示例行）下面一行填起")
    if not book.pages and not book.strangers:
        raise LoadRefused(f"{path.name}：没有可装载的工作表：表名应如 {_sheet_names()}")
    return book


def _sheet(book: Book, sheet: SheetCells) -> None:
    if sheet.name.strip() in _SILENT:
        return
    if kind := kind_named(sheet.name) or _kind_of_file(book, sheet.name):
        book.pages.append(page(sheet.name, kind, sheet.rows, sheet.part))
    elif sheet.part.trouble or sheet.height:
        known = {called(k): k for k in KINDS} | {k.label: k for k in KINDS}
        close = get_close_matches(sheet.name, known, 1, 0.4)
        meant = f"是否应为“{close[0]}”？" if close else ""
        unread = f"{sheet.part.trouble}；" if sheet.part.trouble else ""
        told = f"{unread}没有这种表，未装载；{meant}可用的表名：{_sheet_names()}"
        if sheet.part.hidden:
            book.notes.append(f"{sheet.name}：这张工作表是隐藏的，{told}")
        else:
            book.strangers.append((sheet.name, told))


def _kind_of_file(book: Book, name: str) -> Kind | None:
    return sheet_kind(Path(name).stem) if is_sheets(book.path) else None


def _sheet_names() -> str:
    return "、".join(called(kind) for kind in KINDS)


def _refuse_twins(pages: list[Page]) -> None:
    for made in pages:
        others = [p for p in pages if p.kind is made.kind and p is not made]
        twins = [f"{p.sheet}（隐藏）" if p.hidden else p.sheet for p in others]
        if twins and not made.trouble:
            made.trouble = f"与工作表“{'、'.join(twins)}”同为{called(made.kind)}表，都未装载：请合并为一张"


def _tables(book: Book, folder: Path) -> dict[str, tuple[Page, dict[int, int]]]:
    """Write the sheets as tables; map each to its sheet, and its lines to the sheet's rows."""
    made: dict[str, tuple[Page, dict[int, int]]] = {}
    for sheet in book.pages:
        if not sheet.trouble:
            name = f"{sheet.kind.label}.csv"
            made[name] = (sheet, _table(sheet, folder / name))
    return made


def _table(sheet: Page, path: Path) -> dict[int, int]:
    places, at = {1: sheet.header}, 2
    names = sheet.columns
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([head(sheet, name) for name in names])
        for line in sheet.lines:
            row = [line.texts.get(name, "") for name in names]
            writer.writerow(row)
            places[at] = line.number
            at += 1 + sum(text.count("\n") for text in row)
    return places


def head(sheet: Page, name: str) -> str:
    """Write the name of a column, with its unit where it holds figures in one."""
    unit = sheet.units.get(name, "")
    return (f"{name}({unit})" if unit in HEADS else name).replace("\n", "")


def _empty() -> Report:
    return Report(None, (), Rejections(), (), ())
