"""Rows of the investment-promotion list: what is told of a gap, and of somebody who could fill it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar

import numpy as np

from graph.kinds.terms import LeadStage, Proximity
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.gaps.basis import gap_rows
from queries.gaps.in_charge import LeadState, standings
from queries.gaps.rows import Gap
from queries.lists.gap_list import Chains, GapList
from queries.lists.headings import Heading, Row, Shape
from queries.lists.local_links import LocalLinks
from queries.lists.particulars import INVENTED, POLICIES, WAN, YI, Particulars, in_wan_words, joined, short
from queries.policies.decisions import BenefitStatus
from queries.policies.settling import CAVEAT as SETTLING
from queries.policies.settling import SettlingBenefit
from queries.provenance import Rows, any_invented, provenance
from queries.similarity.relatedness import Nearness
from queries.sourcing.basis import candidate_rows
from queries.sourcing.candidates import Candidate, Candidates, TownTies
from queries.sourcing.evidence import CandidateEvidence, town_seeker

EVIDENCE = {
    CandidateEvidence.LOCAL: "本镇已有的生产者",
    CandidateEvidence.DOWNSTREAM_BUYER: "现向本镇采购其主要投入品的生产者",
    CandidateEvidence.HOME: "省内的生产者",
    CandidateEvidence.SELLER: "已向镇内主体供应该产品",
    CandidateEvidence.RELATED: "相近产品的生产者",
    CandidateEvidence.RELATIVE: "镇内主体的关联方，且生产该产品",
    CandidateEvidence.MAKER: "省外的生产者",
}
INVITE, WORK_TOGETHER = "招引", "协作"
UNPLACED = "所在地不详的生产者"
"""What MAKER says of one whose place nobody knows."""
UNTOLD = (
    *("organisation", "approach", "code", "place", "capital", "products", "revenue", "reasons", "score"),
    *("benefits", "benefits_to_check", "sources", "dated", "stage_of_talks", "responsible", "contact"),
    *("remark", "synthetic"),
)
"""What a row without a candidate does not tell."""
NOBODY = "没有已知的候选者：已登记者中无人生产、供应，也无人生产相近产品"
NOBODY_ELSE = "没有已知的候选者：已登记者中别无他人生产、供应，也无人生产相近产品"
"""What is said of a place beyond the town, where somebody makes it."""


@dataclass(frozen=True, slots=True)
class PromotionRow(Row):
    """One candidate for one gap; a gap without candidates has one row that says so."""

    title: ClassVar[str] = "招商引资清单"
    must_know: ClassVar[Sequence[tuple[str, str]]] = (POLICIES,)
    number: Annotated[int, Heading("序号", "行的次序：先按缺口清单，再按候选者的依据与得分", 4, Shape.COUNT)]
    chain: Annotated[str | None, Heading("产业链", "环节所在的参考产业链；空为不在链上，由采购所见", 8)]
    product: Annotated[str, Heading("缺失/薄弱环节", "缺口的产品或环节，见“缺口清单”", 9)]
    stage: Annotated[str | None, Heading("环节位置", "上游、中游、下游、配套服务；空为未说明", 5)]
    state: Annotated[str, Heading("缺口程度", "缺失或薄弱，及补链、强链、延链；不列者见说明", 6)]
    organisation: Annotated[
        str | None, Heading("目标企业", "宜招引的候选者：本镇之外的企业；空为没有已知者", 13)
    ]
    code: Annotated[str | None, Heading("统一社会信用代码", "文本；空为未登记", 11)]
    place: Annotated[str | None, Heading("所在地", "当年所在的行政区划；空为不详", 8)]
    capital: Annotated[
        float | None, Heading("注册资本（万元）", "不晚于所问年份、按来源等级择定；空为不详", 8, Shape.AMOUNT)
    ]
    products: Annotated[str | None, Heading("主营产品", "已登记的所产产品与从事的环节；空为未登记", 11)]
    revenue: Annotated[
        float | None,
        Heading("年营收（亿元）", "营业收入；不晚于所问年份、按来源等级择定；空为不详", 7, Shape.AMOUNT),
    ]
    approach: Annotated[
        str | None,
        Heading("合作方式", "招引；属其他专业镇者为协作：对接配套，不引其外迁；空为没有候选者", 8),
    ]
    links: Annotated[
        str | None,
        Heading(
            "本地可配套上下游", "上游：本镇有人生产的投入；下游：本镇有人生产、要用它的产品；括号内为家数", 14
        ),
    ]
    reasons: Annotated[str | None, Heading("匹配理由", "依据（强者在前）、邻近度、已有往来、资质", 22)]
    score: Annotated[
        float | None,
        Heading(
            "推荐指数",
            "得分 ×100（0–100）：已知各部分百分位的加权平均；先按依据排序，再按它；空为都不详",
            5,
            Shape.SCORE,
        ),
    ]
    benefits: Annotated[
        str | None,
        Heading("落户可享政策", f"{SETTLING}；括号内为每户金额，“新增”指现所在地不可享；空为没有已知的", 16),
    ]
    benefits_to_check: Annotated[
        str | None, Heading("落户待核政策", "落户后可能可享、尚缺事实者，括号内为所缺；空为没有", 18)
    ]
    sources: Annotated[
        str | None, Heading("数据来源", "候选者所据事实与关系的来源；等级与链接见“口径与来源”", 9)
    ]
    dated: Annotated[
        str | None, Heading("数据日期", "这些来源最新的发布日期；都未注明时为所用数据的最新年份", 9)
    ]
    stage_of_talks: Annotated[
        str | None,
        Heading(
            "对接状态",
            "该镇招商线索所记的阶段；空为没有登记线索",
            6,
            offered=tuple(stage.words for stage in LeadStage),
        ),
    ]
    responsible: Annotated[
        str | None, Heading("责任单位", "招商线索的责任单位，没有则为缺口的；空为没有登记", 11)
    ]
    contact: Annotated[str | None, Heading("联系人", "留空，由使用者填写：图中不存个人信息", 6)]
    remark: Annotated[str | None, Heading("备注", "留空，由使用者填写", 7)]
    synthetic: Annotated[
        str | None,
        Heading("虚构样例", "“是”：本行任何一格所据的主体、事实、关系或来源为虚构样例；空为没有", 5),
    ]


@dataclass(frozen=True, slots=True)
class ConvertibleRow(Row):
    """One organisation in the town that does not make what is lacking, and could switch to it."""

    title: ClassVar[str] = "本地可转产企业"
    number: Annotated[int, Heading("序号", "行的次序：先按缺口清单，再按依据与得分", 4, Shape.COUNT)]
    product: Annotated[str, Heading("缺失/薄弱环节", "缺口的产品或环节，见“缺口清单”", 9)]
    state: Annotated[str, Heading("缺口程度", "缺失或薄弱，及补链、强链、延链", 6)]
    organisation: Annotated[str, Heading("本地企业", "位于本镇，不生产它", 13)]
    code: Annotated[str | None, Heading("统一社会信用代码", "文本；空为未登记", 11)]
    place: Annotated[str | None, Heading("所在地", "当年所在的行政区划；空为不详", 8)]
    products: Annotated[str | None, Heading("主营产品", "已登记的所产产品与从事的环节；空为未登记", 11)]
    near: Annotated[str | None, Heading("相近产品", "所产与之最相近的产品；空为只在销售它", 9)]
    revenue: Annotated[
        float | None,
        Heading("年营收（亿元）", "营业收入；不晚于所问年份、按来源等级择定；空为不详", 7, Shape.AMOUNT),
    ]
    reasons: Annotated[str | None, Heading("依据", "凭什么说相近（及镇数）、已有往来、资质", 26)]
    responsible: Annotated[str | None, Heading("责任单位", "缺口的责任单位；空为没有登记", 12)]
    sources: Annotated[
        str | None, Heading("数据来源", "本行所用事实与关系的来源；等级与链接见“口径与来源”", 9)
    ]
    dated: Annotated[
        str | None, Heading("数据日期", "这些来源最新的发布日期；都未注明时为所用数据的最新年份", 9)
    ]
    synthetic: Annotated[str | None, Heading("虚构样例", "“是”：主体或所用来源为虚构样例；空为没有", 5)]


@dataclass(frozen=True, slots=True, eq=False)
class PromotionLines:
    """Builds rows, and notes which sources they use."""

    snapshot: Snapshot
    found: Mapping[int, Candidates]
    chains: Chains
    links: LocalLinks
    leads: Mapping[tuple[int, int], LeadState]
    about: Particulars
    used: set[int]
    own: Mask
    """Who seeks: the organisations (places) of the town."""
    marked: frozenset[int]
    """Products (global rows) whose state in the town rests on something invented."""
    settled: Mapping[int, Sequence[SettlingBenefit]]
    """What each candidate (a global row) would get in the town."""

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        listed: GapList,
        found: Mapping[int, Candidates],
        as_of: int,
        settled: Mapping[int, Sequence[SettlingBenefit]],
    ) -> "PromotionLines":
        """Survey a town."""
        town = listed.gaps.town
        own = town_seeker(snapshot, town, as_of).own
        return cls(
            snapshot,
            found,
            Chains(snapshot, listed.gaps.chains, as_of),
            LocalLinks.of(snapshot, town, as_of),
            standings(snapshot, town, as_of),
            Particulars(snapshot, as_of),
            set(),
            own,
            frozenset(
                gap.product
                for gap in listed.gaps.rows
                if any_invented(
                    snapshot,
                    gap_rows(snapshot, town, listed.gaps.chains, [gap.product], as_of, own),
                    (gap.product, gap.because),
                )
            ),
            settled,
        )

    def row(self, number: int, gap: Gap, one: Candidate | None) -> PromotionRow:
        """Build the row of a gap and a candidate; None: there is no candidate."""
        told = self._nobody(gap) if one is None else self._told(gap, one, self.settled.get(one.row, ()))
        given: dict[str, Any] = {**dict.fromkeys(UNTOLD), "synthetic": self._of_gap(gap), **told}
        return PromotionRow(
            number=number,
            chain=self.chains.names(gap.product),
            product=self.snapshot.name_of(gap.product),
            stage=gap.stage.words if gap.stage else None,
            state=_state(gap),
            links=self.links.words(gap.product),
            **given,
        )

    def convertible(self, number: int, gap: Gap, one: Candidate) -> ConvertibleRow:
        """Build the row of a gap and somebody in the town who could switch to it."""
        told, names = self._told(gap, one), {field.name for field in fields(ConvertibleRow)}
        given: dict[str, Any] = {name: cell for name, cell in told.items() if name in names}
        given["responsible"] = self._bodies(gap)
        return ConvertibleRow(
            number=number,
            product=self.snapshot.name_of(gap.product),
            state=_state(gap),
            near=None if one.near_product is None else self.snapshot.name_of(one.near_product),
            **given,
        )

    def _bodies(self, gap: Gap) -> str | None:
        return joined(self.snapshot.name_of(row) for row in gap.responsible)

    def _nobody(self, gap: Gap) -> Mapping[str, str | float | None]:
        """What a row without a candidate tells."""
        found = self.found[gap.product]
        away = NOBODY
        if found.count:
            away = (
                f"已知的 {found.count} 家中没有企业（都是个体户、合作社、事业单位等）：可对接采购，不宜招引"
            )
        elif found.local_count:
            away = NOBODY_ELSE
        here = joined(self.snapshot.name_of(one.row) for one in found.local)
        more = "等" if found.local_count > len(found.local) else ""
        told = f"本镇已有 {found.local_count} 家生产（{here}{more}），先扶持它们；镇外"
        return {"reasons": told + away if here else away, "responsible": self._bodies(gap)}

    def _told(
        self, gap: Gap, one: Candidate, settled: Sequence[SettlingBenefit] = ()
    ) -> Mapping[str, str | float | None]:
        """What is known of a candidate, and what it would get in the town."""
        about, (capital, capital_claim) = self.about, self.about.capital(one.row)
        claims = (one.claim, capital_claim)
        stated = (about.made(one.row), about.sold(one.row, gap.product))
        used = self._rows(one.row, gap.product) | about.claimed(*claims)
        sources = sorted(provenance(self.snapshot, used, about.as_of).sources)
        self.used.update(sources)
        lead = self.leads.get((one.row, gap.product)) or self.leads.get((one.row, -1))
        return {
            "organisation": self.snapshot.name_of(one.row),
            "approach": self._approach(one),
            "code": about.code(one.row),
            "place": about.place(one.row),
            "capital": None if capital is None else capital / WAN,
            "products": joined(about.products(one.row)),
            "revenue": None if one.revenue is None else one.revenue / YI,
            "reasons": self._reasons(one),
            "score": None if one.score is None else 100 * one.score,
            "benefits": self._would_get(settled),
            "benefits_to_check": self._might_get(settled),
            "sources": joined(self.snapshot.name_of(row) for row in sources),
            "dated": about.dated(sources, stated, claims),
            "stage_of_talks": lead.stage if lead else None,
            "responsible": (joined(lead.responsible) if lead else None) or self._bodies(gap),
            "synthetic": self._marked(one, used, settled) or self._of_gap(gap),
        }

    def _marked(self, one: Candidate, used: Rows, settled: Sequence[SettlingBenefit]) -> str | None:
        """Mark a row of which anything is invented, the benefits that it names included."""
        for benefit in settled:
            used |= benefit.used
        named = (benefit.benefit for benefit in settled)
        return self.about.invented(one.row, *one.qualifications, *named, used=used)

    def _would_get(self, settled: Sequence[SettlingBenefit]) -> str | None:
        said = list[str]()
        for one in settled:
            if one.status is BenefitStatus.ELIGIBLE:
                notes = [f"{one.amount / WAN:g} 万元"] if one.amount is not None else []
                notes += [] if one.already else ["新增"]
                told = f"（{'，'.join(notes)}）" if notes else ""
                said.append(f"{self.snapshot.name_of(one.benefit)}{told}")
        return joined(said)

    def _might_get(self, settled: Sequence[SettlingBenefit]) -> str | None:
        return joined(
            f"{self.snapshot.name_of(one.benefit)}（{'，'.join(one.deciding)}）"
            for one in settled
            if one.status is BenefitStatus.UNKNOWN
        )

    def _rows(self, row: int, product: int) -> Rows:
        """Rows that tell of a candidate."""
        who = np.array([row - self.snapshot.nodes["Organisation"].first], np.int32)
        return candidate_rows(self.snapshot, who, self.own, product, self.about.as_of)

    def _of_gap(self, gap: Gap) -> str | None:
        """Mark a row whose gap rests on something invented, or whose links to local makers do."""
        made_up = gap.product in self.marked or self.links.invented(gap.product)
        return INVENTED if made_up else None

    def _approach(self, one: Candidate) -> str:
        """Whether to invite a candidate, or to work with it where it is: it belongs to another town."""
        towns = joined(self.about.towns(one.row))
        return f"{WORK_TOGETHER}（属{towns}）" if towns else INVITE

    def _reasons(self, one: Candidate) -> str:
        unplaced = one.proximity is Proximity.UNKNOWN
        said = [
            UNPLACED if unplaced and kind is CandidateEvidence.MAKER else EVIDENCE[kind]
            for kind in one.evidence
        ]
        if one.near_product is not None and one.nearness is not None:
            said.append(near_words(self.snapshot.name_of(one.near_product), one.nearness))
        said += _ties(self.snapshot, one.ties)
        if held := joined(self.snapshot.name_of(row) for row in one.qualifications):
            said.append(f"资质：{held}")
        return "；".join(said)


def near_words(product: str, near: Nearness) -> str:
    """Say how near a product is, and on what that rests.

    >>> from queries.similarity.relatedness import NearnessBasis, NearnessDegree
    >>> near_words("甲", Nearness(NearnessBasis.SAME_CLASS, NearnessDegree.NEAR, None, 1, 0))
    '所产甲与之同属一个行业小类（以其一为专长的镇只有 1 个，不足以说同地专长）'
    """
    if near.product_proximity is None:
        told = f"（以其一为专长的镇只有 {near.places} 个，不足以说同地专长）"
        return f"所产{product}与之同属一个行业小类{told}"
    places = f"{near.places} 个镇以其一为专长，{near.together} 个两者皆是"
    return f"所产{product}与之邻近度 {near.product_proximity:.2f}（{places}）"


def _state(gap: Gap) -> str:
    return f"{short(gap.state.words)}（{short(gap.action.words)}）" if gap.action else short(gap.state.words)


def _ties(snapshot: Snapshot, ties: TownTies) -> list[str]:
    """Write what a candidate trades with the town already."""
    said = list[str]()
    for verb, value in (("已售予镇内", ties.sells), ("已购自镇内", ties.buys)):
        if value is None:
            said.append(f"{verb}，金额不详")
        elif value:
            said.append(f"{verb}{in_wan_words(value)}")
    if related := joined(snapshot.name_of(row) for row in ties.relatives):
        said.append(f"与镇内{related}有股权或联合关系")
    return said
