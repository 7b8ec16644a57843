"""Group: who owns an organisation and whom it owns, at any distance, its allies, and the towns it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Town
from graph.kinds.results import As, result
from graph.kinds.terms import AllianceForm
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.regions import pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive, both_alive, valid_in
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.ownership.shares import Held, Stakes, controlled, downward, over_owned, stakes_of, upward
from queries.provenance import Rows, joining, leaving

CONTROL = 0.5
FORMULA = Formula(
    "group/integrated-ownership",
    "集团与综合持股",
    1,
    "依据已登记的持股；比例不详者只给下限，协议、表决权等其他控制方式不在其内。",
)


@result("一个股东，或一个所持股的主体")
@dataclass(frozen=True, slots=True)
class Holding:
    """An owner or an owned organisation, and the share between the two."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    share: Annotated[
        float | None,
        "各条路径上比例连乘之和（0–1），循环持股按级数求和；空为路径上有比例不详，或比例互相矛盾",
    ]
    at_least: Annotated[float | None, "只按已知比例计的下限（0–1）；空为比例互相矛盾"]
    direct: Annotated[float | None, "直接持股比例（0–1）；空为没有或不详"]
    steps: Annotated[int, "最少几层：1 为直接持股"]


@result("集团成员的一个联合伙伴")
@dataclass(frozen=True, slots=True)
class Alliance:
    """An ally of a member of the group, from outside the group or within it."""

    row: Annotated[NodeIndex, Organisation, "联合伙伴", As("organisation")]
    near: Annotated[NodeIndex, Organisation, "与之联合的集团成员", As("member")]
    form: Annotated[AllianceForm | None, "联合形式；空为不详"]


