"""Dominance: which organisations every supply path from some sources must pass.

A virtual node before all sources makes them one root; the dominator tree of the whole network then answers
for every organisation at once.
"""

from dataclasses import dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.kernels.compiled import Pointers
from graph.kernels.dominators import immediate_dominators, subtrees
from graph.snapshot.csr import Ints
from queries.network.partners import Partners

UNREACHED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Dominance:
    """The dominator tree of the supply from some sources; nodes are places among the organisations."""

    sources: Ints
    above: Ints
    """The immediate dominator of each; the number of organisations (the root): none; -1: not reached."""
    dependants: Ints
    """How many organisations each dominates: they get nothing from the sources but through it."""

    def reaches(self, place: int) -> bool:
        """Whether supply from a source arrives at an organisation."""
        return bool(self.above[place] != UNREACHED)

    def of(self, place: int) -> Ints:
        """List the dominators of an organisation, the nearest first; it does not dominate itself."""
        found: list[int] = []
        root, here = len(self.above), int(self.above[place])
        while here not in {UNREACHED, root}:
            found.append(here)
            here = int(self.above[here])
        return np.array(found, np.int32)


def dominance(linked: Partners, sources: Ints) -> Dominance:
    """Find all dominators of the supply from the sources. O(links · log nodes)."""
    count = len(linked)
    customers, suppliers = _rooted(linked, sources)
    checkpoint()
    above = immediate_dominators(customers[0], customers[1], suppliers[0], suppliers[1], count)[:count]
    checkpoint()
    return Dominance(sources, above, subtrees(above))


def _rooted(linked: Partners, sources: Ints) -> tuple[tuple[Pointers, Ints], tuple[Pointers, Ints]]:
    """Add one node that supplies all sources, to both directions of the links."""
    root, forth, back = len(linked), linked.customers, linked.suppliers
    ends = np.append(forth.indptr, forth.indptr[-1] + len(sources))
    customers = ends, np.append(forth.indices, sources).astype(np.int32)
    fed = np.zeros(root + 2, np.int64)
    fed[sources + 1] = 1
    indices = np.insert(back.indices, back.indptr[sources], np.int32(root)).astype(np.int32)
    return customers, (np.append(back.indptr, back.indptr[-1]) + np.cumsum(fed), indices)
