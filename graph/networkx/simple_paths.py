"""The best paths between two nodes, as NetworkX asks for them."""

import heapq
from collections.abc import Generator, Hashable, Iterator, Sequence
from itertools import pairwise

import networkx as nx
import numpy as np

from graph.deadline import checkpoint
from graph.kernels.shortest_paths import distances, shortest_path
from graph.networkx.supply_graph import SupplyGraph
from graph.snapshot.csr import Floats

type Node = Hashable
type Way = tuple[int, ...]


def shortest_simple_paths(
    G: SupplyGraph,  # noqa: N803 - NetworkX's own name
    source: Node,
    target: Node,
    weight: str | None = None,
) -> Generator[list[Node]]:
    """Generate the simple paths from source to target, the cheapest first (Yen 1971).

    Of equally cheap ones, the one whose nodes stand earlier in the graph comes first. NodeNotFound and
    NetworkXNoPath come with the first path, as in NetworkX; weights are names of attributes, none below 0.
    """
    weights = G.weights(weight)
    if (weights < 0).any():
        raise NotImplementedError("shortest_simple_paths: negative weights")
    return _generated(G, source, target, weights)


def _generated(graph: SupplyGraph, source: Node, target: Node, weights: Floats) -> Generator[list[Node]]:
    for role, node in (("source", source), ("target", target)):
        if node not in graph:
            raise nx.NodeNotFound(f"{role} node {node} not in graph")
    found = False
    for way in _Ways(graph, graph.places[source], graph.places[target], weights):
        found = True
        yield [graph.ids[place] for place in way]
    if not found:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")


class _Ways:
    """Ways between two places: what is left to look at is kept as parts that no two ways share (Lawler 1972).

    A part is all ways that begin alike and then go on to none of some places; it is known by its best way.
    """

    def __init__(self, graph: SupplyGraph, start: int, target: int, weights: Floats) -> None:
        self._links, self._weights, self._target = graph.customers, weights, target
        back = np.empty(len(weights))
        back[graph.customers.edges] = weights
        sellers = graph.suppliers
        self._left = distances(sellers.indptr, sellers.indices, back[sellers.edges], start, target)
        self._closed = np.zeros(len(graph), np.bool_)
        self._parts: list[tuple[float, Way, int]] = []
        self._add((start,), ())

    def __iter__(self) -> Iterator[Way]:
        found: list[Way] = []
        while self._parts:
            _, way, begins = heapq.heappop(self._parts)
            yield way
            found.append(way)
            for length in range(begins, len(way)):
                gone = way[:length]
                self._add(gone, [other[length] for other in found if other[:length] == gone])

    def _add(self, gone: Way, shut: Sequence[int]) -> None:
        """Look for the best way that begins like this and does not go on to what is shut."""
        checkpoint()
        self._closed[list(gone)] = True
        arrays = self._links.indptr, self._links.indices, self._weights
        places = np.array(shut, np.int32)
        on = shortest_path(*arrays, gone[-1], self._target, left=self._left, closed=self._closed, shut=places)
        self._closed[list(gone)] = False
        if len(on):
            way = (*gone, *on[1:].tolist())
            heapq.heappush(self._parts, (self._cost(way), way, len(gone)))

    def _cost(self, way: Way) -> float:
        """Add up the weights of its links, from the start on."""
        cost = 0.0
        for here, there in pairwise(way):
            row = slice(self._links.indptr[here], self._links.indptr[here + 1])
            cost += float(self._weights[row][self._links.indices[row] == there][0])
        return cost
