"""Filters: what a client may ask of a list, and which rows of a table pass.

A comparison with what is unknown is neither true nor false, and stays so under `not` (the three values of SQL
and Cypher); a row passes where the whole filter is true.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any, Literal

import numpy as np

from graph.kinds.columns import Column, column
from graph.kinds.entities import Node
from graph.kinds.persons import PERSONAL_FORMS, TELLING
from graph.kinds.terms import Term, TownStatus
from graph.snapshot.csr import Ints
from graph.snapshot.makers import makers
from graph.snapshot.regions import lifted, parents
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, Array, NodeTable, Table, code, references
from graph.snapshot.years import Mask, valid_in

type Operator = Literal["eq", "in", "contains", "startsWith", "gte", "lte", "notAfter"]

PLACES = {"town": "MEMBER_OF", "region": "LOCATED_IN", "industry": "ENGAGES_IN", "makes": None}
"""What organisations can also be asked for, and the relation that says so (None: `graph.snapshot.makers`);
regions and industries with all below them."""
TOWN_STATUS = "townStatus"
"""A town's status as of the year that is asked."""
HIERARCHIES = {"region": "Region", "industry": "Industry"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; a column among `PLACES` asks through a relation. Several values are a tuple."""

    column: str
    operator: Operator
    value: Any


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined: all of them, any of them, or none of them."""

    join: Literal["and", "or", "not"]
    parts: tuple["Condition | Group", ...]


type Filter = Condition | Group

EVERYTHING = Group("and", ())


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What a filter says of each row; where it says neither yes nor no something is unknown."""

    yes: Mask
    no: Mask


def passing(snapshot: Snapshot, table: Table, filter: Filter, places: Ints, year: int) -> Mask:
    """Tell which rows of a table, at some places, pass a filter as of a year."""
    if filter == EVERYTHING:
        return np.ones(len(places), np.bool_)
    return _Rows(snapshot, table, places, year).truth(filter).yes


def veiled(filter: Filter, kind: type[Node]) -> Filter:
    """Make conditions on what tells who a person is fail for sole traders and family farms, whatever it is.

    The condition itself is false for them, so that `not` and `or` around it tell nothing either.
    """
    if isinstance(filter, Group):
        return replace(filter, parts=tuple(veiled(part, kind) for part in filter.parts))
    if filter.column not in TELLING.get(kind.label, ()):
        return filter
    hidden = Condition("form", "in", tuple(PERSONAL_FORMS)) if kind.label == "Organisation" else EVERYTHING
    return Group("and", (filter, Group("not", (hidden,))))


def leaves(filter: Filter) -> Iterator[Condition]:
    """Walk over the conditions of a filter."""
    if isinstance(filter, Condition):
        yield filter
        return
    for part in filter.parts:
        yield from leaves(part)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Rows of a table that a filter is held against."""

    snapshot: Snapshot
    table: Table
    places: Ints
    year: int

    def truth(self, filter: Filter) -> Truth:
        if isinstance(filter, Condition):
            return self._condition(filter)
        if not filter.parts:
            return _known(np.ones(len(self.places), np.bool_))
        parts = [self.truth(part) for part in filter.parts]
        yes, no = [part.yes for part in parts], [part.no for part in parts]
        if filter.join == "and":
            return Truth(reduce(np.logical_and, yes), reduce(np.logical_or, no))
        either, neither = reduce(np.logical_or, yes), reduce(np.logical_and, no)
        return Truth(neither, either) if filter.join == "not" else Truth(either, neither)

    def _condition(self, condition: Condition) -> Truth:
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        if condition.column in PLACES:
            key = ("belongs", condition.column, values, self.year)
            belongs = self.snapshot.remember(
                key, lambda: _belonging(self.snapshot, condition.column, values, self.year), sort="filters"
            )
            return _known(belongs[self.places])
        if condition.column == TOWN_STATUS:
            return _held(_codes(TownStatus, values), town_status(self.table, self.places, self.year), -1)
        of = column(self.table.kind, condition.column)
        if of.name == "id" and isinstance(self.table, NodeTable):
            return _known(np.isin(self.places, self._nodes(values) - np.int32(self.table.first)))
        cells = self.table[of.name][self.places]
        if references(of, self.table.kind):
            return _held(self._nodes(values), cells, -1)
        if issubclass(of.type, Term):
            return _held(_codes(of.type, values), cells, -1)
        return _compared(of, condition.operator, condition.value, cells)

    def _nodes(self, ids: Sequence[str]) -> Ints:
        """Find the rows of ids, former ones too; those that are not there match nothing."""
        found = (self.snapshot.find(id) for id in ids)
        return np.array([row for row in found if row is not None], np.int32)


def town_status(towns: Table, places: Ints, year: int) -> Array:
    """Tell the status of some towns at the end of a year, as codes of `TownStatus`.

    By the dates of withdrawal and recognition; where neither is known, as it is stored.
    """
    day = np.datetime64(f"{year:04}-12-31")
    withdrawn, recognised = towns["withdrawnOn"][places], towns["recognisedOn"][places]
    # A comparison with an unknown day (NaT) is false.
    return np.select(
        [withdrawn <= day, recognised > day, ~np.isnat(recognised)],
        [code(TownStatus.WITHDRAWN), code(TownStatus.CANDIDATE), code(TownStatus.RECOGNISED)],
        towns["status"][places],
    )


def _belonging(snapshot: Snapshot, name: str, ids: Sequence[str], year: int) -> Mask:
    """Tell which organisations belong to one of some towns, regions or industries, or make a product."""
    organisations = snapshot.nodes["Organisation"]
    found = np.zeros(len(organisations), np.bool_)
    rows = [row for id in ids if (row := snapshot.find(id)) is not None]
    label = PLACES[name]
    if label is None:
        made, products = makers(snapshot, year), snapshot.nodes["Product"]
        for row in rows:
            if row in products.rows:
                found[made.of(row - products.first)] = True
        return found
    wanted = np.zeros(len(snapshot), np.bool_)
    wanted[rows] = True
    if (above := HIERARCHIES.get(name)) is not None:
        table = snapshot.nodes[above]
        here = wanted[table.first : table.first + len(table)]
        here |= lifted(parents(snapshot, above, year), here.copy()) >= 0
    edges = snapshot.relations[label]
    found[edges.start[valid_in(edges, year) & wanted[edges.end]] - organisations.first] = True
    return found


def _codes(terms: type[Term], values: Sequence[Any]) -> Ints:
    return np.array([code(terms(value)) for value in values], np.int32)


def _known(yes: Mask) -> Truth:
    return Truth(yes, ~yes)


def _held(wanted: Ints, cells: Array, unknown: int) -> Truth:
    yes = cells == wanted[0] if len(wanted) == 1 else np.isin(cells, wanted)
    return Truth(yes, ~yes & (cells != unknown))


def _compared(of: Column, operator: Operator, value: Any, cells: Array) -> Truth:
    if of.type is str:
        return _of_texts(operator, value, cells.tolist())
    if of.type is bool:
        yes = cells == int(value)
        return Truth(yes, ~yes & (cells >= 0))
    if of.type in (int, float):
        unknown = cells == MISSING if of.type is int else np.isnan(cells)
    else:
        unknown = np.isnat(cells)
        days = value if isinstance(value, tuple) else (value,)
        plain = np.array([np.datetime64(_plain(day)) for day in days], cells.dtype)
        value = plain if isinstance(value, tuple) else plain[0]
    if operator == "notAfter":
        return _known(unknown | (cells <= value))
    compare: dict[str, Callable[[], Mask]] = {
        "eq": lambda: cells == value,
        "in": lambda: np.isin(cells, value),
        "gte": lambda: cells >= value,
        "lte": lambda: cells <= value,
    }
    yes = compare[operator]() & ~unknown
    return Truth(yes, ~yes & ~unknown)


def _plain(day: Any) -> Any:
    return day if isinstance(day, date) else str(day)


def _of_texts(operator: Operator, value: Any, texts: Sequence[str | None]) -> Truth:
    tests: dict[str, Callable[[str], bool]] = {
        "eq": lambda text: text == value,
        "in": lambda text: text in value,
        "contains": lambda text: value in text,
        "startsWith": lambda text: text.startswith(value),
    }
    test = tests[operator]
    size = len(texts)
    yes = np.fromiter((text is not None and test(text) for text in texts), np.bool_, size)
    known = np.fromiter((text is not None for text in texts), np.bool_, size)
    return Truth(yes, ~yes & known)
