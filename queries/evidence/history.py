"""History: what was said of one thing over the years, and which figure counted when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.results import As, result
from graph.kinds.terms import Scope
from graph.snapshot.claims import ClaimChoice, Figure, Measure, figure, of_claim, why
from graph.snapshot.index import NodeIndex
from graph.snapshot.nearest import missing
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.provenance import Rows

FORMULA = Formula(
    "history", "数值沿革", 4, "只列已登记的数值；某年采用的是不晚于该年的最新数值，可能早于该年。"
)


@result("采用同一条数值的几年", "FigurePeriod")
@dataclass(frozen=True, slots=True)
class Period:
    """The years in which one claim counts."""

    since: Annotated[int | None, "起始年份；空为早于任何写明年份的数值"]
    until: Annotated[int, "终止年份（含）"]
    claim: Annotated[NodeIndex, Claim, "采用的数值", As("chosen")]
    value: float
    rivals: Annotated[
        Sequence[NodeIndex], Claim, "末年与之矛盾的数值：其他来源对同一年所说的，或有一方未写年份的"
    ]
    why: Annotated[ClaimChoice | None, "为何采用它而不是次优的一条；空为没有另一条"]


@result("一项数值的来历：历年的说法，以及哪年采用哪一条", "FigureHistory")
@dataclass(frozen=True, slots=True)
class History(Answer):
    """All claims about one thing up to a year, and which of them counted when."""

    claims: Annotated[Sequence[NodeIndex], Claim, "全部说法：年份早者在前，未写年份者排在最前"]
    periods: Annotated[Sequence[Period], "逐段采用的数值"]


def history(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    subject: str,
    metric: Metric,
    scope: Scope = Scope.WHOLE,
    product: str | None = None,
    as_of: int,
) -> History:
    """What was said of one thing up to a year, and which claim counted in each year."""
    if (row := snapshot.find(subject)) is None:
        raise missing(snapshot, subject, "subject")
    good = None if product is None else row_of_kind(snapshot, product, "Product")
    measure = Measure(metric, scope, good)
    asked = {"subject": subject, "metric": metric.value, "scope": scope.value, "product": product}
    whole = figure(snapshot, row, measure, as_of)
    told = np.array(whole.claims if whole else (), np.int32) - np.int32(snapshot.nodes["Claim"].first)
    method = FORMULA.method(snapshot, as_of, asked, used=lambda: Rows(claims=told))
    if whole is None:
        return History((), (), method=method, unknown_reason=f"{as_of} 年及以前没有此指标、口径与产品的数值")
    claims = snapshot.nodes["Claim"]
    years = claims["year"][np.array(whole.claims) - claims.first].tolist()
    order = sorted(range(len(years)), key=lambda place: (years[place], whole.claims[place]))
    starts = sorted({year for year in years if year != MISSING})
    periods = list(_periods(snapshot, row, measure, starts, as_of))
    return History([whole.claims[place] for place in order], periods, method=method)


def _periods(
    snapshot: Snapshot, row: int, measure: Measure, starts: Sequence[int], as_of: int
) -> Iterator[Period]:
    """Ask for the figure at the end of each stretch of years in which no new one came."""
    ends = [*(year - 1 for year in starts), as_of]
    for since, until in zip((None, *starts), ends, strict=True):
        found = figure(snapshot, row, measure, until)
        if found is not None:
            yield _period(snapshot, found, since, until)


def _period(snapshot: Snapshot, found: Figure, since: int | None, until: int) -> Period:
    first = snapshot.nodes["Claim"].first
    best, *others = (of_claim(snapshot, claim - first) for claim in found.claims[:2])
    reason = why(best, others[0]) if others else None
    return Period(since, until, found.claim, found.value, found.rivals, reason)
