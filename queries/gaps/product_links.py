"""Products that hang together: what goes into what in a year, what lies downstream, who depends on what."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from graph.kinds.metrics import Metric
from graph.kinds.terms import ProductCategory
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.makers import makers
from graph.snapshot.purchases import purchases
from graph.snapshot.regions import pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import Mask, alive, valid_in

MAIN_SHARE = 0.2
"""The part of what is bought from which on an input is a main one."""
ASIDE = (ProductCategory.PACKAGING, ProductCategory.EQUIPMENT, ProductCategory.SERVICE)
"""What stands beside a product and goes into many: it leads to no product."""


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What goes into what in a year (places of products), ordered by input and product."""

    start: Ints
    end: Ints
    essential: "np.ndarray[tuple[int], np.dtype[np.int8]]"
    """1, 0; -1: unknown."""
    dosed: Mask
    """Whether it is known how much of it goes in."""
    circle: Ints
    """Of products: those that go into each other, by any way round, have the same number."""
    needed: Csr
    """The essential inputs of each product."""
    used: Mask
    """Of products: whether it is known to go into any."""


@dataclass(frozen=True, slots=True, eq=False)
class Dependents:
    """Leaders that depend on each product (its place) through essential inputs."""

    leaders: Ints
    """Global rows of the town's leaders whose products are known."""
    depends: Mask
    """Leaders × products."""
    revenue: Floats
    """Of leaders, yuan a year; NaN: unknown."""


def inputs_of(snapshot: Snapshot, year: int) -> Inputs:
    """Find what goes into what; a circle (reclaimed sand) is one step, and a product's own use none."""
    return snapshot.remember(("inputs", year), lambda: _inputs_of(snapshot, year))


@dataclass(frozen=True, slots=True, eq=False)
class Downstream:
    """What a town could make: main inputs that its own make, and the products that nobody local makes.

    Places of products, ordered by what is made; of several inputs an essential one comes first, then the
    smaller id.
    """

    start: Ints
    end: Ints

    @property
    def first(self) -> tuple[Ints, Ints]:
        """Each product once, with the first of its inputs: products, inputs."""
        once = np.diff(self.end, prepend=-1) != 0
        return self.end[once], self.start[once]


def downstream(inputs: Inputs, main: Mask, own: Mask, local: Mask, inside: tuple[Mask, Mask]) -> Downstream:
    """Pair the main inputs that a town's own organisations make with the products that nobody local makes.

    `inside` are the steps of the town's chains, and those of them that go in early or support (UPSTREAM,
    SUPPORT): these lead to products of its chains alone. Products of one circle are not downstream of each
    other.
    """
    (chain, early), start, end = inside, inputs.start, inputs.end
    ahead = main & own[start] & ~local[end] & (inputs.circle[start] != inputs.circle[end])
    found = np.flatnonzero(ahead & (chain[end] | ~early[start]))
    found = found[np.lexsort((start[found], inputs.essential[found] != 1, end[found]))]
    return Downstream(start[found], end[found])


def main_inputs(snapshot: Snapshot, year: int) -> Mask:
    """Which of `inputs_of` are main: essential, or with a coefficient, or a great part of what is bought.

    A great part: MAIN_SHARE or more of all measured purchases of those that make the product. Packaging,
    equipment and services never are.
    """

    def made() -> Mask:
        inputs = inputs_of(snapshot, year)
        category = snapshot.nodes["Product"]["category"][inputs.start]
        aside = np.isin(category, [code(one) for one in ASIDE])
        return ~aside & ((inputs.essential == 1) | inputs.dosed | _bought_much(snapshot, inputs, year))

    return snapshot.remember(("main inputs", year), made)


def dependents(snapshot: Snapshot, town: int, year: int) -> Dependents:
    """Find which leaders of a town (its place) depend on which products."""
    first = snapshot.nodes["Organisation"].first
    organisations, towns = pairs(snapshot, "LEADS", year)
    living = alive(snapshot.nodes["Organisation"], year)
    leaders = np.unique(organisations[(towns == town) & living[organisations]])
    made, inputs = makers(snapshot, year).by_organisation, inputs_of(snapshot, year)
    leaders = leaders[made.degree()[leaders] > 0]
    depends = [_upstream(inputs.needed, made.at(leaders[n : n + 1])[1]) for n in range(len(leaders))]
    rows = (leaders + first).astype(np.int32)
    revenue = figures(snapshot, Measure(Metric.REVENUE), year).of(rows)
    return Dependents(rows, np.array(depends).reshape(len(rows), len(inputs.used)).astype(np.bool_), revenue)


def _upstream(needed: Csr, made: Ints) -> Mask:
    """Mark all that goes into some products, at any distance, through essential inputs."""
    found = np.zeros(len(needed), np.bool_)
    here = made
    while len(here):
        _, inputs, _ = needed.at(here)
        here = np.unique(inputs[~found[inputs]])
        found[here] = True
    return found


def _inputs_of(snapshot: Snapshot, year: int) -> Inputs:
    edges, first = snapshot.relations["INPUT_OF"], np.int32(snapshot.nodes["Product"].first)
    held = np.flatnonzero(valid_in(edges, year) & (edges.start != edges.end))
    start, end, essential = edges.start[held] - first, edges.end[held] - first, edges["essential"][held]
    count = len(snapshot.nodes["Product"])
    matrix = csr_array((np.ones(len(held), np.int8), (start, end)), shape=(count, count))
    circle = connected_components(matrix, directed=True, connection="strong")[1]
    sure = essential == 1
    used = np.zeros(count, np.bool_)
    used[start] = True
    needed = Csr.of(count, end[sure], start[sure])
    dosed = edges["coefficient"][held] > 0
    return Inputs(start, end, essential, dosed, circle.astype(np.int32), needed, used)


def _bought_much(snapshot: Snapshot, inputs: Inputs, year: int) -> Mask:
    """Which inputs are MAIN_SHARE or more of what the makers of their products are known to buy."""
    made, bought = makers(snapshot, year), purchases(snapshot, year)
    firms, goods = len(snapshot.nodes["Organisation"]), len(snapshot.nodes["Product"])
    value, named = np.nan_to_num(bought.value), bought.product >= 0
    ends = bought.buyer[named], bought.product[named]
    table = csr_array((value[named], ends), shape=(firms, goods))
    make = csr_array((np.ones(len(made)), (made.product, made.organisation)), shape=(goods, firms))
    spent = csr_array(make @ table).toarray()[inputs.end, inputs.start]
    total = (make @ np.bincount(bought.buyer, weights=value, minlength=firms))[inputs.end]
    return (total > 0) & (spent >= MAIN_SHARE * total)
