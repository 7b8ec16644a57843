"""Rank of gaps: value, criticality and feasibility, each by its percentile among gaps of one action, weighed.

What a gap is worth depends on what can be done about it, so gaps of different actions are not compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.results import After, result
from graph.kinds.terms import Proximity, Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.makers import makers
from graph.snapshot.proximity import CODE
from graph.snapshot.purchases import purchases
from graph.snapshot.snapshot import Snapshot
from queries.gaps.demand import at_risk
from queries.gaps.product_links import Dependents, dependents, inputs_of
from queries.gaps.state import Assessment
from queries.gaps.terms import GapAction
from queries.ranking import Scored, checked, scored
from queries.similarity.relatedness import made_together


class GapPart(Term):
    """排序所依据的部分"""  # noqa: D400, D415 - GraphQL shows it

    VALUE = (
        "VALUE",
        (
            "价值：补链为可转为本地的外购额（来源不详者不计），强链为外购与单一来源的采购额，"
            "延链为本镇投入品现售予外地生产者的金额，保供为全部采购额"
        ),
    )
    CRITICALITY = "CRITICALITY", "关键性：经不可缺少的投入依赖它的龙头企业（同数者比营业收入）"
    FEASIBILITY = "FEASIBILITY", "可行性：与本镇所产的相关密度（按生产者家数）；保供不适用"


ACTIONS = tuple(GapAction)
UNITS = {GapPart.VALUE: "元/年", GapPart.CRITICALITY: "家", GapPart.FEASIBILITY: "0–1"}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; they need not add up to 1."""

    value: float = 0.5
    criticality: float = 0.3
    feasibility: float = 0.2

    def __post_init__(self) -> None:
        checked({f"{part.value.lower()}Weight": weight for part, weight in self.by_part.items()})

    @property
    def by_part(self) -> Mapping[GapPart, float]:
        """The weights by part."""
        return dict(zip(GapPart, (self.value, self.criticality, self.feasibility), strict=True))


@result("排序的一个部分", "GapScorePart")
@dataclass(frozen=True, slots=True)
class Part:
    """One part of a gap's score."""

    name: Annotated[GapPart, "部分"]
    value: Annotated[float | None, "数值；空为不详"]
    unit: Annotated[str, "单位"]
    percentile: Annotated[float | None, "在本镇同一做法的各缺链中的百分位（0–1）；空为不详或不排序"]
    weight: Annotated[float | None, "所用权重（weightsUsed）：不详的部分不计，其余按比例放大"]

    @property
    def words(self) -> Annotated[str, "中文说明", After("name")]:
        """What the part is, in Chinese."""
        return self.name.words


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The three parts of all products, NaN where unknown, and the leaders behind the second."""

    values: Mapping[GapPart, Floats]
    keys: Mapping[GapPart, Floats]
    """What percentiles go by: equals in one part may differ in a second respect."""
    leaders: Dependents


def measure(snapshot: Snapshot, assessment: Assessment, as_of: int) -> Measured:
    """Measure the three parts of every product for a town."""
    first = snapshot.nodes["Town"].first
    value = _value(snapshot, assessment, as_of)
    leaders = dependents(snapshot, assessment.town, as_of)
    count, revenue = leaders.depends.sum(axis=0), np.nan_to_num(leaders.revenue) @ leaders.depends
    known = inputs_of(snapshot, as_of).used & (len(leaders.leaders) > 0)
    critical = np.where(known, count, np.nan)
    # Fewer leaders never come first: the revenue, as a share of all, only tells equals apart.
    share = revenue / max(float(np.nansum(leaders.revenue)), 1.0) if len(leaders.revenue) else revenue
    density = _density(snapshot, assessment.town + first, as_of)
    density[assessment.action == ACTIONS.index(GapAction.SECURE)] = np.nan
    values = dict(zip(GapPart, (value, critical, density), strict=True))
    return Measured(values, values | {GapPart.CRITICALITY: critical + share / 2}, leaders)


def _value(snapshot: Snapshot, found: Assessment, as_of: int) -> Floats:
    """What every product is worth to a town by what can be done about it (yuan a year); NaN: unknown."""
    sourcing = found.demand.sourcing
    total, outside = (
        np.where(sourcing.measured > 0, one, np.nan) for one in (sourcing.total, sourcing.outside)
    )
    risky = at_risk(found.demand, found.supply.sole, found.concentrated)
    by_action = {
        GapAction.STRENGTHEN: risky,
        GapAction.EXTEND: outflow(snapshot, found, as_of),
        GapAction.SECURE: total,
    }
    return np.select(
        [found.action == ACTIONS.index(one) for one in by_action], [*by_action.values()], outside
    )


def outflow(snapshot: Snapshot, found: Assessment, as_of: int) -> Floats:
    """What the town sells of its main inputs to makers elsewhere, by what they make (yuan a year).

    By what is observed of the sales of its own organisations; NaN: none of them is measured.
    """
    count = len(snapshot.nodes["Product"])
    every, made = purchases(snapshot, as_of), makers(snapshot, as_of).by_organisation
    own = np.append(found.own, np.False_)  # the last place: a seller outside the graph
    sold = every.some(np.flatnonzero(own[every.seller]))
    away = found.near.farthest[sold.buyer] != CODE[Proximity.TOWN]
    sold = sold.some(away & (sold.product >= 0) & ~np.isnan(sold.value))
    which = np.repeat(np.arange(len(sold)), made.degree()[sold.buyer])
    goods = made.at(sold.buyer)[1].astype(np.int64)
    pairs = found.downstream.end.astype(np.int64) * count + found.downstream.start
    used = np.isin(goods * count + sold.product[which], pairs)
    value = np.bincount(goods[used], weights=sold.value[which[used]], minlength=count)
    return np.where(np.bincount(goods[used], minlength=count) > 0, value, np.nan)


def ranked(keys: Mapping[GapPart, Floats], weights: Weights) -> Scored:
    """Score gaps of one action by their parts, in the order of `GapPart`."""
    columns = np.stack([keys[part] for part in GapPart], axis=1)
    return scored(columns, np.array([weights.by_part[part] for part in GapPart]))


def _density(snapshot: Snapshot, town: int, as_of: int) -> Floats:
    """Look up the relatedness density of every product for a town (a global row); NaN: no data."""
    rows, columns, found = made_together(snapshot, as_of)
    density = np.full(len(snapshot.nodes["Product"]), np.nan)
    here = np.flatnonzero(rows == town)
    if len(here) and found.diversity[here[0]]:
        places: Ints = columns - np.int32(snapshot.nodes["Product"].first)
        density[places] = found.density[here[0]]
    return density
