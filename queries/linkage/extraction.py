"""Extraction (带动效应): what would stop if an organisation stopped, by hypothetical extraction.

Taking i's purchases, sales and final demand out of the accounts loses Σ_j l_ji·x_i/l_ii of output: a closed
form that needs one column of the Leontief inverse (Dietzenbacher and van der Linden 1997; Miller and Lahr
2001). Without its purchases only (BACKWARD) the others lose (l_ji − δ_ji)·x_i/l_ii, without its sales only
(FORWARD) (g_ij − δ_ij)·x_i/g_ii by the Ghosh inverse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.sparse import csr_array

from graph.errors import BadInput
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.kinds.terms import OrganisationForm, Term
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation, Answer, Formula, Method, Parameter
from queries.levels import Member, groups, member, row_of_kind
from queries.linkage.accounts import Accounts, accounts
from queries.linkage.leontief import MOST, closed
from queries.linkage.series import ClosedCircle, fine, series

FORMULA = Formula(
    "hypothetical-extraction",
    "假设抽取",
    2,
    "核算上限：假设无替代供应商与客户；不是预测。相对于未观测的采购，又是下限。",
)


class ExtractionForm(Term):
    """抽取方式"""  # noqa: D400, D415 - GraphQL shows it

    TOTAL = "TOTAL", "整体抽取：其采购、销售与最终需求都去掉"
    BACKWARD = "BACKWARD", "只去掉其采购（列昂惕夫）：对供应商的带动，不含本身产出"
    FORWARD = "FORWARD", "只去掉其销售（Ghosh）：对客户的推动，不含本身产出"


@result("依赖此主体的主体")
@dataclass(frozen=True, slots=True)
class ExtractionDependent:
    """An organisation that would lose output."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    loss: Annotated[float, "损失的产出（元/年）"]
    share: Annotated[float, "占其自身产出的比例（0–1）"]


@result("一种主体形式的损失合计")
@dataclass(frozen=True, slots=True)
class LossByForm:
    """What the organisations of a form would lose together."""

    form: Annotated[OrganisationForm, "主体形式"]
    organisations: Annotated[int, "有损失的主体数"]
    loss: Annotated[float, "损失的产出（元/年）"]


@result("一个镇或区划的损失合计")
@dataclass(frozen=True, slots=True)
class LossByMember:
    """What the organisations of a town or a region would lose together."""

    row: Annotated[Member, As("member")]
    organisations: Annotated[int, "有损失的主体数"]
    loss: Annotated[float, "损失的产出（元/年）"]


@result("带动效应：假如此主体停产，核算上会损失的产出；数值为空即不详，见 unknownReason")
@dataclass(frozen=True, slots=True)
class Extraction(Answer):
    """What would be lost without an organisation."""

    total: Annotated[float | None, "总损失（元/年）：含本身产出"] = None
    """H."""
    own: Annotated[float | None, "其中本身的产出（元/年）"] = None
    indirect: Annotated[float | None, "其中其他主体的产出（元/年）"] = None
    local: Annotated[float | None, "其他主体的损失中，同镇主体的部分（元/年）；空为不属任何镇"] = None
    multiplier: Annotated[float | None, "每 1 元产出带动其他主体的产出（元）"] = None
    share: Annotated[float | None, "总损失占全部已知产出的比例（0–1）"] = None
    dependents: Annotated[Sequence[ExtractionDependent], "损失占自身产出比例大者在前"] = ()
    by_form: Annotated[Sequence[LossByForm], "按主体形式（不含本身）"] = ()
    by_town: Annotated[Sequence[LossByMember], "按专业镇（不含本身；属多个镇者均分）"] = ()
    by_region: Annotated[Sequence[LossByMember], "按县级区划（不含本身）"] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """What each sector of a table loses when one is extracted (in the table's unit)."""

    loss: Floats
    terms: int
    residual: float


def extracted(
    sales: csr_array, output: Floats, sector: int, kind: ExtractionForm = ExtractionForm.TOTAL
) -> Losses:
    """Extract one sector from a table: Z (seller by buyer) and x > 0 in one money unit.

    Raises ClosedCircle when there is no inverse. O(links · terms).

    >>> table = csr_array([[150.0, 500.0], [200.0, 100.0]])
    >>> extracted(table, np.array([1000.0, 2000.0]), 0).loss.sum().round(6)
    np.float64(1210.526316)
    """
    one = np.zeros(len(output))
    one[sector] = 1.0
    inverted = 1 / output
    if kind is ExtractionForm.FORWARD:
        # Row i of G is column i of its transpose; Bᵀ = Zᵀ·diag(x)⁻¹.
        matrix = csr_array(sales.T.multiply(inverted[None, :]))
    else:
        matrix = csr_array(sales.multiply(inverted[None, :]))
    found = series(matrix, one, tolerance=fine(len(one)))
    loss = found.value * output[sector] / found.value[sector]
    if kind is not ExtractionForm.TOTAL:
        loss[sector] -= output[sector] / found.value[sector]
    return Losses(loss, found.terms, found.residual)


