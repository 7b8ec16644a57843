"""The gap list (缺口清单): every gap of a town as one row, those of each action in turn, by their rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import numpy as np

from graph.kinds.terms import Proximity
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in
from queries.gaps.gaps import Gaps, gaps
from queries.gaps.rank import GapPart
from queries.gaps.rows import Gap
from queries.gaps.terms import GapReason
from queries.lists.basis import basis
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import INVENTED, WAN, in_wan_words, joined, short
from queries.provenance import Rows, any_invented

IMPLIED: Mapping[GapReason, Sequence[GapReason]] = {
    GapReason.OUTSIDE_ONLY: (GapReason.NO_MAKER, GapReason.LOW_LOCAL_SHARE),
    GapReason.NO_DOWNSTREAM: (GapReason.NO_MAKER,),
}
"""What a reason says with it."""
COUNT, AMOUNT, SHARE, SCORE = Shape.COUNT, Shape.AMOUNT, Shape.SHARE, Shape.SCORE


@dataclass(frozen=True, slots=True)
class GapRow(Row):
    """One product that a town lacks, is weak in, or is not known to have."""

    title: ClassVar[str] = "缺口清单"
    rank: Annotated[int | None, Heading("名次", "在同一建议之内按得分；空为不排序：不详或已有", 4, COUNT)]
    product: Annotated[str, Heading("环节", "产品或环节的名称", 11)]
    chain: Annotated[str | None, Heading("产业链", "所在的参考产业链；空为不在链上，由采购所见", 9)]
    stage: Annotated[str | None, Heading("环节位置", "上游、中游、下游、配套服务；空为未说明", 6)]
    required: Annotated[str | None, Heading("必备", "参考产业链上是否必备；空为不详或不在链上", 4)]
    state: Annotated[str, Heading("状态", "依次判断：不详、缺失、薄弱、已有；阈值见参数", 5)]
    reasons: Annotated[
        str | None, Heading("原因", "状态的理由；“下游”注明由本镇何种产品延伸，雷同注明是哪个镇", 30)
    ]
    action: Annotated[str | None, Heading("建议", "补链、强链、延链或保供；空为已有，或尚不清楚", 5)]
    kind: Annotated[
        str | None, Heading("供给性质", "按所属行业或产品所注；空为没有行业分类：按可招引对待", 8)
    ]
    local: Annotated[
        int, Heading("本地主体（家）", "位于本镇区划或属本镇的生产者；已登记者，0 为没有登记", 7, COUNT)
    ]
    province: Annotated[int, Heading("省内其他主体（家）", "本镇之外、本省之内已登记的生产者", 8, COUNT)]
    elsewhere: Annotated[int, Heading("省外及不详主体（家）", "省外或所在地不详的已登记生产者", 9, COUNT)]
    bought: Annotated[
        float | None,
        Heading("采购额（万元/年）", "本地主体一年采购，已计量者之和；空为没有已计量的采购", 12, AMOUNT),
    ]
    value: Annotated[
        float | None,
        Heading(
            "价值（万元/年）",
            "补链：可转为本地的外购额；强链：外购与单一来源的采购额；延链：本镇投入品现售予外地生产者的金额；"
            "保供：采购额；空为不详",
            12,
            AMOUNT,
        ),
    ]
    local_share: Annotated[
        float | None,
        Heading(
            "本地配套率", "来自本地的采购额 ÷ 采购额；来源不详者不算本地；空为没有已计量的采购", 6, SHARE
        ),
    ]
    coverage: Annotated[
        float | None, Heading("计量占比", "已知采购中有可用数值的笔数占比；空为没有已知的采购", 6, SHARE)
    ]
    hhi: Annotated[
        float | None,
        Heading(
            "采购集中度（下限）", "HHI（0–1）：图外卖方不逐一可知，故为下限；空为没有已计量的采购", 6, AMOUNT
        ),
    ]
    suppliers: Annotated[
        str | None,
        Heading(
            "现有供应者", "图内卖方，金额大者在前，括号内为家数；其后为购自图外卖方之额；空为没有已知者", 20
        ),
    ]
    leaders: Annotated[
        str | None, Heading("依赖它的龙头企业", "经不可缺少的投入依赖它的龙头企业；空为没有已知者", 16)
    ]
    density: Annotated[float | None, Heading("可行性", "与本镇所产的相关密度（0–1）；空为不详", 6, AMOUNT)]
    score: Annotated[
        float | None,
        Heading(
            "得分（0–100）",
            "价值、关键性、可行性三部分在同一建议内百分位的加权平均 ×100；空为不排序",
            8,
            SCORE,
        ),
    ]
    responsible: Annotated[
        str | None, Heading("责任单位", "所在产业链的责任单位，没有则为本镇的牵头单位；空为没有登记", 12)
    ]
    lead: Annotated[str | None, Heading("招商线索", "本镇关于它的线索，最近登记的一条；空为没有", 12)]
    synthetic: Annotated[
        str | None,
        Heading("含虚构样例", "“是”：本行所据的生产者、采购、环节、投入关系或龙头中有虚构样例；空为没有", 5),
    ]


@dataclass(frozen=True, slots=True)
class GapList:
    """The gaps of a town, as GraphQL answers them, and their rows."""

    gaps: Gaps
    rows: Sequence[GapRow]
    sources: Sequence[int]
    """Sources that they rest on (global rows)."""


def gap_list(snapshot: Snapshot, id: str, *, as_of: int, **asked: Any) -> GapList:
    """List the gaps of a town; takes the arguments of `gaps`, and raises what it raises."""
    found = gaps(snapshot, id, as_of=as_of, **asked)
    chains = Chains(snapshot, found.chains, as_of)
    products = [one.product for one in found.rows]
    sources, invented = basis(snapshot, found.town, found.chains, products, as_of)
    marked = frozenset(
        one.product
        for one in found.rows
        if one.product in invented or any_invented(snapshot, Rows(), (one.product, one.because, *one.leaders))
    )
    rows = [_row(snapshot, one, chains, made_up=one.product in marked) for one in found.rows]
    return GapList(found, rows, sources)


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Tells which chains of a town a product is a step of."""

    snapshot: Snapshot
    chains: Sequence[int]
    as_of: int

    def names(self, product: int) -> str | None:
        """Name the chains of a product (a global row); None: it is in none of them."""
        edges = self.snapshot.relations["STEP_OF"]
        held = valid_in(edges, self.as_of) & (edges.start == product) & np.isin(edges.end, self.chains)
        return joined(self.snapshot.name_of(row) for row in np.unique(edges.end[held]).tolist())


