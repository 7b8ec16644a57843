"""The whole supply network of a year as a graph for NetworkX: for notebooks and checks, not for requests."""

import networkx as nx
import numpy as np

from graph.networkx.supply_graph import SupplyGraph, linked
from graph.snapshot.flows import supply_flows
from graph.snapshot.snapshot import Snapshot


def network_graph(snapshot: Snapshot, as_of: int) -> "nx.DiGraph[str]":
    """Make a frozen graph of all organisations and the links between them, whatever their number.

    Links carry `value` (yuan a year, the sum over products of what is known) when any is known. Made anew at
    each call: at 100,000 organisations and 600,000 links some seconds and more than 160 MB, at
    least fifteen times the memory of the arrays; a picture is asked of `Snapshot.subgraph` instead,
    and what is to be fast of `supply_graph`.
    """
    flows = supply_flows(snapshot, as_of)
    ids = snapshot.index.ids
    graph: nx.DiGraph[str] = nx.DiGraph()
    organisations = snapshot.nodes["Organisation"]
    graph.add_nodes_from(organisations["id"].tolist())
    graph.add_edges_from(zip(ids[flows.start].tolist(), ids[flows.end].tolist(), strict=True))
    known = np.flatnonzero(~np.isnan(flows.value))
    ends = ids[flows.start[known]].tolist(), ids[flows.end[known]].tolist()
    for start, end, value in zip(*ends, flows.value[known].tolist(), strict=True):
        link = graph.edges[start, end]
        link["value"] = link.get("value", 0.0) + value
    return nx.freeze(graph)


def supply_graph(snapshot: Snapshot, as_of: int) -> SupplyGraph:
    """Make the same graph as arrays: `nx.pagerank(supply_graph(snapshot, 2024))` runs on them.

    It has the nodes, links and values of `network_graph`, in the same order, in about a tenth of the memory,
    and is kept with the snapshot. What it answers stands in `docs/reference/networkx.md`.
    """
    return snapshot.remember(("supply graph", as_of), lambda: _supply_graph(snapshot, as_of))


def _supply_graph(snapshot: Snapshot, as_of: int) -> SupplyGraph:
    flows, organisations = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"]
    fresh = np.ones(len(flows), np.bool_)
    fresh[1:] = (np.diff(flows.start) != 0) | (np.diff(flows.end) != 0)
    begins = np.flatnonzero(fresh)
    known = ~np.isnan(flows.value)
    value, count = np.zeros(0), np.zeros(0)
    if len(begins):
        value, count = (np.add.reduceat(a, begins) for a in (np.nan_to_num(flows.value), known.astype(float)))
    first = np.int32(organisations.first)
    ends = flows.start[begins] - first, flows.end[begins] - first
    return linked(organisations["id"].tolist(), *ends, {"value": np.where(count > 0, value, np.nan)})
