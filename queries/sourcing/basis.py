"""Rows behind candidates: what they make, sell and hold, and what joins them to those that seek them."""

import numpy as np

from graph.kinds.metrics import Metric
from graph.snapshot.claims import Measure
from graph.snapshot.csr import Ints
from graph.snapshot.makers import makers
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.provenance import Rows, leaving, of_figures, of_making, of_supply


def candidate_rows(snapshot: Snapshot, who: Ints, own: Mask, product: int, as_of: int) -> Rows:
    """Rows that tell of some candidates (places) for a product (a global row).

    What they make, what they sell of the product to anybody, what they trade with those that seek (`own`, by
    place), their revenue and titles, and their stakes in and alliances with those that seek.
    """
    first, flows = snapshot.nodes["Organisation"].first, supply_flows(snapshot, as_of)
    rows, seeking = who + first, np.flatnonzero(own).astype(np.int32) + np.int32(first)
    start, end = np.isin(flows.start, rows), np.isin(flows.end, rows)
    traded = (start & np.isin(flows.end, seeking)) | (end & np.isin(flows.start, seeking))
    makings = makers(snapshot, as_of)
    return (
        of_making(makings.edge[np.isin(makings.organisation, who)])
        | of_supply(flows.edge[traded | (start & (flows.product == product))])
        | of_figures(snapshot, Measure(Metric.REVENUE), as_of, rows)
        | leaving(snapshot, "HOLDS", as_of, rows)
        | _tied(snapshot, "OWNS", rows, seeking, as_of)
        | _tied(snapshot, "ALLIED_WITH", rows, seeking, as_of)
    )


def _tied(snapshot: Snapshot, label: str, some: Ints, others: Ints, as_of: int) -> Rows:
    """Relations of a label between some nodes and others, either way."""
    table = snapshot.relations[label]
    out = np.isin(table.start, some) & np.isin(table.end, others)
    back = np.isin(table.end, some) & np.isin(table.start, others)
    return Rows({label: np.flatnonzero(valid_in(table, as_of) & (out | back))})
