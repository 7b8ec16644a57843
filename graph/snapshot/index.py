"""From ids to rows: a sorted array of checksums, a tenth of the memory of a dict.

The checksum is the same in every process, so the arrays can lie in a bundle. (Python's own `hash` differs.)
"""

from collections.abc import Iterable, Sequence
from typing import Any, NewType, cast
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.texts import Texts

type Sums = NDArray[np.uint32]
type Rows = NDArray[np.int32]

NodeIndex = NewType("NodeIndex", int)
"""Which node, of all kinds: its global row in a snapshot; arrays of them are int32, −1 for no node."""
KindIndex = NewType("KindIndex", int)
"""Which row of one kind: the place of a node or of a relation in the table of its kind."""


def nodes_of(array: NDArray[np.integer[Any]]) -> list[NodeIndex]:
    """Nodes of an array, as results hold them."""
    return cast("list[NodeIndex]", array.tolist())


class Index:
    """Finds the row of an id among many."""

    def __init__(self, ids: NDArray[Any] | Texts, by_sum: tuple[Sums, Rows] | None = None) -> None:
        """Index ids, all different; the row of each is its place. `by_sum`: `sums` and `order`, if known."""
        self._ids = ids
        self.sums, self.order = by_sum or _sorted(_sums(self.ids.tolist()))
        """The checksums, rising, and the row of each."""
        same = np.flatnonzero(self.sums[1:] == self.sums[:-1])
        twins = np.unique(np.concatenate([self.order[same], self.order[same + 1]]))
        self._twins = dict(zip(self._at(twins), twins.tolist(), strict=True))
        """Different ids that share a checksum: about a hundred pairs in a million."""

    def extended(self, ids: NDArray[Any]) -> "Index":
        """Index further ids behind these."""
        sums = np.empty(len(self) + len(ids), np.uint32)
        sums[self.order] = self.sums
        sums[len(self) :] = _sums(ids.tolist())
        return Index(np.concatenate([self.ids, ids]), _sorted(sums))

    def moved(self, ids: NDArray[Any], new: Rows, fresh: NDArray[np.int64]) -> "Index":
        """Index ids of which most are here.

        `new` says the new row of each that is here (-1: it goes), `fresh` the rows of the others.
        """
        rows = new[self.order]
        kept = rows >= 0
        sums, rows = self.sums[kept], rows[kept]
        added = _sums(ids[fresh].tolist())
        order = np.argsort(added, kind="stable")
        at = np.searchsorted(sums, added[order])
        placed = np.insert(sums, at, added[order]), np.insert(rows, at, fresh[order].astype(np.int32))
        return Index(ids, placed)

    def __len__(self) -> int:
        return len(self.order)

    @property
    def ids(self) -> NDArray[Any]:
        """All ids, by row."""
        if isinstance(self._ids, Texts):
            self._ids = self._ids.array()
        return self._ids

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take beside the ids."""
        return self.sums.nbytes + self.order.nbytes

    def id(self, row: int) -> str:
        """The id of a row."""
        return cast("str", self._ids[row])

    def row(self, id: str) -> int:
        """Find the row of an id; -1 when it is not there."""
        if id in self._twins:
            return self._twins[id]
        sum = np.uint32(_sum(id))
        place = int(self.sums.searchsorted(sum))
        if place == len(self) or self.sums[place] != sum:
            return -1
        row = int(self.order[place])
        return row if self.id(row) == id else -1

    def rows(self, ids: Sequence[str | None]) -> Rows:
        """Find the rows of ids; -1 for those that are not there."""
        if not len(self) or not any(ids):
            return np.full(len(ids), -1, np.int32)
        places = np.minimum(np.searchsorted(self.sums, _sums(ids)), len(self) - 1)
        rows = self.order[places]
        right = np.fromiter((a == b for a, b in zip(self._at(rows), ids, strict=True)), np.bool_, len(ids))
        rows = np.where(right, rows, np.int32(-1))
        if self._twins:
            twins = ((place, self._twins[id]) for place, id in enumerate(ids) if id in self._twins)
            for place, row in twins:
                rows[place] = row
        return rows

    def _at(self, rows: Rows) -> list[str | None]:
        held = self._ids
        return held.at(rows) if isinstance(held, Texts) else held[rows].tolist()


def _sorted(sums: Sums) -> tuple[Sums, Rows]:
    order = np.argsort(sums, kind="stable").astype(np.int32)
    return sums[order], order


def _sums(ids: Iterable[str | None]) -> Sums:
    """Checksums of ids."""
    return np.array([_sum(id or "") for id in ids], np.uint32)


def _sum(id: str) -> int:
    """Checksum of an id; half a surrogate, which a client may send, is no reason to fail."""
    return crc32(id.encode("utf-8", "surrogatepass"))
