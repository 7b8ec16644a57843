"""Conflicts: which figures and supplies several sources disagree on, which one counts, and why.

A figure is in conflict when other claims about the same subject, metric, scope and product contradict it
(`graph.snapshot.claims.contradicts`). The spread is (greatest − smallest) ÷ |chosen| over the chosen figure
and those that contradict it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.kinds import Entity
from graph.kinds.entities import Product
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.results import As, result
from graph.kinds.terms import Scope
from graph.snapshot.claims import ClaimChoice, contradicts, difference, of_claim, spread_of, standings, why
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.outliers import outliers
from graph.snapshot.purchases import disputed_edges
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import Mask, alive
from queries.answer import Answer, Formula
from queries.evidence.flow_conflicts import DIFFERENCE, SPREAD, FlowConflict, flow_conflicts
from queries.levels import row_of_kind
from queries.provenance import Rows, of_supply
from queries.subjects import subjects_of

MOST = 500
FORMULA = Formula(
    "conflicts", "来源分歧", 4, "只比较同一对象、指标、口径与产品的数值；采用值由规则选出，并不因此就是对的。"
)


@result("未采用的数值")
@dataclass(frozen=True, slots=True)
class OtherClaim:
    """A claim that does not count, beside the one that does."""

    claim: Annotated[NodeIndex, Claim, "数值及其来源"]
    value: float
    difference: Annotated[float | None, DIFFERENCE]
    rival: Annotated[
        bool,
        "是否与采用值矛盾：同一年或有一方未写年份，来源不同（除非 sameSource，或有一方未写年份），"
        "相差超过 5 %；虚构样例不与真实数值矛盾。其他年份的数值是历史，不是矛盾",
    ]
    why: Annotated[ClaimChoice, "为何不采用这一条"]


@result("一项数值，几个来源说法不一")
@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that several sources have measured."""

    subject: Annotated[NodeIndex, Entity, "所述对象"]
    metric: Annotated[Metric, "指标"]
    scope: Annotated[Scope, "数值口径"]
    product: Annotated[NodeIndex | None, Product, "所指产品"]
    claim: Annotated[NodeIndex, Claim, "采用的数值", As("chosen")]
    value: float
    others: Annotated[Sequence[OtherClaim], "其余全部数值，依规则排序"]
    spread: Annotated[float | None, SPREAD]


@result("难以置信的数值：大小与同一指标的其他数值差得太远，多为单位写错")
@dataclass(frozen=True, slots=True)
class DoubtfulClaim:
    """A claim of a size that no other of its metric has; whether it counts or not."""

    claim: Annotated[NodeIndex, Claim, "数值及其来源"]
    value: float
    reason: Annotated[str, "为何可疑"]
    chosen: Annotated[bool, "它是否正是采用的数值"]


@result("来源之间的矛盾：全部说法、采用的一条及理由")
@dataclass(frozen=True, slots=True)
class Conflicts(Answer):
    """What is in conflict in a year; `count` and `flow_count` are of all."""

    rows: Annotated[Sequence[Conflict], "数值，分歧大者在前"]
    count: Annotated[int, "数值矛盾总数"]
    flows: Annotated[Sequence[FlowConflict], "供应，分歧大者在前"]
    flow_count: Annotated[int | None, "供应矛盾总数；空为指定了 metric，未看供应"]
    doubtful: Annotated[Sequence[DoubtfulClaim], "难以置信的数值：装载时报告过，须先核对，差得最远者在前"]
    doubtful_count: Annotated[int, "难以置信的数值总数"]


