"""The network of a year made ready for ESRI: who trades what for how much, in which market, how needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from graph.errors import BadInput
from graph.kinds.metrics import Metric
from graph.kinds.terms import Term
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.purchases import Flows, outside_purchases
from graph.snapshot.regions import main_industry
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive, valid_in
from queries.answer import Parameter
from queries.cascade.esri import ESSENTIAL, Firms, Trades, bundle, totals
from queries.cascade.essentiality import SOURCE, Essentiality, essentiality
from queries.cascade.kernels import Bundle
from queries.linkage.accounts import firms, outputs_used
from queries.provenance import Rows, of_figures, of_outside, of_supply


class CascadeWeight(Term):
    """以什么为权重计算份额"""  # noqa: D400, D415 - GraphQL shows it

    OUTPUT = "OUTPUT", "产出（营业收入，缺则已观测的销售额）"
    SALES = "SALES", "已观测的销售额"
    EMPLOYEES = "EMPLOYEES", "从业人员"


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """What a cascade runs on; arrays by organisation (place)."""

    net: Bundle
    output: Floats
    """Yuan a year; NaN: unknown, or the organisation does not exist in the year."""
    trading: Mask
    """Who has a measured link."""
    essentiality: Essentiality
    essential: int
    """Links of essential goods."""
    unplaced: int
    """Trading organisations without an industry."""
    weightless: int
    """Trading organisations without a figure to weigh them by."""
    weights: CascadeWeight
    total: float
    """The sum of the weights: yuan a year, or persons."""
    parameters: Mapping[str, Parameter]
    used: Callable[[], Rows]
    """Finds the rows that it was made from."""


def readiness(
    snapshot: Snapshot,
    *,
    as_of: int,
    digits: int = 4,
    substitutes: bool = True,
    weights: CascadeWeight = CascadeWeight.OUTPUT,
) -> Ready:
    """Make the network of a year ready; `digits` of the industry code make the markets."""
    if digits not in {2, 3, 4}:
        raise BadInput(f"digits：行业代码位数应为 2、3 或 4，所给为 {digits}", "digits")
    key = ("cascade", as_of, digits, substitutes, weights)
    return snapshot.remember(key, lambda: _readiness(snapshot, as_of, digits, substitutes, weights))


def _readiness(
    snapshot: Snapshot,
    as_of: int,
    digits: int,
    substitutes: bool,  # noqa: FBT001 - by position from one place only
    weights: CascadeWeight,
) -> Ready:
    base, table = firms(snapshot, as_of), snapshot.nodes["Organisation"]
    chosen = np.flatnonzero(base.flows.measured > 0).astype(np.int32)
    found = essentiality(snapshot, as_of, base.flows, chosen)
    trades, bought = _trades(snapshot, as_of, base.flows, chosen, found)
    trading = np.zeros(len(table), np.bool_)
    trading[trades.seller] = trading[trades.buyer] = True
    output = np.where(alive(table, as_of), base.output, np.nan)
    industry = deepest_industry(snapshot, as_of, digits)
    weight = _weight(snapshot, as_of, weights, trades, output)
    numbered = np.unique(industry, return_inverse=True)[1].astype(np.int32)
    return Ready(
        bundle(trades, Firms(numbered, output, bought, weight), substitutes=substitutes),
        output,
        trading,
        found,
        int((found.need == ESSENTIAL).sum()),
        int((trading & (industry < 0)).sum()),
        int((trading & np.isnan(weight)).sum()),
        weights,
        float(np.nansum(weight)),
        {
            "digits": digits,
            "substitutes": substitutes,
            "weights": weights.value,
            "essentiality": SOURCE,
        },
        partial(_used, snapshot, as_of, base.flows, chosen, weights),
    )


def _used(snapshot: Snapshot, as_of: int, flows: Flows, chosen: Ints, weights: CascadeWeight) -> Rows:
    """Rows of the measured links, of what is bought outside, of outputs, essential inputs and weights."""
    everybody = np.ones(len(snapshot.nodes["Organisation"]), np.bool_)
    outside, inputs = outside_purchases(snapshot, as_of), snapshot.relations["INPUT_OF"]
    told = valid_in(inputs, as_of) & (inputs["essential"] >= 0)
    found = outputs_used(snapshot, as_of, everybody) | of_supply(flows.edge[chosen])
    found |= of_outside(outside.edge[outside.value > 0]) | Rows({"INPUT_OF": np.flatnonzero(told)})
    if weights is not CascadeWeight.EMPLOYEES:
        return found
    firms_of = np.array(snapshot.nodes["Organisation"].rows, np.int32)
    return found | of_figures(snapshot, Measure(Metric.EMPLOYEES), as_of, firms_of)


def deepest_industry(snapshot: Snapshot, as_of: int, digits: int) -> Ints:
    """Map each organisation to its industry (place) of some digits, or the deepest known above; -1: none."""
    found = main_industry(snapshot, as_of, digits)
    for fewer in range(digits - 1, 1, -1):
        found = np.where(found < 0, main_industry(snapshot, as_of, fewer), found)
    return found


def _trades(
    snapshot: Snapshot, as_of: int, flows: Flows, chosen: Ints, found: Essentiality
) -> tuple[Trades, Floats]:
    """Take the measured links, each with its part of what is bought outside; and all purchases of each."""
    first = np.int32(snapshot.nodes["Organisation"].first)
    value, count = flows.measured[chosen], len(snapshot.nodes["Organisation"])
    beside_it = outside_purchases(snapshot, as_of)
    paid = np.flatnonzero(beside_it.value > 0)
    buyers, outside = beside_it.buyer[paid], beside_it.value[paid]
    goods = beside_it.product[paid] + np.int32(snapshot.nodes["Product"].first)
    key = (np.append(flows.end[chosen] - first, buyers).astype(np.int64) << 32) + np.append(
        flows.product[chosen], goods
    )
    group = np.unique(key, return_inverse=True)[1]
    mine, others, groups = group[: len(chosen)], group[len(chosen) :], int(group.max(initial=0)) + 1
    inside, beside = totals(mine, value, groups), totals(others, outside, groups)
    gross = value * (1 + beside[mine] / inside[mine])
    seller, buyer = flows.start[chosen] - first, flows.end[chosen] - first
    bought = totals(buyer, value, count) + totals(buyers, outside, count)
    return Trades(seller, buyer, value, found.need, gross), bought


def _weight(snapshot: Snapshot, as_of: int, weights: CascadeWeight, trades: Trades, output: Floats) -> Floats:
    """Find what weighs each organisation; NaN: unknown."""
    if weights is CascadeWeight.OUTPUT:
        return output
    if weights is CascadeWeight.SALES:
        return totals(trades.seller, trades.value, len(output))
    table = snapshot.nodes["Organisation"]
    rows = np.arange(table.first, table.first + len(table), dtype=np.int32)
    return np.where(alive(table, as_of), figures(snapshot, Measure(Metric.EMPLOYEES), as_of).of(rows), np.nan)
