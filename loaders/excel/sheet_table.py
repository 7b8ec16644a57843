"""What a sheet of a workbook holds for one kind: its columns, and its rows as texts with their faults."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from graph.kinds import Entity
from loaders.excel.titles import MONEY_UNIT, Kind

_SOUND: dict[str, tuple[str, str]] = {}
"""Shared by all rows without faults, never changed."""

type Cell = str | float | bool | date | time | timedelta | None

POISON = "\x01"
"""Before a cell's text: no reader takes it, so the loader refuses its row and our own reason is shown."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet."""

    place: int
    """From 0."""
    header: str
    name: str
    """The column of the table; empty when it holds nothing for the graph."""
    unit: str = ""


@dataclass(slots=True)
class Line:
    """One row of a sheet: texts by column."""

    number: int
    """As Excel shows it."""
    texts: dict[str, str]
    faults: dict[str, tuple[str, str]] = field(default_factory=lambda: _SOUND)
    """What is wrong with a cell, by column: what stands there, and why."""

    origin: str = ""
    """The row of a workbook that it stood in first (`book.xlsx:12`); empty when it is this one."""
    corrects: str = ""
    """What stands in the column 更正."""

    def refuse(self, column: str, value: str, reason: str) -> None:
        """See that the loader will not take a cell."""
        self.texts[column] = POISON + value
        self.faults = self.faults | {column: (value, reason)}


@dataclass(slots=True)
class Page:
    """What one sheet holds for one kind."""

    sheet: str
    kind: Kind
    header: int = 0
    """The last row of its header, from 1."""
    fields: list[Field] = field(default_factory=list[Field])
    lines: list[Line] = field(default_factory=list[Line])
    broken: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    """Rows that can't be read: what stands there, and why."""
    notes: list[str] = field(default_factory=list[str])
    trouble: str = ""
    """Why nothing of it can be read."""
    hidden: bool = False
    """Whether Excel does not show it."""

    @property
    def units(self) -> dict[str, str]:
        """Map columns to the units that their headers name."""
        return {f.name: f.unit.removesuffix("/年") for f in self.fields if f.name and f.unit}

    @property
    def columns(self) -> list[str]:
        """Name the columns of the table, in order."""
        named = dict.fromkeys(f.name for f in self.fields if f.name and f.name != MONEY_UNIT)
        minted = (
            issubclass(self.kind, Entity)
            and "id" not in named
            and any("id" in line.texts for line in self.lines)
        )
        return ["id", *named] if minted else list(named)


def text_of(value: Cell) -> str:
    """Write a cell as a person would type it.

    >>> text_of(2024.0), text_of(datetime(2022, 9, 14)), text_of(0.1), text_of(True)
    ('2024', '2022-09-14', '0.1', '是')
    """
    if isinstance(value, str):
        return value.strip().replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)  # noqa: PLR2004
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return "" if value is None else str(value)
