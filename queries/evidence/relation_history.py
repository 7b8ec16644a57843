"""Relation history: what an organisation was joined to over the years, and who says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graph.errors import BadInput
from graph.snapshot.csr import Ints
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, Array, EdgeTable
from graph.snapshot.years import valid_in
from queries.answer import Formula, Method
from queries.levels import row_of_kind
from queries.links import known

MOST = 500
FORMULA = Formula("relation-history", 1, "只列已登记的关系；未写起止年份的关系，起止不详，不是一直有效。")


@dataclass(frozen=True, slots=True)
class Event:
    """One relation of an organisation, as one source has it."""

    label: str
    """Which relation: its name in the vocabulary."""
    words: str
    outgoing: bool
    """Whether the organisation is where it starts."""
    other: int
    """The other end."""
    since: int | None
    until: int | None
    """The first year in which it does not hold any more; None: still, or not known."""
    year: int | None
    """Of a yearly figure: its year."""
    value: float | None
    """Yuan a year, of supplies and purchases."""
    product: int | None
    source: int | None
    active: bool
    """Whether it holds in the year asked."""
    place: int
    """Among the relations of its label."""

    @property
    def begins(self) -> int | None:
        """The year by which it is sorted: where it starts, else what it is measured in."""
        return self.year if self.since is None else self.since


@dataclass(frozen=True, slots=True)
class RelationHistory:
    """What an organisation was joined to, the oldest first, without any year last."""

    events: Sequence[Event]
    count: int
    method: Method
    unknown: str | None = None


def relation_history(snapshot: Snapshot, id: str, *, as_of: int, first: int = 50) -> RelationHistory:
    """List the relations of an organisation that had begun by a year, each source's for itself."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    row = row_of_kind(snapshot, id, "Organisation")
    method = FORMULA.method(snapshot, as_of, {"first": first})
    found = [e for table in snapshot.relations.values() for e in _events(table, row, as_of)]
    found = [e for e in found if e.begins is None or e.begins <= as_of]
    found.sort(key=lambda e: (e.begins is None, e.begins, e.label, e.other, e.place))
    unknown = None if found else f"{as_of} 年及以前没有登记任何关系"
    return RelationHistory(found[:first], len(found), method, unknown)


def _events(table: EdgeTable, row: int, as_of: int) -> Iterator[Event]:
    places = np.flatnonzero((table.start == row) | (table.end == row)).astype(np.int32)
    if not len(places):
        return
    holds = _holding(table, places, as_of)
    columns = {name: _years(table, name, places) for name in (*table.kind.lifetime, "year")}
    since, until, year = (columns[name] for name in (*table.kind.lifetime, "year"))
    for number, place in enumerate(places.tolist()):
        outgoing = bool(table.start[place] == row)
        event = Event(
            table.kind.label,
            table.kind.words,
            outgoing,
            int((table.end if outgoing else table.start)[place]),
            since[number],
            until[number],
            year[number],
            value=known(float(table["value"][place])) if "value" in table.arrays else None,
            product=_row(table, "product", place),
            source=_row(table, "source", place),
            active=holds[number],
            place=place,
        )
        yield event
        if table.start[place] == table.end[place]:
            yield replace(event, outgoing=False)


def _holding(table: EdgeTable, places: Ints, as_of: int) -> list[bool]:
    return valid_in(table, as_of)[places].tolist()


def _years(table: EdgeTable, name: str, places: Ints) -> list[int | None]:
    """Read a column of years, or of dates, as years; None: not stated, or the relation has no such column."""
    if name not in table.arrays:
        return [None] * len(places)
    column: Array = table[name][places]
    if column.dtype.kind == "M":
        dates: list[Any] = column.tolist()
        return [None if moment is None else moment.year for moment in dates]
    return [None if year == MISSING else year for year in column.tolist()]


def _row(table: EdgeTable, name: str, place: int) -> int | None:
    row = int(table[name][place]) if name in table.arrays else -1
    return None if row < 0 else row
