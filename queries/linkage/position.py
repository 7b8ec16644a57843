"""Position: how far a sector or firm stands from final use, and from primary inputs.

Upstreamness U = (I − B)⁻¹·1, the stages to final use weighed by what goes there, 1·f_i/x_i + 2·Σ a_ij f_j/x_i
+ … (Antràs, Chor, Fally and Hillberry 2012); downstreamness D = (I − Aᵀ)⁻¹·1, the stages from primary inputs
(Miller and Temurshoev 2017). Both are at least 1; U is the row sum of the Ghosh inverse, D the column sum of
Leontief's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.sparse import csr_array, diags_array

from graph.errors import BadInput
from graph.kinds.results import As, result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation, Answer, Formula, Method, Parameter
from queries.levels import Member, groups, member, row_of_kind
from queries.linkage.accounts import Accounts, accounts
from queries.linkage.leontief import MOST, closed, nothing_measured
from queries.linkage.series import ClosedCircle, fine, series

FORMULA = Formula(
    "upstreamness-downstreamness",
    "上下游位置",
    2,
    "未观测的销售视为最终需求，未观测的采购视为初始投入，故上游度与下游度都偏低（下限）。",
)


class PositionOrder(Term):
    """产业链位置的排序"""  # noqa: D400, D415 - GraphQL shows it

    UPSTREAMNESS = "UPSTREAMNESS", "上游度，大者在前"
    DOWNSTREAMNESS = "DOWNSTREAMNESS", "下游度，大者在前"
    OUTPUT = "OUTPUT", "产出，大者在前"


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The positions of all sectors of a table, by sector (stages, ≥ 1)."""

    upstreamness: Floats
    downstreamness: Floats
    terms: int
    residual: float


@result("一个成员的位置", "MemberPosition")
@dataclass(frozen=True, slots=True)
class Position:
    """The position of one member."""

    row: Annotated[Member, As("member")]
    output: Annotated[float, "产出（元/年）"]
    upstreamness: Annotated[float, "上游度：到最终使用的级数（≥ 1）"]
    downstreamness: Annotated[float, "下游度：离初始投入的级数（≥ 1）"]

    @property
    def tier(self) -> Annotated[int, "取整的上游度：作图时的层"]:
        """Upstreamness, rounded: the layer of a picture."""
        return round(self.upstreamness)


@result("产业链位置的排序", "Positions")
@dataclass(frozen=True, slots=True)
class PositionAnswer(Answer):
    """The positions at a level, as many as were asked for."""

    rows: Annotated[Sequence[Position], "成员"]
    count: Annotated[int, "成员总数"]


@result("在产业链中的位置；数值为空即不详，见 unknownReason", "Position")
@dataclass(frozen=True, slots=True)
class OwnPosition(Answer):
    """The position of one organisation or town among all."""

    position: Position | None
    above: Annotated[float | None, "位置更上游者所占比例（0–1）"]

    @property
    def output(self) -> Annotated[float | None, "产出（元/年）"]:
        """Its output."""
        return self.position and self.position.output

    @property
    def upstreamness(self) -> Annotated[float | None, "上游度：到最终使用的级数（≥ 1）"]:
        """Stages to final use."""
        return self.position and self.position.upstreamness

    @property
    def downstreamness(self) -> Annotated[float | None, "下游度：离初始投入的级数（≥ 1）"]:
        """Stages from primary inputs."""
        return self.position and self.position.downstreamness

    @property
    def tier(self) -> Annotated[int | None, "取整的上游度：作图时的层"]:
        """Upstreamness, rounded."""
        return self.position and self.position.tier


def positions_of(sales: csr_array, output: Floats, *, disposable: Floats | None = None) -> Positions:
    """Compute the positions of a table: Z (seller by buyer) and x > 0 in one money unit.

    `disposable` replaces x in B where an economy is open: x − exports + imports − net additions to stocks.
    Raises ClosedCircle when there is no inverse. O(links · terms).

    >>> line = csr_array([[0.0, 3.0, 0.0], [0.0, 0.0, 3.0], [0.0, 0.0, 0.0]])
    >>> positions_of(line, np.array([3.0, 3.0, 3.0])).upstreamness.tolist()
    [3.0, 2.0, 1.0]
    """
    use = output if disposable is None else disposable
    ones = np.ones(len(output))
    up = series(csr_array(diags_array(1 / use) @ sales), ones, tolerance=fine(len(output)))
    down = series(csr_array((sales @ diags_array(1 / output)).T), ones, tolerance=fine(len(output)))
    return Positions(up.value, down.value, max(up.terms, down.terms), max(up.residual, down.residual))


