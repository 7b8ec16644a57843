"""Basis of gaps: which sources the makers, purchases and chain steps of a town's products come from."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.csr import Ints
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in

FLOWS = (("MAKES", "to", None), ("SUPPLIES", "product", "to"), ("NEEDS", "to", "from"))
"""Relations that gaps are computed from: where the product stands, and who has to be local."""


def basis(
    snapshot: Snapshot, town: int, chains: Sequence[int], products: Sequence[int], as_of: int
) -> tuple[list[int], set[int]]:
    """List the sources that some products' gaps rest on, and the products of which something is invented.

    All are global rows. Looked at are all makers, what locals of the town buy, and the steps of its chains,
    up to the year.
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
    local = local_to(snapshot, town - snapshot.nodes["Town"].first, as_of)
    for label, product, buyer in FLOWS:
        edges = snapshot.relations[label]
        chosen = valid_in(edges, as_of) & (edges["year"] <= as_of)  # MISSING is smaller than any year
        if buyer:
            chosen &= local[edges[buyer] - snapshot.nodes["Organisation"].first]
        made_up = _invented(snapshot, edges["source"])
        if "synthetic" in edges.arrays:
            made_up |= edges["synthetic"] == 1
        yield edges[product][chosen], edges["source"][chosen], made_up[chosen]
    steps = snapshot.relations["STEP_OF"]
    chosen = valid_in(steps, as_of) & np.isin(steps.end, chains)
    yield steps.start[chosen], steps["source"][chosen], _invented(snapshot, steps["source"])[chosen]


def _invented(snapshot: Snapshot, sources: Ints) -> Mask:
    """Tell which sources (global rows; -1: none) are invented."""
    table = snapshot.nodes["Source"]
    return np.append(table["synthetic"] == 1, np.False_)[np.where(sources < 0, -1, sources - table.first)]
