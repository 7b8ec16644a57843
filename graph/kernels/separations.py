"""Separations: the nodes and links whose loss splits an undirected graph, and what is split off from a root.

Low points of a depth-first tree (Hopcroft and Tarjan 1973), without recursion.
"""

import numpy as np
from numpy.typing import NDArray

from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Marks = NDArray[np.bool_]


def separations(  # noqa: PLR0913, PLR0917 - what it is made of
    indptr: Pointers,
    indices: Places,
    back_indptr: Pointers,
    back_indices: Places,
    inside: Marks,
    root: int,
) -> tuple[Places, Places, Places]:
    """Count what the root loses with each node, and with the link that leads to each node.

    Links are given in their direction and against it, and count as undirected: parallel ones and those back
    are one, loops none. Only nodes inside are looked at; the root must be one. Returns, by node: how many
    nodes its loss splits off from the root (0: it is no articulation point; the root itself always has 0);
    the node before it when the link to it is a bridge (else -1); how many nodes the loss of that bridge
    splits off (0: no bridge). Nodes that the root does not reach have 0, -1, 0. O(links).

    >>> line = np.array([0, 1, 2, 2]), np.array([1, 2], np.int32)
    >>> back = np.array([0, 0, 1, 2]), np.array([0, 1], np.int32)
    >>> [found.tolist() for found in separations(*line, *back, np.ones(3, np.bool_), 0)]
    [[0, 1, 0], [-1, 0, 1], [0, 2, 1]]
    """
    expect_links(indptr, indices)
    expect_links(back_indptr, back_indices)
    links = locked(indptr), locked(indices), locked(back_indptr), locked(back_indices)
    return _separated(*links, locked(inside), int(root))


@kernel
def _separated(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    back_indptr: Pointers,
    back_indices: Places,
    inside: Marks,
    root: int,
) -> tuple[Places, Places, Places]:
    size = len(indptr) - 1
    number, low = np.full(size, -1, np.int32), np.empty(size, np.int32)
    below, parent = np.ones(size, np.int32), np.full(size, -1, np.int32)
    lost, before, behind = np.zeros(size, np.int32), np.full(size, -1, np.int32), np.zeros(size, np.int32)
    following, stack = np.zeros(size, np.int32), np.empty(size, np.int32)
    number[root], low[root], stack[0] = 0, 0, root
    count, depth = 1, 1
    while depth:
        here = stack[depth - 1]
        step, ahead = following[here], indptr[here + 1] - indptr[here]
        if step < ahead + back_indptr[here + 1] - back_indptr[here]:
            following[here] += 1
            if step < ahead:
                there = indices[indptr[here] + step]
            else:
                there = back_indices[back_indptr[here] + step - ahead]
            if not inside[there]:
                continue
            if number[there] < 0:
                number[there], low[there], parent[there] = count, count, here
                stack[depth] = there
                count, depth = count + 1, depth + 1
            elif there != parent[here]:
                low[here] = min(low[here], number[there])
            continue
        depth -= 1
        above = parent[here]
        if above < 0:
            continue
        low[above] = min(low[above], low[here])
        below[above] += below[here]
        if low[here] >= number[above] and above != root:
            lost[above] += below[here]
        if low[here] > number[above]:
            before[here], behind[here] = above, below[here]
    return lost, before, behind


def warm() -> None:
    """Compile the kernels."""
    links = np.zeros(2, np.int64), np.zeros(0, np.int32)
    separations(*links, *links, np.ones(1, np.bool_), 0)
