"""Same as: which organisations a name may mean that somebody typed, or that a foreign list has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.credit_code import fault
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

MOST_NAMES = 500
"""Names of one list."""
_ORDINAL = re.compile(r"^\s*[（(]?\d{1,4}(?:[)）.、．]|\s+|$)")
"""The number of a line before its name: `3、`, `(3)`, `3 `; not the digits that a name begins with."""
HEADS = frozenset(
    ("序号", "编号", "名称", "企业名称", "单位名称", "公司名称", "主体名称", "企业", "单位", "名单", "name")
)
"""What stands above the names of a list: a line that begins with it holds no name."""


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


@result("名单中的一个名称，及其可能所指的主体", "NameMatch")
@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name of a list, and who it may mean."""

    name: Annotated[str, "名称：去掉序号与空白后"]
    lines: Annotated[Sequence[int], "在名单中的行号，由 1 起：重复者合为一个"]
    core: Annotated[str, "所比较的字号：已去掉区划与组织形式"]
    rows: Annotated[Sequence[Candidate], "各候选，最可能者在前"]
    count: Annotated[int, "候选总数；0 为图中没有"]


@result("一份名单在图中的对应：每个名称可能所指的主体")
@dataclass(frozen=True, slots=True)
class NameMatches(Answer):
    """Who each name of a list may mean, in the order of the list."""

    names: Annotated[Sequence[NameMatch], "各名称"]
    matched: Annotated[int, "有候选的名称数"]
    unmatched: Annotated[int, "没有候选的名称数"]
    repeated: Annotated[int, "名单中重复的行数"]
    blank: Annotated[int, "没有名称的行数：空行、只有序号，或是表头"]
    skipped: Annotated[Sequence[Skipped], "未逐个比较者"]


def same_as_all(  # noqa: PLR0913 - what is known of those in question
    snapshot: Snapshot,
    *,
    names: Sequence[str],
    as_of: int,
    region: str | None = None,
    town: str | None = None,
    at_least: float = 0.6,
    first: int = 3,
) -> NameMatches:
    """Find the organisations that the names of a pasted list may mean, at most 500 of them.

    A line may hold cells between tabs: numbers of lines are left out, a valid credit code is heeded, and the
    first other cell is the name.
    """
    check(at_least, first)
    wanted, blank = _wanted(names)
    members = [_asked(snapshot, n, as_of, region, None, town, code).members[0] for n, code in wanted]
    roster = roster_of(snapshot, as_of)
    found = pairs(Roster(members, np.zeros(0, np.int32)), roster)
    at = nodes_of(snapshot.nodes["Organisation"].first + roster.places)
    chosen: list[list[int]] = [[] for _ in members]
    for n in best(found, found.score >= at_least).tolist():
        chosen[found.left[n]].append(n)
    rows = [
        NameMatch(
            name,
            numbers,
            member.name.core,
            [Candidate(at[found.right[n]], *said(found, n)) for n in places[:first]],
            len(places),
        )
        for ((name, _), numbers), member, places in zip(wanted.items(), members, chosen, strict=True)
    ]
    unmatched = sum(not places for places in chosen)
    given = {"names": len(wanted), "region": region, "town": town, "atLeast": at_least, "first": first}
    return NameMatches(
        rows,
        len(rows) - unmatched,
        unmatched,
        len(names) - blank - len(rows),
        blank,
        found.skipped,
        method=FORMULA.method(snapshot, as_of, given),
    )


def _wanted(names: Sequence[str]) -> tuple[dict[tuple[str, str | None], list[int]], int]:
    """Names (and codes) of a list, each once with the numbers of its lines, and how many lines have none."""
    lines = [_line(line) for line in names]
    wanted: dict[tuple[str, str | None], list[int]] = {}
    for place, line in enumerate(lines, 1):
        if line is not None:
            wanted.setdefault(line, []).append(place)
    if not wanted:
        raise BadInput("names：请给出至少一个名称", "names")
    if len(wanted) > MOST_NAMES:
        raise BadInput(f"names：{len(wanted)} 个不同的名称，超过上限 {MOST_NAMES}：请分批", "names")
    return wanted, lines.count(None)


def _line(line: str) -> tuple[str, str | None] | None:
    r"""Name and credit code of a line of a pasted list; None: it holds no name.

    >>> _line("12\t定襄甲锻造有限公司\t定襄县"), _line(" 3、 乙厂 "), _line("4."), _line("")
    (('定襄甲锻造有限公司', None), ('乙厂', None), None, None)
    >>> _line("序号\t企业名称") is None
    True
    """
    cells = [_ORDINAL.sub("", cell).strip() for cell in line.split("\t")]
    codes = [cell for cell in cells if not fault(cell)]
    named = [cell for cell in cells if cell and cell not in codes and not cell.isnumeric()]
    if not named or named[0].lower() in HEADS:
        return None
    return named[0], next(iter(codes), None)


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
