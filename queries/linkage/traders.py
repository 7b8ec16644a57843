"""Traders: who sells a product in a year, or buys it, and for how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation
from graph.kinds.results import result
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.invented import invented
from graph.snapshot.purchases import purchases
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Coverage, Formula
from queries.levels import row_of_kind
from queries.links import Direction, known
from queries.provenance import of_purchases

MOST = 500
FORMULA = Formula(
    "traders",
    "买卖主体",
    1,
    "依据已登记的供应与图外采购：未登记的买卖不在其内；金额只合计已计量且不早于三年者。",
)


@result("买卖某产品的一个主体", "ProductTrader")
@dataclass(frozen=True, slots=True)
class Trader:
    """One seller or buyer of a product."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    value: Annotated[float | None, "已计量的金额合计（元/年）；空为都不详"]
    partners: Annotated[int, "与几个图内主体买卖此产品"]
    unmeasured: Annotated[int, "其中金额不详的笔数"]
    synthetic: Annotated[bool, "主体，或它的买卖，是否有虚构样例"]


@result("某产品的卖方或买方，金额大者在前")
@dataclass(frozen=True, slots=True)
class ProductTraders(Answer):
    """Who trades a product, by value (unknown ones last) and then by id."""

    rows: Annotated[Sequence[Trader], "各主体"]
    count: Annotated[int, "主体总数"]
    value: Annotated[float | None, "全部已计量的金额（元/年）；空为都不详"]
    outside: Annotated[
        float | None, "买方向图外购入的金额（元/年）：问买方时含在 value 内，问卖方时在其外；空为没有已知者"
    ]


def traders(
    snapshot: Snapshot, id: str, *, as_of: int, side: Direction = "UP", first: int = 20
) -> ProductTraders:
    """List who sells a product (UP) or buys it (DOWN), also from sellers that are not in the graph."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    product = row_of_kind(snapshot, id, "Product") - snapshot.nodes["Product"].first
    bought = purchases(snapshot, as_of)
    here = np.flatnonzero(bought.product == product)
    buyer, seller, value = bought.buyer[here], bought.seller[here], bought.value[here]
    abroad = seller < 0
    who, other = (seller, buyer) if side == "UP" else (buyer, seller)
    listed = ~abroad if side == "UP" else np.ones(len(here), np.bool_)
    whose, group = np.unique(who[listed], return_inverse=True)
    amounts, sure = value[listed], ~np.isnan(value[listed])
    total = np.bincount(group, np.nan_to_num(amounts), len(whose))
    measured = np.bincount(group, sure, len(whose)).astype(np.int64)
    pairs = np.unique(np.stack([group, other[listed]]), axis=1)
    partners = np.bincount(pairs[0][pairs[1] >= 0], minlength=len(whose))
    lines = np.bincount(group, minlength=len(whose))
    made_up = np.bincount(group, bought.synthetic[here][listed], len(whose)) > 0
    made_up |= invented(snapshot).nodes[whose + snapshot.nodes["Organisation"].first]
    total = np.where(measured > 0, total, np.nan)
    order = np.lexsort((whose, np.where(np.isnan(total), np.inf, -total)))[:first]
    cells = (
        nodes_of(whose[order] + snapshot.nodes["Organisation"].first),
        map(known, total[order].tolist()),
        partners[order].tolist(),
        (lines - measured)[order].tolist(),
        made_up[order].tolist(),
    )
    links, unknown = int((~abroad).sum()), int(np.isnan(value[~abroad]).sum())
    inside, outside = _sum(value[~abroad]), _sum(value[abroad])
    coverage = Coverage(links, unknown, inside or 0.0, outside or 0.0, len(whose))
    return ProductTraders(
        [Trader(*row) for row in zip(*cells, strict=True)],
        len(whose),
        _sum(amounts),
        outside,
        method=FORMULA.method(
            snapshot,
            as_of,
            {"side": side, "first": first},
            coverage=coverage,
            used=lambda: of_purchases(bought.some(here)),
        ),
    )


def _sum(values: np.ndarray) -> float | None:
    sure = values[~np.isnan(values)]
    return float(sure.sum()) if len(sure) else None
