"""Orders: rows of a table sorted by a column or by a figure, and where among them a cursor stands.

Unknown values come last, whichever way is asked; equals follow their ids (relations: their ends and what
tells them apart), in the same direction.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

import numpy as np

from graph.kinds import kind_of
from graph.kinds.columns import Record, column
from graph.kinds.entities import Node
from graph.kinds.metrics import Metric
from graph.kinds.persons import PERSONAL_FORMS, TELLING
from graph.kinds.terms import Scope, Term
from graph.snapshot.claims import Measure, figures, whole_values
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.invented import MARK
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import (
    MISSING,
    TEXT,
    Array,
    NodeTable,
    Table,
    cells,
    code,
    references,
    sorted_by,
)
from graph.snapshot.years import Mask


class Foreign(Exception):
    """A cursor that no list gives."""


@dataclass(frozen=True, slots=True)
class OrderedFigure:
    """A figure to sort nodes by: of each the one that counts (`graph.snapshot.claims`) as of a year."""

    metric: Metric
    scope: Scope | None
    """None: the whole, or a scope that stands for it."""
    year: int

    def of(self, snapshot: Snapshot, table: Table, places: Ints) -> Floats:
        """Look up the figures of some rows of a table, in the unit of the metric; NaN: unknown."""
        assert isinstance(table, NodeTable)  # noqa: S101 - relations have no figures
        rows = places + np.int32(table.first)
        if self.scope is None:
            return whole_values(snapshot, self.metric, self.year, rows)
        return figures(snapshot, Measure(self.metric, self.scope), self.year).of(rows)


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by, of the node or of the relation that leads to it; unknown values come last."""

    column: str
    of: Literal["n", "r"] = "n"
    descending: bool = False
    unknown: Any = None
    """What stands for a missing value in a cursor: greater, or smaller, than any other."""
    veiled: bool = False
    """Sole traders and family farms, and invented towns, are sorted as if the value were unknown."""
    figure: OrderedFigure | None = None
    """What is sorted by in place of the column."""


def veiled_order(order: Order, kind: type[Node]) -> Order:
    """Put sole traders and family farms last in an order by what tells who they are, by their ids."""
    if kind.label != "Organisation" or order.of != "n" or order.column not in TELLING[kind.label]:
        return order
    return _veiled(order)


def invented_last(order: Order, kind: type[Node]) -> Order:
    """Put invented towns last in any order of towns, by their ids; all other orders stay."""
    return _veiled(order) if kind.label == "Town" and order.of == "n" else order


