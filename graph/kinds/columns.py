"""How a kind's field is described, and reading those descriptions back."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, NewType, Self, Union, get_args, get_origin, get_type_hints

Id = NewType("Id", str)

TO_COLUMN = {"start": "from", "end": "to"}


@dataclass(frozen=True, slots=True)
class Ref:
    """The field holds the id of a node of this kind; `*` is any kind."""

    label: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The whole number is a year of the calendar."""


Year = Annotated[int, Calendar()]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The field, a year or a date, may lie after the current year: a target, an end of validity, a plan."""


AHEAD = Ahead()


@dataclass(frozen=True, slots=True)
class Code:
    """The field holds text in a language of its own, checked when it is loaded: `uscc` or `criteria`."""

    language: str


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a kind: its names, words and type."""

    field: str
    """The name in Python."""
    name: str
    """The name in tables, in the store and in GraphQL."""
    words: str
    type: type
    """The plain type, without `None` or `list`."""
    many: bool
    optional: bool
    """May be missing: unknown or empty."""
    ref: str | None
    code: str | None
    year: bool
    """A calendar year, not another whole number."""
    ahead: bool
    """May lie after the current year."""


def camel(name: str) -> str:
    """Spell a Python name as tables, the store and GraphQL do.

    >>> camel("recognised_on")
    'recognisedOn'
    """
    if name in TO_COLUMN:
        return TO_COLUMN[name]
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


@cache
def columns(kind: "type[Record]") -> tuple[Column, ...]:
    """List the fields of a kind in the order they are written."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        _column(f.name, hints[f.name], f.default is not MISSING or f.default_factory is not MISSING)
        for f in fields(kind)
    )


@cache
def column(kind: "type[Record]", name: str) -> Column:
    """Find a field of a kind by its table name."""
    return next(c for c in columns(kind) if c.name == name)


@cache
def defaults(kind: "type[Record]") -> Mapping[str, Any]:
    """Map each column that is never unknown to what it holds when nothing is said."""
    known = {f.name: f.default for f in fields(kind) if f.default is not MISSING and f.default is not None}
    return {
        c.name: getattr(known[c.field], "value", known[c.field]) for c in columns(kind) if c.field in known
    }


def _column(name: str, hint: Any, optional: bool) -> Column:  # noqa: FBT001 - a field of the result
    annotated: Sequence[Any] = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    words = next((m for m in annotated[1:] if isinstance(m, str)), "")
    ref = next((m.label for m in annotated[1:] if isinstance(m, Ref)), None)
    code = next((m.language for m in annotated[1:] if isinstance(m, Code)), None)
    plain, many = annotated[0], False
    if get_origin(plain) in (UnionType, Union):
        plain = next(arg for arg in get_args(plain) if arg is not NoneType)
    if get_origin(plain) is list:
        plain, many = get_args(plain)[0], True
    year = plain == Year or Calendar() in annotated
    if year or plain is Id:
        plain = int if year else str
    ahead = AHEAD in annotated
    return Column(name, camel(name), words, plain, many, optional, ref, code, year=year, ahead=ahead)


@dataclass(kw_only=True)
class Record:
    """A row of the graph: a node or a relation."""

    label: ClassVar[str]
    words: ClassVar[str]

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Self:
        """Read stored properties; those outside the vocabulary are ignored."""
        given = ((c, properties.get(c.name)) for c in columns(cls))
        return cls(**{c.field: _native(c, value) for c, value in given if value is not None})


def _native(column: Column, value: Any) -> Any:
    """Turn a stored value into the vocabulary's type: an enum or a plain date."""
    if column.type in (str, int, float, bool):
        return value
    if hasattr(value, "to_native"):
        return value.to_native()
    return column.type(value)
