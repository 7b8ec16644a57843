"""Changes of ranks from the year before: by which indicators, and which towns moved past which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Town
from graph.kinds.results import result
from graph.kinds.terms import Term
from graph.snapshot.index import NodeIndex
from queries.evaluation.readings import Evaluated


class ScoreChangeReason(Term):
    """一项指标的贡献为何变动"""  # noqa: D400, D415 - GraphQL shows it

    UNCHANGED = "UNCHANGED", "没有变动"
    OWN_VALUE = "OWN_VALUE", "本镇的指标值变了"
    OTHERS = "OTHERS", "本镇的指标值没变，参评各镇的变了，折算的分数随之变动"
    WEIGHTS = "WEIGHTS", "分数没变，因其他指标补齐或缺失，归一后的权重变了"
    BECAME_KNOWN = "BECAME_KNOWN", "上年不详，今年已知"
    BECAME_UNKNOWN = "BECAME_UNKNOWN", "上年已知，今年不详"


@result("一项指标对总分变动的贡献")
@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """What an indicator adds to the change of a total."""

    indicator: Annotated[str, "指标标识"]
    words: Annotated[str, "指标"]
    value_before: Annotated[float | None, "上年的指标值；空为不详"]
    value: Annotated[float | None, "今年的指标值；空为不详"]
    points_before: Annotated[float | None, "上年的分数（0–100）；空为不详"]
    points: Annotated[float | None, "今年的分数（0–100）；空为不详"]
    contribution: Annotated[float, "对总分变动的贡献（分）：各项合计即总分之差"]
    reason: Annotated[ScoreChangeReason, "为何变动"]


@result("与上年相比：名次、总分的变动及其来由")
@dataclass(frozen=True, slots=True)
class RankChange:
    """How a town's rank and total differ from those of the year before."""

    rank_before: Annotated[int, "上年名次"]
    total_before: Annotated[float, "上年总分"]
    ranks: Annotated[int, "名次变动：正数为上升"]
    total: Annotated[float, "总分变动（分）"]
    indicators: Annotated[Sequence[IndicatorChange], "各项指标的贡献，影响大者在前"]
    overtook: Annotated[Sequence[NodeIndex], Town, "今年被本镇超过的镇（两年都参评）"]
    overtaken_by: Annotated[Sequence[NodeIndex], Town, "今年超过本镇的镇（两年都参评）"]
    entered_above: Annotated[Sequence[NodeIndex], Town, "今年新进排名且在本镇之前的镇"]
    left_above: Annotated[Sequence[NodeIndex], Town, "上年在本镇之前、今年不在排名中的镇"]


def rank_change(now: Evaluated, before: Evaluated, town: int) -> RankChange | None:
    """Compare a town (its row now) with the year before; None: it is ranked in one year only.

    Ranks gained = overtook + left above − overtaken by − entered above.
    """
    old = _rows(before).get(now.part.towns[town])
    if old is None or not now.scores.rank[town]:
        return None
    above, was_above = _above(now, town), _above(before, old)
    here, there = set(_rows(now)), set(_rows(before))
    name = now.snapshot.nodes["Town"].first
    listed = (
        (was_above & here) - above,
        (above & there) - was_above,
        above - there,
        was_above - here,
    )
    totals = float(now.scores.total[town]), float(before.scores.total[old])
    ranks = int(now.scores.rank[town]), int(before.scores.rank[old])
    return RankChange(
        ranks[1],
        totals[1],
        ranks[1] - ranks[0],
        totals[0] - totals[1],
        _by_indicator(now, before, town, old),
        *([NodeIndex(place + name) for place in sorted(one)] for one in listed),
    )


def entered(now: Evaluated, before: Evaluated) -> list[NodeIndex]:
    """List the towns (global rows) that are ranked now and were not the year before."""
    first = now.snapshot.nodes["Town"].first
    return [NodeIndex(place + first) for place in sorted(set(_rows(now)) - set(_rows(before)))]


def _rows(of: Evaluated) -> Mapping[int, int]:
    """Rows of the towns that are ranked, by their places."""
    ranked = of.scores.rank.tolist()
    return {place: row for row, place in enumerate(of.part.towns) if ranked[row]}


def _above(of: Evaluated, town: int) -> set[int]:
    """The towns (places) whose total is greater than that of one (its row)."""
    total = of.scores.total
    return {of.part.towns[row] for row in np.flatnonzero(total > total[town]).tolist()}


def _by_indicator(now: Evaluated, before: Evaluated, town: int, old: int) -> list[IndicatorChange]:
    gained = now.scores.contribution[town] - before.scores.contribution[old]
    rows = [
        _indicator(now, before, (town, old, place), float(gained[place]))
        for place in range(len(now.indicators))
    ]
    return sorted(rows, key=lambda row: -abs(row.contribution))


def _indicator(
    now: Evaluated, before: Evaluated, at: tuple[int, int, int], contribution: float
) -> IndicatorChange:
    town, old, place = at
    one = now.indicators[place]
    values = _known(before.known.value[old, place]), _known(now.known.value[town, place])
    points = _known(before.scores.points[old, place]), _known(now.scores.points[town, place])
    return IndicatorChange(
        one.id, one.words, *values, *points, contribution, _reason(values, points, contribution)
    )


def _reason(
    values: tuple[float | None, float | None], points: tuple[float | None, float | None], contribution: float
) -> ScoreChangeReason:
    match values:
        case None, None:
            return ScoreChangeReason.UNCHANGED
        case None, _:
            return ScoreChangeReason.BECAME_KNOWN
        case _, None:
            return ScoreChangeReason.BECAME_UNKNOWN
        case _:
            pass
    if values[0] != values[1]:
        return ScoreChangeReason.OWN_VALUE
    if points[0] != points[1]:
        return ScoreChangeReason.OTHERS
    return ScoreChangeReason.WEIGHTS if contribution else ScoreChangeReason.UNCHANGED


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
