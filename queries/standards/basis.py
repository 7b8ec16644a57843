"""Rows behind a check-up: claims, and what ties those who count to the town, to its leaders and to titles."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from graph.criteria import Arguments, Count, Group, Leaf, Sum, walk
from graph.criteria import Measure as Measured
from graph.kinds.metrics import Metric
from graph.snapshot.claims import Measure
from graph.snapshot.csr import Ints
from graph.snapshot.purchases import purchases_of, supply_flows
from queries.provenance import Rows, joining, leaving, of_figures, of_purchases, of_supply
from queries.standards.measures import Province, Reading
from queries.standards.verdicts import CheckupCondition

_GROUP_OF = {"leading_enterprises": Group.LEADERS, "supporting_households": Group.HOUSEHOLDS}
_TITLES = {"holders", "holds", "service_platforms"}
_SOURCING = "local_sourcing_rate"
_LEDGERS = {"problem_resolution_rate", "project_completion_rate"}
_METRICS = {
    "above_scale_enterprises": (Metric.REVENUE,),
    "rnd_ratio": (Metric.RND_SPENDING, Metric.REVENUE),
    "revenue": (Metric.REVENUE,),
    "employees": (Metric.EMPLOYEES,),
    "size_class": (Metric.REVENUE, Metric.EMPLOYEES),
}
"""Figures of organisations that measures read."""
_TIES = {Group.MEMBERS: "MEMBER_OF", Group.LEADERS: "LEADS", Group.HOUSEHOLDS: "LEADS"}


def checkup_rows(province: Province, town: int, results: Iterable[CheckupCondition | None]) -> Rows:
    """Rows that some judged rules of a town (its place) rest on."""
    found = Rows()
    for result in results:
        for _, one in result.walk() if result else ():
            found |= condition_rows(province, town, one)
    return found


def condition_rows(province: Province, town: int, one: CheckupCondition) -> Rows:
    """Rows that a condition rests on: the claims it used, and what ties those whom it counted."""
    part, read = one.part, one.reading
    if read is None or not isinstance(part, Leaf | Count | Sum):
        return Rows()
    metrics = {part.metric} if isinstance(part, Sum) else set[Metric]()
    return _rows(province, town, _Asked(_measures(part), _group(part), frozenset(metrics)), read)


def measure_rows(
    province: Province, town: int, measure: Measured, arguments: Arguments, read: Reading
) -> Rows:
    """Rows that a measure of a town (its place) rests on."""
    return _rows(province, town, _Asked({measure.name}, _group_of(measure, arguments), frozenset()), read)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a reading is of: the measures that it took, among whom, and which metrics it added up."""

    names: AbstractSet[str]
    group: Group
    metrics: AbstractSet[Metric]


def _rows(province: Province, town: int, asked: _Asked, read: Reading) -> Rows:
    found = Rows(claims=np.array(read.claims, np.int32) - np.int32(province.snapshot.nodes["Claim"].first))
    if _SOURCING in asked.names:
        own = province.own_of(town)
        here = own[province.living[own]]
        found |= of_purchases(purchases_of(province.snapshot, here, province.as_of))
    if asked.names & _LEDGERS:
        looked_at = [read.counted, *(rows for rows, _ in (*read.uncertain, *read.left_out))]
        place = np.array([town + province.towns.first])
        found |= joining(province.snapshot, "OF_TOWN", province.as_of, np.concatenate(looked_at), place)
    counted = _organisations(province, read)
    if not len(counted):
        return found
    found |= _ties(province, town, asked.group, counted)
    if asked.names & _TITLES:
        found |= leaving(province.snapshot, "HOLDS", province.as_of, counted)
    metrics = {metric for name in asked.names for metric in _METRICS.get(name, ())}
    for metric in sorted(metrics | asked.metrics):
        found |= of_figures(province.snapshot, Measure(metric), province.as_of, counted)
    return found


def _measures(part: Leaf | Count | Sum) -> set[str]:
    """Names of the measures that a condition reads, those of `where` included."""
    return {one.measure.name for one in walk(part) if isinstance(one, Leaf)}


def _group(part: Leaf | Count | Sum) -> Group:
    """Whom a condition counts among."""
    if not isinstance(part, Leaf):
        return part.group
    return _group_of(part.measure, part.arguments)


def _group_of(measure: Measured, arguments: Arguments) -> Group:
    asked = arguments.term("among", Group) if measure.name == "holders" else None
    return asked or _GROUP_OF.get(measure.name, Group.MEMBERS)


def _organisations(province: Province, read: Reading) -> Ints:
    """Organisations among what was counted (global rows)."""
    firms = province.firms
    return read.counted[(read.counted >= firms.first) & (read.counted < firms.first + len(firms))]


def _ties(province: Province, town: int, group: Group, counted: Ints) -> Rows:
    """What makes some organisations (global rows) members, leaders or households of a town."""
    place = np.array([town + province.towns.first])
    if group is not Group.HOUSEHOLDS:
        return joining(province.snapshot, _TIES[group], province.as_of, counted, place)
    leaders, flows = province.rows(province.led_by(town)), supply_flows(province.snapshot, province.as_of)
    both = np.union1d(leaders, counted)
    dealt = np.isin(flows.start, both) & np.isin(flows.end, both) & (flows.start != flows.end)
    dealt &= np.isin(flows.start, counted) | np.isin(flows.end, counted)
    return joining(province.snapshot, "LEADS", province.as_of, leaders, place) | of_supply(flows.edge[dealt])
