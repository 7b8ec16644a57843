"""Flow of a town: what it buys, makes and sells, from where and to where, as a picture that runs one way.

Sellers elsewhere stand left, by what they sell and how far away they are; the town's own organisations in the
middle, by what they sell; buyers elsewhere right, by how far away they are. What is too small to be drawn is
added up under its side and place, and circles among the town's own are opened as in `sankey`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product
from graph.kinds.facts import Source
from graph.kinds.results import As, Place, result
from graph.kinds.terms import Proximity, Stage
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import Purchases, purchases, years_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import Mask
from queries.answer import Answer, Coverage, Formula, Method
from queries.gaps.flow_parts import PLACES, SIDES, FlowLevel, FlowSide, Keys, Parts, small_nodes
from queries.levels import OwnCounts, in_scope, own_counts, row_of_kind
from queries.linkage.leontief import nothing_measured
from queries.linkage.ordering import tiers_of
from queries.linkage.sankey import MOST
from queries.linkage.streams import Cycles, Stream, streamed
from queries.links import known
from queries.provenance import of_purchases

SMALL = 0.01
"""What part of the total is drawn by itself, unless something else is asked."""
FORMULA = Formula(
    "town-flow",
    "本镇供应流向",
    1,
    "只含已登记且已计量的采购与销售；买方的采购按其各产品的售出额分摊到它所售的产品，其售出不详者单列。",
)


@result("流向图的一个节点：一方、一地、一个位置或一种产品之和")
@dataclass(frozen=True, slots=True)
class FlowNode:
    """Who sells or buys, added up."""

    path: Annotated[str, "标识：方|位置、产品或 OTHER（合并的小项）|地点", As("key")]
    side: Annotated[FlowSide, "哪一方"]
    stage: Annotated[Stage | None, "产业链位置；空为链外、不详，或按产品合计、或为买方"]
    product: Annotated[NodeIndex | None, Product, "产品；空为不详，或按位置合计、或为买方"]
    place: Annotated[Proximity | None, "地点：本地（TOWN）、省内其他、省外、境外、不详；空为本镇自己的主体"]
    folded: Annotated[int, "由几个小项合并而成；0 为不是合并的"]
    tier: Annotated[int, "所在列，由 0 起；每条连线都通向更高的列"]
    value_in: Annotated[float, "流入（元/年），含未画出者、不含已断开者"]
    value_out: Annotated[float, "流出（元/年），含未画出者、不含已断开者"]
    internal: Annotated[float, "节点内部的供应（元/年）"]


@result("流向图中的一笔供应")
@dataclass(frozen=True, slots=True)
class FlowSupply:
    """One purchase behind a link."""

    seller: Annotated[NodeIndex | None, Organisation, "卖方；空为不在图中，只知来源地"]
    buyer: Annotated[NodeIndex, Organisation, "买方"]
    product: Annotated[NodeIndex | None, Product, "产品；空为不在图中"]
    year: Annotated[int | None, "数值所属年份；空为未注明或未计量"]
    value: Annotated[float | None, "金额（元/年）；空为不详，或过旧"]
    part: Annotated[float | None, "其中计入此连线者（元/年）；空为不详"]
    source: Annotated[NodeIndex | None, Source, "来源；空为未记录"]
    synthetic: Annotated[bool, "是否虚构样例：这一行本身，或其一端、产品、来源是虚构的"]


@result("流向图的一条连线：货物由 source 流向 target", "FlowLink")
@dataclass(frozen=True, slots=True)
class Band:
    """A link of the picture, in the direction of the goods."""

    path: Annotated[str, "标识：两端的标识，以“>”相连", As("key")]
    source: Annotated[int, "起点：nodes 中的序号，由 0 起", Place()]
    target: Annotated[int, "终点：nodes 中的序号，由 0 起", Place()]
    value: Annotated[float, "金额（元/年）"]
    invented: Annotated[float, "其中虚构样例（元/年）"]
    supplies: Annotated[int, "由几笔供应合成，含未计量者"]
    unmeasured: Annotated[int, "其中金额不详的供应"]
    rows: Callable[[int], Sequence[FlowSupply]] = field(compare=False, repr=False)
    """The first of them, the greatest part first, the unmeasured last."""


@result("一镇的流向：购自何处、做成什么、售往何处；total = shown + leftOut + dropped + internal", "TownFlow")
@dataclass(frozen=True, slots=True)
class TownFlow(Answer):
    """The picture, and where the rest is."""

    nodes: Annotated[Sequence[FlowNode], "节点：按列、流量排序"] = ()
    links: Annotated[Sequence[Band], "连线：金额大者在前"] = ()
    total: Annotated[float, "所涉已计量供应之和（元/年）：本镇自己的主体为卖方或买方"] = 0.0
    bought: Annotated[float, "其中本镇自己的主体采购者（元/年）"] = 0.0
    sold: Annotated[float, "其中本镇自己的主体售出者（元/年），含售予本镇者"] = 0.0
    shown: Annotated[float, "其中已画出（元/年）"] = 0.0
    left_out: Annotated[float, "其中超出 first 而未画出（元/年）"] = 0.0
    left_out_links: Annotated[int, "未画出的连线数"] = 0
    dropped: Annotated[float, "其中为断开循环而去掉（元/年）"] = 0.0
    dropped_links: Annotated[int, "去掉的连线数"] = 0
    internal: Annotated[float, "其中节点内部（元/年）：如中游售予中游"] = 0.0
    unmeasured: Annotated[int, "未计量的供应数：金额不详或过旧，未画出"] = 0
    folded: Annotated[int, "合并为“其他”的小项数"] = 0
    folded_value: Annotated[float, "这些小项的流量之和（元/年）：流入与流出中大者"] = 0.0
    least: Annotated[float, "小于此数（元/年）的项合并为“其他”"] = 0.0
    own: OwnCounts = None


def town_flow(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    by: FlowLevel = FlowLevel.STAGE,
    least: float | None = None,
    first: int = 60,
) -> TownFlow:
    """Draw what a town's own organisations buy and sell; `least` is 1 % of the total unless it is given.

    Items below `least` (yuan a year, the greater of what comes in and goes out) are added up under their side
    and place where there are two or more; what has no stage or product is never added to what has.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if least is not None and not 0 <= least < float("inf"):
        raise BadInput(f"least：金额不应为负，所给为 {least}", "least")
    town, inside = row_of_kind(snapshot, id, "Town"), in_scope(snapshot, id, as_of)
    every = purchases(snapshot, as_of)
    selling = (every.seller >= 0) & inside[every.seller]
    bought = every.some(selling | inside[every.buyer])
    total = float(np.nansum(bought.value))
    least = SMALL * total if least is None else float(least)
    method = FORMULA.method(
        snapshot,
        as_of,
        {"by": by, "least": least, "first": first},
        coverage=_coverage(bought, inside),
        used=lambda: of_purchases(bought),
    )
    own, unmeasured = own_counts(snapshot, town, as_of), int(np.isnan(bought.value).sum())
    if not total > 0:
        reason = nothing_measured(as_of)
        return TownFlow(unmeasured=unmeasured, own=own, method=method, unknown_reason=reason)
    parts = Parts.of(snapshot, bought, inside, town, as_of, by)
    return replace(
        _pictured(snapshot, bought, parts, least, first, method),
        total=total,
        bought=float(np.nansum(bought.value[inside[bought.buyer]])),
        sold=float(np.nansum(bought.value[(bought.seller >= 0) & inside[bought.seller]])),
        unmeasured=unmeasured,
        least=least,
        own=own,
    )


