"""What nodes reach, as NetworkX asks for it."""

from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from math import ceil
from typing import Any

import networkx as nx

from graph.kernels.breadth_first import breadth_first, depths
from graph.networkx.supply_graph import SupplyGraph
from graph.snapshot.csr import Csr

type Node = Hashable
type Sorted = Callable[[Iterator[Node]], Iterable[Node]]


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
    """Whether the source reaches the target; NodeNotFound when either is not there."""
    for role, node in (("Source", source), ("Target", target)):
        if node not in G:
            raise nx.NodeNotFound(f"{role} {node} is not in G")
    goal = G.places[target]
    arrays = G.customers.indptr, G.customers.indices
    order, _ = breadth_first(*arrays, G.places[source], target=goal)
    return bool((order == goal).any())


def single_source_shortest_path_length(
    G: SupplyGraph,  # noqa: N803
    source: Node,
    cutoff: float | None = None,
) -> dict[Node, int]:
    """Map what the source reaches to the fewest links to it, the nearest first; NodeNotFound: not there."""
    if source not in G:
        raise nx.NodeNotFound(f"Source {source} is not in G")
    return _lengths(G, G.customers, source, cutoff)


def single_target_shortest_path_length(
    G: SupplyGraph,  # noqa: N803
    target: Node,
    cutoff: float | None = None,
) -> dict[Node, int]:
    """Map what reaches the target to the fewest links from it, the nearest first; NodeNotFound: not there."""
    if target not in G:
        raise nx.NodeNotFound(f"Target {target} is not in G")
    return _lengths(G, G.suppliers, target, cutoff)


def _lengths(graph: SupplyGraph, links: Csr, node: Node, cutoff: float | None) -> dict[Node, int]:
    deepest = None if cutoff is None or cutoff >= len(graph) else max(0, ceil(cutoff))
    order, origin = breadth_first(links.indptr, links.indices, graph.places[node], deepest=deepest)
    far = depths(order, origin, len(graph))
    return dict(zip([graph.ids[place] for place in order.tolist()], far.tolist(), strict=True))


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
