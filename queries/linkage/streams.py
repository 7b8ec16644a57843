"""Streams: flows that run one way, because their circles were merged or opened.

Circles are either merged into one node each (strongly connected components), or opened by dropping links
against the stream: within a component the order of Eades, Lin and Smyth (1993), weighed by value, which drops
at most half of what runs there.
"""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from queries.linkage.ordering import against_the_stream


class Cycles(Term):
    """循环供应在流向图中的处理"""  # noqa: D400, D415 - GraphQL shows it

    CONDENSE = "CONDENSE", "合并：互为上下游者并为一个节点"
    DROP = "DROP", "断开：去掉逆流的供应，并给出其金额"


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """Links without a circle, between nodes that each have members."""

    node: Ints
    """The node of each member."""
    start: Ints
    end: Ints
    value: Floats
    internal: Floats
    """By node."""
    dropped: Floats
    """The values of the links that were dropped."""

    @property
    def inflow(self) -> Floats:
        """What comes to each node over the links."""
        return np.bincount(self.end, weights=self.value, minlength=len(self.internal))

    @property
    def outflow(self) -> Floats:
        """What leaves each node over the links."""
        return np.bincount(self.start, weights=self.value, minlength=len(self.internal))

    def greatest(self, first: int) -> NDArray[np.intp]:
        """Choose the links that are drawn: the greatest, at most so many, in that order."""
        return np.lexsort((self.end, self.start, -self.value))[:first]

    def sums(self, drawn: NDArray[np.intp]) -> "Sums":
        """Say in yuan what of the flows is drawn, and where the rest is."""
        return {
            "shown": float(self.value[drawn].sum()),
            "left_out": float(np.delete(self.value, drawn).sum()),
            "left_out_links": len(self.value) - len(drawn),
            "dropped": float(self.dropped.sum()),
            "dropped_links": len(self.dropped),
            "internal": float(self.internal.sum()),
        }


class Sums(TypedDict):
    """What a picture draws of flows and what it does not, together all that is measured: yuan a year."""

    shown: float
    left_out: float
    """Links beyond those that are drawn."""
    left_out_links: int
    dropped: float
    """Links that were dropped to open circles."""
    dropped_links: int
    internal: float
    """Within nodes."""


def streamed(value: csr_array, cycles: Cycles) -> Stream:
    """Take the circles out of flows between members (seller by buyer, yuan a year).

    >>> ring = csr_array([[0.0, 9.0, 0.0], [0.0, 0.0, 8.0], [1.0, 0.0, 0.0]])
    >>> streamed(ring, Cycles.DROP).dropped.tolist()
    [1.0]
    >>> streamed(ring, Cycles.CONDENSE).internal.tolist()
    [18.0]
    """
    _, component = connected_components(value, directed=True, connection="strong")
    merged = cycles is Cycles.CONDENSE
    node = component if merged else np.arange(len(component), dtype=np.int32)
    start, end, values = _summed(node, value)
    own = start == end
    internal = np.bincount(start[own], weights=values[own], minlength=int(node.max()) + 1)
    start, end, values = start[~own], end[~own], values[~own]
    kept = np.ones(len(start), np.bool_)
    if cycles is Cycles.DROP:
        kept = ~against_the_stream(component, start, end, values)
    return Stream(node, start[kept], end[kept], values[kept], internal, values[~kept])


def _summed(node: Ints, value: csr_array) -> tuple[Ints, Ints, Floats]:
    """Add flows up between nodes."""
    whole = between(node, value).tocoo()
    data = np.asarray(whole.data, np.float64)
    start, end = (side[data > 0].astype(np.int32) for side in whole.coords)
    return start, end, data[data > 0]


def between(node: Ints, cells: csr_array) -> csr_array:
    """Add up cells between members to cells between nodes: `node` tells the node of each member."""
    count, plain = int(node.max()) + 1, cells.tocoo()
    ends = node[plain.coords[0]], node[plain.coords[1]]
    return csr_array(coo_array((plain.data, ends), shape=(count, count)))
