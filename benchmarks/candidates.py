"""Measure candidates, matches, the matrix of towns and groups on a made-up province, in ms.

Run `python -m benchmarks.candidates [--scale 1.0]`. The matrix is held against a plain version that compares
one pair of towns at a time over dictionaries, timed on some pairs and scaled up to all; candidates and
matches against those of `tests/oracles` on a small province (`benchmarks.plain_world`).
"""

import argparse
from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.plain_world import beside_plain
from benchmarks.province import YEAR, province, size_of
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.snapshot.purchases import supply_flows
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation
from queries.ownership.groups import group
from queries.similarity.matrix import similarity_matrix
from queries.similarity.profiles import profiles_of
from queries.sourcing.candidates import candidates
from queries.sourcing.matches import matches

ASKED = 12
"""How many towns, each with a product its organisations buy, are asked."""
PLAIN_PAIRS = 200
"""How many pairs of towns the plain matrix compares; its time is scaled up to all."""


def run(scale: float = 1.0) -> Iterable[Report]:
    """Measure all of it on one province; first times build what a year needs, later ones use it again."""
    snapshot = province(scale)
    note = size_of(snapshot)
    yield Report("candidates", note, [*_candidates(snapshot), *_matches(snapshot), *beside_plain()])
    yield Report("matrix and groups", note, [*_matrix(snapshot), *_groups(snapshot)])


def _candidates(snapshot: Snapshot) -> Iterable[Measure]:
    asked = _gaps(snapshot)
    first, later = _times(lambda a: candidates(snapshot, a[0], product=a[1], as_of=YEAR), asked)
    yield Measure("candidates, first of a year", "ms", first)
    yield Measure("candidates, median", "ms", later, target=Target("measured", "≤", 100))


def _matches(snapshot: Snapshot) -> Iterable[Measure]:
    towns = [town for town, _ in _gaps(snapshot)]
    first, later = _times(lambda town: matches(snapshot, town, as_of=YEAR), towns)
    yield Measure("matches, first of a year", "ms", first)
    yield Measure("matches, median", "ms", later)


def _matrix(snapshot: Snapshot) -> Iterable[Measure]:
    first, later = _times(lambda _: similarity_matrix(snapshot, as_of=YEAR), [0, 1])
    plain = _plain_matrix(snapshot)
    yield Measure("similarity matrix, first", "ms", first, plain, Target("measured", "≤", 2_000))
    yield Measure("similarity matrix, again", "ms", later)


def _groups(snapshot: Snapshot) -> Iterable[Measure]:
    owns = snapshot.relations["OWNS"]
    owners = np.unique(owns.start)[:ASKED] if len(owns) else np.array(snapshot.nodes["Organisation"].rows[:3])
    ids = [snapshot.id_of(row) for row in owners.tolist()]
    first, later = _times(lambda one: group(snapshot, one, as_of=YEAR), ids)
    yield Measure(f"group, first of a year ({len(owns):,} stakes)", "ms", first)
    yield Measure("group, median", "ms", later)


def _plain_matrix(snapshot: Snapshot) -> float:
    """Compare pairs of towns one by one, over dictionaries of shares: ms for all pairs."""
    profiles = profiles_of(snapshot, YEAR, Aggregation.INDUSTRY, 4)
    rows = [dict(enumerate(row)) for row in profiles.shares.tolist()]
    pairs = [(a, b) for a in rows for b in rows]
    begin = perf_counter()
    for one, other in pairs[:PLAIN_PAIRS]:
        _plain_pair(one, other)
    return (perf_counter() - begin) * 1e3 * len(pairs) / max(len(pairs[:PLAIN_PAIRS]), 1)


def _plain_pair(one: dict[int, float], other: dict[int, float]) -> tuple[float, float, float]:
    """Compare two towns: K = Σ|a − b|, cosine, Σ min."""
    krugman = sum(abs(share - other[kind]) for kind, share in one.items())
    product = sum(share * other[kind] for kind, share in one.items())
    lengths = sum(a * a for a in one.values()) * sum(b * b for b in other.values())
    return krugman, product / lengths**0.5, sum(min(share, other[kind]) for kind, share in one.items())


def _gaps(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Take towns, each with the product that most of its organisations buy."""
    flows, first = supply_flows(snapshot, YEAR), snapshot.nodes["Organisation"].first
    found = list[tuple[str, str]]()
    for place in range(min(ASKED, len(snapshot.nodes["Town"]))):
        bought = flows.product[local_to(snapshot, place, YEAR)[flows.end - first]]
        if len(bought):
            most = int(np.bincount(bought).argmax())
            found.append((snapshot.id_of(place + snapshot.nodes["Town"].first), snapshot.id_of(most)))
    return found


def _times[T](ask: Callable[[T], object], asked: list[T]) -> tuple[float, float]:
    """Ask each once: the first time and the median of the others, in ms."""
    taken = list[float]()
    for one in asked:
        begin = perf_counter()
        ask(one)
        taken.append((perf_counter() - begin) * 1e3)
    return taken[0], median(taken[1:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure candidates, matches, matrix, groups")
    parser.add_argument("--scale", type=float, default=1.0)
    print(machine())
    for report in run(parser.parse_args().scale):
        show(report)