def _veiled(order: Order) -> Order:
    last = "" if order.descending else "\U0010ffff"
    return replace(order, veiled=True, unknown=last if order.unknown is None else order.unknown)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a cursor stands: its row's value (a day as text), and what tells rows of equal value apart."""

    key: Any
    tie: Sequence[str]
    """The id of a node; of a relation its ends and the columns that it is ordered by, as texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Sorted:
    """Rows of a table, ascending."""

    rows: Ints
    """By value and then by place; after `known` of them those of unknown value."""
    known: int

    def turned(self) -> Ints:
        """Give the rows in descending order: values fall, unknown ones still come last."""
        return np.concatenate([self.rows[: self.known][::-1], self.rows[self.known :][::-1]])


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A column of a list: where in a table each of its rows finds its cell; None: at its own place."""

    table: Table
    column: str
    places: Ints | None = None
    figure: OrderedFigure | None = None
    """What stands in place of the column."""

    def at(self, rows: Ints) -> Ints:
        """Give the places of some rows."""
        return rows if self.places is None else self.places[rows]

    def read(self, snapshot: Snapshot, rows: Ints) -> list[Any]:
        """Read the cells of some rows as cursors hold them: days and moments as text."""
        if self.figure is not None:
            found = self.figure.of(snapshot, self.table, self.at(rows))
            return [None if np.isnan(value) else value for value in found.tolist()]
        of = column(self.table.kind, self.column)
        values = cells(of, self.table, self.at(rows), snapshot.id_of)
        return [v and v.isoformat() for v in values] if of.type in (date, datetime) else values

    def number(self, row: int) -> int:
        """What the cell of a row holds: a row, a code, a number; an id is told by its place."""
        place = int(self.at(np.array([row], np.int32))[0])
        return place if self.column == "id" else int(self.table[self.column][place].astype(np.int64))

    def parsed(self, snapshot: Snapshot, text: str) -> float:
        """Turn text into what a cell that shows it holds; a row that is gone stands before the next.

        Raises Foreign when no cell can show it.
        """
        of = column(self.table.kind, self.column)
        try:
            if self.column == "id":
                return _row(snapshot, text) - getattr(self.table, "first", 0)
            if references(of, self.table.kind):
                return _row(snapshot, text)
            if issubclass(of.type, Term):
                return code(of.type(text)) if text else -1
            if of.type is date:
                return int(np.datetime64(text or "NaT", "D").astype(np.int64))
            return int(text) if text else MISSING
        except ValueError as error:
            raise Foreign from error


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """What the rows of a list are ordered by, and told apart by where that is equal."""

    snapshot: Snapshot
    order: Order
    value: Cells
    ties: Sequence[Cells]

    def positions(self, rows: Ints) -> list[Position]:
        """Say where some rows stand."""
        shown = (tie.read(self.snapshot, rows) for tie in self.ties)
        ties = zip(*(["" if v is None else str(v) for v in texts] for texts in shown), strict=True)
        return [
            Position(self.order.unknown if key is None else key, tie)
            for key, tie in zip(self._values(rows), ties, strict=True)
        ]

    def bounds(self, rows: Ints, cursor: Position) -> tuple[int, int]:
        """Tell how many of some rows, in the order asked, come before a cursor's row, and how many not after.

        The row itself need not be there any more. Raises Foreign for what no cursor of this list holds.
        """
        if len(cursor.tie) != len(self.ties):
            raise Foreign
        unknown = cursor.key is None or (self.order.unknown is not None and cursor.key == self.order.unknown)
        ties = (cells.parsed(self.snapshot, text) for cells, text in zip(self.ties, cursor.tie, strict=True))
        target = (None if unknown else cursor.key, *ties)
        try:
            low = bisect_left(rows, 0, key=lambda row: self._side(row, target))
            high = low  # few rows, if any, stand where the cursor does: no second bisection
            while high < len(rows) and self._side(rows[high], target) == 0:
                high += 1
        except TypeError as error:
            raise Foreign from error
        return low, high

    def _side(self, row: int, target: tuple[Any, ...]) -> int:
        """Tell whether a row comes before (−1) or after (1) a cursor's, or is it (0)."""
        value = self._values(np.array([row], np.int32))[0]
        if (value is None) != (target[0] is None):
            return 1 if value is None else -1
        ours = (value, *(tie.number(row) for tie in self.ties))
        if value is None:
            ours, target = ours[1:], target[1:]
        side = 0 if ours == target else -1 if ours < target else 1
        return -side if self.order.descending else side

    def _values(self, rows: Ints) -> list[Any]:
        values = self.value.read(self.snapshot, rows)
        if not self.order.veiled:
            return values
        hidden = _hidden(self.value.table)[self.value.at(rows)].tolist()
        return [None if veil else value for veil, value in zip(hidden, values, strict=True)]


def keys_of(snapshot: Snapshot, table: Table, order: Order, rows: Ints | None = None) -> Keys:
    """Say what some rows (places) of a table are ordered by; None: all, each at its own place."""
    named = ["id"] if isinstance(table, NodeTable) else sorted_by(table.kind)
    value = Cells(table, order.column, rows, order.figure)
    return Keys(snapshot, order, value, [Cells(table, n, rows) for n in named])


