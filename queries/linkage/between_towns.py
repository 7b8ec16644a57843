"""Trade between towns: which town is known to sell how much to which other, without circles taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.sparse import csr_array, diags_array

from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.results import result
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation, Answer, Formula
from queries.levels import groups, in_scope
from queries.provenance import of_supply

MOST = 500
FORMULA = Formula(
    "trade-between-towns",
    "镇际供应",
    1,
    "只含已登记的供应，卖方与买方各算入自己的镇：同属几镇者均分；没有登记不等于没有往来。",
)


@result("一镇售予另一镇", "TownSales")
@dataclass(frozen=True, slots=True)
class Sales:
    """What the organisations of one town sell to those of another."""

    start: Annotated[NodeIndex, Town, "卖方镇"]
    end: Annotated[NodeIndex, Town, "买方镇"]
    value: Annotated[float | None, "已计量的金额（元/年）；空为已知有、未计量"]
    unmeasured: Annotated[int, "另有几笔供应金额不详，或早于三年"]
    synthetic: Annotated[bool, "这些供应中是否有虚构样例：行本身、其一端、产品或来源是虚构的"]


@result("镇与镇之间的供应：金额大者在前，只有未计量者在后")
@dataclass(frozen=True, slots=True)
class TradeBetweenTowns(Answer):
    """Who sells to whom among the towns."""

    rows: Annotated[Sequence[Sales], "一镇售予另一镇"]
    count: Annotated[int, "有往来的镇对总数（方向不同算两对）"]
    total: Annotated[float, "镇与镇之间已计量的供应合计（元/年）"]


def trade_between_towns(snapshot: Snapshot, *, as_of: int, first: int = 20) -> TradeBetweenTowns:
    """Add up what the own organisations of each town sell to those of each other town in a year.

    Who belongs to several towns is split equally: what one of two towns sells to one of them counts by half.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    flows, head = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"].first
    grouped = groups(snapshot, Aggregation.TOWN, as_of).assigned()
    living = in_scope(snapshot, None, as_of)
    lived = living[flows.start - head] & living[flows.end - head]
    selling, buying = grouped.weights[flows.start - head], grouped.weights[flows.end - head]
    used = np.flatnonzero(lived & _crosses(selling, buying)).astype(np.int32)
    start, end, value, unmeasured = _added(selling[used], buying[used], flows.measured[used])
    made_up = flows.synthetic[used]
    stamped = _counted(selling[used][made_up], buying[used][made_up])[start, end] > 0
    order = np.lexsort((end, start, -np.nan_to_num(value, nan=-1.0)))[:first]
    sides = grouped.rows[start[order]].tolist(), grouped.rows[end[order]].tolist()
    told = [None if np.isnan(worth) else worth for worth in value[order].tolist()]
    columns = *sides, told, unmeasured[order].tolist(), stamped[order].tolist()
    return TradeBetweenTowns(
        [Sales(*cells) for cells in zip(*columns, strict=True)],
        len(start),
        float(np.nansum(value)),
        method=FORMULA.method(snapshot, as_of, {"first": first}, used=lambda: of_supply(flows.edge[used])),
        unknown_reason=None if len(start) else f"{as_of} 年没有登记镇与镇之间的供应",
    )


def _crosses(selling: csr_array, buying: csr_array) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which flows lead from a town to another: not only from one to itself."""
    ends = np.diff(selling.indptr) * np.diff(buying.indptr)
    return ends > np.diff(csr_array(selling.multiply(buying)).indptr)


def _added(selling: csr_array, buying: csr_array, measured: Floats) -> tuple[Ints, Ints, Floats, Ints]:
    """Add flows up between groups: sellers, buyers, yuan (NaN: none is measured), flows without a value."""
    known = ~np.isnan(measured)
    value = (selling.T @ diags_array(np.nan_to_num(measured)) @ buying).toarray()
    some, lacking = (_counted(selling[part], buying[part]) for part in (known, ~known))
    either = (some + lacking > 0) & ~np.eye(len(value), dtype=np.bool_)
    start, end = (side.astype(np.int32) for side in np.nonzero(either))
    told = np.where(some[start, end] > 0, value[start, end], np.nan)
    return start, end, told, lacking[start, end].astype(np.int32)


def _counted(selling: csr_array, buying: csr_array) -> Ints:
    """Count flows between groups, in whichever part they belong to them."""
    sells, buys = (
        csr_array((np.sign(part.data).astype(np.int32), part.indices, part.indptr), shape=part.shape)
        for part in (selling, buying)
    )
    return (sells.T @ buys).toarray()
