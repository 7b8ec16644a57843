"""Relatedness: which products lie near to what a town makes already, and how complex they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Product, Town
from graph.kinds.results import result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.purchases import KINDS, supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation, Answer, Formula
from queries.levels import groups
from queries.linkage.accounts import accounts
from queries.links import known
from queries.provenance import Rows, of_making, of_supply
from queries.similarity.complexity import LEAST, Complexity, complexity

MOST = 500
_NEVER = 10**9
"""So many towns no province has."""
FORMULA = Formula(
    "relatedness/hidalgo-2007",
    1,
    "相关性不是可行性；须看回测。",
    {"rcaThreshold": 1.0, "leastForComplexity": LEAST},
)


class SpecialityBasis(Term):
    """产品数据的口径"""  # noqa: D400, D415 - GraphQL shows it

    OUTPUT = "OUTPUT", "产出：本镇主体该产品的已知销售额（元/年）"
    MAKERS = "MAKERS", "生产者家数（户）"


@dataclass(frozen=True, slots=True, eq=False)
class Crosstab:
    """X: how much of each product each town makes."""

    towns: Ints
    """The global row of each row of X."""
    products: Ints
    """The global row of each column of X."""
    output: Floats
    """X_rp: yuan a year, or makers; one that belongs to several towns is split equally."""
    basis: SpecialityBasis


@dataclass(frozen=True, slots=True, eq=False)
class Board(Crosstab):
    """X, and what follows from it."""

    complexity: Complexity


@result("从一个专业镇看一种产品", "RelatedProduct")
@dataclass(frozen=True, slots=True)
class Related:
    """A product, seen from a town."""

    product: Annotated[NodeIndex, Product, "产品"]
    output: Annotated[float, "本镇该产品的销售额（元/年）或生产者家数，见 method.parameters 的 basis"]
    rca: Annotated[float, "显性比较优势：本镇在该产品中的份额与在全部产品中的份额之比（≥ 0）"]
    made: Annotated[bool, "是否为本镇专长（rca ≥ 1）"]
    density: Annotated[float, "相关密度：与之相近的产品有多少为本镇专长（0–1）"]
    nearest: Annotated[NodeIndex | None, Product, "本镇其他专长中与之最近者；空为没有"]
    product_proximity: Annotated[float | None, "与最近者的邻近度（0–1）；空为没有"]
    """φ."""
    ubiquity: Annotated[int, "以此为专长的镇数"]
    pci: Annotated[float | None, "产品复杂度（以各镇复杂度的标准差计）；空见 complexityUnknown"]


@result("产品相关性：哪些产品与本镇所长相近")
@dataclass(frozen=True, slots=True)
class Relatedness(Answer):
    """The products seen from a town."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    rows: Annotated[Sequence[Related], "产品：非专长者在前，密度大者在前"]
    count: Annotated[int, "有数据的产品数"]
    diversity: Annotated[int | None, "多样性：本镇专长的产品数；空为不详"]
    eci: Annotated[float | None, "本镇经济复杂度（均值 0、标准差 1）；空见 complexityUnknown"]
    complexity_unknown: Annotated[str | None, "复杂度算不出的原因；空为已算"]


def relatedness(
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    first: int = 20,
    measure: SpecialityBasis = SpecialityBasis.OUTPUT,
) -> Relatedness:
    """Rank the products by their relatedness density to what a town is specialised in, in a year.

    X_rp is what the town's members sell of a product (yuan a year), or how many of them make it. Where no
    sale at all is measured the makers stand for it; `parameters` say so (`basis`).
    """
    town = town_row(snapshot, id)
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    board = board_of(snapshot, as_of, measure)
    asked = {"first": first, "measure": measure.value, "basis": board.basis.value}
    method = FORMULA.method(
        snapshot,
        as_of,
        asked,
        coverage=accounts(snapshot, as_of=as_of).coverage,
        used=lambda: _used(snapshot, as_of, board.basis),
    )
    found = board.complexity
    here = np.flatnonzero(board.towns == town)
    if not len(here) or not board.output[here[0]].any():
        why = f"{as_of} 年没有本镇主体生产或销售产品的数据：无从计算"
        return Relatedness(town, [], 0, None, None, found.reason, method=method, unknown_reason=why)
    place = int(here[0])
    eci = None if found.indices is None else known(float(found.indices.eci[place]))
    rows = _rows(board, place)
    diversity = int(found.diversity[place])
    return Relatedness(town, rows[:first], len(rows), diversity, eci, found.reason, method=method)


