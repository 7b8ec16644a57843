"""Gaps (缺链): what a town lacks or is weak in, in its chains and purchases, and what matters most.

There are four things to do about a gap (补链、强链、延链、保供), each with a ranking of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Chain, Town
from graph.kinds.results import After, As, result
from graph.snapshot.classification import supply_kinds
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.gaps.basis import gap_rows
from queries.gaps.ends import OUTSIDE_FROM, Ends, ends_of
from queries.gaps.in_charge import InCharge
from queries.gaps.product_links import MAIN_SHARE
from queries.gaps.rank import Measured, Weights, measure, ranked
from queries.gaps.rows import Gap, Rows, Standing
from queries.gaps.state import Assessment, Thresholds, assess
from queries.gaps.supply import LOSING_YEARS
from queries.gaps.terms import GapAction, GapReason, GapState
from queries.levels import OwnCounts, own_counts
from queries.links import known
from queries.ranking import Scored, comparable
from queries.similarity.complexity import SUPPORT
from queries.similarity.relatedness import SpecialityBasis, town_row
from queries.subjects import withdrawn

MOST = 500
FORMULA = Formula(
    "gaps",
    "产业链缺口",
    6,
    "依据已登记的生产者与采购：未登记不等于没有，缺失须先核实；相关性不是可行性。名次只在同一做法之内可比。",
    {
        "losingYears": LOSING_YEARS,
        "feasibilityBasis": SpecialityBasis.MAKERS,
        "feasibilityLeastPlaces": SUPPORT,
        "mainInputShare": MAIN_SHARE,
        "outsideFrom": OUTSIDE_FROM,
    },
)


@result("某一状态的产品数")
@dataclass(frozen=True, slots=True)
class GapStateCount:
    """How many products are in a state."""

    state: Annotated[GapState, "状态"]
    count: Annotated[int, "产品数"]


@result("同一做法的缺链，自成名次")
@dataclass(frozen=True, slots=True)
class GapRanking:
    """The gaps that one kind of action fits, the highest score first, rivals of other towns last."""

    action: Annotated[GapAction, "做法"]
    rows: Annotated[Sequence[Gap], "按名次；与省内他镇雷同者列在最后"]
    count: Annotated[int, "总行数"]


@result("缺链：参考链上与采购中，本镇缺什么、弱什么")
@dataclass(frozen=True, slots=True)
class Gaps(Answer):
    """A town's gaps by action, and all in turn, then what is unknown, then (when asked) what is covered."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    chains: Annotated[Sequence[NodeIndex], Chain, "对照的参考产业链"]
    actions: Annotated[Sequence[GapRanking], "补链、强链、延链、保供，各成名次；只问一种时只有这一种"]
    rows: Annotated[
        Sequence[Gap],
        "总览：四种做法按名次轮流各取一行，其后是不详者，再后（如要）已有者；只问一种做法时只有这一种",
    ]
    count: Annotated[int, "总览的总行数"]
    own: OwnCounts
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
    action: GapAction | None = None,
    first: int = 20,
    include_covered: bool = False,
    value_weight: float = 0.5,
    criticality_weight: float = 0.3,
    feasibility_weight: float = 0.2,
    local_share_below: float = 0.4,
    hhi_at_least: float = 0.5,
    makers_enough: int = 3,
) -> Gaps:
    """Find what a town lacks in a year: products of its chains, and those its own organisations buy.

    Of each action the first rows are told, and the first of all in turn; with an `action` those of it alone.
    Weights need not add up to 1; thresholds lie in 0–1. Raises BadInput, NotFound.
    """
    town = town_row(snapshot, id)
    weights = Weights(value_weight, criticality_weight, feasibility_weight)
    limits = _limits(local_share_below, hhi_at_least, makers_enough)
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    found = assess(snapshot, town, as_of, limits)
    measured = measure(snapshot, found, as_of)
    checkpoint()
    order = _Order.of(found, measured, weights)
    build = Rows(snapshot, found, measured, InCharge.of(snapshot, town, found.chains, as_of), as_of)
    shown = [one for one in GapAction if action in {None, one}]
    places = order.overview(shown)
    if action is None:
        places += _others(found, include_covered=include_covered)
    built = {place: build.row(place, order.standing(place)) for place in order.first(shown, first)}
    asked = {
        "action": action,
        "first": first,
        "includeCovered": include_covered,
        "valueWeight": value_weight,
        "criticalityWeight": criticality_weight,
        "feasibilityWeight": feasibility_weight,
        "localShareBelow": local_share_below,
        "hhiAtLeast": hhi_at_least,
        "makersEnough": makers_enough,
    }
    states = {state: int((found.state == n).sum()) for n, state in enumerate(GapState)}
    return Gaps(
        town=town,
        chains=found.chains,
        actions=[
            GapRanking(one, [built[place] for place in order.places[one][:first]], len(order.places[one]))
            for one in shown
        ],
        rows=[built.get(place) or build.row(place, None) for place in places[:first]],
        count=len(places),
        own=own_counts(snapshot, town, as_of),
        states=states,
        left_out=found.left_out,
        note=_note(snapshot, found, measured, as_of),
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


def _limits(local_share_below: float, hhi_at_least: float, makers_enough: int) -> Thresholds:
    for name, given in (("localShareBelow", local_share_below), ("hhiAtLeast", hhi_at_least)):
        if not 0 <= given <= 1:
            raise BadInput(f"{name}：阈值应在 0 到 1 之间，所给为 {given}", name)
    if not 1 <= makers_enough <= MOST:
        raise BadInput(f"makersEnough：应在 1 到 {MOST} 之间，所给为 {makers_enough}", "makersEnough")
    return Thresholds(local_share_below, hhi_at_least, makers_enough)


def _unknown(found: Assessment, as_of: int) -> str | None:
    if len(found.products):
        return None
    chain = "没有对照的参考产业链" if not found.chains else "参考产业链的环节都是可选而无人从事"
    return f"{as_of} 年本镇{chain}，本地主体也没有已知的采购：无从比较"


def _note(snapshot: Snapshot, found: Assessment, measured: Measured, as_of: int) -> str | None:
    gone = withdrawn(snapshot, found.town + snapshot.nodes["Town"].first, as_of)
    said = [gone] if gone else list[str]()
    if not found.chains:
        said.append(f"{as_of} 年本镇没有对照的参考产业链：只比较本地主体的采购")
    if not len(measured.leaders.leaders):
        said.append("没有已知产品的龙头企业：关键性不详，不计入排序")
    if found.supply.qualified is None:
        said.append("本地主体没有已登记的有效资质：不判断“生产者都无资质”")
    unclassed = int(((supply_kinds(snapshot, as_of) < 0) & (found.action >= 0)).sum())
    if unclassed:
        said.append(f"{unclassed} 个缺链的产品没有行业分类：供给性质不详，按可招引对待")
    return "；".join(said) or None


def _others(found: Assessment, *, include_covered: bool) -> list[int]:
    """List what is no gap: places of products that are unknown, then (when asked) those that are covered."""
    states, places = list(GapState), list[int]()
    for state in (GapState.UNKNOWN, GapState.COVERED) if include_covered else (GapState.UNKNOWN,):
        places += found.products[found.state == states.index(state)].tolist()
    return places


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """The gaps of each action in their order, as places of products, and how each stands."""

    places: Mapping[GapAction, Sequence[int]]
    scores: Mapping[GapAction, Scored]
    """By gaps in the order of places of products."""
    gaps: Mapping[GapAction, Ints]

    @classmethod
    def of(cls, found: Assessment, measured: Measured, weights: Weights) -> "_Order":
        """Rank the gaps of each action; rivals of other towns come last."""
        places, scores, gaps = (
            dict[GapAction, list[int]](),
            dict[GapAction, Scored](),
            dict[GapAction, Ints](),
        )
        total, rival = found.demand.sourcing.total, found.reasons[GapReason.RIVAL_TOWN]
        for number, action in enumerate(GapAction):
            mine = np.flatnonzero(found.action == number).astype(np.int32)
            scored = ranked({part: keys[mine] for part, keys in measured.keys.items()}, weights)
            order = np.lexsort((mine, -total[mine], -comparable(scored.score), rival[mine]))
            places[action], scores[action], gaps[action] = mine[order].tolist(), scored, mine
        return cls(places, scores, gaps)

    def overview(self, shown: Sequence[GapAction]) -> list[int]:
        """Take the gaps of some actions in turn."""
        turns = zip_longest(*(self.places[action] for action in shown))
        return [place for turn in turns for place in turn if place is not None]

    def first(self, shown: Sequence[GapAction], count: int) -> list[int]:
        """List the first gaps of each action."""
        return [place for action in shown for place in self.places[action][:count]]

    def standing(self, place: int) -> Standing:
        """How a gap (the place of its product) stands among those of its action."""
        action = next(one for one, places in self.places.items() if place in places)
        at, scored = int(np.searchsorted(self.gaps[action], place)), self.scores[action]
        return Standing(
            action,
            self.places[action].index(place) + 1,
            known(float(scored.score[at])),
            scored.percentiles[at],
            scored.weights[at],
        )
