"""Vertex-disjoint paths as a greatest flow, by scipy, on a network whose nodes are split."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow


def disjoint_paths(links, nodes, sources, target):
    """Count the paths from sources to the target that share no node but the target."""
    root = 2 * nodes
    arcs = {(v, nodes + v): 1 for v in range(nodes)}
    arcs |= {(nodes + a, b): nodes for a, b in links if a != b}
    arcs |= {(root, s): nodes for s in sources}
    start, end = np.array(list(arcs), np.int32).T
    capacity = np.array(list(arcs.values()), np.int32)
    network = coo_array((capacity, (start, end)), shape=(root + 1, root + 1)).tocsr()
    return maximum_flow(network, root, target).flow_value
