"""The whole supply network of a year as a NetworkX graph: for notebooks and checks, not for requests."""

import networkx as nx
import numpy as np

from graph.flows import supply_flows
from graph.snapshot import Snapshot


def network_graph(snapshot: Snapshot, as_of: int) -> "nx.DiGraph[str]":
    """Make a frozen graph of all organisations and the links between them, whatever their number.

    Links carry `value` (yuan a year, the sum over products of what is known) when any is known. Made anew at
    each call: at 100,000 organisations and 600,000 links some seconds and more than 160 MB, at
    least fifteen times the memory of the arrays; a picture is asked of `Snapshot.subgraph` instead.
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
