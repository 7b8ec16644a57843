"""Figures: of all claims about a subject the one that counts in a year, and those that contradict it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.csr import Ints
from graph.flows import Floats
from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from graph.snapshot import Snapshot
from graph.table import MISSING, code
from graph.years import contradicts, days


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure is of: two claims are about the same thing when these three agree."""

    metric: Metric
    scope: Scope = Scope.WHOLE
    product: int | None = None
    """A global row."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The figures of all subjects in one metric, ordered by subject (global rows)."""

    subject: Ints
    value: Floats
    """In the unit of the metric."""
    year: Ints
    """MISSING: not stated."""
    claim: Ints
    """The chosen claim: its place among the claims."""
    rivals: Ints
    """How many claims contradict it."""

    def __len__(self) -> int:
        return len(self.subject)

    def of(self, rows: Ints) -> Floats:
        """Look up the values of some subjects; NaN where there is none."""
        if not len(self):
            return np.full(len(rows), np.nan)
        places = np.minimum(np.searchsorted(self.subject, rows), len(self) - 1)
        return np.where(self.subject[places] == rows, self.value[places], np.nan)


@dataclass(frozen=True, slots=True)
class Figure:
    """The claim that counts for one subject, the rivals it has, and all there are up to the year, best first.

    Claims are global rows.
    """

    claim: int
    value: float
    year: int | None
    rivals: tuple[int, ...]
    claims: tuple[int, ...]


def figures(snapshot: Snapshot, measure: Measure, as_of: int) -> Figures:
    """Choose the figure of every subject as of a year.

    The newest year not after it, claims without a year last; then the better grade, the later publication,
    the later record, the smaller id. A claim that a steward has pinned counts as of the year up to which it
    is pinned, and before all others of that year. Rivals: years within 3 of the chosen one or not stated,
    values outside 5 % of it.
    """
    key = ("figures", measure, as_of)
    return snapshot.remember(key, lambda: _figures(snapshot, _ranked(snapshot, measure, as_of)))


def figure(snapshot: Snapshot, subject: int, measure: Measure, as_of: int) -> Figure | None:
    """Choose the figure of one subject (a global row) as `figures` does; None when there is no claim."""
    claims = snapshot.nodes["Claim"]
    places = _ranked(snapshot, measure, as_of, subject)
    if not len(places):
        return None
    chosen, others = places[:1], places[1:]
    rivals = others[contradicts(claims, np.repeat(chosen, len(others)), others)]
    year = int(claims["year"][chosen[0]])
    return Figure(
        claim=int(chosen[0]) + claims.first,
        value=float(claims["value"][chosen[0]]),
        year=None if year == MISSING else year,
        rivals=tuple(int(place) + claims.first for place in rivals),
        claims=tuple(int(place) + claims.first for place in places),
    )


def standings(snapshot: Snapshot, as_of: int) -> tuple[Ints, NDArray[np.intp]]:
    """Group all claims up to a year by subject, metric, scope and product, best first within each group.

    Returns the places of the claims, and where among them the groups begin; the first of a group counts.
    """
    return snapshot.remember(("standings", as_of), lambda: _standings(snapshot, as_of))


def _standings(snapshot: Snapshot, as_of: int) -> tuple[Ints, NDArray[np.intp]]:
    claims = snapshot.nodes["Claim"]
    usable = (claims["year"] <= as_of) & (claims["subject"] >= 0)
    places = np.flatnonzero(usable).astype(np.int32)
    groups = [claims[name][places] for name in ("product", "scope", "metric", "subject")]
    order = np.lexsort((*_merits(snapshot, places), *groups))
    fresh = np.zeros(len(places), np.bool_)
    fresh[:1] = True
    for column in groups:
        fresh[1:] |= column[order][1:] != column[order][:-1]
    return places[order], np.flatnonzero(fresh)


def _ranked(snapshot: Snapshot, measure: Measure, as_of: int, subject: int | None = None) -> Ints:
    """Find the claims (their places) in question, ordered by subject and within it best first."""
    claims = snapshot.nodes["Claim"]
    asked = (claims["metric"] == code(measure.metric)) & (claims["scope"] == code(measure.scope))
    asked &= (claims["product"] == (-1 if measure.product is None else measure.product)) & (
        claims["year"] <= as_of
    )
    asked &= claims["subject"] >= 0 if subject is None else claims["subject"] == subject
    places = np.flatnonzero(asked).astype(np.int32)
    return places[np.lexsort((*_merits(snapshot, places), claims["subject"][places]))]


def _merits(snapshot: Snapshot, places: Ints) -> tuple[NDArray[np.generic], ...]:
    """List what claims are ranked by, the least important first; equals stay ordered by id."""
    claims = snapshot.nodes["Claim"]
    grade, pinned = claims["grade"][places], claims["pinnedThrough"][places]
    return (
        -days(claims["recordedOn"][places]),
        -_published(snapshot, claims["source"][places]),
        np.where(grade < 0, np.int16(np.iinfo(np.int16).max), grade),
        pinned == MISSING,
        -np.maximum(claims["year"][places], pinned).astype(np.int64),
    )


def _published(snapshot: Snapshot, sources: Ints) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Tell when each source was published, in days."""
    table = snapshot.nodes["Source"]
    known = np.append(days(table["publishedOn"]), days(np.array(["NaT"], "datetime64[D]")))
    return known[np.where(sources < 0, len(table), sources - table.first)]


def _figures(snapshot: Snapshot, places: Ints) -> Figures:
    claims = snapshot.nodes["Claim"]
    subject = claims["subject"][places]
    begins = np.flatnonzero(np.diff(subject, prepend=-1))
    chosen = places[begins]
    sizes = np.diff(begins, append=len(places))
    against = contradicts(claims, np.repeat(chosen, sizes), places).astype(np.int32)
    rivals = np.add.reduceat(against, begins) if len(begins) else against
    arrays = (subject[begins], claims["value"][chosen], claims["year"][chosen], chosen, rivals)
    for array in arrays:
        array.setflags(write=False)
    return Figures(*arrays)
