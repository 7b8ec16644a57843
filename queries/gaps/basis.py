"""Rows behind a town's gaps: makers, what its organisations buy, the steps of its chains, inputs, leaders."""

from collections.abc import Sequence

import numpy as np

from graph.snapshot.csr import Ints
from graph.snapshot.economy import own_to
from graph.snapshot.makers import makers
from graph.snapshot.purchases import Purchases, purchases_of, supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.provenance import Rows, joining, leaving, of_making, of_purchases, of_supply


def gap_rows(  # noqa: PLR0913, PLR0917 - what names a gap
    snapshot: Snapshot,
    town: int,
    chains: Sequence[int],
    products: Sequence[int],
    as_of: int,
    among: Mask | None = None,
) -> Rows:
    """Rows that the gaps of some products of a town are told from; all are global rows.

    Who makes the products (of the organisations `among`, by place, if given), what the own organisations of
    the town buy of them, which chains it follows and where they stand on these, what goes into them, what the
    town's own sell of that to those who make them, what qualifies their makers, and who leads the town.
    """
    goods, made = np.asarray(products, np.int64), makers(snapshot, as_of)
    first, inputs = snapshot.nodes["Product"].first, snapshot.relations["INPUT_OF"]
    buys, makes = bought_in(snapshot, town, as_of), np.isin(made.product + first, goods)
    makes &= True if among is None else among[made.organisation]
    into = valid_in(inputs, as_of) & np.isin(inputs.end, goods)
    led = snapshot.relations["LEADS"]
    who = np.unique(made.organisation[makes])
    return (
        of_making(made.edge[makes])
        | of_purchases(buys.some(np.isin(buys.product + first, goods)))
        | joining(snapshot, "FOLLOWS", as_of, np.array([town]), np.asarray(chains, np.int64))
        | joining(snapshot, "STEP_OF", as_of, goods, np.asarray(chains, np.int64))
        | Rows({"INPUT_OF": np.flatnonzero(into)})
        | _sold_to(snapshot, town, as_of, np.unique(inputs.start[into]), who)
        | leaving(snapshot, "HOLDS", as_of, who + snapshot.nodes["Organisation"].first)
        | joining(snapshot, "LEADS", as_of, np.unique(led.start), np.array([town]))
    )


def _sold_to(snapshot: Snapshot, town: int, as_of: int, inputs: Ints, makers_of: Ints) -> Rows:
    """Supply of some products (global rows) by a town's own organisations to some others (places)."""
    flows, first = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"].first
    own = own_to(snapshot, town - snapshot.nodes["Town"].first, as_of)
    buys = np.zeros(len(own), np.bool_)
    buys[makers_of] = True
    sold = own[flows.start - first] & buys[flows.end - first] & np.isin(flows.product, inputs)
    return of_supply(flows.edge[sold])


def bought_in(snapshot: Snapshot, town: int, as_of: int) -> Purchases:
    """What the own organisations of a town (a global row) buy of known products."""
    buyers = np.flatnonzero(own_to(snapshot, town - snapshot.nodes["Town"].first, as_of))
    bought = purchases_of(snapshot, buyers.astype(np.int32), as_of)
    return bought.some(bought.product >= 0)
