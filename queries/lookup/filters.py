"""Filters and orders: what a client may ask of a list, as fragments of Cypher made from the vocabulary.

Each (column, operator) is one fragment; the client's values travel as parameters only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, LiteralString

from graph.kinds.entities import Node
from graph.kinds.persons import PERSONAL_FORMS, TELLING
from graph.kinds.relations import Relation
from graph.store.cypher import compose
from graph.store.store import Row

type Operator = Literal["eq", "in", "contains", "startsWith", "gte", "lte", "notAfter"]

OPERATORS: dict[Operator, LiteralString] = {
    "eq": "{term} = ${value}",
    "in": "{term} IN ${value}",
    "contains": "{term} CONTAINS ${value}",
    "startsWith": "{term} STARTS WITH ${value}",
    "gte": "{term} >= ${value}",
    "lte": "{term} <= ${value}",
    "notAfter": "({term} IS NULL OR {term} <= ${value})",
}
PLACES: dict[str, LiteralString] = {
    "town": "EXISTS {{ MATCH (n)-[m:MEMBER_OF]->(t:Town) WHERE t.id IN ${value} AND {valid} }}",
    "region": "EXISTS {{ MATCH (n)-[m:LOCATED_IN]->(:Region)-[:PART_OF*0..3]->(t:Region) "
    "WHERE t.id IN ${value} AND {valid} }}",
    "industry": "EXISTS {{ MATCH (n)-[m:ENGAGES_IN]->(:Industry)-[:PART_OF*0..4]->(t:Industry) "
    "WHERE t.id IN ${value} AND {valid} }}",
    "makes": "EXISTS {{ MATCH (n)-[m:MAKES]->(t:Product) WHERE t.id IN ${value} AND {valid} "
    "AND (m.year IS NULL OR m.year <= $year) }}",
}
"""What organisations can also be asked for: where they belong, through their relations."""


TOWN_STATUS = "townStatus"
TERMS: dict[tuple[str, str], str] = {
    ("r", "from"): "a.id",
    ("r", "to"): "n.id",
    ("n", TOWN_STATUS): "CASE WHEN n.withdrawnOn <= $day THEN 'WITHDRAWN' WHEN n.recognisedOn > $day THEN "
    "'CANDIDATE' WHEN n.recognisedOn IS NOT NULL THEN 'RECOGNISED' ELSE n.status END",
}
"""What is not simply a property: the ends of a relation, and a town's status as of the year asked."""


HIDDEN = compose("n.form IN {forms}", forms=str([form.value for form in PERSONAL_FORMS]))
VEILED = "CASE WHEN {hidden} THEN $unknown ELSE {value} END"


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


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by, of the node or of the relation that leads to it; unknown values come last."""

    column: str
    of: Literal["n", "r"] = "n"
    descending: bool = False
    unknown: Any = None
    """What stands for a missing value: greater, or smaller, than any other."""
    as_text: bool = False
    """A date: sorted as text, since ArcadeDB sorts a date beside a parameter wrongly."""
    veiled: bool = False
    """Sole traders and family farms are sorted as if the value were unknown."""

    @property
    def key(self) -> LiteralString:
        """The expression that is sorted by."""
        value = compose("{of}.{column}", of=self.of, column=self.column)
        value = compose("toString({value})", value=value) if self.as_text else value
        value = value if self.unknown is None else compose("coalesce({value}, $unknown)", value=value)
        return compose(VEILED, hidden=HIDDEN, value=value) if self.veiled else value


@dataclass(slots=True)
class Parameters:
    """The values of a statement, each under a name of its own."""

    values: Row = field(default_factory=dict[str, Any])

    def add(self, value: Any) -> str:
        """Keep a value; return its name."""
        name = f"v{len(self.values)}"
        self.values[name] = list(value) if isinstance(value, tuple) else value
        return name


def where(filter: Filter, parameters: Parameters, of: Literal["n", "r"] = "n") -> LiteralString:
    """Write a filter as a condition on `n` or `r`."""
    if isinstance(filter, Condition):
        return _condition(filter, parameters, of)
    parts = [where(part, parameters, of) for part in filter.parts]
    if filter.join == "not":
        return compose("NOT ({any})", any=_joined(parts, " OR ")) if parts else "true"
    return _joined(parts, " AND " if filter.join == "and" else " OR ") if parts else "true"


def _condition(condition: Condition, parameters: Parameters, of: str) -> LiteralString:
    value = condition.value
    if place := PLACES.get(condition.column):
        values = value if condition.operator == "in" else (value,)
        return compose(place, value=parameters.add(values), valid=VALID_MEMBER)
    term = TERMS.get((of, condition.column)) or f"{of}.{condition.column}"
    return compose(OPERATORS[condition.operator], term=term, value=parameters.add(value))


def _joined(parts: Sequence[str], join: str) -> LiteralString:
    return compose("({parts})", parts=join.join(parts))


WITHIN = "({of}.{since} IS NULL OR {of}.{since} <= {at}) AND ({of}.{until} IS NULL OR {of}.{until} > {at})"
VALID_MEMBER = compose(WITHIN, of="m", since="since", until="until", at="$year")


def valid(kind: type[Relation]) -> LiteralString:
    """Write the condition that relation `r` holds on 31 December of `$year`."""
    since, until = kind.lifetime
    at = "$year" if since == "since" else "$day"
    within = compose(WITHIN, of="r", since=since, until=until, at=at)
    years = " AND (r.year IS NULL OR r.year <= $year)" if kind.newest_by is not None else ""
    return compose("{within}{years}", within=within, years=years)


def alive(kind: type[Node]) -> LiteralString:
    """Write the condition that node `n` exists on 31 December of `$year`."""
    since, until = kind.lifetime
    parts: list[LiteralString] = []
    if since:
        parts.append(compose("(n.{since} IS NULL OR n.{since} <= $day)", since=since))
    if until:
        parts.append(compose("(n.{until} IS NULL OR n.{until} > $day)", until=until))
    return _joined(parts, " AND ") if parts else "true"


def moment(year: int) -> Row:
    """Make the parameters that `valid` and `alive` refer to."""
    return {"year": year, "day": date(year, 12, 31)}


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


def veiled_order(order: Order, kind: type[Node]) -> Order:
    """Put sole traders and family farms last in an order by what tells who they are, by their ids."""
    if kind.label != "Organisation" or order.of != "n" or order.column not in TELLING[kind.label]:
        return order
    last = "" if order.descending else "\U0010ffff"
    return replace(order, veiled=True, unknown=last if order.unknown is None else order.unknown)


def leaves(filter: Filter) -> Iterator[Condition]:
    """Walk over the conditions of a filter."""
    if isinstance(filter, Condition):
        yield filter
        return
    for part in filter.parts:
        yield from leaves(part)
