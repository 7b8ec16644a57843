"""Warm-up: dictionaries read, every kernel compiled or taken from numba's cache, before they are needed."""

from collections.abc import Callable

from graph.deadline import checkpoint
from graph.kernels import (
    betweenness,
    breadth_first,
    disjoint,
    dominators,
    feedback,
    louvain,
    pagerank,
    separations,
    shortest_paths,
)
from queries.cascade import esri
from queries.lookup.spelling import simplify, spellings

KERNELS: tuple[Callable[[], None], ...] = (
    esri.warm,
    breadth_first.warm,
    pagerank.warm,
    dominators.warm,
    betweenness.warm,
    disjoint.warm,
    separations.warm,
    shortest_paths.warm,
    feedback.warm,
    louvain.warm,
)


def warm() -> None:
    """Call every kernel on a tiny input; slow the first time on a machine, quick from numba's cache."""
    spellings(simplify("镇"))
    for kernel in KERNELS:
        checkpoint()
        kernel()
