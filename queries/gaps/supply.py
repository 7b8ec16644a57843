"""Supply side of gaps: who makes what in a year, by how near to a town, and who of them is qualified."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.csr import Csr, Ints
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, newest, valid_in
from queries.gaps.nearness import Codes, Nearness

LOSING_YEARS = 3
"""Over how many years the loss of makers is looked at."""

type Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Makers:
    """Who makes what in a year: pairs of an organisation and a product (places), each once.

    Ordered by organisation and product.
    """

    organisation: Ints
    product: Ints
    by_product: Csr
    """The makers of each product, ordered by id."""
    qualified: Mask
    """Of organisations: whether they hold a qualification that is valid in the year."""


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Makers of every product (its place) as a town sees them."""

    counts: Counts
    """Products × Nearness."""
    local: Counts
    """Local makers; the first column of `counts`."""
    qualified: Counts | None
    """Local makers with a valid qualification; None: of nobody local a qualification is known."""
    before: Counts
    """Local makers LOSING_YEARS earlier."""


def makers_of(snapshot: Snapshot, year: int) -> Makers:
    """Find who makes what in a year; both must exist in it."""
    return snapshot.remember(("makers", year), lambda: _makers_of(snapshot, year))


def supply_of(snapshot: Snapshot, town: int, near: Codes, year: int) -> Supply:
    """Count the makers of every product by how near they are to a town (its place)."""
    makers, earlier = makers_of(snapshot, year), makers_of(snapshot, year - LOSING_YEARS)
    products, words = len(snapshot.nodes["Product"]), len(Nearness)
    cell = makers.product.astype(np.int64) * words + near[makers.organisation]
    counts = np.bincount(cell, minlength=products * words).reshape(products, words)
    local = local_to(snapshot, town, year)
    qualified = None
    if (known := local & makers.qualified).any():
        qualified = np.bincount(makers.product[known[makers.organisation]], minlength=products)
    then = local_to(snapshot, town, year - LOSING_YEARS)[earlier.organisation]
    before = np.bincount(earlier.product[then], minlength=products)
    return Supply(counts, counts[:, 0], qualified, before)


def makers_at(snapshot: Snapshot, near: Codes, place: int, year: int) -> dict[Nearness, tuple[int, ...]]:
    """List the makers of a product (its place), each under the nearest word; global rows, ordered by id."""
    by_product, first = makers_of(snapshot, year).by_product, snapshot.nodes["Organisation"].first
    rows = by_product.indices[by_product.indptr[place] : by_product.indptr[place + 1]]
    return {word: tuple((rows[near[rows] == n] + first).tolist()) for n, word in enumerate(Nearness)}


def _makers_of(snapshot: Snapshot, year: int) -> Makers:
    edges, organisations = snapshot.relations["MAKES"], snapshot.nodes["Organisation"]
    places, begins = newest(snapshot, "MAKES", year)
    chosen = places[begins]
    organisation = edges.start[chosen] - np.int32(organisations.first)
    product = edges.end[chosen] - np.int32(snapshot.nodes["Product"].first)
    holds = snapshot.relations["HOLDS"]
    qualified = np.zeros(len(organisations), np.bool_)
    qualified[holds.start[valid_in(holds, year)] - organisations.first] = True
    by_product = Csr.of(len(snapshot.nodes["Product"]), product, organisation)
    return Makers(organisation, product, by_product, qualified)
