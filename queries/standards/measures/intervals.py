"""Readings: what is known of one measure, as an interval or as possible values, with who was counted and why.

Truths have three values, so that `all` is their minimum, `any` their maximum and `not` 2 − x.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.criteria import Comparison, Operator
from graph.kinds import Entity
from graph.kinds.results import As, result
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex, nodes_of

type Truths = NDArray[np.int8]
"""FALSE, UNKNOWN or TRUE of each."""
type Reasons = tuple[tuple[Ints, str], ...]
"""Organisations (global rows) by a reason they share."""

FALSE, UNKNOWN, TRUE = np.int8(0), np.int8(1), np.int8(2)
NOBODY: Ints = np.zeros(0, np.int32)


@result("看过而未计入（或尚不能计入）的对象及原因")
@dataclass(frozen=True, slots=True)
class LeftOut:
    """An organisation that was looked at and not counted, or not yet, and why."""

    row: Annotated[NodeIndex, Entity, "对象", As("node")]
    reason: Annotated[str, "原因"]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A number of each organisation, between two bounds."""

    low: Floats
    high: Floats
    claims: Ints = field(default_factory=lambda: NOBODY)
    """The claims they come from (global rows)."""

    def at(self, firms: Ints) -> "Numbers":
        """Take some rows."""
        return Numbers(self.low[firms], self.high[firms], self.claims[firms] if len(self.claims) else NOBODY)


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Which of some values each organisation may have: a row for each, a column for each value."""

    names: tuple[str, ...]
    possible: NDArray[np.bool_]

    def at(self, firms: Ints) -> "Options":
        """Take some rows."""
        return Options(self.names, self.possible[firms])


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A truth of each organisation."""

    truth: Truths

    def at(self, firms: Ints) -> "Answers":
        """Take some rows."""
        return Answers(self.truth[firms])


type Column = Numbers | Options | Answers


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is known of one measure of one town or organisation."""

    low: float = 0.0
    high: float = inf
    options: tuple[str | bool, ...] | None = None
    """The values it may have, when it is a class or a truth; the bounds say nothing then."""
    counted: Ints = field(default_factory=lambda: NOBODY)
    """What was surely counted (global rows)."""
    uncertain: Reasons = ()
    """What may count, and what is not known of it."""
    left_out: Reasons = ()
    """What was looked at and does not count, and why."""
    claims: tuple[NodeIndex, ...] = ()
    """Claims used (global rows)."""
    lacking: tuple[str, ...] = ()
    """The facts that would make it exact; empty: it is."""
    estimate: float | None = None
    """What the known part alone gives, when the rest keeps the bounds apart."""
    note: str | None = None
    """What must be known of a stated figure: its scope, a year long past, or that it states none."""

    @property
    def exact(self) -> bool:
        """Whether nothing is unknown of it."""
        return self.low == self.high if self.options is None else len(self.options) == 1

    @property
    def column(self) -> Column:
        """The same as a column of one row."""
        if self.options is None:
            return Numbers(np.array([self.low]), np.array([self.high]))
        if all(isinstance(option, bool) for option in self.options):
            truth = UNKNOWN if len(self.options) != 1 else TRUE if True in self.options else FALSE
            return Answers(np.array([truth], np.int8))
        names = tuple(str(option) for option in self.options)
        return Options(names, np.ones((1, len(names)), np.bool_))


def listed_out(reasons: Reasons) -> Iterator[LeftOut]:
    """List organisations one by one, each with its reason."""
    for rows, reason in reasons:
        for row in nodes_of(rows):
            yield LeftOut(row, reason)


def size(reasons: Reasons) -> int:
    """Count the organisations of all reasons."""
    return sum(len(rows) for rows, _ in reasons)


def compared(values: Column, comparison: Comparison) -> Truths:
    """Compare each value with a threshold: TRUE or FALSE when all it may be agrees, else UNKNOWN."""
    match values:
        case Numbers():
            return _numbers(values, comparison)
        case Options():
            wanted = np.isin(np.array(values.names, dtype=object), _named(comparison))
            any_in, any_out = values.possible[:, wanted].any(1), values.possible[:, ~wanted].any(1)
            return _three(any_in & ~any_out, any_out & ~any_in)
        case Answers():
            return values.truth if comparison.threshold is True else (TRUE - values.truth).astype(np.int8)


def _numbers(values: Numbers, comparison: Comparison) -> Truths:
    low, high = values.low, values.high
    if comparison.operator in (Operator.EQUALS, Operator.ONE_OF):
        wanted = np.array(_named(comparison), np.float64)
        inside = (low[:, None] <= wanted) & (wanted <= high[:, None])
        return _three((low == high) & inside.any(1), ~inside.any(1))
    at = comparison.threshold
    if not isinstance(at, int | float):
        raise TypeError(at)
    match comparison.operator:
        case Operator.AT_LEAST:
            return _three(low >= at, high < at)
        case Operator.ABOVE:
            return _three(low > at, high <= at)
        case Operator.AT_MOST:
            return _three(high <= at, low > at)
        case _:
            return _three(high < at, low >= at)


def _named(comparison: Comparison) -> Sequence[float | bool | str]:
    return comparison.threshold if isinstance(comparison.threshold, tuple) else [comparison.threshold]


def _three(holds: NDArray[np.bool_], fails: NDArray[np.bool_]) -> Truths:
    return np.where(holds, TRUE, np.where(fails, FALSE, UNKNOWN)).astype(np.int8)
