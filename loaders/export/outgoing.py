"""The rows of a snapshot on their way into files: columns of plain values, a batch at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.kinds.columns import Column, columns
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, Array, Table, listed, references

type Cell = str | int | float | bool | list[str] | list[int] | None
BATCH = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Outgoing:
    """The rows of one kind that are to be written."""

    snapshot: Snapshot
    table: Table
    places: NDArray[np.intp]
    """Which rows of the table, in order."""

    def __len__(self) -> int:
        return len(self.places)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the vocabulary, as `batches` has them."""
        return columns(self.table.kind)

    def batches(self, size: int = BATCH) -> Iterator[list[list[Cell]]]:
        """Yield some rows at a time, as one list of cells for each column; what is unknown is None.

        Between them it is looked whether somebody still waits: raises TooSlow.
        """
        for begin in range(0, len(self.places), size):
            checkpoint()
            places = self.places[begin : begin + size]
            yield [self._cells(column, self.table[column.name][places]) for column in self.columns]

    def lacking(self) -> Iterator[tuple[str, str]]:
        """Yield rows without a cell that no table may leave blank: what the row is, and the column."""
        identity = self.columns[0].name
        for column in self.columns:
            if not column.optional:
                for place in self.places[_unknown(self, column)]:
                    cells = self._cells(self.columns[0], self.table[identity][place : place + 1])
                    yield str(cells[0]), column.name

    def _cells(self, column: Column, array: Array) -> list[Cell]:
        if references(column, self.table.kind):
            ids = self.snapshot.index.ids
            known = array >= 0
            cells = np.full(len(array), None, object)
            cells[known] = ids[array[known]].tolist()
            return cells.tolist()
        values = array.tolist()
        if column.many:
            return [[column.type(part) for part in listed(text)] for text in values]
        if issubclass(column.type, Term):
            terms = [term.value for term in column.type]
            return [terms[code] if code >= 0 else None for code in values]
        return _plain(column.type, values)


def _plain(type_: type, values: list[Cell]) -> list[Cell]:
    if type_ is bool:
        return [None if value == -1 else bool(value) for value in values]
    if type_ is int:
        return [None if value == MISSING else value for value in values]
    if type_ is float:
        return [None if value != value else value for value in values]  # noqa: PLR0124 - NaN
    return [None if value is None else str(value) for value in values]


def _unknown(rows: Outgoing, column: Column) -> NDArray[np.bool_]:
    array = rows.table[column.name][rows.places]
    if references(column, rows.table.kind) or issubclass(column.type, Term):
        return array < 0
    if column.type is float:
        return np.isnan(array)
    if column.type is int:
        return array == MISSING
    return np.fromiter((value is None for value in array.tolist()), np.bool_, len(array))
