"""Gaps (缺链): what a town lacks or is weak in, in its chains and purchases, and what matters most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Chain, Town
from graph.kinds.results import After, As, result
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.gaps.basis import gap_rows
from queries.gaps.ends import OUTSIDE_FROM, Ends, ends_of
from queries.gaps.rank import Measured, Weights, measure, ranked
from queries.gaps.rows import Gap, Rows
from queries.gaps.state import Assessment, Thresholds, assess
from queries.gaps.supply import LOSING_YEARS
from queries.gaps.terms import GapState
from queries.ranking import Scored, comparable
from queries.similarity.relatedness import town_row
from queries.subjects import withdrawn

MOST = 500
FORMULA = Formula(
    "gaps",
    3,
    "依据已登记的生产者与采购：未登记不等于没有，缺失须先核实；相关性不是可行性。",
    {"losingYears": LOSING_YEARS, "feasibilityBasis": "MAKERS", "outsideFrom": OUTSIDE_FROM},
)
SHOWN = (GapState.MISSING, GapState.WEAK)
"""The states that are gaps, and get a rank."""


@result("某一状态的产品数")
@dataclass(frozen=True, slots=True)
class GapStateCount:
    """How many products are in a state."""

    state: Annotated[GapState, "状态"]
    count: Annotated[int, "产品数"]


@result("缺链：参考链上与采购中，本镇缺什么、弱什么")
@dataclass(frozen=True, slots=True)
class Gaps(Answer):
    """A town's gaps, the highest score first, then what is unknown, then (when asked) what is covered."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    chains: Annotated[Sequence[NodeIndex], Chain, "对照的参考产业链"]
    rows: Annotated[Sequence[Gap], "缺失与薄弱者按名次，其后是不详者，再后（如要）已有者"]
    count: Annotated[int, "总行数"]
    states: Mapping[GapState, int]
    """How many products are in each state, covered ones too."""
    left_out: Annotated[int, "未列出的可选环节数：本地无人从事，也无人采购"]
    ends: Annotated[Ends | None, "产业链的两头；空为没有对照的参考产业链"]
    note: Annotated[str | None, "阅读时须知；空为没有"]

    @property
    def state_counts(
        self,
    ) -> Annotated[Sequence[GapStateCount], "各状态的产品数", As("states"), After("count")]:
        """How many products are in each state, as rows."""
        return [GapStateCount(*cells) for cells in self.states.items()]


def gaps(  # noqa: PLR0913 - the parameters of the question
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    first: int = 20,
    include_covered: bool = False,
    value_weight: float = 0.5,
    criticality_weight: float = 0.3,
    feasibility_weight: float = 0.2,
    local_share_below: float = 0.4,
    hhi_at_least: float = 0.5,
) -> Gaps:
    """Find what a town lacks in a year: products of the chains it follows, and those its organisations buy.

    Weights need not add up to 1; thresholds lie in 0–1. Raises BadInput, NotFound.
    """
    town = town_row(snapshot, id)
    weights = Weights(value_weight, criticality_weight, feasibility_weight)
    limits = _limits(local_share_below, hhi_at_least)
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    found = assess(snapshot, town, as_of, limits)
    measured = measure(snapshot, found, as_of)
    checkpoint()
    scores, places = _order(found, measured, weights, include_covered=include_covered)
    build = Rows(snapshot, found, measured, scores, as_of)
    asked = {
        "first": first,
        "includeCovered": include_covered,
        "valueWeight": value_weight,
        "criticalityWeight": criticality_weight,
        "feasibilityWeight": feasibility_weight,
        "localShareBelow": local_share_below,
        "hhiAtLeast": hhi_at_least,
    }
    states = {state: int((found.state == n).sum()) for n, state in enumerate(GapState)}
    return Gaps(
        town=town,
        chains=found.chains,
        rows=[build.row(place, at, rank) for rank, (place, at) in enumerate(places[:first], start=1)],
        count=len(places),
        states=states,
        left_out=found.left_out,
        note=_note(found, measured, as_of, withdrawn(snapshot, town, as_of)),
        ends=ends_of(snapshot, found, as_of) if found.chains else None,
        method=FORMULA.method(
            snapshot,
            as_of,
            asked,
            used=lambda: gap_rows(snapshot, town, found.chains, all_of(snapshot, found), as_of),
        ),
        unknown_reason=_unknown(found, as_of),
    )


def all_of(snapshot: Snapshot, found: Assessment) -> list[int]:
    """List all products that have a state (global rows)."""
    return (found.products + snapshot.nodes["Product"].first).tolist()


def _limits(local_share_below: float, hhi_at_least: float) -> Thresholds:
    for name, given in (("localShareBelow", local_share_below), ("hhiAtLeast", hhi_at_least)):
        if not 0 <= given <= 1:
            raise BadInput(f"{name}：阈值应在 0 到 1 之间，所给为 {given}", name)
    return Thresholds(local_share_below, hhi_at_least)


def _unknown(found: Assessment, as_of: int) -> str | None:
    if len(found.products):
        return None
    chain = "没有对照的参考产业链" if not found.chains else "参考产业链的环节都是可选而无人从事"
    return f"{as_of} 年本镇{chain}，本地主体也没有已知的采购：无从比较"


def _note(found: Assessment, measured: Measured, as_of: int, withdrawn: str | None) -> str | None:
    said = [withdrawn] if withdrawn else list[str]()
    if not found.chains:
        said.append(f"{as_of} 年本镇没有对照的参考产业链：只比较本地主体的采购")
    if not len(measured.leaders.leaders):
        said.append("没有已知产品的龙头企业：关键性不详，不计入排序")
    if found.supply.qualified is None:
        said.append("本地主体没有已登记的有效资质：不判断“生产者都无资质”")
    return "；".join(said) or None


def _order(
    found: Assessment, measured: Measured, weights: Weights, *, include_covered: bool
) -> tuple[Scored, list[tuple[int, int | None]]]:
    """Rank the gaps; list all that is shown: the place of the product, and which gap it is (None: no gap)."""
    states = list(GapState)
    shown = found.products[np.isin(found.state, [states.index(state) for state in SHOWN])]
    scores = ranked({part: keys[shown] for part, keys in measured.keys.items()}, weights)
    value = found.demand.sourcing.total[shown]
    order = np.lexsort((shown, -value, -comparable(scores.score)))
    places: list[tuple[int, int | None]] = [(int(shown[at]), at) for at in order.tolist()]
    for state in (GapState.UNKNOWN, GapState.COVERED) if include_covered else (GapState.UNKNOWN,):
        places += [(place, None) for place in found.products[found.state == states.index(state)].tolist()]
    return scores, places
