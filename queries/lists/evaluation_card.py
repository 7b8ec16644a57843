"""The evaluation of one town as lists: its card, and the ranking with what each indicator gave everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from graph.criteria import Quantity
from graph.kinds.terms import TownLevel
from graph.snapshot.snapshot import Snapshot
from queries.evaluation.card import EvaluationCard, IndicatorStanding, evaluation_card
from queries.evaluation.ranking import MOST, Ranking, ranking
from queries.evaluation.readings import quantity
from queries.evaluation.standings import RankedTown
from queries.lists.evaluation_list import by_invented, sources_of
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import Particulars, joined, short
from queries.standards.amounts import amount

THIS = "★"
WHOLE = "总分"


@dataclass(frozen=True, slots=True)
class CardRow(Row):
    """One indicator of the town; first what they come to."""

    title: ClassVar[str] = "年度评价卡"
    indicator: Annotated[str, Heading("指标", f"指标体系中的名称；首行为{WHOLE}", 15)]
    weight: Annotated[float, Heading("权重", "指标体系所定，合计为 100%", 8, Shape.SHARE)]
    share: Annotated[float, Heading("归一后权重", "不详者剔除后归一；本镇不排名者为 0", 9, Shape.SHARE)]
    state: Annotated[str, Heading("掌握程度", f"已知、只知一部分、不详；{WHOLE}为已知的权重", 13)]
    actual: Annotated[str, Heading("所得", f"只知一部分者为已知部分；{WHOLE}为名次", 22)]
    points: Annotated[float | None, Heading("分数", "0–100；空为不详", 7, Shape.SCORE)]
    gained: Annotated[
        float | None, Heading("得分", f"对总分的贡献：各项合计即{WHOLE}；空为不详或不排名", 7, Shape.SCORE)
    ]
    lost: Annotated[
        float | None, Heading("失分", "归一后的权重 × (100 − 分数)；空为不详或不排名", 7, Shape.SCORE)
    ]
    place: Annotated[str | None, Heading("位次", "在有分数的各镇中，相同者并列；空为不详", 10)]
    median: Annotated[str | None, Heading("与中位数相比", "与已知各镇的中位数之差；空为不详", 16)]
    moved: Annotated[
        float | None,
        Heading("较上年（分）", "合计即总分变动；空为两年都不详，或无从比较", 11, Shape.SCORE),
    ]
    missing: Annotated[str | None, Heading("未知事实", "使此值不确定的事实；空为没有", 34)]
    synthetic: Annotated[
        str | None, Heading("含虚构样例", "“是”：镇、指标体系、事实或关系中有虚构样例；空为没有", 7)
    ]


@dataclass(frozen=True, slots=True)
class StandingRow(Row):
    """One town of the ranking, and what each indicator gave it."""

    title: ClassVar[str] = "评价排名与得分构成"
    this: Annotated[str | None, Heading("本镇", f"“{THIS}”为本镇", 5)]
    rank: Annotated[int | None, Heading("名次", "总分相同者并列；空为已知的权重不足，不排名", 6, Shape.COUNT)]
    town: Annotated[str, Heading("专业镇", "名称", 16)]
    total: Annotated[float | None, Heading("总分", "0–100，即右边各项之和；空为不排名", 8, Shape.SCORE)]
    before: Annotated[int | None, Heading("上年名次", "空为上年不在排名中", 7, Shape.COUNT)]
    moved: Annotated[int | None, Heading("升降", "正数为上升；空为无从比较", 6, Shape.COUNT)]
    synthetic: Annotated[
        str | None, Heading("含虚构样例", "“是”：镇、指标体系、事实或关系中有虚构样例；空为没有", 7)
    ]
    gained: tuple[float | None, ...]
    """What each indicator gave."""


@dataclass(frozen=True, slots=True)
class CardList:
    """A town's evaluation and the ranking that it stands in, as GraphQL answers them, and their rows."""

    card: EvaluationCard
    ranking: Ranking
    rows: Sequence[CardRow]
    standings: Sequence[StandingRow]
    columns: Sequence[Heading]
    """Of the indicators."""
    not_evaluated: Sequence[tuple[str, str]]
    """Towns that do not take part, and why."""
    sources: Sequence[int]
    """Global rows."""


