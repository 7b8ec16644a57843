"""Products that hang together: what goes into what in a year, what lies downstream, who depends on what."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from graph.kinds.metrics import Metric
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.makers import makers
from graph.snapshot.regions import pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive, valid_in


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What goes into what in a year (places of products), ordered by input and product."""

    start: Ints
    end: Ints
    essential: "np.ndarray[tuple[int], np.dtype[np.int8]]"
    """1, 0; -1: unknown."""
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


def downstream(inputs: Inputs, made: Mask, chain: Mask, support: Mask) -> tuple[Ints, Ints]:
    """Pair each product that nobody of a town makes with a product it makes that goes into it.

    The product lies in the chain; or what the town makes does, is essential to it, and is no supporting step
    (road freight goes into everything). Products of one circle are not downstream of each other. Of several
    inputs an essential one comes first, then one that is no supporting step, then the smaller id. Places,
    each product once, in order.
    """
    start, end = inputs.start, inputs.end
    ahead = made[start] & ~made[end] & (inputs.circle[start] != inputs.circle[end])
    beyond = chain[start] & ~support[start] & (inputs.essential == 1)
    found = np.flatnonzero(ahead & (chain[end] | beyond))
    order = np.lexsort((start[found], support[start[found]], inputs.essential[found] != 1, end[found]))
    found = found[order]
    once = np.diff(end[found], prepend=-1) != 0
    return end[found[once]], start[found[once]]


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
    return Inputs(start, end, essential, circle.astype(np.int32), Csr.of(count, end[sure], start[sure]), used)
