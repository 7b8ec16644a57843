"""Rows behind a town's gaps: makers, what its organisations buy, the steps of its chains, inputs, leaders."""

from collections.abc import Sequence

import numpy as np

from graph.snapshot.economy import own_to
from graph.snapshot.makers import makers
from graph.snapshot.purchases import Purchases, purchases_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.provenance import Rows, joining, of_making, of_purchases


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
    the town buy of them, where they stand on the town's chains, what goes into them, and who leads the town.
    """
    goods, made = np.asarray(products, np.int64), makers(snapshot, as_of)
    first, inputs = snapshot.nodes["Product"].first, snapshot.relations["INPUT_OF"]
    buys, makes = bought_in(snapshot, town, as_of), np.isin(made.product + first, goods)
    makes &= True if among is None else among[made.organisation]
    into = valid_in(inputs, as_of) & np.isin(inputs.end, goods)
    led = snapshot.relations["LEADS"]
    return (
        of_making(made.edge[makes])
        | of_purchases(buys.some(np.isin(buys.product + first, goods)))
        | joining(snapshot, "STEP_OF", as_of, goods, np.asarray(chains, np.int64))
        | Rows({"INPUT_OF": np.flatnonzero(into)})
        | joining(snapshot, "LEADS", as_of, np.unique(led.start), np.array([town]))
    )


def bought_in(snapshot: Snapshot, town: int, as_of: int) -> Purchases:
    """What the own organisations of a town (a global row) buy of known products."""
    buyers = np.flatnonzero(own_to(snapshot, town - snapshot.nodes["Town"].first, as_of))
    bought = purchases_of(snapshot, buyers.astype(np.int32), as_of)
    return bought.some(bought.product >= 0)
