"""How a load would change the graph: cells that change, rows that come and go, each with its place."""

import csv
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import orjson

from graph.edits.change import Change
from loaders.csv.writing import inert
from loaders.excel.titles import titles
from loaders.rows.header import REGION

FIRST_NEW, FIRST_CHANGED = 20, 200
"""Lines that are told for each table; the rest is counted."""
HEAD = ("table", "row", "id", "column", "before", "after")
NOTHING = "（无）"
_MAKE = """
CREATE TABLE change (file TEXT, line INTEGER, id TEXT, name TEXT, words TEXT, old TEXT, new TEXT, kind TEXT)
"""
_KEEP = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

type Place = Callable[[str, int, str], "Spot"]
"""Where a cell stands for the reader: from our table's file, its line and the column (empty: the row)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the files that the reader knows."""

    table: str
    row: str
    mark: str = ":"

    def __str__(self) -> str:
        """Write it as messages do."""
        return f"{self.table}{self.mark}{self.row}"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A row that comes or goes, or one cell that changes."""

    spot: Spot
    id: str
    column: str
    """Empty for a whole row."""
    words: str
    """What the sheets call the column."""
    before: str
    """For a row that goes all that it said, as JSON."""
    after: str
    """For a new row all that it says, as JSON."""
    kind: str
    """The label of the row's kind."""

    @property
    def new(self) -> bool:
        """Whether the whole row is new."""
        return not self.column and not self.gone

    @property
    def gone(self) -> bool:
        """Whether the whole row goes: another row corrects it."""
        return not self.column and not self.after

    def __str__(self) -> str:
        """Write it as one line for people."""
        if self.new:
            return f"{self.spot} {self.id} 新增"
        if self.gone:
            return f"{self.spot} {self.id} 撤下（此行更正了它）"
        return f"{self.spot} {self.id} {self.words}：{self.before or NOTHING} → {self.after}"


class Differences:
    """All changes of a load that is tried, in a temporary file once they are many."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(_MAKE)
        self._place: Place = lambda file, line, _: Spot(file, str(line))
        self.close = weakref.finalize(self, self._database.close)

    def seen_as(self, place: Place) -> Self:
        """The places as the reader knows them."""
        self._place = place
        return self

    def note(
        self,
        file: str,
        lines: Mapping[str, int],
        found: Change,
        located: Change | None,
        corrected: Mapping[int, str],
    ) -> None:
        """Keep the changes of some rows of a table; `lines` are the rows' own, by identity.

        `corrected` tells by line what it corrects.
        """
        words = {name: title.words for name, title in titles(found.kind).items()}
        told: list[tuple[str, int, str, str, str, str, str]] = []
        for row in found.changed:
            id, before = row.identity, found.before[row.identity]
            told += (
                (file, lines[id], id, name, words.get(name, name), text_of(old), text_of(row.values[name]))
                for name, old in before.items()
            )
        new = {row.identity for row in found.new}
        places = dict(row.identity.split(" ")[:2] for row in located.new) if located else {}
        told += (
            (file, lines[r.identity], r.identity, "", "", "", _json(r.values | _at(places.get(r.identity))))
            for r in found.new
        )
        told += (
            (file, line, id, "", "", _json(found.removed[id]), "")
            for line, id in corrected.items()
            if id in found.removed
        )
        left = dict(id.split(" ")[:2] for id in located.removed) if located else {}
        for row in located.new if located else ():
            start, end, _ = row.identity.split(" ")
            if start not in new:
                told.append((file, lines[start], start, REGION, words[REGION], left.get(start, ""), end))
        self._database.execute("BEGIN")
        self._database.executemany(_KEEP, ((*one, found.kind.label) for one in told))
        self._database.execute("COMMIT")

    def counts(self) -> Iterator[tuple[str, int, int, int]]:
        """Count for each table its new rows, its changed cells, and the rows that go."""
        found = self._database.execute(
            "SELECT file, sum(name = '' AND new <> ''), sum(name <> ''), sum(name = '' AND new = '') "
            "FROM change GROUP BY file ORDER BY min(rowid)"
        )
        for file, new, changed, gone in found.fetchall():
            yield self._place(file, 1, "").table, new, changed, gone

    def __len__(self) -> int:
        """Count the rows that come or go, and the changed cells."""
        return self._database.execute("SELECT count(*) FROM change").fetchone()[0]

    def __iter__(self) -> Iterator[CellChange]:
        """Yield all, in the order of the tables."""
        return self._rows("SELECT * FROM change ORDER BY rowid")

    def _rows(self, query: str, *given: object) -> Iterator[CellChange]:
        for file, line, id, name, words, old, new, kind in self._database.execute(query, given):
            yield CellChange(self._place(file, line, name), id, name, words, old, new, kind)

    def lines(self) -> Iterator[str]:
        """Say it in text, table by table: changed cells, rows that go, new rows; the first, and how many."""
        files = self._database.execute("SELECT file FROM change GROUP BY file ORDER BY min(rowid)").fetchall()
        for (file,) in files:
            yield from self._some(file, "name <> ''", FIRST_CHANGED, "处改动")
            yield from self._some(file, "name = '' AND new = ''", FIRST_CHANGED, "行撤下")
            yield from self._some(file, "name = '' AND new <> ''", FIRST_NEW, "行新增")

    def _some(self, file: str, which: str, most: int, what: str) -> Iterator[str]:
        where = f"FROM change WHERE file = ? AND {which}"
        total = self._database.execute(f"SELECT count(*) {where}", (file,)).fetchone()[0]
        for change in self._rows(f"SELECT * {where} ORDER BY rowid LIMIT ?", file, most):
            yield f"  {change}"
        if total > most:
            yield f"  …… 另有 {total - most:,} {what}（共 {total:,}）：用 --difference 文件.csv 写出全部"

    def write_csv(self, path: Path) -> None:
        """Write every one as a table that Excel opens; a whole row is one line with all its cells as JSON."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEAD)
            for c in self:
                texts = (c.spot.table, c.spot.row, c.id, c.column, c.before, c.after)
                writer.writerow([inert(text) for text in texts])


def text_of(value: Any) -> str:
    """Write a value for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _at(region: str | None) -> dict[str, Any]:
    return {REGION: region} if region else {}


def _json(cells: dict[str, Any]) -> str:
    return orjson.dumps(cells, default=str).decode()
