"""Briefing of a town (镇画像): what a person in charge takes to a meeting, composed of what others answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, cast

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput, InvalidRule
from graph.kinds.entities import Chain, Industry, Organisation, Region, Town
from graph.kinds.metrics import Metric
from graph.kinds.papers import Standard
from graph.kinds.results import result
from graph.kinds.terms import StandardPurpose, TownStatus
from graph.snapshot.claims import Measure, figures_of
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.proximity import to_area
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import alive, valid_in
from queries.answer import Answer, Formula, Method
from queries.briefings.chain_state import ChainState, GapsOfAction, StepState
from queries.briefings.grounds import Grounds, GroundsOf
from queries.briefings.headlines import Headline, doubts, figure_rows, headlines
from queries.briefings.trade import SoleSource, TradeSide, sole_sources, trade_side
from queries.evidence.completeness import town_completeness
from queries.gaps.ends import Ends
from queries.gaps.gaps import Gaps, gaps
from queries.gaps.in_charge import InCharge
from queries.gaps.terms import GapState
from queries.levels import OwnCounts, in_scope, row_of_kind
from queries.linkage.single_sources import SingleSourced, single_sourced
from queries.linkage.sourcing_rate import PurchasesByOrigin, SourcingRate, sourcing_rate
from queries.lookup.filters import town_status
from queries.provenance import Rows, any_invented, joining
from queries.standards.checkup import Checkup, checkup
from queries.standards.measures.coverage import CoverageState
from queries.standards.verdicts import Outcome
from queries.subjects import withdrawn

MOST = 20
FORMULA = Formula(
    "briefing/town",
    "专业镇简报",
    2,
    "各项的公式与告诫见各分析；未登记不等于没有，候选者不代表投资意愿。",
)


@result("本镇的一家龙头企业", "BriefingLeader")
@dataclass(frozen=True, slots=True)
class Leader:
    """An organisation that leads the town."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    revenue: Annotated[float | None, "营业收入（元/年），不晚于所问年份；空为不详"]
    synthetic: Annotated[bool, "主体、龙头关系或营业收入是否为虚构样例"]


@result("按一个认定标准的体检，一句话", "BriefingCheckup")
@dataclass(frozen=True, slots=True)
class CheckupLine:
    """The town held against one recognition standard."""

    standard: Annotated[NodeIndex, Standard, "标准"]
    outcome: Annotated[Outcome, "是否达到认定条件"]
    in_words: Annotated[str, "一句话"]
    synthetic: Annotated[bool, "标准或所用的行中是否有虚构样例"]


@result("镇画像：一页纸所需的全部内容", "TownBriefing")
@dataclass(frozen=True, slots=True)
class TownBriefing(Answer):
    """A town on one page."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    regions: Annotated[Sequence[NodeIndex], Region, "所在县域"]
    status: Annotated[TownStatus, "认定状态，截至所问年份"]
    industries: Annotated[Sequence[NodeIndex], Industry, "主导行业"]
    chains: Annotated[Sequence[NodeIndex], Chain, "对照的参考产业链"]
    offices: Annotated[Sequence[NodeIndex], Organisation, "牵头单位；空为没有登记"]
    own: OwnCounts
    leaders: Annotated[Sequence[Leader], "龙头企业，营业收入大者在前"]
    leader_count: Annotated[int, "龙头企业总数"]
    figures: Annotated[Sequence[Headline], "主要数值：每个指标、口径、产品一项"]
    steps: Annotated[Sequence[StepState], "参考产业链的环节及状态"]
    gaps: Annotated[Sequence[GapsOfAction], "补链、强链、延链、保供，各取前几个"]
    ends: Annotated[Ends | None, "产业链的两头；空为没有对照的参考产业链"]
    sourcing: Annotated[PurchasesByOrigin | None, "全部采购，按来源；空为没有已计量的采购"]
    suppliers: Annotated[TradeSide, "向镇外购买：本镇主体之外的卖方"]
    buyers: Annotated[TradeSide, "售予镇外：本镇主体之外的买方"]
    single_sources: Annotated[Sequence[SoleSource], "单一来源的采购，金额大者在前"]
    single_source_count: Annotated[int, "单一来源的采购（买方与产品）数"]
    purchase_count: Annotated[int, "采购（买方与产品）总数"]
    checkups: Annotated[Sequence[CheckupLine], "体检：当年施行的认定标准，有真实标准时不列样例标准"]
    unknowns: Annotated[Sequence[str], "尚不清楚的事"]
    grounds: GroundsOf


def town_briefing(snapshot: Snapshot, id: str, *, as_of: int, first: int = 3) -> TownBriefing:
    """Put a town on one page in a year: of each list the first rows, and how many there are.

    `first` is 1–20. Raises BadInput, NotFound.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    made = _Town.of(snapshot, row_of_kind(snapshot, id, "Town"), as_of, first)
    return made.briefing()


