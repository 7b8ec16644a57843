"""Changes: what is different in a town between two years: members, organisations, supplies, figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Annotated, Self

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.kinds.terms import Scope
from graph.snapshot.claims import standings
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.purchases import supply_flows, supply_years
from graph.snapshot.regions import members
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import alive
from queries.answer import Answer, Formula, Method
from queries.evidence.supply_changes import SupplyChange, supply_changes
from queries.levels import row_of_kind
from queries.links import Link, known
from queries.provenance import Rows, joining, of_supply
from queries.subjects import locals_in, subjects_of

MOST = 500
FORMULA = Formula(
    "changes",
    "数据变动",
    2,
    "“新增”“终止”按登记的起止年份与成立注销日期；未登记的变化看不见，补登也会显示为新增。",
)


@dataclass(frozen=True, slots=True)
class Listed[T]:
    """A list that is cut, and how many there are in all."""

    rows: Sequence[T] = ()
    count: Annotated[int, "总数"] = 0

    @classmethod
    def of(cls, rows: Sequence[T], first: int) -> Self:
        """Cut a list."""
        return cls(rows[:first], len(rows))


@result("若干主体")
@dataclass(frozen=True, slots=True)
class ListedOrganisations(Listed[NodeIndex]):
    """Organisations, by id."""

    rows: Annotated[Sequence[NodeIndex], Organisation, "主体，按标识排序"] = ()


@result("若干笔供应，金额大者在前")
@dataclass(frozen=True, slots=True)
class ListedSupplies(Listed[Link]):
    """Supplies, the greatest first."""

    rows: Annotated[Sequence[Link], "供应"] = ()


@result("若干笔数值变动的供应，变动大者在前")
@dataclass(frozen=True, slots=True)
class ListedSupplyChanges(Listed[SupplyChange]):
    """Supplies with another value, the greatest difference first, unknown ones last."""

    rows: Annotated[Sequence[SupplyChange], "供应"] = ()


@result("本镇一项数值前后采用的说法")
@dataclass(frozen=True, slots=True)
class FigureChange:
    """One thing measured of the town whose figure is another in the later year."""

    metric: Annotated[Metric, "指标"]
    scope: Annotated[Scope, "数值口径"]
    product: Annotated[NodeIndex | None, Product, "所指产品"]
    before: Annotated[NodeIndex | None, Claim, "前；空为当时没有"]
    after: Annotated[NodeIndex, Claim, "后"]
    difference: Annotated[float | None, "后 − 前（指标的单位）"]
    relative: Annotated[float | None, "变动 ÷ |前|"]
    """None: there was none, or it was 0."""


@result("若干项数值，按指标排序")
@dataclass(frozen=True, slots=True)
class ListedFigureChanges(Listed[FigureChange]):
    """Figures of the town, in the order of the metrics."""

    rows: Annotated[Sequence[FigureChange], "数值"] = ()


@result("两年对比：由 from 年 12 月 31 日到 to 年 12 月 31 日", "TownChanges")
@dataclass(frozen=True, slots=True)
class Changes(Answer):
    """What changed from one 31 December to another."""

    start: Annotated[int, "前一年"]
    end: Annotated[int, "后一年"]
    came: Annotated[ListedOrganisations, "新加入的成员"] = ListedOrganisations()
    left: Annotated[ListedOrganisations, "不再是成员者，含已注销者"] = ListedOrganisations()
    founded: Annotated[ListedOrganisations, "其间成立的本地主体"] = ListedOrganisations()
    closed: Annotated[ListedOrganisations, "其间注销的本地主体"] = ListedOrganisations()
    begun: Annotated[ListedSupplies, "新增的供应（买方或卖方为本地主体）"] = ListedSupplies()
    ended: Annotated[ListedSupplies, "终止的供应"] = ListedSupplies()
    changed: Annotated[ListedSupplyChanges, "数值变动的供应"] = ListedSupplyChanges()
    figures: Annotated[ListedFigureChanges, "本镇的数值：采用的说法有变者"] = ListedFigureChanges()
    supply_unknown: Annotated[str | None, "供应无从比较的原因；空为可比较"] = None


def changes(snapshot: Snapshot, id: str, *, start: int, end: int, first: int = 50) -> Changes:
    """Compare a town in two years; `first` cuts each list, whose count is of all."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if start >= end:
        raise BadInput(f"from、to：from 应早于 to，所给为 {start} 与 {end}", "from")
    row = row_of_kind(snapshot, id, "Town")
    local = np.union1d(locals_in(snapshot, id, start), locals_in(snapshot, id, end))
    method = FORMULA.method(
        snapshot,
        end,
        {"from": start, "to": end, "first": first},
        used=lambda: _used(snapshot, row, local, (start, end)),
    )
    reason = _incomparable(snapshot, id, start, end)
    if reason is None:
        return _compared(snapshot, row, local, method, first)
    return Changes(start, end, method=method, unknown_reason=reason)


def _used(snapshot: Snapshot, town: int, local: Ints, years: tuple[int, int]) -> Rows:
    """Rows of members, of what locals sell and buy, and of the town's figures, in both years."""
    found, claims = Rows(), snapshot.nodes["Claim"]
    for year in years:
        flows, (places, begins) = supply_flows(snapshot, year), standings(snapshot, year)
        traded = np.isin(flows.start, local) | np.isin(flows.end, local)
        heads = places[begins]
        found |= of_supply(flows.edge[traded]) | Rows(claims=heads[claims["subject"][heads] == town])
        everybody = np.array(snapshot.nodes["Organisation"].rows, np.int32)
        found |= joining(snapshot, "MEMBER_OF", year, everybody, np.array([town]))
    return found


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
        came=ListedOrganisations.of(nodes_of(np.setdiff1d(after, before)), first),
        left=ListedOrganisations.of(nodes_of(np.setdiff1d(before, after)), first),
        founded=ListedOrganisations.of(_dated(snapshot, local, "foundedOn", start, end), first),
        closed=ListedOrganisations.of(_dated(snapshot, local, "closedOn", start, end), first),
        begun=ListedSupplies.of(supplies.begun, first),
        ended=ListedSupplies.of(supplies.ended, first),
        changed=ListedSupplyChanges.of(supplies.changed, first),
        figures=ListedFigureChanges.of(_figures(snapshot, row, start, end), first),
        supply_unknown=supplies.unknown,
        method=method,
    )


def _members(snapshot: Snapshot, town: int, year: int) -> Ints:
    """List the members of a town that exist in a year, as global rows."""
    firms = snapshot.nodes["Organisation"]
    firm, towns = members(snapshot, year)
    own = firm[towns == town - snapshot.nodes["Town"].first]
    return own[alive(firms, year)[own]] + np.int32(firms.first)


def _dated(snapshot: Snapshot, local: Ints, column: str, start: int, end: int) -> list[NodeIndex]:
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
        None if product < 0 else NodeIndex(product),
        None if before is None else NodeIndex(before + claims.first),
        NodeIndex(after + claims.first),
        difference,
        difference / abs(old) if difference is not None and old else None,
    )
