"""Components and dominators, as NetworkX asks for them."""

from collections.abc import Generator, Hashable

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import connected_components

from graph.kernels import dominators
from graph.networkx.supply_graph import SupplyGraph
from graph.snapshot.csr import grouped

type Node = Hashable


def strongly_connected_components(G: SupplyGraph) -> Generator[set[Node]]:  # noqa: N803
    """Generate the strongly connected components, those that others lead to first."""
    return _components(G, "strong")


def weakly_connected_components(G: SupplyGraph) -> Generator[set[Node]]:  # noqa: N803
    """Generate the components that hang together whatever the direction of links, by their first nodes."""
    return _components(G, "weak")


def _components(graph: SupplyGraph, connection: str) -> Generator[set[Node]]:
    count, labels = connected_components(graph.matrix(), directed=True, connection=connection)
    bounds, members = grouped(count, labels)
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        yield {graph.ids[place] for place in members[first:last].tolist()}


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
