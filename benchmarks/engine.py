"""Measure the engine: the arrays beside NetworkX, rustworkx and igraph, and how cost grows with size.

Run `python -m benchmarks.engine [--firms 10000 100000 1000000]`: power-law networks with six links a firm.
Each library works in a process of its own, one after the other; all must find the same. NetworkX at 1,000,000
firms takes minutes and several GB; `--without networkx` leaves it out.
"""

import argparse
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import igraph
import networkx as nx
import numpy as np
import rustworkx as rx
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from benchmarks.snapshot import both_ways, directed, network, timed
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.kernels import breadth_first, dominators, pagerank

FIRMS = (10_000, 100_000)
LINKS_EACH = 6
WALKS = 300
HOPS = 3
EXACT = 1e-10
"""How little the last step of PageRank may move, in all."""
UNITS = {"build": "ms", "memory": "MB", "3 hops upstream, p50": "µs", "components": "ms"}
UNITS |= {"pagerank, converged": "ms", "dominators": "ms"}
TARGETS = {"build": Target("ratio", "≤", 0.33), "memory": Target("ratio", "≤", 0.1)}
STATM = Path("/proc/self/statm")
PAGE = 4096

type Asked = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """How one library builds the network, and what it is asked; `root` is the firm that sells to most."""

    build: Callable[[int, np.ndarray, np.ndarray], Any]
    upstream: Callable[[Any, int], int]
    """Counts the firms within three links upstream, the start included."""
    components: Callable[[Any], int]
    rank: Callable[[Any], Sequence[float]]
    dominated: Callable[[Any, int], int]
    """Counts the firms that the root reaches, itself left out."""


def arrays_engine() -> Engine:
    """Ask the arrays."""

    def components(links: Asked) -> int:
        sells = links[0]
        shape = len(sells), len(sells)
        matrix = csr_array((np.ones(len(sells.indices), np.int8), sells.indices, sells.indptr), shape=shape)
        return connected_components(matrix, connection="strong")[0]

    return Engine(
        both_ways,
        lambda links, n: len(
            breadth_first.breadth_first(links[1].indptr, links[1].indices, n, deepest=HOPS)[0]
        ),
        components,
        lambda links: pagerank.pagerank(links[0].indptr, links[0].indices, tolerance=EXACT)[0].tolist(),
        lambda links, n: (
            int(
                (
                    dominators.immediate_dominators(*(a for s in links for a in (s.indptr, s.indices)), n)
                    >= 0
                ).sum()
            )
            - 1
        ),
    )


def networkx_engine() -> Engine:
    """Ask NetworkX itself."""
    return Engine(
        directed,
        lambda graph, n: 1 + sum(1 for _ in nx.bfs_edges(graph, n, reverse=True, depth_limit=HOPS)),
        lambda graph: sum(1 for _ in nx.strongly_connected_components(graph)),
        lambda graph: list(nx.pagerank(graph, tol=EXACT / len(graph), max_iter=1000).values()),
        lambda graph, n: len(nx.immediate_dominators(graph, n)),
    )


def rustworkx_engine() -> Engine:
    """Ask rustworkx; it has no search of limited depth, so the walk is a loop over its neighbours."""

    def build(firms: int, start: np.ndarray, end: np.ndarray) -> Any:
        graph: Any = rx.PyDiGraph()
        graph.add_nodes_from(range(firms))
        graph.add_edges_from_no_data(list(zip(start.tolist(), end.tolist(), strict=True)))
        return graph

    def upstream(graph: Any, n: int) -> int:
        seen, tier = {n}, [n]
        for _ in range(HOPS):
            tier = list({m for here in tier for m in graph.predecessor_indices(here)} - seen)
            seen.update(tier)
        return len(seen)

    return Engine(
        build,
        upstream,
        lambda graph: len(rx.strongly_connected_components(graph)),
        lambda graph: [
            rank for _, rank in sorted(rx.pagerank(graph, tol=EXACT / len(graph), max_iter=1000).items())
        ],
        lambda graph, n: len(rx.immediate_dominators(graph, n)) - 1,
    )


def igraph_engine() -> Engine:
    """Ask igraph, which solves PageRank directly."""
    return Engine(
        lambda firms, start, end: igraph.Graph(
            firms, list(zip(start.tolist(), end.tolist(), strict=True)), directed=True
        ),
        lambda graph, n: graph.neighborhood_size(n, order=HOPS, mode="in"),
        lambda graph: len(graph.connected_components(mode="strong")),
        lambda graph: graph.pagerank(),
        lambda graph, n: sum(above >= 0 for above in graph.dominator(n)),
    )


