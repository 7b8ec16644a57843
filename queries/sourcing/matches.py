"""Matches: what a town buys elsewhere while another town of its province makes it, and the other way.

Of goods alone: a service is given where it is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.results import result
from graph.kinds.terms import Proximity, Term
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.purchases import purchases
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Answer, Formula
from queries.levels import in_scope, row_of_kind
from queries.linkage.single_sources import coverage_of
from queries.links import known
from queries.provenance import Rows, of_making, of_purchases
from queries.sourcing.town_trade import ORIGINS, Bought, Trade, trade_of

MOST = 500

type Counts = NDArray[np.integer]
type Sums = tuple[Counts, Counts, Floats]
"""Purchases, those without a value, and yuan a year."""

FORMULA = Formula(
    "town-matches",
    "镇际配套",
    3,
    "依据已登记的采购与生产；同一产品名下规格、质量可能不同，不代表能够替代。"
    "同一笔采购在每个有生产者的镇各列一次，各行不可相加。只论货物：服务与水电气热在用处提供，不作对接。",
)


UNMEASURED = "；0 为没有已知采购，空为已知采购、未计量"


class MatchDirection(Term):
    """镇际匹配的方向"""  # noqa: D400, D415 - GraphQL shows it

    BUYS = "BUYS", "本镇采购、他镇生产"
    SELLS = "SELLS", "他镇采购、本镇生产"


@result("一镇在别处采购、而省内另一镇生产的产品")
@dataclass(frozen=True, slots=True)
class Match:
    """A product that one town buys elsewhere and another makes; values in yuan a year, 0: no purchase known.

    None: purchases are known, none of them measured. What comes from the making town already is only in
    `from_there`.
    """

    product: Annotated[NodeIndex, Product, "产品"]
    buyer: Annotated[NodeIndex, Town, "采购镇"]
    seller: Annotated[NodeIndex, Town, "生产镇"]
    direction: Annotated[MatchDirection, "方向，相对于所问的镇"]
    origin: Annotated[
        Proximity,
        "现从何处采购：有省外的为 COUNTRY（含境外），否则有省内、本镇外的为 PROVINCE，都没有为 UNKNOWN",
    ]
    """COUNTRY when any purchase comes from outside the province, else PROVINCE, else UNKNOWN."""
    outside_province: Annotated[float | None, f"从省外、境外采购（元/年）{UNMEASURED}"]
    inside_province: Annotated[float | None, f"从省内、两镇之外采购（元/年）{UNMEASURED}"]
    unknown_origin: Annotated[float | None, f"来源不详的采购（元/年）{UNMEASURED}"]
    from_there: Annotated[float | None, f"已从生产镇采购，不计入以上各项（元/年）{UNMEASURED}"]
    unmeasured: Annotated[int, "以上各项中没有可用数值的采购笔数"]
    buyers: Annotated[Sequence[NodeIndex], Organisation, "采购镇中在别处采购者"]
    makers: Annotated[Sequence[NodeIndex], Organisation, "生产镇中的生产者（同时属于采购镇的不列）"]


@result("镇际匹配：一镇在别处采购、省内另一镇生产")
@dataclass(frozen=True, slots=True)
class Matches(Answer):
    """The matches of a town: purchases from outside the province first, the biggest first."""

    town: Annotated[NodeIndex, Town, "所问的专业镇"]
    rows: Annotated[Sequence[Match], "匹配：从省外采购的在前，金额大者在前"]
    count: Annotated[int, "匹配总数"]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """By the other town and the product (places): what is bought elsewhere, from there, and made."""

    links: Counts
    """Other towns × kinds of origin × products."""
    unmeasured: Counts
    value: Floats
    there: Sums
    """The same of what comes from there; other towns × products."""
    makers: Counts
    """Other towns × products."""
    goods: Mask
    """Which products are goods."""

    @property
    def matched(self) -> Mask:
        """Where goods are bought that are made there."""
        return (self.makers > 0) & (self.links.sum(axis=1) > 0) & self.goods


def matches(
    snapshot: Snapshot, id: str, *, as_of: int, direction: MatchDirection | None = None, first: int = 20
) -> Matches:
    """List what a town buys elsewhere and others of its province make, and what they buy and it makes."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    row = row_of_kind(snapshot, id, "Town")
    trade, town = trade_of(snapshot, as_of), row - snapshot.nodes["Town"].first
    asked = [direction] if direction else list(MatchDirection)
    found = [(way, _table(snapshot, trade, town, way)) for way in asked]
    checkpoint()
    keys = np.concatenate([_keys(trade, town, place, table) for place, (_, table) in enumerate(found)])
    order = np.lexsort(keys.T[::-1])
    chosen = keys[order[:first], -3:].astype(np.int64).tolist()
    rows = [_match(snapshot, trade, town, found[at], other, product) for at, product, other in chosen]
    method = FORMULA.method(
        snapshot,
        as_of,
        coverage=coverage_of(snapshot, as_of, in_scope(snapshot, id, as_of)),
        used=lambda: _used(snapshot, trade, town, asked, keys, as_of),
        direction=direction,
        first=first,
    )
    unknown = None if len(keys) else _unknown(trade, town, as_of)
    return Matches(row, rows, len(keys), method=method, unknown_reason=unknown)


