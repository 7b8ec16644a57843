"""Name lists: the lines of a list of names that somebody brings, as workbook, CSV or plain text."""

import csv
from io import StringIO
from pathlib import Path

from graph.errors import LoadRefused
from loaders.csv.folder import encoding_of
from loaders.excel.book_process import opened_book
from loaders.excel.workbook import is_workbook

LONGEST = 1_000_000
"""Bytes of a text file."""


def lines_of(path: Path) -> list[str]:
    """Lines of a list, each with its cells between tabs; of a workbook those of its first sheet that has any.

    A hidden sheet is passed over: who hands in a list means what is seen. Empty lines are there too, so that
    a line keeps its number. Raises LoadRefused for what can't be read.
    """
    try:
        return _of_workbook(path) if is_workbook(path) else _of_text(path)
    except OSError as error:
        raise LoadRefused(f"{path}：打不开（{error.strerror}）") from error


def _of_workbook(path: Path) -> list[str]:
    with opened_book(path) as book:
        for sheet in book.sheets:
            if sheet.part.hidden:
                continue
            rows = ["\t".join("" if cell is None else str(cell) for cell in row) for row in sheet.rows]
            if any(row.strip() for row in rows):
                return rows
    raise LoadRefused(f"{path.name}：没有一张有内容的工作表（隐藏的不读）")


def _of_text(path: Path) -> list[str]:
    size = path.stat().st_size
    if size > LONGEST:
        raise LoadRefused(f"{path.name}：{size:,} 字节，超过名单文件的上限 {LONGEST:,} 字节：请分成几个")
    encoding = encoding_of(path)
    if not encoding:
        raise LoadRefused(f"{path.name}：不是 UTF-8 或 GB18030 文本")
    text = path.read_bytes().decode(encoding, errors="replace").removeprefix("\ufeff")
    return _of_csv(path, text) if path.suffix.lower() == ".csv" else text.splitlines()


def _of_csv(path: Path, text: str) -> list[str]:
    rows = csv.reader(StringIO(text, newline=""))
    try:
        return ["\t".join(row) for row in rows]
    except csv.Error as error:
        said = "引号没有成对，或一格过长"
        raise LoadRefused(f"{path.name}：第 {rows.line_num} 行读不出来：{said}") from error
