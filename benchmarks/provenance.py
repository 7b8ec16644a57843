"""Measure what it costs to say what an answer rests on, and to leave out what is invented.

Run `python -m benchmarks.provenance [--scale 1.0]`: on a made-up province (`benchmarks.province`), each
analysis asked of a snapshot that remembers nothing, without its provenance and with it, in turns; the least
of three runs of each.
"""

import argparse
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from benchmarks.province import YEAR, province, size_of
from benchmarks.snapshot import timed
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer
from queries.gaps.gaps import gaps
from queries.linkage.extraction import extraction
from queries.linkage.single_sources import single_sourced
from queries.linkage.sourcing_rate import sourcing_rate
from queries.network.walk import walk
from queries.provenance import Provenance, provenance

TIMES = 3


def run(scale: float = 1.0) -> Iterable[Report]:
    """Measure each analysis without and with its provenance, and the mask."""
    made = province(scale)
    town, firm = made.nodes["Town"]["id"][0], made.nodes["Organisation"]["id"][0]
    asked: dict[str, Callable[[Snapshot], Answer]] = {
        "gaps of a town": lambda snapshot: gaps(snapshot, town, as_of=YEAR),
        "local sourcing of a town": lambda snapshot: sourcing_rate(snapshot, town, as_of=YEAR),
        "single sources, all": lambda snapshot: single_sourced(snapshot, as_of=YEAR),
        "extraction of a firm": lambda snapshot: extraction(snapshot, firm, as_of=YEAR),
        "upstream of a firm": lambda snapshot: walk(snapshot, firm, as_of=YEAR),
    }
    measures = [_beside(name, made, ask) for name, ask in asked.items()]
    yield Report("provenance", f"{size_of(made)}; baseline: the same answer without it", measures)
    yield Report("without what is invented", size_of(made), list(_masks(made)))


def _beside(name: str, made: Snapshot, ask: Callable[[Snapshot], Any]) -> Measure:
    """Ask without and with the provenance, in turns."""
    without, saying = list[float](), list[float]()
    for _ in range(TIMES):
        for times, work in ((without, ask), (saying, partial(_saying, ask))):
            times.append(timed(partial(work, made.changed()))[1])
    return Measure(name, "ms", 1000 * min(saying), 1000 * min(without), Target("ratio", "≤", 1.1))


def _saying(ask: Callable[[Snapshot], Answer], snapshot: Snapshot) -> Provenance:
    method = ask(snapshot).method
    assert method.used is not None
    return provenance(snapshot, method.used(), method.as_of)


def _masks(made: Snapshot) -> Iterable[Measure]:
    """Make the mask of a snapshot that remembers nothing, and ask for it again."""
    fresh = made.changed()
    yield Measure("the mask, the first time", "ms", 1000 * timed(partial(without_invented, fresh))[1])
    yield Measure("the mask, again", "ms", 1000 * timed(partial(without_invented, fresh))[1])


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--scale", type=float, default=1.0)
    print(machine())
    for report in run(reader.parse_args().scale):
        show(report)
