"""Every kind as a GraphQL type: its columns become fields, with their words."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from types import UnionType
from typing import cast

import strawberry
from strawberry.types.field import StrawberryField

from graph.kinds import BOOKS, NODES, Entity
from graph.kinds import Node as NodeKind
from graph.kinds.columns import Column, Record, columns
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import NodeTable, Table, cells
from schema.language.context import Info
from schema.language.enums import enum_type

READING = "reading"
"""In the metadata of a field: how plans read it."""

type Hint = type | UnionType
"""What strawberry reads as the type of a field."""
ID = cast("type", strawberry.ID)
"""A name for text, which strawberry reads as a type."""


class Row:
    """A row of a snapshot's table, read cell by cell as it is asked for."""

    def __init__(self, snapshot: Snapshot, table: Table, place: int) -> None:
        """Show the row at a place of a table."""
        self.snapshot, self.table, self.place = snapshot, table, place


@strawberry.interface(description="有标识的任何对象")
class Node(Row):
    """Anything with an identity."""

    id: strawberry.ID = strawberry.field(description="标识：kind:key，全库唯一，永不改变；请勿拆解")

    @property
    def row(self) -> int:
        """Its global row."""
        return cast("NodeTable", self.table).first + self.place


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


for shown in (Node, Named):
    del shown.__init__  # of the dataclass that strawberry makes: it would ask for every field

TYPES: dict[str, type[Node]] = {kind.label: _shell(kind) for kind in (*NODES, *BOOKS)}
"""The GraphQL type of each kind, by label; finished by `finish`."""


def shown_as(kind: type[NodeKind]) -> Callable[[Snapshot, Table, int], Node]:
    """Type of a kind, as it is made of a row: strawberry lets a checker believe in other arguments."""
    return cast("Callable[[Snapshot, Table, int], Node]", TYPES[kind.label])


def entity(snapshot: Snapshot, row: int) -> Node:
    """Give a node of a snapshot (its global row) its GraphQL face."""
    table = snapshot.table_of(row)
    return shown_as(table.kind)(snapshot, table, row - table.first)


async def find(info: Info, id: str, argument: str = "id", *, real_only: bool = False) -> Node | None:
    """Find a node of any kind; None when the graph has none of this id."""
    found = await info.context.find(id, argument, real_only=real_only)
    return entity(*found) if found else None


def described(record: type[Record], column: Column) -> Hint:
    """Make the annotation of a column's field; a column that has a default is never null."""
    if issubclass(column.type, Term):
        plain = enum_type(column.type)
    else:
        plain = ID if column.name == "id" else column.type
    if column.many:
        return list[plain]
    kept = next(f for f in fields(record) if f.name == column.field)
    given = kept.default is not MISSING and kept.default is not None
    return plain | None if column.optional and not given else plain


@dataclass(frozen=True, slots=True)
class Fields:
    """What the columns of a record become: fields of a type, and properties that read them."""

    annotations: dict[str, object]
    namespace: dict[str, StrawberryField]
    properties: dict[str, property]

    def read_by(self, made: type) -> None:
        """Let a finished type read its fields from its row."""
        for name, reading in self.properties.items():
            setattr(made, name, reading)


ENDS = {"start", "end"}


def column_fields(record: type[Record], ours: frozenset[str] = frozenset(), *, ends: bool = False) -> Fields:
    """Make the fields of a record's columns; a column that holds an id becomes the node it names.

    A column among `ours` is shown by a field written by hand. `ends` shows a relation's two ends as well.
    """
    made = Fields({}, {}, {})
    for column in columns(record):
        if (column.field in ENDS and not ends) or column.name in ours:
            continue
        if column.ref is not None or column.field in ENDS:
            made.namespace[column.field] = _reference(column)
        else:
            made.annotations[column.field] = described(record, column)
            made.namespace[column.field] = read_field(column.words, Cell(column))
            made.properties[column.field] = _cell(column)
    return made


@dataclass(frozen=True, slots=True)
class Cell:
    """Says that a field shows a column of its source's row."""

    column: Column


def read_field(words: str, reading: object) -> StrawberryField:
    """Make a field that is read from its source, and by plans as `reading` says."""
    field: StrawberryField = strawberry.field(description=words, metadata={READING: reading})
    field.init = field.repr = field.compare = False
    return field


def _cell(column: Column) -> property:
    return property(lambda root: cells(column, root.table, [root.place], root.snapshot.id_of)[0])


def _reference(column: Column) -> StrawberryField:
    def resolve(root: Row) -> Node | None:
        row = int(root.table[column.name][root.place])
        return entity(root.snapshot, row) if row >= 0 else None

    target = TYPES.get(column.ref or "*", Named)
    return strawberry.field(
        resolve,
        graphql_type=target | None,
        name=column.name,
        description=column.words,
        metadata={READING: Cell(column)},
    )
