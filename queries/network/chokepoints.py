"""Choke points: whose failure alone, or together with which few others, cuts an organisation off its supply.

Supply is followed from the makers of a material, or from all organisations without known suppliers, over
links of any product. Dominators after Lengauer and Tarjan (1979), least cuts and disjoint paths after Menger
(1927), articulation firms and bridges after Hopcroft and Tarjan (1973).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.kernels.disjoint import minimum_cut
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.linkage.single_sources import Sourcing, bought_by, coverage_of, sourcing, within_bounds
from queries.network.articulation import Articulation, Bridge, articulation
from queries.network.dominance import Dominance, dominance
from queries.network.partners import Partners, among, organisation, partners, tiers_upstream

FORMULA = Formula(
    "dominators-menger",
    "咽喉环节",
    1,
    "依据已登记的供应关系；未登记的供应商会使“单一来源”偏多。",
    {"links": "ANY_PRODUCT"},
)


@result("单点：已知的供应路径都经过的主体")
@dataclass(frozen=True, slots=True)
class Chokepoint:
    """An organisation that every known supply path passes."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    tier: Annotated[int, "到所问主体最少经几笔供应"]
    source: Annotated[bool, "它自身是否源头：该材料的生产者，或无已知供应商者"]
    dependants: Annotated[int, "全部主体中离开它便得不到源头供应者的个数"]


@result("供应的瓶颈：unknown 只涉及供应路径（dominators、minimumCut、disjointPaths、sources），其余照答")
@dataclass(frozen=True, slots=True)
class Chokepoints(Answer):
    """What the supply of an organisation hangs on; lists are as long as asked for, their counts are whole."""

    dominators: Annotated[Sequence[Chokepoint], "单点：由所问主体向外，每一条已知供应路径都经过"]
    dominator_count: Annotated[int | None, "单点总数；空为不详"]
    minimum_cut: Annotated[
        Sequence[NodeIndex],
        Organisation,
        "最小割：失去这最少几家，源头的供应便全断；取最靠近所问主体的一组",
    ]
    disjoint_paths: Annotated[int | None, "互不相交的供应路径数，等于最小割的家数（Menger）；空为不详"]
    sources: Annotated[int | None, "供应能到达的源头数；空为不详"]
    upstream: Annotated[int, "上游主体总数（不论产品）"]
    inputs: Annotated[Sequence[Sourcing], "采购的产品：单一来源者在前"]
    input_count: Annotated[int, "采购的产品总数"]
    single_sourced: Annotated[int, "其中单一来源者"]
    articulations: Annotated[Sequence[Articulation], "割点：上游网络不计方向，断开多者在前"]
    articulation_count: Annotated[int, "割点总数"]
    bridges: Annotated[Sequence[Bridge], "桥：上游网络不计方向，断开多者在前"]
    bridge_count: Annotated[int, "桥的总数"]


@dataclass(frozen=True, slots=True)
class _Paths:
    """What the supply paths to it have in common."""

    dominators: Ints
    cut: Ints
    sources: int
    tree: Dominance


def chokepoints(
    snapshot: Snapshot, id: str, *, as_of: int, material: str | None = None, first: int = 20
) -> Chokepoints:
    """Find what the supply of an organisation hangs on: of one raw material, or of all that is known.

    Every link counts, measured or not. `first` is how many of each list are shown.
    """
    within_bounds(first)
    linked, target = partners(snapshot, as_of), organisation(snapshot, id)
    tier = tiers_upstream(linked, target)
    found, unknown = _paths(snapshot, linked, tier, as_of, material)
    checkpoint()
    inputs = sourcing(snapshot, as_of, _only(len(linked), target))
    articulations, bridges = articulation(linked, tier)
    coverage = coverage_of(snapshot, as_of, _only(len(linked), target))
    method = FORMULA.method(
        snapshot,
        as_of,
        coverage=coverage,
        used=lambda: (
            among(snapshot, as_of, tier >= 0) | bought_by(snapshot, as_of, _only(len(linked), target))
        ),
        material=material,
        first=first,
    )
    return Chokepoints(
        dominators=_dominators(linked, tier, found, first),
        dominator_count=len(found.dominators) if found else None,
        minimum_cut=(found.cut + linked.first).tolist()[:first] if found else [],
        disjoint_paths=len(found.cut) if found else None,
        sources=found.sources if found else None,
        upstream=int((tier > 0).sum()),
        inputs=inputs[:first],
        input_count=len(inputs),
        single_sourced=sum(found.single for found in inputs),
        articulations=articulations[:first],
        articulation_count=len(articulations),
        bridges=bridges[:first],
        bridge_count=len(bridges),
        method=method,
        unknown_reason=unknown,
    )


def _only(count: int, place: int) -> Mask:
    mask = np.zeros(count, np.bool_)
    mask[place] = True
    return mask


def _paths(
    snapshot: Snapshot, linked: Partners, tier: Ints, as_of: int, material: str | None
) -> tuple[_Paths | None, str | None]:
    """Find what all supply paths have in common; or say why there are none."""
    target = int(np.flatnonzero(tier == 0)[0])
    key = ("dominance", as_of, material)
    sources = _sources(snapshot, linked, as_of, material)
    if (unknown := _cut_off(snapshot, linked, tier, sources, material)) is not None:
        return None, unknown
    tree = snapshot.remember(key, lambda: dominance(linked, sources))
    dominators = tree.of(target)
    cut = dominators[:1]
    if not len(cut):
        cut = minimum_cut(linked.suppliers.indptr, linked.suppliers.indices, sources, target)
    return _Paths(dominators, cut, int((tier[sources] >= 0).sum()), tree), None


def _sources(snapshot: Snapshot, linked: Partners, as_of: int, material: str | None) -> Ints:
    """List where the supply begins: the makers of a material, or all who have no known supplier."""
    living = alive(snapshot.nodes["Organisation"], as_of)
    if material is None:
        begins = (linked.suppliers.degree() == 0) & (linked.customers.degree() > 0)
        return np.flatnonzero(begins & living).astype(np.int32)
    product = row_of_kind(snapshot, material, "Product", argument="material")
    return makers(snapshot, as_of).of(product - snapshot.nodes["Product"].first)


def _cut_off(
    snapshot: Snapshot, linked: Partners, tier: Ints, sources: Ints, material: str | None
) -> str | None:
    """Say why there are no supply paths to look at; None: there are some."""
    target = int(np.flatnonzero(tier == 0)[0])
    name = snapshot.name_of(target + linked.first)
    good = "" if material is None else snapshot.name_of(snapshot.row_of(material))
    if not linked.suppliers.degree()[target]:
        return f"{name}没有已登记的供应商，无从判断"
    if material is not None and not len(sources):
        return f"没有已登记的{good}生产者，无从判断"
    if target in sources:
        return f"{name}自己就生产{good}，不依赖他人供应"
    if not (tier[sources] >= 0).any():
        return f"{name}与任何{good}生产者之间没有已登记的供应路径" if good else _circular(name)
    return None


def _circular(name: str) -> str:
    return f"{name}的上游互相循环供货，没有一家是源头（无已登记供应商者）；请给出 material"


def _dominators(linked: Partners, tier: Ints, found: _Paths | None, first: int) -> list[Chokepoint]:
    if found is None:
        return []
    places = found.dominators[:first]
    sources = np.isin(places, found.tree.sources).tolist()
    arrays = (places + linked.first).tolist(), tier[places].tolist()
    dependants = found.tree.dependants[places].tolist()
    return list(starmap(Chokepoint, zip(*arrays, sources, dependants, strict=True)))
