"""Structure by brute force: take a firm, or a set of firms, out and look whether supply still arrives."""

from itertools import combinations

import networkx as nx


def arrives(graph, sources, target, without=()):
    """Tell whether a source that is left reaches the target."""
    left = graph.copy()
    left.remove_nodes_from(without)
    return any(nx.has_path(left, s, target) for s in sources if s in left)


def single_points(graph, sources, target):
    """List the firms each of whose loss alone cuts the target off."""
    return {n for n in graph if n != target and not arrives(graph, sources, target, [n])}


def smallest_cut(graph, sources, target):
    """Tell how many firms, at least, must be lost for the target to be cut off."""
    others = [n for n in graph if n != target]
    sizes = range(len(others) + 1)
    return next(
        k for k in sizes if any(not arrives(graph, sources, target, some) for some in combinations(others, k))
    )
