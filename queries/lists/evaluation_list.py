"""The evaluation as lists: towns by rank, what each indicator gave them, who may be praised or urged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import numpy as np

from graph.snapshot.snapshot import Snapshot
from queries.evaluation.changes import RankChange
from queries.evaluation.notices import NoticeDraft, NoticeDrafts, PraiseDraft, notice_drafts
from queries.evaluation.ranking import Ranking, ranking, try_ranking
from queries.evaluation.standings import RankedTown, RankInterval
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import Particulars, joined, short
from queries.provenance import Rows

LEAST_SHOWN = 0.05
"""What one decimal shows of a change, in points."""


@dataclass(frozen=True, slots=True)
class RankingRow(Row):
    """One town among those that are evaluated."""

    title: ClassVar[str] = "评价排名"
    rank: Annotated[int | None, Heading("名次", "总分相同者并列；空为已知的权重不足，不排名", 6, Shape.COUNT)]
    town: Annotated[str, Heading("专业镇", "名称", 18)]
    total: Annotated[float | None, Heading("总分", "0–100；空为不排名", 8, Shape.SCORE)]
    before: Annotated[int | None, Heading("上年名次", "空为上年不在排名中", 8, Shape.COUNT)]
    moved: Annotated[int | None, Heading("升降", "正数为上升；空为无从比较", 7, Shape.COUNT)]
    why: Annotated[
        str | None, Heading("变动主要来由", "对总分变动影响最大的三项指标（分）；不足 0.05 分者不列", 46)
    ]
    interval: Annotated[str, Heading("名次区间", "未知事实查明后可能的名次；“约”为保守的界限", 12)]
    as_scored: Annotated[
        str, Heading("名次区间（以已知部分为准）", "只知一部分者以已知部分为准，只有不详的指标查明", 14)
    ]
    stability: Annotated[
        float | None, Heading("稳定性", "权重上下浮动时名次不变的抽样占比；空为不排名", 8, Shape.SHARE)
    ]
    known: Annotated[float, Heading("已知权重", "有值的指标的权重之和", 9, Shape.SHARE)]
    unknown: Annotated[str | None, Heading("不详的指标", "应先补报；空为没有", 30)]
    synthetic: Annotated[
        str | None, Heading("含虚构样例", "“是”：镇、指标体系、事实或关系中有虚构样例；空为没有", 7)
    ]


@dataclass(frozen=True, slots=True)
class TrialRow(RankingRow):
    """One town, ranked by weights that are only tried: no official result."""

    title: ClassVar[str] = "评价排名（自定义权重，非正式）"
    reference: Annotated[int | None, Heading("现行名次", "按现行指标体系的名次；空为不排名", 8, Shape.COUNT)]


@dataclass(frozen=True, slots=True)
class ScoreRow(Row):
    """One indicator of one town."""

    title: ClassVar[str] = "评价指标得分"
    rank: Annotated[int | None, Heading("名次", "空为不排名", 6, Shape.COUNT)]
    town: Annotated[str, Heading("专业镇", "名称", 22)]
    indicator: Annotated[str, Heading("指标", "指标体系中的名称", 18)]
    state: Annotated[str, Heading("掌握程度", "已知、只知一部分、不详", 11)]
    actual: Annotated[str, Heading("所得", "只知一部分者为已知部分", 24)]
    points: Annotated[float | None, Heading("分数", "0–100；空为不详", 8, Shape.SCORE)]
    share: Annotated[float, Heading("权重", "不详者剔除后归一；不排名者为 0", 8, Shape.SHARE)]
    contribution: Annotated[
        float | None, Heading("得分", "对总分的贡献：一镇各项合计即总分；空为不详", 8, Shape.SCORE)
    ]
    lost: Annotated[float | None, Heading("失分", "归一后的权重 × (100 − 分数)；空为不详", 8, Shape.SCORE)]
    missing: Annotated[str | None, Heading("未知事实", "使此值不确定的事实；空为没有", 40)]
    synthetic: Annotated[
        str | None, Heading("含虚构样例", "“是”：镇、指标体系、事实或关系中有虚构样例；空为没有", 7)
    ]


@dataclass(frozen=True, slots=True)
class ProposalRow(Row):
    """One draft of a notice, or of praise."""

    title: ClassVar[str] = "表扬督办建议"
    kind: Annotated[str, Heading("建议", "表扬或督办；都是草案，未下达", 7)]
    rank: Annotated[int | None, Heading("名次", "年度评价的名次", 6, Shape.COUNT)]
    town: Annotated[str, Heading("专业镇", "名称", 22)]
    total: Annotated[float | None, Heading("总分", "0–100", 8, Shape.SCORE)]
    settled: Annotated[str, Heading("是否已定", "未知事实怎样查明都不变；或以已知部分为准不变；或待核", 14)]
    reason: Annotated[str, Heading("拟写事由", "按已知数据拟写，供核实", 60)]
    indicators: Annotated[str | None, Heading("主要指标", "督办为失分最多者，表扬为得分最多者", 34)]
    unknown: Annotated[str | None, Heading("不详的指标", "应先补报；空为没有", 24)]
    responsible: Annotated[str | None, Heading("责任单位", "空为未登记", 26)]
    synthetic: Annotated[str | None, Heading("含虚构样例", "“是”：镇、事实或关系中有虚构样例；空为没有", 7)]


@dataclass(frozen=True, slots=True)
class EvaluationList:
    """A ranking, as GraphQL answers it, and its rows."""

    ranking: Ranking
    rows: Sequence[RankingRow]
    scores: Sequence[ScoreRow]
    sources: Sequence[int]
    """Global rows."""


@dataclass(frozen=True, slots=True)
class ProposalList:
    """Drafts of notices and praise, as GraphQL answers them, and their rows."""

    drafts: NoticeDrafts
    rows: Sequence[ProposalRow]
    sources: Sequence[int]
    """Global rows."""


def evaluation_list(
    snapshot: Snapshot, *, as_of: int, weights: Mapping[str, float] | None = None, **asked: Any
) -> EvaluationList:
    """List a ranking, or a trial by other weights; raises what `ranking` and `try_ranking` raise."""
    about = Particulars(snapshot, as_of)
    if weights is None:
        found = ranking(snapshot, as_of=as_of, **asked)
    else:
        found = try_ranking(snapshot, as_of=as_of, weights=weights, **asked)
    rows = [_ranked(about, one, trial=weights is not None) for one in found.rows]
    scores = [_score(about, town, place) for town in found.rows for place in range(len(town.indicators))]
    return EvaluationList(found, rows, scores, sources_of(snapshot, found.method.used))


def proposal_list(snapshot: Snapshot, *, as_of: int, **asked: Any) -> ProposalList:
    """List drafts; raises what `notice_drafts` raises."""
    found, about = notice_drafts(snapshot, as_of=as_of, **asked), Particulars(snapshot, as_of)
    rows = [
        *(_praise(about, one) for one in found.praise),
        *(_notice(about, one) for one in found.drafts),
    ]
    return ProposalList(found, rows, sources_of(snapshot, found.method.used))


def _ranked(about: Particulars, one: RankedTown, *, trial: bool) -> RankingRow:
    changed = one.changed
    given: dict[str, Any] = {
        "rank": one.rank,
        "town": about.snapshot.name_of(one.town),
        "total": one.total,
        "before": changed and changed.rank_before,
        "moved": changed and changed.ranks,
        "why": changed and _why(changed),
        "interval": _open(one.interval),
        "as_scored": _open(one.as_scored),
        "stability": one.stability,
        "known": one.known_weight,
        "unknown": joined(i.words for i in one.indicators if i.value is None),
        "synthetic": by_invented(about, one),
    }
    return TrialRow(**given, reference=one.reference_rank) if trial else RankingRow(**given)


def _why(changed: RankChange) -> str | None:
    moved = (one for one in changed.indicators[:3] if abs(one.contribution) >= LEAST_SHOWN)
    return joined(f"{one.words} {one.contribution:+.1f}" for one in moved)


def _open(of: RankInterval) -> str:
    best = f"{of.best}" if of.best_exact else f"约 {of.best}"
    worst = f"{of.worst}" if of.worst_exact else f"约 {of.worst}"
    return best if best == worst else f"{best} 至 {worst}"


def _score(about: Particulars, town: RankedTown, place: int) -> ScoreRow:
    one = town.indicators[place]
    return ScoreRow(
        town.rank,
        about.snapshot.name_of(town.town),
        one.words,
        short(one.state.words),
        one.actual,
        one.points,
        one.share,
        None if one.points is None else one.contribution,
        None if one.points is None else one.lost,
        joined(one.missing_facts),
        by_invented(about, town, [place]),
    )


def _praise(about: Particulars, one: PraiseDraft) -> ProposalRow:
    return _proposal(about, "表扬", one, [f"{i.words} {i.contribution:.1f} 分" for i in one.strongest], ())


def _notice(about: Particulars, one: NoticeDraft) -> ProposalRow:
    lost = [f"{i.words} 失 {i.lost:.1f} 分" for i in one.weakest]
    return _proposal(about, "督办", one, lost, map(about.snapshot.name_of, one.responsible))


def _proposal(
    about: Particulars, kind: str, one: NoticeDraft | PraiseDraft, main: Sequence[str], bodies: Iterable[str]
) -> ProposalRow:
    town = one.town
    settled = "已定" if one.settled else "以已知部分为准已定" if one.settled_as_scored else "待核"
    return ProposalRow(
        kind=kind,
        rank=town.rank,
        town=about.snapshot.name_of(town.town),
        total=town.total,
        settled=settled,
        reason=one.reason,
        indicators=joined(main),
        unknown=joined(i.words for i in town.indicators if i.value is None),
        responsible=joined(bodies),
        synthetic=by_invented(about, town),
    )


def by_invented(about: Particulars, one: RankedTown, indicators: Sequence[int] | None = None) -> str | None:
    """Mark a town that is scored by something invented; `indicators` (places): in them alone."""
    standings = one.standings
    used = standings.now.used([one.row], indicators)
    return about.invented(one.town, standings.standard, used=used)


def sources_of(snapshot: Snapshot, used: Callable[[], Rows] | None) -> list[int]:
    """List the sources (global rows) of the claims that an answer used."""
    if used is None:
        return []
    found = np.unique(snapshot.nodes["Claim"]["source"][used().claims.astype(np.int64)])
    return found[found >= 0].tolist()
