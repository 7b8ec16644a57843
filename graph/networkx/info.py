"""What NetworkX is told of our backend when it starts; this module must not import NetworkX itself."""

FUNCTIONS = (
    "ancestors",
    "betweenness_centrality",
    "bfs_edges",
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
)
"""The functions of NetworkX that run on the arrays."""


def info() -> dict[str, object]:
    """Describe the backend as the entry point `networkx.backend_info` wants it.

    >>> info()["backend_name"]
    'zhenlian'
    """
    return {
        "backend_name": "zhenlian",
        "project": "zhenlian",
        "package": "zhenlian",
        "short_summary": "Supply networks as read-only arrays.",
        "functions": {name: {} for name in FUNCTIONS},
    }
