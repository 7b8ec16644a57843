"""Back-test of the gap finder: makers are hidden, and looked for among the first gaps of their towns.

One in ten of the products that towns make of their chains is hidden, with the makers' sales of it. The
baselines draw from the missing steps of the town's chain only: those that most towns miss, and required ones
at random. All gaps are more than those: also what is weak, and what is bought and stands in no chain. What is
hidden was made at home, so hardly any of it is bought outside, and the rank puts outside purchases first.
Among missing steps there is little room: where they are ten or fewer, every way finds all that can be found.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.province import YEAR
from benchmarks.tables import Measure, Report, Target
from graph.snapshot.makers import makers
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Array, EdgeTable
from queries.gaps.chain_steps import other_ends, steps_of
from queries.gaps.gaps import MOST, Gaps, gaps
from queries.gaps.terms import GapState

HIDDEN = 0.1
FIRST = 10
DRAWS = 5
"""How often the back-test is made on the demo, each time hiding others."""

type Pair = tuple[str, int]
"""A town, and the global row of a product."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the hidden products came back, each way (0–1)."""

    hidden: int
    gaps: float
    """Among the first gaps."""
    missing: float
    """Among the first missing steps of the chain: what the baselines draw from."""
    related: float
    """The same, ranked by feasibility alone."""
    common: float
    random: float


def back_test(name: str, snapshot: Snapshot, *, draws: int) -> Report:
    """Hide, look, and hold against the baselines."""
    found = [hidden_again(snapshot, seed) for seed in range(draws)]
    hidden = sum(one.hidden for one in found)
    ours, missing, related, common, chance = (
        sum(getattr(one, way) * one.hidden for one in found) / max(hidden, 1)
        for way in ("gaps", "missing", "related", "common", "random")
    )
    better = max(common, chance)
    target = Target("ratio", "≥", 1.5)
    return Report(
        name,
        f"{hidden} hidden in {draws} draws; baselines: most common missing {common:.3f}, "
        f"random required step {chance:.3f}",
        [
            Measure(f"hit@{FIRST}, among all gaps", "0–1", ours, better, target),
            Measure(f"hit@{FIRST}, among missing steps", "0–1", missing, better, target),
            Measure(f"hit@{FIRST}, among missing steps, feasibility alone", "0–1", related, better),
        ],
    )


def hidden_again(snapshot: Snapshot, seed: int) -> Found:
    """Hide a tenth of what towns make of their chains, and see what comes back."""
    chance = np.random.default_rng(seed)
    pairs = _pairs(snapshot)
    chosen = [pairs[n] for n in chance.permutation(len(pairs))[: max(1, round(len(pairs) * HIDDEN))].tolist()]
    without = without_makers(snapshot, chosen)
    towns = snapshot.nodes["Town"]["id"].tolist()
    answers = {town: gaps(without, town, as_of=YEAR, first=MOST) for town in towns}
    missing = {town: _missing(found) for town, found in answers.items()}
    alone = partial(gaps, value_weight=0.0, criticality_weight=0.0)
    asked = {town for town, _ in chosen}
    related = {town: _missing(alone(without, town, as_of=YEAR, first=MOST)) for town in asked}
    commonness = Counter(product for products in missing.values() for product in products)
    hits = np.zeros(5)
    for town, product in chosen:
        rows = answers[town].rows[:FIRST]
        common = sorted(missing[town], key=lambda p: (-commonness[p], p))
        required = [
            row.product for row in answers[town].rows if row.state is GapState.MISSING and row.required
        ]
        hits += (
            product in {row.product for row in rows},
            product in missing[town][:FIRST],
            product in related[town][:FIRST],
            product in common[:FIRST],
            min(1.0, FIRST / len(required)) if product in required else 0.0,
        )
    return Found(len(chosen), *(hits / len(chosen)).tolist())


def _missing(found: Gaps) -> list[int]:
    return [row.product for row in found.rows if row.state is GapState.MISSING and row.in_chain]


def _pairs(snapshot: Snapshot) -> list[Pair]:
    """List what towns make of the chains they follow."""
    makes, products = makers(snapshot, YEAR), snapshot.nodes["Product"]
    found = list[Pair]()
    for place, town in enumerate(snapshot.nodes["Town"]["id"].tolist()):
        local = local_to(snapshot, place, YEAR)[makes.organisation]
        chains = other_ends(snapshot, "start", snapshot.row_of(town), YEAR)
        steps = steps_of(snapshot, chains, YEAR)
        made = (np.unique(makes.product[local]) + products.first).tolist()
        found += [(town, product) for product in made if product in steps]
    return found


def without_makers(snapshot: Snapshot, pairs: Sequence[Pair]) -> Snapshot:
    """Leave out who makes the hidden products in their towns, and what they sell of them."""
    makes, supplies = snapshot.relations["MAKES"], snapshot.relations["SUPPLIES"]
    gone, unsold = np.zeros(len(makes), np.bool_), np.zeros(len(supplies), np.bool_)
    first = snapshot.nodes["Organisation"].first
    for town, product in pairs:
        local = local_to(snapshot, snapshot.row_of(town) - snapshot.nodes["Town"].first, YEAR)
        gone |= (makes.end == product) & local[makes.start - first]
        unsold |= (supplies["product"] == product) & local[supplies.start - first]
    relations = {**snapshot.relations, "MAKES": _kept(makes, ~gone), "SUPPLIES": _kept(supplies, ~unsold)}
    return Snapshot(snapshot.nodes, relations, snapshot.index, snapshot.dangling, newest_year=YEAR)


def _kept(table: EdgeTable, kept: Array) -> EdgeTable:
    return EdgeTable(table.kind, int(kept.sum()), {name: array[kept] for name, array in table.arrays.items()})
