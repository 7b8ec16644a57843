"""The service's own books: loads and stored analyses, read from the store and listed like all else."""

from dataclasses import replace

import numpy as np

from graph.kinds import BOOKS
from graph.kinds.persons import TELLING
from graph.snapshot.builder import Builder
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import TEXT
from graph.snapshot.taking import statements
from graph.store.store import Store


async def books(store: Store, *, masked: bool = False) -> Snapshot:
    """Read the books as they are now; `masked` leaves out what can tell who a person is."""
    builder = Builder()
    for kind in BOOKS:
        for cypher in statements(kind):
            builder.add(kind, [cells async for cells in store.stream(cypher)])
        builder.seal(kind)
    nodes = dict(builder.nodes)
    for label in BOOKS_TELLING if masked else ():
        table = nodes[label]
        blank = np.full(len(table), None, dtype=TEXT)
        arrays = {**table.arrays, **dict.fromkeys(TELLING[label], blank)}
        nodes[label] = replace(table, arrays=arrays)
    return Snapshot(nodes, {}, builder.index, {})


BOOKS_TELLING = [kind.label for kind in BOOKS if kind.label in TELLING]
