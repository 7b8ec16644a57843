"""Needs: what has to be known of a town to judge it by the recognition standards that are in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.criteria import (
    MEASURES,
    All,
    AnyOf,
    Count,
    Group,
    Leaf,
    Measure,
    Not,
    Recognition,
    Rule,
    Sum,
    parse_standard,
    walk,
)
from graph.errors import InvalidRule
from graph.kinds.metrics import Metric
from graph.kinds.papers import Standard
from graph.kinds.results import result
from graph.kinds.terms import StandardPurpose
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import alive

ORGANISATION_METRICS: dict[str, tuple[Metric, ...]] = {
    "revenue": (Metric.REVENUE,),
    "employees": (Metric.EMPLOYEES,),
    "size_class": (Metric.REVENUE, Metric.EMPLOYEES),
}
"""The figures that a measure of an organisation needs; all others need relations only."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition of a standard: what it is taken of, and which figures it needs of each of them."""

    standard: Annotated[NodeIndex, Standard, "标准"]
    path: Annotated[str, "在标准条件中的位置"]
    words: Annotated[str, "条件"]
    part: Leaf | Count | Sum
    priority: Annotated[bool, "是否只关系到优先"]

    @property
    def measure(self) -> Measure | None:
        """The measure of a leaf; None: organisations are counted, or added up."""
        return self.part.measure if isinstance(self.part, Leaf) else None

    @property
    def group(self) -> Group | None:
        """Whom a count or a sum goes over; None for a leaf."""
        return None if isinstance(self.part, Leaf) else self.part.group

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Which figures each organisation of the group must have."""
        if isinstance(self.part, Leaf):
            return ()
        inner = () if self.part.where is None else walk(self.part.where)
        named = [m for leaf in inner if isinstance(leaf, Leaf) for m in _metrics(leaf)]
        summed = [self.part.metric] if isinstance(self.part, Sum) else []
        return tuple(dict.fromkeys([*summed, *named]))

    @property
    def needs_founding(self) -> bool:
        """Whether the organisations' age is asked."""
        inner = () if isinstance(self.part, Leaf) or self.part.where is None else walk(self.part.where)
        return any(isinstance(leaf, Leaf) and leaf.measure is MEASURES["age"] for leaf in inner)


@result("条件无法读取的标准", "UnreadableStandard")
@dataclass(frozen=True, slots=True)
class Unreadable:
    """A standard in force that can't be read, so that nobody knows what it needs."""

    standard: Annotated[NodeIndex, Standard, "标准"]
    reason: Annotated[str, "原因"]


def requirements(snapshot: Snapshot, as_of: int) -> tuple[list[Requirement], list[Unreadable]]:
    """List the conditions of all recognition standards in force in a year, in the order they are written."""
    table = snapshot.nodes["Standard"]
    asked = alive(table, as_of) & (table["purpose"] == code(StandardPurpose.RECOGNITION))
    found: list[Requirement] = []
    unreadable: list[Unreadable] = []
    for place in np.flatnonzero(asked).tolist():
        row, text = NodeIndex(place + table.first), table["criteria"][place]
        try:
            document = parse_standard(text or "", StandardPurpose.RECOGNITION)
        except InvalidRule as fault:
            unreadable.append(Unreadable(row, f"{snapshot.name_of(row)}的条件无法读取：{fault}"))
        else:
            found.extend(_of(row, document) if isinstance(document, Recognition) else ())
    return found, unreadable


def _of(standard: NodeIndex, document: Recognition) -> Iterator[Requirement]:
    for rule, priority in ((document.criteria, False), (document.prefer, True)):
        for part in _parts(rule) if rule else ():
            yield Requirement(standard, part.path, part.words or _words(part), part, priority)


def _parts(rule: Rule) -> Iterator[Leaf | Count | Sum]:
    """Yield what is asked of the town itself, not what is asked of those counted."""
    match rule:
        case All() | AnyOf():
            for part in rule.parts:
                yield from _parts(part)
        case Not():
            yield from _parts(rule.part)
        case Leaf() | Count() | Sum():
            yield rule


def _words(part: Leaf | Count | Sum) -> str:
    if isinstance(part, Leaf):
        return part.measure.words
    return (
        f"{part.group.words}的{part.metric.words}合计" if isinstance(part, Sum) else f"{part.group.words}数"
    )


def _metrics(leaf: Leaf) -> tuple[Metric, ...]:
    return ORGANISATION_METRICS.get(leaf.measure.name, ())
