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
from graph.kinds.metrics import Metric
from graph.kinds.persons import PERSONAL_FORMS, TELLING
from graph.kinds.terms import Scope, Term, TownStatus
from graph.snapshot.claims import Measure, figures, whole_values
from graph.snapshot.csr import Ints
from graph.snapshot.makers import makers
from graph.snapshot.purchases import supply_flows
from graph.snapshot.regions import lifted, parents
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, Array, NodeTable, Table, code, references
from graph.snapshot.towns import town_status
from graph.snapshot.years import Mask, valid_in

type Operator = Literal["eq", "in", "contains", "startsWith", "gte", "lte", "notAfter"]


@dataclass(frozen=True, slots=True)
class Belonging:
    """What organisations can also be asked for: the kind that is named, and what leads to it."""

    kind: str
    words: str
    relation: str | None = None
    """The relation that says so; None: a rule of its own."""


BELONGINGS = {
    "town": Belonging("Town", "属于某专业镇", "MEMBER_OF"),
    "region": Belonging("Region", "位于某行政区划（含下级）", "LOCATED_IN"),
    "industry": Belonging("Industry", "从事某行业（含下级）", "ENGAGES_IN"),
    "makes": Belonging("Product", "生产某产品"),
    "leads": Belonging("Town", "是某专业镇的龙头企业", "LEADS"),
    "holds": Belonging("Qualification", "持有某资质（asOf 年有效）", "HOLDS"),
    "received": Belonging("Benefit", "已享受某政策措施（不晚于 asOf 年）", "RECEIVED"),
    "supplies": Belonging("Organisation", "向某主体供货（该年的供应）"),
    "buysFrom": Belonging("Organisation", "从某主体进货（该年的供应）"),
    "suppliesLeaderOf": Belonging("Town", "向某专业镇的龙头企业供货（该年的供应）"),
}
"""Conditions on organisations that ask through a relation; regions and industries with all below them."""
AT_ENDS = {
    "fromTown": ("town", "from", "卖方"),
    "fromRegion": ("region", "from", "卖方"),
    "toTown": ("town", "to", "买方"),
    "toRegion": ("region", "to", "买方"),
}
"""Conditions on flows that ask of one of their ends: a condition of `BELONGINGS`, the end, and its words."""
FIGURE = "figure"
"""A condition on the figure that counts, of kinds that figures are about."""
FIGURED = ("Organisation", "Town", "Region")
TOWN_STATUS = "townStatus"
"""A town's status as of the year that is asked."""
HIERARCHIES = {"region": "Region", "industry": "Industry"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; a column among `BELONGINGS` asks through a relation. Several values are a tuple."""

    column: str
    operator: Operator
    value: Any


@dataclass(frozen=True, slots=True)
class FigureBounds:
    """The value of a condition on `FIGURE`: known, and within bounds (both included) where they are given."""

    metric: Metric
    scope: Scope | None
    """None: the whole, or a scope that stands for it."""
    gte: float | None
    lte: float | None
    year: int | None
    """The figure as of this year; None: as of the year that is asked."""


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
            bounds = isinstance(filter.value, FigureBounds)
            return self._figure(filter.value) if bounds else self._condition(filter)
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
        if condition.column in BELONGINGS or condition.column in AT_ENDS:
            return _known(self._related(condition.column, values))
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

    def _related(self, column: str, ids: tuple[str, ...]) -> Mask:
        if column in BELONGINGS:
            return self._belonging(column, ids)[self.places]
        name, end, _ = AT_ENDS[column]
        rows = self.table[end][self.places] - np.int32(self.snapshot.nodes["Organisation"].first)
        return self._belonging(name, ids)[rows]

    def _belonging(self, name: str, ids: tuple[str, ...]) -> Mask:
        key = ("belongs", name, ids, self.year)
        made = lambda: _belonging(self.snapshot, name, ids, self.year)  # noqa: E731
        return self.snapshot.remember(key, made, sort="filters")

    def _figure(self, bounds: FigureBounds) -> Truth:
        assert isinstance(self.table, NodeTable)  # noqa: S101 - relations have no figures
        as_of = self.year if bounds.year is None else bounds.year
        rows = self.places + np.int32(self.table.first)
        if bounds.scope is None:
            value = whole_values(self.snapshot, bounds.metric, as_of, rows)
        else:
            value = figures(self.snapshot, Measure(bounds.metric, bounds.scope), as_of).of(rows)
        known = ~np.isnan(value)
        low, high = (
            (-np.inf if bounds.gte is None else bounds.gte),
            (np.inf if bounds.lte is None else bounds.lte),
        )
        within = (value >= low) & (value <= high)  # a comparison with NaN is false
        return Truth(within, known & ~within)

    def _nodes(self, ids: Sequence[str]) -> Ints:
        """Find the rows of ids, former ones too; those that are not there match nothing."""
        found = (self.snapshot.find(id) for id in ids)
        return np.array([row for row in found if row is not None], np.int32)


def _belonging(snapshot: Snapshot, name: str, ids: Sequence[str], year: int) -> Mask:
    """Tell which organisations a condition of `BELONGINGS` holds for, with some ids."""
    wanted = np.zeros(len(snapshot), np.bool_)
    wanted[[row for id in ids if (row := snapshot.find(id)) is not None]] = True
    organisations = snapshot.nodes["Organisation"]
    found = np.zeros(len(organisations), np.bool_)
    if (label := BELONGINGS[name].relation) is not None:
        found[_led(snapshot, name, label, wanted, year) - organisations.first] = True
    elif name == "makes":
        made, products = makers(snapshot, year), snapshot.nodes["Product"]
        for place in np.flatnonzero(wanted[products.first : products.first + len(products)]).tolist():
            found[made.of(place)] = True
    else:
        found[_trading(snapshot, name, wanted, year)] = True
    return found


def _led(snapshot: Snapshot, name: str, label: str, wanted: Mask, year: int) -> Ints:
    """Find what a relation leads from to wanted nodes (global rows) in a year, or to what is below them."""
    if (above := HIERARCHIES.get(name)) is not None:
        table = snapshot.nodes[above]
        here = wanted[table.first : table.first + len(table)]
        here |= lifted(parents(snapshot, above, year), here.copy()) >= 0
    edges = snapshot.relations[label]
    held = valid_in(edges, year) & wanted[edges.end]
    return edges.start[held & (edges["year"] <= year) if "year" in edges.arrays else held]


def _trading(snapshot: Snapshot, name: str, wanted: Mask, year: int) -> Ints:
    """Find the organisations (rows of their table) that trade with wanted ones (global rows) in a year."""
    flows = supply_flows(snapshot, year)
    if name == "suppliesLeaderOf":
        leads, towns = snapshot.relations["LEADS"], wanted
        wanted = np.zeros_like(towns)
        wanted[leads.start[valid_in(leads, year) & towns[leads.end]]] = True
    traders = flows.end[wanted[flows.start]] if name == "buysFrom" else flows.start[wanted[flows.end]]
    return traders - np.int32(snapshot.nodes["Organisation"].first)


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
