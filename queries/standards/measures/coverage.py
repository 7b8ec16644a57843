"""Coverage: whether what a measure of a town needs is known, known in part, or not, and what is missing.

A register may be incomplete: what is counted in it is then a lower bound, and known in part only. It is
complete for the years that the town says (`registerCompleteFor`), or when the members known are at least
80 % of the market entities that somebody counted.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graph.criteria import Arguments, Group
from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope, Term
from graph.snapshot.claims import REACHES, Measure, ScopeReach, figures, headline
from graph.snapshot.csr import Ints
from graph.snapshot.years import Mask
from queries.standards.measures.intervals import Reading
from queries.standards.measures.province import Province
from queries.standards.measures.rosters import roster


class CoverageState(Term):
    """一项条件所需数据的掌握程度"""  # noqa: D400, D415 - GraphQL shows it

    KNOWN = "KNOWN", "已知"
    PARTLY = "PARTLY", "只知一部分：已知者为下限"
    UNKNOWN = "UNKNOWN", "不详"


type Covered = tuple[CoverageState, int, int, str | None]
"""The state, how many of those concerned have data, how many there are, and what is missing."""


@dataclass(frozen=True, slots=True)
class TownMeasure:
    """A measure of a town (its place): how it is taken, and how much of what that needs is known."""

    take: Callable[[Province, int, Arguments], Reading]
    covered: Callable[[Province, int, Arguments], Covered]


def group_covered(
    province: Province, town: int, group: Group, having: Mask | None = None, words: str = ""
) -> Covered:
    """Coverage of a group of a town: of all who are registered, or of those that have something."""
    count = len(roster(province, town, group).firms)
    complete = bool(province.complete[town])
    known = count if having is None else int(having.sum())
    if count == 0 and not complete:
        return CoverageState.UNKNOWN, 0, 0, f"没有登记{group.words}，且主体名录不完整"
    if count and not known:
        return CoverageState.UNKNOWN, 0, count, f"登记的 {count} 户{group.words}都缺{words}"
    lacks = [f"{count} 户{group.words}中 {count - known} 户缺{words}"] if known < count else []
    lacks += [] if complete else ["主体名录不完整"]
    return CoverageState.PARTLY if lacks else CoverageState.KNOWN, known, count, "；".join(lacks) or None


def members_covered(province: Province, town: int, metric: Metric) -> Covered:
    """Coverage of a figure of a town's members."""
    members = roster(province, town, Group.MEMBERS).firms
    return group_covered(province, town, Group.MEMBERS, having(province, members, metric), metric.words)


def figures_covered(province: Province, town: int, *metrics: Metric, scope: Scope = Scope.WHOLE) -> Covered:
    """Coverage of figures of the town itself, all of which are needed."""
    row = np.array([town + province.towns.first], np.int32)
    lacks = [
        metric
        for metric in metrics
        if np.isnan(figures(province.snapshot, Measure(metric, scope), province.as_of).of(row))[0]
    ]
    if not lacks:
        return CoverageState.KNOWN, len(metrics), len(metrics), None
    words = "、".join(metric.words for metric in lacks)
    known = len(metrics) - len(lacks)
    return CoverageState.UNKNOWN, known, len(metrics), f"没有来源给出{words}（{scope.words}）"


def output_covered(province: Province, town: int, scope: Scope | None = None) -> Covered:
    """Coverage of the town's output in a scope; None: of what speaks for the whole, or bounds it."""
    metric = Metric.OUTPUT_VALUE
    if scope is not None:
        return figures_covered(province, town, metric, scope=scope)
    found = headline(province.snapshot, town + province.towns.first, metric, province.as_of)
    if found is None:
        return CoverageState.UNKNOWN, 0, 1, f"没有来源给出{metric.words}"
    if REACHES[found[0]] is not ScopeReach.SAME:
        return CoverageState.PARTLY, 1, 1, f"只有{found[0].words}的{metric.words}"
    return CoverageState.KNOWN, 1, 1, None


def figure_or_members_covered(province: Province, town: int, metric: Metric, of_members: Metric) -> Covered:
    """Coverage of a figure of the town, and where there is none, of what its members add up to."""
    own = figures_covered(province, town, metric)
    return own if own[0] is CoverageState.KNOWN else members_covered(province, town, of_members)


def having(province: Province, firms: Ints, metric: Metric) -> Mask:
    """Which organisations (places) have a figure."""
    return ~np.isnan(figures(province.snapshot, Measure(metric), province.as_of).of(province.rows(firms)))
