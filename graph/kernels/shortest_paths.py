"""Shortest paths: the cheapest way between two nodes, with some nodes and first steps closed.

A* (Hart, Nilsson and Raphael 1968) led by the distance of every node to the target, which is computed once by
Dijkstra's algorithm (1959): closing something can only lengthen ways, so it never leads astray, and a search
visits little more than the way it finds.
"""

import heapq
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Marks = NDArray[np.bool_]
type Numbers = NDArray[np.float64]


def distances(
    pred_indptr: Pointers, pred_indices: Places, pred_weights: Numbers, start: int, target: int
) -> Numbers:
    """Compute how far every node is from the target, along the links, those farther than the start as far.

    Links are given against their direction, weights (≥ 0) beside them. All inf but what leads to the target:
    the start does not. O(links · log nodes).

    >>> links = np.array([0, 0, 1, 2]), np.array([0, 1], np.int32), np.array([2.0, 3.0])
    >>> distances(*links, 0, 2).tolist(), distances(*links, 1, 2).tolist()
    ([5.0, 3.0, 0.0], [3.0, 3.0, 0.0])
    """
    expect_links(pred_indptr, pred_indices)
    links = locked(pred_indptr), locked(pred_indices), locked(pred_weights)
    return _distances(*links, int(start), int(target))


def shortest_path(  # noqa: PLR0913 - what it is made of
    indptr: Pointers,
    indices: Places,
    weights: Numbers,
    start: int,
    target: int,
    *,
    left: Numbers,
    closed: Marks,
    shut: Places,
) -> Places:
    """Find the cheapest path, of equally cheap ones that whose nodes are smaller from the start on.

    `left` is at most what each node has left to the target (`distances`), `closed` marks nodes that may not
    be passed, `shut` lists nodes that may not follow directly on the start. An empty path: there is none.
    Weights that are whole numbers are added without rounding, so that equal costs are seen as equal.

    >>> square = np.array([0, 2, 3, 4, 4]), np.array([1, 2, 3, 3], np.int32), np.ones(4)
    >>> left = np.array([2.0, 1.0, 1.0, 0.0])
    >>> shut, closed = np.zeros(0, np.int32), np.zeros(4, np.bool_)
    >>> shortest_path(*square, 0, 3, left=left, closed=closed, shut=shut).tolist()
    [0, 1, 3]
    """
    expect_links(indptr, indices)
    links = locked(indptr), locked(indices), locked(weights)
    barred = locked(left), locked(closed), locked(np.asarray(shut, np.int32))
    return _path(*links, int(start), int(target), *barred)


@kernel
def _distances(indptr: Pointers, indices: Places, weights: Numbers, start: int, target: int) -> Numbers:
    distance = np.full(len(indptr) - 1, np.inf)
    distance[target] = 0.0
    heap: list[Any] = [(0.0, target)]
    while heap:
        far, here = heapq.heappop(heap)
        if here == start:
            return np.minimum(distance, far)
        if far > distance[here]:
            continue
        for place in range(indptr[here], indptr[here + 1]):
            there, further = np.int64(indices[place]), far + weights[place]
            if further < distance[there]:
                distance[there] = further
                heapq.heappush(heap, (further, there))
    return distance


@kernel
def _path(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    weights: Numbers,
    start: int,
    target: int,
    left: Numbers,
    closed: Marks,
    shut: Places,
) -> Places:
    cost = np.full(len(indptr) - 1, np.inf)
    origin = np.full(len(indptr) - 1, -1, np.int32)
    cost[start] = 0.0
    # Of equal estimates the nearer to the start comes first, so all that lead to a node come before it.
    heap: list[Any] = [(left[start], 0.0, start)]
    while heap:
        _, gone, here = heapq.heappop(heap)
        if here == target:
            break
        if gone > cost[here]:
            continue
        for place in range(indptr[here], indptr[here + 1]):
            there: Any = np.int64(indices[place])  # the width of the start: the heap holds one
            if closed[there] or there == start or not np.isfinite(left[there]):
                continue
            if here == start and _among(there, shut):
                continue
            further = gone + weights[place]
            if further < cost[there]:
                cost[there], origin[there] = further, here
                heapq.heappush(heap, (further + left[there], further, there))
            elif further == cost[there] and _earlier(here, int(origin[there]), there, origin):
                origin[there] = here
    if not np.isfinite(cost[target]):
        return np.empty(0, np.int32)
    return _way(target, origin)


@kernel
def _among(node: int, some: Places) -> bool:
    for one in some:  # noqa: SIM110 - compiled
        if one == node:
            return True
    return False


@kernel
def _way(node: int, origin: Places) -> Places:
    """List the nodes from the start to one."""
    length, here = 1, node
    while origin[here] >= 0:
        length, here = length + 1, int(origin[here])
    way, here = np.empty(length, np.int32), node
    for place in range(length - 1, -1, -1):
        way[place], here = here, int(origin[here])
    return way


@kernel
def _earlier(one: int, other: int, node: int, origin: Places) -> bool:
    """Whether the way to a node over one has smaller nodes than that over another, where they differ."""
    mine, its = _way(one, origin), _way(other, origin)
    for place in range(min(len(mine), len(its))):
        if mine[place] != its[place]:
            return bool(mine[place] < its[place])
    return bool(node < its[len(mine)]) if len(mine) < len(its) else bool(mine[len(its)] < node)


def warm() -> None:
    """Compile the kernels."""
    links = np.array([0, 1, 1], np.int64), np.ones(1, np.int32), np.ones(1)
    left = distances(np.array([0, 0, 1], np.int64), np.zeros(1, np.int32), np.ones(1), 0, 1)
    closed, shut = np.zeros(2, np.bool_), np.zeros(0, np.int32)
    shortest_path(*links, 0, 1, left=left, closed=closed, shut=shut)
