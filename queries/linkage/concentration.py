"""Concentration: how far a few organisations hold the output, sales or purchases of a scope."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Organisation
from graph.kinds.results import After, As, result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.purchases import purchases
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Answer, Coverage, Formula
from queries.levels import in_scope, row_of_kind
from queries.linkage.accounts import firms, outputs_used
from queries.linkage.single_sources import within_bounds
from queries.provenance import Rows, of_making, of_purchases

FORMULA = Formula(
    "hhi-cr4",
    "集中度",
    3,
    "只计数值已知的主体；其余不计入份额，故集中度可能偏高。范围不等于市场：范围外的同业者不在其中。",
)
LEADING = 4


class ConcentrationOf(Term):
    """集中度的对象"""  # noqa: D400, D415 - GraphQL shows it

    OUTPUT = "OUTPUT", "产出：营业收入，无则以已观测销售额代替；给出产品时为其产量（产品单位/年）"
    SALES = "SALES", "已计量的销售额（元/年），不含对自身的供应"
    PURCHASES = "PURCHASES", "已计量的采购额（元/年），含向图外采购，不含自身供应"


@result("一个主体所占的份额", "MarketShare")
@dataclass(frozen=True, slots=True)
class Share:
    """What one organisation holds."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    value: Annotated[float, "数值（元/年；产品的产量为其单位/年）"]
    share: Annotated[float, "占已知合计的份额（0–1）"]


@result("集中度")
@dataclass(frozen=True, slots=True)
class Concentration(Answer):
    """How concentrated something is among the organisations of a scope."""

    hhi: Annotated[float | None, "赫芬达尔指数 Σs²（1/n–1）；空为不详"]
    cr4: Annotated[float | None, "前四家的份额（0–1）；空为不详"]
    total: Annotated[float | None, "已知合计（元/年；产品的产量为其单位/年）；空为不详"]
    count: Annotated[int, "数值已知且大于 0 的主体数 n"]
    unknown_count: Annotated[int, "参与其中、但数值不详的主体数：不计入任何份额；政府机关没有产出，不在其中"]
    rows: Annotated[Sequence[Share], "主体：份额大者在前"]

    @property
    def equivalent(
        self,
    ) -> Annotated[float | None, "相当于几个规模相等的主体：1 ÷ HHI；空为不详", After("hhi")]:
        """How many equal organisations would be as concentrated: 1 ÷ HHI."""
        return None if self.hhi is None else 1 / self.hhi


@dataclass(frozen=True, slots=True, eq=False)
class _Values:
    """What each organisation (place) puts out, sells or buys; NaN: unknown."""

    value: Floats
    taking_part: Mask
    links: Floats
    """The values of the supply in question, yuan a year; NaN: unknown."""
    outside: float = 0.0
    used: Callable[[], Rows] | None = None


def concentration(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    within: str | None = None,
    *,
    as_of: int,
    product: str | None = None,
    of: ConcentrationOf = ConcentrationOf.OUTPUT,
    first: int = 10,
) -> Concentration:
    """Compute how concentrated output, sales or purchases are in a town, a region, or everywhere.

    With a product: its sales, its purchases, or the output of its makers in its own unit.
    """
    within_bounds(first)
    inside, good = in_scope(snapshot, within, as_of), _product(snapshot, product)
    values = _values(snapshot, as_of, inside, good, of)
    known = np.where(values.taking_part, values.value, np.nan)
    asked = {"within": within, "product": product, "of": of, "first": first}
    method = FORMULA.method(
        snapshot, as_of, asked, coverage=_coverage(snapshot, as_of, values), used=values.used
    )
    unknown_count = int((values.taking_part & np.isnan(values.value)).sum())
    holders = np.flatnonzero(known > 0)
    if not len(holders):
        unknown = f"截至 {as_of} 年在此范围内没有已知数值：无从计算"
        return Concentration(None, None, None, 0, unknown_count, [], method=method, unknown_reason=unknown)
    order = holders[np.argsort(-known[holders], kind="stable")]
    held, shares = known[order], shares_of(known[order])
    hhi, cr4 = float((shares**2).sum()), min(float(shares[:LEADING].sum()), 1.0)
    ends = order + snapshot.nodes["Organisation"].first, held, shares
    rows = [Share(*cells) for cells in zip(*(end[:first].tolist() for end in ends), strict=True)]
    return Concentration(hhi, cr4, float(held.sum()), len(order), unknown_count, rows, method=method)


