"""Figures: all claims about a subject, the one that counts in a year, and the rivals it has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.kinds.columns import columns
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from graph.snapshot.claims import contradicts, merits
from graph.snapshot.csr import Ints
from graph.snapshot.table import Table, encode
from graph.snapshot.years import days
from graph.store.store import Row, Store

CLAIMS = """
UNWIND $subjects AS subject
MATCH (c:Claim {subject: subject})
WHERE c.metric = $metric AND c.scope = $scope AND coalesce(c.product, '') = $product
OPTIONAL MATCH (s:Source {id: c.source})
RETURN {subject: subject, claim: properties(c), published: s.publishedOn} AS row
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A stored claim, with the date its source was published on."""

    claim: Row
    published: Any = None


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
    """Choose among claims about one thing, as `graph.snapshot.claims` does, a year's figure and its rivals.

    >>> rows = [{"id": "a", "year": 2021, "value": 65.0, "grade": "A", "source": "source:x"}]
    >>> rows += [{"id": "b", "value": 30.0, "grade": "C", "source": "source:y"}]
    >>> rows += [{"id": "c", "year": 2020, "value": 50.0, "grade": "A", "source": "source:x"}]
    >>> figure = choose([Measured(row) for row in rows], 2022)
    >>> figure.chosen["value"], [rival["value"] for rival in figure.rivals]
    (65.0, [30.0])
    """
    known = [m for m in measured if m.claim.get("year") is None or m.claim["year"] <= as_of]
    known.sort(key=lambda m: m.claim["id"])
    if not known:
        return None
    table = _table([m.claim for m in known])
    published = np.array([m.published and str(m.published)[:10] for m in known], "datetime64[D]")
    order = np.lexsort(merits(table, np.arange(len(known), dtype=np.int32), days(published))).astype(np.int32)
    against = contradicts(table, np.repeat(order[:1], len(order)), order)
    rows = [known[place].claim for place in order.tolist()]
    rivals = [row for row, rival in zip(rows, against.tolist(), strict=True) if rival]
    return Figure(rows[0], rivals, rows, as_of)


def _table(rows: Sequence[Row]) -> Table:
    """Hold stored claims as columns; what they refer to is numbered as it comes."""
    numbers: dict[str | None, int] = {None: -1}

    def numbered(ids: Sequence[str | None]) -> Ints:
        return np.array([numbers.setdefault(id, len(numbers)) for id in ids], np.int32)

    cells = [[row.get(column.name) for column in columns(Claim)] for row in rows]
    return Table(Claim, len(rows), encode(Claim, cells, numbered))