def reason_words(snapshot: Snapshot, gap: Gap) -> str | None:
    """Write the reasons of a gap; what another reason says with it is left out."""
    said, implied = list[str](), {one for reason in gap.reasons for one in IMPLIED.get(reason, ())}
    for reason in gap.reasons:
        if reason in implied:
            continue
        told = reason.words
        if reason is GapReason.CONCENTRATED and gap.hhi is not None:
            told += f"（{gap.hhi:.2f}）"
        if reason is GapReason.NO_DOWNSTREAM and gap.because is not None:
            told += f"（由{snapshot.name_of(gap.because)}延伸）"
        if reason is GapReason.RIVAL_TOWN:
            told += f"（{'、'.join(snapshot.name_of(town) for town in gap.rivals)}）"
        said.append(told)
    return "；".join(said) or None


def in_wan(yuan: float | None) -> float | None:
    """Turn yuan into 万元.

    >>> in_wan(25_000.0), in_wan(None)
    (2.5, None)
    """
    return None if yuan is None else yuan / WAN


def _row(snapshot: Snapshot, gap: Gap, chains: Chains, *, made_up: bool) -> GapRow:
    parts = {part.name: part.value for part in gap.parts}
    makers = {one.proximity: one.count for one in gap.makers}
    near = (Proximity.COUNTY, Proximity.CITY, Proximity.PROVINCE)
    return GapRow(
        rank=gap.rank,
        product=snapshot.name_of(gap.product),
        chain=chains.names(gap.product),
        stage=gap.stage.words if gap.stage else None,
        required=None if gap.required is None else ("是" if gap.required else "否"),
        state=short(gap.state.words),
        reasons=reason_words(snapshot, gap),
        action=short(gap.action.words) if gap.action else None,
        kind=short(gap.supply_kind.words) if gap.supply_kind else None,
        local=makers.get(Proximity.TOWN, 0),
        province=sum(makers.get(one, 0) for one in near),
        elsewhere=sum(makers.get(one, 0) for one in (Proximity.COUNTRY, Proximity.ABROAD, Proximity.UNKNOWN)),
        bought=in_wan(gap.demand.total),
        value=in_wan(parts[GapPart.VALUE]),
        local_share=gap.demand.local_share,
        coverage=gap.demand.coverage,
        hhi=gap.hhi,
        suppliers=_suppliers(snapshot, gap),
        leaders=joined(snapshot.name_of(row) for row in gap.leaders),
        density=parts[GapPart.FEASIBILITY],
        score=None if gap.score is None else 100 * gap.score,
        responsible=joined(snapshot.name_of(row) for row in gap.responsible),
        lead=None if gap.lead is None else snapshot.name_of(gap.lead),
        synthetic=INVENTED if made_up else None,
    )


def _suppliers(snapshot: Snapshot, gap: Gap) -> str | None:
    """Name who supplies a product today, how many they are, and what is bought of others than them."""
    named, beyond = (
        joined(snapshot.name_of(one.organisation) for one in gap.suppliers),
        gap.demand.beyond_graph,
    )
    told = [f"{named}（共 {gap.suppliers_count} 家）"] if named else []
    if beyond is None or beyond:
        told.append("图外卖方" + (in_wan_words(beyond) if beyond else "，金额不详"))
    return "；".join(told) or None