@result("集团带动的一个专业镇", "GroupLeading")
@dataclass(frozen=True, slots=True)
class Leading:
    """A town that a member of the group leads."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    leaders: Annotated[Sequence[NodeIndex], Organisation, "作为其龙头的集团成员"]


@result("股权集团：股东、所持股的主体、联合伙伴、带动的专业镇", "OwnershipGroup")
@dataclass(frozen=True, slots=True)
class OwnershipGroup(Answer):
    """An organisation among its owners, those it owns, and its group."""

    row: Annotated[NodeIndex, Organisation, "所问的主体", As("organisation")]
    owners: Annotated[Sequence[Holding], "股东，直接与间接，比例大者在前"]
    owned: Annotated[Sequence[Holding], "所持股的主体，直接与间接，比例大者在前"]
    members: Annotated[Sequence[NodeIndex], Organisation, "按控制关系同属一集团者，含所问的主体"]
    allies: Annotated[Sequence[Alliance], "集团成员的联合伙伴"]
    led_towns: Annotated[Sequence[Leading], "集团成员作为龙头带动的专业镇"]
    over_owned: Annotated[Sequence[NodeIndex], Organisation, "以上主体中股东比例合计超过 1 者：来源互相矛盾"]


def group(snapshot: Snapshot, id: str, *, as_of: int, control: float = CONTROL) -> OwnershipGroup:
    """The owners, the owned, the allies and the group of an organisation in a year.

    `control` is the share of a company from which a group controls it (see `ownership.controlled`).
    """
    checked(control)
    row, table = row_of_kind(snapshot, id, "Organisation"), snapshot.nodes["Organisation"]
    method = FORMULA.method(
        snapshot, as_of, used=lambda: _used(snapshot, row, as_of, control), control=control
    )
    place = row - table.first
    if not alive(table, as_of)[place]:
        return OwnershipGroup(
            row, [], [], [row], [], [], [], method=method, unknown_reason=f"该主体在 {as_of} 年末不存续"
        )
    stakes = stakes_of(snapshot, as_of)
    owners = _holdings(stakes, table.first, place, upward(stakes, place), above=True)
    owned = _holdings(stakes, table.first, place, downward(stakes, place), above=False)
    label = groups_of(snapshot, as_of, control)
    members = np.flatnonzero(label == label[place]).astype(np.int32)
    shown = {*members.tolist(), *(one.row - table.first for one in (*owners, *owned))}
    return OwnershipGroup(
        row,
        owners,
        owned,
        nodes_of(members + table.first),
        _allies(snapshot, members, as_of),
        _leads(snapshot, members, as_of),
        [NodeIndex(over + table.first) for over in over_owned(stakes) if over in shown],
        method=method,
    )


def _used(snapshot: Snapshot, row: NodeIndex, as_of: int, control: float) -> Rows:
    """Rows of the stakes among owners, owned and members, and of what members are allied with and lead."""
    stakes, first = stakes_of(snapshot, as_of), snapshot.nodes["Organisation"].first
    place = row - first
    label = groups_of(snapshot, as_of, control)
    members = np.flatnonzero(label == label[place])
    held = [one.place for one in (*upward(stakes, place), *downward(stakes, place))]
    shown = np.union1d(members, np.array([place, *held])) + first
    allied = snapshot.relations["ALLIED_WITH"]
    of_members = np.isin(allied.start, members + first) | np.isin(allied.end, members + first)
    return (
        joining(snapshot, "OWNS", as_of, shown, shown)
        | leaving(snapshot, "LEADS", as_of, members + first)
        | Rows({"ALLIED_WITH": np.flatnonzero(of_members & valid_in(allied, as_of))})
    )


def groups_of(snapshot: Snapshot, as_of: int, control: float) -> Ints:
    """Which group each organisation belongs to in a year, by its smallest place."""
    return snapshot.remember(
        ("groups by control", as_of, control), lambda: controlled(stakes_of(snapshot, as_of), control)
    )


def checked(control: float) -> None:
    """Refuse a share that is no majority of anything."""
    if not CONTROL <= control <= 1:
        raise BadInput(f"control：应在 0.5 到 1 之间，所给为 {control}", "control")


def _holdings(stakes: Stakes, first: int, place: int, found: list[Held], *, above: bool) -> list[Holding]:
    rows = [
        Holding(NodeIndex(one.place + first), one.share, one.at_least, _direct(stakes, *ends), one.steps)
        for one in found
        for ends in [(one.place, place) if above else (place, one.place)]
    ]
    return sorted(rows, key=lambda row: (-(row.at_least or 0.0), row.steps, row.row))


def _direct(stakes: Stakes, owner: int, owned: int) -> float | None:
    _, near, edges = stakes.down.at(np.array([owner]))
    share = stakes.share[edges[near == owned]]
    return None if not len(share) or np.isnan(share[0]) else float(share[0])


def _allies(snapshot: Snapshot, members: Ints, as_of: int) -> list[Alliance]:
    edges, first = snapshot.relations["ALLIED_WITH"], snapshot.nodes["Organisation"].first
    held = np.flatnonzero(valid_in(edges, as_of) & both_alive(snapshot, edges, as_of))
    forms = [*AllianceForm, None]
    found = dict[tuple[NodeIndex, NodeIndex], AllianceForm | None]()
    for here, there in ((edges.start, edges.end), (edges.end, edges.start)):
        mine = held[np.isin(here[held] - first, members)]
        ends = nodes_of(there[mine]), nodes_of(here[mine])
        for ally, member, form in zip(*ends, edges["form"][mine].tolist(), strict=True):
            found[ally, member] = forms[form]
    return [Alliance(ally, member, form) for (ally, member), form in sorted(found.items())]


def _leads(snapshot: Snapshot, members: Ints, as_of: int) -> list[Leading]:
    leaders, towns = pairs(snapshot, "LEADS", as_of)
    ours = np.isin(leaders, members)
    first, base = snapshot.nodes["Organisation"].first, snapshot.nodes["Town"].first
    return [
        Leading(NodeIndex(town + base), (np.unique(leaders[ours & (towns == town)]) + first).tolist())
        for town in np.unique(towns[ours]).tolist()
    ]
