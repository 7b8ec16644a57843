"""Ranking: percentile ranks, scores weighed over what is known, and how often those looked for come first."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb

import numpy as np

from graph.errors import BadInput
from graph.snapshot.csr import Floats
from graph.snapshot.years import Mask

DECIMALS = 12
"""Of scores that order rows: sums of the same terms in another sequence are the same score."""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Scores of rows, and what they are made of: rows × parts."""

    percentiles: Floats
    """Percentile rank of each among the rows whose part is known (0–1); NaN: unknown."""
    weights: Floats
    """Share of each part in the score: each row adds up to 1; 0 for a part that is left out."""
    score: Floats
    """Σ weight · percentile (0–1); NaN: no part with a weight is known."""


def percentile(values: Floats) -> Floats:
    """Percentile rank of each value among the known ones, more is better (0–1); NaN stays.

    The share of them that it exceeds, equal ones (itself too) counting half: the mid-rank percentile rank,
    PR = (CF − F/2) ÷ N of educational measurement, whose inverse is definition 5 of Hyndman and Fan (1996).
    It averages 1/2 whatever is equal, and that of −x is 1 − PR: so parts with different numbers of known
    values can be weighed with each other.

    >>> percentile(np.array([3.0, 1.0, np.nan, 3.0])).round(3).tolist()
    [0.667, 0.167, nan, 0.667]
    """
    known = ~np.isnan(values)
    _, group, sizes = np.unique(values[known], return_inverse=True, return_counts=True)
    found = np.full(len(values), np.nan)
    found[known] = ((np.cumsum(sizes) - sizes / 2) / max(int(known.sum()), 1))[group]
    return found


def checked(weights: Mapping[str, float], argument: str | None = None) -> None:
    """Refuse weights, by their names, that are negative or no number, or that are all 0; raises BadInput.

    `argument` is the argument of the question that holds them; None: each is one of its own.
    """
    for name, weight in weights.items():
        if not 0 <= weight < np.inf:
            raise BadInput(f"{name}：权重应为不小于 0 的数，所给为 {weight}", argument or name)
    if not any(weights.values()):
        raise BadInput(f"{'、'.join(weights)}：权重不能全为 0", argument or next(iter(weights)))


def scored(values: Floats, weights: Floats) -> Scored:
    """Score rows by their parts (columns, more is better): s = Σ w·p ÷ Σ w over the parts that are known.

    >>> found = scored(np.array([[1.0, 7.0], [2.0, np.nan]]), np.array([3.0, 1.0]))
    >>> found.score.tolist(), found.weights.tolist()
    ([0.3125, 0.75], [[0.75, 0.25], [1.0, 0.0]])
    """
    percentiles = np.stack([percentile(column) for column in values.T], axis=1)
    # Scaled by a power of two, which rounds nothing, so that huge weights don't add up to infinity.
    scaled = np.ldexp(weights, -np.frexp(weights.max())[1])
    used = np.where(np.isnan(percentiles), 0.0, scaled)
    total = used.sum(axis=1, keepdims=True)
    shares = np.divide(used, total, out=np.zeros_like(used), where=total > 0)
    score = np.where(total[:, 0] > 0, (shares * np.nan_to_num(percentiles)).sum(axis=1), np.nan)
    return Scored(percentiles, shares, score)


def comparable(score: Floats) -> Floats:
    """Scores as rows are ordered by them: unknown ones last, and what differs only by rounding is equal.

    >>> comparable(np.array([0.1 + 0.2, 0.3, np.nan])).tolist()
    [0.3, 0.3, -1.0]
    """
    return np.round(np.nan_to_num(score, nan=-1.0), DECIMALS)


def ranked(*keys: Floats) -> Floats:
    """Numbers of rows from 0 on by several keys, the first one first; equal rows share a number.

    >>> ranked(np.array([1.0, 0.0, 1.0]), np.array([5.0, 9.0, 4.0])).tolist()
    [2.0, 0.0, 1.0]
    """
    return np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1].ravel().astype(np.float64)


def hit(order: Floats, true: Mask, k: int) -> float:
    """Chance that a true one is among the first k, equal ones in random order.

    >>> hit(np.array([2.0, 1.0, 1.0]), np.array([False, True, False]), 2)
    0.5
    """
    if not true.any():
        return 0.0
    best = order[true].max()
    above, equal = int((order > best).sum()), order == best
    size, wanted, room = int(equal.sum()), int((true & equal).sum()), max(0, k - above)
    return 1.0 if room >= size else 1.0 - comb(size - wanted, room) / comb(size, room)


def found_in(order: Floats, true: Mask, k: int) -> float:
    """How many true ones are among the first k on average, equal ones in random order.

    >>> found_in(np.array([2.0, 1.0, 1.0]), np.array([True, True, False]), 2)
    1.5
    """
    values = order[true]
    above = (order[None, :] > values[:, None]).sum(axis=1)
    equal = (order[None, :] == values[:, None]).sum(axis=1)
    return float(np.clip((k - above) / np.maximum(equal, 1), 0.0, 1.0).sum())
