"""The NetworkX backend: functions of NetworkX that run on the arrays of a `SupplyGraph`.

Names, arguments, results and errors are NetworkX's own (3.7); docs/reference/networkx.md lists what differs.
All other functions run on a copy of at most 5,000 nodes; larger graphs are refused.
"""

from graph.networkx.communities import louvain_communities, modularity
from graph.networkx.components import (
    immediate_dominators,
    strongly_connected_components,
    weakly_connected_components,
)
from graph.networkx.copies import convert_from_nx, convert_to_nx
from graph.networkx.ranks import betweenness_centrality, pagerank
from graph.networkx.reach import (
    ancestors,
    bfs_edges,
    descendants,
    has_path,
    single_source_shortest_path_length,
    single_target_shortest_path_length,
)
from graph.networkx.simple_paths import shortest_simple_paths

__all__ = [
    "ancestors",
    "betweenness_centrality",
    "bfs_edges",
    "convert_from_nx",
    "convert_to_nx",
    "descendants",
    "has_path",
    "immediate_dominators",
    "louvain_communities",
    "modularity",
    "pagerank",
    "shortest_simple_paths",
    "single_source_shortest_path_length",
    "single_target_shortest_path_length",
    "strongly_connected_components",
    "weakly_connected_components",
]
