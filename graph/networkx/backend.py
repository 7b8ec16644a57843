"""The NetworkX backend: functions of NetworkX that run on the arrays of a `SupplyGraph`.

Names, arguments, results and errors are NetworkX's own (3.7); `docs/networkx.md` lists what differs.
"""

from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping
from random import Random
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components

from graph.kernels import dominators
from graph.kernels.betweenness import betweenness
from graph.kernels.breadth_first import breadth_first
from graph.networkx.copies import convert_from_nx, convert_to_nx
from graph.networkx.supply_graph import SupplyGraph
from graph.snapshot.csr import Csr, Ints, grouped
from graph.snapshot.flows import Floats

__all__ = [
    "ancestors",
    "betweenness_centrality",
    "bfs_edges",
    "convert_from_nx",
    "convert_to_nx",
    "descendants",
    "has_path",
    "immediate_dominators",
    "pagerank",
    "strongly_connected_components",
]

type Node = Hashable
type Sorted = Callable[[Iterator[Node]], Iterable[Node]]
type Weights = Mapping[Node, float]


def descendants(G: SupplyGraph, source: Node) -> set[Node]:  # noqa: N803 - NetworkX's own name
    """Collect the nodes that the source reaches, itself left out; NetworkXError when it is not there."""
    return _reached(G, G.customers, source)


def ancestors(G: SupplyGraph, source: Node) -> set[Node]:  # noqa: N803
    """Collect the nodes that reach the source, itself left out; NetworkXError when it is not there."""
    return _reached(G, G.suppliers, source)


def bfs_edges(
    G: SupplyGraph,  # noqa: N803
    source: Node,
    reverse: bool = False,  # noqa: FBT001, FBT002
    depth_limit: int | None = None,
    sort_neighbors: Sorted | None = None,
) -> Generator[tuple[Node, Node]]:
    """Generate the links of a breadth-first tree; NetworkXError at the first when the source is not there."""
    place = _place(G, source)
    if sort_neighbors is not None:
        beside, plain = (G.predecessors if reverse else G.successors), _undispatched(nx.generic_bfs_edges)

        def sorted_beside(node: Node) -> Iterator[Node]:
            return iter(sort_neighbors(beside(node)))

        yield from plain(G, source, sorted_beside, depth_limit)
        return
    links = G.suppliers if reverse else G.customers
    order, origin = breadth_first(links.indptr, links.indices, place, deepest=depth_limit)
    for here, there in zip(origin[1:].tolist(), order[1:].tolist(), strict=True):
        yield G.ids[here], G.ids[there]


def has_path(G: SupplyGraph, source: Node, target: Node) -> bool:  # noqa: N803
    """Tell whether the source reaches the target; NodeNotFound when either is not there."""
    for role, node in (("Source", source), ("Target", target)):
        if node not in G:
            raise nx.NodeNotFound(f"{role} {node} is not in G")
    goal = G.places[target]
    arrays = G.customers.indptr, G.customers.indices
    order, _ = breadth_first(*arrays, G.places[source], target=goal)
    return bool((order == goal).any())


def strongly_connected_components(G: SupplyGraph) -> Generator[set[Node]]:  # noqa: N803
    """Generate the strongly connected components, those that others lead to first."""
    count, labels = connected_components(G.matrix(), directed=True, connection="strong")
    bounds, members = grouped(count, labels)
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        yield {G.ids[place] for place in members[first:last].tolist()}


def immediate_dominators(G: SupplyGraph, start: Node) -> dict[Node, Node]:  # noqa: N803
    """Map each node that the start reaches to its immediate dominator, the start itself left out."""
    if start not in G:
        raise nx.NetworkXError("start is not in G")
    both = G.customers.indptr, G.customers.indices, G.suppliers.indptr, G.suppliers.indices
    root = G.places[start]
    above = dominators.immediate_dominators(*both, root)
    reached = np.flatnonzero(above >= 0)
    pairs = zip(reached.tolist(), above[reached].tolist(), strict=True)
    return {G.ids[node]: G.ids[dominator] for node, dominator in pairs if node != root}


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


def _undispatched(function: Any) -> Callable[..., Iterator[tuple[Node, Node]]]:
    """Take NetworkX's own code of a function: it needs no more of a graph than we have."""
    return function.orig_func


def _place(graph: SupplyGraph, node: Node) -> int:
    if node not in graph.places:
        raise nx.NetworkXError(f"The node {node} is not in the digraph.")
    return graph.places[node]


def _reached(graph: SupplyGraph, links: Csr, source: Node) -> set[Node]:
    order, _ = breadth_first(links.indptr, links.indices, _place(graph, source))
    return {graph.ids[place] for place in order[1:].tolist()}


def _shares(graph: SupplyGraph, weights: Weights, *, nonzero: bool = False) -> Floats:
    """Make a mapping of some nodes into shares that add up to 1."""
    numbers = np.array([weights.get(node, 0) for node in graph.ids], np.float64)
    if nonzero and numbers.sum() == 0:
        raise ZeroDivisionError
    return numbers / numbers.sum()


def _scale(size: int, sources: Ints | None, *, normalized: bool) -> Floats:
    """Tell by what NetworkX multiplies the sums of dependencies; a source was drawn for one pair less."""
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
