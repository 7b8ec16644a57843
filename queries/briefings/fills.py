"""Gaps that an organisation could fill: what other towns lack, or are weak in, and it makes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, cast

import numpy as np

from graph.deadline import checkpoint
from graph.kinds.entities import Product, Town
from graph.kinds.results import result
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.regions import locals_of
from graph.snapshot.snapshot import Snapshot
from queries.gaps.basis import gap_rows
from queries.gaps.gaps import MOST, gaps
from queries.gaps.rank import GapPart
from queries.gaps.rows import Gap
from queries.gaps.state import Thresholds, assess
from queries.gaps.terms import GapAction, GapReason, GapState
from queries.provenance import Rows, any_invented, of_making

ATTRACTED = (GapAction.FILL, GapAction.EXTEND, GapAction.STRENGTHEN)
"""What somebody from outside can do; 保供 can't be attracted."""


@result("一个主体可补的缺口", "BriefingFill")
@dataclass(frozen=True, slots=True)
class Fill:
    """A gap of a town whose product the organisation makes."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    product: Annotated[NodeIndex, Product, "产品或环节"]
    action: Annotated[GapAction, "做法"]
    state: Annotated[GapState, "状态"]
    value: Annotated[float | None, "价值（元/年），含义随做法，同 gaps；空为不详"]
    synthetic: Annotated[bool, "缺口所依据的行，或该主体生产它一事，是否有虚构样例"]


def fills(snapshot: Snapshot, organisation: int, as_of: int) -> tuple[list[Fill], int, Rows]:
    """List the gaps that an organisation (its place) could fill, how many it had better not, and their rows.

    Gaps of towns that it is not local to, of products that it makes; the largest values first, unknown ones
    last, of equal ones 补链 before 延链 before 强链. What is the main trade of another town is left out.
    """
    made = makers(snapshot, as_of)
    _, goods, pairs = made.by_organisation.at(np.array([organisation]))
    rows = (goods + snapshot.nodes["Product"].first).tolist()
    own = dict(zip(rows, made.synthetic[pairs].tolist(), strict=True))
    found, left_out, used = list[Fill](), 0, of_making(made.edge[pairs])
    for town in _elsewhere(snapshot, organisation, as_of) if len(goods) else ():
        checkpoint()
        for gap, chains in _lacked(snapshot, town, goods, as_of):
            if GapReason.RIVAL_TOWN in gap.reasons:
                left_out += 1
                continue
            rows = gap_rows(snapshot, town, chains, [gap.product], as_of)
            used |= rows
            found.append(_fill(snapshot, gap, rows, made_up=own[gap.product]))
    return sorted(found, key=_order), left_out, used


def _elsewhere(snapshot: Snapshot, organisation: int, as_of: int) -> Iterator[int]:
    """List the towns (global rows) that an organisation is not local to."""
    who, towns = locals_of(snapshot, as_of)
    table = snapshot.nodes["Town"]
    home = set(towns[who == organisation].tolist())
    return (row for row in table.rows if row - table.first not in home)


def _lacked(
    snapshot: Snapshot, town: int, goods: Ints, as_of: int
) -> Iterator[tuple[Gap, Sequence[NodeIndex]]]:
    """Yield gaps of a town that somebody from outside can fill, of some products (places), and its chains."""
    action = assess(snapshot, town, as_of, Thresholds()).action[goods]
    wanted = [list(GapAction).index(one) for one in ATTRACTED]
    if not np.isin(action, wanted).any():
        return
    first = snapshot.nodes["Product"].first
    asked = set((goods + first).tolist())
    answer = gaps(snapshot, snapshot.id_of(town), as_of=as_of, first=MOST)
    for one in answer.actions:
        for gap in one.rows if one.action in ATTRACTED else ():
            if gap.product in asked:
                yield gap, answer.chains


def _fill(snapshot: Snapshot, gap: Gap, rows: Rows, *, made_up: bool) -> Fill:
    value = next(part.value for part in gap.parts if part.name is GapPart.VALUE)
    behind = any_invented(snapshot, rows, (gap.town, gap.product, gap.because, *gap.leaders))
    action = cast("GapAction", gap.action)  # it is ranked
    return Fill(gap.town, gap.product, action, gap.state, value, made_up or behind)


def _order(one: Fill) -> tuple[bool, float, int, int, int]:
    return one.value is None, -(one.value or 0), ATTRACTED.index(one.action), one.town, one.product
