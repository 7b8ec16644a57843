"""PageRank: the share of its time that a walk along the links spends at each node.

At each step the walk follows a link with probability `damping`, else it starts anew anywhere; from a node
without links it starts anew as well (Page, Brin, Motwani and Winograd 1999).
"""

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.kernels.compiled import Places, Pointers, expect_links, kernel, locked

type Numbers = NDArray[np.float64]

TOLERANCE = 1e-10
MOST = 1_000


def pagerank(  # noqa: PLR0913 - what it is made of
    indptr: Pointers,
    indices: Places,
    weights: Numbers | None = None,
    *,
    damping: float = 0.85,
    tolerance: float = TOLERANCE,
    most: int = MOST,
) -> tuple[Numbers, int, float]:
    """Compute the ranks (shares that add up to 1), with how many iterations it took and what the last moved.

    It ends when an iteration moves less than `tolerance` in all (the sum of the changes; NetworkX's `tol` is
    this over the number of nodes), or after `most`. Links count as their weights, or once each.

    >>> ranks, _, residual = pagerank(np.array([0, 1, 2]), np.array([1, 0], np.int32))
    >>> ranks.tolist(), residual
    ([0.5, 0.5], 0.0)
    """
    expect_links(indptr, indices)
    size = len(indptr) - 1
    if size == 0:
        return np.zeros(0), 0, 0.0
    plain = np.ones(len(indices)) if weights is None else np.ascontiguousarray(weights, np.float64)
    arrays = locked(indptr), locked(indices), locked(plain)
    leaving = _leaving(arrays[0], arrays[2])
    ranks, iterations, residual = np.full(size, 1 / size), 0, np.inf
    while residual > tolerance and iterations < most:
        after = _step(*arrays, leaving, ranks, damping)
        residual, ranks = float(np.abs(after - ranks).sum()), after
        iterations += 1
        checkpoint()
    return ranks, iterations, residual


@kernel
def _leaving(indptr: Pointers, weights: Numbers) -> Numbers:
    """Sum the weights of the links that leave each node."""
    leaving = np.zeros(len(indptr) - 1)
    for here in range(len(leaving)):
        for place in range(indptr[here], indptr[here + 1]):
            leaving[here] += weights[place]
    return leaving


@kernel
def _step(  # noqa: PLR0913, PLR0917 - arrays
    indptr: Pointers,
    indices: Places,
    weights: Numbers,
    leaving: Numbers,
    ranks: Numbers,
    damping: float,
) -> Numbers:
    """Let the walk make one step from wherever it is."""
    size = len(ranks)
    after, stranded = np.zeros(size), 0.0
    for here in range(size):
        if leaving[here] <= 0:
            stranded += ranks[here]
            continue
        each = damping * ranks[here] / leaving[here]
        for place in range(indptr[here], indptr[here + 1]):
            after[indices[place]] += each * weights[place]
    after += (damping * stranded + (1 - damping) * ranks.sum()) / size
    return after


def warm() -> None:
    """Compile the kernels."""
    pagerank(np.array([0, 1], np.int64), np.zeros(1, np.int32), most=1)
