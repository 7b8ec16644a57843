"""Filters and orders as GraphQL inputs, made from the vocabulary's columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from math import isfinite
from typing import Literal, Protocol

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.kinds import NODE_OF
from graph.kinds.columns import Column, Record, columns
from graph.kinds.metrics import Metric
from graph.kinds.relations import Relation, Supplies
from graph.kinds.terms import Scope, Term
from graph.snapshot.nearest import Missing
from graph.snapshot.snapshot import Snapshot
from queries.lookup.filters import (
    AT_ENDS,
    BELONGINGS,
    EVERYTHING,
    FIGURE,
    FIGURED,
    TOWN_STATUS,
    Condition,
    FigureBounds,
    Filter,
    Group,
    leaves,
)
from queries.lookup.orders import Order, OrderedFigure
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
PERIOD = {"since", "until"}
LARGEST = 1e308
"""Stands in cursors for a number that is not known."""
_PYTHON = {"in": "in_", "startsWith": "starts_with"}
_LAST: dict[type, tuple[object, object]] = {
    str: ("", "\U0010ffff"),
    int: (-(2**53), 2**53),
    float: (-LARGEST, LARGEST),
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


def belongings(kind: type[Record]) -> dict[str, tuple[str, str]]:
    """List what rows of a kind can be asked for through relations: words, and the kind that is named."""
    if kind.label == "Organisation":
        return {name: (of.words, of.kind) for name, of in BELONGINGS.items()}
    if kind is Supplies:
        return {
            name: (f"{whose}{BELONGINGS[of].words}", BELONGINGS[of].kind)
            for name, (of, _, whose) in AT_ENDS.items()
        }
    return {}


@strawberry.input(description="按采用的指标值过滤：不给上下限则只要有已知的值")
class FigureFilter:
    """Bounds of the figure that counts."""

    metric: enum_type(Metric) = strawberry.field(description="指标")  # type: ignore[valid-type]
    scope: enum_type(Scope) | None = strawberry.field(  # type: ignore[valid-type]
        description="口径；空为全镇（主体）整体，没有则取官方以之代表整体的全产业链", default=None
    )
    gte: float | None = strawberry.field(description="不小于（指标的单位）", default=None)
    lte: float | None = strawberry.field(description="不大于（指标的单位）", default=None)
    year: int | None = strawberry.field(description="截至此年的指标值；空为列表的 asOf", default=None)


@strawberry.input(description="按采用的指标值排序：值不详者总在最后，值相同者按标识")
class FigureOrder:
    """A figure to sort by."""

    metric: enum_type(Metric) = strawberry.field(description="指标")  # type: ignore[valid-type]
    scope: enum_type(Scope) | None = strawberry.field(  # type: ignore[valid-type]
        description="口径；空为全镇（主体）整体，没有则取官方以之代表整体的全产业链", default=None
    )
    descending: bool = strawberry.field(description="是否大者在前，默认是", default=True)
    year: int | None = strawberry.field(description="截至此年的指标值；空为列表的 asOf", default=None)


def figure_order(given: FigureOrder, year: int) -> Order:
    """Give the order by a figure as of a year."""
    last = -LARGEST if given.descending else LARGEST
    figure = OrderedFigure(given.metric, given.scope, year)
    return Order(FIGURE, descending=given.descending, unknown=last, figure=figure)


@cache
def filter_type(kind: type[Record], name: str) -> Hint:
    """Make the filter input of a kind; conditions side by side must all hold."""
    annotations: dict[str, Hint] = {}
    namespace: dict[str, StrawberryField] = {}
    for column in filterable(kind):
        ids = column.name == "id" or column.ref is not None or column.field in {"start", "end"}
        annotations[column.field] = operators(column.type, id=ids) | None
        namespace[column.field] = strawberry.field(name=column.name, description=column.words, default=None)
    for asked, (words, _) in belongings(kind).items():
        annotations[asked] = operators(str, id=True) | None
        namespace[asked] = strawberry.field(description=words, default=None)
    if kind.label in FIGURED:
        annotations[FIGURE] = FigureFilter | None
        namespace[FIGURE] = strawberry.field(description="采用的指标值：已知且在范围内", default=None)
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


def read_filter(given: Where | None, kind: type[Record], snapshot: Snapshot) -> Filter:
    """Turn a filter input into conditions, checked against the limits and the ids of a snapshot.

    Raises BadInput, or NotFound for an id that nobody has.
    """
    if given is None:
        return EVERYTHING
    whole = _read(given, kind, snapshot, "where", 1)
    if sum(1 for _ in leaves(whole)) > MOST_LEAVES:
        raise BadInput(f"where：条件不得超过 {MOST_LEAVES} 个", "where")
    return whole


def _read(given: Where, kind: type[Record], snapshot: Snapshot, path: str, depth: int) -> Group:
    if depth > DEEPEST:
        raise BadInput(f"{path}：嵌套不得超过 {DEEPEST} 层", path)
    parts: list[Filter] = []
    for field, name, of in _compared(kind):
        means = TOWN_STATUS if (kind.label, name) == ("Town", "status") else name
        found = _conditions(getattr(given, field), means, f"{path}.{name}")
        for condition in found if of else ():
            _check_ids(snapshot, condition, of, f"{path}.{name}.{condition.operator}")
        parts += found
    if kind.label in FIGURED and (figure := getattr(given, FIGURE)) is not None:
        parts.append(Condition(FIGURE, "eq", _bounds(figure, f"{path}.{FIGURE}")))
    for join in ("and", "or"):
        inner: Sequence[Where] | None = getattr(given, f"{join}_")
        if inner is not None:
            read = (_read(one, kind, snapshot, f"{path}.{join}", depth + 1) for one in inner)
            parts.append(Group(join, tuple(read)))
    if given.not_ is not None:
        parts.append(Group("not", (_read(given.not_, kind, snapshot, f"{path}.not", depth + 1),)))
    return Group("and", tuple(parts))


@cache
def _compared(kind: type[Record]) -> list[tuple[str, str, frozenset[str]]]:
    """List what a filter compares: its name in Python and in GraphQL, and the kinds whose ids it takes."""
    found: list[tuple[str, str, frozenset[str]]] = []
    for column in filterable(kind):
        labels = {kind.label} if column.name == "id" else {column.ref} if column.ref else set[str]()
        if column.field in {"start", "end"} and issubclass(kind, Relation):
            labels = {pair[column.field == "end"] for pair in kind.ends}
        found.append((column.field, column.name, frozenset(labels)))
    return found + [(name, name, frozenset({of})) for name, (_, of) in belongings(kind).items()]


def _check_ids(snapshot: Snapshot, condition: Condition, kinds: frozenset[str], path: str) -> None:
    """Refuse ids that nobody has, or that are of another kind; raises NotFound, BadInput."""
    for id in condition.value if isinstance(condition.value, tuple) else (condition.value,):
        row = snapshot.find(id)
        if row is None:
            raise Missing(snapshot, id, path)
        if (found := snapshot.kind_of(row)).label not in kinds and "*" not in kinds:
            words = "或".join(_title(NODE_OF[label]) for label in sorted(kinds))
            raise BadInput(f"{path}：{id} 是{_title(found)}，此处应为{words}", path)


def _title(kind: type[Record]) -> str:
    return kind.words.partition("：")[0]


def _conditions(given: object, column: str, path: str) -> list[Condition]:
    found: list[Condition] = []
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


def _bounds(given: FigureFilter, path: str) -> FigureBounds:
    for name, bound in (("gte", given.gte), ("lte", given.lte)):
        if bound is not None and not isfinite(bound):
            raise BadInput(f"{path}.{name}：应为有限的数", path)
    if given.gte is not None and given.lte is not None and given.gte > given.lte:
        raise BadInput(f"{path}：gte {given.gte:g} 大于 lte {given.lte:g}", path)
    return FigureBounds(given.metric, given.scope, given.gte, given.lte, given.year)


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
