"""Why, of two figures of the same thing, one counts: the first step of the rule on which they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.kinds.terms import Grade, RulingAction, Term
from graph.snapshot import Snapshot
from graph.table import MISSING, Array, code


class Reason(Term):
    """采用一条数值而不是另一条的理由"""  # noqa: D400, D415 - GraphQL shows it

    PINNED = "PINNED", "数据管理员选定"
    YEAR = "YEAR", "年份较新，或只有它写明年份"
    GRADE = "GRADE", "来源等级较高"
    PUBLISHED = "PUBLISHED", "来源发布较晚，或只有它写明发布日期"
    RECORDED = "RECORDED", "录入较晚，或只有它写明录入日期"
    ID = "ID", "其余都相同，取标识在前者"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a figure is ranked by, in this order, a pinned one before all; the smaller id comes last."""

    year: int | None
    grade: Grade | None
    published: date | None
    """When its source was published."""
    recorded: date | None = None
    pinned: str | None = None
    """Why a steward pinned it; None: nobody did."""


@dataclass(frozen=True, slots=True)
class Why:
    """The step of the rule that decided, and what it compared, in Chinese words."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Other:
    """A figure that does not count, beside the one that does."""

    place: int
    """The global row of the claim; of a flow its place among the SUPPLIES relations."""
    value: float
    difference: float | None
    """(its value − the chosen one) ÷ |the chosen one|; None: the chosen one is 0."""
    rival: bool
    """Whether it contradicts the chosen one."""
    why: Why
    """Why the chosen one counts instead."""


STEPS = (
    (Reason.YEAR, "year", "年份", "较新"),
    (Reason.GRADE, "grade", "来源等级", "较高"),
    (Reason.PUBLISHED, "published", "来源发布日期", "较晚"),
    (Reason.RECORDED, "recorded", "录入日期", "较晚"),
)


def why(chosen: Standing, other: Standing) -> Why:
    """Say why one figure counts and the other does not; the first must be the better one.

    >>> why(Standing(2025, Grade.C, None), Standing(2006, Grade.A, None)).words
    '年份较新：2025，另一条为 2006'
    >>> why(Standing(2025, Grade.A, None), Standing(2025, Grade.C, None)).reason
    <Reason.GRADE: 'GRADE'>
    """
    if chosen.pinned is not None:
        return Why(Reason.PINNED, f"数据管理员选定：{chosen.pinned}")
    for reason, name, what, better in STEPS:
        ours, theirs = getattr(chosen, name), getattr(other, name)
        if ours != theirs and theirs is None:
            return Why(reason, f"只有采用的一条写明{what}：{ours}")
        if ours != theirs:
            return Why(reason, f"{what}{better}：{ours}，另一条为 {theirs}")
    return Why(Reason.ID, Reason.ID.words)


def of_claim(snapshot: Snapshot, place: int) -> Standing:
    """Tell what a claim (its place) is ranked by."""
    claims = snapshot.nodes["Claim"]
    source = int(claims["source"][place])
    return Standing(
        _year(claims["year"], place),
        _grade(claims["grade"], place),
        _published(snapshot, source),
        _date(claims["recordedOn"], place),
        _pinned(snapshot, place),
    )


def of_flow(snapshot: Snapshot, edge: int) -> Standing:
    """Tell what a supply (its place) is ranked by: its year, then its source."""
    supplies, sources = snapshot.relations["SUPPLIES"], snapshot.nodes["Source"]
    source = int(supplies["source"][edge])
    grade = _grade(sources["grade"], source - sources.first) if source >= 0 else None
    return Standing(_year(supplies["year"], edge), grade, _published(snapshot, source))


def difference(chosen: float, other: float) -> float | None:
    """Tell how far a figure is from the one that counts: (other − chosen) ÷ |chosen|; None: that is 0."""
    return (other - chosen) / abs(chosen) if chosen else None


def spread_of(chosen: float, rivals: Sequence[float]) -> float | None:
    """Tell how far apart figures are: (greatest − smallest) ÷ |chosen|; None: the chosen one is 0."""
    values = [chosen, *rivals]
    return difference(chosen, chosen + max(values) - min(values))


def _published(snapshot: Snapshot, source: int) -> date | None:
    sources = snapshot.nodes["Source"]
    return _date(sources["publishedOn"], source - sources.first) if source >= 0 else None


def _pinned(snapshot: Snapshot, place: int) -> str | None:
    claims, rulings = snapshot.nodes["Claim"], snapshot.nodes["Ruling"]
    if claims["pinnedThrough"][place] == MISSING:
        return None
    about = f"Claim {claims['id'][place]}"
    here = (rulings["about"] == about) & (rulings["action"] == code(RulingAction.PIN))
    found = np.flatnonzero(here & np.isnat(rulings["undoneOn"]))
    return str(rulings["reason"][found[-1]]) if len(found) else "理由未记录"


def _year(column: Array, place: int) -> int | None:
    year = int(column[place])
    return None if year == MISSING else year


def _grade(column: Array, place: int) -> Grade | None:
    code = int(column[place])
    return list(Grade)[code] if code >= 0 else None


def _date(column: Array, place: int) -> date | None:
    return column[place].item()
