"""One measure of all towns as a list (各镇指标)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from graph.kinds.entities import Town
from graph.kinds.terms import TownLevel
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.regions import regions_of
from graph.snapshot.snapshot import Snapshot
from queries.comparison.measures import MeasuredTown, TownMeasure, TownMeasures, town_measures
from queries.lists.evaluation_list import sources_of
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import INVENTED, Particulars, joined


@dataclass(frozen=True, slots=True)
class MeasureRow(Row):
    """One town."""

    title: ClassVar[str] = "各镇指标"
    rank: Annotated[
        int | None, Heading("位次", "按数值（有不详时为下限），相同者并列；空为不详", 6, Shape.COUNT)
    ]
    town: Annotated[str, Heading("专业镇", "名称", 22)]
    level: Annotated[str | None, Heading("级别", "省级、市级、县级", 8)]
    place: Annotated[str | None, Heading("所在地", "空为不详", 34)]
    measure: Annotated[str, Heading("指标", "指标与单位", 20)]
    value: Annotated[float | None, Heading("数值", "有不详时为下限；空为不详，不是 0", 16, Shape.AMOUNT)]
    at_most: Annotated[
        float | None, Heading("上限", "确知时与数值相同；空为没有上限或不详", 16, Shape.AMOUNT)
    ]
    lacks: Annotated[str | None, Heading("不详的原因", "空为已知", 40)]
    synthetic: Annotated[str | None, Heading("含虚构样例", "“是”：镇或所用事实中有虚构样例；空为没有", 7)]


@dataclass(frozen=True, slots=True)
class MeasureList:
    """A measure of all towns, as GraphQL answers it, and its rows."""

    found: TownMeasures
    rows: Sequence[MeasureRow]
    sources: Sequence[int]
    """Global rows."""


def measure_list(snapshot: Snapshot, *, as_of: int, measure: TownMeasure, first: int = 500) -> MeasureList:
    """List a measure of all towns; raises what `town_measures` raises."""
    found = town_measures(snapshot, as_of=as_of, measure=measure, first=first)
    about = Particulars(snapshot, as_of)
    known = np.array([one.value for one in found.rows if one.value is not None])
    rows = [_row(about, measure, one, known) for one in found.rows]
    return MeasureList(found, rows, sources_of(snapshot, found.method.used))


def _row(about: Particulars, measure: TownMeasure, one: MeasuredTown, known: Floats) -> MeasureRow:
    town = about.snapshot.entity(one.town)
    assert isinstance(town, Town)  # noqa: S101 - a measure is of towns
    return MeasureRow(
        None if one.value is None else 1 + int((known > one.value).sum()),
        town.name,
        TownLevel(town.level).words,
        _place(about, one.town),
        measure.words.partition("：")[0],
        one.value,
        one.at_most,
        one.unknown_reason,
        INVENTED if one.synthetic else None,
    )


def _place(about: Particulars, town: NodeIndex) -> str | None:
    """Name the regions of a town, each from the province down."""
    head = about.snapshot.nodes["Town"].first
    places = regions_of(about.snapshot, town - head, about.as_of)
    first = about.snapshot.nodes["Region"].first
    return joined(name for place in places.tolist() if (name := about.region(place + first)))
