"""The supply network of a year as a graph for NetworkX: who supplies whom, each pair once, and how much."""

from typing import TYPE_CHECKING

import numpy as np

from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    import networkx as nx

    from graph.networkx.supply_graph import SupplyGraph


def supply_graph(snapshot: Snapshot, as_of: int) -> "SupplyGraph":
    """All organisations, and a link from each seller to each buyer, whatever the products: as arrays.

    Links carry `value`: yuan a year over all products, of what is measured and no older than three years; a
    link without any has none. Nobody supplies itself here. `nx.pagerank(supply_graph(snapshot, 2024))` runs
    on it; `docs/reference/networkx.md` says what else does. It is kept with the snapshot.
    """
    return snapshot.remember(("supply graph", as_of), lambda: _supply_graph(snapshot, as_of))


def network_graph(snapshot: Snapshot, as_of: int) -> "nx.DiGraph[str]":
    """Make the same graph as NetworkX's own, frozen, whatever its size: for checks.

    At 100,000 organisations and 600,000 links that takes some seconds and more than 160 MB, at least fifteen
    times the memory of the arrays; a picture is asked of `Snapshot.subgraph` instead.
    """
    import networkx as nx  # noqa: PLC0415 - loaded when asked for: a twentieth of the start

    flows, ids = supply_flows(snapshot, as_of), snapshot.index.ids
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(snapshot.nodes["Organisation"]["id"].tolist())
    sellers, buyers = ids[flows.start].tolist(), ids[flows.end].tolist()
    for start, end, value in zip(sellers, buyers, flows.measured.tolist(), strict=True):
        if start != end:
            graph.add_edge(start, end)
            if value == value:  # noqa: PLR0124 - NaN
                graph.edges[start, end]["value"] = graph.edges[start, end].get("value", 0.0) + value
    return nx.freeze(graph)


def _supply_graph(snapshot: Snapshot, as_of: int) -> "SupplyGraph":
    from graph.networkx.supply_graph import linked  # noqa: PLC0415 - see above

    flows, organisations = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"]
    other = np.flatnonzero(flows.start != flows.end)
    start, end, measured = flows.start[other], flows.end[other], flows.measured[other]
    # Flows are ordered by seller and buyer: parallel products stand beside each other.
    fresh = np.ones(len(other), np.bool_)
    fresh[1:] = (np.diff(start) != 0) | (np.diff(end) != 0)
    link, first = np.cumsum(fresh) - 1, np.int32(organisations.first)
    count = int(fresh.sum())
    value = np.bincount(link, weights=np.nan_to_num(measured), minlength=count)
    sure = np.bincount(link, weights=~np.isnan(measured), minlength=count) > 0
    ends = start[fresh] - first, end[fresh] - first
    return linked(organisations["id"].tolist(), *ends, {"value": np.where(sure, value, np.nan)})
