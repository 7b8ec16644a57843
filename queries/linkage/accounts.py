"""Accounts: who sells how much to whom in a year, and how much each puts out, at any level.

Z[i, j] is what i sells to j and x[i] what i puts out (yuan a year). x is the revenue as claimed; without a
claim the observed sales. What is not observed to be sold on counts as final demand, f = x − Z·1, and what is
not observed to be bought stands with value added: all that is computed from Z is a lower bound.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array

from graph.kinds.metrics import Metric
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.economy import agencies
from graph.snapshot.purchases import Flows, outside_purchases, supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.answer import Aggregation, Coverage
from queries.levels import Groups, groups, in_scope
from queries.provenance import Rows, of_figures, of_supply

CAPPED = 1 - 1e-3
"""The most that a member's purchases may be of its output, when they are capped."""


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """The accounts of the members of a level; all arrays are by member."""

    rows: Ints
    """Their global rows; -1: what belongs to none."""
    sales: csr_array
    """Z: yuan a year, seller by buyer."""
    output: Floats
    """x: yuan a year; NaN: neither revenue nor sales are known. The purchases of such organisations are left
    out of Z: they count as final use."""
    from_sales: Mask
    """Whether some of the output is observed sales, for want of a revenue."""
    conflicts: Ints
    """Organisations (global rows) that sell more than their revenue: sources disagree, sales are taken."""
    excess: Ints
    """Members (global rows) that buy at least what they put out."""
    coverage: Coverage
    used: Callable[[], Rows]
    """Finds the rows that they were drawn up from."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def known(self) -> Mask:
        """Whose output is known and not zero."""
        return self.output > 0

    @property
    def demand(self) -> Floats:
        """Final demand: f = x − Z·1 (yuan a year, ≥ 0); 0 where the output is unknown."""
        return np.maximum(np.nan_to_num(self.output) - np.asarray(self.sales.sum(axis=1)).ravel(), 0.0)

    @property
    def inputs(self) -> csr_array:
        """A = Z·diag(x)⁻¹: what a yuan of the buyer's output takes of each seller."""
        return csr_array(self.sales @ diags_array(_inverted(self.output)))

    @property
    def allocations(self) -> csr_array:
        """B = diag(x)⁻¹·Z: where a yuan of the seller's output goes."""
        return csr_array(diags_array(_inverted(self.output)) @ self.sales)


@dataclass(frozen=True, slots=True, eq=False)
class Firms:
    """The accounts of all organisations (places), and where they come from."""

    flows: Flows
    output: Floats
    from_sales: Mask
    conflicts: Mask
    bodies: Mask
    """Which are agencies: no output is missing of them."""


def accounts(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    aggregation: Aggregation = Aggregation.ORGANISATION,
    digits: int = 2,
    within: str | None = None,
    cap: bool = False,
) -> Accounts:
    """Draw up the accounts of a year among the organisations of a scope, added up at a level.

    Organisations are added up before anything is computed. At the level of products a buyer's purchases go
    to the products it sells, by value (industry technology). `cap` scales the purchases of those who buy
    more than they put out down to 0.999 of it; without it they are only listed.
    """
    key = ("accounts", as_of, aggregation, digits, within, cap)
    grouped = groups(snapshot, aggregation, as_of, digits=digits)
    make = partial(_accounts, snapshot, as_of, grouped, aggregation, within)
    return snapshot.remember(key, (lambda: _capped(make())) if cap else make)


def firms(snapshot: Snapshot, as_of: int) -> Firms:
    """Find the output of every organisation that exists: its revenue, else its sales, whichever is more."""
    return snapshot.remember(("firms", as_of), lambda: _firms(snapshot, as_of))


def _firms(snapshot: Snapshot, as_of: int) -> Firms:
    flows, table = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"]
    sold = np.bincount(flows.start - table.first, weights=np.nan_to_num(flows.measured), minlength=len(table))
    rows = np.arange(table.first, table.first + len(table), dtype=np.int32)
    stated = figures(snapshot, Measure(Metric.REVENUE), as_of).of(rows)
    revenue = np.where(alive(table, as_of), stated, np.nan)
    known, conflicts = ~np.isnan(revenue), sold > np.nan_to_num(revenue, nan=np.inf)
    output = np.where(known & ~conflicts, revenue, np.where(sold > 0, sold, np.nan))
    return Firms(flows, output, ~known & (sold > 0), conflicts, agencies(snapshot))


