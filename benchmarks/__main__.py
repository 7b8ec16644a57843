"""Measure what the service promises: `python -m benchmarks [NAME …]`.

Prints a table for each and writes `.bench/results.json`. Always on an embedded store in a temporary folder;
on Neo4j too when ZHENLIAN_TEST_NEO4J=bolt://user:password@host:port is set and `--wipe` lets it be emptied.
"""

import argparse
import asyncio
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import (
    answers,
    attacks,
    bundles,
    candidates,
    checkups,
    dispatch,
    engine,
    evaluation,
    exporting,
    gaps,
    growth,
    http,
    ledgers,
    linkage,
    loading,
    matching,
    page,
    policies,
    provenance,
    rulings,
    search,
    snapshot,
    start,
    steady,
    workbook,
    workers,
)
from benchmarks.peers import measuring, servers
from benchmarks.tables import Measure, Report, Target, machine, show, write

RESULTS = Path(__file__).parents[1] / ".bench" / "results.json"
SIZES = {"small": (5_000, 30_000), "full": (100_000, 600_000)}
FIRMS = {"small": (10_000, 100_000), "full": (10_000, 100_000, 1_000_000)}
"""Sizes of the networks of `engine` and `linkage`."""
FLOWS_EACH = 6


def loaded(given: argparse.Namespace) -> Report:
    """Hold the loader against a bare loop."""
    loading.SIZES[given.size] = given.counts
    found: list[Measure] = []
    for result in asyncio.run(loading.run(given.size, given.neo4j)):
        store, number = result["store"], {k: float(v) for k, v in result.items() if k != "store"}
        found += [
            Measure(
                f"{store}: rows all {state}",
                "rows/s",
                number[f"rows_per_second_{state}"],
                number[f"bare_per_second_{state}"],
                Target("ratio", "≥", 0.7),
            )
            for state in ("new", "same")
        ]
        peak, bare = number["peak_megabytes"], number["bare_peak_megabytes"]
        found.append(Measure(f"{store}: peak memory", "MB", peak, bare, Target("measured", "≤", 300)))
    note = "{:,} organisations, {:,} flows; baseline: a loop that reads, compares and merges, without checks"
    return Report("loading", note.format(*given.counts), found)


def taken(given: argparse.Namespace) -> Report:
    """Hold the snapshot's links against NetworkX."""
    n = snapshot.run(*given.counts)
    found = [
        Measure(
            "links both ways", "s", n["arrays_seconds"], n["networkx_seconds"], Target("ratio", "≤", 1 / 3)
        ),
        Measure(
            "links both ways", "MB", n["arrays_megabytes"], n["networkx_megabytes"], Target("ratio", "≤", 0.1)
        ),
        Measure("whole snapshot, from rows in memory", "s", n["snapshot_seconds"]),
        Measure("whole snapshot", "MB", n["snapshot_megabytes"]),
        Measure("its id (a hash of all)", "s", n["hash_seconds"]),
        Measure("flows of a year", "s", n["flows_seconds"]),
        Measure("links of a year", "s", n["network_seconds"]),
        Measure("walk of 3 tiers, p50", "ms", n["walk_3_tiers_p50_ms"]),
        Measure("walk of 3 tiers, p95", "ms", n["walk_3_tiers_p95_ms"]),
    ]
    return Report("snapshot", "{:,} firms, {:,} links; baseline: nx.DiGraph".format(*given.counts), found)


def bundled(given: argparse.Namespace) -> Report:
    """Time the saving and opening of a snapshot and its search index."""
    return bundles.run(given.counts[0])


def searched(given: argparse.Namespace) -> Report:
    """Hold the search index against rapidfuzz over all names."""
    return search.run(given.counts[0])


def answered(given: argparse.Namespace) -> Report:
    """Hold answers against the bare driver."""
    return asyncio.run(answers.run(given.size, given.grown, given.neo4j))


def started(given: argparse.Namespace) -> Report:
    """Time the demo's start."""
    return start.run(given.size)


def engines(given: argparse.Namespace) -> Iterable[Report]:
    """Hold the arrays against NetworkX, rustworkx and igraph."""
    return engine.run(FIRMS[given.size])


def dispatched(given: argparse.Namespace) -> Iterable[Report]:
    """Hold questions by NetworkX's names against the kernels called directly."""
    return dispatch.run(FIRMS[given.size])


def linked(given: argparse.Namespace) -> Iterable[Report]:
    """Hold the value analyses against plain ways of the same definitions."""
    return linkage.run(FIRMS[given.size], every=given.size == "full")


def read_back(given: argparse.Namespace) -> Report:
    """Hold the reading of a workbook against python-calamine alone."""
    rows = 50_000 if given.size == "full" else 10_000
    n = workbook.measured(rows)
    found = Measure("read", "s", n["read_s"], n["bare_s"], Target("ratio", "≤", workbook.LIMIT))
    return Report("workbook", f"{rows:,} rows; baseline: python-calamine reads the cells", [found])


def exported(given: argparse.Namespace) -> Report:
    """Measure the export of all."""
    return exporting.run(*given.counts)


