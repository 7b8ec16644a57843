"""From ids to rows: a sorted array of hashes, a tenth of the memory of a dict."""

from collections.abc import Sequence
from typing import Any, NewType, cast

import numpy as np
from numpy.typing import NDArray

NodeIndex = NewType("NodeIndex", int)
"""Which node, of all kinds: its global row in a snapshot; arrays of them are int32, −1 for no node."""
KindIndex = NewType("KindIndex", int)
"""Which row of one kind: the place of a node or of a relation in the table of its kind."""


def nodes_of(array: NDArray[np.integer[Any]]) -> list[NodeIndex]:
    """Nodes of an array, as results hold them."""
    return cast("list[NodeIndex]", array.tolist())


class Index:
    """Finds the row of an id among many."""

    def __init__(self, ids: NDArray[Any]) -> None:
        """Index texts, all different; the row of each is its place."""
        known: list[str] = ids.tolist()
        hashes = np.fromiter(map(hash, known), np.int64, len(known))
        self.ids = ids
        self._rows = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[self._rows]
        twice = np.flatnonzero(self._hashes[1:] == self._hashes[:-1])
        twins = {int(self._rows[place + side]) for place in twice for side in (0, 1)}
        self._twins = {known[row]: row for row in twins}
        """Different ids that share a hash: hardly ever one."""

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, id: str) -> int:
        """Find the row of an id; -1 when it is not there."""
        return int(self.rows([id])[0])

    def rows(self, ids: Sequence[str | None]) -> NDArray[np.int32]:
        """Find the rows of ids; -1 for those that are not there."""
        if not len(self) or not any(ids):
            return np.full(len(ids), -1, np.int32)
        hashes = np.fromiter(map(hash, ids), np.int64, len(ids))
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self) - 1)
        rows = self._rows[places]
        found = self.ids[rows].tolist()
        right = np.fromiter((a == b for a, b in zip(found, ids, strict=True)), np.bool_, len(ids))
        rows = np.where(right, rows, np.int32(-1))
        if self._twins:
            twins = ((place, self._twins[id]) for place, id in enumerate(ids) if id in self._twins)
            for place, row in twins:
                rows[place] = row
        return rows
