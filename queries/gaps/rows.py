"""Rows of gaps: one product as a town has it, taken out of the arrays of the assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.ledgers import Lead
from graph.kinds.results import After, As, result
from graph.kinds.terms import Proximity, Stage, SupplyKind
from graph.snapshot.classification import KINDS, supply_kinds
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.proximity import SCALE
from graph.snapshot.snapshot import Snapshot
from queries.gaps.demand import Seller, beyond_graph, sellers_of
from queries.gaps.ends import AmountByProximity, amounts
from queries.gaps.in_charge import InCharge
from queries.gaps.rank import UNITS, Measured, Part
from queries.gaps.state import Assessment
from queries.gaps.supply import MakersAt, makers_at
from queries.gaps.terms import GapAction, GapReason, GapState
from queries.links import known

SUPPLIERS = 5
"""How many present suppliers a row tells."""


@result("本地主体一年采购多少、从哪里来", "GapDemand")
@dataclass(frozen=True, slots=True)
class Bought:
    """What local organisations buy of a product in a year."""

    total: Annotated[float | None, "已计量的采购额（元/年）；空为没有已计量者"]
    by_origin: Annotated[Sequence[AmountByProximity], "按来源地，合计即 total"]
    """By how near it is known to come from; every proximity has a row."""
    local_share: Annotated[float | None, "本地配套率（0–1），来源不详者不算本地；空为没有已计量的采购"]
    local_share_at_most: Annotated[float | None, "来源不详者都算本地时的配套率（0–1）"]
    beyond_graph: Annotated[
        float | None, "其中向图外卖方（只知来源地）购入的金额（元/年）：suppliers 不含它；空为未计量"
    ]
    """0: nothing is bought of sellers that are not in the graph."""
    purchases: Annotated[int, "已知的采购笔数：卖方、买方与产品"]
    """Or buyer, product and origin."""
    coverage: Annotated[float | None, "其中有可用数值者的占比（0–1）；空为没有采购"]


@result("现有的一家供应者", "GapSupplier")
@dataclass(frozen=True, slots=True)
class PresentSupplier:
    """Who sells a product to the town's own organisations today."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    proximity: Annotated[Proximity, "离本镇的远近"]
    value: Annotated[float | None, "售予本镇主体的金额（元/年）；空为未计量"]


@result("一条理由")
@dataclass(frozen=True, slots=True)
class GapBecause:
    """One reason of a gap."""

    reason: Annotated[GapReason, "理由"]
    because: Annotated[NodeIndex | None, Product, "本镇所产、投入其中的产品；只有延链才有"]

    @property
    def words(self) -> Annotated[str, "中文说明", After("reason")]:
        """What the reason says, in Chinese."""
        return self.reason.words