def _accounts(
    snapshot: Snapshot, as_of: int, grouped: Groups, aggregation: Aggregation, within: str | None
) -> Accounts:
    base, inside = firms(snapshot, as_of), in_scope(snapshot, within, as_of)
    first = snapshot.nodes["Organisation"].first
    start, end = base.flows.start - first, base.flows.end - first
    asked = inside[start] & inside[end]
    value = np.nan_to_num(base.flows.measured)
    used = np.flatnonzero(asked & (value > 0) & ~np.isnan(base.output[end])).astype(np.int32)
    buying = grouped.weights[end[used]]
    selling = _sellers(snapshot, base.flows, used, grouped, aggregation)
    sales = csr_array(selling.T @ diags_array(value[used]) @ buying)
    mine = np.where(inside, np.nan_to_num(base.output), 0.0)
    output = grouped.weights.T @ mine
    from_sales = grouped.weights.T @ (base.from_sales & inside) > 0
    output = np.where(output > 0, output, np.nan)
    bought = np.asarray(sales.sum(axis=0)).ravel()
    conflicts = np.flatnonzero(base.conflicts & inside) + first
    return Accounts(
        grouped.rows,
        sales,
        output,
        from_sales,
        conflicts.astype(np.int32),
        grouped.rows[bought >= np.nan_to_num(output, nan=np.inf)],
        _coverage(snapshot, as_of, base, inside, asked),
        partial(_used, snapshot, as_of, base, inside, used, aggregation),
    )


def outputs_used(snapshot: Snapshot, as_of: int, inside: Mask) -> Rows:
    """Rows that tell the output of some organisations (places): revenue, or where that fails the sales."""
    base, first = firms(snapshot, as_of), snapshot.nodes["Organisation"].first
    by_sales = inside & (base.from_sales | base.conflicts)
    sold = np.flatnonzero(by_sales[base.flows.start - first] & (base.flows.measured > 0))
    told = np.flatnonzero(inside & ~by_sales) + first
    return of_figures(snapshot, Measure(Metric.REVENUE), as_of, told) | of_supply(base.flows.edge[sold])


def _used(  # noqa: PLR0913, PLR0917 - what they were drawn up from
    snapshot: Snapshot, as_of: int, base: Firms, inside: Mask, flows: Ints, aggregation: Aggregation
) -> Rows:
    """Rows of the flows between sellers and buyers, of the outputs, and of what splits buyers by product."""
    found = outputs_used(snapshot, as_of, inside) | of_supply(base.flows.edge[flows])
    if aggregation is not Aggregation.PRODUCT:
        return found
    sellers = inside[base.flows.start - snapshot.nodes["Organisation"].first]
    return found | of_supply(base.flows.edge[sellers & (base.flows.measured > 0)])


def _sellers(
    snapshot: Snapshot, flows: Flows, used: Ints, grouped: Groups, aggregation: Aggregation
) -> csr_array:
    """Which groups sell each flow: those of the seller, or its product."""
    if aggregation is not Aggregation.PRODUCT:
        return grouped.weights[flows.start[used] - snapshot.nodes["Organisation"].first]
    group = np.searchsorted(grouped.rows[grouped.rows >= 0], flows.product[used])
    ends = np.arange(len(used)), group
    return csr_array(coo_array((np.ones(len(used)), ends), shape=(len(used), len(grouped))))


def _coverage(snapshot: Snapshot, as_of: int, base: Firms, inside: Mask, asked: Mask) -> Coverage:
    """Count what is measured of the supply among those in scope, and what they buy from outside the graph."""
    measured = base.flows.measured[asked]
    return Coverage(
        links=int(asked.sum()),
        unmeasured=int(np.isnan(measured).sum()),
        observed=float(np.nan_to_num(measured).sum()),
        outside_graph=float(bought_outside(snapshot, as_of)[inside].sum()),
        organisations=int((inside & ~base.bodies).sum()),
        outputs_unknown=int((inside & ~base.bodies & np.isnan(base.output)).sum()),
        outputs_from_sales=int((inside & base.from_sales).sum()),
    )


def bought_outside(snapshot: Snapshot, as_of: int) -> Floats:
    """Sum what each organisation (place) is known to buy from sellers outside the graph (yuan a year)."""
    bought = outside_purchases(snapshot, as_of)
    count = len(snapshot.nodes["Organisation"])
    return np.bincount(bought.buyer, weights=np.nan_to_num(bought.value), minlength=count)


def _capped(whole: Accounts) -> Accounts:
    """Scale down the purchases of those who buy more than they put out."""
    bought = np.asarray(whole.sales.sum(axis=0)).ravel()
    most = CAPPED * np.nan_to_num(whole.output, nan=np.inf)
    scale = np.where(bought > most, most / np.where(bought > 0, bought, 1.0), 1.0)
    sales = csr_array(whole.sales @ diags_array(scale))
    return Accounts(
        whole.rows,
        sales,
        whole.output,
        whole.from_sales,
        whole.conflicts,
        whole.excess,
        whole.coverage,
        whole.used,
    )


def _inverted(output: Floats) -> Floats:
    return np.divide(1.0, output, out=np.zeros_like(output), where=output > 0)
