"""Drafts of notices for the last towns of a ranking, and of praise for the first: nothing is issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from graph.errors import BadInput
from graph.kinds.entities import Organisation
from graph.kinds.papers import Standard
from graph.kinds.results import result
from graph.kinds.terms import TownLevel
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer
from queries.evaluation.readings import IndicatorState
from queries.evaluation.standings import (
    LEAST_KNOWN,
    IndicatorScore,
    Part,
    RankedTown,
    Standings,
    method_of,
    notes_of,
    open_to,
    standings,
)
from queries.gaps.in_charge import InCharge

WEAKEST = 3
CAUTION = "草案供主管部门核实：只凭不详的数据不作督办理由，下达须由数据管理员另行办理"


@result("一份督办通知书草案：未下达")
@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A town among the last, and what a notice to it would say."""

    town: Annotated[RankedTown, "专业镇在排名中的位置与得分"]
    weakest: Annotated[Sequence[IndicatorScore], "失分最多的指标，至多三项；不详的指标不在其内"]
    unknown: Annotated[Sequence[IndicatorScore], "不详的指标：应先补报数据"]
    responsible: Annotated[Sequence[NodeIndex], Organisation, "本镇的责任单位"]
    settled: Annotated[bool, "是否确在末位：未知事实怎样查明，都仍在所取的末位之内"]
    settled_as_scored: Annotated[bool, "只知一部分者以已知部分为准时，是否确在末位"]
    reason: Annotated[str, "拟写的督办事由"]


@result("一项表扬建议")
@dataclass(frozen=True, slots=True)
class PraiseDraft:
    """A town among the first, and what speaks for it."""

    town: Annotated[RankedTown, "专业镇在排名中的位置与得分"]
    strongest: Annotated[Sequence[IndicatorScore], "得分最多的指标，至多三项"]
    settled: Annotated[bool, "是否确在前列：未知事实怎样查明，都仍在所取的前列之内"]
    settled_as_scored: Annotated[bool, "只知一部分者以已知部分为准时，是否确在前列"]
    reason: Annotated[str, "拟写的表扬事由"]


@result("督办与表扬的建议：都是草案，未下达")
@dataclass(frozen=True, slots=True)
class NoticeDrafts(Answer):
    """The last and the first of a ranking."""

    standard: Annotated[NodeIndex, Standard, "指标体系"]
    count: Annotated[int, "排了名次的镇数"]
    drafts: Annotated[Sequence[NoticeDraft], "督办通知书草案，末位在前；与最后所取者并列的一并列出"]
    praise: Annotated[Sequence[PraiseDraft], "表扬建议，首位在前；与最后所取者并列的一并列出"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]


def notice_drafts(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    standard: str,
    level: TownLevel | None = None,
    include_candidates: bool = False,
    least_known: float = LEAST_KNOWN,
    last: int = 3,
    praise: int = 3,
) -> NoticeDrafts:
    """Draft notices for the last towns and praise for the first; towns that tie with them are in too."""
    part = Part(level, include_candidates, least_known)
    found = standings(snapshot, as_of, standard, part)
    _checked(found, last, praise)
    bottom, top = _bottom(found, last), _top(found, praise)
    asked = {"standard": standard, **part.told}
    if found.standard is None:
        raise TypeError(found)
    return NoticeDrafts(
        found.standard,
        len(found.ranked),
        [_draft(found, row, last) for row in bottom],
        [_praise(found, row, praise) for row in top],
        "；".join(filter(None, (notes_of(found), CAUTION))),
        method=method_of(found, asked | {"last": last, "praise": praise}, [*bottom, *top]),
        unknown_reason=found.unknown_reason,
    )


def _checked(found: Standings, last: int, praise: int) -> None:
    """Refuse to take more towns than there are, or one as both first and last."""
    count = len(found.ranked)
    for name, number in (("last", last), ("praise", praise)):
        if not 0 <= number <= max(count, 1):
            raise BadInput(f"{name}：应在 0 到 {count} 之间（排了名次的镇数），所给为 {number}", name)
    if count and last + praise > count:
        raise BadInput(
            f"last：末 {last} 与前 {praise} 合计超过排了名次的 {count} 个镇，同一镇不能既督办又表扬", "last"
        )


def _bottom(found: Standings, last: int) -> list[int]:
    """Rows of the last towns, the last first; whoever ties with them is in, unless everybody is equal."""
    ranked, rank = found.ranked, found.now.scores.rank
    if not last or not ranked or rank[ranked[-1]] == 1:
        return []
    limit = max(int(rank[ranked[-last:][0]]), 2)
    return [row for row in reversed(ranked) if rank[row] >= limit]


def _top(found: Standings, praise: int) -> list[int]:
    """Rows of the first towns; whoever ties with them is in, unless everybody is equal."""
    ranked, rank = found.ranked, found.now.scores.rank
    if not praise or not ranked or rank[ranked[-1]] == 1:
        return []
    return [row for row in ranked if rank[row] <= rank[ranked[praise - 1]] < rank[ranked[-1]]]


def _draft(found: Standings, row: int, last: int) -> NoticeDraft:
    town = found.town(row)
    weakest = sorted((one for one in town.indicators if one.value is not None), key=lambda one: -one.lost)
    weakest = [one for one in weakest if one.lost > 0][:WEAKEST]
    unknown = [one for one in town.indicators if one.value is None]
    before = len(found.ranked) - last
    settled = town.interval.best > before, town.as_scored.best > before
    office = InCharge.of(found.now.snapshot, town.town, [], found.now.as_of).office
    return NoticeDraft(town, weakest, unknown, office, *settled, _reason(found, town, weakest, unknown))


def _praise(found: Standings, row: int, praise: int) -> PraiseDraft:
    town = found.town(row)
    strongest = sorted((one for one in town.indicators if one.points), key=lambda one: -one.contribution)
    strongest = strongest[:WEAKEST]
    said = f"{_standing(found, town)}；{'、'.join(f'{one.words} {one.actual}' for one in strongest)}"
    return PraiseDraft(town, strongest, town.interval.worst <= praise, town.as_scored.worst <= praise, said)


def _reason(
    found: Standings, town: RankedTown, weakest: Sequence[IndicatorScore], unknown: Sequence[IndicatorScore]
) -> str:
    said = [_standing(found, town)]
    lost = "；".join(f"{one.words} {_said(one)}，失 {one.lost:.1f} 分" for one in weakest)
    said += [f"主要失分：{lost}"] if lost else []
    said += [f"数据不详、请先补报：{'、'.join(one.words for one in unknown)}"] if unknown else []
    return "。".join(said)


def _said(one: IndicatorScore) -> str:
    return f"{one.actual}（只知一部分，先核实）" if one.state is IndicatorState.PARTLY else one.actual


def _standing(found: Standings, town: RankedTown) -> str:
    name = found.now.snapshot.name_of(town.town)
    sure = "" if (said := open_to(town)) is None else f"，{said}"
    moved = "" if town.changed is None else f"，上年第 {town.changed.rank_before} 名"
    where = f"{len(found.ranked)} 镇中列第 {town.rank} 名（{town.total or 0:.1f} 分{sure}{moved}）"
    return f"{name}在 {found.now.as_of} 年度评价 {where}"
