"""Trade of some organisations with others: whom they buy from or sell to, where those are, for how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Organisation, Product
from graph.kinds.results import result
from graph.kinds.terms import Proximity
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.proximity import SCALE, Proximities
from graph.snapshot.purchases import Purchases, by_proximity, purchases
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.gaps.ends import AmountByProximity
from queries.linkage.single_sources import Sourcing
from queries.links import Direction, known
from queries.lists.particulars import Particulars
from queries.provenance import Rows, of_purchases

SHOWN_PRODUCTS = 3


@result("往来的一个对方", "BriefingPartner")
@dataclass(frozen=True, slots=True)
class TradePartner:
    """One organisation that the others buy from, or sell to."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    place: Annotated[str | None, "所在地，自省起；空为不详"]
    proximity: Annotated[Proximity, "离所问者的远近"]
    products: Annotated[Sequence[NodeIndex], Product, f"往来的产品，金额大者在前，至多 {SHOWN_PRODUCTS} 种"]
    value: Annotated[float | None, "已计量的金额（元/年）；空为不详"]
    synthetic: Annotated[bool, "对方或往来中是否有虚构样例"]


@result("一侧的往来：向谁购买，或售予谁", "BriefingTrade")
@dataclass(frozen=True, slots=True)
class TradeSide:
    """All that is bought from others, or sold to them, the largest partners first."""

    value: Annotated[float | None, "已计量的金额合计（元/年），含图外；空为都不详"]
    beyond_graph: Annotated[float | None, "其中向图外卖方购买的金额（元/年）；空为没有已知者"]
    by_proximity: Annotated[Sequence[AmountByProximity], "按对方的远近，合计即 value"]
    count: Annotated[int, "对方主体数，图外卖方不计"]
    unmeasured: Annotated[int, "没有可用数值的笔数"]
    rows: Annotated[Sequence[TradePartner], "对方，金额大者在前；金额不详者在后"]


@result("单一来源的一项采购", "BriefingSingleSource")
@dataclass(frozen=True, slots=True)
class SoleSource:
    """A purchase that has one known supplier."""

    buyer: Annotated[NodeIndex, Organisation, "买方"]
    product: Annotated[NodeIndex, Product, "产品"]
    supplier: Annotated[NodeIndex | None, Organisation, "唯一的已知供应商"]
    value: Annotated[float | None, "已计量的采购额（元/年）；空为不详"]
    synthetic: Annotated[bool, "两端或往来中是否有虚构样例"]


def trade_side(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot, own: Mask, side: Direction, near: Proximities, *, as_of: int, first: int
) -> tuple[TradeSide, Rows]:
    """What some organisations (places) buy from others (UP) or sell to others (DOWN), and the rows behind it.

    `near` is the proximity of every organisation (place) to them.
    """
    dealt = _with_others(purchases(snapshot, as_of), own, side)
    other, value = (dealt.seller if side == "UP" else dealt.buyer), dealt.value
    named = other >= 0
    how_near = dealt.proximity(near) if side == "UP" else near.at(other)
    partners, group = np.unique(other[named], return_inverse=True)
    total = np.bincount(group, np.nan_to_num(value[named]), len(partners))
    sure = np.bincount(group, ~np.isnan(value[named]), len(partners)) > 0
    order = np.lexsort((partners, np.where(sure, -total, np.inf)))[:first]
    within = dealt.some(named)
    rows = [_partner(snapshot, within.some(group == at), int(partners[at]), near, as_of) for at in order]
    return TradeSide(
        _sum(value),
        _sum(value[~named]),
        _near(by_proximity(value, how_near, np.zeros(len(value), np.int64), 1)[0].tolist()),
        len(partners),
        int(np.isnan(value).sum()),
        rows,
    ), of_purchases(dealt)


def sole_sources(snapshot: Snapshot, single: Sequence[Sourcing], as_of: int) -> list[SoleSource]:
    """Tell single-sourced purchases, each with whether something invented is behind it."""
    bought, known_to_be = purchases(snapshot, as_of), invented(snapshot).nodes
    first, base = (snapshot.nodes[kind].first for kind in ("Organisation", "Product"))
    told = list[SoleSource]()
    for one in single:
        here = (bought.buyer == one.buyer - first) & (bought.product == one.product - base)
        made_up = known_to_be[[one.buyer, one.product]].any() or bought.synthetic[here].any()
        told.append(SoleSource(one.buyer, one.product, one.supplier, one.value, bool(made_up)))
    return told


def _with_others(every: Purchases, own: Mask, side: Direction) -> Purchases:
    """Take what some organisations buy from others, or sell to others."""
    padded = np.append(own, np.False_)  # a seller that is not in the graph stands at -1
    buys, sells = padded[every.buyer], padded[every.seller]
    return every.some(buys & ~sells if side == "UP" else sells & ~buys)


def _partner(snapshot: Snapshot, dealt: Purchases, place: int, near: Proximities, as_of: int) -> TradePartner:
    """Tell of one partner (its place), from all that is dealt with it."""
    row = NodeIndex(place + snapshot.nodes["Organisation"].first)
    made_up = invented(snapshot).nodes[row] or dealt.synthetic.any()
    return TradePartner(
        organisation=row,
        place=Particulars(snapshot, as_of).place(row),
        proximity=SCALE[near.farthest[place]],
        products=_products(snapshot, dealt),
        value=_sum(dealt.value),
        synthetic=bool(made_up),
    )


def _products(snapshot: Snapshot, dealt: Purchases) -> list[NodeIndex]:
    """List the products (global rows) that are dealt in, by value."""
    goods, group = np.unique(dealt.product, return_inverse=True)
    total = np.bincount(group, np.nan_to_num(dealt.value), len(goods))
    ordered = goods[np.lexsort((goods, -total))]
    first = snapshot.nodes["Product"].first
    return [NodeIndex(one + first) for one in ordered.tolist() if one >= 0][:SHOWN_PRODUCTS]


def _near(values: Sequence[float]) -> list[AmountByProximity]:
    return [AmountByProximity(*one) for one in zip(SCALE, values, strict=True) if one[1]]


def _sum(values: np.ndarray) -> float | None:
    return known(float(np.nansum(values))) if (~np.isnan(values)).any() else None
