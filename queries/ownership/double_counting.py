"""Double counting: which supporting households of a town belong to one and the same group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Organisation, Town
from graph.kinds.results import As, result
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.ownership.groups import CONTROL, checked, groups_of
from queries.ownership.shares import stakes_of
from queries.provenance import Rows, joining, of_supply
from queries.standards.measures.intervals import TRUE
from queries.standards.measures.province import Province
from queries.standards.measures.rosters import households

FORMULA = Formula(
    "households-by-group",
    "按集团计户",
    1,
    "依据已登记的持股；比例不详的持股不算控制，故同属一集团者可能多于所列。认定条件按户计，不按集团计。",
)


@result("同属一集团的配套户", "HouseholdsOfGroup")
@dataclass(frozen=True, slots=True)
class Together:
    """Supporting households of a town that belong to one group: two or more, or one with a leader."""

    row: Annotated[NodeIndex, Organisation, "集团的控制者；不止一个时取标识在前者", As("head")]
    households: Annotated[Sequence[NodeIndex], Organisation, "其中的配套户"]
    leaders: Annotated[Sequence[NodeIndex], Organisation, "其中的本镇龙头"]


@result("同一集团在一镇的配套户中重复计数")
@dataclass(frozen=True, slots=True)
class DoubleCounted(Answer):
    """The groups behind several supporting households of a town, among those that surely count."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    rows: Annotated[Sequence[Together], "有两户以上配套户，或与龙头同集团的集团：户数多者在前"] = ()
    households: Annotated[int, "配套户数，逐户计"] = 0
    independent: Annotated[int, "配套户数，同一集团只计一户、与龙头同集团者不计"] = 0


def double_counted(snapshot: Snapshot, id: str, *, as_of: int, control: float = CONTROL) -> DoubleCounted:
    """List the groups with more than one supporting household of a town, or with a leader and a household."""
    checked(control)
    town = row_of_kind(snapshot, id, "Town")
    method = FORMULA.method(snapshot, as_of, used=lambda: _used(snapshot, town, as_of), control=control)
    province, place = Province(snapshot, as_of), town - snapshot.nodes["Town"].first
    leaders = province.led_by(place)
    if not len(leaders):
        return DoubleCounted(
            town, [], method=method, unknown_reason=f"{as_of} 年没有已知的龙头企业：配套户不详"
        )
    listed = households(province, place)
    if not len(listed.firms) and not listed.complete:
        words = f"{as_of} 年没有已知的配套户，主体名录也不完整：配套户不详"
        return DoubleCounted(town, [], method=method, unknown_reason=words)
    firms = listed.firms[listed.belongs == TRUE]
    label = groups_of(snapshot, as_of, control)
    _, which, size = np.unique(label[firms], return_inverse=True, return_counts=True)
    of_leader = np.isin(label[firms], label[leaders])
    shown = np.unique(label[firms][(size[which] > 1) | of_leader]).tolist()
    rows = [_together(snapshot, as_of, label, one, firms, leaders) for one in shown]
    rows.sort(key=lambda row: (-len(row.households), row.row))
    independent = len(np.unique(label[firms][~of_leader]))
    return DoubleCounted(town, rows, len(firms), independent, method=method)


def _used(snapshot: Snapshot, town: NodeIndex, as_of: int) -> Rows:
    """Rows of who leads the town, what leaders and households trade, and stakes among them."""
    province, place = Province(snapshot, as_of), town - snapshot.nodes["Town"].first
    leaders, firms = province.led_by(place), households(province, place).firms
    both, flows = np.union1d(leaders, firms), supply_flows(snapshot, as_of)
    first = snapshot.nodes["Organisation"].first
    ends = flows.start - first, flows.end - first
    dealt = (np.isin(ends[0], leaders) & np.isin(ends[1], both)) | (
        np.isin(ends[1], leaders) & np.isin(ends[0], both)
    )
    return (
        joining(snapshot, "LEADS", as_of, leaders + first, np.array([town]))
        | joining(snapshot, "OWNS", as_of, both + first, both + first)
        | of_supply(flows.edge[dealt])
    )


def _together(  # noqa: PLR0913, PLR0917 - what names it
    snapshot: Snapshot, as_of: int, label: Ints, group: int, firms: Ints, leaders: Ints
) -> Together:
    first = snapshot.nodes["Organisation"].first
    members = np.flatnonzero(label == group)
    stakes = stakes_of(snapshot, as_of)
    inside = np.isin(stakes.owner, members) & (stakes.share > 0)
    heads = np.setdiff1d(members, stakes.owned[inside])
    head = int(heads[0] if len(heads) else members[0])
    ours, leading = (rows[label[rows] == group] + first for rows in (firms, leaders))
    return Together(NodeIndex(head + first), np.sort(ours).tolist(), np.sort(leading).tolist())
