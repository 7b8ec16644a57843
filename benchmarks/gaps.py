"""Measure the gap finder: how fast it is beside a plain version, and how many hidden products it finds again.

Run `python -m benchmarks.gaps [--scale 1.0] [--demo]`: times on a made-up province (`benchmarks.province`),
the back-tests of `benchmarks.hidden_makers` and `benchmarks.hidden_downstream` on a quarter of it and on the
demo; with `--demo` these alone, on the demo.
"""

import argparse
import asyncio
from collections.abc import Iterable
from functools import partial
from time import perf_counter

from benchmarks.hidden_downstream import extend_test
from benchmarks.hidden_makers import DRAWS, back_test
from benchmarks.plain_world import oracle
from benchmarks.province import YEAR, province, size_of
from benchmarks.snapshot import timed
from benchmarks.tables import Measure, Report, Target, machine, show
from dev.demo import demo
from graph.snapshot.snapshot import Snapshot
from queries.gaps.gaps import MOST, gaps

PLAIN_SCALE = 0.1
PLAIN_TOWNS = 3
DOWNSTREAM = 60
"""How many downstream products are hidden one by one."""


def run(scale: float = 1.0) -> Iterable[Report]:
    """Measure times, then the back-test on the demo and on a province."""
    made = province(scale)
    yield Report("gaps: time", size_of(made), [*times(made), *beside_plain()])
    quarter = province(scale / 4)
    yield back_test("gaps: back-test, a quarter of the province", quarter, draws=1)
    yield extend_test("gaps: back-test of 延链, a quarter of the province", quarter, most=DOWNSTREAM)
    yield from asyncio.run(of_demo())


def back_tests() -> Iterable[Report]:
    """Make the back-tests on the demo alone: seconds."""
    yield from asyncio.run(of_demo())


def times(snapshot: Snapshot) -> list[Measure]:
    """Time one town the first time, one town after that, and all."""
    towns = snapshot.nodes["Town"]["id"].tolist()
    begin = perf_counter()
    gaps(snapshot, towns[0], as_of=YEAR)
    first = perf_counter() - begin
    each = sorted(timed(partial(gaps, snapshot, town, as_of=YEAR))[1] for town in towns)
    return [
        Measure("one town, the first question of a snapshot", "ms", first * 1000),
        Measure("one town, p50", "ms", each[len(each) // 2] * 1000, None, Target("measured", "≤", 100)),
        Measure("one town, slowest", "ms", each[-1] * 1000, None, Target("measured", "≤", 100)),
        Measure(f"all {len(towns)} towns", "s", first + sum(each), None, Target("measured", "≤", 10)),
    ]


def beside_plain() -> list[Measure]:
    """Hold some towns of a smaller province against the plain version, which must conclude the same."""
    made = province(PLAIN_SCALE)
    plainly = oracle("gaps")
    plain, ask = oracle("province").Province.of(made, YEAR), plainly.gaps
    towns = made.nodes["Town"]["id"].tolist()[:PLAIN_TOWNS]
    gaps(made, towns[0], as_of=YEAR)
    fast, slow = 0.0, 0.0
    for town in towns:
        found, seconds = timed(partial(gaps, made, town, as_of=YEAR, first=MOST, include_covered=True))
        (expected, _), longer = timed(partial(ask, plain, town))
        states = {made.id_of(row.product): row.state.value for row in found.rows}
        if states != {id: row["state"] for id, row in expected.items()}:
            raise AssertionError(f"{town}: the plain version concludes otherwise")
        fast, slow = fast + seconds, slow + longer
    words = f"one town, a tenth of the province; baseline: plain Python, {PLAIN_TOWNS} towns"
    return [Measure(words, "ms", fast / len(towns) * 1000, slow / len(towns) * 1000)]


async def of_demo() -> list[Report]:
    """Hide makers of the demo, for 补链 and for 延链."""
    async with demo() as (_, keeper):
        snapshot = await keeper.ready()
        return [
            back_test("gaps: back-test, demo", snapshot, draws=DRAWS),
            extend_test("gaps: back-test of 延链, demo", snapshot, most=DOWNSTREAM),
        ]


def main() -> None:
    """Read the arguments, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--demo", action="store_true", help="the back-tests on the demo alone")
    asked = parser.parse_args()
    print(machine())
    for report in back_tests() if asked.demo else run(asked.scale):
        show(report)


if __name__ == "__main__":
    main()
