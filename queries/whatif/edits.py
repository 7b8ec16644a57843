"""What if: edits, the overlay of a snapshot in which they are made, and what goes with whoever closes.

Nothing is written (`graph/snapshot/overlay.py`). How an answer then differs is told by `changes`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import isnan
from typing import Annotated, cast

import numpy as np

from graph.errors import BadInput
from graph.kinds.columns import Id
from graph.kinds.entities import Organisation, Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import EngagesIn, LocatedIn, Makes, MemberOf, Relation, Supplies
from graph.kinds.results import result
from graph.kinds.terms import Grade, OrganisationForm, Scope
from graph.snapshot.claims import Measure, figures_of
from graph.snapshot.csr import Floats
from graph.snapshot.economy import own_organisations, own_to
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.overlay import Dropped, Edits, named, overlay
from graph.snapshot.purchases import purchases, supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, code
from graph.snapshot.years import alive
from queries.levels import row_of_kind

CAVEAT = "仅改动所列条件，其余不变。"
SHRINKS = (
    "关停者的产出、销售与采购随之消失，另行列出：配套率、平均值与得分可能只因分母变小而上升，不等于变好。"
)
"""What must be said beside an answer in which somebody closes."""


@dataclass(frozen=True, slots=True)
class Close:
    """An organisation is not there."""

    organisation: Id


@dataclass(frozen=True, slots=True)
class Open:
    """A new organisation; with `takes_over` one that is there settles in the town, under a new name."""

    id: Id
    name: str
    form: OrganisationForm = OrganisationForm.ENTERPRISE
    town: Id | None = None
    region: Id | None = None
    industry: Id | None = None
    makes: Id | None = None
    revenue: float | None = None
    """Yuan a year."""
    takes_over: Id | None = None
    """Who settles: what it sells of `makes` to the own organisations of `town` is then sold by the new one.

    But for buyers of whom another edit says what either sells them of it."""


@dataclass(frozen=True, slots=True)
class SetSupply:
    """A supply of a product, new or with another value."""

    seller: Id
    buyer: Id
    product: Id
    value: float | None = None
    """Yuan a year; None: not measured."""


@dataclass(frozen=True, slots=True)
class EndSupply:
    """A supply that is not there: of one product, or of all."""

    seller: Id
    buyer: Id
    product: Id | None = None


@dataclass(frozen=True, slots=True)
class SetRevenue:
    """Another revenue of an organisation."""

    organisation: Id
    value: float
    """Yuan a year."""


MOST = 200
"""How many edits there may be."""
ID = re.compile(r"org:[a-z0-9]+(-[a-z0-9]+)*")

type Edit = Close | Open | SetSupply | EndSupply | SetRevenue
SETS: dict[type, tuple[str, ...]] = {
    Open: ("id",),
    SetSupply: ("seller", "buyer", "product"),
    SetRevenue: ("organisation",),
}
"""What an edit sets, by kind: each may be set once."""


@result("关停带走的：一个关停的主体一年产多少、卖多少、买多少", "WhatIfLoss")
@dataclass(frozen=True, slots=True)
class Loss:
    """What goes with an organisation that closes; nothing is said of who might take over."""

    organisation: Annotated[NodeIndex, Organisation, "关停的主体"]
    towns: Annotated[Sequence[NodeIndex], Town, "它所属的专业镇"]
    output: Annotated[float | None, "产值（元/年），不晚于所问年份；空为不详"]
    revenue: Annotated[float | None, "营业收入（元/年），不晚于所问年份；空为不详"]
    sold: Annotated[float | None, "售予他人的金额（元/年）；空为都不详，0 为没有已知的销售"]
    sales_unmeasured: Annotated[int, "另有几笔销售金额不详"]
    bought: Annotated[float | None, "购自他人的金额（元/年），含图外卖方；空为都不详，0 为没有已知的采购"]
    purchases_unmeasured: Annotated[int, "另有几笔采购金额不详"]


def losses(snapshot: Snapshot, edits: Sequence[Edit], as_of: int) -> list[Loss]:
    """List what goes with those that close, in the order of the edits: known before them."""
    closed = dict.fromkeys(edit.organisation for edit in edits if isinstance(edit, Close))
    rows = [row_of_kind(snapshot, id, "Organisation", argument="edits") for id in closed]
    output, revenue = (
        figures_of(snapshot, rows, Measure(metric), as_of) for metric in (Metric.OUTPUT_VALUE, Metric.REVENUE)
    )
    first, every, own = (
        snapshot.nodes["Organisation"].first,
        purchases(snapshot, as_of),
        own_organisations(snapshot, as_of),
    )
    found = list[Loss]()
    for row, made, earned in zip(rows, output, revenue, strict=True):
        place = row - first
        towns = np.unique(own.town[own.organisation == place]) + snapshot.nodes["Town"].first
        sold = _traded(every.value[(every.seller == place) & (every.buyer != place)])
        bought = _traded(every.value[(every.buyer == place) & (every.seller != place)])
        figures = (made and made.value, earned and earned.value)
        found.append(Loss(row, nodes_of(towns), *figures, *sold, *bought))
    return found


def _traded(values: Floats) -> tuple[float | None, int]:
    """Add up what is measured of some purchases (yuan a year), and count what is not."""
    unknown = np.isnan(values)
    return None if len(values) and unknown.all() else float(np.nansum(values)), int(unknown.sum())


def caveat(snapshot: Snapshot, edits: Sequence[Edit], as_of: int) -> str:
    """What must be said beside the answers: what closes or settles changes more than it seems to."""
    said = [CAVEAT]
    for edit in edits:
        if isinstance(edit, Open) and edit.takes_over is not None:
            moved = _taken_over(snapshot, edit, edits, as_of)
            value, unknown = _traded(np.array([flow.measured for flow in moved], np.float64))
            measured = "金额不详" if value is None else f"已计量 {value / 1e4:,.0f} 万元/年"
            more = f"，另 {unknown} 笔金额不详" if unknown and value is not None else ""
            name = snapshot.name_of(snapshot.row_of(edit.takes_over))
            told = f"改由落户者供应，共 {len(moved)} 笔，{measured}{more}" if moved else "没有已知的"
            said.append(f"{name}现售予本镇主体的该产品{told}，算作本地；其他往来与营业收入不随之改变。")
    said += [SHRINKS] * any(isinstance(edit, Close) for edit in edits)
    return "".join(said)


@dataclass(frozen=True, slots=True)
class _Moved:
    """A sale that goes to a newcomer."""

    buyer: Id
    value: float
    """Yuan a year; NaN: unknown."""
    measured: float
    """The same where it may enter sums; NaN: unknown, or too old."""
    year: int | None


def _taken_over(snapshot: Snapshot, edit: Open, edits: Sequence[Edit], as_of: int) -> list[_Moved]:
    """List the sales that a newcomer takes over: none of those that another edit speaks of."""
    seller = row_of_kind(snapshot, cast("Id", edit.takes_over), "Organisation", argument="edits")
    good, town = snapshot.row_of(cast("Id", edit.makes)), snapshot.row_of(cast("Id", edit.town))
    said = {
        other.buyer
        for other in edits
        if isinstance(other, SetSupply | EndSupply)
        and other.seller in {edit.id, edit.takes_over}
        and other.product in {None, edit.makes}
    }
    first, flows = snapshot.nodes["Organisation"].first, supply_network(snapshot, as_of).flows
    here = own_to(snapshot, town - snapshot.nodes["Town"].first, as_of)
    here = here & alive(snapshot.nodes["Organisation"], as_of)
    mine = (flows.start == seller) & (flows.product == good) & (flows.end != seller) & here[flows.end - first]
    cells = (flows.end, flows.value, flows.measured, flows.year)
    found = [
        _Moved(Id(snapshot.id_of(buyer)), value, measured, None if year == MISSING else year)
        for buyer, value, measured, year in zip(*(cell[mine].tolist() for cell in cells), strict=True)
    ]
    return [one for one in found if one.buyer not in said]


def _settles(
    snapshot: Snapshot, edit: Open, edits: Sequence[Edit], as_of: int
) -> tuple[list[Dropped], list[Supplies]]:
    """Give a newcomer the sales that it takes over, and take them from the one that settles.

    Where an edit says what the newcomer sells a buyer, that one's sale of it goes too.
    """
    if edit.takes_over is None:
        return [], []
    if edit.town is None or edit.makes is None:
        raise BadInput("edits：takesOver 须与 town、makes 一同给出：接管的是售予本镇的哪种产品", "edits")
    moved = _taken_over(snapshot, edit, edits, as_of)
    put = [
        Supplies(
            start=edit.id,
            end=one.buyer,
            product=edit.makes,
            value=None if isnan(one.value) else one.value,
            year=one.year,
        )
        for one in moved
    ]
    replaced = [
        other.buyer
        for other in edits
        if isinstance(other, SetSupply) and (other.seller, other.product) == (edit.id, edit.makes)
    ]
    gone = [Dropped(Supplies.label, edit.takes_over, buyer, edit.makes) for buyer in replaced]
    gone += [Dropped(Supplies.label, edit.takes_over, one.buyer, edit.makes) for one in moved]
    return gone, put


def edited(snapshot: Snapshot, edits: Sequence[Edit], as_of: int) -> Snapshot:
    """Make the overlay of some edits in a year; raises NotFound and BadInput for what they name wrongly.

    At most 200 edits.
    """
    if len(edits) > MOST:
        raise BadInput(f"edits：最多 {MOST} 处改动，所给为 {len(edits)} 处", "edits")
    key = ("edited", tuple(edits), as_of)
    return snapshot.remember(key, lambda: overlay(snapshot, _edits(snapshot, edits, as_of)))


def _edits(snapshot: Snapshot, edits: Sequence[Edit], as_of: int) -> Edits:
    removed, dropped = list[str](), list[Dropped]()
    nodes, relations = list[Organisation | Claim](), list[Relation]()
    numbers = count(1)
    opened = {edit.id for edit in edits if isinstance(edit, Open)}
    _refuse_twice(edits)
    for edit in edits:
        match edit:
            case Close():
                row_of_kind(snapshot, edit.organisation, "Organisation", argument="edits")
                removed.append(edit.organisation)
            case Open():
                nodes.append(_opened(snapshot, edit))
                relations += _belongings(edit, as_of)
                gone, put = _settles(snapshot, edit, edits, as_of)
                dropped += gone
                relations += put
                if edit.revenue is not None:
                    nodes.append(_revenue(edit.id, edit.revenue, as_of, next(numbers)))
            case SetSupply():
                _check_ends(snapshot, edit, opened)
                if not opened & {edit.seller, edit.buyer}:
                    dropped.append(Dropped(Supplies.label, edit.seller, edit.buyer, edit.product))
                relations.append(_supply(edit, as_of))
            case EndSupply():
                _check_ends(snapshot, edit, set())
                _check_supply(snapshot, edit, edits)
                dropped.append(Dropped(Supplies.label, edit.seller, edit.buyer, edit.product))
            case SetRevenue():
                row = row_of_kind(snapshot, edit.organisation, "Organisation", argument="edits")
                removed += _revenues(snapshot, row)
                nodes.append(_revenue(edit.organisation, edit.value, as_of, next(numbers)))
    return Edits(tuple(dict.fromkeys(removed)), dropped, nodes, relations)


def _refuse_twice(edits: Sequence[Edit]) -> None:
    """Refuse two edits that set the same: which of them holds would be chance."""
    keys = [(kind, *(getattr(e, n) for n in SETS[kind])) for e in edits if (kind := type(e)) in SETS]
    for (_, *key), times in Counter(keys).items():
        if times > 1:
            raise BadInput(f"edits：{'、'.join(key)} 只可设一次，所给为 {times} 次", "edits")
    settling = ((e.takes_over, e.town, e.makes) for e in edits if isinstance(e, Open) and e.takes_over)
    for (id, _, _), times in Counter(settling).items():
        if times > 1:
            raise BadInput(f"edits：{id} 的同一产品只可接管一次，所给为 {times} 次", "edits")


def _check_ends(snapshot: Snapshot, edit: SetSupply | EndSupply, opened: set[Id]) -> None:
    """Refuse a supply of what is no product, or between others than organisations."""
    for id in {edit.seller, edit.buyer} - opened:
        row_of_kind(snapshot, id, "Organisation", argument="edits")
    if edit.product is not None:
        row_of_kind(snapshot, edit.product, "Product", argument="edits")


def _check_supply(snapshot: Snapshot, edit: EndSupply, edits: Sequence[Edit]) -> None:
    """Refuse to end a supply that is not there, or one that another edit sets."""
    ends = f"{edit.seller} → {edit.buyer}"
    for other in edits:
        if not isinstance(other, SetSupply) or edit.product not in {None, other.product}:
            continue
        if (other.seller, other.buyer) == (edit.seller, edit.buyer):
            raise BadInput(f"edits：{ends} 既终止又设定，互相矛盾", "edits")
    if not named(snapshot, Dropped(Supplies.label, edit.seller, edit.buyer, edit.product)).any():
        raise BadInput(f"edits：图中没有供应 {ends}{f'（{edit.product}）' if edit.product else ''}", "edits")


def _opened(snapshot: Snapshot, edit: Open) -> Organisation:
    if not ID.fullmatch(edit.id):
        raise BadInput(f"edits：新主体的标识应形如 org:…，所给为 {edit.id}", "edits")
    if snapshot.find(edit.id) is not None:
        raise BadInput(f"edits：{edit.id} 已在图中，不能新设", "edits")
    where = (edit.town, "Town"), (edit.region, "Region"), (edit.industry, "Industry"), (edit.makes, "Product")
    for id, kind in (*where, (edit.takes_over, "Organisation")):
        if id is not None:
            row_of_kind(snapshot, id, kind, argument="edits")
    return Organisation(id=edit.id, name=edit.name, form=edit.form, synthetic=True)


def _belongings(edit: Open, as_of: int) -> Iterator[Relation]:
    """Say where a new organisation belongs, and what it makes: from the year asked, not before."""
    if edit.town:
        yield MemberOf(start=edit.id, end=edit.town, since=as_of)
    if edit.region:
        yield LocatedIn(start=edit.id, end=edit.region, since=as_of)
    if edit.industry:
        yield EngagesIn(start=edit.id, end=edit.industry, main=True, since=as_of)
    if edit.makes:
        yield Makes(start=edit.id, end=edit.makes, since=as_of)


def _supply(edit: SetSupply, as_of: int) -> Supplies:
    if edit.value is not None and not 0 <= edit.value < float("inf"):
        raise BadInput(f"edits：供应金额不应为负，所给为 {edit.value}", "edits")
    return Supplies(start=edit.seller, end=edit.buyer, product=edit.product, value=edit.value, year=as_of)


def _revenue(subject: Id, value: float, as_of: int, number: int) -> Claim:
    if not 0 <= value < float("inf"):
        raise BadInput(f"edits：营业收入不应为负，所给为 {value}", "edits")
    return Claim(
        id=Id(f"claim:what-if-{number}"),
        subject=subject,
        metric=Metric.REVENUE,
        value=value,
        unit=Unit.YUAN,
        year=as_of,
        source=Id(""),
        grade=Grade.C,
    )


def _revenues(snapshot: Snapshot, row: int) -> list[str]:
    """List the claims that a new revenue stands for."""
    claims = snapshot.nodes["Claim"]
    same = (claims["subject"] == row) & (claims["metric"] == code(Metric.REVENUE))
    same &= (claims["scope"] == code(Scope.WHOLE)) & (claims["product"] < 0)
    return claims["id"][same].tolist()
