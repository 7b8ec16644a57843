"""One measure of every town at once, where asking each town would take too many questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.kinds.terms import Bound, Term
from graph.snapshot.claims import REACHES, ScopeReach, headline
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.linkage.sourcing_rate import sourcing_rate
from queries.policies.towns import policy_coverage
from queries.provenance import Rows, any_invented

MOST = 500
FORMULA = Formula(
    "town-measures",
    "各镇指标",
    1,
    "各镇登记的完整程度、数值的年份不同，登记较全的镇会显得较大；不详不等于没有，也不是 0。",
)


class TownMeasure(Term):
    """各镇可比的一项指标"""  # noqa: D400, D415 - GraphQL shows it

    OUTPUT_VALUE = "OUTPUT_VALUE", "产值（元/年）：全镇整体，或官方以之代表整体者；只有更大口径者为上限"
    EMPLOYEES = "EMPLOYEES", "从业人员（人）：口径同产值"
    MARKET_ENTITIES = "MARKET_ENTITIES", "市场主体（个）：口径同产值"
    LOCAL_SOURCING = "LOCAL_SOURCING", "本地配套率（0–1）：下限为来源不详的采购都不算本地"
    UNCLAIMED_BENEFITS = "UNCLAIMED_BENEFITS", "应享未享（项次）：下限为确可享而当年确未享的主体与措施"


@result("一个镇的一项指标")
@dataclass(frozen=True, slots=True)
class MeasuredTown:
    """A measure of a town, between two bounds."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    value: Annotated[float | None, "数值，有不详时为下限；空为不详"]
    at_most: Annotated[float | None, "上限，确知时与 value 相同；空为没有上限或不详"]
    unknown_reason: Annotated[str | None, "不详的原因；空为已知"]
    synthetic: Annotated[bool, "所依据的事实与关系中是否有虚构样例"]


@result("各镇的一项指标：数值大者在前，不详者在后")
@dataclass(frozen=True, slots=True)
class TownMeasures(Answer):
    """All towns, the greatest first."""

    measure: Annotated[TownMeasure, "指标"]
    rows: Annotated[Sequence[MeasuredTown], "各镇"]
    count: Annotated[int, "专业镇数"]


@dataclass(frozen=True, slots=True)
class _Found:
    value: float | None
    at_most: float | None
    lacks: str | None
    used: Rows


def town_measures(snapshot: Snapshot, *, as_of: int, measure: TownMeasure, first: int = 100) -> TownMeasures:
    """Find a measure of every town; each is what the question of the same name says of that town."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    ask, found = _ASK[measure], list[tuple[NodeIndex, _Found]]()
    for row in snapshot.nodes["Town"].rows:
        checkpoint()
        found.append((NodeIndex(row), ask(snapshot, NodeIndex(row), as_of)))
    found.sort(key=lambda one: (one[1].value is None, -(one[1].value or 0.0), one[0]))
    rows = [
        MeasuredTown(town, one.value, one.at_most, one.lacks, any_invented(snapshot, one.used, [town]))
        for town, one in found[:first]
    ]
    every = [one.used for _, one in found]
    return TownMeasures(
        measure,
        rows,
        len(found),
        method=FORMULA.method(
            snapshot,
            as_of,
            {"measure": measure, "first": first},
            used=lambda: reduce(or_, every, Rows()),
        ),
        unknown_reason=None if rows else "图中没有专业镇",
    )


def _figure(metric: Metric, snapshot: Snapshot, town: NodeIndex, as_of: int) -> _Found:
    """Bound the whole by the figure that speaks for it.

    A part is not ranked beside the whole of others, nor is what is wider: as in lists that a figure orders.
    """
    found = headline(snapshot, town, metric, as_of)
    if found is None:
        words = metric.words.partition("（")[0]
        return _Found(None, None, f"{as_of} 年及以前没有本镇的{words}：不详，不是 0", Rows())
    scope, chosen = found
    claim = snapshot.entity(chosen.claim)
    assert isinstance(claim, Claim)  # noqa: S101 - figures are chosen among claims
    reach, bound = REACHES[scope], claim.bound
    least = chosen.value if reach is ScopeReach.SAME and bound is not Bound.AT_MOST else None
    most = chosen.value if reach is not ScopeReach.PART and bound is not Bound.AT_LEAST else None
    place = np.array([chosen.claim], np.int32) - np.int32(snapshot.nodes["Claim"].first)
    why = None
    if least is None:
        part = reach is ScopeReach.PART and bound is not Bound.AT_MOST
        said = "整体不多于它" if most is not None else "整体不少于它" if part else "整体无从得知"
        told = "" if bound is Bound.EXACT else f"（{bound.words}）"
        why = f"只有{scope.words}的数{told}：{said}"
    return _Found(least, most, why, Rows(claims=place))


def _local_sourcing(snapshot: Snapshot, town: NodeIndex, as_of: int) -> _Found:
    found = sourcing_rate(snapshot, snapshot.id_of(town), as_of=as_of, first=1)
    used = found.method.used() if found.method.used else Rows()
    if found.whole is None:
        return _Found(None, None, found.unknown_reason, used)
    return _Found(found.whole.rate, found.whole.rate_at_most, None, used)


def _unclaimed(snapshot: Snapshot, town: NodeIndex, as_of: int) -> _Found:
    found = policy_coverage(snapshot, snapshot.id_of(town), as_of=as_of)
    used = found.method.used() if found.method.used else Rows()
    if found.unknown_reason:
        return _Found(None, None, found.unknown_reason, used)
    most = found.unclaimed + found.receipt_unknown + found.unknown
    return _Found(float(found.unclaimed), float(most), None, used)


_ASK: dict[TownMeasure, Callable[[Snapshot, NodeIndex, int], _Found]] = {
    TownMeasure.OUTPUT_VALUE: partial(_figure, Metric.OUTPUT_VALUE),
    TownMeasure.EMPLOYEES: partial(_figure, Metric.EMPLOYEES),
    TownMeasure.MARKET_ENTITIES: partial(_figure, Metric.MARKET_ENTITIES),
    TownMeasure.LOCAL_SOURCING: _local_sourcing,
    TownMeasure.UNCLAIMED_BENEFITS: _unclaimed,
}
