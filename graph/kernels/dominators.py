"""Dominators: which node every path from a root to a node must pass.

Semi-dominators after Lengauer and Tarjan (1979), then nearest common ancestors (SNCA: Georgiadis, Tarjan and
Werneck 2006): close to linear in practice, without recursion.
"""

import numpy as np

from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

UNREACHED = -1


def immediate_dominators(
    indptr: Pointers, indices: Places, pred_indptr: Pointers, pred_indices: Places, root: int
) -> Places:
    """Find the immediate dominator of every node that the root reaches.

    `indptr`, `indices` lead along the links, `pred_indptr`, `pred_indices` against them. The root stands for
    itself; -1: not reached. Loops and parallel links change nothing. O(links · log nodes).

    >>> links = np.array([0, 2, 3, 4, 4]), np.array([1, 2, 3, 3], np.int32)
    >>> back = np.array([0, 0, 1, 2, 4]), np.array([0, 0, 1, 2], np.int32)
    >>> immediate_dominators(*links, *back, 0).tolist()
    [0, 0, 0, 0]
    """
    expect_links(indptr, indices)
    expect_links(pred_indptr, pred_indices)
    number, node, parent = _preorder(locked(indptr), locked(indices), int(root))
    return _semi_nca(locked(pred_indptr), locked(pred_indices), number, node, parent)


@kernel
def _preorder(indptr: Pointers, indices: Places, root: int) -> tuple[Places, Places, Places]:
    """Walk depth first and number the nodes: node to number, number to node, number to parent's number."""
    size = len(indptr) - 1
    number = np.full(size, -1, np.int32)
    node = np.empty(size, np.int32)
    parent = np.zeros(size, np.int32)
    following = indptr[:-1].copy()
    stack = np.empty(size, np.int32)
    number[root], node[0], stack[0] = 0, root, root
    count, depth = 1, 1
    while depth:
        here = stack[depth - 1]
        if following[here] == indptr[here + 1]:
            depth -= 1
            continue
        there = indices[following[here]]
        following[here] += 1
        if number[there] < 0:
            number[there], node[count], parent[count] = count, there, number[here]
            stack[depth] = there
            count, depth = count + 1, depth + 1
    return number, node[:count], parent[:count]


@kernel
def _semi_nca(indptr: Pointers, indices: Places, number: Places, node: Places, parent: Places) -> Places:
    """Find immediate dominators, in numbers of the preorder, and turn them back into nodes."""
    count = len(node)
    semi = np.arange(count).astype(np.int32)
    ancestor = np.full(count, -1, np.int32)
    path = np.empty(count, np.int32)
    lowest = semi.copy()
    for here in range(count - 1, 0, -1):
        for place in range(indptr[node[here]], indptr[node[here] + 1]):
            before = int(number[indices[place]])
            if before >= 0:
                semi[here] = min(semi[here], _evaluated(before, ancestor, lowest, path))
        lowest[here], ancestor[here] = semi[here], parent[here]
    found = np.full(len(number), -1, np.int32)
    found[node[0]] = node[0]
    dominator = parent.copy()
    for here in range(1, count):
        above = dominator[here]
        while above > semi[here]:
            above = dominator[above]
        dominator[here] = above
        found[node[here]] = node[above]
    return found


@kernel
def _evaluated(here: int, ancestor: Places, lowest: Places, path: Places) -> int:
    """Find the lowest semi-dominator on the way up the forest linked so far, and shorten that way."""
    if ancestor[here] < 0:
        return lowest[here]
    length, top = 0, here
    while ancestor[ancestor[top]] >= 0:
        path[length] = top
        length, top = length + 1, ancestor[top]
    for place in range(length - 1, -1, -1):
        low = path[place]
        above = ancestor[low]
        lowest[low] = min(lowest[low], lowest[above])
        ancestor[low] = ancestor[above]
    return lowest[here]


@kernel
def subtrees(above: Places) -> Places:
    """Count the nodes below each in a forest given by what is directly above each, from the leaves up.

    What stands above only as a number beyond the nodes, or as a negative one, is not counted; nor is a node
    above itself. O(nodes).

    >>> subtrees(np.array([3, 0, 1, 4, -1], np.int32)).tolist()
    [2, 1, 0, 3, 4]
    """
    size = len(above)
    waiting, below = np.zeros(size, np.int32), np.zeros(size, np.int32)
    for here in range(size):
        if 0 <= above[here] < size and above[here] != here:
            waiting[above[here]] += 1
    for leaf in range(size):
        here = leaf
        while waiting[here] == 0:
            waiting[here] = -1
            up = above[here]
            if up < 0 or up >= size or up == here:
                break
            below[up] += below[here] + 1
            waiting[up] -= 1
            here = up
    return below


def warm() -> None:
    """Compile the kernels."""
    subtrees(np.zeros(1, np.int32))
    pointers, places = np.zeros(2, np.int64), np.zeros(0, np.int32)
    immediate_dominators(pointers, places, pointers, places, 0)