def _pictured(  # noqa: PLR0913, PLR0917 - what is asked
    snapshot: Snapshot, bought: Purchases, parts: Parts, least: float, first: int, method: Method
) -> TownFlow:
    """Add up what is small, open the circles, and draw the greatest links with their nodes."""
    small, size = small_nodes(parts, least)
    folded = np.where(small, parts.keys.other(parts.nodes), parts.nodes)
    nodes, place = np.unique(folded, return_inverse=True)
    begin, end = place[parts.start].astype(np.int64), place[parts.end].astype(np.int64)
    flowing = csr_array((np.nan_to_num(parts.value), (begin, end)), shape=(len(nodes),) * 2)
    flowing.eliminate_zeros()
    stream = streamed(flowing, Cycles.DROP)
    order = stream.greatest(first)
    shown, tier = _columns(parts.keys, nodes, stream, order)
    merged = np.bincount(place[small], minlength=len(nodes))
    figures = (merged, tier, stream.inflow, stream.outflow, stream.internal)
    cells = zip(nodes[shown].tolist(), *(array[shown].tolist() for array in figures), strict=True)
    drawn = [_node(parts.keys, *cell) for cell in cells]
    at = np.full(len(nodes), -1, np.int64)
    at[shown] = np.arange(len(shown))
    bands = _Bands(snapshot, bought, parts, begin * len(nodes) + end, len(nodes), at, drawn)
    pairs = zip(*(a[order].tolist() for a in (stream.start, stream.end, stream.value)), strict=True)
    return TownFlow(
        drawn,
        [bands.link(*pair) for pair in pairs],
        **stream.sums(order),
        folded=int(small.sum()),
        folded_value=float(size[small].sum()),
        method=method,
    )


