"""Rows of one kind as typed columns: read-only arrays, one for each field of the vocabulary.

How a field is held, and what stands for a missing value (a field with a default is never missing):

    closed list   int16    place in the list, -1
    reference     int32    global row of the node, -1
    int           int32    MISSING
    float         float64  NaN
    bool          int8     -1
    date          datetime64[D]  NaT
    datetime      datetime64[us]  NaT; UTC
    text          StringDType    None; a list of values is one text, joined by BREAK, None when empty

A column that is the same in every row takes no memory: it is one value, broadcast.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING as NOTHING
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import blake2b
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
MOST_DECODED = 200_000
"""A column of so many texts is decoded as a whole when it is first read: that is faster, and takes memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of a kind or relation: a mapping from column names to arrays of equal length."""

    kind: type[Record]
    length: int
    arrays: Mapping[str, Array]
    hashes: dict[str, tuple[Array, bytes]] = field(
        default_factory=dict[str, tuple[Array, bytes]], kw_only=True, repr=False
    )
    """Of columns that were hashed, each with the array that it is the hash of."""

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, column: str) -> Array:
        return self.arrays[column]

    def read(self, column: str, places: Any) -> list[Any]:
        """Read some rows of a column; long columns of texts in a bundle are read where they lie."""
        if isinstance(self.arrays, Columns):
            held = self.arrays.held(column)
            if isinstance(held, Texts) and len(held) == self.length > MOST_DECODED:
                return held.at(places)
        return self.arrays[column][places].tolist()

    @property
    def digest(self) -> bytes:
        """A hash of the content; a column that was hashed, here or in the table before this, is not again."""
        digest = blake2b(digest_size=16)
        for name, array in self.arrays.items():
            if (known := self.hashes.get(name)) is None or known[0] is not array:
                known = self.hashes[name] = (array, _hashed(array))
            digest.update(f"{self.kind.label}.{name}:{len(array)};".encode())
            digest.update(known[1])
        return digest.digest()

    def sharing(self, held: Self) -> Self:
        """Give a table with the arrays of another where they are equal."""
        _ = self.digest, held.digest
        own, other = self.hashes, held.hashes
        same = {n for n in self.arrays if own[n][1] == other[n][1] and len(self[n]) == len(held[n])}
        arrays = {name: held[name] if name in same else array for name, array in self.arrays.items()}
        return replace(self, arrays=arrays, hashes={n: (arrays[n], own[n][1]) for n in arrays})

    def hashes_of(self, arrays: Mapping[str, Array]) -> dict[str, tuple[Array, bytes]]:
        """What is known here of the hashes of other columns: of those that are the same arrays."""
        return {n: known for n, known in self.hashes.items() if arrays.get(n) is known[0]}

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take (texts longer than 15 bytes: their slots and letters)."""
        held = self.arrays.held if isinstance(self.arrays, Columns) else self.arrays.__getitem__
        return sum(_bytes(held(name)) for name in self.arrays)

    def altered(self, columns: Mapping[str, Array]) -> Self:
        """Give a copy with other columns in place of some."""
        held = self.arrays
        arrays = held | columns if isinstance(held, Columns) else {**held, **columns}
        return replace(self, arrays=arrays, hashes={})


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


@cache
def sorted_by(kind: type[Relation]) -> Sequence[str]:
    """List the columns that relations are ordered by: the ends, what groups them, what tells them apart."""
    named = {c.field: c.name for c in columns(kind)}
    rest = [named[name] for name in kind.key_fields]
    return list(dict.fromkeys(["from", "to", *(kind.newest_by or ()), *rest]))


def code(term: Term) -> int:
    """How a value of a closed list is held in its column."""
    return _codes(type(term))[term]


def encode(kind: type[Record], cells: Sequence[Sequence[Any]], rows: Rows) -> dict[str, Array]:
    """Turn rows of cells, in the order of the kind's columns, into arrays."""
    by_column: Iterator[Sequence[Any]] = iter(list(zip(*cells, strict=True)) or [()] * len(columns(kind)))
    return {c.name: encoded(kind, c, next(by_column), rows) for c in columns(kind)}


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
    values = {c.field: cells(c, table, [place], id_of)[0] for c in columns(kind)}
    given = _defaults(kind)
    return kind(**{name: value for name, value in values.items() if value is not None or name not in given})


def cells(  # noqa: PLR0911 - one for each way that a column is held
    column: Column, table: Table, places: Any, id_of: Callable[[int], str]
) -> list[Any]:
    """Read some rows of a column, as `record` would; places are those of the table."""
    values, kind = table.read(column.name, places), table.kind
    if references(column, kind):
        unknown = None if column.optional else ""
        return [id_of(value) if value >= 0 else unknown for value in values]
    if column.many:
        return [list(map(column.type, listed(value))) for value in values]
    if issubclass(column.type, Term):
        members = members_of(column.type)
        return [members[value] for value in values]
    if column.type is bool:
        return [None if value < 0 else value > 0 for value in values]
    if column.type is int:
        return [None if value == MISSING else value for value in values]
    if column.type is float:
        return [value if value == value else None for value in values]  # noqa: PLR0124 - NaN
    return [value and value.replace(tzinfo=UTC) for value in values] if column.type is datetime else values


@cache
def members_of(terms: type[Term]) -> Sequence[Term | None]:
    """List a closed list by how its values are held; the last, for -1, is None."""
    return [*terms, None]


def listed(text: str | None) -> list[str]:
    """Take a joined text apart."""
    return text.split(BREAK) if text else []


def encoded(kind: type[Record], column: Column, values: Sequence[Any], rows: Rows) -> Array:
    """Turn the values of one column into an array."""
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
    if type_ is datetime:
        return np.array([None if v is None else _utc(v) for v in values], dtype="datetime64[us]")
    if type_ is date:
        return np.array([None if v is None else str(v)[:10] for v in values], dtype="datetime64[D]")
    return np.array(values, dtype=TEXT)


def _utc(moment: Any) -> datetime:
    """Take a moment as either store gives it; one without a zone is UTC: the embedded store forgets that."""
    plain: datetime = moment.to_native() if hasattr(moment, "to_native") else moment
    return plain.astimezone(UTC).replace(tzinfo=None) if plain.tzinfo else plain


def _hashed(array: Array) -> bytes:
    digest = blake2b(digest_size=16)
    if array.dtype == TEXT:
        digest.update("\0".join("" if text is None else text for text in array.tolist()).encode())
    else:
        digest.update((array[:1] if array.strides == (0,) else array).tobytes())
    return digest.digest()


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
