"""Measure check-ups: all towns of a made-up province against a recognition standard, beside a plain version.

Run `python -m benchmarks.checkups [--scale 1.0]`. The plain version (`tests/oracles/checkup.py`) goes node by
node; it is timed on some towns of a smaller province, and must conclude the same.
"""

import argparse
import json
from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.plain_world import oracle
from benchmarks.province import YEAR, province, size_of
from benchmarks.snapshot import timed
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.criteria import Recognition
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from queries.standards.checkup import Checkups, checkup, checkups
from queries.standards.documents import stored_document
from queries.standards.measures import Province

STANDARD = "standard:shanxi-recognition:2022"
RULES = "standard:other-province-cluster:2023"
PLAIN_SCALE = 0.05
PLAIN_TOWNS = 3
OUTCOMES = ("FAIL", "UNKNOWN", "PASS")


def run(scale: float = 1.0) -> Report:
    """Time all towns, the first time and after that, by both standards of the demo; and one town."""
    made = province(scale)
    towns = made.nodes["Town"]["id"].tolist()
    all_ = partial(checkups, made, as_of=YEAR, first=len(towns))
    _, first = timed(lambda: all_(standard=STANDARD))
    _, again = timed(lambda: all_(standard=STANDARD), 3)
    _, other = timed(lambda: all_(standard=RULES))
    _, one = timed(lambda: checkup(made, towns[0], as_of=YEAR, standard=STANDARD), 3)
    limit = Target("measured", "≤", 2)
    lines = [
        Measure(f"all {len(towns)} towns, the first question of a snapshot", "s", first, None, limit),
        Measure(f"all {len(towns)} towns, again", "s", again, None, limit),
        Measure(f"all {len(towns)} towns by {RULES}, first", "s", other, None, limit),
        Measure("one town", "ms", one * 1000),
        _beside_plain(),
    ]
    return Report("checkups", size_of(made), lines)


def _beside_plain() -> Measure:
    """Hold some towns of a smaller province against the plain version."""
    made = province(PLAIN_SCALE)
    towns = len(made.nodes["Town"])
    found, seconds = timed(partial(checkups, made, as_of=YEAR, standard=STANDARD, first=towns), 3)
    share = f"{PLAIN_SCALE:.0%} of the province"
    words = f"all {towns} towns, {share}; baseline: plain Python, {PLAIN_TOWNS} towns scaled up"
    return Measure(words, "s", seconds, _plain(made, found) * towns)


def _plain(snapshot: Snapshot, found: Checkups) -> float:
    """Judge some towns the plain way: seconds for one, conditions and priority."""
    judge, told = oracle("checkup").judge, _told(snapshot)
    document = stored_document(snapshot, STANDARD)
    table = snapshot.nodes["Standard"]
    text: Any = table["criteria"][snapshot.row_of(STANDARD) - table.first]
    if not isinstance(document, Recognition):
        raise TypeError(document)
    rules, taken = json.loads(text), 0.0
    for row in found.rows[:PLAIN_TOWNS]:
        town = snapshot.id_of(row.town)
        for name, fast in (("criteria", row.result), ("prefer", row.prefer)):
            slow, seconds = timed(partial(judge, told, town, rules[name]))
            taken += seconds
            if fast is None or OUTCOMES[slow["outcome"]] != fast.outcome.value:
                raise AssertionError(f"{town}: {name}: the plain version concludes otherwise")
    return taken / PLAIN_TOWNS


def _told(snapshot: Snapshot) -> dict[str, Any]:
    """Tell the plain version of the province: it takes as given whose register is complete."""
    firms, towns = snapshot.nodes["Organisation"], snapshot.nodes["Town"]
    ids, complete = firms["id"].tolist(), Province(snapshot, YEAR).complete.tolist()
    closed = firms["closedOn"].astype("datetime64[Y]").astype(np.int64) + 1970
    gone = np.where(np.isnat(firms["closedOn"]), 0, closed).tolist()
    return {
        "firms": {
            id: {"form": "ENTERPRISE", "closed": year or None} for id, year in zip(ids, gone, strict=True)
        },
        "towns": {id: {"complete": whole} for id, whole in zip(towns["id"].tolist(), complete, strict=True)},
        "leads": _pairs(snapshot, "LEADS"),
        "members": _pairs(snapshot, "MEMBER_OF"),
        "holds": {(who, title.removeprefix("qualification:")) for who, title in _pairs(snapshot, "HOLDS")},
        "flows": _flows(snapshot),
    }


def _pairs(snapshot: Snapshot, label: str) -> set[tuple[str, str]]:
    edges = snapshot.relations[label]
    return set(zip(map(snapshot.id_of, edges.start), map(snapshot.id_of, edges.end), strict=True))


def _flows(snapshot: Snapshot) -> Iterable[tuple[str, str, int | None]]:
    edges = snapshot.relations["SUPPLIES"]
    ends = (map(snapshot.id_of, side.tolist()) for side in (edges.start, edges.end))
    years = (None if year == MISSING else year for year in edges["year"].tolist())
    return list(zip(*ends, years, strict=True))


def main() -> None:
    """Read the arguments, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    print(machine())
    show(run(parser.parse_args().scale))


if __name__ == "__main__":
    main()
