"""Cells that were taken in another form than the tables': counted by form, and told one by one if asked."""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from graph.kinds.terms import Bound
from loaders.differences import Place, Spot, text_of
from loaders.rows.forms import Bounded, Years

FIRST = 200
"""Cells that are told in text; the others are counted."""
NOTHING = "（不详）"
_MAKE = "CREATE TABLE taken (file TEXT, line INTEGER, column TEXT, written TEXT, value TEXT, form TEXT)"


@dataclass(frozen=True, slots=True)
class TakenCell:
    """One cell: where it stands in our tables, what is written, what was taken, and what is said of it."""

    file: str
    line: int
    column: str
    written: str
    value: Any
    form: str


class TakenForms:
    """The cells of a load that were taken in another form, in a temporary file once they are many."""

    def __init__(self, *, each: bool = False) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(_MAKE)
        self.close = weakref.finalize(self, self._database.close)
        self._counts: dict[str, int] = {}
        self.each = each
        """Whether the cells are told, not only counted: of a dry run."""
        self._place: Place = lambda file, line, column: Spot(file, f"{line}:{column}")

    def seen_as(self, place: Place) -> Self:
        """The places as the reader knows them."""
        self._place = place
        return self

    def note(self, cells: Iterable[TakenCell]) -> None:
        """Keep some more."""
        told = list(cells)
        for cell in told:
            self._counts[cell.form] = self._counts.get(cell.form, 0) + 1
        if self.each and told:
            rows = ((c.file, c.line, c.column, c.written, shown(c.value), c.form) for c in told)
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._database.execute("COMMIT")

    @property
    def counts(self) -> dict[str, int]:
        """How many cells were taken in each form."""
        return self._counts

    def __iter__(self) -> Iterator[tuple[Spot, str, str, str]]:
        """Yield place, what is written, what was taken and the form; nothing when they were only counted."""
        rows = self._database.execute("SELECT * FROM taken ORDER BY rowid")
        for file, line, column, written, value, form in rows:
            yield self._place(file, line, column), written, value, form

    def lines(self) -> Iterator[str]:
        """Say it in text, a line for each form."""
        yield from (f"已读懂：{count:,} 格{form}" for form, count in self._counts.items())

    def cells(self) -> Iterator[str]:
        """Say it of the first cells one by one, and how many more there are."""
        for number, (spot, written, value, form) in enumerate(self):
            if number == FIRST:
                yield f"  …… 共 {sum(self._counts.values()):,} 格，此处只列前 {FIRST} 格"
                break
            yield f"  {spot}：“{written}” → {value}（{form}）"


def shown(value: Any) -> str:
    """Write a value that was taken."""
    if value is None:
        return NOTHING
    if isinstance(value, Years):
        return f"{value.since} 起" + (f"，{value.until} 年起不再有效" if value.until else "")
    if isinstance(value, Bounded):
        return f"{Bound(value.bound).words}{shown(value.value)}"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return text_of(value)
