"""Briefing of an organisation (企业画像): who it is, how large, with whom it deals, what it could fill."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Industry, Organisation, Product, Town
from graph.kinds.papers import Qualification
from graph.kinds.results import result
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.makers import makers
from graph.snapshot.proximity import to_organisation
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive, valid_in
from queries.answer import Answer, Formula, Method
from queries.briefings.fills import Fill, fills
from queries.briefings.grounds import Grounds, GroundsOf
from queries.briefings.headlines import Headline, Series, doubts, figure_rows, headlines, series
from queries.briefings.trade import SoleSource, TradeSide, sole_sources, trade_side
from queries.cascade.cascade import Cascade, cascade
from queries.levels import row_of_kind
from queries.linkage.single_sources import sourcing
from queries.lists.particulars import Particulars
from queries.network.partners import partners
from queries.ownership.groups import Holding, OwnershipGroup, group
from queries.provenance import Rows, any_invented, leaving

MOST = 20
FORMULA = Formula(
    "briefing/organisation",
    "企业画像",
    2,
    "各项的公式与告诫见各分析；未登记不等于没有，可补的缺口不代表投资意愿。",
)


@result("持有的一项资质", "BriefingTitle")
@dataclass(frozen=True, slots=True)
class Title:
    """A qualification that it holds in the year."""

    qualification: Annotated[NodeIndex, Qualification, "资质"]
    valid_from: Annotated[date | None, "生效日期；空为不详"]
    valid_to: Annotated[date | None, "失效日期；空为不详或没有"]
    synthetic: Annotated[bool, "是否为虚构样例"]


@result("与一个专业镇的关系", "BriefingTown")
@dataclass(frozen=True, slots=True)
class TownTie:
    """A town that it is a member of, or leads."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    leads: Annotated[bool, "是否为其龙头企业"]
    member: Annotated[bool, "是否为其成员"]
    synthetic: Annotated[bool, "是否为虚构样例"]


@result("所产的一种产品", "BriefingProduct")
@dataclass(frozen=True, slots=True)
class Made:
    """A product that it makes, or a step that it does."""

    product: Annotated[NodeIndex, Product, "产品或环节"]
    synthetic: Annotated[bool, "是否为虚构样例"]


@result("一个股东，或一个所持股的主体", "BriefingStake")
@dataclass(frozen=True, slots=True)
class Stake:
    """An owner, or an organisation that it owns."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    share: Annotated[float | None, "比例（0–1），直接与间接合计；空为不详"]
    direct: Annotated[bool, "是否直接持股"]
    synthetic: Annotated[bool, "主体或持股是否为虚构样例"]


@result("谁离不开它", "BriefingDependence")
@dataclass(frozen=True, slots=True)
class Dependence:
    """Who hangs on it: those who know no other source, and what would stop with it."""

    sole_source_for: Annotated[int, "以它为唯一已知来源的买方数"]
    sole_sources: Annotated[Sequence[SoleSource], "这些采购，金额大者在前"]
    affected: Annotated[int | None, "它停产时有损失的其他主体数（cascade）；空为不详"]
    at_risk: Annotated[float | None, "它停产时停下的产出（元/年），含其自身；空为不详"]
    own_sources: Annotated[int, "它自己单一来源的采购（产品）数"]
    synthetic: Annotated[bool, "停产的波及所依据的供应网络中是否有虚构样例"]


@result("企业画像：一页纸所需的全部内容", "OrganisationBriefing")
@dataclass(frozen=True, slots=True)
class OrganisationBriefing(Answer):
    """An organisation on one page."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    place: Annotated[str | None, "所在地，自省起；空为不详"]
    industries: Annotated[Sequence[NodeIndex], Industry, "从事的行业；空为没有登记"]
    towns: Annotated[Sequence[TownTie], "所属与带动的专业镇"]
    products: Annotated[Sequence[Made], "所产产品与从事的环节"]
    titles: Annotated[Sequence[Title], "当年有效的资质；空为没有登记"]
    figures: Annotated[Sequence[Headline], "主要数值"]
    series: Annotated[Sequence[Series], "历年数值：有两年以上者"]
    purchases: Annotated[TradeSide, "向谁购买"]
    sales: Annotated[TradeSide, "售予谁"]
    owners: Annotated[Sequence[Stake], "股东，比例大者在前"]
    owner_count: Annotated[int, "股东总数"]
    owned: Annotated[Sequence[Stake], "所持股的主体，比例大者在前"]
    owned_count: Annotated[int, "所持股的主体总数"]
    group_size: Annotated[int, "同属一集团的主体数，含自身"]
    dependence: Annotated[Dependence, "谁离不开它"]
    fills: Annotated[Sequence[Fill], "可补的缺口：外镇所缺、它所产，他镇主业除外；价值大者在前，不详者在后"]
    fill_count: Annotated[int, "可补的缺口总数"]
    fills_left_out: Annotated[int, "外镇所缺、它所产，但为他镇主业而未列的缺口数"]
    unknowns: Annotated[Sequence[str], "尚不清楚的事"]
    grounds: GroundsOf