def card_list(
    snapshot: Snapshot, id: str, *, as_of: int, standard: str, level: TownLevel | None = None
) -> CardList:
    """List a town's evaluation; raises what `evaluation_card` raises."""
    asked: dict[str, Any] = {"as_of": as_of, "standard": standard, "level": level}
    card = evaluation_card(snapshot, id, **asked)
    whole, about = ranking(snapshot, **asked, first=MOST), Particulars(snapshot, as_of)
    town = snapshot.row_of(id)
    columns = [_column(one.words, one.weight) for one in whole.indicators]
    standings = [_standing(about, one, this=one.town == town) for one in whole.rows]
    sources = {*sources_of(snapshot, whole.method.used), *sources_of(snapshot, card.method.used)}
    rows = [] if card.town is None else _card(about, card, card.town)
    out = [(snapshot.name_of(one.town), one.reason) for one in whole.not_evaluated]
    return CardList(card, whole, rows, standings, columns, out, sorted(sources))


def _column(words: str, weight: float) -> Heading:
    meaning = f"{words}对总分的贡献（权重 {weight:.1%}，不详者剔除后归一）；空为不详而剔除，或不排名"
    return Heading(words, meaning, 9, Shape.SCORE)


def _standing(about: Particulars, one: RankedTown, *, this: bool) -> StandingRow:
    changed = one.changed
    return StandingRow(
        this=THIS if this else None,
        rank=one.rank,
        town=about.snapshot.name_of(one.town),
        total=one.total,
        before=changed and changed.rank_before,
        moved=changed and changed.ranks,
        synthetic=by_invented(about, one),
        gained=tuple(
            None if i.points is None or one.rank is None else i.contribution for i in one.indicators
        ),
    )


def _card(about: Particulars, card: EvaluationCard, town: RankedTown) -> list[CardRow]:
    """Write the rows, in the order of the set of indicators; first what they come to."""
    standings = {one.indicator: one for one in card.standings}
    changes = town.changed.indicators if town.changed else ()
    moved = {one.indicator: one.contribution for one in changes if {one.value, one.value_before} != {None}}
    rows = [_whole(about, card, town)]
    for place, one in enumerate(town.indicators):
        there, known = standings[one.indicator], one.points is not None and town.rank is not None
        row = CardRow(
            indicator=one.words,
            weight=card.indicators[place].weight,
            share=one.share,
            state=short(one.state.words),
            actual=one.actual,
            points=one.points,
            gained=one.contribution if known else None,
            lost=one.lost if known else None,
            place=None if there.place is None else f"{there.place} / {there.of}",
            median=_median(quantity(town.standings.now.indicators[place]), there),
            moved=moved.get(one.indicator),
            missing=joined(one.missing_facts),
            synthetic=by_invented(about, town, [place]),
        )
        rows.append(row)
    return rows


def _whole(about: Particulars, card: EvaluationCard, town: RankedTown) -> CardRow:
    unknown = joined(one.words for one in town.indicators if one.value is None)
    return CardRow(
        indicator=WHOLE,
        weight=sum(one.weight for one in card.indicators),
        share=sum(one.share for one in town.indicators),
        state=f"已知权重 {town.known_weight:.1%}",
        actual="不排名" if town.rank is None else f"{card.count} 镇中第 {town.rank} 名",
        points=town.total,
        gained=town.total,
        lost=None if town.total is None else sum(one.lost for one in town.indicators),
        place=None if town.rank is None else f"{town.rank} / {card.count}",
        median=None,
        moved=town.changed and town.changed.total,
        missing=unknown and f"不详的指标：{unknown}",
        synthetic=by_invented(about, town),
    )


def _median(type_: Quantity, one: IndicatorStanding) -> str | None:
    gap = one.gap_to_median
    if not gap:
        return None if gap is None else "持平"
    return f"{'高' if gap > 0 else '低'} {amount(abs(gap), type_.unit, type_.counter, apart=True)}"
