"""Ranks of nodes, as NetworkX asks for them."""

from collections.abc import Hashable, Mapping
from random import Random

import networkx as nx
import numpy as np
from scipy.sparse import csr_array, diags_array

from graph.kernels.betweenness import betweenness
from graph.networkx.supply_graph import SupplyGraph
from graph.snapshot.csr import Floats, Ints

type Node = Hashable
type Weights = Mapping[Node, float]


def pagerank(  # noqa: PLR0913, PLR0917 - NetworkX's arguments
    G: SupplyGraph,  # noqa: N803
    alpha: float = 0.85,
    personalization: Weights | None = None,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Weights | None = None,
    weight: str | None = "weight",
    dangling: Weights | None = None,
) -> dict[Node, float]:
    """Compute PageRank as NetworkX does: it ends when a step moves less than nodes · tol.

    That default is far from converged on large networks: give tol=1e-10/len(G). Raises
    PowerIterationFailedConvergence after `max_iter` steps, ZeroDivisionError when the personalization is 0.
    """
    size = len(G)
    if not size:
        return {}
    links, uniform = G.matrix(weight), np.full(size, 1 / size)
    leaving = np.asarray(links.sum(axis=1))
    ends = leaving == 0
    moves = csr_array((diags_array(1 / np.where(ends, 1.0, leaving)) @ links).T)
    ranks = uniform if nstart is None else _shares(G, nstart)
    anew = uniform if personalization is None else _shares(G, personalization, nonzero=True)
    from_ends = anew if dangling is None else _shares(G, dangling)
    for _ in range(max_iter):
        before = ranks
        ranks = alpha * (moves @ before + before[ends].sum() * from_ends) + (1 - alpha) * anew
        if np.abs(ranks - before).sum() < size * tol:
            return dict(zip(G.ids, ranks.tolist(), strict=True))
    raise nx.PowerIterationFailedConvergence(max_iter)


def betweenness_centrality(  # noqa: PLR0913, PLR0917 - NetworkX's arguments
    G: SupplyGraph,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,  # noqa: FBT001, FBT002
    weight: str | None = None,
    endpoints: bool = False,  # noqa: FBT001, FBT002
    seed: Random | None = None,
) -> dict[Node, float]:
    """Compute betweenness from all nodes, or scaled up from k that are drawn as NetworkX draws them.

    `weight` and `endpoints` are not offered (NotImplementedError); ValueError when k is more than the nodes.
    """
    if weight is not None or endpoints:
        raise NotImplementedError("betweenness_centrality: neither weight nor endpoints")
    size = len(G)
    drawn = range(size) if k is None else (seed or Random()).sample(range(size), k)  # noqa: S311 - no secret
    if not size:
        return {}
    sources = np.array(drawn, np.int32)
    total, _ = betweenness(G.customers.indptr, G.customers.indices, sources)
    scaled = total * _scale(size, None if k is None else sources, normalized=normalized)
    return dict(zip(G.ids, scaled.tolist(), strict=True))


def _shares(graph: SupplyGraph, weights: Weights, *, nonzero: bool = False) -> Floats:
    """Make a mapping of some nodes into shares that add up to 1."""
    numbers = np.array([weights.get(node, 0) for node in graph.ids], np.float64)
    if nonzero and numbers.sum() == 0:
        raise ZeroDivisionError
    return numbers / numbers.sum()


def _scale(size: int, sources: Ints | None, *, normalized: bool) -> Floats:
    """By what NetworkX multiplies the sums of dependencies; a source was drawn for one pair less."""
    others = size - 1
    if others < 2:  # noqa: PLR2004 - no two others, so no path between
        return np.ones(size)
    if sources is not None and not len(sources):
        raise ZeroDivisionError("division by zero")
    drawn = np.full(size, others if sources is None else len(sources), np.float64)
    if sources is not None:
        drawn[sources] -= 1
    pairs = np.where(drawn > 0, drawn, np.nan) * (others - 1)
    return 1 / pairs if normalized else others * (others - 1) / pairs
