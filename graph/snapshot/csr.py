"""Links as compressed rows: who is next to whom, in arrays that kernels walk over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

type Ints = NDArray[np.int32]
type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Csr:
    """The links of each node in one direction: `indices[indptr[i]:indptr[i + 1]]` are its neighbours.

    `edges` holds, beside each neighbour, the place of the link in the arrays it was made from. Neighbours
    stand in the order of the links; parallel links stay apart. All arrays are read-only.
    """

    indptr: NDArray[np.int64]
    indices: Ints
    edges: Ints

    @classmethod
    def of(cls, nodes: int, start: Ints, end: Ints) -> "Csr":
        """Group links by where they start: O(links), in any order.

        >>> csr = Csr.of(3, np.array([2, 0, 2], np.int32), np.array([0, 1, 1], np.int32))
        >>> csr.indptr.tolist(), csr.indices.tolist(), csr.edges.tolist()
        ([0, 1, 1, 3], [1, 0, 1], [1, 0, 2])
        """
        indptr, edges = grouped(nodes, start)
        csr = cls(indptr, end[edges].astype(np.int32, copy=False), edges)
        for array in (csr.indptr, csr.indices, csr.edges):
            array.setflags(write=False)
        return csr

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        return self.indptr.nbytes + self.indices.nbytes + self.edges.nbytes

    def degree(self) -> NDArray[np.int64]:
        """Count the links of each node."""
        return np.diff(self.indptr)

    def at(self, nodes: NDArray[np.integer]) -> tuple[Ints, Ints, Ints]:
        """Gather the links of some nodes: the node each belongs to, the neighbour, the edge."""
        first, count = self.indptr[nodes], self.indptr[nodes + 1] - self.indptr[nodes]
        ends = np.cumsum(count)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(first - ends + count, count)
        owners = np.repeat(nodes, count).astype(np.int32, copy=False)
        return owners, self.indices[places], self.edges[places]


def grouped(groups: int, keys: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Sort the places of keys by key, stably, by counting: where each group begins, and the places.

    scipy turns a matrix with one entry a column into compressed rows by counting; this is faster than numpy's
    stable sort, and it keeps the order within a group.
    """
    size = len(keys)
    one_each = (np.ones(size, np.int8), keys, np.arange(size + 1, dtype=np.int32))
    by_key = csc_array(one_each, shape=(groups, size)).tocsr()
    return by_key.indptr.astype(np.int64), by_key.indices.astype(np.int32, copy=False)


def ordered(keys: Sequence[NDArray[Any]]) -> Ints:
    """Sort rows by several columns of whole numbers or days, the first one first, stably, by counting.

    >>> ordered([np.array([1, 0, 1]), np.array([5, 9, 4])]).tolist()
    [1, 2, 0]
    """
    order = np.arange(len(keys[0]), dtype=np.int32)
    for key in reversed(keys if len(order) > 1 else []):
        digits, size = _digits(key)
        order = order[grouped(size, digits[order])[1]]
    return order


def _digits(key: NDArray[Any]) -> tuple[Ints, int]:
    """Shift numbers to begin at 1; unknown ones (the least there are) become 0."""
    plain = key.view(np.int64) if key.dtype.kind == "M" else key.astype(np.int64)
    known = plain > np.iinfo(np.int32).min
    if not known.any():
        return np.zeros(len(key), np.int32), 1
    least, most = int(plain[known].min()), int(plain[known].max())
    return np.where(known, plain - least + 1, 0).astype(np.int32), most - least + 2
