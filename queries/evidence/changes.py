"""Changes: what is different in a town between two years: members, organisations, supplies, figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from graph.errors import BadInput
from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from graph.snapshot.claims import standings
from graph.snapshot.csr import Ints
from graph.snapshot.purchases import supply_years
from graph.snapshot.regions import members
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import alive
from queries.answer import Formula, Method
from queries.evidence.supply_changes import SupplyChange, supply_changes
from queries.levels import row_of_kind
from queries.links import Link, known
from queries.subjects import locals_in, subjects_of

MOST = 500
FORMULA = Formula(
    "changes", 1, "“新增”“终止”按登记的起止年份与成立注销日期；未登记的变化看不见，补登也会显示为新增。"
)


@dataclass(frozen=True, slots=True)
class Listed[T]:
    """A list that is cut, and how many there are in all."""

    rows: Sequence[T]
    count: int

    @classmethod
    def of(cls, rows: Sequence[T], first: int) -> "Listed[T]":
        """Cut a list."""
        return cls(rows[:first], len(rows))


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One thing measured of the town whose figure is another in the later year."""

    metric: Metric
    scope: Scope
    product: int | None
    before: int | None
    """The claim that counted in the earlier year (global row); None: there was none."""
    after: int
    difference: float | None
    """In the unit of the metric; None: there was none."""
    relative: float | None
    """Of the earlier figure; None: there was none, or it was 0."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one 31 December to another; organisations are global rows, by id."""

    start: int
    end: int
    came: Listed[int]
    """Members in the later year that were none in the earlier one."""
    left: Listed[int]
    """The other way round; those that closed too."""
    founded: Listed[int]
    """Local organisations founded after the earlier day, and not after the later one."""
    closed: Listed[int]
    begun: Listed[Link]
    """Supplies bought or sold by local organisations that hold in the later year only, the greatest first."""
    ended: Listed[Link]
    changed: Listed[SupplyChange]
    """Those that hold in both with another value, the greatest difference first, unknown ones last."""
    figures: Listed[FigureChange]
    method: Method
    unknown: str | None = None
    supply_unknown: str | None = None
    """Why the three lists of supplies say nothing."""


def changes(snapshot: Snapshot, id: str, *, start: int, end: int, first: int = 50) -> Changes:
    """Compare a town in two years; `first` cuts each list, whose count is of all."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if start >= end:
        raise BadInput(f"from、to：from 应早于 to，所给为 {start} 与 {end}", "from")
    row = row_of_kind(snapshot, id, "Town")
    method = FORMULA.method(snapshot, end, {"from": start, "to": end, "first": first})
    local = np.union1d(locals_in(snapshot, id, start), locals_in(snapshot, id, end))
    reason = _incomparable(snapshot, id, start, end)
    if reason is None:
        return _compared(snapshot, row, local, method, first)
    no_firms, no_links = Listed[int]((), 0), Listed[Link]((), 0)
    organisations = (no_firms, no_firms, no_firms, no_firms)
    supplies = (no_links, no_links, Listed[SupplyChange]((), 0))
    return Changes(start, end, *organisations, *supplies, Listed((), 0), method, reason)


def _incomparable(snapshot: Snapshot, town: str, start: int, end: int) -> str | None:
    """Say why two years can't be compared: nothing that states its year is as old as the earlier one."""
    earliest = _earliest(snapshot, town, end)
    if earliest is not None and start >= earliest:
        return None
    said = "没有写明年份的数据" if earliest is None else f"写明年份的数据始于 {earliest} 年"
    return f"关于本镇，{said}：{start} 年的情形不详，无从比较"


def _compared(snapshot: Snapshot, row: int, local: Ints, method: Method, first: int) -> Changes:
    start, end = int(method.parameters["from"] or 0), method.as_of
    before, after = (_members(snapshot, row, year) for year in (start, end))
    supplies = supply_changes(snapshot, local, start, end)
    return Changes(
        start,
        end,
        Listed[int].of(np.setdiff1d(after, before).tolist(), first),
        Listed[int].of(np.setdiff1d(before, after).tolist(), first),
        Listed[int].of(_dated(snapshot, local, "foundedOn", start, end), first),
        Listed[int].of(_dated(snapshot, local, "closedOn", start, end), first),
        Listed.of(supplies.begun, first),
        Listed.of(supplies.ended, first),
        Listed.of(supplies.changed, first),
        Listed.of(_figures(snapshot, row, start, end), first),
        method,
        supply_unknown=supplies.unknown,
    )


def _members(snapshot: Snapshot, town: int, year: int) -> Ints:
    """List the members of a town that exist in a year, as global rows."""
    firms = snapshot.nodes["Organisation"]
    firm, towns = members(snapshot, year)
    own = firm[towns == town - snapshot.nodes["Town"].first]
    return own[alive(firms, year)[own]] + np.int32(firms.first)


def _dated(snapshot: Snapshot, local: Ints, column: str, start: int, end: int) -> list[int]:
    firms = snapshot.nodes["Organisation"]
    dates = firms[column][local - firms.first]
    low, high = np.datetime64(f"{start:04}-12-31"), np.datetime64(f"{end:04}-12-31")
    return local[(dates > low) & (dates <= high)].tolist()


def _earliest(snapshot: Snapshot, town: str, end: int) -> int | None:
    """Find the first year of any dated figure or supply of the town, its regions or its organisations."""
    claims = snapshot.nodes["Claim"]
    subjects = subjects_of(snapshot, town, end)
    years = [claims["year"][np.isin(claims["subject"], subjects)], supply_years(snapshot, subjects)]
    dated = np.concatenate(years)
    dated = dated[dated != MISSING]
    return int(dated.min()) if len(dated) else None


def _figures(snapshot: Snapshot, town: int, start: int, end: int) -> list[FigureChange]:
    """List what the town's figures were and are, in the order of the metrics, where another claim counts."""
    before, after = (_chosen(snapshot, town, year) for year in (start, end))
    found = [
        _change(snapshot, key, before.get(key), claim)
        for key, claim in after.items()
        if before.get(key) != claim
    ]
    order = list(Metric)
    return sorted(found, key=lambda change: (order.index(change.metric), change.scope, change.product or -1))


def _chosen(snapshot: Snapshot, subject: int, year: int) -> dict[tuple[int, int, int], int]:
    """Map what is measured of a subject (metric, scope, product) to the place of the claim that counts."""
    claims = snapshot.nodes["Claim"]
    places, begins = standings(snapshot, year)
    heads = places[begins]
    heads = heads[claims["subject"][heads] == subject]
    keys = zip(*(claims[name][heads].tolist() for name in ("metric", "scope", "product")), strict=True)
    return dict(zip(keys, heads.tolist(), strict=True))


def _change(snapshot: Snapshot, key: tuple[int, int, int], before: int | None, after: int) -> FigureChange:
    claims = snapshot.nodes["Claim"]
    old = None if before is None else known(float(claims["value"][before]))
    new = float(claims["value"][after])
    difference = None if old is None or isnan(new) else new - old
    metric, scope, product = key
    return FigureChange(
        list(Metric)[metric],
        list(Scope)[scope],
        None if product < 0 else product,
        None if before is None else before + claims.first,
        after + claims.first,
        difference,
        difference / abs(old) if difference is not None and old else None,
    )
