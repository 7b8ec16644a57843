"""Figures: all claims about a subject, the one that counts in a year, and the rivals it has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from graph.store import Row, Store

CLAIMS = """
UNWIND $subjects AS subject
MATCH (c:Claim {subject: subject})
WHERE c.metric = $metric AND c.scope = $scope AND coalesce(c.product, '') = $product
OPTIONAL MATCH (s:Source {id: c.source})
RETURN {subject: subject, claim: properties(c), published: s.publishedOn} AS row
"""
RIVAL_YEARS = 3
RIVAL_SHARE = 0.05
NEVER = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A stored claim, with the date its source was published on."""

    claim: Row
    published: Any = None

    @property
    def year(self) -> int | None:
        """The year it is of; None: not stated."""
        return self.claim.get("year")

    def rank(self) -> tuple[Any, ...]:
        """Order by the rule: newest year, then pinned, then grade, publication, record, id."""
        published, recorded = self.published or NEVER, self.claim.get("recordedOn") or NEVER
        day = (date.fromisoformat(str(published)[:10]), date.fromisoformat(str(recorded)[:10]))
        later = tuple(-moment.toordinal() for moment in day)
        pinned = self.claim.get("pinnedThrough")
        year = max((year for year in (self.year, pinned) if year is not None), default=None)
        return (year is None, -(year or 0), pinned is None, self.claim["grade"], later, self.claim["id"])


@dataclass(frozen=True, slots=True)
class Figure:
    """The claim that counts as of a year, those that contradict it, and all that there are."""

    chosen: Row
    rivals: list[Row]
    claims: list[Row]
    as_of: int


async def claims(
    store: Store, subjects: Sequence[str], metric: Metric, scope: Scope, product: str | None
) -> dict[str, list[Measured]]:
    """Find the claims about each subject in one metric, scope and product."""
    found: dict[str, list[Measured]] = defaultdict(list)
    rows = await store.read(
        CLAIMS, subjects=list(subjects), metric=metric.value, scope=scope.value, product=product or ""
    )
    for row in rows:
        found[row["subject"]].append(Measured(row["claim"], row["published"]))
    return found


def choose(measured: Sequence[Measured], as_of: int) -> Figure | None:
    """Choose the figure as of a year: the newest claim not after it; claims without a year come last.

    Rivals are claims not after the year asked, within three years of the chosen one or without a year, whose
    value lies outside 5 % of it.

    >>> rows = [{"id": "a", "year": 2021, "value": 65.0, "grade": "A"}]
    >>> rows += [{"id": "b", "value": 30.0, "grade": "C"}]
    >>> figure = choose([Measured(row) for row in rows], 2022)
    >>> figure.chosen["value"], [rival["value"] for rival in figure.rivals]
    (65.0, [30.0])
    """
    known = sorted((m for m in measured if m.year is None or m.year <= as_of), key=Measured.rank)
    if not known:
        return None
    chosen, *others = known
    rivals = [other.claim for other in others if _rivals(chosen, other)]
    return Figure(chosen.claim, rivals, [m.claim for m in known], as_of)


def _rivals(chosen: Measured, other: Measured) -> bool:
    near = chosen.year is None or other.year is None or abs(chosen.year - other.year) <= RIVAL_YEARS
    value = chosen.claim["value"]
    return near and abs(other.claim["value"] - value) > RIVAL_SHARE * abs(value)