@result("一个缺失或薄弱的环节")
@dataclass(frozen=True, slots=True)
class Gap:
    """One product as a town has it."""

    town: NodeIndex
    product: Annotated[NodeIndex, Product, "产品或环节"]
    stage: Annotated[Stage | None, "产业链位置；空为不在本镇的参考链上"]
    in_chain: Annotated[bool, "是否在本镇的参考链上"]
    required: Annotated[bool | None, "是否必备环节；空为不详或不在链上"]
    state: Annotated[GapState, "状态"]
    reasons: Sequence[GapReason]
    because: NodeIndex | None
    """What the town makes that goes into it (NO_DOWNSTREAM)."""
    action: Annotated[GapAction | None, "该做什么；空为已有，或尚不清楚"]
    supply_kind: Annotated[SupplyKind | None, "供给性质；空为没有行业分类：按可招引对待"]
    rivals: Annotated[Sequence[NodeIndex], Town, "以它为主导产品的省内其他已认定专业镇（RIVAL_TOWN）"]
    makers: Annotated[Sequence[MakersAt], "生产者，按离本镇的远近；不详者列在最后", As("supply")]
    makers_before: Annotated[int, "三年前的本地生产者家数"]
    demand: Annotated[Bought, "需求"]
    suppliers: Annotated[
        Sequence[PresentSupplier], f"现有的供应者，金额大者在前，至多 {SUPPLIERS} 家；图外卖方不列"
    ]
    suppliers_count: Annotated[int, "现有的供应者家数（图外卖方不计）"]
    hhi: Annotated[float | None, "采购集中度（0–1）：图外卖方不逐一可知，故为下限；空为没有已计量的采购"]
    leaders: Annotated[Sequence[NodeIndex], Organisation, "经不可缺少的投入依赖它的龙头企业"]
    leaders_revenue: Annotated[float | None, "这些龙头企业的营业收入合计（元/年）；空为不详"]
    score: Annotated[float | None, "得分（0–1）：各部分百分位的加权平均"]
    """None: no gap, or no part is known."""
    parts: Annotated[Sequence[Part], "得分的三个部分"]
    rank: Annotated[int | None, "在同一做法之内的名次；空为不排序（不详或已有）"]
    responsible: Annotated[
        Sequence[NodeIndex], Organisation, "责任单位：所在产业链的，没有则为本镇的牵头单位；空为没有登记"
    ]
    lead: Annotated[NodeIndex | None, Lead, "本镇关于它的招商线索，最近登记的一条；空为没有"]
    as_of: int

    @property
    def grounds(self) -> Annotated[Sequence[GapBecause], "理由", As("reasons"), After("state")]:
        """The reasons, each with what it rests on."""
        return [
            GapBecause(reason, self.because if reason is GapReason.NO_DOWNSTREAM else None)
            for reason in self.reasons
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How a gap stands among those of its action; arrays in the order of `GapPart`."""

    action: GapAction
    rank: int
    score: float | None
    percentiles: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Builds rows out of the arrays."""

    snapshot: Snapshot
    found: Assessment
    measured: Measured
    charge: InCharge
    as_of: int

    def row(self, place: int, standing: Standing | None) -> Gap:
        """Build the row of a product (its place), and how it stands (None: it is no gap)."""
        found, base = self.found, self.snapshot.nodes["Product"].first
        product = NodeIndex(place + base)
        state = found.state_at(place) or GapState.UNKNOWN
        reasons = found.reasons_at(place)
        stage, required = found.steps.get(product, (None, None))
        because = int(found.because[place])
        leaders, kind = self._leaders(place), int(supply_kinds(self.snapshot, self.as_of)[place])
        suppliers = sellers_of(found.demand, place)
        return Gap(
            town=NodeIndex(found.town + self.snapshot.nodes["Town"].first),
            product=product,
            stage=stage,
            in_chain=product in found.steps,
            required=required,
            state=state,
            reasons=reasons,
            because=NodeIndex(because + base) if because >= 0 else None,
            action=standing and standing.action,
            supply_kind=None if kind < 0 else KINDS[kind],
            rivals=self._rivals(place),
            makers=makers_at(self.snapshot, found.near.farthest, place, self.as_of),
            makers_before=int(found.supply.before[place]),
            demand=self._bought(place),
            suppliers=[self._supplier(one) for one in suppliers[:SUPPLIERS]],
            suppliers_count=len(suppliers),
            hhi=known(float(found.demand.hhi[place])),
            leaders=self.measured.leaders.leaders[leaders].tolist(),
            leaders_revenue=_added(self.measured.leaders.revenue[leaders]),
            parts=self._parts(place, standing),
            score=standing and standing.score,
            rank=standing and standing.rank,
            responsible=self.charge.bodies(product),
            lead=self.charge.leads.get(product),
            as_of=self.as_of,
        )

    def _rivals(self, place: int) -> list[NodeIndex]:
        if not self.found.reasons[GapReason.RIVAL_TOWN][place]:
            return []
        towns = np.flatnonzero(self.found.rivals[:, place]).tolist()
        return [NodeIndex(town + self.snapshot.nodes["Town"].first) for town in towns]

    def _supplier(self, one: Seller) -> PresentSupplier:
        row = NodeIndex(one.place + self.snapshot.nodes["Organisation"].first)
        return PresentSupplier(row, SCALE[self.found.near.farthest[one.place]], one.value)

    def _leaders(self, place: int) -> Ints:
        return np.flatnonzero(self.measured.leaders.depends[:, place]).astype(np.int32)

    def _bought(self, place: int) -> Bought:
        demand = self.found.demand
        sourcing = demand.sourcing
        purchases, measured = int(sourcing.purchases[place]), int(sourcing.measured[place])
        return Bought(
            total=float(demand.origins[place].sum()) if measured else None,
            by_origin=amounts(demand.origins[place]),
            local_share=known(float(sourcing.rate[place])),
            local_share_at_most=known(float(sourcing.rate_at_most[place])),
            beyond_graph=beyond_graph(demand, place),
            purchases=purchases,
            coverage=measured / purchases if purchases else None,
        )

    def _parts(self, place: int, standing: Standing | None) -> list[Part]:
        made = list[Part]()
        for column, (part, values) in enumerate(self.measured.values.items()):
            percentile = None if standing is None else known(float(standing.percentiles[column]))
            weight = None if percentile is None or standing is None else float(standing.weights[column])
            made.append(Part(part, known(float(values[place])), UNITS[part], percentile, weight))
        return made


def _added(revenue: Floats) -> float | None:
    return None if np.isnan(revenue).all() else float(np.nansum(revenue))
