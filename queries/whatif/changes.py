"""What has changed between two answers of the same question, before and after some edits.

The numbers that differ are listed, in their own units.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from math import isinf
from typing import Annotated, get_args, get_origin, get_type_hints

from graph.kinds.results import Place, Subject
from graph.kinds.terms import Term
from graph.snapshot.index import KindIndex, NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Method

NOISE = 1e-12
"""Relative differences up to this are those of sums made in another order."""


@dataclass(frozen=True, slots=True)
class WhatIfChange:
    """A number that differs, in the unit of its field."""

    field: str
    """Its path; a row that is about no node is marked: `by_form[ENTERPRISE].loss`, `by_town[-].loss`."""
    about: tuple[str, ...]
    """Ids of what the number is about, before or after; none: the whole answer."""
    before: float | None
    """None: unknown, or not among the rows of the answer."""
    after: float | None

    @property
    def change(self) -> float | None:
        """After − before; None: one of them is missing."""
        return None if self.before is None or self.after is None else self.after - self.before


def changes(before: object, after: object, base: Snapshot, other: Snapshot) -> list[WhatIfChange]:
    """List the numbers that differ between two answers of the same question, the greatest change first.

    Rows are told apart by the nodes they are about; those that can't be, and `method`, are not compared.
    """
    one, two = dict(_leaves(before, base, "", ())), dict(_leaves(after, other, "", ()))
    keys = dict.fromkeys([*one, *two])
    found = [
        WhatIfChange(*key, one.get(key), two.get(key)) for key in keys if _differ(one.get(key), two.get(key))
    ]
    return sorted(found, key=lambda c: (bool(c.about), -abs(c.change or 0.0), c.field, c.about))


def _differ(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(after - before) > NOISE * max(abs(before), abs(after))


def _leaves(
    value: object, snapshot: Snapshot, path: str, about: tuple[str, ...]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], float | None]]:
    """Walk over the figures of an answer: each with its field, and what it is about."""
    if isinstance(value, Method | str | Term | bool):
        return
    if value is None or isinstance(value, int | float):
        yield (path, about), None if value is None or isinf(value) else float(value)
    elif is_dataclass(value):
        inside = _named(value, snapshot) or about
        for name in _fields(type(value)).figures:
            yield from _leaves(getattr(value, name), snapshot, f"{path}.{name}" if path else name, inside)
    elif isinstance(value, Sequence):
        for item in value:
            mark = _mark(item, snapshot)
            if mark is not None:
                yield from _leaves(item, snapshot, path + mark, about)


def _mark(item: object, snapshot: Snapshot) -> str | None:
    """Mark a row that is about no node by its word, or as what belongs to none; None: it has no mark."""
    if not is_dataclass(item):
        return None
    if _named(item, snapshot):
        return ""
    if isinstance(path := getattr(item, "path", None), str):
        return f"[{path}]"
    words = [value.value for one in fields(item) if isinstance(value := getattr(item, one.name), Term)]
    return f"[{words[0]}]" if words else "[-]" if _fields(type(item)).subjects else None


def _named(value: object, snapshot: Snapshot) -> tuple[str, ...]:
    """Ids of the nodes that a row of an answer is about."""
    held = [getattr(value, name) for name in _fields(type(value)).subjects]
    rows = [row for one in held for row in (one if isinstance(one, Sequence) else [one])]
    return tuple(snapshot.id_of(row) for row in rows if isinstance(row, int) and row >= 0)


@dataclass(frozen=True, slots=True)
class _Fields:
    """What the fields of a part of an answer hold, by their types."""

    subjects: Sequence[str]
    """Those that hold the nodes which the part is about."""
    figures: Sequence[str]
    """Those that may hold figures: neither nodes nor places."""


@cache
def _fields(kind: type) -> _Fields:
    hints = get_type_hints(kind, include_extras=True)
    subjects, figures = list[str](), list[str]()
    for one in fields(kind):
        plain, *notes = get_args(hint) if get_origin(hint := hints[one.name]) is Annotated else (hint,)
        if plain is NodeIndex or Subject() in notes:
            subjects.append(one.name)
        elif Place() not in notes and not {NodeIndex, KindIndex} & {plain, *get_args(plain)}:
            figures.append(one.name)
    return _Fields(subjects, figures)
