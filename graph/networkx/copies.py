"""Copies between NetworkX's graphs and ours: as its backends make them."""

from collections.abc import Hashable, Mapping
from typing import Any

import networkx as nx
import numpy as np

from graph.errors import BadInput
from graph.networkx.subgraph import LARGEST
from graph.networkx.supply_graph import SupplyGraph
from graph.snapshot.csr import Csr, Floats, Ints

type Node = Hashable


def convert_from_nx(  # noqa: PLR0913 - NetworkX's arguments
    graph: "nx.DiGraph[Any]",
    *,
    edge_attrs: Mapping[str, float] | None = None,
    node_attrs: Mapping[str, object] | None = None,  # noqa: ARG001
    preserve_edge_attrs: bool = False,  # noqa: ARG001
    preserve_node_attrs: bool = False,  # noqa: ARG001
    preserve_graph_attrs: bool = False,  # noqa: ARG001
    name: str | None = None,  # noqa: ARG001
    graph_name: str | None = None,  # noqa: ARG001
) -> SupplyGraph:
    """Turn a NetworkX graph into arrays: directed, without parallel links, else NotImplementedError."""
    if not graph.is_directed() or graph.is_multigraph():
        raise NotImplementedError("zhenlian: only directed graphs without parallel links")
    ids = list(graph)
    places = {id: place for place, id in enumerate(ids)}
    customers = _rows(graph.adj, places)
    suppliers = _rows(graph.pred, places)
    _, at = np.unique(_keys(*customers), return_index=True)
    sides = Csr.of(len(ids), *customers), Csr.of(len(ids), *suppliers)
    # Neighbours keep NetworkX's order on both sides, so the place of a link is looked up by its ends.
    found = at[np.searchsorted(_keys(*customers)[at], _keys(suppliers[1], suppliers[0]))].astype(np.int32)
    sides = sides[0], Csr(sides[1].indptr, sides[1].indices, found)
    return SupplyGraph(ids, *sides, {a: _numbers(graph, a, v) for a, v in (edge_attrs or {}).items()})


def convert_to_nx(graph: "SupplyGraph | nx.DiGraph[Any]") -> "nx.DiGraph[Any]":
    """Turn arrays into a NetworkX graph of at most 5,000 nodes; more are refused (BadInput)."""
    if not isinstance(graph, SupplyGraph):
        return graph
    if len(graph) > LARGEST:
        raise BadInput(f"转为 NetworkX 的图最多 {LARGEST:,} 个节点，此图有 {len(graph):,} 个", "graph")
    made: nx.DiGraph[Any] = nx.DiGraph()
    made.add_nodes_from(graph.ids)
    for start in graph.ids:
        made.add_edges_from((start, end) for end in graph.successors(start))
    starts = np.repeat(np.arange(len(graph)), graph.customers.degree()).tolist()
    for name, numbers in graph.attributes.items():
        cells = zip(
            starts, graph.customers.indices.tolist(), numbers[graph.customers.edges].tolist(), strict=True
        )
        for start, end, number in cells:
            if number == number:  # noqa: PLR0124 - NaN
                made.edges[graph.ids[start], graph.ids[end]][name] = number
    return made


def _rows(beside: Mapping[Node, Mapping[Node, object]], places: Mapping[Node, int]) -> tuple[Ints, Ints]:
    degrees = [len(near) for near in beside.values()]
    start = np.repeat(np.arange(len(degrees), dtype=np.int32), degrees)
    ends = (places[node] for near in beside.values() for node in near)
    return start, np.fromiter(ends, np.int32, len(start))


def _keys(start: Ints, end: Ints) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return start.astype(np.int64) << 32 | end


def _numbers(graph: "nx.DiGraph[Any]", attribute: str, default: float) -> Floats:
    cells = (link.get(attribute, default) for near in graph.adj.values() for link in near.values())
    return np.fromiter(cells, np.float64, graph.number_of_edges())
