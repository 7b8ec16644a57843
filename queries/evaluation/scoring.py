"""Scoring: values of indicators become points, points a total of 100, totals ranks.

Values, points and bounds are arrays of towns × indicators; NaN: unknown. Points run from 0 to 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.criteria import Direction, Indicator, Missing, Scaling
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.years import Mask

DECIMALS = 9
"""Of totals that are compared: sums of the same terms in another sequence are the same total."""
_ROUNDING = 1e-9
FULL, EVEN = 100.0, 50.0
"""The points of the best, and of all where there is no difference."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What towns come to."""

    points: Floats
    """0–100; NaN: unknown."""
    shares: Floats
    """Share of each indicator in the total after what is missing is excluded: a row adds up to 1, or is 0."""
    total: Floats
    """0–100; NaN: no indicator that has a weight is known."""
    rank: Ints
    """From 1 on, equal totals share a rank and the next is as much lower; 0: not ranked."""

    @property
    def contribution(self) -> Floats:
        """Points that each indicator gives to the total; a row adds up to it."""
        return self.shares * np.nan_to_num(self.points)


def scores(values: Floats, indicators: Sequence[Indicator], least_known: float = 0.0) -> Scores:
    """Score towns: T = Σ w·p ÷ Σ w over the indicators that are known, or count as 0 when they are not.

    A town of whose weights less than `least_known` is known (0–1) is not ranked.
    """
    found = points(values, indicators)
    shares = weighed(found, scaled_weights(indicators), zeros(indicators))
    shares[too_little_known(np.isnan(values), indicators, least_known)] = 0.0
    total = totals(found, shares)
    return Scores(found, shares, total, ranks(total))


def points(values: Floats, indicators: Sequence[Indicator]) -> Floats:
    """Turn values into points, an indicator at a time."""
    columns = [_pointed(values[:, place], one) for place, one in enumerate(indicators)]
    return np.stack(columns, axis=1) if columns else np.zeros(values.shape)


def scaled_weights(indicators: Sequence[Indicator]) -> Floats:
    """Weights as shares of the set: they add up to 1."""
    weights = np.array([one.weight for one in indicators], np.float64)
    return weights / weights.sum()


def zeros(indicators: Sequence[Indicator]) -> Mask:
    """Which indicators count as 0 points where they are unknown."""
    return np.array([one.missing is Missing.ZERO for one in indicators], np.bool_)


def too_little_known(unknown: Mask, indicators: Sequence[Indicator], least_known: float) -> Mask:
    """Which towns are not ranked: nothing that has a weight is known of them, or too little."""
    share = known_weight(unknown, indicators)
    return (share == 0) | (share < least_known - _ROUNDING)


def known_weight(unknown: Mask, indicators: Sequence[Indicator]) -> Floats:
    """The weights of what is known of each town (0–1)."""
    return np.where(unknown, 0.0, scaled_weights(indicators)).sum(axis=1)


def weighed(points: Floats, weights: Floats, zero: Mask) -> Floats:
    """Shares of indicators in totals."""
    used = np.where(~np.isnan(points) | zero, weights, 0.0)
    whole = used.sum(axis=1, keepdims=True)
    return np.divide(used, whole, out=np.zeros_like(used), where=whole > 0)


def totals(points: Floats, shares: Floats) -> Floats:
    """Totals of towns, what differs only by rounding being equal; NaN: no shares."""
    total = np.round((shares * np.nan_to_num(points)).sum(axis=1), DECIMALS)
    return np.where(shares.any(axis=1), total, np.nan)


def ranks(total: Floats) -> Ints:
    """Standard competition ranks, the greatest total first; 0 for NaN.

    >>> ranks(np.array([70.0, np.nan, 90.0, 70.0, 10.0])).tolist()
    [2, 0, 1, 2, 4]
    """
    known = ~np.isnan(total)
    descending = np.sort(-total[known])
    found = np.zeros(len(total), np.int32)
    found[known] = np.searchsorted(descending, -total[known], side="left") + 1
    return found


def rising(values: Floats, indicator: Indicator) -> Floats:
    """Values as more is better."""
    return values if indicator.direction is Direction.UP else -values


def _pointed(values: Floats, indicator: Indicator) -> Floats:
    match indicator.scaling:
        case Scaling.THRESHOLDS:
            return stepped(values, indicator)
        case Scaling.MIN_MAX:
            return by_range(rising(values, indicator))
        case Scaling.RANK:
            return by_place(rising(values, indicator))


def stepped(values: Floats, indicator: Indicator) -> Floats:
    """Points of the best step that each value meets; none: 0."""
    found = np.where(np.isnan(values), np.nan, 0.0)
    for step in indicator.steps:
        up = indicator.direction is Direction.UP
        meets = values >= step.threshold if up else values <= step.threshold
        found = np.where(meets, np.fmax(found, step.points), found)
    return found


def by_range(values: Floats) -> Floats:
    """Points by where a value lies between the least and the greatest known one.

    >>> by_range(np.array([1.0, 3.0, np.nan, 2.0])).tolist(), by_range(np.array([7.0, 7.0])).tolist()
    ([0.0, 100.0, nan, 50.0], [50.0, 50.0])
    """
    known = ~np.isnan(values)
    if not known.any():
        return values
    low, high = values[known].min(), values[known].max()
    if low == high:
        return np.where(known, EVEN, np.nan)
    # Halved, so that a range of huge values doesn't overflow.
    return FULL * ((values / 2 - low / 2) / (high / 2 - low / 2))


def by_place(values: Floats) -> Floats:
    """Points by the share of the other known values that lie below, equal ones counting half.

    >>> by_place(np.array([5.0, 9.0, 5.0, np.nan])).tolist(), by_place(np.array([3.0])).tolist()
    ([25.0, 100.0, 25.0, nan], [50.0])
    """
    known = ~np.isnan(values)
    found, others = np.full(len(values), np.nan), int(known.sum()) - 1
    if others < 1:
        found[known] = EVEN
        return found
    ordered = np.sort(values[known])
    below = np.searchsorted(ordered, values[known], side="left")
    upto = np.searchsorted(ordered, values[known], side="right")
    found[known] = FULL * (below + (upto - below - 1) / 2) / others
    return found
