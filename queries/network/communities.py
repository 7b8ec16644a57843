"""Communities: organisations that trade more with each other than with the rest, across towns.

Louvain's method (Blondel and others 2008) on the supply of a year, by the modularity of directed graphs
(Leicht and Newman 2008): a link counts for a community as far as it exceeds what its seller sells and its
buyer buys would lead one to expect. `nx.community.louvain_communities(supply_graph(snapshot, as_of),
weight="value", seed=seed)` finds the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.results import result
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation, Answer, Coverage, Formula
from queries.levels import UNASSIGNED, groups, in_scope
from queries.links import known
from queries.network.graphs import supply_graph
from queries.network.partners import among

if TYPE_CHECKING:
    from graph.networkx.supply_graph import SupplyGraph

type Rows = NDArray[np.integer]

MOST = 100
MOST_LISTED = 50
FINEST = 100.0

FORMULA = Formula(
    "louvain-directed-modularity",
    "供应社群",
    2,
    "社群由已登记的供应推得，随 resolution 与 seed 而变，边界不是定论；金额不详的供应只按 1 元计。",
    {"weights": "VALUE", "unknownValue": 1, "threshold": 1e-7},
)


@result("社群中一个专业镇的主体")
@dataclass(frozen=True, slots=True)
class CommunityTown:
    """How many members of a community belong to a town."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    organisations: Annotated[int, "属于它的主体数：该镇成员，不属任何镇者按所在地；属于几个镇的各计一次"]


@result("社群内部供应的一种产品")
@dataclass(frozen=True, slots=True)
class CommunityProduct:
    """What members of a community supply each other of a product."""

    product: Annotated[NodeIndex, Product, "产品"]
    value: Annotated[float | None, "社群内部的供应（元/年）；空为不详"]
    links: Annotated[int, "供应数（卖方与买方）"]


