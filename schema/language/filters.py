"""Filters and orders as GraphQL inputs, made from the vocabulary's columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal, Protocol

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.kinds.columns import Column, Record, columns
from graph.kinds.relations import Relation
from graph.kinds.terms import Term
from queries.lookup.filters import PLACES, TOWN_STATUS, Condition, Filter, Group, leaves
from queries.lookup.orders import Order
from schema.language.enums import closed_list, enum_type, upper
from schema.language.nodes import ID, Hint

DEEPEST = 3
MOST_LEAVES = 20
LONGEST_LIST = 100
LONGEST_TEXT = 1_000
WORDS = {
    "eq": "等于",
    "in": "属于其中之一（至多 100 个）",
    "contains": "包含",
    "startsWith": "以此开头",
    "gte": "不小于",
    "lte": "不大于",
}
PLACE_WORDS = {
    "town": "属于某专业镇",
    "region": "位于某行政区划（含下级）",
    "industry": "从事某行业（含下级）",
    "makes": "生产某产品",
}
PERIOD = {"since", "until"}
_PYTHON = {"in": "in_", "startsWith": "starts_with"}
_LAST: dict[type, tuple[object, object]] = {
    str: ("", "\U0010ffff"),
    int: (-(2**53), 2**53),
    float: (-1e308, 1e308),
    date: ("", "~"),
}


@cache
def operators(type: type, *, id: bool) -> Hint:
    """Make the input with the comparisons that suit a column's type."""
    if issubclass(type, Term):
        words = f"按{(type.__doc__ or '').strip()}过滤"
        return _input(f"{type.__name__}Filter", words, enum_type(type), "eq", "in")
    if id:
        return _input("IdFilter", "按标识过滤", ID, "eq", "in")
    names: dict[object, tuple[str, str, tuple[str, ...]]] = {
        str: ("TextFilter", "按文字过滤", ("eq", "in", "contains", "startsWith")),
        bool: ("BooleanFilter", "按是否过滤", ("eq",)),
        int: ("IntFilter", "按整数过滤", ("eq", "in", "gte", "lte")),
        float: ("NumberFilter", "按数值过滤", ("eq", "in", "gte", "lte")),
        date: ("DateFilter", "按日期过滤", ("eq", "in", "gte", "lte")),
    }
    name, words, allowed = names[type]
    return _input(name, words, type, *allowed)


def _input(name: str, words: str, type_: Hint, *allowed: str) -> Hint:
    annotations: dict[str, Hint] = {}
    namespace: dict[str, StrawberryField] = {}
    for operator in allowed:
        python = _PYTHON.get(operator, operator)
        annotations[python] = (list[type_] if operator == "in" else type_) | None
        namespace[python] = strawberry.field(name=operator, description=WORDS[operator], default=None)
    made = type(name, (), {"__annotations__": annotations, "__module__": __name__, **namespace})
    return strawberry.input(made, description=words)


def filterable(kind: type[Record]) -> list[Column]:
    """List the columns that a list of this kind may be filtered by."""
    return [c for c in columns(kind) if not c.many and c.type is not datetime and c.code != "criteria"]


@cache
def filter_type(kind: type[Record], name: str) -> Hint:
    """Make the filter input of a kind; conditions side by side must all hold."""
    annotations: dict[str, Hint] = {}
    namespace: dict[str, StrawberryField] = {}
    for column in filterable(kind):
        ids = column.name == "id" or column.ref is not None or column.field in {"start", "end"}
        annotations[column.field] = operators(column.type, id=ids) | None
        namespace[column.field] = strawberry.field(name=column.name, description=column.words, default=None)
    if kind.label == "Organisation":
        for place, words in PLACE_WORDS.items():
            annotations[place] = operators(str, id=True) | None
            namespace[place] = strawberry.field(description=words, default=None)
    made = type(name, (), {"__annotations__": annotations, "__module__": __name__, **namespace})
    for join, words in (("and", "全部成立"), ("or", "任一成立"), ("not", "不成立")):
        annotations[f"{join}_"] = (made if join == "not" else list[made]) | None  # type: ignore[valid-type]
        setattr(made, f"{join}_", strawberry.field(name=join, description=words, default=None))
    return strawberry.input(made, description=f"{kind.words}：过滤条件，并列者须全部成立")


