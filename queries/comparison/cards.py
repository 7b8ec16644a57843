"""Cards: what is told of a town when it stands beside others; each part is the answer of its own question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Organisation, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.results import result
from graph.kinds.terms import Grade, OrganisationForm, Scope, TownLevel, TownStatus
from graph.snapshot.claims import REACHES, Figure, ScopeReach, headline
from graph.snapshot.csr import Ints
from graph.snapshot.economy import own_to
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.makers import makers
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.towns import town_status
from graph.snapshot.years import alive, valid_in
from queries.answer import Answer, Formula
from queries.gaps.gaps import Gaps, gaps
from queries.levels import OwnOrganisations, own_counts
from queries.linkage.concentration import Concentration, concentration
from queries.linkage.position import OwnPosition, town_position
from queries.linkage.single_sources import SingleSourced, single_sourced
from queries.linkage.sourcing_rate import SourcingRate, sourcing_rate
from queries.provenance import Rows, joining, of_making, of_supply
from queries.similarity.complements import MadeProduct, makes
from queries.standards.checkup import Checkup, checkup
from queries.subjects import withdrawn

GAPS = 3
"""Gaps that are told of each action."""
HEADLINES = (
    Metric.OUTPUT_VALUE,
    Metric.REVENUE,
    Metric.EXPORT_VALUE,
    Metric.RND_SPENDING,
    Metric.EMPLOYEES,
    Metric.ENTERPRISES,
    Metric.MARKET_ENTITIES,
    Metric.ABOVE_SCALE_ENTERPRISES,
    Metric.LITTLE_GIANTS,
    Metric.SPECIALISED_SMES,
)
"""The figures by which towns are compared, all of them told of every town."""
CARD = Formula(
    "town-card",
    "专业镇概况",
    1,
    "各部分的口径、覆盖与告诫见其 method；依据合计不含产业链位置：它由全省的供应算出。",
)


@result("一项主要指标；没有数值时只有指标与说明")
@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """The figure that counts for a town in one metric, or that there is none."""

    metric: Annotated[Metric, "指标"]
    value: Annotated[float | None, "数值，单位见 unit；空为不详，不是 0"] = None
    unit: Annotated[Unit | None, "计量单位"] = None
    year: Annotated[int | None, "所属年份；空为不详或未说明"] = None
    age: Annotated[int | None, "年龄（年）：所答年份减所属年份；空为不详或未写年份"] = None
    scope: Annotated[Scope | None, "数值口径：首个有数值的口径"] = None
    reach: Annotated[ScopeReach | None, "口径与全镇整体的关系：不是整体的不能直接相比"] = None
    grade: Annotated[Grade | None, "等级"] = None
    source: Annotated[NodeIndex | None, Source, "来源"] = None
    rivals: Annotated[int, "与之矛盾的数值条数"] = 0
    claim: Annotated[NodeIndex | None, Claim, "采用的事实"] = None
    synthetic: Annotated[bool, "是否虚构样例：事实本身或其来源是虚构的"] = False
    unknown_reason: Annotated[str | None, "没有数值的说明；空为有"] = None


@result("本镇自己的主体中某一形式的个数")
@dataclass(frozen=True, slots=True)
class OwnFormCount:
    """How many of a town's own organisations are of a form."""

    form: Annotated[OrganisationForm, "主体形式"]
    count: Annotated[int, "主体数"]


