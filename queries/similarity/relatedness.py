"""Relatedness: which products lie near to what a town makes already, and how complex they are.

Products lie near by the places that are specialised in both. Where too few places are specialised in either,
that is unknown, and the classification stands for it: the same class is near, the same group far. Services
and what comes by a grid are left out: they are everywhere, so they lie near to everything and say nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.kinds.entities import Product, Town
from graph.kinds.results import result
from graph.kinds.terms import Term
from graph.snapshot.classification import FAR, NEAR, kinship, wares
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.purchases import KINDS, supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation, Answer, Formula
from queries.levels import OwnCounts, groups, own_counts, row_of_kind
from queries.linkage.accounts import accounts
from queries.links import known
from queries.provenance import Rows, of_making, of_supply
from queries.similarity.complexity import LEAST, SHRINKAGE, SUPPORT, Complexity, complexity

MOST = 500
MOST_PLACES = 1_000
CLOSE = 0.55
"""From which proximity products are near: where Hidalgo et al. (2007) draw the links of their map."""
_NEVER = 10**9
"""So many towns no province has."""
FORMULA = Formula(
    "relatedness/hidalgo-2007-shrunk",
    "产品相关度",
    3,
    "相关性不是可行性；须看回测。同类只是行业分类相同，不是两地同兴的证据。"
    "只论货物：服务与水电气热到处都有，说明不了一地擅长什么。",
    {"rcaThreshold": 1.0, "leastForComplexity": LEAST, "shrinkage": SHRINKAGE},
)


class SpecialityBasis(Term):
    """产品数据的口径"""  # noqa: D400, D415 - GraphQL shows it

    OUTPUT = "OUTPUT", "产出：本镇主体该产品的已知销售额（元/年）"
    MAKERS = "MAKERS", "生产者家数（户）"


class NearnessBasis(Term):
    """两种产品相近的依据"""  # noqa: D400, D415 - GraphQL shows it

    CO_LOCATION = "CO_LOCATION", "同地专长：以两者为专长的镇多有重合"
    SAME_CLASS = "SAME_CLASS", "同类：行业小类或中类相同（同地专长的镇太少，无从判断）"


class NearnessDegree(Term):
    """两种产品相近的程度"""  # noqa: D400, D415 - GraphQL shows it

    NEAR = "NEAR", "近：邻近度达到阈值，或行业小类（4 位）相同"
    FAR = "FAR", "远：邻近度未达阈值，或只有行业中类（3 位）相同"


@result("两种产品有多相近、凭什么说相近")
@dataclass(frozen=True, slots=True)
class Nearness:
    """How near two products are, and what says so."""

    basis: Annotated[NearnessBasis, "依据"]
    degree: Annotated[NearnessDegree, "程度"]
    product_proximity: Annotated[float | None, "收缩后的邻近度 φ̂（0–1）；空为依据是同类"]
    places: Annotated[int, "以其中任一种为专长的镇数：依据的多少"]
    together: Annotated[int, "其中两种都为专长的镇数"]


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
    density: Annotated[
        float | None, "相关密度：与之相近的产品有多少为本镇专长（0–1）；空为不详：与任何产品都少有镇可据"
    ]
    nearest: Annotated[NodeIndex | None, Product, "本镇其他专长中与之最近者；空为没有"]
    nearness: Annotated[Nearness | None, "与最近者有多相近、凭什么；空为没有"]
    ubiquity: Annotated[int, "以此为专长的镇数"]
    pci: Annotated[float | None, "产品复杂度（以各镇复杂度的标准差计）；空见 complexityUnknown"]


@result("产品相关性：哪些产品与本镇所长相近")
@dataclass(frozen=True, slots=True)
class Relatedness(Answer):
    """The products seen from a town."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    rows: Annotated[Sequence[Related], "货物：非专长者在前；与本镇专长相近者在前，密度大者在前"]
    count: Annotated[int, "有数据的产品数"]
    diversity: Annotated[int | None, "多样性：本镇专长的产品数；空为不详"]
    eci: Annotated[float | None, "本镇经济复杂度（均值 0、标准差 1）；空见 complexityUnknown"]
    complexity_unknown: Annotated[str | None, "复杂度算不出的原因；空为已算"]
    own: OwnCounts = None


def relatedness(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    first: int = 20,
    measure: SpecialityBasis = SpecialityBasis.OUTPUT,
    least_places: int = SUPPORT,
) -> Relatedness:
    """Rank goods by their relatedness density to what a town is specialised in, in a year.

    What is near to none of its specialities comes after all that are; unknown densities come last.
    `least_places` is how many places must be specialised in either of two products before they are related.
    X_rp is what the town's own organisations sell of a product (yuan a year), or how many of them make it.
    Where no sale of any town is measured the makers stand for it; `parameters` say so (`basis`).
    """
    town = town_row(snapshot, id)
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    places_enough(least_places)
    board = board_of(snapshot, as_of, measure, least_places)
    asked = {"first": first, "measure": measure, "basis": board.basis}
    asked |= {"leastPlaces": least_places}
    own = own_counts(snapshot, town, as_of)
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
        return Relatedness(town, [], 0, None, None, found.reason, own, method=method, unknown_reason=why)
    place = int(here[0])
    eci = None if found.indices is None else known(float(found.indices.eci[place]))
    rows = _rows(snapshot, board, place, as_of)
    diversity = int(found.diversity[place])
    return Relatedness(town, rows[:first], len(rows), diversity, eci, found.reason, own, method=method)


