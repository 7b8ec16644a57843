"""One measure of every town at once, where asking each town would take too many questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Annotated

from graph.deadline import checkpoint
from graph.kinds.entities import Town
from graph.kinds.results import result
from graph.kinds.terms import Term
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula, Method
from queries.linkage.sourcing_rate import sourcing_rate
from queries.policies.towns import policy_coverage
from queries.provenance import Rows, any_invented

FORMULA = Formula(
    "town-measures",
    1,
    "各镇登记的完整程度不同，登记较全的镇会显得较大；不详不等于没有，也不是 0。",
)


class TownMeasure(Term):
    """各镇可比的一项指标"""  # noqa: D400, D415 - GraphQL shows it

    LOCAL_SOURCING = "LOCAL_SOURCING", "本地配套率（0–1）：下限，来源不详的采购不算本地"
    UNCLAIMED_BENEFITS = "UNCLAIMED_BENEFITS", "应享未享（项次）：确可享而当年确未享的主体与措施"


@result("一个镇的一项指标")
@dataclass(frozen=True, slots=True)
class MeasuredTown:
    """A measure of a town: at least `value`, at most `at_most`."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    value: Annotated[float | None, "数值，有不详时为下限；空为不详"]
    at_most: Annotated[float | None, "上限：不详者都算在内；空为不详"]
    unknown_reason: Annotated[str | None, "不详的原因；空为已知"]
    synthetic: Annotated[bool, "所依据的事实与关系中是否有虚构样例"]


@result("各镇的一项指标：数值大者在前，不详者在后")
@dataclass(frozen=True, slots=True)
class TownMeasures(Answer):
    """All towns, the greatest first."""

    measure: Annotated[TownMeasure, "指标"]
    rows: Annotated[Sequence[MeasuredTown], "各镇"]
    count: Annotated[int, "专业镇数"]


type _Found = tuple[float | None, float | None, str | None, Method]


def town_measures(snapshot: Snapshot, *, as_of: int, measure: TownMeasure) -> TownMeasures:
    """Find a measure of every town; each is what the question of the same name says of that town."""
    ask, found = _ASK[measure], list[tuple[NodeIndex, _Found]]()
    for row in snapshot.nodes["Town"].rows:
        checkpoint()
        found.append((NodeIndex(row), ask(snapshot, snapshot.id_of(NodeIndex(row)), as_of)))
    rows = [
        MeasuredTown(town, value, most, why, any_invented(snapshot, _rows(method), [town]))
        for town, (value, most, why, method) in found
    ]
    rows.sort(key=lambda one: (one.value is None, -(one.value or 0.0), one.town))
    methods = [method for _, (_, _, _, method) in found]
    return TownMeasures(
        measure,
        rows,
        len(rows),
        method=FORMULA.method(
            snapshot,
            as_of,
            {"measure": measure.value},
            used=lambda: reduce(or_, map(_rows, methods), Rows()),
        ),
        unknown_reason=None if rows else "图中没有专业镇",
    )


def _rows(method: Method) -> Rows:
    return method.used() if method.used else Rows()


def _local_sourcing(snapshot: Snapshot, town: str, as_of: int) -> _Found:
    found = sourcing_rate(snapshot, town, as_of=as_of, first=1)
    low, high = (found.whole.rate, found.whole.rate_at_most) if found.whole else (None, None)
    return low, high, found.unknown_reason, found.method


def _unclaimed(snapshot: Snapshot, town: str, as_of: int) -> _Found:
    found = policy_coverage(snapshot, town, as_of=as_of)
    if found.unknown_reason:
        return None, None, found.unknown_reason, found.method
    most = found.unclaimed + found.receipt_unknown + found.unknown
    return float(found.unclaimed), float(most), None, found.method


_ASK: dict[TownMeasure, Callable[[Snapshot, str, int], _Found]] = {
    TownMeasure.LOCAL_SOURCING: _local_sourcing,
    TownMeasure.UNCLAIMED_BENEFITS: _unclaimed,
}
