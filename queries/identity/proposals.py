"""Match proposals: which organisations may be one and the same, how surely, and why; nothing is merged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import RulingAction
from graph.snapshot.regions import locals_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import Mask
from queries.answer import Method
from queries.identity.evidence import Difference, Likeness
from queries.identity.pairing import Pairs, Skipped, pairs
from queries.identity.ranking import FORMULA, best, check, said
from queries.identity.roster import Roster, roster_of
from queries.levels import row_of_kind

AT_LEAST = 0.6


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two organisations (global rows, the smaller id first) that may be one."""

    a: int
    b: int
    score: float
    evidence: Sequence[Likeness]
    against: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Proposals:
    """The proposals, the surest first, then by ids."""

    rows: Sequence[Proposal]
    count: int
    """How many there are in all."""
    apart: int
    """Pairs left out because a steward has ruled that they are two."""
    skipped: Sequence[Skipped]
    method: Method
    unknown: str | None = None


def match_proposals(
    snapshot: Snapshot, *, as_of: int, town: str | None = None, at_least: float = AT_LEAST, first: int = 50
) -> Proposals:
    """Propose pairs of organisations that may be the same one, at least one of them local to the town."""
    check(at_least, first)
    roster = roster_of(snapshot, as_of)
    found = snapshot.remember(("identity pairs", as_of), lambda: pairs(roster))
    wanted = found.score >= at_least
    if town is not None:
        wanted &= _touching(snapshot, found, roster, town, as_of)
    ruled = _apart(snapshot, found, roster) & wanted
    chosen = best(found, wanted & ~ruled)
    at = snapshot.nodes["Organisation"].first + roster.places
    rows = [
        Proposal(int(at[found.left[n]]), int(at[found.right[n]]), *said(found, n)) for n in chosen[:first]
    ]
    method = FORMULA.method(snapshot, as_of, {"town": town, "atLeast": at_least, "first": first})
    return Proposals(rows, len(chosen), int(ruled.sum()), found.skipped, method)


def _town(snapshot: Snapshot, town: str) -> int:
    return row_of_kind(snapshot, town, "Town", argument="town") - snapshot.nodes["Town"].first


def _touching(snapshot: Snapshot, found: Pairs, roster: Roster, town: str, as_of: int) -> Mask:
    """Tell which pairs have a member that is local to a town."""
    organisations, towns = locals_of(snapshot, as_of)
    inside = np.isin(roster.places, organisations[towns == _town(snapshot, town)])
    return inside[found.left] | inside[found.right]


def _apart(snapshot: Snapshot, found: Pairs, roster: Roster) -> Mask:
    """Tell which pairs a steward has ruled to be two organisations."""
    rulings, first = snapshot.nodes["Ruling"], snapshot.nodes["Organisation"].first
    held = (rulings["action"] == code(RulingAction.APART)) & np.isnat(rulings["undoneOn"])
    place: dict[int | None, int] = {int(at): n for n, at in enumerate(roster.places + first)}
    count, ruled = len(roster), set[int]()
    for about, other in zip(rulings["about"][held], rulings["other"][held], strict=True):
        two = [place.get(snapshot.find(id), -1) for id in (about, other or "")]
        ruled.add(min(two) * count + max(two))
    whole = found.left.astype(np.int64) * count + found.right
    return np.isin(whole, np.array(sorted(ruled), np.int64))
