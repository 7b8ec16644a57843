"""Measure the snapshot: seconds and megabytes of its links beside NetworkX, and of the whole of it.

Run `python -m benchmarks.snapshot`: a power-law network of 100,000 firms and 600,000 links. NetworkX builds
the same links in the same run: figures depend on the machine, the ratios hardly do. With `--neo4j` (a URL
with user, password and database) the reading of that store is measured too, by itself.
"""

import argparse
import asyncio
import json
import os
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from time import perf_counter

import networkx as nx
import numpy as np

from benchmarks.loading import opened
from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import Record, columns
from graph.kinds.entities import Organisation, Product
from graph.kinds.relations import Supplies
from graph.snapshot.builder import Builder
from graph.snapshot.csr import Csr
from graph.snapshot.purchases import supply_flows, supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from queries.network.walk import walk

FIRMS = 100_000
LINKS = 600_000
PRODUCTS = 300
BATCH = 20_000
WALKS = 300
MEGA = 2**20


def network(firms: int, links: int, seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    """Draw links between firms whose degrees follow a power law; none twice, none to itself."""
    chance = np.random.default_rng(seed)
    weight = np.arange(1, firms + 1) ** -0.6
    bounds = np.cumsum(weight / weight.sum())
    start, end = (np.minimum(np.searchsorted(bounds, chance.random(links * 2)), firms - 1) for _ in range(2))
    pairs = np.unique((start * firms + chance.permutation(firms)[end])[start != end])
    pairs = chance.permutation(pairs)[:links]
    return (pairs // firms).astype(np.int32), (pairs % firms).astype(np.int32)


def timed[T](make: Callable[[], T], repeat: int = 1) -> tuple[T, float]:
    """Take the best time of some."""
    best, made = np.inf, None
    for _ in range(repeat):
        made = None
        begin = perf_counter()
        made = make()
        best = min(best, perf_counter() - begin)
    assert made is not None
    return made, float(best)


def megabytes(make: Callable[[], object]) -> float:
    """Tell how much memory a result holds."""
    tracemalloc.start()
    made = make()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del made
    return held / MEGA


def both_ways(firms: int, start: np.ndarray, end: np.ndarray) -> tuple[Csr, Csr]:
    """Link firms by arrays."""
    return Csr.of(firms, start, end), Csr.of(firms, end, start)


def directed(firms: int, start: np.ndarray, end: np.ndarray) -> "nx.DiGraph[int]":
    """Link firms in NetworkX."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(firms))
    graph.add_edges_from(zip(start.tolist(), end.tolist(), strict=True))
    return graph


def cells(firms: int, start: np.ndarray, end: np.ndarray) -> dict[type[Record], list[list[object]]]:
    """Write the network as a store hands it over: rows of cells."""
    chance = np.random.default_rng(1)
    goods, values = chance.integers(0, PRODUCTS, len(start)), chance.lognormal(12, 2, len(start))
    ends = zip(start.tolist(), end.tolist(), goods.tolist(), values.tolist(), strict=True)
    given: dict[type[Record], Iterable[dict[str, object]]] = {
        Organisation: (
            {"id": f"org:{n:08x}", "name": f"山西示例{n}有限公司", "form": "ENTERPRISE"} for n in range(firms)
        ),
        Product: (
            {"id": f"product:{n}", "name": f"产品{n}", "category": "COMPONENT"} for n in range(PRODUCTS)
        ),
        Supplies: (
            {
                "from": f"org:{a:08x}",
                "to": f"org:{b:08x}",
                "product": f"product:{g}",
                "year": 2024,
                "value": v,
            }
            for a, b, g, v in ends
        ),
    }
    names = {kind: [c.name for c in columns(kind)] for kind in given}
    return {kind: [[row.get(name) for name in names[kind]] for row in rows] for kind, rows in given.items()}


def assembled(rows: dict[type[Record], list[list[object]]]) -> Snapshot:
    """Build a snapshot of rows, in batches as they would be streamed."""
    builder = Builder()
    kinds: tuple[type[Record], ...] = (*NODES, *RELATIONS)
    for kind in kinds:
        given = rows.get(kind, [])
        for first in range(0, max(len(given), 1), BATCH):
            builder.add(kind, given[first : first + BATCH])
        builder.seal(kind)
    return Snapshot.built(builder, newest_year=2024)


def links_measured(firms: int, links: int) -> dict[str, float]:
    """Hold arrays against NetworkX."""
    start, end = network(firms, links)
    arrays, seconds = timed(lambda: both_ways(firms, start, end), 5)
    _, slow = timed(lambda: directed(firms, start, end), 2)
    held = sum(csr.nbytes for csr in arrays) / MEGA
    fat = megabytes(lambda: directed(firms, start, end))
    return {
        "links": len(start),
        "arrays_seconds": seconds,
        "networkx_seconds": slow,
        "seconds_ratio": seconds / slow,
        "arrays_megabytes": held,
        "networkx_megabytes": fat,
        "megabytes_ratio": held / fat,
    }


def whole_measured(firms: int, links: int) -> dict[str, float]:
    """Build the whole snapshot, choose the flows of a year, walk three tiers up."""
    rows = cells(firms, *network(firms, links))
    snapshot, seconds = timed(lambda: assembled(rows))
    _, hashing = timed(lambda: snapshot.id)
    _, choosing = timed(lambda: supply_flows(snapshot, 2024))
    _, linking = timed(lambda: supply_network(snapshot, 2024))
    chance = np.random.default_rng(3)
    ids = snapshot.nodes["Organisation"]["id"][chance.integers(0, firms, WALKS)].tolist()
    walks = sorted(timed(partial(walk, snapshot, id, as_of=2024))[1] * 1000 for id in ids)
    return {
        "snapshot_seconds": seconds,
        "snapshot_megabytes": snapshot.nbytes / MEGA,
        "hash_seconds": hashing,
        "flows_seconds": choosing,
        "network_seconds": linking,
        "walk_3_tiers_p50_ms": walks[WALKS // 2],
        "walk_3_tiers_p95_ms": walks[WALKS * 95 // 100],
    }


async def reading_measured(url: str) -> dict[str, float]:
    """Take a snapshot of a store: the reading of the database is most of it."""
    async with opened(url) as store:
        begin = perf_counter()
        snapshot = await take_snapshot(store)
        seconds = perf_counter() - begin
    rows = sum(map(len, (*snapshot.nodes.values(), *snapshot.relations.values())))
    return {"store_rows": rows, "store_seconds": seconds, "store_megabytes": snapshot.nbytes / MEGA}


def run(firms: int = FIRMS, links: int = LINKS, neo4j: str | None = None) -> dict[str, float]:
    """Measure all of it; targets: links in a tenth of NetworkX's memory and a third of its time."""
    results = links_measured(firms, links) | whole_measured(firms, links)
    return results | (asyncio.run(reading_measured(neo4j)) if neo4j else {})


def main() -> None:
    """Read the arguments, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=FIRMS)
    parser.add_argument("--links", type=int, default=LINKS)
    parser.add_argument("--neo4j", default=os.environ.get("ZHENLIAN_TEST_NEO4J"))
    given = parser.parse_args()
    results = run(given.firms, given.links, given.neo4j)
    print(json.dumps({k: round(v, 4) for k, v in results.items()}, indent=1))


if __name__ == "__main__":
    main()
