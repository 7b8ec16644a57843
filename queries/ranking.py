"""Ranking: the place of each in an order, and how many of those looked for are among the first."""

from math import comb

import numpy as np

from graph.flows import Floats
from graph.years import Mask


def percentile(values: Floats) -> Floats:
    """Tell which share of the known values each exceeds, equal ones counting half; NaN stays.

    >>> percentile(np.array([3.0, 1.0, np.nan, 3.0])).round(3).tolist()
    [0.667, 0.167, nan, 0.667]
    """
    known = ~np.isnan(values)
    _, group, sizes = np.unique(values[known], return_inverse=True, return_counts=True)
    found = np.full(len(values), np.nan)
    found[known] = ((np.cumsum(sizes) - sizes / 2) / max(int(known.sum()), 1))[group]
    return found


def ranked(*keys: Floats) -> Floats:
    """Give rows numbers from 0 by several keys, the first one first; equal rows share a number.

    >>> ranked(np.array([1.0, 0.0, 1.0]), np.array([5.0, 9.0, 4.0])).tolist()
    [2.0, 0.0, 1.0]
    """
    return np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1].ravel().astype(np.float64)


def hit(order: Floats, true: Mask, k: int) -> float:
    """Tell the chance that a true one is among the first k, equal ones in random order.

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
    """Tell how many true ones are among the first k on average, equal ones in random order.

    >>> found_in(np.array([2.0, 1.0, 1.0]), np.array([True, True, False]), 2)
    1.5
    """
    values = order[true]
    above = (order[None, :] > values[:, None]).sum(axis=1)
    equal = (order[None, :] == values[:, None]).sum(axis=1)
    return float(np.clip((k - above) / np.maximum(equal, 1), 0.0, 1.0).sum())
