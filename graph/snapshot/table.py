"""Rows of one kind as typed columns: read-only arrays, one for each field of the vocabulary.

How a field is held, and what stands for a missing value (a field with a default is never missing):

    closed list   int16    place in the list, -1
    reference     int32    global row of the node, -1
    int           int32    MISSING
    float         float64  NaN
    bool          int8     -1
    date          datetime64[D]  NaT
    text          StringDType    None; a list of values is one text, joined by BREAK, None when empty

A column that is the same in every row takes no memory: it is one value, broadcast.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING as NOTHING
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from graph.kinds.columns import Column, Record, columns
from graph.kinds.entities import Node
from graph.kinds.relations import Relation
from graph.kinds.terms import Term
from graph.snapshot.index import NodeIndex
from graph.snapshot.texts import TEXT, Columns, Texts

type Array = NDArray[Any]
type Rows = Callable[[Sequence[str | None]], NDArray[np.int32]]
"""Finds the global rows of ids; -1 for those that are not there."""

MISSING = int(np.iinfo(np.int32).min)
"""Stands for an unknown int."""
BREAK = "\x1f"
"""Stands between the values of a list."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of a kind or relation: a mapping from column names to arrays of equal length."""

    kind: type[Record]
    length: int
    arrays: Mapping[str, Array]

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, column: str) -> Array:
        return self.arrays[column]

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take (texts longer than 15 bytes: their slots and letters)."""
        held = self.arrays.held if isinstance(self.arrays, Columns) else self.arrays.__getitem__
        return sum(_bytes(held(name)) for name in self.arrays)

    def altered(self, columns: Mapping[str, Array]) -> Self:
        """Give a copy with other columns in place of some."""
        held = self.arrays
        return replace(self, arrays=held | columns if isinstance(held, Columns) else {**held, **columns})


@dataclass(frozen=True, slots=True, eq=False)
class NodeTable(Table):
    """The nodes of a kind, ordered by id; their global rows begin at `first`."""

    kind: type[Node]
    first: int = 0

    @property
    def rows(self) -> Sequence[NodeIndex]:
        """Its nodes, in order."""
        return cast("Sequence[NodeIndex]", range(self.first, self.first + self.length))


@dataclass(frozen=True, slots=True, eq=False)
class EdgeTable(Table):
    """The relations of a label, ordered by their ends and then by what tells them apart."""

    kind: type[Relation]

    @property
    def start(self) -> NDArray[np.int32]:
        """The global rows of the nodes where they start."""
        return self.arrays["from"]

    @property
    def end(self) -> NDArray[np.int32]:
        """The global rows of the nodes where they end."""
        return self.arrays["to"]


def references(column: Column, kind: type[Record]) -> bool:
    """Whether a column is held as rows of other nodes."""
    ends = issubclass(kind, Relation) and column.field in ("start", "end")
    return not column.many and (ends or column.ref is not None)


def code(term: Term) -> int:
    """How a value of a closed list is held in its column."""
    return _codes(type(term))[term]


def encode(kind: type[Record], cells: Sequence[Sequence[Any]], rows: Rows) -> dict[str, Array]:
    """Turn rows of cells, in the order of the kind's columns, into arrays."""
    by_column: Iterator[Sequence[Any]] = iter(list(zip(*cells, strict=True)) or [()] * len(columns(kind)))
    return {c.name: _encoded(kind, c, next(by_column), rows) for c in columns(kind)}


def joined(parts: Sequence[Mapping[str, Array]], order: Array | None = None) -> dict[str, Array]:
    """Put the arrays of several batches behind each other, in an order of their rows, for good."""
    arrays = ((name, np.concatenate([part[name] for part in parts])) for name in parts[0])
    return {name: frozen(array if order is None else array[order]) for name, array in arrays}


def frozen(array: Array) -> Array:
    """Make an array read-only; one that is the same all over shrinks to a single value."""
    if len(array) > 1 and _uniform(array):
        return np.broadcast_to(array[:1].copy().reshape(()), array.shape)
    array.setflags(write=False)
    return array


def record[R: Record](kind: type[R], table: Table, place: int, id_of: Callable[[int], str]) -> R:
    """Build the vocabulary's object from one row."""
    values = {c.field: _decoded(kind, c, table[c.name][place], id_of) for c in columns(kind)}
    given = _defaults(kind)
    return kind(**{name: value for name, value in values.items() if value is not None or name not in given})


def listed(text: str | None) -> list[str]:
    """Take a joined text apart."""
    return text.split(BREAK) if text else []


def _encoded(kind: type[Record], column: Column, values: Sequence[Any], rows: Rows) -> Array:
    if references(column, kind):
        return rows(values)
    default = _defaults(kind).get(column.field)
    if default is not None:
        values = [default if value is None else value for value in values]
    if column.many:
        return np.array([BREAK.join(map(str, v)) if v else None for v in values], dtype=TEXT)
    if issubclass(column.type, Term):
        codes = _codes(column.type)
        return np.fromiter((codes.get(v, -1) for v in values), np.int16, len(values))
    return _plain(column.type, values)


def _plain(type_: type, values: Sequence[Any]) -> Array:
    """Hold values that are no list, term or reference."""
    if type_ is bool:
        return np.fromiter((-1 if v is None else v for v in values), np.int8, len(values))
    if type_ is int:
        return np.fromiter((MISSING if v is None else v for v in values), np.int32, len(values))
    if type_ is float:
        return np.array(values, dtype=np.float64)
    if type_ is date:
        return np.array([None if v is None else str(v)[:10] for v in values], dtype="datetime64[D]")
    return np.array(values, dtype=TEXT)


def _decoded(kind: type[Record], column: Column, value: Any, id_of: Callable[[int], str]) -> Any:
    if references(column, kind):
        return id_of(int(value)) if value >= 0 else (None if column.optional else "")
    if column.many:
        return [column.type(part) for part in listed(value)]
    if issubclass(column.type, Term):
        return list(column.type)[value] if value >= 0 else None
    if column.type is bool:
        return None if value < 0 else bool(value)
    if column.type in (int, float):
        return None if value == MISSING or value != value else column.type(value)  # noqa: PLR0124 - NaN
    return value.item() if column.type is date else value


def _uniform(array: Array) -> bool:
    if array.dtype == TEXT:
        return array[0] is None and all(value is None for value in array.tolist())
    plain = array.view(f"i{array.itemsize}")
    return bool(plain[0] == plain[-1] and (plain == plain[0]).all())


def _bytes(array: Array | Texts) -> int:
    if isinstance(array, Texts):
        return array.nbytes
    if array.strides == (0,):
        return array.itemsize
    long = (len(text.encode()) for text in (array.tolist() if array.dtype == TEXT else ()) if text)
    return array.nbytes + sum(size for size in long if size >= array.itemsize)


@cache
def _codes(terms: type[Term]) -> dict[str, int]:
    return {term.value: place for place, term in enumerate(terms)}


@cache
def _defaults(kind: type[Record]) -> dict[str, Any]:
    """Map the fields that have a default to it; an empty list counts as missing."""
    made = {f.name: None for f in fields(kind) if f.default_factory is not NOTHING}
    plain = {f.name: f.default for f in fields(kind) if f.default is not NOTHING}
    return made | plain