def _used(  # noqa: PLR0913, PLR0917 - what was asked and found
    snapshot: Snapshot,
    trade: Trade,
    town: int,
    asked: Sequence[MatchDirection],
    keys: Floats,
    as_of: int,
) -> Rows:
    """Rows of what the buying town of each match buys elsewhere, and of who makes it in the other town."""
    made, bought = makers(snapshot, as_of), purchases(snapshot, as_of)
    named = np.maximum(bought.seller, 0)
    buys, makes = np.zeros(len(bought), np.bool_), np.zeros(len(made), np.bool_)
    for place, other in np.unique(keys[:, [-3, -1]].astype(np.int64), axis=0).tolist():
        goods = keys[(keys[:, -3] == place) & (keys[:, -1] == other), -2].astype(np.int64)
        ends = (town, other) if asked[place] is MatchDirection.BUYS else (other, town)
        buyer, maker = (trade.of_town(end) for end in ends)
        elsewhere = (bought.seller < 0) | ~trade.is_local(named, ends[0])
        buys |= buyer[bought.buyer] & np.isin(bought.product, goods) & elsewhere
        makes |= maker[made.organisation] & np.isin(made.product, goods)
    return of_making(made.edge[makes]) | of_purchases(bought.some(buys))


def _table(snapshot: Snapshot, trade: Trade, town: int, way: MatchDirection) -> _Table:
    """Add up what one side buys and the other makes, by the other town."""
    shape = len(trade.together), len(snapshot.nodes["Product"])
    find = _bought_by if way is MatchDirection.BUYS else _sold_by
    every, there, makers = find(trade, town, shape)
    links, unmeasured = every[0] - there[0], every[1] - there[1]
    value = np.where(links > unmeasured, np.maximum(every[2] - there[2], 0.0), 0.0)
    from_there = (there[0].sum(axis=1), there[1].sum(axis=1), there[2].sum(axis=1))
    return _Table(links, unmeasured, value, from_there, makers, trade.goods)


def _bought_by(trade: Trade, town: int, shape: tuple[int, int]) -> tuple[Sums, Sums, Counts]:
    """Add up what a town buys, what of it comes from each other, and who makes it there."""
    mine = trade.bought.some(trade.bought.town == town)
    known_seller = np.flatnonzero(mine.seller >= 0)
    sellers = mine.seller[known_seller]
    there = mine.some(np.repeat(known_seller, trade.belongs.degree()[sellers]))
    away = ~trade.is_local(trade.made.maker, town)
    key = trade.made.town[away].astype(np.int64) * shape[1] + trade.made.product[away]
    makers = np.bincount(key, minlength=shape[0] * shape[1]).reshape(shape)
    every = _summed(mine, np.zeros_like(mine.town), (1, shape[1]))
    return every, _summed(there, trade.belongs.at(sellers)[1], shape), makers


