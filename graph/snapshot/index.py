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
        hashes = _hashes(ids)
        rows = np.argsort(hashes).astype(np.int32)
        self._keep(ids, hashes[rows], rows)

    def _keep(self, ids: NDArray[Any], hashes: NDArray[np.int64], rows: NDArray[np.int32]) -> None:
        self.ids, self._hashes, self._rows = ids, hashes, rows
        twice = np.flatnonzero(hashes[1:] == hashes[:-1])
        twins = {int(rows[place + side]) for place in twice for side in (0, 1)}
        self._twins: dict[str, int] = {ids[row]: row for row in twins}
        """Different ids that share a hash: hardly ever one."""

    def moved(self, ids: NDArray[Any], new: NDArray[np.int32], fresh: NDArray[np.int64]) -> "Index":
        """Index texts of which most are here.

        `new` says the new row of each that is here (-1: it goes), `fresh` the rows of the others.
        """
        rows = new[self._rows]
        kept = rows >= 0
        hashes, rows = self._hashes[kept], rows[kept]
        added = _hashes(ids[fresh])
        order = np.argsort(added)
        at = np.searchsorted(hashes, added[order])
        made = Index.__new__(Index)
        made._keep(  # noqa: SLF001 - one of its own
            ids, np.insert(hashes, at, added[order]), np.insert(rows, at, fresh[order].astype(np.int32))
        )
        return made

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


def _hashes(ids: NDArray[Any]) -> NDArray[np.int64]:
    return np.fromiter(map(hash, ids.tolist()), np.int64, len(ids))