def positions(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    within: str | None = None,
    aggregation: Aggregation = Aggregation.INDUSTRY,
    digits: int = 2,
    cap: bool = False,
    order_by: PositionOrder = PositionOrder.UPSTREAMNESS,
    first: int = 50,
) -> PositionAnswer:
    """Rank the members of a level by their position."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    table = accounts(snapshot, as_of=as_of, aggregation=aggregation, digits=digits, within=within, cap=cap)
    asked: dict[str, Parameter] = {
        "within": within,
        "aggregation": aggregation,
        "digits": digits,
        "cap": cap,
    }
    asked |= {"first": first, "orderBy": order_by}
    rows, method, unknown = _positions(snapshot, table, as_of, asked)
    name = {PositionOrder.OUTPUT: "output", PositionOrder.DOWNSTREAMNESS: "downstreamness"}
    by = name.get(order_by, "upstreamness")
    ordered = sorted(rows, key=lambda row: -getattr(row, by))
    return PositionAnswer(ordered[:first], len(rows), method=method, unknown_reason=unknown)


def organisation_position(snapshot: Snapshot, id: str, *, as_of: int, cap: bool = False) -> OwnPosition:
    """Find the position of one organisation in the whole network."""
    return _own(snapshot, id, Aggregation.ORGANISATION, as_of=as_of, cap=cap)


def town_position(snapshot: Snapshot, id: str, *, as_of: int, cap: bool = False) -> OwnPosition:
    """Find the position of one town among the towns: its organisations added up."""
    return _own(snapshot, id, Aggregation.TOWN, as_of=as_of, cap=cap)


def _own(snapshot: Snapshot, id: str, aggregation: Aggregation, *, as_of: int, cap: bool) -> OwnPosition:
    row = row_of_kind(snapshot, id, "Organisation" if aggregation is Aggregation.ORGANISATION else "Town")
    table = accounts(snapshot, as_of=as_of, aggregation=aggregation, cap=cap)
    key = ("positions", as_of, aggregation, cap)
    rows, method, unknown = snapshot.remember(
        key, lambda: _positions(snapshot, table, as_of, {"aggregation": aggregation, "cap": cap})
    )
    mine = next((found for found in rows if found.row == row), None)
    if mine is None:
        return OwnPosition(
            None, None, method=method, unknown_reason=unknown or _missing(snapshot, row, aggregation, as_of)
        )
    above = sum(found.upstreamness > mine.upstreamness for found in rows) / len(rows)
    return OwnPosition(mine, above, method=method)


def _missing(snapshot: Snapshot, row: int, aggregation: Aggregation, as_of: int) -> str:
    """Say why a member has no position."""
    if row not in groups(snapshot, aggregation, as_of).rows:
        return f"{snapshot.name_of(row)}在 {as_of} 年没有主体"
    return f"{snapshot.name_of(row)}截至 {as_of} 年的产出不详：既无营业收入，也无已计量的销售"


def _positions(
    snapshot: Snapshot, table: Accounts, as_of: int, asked: Mapping[str, Parameter]
) -> tuple[list[Position], Method, str | None]:
    members = np.flatnonzero(table.known)
    part = csr_array(table.sales[members][:, members])
    output, unknown, found = table.output[members], None, None
    if part.nnz == 0:
        unknown = nothing_measured(as_of)
    else:
        try:
            found = positions_of(part, output)
        except ClosedCircle:
            unknown = closed(snapshot, table)
    iterations, residual = (found.terms, found.residual) if found else (None, None)
    method = FORMULA.method(
        snapshot,
        as_of,
        asked,
        coverage=table.coverage,
        used=table.used,
        iterations=iterations,
        residual=residual,
    )
    if found is None:
        return [], method, unknown
    rows = map(member, table.rows[members].tolist())
    arrays = output.tolist(), found.upstreamness.tolist(), found.downstreamness.tolist()
    return [Position(*cells) for cells in zip(rows, *arrays, strict=True)], method, None