def shares_of(values: Floats) -> Floats:
    """Divide by the sum.

    >>> shares_of(np.array([3.0, 1.0])).tolist()
    [0.75, 0.25]
    """
    return values / values.sum()


def _product(snapshot: Snapshot, product: str | None) -> int | None:
    if product is None:
        return None
    return row_of_kind(snapshot, product, "Product", argument="product")


def _values(
    snapshot: Snapshot, as_of: int, inside: Mask, product: int | None, of: ConcentrationOf
) -> _Values:
    none = np.zeros(0)
    if of is not ConcentrationOf.OUTPUT:
        return _traded(snapshot, as_of, inside, product, of)
    if product is not None:
        made, makes_it = _made(snapshot, as_of, product)
        return _Values(made, makes_it & inside, none, used=lambda: _makings(snapshot, as_of, product, inside))
    base = firms(snapshot, as_of)
    inside = inside & ~base.bodies
    return _Values(base.output, inside, none, used=lambda: outputs_used(snapshot, as_of, inside))


def _traded(
    snapshot: Snapshot, as_of: int, inside: Mask, product: int | None, of: ConcentrationOf
) -> _Values:
    """Sum the measured sales or purchases of each organisation."""
    bought = purchases(snapshot, as_of)
    end = bought.seller if of is ConcentrationOf.SALES else bought.buyer
    asked = inside[end] & (end >= 0)
    if product is not None:
        asked &= bought.product == product - snapshot.nodes["Product"].first
    holders, values, size = end[asked], bought.value[asked], len(inside)
    sure = np.bincount(holders, weights=~np.isnan(values), minlength=size) > 0
    total = np.bincount(holders, weights=np.nan_to_num(values), minlength=size)
    taking_part = np.bincount(holders, minlength=size) > 0
    named = bought.seller[asked] >= 0
    outside = float(np.nan_to_num(values[~named]).sum())
    return _Values(
        np.where(sure, total, np.nan),
        taking_part,
        values[named],
        outside,
        lambda: of_purchases(bought.some(asked)),
    )


def _makings(snapshot: Snapshot, as_of: int, product: int, inside: Mask) -> Rows:
    found, good = makers(snapshot, as_of), product - snapshot.nodes["Product"].first
    return of_making(found.edge[(found.product == good) & inside[found.organisation]])


def _made(snapshot: Snapshot, as_of: int, product: int) -> tuple[Floats, Mask]:
    """How much each organisation (place) makes of a product, in its unit; and who makes it at all."""
    found, count = makers(snapshot, as_of), len(snapshot.nodes["Organisation"])
    _, who, pairs = found.by_product.at(np.array([product - snapshot.nodes["Product"].first]))
    made, makes_it = np.full(count, np.nan), np.zeros(count, np.bool_)
    made[who], makes_it[who] = found.output[pairs], True
    return made, makes_it


def _coverage(snapshot: Snapshot, as_of: int, values: _Values) -> Coverage:
    base = firms(snapshot, as_of)
    mine = values.taking_part & ~base.bodies
    return Coverage(
        links=len(values.links),
        unmeasured=int(np.isnan(values.links).sum()),
        observed=float(np.nan_to_num(values.links).sum()),
        outside_graph=values.outside,
        organisations=int(mine.sum()),
        outputs_unknown=int((mine & np.isnan(base.output)).sum()),
        outputs_from_sales=int((mine & base.from_sales).sum()),
    )
