"""Feedback: an order of nodes in which little runs backward, so that dropping it opens all circles.

The greedy order of Eades, Lin and Smyth (1993), weighed: what only gives goes to the front, what only takes
to the back, and of the rest that with the greatest surplus to the front. At most half of the weight runs
backward.
"""

import heapq

import numpy as np
from numpy.typing import NDArray

from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Numbers = NDArray[np.float64]


def forward_order(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    weights: Numbers,
    pred_indptr: Pointers,
    pred_indices: Places,
    pred_weights: Numbers,
) -> Places:
    """The place of each node in the order; weights stand beside the links, in either direction.

    No loops, no parallel links. Of equal surpluses the smaller node comes first. O(links · log nodes).

    >>> links = np.array([0, 1, 2]), np.array([1, 0], np.int32), np.array([2.0, 5.0])
    >>> back = np.array([0, 1, 2]), np.array([1, 0], np.int32), np.array([5.0, 2.0])
    >>> forward_order(*links, *back).tolist()
    [1, 0]
    """
    expect_links(indptr, indices)
    expect_links(pred_indptr, pred_indices)
    gives = locked(indptr), locked(indices), locked(weights)
    takes = locked(pred_indptr), locked(pred_indices), locked(pred_weights)
    return _ordered(*gives, *takes)


@kernel
def _ordered(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    weights: Numbers,
    pred_indptr: Pointers,
    pred_indices: Places,
    pred_weights: Numbers,
) -> Places:
    size = len(indptr) - 1
    gives, takes = indptr[1:] - indptr[:-1], pred_indptr[1:] - pred_indptr[:-1]
    surplus = np.zeros(size)
    for node in range(size):
        surplus[node] = weights[indptr[node] : indptr[node + 1]].sum()
        surplus[node] -= pred_weights[pred_indptr[node] : pred_indptr[node + 1]].sum()
    heap = [(-surplus[node], node) for node in range(size)]
    heapq.heapify(heap)
    ready = [node for node in range(size) if gives[node] == 0 or takes[node] == 0]
    place = np.full(size, -1, np.int32)
    after, before = indices.astype(np.int64), pred_indices.astype(np.int64)  # one width for all in the heap
    first, last = 0, size
    while first < last:
        node = _next(ready, heap, place, surplus)
        if gives[node] == 0:
            last -= 1
            place[node] = last
        else:
            place[node] = first
            first += 1
        for link in range(indptr[node], indptr[node + 1]):
            other: int = after[link]
            if place[other] < 0:
                takes[other] -= 1
                surplus[other] += weights[link]
                _changed(other, takes[other], ready, heap, surplus)
        for link in range(pred_indptr[node], pred_indptr[node + 1]):
            other = before[link]
            if place[other] < 0:
                gives[other] -= 1
                surplus[other] -= pred_weights[link]
                _changed(other, gives[other], ready, heap, surplus)
    return place


@kernel
def _next(ready: list[int], heap: list[tuple[float, int]], place: Places, surplus: Numbers) -> int:
    """Take a node that only gives or only takes, else the one with the greatest surplus."""
    while ready:
        node = ready.pop()
        if place[node] < 0:
            return node
    while True:
        lack, node = heapq.heappop(heap)
        if place[node] < 0 and -lack == surplus[node]:
            return node


@kernel
def _changed(node: int, left: int, ready: list[int], heap: list[tuple[float, int]], surplus: Numbers) -> None:
    """Note that a node has lost a link."""
    if left == 0:
        ready.append(node)
    else:
        heapq.heappush(heap, (-surplus[node], node))


def warm() -> None:
    """Compile the kernels."""
    both = np.array([0, 1, 2]), np.array([1, 0], np.int32), np.ones(2)
    forward_order(*both, *both)