def conflicts(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    town: str | None = None,
    *,
    as_of: int,
    metric: Metric | None = None,
    agreeing: bool = False,
    same_source: bool = False,
    first: int = 50,
) -> Conflicts:
    """List the conflicts about a town, its regions and its local organisations; None: about anything.

    What does not exist in the year is left out. `agreeing` adds what several claims measure without
    contradicting the figure that counts.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if town is not None:
        row_of_kind(snapshot, town, "Town")
    asked = {"town": town, "metric": metric and metric.value, "agreeing": agreeing}
    asked |= {"sameSource": same_source, "first": first}
    places, begins = standings(snapshot, as_of)
    heads = _in_question(snapshot, places[begins], town, metric, as_of)
    found = _disputed(snapshot, (places, begins), heads, agreeing=agreeing, same_source=same_source)
    found.sort(key=lambda row: (_width(row.spread), row.subject, row.metric, row.scope, row.product or -1))
    doubts = _doubtful(snapshot, (places, begins), heads)
    flows = [] if metric else flow_conflicts(snapshot, town, as_of)
    flows.sort(key=lambda row: (_width(row.spread), row.flow.edge))
    method = FORMULA.method(snapshot, as_of, asked, used=lambda: _rows(snapshot, found, flows, as_of))
    listed = doubts[:first], len(doubts)
    unknown = None if heads.any() or flows else f"{as_of} 年及以前没有所问的数值：有无矛盾不详"
    flow_count = None if metric else len(flows)
    return Conflicts(
        found[:first], len(found), flows[:first], flow_count, *listed, method=method, unknown_reason=unknown
    )


def _doubtful(
    snapshot: Snapshot, standing: tuple[Ints, NDArray[np.intp]], heads: Mask
) -> list[DoubtfulClaim]:
    """Find the claims in question of a size that no other of their metric and kind of subject has."""
    claims, (places, begins) = snapshot.nodes["Claim"], standing
    asked = np.repeat(heads, np.diff(begins, append=len(places)))
    chosen = np.zeros(len(places), np.bool_)
    chosen[begins] = True
    value, metric = claims["value"][places], claims["metric"][places].astype(np.int64)
    kinds = np.searchsorted(
        [table.first for table in snapshot.nodes.values()], claims["subject"][places], "right"
    )
    sort = metric * (len(snapshot.nodes) + 1) + kinds
    found = list[tuple[float, DoubtfulClaim]]()
    for each in np.unique(sort).tolist():
        here = np.flatnonzero((sort == each) & (value > 0))
        for one in outliers(value[here]):
            at = int(here[one.place])
            if asked[at]:
                row, words = NodeIndex(int(places[at]) + claims.first), one.words("同类对象同一指标")
                doubt = DoubtfulClaim(row, float(value[at]), words, chosen=bool(chosen[at]))
                found.append((-one.times, doubt))
    return [doubt for _, doubt in sorted(found, key=lambda pair: (pair[0], pair[1].claim))]


def _rows(snapshot: Snapshot, found: Sequence[Conflict], flows: Sequence[FlowConflict], as_of: int) -> Rows:
    """Rows of the figures in question and all others of the same, and of flows and what contradicts them."""
    claims = [one for each in found for one in (each.claim, *(other.claim for other in each.others))]
    told = np.array(claims, np.int32) - np.int32(snapshot.nodes["Claim"].first)
    if not flows:
        return Rows(claims=told)
    edges = np.array([each.flow.edge for each in flows], np.int32)
    return of_supply(disputed_edges(snapshot, as_of, edges)) | Rows(claims=told)


def _width(spread: float | None) -> float:
    """Sort the widest first; a spread around 0 is wider than any."""
    return -np.inf if spread is None else -spread


def _in_question(
    snapshot: Snapshot, heads: Ints, town: str | None, metric: Metric | None, as_of: int
) -> Mask:
    """Which figures are asked for: those about what exists in the year."""
    claims = snapshot.nodes["Claim"]
    living = [alive(table, as_of) for table in snapshot.nodes.values()]
    asked = np.append(np.concatenate(living), np.True_)[claims["subject"][heads]]
    if town is not None:
        asked &= np.isin(claims["subject"][heads], subjects_of(snapshot, town, as_of))
    if metric is not None:
        asked &= claims["metric"][heads] == code(metric)
    return asked


def _disputed(
    snapshot: Snapshot,
    standing: tuple[Ints, NDArray[np.intp]],
    heads: Mask,
    *,
    agreeing: bool,
    same_source: bool,
) -> list[Conflict]:
    """Take the groups of claims that another source contradicts; `agreeing`: that it measures at all."""
    claims, (places, begins) = snapshot.nodes["Claim"], standing
    sizes = np.diff(begins, append=len(places))
    chosen = np.repeat(places[begins], sizes)
    against = contradicts(snapshot, claims, chosen, places, same_source=same_source)
    heard = (claims["source"][places] != claims["source"][chosen]) | (same_source & (places != chosen))
    counted = (against | heard if agreeing else against).astype(np.int32)
    counts = np.add.reduceat(counted, begins) if len(begins) else sizes
    wanted = np.flatnonzero(heads & (counts > 0))
    spans = ((int(begins[n]), int(begins[n] + sizes[n])) for n in wanted)
    return [_conflict(snapshot, places[a:b], against[a:b]) for a, b in spans]


def _conflict(snapshot: Snapshot, places: Ints, against: Mask) -> Conflict:
    claims = snapshot.nodes["Claim"]
    chosen, product = int(places[0]), int(claims["product"][places[0]])
    value, best = float(claims["value"][chosen]), of_claim(snapshot, chosen)
    others = [
        OtherClaim(
            NodeIndex(place + claims.first),
            float(claims["value"][place]),
            difference(value, float(claims["value"][place])),
            rival,
            why(best, of_claim(snapshot, place)),
        )
        for place, rival in zip(places[1:].tolist(), against[1:].tolist(), strict=True)
    ]
    return Conflict(
        NodeIndex(int(claims["subject"][chosen])),
        list(Metric)[claims["metric"][chosen]],
        list(Scope)[claims["scope"][chosen]],
        None if product < 0 else NodeIndex(product),
        NodeIndex(chosen + claims.first),
        value,
        others,
        spread_of(value, [other.value for other in others if other.rival]),
    )
