"""Relatedness: which products lie near to what a town makes already, and how complex they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.errors import BadInput
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.makers import makers
from graph.snapshot.purchases import KINDS, supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Formula, Level, Method
from queries.levels import groups
from queries.linkage.accounts import accounts
from queries.links import known
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


class Basis(Term):
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
    basis: Basis


@dataclass(frozen=True, slots=True, eq=False)
class Board(Crosstab):
    """X, and what follows from it."""

    complexity: Complexity


@dataclass(frozen=True, slots=True)
class Related:
    """A product, seen from a town; nothing has a unit but `output`."""

    product: int
    output: float
    """What the town makes of it: yuan a year, or makers."""
    rca: float
    """The town's share in it over the town's share in all (≥ 0)."""
    made: bool
    """Whether rca ≥ 1: the town is specialised in it."""
    density: float
    """How much of what is near to it the town is specialised in (0–1)."""
    nearest: int | None
    """Of the other products that the town is specialised in the nearest one; None: there is none."""
    proximity: float | None
    """φ to `nearest` (0–1); None: there is none."""
    ubiquity: int
    """How many towns are specialised in it."""
    pci: float | None
    """Its complexity, in standard deviations of the towns'; None: see `complexity_unknown`."""


@dataclass(frozen=True, slots=True)
class Relatedness:
    """The products seen from a town: those it is not specialised in first, the nearest first."""

    town: int
    rows: Sequence[Related]
    count: int
    """How many products have data."""
    diversity: int | None
    """In how many the town is specialised."""
    eci: float | None
    """The town's complexity, in standard deviations over the towns."""
    complexity_unknown: str | None
    """Why there is neither ECI nor PCI; None: they are told."""
    method: Method
    unknown: str | None = None


def relatedness(
    snapshot: Snapshot, id: str, *, as_of: int, first: int = 20, measure: Basis = Basis.OUTPUT
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
    method = FORMULA.method(snapshot, as_of, asked, coverage=accounts(snapshot, as_of=as_of).coverage)
    found = board.complexity
    here = np.flatnonzero(board.towns == town)
    if not len(here) or not board.output[here[0]].any():
        why = f"{as_of} 年没有本镇主体生产或销售产品的数据：无从计算"
        return Relatedness(town, [], 0, None, None, found.reason, method, why)
    place = int(here[0])
    eci = None if found.indices is None else known(float(found.indices.eci[place]))
    rows = _rows(board, place)
    diversity = int(found.diversity[place])
    return Relatedness(town, rows[:first], len(rows), diversity, eci, found.reason, method)


def town_row(snapshot: Snapshot, id: str, argument: str = "id") -> int:
    """Find the global row of a town that must be there."""
    row = snapshot.row_of(id)
    if snapshot.kind_of(row).label != "Town":
        raise BadInput(f"{id} 不是专业镇：应形如 town:…", argument)
    return row


def board_of(snapshot: Snapshot, as_of: int, measure: Basis) -> Board:
    """Draw up X of all towns in a year, and its complexity."""
    return snapshot.remember(("board", as_of, measure), lambda: _board(snapshot, as_of, measure))


def made_together(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints, Complexity]:
    """Relate products by who makes them in which town: towns, products (global rows), and what is found.

    Shared by gaps and candidates; the indices of complexity, which they do not ask, are left out.
    """

    def relate() -> tuple[Ints, Ints, Complexity]:
        table = table_of(snapshot, as_of, Basis.MAKERS)
        return table.towns, table.products, complexity(table.output, least=_NEVER)

    return snapshot.remember(("made together", as_of), relate)


def table_of(snapshot: Snapshot, as_of: int, measure: Basis) -> Crosstab:
    """Draw up X of all towns in a year; without any measured sale, by makers."""
    makers, products, amounts = (_sales if measure is Basis.OUTPUT else _makes)(snapshot, as_of)
    basis = measure if amounts.any() else Basis.MAKERS
    if basis is not measure:
        makers, products, amounts = _makes(snapshot, as_of)
    grouped, first = groups(snapshot, Level.TOWN, as_of), snapshot.nodes["Organisation"].first
    columns, column = np.unique(products, return_inverse=True)
    towns = grouped.rows[grouped.rows >= 0]
    output = np.zeros((len(towns), len(columns)))
    weights = grouped.weights[:, : len(towns)][makers - first].tocoo()
    np.add.at(output, (weights.col, column[weights.row]), weights.data * amounts[weights.row])
    return Crosstab(towns, columns.astype(np.int32), output, basis)


def _board(snapshot: Snapshot, as_of: int, measure: Basis) -> Board:
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


def _rows(board: Board, place: int) -> list[Related]:
    """Tell all of the products with data: not made first, then by density, complexity and id."""
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
            product=int(board.products[p]),
            output=float(board.output[place, p]),
            rca=float(found.rca[place, p]),
            made=bool(made[p]),
            density=float(found.density[place, p]),
            nearest=int(board.products[nearest[p]]) if near[nearest[p], p] > 0 else None,
            proximity=float(near[nearest[p], p]) if near[nearest[p], p] > 0 else None,
            ubiquity=int(found.ubiquity[p]),
            pci=known(float(pci[p])),
        )
        for p in order.tolist()
    ]
