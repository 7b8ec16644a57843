"""Group: who owns an organisation and whom it owns, at any distance, its allies, and the towns it leads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.errors import BadInput
from graph.kinds.terms import AllianceForm
from graph.snapshot.csr import Ints
from graph.snapshot.regions import pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import alive, both_alive, valid_in
from queries.answer import Formula, Method
from queries.levels import row_of_kind
from queries.ownership.shares import Held, Stakes, controlled, downward, over_owned, stakes_of, upward

CONTROL = 0.5
FORMULA = Formula(
    "group/integrated-ownership",
    1,
    "依据已登记的持股；比例不详者只给下限，协议、表决权等其他控制方式不在其内。",
)


@dataclass(frozen=True, slots=True)
class Holding:
    """An owner or an owned organisation, and the share between the two."""

    row: int
    share: float | None
    """Over all ways (0–1); None: a stake on the way has no share, or shares contradict each other."""
    at_least: float | None
    """By the known shares alone; None: they contradict each other."""
    direct: float | None
    """The stated share of the stake between the two; None: unknown, or there is none."""
    steps: int
    """The fewest stakes on the way: 1 is direct."""


@dataclass(frozen=True, slots=True)
class Alliance:
    """An ally of a member of the group, from outside the group or within it."""

    row: int
    near: int
    """The member that it is allied with."""
    form: AllianceForm | None


@dataclass(frozen=True, slots=True)
class Leading:
    """A town that a member of the group leads."""

    town: int
    leaders: Sequence[int]
    """The members that lead it."""


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation among its owners, those it owns, and its group; the biggest shares first."""

    row: int
    owners: Sequence[Holding]
    owned: Sequence[Holding]
    members: Sequence[int]
    """The group by control, the organisation included."""
    allies: Sequence[Alliance]
    leads: Sequence[Leading]
    over_owned: Sequence[int]
    """Of all these, those whose stated shares add up to more than 1."""
    method: Method
    unknown: str | None = None


def group(snapshot: Snapshot, id: str, *, as_of: int, control: float = CONTROL) -> Group:
    """Tell the owners, the owned, the allies and the group of an organisation in a year.

    `control` is the share of a company from which a group controls it (see `ownership.controlled`).
    """
    checked(control)
    row, table = row_of_kind(snapshot, id, "Organisation"), snapshot.nodes["Organisation"]
    method = FORMULA.method(snapshot, as_of, control=control)
    place = row - table.first
    if not alive(table, as_of)[place]:
        return Group(row, [], [], [row], [], [], [], method, f"该主体在 {as_of} 年末不存续")
    stakes = stakes_of(snapshot, as_of)
    owners = _holdings(stakes, table.first, place, upward(stakes, place), above=True)
    owned = _holdings(stakes, table.first, place, downward(stakes, place), above=False)
    label = groups_of(snapshot, as_of, control)
    members = np.flatnonzero(label == label[place]).astype(np.int32)
    shown = {*members.tolist(), *(one.row - table.first for one in (*owners, *owned))}
    return Group(
        row,
        owners,
        owned,
        (members + table.first).tolist(),
        _allies(snapshot, members, as_of),
        _leads(snapshot, members, as_of),
        [over + table.first for over in over_owned(stakes) if over in shown],
        method,
    )


def groups_of(snapshot: Snapshot, as_of: int, control: float) -> Ints:
    """Tell of all organisations which group they belong to in a year, by its smallest place."""
    return snapshot.remember(
        ("groups by control", as_of, control), lambda: controlled(stakes_of(snapshot, as_of), control)
    )


def checked(control: float) -> None:
    """Refuse a share that is no majority of anything."""
    if not CONTROL <= control <= 1:
        raise BadInput(f"control：应在 0.5 到 1 之间，所给为 {control}", "control")


def _holdings(stakes: Stakes, first: int, place: int, found: list[Held], *, above: bool) -> list[Holding]:
    rows = [
        Holding(one.place + first, one.share, one.at_least, _direct(stakes, *ends), one.steps)
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
    found = dict[tuple[int, int], AllianceForm | None]()
    for here, there in ((edges.start, edges.end), (edges.end, edges.start)):
        for place in held[np.isin(here[held] - first, members)].tolist():
            found[int(there[place]), int(here[place])] = forms[int(edges["form"][place])]
    return [Alliance(ally, member, form) for (ally, member), form in sorted(found.items())]


def _leads(snapshot: Snapshot, members: Ints, as_of: int) -> list[Leading]:
    leaders, towns = pairs(snapshot, "LEADS", as_of)
    ours = np.isin(leaders, members)
    first, base = snapshot.nodes["Organisation"].first, snapshot.nodes["Town"].first
    return [
        Leading(town + base, (np.unique(leaders[ours & (towns == town)]) + first).tolist())
        for town in np.unique(towns[ours]).tolist()
    ]
