"""Chain map: the steps of a town's reference chain, who makes them and how near, and what goes into what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.errors import BadInput
from graph.kinds.terms import RegionLevel, Stage, Term
from graph.places import at_level, local_to, locals_of, locations, regions_of
from graph.snapshot import Snapshot
from graph.years import newest, valid_in


class Nearness(Term):
    """生产者离专业镇的远近"""  # noqa: D400, D415 - GraphQL shows it

    TOWN = "TOWN", "本镇（位于镇所在区划，或为本镇主体）"
    COUNTY = "COUNTY", "本县"
    CITY = "CITY", "本市"
    PROVINCE = "PROVINCE", "本省"
    ELSEWHERE = "ELSEWHERE", "省外"
    UNKNOWN = "UNKNOWN", "所在地不详"


ORDER = {word: place for place, word in enumerate(Nearness)}
LEVELS = (
    (RegionLevel.PROVINCE, Nearness.PROVINCE),
    (RegionLevel.CITY, Nearness.CITY),
    (RegionLevel.COUNTY, Nearness.COUNTY),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One product of the chain, and who makes it; makers are global rows, ordered by id."""

    product: int
    stage: Stage | None
    required: bool | None
    makers: Mapping[Nearness, tuple[int, ...]]
    """Each maker once, under the nearest word that fits it; every word is there."""
    makers_by_town: Mapping[int, tuple[int, ...]]
    """For a chain alone: the makers local to each town; one can be local to several."""


@dataclass(frozen=True, slots=True)
class Input:
    """A product of the chain that goes into another of it."""

    start: int
    end: int
    essential: bool | None


@dataclass(frozen=True, slots=True)
class ChainMap:
    """The steps of one or more chains, ordered by stage and id, and the inputs among them."""

    town: int | None
    chains: Sequence[int]
    steps: Sequence[Step]
    inputs: Sequence[Input]
    as_of: int


def chain_map(snapshot: Snapshot, id: str, *, as_of: int) -> ChainMap:
    """Map the chains that a town follows, or one chain, in a year.

    For a chain the makers are told apart as PROVINCE (the provinces where its towns, or without any all
    towns, lie), ELSEWHERE and UNKNOWN. A step that stands in several chains of a town is shown once: its
    first stage, and required when any of them requires it.
    """
    row = snapshot.row_of(id)
    label = snapshot.kind_of(row).label
    if label not in {"Town", "Chain"}:
        raise BadInput(f"{id} 既不是专业镇也不是参考产业链", "id")
    town = row if label == "Town" else None
    chains = [row] if town is None else _other_ends(snapshot, "start", row, as_of)
    towns = _other_ends(snapshot, "end", row, as_of) if town is None else [row]
    near = _nearness(snapshot, towns or list(snapshot.nodes["Town"].rows), as_of, in_town=town is not None)
    makers = _makers(snapshot, as_of)
    local = _local_towns(snapshot, as_of) if town is None else {}
    products = _steps(snapshot, chains, as_of)
    steps = [
        Step(product, stage, required, _grouped(makers[product], near), _by_town(makers[product], local))
        for product, (stage, required) in products.items()
    ]
    return ChainMap(town, chains, steps, _inputs(snapshot, list(products), as_of), as_of)


def _other_ends(snapshot: Snapshot, side: Literal["start", "end"], row: int, year: int) -> list[int]:
    """List the chains that a town follows, or the towns that follow a chain."""
    follows = snapshot.relations["FOLLOWS"]
    here, there = (follows.start, follows.end) if side == "start" else (follows.end, follows.start)
    return np.unique(there[valid_in(follows, year) & (here == row)]).tolist()


def _steps(snapshot: Snapshot, chains: list[int], year: int) -> dict[int, tuple[Stage | None, bool | None]]:
    """Map each product of the chains to its stage and whether it is required, ordered by stage and id."""
    edges = snapshot.relations["STEP_OF"]
    found: dict[int, tuple[int, int]] = {}
    for place in np.flatnonzero(valid_in(edges, year) & np.isin(edges.end, chains)).tolist():
        product, stage = int(edges.start[place]), int(edges["stage"][place])
        before = found.get(product, (len(Stage), -1))
        found[product] = (
            min(before[0], stage % (len(Stage) + 1)),
            max(before[1], int(edges["required"][place])),
        )
    stages: list[Stage | None] = [*Stage, None]
    ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
    return {p: (stages[stage], None if required < 0 else bool(required)) for p, (stage, required) in ordered}


def _makers(snapshot: Snapshot, year: int) -> dict[int, list[int]]:
    """Map each product to those who make it in the year."""
    edges = snapshot.relations["MAKES"]
    places, begins = newest(snapshot, "MAKES", year)
    makers: dict[int, list[int]] = defaultdict(list)
    for place in places[begins].tolist():
        makers[int(edges.end[place])].append(int(edges.start[place]))
    return makers


def _nearness(snapshot: Snapshot, towns: list[int], year: int, *, in_town: bool) -> dict[int, Nearness]:
    """Map every organisation to how near it is to the towns: the nearest word that fits."""
    first, where = snapshot.nodes["Town"].first, locations(snapshot, year)
    regions = np.concatenate([regions_of(snapshot, row - first, year) for row in towns] or [where[:0]])
    near = np.where(where >= 0, ORDER[Nearness.ELSEWHERE], ORDER[Nearness.UNKNOWN])
    for level, word in LEVELS if in_town else LEVELS[:1]:
        above = np.append(at_level(snapshot, level, year), np.int32(-1))
        home = above[regions]
        near[np.isin(above[where], home[home >= 0])] = ORDER[word]
    if in_town:
        near[local_to(snapshot, towns[0] - first, year)] = ORDER[Nearness.TOWN]
    words = list(Nearness)
    return {row: words[n] for row, n in zip(snapshot.nodes["Organisation"].rows, near.tolist(), strict=True)}


def _grouped(makers: list[int], near: Mapping[int, Nearness]) -> dict[Nearness, tuple[int, ...]]:
    return {word: tuple(row for row in makers if near[row] is word) for word in Nearness}


def _local_towns(snapshot: Snapshot, year: int) -> dict[int, list[int]]:
    """Map organisations to the towns they are local to."""
    first, base = snapshot.nodes["Organisation"].first, snapshot.nodes["Town"].first
    local: dict[int, list[int]] = defaultdict(list)
    for organisation, town in zip(*(a.tolist() for a in locals_of(snapshot, year)), strict=True):
        local[organisation + first].append(town + base)
    return local


def _by_town(makers: list[int], local: Mapping[int, list[int]]) -> dict[int, tuple[int, ...]]:
    towns: dict[int, list[int]] = defaultdict(list)
    for maker in makers:
        for town in local.get(maker, []):
            towns[town].append(maker)
    return {town: tuple(rows) for town, rows in sorted(towns.items())}


def _inputs(snapshot: Snapshot, products: list[int], year: int) -> list[Input]:
    edges = snapshot.relations["INPUT_OF"]
    inside = valid_in(edges, year) & np.isin(edges.start, products) & np.isin(edges.end, products)
    known = {-1: None, 0: False, 1: True}
    return [
        Input(int(edges.start[p]), int(edges.end[p]), known[int(edges["essential"][p])])
        for p in np.flatnonzero(inside).tolist()
    ]