def extraction(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    form: ExtractionForm = ExtractionForm.TOTAL,
    organisation_form: OrganisationForm | None = None,
    cap: bool = False,
    first: int = 20,
) -> Extraction:
    """Extract one organisation from the network of a year; dependents may be asked for of one form only."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    row = row_of_kind(snapshot, id, "Organisation")
    table = accounts(snapshot, as_of=as_of, cap=cap)
    asked: dict[str, Parameter] = {
        "form": form,
        "organisationForm": organisation_form,
        "cap": cap,
        "first": first,
    }
    place = row - snapshot.nodes["Organisation"].first
    if not table.known[place]:
        words = f"{snapshot.name_of(row)}截至 {as_of} 年的产出不详：既无营业收入，也无已计量的销售"
        return Extraction(
            method=FORMULA.method(snapshot, as_of, asked, coverage=table.coverage, used=table.used),
            unknown_reason=words,
        )
    members = np.flatnonzero(table.known)
    part = snapshot.remember(("extraction", as_of, cap), lambda: _solvable(table, members))
    if part is None:
        method = FORMULA.method(snapshot, as_of, asked, coverage=table.coverage, used=table.used)
        return Extraction(method=method, unknown_reason=closed(snapshot, table))
    found = extracted(part, table.output[members], int(np.searchsorted(members, place)), form)
    method = FORMULA.method(
        snapshot,
        as_of,
        asked,
        coverage=table.coverage,
        used=table.used,
        iterations=found.terms,
        residual=found.residual,
    )
    if not _observed(table, place, form):
        what = "销售" if form is ExtractionForm.FORWARD else "采购"
        words = f"{snapshot.name_of(row)}截至 {as_of} 年没有已计量的{what}：带动谁、带动多少不详"
        return Extraction(own=float(table.output[place]), method=method, unknown_reason=words)
    loss = np.zeros(len(table))
    loss[members] = found.loss
    return _told(snapshot, table, place, loss, as_of, method, organisation_form, first)


def _solvable(table: Accounts, members: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> csr_array | None:
    """Take the sales among those whose output is known; None when their table has no inverse."""
    part = csr_array(table.sales[members][:, members])
    try:
        series(csr_array(part.multiply(1 / table.output[members][None, :])), np.ones(len(members)))
    except ClosedCircle:
        return None
    return part


def _observed(table: Accounts, place: int, kind: ExtractionForm) -> bool:
    """Whether anything is known of what an organisation buys (or, FORWARD, sells)."""
    row, column = table.sales[[place]], table.sales[:, [place]]
    return (row if kind is ExtractionForm.FORWARD else column).sum() > 0


def _told(  # noqa: PLR0913, PLR0917 - what was found
    snapshot: Snapshot,
    table: Accounts,
    place: int,
    loss: Floats,
    as_of: int,
    method: Method,
    form: OrganisationForm | None,
    first: int,
) -> Extraction:
    others = loss.copy()
    others[place] = 0.0
    own, indirect = float(loss[place]), float(others.sum())
    output = float(table.output[place])
    return Extraction(
        total=own + indirect,
        own=own,
        indirect=indirect,
        local=_local(snapshot, place, others, as_of),
        multiplier=indirect / output,
        share=(own + indirect) / float(np.nansum(table.output)),
        dependents=_dependents(snapshot, table, others, form, first),
        by_form=losses_by_form(snapshot, others),
        by_town=losses_by(snapshot, others, Aggregation.TOWN, as_of),
        by_region=losses_by(snapshot, others, Aggregation.REGION, as_of),
        method=method,
    )


def _local(snapshot: Snapshot, place: int, others: Floats, as_of: int) -> float | None:
    towns = groups(snapshot, Aggregation.TOWN, as_of)
    mine = (towns.weights[[place]].toarray()[0] > 0) & (towns.rows >= 0)
    if not mine.any():
        return None
    near = np.asarray(towns.weights[:, np.flatnonzero(mine)].sum(axis=1)).ravel()
    return float((others * near).sum())


def _dependents(
    snapshot: Snapshot, table: Accounts, others: Floats, form: OrganisationForm | None, first: int
) -> list[ExtractionDependent]:
    share = np.divide(others, table.output, out=np.zeros_like(others), where=table.known)
    asked = others > 0
    if form is not None:
        asked &= snapshot.nodes["Organisation"]["form"] == list(OrganisationForm).index(form)
    order = np.lexsort((-others, -share))
    order = order[asked[order]][:first]
    arrays = table.rows[order], others[order], share[order]
    return [ExtractionDependent(*cells) for cells in zip(*(array.tolist() for array in arrays), strict=True)]


def losses_by_form(snapshot: Snapshot, loss: Floats) -> list[LossByForm]:
    """Add up losses by form of organisation, the biggest first."""
    codes = snapshot.nodes["Organisation"]["form"]
    found = [
        LossByForm(form, int((loss[codes == code] > 0).sum()), float(loss[codes == code].sum()))
        for code, form in enumerate(OrganisationForm)
    ]
    return sorted((group for group in found if group.organisations), key=lambda group: -group.loss)


def losses_by(snapshot: Snapshot, loss: Floats, aggregation: Aggregation, as_of: int) -> list[LossByMember]:
    """Add up losses by town or region, the biggest first; they add up to the whole."""
    grouped = groups(snapshot, aggregation, as_of)
    belongs = csr_array(grouped.weights > 0, dtype=np.int64)
    total, touched = grouped.weights.T @ loss, belongs.T @ (loss > 0).astype(np.int64)
    found = [
        LossByMember(member(row), count, amount)
        for row, count, amount in zip(grouped.rows.tolist(), touched.tolist(), total.tolist(), strict=True)
        if count
    ]
    return sorted(found, key=lambda group: -group.loss)