def places_enough(least: int) -> None:
    """Refuse a number of places that can't be asked for."""
    if not 1 <= least <= MOST_PLACES:
        raise BadInput(f"leastPlaces：应在 1 到 {MOST_PLACES:,} 之间，所给为 {least}", "leastPlaces")


def town_row(snapshot: Snapshot, id: str, argument: str = "id") -> NodeIndex:
    """Find the global row of a town that must be there."""
    return row_of_kind(snapshot, id, "Town", argument=argument)


def board_of(snapshot: Snapshot, as_of: int, measure: SpecialityBasis, least_places: int = SUPPORT) -> Board:
    """Draw up X of all towns in a year, and its complexity."""
    key = ("board", as_of, measure, least_places)
    return snapshot.remember(key, lambda: _board(snapshot, as_of, measure, least_places))


def made_together(
    snapshot: Snapshot, as_of: int, least_places: int = SUPPORT
) -> tuple[Ints, Ints, Complexity]:
    """Relate products by who makes them in which town: towns, products (global rows), and what is found.

    Shared by gaps and candidates; the indices of complexity, which they do not ask, are left out.
    """

    def relate() -> tuple[Ints, Ints, Complexity]:
        table = table_of(snapshot, as_of, SpecialityBasis.MAKERS)
        return table.towns, table.products, complexity(table.output, least=_NEVER, support=least_places)

    return snapshot.remember(("made together", as_of, least_places), relate)


def near_products(
    snapshot: Snapshot, product: int, as_of: int, *, least: float, least_places: int = SUPPORT
) -> tuple[dict[int, Nearness], bool]:
    """Map products (places) to how near they are to one (a global row), the near ones; by makers.

    Beside them whether co-location says anything of any product. Where it says nothing of a pair, those of
    the same class are near.
    """
    _, products, found = made_together(snapshot, as_of, least_places)
    base, count = snapshot.nodes["Product"].first, len(snapshot.nodes["Product"])
    proximity, together, places = np.full(count, np.nan), np.zeros(count, np.int32), np.zeros(count, np.int32)
    here, at = np.flatnonzero(products == product), products - base
    places[at] = found.ubiquity
    if len(here):
        columns = found.proximity[here[0]], found.together[here[0]], found.either[here[0]]
        proximity[at], together[at], places[at] = columns
    proximity[product - base] = np.nan
    near = np.where(np.isnan(proximity), kinship(snapshot, as_of)[product - base] == NEAR, proximity >= least)
    near[product - base] = False
    told = bool((~np.isnan(proximity)).any())
    return {
        place: _nearness(float(proximity[place]), NEAR, least, int(places[place]), int(together[place]))
        for place in np.flatnonzero(near).tolist()
    }, told


def _nearness(proximity: float, kin: np.int8, least: float, places: int, together: int) -> Nearness:
    """Say how near two products are: by a proximity, or without one by their classes."""
    by_class = np.isnan(proximity)
    near = kin == NEAR if by_class else proximity >= least
    return Nearness(
        NearnessBasis.SAME_CLASS if by_class else NearnessBasis.CO_LOCATION,
        NearnessDegree.NEAR if near else NearnessDegree.FAR,
        known(proximity),
        places,
        together,
    )


def table_of(snapshot: Snapshot, as_of: int, measure: SpecialityBasis) -> Crosstab:
    """Draw up X of all towns in a year; where no sale of theirs is measured, by makers."""
    amounts = _of_goods(snapshot, as_of, measure)
    table = _table(snapshot, as_of, measure, *amounts)
    if table.output.any() or measure is SpecialityBasis.MAKERS:
        return table
    made = SpecialityBasis.MAKERS
    return _table(snapshot, as_of, made, *_of_goods(snapshot, as_of, made))


def _table(  # noqa: PLR0913, PLR0917 - who, what and how much
    snapshot: Snapshot, as_of: int, basis: SpecialityBasis, firms: Ints, products: Ints, amounts: Floats
) -> Crosstab:
    """Add up amounts by town and product; the parts of who is of several towns."""
    grouped, first = groups(snapshot, Aggregation.TOWN, as_of), snapshot.nodes["Organisation"].first
    columns, column = np.unique(products, return_inverse=True)
    towns = grouped.rows[grouped.rows >= 0]
    output = np.zeros((len(towns), len(columns)))
    weights = grouped.weights[:, : len(towns)][firms - first].tocoo()
    np.add.at(output, (weights.col, column[weights.row]), weights.data * amounts[weights.row])
    return Crosstab(towns, columns.astype(np.int32), output, basis)


