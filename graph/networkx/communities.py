"""Communities and their modularity, as NetworkX asks for them."""

from collections.abc import Collection, Hashable, Iterable
from itertools import islice
from random import Random

import numpy as np
from networkx.algorithms.community.quality import NotAPartition

from graph.kernels import louvain
from graph.networkx.supply_graph import SupplyGraph
from graph.snapshot.csr import Ints, grouped

type Node = Hashable


def louvain_communities(  # noqa: PLR0913, PLR0917 - NetworkX's arguments
    G: SupplyGraph,  # noqa: N803 - NetworkX's own name
    weight: str | None = "weight",
    resolution: float = 1,
    threshold: float = 0.0000001,
    max_level: int | None = None,
    seed: Random | None = None,
) -> list[set[Node]]:
    """List the communities that Louvain's method finds, the same as NetworkX for the same seed.

    Where gains differ by less than their rounding another node may move first; the partition is then another
    of about the same modularity. ValueError when `max_level` is not above 0.
    """
    if max_level is not None and max_level <= 0:
        raise ValueError("max_level argument must be a positive integer or None")
    if not G.number_of_edges():
        return [{node} for node in G]
    chance = seed or Random()  # noqa: S311 - no secret

    def shuffled(count: int) -> Ints:
        order = list(range(count))
        chance.shuffle(order)
        return np.array(order, np.int32)

    levels = louvain.levels(
        _weighed(G, weight), resolution=resolution, threshold=threshold, shuffled=shuffled
    )
    community = np.arange(len(G), dtype=np.int32)
    for found in islice(levels, max_level):
        community = found
    bounds, members = grouped(int(community.max()) + 1, community)
    spans = zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    return [{G.ids[place] for place in members[begin:end].tolist()} for begin, end in spans]


def modularity(
    G: SupplyGraph,  # noqa: N803
    communities: Iterable[Collection[Node]],
    weight: str | None = "weight",
    resolution: float = 1,
) -> float:
    """Compute the modularity of a partition; NotAPartition when the communities are none."""
    parts = list(communities)
    known = {node for part in parts for node in part if node in G}
    if not len(G) == len(known) == sum(map(len, parts)):
        raise NotAPartition(G.networkx(), parts)
    community = np.empty(len(G), np.int32)
    for number, part in enumerate(parts):
        community[[G.places[node] for node in part]] = number
    return louvain.modularity(_weighed(G, weight), community, resolution=resolution)


def _weighed(graph: SupplyGraph, weight: str | None) -> louvain.Weighed:
    start = np.repeat(np.arange(len(graph), dtype=np.int32), graph.customers.degree())
    return louvain.weighed(len(graph), start, graph.customers.indices, graph.weights(weight))
