"""Knowledge: whether what a standard needs of a town is known, known in part, or not, and why.

A register may be incomplete: what is counted in it is then a lower bound, and known in part only. It is
complete for the years that the town says (`registerCompleteFor`), or when the members known are at least
80 % of the market entities that somebody counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import numpy as np

from graph.criteria import Arguments, Group, Leaf
from graph.kinds.metrics import Metric
from graph.kinds.results import As, result
from graph.kinds.terms import Scope, Term
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Ints
from graph.snapshot.purchases import supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.evidence.requirements import Requirement
from queries.links import known
from queries.standards.measures import Province
from queries.standards.measures.rosters import roster
from queries.standards.measures.towns import PLATFORM, stated_figure


class CoverageState(Term):
    """一项条件所需数据的掌握程度"""  # noqa: D400, D415 - GraphQL shows it

    KNOWN = "KNOWN", "已知"
    PARTLY = "PARTLY", "只知一部分：已知者为下限"
    UNKNOWN = "UNKNOWN", "不详"


@result("认定标准的一项条件，及判断它所需的数据掌握多少")
@dataclass(frozen=True, slots=True)
class RequiredFact(Requirement):
    """How much is known of one need, and what is missing."""

    state: Annotated[CoverageState, "掌握程度"]
    known: Annotated[int, "所涉者中有数据的个数"]
    of: Annotated[int, "所涉个数：已登记的主体数，或 1（本镇的一个数值）"]
    reason: Annotated[str | None, "缺什么；空为不缺"]

    @property
    def measured(self) -> Annotated[str | None, "指标名；空为对主体计数或合计", As("measure")]:
        """Name of its measure."""
        return self.measure and self.measure.name


type Found = tuple[CoverageState, int, int, str | None]


@dataclass(frozen=True)
class Facts:
    """What the snapshot has of a town in a year."""

    province: Province
    town: int
    """Its place among the towns."""

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot."""
        return self.province.snapshot

    @property
    def as_of(self) -> int:
        """The year."""
        return self.province.as_of

    @property
    def row(self) -> int:
        """Its global row."""
        return self.town + self.snapshot.nodes["Town"].first

    @cached_property
    def groups(self) -> Mapping[Group, Ints]:
        """The organisations of each group that exist in the year, surely or perhaps: their places."""
        return {group: roster(self.province, self.town, group).firms for group in Group}

    @property
    def complete(self) -> bool:
        """Whether its register of organisations is complete for the year."""
        return bool(self.province.complete[self.town])

    def value(self, metric: Metric, scope: Scope = Scope.WHOLE) -> float | None:
        """Look up a figure of the town itself."""
        measure = Measure(metric, scope)
        (found,) = figures(self.snapshot, measure, self.as_of).of(np.array([self.row], np.int32)).tolist()
        return known(found)

    def having(self, firms: Ints, metric: Metric) -> Mask:
        """Tell which organisations have a figure."""
        rows = firms + np.int32(self.snapshot.nodes["Organisation"].first)
        return ~np.isnan(figures(self.snapshot, Measure(metric), self.as_of).of(rows))


def required_fact(facts: Facts, need: Requirement) -> RequiredFact:
    """Tell how much is known of what one condition needs."""
    if isinstance(need.part, Leaf):
        found = MEASURED[need.part.measure.name](facts, need.part.arguments)
    else:
        group = facts.groups[need.part.group]
        having = np.ones(len(group), np.bool_)
        for metric in need.metrics:
            having &= facts.having(group, metric)
        if need.needs_founding:
            founded = facts.snapshot.nodes["Organisation"]["foundedOn"][group]
            having &= ~np.isnat(founded)
        words = "、".join([m.words for m in need.metrics] + ["成立日期"] * need.needs_founding)
        found = _of_group(facts, need.part.group, having, words)
    return RequiredFact(need.standard, need.path, need.words, need.part, need.priority, *found)


def _of_group(facts: Facts, group: Group, having: Mask | None = None, words: str = "") -> Found:
    """Tell what is known of a group: all that are registered, or those that have something."""
    count = len(facts.groups[group])
    known = count if having is None else int(having.sum())
    if count == 0 and not facts.complete:
        return CoverageState.UNKNOWN, 0, 0, f"没有登记{group.words}，且主体名录不完整"
    if count and not known:
        return CoverageState.UNKNOWN, 0, count, f"登记的 {count} 户{group.words}都缺{words}"
    lacks = [f"{count} 户{group.words}中 {count - known} 户缺{words}"] if known < count else []
    lacks += [] if facts.complete else ["主体名录不完整"]
    return CoverageState.PARTLY if lacks else CoverageState.KNOWN, known, count, "；".join(lacks) or None


