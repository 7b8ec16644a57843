"""Double counting: which supporting households of a town belong to one and the same group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.snapshot.csr import Ints
from graph.snapshot.snapshot import Snapshot
from queries.answer import Formula, Method
from queries.levels import row_of_kind
from queries.ownership.groups import CONTROL, checked, groups_of
from queries.ownership.shares import stakes_of
from queries.standards.measures.intervals import TRUE
from queries.standards.measures.province import Province
from queries.standards.measures.rosters import households

FORMULA = Formula(
    "households-by-group",
    1,
    "依据已登记的持股；比例不详的持股不算控制，故同属一集团者可能多于所列。认定条件按户计，不按集团计。",
)


@dataclass(frozen=True, slots=True)
class Together:
    """Supporting households of a town that belong to one group."""

    row: int
    """The head: the member that no other member controls; of several the one with the smallest id."""
    households: Sequence[int]
    """Two or more, or one that belongs to the group of a leader."""
    leaders: Sequence[int]
    """Leaders of the town in the same group."""


@dataclass(frozen=True, slots=True)
class DoubleCounted:
    """The groups that stand behind several supporting households of a town, the biggest first."""

    town: int
    rows: Sequence[Together]
    households: int
    """Supporting households, one by one, that surely count."""
    independent: int
    """The same, each group counted once, and those in a leader's group not at all."""
    method: Method
    unknown: str | None = None


def double_counted(snapshot: Snapshot, id: str, *, as_of: int, control: float = CONTROL) -> DoubleCounted:
    """List the groups with more than one supporting household of a town, or with a leader and a household."""
    checked(control)
    town = row_of_kind(snapshot, id, "Town")
    method = FORMULA.method(snapshot, as_of, control=control)
    province, place = Province(snapshot, as_of), town - snapshot.nodes["Town"].first
    leaders = province.led_by(place)
    if not len(leaders):
        return DoubleCounted(town, [], 0, 0, method, f"{as_of} 年没有已知的龙头企业：配套户不详")
    listed = households(province, place)
    if not len(listed.firms) and not listed.complete:
        words = f"{as_of} 年没有已知的配套户，主体名录也不完整：配套户不详"
        return DoubleCounted(town, [], 0, 0, method, words)
    firms = listed.firms[listed.belongs == TRUE]
    label = groups_of(snapshot, as_of, control)
    _, which, size = np.unique(label[firms], return_inverse=True, return_counts=True)
    of_leader = np.isin(label[firms], label[leaders])
    shown = np.unique(label[firms][(size[which] > 1) | of_leader]).tolist()
    rows = [_together(snapshot, as_of, label, one, firms, leaders) for one in shown]
    rows.sort(key=lambda row: (-len(row.households), row.row))
    independent = len(np.unique(label[firms][~of_leader]))
    return DoubleCounted(town, rows, len(firms), independent, method)


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
    return Together(head + first, np.sort(ours).tolist(), np.sort(leading).tolist())
