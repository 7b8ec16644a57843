"""Chain map: the steps of a town's reference chain, who makes them and how near, and what goes into what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Chain, Product, Town
from graph.kinds.results import As, result
from graph.kinds.terms import Proximity, Stage
from graph.snapshot.index import NodeIndex
from graph.snapshot.proximity import CODE, Codes, to_regions
from graph.snapshot.regions import locals_of, locations, regions_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in
from queries.gaps.chain_steps import Steps, other_ends, steps_of
from queries.gaps.state import Thresholds, assess
from queries.gaps.supply import MakersAt, makers_at
from queries.gaps.terms import GapReason, GapState


@result("某一专业镇的生产者")
@dataclass(frozen=True, slots=True)
class MakersIn:
    """The makers of a product that are local to a town."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    makers: Sequence[NodeIndex]
    """In the order of ids."""

    @property
    def count(self) -> Annotated[int, "家数"]:
        """How many they are."""
        return len(self.makers)


@result("产业链图上的一个环节", "ChainMapStep")
@dataclass(frozen=True, slots=True)
class Step:
    """One product of the chain, and who makes it; makers in the order of ids."""

    product: Annotated[NodeIndex, Product, "产品或环节"]
    stage: Annotated[Stage | None, "产业链位置"]
    required: Annotated[bool | None, "是否必备环节"]
    makers: Annotated[Sequence[MakersAt], "生产者，按离本镇的远近"]
    makers_by_town: Annotated[Sequence[MakersIn], "生产者，按所在专业镇"]
    """For a chain alone: one can be local to several."""
    state: Annotated[
        GapState | None, "对本镇而言的状态；空为可选环节而本地无人从事、无人采购，或不就某镇而言"
    ] = None
    reasons: Annotated[Sequence[GapReason], "理由，同 gaps"] = ()


@result("环节间的投入关系", "ChainMapInput")
@dataclass(frozen=True, slots=True)
class Input:
    """A product of the chain that goes into another of it."""

    start: Annotated[NodeIndex, Product, "投入品", As("product")]
    end: Annotated[NodeIndex, Product, "用于", As("used_in")]
    essential: Annotated[bool | None, "是否不可缺少"]


@result("产业链图：环节、投入关系、各地的生产者")
@dataclass(frozen=True, slots=True)
class ChainMap:
    """The steps of one or more chains, ordered by stage and id, and the inputs among them."""

    town: Annotated[NodeIndex | None, Town, "所对照的专业镇；空为不就某镇而言"]
    chains: Annotated[Sequence[NodeIndex], Chain, "参考产业链"]
    steps: Annotated[Sequence[Step], "环节"]
    inputs: Annotated[Sequence[Input], "投入关系"]
    as_of: Annotated[int, "所答年份"]


def chain_map(snapshot: Snapshot, id: str, *, as_of: int) -> ChainMap:
    """Map the chains that a town follows, or one chain, in a year.

    For a chain the makers are told apart as PROVINCE (the provinces where its towns, or without any all
    towns, lie), COUNTRY, ABROAD and UNKNOWN. A step that stands in several chains of a town is shown once:
    its first stage, and required when any of them requires it. State and reasons are those of `gaps`, with
    the thresholds left as they are.
    """
    row = snapshot.row_of(id)
    label = snapshot.kind_of(row).label
    if label not in {"Town", "Chain"}:
        raise BadInput(f"{id} 既不是专业镇也不是参考产业链", "id")
    town = row if label == "Town" else None
    chains = [row] if town is None else other_ends(snapshot, "start", row, as_of)
    products = steps_of(snapshot, chains, as_of)
    steps = (
        _of_chain(snapshot, row, products, as_of)
        if town is None
        else _of_town(snapshot, row, products, as_of)
    )
    return ChainMap(town, chains, steps, _inputs(snapshot, list(products), as_of), as_of)


def _of_chain(snapshot: Snapshot, chain: int, products: Steps, year: int) -> list[Step]:
    """Draw the steps of a chain by itself."""
    towns = other_ends(snapshot, "end", chain, year) or list(snapshot.nodes["Town"].rows)
    near = _from_province(snapshot, towns, year)
    local = _local_towns(snapshot, year)
    makers = {product: _grouped(snapshot, product, near, year) for product in products}
    return [
        Step(product, stage, required, makers[product], _by_town(makers[product], local))
        for product, (stage, required) in products.items()
    ]


def _from_province(snapshot: Snapshot, towns: Sequence[int], year: int) -> Codes:
    """Proximity of every organisation to the provinces of some towns (global rows): none is nearer."""
    first = snapshot.nodes["Town"].first
    regions = [regions_of(snapshot, town - first, year) for town in towns]
    homes = np.concatenate([*regions, np.zeros(0, np.int32)]).astype(np.int32)
    found = to_regions(snapshot, homes, year).farthest[locations(snapshot, year)]
    return np.maximum(found, CODE[Proximity.PROVINCE])


def _of_town(snapshot: Snapshot, town: int, products: Steps, year: int) -> list[Step]:
    """Draw the steps of a town's chains, with the state that the gap finder tells."""
    found, first = assess(snapshot, town, year, Thresholds()), snapshot.nodes["Product"].first
    return [
        Step(
            product,
            stage,
            required,
            _grouped(snapshot, product, found.near.farthest, year),
            (),
            found.state_at(product - first),
            found.reasons_at(product - first),
        )
        for product, (stage, required) in products.items()
    ]


def _grouped(snapshot: Snapshot, product: int, near: Codes, year: int) -> list[MakersAt]:
    return makers_at(snapshot, near, product - snapshot.nodes["Product"].first, year)


def _local_towns(snapshot: Snapshot, year: int) -> dict[NodeIndex, list[NodeIndex]]:
    """Map organisations to the towns they are local to."""
    first, base = snapshot.nodes["Organisation"].first, snapshot.nodes["Town"].first
    local: dict[NodeIndex, list[NodeIndex]] = defaultdict(list)
    for organisation, town in zip(*(a.tolist() for a in locals_of(snapshot, year)), strict=True):
        local[NodeIndex(organisation + first)].append(NodeIndex(town + base))
    return local


def _by_town(makers: Sequence[MakersAt], local: Mapping[NodeIndex, Sequence[NodeIndex]]) -> list[MakersIn]:
    towns: dict[NodeIndex, list[NodeIndex]] = defaultdict(list)
    for maker in sorted(row for some in makers for row in some.makers):
        for town in local.get(maker, []):
            towns[town].append(maker)
    return [MakersIn(town, rows) for town, rows in sorted(towns.items())]


def _inputs(snapshot: Snapshot, products: list[NodeIndex], year: int) -> list[Input]:
    edges = snapshot.relations["INPUT_OF"]
    inside = valid_in(edges, year) & np.isin(edges.start, products) & np.isin(edges.end, products)
    known = {-1: None, 0: False, 1: True}
    return [
        Input(NodeIndex(int(edges.start[p])), NodeIndex(int(edges.end[p])), known[int(edges["essential"][p])])
        for p in np.flatnonzero(inside).tolist()
    ]
