"""Measure evaluations: towns of a made-up province ranked by the demo's indicators, beside a plain version.

Run `python -m benchmarks.evaluation [--scale 1.0]`. The plain version (`tests/oracles/evaluation.py`) scores
town by town and draws weight by weight, from the same values; totals and stability must be the same.
"""

import argparse
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.plain_world import oracle
from benchmarks.province import YEAR, province, size_of
from benchmarks.snapshot import timed
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.snapshot.snapshot import Snapshot
from queries.evaluation import sensitivity
from queries.evaluation.intervals import rank_intervals
from queries.evaluation.ranking import Ranking, ranking
from queries.evaluation.scoring import scores
from queries.evaluation.standings import Part, Sampling, Standings, standings
from queries.growth.near_threshold import near_threshold

STANDARD = "standard:town-evaluation:2024"
DRAWS = 1_000


def run(scale: float = 1.0) -> Report:
    """Time a ranking, first and again, its parts, and the list of enterprises near the scale."""
    made = province(scale)
    ask = partial(_asked, made)
    _, first = timed(ask)
    _, again = timed(ask, 3)
    _, changed = timed(partial(_asked, made, changes=True))
    near, near_seconds = timed(partial(near_threshold, made, as_of=YEAR), 3)
    limit = Target("measured", "≤", 2)
    towns = len(made.nodes["Town"])
    lines = [
        Measure(
            f"{towns} towns with intervals and {DRAWS} draws, the first question", "s", first, None, limit
        ),
        Measure("the same, again", "s", again, None, limit),
        Measure("the same with the change since last year, its first time", "s", changed, None, limit),
        Measure(f"enterprises near the scale ({near.count})", "ms", near_seconds * 1000),
        *_parts(made),
    ]
    return Report("evaluation", size_of(made), lines)


def _asked(made: Snapshot, *, changes: bool = False) -> Ranking:
    asked = {"include_candidates": True, "least_known": 0.0, "draws": DRAWS, "first": 500}
    found = ranking(made, as_of=YEAR, standard=STANDARD, **asked)
    for row in found.rows:
        if changes:
            _ = row.changed
    return found


def _parts(made: Snapshot) -> list[Measure]:
    """Hold scores and stability against the plain way, on the same values and draws."""
    found: Standings = standings(
        made, YEAR, STANDARD, Part(None, candidates=True, least_known=0.0), Sampling(DRAWS)
    )
    now, plain = found.now, oracle("evaluation")
    told = [
        {
            "weight": one.weight,
            "scaling": one.scaling.value,
            "direction": one.direction.value,
            "missing": one.missing.value,
            "points": [(step.threshold, step.points) for step in one.steps],
        }
        for one in now.indicators
    ]
    values = [[None if np.isnan(v) else v for v in row] for row in now.known.value.tolist()]
    least = now.known.least_known
    fast, seconds = timed(partial(scores, now.known.value, now.indicators, least), 3)
    slow, slowly = timed(partial(plain.totals, values, told, least_known=least))
    _same([None if np.isnan(t) else t for t in fast.total.tolist()], slow)
    weights = sensitivity.drawn(now.indicators, DRAWS, sensitivity.SPREAD, 0)
    kept, kept_seconds = timed(partial(sensitivity.kept, fast, now.indicators, weights), 3)
    few = weights[: DRAWS // 20]
    plainly, kept_slowly = timed(partial(plain.kept, values, told, few.tolist(), least))
    _same([None if np.isnan(k) else k for k in sensitivity.kept(fast, now.indicators, few).tolist()], plainly)
    _, open_seconds = timed(partial(rank_intervals, replace(now.known), now.indicators), 3)
    if len(kept) != len(values):
        raise AssertionError(len(kept))
    return [
        Measure("points, totals and ranks; baseline: plain Python", "ms", seconds * 1e3, slowly * 1e3),
        Measure(
            f"{DRAWS} draws of weights; baseline: plain Python, {len(few)} draws scaled up",
            "ms",
            kept_seconds * 1e3,
            kept_slowly * 20e3,
        ),
        Measure("rank intervals", "ms", open_seconds * 1e3),
    ]


def _same(fast: list[float | None], slow: list[float | None]) -> None:
    pairs = [
        (np.nan if a is None else a, np.nan if b is None else b) for a, b in zip(fast, slow, strict=True)
    ]
    if not np.allclose(*np.array(pairs).T, atol=1e-6, equal_nan=True):
        raise AssertionError("the plain version finds otherwise")


def main() -> None:
    """Read the arguments, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    print(machine())
    show(run(parser.parse_args().scale))


if __name__ == "__main__":
    main()
