"""Supply side of gaps: the makers of each product by how near they are to a town, and who is qualified."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.kinds.entities import Organisation
from graph.kinds.results import After, result
from graph.kinds.terms import Proximity
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.proximity import SCALE, Codes
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in

LOSING_YEARS = 3
"""Over how many years the loss of makers is looked at."""

type Counts = NDArray[np.int64]


@result("某一远近的生产者")
@dataclass(frozen=True, slots=True)
class MakersAt:
    """Makers of a product that are equally near to a town, in the order of ids."""

    proximity: Annotated[Proximity, "远近"]
    makers: Annotated[Sequence[NodeIndex], Organisation, "生产者"]

    @property
    def count(self) -> Annotated[int, "家数", After("proximity")]:
        """How many they are."""
        return len(self.makers)


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Makers of every product (its place) as a town sees them."""

    counts: Counts
    """Products × Proximity."""
    local: Counts
    """Local makers; the first column of `counts`."""
    qualified: Counts | None
    """Local makers with a valid qualification; None: of nobody local a qualification is known."""
    titled: Mask
    """Whether of any maker, wherever it is, a valid qualification is known: if of none, who is qualified is
    not known."""
    before: Counts
    """Local makers LOSING_YEARS earlier."""
    sole: Ints
    """The local maker (its place) where there is one alone; -1."""


def supply_of(snapshot: Snapshot, town: int, near: Codes, year: int) -> Supply:
    """Count the makers of every product by how near they are to a town (its place)."""
    now, earlier = makers(snapshot, year), makers(snapshot, year - LOSING_YEARS)
    products, words = len(snapshot.nodes["Product"]), len(SCALE)
    cell = now.product.astype(np.int64) * words + near[now.organisation]
    counts = np.bincount(cell, minlength=products * words).reshape(products, words)
    local = local_to(snapshot, town, year)
    qualified, holding = None, _qualified(snapshot, year)
    titled = np.bincount(now.product[holding[now.organisation]], minlength=products) > 0
    if (known := local & holding).any():
        qualified = np.bincount(now.product[known[now.organisation]], minlength=products)
    then = local_to(snapshot, town, year - LOSING_YEARS)[earlier.organisation]
    before = np.bincount(earlier.product[then], minlength=products)
    sole = np.full(products, -1, np.int32)
    sole[now.product[local[now.organisation]]] = now.organisation[local[now.organisation]]
    alone = np.where(counts[:, 0] == 1, sole, np.int32(-1))
    return Supply(counts, counts[:, 0], qualified, titled, before, alone)


def makers_at(snapshot: Snapshot, near: Codes, place: int, year: int) -> list[MakersAt]:
    """List the makers of a product (its place), each once; every proximity has a row."""
    rows, first = makers(snapshot, year).of(place), snapshot.nodes["Organisation"].first
    order = np.argsort(near[rows], kind="stable")
    ends = np.searchsorted(near[rows[order]], np.arange(len(SCALE) + 1)).tolist()
    listed = (rows[order] + first).tolist()
    return [MakersAt(word, listed[a:b]) for word, (a, b) in zip(SCALE, pairwise(ends), strict=True)]


def _qualified(snapshot: Snapshot, year: int) -> Mask:
    """Mark the organisations (places) that hold a qualification that is valid in a year."""
    holds, organisations = snapshot.relations["HOLDS"], snapshot.nodes["Organisation"]
    found = np.zeros(len(organisations), np.bool_)
    found[holds.start[valid_in(holds, year)] - organisations.first] = True
    return found
