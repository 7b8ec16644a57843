"""Same as: which organisations a name may mean that somebody typed, or that a foreign list has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation
from graph.kinds.results import result
from graph.kinds.terms import OrganisationForm, RegionLevel
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.regions import at_level
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code as number
from queries.answer import Answer
from queries.identity.evidence import IdentityDifferenceKind, IdentityEvidenceKind
from queries.identity.members import member_of
from queries.identity.pairing import Skipped, pairs
from queries.identity.ranking import FORMULA, best, check, said
from queries.identity.roster import Roster, roster_of
from queries.levels import row_of_kind


@result("一个名称可能所指的主体", "IdentityCandidate")
@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a name may mean."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    score: Annotated[float, "分值（0–1）：见 method"]
    evidence: Sequence[IdentityEvidenceKind]
    against: Sequence[IdentityDifferenceKind]


@result("一个名称可能所指的主体，最可能者在前", "IdentityCandidates")
@dataclass(frozen=True, slots=True)
class Candidates(Answer):
    """Who a name may mean, the surest first, then by ids."""

    core: Annotated[str, "所比较的字号：已去掉区划与组织形式"]
    rows: Annotated[Sequence[Candidate], "各候选"]
    count: Annotated[int, "候选总数"]
    skipped: Annotated[Sequence[Skipped], "未逐个比较者"]


def same_as(  # noqa: PLR0913 - what is known of the one in question
    snapshot: Snapshot,
    *,
    name: str,
    as_of: int,
    region: str | None = None,
    form: OrganisationForm | None = None,
    town: str | None = None,
    code: str | None = None,
    at_least: float = 0.3,
    first: int = 10,
) -> Candidates:
    """Find the organisations that a name, typed or from a foreign list, may mean."""
    check(at_least, first)
    if not name.strip():
        raise BadInput("name：请给出名称", "name")
    roster = roster_of(snapshot, as_of)
    asked = _asked(snapshot, name.strip(), as_of, region, form, town, code)
    found = pairs(asked, roster)
    chosen = best(found, found.score >= at_least)
    at = nodes_of(snapshot.nodes["Organisation"].first + roster.places)
    rows = [Candidate(at[found.right[n]], *said(found, n)) for n in chosen[:first]]
    given: Mapping[str, str | float | int | None] = {
        "name": name,
        "region": region,
        "form": form,
        "town": town,
        "code": code,
        "atLeast": at_least,
        "first": first,
    }
    core = asked.members[0].name.core
    method = FORMULA.method(snapshot, as_of, given)
    return Candidates(core, rows, len(chosen), found.skipped, method=method)


def _asked(  # noqa: PLR0913, PLR0917 - what is known of the one in question
    snapshot: Snapshot,
    name: str,
    as_of: int,
    region: str | None,
    form: OrganisationForm | None,
    town: str | None,
    credit_code: str | None,
) -> Roster:
    county = -1
    if region is not None:
        row = row_of_kind(snapshot, region, "Region", argument="region")
        place = row - snapshot.nodes["Region"].first
        county = int(at_level(snapshot, RegionLevel.COUNTY, as_of)[place])
    towns = (
        []
        if town is None
        else [row_of_kind(snapshot, town, "Town", argument="town") - snapshot.nodes["Town"].first]
    )
    shape = -1 if form is None else number(form)
    member = member_of(snapshot, name, (), credit_code, county, shape, towns)
    return Roster([member], np.zeros(0, np.int32))
