"""Measure NetworkX as the face: what a question costs by its name, beside the kernel called directly.

Run `python -m benchmarks.dispatch [--firms 10000 100000]`: power-law networks with six links a firm. Both
must find the same. Louvain's method is held against NetworkX's own at the smallest size: the same partition.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence

import networkx as nx
import numpy as np

from benchmarks.engine import FIRMS, LINKS_EACH
from benchmarks.snapshot import both_ways, network, timed
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.kernels import breadth_first, dominators, louvain
from graph.networkx.supply_graph import SupplyGraph

REPEAT = 3
TENTH = Target("ratio", "≤", 1.1)
"""House rule: a kernel is called directly only where dispatch costs more than a tenth of the answer."""

type Asked = Callable[[], int]


def pairs(graph: SupplyGraph, root: int) -> dict[str, tuple[Asked, Asked]]:
    """Each question through NetworkX and by its kernel; each answer is a number that both must give."""
    sells, buys, plain = graph.customers, graph.suppliers, graph.networkx()
    both = [array for side in (sells, buys) for array in (side.indptr, side.indices)]
    return {
        "descendants": (
            lambda: len(nx.descendants(plain, root)),
            lambda: len(breadth_first.breadth_first(sells.indptr, sells.indices, root)[0]) - 1,
        ),
        "immediate dominators": (
            lambda: len(nx.immediate_dominators(plain, root)),
            lambda: int((dominators.immediate_dominators(*both, root) >= 0).sum()) - 1,
        ),
        "fewest links from one": (
            lambda: len(nx.single_source_shortest_path_length(plain, root)),
            lambda: len(breadth_first.breadth_first(sells.indptr, sells.indices, root)[0]),
        ),
    }


def run(firms: Sequence[int] = FIRMS) -> Iterator[Report]:
    """Measure all sizes, and Louvain's method beside NetworkX's own at the first."""
    for module in (breadth_first, dominators, louvain):
        module.warm()
    for place, size in enumerate(firms):
        start, end = network(size, size * LINKS_EACH)
        values = np.random.default_rng(5).lognormal(13, 2, len(start)).round()
        graph = SupplyGraph(range(size), *both_ways(size, start, end), {"value": values})
        root = int(np.bincount(start, minlength=size).argmax())
        lines: list[Measure] = []
        for what, (face, kernel) in pairs(graph, root).items():
            found, asked = timed(face, REPEAT)
            same, direct = timed(kernel, REPEAT)
            assert found == same, (what, found, same)
            lines.append(Measure(what, "ms", 1000 * asked, 1000 * direct, TENTH))
        note = (
            f"{size:,} firms, {size * LINKS_EACH:,} links; measured: by NetworkX's name, baseline: the kernel"
        )
        yield Report(f"dispatch, {size:,} firms", note, lines)
        yield communities(graph, start, end, values, peer=not place)


def communities(
    graph: SupplyGraph, start: np.ndarray, end: np.ndarray, values: np.ndarray, *, peer: bool
) -> Report:
    """Measure Louvain's method on the arrays, beside NetworkX's own code when it has the patience."""
    settings = {"weight": "value", "seed": 0}
    found, ours = timed(lambda: nx.community.louvain_communities(graph.networkx(), **settings))
    theirs = None
    if peer:
        plain: nx.DiGraph[int] = nx.DiGraph()
        plain.add_nodes_from(graph.ids)
        links = zip(start.tolist(), end.tolist(), values.tolist(), strict=True)
        plain.add_weighted_edges_from(links, weight="value")
        same, theirs = timed(lambda: nx.community.louvain_communities(plain, **settings))
        assert {frozenset(part) for part in found} == {frozenset(part) for part in same}
    note = f"{len(graph):,} firms, {len(start):,} links; baseline: NetworkX's own code, same partition"
    return Report(
        f"communities, {len(graph):,} firms", note, [Measure("Louvain's method", "s", ours, theirs)]
    )


def main() -> None:
    """Read the arguments, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="+", default=FIRMS)
    given = parser.parse_args()
    print(machine())
    for report in run(given.firms):
        show(report)


if __name__ == "__main__":
    main()
