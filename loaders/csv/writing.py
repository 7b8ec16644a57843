"""Rows as CSV: exactly what the loader reads, or a copy for Excel that it does not."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from loaders.export.outgoing import Cell, Outgoing
from loaders.rows.cells import parted

type Spelling = Callable[[Cell], str]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by a spreadsheet as a formula."""


def text_of(cell: Cell) -> str:
    r"""Write a cell as the loader reads it; a bar within a value of a list is written `\|`.

    >>> text_of(["甲", "乙|丙"]), text_of(0.1), text_of(False), text_of(None)
    ('甲|乙\\|丙', '0.1', 'false', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        text = "|".join(str(part).replace("\\", "\\\\").replace("|", "\\|") for part in cell)
        # A bar behind it: a single value with a sign that people put between several is not parted.
        return f"{text}|" if "|" not in text and parted(text) else text
    return repr(cell) if isinstance(cell, float) else str(cell)


def write(folder: Path, tables: Iterable[Outgoing]) -> list[str]:
    """Write one table for each kind: UTF-8, a header of column names; tell the names of the files."""
    return [_table(folder, rows, "utf-8", text_of) for rows in tables]


def write_for_excel(folder: Path, tables: Iterable[Outgoing]) -> list[str]:
    """Write tables that Excel opens: with a BOM, and an apostrophe before what it would run."""
    return [_table(folder, rows, "utf-8-sig", inert) for rows in tables]


def inert(cell: Cell) -> str:
    """Write a cell so that a spreadsheet shows it, and never runs it as a formula.

    >>> inert("=1+1"), inert(-1.5)
    ("'=1+1", '-1.5')
    """
    text = text_of(cell)
    return f"'{text}" if isinstance(cell, str | list) and text.startswith(FORMULA) else text


def _table(folder: Path, rows: Outgoing, encoding: str, spell: Spelling) -> str:
    path = folder / f"{rows.table.kind.label}.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in rows.columns)
        for cells in rows.batches():
            texts: Sequence[list[str]] = [[spell(cell) for cell in column] for column in cells]
            writer.writerows(zip(*texts, strict=True))
    return path.name
