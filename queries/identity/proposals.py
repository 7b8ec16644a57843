"""Match proposals: which organisations may be one and the same, how surely, and why; nothing is merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Organisation
from graph.kinds.results import result
from graph.kinds.terms import RulingAction
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.regions import locals_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import Mask
from queries.answer import Answer
from queries.identity.evidence import IdentityDifferenceKind, IdentityEvidenceKind
from queries.identity.pairing import Pairs, Skipped, pairs
from queries.identity.ranking import FORMULA, best, check, said
from queries.identity.roster import Roster, roster_of
from queries.levels import row_of_kind

AT_LEAST = 0.6


@result("可能是同一主体的两个主体", "IdentityProposal")
@dataclass(frozen=True, slots=True)
class Proposal:
    """Two organisations that may be one."""

    a: Annotated[NodeIndex, Organisation, "其一（标识较小者）"]
    b: Annotated[NodeIndex, Organisation, "其二"]
    score: Annotated[float, "分值（0–1）：见 method"]
    evidence: Sequence[IdentityEvidenceKind]
    against: Sequence[IdentityDifferenceKind]


@result("可能重复的主体，最可能者在前；不会自动合并", "IdentityProposals")
@dataclass(frozen=True, slots=True)
class Proposals(Answer):
    """The proposals, the surest first, then by ids."""

    rows: Annotated[Sequence[Proposal], "各对"]
    count: Annotated[int, "总对数"]
    apart: Annotated[int, "已裁定为不同而未列出的对数"]
    skipped: Annotated[Sequence[Skipped], "未逐对比较者"]


def identity_proposals(
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
    at = nodes_of(snapshot.nodes["Organisation"].first + roster.places)
    rows = [Proposal(at[found.left[n]], at[found.right[n]], *said(found, n)) for n in chosen[:first]]
    method = FORMULA.method(snapshot, as_of, {"town": town, "atLeast": at_least, "first": first})
    return Proposals(rows, len(chosen), int(ruled.sum()), found.skipped, method=method)


def _town(snapshot: Snapshot, town: str) -> int:
    return row_of_kind(snapshot, town, "Town", argument="town") - snapshot.nodes["Town"].first


def _touching(snapshot: Snapshot, found: Pairs, roster: Roster, town: str, as_of: int) -> Mask:
    """Which pairs have a member that is local to a town."""
    organisations, towns = locals_of(snapshot, as_of)
    inside = np.isin(roster.places, organisations[towns == _town(snapshot, town)])
    return inside[found.left] | inside[found.right]


def _apart(snapshot: Snapshot, found: Pairs, roster: Roster) -> Mask:
    """Which pairs a steward has ruled to be two organisations."""
    rulings, first = snapshot.nodes["Ruling"], snapshot.nodes["Organisation"].first
    held = (rulings["action"] == code(RulingAction.APART)) & np.isnat(rulings["undoneOn"])
    place: dict[int | None, int] = {int(at): n for n, at in enumerate(roster.places + first)}
    count, ruled = len(roster), set[int]()
    for about, other in zip(rulings["about"][held], rulings["other"][held], strict=True):
        two = [place.get(snapshot.find(id), -1) for id in (about, other or "")]
        ruled.add(min(two) * count + max(two))
    whole = found.left.astype(np.int64) * count + found.right
    return np.isin(whole, np.array(sorted(ruled), np.int64))
