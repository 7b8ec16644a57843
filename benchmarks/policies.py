"""Measure policies: all benefits of all organisations of a made-up province, one organisation, one town.

Run `python -m benchmarks.policies [--scale 1.0]`. The baseline judges one organisation by one rule at a time
(`queries/standards/judgement.py`), on a few organisations, scaled up; it must come to the same.
"""

import argparse
from functools import partial

import numpy as np

from benchmarks.exporting import peak
from benchmarks.province import YEAR, province, size_of
from benchmarks.snapshot import timed
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.snapshot.snapshot import Snapshot
from queries.policies.benefits import organisation_benefits
from queries.policies.decisions import Decisions, decisions, recipients
from queries.policies.facts import facts_to_collect
from queries.policies.settling import settling_benefits
from queries.policies.towns import policy_coverage, unclaimed_of_town
from queries.standards.judgement import judged_organisation
from queries.standards.verdicts import Outcome

ASKED = 12
"""Organisations that the baseline judges, and that are asked one by one."""
OUTCOMES = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)


def run(scale: float = 1.0) -> Report:
    """Judge everything once, then ask what a page asks."""
    made = province(scale)
    held, all_ = timed(lambda: decisions(made, YEAR))
    everyone = recipients(held.province)
    plain = _plain(held, everyone) * len(everyone)
    town = made.nodes["Town"]["id"].tolist()[0]
    lines = [
        Measure(
            "all organisations × all benefits, the first question of a snapshot",
            "s",
            all_,
            plain,
            Target("measured", "≤", 30),
        ),
        Measure("peak memory of the process then", "MB", peak(), None, Target("measured", "≤", 1000)),
        _one_by_one(made, everyone),
        _measured("a town's 应享未享", partial(unclaimed_of_town, made, town, as_of=YEAR), 100),
        _measured("a town's coverage", partial(policy_coverage, made, town, as_of=YEAR), 100),
        _measured("a town's facts to collect", partial(facts_to_collect, made, town, as_of=YEAR), None),
        _settling(made, town, everyone),
    ]
    pairs = sum(len(one.firms) for one in held.of)
    words = f"{size_of(made)}, {len(held.of)} benefits, {pairs:,} pairs in reach"
    return Report("policies", f"{words}; baseline: one organisation and rule at a time", lines)


def _measured[T](words: str, ask: "partial[T]", limit: float | None) -> Measure:
    _, seconds = timed(ask, 3)
    return Measure(words, "ms", seconds * 1000, None, Target("measured", "≤", limit) if limit else None)


def _one_by_one(made: Snapshot, everyone: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> Measure:
    """Ask single organisations for all of their benefits; the slowest counts."""
    some = np.random.default_rng(3).choice(everyone, ASKED, replace=False)
    ids = made.nodes["Organisation"]["id"][some].tolist()
    ask = partial(organisation_benefits, made, as_of=YEAR)
    slowest = max(timed(partial(ask, id), 3)[1] for id in ids)
    words = f"one organisation's benefits, first 20, the slowest of {ASKED}"
    return Measure(words, "ms", slowest * 1000, None, Target("measured", "≤", 20))


def _settling(made: Snapshot, town: str, everyone: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> Measure:
    ids = tuple(made.nodes["Organisation"]["id"][everyone[-10:]].tolist())
    _, seconds = timed(partial(settling_benefits, made, town, organisations=ids, as_of=YEAR))
    return Measure("what 10 candidates would get in the town", "ms", seconds * 1000)


def _plain(held: Decisions, everyone: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> float:
    """Judge some organisations by every benefit, one at a time: seconds for one."""
    some, taken = np.random.default_rng(5).choice(everyone, ASKED, replace=False), 0.0
    for firm in some.tolist():
        for one in held.of:
            if one.offer.rule is None:
                raise AssertionError(one.offer.note)
            judged, seconds = timed(partial(judged_organisation, held.province, one.offer.rule, firm))
            taken += seconds
            at = int(np.searchsorted(one.firms, firm))
            there = at < len(one.firms) and one.firms[at] == firm
            fast = OUTCOMES[one.truth[at]] if there else Outcome.FAIL
            if fast is not judged.outcome:
                raise AssertionError(f"{firm}, {one.offer.benefit}: one at a time concludes otherwise")
    return taken / ASKED


def main() -> None:
    """Read the arguments, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    print(machine())
    show(run(parser.parse_args().scale))


if __name__ == "__main__":
    main()
