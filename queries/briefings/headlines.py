"""Headline figures: of each thing that is said of a subject what counts, and what contradicts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, cast

import numpy as np

from graph.kinds.entities import Product
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.results import result
from graph.kinds.terms import Bound, Scope
from graph.snapshot.claims import Figure, Measure, figures_of
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.snapshot import Snapshot
from queries.provenance import Rows
from queries.standards.amounts import amount, number

STALE = 5
"""Years after which a headline is called old."""
SERIES = 5
"""Years that a series shows, the asked one included."""
BOUNDS = {Bound.EXACT: "", Bound.AT_LEAST: "不少于 ", Bound.AT_MOST: "不多于 ", Bound.ABOUT: "约 "}
_TEN_THOUSAND = 1e4


@result("与采用值矛盾的一个数值", "BriefingRival")
@dataclass(frozen=True, slots=True)
class Rival:
    """A figure of another source that contradicts the one that counts."""

    claim: Annotated[NodeIndex, Claim, "事实"]
    in_words: Annotated[str, "数值与单位"]
    year: Annotated[int | None, "年份；空为未说明"]
    source: Annotated[NodeIndex | None, Source, "来源"]


@result("画像中的一项数值：采用值、来源与矛盾者", "BriefingFigure")
@dataclass(frozen=True, slots=True)
class Headline:
    """The figure that counts for one metric, scope and product."""

    claim: Annotated[NodeIndex, Claim, "采用的事实：数值、口径、等级都在其中"]
    metric: Annotated[Metric, "指标"]
    scope: Annotated[Scope, "口径"]
    product: Annotated[NodeIndex | None, Product, "所指产品；空为不分产品"]
    in_words: Annotated[str, "数值与单位，如 不少于 200 亿元"]
    year: Annotated[int | None, "年份；空为未说明"]
    note: Annotated[str | None, "原文用语"]
    source: Annotated[NodeIndex | None, Source, "来源"]
    stale: Annotated[bool, f"是否早于所问年份 {STALE} 年以上"]
    rivals: Annotated[Sequence[Rival], "其他来源与之矛盾的数值"]
    synthetic: Annotated[bool, "所据事实是否为虚构样例"]


@result("一项指标的历年数值", "BriefingSeries")
@dataclass(frozen=True, slots=True)
class Series:
    """The figures of the whole of a subject in one metric, one for each year that has one."""

    metric: Annotated[Metric, "指标"]
    claims: Annotated[Sequence[NodeIndex], Claim, f"各年采用的事实，年份早者在前，至多 {SERIES} 年"]
    in_words: Annotated[Sequence[str], "各年的数值与单位，次序同 claims"]
    years: Annotated[Sequence[int], "各年，次序同 claims"]
    synthetic: Annotated[bool, "其中是否有虚构样例"]


def headlines(snapshot: Snapshot, subject: int, as_of: int) -> list[Headline]:
    """Tell all figures of a subject (a global row) in a year, by metric and scope, the real ones first."""
    found = list[Headline]()
    for measure in _measures(snapshot, subject, as_of):
        (chosen,) = figures_of(snapshot, [subject], measure, as_of)
        if chosen is not None:
            found.append(_headline(snapshot, chosen, measure, as_of))
    return sorted(found, key=lambda one: one.synthetic)


def series(snapshot: Snapshot, subject: int, as_of: int) -> list[Series]:
    """Tell the figures of the last SERIES years of a subject, by metric; single figures are no series."""
    found = list[Series]()
    for metric in Metric:
        chosen = dict[int, Figure]()
        for year in range(as_of - SERIES + 1, as_of + 1):
            (one,) = figures_of(snapshot, [subject], Measure(metric), year)
            if one is not None and one.year == year:
                chosen[year] = one
        if len(chosen) > 1:
            found.append(_series(snapshot, metric, chosen))
    return found


def figure_rows(snapshot: Snapshot, figures: Sequence[Headline], over: Sequence[Series] = ()) -> Rows:
    """Claims that some headlines and series show, rivals included."""
    rows = [claim for one in figures for claim in (one.claim, *(rival.claim for rival in one.rivals))]
    rows += [claim for one in over for claim in one.claims]
    return Rows(claims=np.array(rows, np.int32) - np.int32(snapshot.nodes["Claim"].first))


def doubts(figures: Sequence[Headline]) -> list[str]:
    """Say what is doubtful about some headlines."""
    said = list[str]()
    if undated := sum(one.year is None for one in figures):
        said.append(f"{undated} 项数值没有注明年份")
    if old := sum(one.stale for one in figures):
        said.append(f"{old} 项数值早于 {STALE} 年")
    if disputed := sum(bool(one.rivals) for one in figures):
        said.append(f"{disputed} 项数值来源之间互相矛盾")
    return said


def in_words(claim: Claim) -> str:
    """Write what a claim says: bound, number, unit."""
    return BOUNDS[claim.bound] + quantity(claim.value, claim.unit)


def quantity(value: float, unit: Unit) -> str:
    """Write a number with its unit, ten thousands as 万.

    >>> quantity(2e10, Unit.YUAN), quantity(1.6e6, Unit.TONNE), quantity(3240, Unit.COUNT)
    ('200 亿元', '160 万吨', '3,240 户')
    """
    if unit is Unit.SHARE:
        return amount(value, unit, stated=True)
    said, _, words = amount(value, unit).partition(" ")
    if unit is not Unit.YUAN and abs(value) >= _TEN_THOUSAND:
        said, words = number(value / _TEN_THOUSAND), f"万{words}"
    whole, dot, decimals = said.partition(".")
    return f"{int(whole):,}{dot}{decimals} {words}"


def _measures(snapshot: Snapshot, subject: int, as_of: int) -> list[Measure]:
    """List what is said of a subject up to a year, each thing once."""
    claims = snapshot.nodes["Claim"]
    places: Ints = np.flatnonzero((claims["subject"] == subject) & (claims["year"] <= as_of)).astype(np.int32)
    columns = (claims[name][places].tolist() for name in ("metric", "scope", "product"))
    metrics, scopes = list(Metric), list(Scope)
    return [
        Measure(metrics[metric], scopes[scope], None if product < 0 else product)
        for metric, scope, product in sorted(set(zip(*columns, strict=True)))
    ]


def _headline(snapshot: Snapshot, chosen: Figure, measure: Measure, as_of: int) -> Headline:
    claim = _claim(snapshot, chosen.claim)
    return Headline(
        claim=chosen.claim,
        metric=measure.metric,
        scope=measure.scope,
        product=None if measure.product is None else NodeIndex(measure.product),
        in_words=in_words(claim),
        year=claim.year,
        note=claim.note,
        source=snapshot.find(claim.source),
        stale=claim.year is not None and as_of - claim.year > STALE,
        rivals=[_rival(snapshot, row) for row in chosen.rivals],
        synthetic=bool(invented(snapshot).nodes[chosen.claim]),
    )


def _rival(snapshot: Snapshot, row: NodeIndex) -> Rival:
    claim = _claim(snapshot, row)
    return Rival(row, in_words(claim), claim.year, snapshot.find(claim.source))


def _series(snapshot: Snapshot, metric: Metric, chosen: dict[int, Figure]) -> Series:
    rows = [one.claim for one in chosen.values()]
    return Series(
        metric,
        rows,
        [in_words(_claim(snapshot, row)) for row in rows],
        list(chosen),
        bool(invented(snapshot).nodes[rows].any()),
    )


def _claim(snapshot: Snapshot, row: int) -> Claim:
    return cast("Claim", snapshot.entity(row))