def _row(snapshot: Snapshot, id: str) -> float:
    """Find the row of an id; of one that is gone, where it would stand: half a row before the next."""
    if not id:
        return -1
    if (row := snapshot.index.row(id)) >= 0:
        return row
    kind = kind_of(id)
    if kind is None or kind.label not in snapshot.nodes:
        raise Foreign
    table = snapshot.nodes[kind.label]
    return table.first + bisect_left(table["id"], id) - 0.5


def by_order(snapshot: Snapshot, table: Table, order: Order) -> Sorted:
    """Sort all rows of a table; kept with the snapshot."""
    made = lambda: _sorted(snapshot, table, order)  # noqa: E731
    return snapshot.remember(_key("sorted", table, order), made, sort=_sort(order))


def turned(snapshot: Snapshot, table: Table, order: Order) -> Ints:
    """Give all rows of a table in the order that is asked; kept with the snapshot."""
    if not order.descending:
        return by_order(snapshot, table, order).rows
    made = lambda: by_order(snapshot, table, order).turned()  # noqa: E731
    return snapshot.remember(_key("turned", table, order), made, sort=_sort(order))


def sort_keys(snapshot: Snapshot, table: Table, order: Order, places: Ints) -> Floats:
    """Give rows of a table numbers that sort as their values do; NaN: unknown."""
    if order.veiled or (order.figure is None and table[order.column].dtype == TEXT):
        made = lambda: _ranks(by_order(snapshot, table, order))  # noqa: E731
        return snapshot.remember(_key("ranks", table, order), made, sort=_sort(order))[places]
    if order.figure is not None:
        return order.figure.of(snapshot, table, places)
    return _numbers(table[order.column][places])


def unknown(snapshot: Snapshot, table: Table, order: Order, places: Ints) -> Mask:
    """Which rows have no known value to sort by; invented towns stand last and may have one all the same."""
    told = replace(order, veiled=False) if table.kind.label == "Town" else order
    return np.isnan(sort_keys(snapshot, table, told, places))


def _key(what: str, table: Table, order: Order) -> tuple[object, ...]:
    return what, table.kind.label, order.column, order.veiled, order.figure


def _sort(order: Order) -> str:
    """Orders by columns are as many as the vocabulary has; those by figures as many as people ask for."""
    return "links" if order.figure is None else "filters"


def _numbers(cells: Array) -> Floats:
    """Read numbers or days as numbers; NaN: unknown."""
    if cells.dtype.kind == "M":
        return np.where(np.isnat(cells), np.nan, cells.astype(np.int64))
    return np.where(cells == MISSING, np.nan, cells) if cells.dtype.kind == "i" else cells


def _sorted(snapshot: Snapshot, table: Table, order: Order) -> Sorted:
    if order.figure is not None:
        values = order.figure.of(snapshot, table, np.arange(len(table), dtype=np.int32))
        known = ~np.isnan(values)
    elif order.column == "id" and isinstance(table, NodeTable):
        known = np.ones(len(table), np.bool_)
        values = np.arange(len(table), dtype=np.int32)
    elif (values := table[order.column]).dtype == TEXT:
        known = np.fromiter((text is not None for text in values.tolist()), np.bool_, len(values))
    else:
        values = _numbers(values)
        known = ~np.isnan(values)
    if order.veiled:
        known &= ~_hidden(table)
    places = np.flatnonzero(known)
    ascending = places[np.argsort(values[places], kind="stable")]
    rows = np.concatenate([ascending, np.flatnonzero(~known)]).astype(np.int32)
    return Sorted(rows, len(places))


def _ranks(order: Sorted) -> Floats:
    ranks = np.full(len(order.rows), np.nan)
    ranks[order.rows[: order.known]] = np.arange(order.known)
    return ranks


def veiling(kind: type[Record]) -> str:
    """Name the column that tells which rows a veiled order puts last."""
    return MARK if kind.label == "Town" else "form"


def _hidden(table: Table) -> Mask:
    told = table[veiling(table.kind)]
    return told == 1 if table.kind.label == "Town" else np.isin(told, [code(form) for form in PERSONAL_FORMS])
