"""The order of Eades, Lin and Smyth (1993), weighed: looked up anew for each node."""

import networkx as nx


def backward(graph):
    """The links (with attribute `value`) that run backward: those into a node when it goes to the front."""
    left, dropped = graph.copy(), set()
    while left:
        ends = [n for n in left if not left.in_degree(n) or not left.out_degree(n)]
        if ends:
            left.remove_node(ends[0])
            continue

        def surplus(node):
            return left.out_degree(node, weight="value") - left.in_degree(node, weight="value")

        taken = min(left, key=lambda n: (-surplus(n), n))
        dropped |= set(left.in_edges(taken))
        left.remove_node(taken)
    assert nx.is_directed_acyclic_graph(nx.restricted_view(graph, [], dropped))
    return dropped