def organisation_briefing(snapshot: Snapshot, id: str, *, as_of: int, first: int = 5) -> OrganisationBriefing:
    """Put an organisation on one page in a year: of each list the first rows, and how many there are.

    `first` is 1–20. Raises BadInput, NotFound.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    row = row_of_kind(snapshot, id, "Organisation")
    owned = group(snapshot, snapshot.id_of(row), as_of=as_of)
    falls = cascade(snapshot, snapshot.id_of(row), as_of=as_of, first=1)
    checkpoint()
    return _Firm(snapshot, row, as_of, first, owned, falls).briefing()


@dataclass(frozen=True, slots=True, eq=False)
class _Firm:
    """What an organisation is asked, each question once."""

    snapshot: Snapshot
    row: NodeIndex
    as_of: int
    first: int
    group: OwnershipGroup
    falls: Cascade

    @property
    def place(self) -> int:
        """Its place among the organisations."""
        return self.row - self.snapshot.nodes["Organisation"].first

    def briefing(self) -> OrganisationBriefing:
        """Put the answers on one page."""
        snapshot, as_of = self.snapshot, self.as_of
        figures, over = headlines(snapshot, self.row, as_of), series(snapshot, self.row, as_of)
        every = np.arange(len(snapshot.nodes["Organisation"]), dtype=np.int32)
        near, own = to_organisation(snapshot, self.place, every, as_of), self._only()
        bought, purchases = trade_side(snapshot, own, "UP", near, as_of=as_of, first=self.first)
        sold, sales = trade_side(snapshot, own, "DOWN", near, as_of=as_of, first=self.first)
        could, rivals, of_fills = fills(snapshot, self.place, as_of)
        checkpoint()
        rows = figure_rows(snapshot, figures, over) | purchases | sales | of_fills
        for label in ("HOLDS", "MEMBER_OF", "LEADS"):
            rows |= leaving(snapshot, label, as_of, np.array([self.row]))
        method, about = self._method(rows), Particulars(snapshot, as_of)
        grounds = Grounds.of(snapshot, method, self._methods(), (self.row,))
        return OrganisationBriefing(
            organisation=self.row,
            place=about.place(self.row),
            industries=self._ends("ENGAGES_IN"),
            towns=self._towns(),
            products=self._made(),
            titles=self._titles(),
            figures=figures,
            series=over,
            purchases=bought,
            sales=sold,
            owners=self._stakes(self.group.owners, "start"),
            owner_count=len(self.group.owners),
            owned=self._stakes(self.group.owned, "end"),
            owned_count=len(self.group.owned),
            group_size=len(self.group.members),
            dependence=self._dependence(),
            fills=could[: self.first],
            fill_count=len(could),
            fills_left_out=rivals,
            unknowns=[*self._unknowns(figures, bought, sold), *grounds.doubts],
            grounds=grounds,
            method=method,
        )

    def _methods(self) -> list[Method]:
        return [self.group.method, self.falls.method]

    def _method(self, rows: Rows) -> Method:
        """What it rests on; of the cascade, whose network is that of everybody, only its own trade."""
        used = self.group.method.used
        return FORMULA.method(
            self.snapshot,
            self.as_of,
            {"first": self.first},
            used=lambda: rows | (used() if used else Rows()),
        )

    def _only(self) -> Mask:
        mask = np.zeros(len(self.snapshot.nodes["Organisation"]), np.bool_)
        mask[self.place] = True
        return mask

    def _held(self, label: str) -> Ints:
        """Relations of a label (places) that lead from it in the year."""
        table = self.snapshot.relations[label]
        return np.flatnonzero(valid_in(table, self.as_of) & (table.start == self.row)).astype(np.int32)

    def _ends(self, label: str) -> list[NodeIndex]:
        return np.unique(self.snapshot.relations[label].end[self._held(label)]).tolist()

    def _towns(self) -> list[TownTie]:
        leads, member = self._ends("LEADS"), self._ends("MEMBER_OF")
        told = list[TownTie]()
        for town in sorted({*leads, *member}):
            ties = {n: self._to(n, town) for n in ("LEADS", "MEMBER_OF")}
            made_up = any_invented(self.snapshot, Rows(ties), (town, self.row))
            told.append(TownTie(town, town in leads, town in member, made_up))
        return told

    def _to(self, label: str, end: int) -> Ints:
        held = self._held(label)
        return held[self.snapshot.relations[label].end[held] == end]

    def _made(self) -> list[Made]:
        found = makers(self.snapshot, self.as_of)
        _, goods, pairs = found.by_organisation.at(np.array([self.place]))
        first = self.snapshot.nodes["Product"].first
        marks = found.synthetic[pairs].tolist()
        return [Made(NodeIndex(good + first), mark) for good, mark in zip(goods.tolist(), marks, strict=True)]

    def _titles(self) -> list[Title]:
        table, held = self.snapshot.relations["HOLDS"], self._held("HOLDS")
        marks = invented(self.snapshot).relations["HOLDS"][held].tolist()
        days = (table[name][held].tolist() for name in ("validFrom", "validTo"))
        return [Title(*cells) for cells in zip(table.end[held].tolist(), *days, marks, strict=True)]

    def _stakes(self, holdings: Sequence[Holding], side: str) -> list[Stake]:
        """Tell the first of some holdings; an indirect one is marked by its own end alone."""
        table, known = self.snapshot.relations["OWNS"], invented(self.snapshot)
        here, there = (table.end, table.start) if side == "start" else (table.start, table.end)
        told = list[Stake]()
        for one in holdings[: self.first]:
            between = (here == self.row) & (there == one.row) & valid_in(table, self.as_of)
            made_up = known.nodes[one.row] or known.relations["OWNS"][between].any()
            told.append(Stake(one.row, one.share, one.steps == 1, bool(made_up)))
        return told

    def _dependence(self) -> Dependence:
        single = [one for one in sourcing(self.snapshot, self.as_of, self._customers()) if one.single]
        mine = [one for one in single if one.supplier == self.row]
        fell = self.falls.esri is not None
        own = sourcing(self.snapshot, self.as_of, self._only())
        return Dependence(
            len({one.buyer for one in mine}),
            sole_sources(self.snapshot, mine[: self.first], self.as_of),
            max(self.falls.affected - 1, 0) if fell else None,
            self.falls.at_risk,
            sum(one.single for one in own),
            any_invented(self.snapshot, self.falls.method.used() if self.falls.method.used else Rows()),
        )

    def _customers(self) -> Mask:
        mask = np.zeros(len(self.snapshot.nodes["Organisation"]), np.bool_)
        mask[partners(self.snapshot, self.as_of).customers.at(np.array([self.place]))[1]] = True
        return mask

    def _unknowns(self, figures: Sequence[Headline], bought: TradeSide, sold: TradeSide) -> Iterator[str]:
        """Say what is not known of it."""
        table = self.snapshot.nodes["Organisation"]
        if not alive(table, self.as_of)[self.place]:
            yield f"该主体在 {self.as_of} 年末不存续"
        if table["uscc"][self.place] is None:
            yield "统一社会信用代码未登记"
        if not figures:
            yield "没有一项已登记的数值"
        yield from doubts(figures)
        if not len(self._held("HOLDS")):
            yield "没有已登记的资质"
        if not self.group.owners:
            yield "股东未登记"
        for words, side in (("供应商", bought), ("客户", sold)):
            if not side.count and side.value is None:
                yield f"没有已登记的{words}"
            elif side.unmeasured:
                yield f"与{words}的往来中 {side.unmeasured} 笔没有可用数值"
        if self.falls.unknown_reason:
            yield f"停产的波及不详：{self.falls.unknown_reason}"
