"""Results of questions as GraphQL types: what a result says of its fields becomes their types and words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import strawberry
from graphql import GraphQLResolveInfo
from strawberry.types.field import StrawberryField

from graph.kinds import Entity, Id
from graph.kinds.results import ResultField, result_fields, title_and_words
from graph.kinds.terms import Term
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from schema.language.context import Context
from schema.language.enums import enum_type
from schema.language.nodes import ID, TYPES, Hint, Named, entity, read_field

type Asked = tuple[GraphQLResolveInfo[Context], str | None, int | None]
"""What was asked: the field, the id of its owner (None: at the root), the year (None: it takes none).

Whether what is invented was left out its snapshot says."""
type Reader = Callable[["Shown[object]", Any], object]
"""Turns what a result holds into what GraphQL shows of it."""

AFTER = "after"
"""In the metadata of a field written by hand: the field after which it stands, where not last."""
PLAIN = str, int, float, bool, date, datetime
LISTS = Sequence, list, tuple


@dataclass(frozen=True, slots=True)
class Held:
    """Says that a field shows what a result holds under a name."""

    name: str


class Shown[T]:
    """A result as GraphQL shows it: its fields are the properties of the subclass that `published` makes."""

    def __init__(self, found: T, snapshot: Snapshot, asked: Asked | None = None) -> None:
        """Show a result; `asked` is what reproduces it."""
        self.found, self.snapshot, self.asked = found, snapshot, asked


def published[T](kind: type[T], **written: StrawberryField) -> type[Shown[T]]:
    """Make the type of a result: its described fields, and after them those written by hand.

    A field written under the name of a described one stands in its place, with its words; one whose metadata
    has `AFTER` stands after the field that is named there. Results among the fields get their types too.
    Raises TypeError when the result has a type already: that one lacks the fields written by hand.
    """
    if kind in _PUBLISHED:
        raise TypeError(f"{kind.__qualname__} has a type already: publish it before a result that holds it")
    title, words = title_and_words(kind)
    annotations = dict[str, Hint]()
    made: Any = type(title, (Shown,), {"__annotations__": annotations, "__module__": __name__, **written})
    _PUBLISHED[kind] = made
    properties, order = dict[str, property](), list[str]()
    for field in result_fields(kind):
        order.append(field.name)
        if (by_hand := written.get(field.name)) is not None:
            by_hand.description = by_hand.description or field.words
            continue
        annotations[field.name], read = _shown(field.hint, field)
        setattr(made, field.name, read_field(field.words, Held(field.field)))
        properties[field.name] = _property(field.field, read)
    strawberry.type(made, description=words)
    del made.__init__  # of the dataclass that strawberry makes: it would ask for every field
    for name, field in written.items():
        if name not in order:
            after = field.metadata.get(AFTER)
            order.insert(len(order) if after is None else order.index(after) + 1, name)
    fields: list[StrawberryField] = made.__strawberry_definition__.fields
    fields.sort(key=lambda field: order.index(field.python_name))
    for name, reading in properties.items():
        setattr(made, name, reading)
    return made


def type_of[T](kind: type[T]) -> type[Shown[T]]:
    """Type of a result; it is made when there is none yet."""
    return _PUBLISHED.get(kind) or published(kind)


def _property(name: str, read: Reader | None) -> property:
    if read is None:
        return property(attrgetter(f"found.{name}"))
    get = attrgetter(name)
    return property(lambda shown: read(shown, get(shown.found)))


def _shown(hint: Any, field: ResultField) -> tuple[Hint, Reader | None]:
    """Type by which a hint is shown, and how its values are turned into it; None: as they are."""
    parts = get_args(hint)
    if get_origin(hint) in {Union, UnionType}:
        of, read = _shown(next(part for part in parts if part is not NoneType), field)
        return of | None, read and (lambda shown, value: None if value is None else read(shown, value))
    if get_origin(hint) in LISTS:
        of, read = _shown(parts[0], field)
        return list[of], read and (lambda shown, values: [read(shown, value) for value in values])
    return _leaf(hint, field)


def _leaf(hint: type, field: ResultField) -> tuple[Hint, Reader | None]:
    if hint == NodeIndex and field.kind is not None:
        of = Named if field.kind is Entity else TYPES[field.kind.label]
        return of, lambda shown, value: entity(shown.snapshot, value)
    if hint is Id:
        return ID, None
    if hint in PLAIN:
        return hint, None
    if issubclass(hint, Term):
        return enum_type(hint), None
    made: type[Shown[object]] = type_of(hint)
    return made, lambda shown, value: made(value, shown.snapshot, shown.asked)


_PUBLISHED: dict[type, type[Shown[Any]]] = {}