def _sold_by(trade: Trade, town: int, shape: tuple[int, int]) -> tuple[Sums, Sums, Counts]:
    """Add up what each other town buys, what of it comes from this one, and who makes it here."""
    bought, made = trade.bought, trade.made
    there = bought.some(trade.of_town(town)[bought.seller])
    here = made.town == town
    makers = _made_for(trade, made.maker[here], made.product[here], shape)
    return _summed(bought, bought.town, shape), _summed(there, there.town, shape), makers


def _summed(bought: Bought, town: NDArray[np.integer], shape: tuple[int, int]) -> Sums:
    """Count purchases, count those without a value, and add up values: towns × kinds of origin × products."""
    key = (town.astype(np.int64) * len(ORIGINS) + bought.origin) * shape[1] + bought.product
    size, unmeasured = shape[0] * len(ORIGINS) * shape[1], np.isnan(bought.value)
    links = np.bincount(key, minlength=size)
    without = np.bincount(key[unmeasured], minlength=size)
    value = np.bincount(key, np.nan_to_num(bought.value), minlength=size)
    whole = (shape[0], len(ORIGINS), shape[1])
    return links.reshape(whole), without.reshape(whole), value.reshape(whole)


def _made_for(trade: Trade, maker: Counts, product: Counts, shape: tuple[int, int]) -> Counts:
    """Count the makers of each product that are not local to each other town."""
    whole = np.bincount(product, minlength=shape[1])
    goods = np.repeat(product, trade.near.degree()[maker])
    key = trade.near.at(maker)[1].astype(np.int64) * shape[1] + goods
    return whole - np.bincount(key, minlength=shape[0] * shape[1]).reshape(shape)


def _keys(trade: Trade, town: int, way: int, table: _Table) -> Floats:
    """List the matches by what they are ordered by, the first one first; the last three name them."""
    matched = table.matched & trade.together[town][:, None]
    matched[town] = False
    other, product = np.nonzero(matched)
    links, value = table.links[other, :, product], table.value[other, :, product]
    origin = (links > 0).argmax(axis=1)
    columns = (origin, *(-np.round(value, 2)).T, np.full(len(other), way), product, other)
    return np.stack([column.astype(np.float64) for column in columns], axis=1)


def _match(  # noqa: PLR0913, PLR0917 - what names a match
    snapshot: Snapshot,
    trade: Trade,
    town: int,
    found: tuple[MatchDirection, _Table],
    other: int,
    product: int,
) -> Match:
    way, table = found
    buyer, maker = (town, other) if way is MatchDirection.BUYS else (other, town)
    links, without, value = (a[other, :, product] for a in (table.links, table.unmeasured, table.value))
    there = [float(array[other, product]) for array in table.there]
    base, first = snapshot.nodes["Organisation"].first, snapshot.nodes["Town"].first
    bought, made = trade.bought, trade.made
    elsewhere = ~trade.of_town(maker)[bought.seller]
    used = (bought.town == buyer) & (bought.product == product) & elsewhere
    makers = made.maker[(made.town == maker) & (made.product == product)]
    makers = makers[~trade.is_local(makers, buyer)]
    outside, inside, unsure = (_amount(*cells) for cells in zip(links, without, value, strict=True))
    return Match(
        product=NodeIndex(product + snapshot.nodes["Product"].first),
        buyer=NodeIndex(buyer + first),
        seller=NodeIndex(maker + first),
        direction=way,
        origin=ORIGINS[int((links > 0).argmax())],
        outside_province=outside,
        inside_province=inside,
        unknown_origin=unsure,
        from_there=_amount(*there),
        unmeasured=int(without.sum() + there[1]),
        buyers=(np.unique(bought.buyer[used]) + base).tolist(),
        makers=(np.unique(makers) + base).tolist(),
    )


def _amount(links: float, unmeasured: float, value: float) -> float | None:
    return known(np.nan if links and links == unmeasured else float(value))


def _unknown(trade: Trade, town: int, as_of: int) -> str | None:
    """Say why there is nothing to match; None: all is known, and nothing matches."""
    if not trade.together[town].any():
        return "本镇所在省份不详：无从匹配"
    something = (trade.bought.town == town).any() or (trade.made.town == town).any()
    return None if something else f"{as_of} 年没有镇内主体采购或生产的数据：无从匹配"
