"""Readings of indicators: what each town's value is, how sure it is, and what it becomes in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.criteria import Evaluation, Indicator, Quantity
from graph.deadline import checkpoint
from graph.kinds.terms import Term, TownLevel
from graph.snapshot.snapshot import Snapshot
from queries.evaluation.intervals import Known
from queries.evaluation.scoring import Scores, scores
from queries.evaluation.taking_part import TakingPart, taking_part
from queries.provenance import Rows
from queries.standards.amounts import amount
from queries.standards.basis import measure_rows
from queries.standards.judgement import in_amounts
from queries.standards.measures import TOWN, Province, Reading


class IndicatorState(Term):
    """指标值的掌握程度"""  # noqa: D400, D415 - GraphQL shows it

    KNOWN = "KNOWN", "已知"
    PARTLY = "PARTLY", "只知一部分：按已知部分计分，名次区间计入其余"
    UNKNOWN = "UNKNOWN", "不详：按指标体系的规定剔除或记零"


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """Towns of a year, scored by a set of indicators; rows are towns, columns indicators."""

    snapshot: Snapshot
    as_of: int
    document: Evaluation
    part: TakingPart
    readings: Sequence[Sequence[Reading]]
    known: Known
    scores: Scores

    @property
    def indicators(self) -> Sequence[Indicator]:
        """The set."""
        return self.document.indicators

    def state(self, town: int, place: int) -> IndicatorState:
        """How much is known of an indicator (its place) of a town (its row)."""
        if np.isnan(self.known.value[town, place]):
            return IndicatorState.UNKNOWN
        exact = self.readings[town][place].exact
        return IndicatorState.KNOWN if exact else IndicatorState.PARTLY

    def in_words(self, town: int, place: int) -> str:
        """Write what is known of an indicator of a town."""
        type_, read = quantity(self.indicators[place]), self.readings[town][place]
        if read.estimate is not None and not read.exact:
            return f"已知部分为 {amount(read.estimate, type_.unit, type_.counter)}"
        return in_amounts(type_, type_.counter, read)

    def used(self, towns: Sequence[int], indicators: Sequence[int] | None = None) -> Rows:
        """Rows that some towns (rows) are scored by; what counts nothing rests on nothing.

        `indicators` (places): in them alone.
        """
        found, province = Rows(), Province(self.snapshot, self.as_of)
        for town in towns:
            for place, one in enumerate(self.indicators):
                if one.weight and (indicators is None or place in indicators):
                    read = self.readings[town][place]
                    at = self.part.towns[town]
                    found |= measure_rows(province, at, one.measure, one.arguments, read)
        return found


@dataclass(frozen=True)
class Evaluations:
    """A set of indicators applied to the towns of one year after another, each year once."""

    snapshot: Snapshot
    document: Evaluation
    level: TownLevel | None
    candidates: bool
    as_of: int
    least_known: float = 0.0
    """The weight that must be known of a town for it to be ranked (0–1)."""

    @cached_property
    def now(self) -> Evaluated:
        """The year that is asked."""
        return self._of(self.as_of)

    @cached_property
    def before(self) -> Evaluated:
        """The year before."""
        return self._of(self.as_of - 1)

    def _of(self, as_of: int) -> Evaluated:
        part = taking_part(self.snapshot, as_of, self.level, candidates=self.candidates)
        key = ("evaluated", self.document, as_of, tuple(part.towns), self.least_known)
        return self.snapshot.remember(
            key, lambda: evaluated(self.snapshot, self.document, as_of, part, self.least_known)
        )


def evaluated(
    snapshot: Snapshot, document: Evaluation, as_of: int, part: TakingPart, least_known: float = 0.0
) -> Evaluated:
    """Read the indicators of towns and score them."""
    province = Province(snapshot, as_of)
    readings = [_readings(province, document, town) for town in part.towns]
    shape = len(part.towns), len(document.indicators)
    known = Known(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan), least_known)
    for town, row in enumerate(readings):
        for place, read in enumerate(row):
            type_ = quantity(document.indicators[place])
            known.value[town, place] = scored_value(read, type_)
            known.low[town, place] = max(read.low, type_.low)
            known.high[town, place] = min(read.high, type_.high)
    found = scores(known.value, document.indicators, least_known)
    return Evaluated(snapshot, as_of, document, part, readings, known, found)


def scored_value(read: Reading, type_: Quantity) -> float:
    """What is scored of a reading; NaN: nothing is known.

    A value that is not exact is scored by what the known part alone gives, else by the bound that somebody
    states: of a count in an incomplete register what was counted, of *at most* the most.
    """
    if read.low == read.high:
        return read.low
    if read.estimate is not None:
        return read.estimate
    if read.low > type_.low:
        return read.low
    return read.high if read.high < type_.high else np.nan


def _readings(province: Province, document: Evaluation, town: int) -> list[Reading]:
    checkpoint()
    return [TOWN[one.measure.name].take(province, town, one.arguments) for one in document.indicators]


def quantity(indicator: Indicator) -> Quantity:
    """The unit of an indicator, with its bounds and the word that things are counted by."""
    if not isinstance(indicator.measure.value, Quantity):
        raise TypeError(indicator.measure)
    return indicator.measure.value
