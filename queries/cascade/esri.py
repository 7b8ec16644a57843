"""ESRI: the share of a network's output that stops when organisations close (Diem et al. 2022).

Written from the equations of Diem, Borsos, Reisch, Kertész and Thurner, Scientific Reports 12:7719 (2022):
with h = 1 at the start and 1 − psi for the closed,

    down  h_j = 1 − max(max over essential inputs k of Σ_{i in k} Λd_ij σ_i (1 − h_i), Σ of all others)
    up    h_i = 1 − Σ_j Λu_ij (1 − h_j)

until no state falls by more than eps; ESRI = Σ_j w_j (1 − min(h_down_j, h_up_j)). σ_i, how hard i is to
replace, is its sales over what is left of its market.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.kernels.compiled import locked
from graph.snapshot.csr import Floats, Ints, grouped
from queries.cascade.kernels import (
    COLUMNS,
    ITERATIONS,
    Bundle,
    Links,
    Rows,
    begin,
    each,
    scratch,
    spread,
    summed,
)

NOT_NEEDED, REPLACEABLE, ESSENTIAL = 0, 1, 2
"""What a good is to its buyer: `Trades.need`."""
MOST_SWEEPS = 10_000
BUDGET = 2_000_000
"""Links that the kernel touches (some 10 ms) between two looks at the deadline."""

type Needs = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Trades:
    """What is sold, link by link; several between the same two are allowed. Organisations are places."""

    seller: Ints
    buyer: Ints
    value: Floats
    """Yuan a year, > 0."""
    need: Needs
    """NOT_NEEDED, REPLACEABLE or ESSENTIAL to the buyer."""
    gross: Floats
    """Yuan a year: the value, and its part of what the buyer gets of this good outside the network."""


@dataclass(frozen=True, slots=True, eq=False)
class Firms:
    """Who trades; arrays by organisation (place)."""

    industry: Ints
    """Numbered from 0: where substitutes are looked for, and what bundles essential inputs."""
    output: Floats
    """Yuan a year; sales where they are more, or where it is NaN."""
    purchases: Floats
    """Yuan a year, within the network and outside; what is observed within where that is more."""
    weight: Floats
    """What ESRI is a share of, in any unit; NaN counts as none."""

    def __len__(self) -> int:
        return len(self.industry)


@dataclass(frozen=True, slots=True, eq=False)
class Closures:
    """What closing some organisations wholly, each alone, does; arrays by closure."""

    esri: Floats
    """Share (0–1) of the whole weight that is lost."""
    down: Floats
    """The same by lack of inputs only."""
    up: Floats
    """The same by lack of customers only."""
    iterations: Ints
    residual: Floats
    """What the last iteration still moved; above eps: the cap ended it, and the loss is understated."""

    @classmethod
    def of(cls, rows: Rows) -> "Closures":
        """Take the rows of the kernel apart."""
        esri, down, up, iterations, residual = np.ascontiguousarray(rows.T)
        return cls(esri, down, up, iterations.astype(np.int32), residual)

    def __len__(self) -> int:
        return len(self.esri)


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """What one scenario does."""

    esri: float
    down: float
    up: float
    iterations: int
    residual: float
    h_down: Floats
    """What each organisation (place) can still make for want of inputs (0–1)."""
    h_up: Floats
    """What each can still sell for want of customers (0–1)."""


def bundle(trades: Trades, firms: Firms, *, substitutes: bool = True) -> Bundle:
    """Prepare the shares that the iterations pass on.

    Λd of an essential link: its value over all the buyer gets of essential goods from sellers of that
    industry (gross); of a replaceable one: over all its purchases; Λu: over the seller's output. O(links).
    """
    count, sectors = len(firms), int(firms.industry.max(initial=0)) + 1
    seller, buyer, value = trades.seller, trades.buyer, trades.value
    sales = totals(seller, value, count)
    essential = trades.need == ESSENTIAL
    key = buyer.astype(np.int64) * sectors + firms.industry[seller]
    kinds, group = np.unique(key[essential], return_inverse=True)
    total = np.fmax(firms.purchases, totals(buyer, value, count))[buyer]
    total[essential] = totals(group, trades.gross[essential], len(kinds))[group]
    groups = np.full(len(value), -1, np.int32)
    groups[essential] = group
    needed = trades.need != NOT_NEEDED
    unsold = value / np.fmax(firms.output, sales)[seller]
    weight = np.nan_to_num(firms.weight)
    down = _links(count, seller[needed], buyer[needed], (value / total)[needed], groups[needed])
    up = _links(count, buyer, seller, unsold, np.full(len(value), -1, np.int32))
    return readied(
        Bundle(
            sales,
            weight / (weight.sum() or 1.0),
            down,
            up,
            np.searchsorted(kinds, np.arange(count + 1) * sectors).astype(np.int64),
            firms.industry.astype(np.int32),
            totals(firms.industry, sales, sectors),
            substitutes,
        )
    )


def readied(net: Bundle) -> Bundle:
    """Make a bundle what the kernels are compiled for (read-only), also after a journey between processes."""
    rest = locked(net.group_start), locked(net.market), locked(net.market_sales), bool(net.substitutes)
    return Bundle(locked(net.sales), locked(net.weight), _readied(net.down), _readied(net.up), *rest)


def closures(net: Bundle, closed: Ints, *, eps: float, most: int = MOST_SWEEPS) -> Closures:
    """Close some organisations (places) wholly, each alone.

    >>> one, two = np.array([0], np.int32), np.array([1], np.int32)
    >>> trades = Trades(one, two, np.ones(1), np.array([REPLACEABLE], np.int8), np.ones(1))
    >>> output = np.array([2.0, 3.0])
    >>> firms = Firms(np.array([0, 1], np.int32), output, np.array([0.0, 4.0]), output)
    >>> closures(bundle(trades, firms), np.arange(2, dtype=np.int32), eps=0.01).esri.tolist()
    [0.55, 0.8]
    """
    return Closures.of(each(net, locked(closed.astype(np.int32)), float(eps), most))


def closure(net: Bundle, psi: dict[int, float], *, eps: float, most: int = MOST_SWEEPS) -> Closure:
    """Close several organisations (places) at once, each by its psi (0–1); heeds the deadline."""
    shocked = np.fromiter((i for i, part in psi.items() if part > 0), np.int32)
    parts = np.fromiter((part for part in psi.values() if part > 0), np.float64)
    work = scratch(net)
    begin(net, work, locked(shocked), locked(parts))
    while not spread(net, work, float(eps), most, BUDGET) and work.counts[ITERATIONS] < most:
        checkpoint()
    row = np.zeros(COLUMNS)
    summed(net, work, row)
    esri, down, up, iterations, residual = row.tolist()
    return Closure(esri, down, up, int(iterations), residual, work.h_down, work.h_up)


def totals(groups: NDArray[np.integer], values: Floats, count: int) -> Floats:
    """Add up values by group; unlike numpy's bincount in floats even where there is nothing.

    >>> totals(np.array([1, 1]), np.array([2.0, 3.0]), 3).tolist()
    [0.0, 5.0, 0.0]
    """
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64)


def warm() -> None:
    """Compile the kernels."""
    place, one = np.zeros(1, np.int32), np.ones(1)
    trades = Trades(place, place, one, np.array([REPLACEABLE], np.int8), one)
    net = bundle(trades, Firms(place, one, one, one))
    closures(net, place, eps=1e-2)
    closure(net, {0: 1.0}, eps=1e-2)


def _readied(links: Links) -> Links:
    return Links(locked(links.start), locked(links.to), locked(links.share), locked(links.group))


def _links(count: int, start: Ints, to: Ints, share: Floats, group: Ints) -> Links:
    pointers, order = grouped(count, start)
    return Links(pointers, to[order], share[order], group[order])
