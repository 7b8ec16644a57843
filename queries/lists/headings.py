"""Headings: the columns of a list, as the fields of its row describe them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

type Cell = str | int | float | None
"""None: unknown, an empty cell."""


class Shape(Enum):
    """How a column's cells are shown."""

    TEXT = "text"
    COUNT = "whole number"
    AMOUNT = "number with separators, up to two decimals"
    VALUE = "number as it is"
    SHARE = "share of 1, shown in per cent"
    SCORE = "0–100, one decimal"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its words with the unit, what they mean, and how wide it is in Latin letters."""

    words: str
    meaning: str
    width: int = 12
    shape: Shape = Shape.TEXT
    offered: tuple[str, ...] = ()
    """What people may choose from when they fill it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list; every field is annotated with its Heading."""

    title: ClassVar[str]
    """What the list is called."""
    must_know: ClassVar[Sequence[tuple[str, str]]] = ()
    """What must be known to read it beside its columns: item and words."""


@cache
def headings(kind: type[Row]) -> tuple[Heading, ...]:
    """The columns of a list, in order.

    >>> class One(Row):
    ...     title = "清单"
    ...     __annotations__ = {"name": Annotated[str, Heading("名称", "全称")]}
    >>> [heading.words for heading in headings(One)]
    ['名称']
    """
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        next(part for part in get_args(hint) if isinstance(part, Heading))
        for hint in hints.values()
        if get_origin(hint) is Annotated
    )


def cells(row: Row) -> tuple[Cell, ...]:
    """Take the cells of a row, in the order of its headings.

    A field that is a tuple holds the cells of columns that only the list itself knows, one after the other.
    """
    found: Any = (getattr(row, field.name) for field in fields(row))
    return tuple(cell for part in found for cell in (part if isinstance(part, tuple) else (part,)))
