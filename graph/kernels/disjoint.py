"""Disjoint paths: how many paths lead to a node that share no other, and which fewest nodes cut them all.

Every node is thought of as an entry and an exit that one unit may pass between. The greatest flow is then the
number of vertex-disjoint paths, and the least cut as large (Menger 1927). It is found in phases, each of
shortest paths only (Dinic 1970), of which such networks need O(√nodes) (Even and Tarjan 1975).
"""

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Marks = NDArray[np.bool_]


def minimum_cut(pred_indptr: Pointers, pred_indices: Places, sources: Places, target: int) -> Places:
    """Find a smallest set of nodes, the target not among them, without which no source reaches the target.

    Links are given against their direction. Sources may be in the set, the target must not be a source; of
    several such sets it is the one nearest to the target, in order of number. Its size is the number of
    paths from sources to the target that share no node but the target. O(links · √nodes).

    >>> square = np.array([0, 0, 1, 2, 4]), np.array([0, 0, 1, 2], np.int32)
    >>> minimum_cut(*square, np.array([0], np.int32), 3), minimum_cut(*square, np.array([1, 2], np.int32), 3)
    (array([0], dtype=int32), array([1, 2], dtype=int32))
    """
    expect_links(pred_indptr, pred_indices)
    links, nodes = (locked(pred_indptr), locked(pred_indices)), len(pred_indptr) - 1
    source = np.zeros(nodes, np.bool_)
    source[sources] = True
    onward, level = np.full(nodes, -1, np.int32), np.empty(2 * nodes, np.int32)
    while (furthest := _levels(*links, source, int(target), onward, level)) >= 0:
        checkpoint()
        _augment(*links, source, int(target), onward, level, furthest)
    return np.flatnonzero((level[:nodes] < 0) & (level[nodes:] >= 0)).astype(np.int32)


# A node's entry is its number, its exit its number + nodes; `onward` tells where the unit that passes a node
# goes next (-1: none passes). Arcs of the residual network, found from their ends: to an entry from the exits
# of all suppliers, and from its own exit when a unit passes (that unit may be taken back); to an exit from
# its own entry when no unit passes, else from the entry that the unit goes to (it may go elsewhere).


@kernel
def _levels(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers, indices: Places, source: Marks, target: int, onward: Places, level: Places
) -> int:
    """How far entries and exits are from the target, up to the nearest source; its level, -1: none."""
    nodes = len(onward)
    level[:] = -1
    queue = np.empty(2 * nodes, np.int32)
    queue[0], level[target], first, count = target, 0, 0, 1
    while first < count:
        here = queue[first]
        first += 1
        if here < nodes and source[here] and here != target:
            return int(level[here])
        for step in range(_steps(here, indptr)):
            there = _before(here, step, indptr, indices, target, onward)
            if there >= 0 and level[there] < 0:
                level[there], queue[count] = level[here] + 1, there
                count += 1
    return -1


@kernel
def _augment(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    source: Marks,
    target: int,
    onward: Places,
    level: Places,
    furthest: int,
) -> None:
    """Send units along shortest paths until none is left; what was passed or leads nowhere gets level -2."""
    nodes = len(onward)
    following = np.zeros(2 * nodes, np.int32)
    stack = np.empty(2 * nodes, np.int32)
    stack[0], depth = target, 1
    while depth:
        here = stack[depth - 1]
        if level[here] == furthest and here < nodes and source[here]:
            for place in range(depth - 1, 0, -1):
                passed, after = stack[place], stack[place - 1]
                level[passed] = -2
                if passed >= nodes:
                    onward[passed - nodes] = after if after != passed - nodes else -1
            depth = 1
        elif following[here] == _steps(here, indptr):
            level[here] = -2
            depth -= 1
        else:
            there = _before(here, int(following[here]), indptr, indices, target, onward)
            following[here] += 1
            if there >= 0 and level[there] == level[here] + 1:
                stack[depth] = there
                depth += 1


@kernel
def _steps(here: int, indptr: Pointers) -> int:
    """Count the ways there may be to come to an entry or an exit."""
    return 1 if here >= len(indptr) - 1 else indptr[here + 1] - indptr[here] + 1


@kernel
def _before(  # noqa: PLR0913, PLR0917 - arrays
    here: int, step: int, indptr: Pointers, indices: Places, target: int, onward: Places
) -> int:
    """Find where one of those ways comes from; -1: it is closed."""
    nodes = len(onward)
    if here >= nodes:
        to = int(onward[here - nodes])
        if to < 0:
            return here - nodes
        return -1 if to == target else to
    if indptr[here] + step < indptr[here + 1]:
        seller = int(indices[indptr[here] + step])
        own = seller == here or seller == target  # noqa: PLR1714 - numba knows no such sets
        return -1 if own else seller + nodes
    return here + nodes if onward[here] >= 0 else -1


def warm() -> None:
    """Compile the kernels."""
    links = np.array([0, 0, 1], np.int64), np.zeros(1, np.int32)
    minimum_cut(*links, np.zeros(1, np.int32), 1)
