"""Louvain: communities of a directed graph that raise its modularity, level by level.

Local moving of nodes and aggregation of communities (Blondel, Guillaume, Lambiotte and Lefebvre 2008), with
the modularity of directed graphs (Leicht and Newman 2008; Dugué and Perez 2015):

    Q = Σ_c (L_c / m − γ · out_c · in_c / m²)

with L_c the weight of the links inside a community, out_c and in_c that of the links which leave and enter
its members, m that of all links, γ the resolution. Nodes and gains come in NetworkX's order.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Links with weights, along and against their direction; neighbours in the order of the links."""

    indptr: Pointers
    indices: Places
    weights: Numbers
    back_indptr: Pointers
    back_indices: Places
    back_weights: Numbers

    @property
    def leaving(self) -> Numbers:
        """Weight of the links that leave each node, loops included."""
        return _sums(self.indptr, self.weights)

    @property
    def entering(self) -> Numbers:
        """Weight of the links that enter each node, loops included."""
        return _sums(self.back_indptr, self.back_weights)


def weighed(nodes: int, start: Places, end: Places, weights: Numbers) -> Weighed:
    """Put links in both orders; parallel ones are added up and stand where the first of them stood."""
    keys, first, group = np.unique(
        start.astype(np.int64) * nodes + end, return_index=True, return_inverse=True
    )
    order = np.argsort(first)
    total = np.bincount(group, weights=weights, minlength=len(keys))[order]
    one, other = np.divmod(keys[order], max(nodes, 1))
    return Weighed(*_sorted(nodes, one, other, total), *_sorted(nodes, other, one, total))


def levels(
    links: Weighed, *, resolution: float, threshold: float, shuffled: Callable[[int], Places]
) -> Iterator[Places]:
    """Generate the community of every node, level by level, until Q gains no more than the threshold.

    `shuffled` gives so many nodes in the order in which they are visited. Communities are numbered from 0, in
    the order of the nodes that they began with. O(links) a pass; a level takes some passes.

    >>> both = weighed(4, np.array([0, 1, 2, 3]), np.array([1, 0, 3, 2]), np.ones(4))
    >>> in_order = lambda count: np.arange(count, dtype=np.int32)
    >>> [found.tolist() for found in levels(both, resolution=1, threshold=1e-7, shuffled=in_order)]
    [[0, 0, 1, 1]]
    """
    expect_links(links.indptr, links.indices)
    expect_links(links.back_indptr, links.back_indices)
    total, nodes = float(links.weights.sum()), len(links.indptr) - 1
    before = modularity(links, np.arange(nodes, dtype=np.int32), resolution=resolution)
    own, _ = _moved(links, total, resolution, shuffled(nodes))
    found = own
    while True:
        yield found
        after = modularity(links, own, resolution=resolution)
        if after - before <= threshold:
            return
        before, links = after, _aggregated(links, own)
        own, moved = _moved(links, total, resolution, shuffled(len(links.indptr) - 1))
        if not moved:
            return
        found = own[found]


def modularity(links: Weighed, community: Places, *, resolution: float = 1.0) -> float:
    """Compute Q for the community of every node (numbers from 0); 0 when nothing weighs anything."""
    total = float(links.weights.sum())
    if total == 0:
        return 0.0
    owner = np.repeat(np.arange(len(community), dtype=np.int32), np.diff(links.indptr))
    inside = community[owner] == community[links.indices]
    within = np.bincount(community[owner[inside]], weights=links.weights[inside], minlength=1)
    leaving = np.bincount(community, weights=links.leaving)
    entering = np.bincount(community, weights=links.entering)
    return float(within.sum() / total - resolution * (leaving @ entering) / total**2)


def _sorted(nodes: int, start: Places, end: Places, weights: Numbers) -> tuple[Pointers, Places, Numbers]:
    order = np.argsort(start, kind="stable")
    indptr = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(start, minlength=nodes), out=indptr[1:])
    return indptr, end[order].astype(np.int32), weights[order]


def _sums(indptr: Pointers, weights: Numbers) -> Numbers:
    owner = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    return np.bincount(owner, weights=weights, minlength=len(indptr) - 1)


def _aggregated(links: Weighed, community: Places) -> Weighed:
    """Make one node of each community, with the links between and within them."""
    owner = np.repeat(np.arange(len(community), dtype=np.int32), np.diff(links.indptr))
    ends = community[owner], community[links.indices]
    return weighed(int(community.max()) + 1, *ends, links.weights)


def _moved(links: Weighed, total: float, resolution: float, order: Places) -> tuple[Places, bool]:
    """Move nodes, each begun as its own community, until no move gains; whether any node has moved."""
    leaving, entering = links.leaving, links.entering
    community = np.arange(len(order), dtype=np.int32)
    sums = entering.copy(), leaving.copy()
    forth = locked(links.indptr), locked(links.indices), locked(links.weights)
    back = locked(links.back_indptr), locked(links.back_indices), locked(links.back_weights)
    settings = locked(order), locked(leaving), locked(entering), total, float(resolution)
    moved = False
    while _passed(*forth, *back, *settings, community, *sums):
        moved = True
        checkpoint()
    _, numbers = np.unique(community, return_inverse=True)
    return numbers.astype(np.int32), moved


@kernel
def _passed(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    weights: Numbers,
    back_indptr: Pointers,
    back_indices: Places,
    back_weights: Numbers,
    order: Places,
    leaving: Numbers,
    entering: Numbers,
    total: float,
    resolution: float,
    community: Places,
    sum_in: Numbers,
    sum_out: Numbers,
) -> int:
    """Move each node once to the community that gains most; count those that have moved."""
    near = np.zeros(len(community))
    seen, met = np.full(len(community), -1, np.int32), np.empty(len(community), np.int32)
    moves = 0
    for node in order:
        own, count = community[node], 0
        count = _add(node, indptr, indices, weights, community, near, seen, met, count)
        count = _add(node, back_indptr, back_indices, back_weights, community, near, seen, met, count)
        if seen[own] != node:
            near[own] = 0.0
        sum_in[own] -= entering[node]
        sum_out[own] -= leaving[node]
        # Gains are multiplied by m², as in NetworkX: it spares roundings and changes no choice.
        expected = leaving[node] * sum_in[own] + entering[node] * sum_out[own]
        most, best = near[own] * total - resolution * expected, own
        for place in range(count):
            other = met[place]
            expected = leaving[node] * sum_in[other] + entering[node] * sum_out[other]
            gain = near[other] * total - resolution * expected
            if gain > most:
                most, best = gain, other
        sum_in[best] += entering[node]
        sum_out[best] += leaving[node]
        if best != own:
            community[node] = best
            moves += 1
    return moves


@kernel
def _add(  # noqa: PLR0913, PLR0917 - arrays
    node: int,
    indptr: Pointers,
    indices: Places,
    weights: Numbers,
    community: Places,
    near: Numbers,
    seen: Places,
    met: Places,
    count: int,
) -> int:
    """Add up the weight of a node's links to each community beside it, which are met in the links' order."""
    for place in range(indptr[node], indptr[node + 1]):
        if indices[place] == node:
            continue
        there = community[indices[place]]
        if seen[there] != node:
            seen[there], near[there], met[count] = node, 0.0, there
            count += 1
        near[there] += weights[place]
    return count


def warm() -> None:
    """Compile the kernels."""
    links = weighed(2, np.array([0, 1], np.int32), np.array([1, 0], np.int32), np.ones(2))
    for _ in levels(links, resolution=1.0, threshold=1e-7, shuffled=lambda n: np.arange(n, dtype=np.int32)):
        pass