@result("社群中的一个主体")
@dataclass(frozen=True, slots=True)
class CommunityMember:
    """How far a member trades within its community."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    value: Annotated[float | None, "与社群其他成员的往来：销售与采购之和（元/年）；空为不详"]
    partners: Annotated[int, "往来的其他成员数"]


@result("社群内部一对买卖双方")
@dataclass(frozen=True, slots=True)
class CommunityBond:
    """What one member supplies another."""

    seller: Annotated[NodeIndex, Organisation, "卖方"]
    buyer: Annotated[NodeIndex, Organisation, "买方"]
    value: Annotated[float | None, "各种产品合计（元/年）；空为不详"]
    products: Annotated[int, "产品数"]


@result("一个社群：彼此往来多于与外界的主体")
@dataclass(frozen=True, slots=True)
class Community:
    """A community of two or more, and what holds it together; lists are as long as asked for."""

    center: Annotated[NodeIndex, Organisation, "核心主体：members 中的第一个"]
    size: Annotated[int, "主体数"]
    value: Annotated[float | None, "成员之间的供应（元/年）；空为不详"]
    sold_outside: Annotated[float, "售予社群以外主体的已计量金额（元/年）"]
    bought_outside: Annotated[float, "购自社群以外主体的已计量金额（元/年），不含图外采购"]
    links: Annotated[int, "成员之间的供应数（卖方、买方、产品）"]
    unmeasured: Annotated[int, "其中无可用数值者：不详，或早于三年"]
    parts: Annotated[int, "成员之间的供应（不计方向）分成几块；1 为连成一体"]
    towns: Annotated[Sequence[CommunityTown], "涉及的专业镇：主体多者在前"]
    town_count: Annotated[int, "涉及的专业镇总数"]
    without_town: Annotated[int, "不属任何专业镇的主体数"]
    products: Annotated[Sequence[CommunityProduct], "成员之间供应的产品：金额大者在前"]
    product_count: Annotated[int, "产品总数"]
    members: Annotated[Sequence[CommunityMember], "成员：社群内往来金额大者在前，再次伙伴多者"]
    bonds: Annotated[Sequence[CommunityBond], "成员之间最大的往来：金额大者在前"]

    @property
    def inside_share(self) -> Annotated[float | None, "成员的已计量买卖中在社群内部的占比（0–1）；空为不详"]:
        """Share of the measured sales and purchases of members that stay inside."""
        whole = (self.value or 0.0) + self.sold_outside + self.bought_outside
        return None if self.value is None or not whole else self.value / whole


@result("供应网络中的社群", "Communities")
@dataclass(frozen=True, slots=True)
class Communities(Answer):
    """The communities of a year, as many as were asked for."""

    rows: Annotated[Sequence[Community], "社群：内部供应金额大者在前，再次主体多者"]
    count: Annotated[int, "社群总数（两个以上主体）"]
    organisations: Annotated[int, "范围内的主体数"]
    alone: Annotated[int, "其中不在任何社群者：没有供应往来，或不与任何主体相聚"]
    modularity: Annotated[float | None, "模块度 Q（至多 1），按 resolution；空为没有供应"]


def communities(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    within: str | None = None,
    resolution: float = 1.0,
    seed: int = 0,
    first: int = 10,
    listed: int = 5,
) -> Communities:
    """Find the communities among the organisations of a town, a region, or all; the same for the same seed.

    `resolution` above 1 makes them smaller, below 1 larger. Links weigh their measured value, one yuan when
    nothing is measured: they join those that have no other, and outweigh none.
    """
    _within_bounds(resolution, seed, first, listed)
    inside = in_scope(snapshot, within, as_of)
    graph = supply_graph(snapshot, as_of).among(inside)
    key = ("communities", as_of, within, resolution, seed)
    parts, quality = snapshot.remember(key, lambda: _found(graph, resolution, seed))
    asked = {"within": within, "resolution": resolution, "seed": seed, "first": first, "listed": listed}
    trade = _Trade(snapshot, as_of, parts)
    method = FORMULA.method(
        snapshot, as_of, asked, coverage=trade.coverage(inside), used=lambda: among(snapshot, as_of, inside)
    )
    if not graph.number_of_edges():
        unknown = f"{as_of} 年在此范围内没有已登记的供应关系"
        return Communities([], 0, len(graph), len(graph), None, method=method, unknown_reason=unknown)
    order = trade.order()
    rows = [trade.community(number, graph, listed) for number in order[:first]]
    alone = sum(len(part) == 1 for part in parts)
    return Communities(rows, len(order), len(graph), alone, quality, method=method)


def _found(graph: "SupplyGraph", resolution: float, seed: int) -> tuple[Sequence[set[str]], float]:
    import networkx as nx  # noqa: PLC0415 - loaded when asked for: a twentieth of the start

    plain = graph.networkx()
    parts = nx.community.louvain_communities(plain, weight="value", resolution=resolution, seed=seed)
    return parts, nx.community.modularity(plain, parts, weight="value", resolution=resolution)


class _Trade:
    """The supply of a year by the communities of its ends; arrays by flow, without supply to oneself."""

    def __init__(self, snapshot: Snapshot, as_of: int, parts: Sequence[set[str]]) -> None:
        self._snapshot, self._as_of, self._parts = snapshot, as_of, parts
        label = np.full(len(snapshot), -1, np.int32)
        rows = snapshot.index.rows([id for part in parts for id in part])
        label[rows] = np.repeat(np.arange(len(parts), dtype=np.int32), [len(part) for part in parts])
        self._label = label
        flows = supply_flows(snapshot, as_of)
        other = flows.start != flows.end
        self._seller, self._buyer = flows.start[other], flows.end[other]
        self._product, self._value = flows.product[other], flows.measured[other]
        self._from, self._to = label[self._seller], label[self._buyer]

    def coverage(self, inside: Mask) -> Coverage:
        """Coverage of the supply among all organisations in question."""
        values = self._value[(self._from >= 0) & (self._to >= 0)]
        unmeasured, observed = int(np.isnan(values).sum()), float(np.nan_to_num(values).sum())
        return Coverage(len(values), unmeasured, observed, 0.0, int(inside.sum()))

    def order(self) -> list[int]:
        """Communities of two or more by what they supply each other, then by size, then by their first id."""
        own = (self._from == self._to) & (self._from >= 0)
        size = np.array([len(part) for part in self._parts])
        value = np.bincount(self._from[own], np.nan_to_num(self._value[own]), len(size))
        inside = np.flatnonzero(self._label >= 0)
        _, first = np.unique(self._label[inside], return_index=True)
        order = np.lexsort((inside[first], -size, -value))
        return [int(number) for number in order if size[number] > 1]

    def community(self, number: int, graph: "SupplyGraph", listed: int) -> Community:
        """Describe a community."""
        import networkx as nx  # noqa: PLC0415 - see above

        inside = np.flatnonzero((self._from == number) & (self._to == number))
        part, value = self._parts[number], self._value[inside]
        rows = np.sort(self._snapshot.index.rows(list(part)))
        members, products = self._members(rows, inside), self._products(inside)
        towns, elsewhere = self._towns(rows)
        return Community(
            members[0].organisation,
            len(part),
            known(float(_totals(np.zeros(len(value), np.int32), value, 1)[0])),
            float(np.nansum(self._value[(self._from == number) & (self._to != number)])),
            float(np.nansum(self._value[(self._to == number) & (self._from != number)])),
            len(inside),
            int(np.isnan(value).sum()),
            sum(1 for _ in nx.weakly_connected_components(graph.subgraph(part).networkx())),
            towns[:listed],
            len(towns),
            elsewhere,
            products[:listed],
            len(products),
            members[:listed],
            self._bonds(inside)[:listed],
        )

    def _members(self, rows: Ints, inside: Rows) -> list[CommunityMember]:
        """Members with what they trade with each other, and with how many, the greatest first."""
        ends = np.concatenate([self._seller[inside], self._buyer[inside]])
        others = np.concatenate([self._buyer[inside], self._seller[inside]])
        member = np.searchsorted(rows, ends)
        value = _totals(member, np.tile(self._value[inside], 2), len(rows))
        partners = np.bincount(np.unique(_pair(member, others)) >> 32, minlength=len(rows))
        order = np.lexsort((rows, -partners, -np.nan_to_num(value)))
        cells = (array[order].tolist() for array in (rows, value, partners))
        return [
            CommunityMember(NodeIndex(row), known(v), count) for row, v, count in zip(*cells, strict=True)
        ]

    def _products(self, inside: Rows) -> list[CommunityProduct]:
        """Products that are supplied inside, the greatest first."""
        rows, group = np.unique(self._product[inside], return_inverse=True)
        value, links = _totals(group, self._value[inside], len(rows)), np.bincount(group, minlength=len(rows))
        order = np.lexsort((rows, -links, -np.nan_to_num(value)))
        cells = (array[order].tolist() for array in (rows, value, links))
        return [
            CommunityProduct(NodeIndex(row), known(v), count) for row, v, count in zip(*cells, strict=True)
        ]

    def _bonds(self, inside: Rows) -> list[CommunityBond]:
        """Pairs of seller and buyer inside, the greatest first."""
        pairs, group = np.unique(_pair(self._seller[inside], self._buyer[inside]), return_inverse=True)
        value, kinds = (
            _totals(group, self._value[inside], len(pairs)),
            np.bincount(group, minlength=len(pairs)),
        )
        order = np.lexsort((pairs, -kinds, -np.nan_to_num(value)))
        cells = (array[order].tolist() for array in (pairs >> 32, pairs & (2**32 - 1), value, kinds))
        return [
            CommunityBond(NodeIndex(seller), NodeIndex(buyer), known(v), count)
            for seller, buyer, v, count in zip(*cells, strict=True)
        ]

    def _towns(self, rows: Ints) -> tuple[list[CommunityTown], int]:
        """Towns with how many of some organisations belong to them, most first; how many belong to none."""
        grouped = groups(self._snapshot, Aggregation.TOWN, self._as_of)
        belongs = grouped.weights[rows - self._snapshot.nodes["Organisation"].first] > 0
        counts = np.asarray(belongs.sum(axis=0)).ravel().tolist()
        found = [(-count, row) for row, count in zip(grouped.rows.tolist(), counts, strict=True) if count]
        elsewhere = sum(-less for less, row in found if row == UNASSIGNED)
        return [
            CommunityTown(NodeIndex(row), -less) for less, row in sorted(found) if row != UNASSIGNED
        ], elsewhere


def _totals(group: Rows, values: Floats, count: int) -> Floats:
    """Sum the known values of each group; NaN: none is known."""
    sure = np.bincount(group, weights=~np.isnan(values), minlength=count) > 0
    return np.where(sure, np.bincount(group, weights=np.nan_to_num(values), minlength=count), np.nan)


def _pair(one: Rows, other: Rows) -> NDArray[np.int64]:
    return one.astype(np.int64) << 32 | other


def _within_bounds(resolution: float, seed: int, first: int, listed: int) -> None:
    if not 0 < resolution <= FINEST:
        raise BadInput(f"resolution：应大于 0 且不超过 {FINEST:g}，所给为 {resolution:g}", "resolution")
    if seed < 0:
        raise BadInput(f"seed：不得为负，所给为 {seed}", "seed")
    for name, value, most in (("first", first, MOST), ("listed", listed, MOST_LISTED)):
        if not 1 <= value <= most:
            raise BadInput(f"{name}：应在 1 到 {most} 之间，所给为 {value}", name)