class Where(Protocol):
    """A filter as it was given: how others are joined to the conditions on its columns."""

    and_: "Sequence[Where] | None"
    or_: "Sequence[Where] | None"
    not_: "Where | None"


def read_filter(given: Where | None, kind: type[Record], path: str = "where", depth: int = 1) -> Filter:
    """Turn a filter input into conditions, checked against the limits."""
    if given is None:
        return Group("and", ())
    if depth > DEEPEST:
        raise BadInput(f"{path}：嵌套不得超过 {DEEPEST} 层", path)
    parts: list[Filter] = []
    names = [*((c.field, c.name) for c in filterable(kind))]
    names += [(place, place) for place in PLACES] if kind.label == "Organisation" else []
    for field, column in names:
        means = TOWN_STATUS if (kind.label, column) == ("Town", "status") else column
        parts += _conditions(getattr(given, field), means, f"{path}.{column}")
    for join in ("and", "or"):
        inner = getattr(given, f"{join}_")
        if inner is not None:
            read = (read_filter(one, kind, f"{path}.{join}", depth + 1) for one in inner)
            parts.append(Group(join, tuple(read)))
    if given.not_ is not None:
        parts.append(Group("not", (read_filter(given.not_, kind, f"{path}.not", depth + 1),)))
    whole = Group("and", tuple(parts))
    if depth == 1 and sum(1 for _ in leaves(whole)) > MOST_LEAVES:
        raise BadInput(f"{path}：条件不得超过 {MOST_LEAVES} 个", path)
    return whole


def _conditions(given: object, column: str, path: str) -> list[Filter]:
    found: list[Filter] = []
    for operator in WORDS:
        value = getattr(given, _PYTHON.get(operator, operator), None)
        if value is None:
            continue
        if isinstance(value, list) and len(value) > LONGEST_LIST:
            raise BadInput(f"{path}.{operator}：不得超过 {LONGEST_LIST} 个", path)
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise BadInput(f"{path}.{operator}：文字不得超过 {LONGEST_TEXT} 字", path)
        plain = tuple(map(_plain, value)) if isinstance(value, list) else _plain(value)
        found.append(Condition(column, operator, plain))  # type: ignore[arg-type]
    return found


def _plain(value: object) -> object:
    return value.value if isinstance(value, Term) else value


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a record's columns: a closed list, and what each of its values means."""

    enum: type[Term]
    meanings: dict[str, Order]

    def of(self, chosen: str) -> Order:
        """Give the order that a value of the list, or its name, means."""
        return self.meanings[getattr(chosen, "value", chosen)]


@cache
def orders(record: type[Record]) -> Orders:
    """Make the orders of a kind of node or of relation; relations that have only years share one list."""
    columns = _sortable(record)
    related = issubclass(record, Relation)
    if related and {column.name for column in columns} == PERIOD and record is not Relation:
        return orders(Relation)
    name, words = ("Period", "起止年份") if record is Relation else (record.__name__, record.words)
    meanings: dict[str, Order] = {}
    words_of: dict[str, str] = {}
    for column in columns:
        for way, descending in (("ASC", False), ("DESC", True)):
            key = f"{upper(column.name)}_{way}"
            meanings[key] = _order(column, "r" if related else "n", descending=descending)
            words_of[key] = f"{column.words}，{'降序' if descending else '升序'}"
    enum = closed_list(
        f"{name}Order", f"{words}：排序，未知者在后", {key: (key, words_of[key]) for key in meanings}
    )
    return Orders(enum, meanings)


def _sortable(record: type[Record]) -> list[Column]:
    return [
        c
        for c in filterable(record)
        if not issubclass(c.type, Term)
        and c.type is not bool
        and c.ref is None
        and c.code is None
        and c.field not in {"start", "end"}
        and (c.name in {"id", "name"} or c.type is not str)
    ]


def _order(column: Column, of: Literal["n", "r"], *, descending: bool) -> Order:
    low, high = _LAST[column.type]
    unknown = (low if descending else high) if column.optional else None
    return Order(column.name, of, descending, unknown)


def usual_order(kind: type[Record]) -> str:
    """Name the order of a list when none is asked for."""
    known = orders(kind).meanings
    wanted = ("VALUE_DESC", "SINCE_ASC") if issubclass(kind, Relation) else ("NAME_ASC", "ID_ASC")
    return next(order for order in wanted if order in known)
