"""Text files that Excel saved from sheets (“另存为 CSV”), read as the sheets of one workbook.

Their names and heads are Chinese: the name of the file is that of the sheet. A folder whose tables are named
after kinds, with our own heads, is none of them: the loader reads it as it stands.
"""

from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import LoadRefused
from loaders.csv.folder import Table, examined
from loaders.csv.lines import LONGEST_LINE, Lines
from loaders.excel.book_process import OpenBook, SheetCells, opened_book
from loaders.excel.sheet_table import Cell
from loaders.excel.sheet_xml import Part
from loaders.excel.titles import KINDS, Kind, kind_named, names, split

SUFFIX = ".csv"
_LABELS = {kind.label: kind for kind in KINDS}


def is_sheets(path: Path) -> bool:
    """Whether a path is a text file of a sheet, or a folder with such files.

    >>> is_sheets(Path("tables/Town.parquet"))
    False
    """
    if path.is_dir():
        return any(_is_sheet(file) for file in sheet_files(path))
    return path.suffix.lower() == SUFFIX


def sheet_files(path: Path) -> list[Path]:
    """List the text files of a folder, or the one file itself."""
    if not path.is_dir():
        return [path]
    found = (file for file in path.iterdir() if file.suffix.lower() == SUFFIX and file.is_file())
    return sorted(file for file in found if not file.name.startswith("."))


def sheet_kind(stem: str) -> Kind | None:
    """The kind that the name of a file stands for, or its last part (“沁源-主体”).

    >>> [kind.label for stem in ("主体", "沁源_供应", "Town") if (kind := sheet_kind(stem))]
    ['Organisation', 'SUPPLIES', 'Town']
    """
    last = stem.replace("_", "-").replace(" ", "-").rpartition("-")[2]
    return kind_named(stem) or kind_named(last)


def place_of(path: Path, sheet: str) -> str:
    """Name a sheet in messages: with its workbook, a text file by itself.

    >>> place_of(Path("一/酒曲.xlsx"), "主体"), place_of(Path("一/主体.csv"), "主体.csv")
    ('酒曲.xlsx:主体', '主体.csv')
    """
    return sheet if path.is_dir() or path.suffix.lower() == SUFFIX else f"{path.name}:{sheet}"


@contextmanager
def opened_sheets(path: Path, only: Collection[str] = ()) -> Generator[OpenBook]:
    """Open a workbook, or the text files of its sheets; as `opened_book`.

    Raises LoadRefused when it is none.
    """
    if not is_sheets(path):
        with opened_book(path, only) as book:
            yield book
        return
    if not path.exists():
        raise LoadRefused(f"没有文件 {path}：请检查路径")
    yield OpenBook([], _sheets([file for file in sheet_files(path) if not only or file.name in only]))


def _is_sheet(path: Path) -> bool:
    """Whether a file is named in Chinese, or its heads are."""
    kind = _LABELS.get(path.stem)
    if kind is None:
        return not path.stem.isascii() and sheet_kind(path.stem) is not None
    with path.open("rb") as file:
        start = file.readline(LONGEST_LINE)
    try:
        heads = start.decode("utf-8-sig").split(",")
    except UnicodeDecodeError:
        heads = start.decode("gb18030", errors="replace").split(",")
    return any(not head.isascii() and split(head)[0] in names(kind) for head in heads)


def _sheets(files: list[Path]) -> Iterator[SheetCells]:
    for file in files:
        table = examined(file, sheet_kind(file.stem) or KINDS[0])
        part = Part(trouble=table.trouble)
        rows = _rows(table, part) if not table.trouble else iter(())
        yield SheetCells(file.name, part, 1, rows)


def _rows(table: Table, part: Part) -> Iterator[list[Cell]]:
    """Yield the rows as a spreadsheet counts them: blank lines are rows, lines within a cell are not."""
    with Lines(table.path, table.encoding) as lines:
        coming, number = 1, 0
        for row in lines:
            for _ in range(row.line - coming):
                number += 1
                yield []
            number += 1
            if row.fault:
                part.broken[number] = (row.shown, row.fault)
            lines.width = lines.width or len(row.texts)
            yield list(row.texts)
            coming = row.line + 1 + sum(text.count("\n") for text in row.texts)