def _board(snapshot: Snapshot, as_of: int, measure: SpecialityBasis, least_places: int) -> Board:
    table = table_of(snapshot, as_of, measure)
    found = complexity(table.output, support=least_places)
    return Board(table.towns, table.products, table.output, table.basis, found)


def _of_goods(snapshot: Snapshot, as_of: int, measure: SpecialityBasis) -> tuple[Ints, Ints, Floats]:
    """List who makes or sells which goods, and how much; services and what comes by a grid are left out."""
    makers, products, amounts = (_sales if measure is SpecialityBasis.OUTPUT else _makes)(snapshot, as_of)
    kept = wares(snapshot, as_of)[products - np.int32(snapshot.nodes["Product"].first)]
    return makers[kept], products[kept], amounts[kept]


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
    inside, goods = in_towns(snapshot, as_of), wares(snapshot, as_of)
    if basis is SpecialityBasis.MAKERS:
        made = makers(snapshot, as_of)
        return of_making(made.edge[inside[made.organisation] & goods[made.product]])
    flows, (firms, products) = supply_flows(snapshot, as_of), (snapshot.nodes[kind] for kind in KINDS)
    ware = goods[flows.product - np.int32(products.first)]
    return of_supply(flows.edge[inside[flows.start - np.int32(firms.first)] & (flows.measured > 0) & ware])


def in_towns(snapshot: Snapshot, as_of: int) -> Mask:
    """Which organisations (places) belong to a town."""
    belongs = groups(snapshot, Aggregation.TOWN, as_of).assigned().weights
    return np.asarray(belongs.sum(axis=1)).ravel() > 0


def _rows(snapshot: Snapshot, board: Board, place: int, as_of: int) -> list[Related]:
    """All products with data: not made first, then those near to a speciality, by density, complexity, id."""
    found = board.complexity
    some = np.flatnonzero(found.ubiquity > 0)
    made = found.specialised[place]
    pci = np.full(len(made), np.nan) if found.indices is None else found.indices.pci
    density = found.density[place]
    nearest = _Nearest.of(snapshot, board, made, as_of)
    keys = board.products, -np.nan_to_num(pci), -np.nan_to_num(density, nan=-1.0), nearest.at < 0, made
    order = some[np.lexsort([key[some] for key in keys])]
    return [
        Related(
            product=NodeIndex(int(board.products[p])),
            output=float(board.output[place, p]),
            rca=float(found.rca[place, p]),
            made=bool(made[p]),
            density=known(float(density[p])),
            nearest=nearest.row(p),
            nearness=nearest.nearness(p),
            ubiquity=int(found.ubiquity[p]),
            pci=known(float(pci[p])),
        )
        for p in order.tolist()
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Nearest:
    """Finds what lies nearest to each product (a column) among others that a town is specialised in."""

    board: Board
    kin: NDArray[np.int8]
    """Columns × columns: how near they are by their classes."""
    at: Ints
    """The nearest of each; -1: none."""

    @classmethod
    def of(cls, snapshot: Snapshot, board: Board, made: Mask, as_of: int) -> "_Nearest":
        """By proximity where it is known, else (and after all that are known) by class, then by id.

        What no town is specialised in with it is not near, however much the base rate makes of nothing.
        """
        columns = board.products - np.int32(snapshot.nodes["Product"].first)
        kin = kinship(snapshot, as_of)[np.ix_(columns, columns)]
        proximity = board.complexity.proximity
        # A known proximity is above 0; the classes stand below it, a step each.
        near = np.where(np.isnan(proximity), kin.astype(np.float64) - FAR - NEAR, proximity)
        near[~made] = -np.inf
        near[np.isnan(proximity) & (kin == 0)] = -np.inf
        near[~np.isnan(proximity) & (board.complexity.together == 0)] = -np.inf
        np.fill_diagonal(near, -np.inf)
        best = near.argmax(axis=0).astype(np.int32) if len(columns) else columns
        found = near[best, np.arange(len(columns))] > -np.inf
        return cls(board, kin, np.where(found, best, np.int32(-1)))

    def row(self, column: int) -> NodeIndex | None:
        """The nearest of a product."""
        at = int(self.at[column])
        return None if at < 0 else NodeIndex(int(self.board.products[at]))

    def nearness(self, column: int) -> Nearness | None:
        """How near it is."""
        at, found = int(self.at[column]), self.board.complexity
        if at < 0:
            return None
        proximity, places = found.proximity[at, column], found.either[at, column]
        together = int(found.together[at, column])
        return _nearness(float(proximity), self.kin[at, column], CLOSE, int(places), together)
