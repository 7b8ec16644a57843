"""Linkages: how strongly each sector pulls and pushes the chain, and which are key sectors.

With A = Z·diag(x)⁻¹ and B = diag(x)⁻¹·Z: the Leontief inverse L = (I − A)⁻¹ tells the output of i that a yuan
of final demand for j needs, the Ghosh inverse G = (I − B)⁻¹ the output of j that a yuan of value added in i
allows (Leontief 1936; Ghosh 1958; indices: Rasmussen 1956; Miller and Blair, Input–Output Analysis, ch. 12).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.sparse import csr_array, diags_array

from graph.errors import BadInput
from graph.kinds import Entity
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation, Answer, Formula, Parameter
from queries.levels import Member, member
from queries.linkage.accounts import Accounts, accounts
from queries.linkage.series import ClosedCircle, inverse, series

LARGEST_DENSE = 1_000
"""Up to this many members the inverse is computed whole, beyond it only its sums."""
MOST = 500

FORMULA = Formula(
    "leontief-ghosh",
    "产业关联",
    2,
    "线性、无替代、价格不变的核算指标；只含已观测的采购，数值为下限。",
)


class LinkageClass(Term):
    """关联类型：影响力系数与感应度系数是否大于 1"""  # noqa: D400, D415 - GraphQL shows it

    KEY = "KEY", "关键部门：两者都大于 1"
    BACKWARD = "BACKWARD", "后向拉动型：影响力系数大于 1"
    FORWARD = "FORWARD", "前向推动型：感应度系数大于 1"
    WEAK = "WEAK", "弱关联：两者都不大于 1"


class LinkageOrder(Term):
    """关联分析的排序"""  # noqa: D400, D415 - GraphQL shows it

    OUTPUT = "OUTPUT", "产出，大者在前"
    BACKWARD_INDEX = "BACKWARD_INDEX", "影响力系数，大者在前"
    FORWARD_INDEX = "FORWARD_INDEX", "感应度系数，大者在前"


@dataclass(frozen=True, slots=True, eq=False)
class Linkages:
    """The linkages of all sectors of a table, by sector."""

    backward: Floats
    """BL_j = Σ_i l_ij: yuan of output, over all sectors, per yuan of final demand for j."""
    forward: Floats
    """FL_i = Σ_j g_ij: yuan of output, over all sectors, per yuan of value added in i (Ghosh)."""
    forward_leontief: Floats
    """Σ_j l_ij: output of i when the final demand for every sector rises by a yuan."""
    backward_index: Floats
    """BL over its mean (影响力系数)."""
    forward_index: Floats
    """FL over its mean (感应度系数, by Ghosh)."""
    dispersion: Floats | None
    """Coefficient of variation of L's column (sample standard deviation); None: too many sectors for it."""
    terms: int | None
    """Of the series; None: inverted at once."""
    residual: float | None

    def kinds(self) -> list[LinkageClass]:
        """Whether both indices of each sector are above 1."""
        pairs = zip((self.backward_index > 1).tolist(), (self.forward_index > 1).tolist(), strict=True)
        return [_CLASSES[pair] for pair in pairs]


_CLASSES = {
    (True, True): LinkageClass.KEY,
    (True, False): LinkageClass.BACKWARD,
    (False, True): LinkageClass.FORWARD,
    (False, False): LinkageClass.WEAK,
}


@result("一个部门（主体）的前后向关联")
@dataclass(frozen=True, slots=True)
class Linkage:
    """The linkages of one member."""

    row: Annotated[Member, As("member")]
    output: Annotated[float, "产出（元/年）"]
    from_sales: Annotated[bool, "产出是否（部分）以已观测销售额代替营业收入", As("output_from_sales")]
    backward_linkage: Annotated[float, "后向关联：每 1 元最终需求带动的总产出（元）"]
    forward_linkage: Annotated[float, "前向关联：每 1 元增加值推动的总产出（元），按 Ghosh 逆矩阵行和"]
    forward_linkage_leontief: Annotated[
        float,
        "列昂惕夫逆矩阵行和：各部门最终需求都增 1 元时本部门的产出（元）；国内统计常以此定义感应度",
    ]
    backward_index: Annotated[float, "影响力系数：后向关联与其均值之比"]
    forward_index: Annotated[float, "感应度系数：前向关联（Ghosh）与其均值之比"]
    dispersion: Annotated[float | None, "列变异系数：拉动是否集中于少数部门；空为部门过多、未算"]
    kind: Annotated[LinkageClass, "关联类型"]


@result("前后向关联与关键部门（投入产出）", "Linkages")
@dataclass(frozen=True, slots=True)
class LinkageAnswer(Answer):
    """The linkages at a level, as many as were asked for."""

    rows: Annotated[Sequence[Linkage], "部门（主体）"]
    count: Annotated[int, "部门（主体）总数"]
    conflicts: Annotated[
        Sequence[NodeIndex], Organisation, "销售额超过营业收入的主体：来源相互矛盾，取销售额"
    ]
    excess: Annotated[Sequence[NodeIndex | None], Entity, "采购额不小于产出的部门（主体）"]