def _figure(facts: Facts, metric: Metric, scope: Scope = Scope.WHOLE) -> Found:
    if facts.value(metric, scope) is None:
        return CoverageState.UNKNOWN, 0, 1, f"没有来源给出{metric.words}（{scope.words}）"
    return CoverageState.KNOWN, 1, 1, None


def _figure_or(facts: Facts, metric: Metric, fallback: Callable[[], Found]) -> Found:
    """Take the town's own figure when there is one, else what its members add up to."""
    return fallback() if facts.value(metric) is None else (CoverageState.KNOWN, 1, 1, None)


def _of_members(facts: Facts, metric: Metric) -> Found:
    having = facts.having(facts.groups[Group.MEMBERS], metric)
    return _of_group(facts, Group.MEMBERS, having, metric.words)


def _growth(facts: Facts, arguments: Arguments) -> Found:
    metric = arguments.term("metric", Metric) or Metric.OUTPUT_VALUE
    years = facts.as_of - (arguments.number("years") or 1), facts.as_of
    stated = [stated_figure(facts.province, facts.town, metric, year=year) for year in years]
    known = sum(one is not None for one in stated)
    if known == len(years):
        return CoverageState.KNOWN, known, known, None
    return CoverageState.UNKNOWN, known, len(years), f"{years[0]} 年与 {years[1]} 年的{metric.words}不全"


def _platforms(facts: Facts) -> Found:
    if facts.snapshot.find(PLATFORM) is None:
        return CoverageState.UNKNOWN, 0, 1, "公共服务平台未登记：须人工核实"
    return _of_group(facts, Group.MEMBERS)


def _purchases(facts: Facts) -> Found:
    network = supply_network(facts.snapshot, facts.as_of)
    _, _, edges = network.suppliers.at(facts.groups[Group.MEMBERS])
    measured = int((~np.isnan(network.flows.measured[edges])).sum())
    if not measured:
        return CoverageState.UNKNOWN, 0, len(edges), "没有已计量的采购"
    return CoverageState.PARTLY, measured, len(edges), "只知已登记的采购"


def _entries(facts: Facts, label: str, words: str) -> Found:
    edges, table = facts.snapshot.relations["OF_TOWN"], facts.snapshot.nodes[label]
    inside = (edges.start >= table.first) & (edges.start < table.first + len(table))
    count = int((inside & (edges.end == facts.row) & valid_in(edges, facts.as_of)).sum())
    if not count:
        return CoverageState.UNKNOWN, 0, 0, f"没有登记{words}"
    return CoverageState.PARTLY, count, count, f"只知已登记的 {count} 项{words}"


def _among(arguments: Arguments) -> Group:
    return arguments.term("among", Group) or Group.MEMBERS


MEASURED: dict[str, Callable[[Facts, Arguments], Found]] = {
    "leading_enterprises": lambda facts, _: _of_group(facts, Group.LEADERS),
    "supporting_households": lambda facts, _: _of_group(facts, Group.HOUSEHOLDS),
    "holders": lambda facts, arguments: _of_group(facts, _among(arguments)),
    "members": lambda facts, _: _of_group(facts, Group.MEMBERS),
    "output_value": lambda facts, arguments: _figure(
        facts, Metric.OUTPUT_VALUE, arguments.term("scope", Scope) or Scope.WHOLE
    ),
    "tier": lambda facts, _: _figure(facts, Metric.OUTPUT_VALUE),
    "growth": _growth,
    "market_entities": lambda facts, _: _figure_or(
        facts, Metric.MARKET_ENTITIES, lambda: _of_group(facts, Group.MEMBERS)
    ),
    "above_scale_enterprises": lambda facts, _: _figure_or(
        facts, Metric.ABOVE_SCALE_ENTERPRISES, lambda: _of_members(facts, Metric.REVENUE)
    ),
    "rnd_ratio": lambda facts, _: _figure_or(
        facts, Metric.RND_SPENDING, lambda: _of_members(facts, Metric.RND_SPENDING)
    ),
    "service_platforms": lambda facts, _: _platforms(facts),
    "local_sourcing_rate": lambda facts, _: _purchases(facts),
    "problem_resolution_rate": lambda facts, _: _entries(facts, "Problem", "问题"),
    "project_completion_rate": lambda facts, _: _entries(facts, "Project", "重大项目"),
}
"""How much of each measure of a town is known, by its name."""
