"""Breadth first: what a node reaches along the links, nearest first, and over whom."""

import numpy as np
from numpy.typing import NDArray

from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Mask = NDArray[np.bool_]

NOWHERE = -1


def breadth_first(
    indptr: Pointers, indices: Places, start: int, *, deepest: int | None = None, target: int = NOWHERE
) -> tuple[Places, Places]:
    """Visit what the start reaches, up to `deepest` links away, or until the target is found.

    Returns the nodes in the order of the visit, the start first, and beside each the node it was reached
    from (-1 for the start). Neighbours are visited in the order of the links. O(links).

    >>> ring = np.array([0, 1, 2, 3]), np.array([1, 2, 0], np.int32)
    >>> [found.tolist() for found in breadth_first(*ring, 1)]
    [[1, 2, 0], [-1, 1, 2]]
    """
    expect_links(indptr, indices)
    depth = len(indptr) if deepest is None else max(0, min(deepest, len(indptr)))
    # Made here, not in the kernel: the system hands out zeroed pages as they are touched.
    seen = np.zeros(len(indptr) - 1, np.bool_)
    return _visited(locked(indptr), locked(indices), int(start), depth, int(target), seen)


@kernel
def _visited(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers, indices: Places, start: int, deepest: int, target: int, seen: Mask
) -> tuple[Places, Places]:
    size = len(seen)
    order, origin = np.empty(size, np.int32), np.empty(size, np.int32)
    order[0], origin[0], seen[start] = start, -1, True
    first, count = 0, 1
    for _ in range(deepest):
        tier = count
        for place in range(first, tier):
            here = order[place]
            for link in range(indptr[here], indptr[here + 1]):
                there = indices[link]
                if not seen[there]:
                    seen[there], order[count], origin[count] = True, there, here
                    count += 1
        first = tier
        if count == tier or (target >= 0 and seen[target]):
            break
    return order[:count], origin[:count]


@kernel
def depths(order: Places, origin: Places, size: int) -> Places:
    """Fewest links from the start to what `breadth_first` has visited; `size`: how many nodes there are.

    >>> depths(np.array([1, 2, 0], np.int32), np.array([-1, 1, 2], np.int32), 3).tolist()
    [0, 1, 2]
    """
    at = np.zeros(size, np.int32)
    for place in range(1, len(order)):
        at[order[place]] = at[origin[place]] + 1
    return at[order]


def warm() -> None:
    """Compile the kernels."""
    found = breadth_first(np.zeros(2, np.int64), np.zeros(0, np.int32), 0)
    depths(*found, 1)