def town_row(snapshot: Snapshot, id: str, argument: str = "id") -> NodeIndex:
    """Find the global row of a town that must be there."""
    row = snapshot.row_of(id)
    if snapshot.kind_of(row).label != "Town":
        raise BadInput(f"{id} 不是专业镇：应形如 town:…", argument)
    return row


def board_of(snapshot: Snapshot, as_of: int, measure: SpecialityBasis) -> Board:
    """Draw up X of all towns in a year, and its complexity."""
    return snapshot.remember(("board", as_of, measure), lambda: _board(snapshot, as_of, measure))


def made_together(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints, Complexity]:
    """Relate products by who makes them in which town: towns, products (global rows), and what is found.

    Shared by gaps and candidates; the indices of complexity, which they do not ask, are left out.
    """

    def relate() -> tuple[Ints, Ints, Complexity]:
        table = table_of(snapshot, as_of, SpecialityBasis.MAKERS)
        return table.towns, table.products, complexity(table.output, least=_NEVER)

    return snapshot.remember(("made together", as_of), relate)


def table_of(snapshot: Snapshot, as_of: int, measure: SpecialityBasis) -> Crosstab:
    """Draw up X of all towns in a year; without any measured sale, by makers."""
    makers, products, amounts = (_sales if measure is SpecialityBasis.OUTPUT else _makes)(snapshot, as_of)
    basis = measure if amounts.any() else SpecialityBasis.MAKERS
    if basis is not measure:
        makers, products, amounts = _makes(snapshot, as_of)
    grouped, first = groups(snapshot, Aggregation.TOWN, as_of), snapshot.nodes["Organisation"].first
    columns, column = np.unique(products, return_inverse=True)
    towns = grouped.rows[grouped.rows >= 0]
    output = np.zeros((len(towns), len(columns)))
    weights = grouped.weights[:, : len(towns)][makers - first].tocoo()
    np.add.at(output, (weights.col, column[weights.row]), weights.data * amounts[weights.row])
    return Crosstab(towns, columns.astype(np.int32), output, basis)


def _board(snapshot: Snapshot, as_of: int, measure: SpecialityBasis) -> Board:
    table = table_of(snapshot, as_of, measure)
    return Board(table.towns, table.products, table.output, table.basis, complexity(table.output))


def _sales(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints, Floats]:
    """List who sells what, in yuan a year."""
    flows = supply_flows(snapshot, as_of)
    sold: Mask = flows.measured > 0
    return flows.start[sold], flows.product[sold], flows.measured[sold]


def _makes(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints, Floats]:
    """List who makes what: each counts 1."""
    made, (firms, goods) = makers(snapshot, as_of), (snapshot.nodes[kind] for kind in KINDS)
    return made.organisation + np.int32(firms.first), made.product + np.int32(goods.first), np.ones(len(made))


def _used(snapshot: Snapshot, as_of: int, basis: SpecialityBasis) -> Rows:
    """Rows of what organisations of towns sell, or make."""
    inside = in_towns(snapshot, as_of)
    if basis is SpecialityBasis.MAKERS:
        made = makers(snapshot, as_of)
        return of_making(made.edge[inside[made.organisation]])
    flows, first = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"].first
    return of_supply(flows.edge[inside[flows.start - first] & (flows.measured > 0)])


def in_towns(snapshot: Snapshot, as_of: int) -> Mask:
    """Which organisations (places) belong to a town."""
    belongs = groups(snapshot, Aggregation.TOWN, as_of).assigned().weights
    return np.asarray(belongs.sum(axis=1)).ravel() > 0


def _rows(board: Board, place: int) -> list[Related]:
    """All products with data: not made first, then by density, complexity and id."""
    found = board.complexity
    some = np.flatnonzero(found.ubiquity > 0)
    made = found.specialised[place]
    near = np.where(made[:, None], found.proximity, -1.0)
    np.fill_diagonal(near, -1.0)
    nearest = near.argmax(axis=0)
    pci = np.full(len(made), np.nan) if found.indices is None else found.indices.pci
    keys = board.products, -np.nan_to_num(pci), -found.density[place], made
    order = some[np.lexsort([key[some] for key in keys])]
    return [
        Related(
            product=NodeIndex(int(board.products[p])),
            output=float(board.output[place, p]),
            rca=float(found.rca[place, p]),
            made=bool(made[p]),
            density=float(found.density[place, p]),
            nearest=NodeIndex(int(board.products[nearest[p]])) if near[nearest[p], p] > 0 else None,
            product_proximity=float(near[nearest[p], p]) if near[nearest[p], p] > 0 else None,
            ubiquity=int(found.ubiquity[p]),
            pci=known(float(pci[p])),
        )
        for p in order.tolist()
    ]
