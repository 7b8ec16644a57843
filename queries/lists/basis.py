"""Basis of gaps: which sources the makers, purchases and chain steps of a town's products come from."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.csr import Ints
from graph.snapshot.invented import invented
from graph.snapshot.makers import makers
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in
from queries.gaps.basis import bought_in


def basis(
    snapshot: Snapshot, town: int, chains: Sequence[int], products: Sequence[int], as_of: int
) -> tuple[list[int], set[int]]:
    """List the sources that some products' gaps rest on, and the products of which something is invented.

    All are global rows. Looked at is what counts in the year: makers, what the town's own organisations buy,
    the steps of its chains, and what goes into the products.
    """
    wanted = np.zeros(len(snapshot.nodes["Product"]), np.bool_)
    first = snapshot.nodes["Product"].first
    wanted[np.asarray(products, np.int64) - first] = True
    sources, invented = set[int](), set[int]()
    for goods, source, made_up in _edges(snapshot, town, chains, as_of):
        here = wanted[goods - first]
        sources |= set(np.unique(source[here]).tolist())
        invented |= set(np.unique(goods[here & made_up]).tolist())
    return sorted(sources - {-1}), invented


def _edges(
    snapshot: Snapshot, town: int, chains: Sequence[int], as_of: int
) -> Iterator[tuple[Ints, Ints, NDArray[np.bool_]]]:
    """Yield each relation's products and sources in question, and whether they are invented."""
    made, first = makers(snapshot, as_of), np.int32(snapshot.nodes["Product"].first)
    known = invented(snapshot).relations
    yield made.product + first, made.source, made.synthetic
    bought = bought_in(snapshot, town, as_of)
    yield bought.product + first, bought.source, bought.synthetic
    steps = snapshot.relations["STEP_OF"]
    chosen = valid_in(steps, as_of) & np.isin(steps.end, chains)
    yield steps.start[chosen], steps["source"][chosen], known["STEP_OF"][chosen]
    inputs = snapshot.relations["INPUT_OF"]
    into = valid_in(inputs, as_of)
    yield inputs.end[into], inputs["source"][into], known["INPUT_OF"][into]
