"""A small made-up province as plain candidates and matches read it, and how long these take."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.province import YEAR, province
from benchmarks.snapshot import timed
from benchmarks.tables import Measure
from graph.kinds.metrics import Metric
from graph.kinds.terms import Proximity
from graph.snapshot.claims import Measure as Figure
from graph.snapshot.claims import figures
from graph.snapshot.economy import own_organisations
from graph.snapshot.regions import members
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import alive, newest, valid_in
from queries.gaps.product_links import inputs_of, main_inputs
from queries.links import known
from queries.similarity.relatedness import CLOSE
from queries.sourcing.candidates import candidates
from queries.sourcing.matches import MOST, matches
from queries.sourcing.parts import TOWN

TESTS = Path(__file__).parents[1] / "tests"
SCALE = 0.01
ASKED = 2

type Amounts[*K] = dict[tuple[*K], float | None]


@dataclass(frozen=True, slots=True)
class World:
    """What is true in the year, by ids; see the plain versions."""

    firms: list[str]
    where: dict[str, str]
    member: dict[str, str]
    agencies: frozenset[str]
    closed: set[str]
    makes: dict[tuple[str, str], tuple[float | None, float | None]]
    sold: Amounts[str, str, str]
    needs: Amounts[str, str, Proximity]
    owns: set[tuple[str, str]]
    allied: set[tuple[str, str]]
    holds: dict[tuple[str, int], bool]
    """(firm, rank): the made-up qualifications have none."""
    revenue: dict[str, float]
    classes: dict[str, str]
    """The class (4 digits of GB/T 4754) of a product, where one is known."""
    inputs: set[tuple[str, str]]
    """Main inputs, and what they go into, as `queries.gaps` has them: its own plain version holds them."""
    own: dict[str, list[str]]
    """Whose own an organisation is: by industry, chain and trade too, which plain versions leave to gaps."""


def beside_plain() -> Iterable[Measure]:
    """Hold some questions about a small province against the plain versions, which must answer the same."""
    made = province(SCALE)
    world, homes = _world(made), _homes(made)
    towns = [made.id_of(row) for row in made.nodes["Town"].rows][:ASKED]
    goods = [
        id_ for id_ in made.nodes["Product"]["id"].tolist() if any(good == id_ for _, good in world.makes)
    ]
    for name, fast, slow in (
        (
            "candidates",
            partial(_candidates, made, goods[0]),
            partial(_plain_candidates, world, goods[0], homes),
        ),
        ("matches", partial(_matches, made), partial(_plain_matches, world, homes, goods)),
    ):
        fast(towns[0])
        times = [_both(partial(fast, town), partial(slow, town)) for town in towns]
        words = f"{name}, {len(world.firms):,} organisations, warm; baseline: plain Python, {ASKED} towns"
        yield Measure(words, "ms", *(mean(side) * 1e3 for side in zip(*times, strict=True)))


def _both(fast: Callable[[], object], slow: Callable[[], object]) -> tuple[float, float]:
    (found, seconds), (expected, longer) = timed(fast, 3), timed(slow)
    if found != expected:
        raise AssertionError(f"the plain version answers otherwise: {expected}, not {found}")
    return seconds, longer


def oracle(name: str) -> Any:
    """Import a plain version; our folder of tests comes before an installed package of that name."""
    folder = ModuleType("tests")
    folder.__path__ = [str(TESTS)]
    sys.modules["tests"] = folder
    return import_module(f"tests.oracles.{name}")


def _candidates(snapshot: Snapshot, product: str, town: str) -> object:
    found = candidates(snapshot, town, product=product, as_of=YEAR, first=200)
    groups = (found.local, found.convertible, found.rows)
    return [{snapshot.id_of(row.row) for row in rows} for rows in groups]


def _plain_candidates(world: World, product: str, homes: dict[str, str], town: str) -> object:
    rows = oracle("candidates").candidates(world, town, product, homes, [*TOWN.values()], CLOSE)
    local, groups = oracle("world").local, ([], [], [])
    for firm, evidence, *_ in rows:
        groups[0 if evidence[0] == "LOCAL" else 1 if local(world, firm, town, homes) else 2].append(firm)
    return [set(firms[:200]) for firms in groups]


def _matches(snapshot: Snapshot, town: str) -> object:
    found = matches(snapshot, town, as_of=YEAR, first=MOST)
    return {tuple(map(snapshot.id_of, (one.buyer, one.seller, one.product))) for one in found.rows}


def _plain_matches(world: World, homes: dict[str, str], goods: list[str], town: str) -> object:
    match = oracle("matches").match
    pairs = [pair for other in homes if other != town for pair in ((town, other), (other, town))]
    return {(*pair, good) for pair in pairs for good in goods if match(world, *pair, good, homes)}


def _world(snapshot: Snapshot) -> World:
    table, id_of = snapshot.nodes["Organisation"], snapshot.id_of
    firms, base = table["id"].tolist(), table.first
    gone = np.flatnonzero(~alive(table, YEAR)).tolist()
    stated = figures(snapshot, Figure(Metric.REVENUE), YEAR)
    who, towns = (side.tolist() for side in members(snapshot, YEAR))
    return World(
        firms=firms,
        where={id_of(s): id_of(e).removeprefix("region:") for s, e in _ends(snapshot, "LOCATED_IN")},
        member={firms[f]: id_of(t + snapshot.nodes["Town"].first) for f, t in zip(who, towns, strict=True)},
        agencies=frozenset(),
        closed={firms[place] for place in gone},
        makes={(id_of(s), id_of(e)): (None, None) for s, e in _ends(snapshot, "MAKES")},
        sold=_sold(snapshot),
        needs=_needs(snapshot),
        owns={(id_of(s), id_of(e)) for s, e in _ends(snapshot, "OWNS")},
        allied={(id_of(s), id_of(e)) for s, e in _ends(snapshot, "ALLIED_WITH")},
        holds={},
        revenue={
            firms[row - base]: value
            for row, value in zip(stated.subject.tolist(), stated.value.tolist(), strict=True)
            if base <= row < base + len(firms)
        },
        classes={id_of(s): id_of(e).removeprefix("industry:") for s, e in _ends(snapshot, "CLASSIFIED_AS")},
        inputs=_main(snapshot),
        own=_own(snapshot),
    )


def _homes(snapshot: Snapshot) -> dict[str, str]:
    ends = _ends(snapshot, "LIES_IN")
    return {snapshot.id_of(town): snapshot.id_of(region).removeprefix("region:") for town, region in ends}


def _ends(snapshot: Snapshot, label: str) -> list[tuple[int, int]]:
    """List the ends of the relations that hold in the year."""
    edges = snapshot.relations[label]
    if label == "MAKES":
        places, begins = newest(snapshot, label, YEAR)
        chosen = places[begins]
    else:
        chosen = np.flatnonzero(valid_in(edges, YEAR))
    return list(zip(edges.start[chosen].tolist(), edges.end[chosen].tolist(), strict=True))


def _own(snapshot: Snapshot) -> dict[str, list[str]]:
    firms, towns = (snapshot.nodes[label]["id"].tolist() for label in ("Organisation", "Town"))
    all_, found = own_organisations(snapshot, YEAR), defaultdict[str, list[str]](list)
    for firm, town in zip(all_.organisation.tolist(), all_.town.tolist(), strict=True):
        found[firms[firm]].append(towns[town])
    return found


def _main(snapshot: Snapshot) -> set[tuple[str, str]]:
    inputs, main, table = inputs_of(snapshot, YEAR), main_inputs(snapshot, YEAR), snapshot.nodes["Product"]
    ends = (table["id"][side[main]].tolist() for side in (inputs.start, inputs.end))
    return set(zip(*ends, strict=True))


def _sold(snapshot: Snapshot) -> Amounts[str, str, str]:
    edges, (places, begins) = snapshot.relations["SUPPLIES"], newest(snapshot, "SUPPLIES", YEAR)
    chosen = places[begins]
    sides = (edges.start, edges.end, edges["product"])
    keys = zip(*(map(snapshot.id_of, side[chosen].tolist()) for side in sides), strict=True)
    return dict(zip(keys, map(known, edges["value"][chosen].tolist()), strict=True))


def _needs(snapshot: Snapshot) -> Amounts[str, str, Proximity]:
    edges, terms = snapshot.relations["NEEDS"], list(Proximity)
    ends = zip(map(snapshot.id_of, edges.start), map(snapshot.id_of, edges.end), strict=True)
    origins = (terms[place] for place in edges["origin"].tolist() if place != MISSING)
    keys = ((buyer, good, origin) for (buyer, good), origin in zip(ends, origins, strict=True))
    return dict(zip(keys, map(known, edges["value"].tolist()), strict=True))
