"""Orderings of a picture: which links run against the stream, and in which column each node stands."""

import numpy as np

from graph.kernels.feedback import forward_order
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.years import Mask


def against_the_stream(component: Ints, start: Ints, end: Ints, value: Floats) -> Mask:
    """Choose links whose loss opens all circles; only links within a strongly connected component are.

    What runs backward in the order of `graph.kernels.feedback`: a good choice, not the least possible. Every
    link between parts of different components stays. O(links · log nodes).

    >>> ends = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    >>> against_the_stream(np.zeros(2, np.int32), *ends, np.array([5.0, 2.0])).tolist()
    [False, True]
    """
    inside = np.flatnonzero(component[start] == component[end])
    if not len(inside):
        return np.zeros(len(start), np.bool_)
    nodes, places = np.unique(np.concatenate([start[inside], end[inside]]), return_inverse=True)
    begin, finish = np.split(places.astype(np.int32), 2)
    onward, back = Csr.of(len(nodes), begin, finish), Csr.of(len(nodes), finish, begin)
    along, against = value[inside][onward.edges], value[inside][back.edges]
    position = forward_order(onward.indptr, onward.indices, along, back.indptr, back.indices, against)
    backward = inside[position[begin] > position[finish]]
    dropped = np.zeros(len(start), np.bool_)
    dropped[backward] = True
    return dropped


def tiers_of(count: int, start: Ints, end: Ints) -> Ints:
    """Give each node a column: one more than the highest before it, or, before all, one less than its next.

    The links must have no circle. Every link leads to a higher tier. O(links).

    >>> tiers_of(4, np.array([0, 1, 3], np.int32), np.array([1, 2, 2], np.int32)).tolist()
    [0, 1, 2, 1]
    """
    onward = Csr.of(count, start, end)
    waiting = np.bincount(end, minlength=count)
    tier, source = np.zeros(count, np.int32), waiting == 0
    ready = np.flatnonzero(source)
    while len(ready):
        owners, nodes, _ = onward.at(ready)
        np.maximum.at(tier, nodes, tier[owners] + 1)
        np.subtract.at(waiting, nodes, 1)
        near = np.unique(nodes)
        ready = near[waiting[near] == 0]
    lowest = np.full(count, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(lowest, start, tier[end])
    return np.where(source & (onward.degree() > 0), lowest - 1, tier).astype(np.int32)
