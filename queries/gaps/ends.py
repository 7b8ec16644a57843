"""Ends of a town's chain: whether what it buys first and what it sells last lie outside (两头在外)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.results import result
from graph.kinds.terms import Proximity, Stage
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.economy import own_to
from graph.snapshot.proximity import SCALE
from graph.snapshot.purchases import LocalSourcing, by_proximity, local_sourcing, purchases
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive
from queries.gaps.state import Assessment

OUTSIDE_FROM = 0.5
"""The share of an end that lies outside from which the whole end does."""


@result("按对方所在地的金额")
@dataclass(frozen=True, slots=True)
class AmountByProximity:
    """What is traded with partners that are equally near to a town."""

    proximity: Annotated[Proximity, "对方离本镇的远近"]
    value: Annotated[float, "金额（元/年）"]


@result("产业链的一头：上游环节的采购，或中下游环节的销售", "ChainEnd")
@dataclass(frozen=True, slots=True)
class End:
    """One end of the chain: purchases of upstream goods, or sales of what is made of them."""

    total: Annotated[float | None, "已计量的金额（元/年）；空为没有已计量者"]
    by_proximity: Annotated[Sequence[AmountByProximity], "按对方离本镇的远近，合计即 total"]
    """Yuan a year, of what is measured."""
    outside_share: Annotated[float | None, "在镇外的占比（0–1），所在地不详者不算镇外；空为不详"]
    outside_share_at_most: Annotated[float | None, "所在地不详者都算镇外时的占比（0–1）"]
    trades: Annotated[int, "已知的往来笔数"]
    """Seller, buyer and product, or buyer, product and origin."""
    measured: Annotated[int, "其中有可用数值者"]


@result("产业链的两头：上游从哪里买，下游卖到哪里", "ChainEnds")
@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a town's chain."""

    upstream: Annotated[End, "上游环节的采购"]
    downstream: Annotated[End, "中下游环节的销售"]
    both_outside: Annotated[bool | None, "是否两头在外：两头都至少一半在镇外；空为不详"]
    reason: Annotated[str | None, "不详的原因；空为已知"]


def amounts(values: Floats) -> list[AmountByProximity]:
    """Amounts (yuan a year) by proximity, in the order of the scale."""
    return [AmountByProximity(*cells) for cells in zip(SCALE, values.tolist(), strict=True)]


def ends_of(snapshot: Snapshot, found: Assessment, as_of: int) -> Ends:
    """Where both ends lie: purchases of UPSTREAM steps, sales of MIDSTREAM and DOWNSTREAM steps.

    An end is outside when its least share outside is 0.5 or more, and not when its greatest is below.
    """
    first = snapshot.nodes["Product"].first
    early = [p - first for p, (stage, _) in found.steps.items() if stage is Stage.UPSTREAM]
    late = [
        p - first for p, (stage, _) in found.steps.items() if stage in {Stage.MIDSTREAM, Stage.DOWNSTREAM}
    ]
    upstream = _end(found.demand.origins, found.demand.sourcing, np.array(early, np.int32))
    downstream = _sales(snapshot, found, np.array(late, np.int32), as_of)
    lies = [_lies_outside(end) for end in (upstream, downstream)]
    both = False if False in lies else None if None in lies else True
    words = [w for w, known in zip(("上游采购", "下游销售"), lies, strict=True) if known is None]
    reason = f"{'与'.join(words)}在镇外的占比不详或不足以判断" if both is None else None
    return Ends(upstream, downstream, both, reason)


def _lies_outside(end: End) -> bool | None:
    least, most = end.outside_share, end.outside_share_at_most
    if least is None or most is None:
        return None
    return True if least >= OUTSIDE_FROM else False if most < OUTSIDE_FROM else None


def _sales(snapshot: Snapshot, found: Assessment, products: Ints, as_of: int) -> End:
    """Where the town's own organisations sell some products: purchases of others, seen from the seller."""
    own = own_to(snapshot, found.town, as_of) & alive(snapshot.nodes["Organisation"], as_of)
    every, count = purchases(snapshot, as_of), len(snapshot.nodes["Product"])
    asked = (every.seller >= 0) & own[every.seller] & np.isin(every.product, products)
    sold = every.some(asked)
    near = found.near.at(sold.buyer)
    sourcing = local_sourcing(sold.value, near, Proximity.TOWN, (sold.product, count))
    origins = by_proximity(sold.value, near, sold.product, count)
    return _end(origins, sourcing, products)


def _end(origins: Floats, sourcing: LocalSourcing, products: Ints) -> End:
    """Add up some products (places)."""
    names = ("local", "outside", "unknown", "purchases", "measured")
    local, away, unsure, trades, measured = (float(getattr(sourcing, n)[products].sum()) for n in names)
    total = local + away + unsure
    by_proximity = [one for one in amounts(origins[products].sum(axis=0)) if one.value > 0]
    return End(
        sum(one.value for one in by_proximity) if measured else None,
        by_proximity,
        away / total if total > 0 else None,
        (total - local) / total if total > 0 else None,
        int(trades),
        int(measured),
    )
