"""Betweenness: through which nodes the shortest paths run (Brandes 2001), from some sources or from all."""

import numpy as np
from numpy.typing import NDArray

from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Numbers = NDArray[np.float64]


def betweenness(indptr: Pointers, indices: Places, sources: Places) -> tuple[Numbers, Numbers]:
    """Sum, over the sources, the dependency of each source on each node; and the squares of it.

    The dependency of s on v is Σ_t σ_st(v)/σ_st: how many targets s reaches over v, a target with several
    shortest paths by the share of those that pass v; ends don't count. Links count once each, so parallel
    links must be taken out before. With all nodes as sources the first is the betweenness that NetworkX
    calls unnormalised; of a sample, scale it. O(sources · links).

    >>> line = np.array([0, 1, 2, 2]), np.array([1, 2], np.int32)
    >>> betweenness(*line, np.arange(3, dtype=np.int32))[0].tolist()
    [0.0, 1.0, 0.0]
    """
    expect_links(indptr, indices)
    return _summed(locked(indptr), locked(indices), locked(sources.astype(np.int32)))


@kernel
def _summed(indptr: Pointers, indices: Places, sources: Places) -> tuple[Numbers, Numbers]:
    size = len(indptr) - 1
    total, squares = np.zeros(size), np.zeros(size)
    distance, paths = np.full(size, -1, np.int32), np.zeros(size)
    # What each target passes back along one of its paths: (1 + dependency) / paths.
    back = np.zeros(size)
    order, ends = np.empty(size, np.int32), np.empty(size + 1, np.int64)
    forward = np.empty(len(indices), np.int32)
    for source in sources:
        count = _reached(indptr, indices, int(source), distance, paths, order, forward, ends)
        for place in range(count - 1, -1, -1):
            here = order[place]
            owed = 0.0
            for link in range(ends[place], ends[place + 1]):
                owed += back[forward[link]]
            dependency = owed * paths[here]
            back[here] = (1 + dependency) / paths[here]
            if place > 0:
                total[here] += dependency
                squares[here] += dependency**2
        for place in range(count):
            distance[order[place]], paths[order[place]] = -1, 0.0
    return total, squares


@kernel
def _reached(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    source: int,
    distance: Places,
    paths: Numbers,
    order: Places,
    forward: Places,
    ends: Pointers,
) -> int:
    """Order what a source reaches by distance, count its shortest paths to each, and keep their links.

    The links of the node at place i of the order are `forward[ends[i]:ends[i + 1]]`.
    """
    order[0], distance[source], paths[source], ends[0] = source, 0, 1.0, 0
    place, count, kept = 0, 1, 0
    while place < count:
        here = order[place]
        further = distance[here] + 1
        for link in range(indptr[here], indptr[here + 1]):
            there = indices[link]
            if distance[there] < 0:
                distance[there], order[count] = further, there
                count += 1
            if distance[there] == further:
                paths[there] += paths[here]
                forward[kept] = there
                kept += 1
        place += 1
        ends[place] = kept
    return count


def warm() -> None:
    """Compile the kernels."""
    betweenness(np.zeros(2, np.int64), np.zeros(0, np.int32), np.zeros(1, np.int32))
