"""Rank intervals: the best and the worst rank that the unknown facts leave open to each town.

A *world* gives every unknown value one that its bounds allow; a value of which nothing is known may also stay
unknown, and is then scored as the set says. Rank = 1 + the towns whose total is greater, so

    best(t)  = 1 + the towns that are above t in every world,
    worst(t) = 1 + the towns that are above t in some world.

Both are found from pairs of towns, and are *outer* bounds: no world gives a rank outside them, but to
surpass one town a world may have to differ from the one that surpasses another. So each is tried: ranks are
computed in worlds that favour the town most (its own values at their best, all others at their worst), and
least. A bound that such a world reaches is exact, and is said to be.

The least of total(s) − total(t) over all worlds is bounded in two ways, and the greater bound counts:

* by each town alone: its least and its greatest total. Points are monotone in the town's own value and, the
  other way, in everybody else's, also where they are scaled by minimum and maximum or by place; so the ends
  are those of two worlds, and exact. Whatever of the unknown is excluded is left out or taken in so as to
  make the weighted mean least, or greatest.
* by the pair, where neither has anything to be excluded, so that both have the same weights: Σ w·(least
  difference of points). In a common world p(s) − p(t) = 100·(x(s) − x(t)) ÷ range: what third towns may have
  moves the range for both. A third town with wide bounds may count for both ends of it: conservative.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.criteria import Indicator, Scaling
from graph.deadline import checkpoint
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.years import Mask
from queries.evaluation.scoring import (
    EVEN,
    FULL,
    rising,
    scaled_weights,
    scores,
    stepped,
    too_little_known,
    zeros,
)

_CLOSE = 1e-8
"""Totals nearer than this may be equal."""
_BEYOND = 1e3
"""What stands for a value without a bound in a tried world: so many times the greatest known one."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of each indicator: towns × indicators."""

    value: Floats
    """What is scored; NaN: unknown."""
    low: Floats
    high: Floats

    least_known: float = 0.0
    """The weight that must be known of a town for it to be ranked (0–1)."""

    @property
    def unknown(self) -> Mask:
        """What nothing is known of."""
        return np.isnan(self.value)

    @property
    def as_scored(self) -> "Known":
        """The same as if what is known in part were all there is: only what is unknown stays open."""
        low = np.where(self.unknown, self.low, self.value)
        return replace(self, low=low, high=np.where(self.unknown, self.high, self.value))


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """The ranks that are open to each town; 0: to nobody, since there is nothing to rank by."""

    best: Ints
    worst: Ints
    best_exact: Mask
    """Whether a world with this rank was found; else the true one may be worse, never better."""
    worst_exact: Mask


def rank_intervals(known: Known, indicators: Sequence[Indicator]) -> Ranks:
    """Bound the ranks of all towns."""
    above = surely_above(known, indicators, by_more_than=_CLOSE)
    not_above = surely_above(known, indicators, by_more_than=-_CLOSE).T
    np.fill_diagonal(not_above, val=True)
    best = 1 + above.sum(axis=0)
    worst = 1 + (~not_above).sum(axis=0)
    tried_best, tried_worst = _tried(known, indicators)
    return Ranks(best.astype(np.int32), worst.astype(np.int32), tried_best == best, tried_worst == worst)


def surely_above(known: Known, indicators: Sequence[Indicator], *, by_more_than: float) -> Mask:
    """Which town (row) is above which other (column) in every world, by more than so many points."""
    low, high = total_bounds(known, indicators)
    alone = low[:, None] - high[None, :] > by_more_than
    settled = ~(known.unknown & ~zeros(indicators) & (scaled_weights(indicators) > 0)).any(axis=1)
    settled &= ~too_little_known(known.unknown, indicators, known.least_known)
    both = settled[:, None] & settled[None, :]
    found = alone | (both & (_least_difference(known, indicators) > by_more_than))
    np.fill_diagonal(found, val=False)
    return found


def point_bounds(known: Known, indicators: Sequence[Indicator]) -> tuple[Floats, Floats]:
    """The least and the most points that each value can have, if it is known: exact for each alone."""
    pairs = [_bounds(known, place, one) for place, one in enumerate(indicators)]
    least, most = zip(*pairs, strict=True)
    return np.stack(least, axis=1), np.stack(most, axis=1)


