"""Every kind as a GraphQL type: its columns become fields, with their words."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from types import UnionType
from typing import Any, cast

import strawberry
from strawberry.types.field import StrawberryField

from graph.kinds import BOOKS, NODES, Entity
from graph.kinds import Node as NodeKind
from graph.kinds.columns import Column, Record, columns
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Snapshot
from graph.store.store import Row
from schema.language.context import Info
from schema.language.enums import enum_type

type Hint = type | UnionType
"""What strawberry reads as the type of a field."""
ID = cast("type", strawberry.ID)
"""A name for text, which strawberry reads as a type."""


@strawberry.interface(description="有标识的任何对象")
class Node:
    """Anything with an identity."""

    id: strawberry.ID = strawberry.field(description="标识：kind:key，全库唯一，永不改变；请勿拆解")


@strawberry.interface(name="Entity", description="有名称的任何对象")
class Named(Node):
    """Anything that people call by a name."""

    name: str = strawberry.field(description="名称")
    aliases: list[str] = strawberry.field(description="别名、简称、曾用名")
    synthetic: bool = strawberry.field(description="虚构样例数据（真实数据为 false）")


def _shell(kind: type[NodeKind]) -> type[Node]:
    base: type[Node] = Named if issubclass(kind, Entity) else Node
    made = type(kind.label, (base,), {"__annotations__": {}, "__module__": __name__})
    return cast("type[Node]", made)


TYPES: dict[str, type[Node]] = {kind.label: _shell(kind) for kind in (*NODES, *BOOKS)}
"""The GraphQL type of each kind, by label; finished by `finish`."""
FIELDS: dict[str, "Fields"] = {}
"""How a stored row of each kind fills its type, by label."""


def publish(kind: type[NodeKind], row: Row) -> Node:
    """Give a stored node its GraphQL face."""
    return TYPES[kind.label](**FIELDS[kind.label].values(row))


def entity(snapshot: Snapshot, row: int) -> Node:
    """Give a node of the snapshot its GraphQL face."""
    found = snapshot.entity(row)
    kind = type(found)
    return publish(kind, {column.name: getattr(found, column.field) for column in columns(kind)})


def described(record: type[Record], column: Column) -> tuple[Hint, object]:
    """Make the annotation and the default of a column's field."""
    if issubclass(column.type, Term):
        plain = enum_type(column.type)
    else:
        plain = ID if column.name == "id" else column.type
    kept = next(f for f in fields(record) if f.name == column.field)
    default = None if kept.default is MISSING else kept.default
    if column.many:
        return list[plain], None
    return (plain | None if column.optional and default is None else plain), default


def _reader(column: Column) -> Callable[[Any], object]:
    if column.many:
        return lambda value: list(value or ())
    if issubclass(column.type, str | int | float) or column.type is bool:
        return column.type if issubclass(column.type, Term) and not column.optional else _same
    return lambda value: value.to_native() if hasattr(value, "to_native") else value


def _same[T](value: T) -> T:
    return value


@dataclass(frozen=True, slots=True)
class Fields:
    """What the columns of a record become: annotations and fields of a type, and how a row fills them."""

    annotations: dict[str, object]
    namespace: dict[str, StrawberryField]
    plan: list[tuple[str, str, Callable[[Any], object], object]]

    def values(self, row: Row) -> dict[str, Any]:
        """Read a stored row."""
        return {
            field: read(default if (found := row.get(name)) is None else found)
            for field, name, read, default in self.plan
        }


ENDS = {"start", "end"}


def column_fields(record: type[Record], ours: frozenset[str] = frozenset(), *, ends: bool = False) -> Fields:
    """Make the fields of a record's columns; a column that holds an id becomes the node it names.

    A column among `ours` is only kept (as `…_stored`): a field written by hand shows it. `ends` shows a
    relation's two ends as well.
    """
    made = Fields({}, {}, [])
    for column in columns(record):
        annotation, default = described(record, column)
        if column.field in ENDS and not ends:
            continue
        if column.ref is not None or column.field in ENDS:
            hidden = f"{column.field}_id"
            made.annotations[hidden] = strawberry.Private[object]
            made.namespace[column.field] = _reference(column, hidden)
            made.plan.append((hidden, column.name, _same, None))
        elif column.name in ours:
            made.annotations[f"{column.field}_stored"] = strawberry.Private[object]
            made.plan.append((f"{column.field}_stored", column.name, _reader(column), default))
        else:
            made.annotations[column.field] = annotation
            made.namespace[column.field] = strawberry.field(description=column.words)
            made.plan.append((column.field, column.name, _reader(column), default))
    return made


def _reference(column: Column, hidden: str) -> StrawberryField:
    async def resolve(root: object, info: Info) -> Node | None:
        id = getattr(root, hidden)
        return await find(info, id) if id else None

    target = TYPES.get(column.ref or "*", Named)
    return strawberry.field(resolve, graphql_type=target | None, name=column.name, description=column.words)


async def find(info: Info, id: str, argument: str = "id") -> Node | None:
    """Find a node of any kind; None when the graph has none of this id."""
    found = await info.context.node(id, argument)
    return publish(*found) if found else None
