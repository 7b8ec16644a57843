"""The graph that NetworkX's functions can be asked about: links as arrays, nodes by their ids."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.years import Mask

# Functions of NetworkX that have no kernel run on a copy, which `convert_to_nx` makes or refuses.
nx.config.fallback_to_nx = True


@dataclass(frozen=True, eq=False)
class SupplyGraph:
    """A directed graph without parallel links; `nx.pagerank(graph)` and others run on its arrays.

    It can be asked and never changed. `edges` of both directions are places in the arrays of `attributes`.
    """

    __networkx_backend__: ClassVar[str] = "zhenlian"

    ids: Sequence[Hashable]
    """The nodes, in order."""
    customers: Csr
    suppliers: Csr
    attributes: Mapping[str, Floats]
    """Numbers by link; NaN: the link has no such attribute."""

    @cached_property
    def places(self) -> Mapping[Hashable, int]:
        """The place of each node: made at the first question."""
        return {id: place for place, id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.ids)

    def __contains__(self, node: object) -> bool:
        return isinstance(node, Hashable) and node in self.places

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take, without the ids."""
        return self.customers.nbytes + self.suppliers.nbytes + sum(a.nbytes for a in self.attributes.values())

    def networkx(self) -> "nx.DiGraph[Any]":
        """Hand the graph itself to NetworkX's functions, under the type that they are written for."""
        return cast("nx.DiGraph[Any]", self)

    def is_directed(self) -> bool:
        """Tell NetworkX that links have a direction."""
        return True

    def is_multigraph(self) -> bool:
        """Tell NetworkX that there are no parallel links."""
        return False

    def number_of_nodes(self) -> int:
        """Count the nodes."""
        return len(self.ids)

    def number_of_edges(self) -> int:
        """Count the links."""
        return len(self.customers.indices)

    def successors(self, node: Hashable) -> Iterator[Hashable]:
        """Iterate over those that a node leads to; KeyError when it is not there."""
        return self._beside(self.customers, node)

    def predecessors(self, node: Hashable) -> Iterator[Hashable]:
        """Iterate over those that lead to a node; KeyError when it is not there."""
        return self._beside(self.suppliers, node)

    def subgraph(self, nodes: Iterable[Hashable]) -> "SupplyGraph":
        """Keep some nodes, in their order here, and the links among them; what is not there is left out."""
        inside = np.zeros(len(self), np.bool_)
        inside[[self.places[node] for node in nodes if node in self]] = True
        return self.among(inside)

    def among(self, inside: Mask) -> "SupplyGraph":
        """Keep the nodes that are marked, by place, and the links among them."""
        kept = np.flatnonzero(inside).astype(np.int32)
        place = np.full(len(self), -1, np.int32)
        place[kept] = np.arange(len(kept), dtype=np.int32)
        owners, others, edges = self.customers.at(kept)
        both = inside[others]
        attributes = {name: numbers[edges[both]] for name, numbers in self.attributes.items()}
        return linked(
            [self.ids[n] for n in kept.tolist()], place[owners[both]], place[others[both]], attributes
        )

    def weights(self, attribute: str | None) -> Floats:
        """Look up a number for each link, in the order of `customers`: 1 stands for a missing one."""
        numbers = None if attribute is None else self.attributes.get(attribute)
        if numbers is None:
            return np.ones(self.number_of_edges())
        found = numbers[self.customers.edges]
        return np.where(np.isnan(found), 1.0, found)

    def matrix(self, attribute: str | None = None) -> csr_array:
        """Make the matrix of the links, from row to column."""
        arrays = self.weights(attribute), self.customers.indices, self.customers.indptr
        return csr_array(arrays, shape=(len(self), len(self)))

    def _beside(self, links: Csr, node: Hashable) -> Iterator[Hashable]:
        place = self.places[node]
        return map(
            self.ids.__getitem__, links.indices[links.indptr[place] : links.indptr[place + 1]].tolist()
        )


def linked(ids: Sequence[Hashable], start: Ints, end: Ints, attributes: Mapping[str, Floats]) -> SupplyGraph:
    """Make a graph of links between places, no two of them alike."""
    for numbers in attributes.values():
        numbers.setflags(write=False)
    return SupplyGraph(ids, Csr.of(len(ids), start, end), Csr.of(len(ids), end, start), attributes)