def _node(keys: Keys, key: int, folded: int, tier: int, *flows: float) -> FlowNode:
    """Describe a node that is shown."""
    side, item, place = (int(one[0]) for one in keys.parted(np.array([key])))
    of = keys.items[item] if item < keys.none else None
    where = None if SIDES[side] is FlowSide.TOWN else PLACES[place]
    name = keys.ids[item] if of is not None else "OTHER" if folded else ""
    return FlowNode(
        "|".join((SIDES[side].value, name, where.value if where else "")),
        SIDES[side],
        of if isinstance(of, Stage) else None,
        None if isinstance(of, Stage) else of,
        where,
        folded,
        tier,
        *flows,
    )


def _columns(
    keys: Keys, nodes: NDArray[np.int64], stream: Stream, order: NDArray[np.intp]
) -> tuple[Ints, Ints]:
    """Choose the nodes of the links shown, and their columns: sellers in the first, buyers in the last."""
    start, end = stream.start[order], stream.end[order]
    size = stream.inflow + stream.outflow + stream.internal
    ends = np.unique(np.concatenate([start, end])).astype(np.int64)
    some = ends if len(order) else np.flatnonzero(stream.internal > 0)
    tier, (side, _, _) = tiers_of(len(nodes), start, end), keys.parted(nodes)
    tier[side == SIDES.index(FlowSide.SELLER)] = 0
    tier[side == SIDES.index(FlowSide.BUYER)] = tier[some].max()
    return some[np.lexsort((nodes[some], -size[some], tier[some]))].astype(np.int32), tier


@dataclass(frozen=True, slots=True, eq=False)
class _Bands:
    """What makes the links of a picture out of parts."""

    snapshot: Snapshot
    bought: Purchases
    parts: Parts
    pair: NDArray[np.int64]
    """Start and end of every part as one number."""
    count: int
    at: NDArray[np.int64]
    nodes: Sequence[FlowNode]

    def link(self, start: int, end: int, value: float) -> Band:
        """Describe a link that is shown."""
        here = np.flatnonzero(self.pair == start * self.count + end)
        part, row = self.parts.value[here], self.parts.row[here]
        measured = np.nan_to_num(part)
        once, place = np.unique(row, return_inverse=True)
        amount = np.bincount(place, measured)
        unknown = np.isnan(self.bought.value[once])
        order = np.lexsort((once, -amount, unknown))
        source, target = int(self.at[start]), int(self.at[end])
        return Band(
            f"{self.nodes[source].path}>{self.nodes[target].path}",
            source,
            target,
            value,
            float(measured[self.bought.synthetic[row]].sum()),
            len(once),
            int(unknown.sum()),
            lambda first: self._rows(once[order][:first], amount[order][:first]),
        )

    def _rows(self, some: NDArray[np.int64], part: Floats) -> list[FlowSupply]:
        bought = self.bought.some(some)
        year = years_of(self.snapshot, bought)
        firms, goods = (self.snapshot.nodes[kind].first for kind in ("Organisation", "Product"))
        columns = (bought.seller, bought.buyer, bought.product, year, bought.value, part, bought.source)
        cells = zip(*(column.tolist() for column in (*columns, bought.synthetic)), strict=True)
        return [
            FlowSupply(
                None if seller < 0 else NodeIndex(seller + firms),
                NodeIndex(buyer + firms),
                None if product < 0 else NodeIndex(product + goods),
                None if when == MISSING else when,
                known(value),
                None if np.isnan(value) else counted,
                None if source < 0 else NodeIndex(source),
                made_up,
            )
            for seller, buyer, product, when, value, counted, source, made_up in cells
        ]


def _coverage(bought: Purchases, inside: Mask) -> Coverage:
    named = bought.value[bought.seller >= 0]
    return Coverage(
        len(named),
        int(np.isnan(named).sum()),
        float(np.nansum(named)),
        float(np.nansum(bought.value[bought.seller < 0])),
        int(inside.sum()),
    )