def checked_up(given: argparse.Namespace) -> Report:
    """Hold the check-ups of all towns against a plain version."""
    return checkups.run(given.scale)


def entitled(given: argparse.Namespace) -> Report:
    """Hold all benefits of all organisations against one organisation at a time."""
    return policies.run(given.scale)


def evaluated(given: argparse.Namespace) -> Report:
    """Time rankings of towns."""
    return evaluation.run(given.scale)


def found_lacking(given: argparse.Namespace) -> Iterable[Report]:
    """Time the gap finder, and let it find hidden makers again."""
    return gaps.run(given.scale)


def rested(given: argparse.Namespace) -> Iterable[Report]:
    """Hold answers with their provenance against the same without it."""
    return provenance.run(given.scale)


def filled(given: argparse.Namespace) -> Iterable[Report]:
    """Hold candidates, matches and the matrix against plain versions."""
    return candidates.run(given.scale)


def kept(given: argparse.Namespace) -> Report:
    """Time moves of the ledgers until they are seen, and pages of many items."""
    return ledgers.run(given.scale)


def ruled(given: argparse.Namespace) -> Report:
    """Time rulings until they are seen, beside reading all anew."""
    return rulings.run(given.scale)


def steadied(given: argparse.Namespace) -> Report:
    """Ask for a page while another process loads."""
    return steady.run(given.size)


def matched(given: argparse.Namespace) -> Report:
    """Hold the matching of names against rapidfuzz alone."""
    return matching.run(given.counts[0])


def attacked(_: argparse.Namespace) -> Report:
    """Hold refusing attacks against parsing and validating them."""
    return attacks.run()


def served(given: argparse.Namespace) -> Iterable[Report]:
    """Hold small requests against bare peers, and levels of compression against those chosen."""
    return http.run(given.size)


def shared_out(given: argparse.Namespace) -> Report:
    """Hold two processes that answer against one."""
    return workers.run(given.size)


def looked_at(given: argparse.Namespace) -> Iterable[Report]:
    """Open and touch the page in a browser."""
    return page.run(given.size)


def grown(given: argparse.Namespace) -> Iterable[Report]:
    """Ask the peers' questions of ever larger worlds."""
    return growth.run(given.size)


def besides(given: argparse.Namespace) -> Iterable[Report]:
    """Hold answers over HTTP against `@neo4j/graphql` and the bare driver, on a Neo4j."""
    if not given.neo4j or not asyncio.run(servers.installed()):
        print("peers is left out: it needs a Neo4j, Node.js and npm")
        return ()
    counts = given.counts if given.rows else measuring.SIZES[given.size]
    return asyncio.run(measuring.run(counts, given.neo4j, measuring.SECONDS[given.size]))


BENCHMARKS: dict[str, Callable[[argparse.Namespace], Report | Iterable[Report]]] = {
    "loading": loaded,
    "snapshot": taken,
    "bundles": bundled,
    "search": searched,
    "matching": matched,
    "answers": answered,
    "start": started,
    "engine": engines,
    "dispatch": dispatched,
    "linkage": linked,
    "workbook": read_back,
    "exporting": exported,
    "checkups": checked_up,
    "policies": entitled,
    "evaluation": evaluated,
    "gaps": found_lacking,
    "candidates": filled,
    "provenance": rested,
    "attacks": attacked,
    "http": served,
    "rulings": ruled,
    "ledgers": kept,
    "steady": steadied,
    "workers": shared_out,
    "page": looked_at,
    "growth": grown,
    "peers": besides,
}


def read_arguments() -> argparse.Namespace:
    """Read what to measure, and how much."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {' '.join(BENCHMARKS)}; none: all")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--rows", type=int, help="organisations and flows together, instead of the size's")
    parser.add_argument(
        "--wipe", action="store_true", help="empty the Neo4j of ZHENLIAN_TEST_NEO4J and use it"
    )
    given = parser.parse_args()
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"no such benchmark: {' '.join(sorted(unknown))} (there are: {' '.join(BENCHMARKS)})")
    organisations = (given.rows or 0) // (1 + FLOWS_EACH)
    given.counts = (organisations, organisations * FLOWS_EACH) if organisations else SIZES[given.size]
    given.grown = given.counts if given.size == "full" or given.rows else None
    given.scale = given.counts[0] / SIZES["full"][0]
    given.neo4j = os.environ.get("ZHENLIAN_TEST_NEO4J") if given.wipe else None
    return given


def main() -> None:
    """Measure, print, write."""
    given = read_arguments()
    print(machine())
    if not given.neo4j:
        why = (
            "--wipe is not given"
            if os.environ.get("ZHENLIAN_TEST_NEO4J")
            else "ZHENLIAN_TEST_NEO4J is not set"
        )
        print(f"Neo4j is left out: {why}")
    reports: list[Report] = []
    for name in given.names or BENCHMARKS:
        made = BENCHMARKS[name](given)
        for report in [made] if isinstance(made, Report) else made:
            show(report)
            reports.append(report)
        write(RESULTS, reports, {k: getattr(given, k) for k in ("names", "size", "rows")})
    print(f"{machine()}; written to {RESULTS.relative_to(RESULTS.parents[1])}")


if __name__ == "__main__":
    main()
