"""Ties: how strongly two organisations are joined by the partners that they share.

Link predictors of Liben-Nowell and Kleinberg (2007) and Zhou, Lü and Zhang (2009) on the supply network as an
undirected simple graph, and the cosine of suppliers that collaborative filtering uses, on the directed one.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from graph.snapshot.csr import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Who deals with whom: products are put together, flows of an organisation to itself left out."""

    joined: csr_array
    """Both ways: 1 where two organisations deal with each other."""
    suppliers: csr_array
    """Buyer by seller: 1 where one buys from the other."""
    customers: csr_array
    """Seller by buyer."""

    @classmethod
    def of(cls, count: int, sellers: Ints, buyers: Ints) -> "Ties":
        """Join organisations (places below `count`) by their links; parallel ones count once."""
        other = sellers != buyers
        customers = _simple(count, sellers[other], buyers[other])
        suppliers = csr_array(customers.T)
        return cls(_once(csr_array(customers + suppliers)), suppliers, customers)

    def __len__(self) -> int:
        return len(self.joined.indptr) - 1

    @property
    def degree(self) -> Floats:
        """How many partners each has."""
        return np.diff(self.joined.indptr).astype(np.float64)


def resource_allocation(ties: Ties, node: int) -> Floats:
    """Σ 1/degree(z) over the partners z that each organisation shares with a given one (≥ 0)."""
    degree = ties.degree
    return _shared(ties, node, np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0))


def adamic_adar(ties: Ties, node: int) -> Floats:
    """Σ 1/ln degree(z) over the partners z that each organisation shares with a given one (≥ 0)."""
    size = np.log(np.maximum(ties.degree, 1.0))
    return _shared(ties, node, np.divide(1.0, size, out=np.zeros_like(size), where=size > 0))


def jaccard(ties: Ties, node: int) -> Floats:
    """Shared partners over the partners of either (0–1); 0 where neither has any."""
    both = _shared(ties, node, np.ones(len(ties)))
    either = ties.degree + ties.degree[node] - both
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0)


def similar_buyers(ties: Ties, node: int) -> Floats:
    """Count, for each seller, its buyers that share a supplier with a given buyer."""
    alike = _rivals(ties, node)
    alike.data = np.ones_like(alike.data)
    return _row(alike @ ties.suppliers)


def co_supplier(ties: Ties, node: int) -> Floats:
    """Share of the buyers like a given one that each seller sells to, weighted by likeness (0–1).

    cos(j, b) = |S_j ∩ S_b| / √(|S_j| |S_b|) of the sets of suppliers; score_i = Σ_b cos(j, b)·[i sells to b]
    / Σ_b cos(j, b) over the other buyers b. 0 when no buyer is like it.
    """
    alike = _rivals(ties, node)
    total = float(alike.sum())
    score = _row(alike @ ties.suppliers)
    return score / total if total > 0 else score


def _rivals(ties: Ties, node: int) -> csr_array:
    """How like the other buyers are to one, as a row."""
    alike = csr_array(ties.suppliers[[node]] @ ties.customers)
    sizes = np.diff(ties.suppliers.indptr).astype(np.float64)
    alike.data = alike.data / np.sqrt(sizes[alike.indices] * max(sizes[node], 1.0))
    alike.data[alike.indices == node] = 0.0
    alike.eliminate_zeros()
    return alike


def _shared(ties: Ties, node: int, weight: Floats) -> Floats:
    """Add up a weight over the partners that each shares with a node; 0 for the node itself."""
    near = csr_array(ties.joined[[node]])
    near.data = weight[near.indices]
    score = _row(near @ ties.joined)
    score[node] = 0.0
    return score


def _row(row: csr_array) -> Floats:
    return np.asarray(row.toarray(), np.float64).ravel()


def _simple(count: int, start: Ints, end: Ints) -> csr_array:
    return _once(csr_array(coo_array((np.ones(len(start)), (start, end)), shape=(count, count))))


def _once(links: csr_array) -> csr_array:
    """Count parallel links once."""
    links.sum_duplicates()
    links.data[:] = 1.0
    return links
