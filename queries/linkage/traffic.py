"""Traffic: what flows between the members of a level in a year, and what is known to flow without a value.

Unlike the accounts it keeps every measured flow, whatever is known of the buyer's output.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array

from graph.snapshot.csr import Floats, Ints
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation, Coverage
from queries.levels import Groups, groups
from queries.linkage.accounts import bought_outside, firms
from queries.provenance import Rows, of_supply


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """What flows between the members of a level (yuan a year), and how many flows have no value."""

    rows: Ints
    value: csr_array
    unmeasured: csr_array
    """By seller and buyer, as `value`."""
    coverage: Coverage
    used: Callable[[], Rows]
    """Finds the rows of the flows, and of what splits buyers by product."""

    def __len__(self) -> int:
        return len(self.rows)


def traffic_of(
    snapshot: Snapshot, inside: Mask, *, as_of: int, aggregation: Aggregation, digits: int = 2
) -> Traffic:
    """Add the flows among some organisations (places) up between the members of a level.

    At the level of products a flow starts at its product and ends at the products its buyer sells, by value.
    """
    flows, head = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"].first
    used = np.flatnonzero(inside[flows.start - head] & inside[flows.end - head])
    grouped = groups(snapshot, aggregation, as_of, digits=digits)
    buying = grouped.weights[flows.end[used] - head]
    selling = grouped.weights[flows.start[used] - head]
    if aggregation is Aggregation.PRODUCT:
        selling = _by_product(grouped, flows.product[used])
    measured = flows.measured[used]
    missing = np.isnan(measured)
    value = csr_array(selling.T @ diags_array(np.nan_to_num(measured)) @ buying)
    value.eliminate_zeros()
    counted = csr_array((selling[missing] > 0).T.astype(np.int64) @ (buying[missing] > 0).astype(np.int64))

    def rows_read() -> Rows:
        asked = np.zeros(len(flows), np.bool_)
        asked[used] = True
        if aggregation is Aggregation.PRODUCT:
            asked |= inside[flows.start - head] & (flows.measured > 0)
        return of_supply(flows.edge[asked])

    return Traffic(grouped.rows, value, counted, _coverage(snapshot, as_of, inside, measured), rows_read)


def _by_product(grouped: Groups, products: Ints) -> csr_array:
    """Which product each flow is of; one that nobody is known to sell for a value is unassigned."""
    last = len(grouped) - 1
    place = np.searchsorted(grouped.rows[:last], products)
    known = grouped.rows[np.minimum(place, last)] == products
    ends = np.arange(len(products)), np.where(known, place, last)
    return csr_array(coo_array((np.ones(len(products)), ends), shape=(len(products), len(grouped))))


def _coverage(snapshot: Snapshot, as_of: int, inside: Mask, measured: Floats) -> Coverage:
    base = firms(snapshot, as_of)
    return Coverage(
        links=len(measured),
        unmeasured=int(np.isnan(measured).sum()),
        observed=float(np.nan_to_num(measured).sum()),
        outside_graph=float(bought_outside(snapshot, as_of)[inside].sum()),
        organisations=int((inside & ~base.bodies).sum()),
        outputs_unknown=int((inside & ~base.bodies & np.isnan(base.output)).sum()),
        outputs_from_sales=int((inside & base.from_sales).sum()),
    )