@result("一个专业镇的卡片：与他镇并列的各项，栏目相同")
@dataclass(frozen=True, slots=True)
class TownCard(Answer):
    """What is told of one town; every card has the same parts."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    level: Annotated[TownLevel, "级别"]
    status: Annotated[TownStatus | None, "认定状态，截至所答年份；空为不详"]
    batch: Annotated[int | None, "认定批次；空为没有或不详"]
    note: Annotated[str | None, "须一并说明的话，如已撤销认定；空为没有"]
    figures: Annotated[Sequence[HeadlineFigure], "主要指标，各镇次序相同"]
    own: Annotated[OwnOrganisations, "本镇自己的主体，按所依规则"]
    own_by_form: Annotated[Sequence[OwnFormCount], "本镇自己的主体，按形式，各形式都列"]
    leaders: Annotated[Sequence[NodeIndex], Organisation, "龙头企业，按标识；空列表为没有已登记者"]
    makes: Annotated[Sequence[MadeProduct], "本镇生产的货物，已知售出多者在前，不详者在后"]
    local_sourcing: Annotated[SourcingRate, "本地配套率"]
    gaps: Annotated[Gaps, f"缺链：各做法、各状态的个数，每种做法列前 {GAPS} 个"]
    position: Annotated[OwnPosition, "在产业链中的位置"]
    concentration: Annotated[Concentration, "产出在本镇主体中的集中度"]
    single_sourced: Annotated[SingleSourced, "单一来源的采购"]
    checkup: Annotated[Checkup | None, "体检；空为没有可对照的认定标准，见 checkupUnknownReason"]
    checkup_unknown_reason: Annotated[str | None, "没有体检的原因；空为有"]


def card(
    snapshot: Snapshot, town: NodeIndex, as_of: int, standard: str | None, lacking: str | None
) -> TownCard:
    """Fill the card of a town; `lacking` says why there is no standard to hold it against."""
    id, place = snapshot.id_of(town), town - snapshot.nodes["Town"].first
    told, own = snapshot.entity(town), own_counts(snapshot, town, as_of)
    assert isinstance(told, Town)  # noqa: S101 - whoever asks has looked
    assert own is not None  # noqa: S101
    status = int(town_status(snapshot.nodes["Town"], np.array([place], np.int32), as_of)[0])
    chosen = [(metric, headline(snapshot, town, metric, as_of)) for metric in HEADLINES]
    led, leaders = _leaders(snapshot, town, as_of)
    sourcing = sourcing_rate(snapshot, id, as_of=as_of, first=1)
    lacks = gaps(snapshot, id, as_of=as_of, first=GAPS)
    spread = concentration(snapshot, id, as_of=as_of, first=1)
    single = single_sourced(snapshot, id, as_of=as_of, first=1)
    held = None if standard is None else checkup(snapshot, id, as_of=as_of, standard=standard)
    counted = Rows({"LEADS": led}, _claims(snapshot, [one[1].claim for _, one in chosen if one]))
    counted |= own_rows(snapshot, town, as_of) | _goods(snapshot, place, as_of)
    parts = [sourcing.method, lacks.method, spread.method, single.method, *([held.method] if held else [])]

    def used() -> Rows:
        found = counted
        for method in parts:
            found = found | method.used() if method.used else found
        return found

    return TownCard(
        town=town,
        level=told.level,
        status=list(TownStatus)[status] if status >= 0 else None,
        batch=told.batch,
        note=withdrawn(snapshot, town, as_of),
        figures=[_headline(snapshot, metric, found, as_of) for metric, found in chosen],
        own=own,
        own_by_form=_forms(snapshot, place, as_of),
        leaders=leaders,
        makes=makes(snapshot, as_of, town),
        local_sourcing=sourcing,
        gaps=lacks,
        position=town_position(snapshot, id, as_of=as_of),
        concentration=spread,
        single_sourced=single,
        checkup=held,
        checkup_unknown_reason=lacking,
        method=CARD.method(snapshot, as_of, {"town": id, "standard": standard, "gaps": GAPS}, used=used),
    )


def _headline(
    snapshot: Snapshot, metric: Metric, found: tuple[Scope, Figure] | None, as_of: int
) -> HeadlineFigure:
    if found is None:
        reason = f"{as_of} 年及以前没有本镇的{metric.words.partition('（')[0]}：不详，不是 0"
        return HeadlineFigure(metric, unknown_reason=reason)
    scope, chosen = found
    claim = snapshot.entity(chosen.claim)
    assert isinstance(claim, Claim)  # noqa: S101 - figures are chosen among claims
    return HeadlineFigure(
        metric,
        value=chosen.value,
        unit=claim.unit,
        year=chosen.year,
        age=None if chosen.year is None else as_of - chosen.year,
        scope=scope,
        reach=REACHES[scope],
        grade=claim.grade,
        source=snapshot.find(claim.source),
        rivals=len(chosen.rivals),
        claim=chosen.claim,
        synthetic=bool(invented(snapshot).nodes[chosen.claim]),
    )


def _claims(snapshot: Snapshot, rows: Sequence[NodeIndex]) -> Ints:
    return np.array(rows, np.int32) - np.int32(snapshot.nodes["Claim"].first)


def _forms(snapshot: Snapshot, town: int, as_of: int) -> list[OwnFormCount]:
    """Count a town's (its place) own organisations by form; every form is there."""
    organisations = snapshot.nodes["Organisation"]
    here = own_to(snapshot, town, as_of) & alive(organisations, as_of)
    forms = organisations["form"][here]
    return [OwnFormCount(form, int((forms == code).sum())) for code, form in enumerate(OrganisationForm)]


def own_rows(snapshot: Snapshot, town: int, as_of: int) -> Rows:
    """Rows that say whom a town (a global row) counts among its own as members."""
    organisations = np.array(snapshot.nodes["Organisation"].rows, np.int32)
    return joining(snapshot, "MEMBER_OF", as_of, organisations, np.array([town], np.int32))


def _goods(snapshot: Snapshot, town: int, as_of: int) -> Rows:
    """Rows that say what a town's (its place) own organisations make and sell."""
    own, made, flows = own_to(snapshot, town, as_of), makers(snapshot, as_of), supply_flows(snapshot, as_of)
    sold = own[flows.start - snapshot.nodes["Organisation"].first] & (flows.start != flows.end)
    return of_making(made.edge[own[made.organisation]]) | of_supply(flows.edge[sold])


def _leaders(snapshot: Snapshot, town: int, as_of: int) -> tuple[Ints, list[NodeIndex]]:
    """Find what says that organisations that exist lead a town, and these, by their ids."""
    table, organisations = snapshot.relations["LEADS"], snapshot.nodes["Organisation"]
    leads = np.flatnonzero(valid_in(table, as_of) & (table.end == town)).astype(np.int32)
    here = table.start[leads] - np.int32(organisations.first)
    leads = leads[alive(organisations, as_of, here)]
    return leads, [NodeIndex(row) for row in np.unique(table.start[leads]).tolist()]