@dataclass(frozen=True, slots=True, eq=False)
class _Town:
    """What a town is asked, each question once."""

    snapshot: Snapshot
    row: NodeIndex
    as_of: int
    first: int
    lacking: Gaps
    local: SourcingRate
    single: SingleSourced
    checked: Sequence[Checkup]
    unreadable: Sequence[str]

    @classmethod
    def of(cls, snapshot: Snapshot, row: NodeIndex, as_of: int, first: int) -> "_Town":
        """Ask."""
        id = snapshot.id_of(row)
        lacking = gaps(snapshot, id, as_of=as_of, first=first)
        checkpoint()
        local = sourcing_rate(snapshot, id, as_of=as_of, first=1)
        single = single_sourced(snapshot, id, as_of=as_of, first=first)
        checkpoint()
        checked, unreadable = list[Checkup](), list[str]()
        for standard in _standards(snapshot, as_of):
            try:
                checked.append(checkup(snapshot, id, as_of=as_of, standard=snapshot.id_of(standard)))
            except InvalidRule as fault:
                unreadable.append(f"{snapshot.name_of(standard)}的条件无法读取：{fault}")
        return cls(snapshot, row, as_of, first, lacking, local, single, checked, unreadable)

    def briefing(self) -> TownBriefing:
        """Put the answers on one page."""
        snapshot, as_of, place = self.snapshot, self.as_of, self.row - self.snapshot.nodes["Town"].first
        chain = ChainState.of(snapshot, self.lacking, as_of)
        actions, of_candidates = chain.actions()
        figures, leaders = headlines(snapshot, self.row, as_of), self._leaders()
        own = in_scope(snapshot, snapshot.id_of(self.row), as_of)
        near = to_area(snapshot, self.row, as_of)
        suppliers, bought = trade_side(snapshot, own, "UP", near, as_of=as_of, first=self.first)
        buyers, sold = trade_side(snapshot, own, "DOWN", near, as_of=as_of, first=self.first)
        checkpoint()
        rows = of_candidates | figure_rows(snapshot, figures) | bought | sold | self._led()
        method = self._method(rows)
        grounds = Grounds.of(snapshot, method, self._methods(), (self.row,))
        codes = town_status(snapshot.nodes["Town"], np.array([place]), as_of)
        return TownBriefing(
            town=self.row,
            regions=self._ends("LIES_IN"),
            status=list(TownStatus)[int(codes[0])],
            industries=self._ends("SPECIALISES_IN"),
            chains=self.lacking.chains,
            offices=InCharge.of(snapshot, self.row, (), as_of).office,
            own=self.lacking.own,
            leaders=leaders[: self.first],
            leader_count=len(leaders),
            figures=figures,
            steps=chain.states,
            gaps=actions,
            ends=self.lacking.ends,
            sourcing=self.local.whole,
            suppliers=suppliers,
            buyers=buyers,
            single_sources=sole_sources(snapshot, self.single.rows, as_of),
            single_source_count=self.single.count,
            purchase_count=self.single.pairs,
            checkups=[self._checkup(one) for one in self.checked],
            unknowns=[*self._unknowns(figures), *grounds.doubts],
            grounds=grounds,
            method=method,
        )

    def _methods(self) -> list[Method]:
        """How the questions that it is composed of were answered."""
        return [one.method for one in (self.lacking, self.local, self.single, *self.checked)]

    def _method(self, rows: Rows) -> Method:
        used = [one.used for one in self._methods() if one.used is not None]

        def every() -> Rows:
            found = rows
            for some in used:
                found |= some()
            return found

        return FORMULA.method(
            self.snapshot,
            self.as_of,
            {"first": self.first},
            coverage=self.local.method.coverage,
            used=every,
        )

    def _ends(self, label: str) -> list[NodeIndex]:
        table = self.snapshot.relations[label]
        return np.unique(table.end[valid_in(table, self.as_of) & (table.start == self.row)]).tolist()

    def _led(self) -> Rows:
        return joining(
            self.snapshot, "LEADS", self.as_of, np.array(self._leader_rows(), np.int64), np.array([self.row])
        )

    def _leader_rows(self) -> list[NodeIndex]:
        led = self.snapshot.relations["LEADS"]
        held = np.unique(led.start[valid_in(led, self.as_of) & (led.end == self.row)])
        table = self.snapshot.nodes["Organisation"]
        return held[alive(table, self.as_of)[held - table.first]].tolist()

    def _leaders(self) -> list[Leader]:
        """The leaders that exist, the largest first, unknown ones last."""
        rows, found = self._leader_rows(), list[Leader]()
        chosen = figures_of(self.snapshot, rows, Measure(Metric.REVENUE), self.as_of)
        for row, figure in zip(rows, chosen, strict=True):
            leads = joining(self.snapshot, "LEADS", self.as_of, np.array([row]), np.array([self.row]))
            made_up = any_invented(self.snapshot, leads, (row, figure and figure.claim))
            found.append(Leader(row, figure and figure.value, made_up))
        return sorted(found, key=lambda one: (one.revenue is None, -(one.revenue or 0), one.organisation))

    def _checkup(self, one: Checkup) -> CheckupLine:
        standard = cast("NodeIndex", one.standard)  # it was asked by its id
        used = one.method.used() if one.method.used else Rows()
        made_up = any_invented(self.snapshot, used, (standard,))
        return CheckupLine(standard, one.outcome, one.in_words, made_up)

    def _unknowns(self, figures: Sequence[Headline]) -> Iterator[str]:
        """Say what is not known of the town."""
        if gone := withdrawn(self.snapshot, self.row, self.as_of):
            yield gone
        if not {Metric.OUTPUT_VALUE, Metric.REVENUE} & {one.metric for one in figures}:
            yield "没有已登记的产值或营业收入"
        yield from doubts(figures)
        own, coverage = self.lacking.own, self.local.method.coverage
        if own is None or not own.count:
            yield "没有已知的本镇主体：采购、销售与本地生产无从得知"
        if coverage and coverage.unmeasured:
            yield f"{coverage.links} 笔采购中 {coverage.unmeasured} 笔没有可用数值"
        if not self.lacking.chains:
            yield "没有对照的参考产业链：只比较采购"
        if unclear := self.lacking.states[GapState.UNKNOWN]:
            yield f"{unclear} 个环节或产品的状态不详"
        yield from self._of_standards()

    def _of_standards(self) -> Iterator[str]:
        """Say what the recognition standards need and nobody knows."""
        yield from self.unreadable
        if not self.checked and not self.unreadable:
            yield f"{self.as_of} 年没有施行的认定标准：未作体检"
            return
        needed = town_completeness(self.snapshot, self.snapshot.id_of(self.row), as_of=self.as_of)
        missing = [one for one in needed.requirements if one.state is CoverageState.UNKNOWN]
        names = dict.fromkeys(one.words for one in missing if self._judged(one.standard))
        if names:
            yield f"体检所需而不详：{'、'.join(names)}"
        if self.as_of not in _complete_for(self.snapshot, self.row):
            yield f"{self.as_of} 年主体名录未写明完整：家数都是下限"

    def _judged(self, standard: int) -> bool:
        return any(one.standard == standard for one in self.checked)


def _standards(snapshot: Snapshot, as_of: int) -> list[int]:
    """List the recognition standards in force (global rows): invented ones only where there is no other."""
    table = snapshot.nodes["Standard"]
    asked = alive(table, as_of) & (table["purpose"] == code(StandardPurpose.RECOGNITION))
    made_up = invented(snapshot).of(table)
    chosen = asked & ~made_up
    return (np.flatnonzero(chosen if chosen.any() else asked) + table.first).tolist()


def _complete_for(snapshot: Snapshot, row: int) -> Sequence[int]:
    return cast("Town", snapshot.entity(row)).register_complete_for