def linkages_of(sales: csr_array, output: Floats, *, dense: int = LARGEST_DENSE) -> Linkages:
    """Compute the linkages of a table: Z (seller by buyer) and x > 0 in one money unit.

    Raises ClosedCircle when the table has no Leontief inverse. O(links · terms), or O(n³) up to `dense`
    sectors.

    >>> table = csr_array([[150.0, 500.0], [200.0, 100.0]])
    >>> linkages_of(table, np.array([1000.0, 2000.0])).backward.round(6).tolist()
    [1.518152, 1.452145]
    """
    unit = diags_array(1 / output)
    inputs, allocations = csr_array(sales @ unit), csr_array(unit @ sales)
    ones = np.ones(len(output))
    if len(output) <= dense:
        leontief = inverse(inputs.toarray())
        backward, along, terms, residual = leontief.sum(axis=0), leontief.sum(axis=1), None, None
        # G = diag(x)⁻¹ L diag(x), so one inverse serves both.
        forward = leontief @ output / output
        dispersion = _dispersion(leontief) if len(output) > 1 else None
    else:
        pulled, pushed, reached = (series(m, ones) for m in (csr_array(inputs.T), allocations, inputs))
        backward, forward, along, dispersion = pulled.value, pushed.value, reached.value, None
        terms = max(part.terms for part in (pulled, pushed, reached))
        residual = max(part.residual for part in (pulled, pushed, reached))
    indices = backward / backward.mean(), forward / forward.mean()
    return Linkages(backward, forward, along, *indices, dispersion, terms, residual)


def linkages(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    within: str | None = None,
    aggregation: Aggregation = Aggregation.INDUSTRY,
    digits: int = 2,
    cap: bool = False,
    order_by: LinkageOrder = LinkageOrder.OUTPUT,
    first: int = 50,
) -> LinkageAnswer:
    """Compute the linkages among the organisations of a town, a region, or all, at a level."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    table = accounts(snapshot, as_of=as_of, aggregation=aggregation, digits=digits, within=within, cap=cap)
    members = np.flatnonzero(table.known).astype(np.int32)
    asked: dict[str, Parameter] = {
        "within": within,
        "aggregation": aggregation,
        "digits": digits,
        "cap": cap,
        "first": first,
    }
    asked |= {"orderBy": order_by}
    unknown, found, part = None, None, table.sales[members][:, members]
    if part.nnz == 0:
        unknown = nothing_measured(as_of)
    else:
        try:
            found = linkages_of(csr_array(part), table.output[members])
        except ClosedCircle:
            unknown = closed(snapshot, table)
    terms, residual = (found.terms, found.residual) if found else (None, None)
    method = FORMULA.method(
        snapshot, as_of, asked, coverage=table.coverage, used=table.used, iterations=terms, residual=residual
    )
    rows = [] if found is None else _rows(table, members, found, order_by, first)
    return LinkageAnswer(
        rows,
        len(members) if found else 0,
        conflicts=table.conflicts.tolist(),
        excess=[member(row) for row in table.excess.tolist()],
        method=method,
        unknown_reason=unknown,
    )


def nothing_measured(as_of: int) -> str:
    """Say that a year has no figures."""
    return f"{as_of} 年在此范围内没有已计量的供应：无从计算"


def closed(snapshot: Snapshot, table: Accounts) -> str:
    """Say that the table has no inverse, and who is to blame."""
    names = [snapshot.name_of(row) if row >= 0 else "未归类" for row in table.excess[:5].tolist()]
    named = f"；采购不少于产出者：{'、'.join(names)}" if names else ""
    return f"投入矩阵的谱半径不小于 1，逆矩阵不存在{named}。可用 cap: true 把其采购压到产出的 0.999"


def _dispersion(leontief: Floats) -> Floats:
    return leontief.std(axis=0, ddof=1) / leontief.mean(axis=0)


def _rows(
    table: Accounts, members: Ints, found: Linkages, order_by: LinkageOrder, first: int
) -> list[Linkage]:
    output = table.output[members]
    keys = {LinkageOrder.OUTPUT: output, LinkageOrder.BACKWARD_INDEX: found.backward_index}
    order = np.argsort(-keys.get(order_by, found.forward_index), kind="stable")[:first]
    arrays = (
        table.rows[members],
        output,
        table.from_sales[members],
        found.backward,
        found.forward,
        found.forward_leontief,
        found.backward_index,
        found.forward_index,
    )
    spread = [None] * len(order) if found.dispersion is None else found.dispersion[order].tolist()
    kinds = found.kinds()
    cells = [array[order].tolist() for array in arrays]
    cells += [spread, [kinds[place] for place in order.tolist()]]
    return [Linkage(member(row), *figures) for row, *figures in zip(*cells, strict=True)]
