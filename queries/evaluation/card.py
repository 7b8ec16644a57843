"""Evaluation card of a town: where it stands, what it lost on, and how it compares with the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.papers import Standard
from graph.kinds.results import result
from graph.kinds.terms import TownLevel
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer
from queries.evaluation.standings import (
    LEAST_KNOWN,
    IndicatorSummary,
    Part,
    RankedTown,
    Standings,
    method_of,
    notes_of,
    open_to,
    standings,
)
from queries.evaluation.taking_part import taking_part
from queries.levels import row_of_kind


@result("一项指标在参评各镇中的位置")
@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """Where a town stands in one indicator."""

    indicator: Annotated[str, "指标标识"]
    words: Annotated[str, "指标"]
    place: Annotated[int | None, "按分数的位次，相同者并列；空为不详"]
    of: Annotated[int, "有分数的镇数"]
    gap_to_median: Annotated[float | None, "与中位数之差（指标的单位）：正数为高于；空为不详"]
    could_gain: Annotated[float, "此项得满分时总分可增加（分），其余不变"]


@result("专业镇评价卡：名次、各项得失、与各镇比较、与上年比较")
@dataclass(frozen=True, slots=True)
class EvaluationCard(Answer):
    """One town's evaluation."""

    standard: Annotated[NodeIndex, Standard, "指标体系"]
    count: Annotated[int, "排了名次的镇数"]
    town: Annotated[RankedTown | None, "在排名中的位置与得分；空为未参评"]
    standings: Annotated[Sequence[IndicatorStanding], "各项指标的位次，失分多者在前"]
    indicators: Annotated[Sequence[IndicatorSummary], "各项指标在参评各镇的情况"]
    in_words: Annotated[str, "一句话"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]


def evaluation_card(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    standard: str,
    level: TownLevel | None = None,
    include_candidates: bool = False,
    least_known: float = LEAST_KNOWN,
) -> EvaluationCard:
    """Show a town among the others of a level that take part in a year."""
    town = row_of_kind(snapshot, id, "Town")
    part = Part(level, include_candidates, least_known)
    found = standings(snapshot, as_of, standard, part)
    row = found.row_of(town)
    asked = {"town": id, "standard": standard, **part.told}
    ranked = None if row is None else found.town(row)
    missing = None if row is not None else _not_taking_part(snapshot, town, as_of, part)
    if found.standard is None:
        raise TypeError(found)
    return EvaluationCard(
        found.standard,
        len(found.ranked),
        ranked,
        [] if row is None else _standings(found, row),
        [found.summary(place) for place in range(len(found.now.indicators))],
        missing or (ranked and _in_words(found, ranked)) or "",
        notes_of(found),
        method=method_of(found, asked, [] if row is None else [row]),
        unknown_reason=missing or (ranked and ranked.rank is None and _in_words(found, ranked)) or None,
    )


def _not_taking_part(snapshot: Snapshot, town: NodeIndex, as_of: int, part: Part) -> str:
    found = taking_part(snapshot, as_of, part.level, candidates=part.candidates)
    reason = next((one.reason for one in found.others if one.town == town), "级别不同")
    return f"{as_of} 年未参评：{reason}"


def _standings(found: Standings, row: int) -> list[IndicatorStanding]:
    now = found.now
    rows = [_standing(found, row, place) for place in range(len(now.indicators))]
    return sorted(rows, key=lambda one: -one.could_gain)


def _standing(found: Standings, row: int, place: int) -> IndicatorStanding:
    now = found.now
    one, points = now.indicators[place], now.scores.points[:, place]
    value, known = now.known.value[row, place], now.known.value[:, place]
    there = ~np.isnan(points)
    unknown = bool(np.isnan(points[row]))
    score = found.score(row, place)
    return IndicatorStanding(
        one.id,
        one.words,
        None if unknown else 1 + int((points[there] > points[row]).sum()),
        int(there.sum()),
        None if np.isnan(value) else float(value - np.median(known[~np.isnan(known)])),
        score.lost,
    )


def _in_words(found: Standings, town: RankedTown) -> str:
    """Say the whole in one line."""
    if town.rank is None or town.total is None:
        return f"已知的权重只有 {100 * town.known_weight:g} %：不排名"
    sure = "" if (said := open_to(town)) is None else f"（{said}）"
    said = [f"{len(found.ranked)} 镇中第 {town.rank} 名{sure}，{town.total:.1f} 分"]
    if town.changed is not None:
        moved = town.changed.ranks
        said.append("与上年持平" if not moved else f"较上年{'升' if moved > 0 else '降'} {abs(moved)} 名")
    lost = sorted((one for one in town.indicators if one.lost > 0), key=lambda one: -one.lost)[:2]
    if lost:
        said.append(f"失分最多：{'、'.join(f'{one.words}（{one.lost:.1f} 分）' for one in lost)}")
    unknown = [one.words for one in town.indicators if one.value is None]
    if unknown:
        said.append(f"不详：{'、'.join(unknown)}")
    return "；".join(said)