ENGINES: dict[str, Callable[[], Engine]] = {
    "arrays": arrays_engine,
    "networkx": networkx_engine,
    "rustworkx": rustworkx_engine,
    "igraph": igraph_engine,
}


def measured(
    name: str, firms: int, start: np.ndarray, end: np.ndarray
) -> tuple[dict[str, float], dict[str, float]]:
    """Measure one library on one network: how long and how much, and what it found."""
    for module in (breadth_first, dominators, pagerank) if name == "arrays" else ():
        module.warm()
    engine = ENGINES[name]()
    before = resident()
    graph, build = timed(lambda: engine.build(firms, start, end))
    # The system hands out memory in large pieces: of arrays the exact size is known.
    memory = sum(side.nbytes for side in graph) / 2**20 if name == "arrays" else resident() - before
    root = int(np.bincount(start, minlength=firms).argmax())
    chosen = np.random.default_rng(3).integers(0, firms, WALKS).tolist()
    engine.upstream(graph, chosen[0])
    walks, reached = [], 0
    for firm in chosen:
        begin = perf_counter()
        reached += engine.upstream(graph, firm)
        walks.append((perf_counter() - begin) * 1e6)
    components, finding = timed(partial(engine.components, graph))
    ranks, ranking = timed(partial(engine.rank, graph))
    dominated, dominating = timed(partial(engine.dominated, graph, root))
    seconds = (build, finding, ranking, dominating)
    built, *others = (1000 * s for s in seconds)
    figures = (built, memory, float(np.median(walks)), *others)
    found = {"reached": reached, "components": components, "highest rank": max(ranks), "dominated": dominated}
    return dict(zip(UNITS, figures, strict=True)), found


def resident() -> float:
    """Tell how many megabytes of memory this process holds; 0 where the system does not say."""
    return int(STATM.read_text(encoding="ascii").split()[1]) * PAGE / 2**20 if STATM.exists() else 0.0


def apart(name: str, firms: int) -> tuple[dict[str, float], dict[str, float]]:
    """Measure in a process that ends; the links are drawn here, so that it has no freed memory to use."""
    links = network(firms, firms * LINKS_EACH)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measured, name, firms, *links).result()


def run(firms: Sequence[int] = FIRMS, without: Sequence[str] = ()) -> Iterator[Report]:
    """Measure all sizes; the last table says how cost grows: the exponent of the number of firms."""
    ours: list[dict[str, float]] = []
    for size in firms:
        figures, found = apart("arrays", size)
        ours.append(figures)
        lines: list[Measure] = []
        for name in ENGINES.keys() - {"arrays", *without}:
            theirs, same = apart(name, size)
            agree(name, found, same)
            lines += [
                Measure(
                    f"{what}, beside {name}",
                    unit,
                    figures[what],
                    theirs[what],
                    TARGETS.get(what) if name == "networkx" else None,
                )
                for what, unit in UNITS.items()
            ]
        note = f"{size:,} firms, {size * LINKS_EACH:,} links, both directions; baseline: the library named"
        yield Report(f"engine, {size:,} firms", note, sorted(lines, key=lambda m: m.what))
    if len(firms) > 1:
        yield growth(firms, ours)


def agree(name: str, found: dict[str, float], same: dict[str, float]) -> None:
    """Hold what one library found against the arrays; rustworkx ends PageRank early, its rank may differ."""
    for what, number in same.items():
        near = 0.2 if (name, what) == ("rustworkx", "highest rank") else 1e-6
        assert abs(number - found[what]) <= near * abs(found[what]), (name, what, number, found[what])


def growth(firms: Sequence[int], figures: Sequence[dict[str, float]]) -> Report:
    """Fit how the cost of the arrays grows with the number of firms."""
    sizes = np.log(firms)
    lines = [
        Measure(
            what, "exponent", float(np.polyfit(sizes, np.log([max(f[what], 1e-9) for f in figures]), 1)[0])
        )
        for what in UNITS
    ]
    return Report(
        "engine, growth", "cost ~ firms ^ exponent, fitted over the sizes above; 1 is linear", lines
    )


def main() -> None:
    """Read the arguments, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="+", default=FIRMS)
    parser.add_argument("--without", nargs="*", choices=sorted(ENGINES.keys() - {"arrays"}), default=())
    given = parser.parse_args()
    print(machine())
    for report in run(given.firms, given.without):
        show(report)


if __name__ == "__main__":
    main()
