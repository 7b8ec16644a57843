"""Back-test of 延链: the local makers of a downstream product are hidden, and it is looked for a year before.

A downstream product of a town is one that its own make a main input of (`queries.gaps`), and that somebody
local makes. Of each in turn all local makers are hidden with what they sell of it, so that nobody local makes
it yet, and the year before is asked what to extend into. Baselines draw from the same list: a random order
(its expectation), and what most other towns of the province make. No graph here says since when somebody
makes something, so the first maker of a product is not seen coming: its trade with the town of today is what
gives it its rank, and the question is whether a town that stood here a year ago would have been told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.hidden_makers import FIRST, Pair, without_makers
from benchmarks.province import YEAR
from benchmarks.tables import Measure, Report
from graph.snapshot.economy import own_to
from graph.snapshot.makers import makers
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from queries.gaps.gaps import MOST, gaps
from queries.gaps.product_links import inputs_of, main_inputs
from queries.gaps.terms import GapAction

BEFORE = YEAR - 1
Z = 1.96
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Where one hidden product came back."""

    rank: int | None
    """Among the products to extend into; None: it is none of them."""
    listed: int
    common: int | None
    """Its rank when what most other towns make comes first."""
    otherwise: str
    """What is said of it instead: the action, or that it is no gap."""


def extend_test(name: str, snapshot: Snapshot, *, most: int, seed: int = 0) -> Report:
    """Hide one product at a time, and look for it in the year before."""
    pairs = downstream_pairs(snapshot)
    chance = np.random.default_rng(seed)
    chosen = [pairs[n] for n in sorted(chance.permutation(len(pairs))[:most].tolist())]
    found = [_looked(snapshot, pair) for pair in chosen]
    listed = [one for one in found if one.rank is not None]
    told = f"{len(chosen)} of {len(pairs)} downstream products hidden one by one, {len(listed)} back as 延链"
    others = [one.otherwise for one in found if one.rank is None]
    told += "".join(f", {others.count(word)} as {word}" for word in sorted({*others}))
    return Report(name, told, [*_hits(found, "of all hidden"), *_ranks(listed)])


def downstream_pairs(snapshot: Snapshot) -> list[Pair]:
    """List what somebody local makes, and the town's own make a main input of."""
    makes, products = makers(snapshot, BEFORE), snapshot.nodes["Product"]
    links = inputs_of(snapshot, BEFORE)
    main = main_inputs(snapshot, BEFORE)
    starts, ends = links.start[main], links.end[main]
    found = list[Pair]()
    for place, town in enumerate(snapshot.nodes["Town"]["id"].tolist()):
        made = np.zeros(len(products), np.bool_)
        local = made.copy()
        made[makes.product[own_to(snapshot, place, BEFORE)[makes.organisation]]] = True
        local[makes.product[local_to(snapshot, place, BEFORE)[makes.organisation]]] = True
        ahead = np.unique(ends[made[starts] & (starts != ends)])
        found += [(town, int(product) + products.first) for product in ahead if local[product]]
    return found


def _looked(snapshot: Snapshot, pair: Pair) -> Looked:
    town, product = pair
    without = without_makers(snapshot, [pair])
    answer = gaps(without, town, as_of=BEFORE, action=GapAction.EXTEND, first=MOST)
    rows = [int(row.product) for row in answer.rows]
    if product in rows:
        return Looked(rows.index(product) + 1, len(rows), _common(without, rows).index(product) + 1, "")
    every = gaps(without, town, as_of=BEFORE, first=MOST).rows
    said = next(
        (row.action.value if row.action else row.state.value for row in every if row.product == product),
        "no gap",
    )
    return Looked(None, len(rows), None, said)


def _common(snapshot: Snapshot, products: Sequence[int]) -> list[int]:
    """Order products by how many towns make them, the most first."""
    makes, first = makers(snapshot, BEFORE), snapshot.nodes["Product"].first
    count = dict.fromkeys(products, 0)
    for place in range(len(snapshot.nodes["Town"])):
        made = {
            int(one) + first for one in makes.product[local_to(snapshot, place, BEFORE)[makes.organisation]]
        }
        for product in made & {*products}:
            count[product] += 1
    return sorted(products, key=lambda one: (-count[one], one))


def _hits(found: Sequence[Looked], words: str) -> list[Measure]:
    """Share that came back among the first, beside the better baseline; what is not listed is a miss."""
    n = max(len(found), 1)
    ours = sum(one.rank is not None and one.rank <= FIRST for one in found) / n
    common = sum(one.common is not None and one.common <= FIRST for one in found) / n
    chance = sum(min(1.0, FIRST / one.listed) for one in found if one.rank is not None) / n
    low, high = _interval(ours, n)
    return [
        Measure(f"hit@{FIRST} {words} ({low:.2f}–{high:.2f}); baseline: most common", "0–1", ours, common),
        Measure(f"hit@{FIRST} {words}; baseline: random order", "0–1", ours, chance),
    ]


def _ranks(listed: Sequence[Looked]) -> list[Measure]:
    """Where those listed stand: the rank as a part of the list, 0 first, 1 last; 0.5 is chance."""
    if not listed:
        return []
    part = [(one.rank - 1) / (one.listed - 1) for one in listed if one.rank and one.listed > 1]
    rank = median(one.rank for one in listed if one.rank)
    common = median(one.common for one in listed if one.common)
    return [
        Measure("median rank of those listed; baseline: most common", "rank", rank, common),
        Measure(
            f"mean place in lists of two or more ({len(part)})",
            "0 first – 1 last",
            float(np.mean(part)) if part else 0.0,
            0.5,
        ),
    ]


def _interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    middle = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    half = Z * np.sqrt(share * (1 - share) / count + Z**2 / (4 * count**2)) / (1 + Z**2 / count)
    return max(0.0, middle - float(half)), min(1.0, middle + float(half))
