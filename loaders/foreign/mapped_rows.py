"""The making of our rows from foreign ones: cells by their rules, and where each row came from."""

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import TextIO

from graph.kinds.metrics import SPELLINGS
from loaders.foreign.adapter import Cell, Entry, meant
from loaders.foreign.tables import Row
from loaders.rows.figures import NO_NUL, NUL, Figure, figure, written
from loaders.rows.forms import CellFault, normalised

type IdsOf = dict[tuple[str, str, str, str], str]
"""Ids by kind, file, column and what stands there; empty where two have the same."""
SAMPLE = 3
"""Made rows of each table that a check shows, of the first lines of the foreign tables."""
FIRST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a row of ours comes from."""

    file: str
    line: int
    entry: Entry
    column: str = ""
    """The foreign column that the pattern of its rule matched."""


@dataclass(slots=True)
class OurTable:
    """A table of ours while it is written."""

    columns: list[str]
    file: TextIO
    lines: list[int] = field(default_factory=list[int])
    traces: list[Trace] = field(default_factory=list[Trace])
    line: int = 1
    sample: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    """The first rows that are made."""

    def put(self, cells: dict[str, str], trace: Trace) -> None:
        """Write one row, and keep where it comes from."""
        values = [cells.get(name, "") for name in self.columns]
        self.line += 1
        self.lines.append(self.line)
        self.traces.append(trace)
        if len(self.sample) < SAMPLE and trace.line <= FIRST_LINES:
            self.sample.append({name: text for name, text in cells.items() if text})
        csv.writer(self.file, lineterminator="\n").writerow(values)
        self.line += sum(value.count("\n") for value in values)

    def trace(self, line: int) -> Trace:
        """Where the row on a line comes from."""
        return self.traces[bisect_right(self.lines, line) - 1]


def cell_of(cell: Cell, text: str, ids: IdsOf) -> str:
    """Turn a foreign text into one of our cells; raise CellFault where the adapter has no place for it."""
    if not text:
        return ""
    if NUL in text:
        raise CellFault(NO_NUL)
    if cell.values is not None:
        known = cell.values.get(text, cell.otherwise)
        if known is None:
            raise CellFault(f"不在对照表（{cell.place}）中；{meant(text, list(cell.values))}")
        text = known
    if cell.find:
        text = _found(cell, text, ids)
    if cell.hash:
        text = blake2b(normalised(text).encode(), digest_size=6).hexdigest()
    if cell.unit:
        text = _in_unit(text, cell.unit)
    if cell.split:
        text = "|".join(part.strip() for part in text.split(cell.split)) + "|"
    return cell.prefix + text if text else ""


def _in_unit(text: str, unit: str) -> str:
    """Bring a figure to the unit it is stored in; one that names a unit or a scale itself stays as it is."""
    found = figure(text)
    if found.unit or found.scale:
        return text
    return written(Figure(found.value * Decimal(repr(SPELLINGS[unit][1])), bound=found.bound))


def _found(cell: Cell, text: str, ids: IdsOf) -> str:
    file, column = cell.find or ("", "")
    id = ids.get((cell.of, file, column, text))
    if id is None:
        raise CellFault(f"{file} 的“{column}”列中没有它（见 {cell.place}）")
    if not id:
        raise CellFault(f"{file} 的“{column}”列中有几行这样写，不能确定是哪一行")
    return id


def origin(cell: Cell, row: Row, match: re.Match[str] | None, value: str) -> str:
    """The text that a cell begins with: a constant, a column, a group, or what was matched."""
    if cell.constant is not None:
        return cell.constant
    if cell.column is not None:
        return row.get(cell.column, "")
    return str(match[cell.group]) if match and cell.group is not None else value


def turns(entry: Entry, row: Row) -> Iterator[tuple[re.Match[str] | None, str]]:
    """Yield once, or for each column that `each` matches and that is filled."""
    if not entry.each:
        yield None, ""
        return
    for column, value in row.items():
        if value and (match := re.fullmatch(entry.each, column)):
            yield match, value