def total_bounds(known: Known, indicators: Sequence[Indicator]) -> tuple[Floats, Floats]:
    """The least and the greatest total of each town; −∞: it may stay without any."""
    least, most = point_bounds(known, indicators)
    weights, zero = scaled_weights(indicators), zeros(indicators)
    unknown = known.unknown & (weights > 0)
    least = np.where(unknown & zero, 0.0, least)
    optional = unknown & ~zero
    unranked = too_little_known(known.unknown, indicators, known.least_known)
    low = FULL - _greatest(FULL - least, weights, optional)
    return np.where(unranked, -np.inf, low), _greatest(most, weights, optional)


def _greatest(points: Floats, weights: Floats, optional: Mask) -> Floats:
    """The greatest weighted mean when optional points may be left out: those above it are taken in."""
    fixed = np.where(optional, 0.0, weights)
    order = np.argsort(-np.where(optional, points, -1.0), axis=1)
    chosen = np.where(optional, weights, 0.0)
    gained = np.take_along_axis(chosen * points, order, axis=1)
    weight = np.take_along_axis(chosen, order, axis=1)
    start = (fixed * points).sum(axis=1, keepdims=True), fixed.sum(axis=1, keepdims=True)
    top = np.concatenate([start[0], start[0] + np.cumsum(gained, axis=1)], axis=1)
    whole = np.concatenate([start[1], start[1] + np.cumsum(weight, axis=1)], axis=1)
    return np.divide(top, whole, out=np.full_like(top, -np.inf), where=whole > 0).max(axis=1)


def _ends(known: Known, place: int, indicator: Indicator) -> tuple[Floats, Floats]:
    """The bounds of an indicator as more is better."""
    one, other = (rising(side[:, place], indicator) for side in (known.low, known.high))
    return np.minimum(one, other), np.maximum(one, other)


def _bounds(known: Known, place: int, indicator: Indicator) -> tuple[Floats, Floats]:
    if indicator.scaling is Scaling.THRESHOLDS:
        ends = stepped(known.low[:, place], indicator), stepped(known.high[:, place], indicator)
        return np.minimum(*ends), np.maximum(*ends)
    low, high = _ends(known, place, indicator)
    among = _within if indicator.scaling is Scaling.MIN_MAX else _among
    return among(low, high), among(high, low)


def _within(own: Floats, others: Floats) -> Floats:
    """Points of each value between the least and the greatest, the other towns having `others`."""
    greatest = np.maximum(own, _beyond(others, 1)[:, 0])
    least = np.minimum(own, -_beyond(-others, 1)[:, 0])
    with np.errstate(invalid="ignore"):
        found = FULL * ((own / 2 - least / 2) / (greatest / 2 - least / 2))
    found = np.where(np.isinf(greatest), 0.0, np.where(np.isinf(least), FULL, found))
    found = np.where(own == greatest, FULL, np.where(own == least, 0.0, found))
    return np.where(greatest == least, EVEN, found)


def _among(own: Floats, others: Floats) -> Floats:
    """Points of each value by place, the other towns having `others`."""
    if len(own) == 1:
        return np.full(1, EVEN)
    share = (own[:, None] > others[None, :]) + 0.5 * (own[:, None] == others[None, :])
    np.fill_diagonal(share, 0.0)
    return FULL * share.sum(axis=1) / (len(own) - 1)


def _beyond(values: Floats, without: int) -> Floats:
    """The greatest of the values of all but one town (n × 1), or of all but two (n × n); none: −∞."""
    count = len(values)
    rows = np.arange(count)
    columns = rows[None, :] if without > 1 else np.full((1, 1), -1)
    found = np.full((count, columns.shape[1]), -np.inf)
    for best in np.argsort(-values)[: without + 1][::-1].tolist():
        found = np.where((rows[:, None] != best) & (columns != best), values[best], found)
    return found


def _least_difference(known: Known, indicators: Sequence[Indicator]) -> Floats:
    """A lower bound of total(row) − total(column), for towns whose weights are the same in every world."""
    least, most = point_bounds(known, indicators)
    zero = zeros(indicators)
    least = np.where(known.unknown & zero, 0.0, least)
    found = np.zeros((len(least), len(least)))
    for place, (one, weight) in enumerate(zip(indicators, scaled_weights(indicators).tolist(), strict=True)):
        if not weight:
            continue
        apart = least[:, place][:, None] - most[:, place][None, :]
        if one.scaling is not Scaling.THRESHOLDS:
            low, high = _ends(known, place, one)
            unknown = known.unknown[:, place]
            joint = (_ranged if one.scaling is Scaling.MIN_MAX else _placed)(low, high, unknown)
            said = ~unknown[:, None] & ~unknown[None, :]
            apart = np.where(said, np.maximum(apart, joint), apart)
        found += weight * apart
    return found


def _ranged(low: Floats, high: Floats, unknown: Mask) -> Floats:
    """The least difference of points by range: the least of row over the most of column, others between."""
    mine, its = low[:, None], high[None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        ahead = mine - its
        widest = np.maximum(mine, _beyond(high, 2)) - np.minimum(its, -_beyond(-low, 2))
        sure_low, sure_high = np.where(unknown, -np.inf, low), np.where(unknown, np.inf, high)
        closest = np.maximum(its, _beyond(sure_low, 2)) - np.minimum(mine, -_beyond(-sure_high, 2))
        leads = np.where(np.isinf(widest), 0.0, FULL * ahead / widest)
        trails = np.where(np.isinf(closest) | np.isinf(ahead), -FULL, FULL * ahead / closest)
    return np.where(ahead > 0, leads, np.where(ahead < 0, trails, 0.0))


def _placed(low: Floats, high: Floats, unknown: Mask) -> Floats:
    """The least difference of points by place, likewise."""
    count = len(low)
    found = np.zeros((count, count))
    if count == 1:
        return found
    for row in range(count):
        checkpoint()
        mine, its = low[row], high[:, None]
        out = (high[None, :] > mine) | (low[None, :] < its) | unknown[None, :]
        edge = (high[None, :] == mine) | (low[None, :] == its)
        leads = np.where(out, 0.0, np.where(edge, 0.5, 1.0))
        between = (low[None, :] < its) & (high[None, :] > mine)
        trails = np.where(between, -1.0, np.where(edge, -0.5, 0.0))
        ahead = np.sign(mine - high)
        term = np.where(ahead[:, None] > 0, leads, np.where(ahead[:, None] < 0, trails, 0.0))
        np.fill_diagonal(term, 0.0)
        term[:, row] = 0.0
        found[row] = FULL * (ahead + term.sum(axis=1)) / (count - 1)
    return found


def _tried(known: Known, indicators: Sequence[Indicator]) -> tuple[Ints, Ints]:
    """The best and the worst rank of each town in worlds made to favour it, or not."""
    down = np.array([one.direction.value == "DOWN" for one in indicators])
    low, high = _finite(known)
    good, bad = np.where(down, low, high), np.where(down, high, low)
    least, most = point_bounds(known, indicators)
    now = scores(known.value, indicators, known.least_known)
    best, worst = now.rank.copy(), now.rank.copy()
    never = np.iinfo(np.int32).max
    best[best == 0] = never
    mean = np.nan_to_num(now.total, nan=EVEN)[:, None]
    for town in range(len(known.value)):
        checkpoint()
        for others_known in (False, True):
            for own, others, takes, favours in (
                (good, bad, most > mean, True),
                (bad, good, least < mean, False),
            ):
                world = np.where(known.unknown & ~np.bool_(others_known), np.nan, others)
                stays = known.unknown[town] & ~takes[town] & ~zeros(indicators)
                stays |= known.unknown[town] & zeros(indicators) & ~np.bool_(favours)
                world[town] = np.where(stays, np.nan, own[town])
                rank = int(scores(world, indicators, known.least_known).rank[town])
                if rank and favours:
                    best[town] = min(best[town], rank)
                elif rank:
                    worst[town] = max(worst[town], rank)
    return np.where(best == never, 0, best), worst


def _finite(known: Known) -> tuple[Floats, Floats]:
    """Bounds with a number for what has none: far beyond all that is known of the indicator."""
    stated = np.concatenate([known.low, known.high])
    known_most = np.where(np.isfinite(stated), np.abs(stated), 0.0).max(axis=0)
    far = _BEYOND * np.maximum(known_most, 1.0)
    low = np.where(np.isinf(known.low), -far, known.low)
    return low, np.where(np.isinf(known.high), far, known.high)
