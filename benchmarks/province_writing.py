"""Columns for a made-up snapshot: what is not given stays unknown."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from graph.kinds import NODES, RELATIONS, Node, Relation
from graph.kinds.columns import Record, columns
from graph.snapshot.builder import Builder
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Array, encode

type Ends = Array | Sequence[str]
"""Global rows, or ids."""


class Writer:
    """Takes columns of kinds in any order, nodes before relations, and makes a snapshot of them."""

    def __init__(self) -> None:
        self._builder = Builder()
        self._tables: dict[type[Record], dict[str, Array]] = {}
        self._sealed = 0

    def write(self, kind: type[Record], given: dict[str, Any]) -> None:
        """Take the rows of a kind: one array, or one value for all, for each column that is known."""
        count = max(len(v) for v in given.values() if np.ndim(v))
        blank = encode(kind, [[None] * len(columns(kind))], lambda ids: np.full(len(ids), -1, np.int32))
        made = {name: np.repeat(array, count) for name, array in blank.items()}
        for name, value in given.items():
            made[name] = np.array(np.broadcast_to(np.array(value, dtype=made[name].dtype), count))
        self._tables[kind] = made
        if issubclass(kind, Node):
            self._seal_nodes()

    def named(self, kind: type[Node], prefix: str, count: int, **given: Any) -> None:
        """Take numbered nodes."""
        numbers = [f"{n:06}" for n in range(count)]
        names = [f"{kind.words[:2]}{n}" for n in numbers]
        self.write(kind, {"id": ids(prefix, numbers), "name": names, **given})

    def join(self, kind: type[Relation], start: Ends, end: Ends, **given: Any) -> None:
        """Take relations between global rows or ids."""
        self._seal_nodes(whole=True)
        self.write(kind, {"from": self._rows(start), "to": self._rows(end), **given})

    def row(self, label: str, places: Array) -> Array:
        """Turn places within a kind into global rows."""
        self._seal_nodes(upto=label)
        return (places + self._builder.nodes[label].first).astype(np.int32)

    def ids(self, label: str) -> list[str]:
        """List the ids of a kind, in the order of its rows."""
        return self._builder.nodes[label]["id"].tolist()

    def snapshot(self, newest_year: int) -> Snapshot:
        """Make the snapshot; kinds that were not written are empty."""
        self._seal_nodes(whole=True)
        for kind in RELATIONS:
            self._seal(kind)
        return Snapshot.built(self._builder, newest_year=newest_year)

    def _rows(self, ends: Ends) -> Array:
        return ends if isinstance(ends, np.ndarray) else self._builder.index.rows(list(ends))

    def _seal_nodes(self, upto: str | None = None, *, whole: bool = False) -> None:
        """Give the nodes their rows, kind by kind, as far as they are written or asked for."""
        while self._sealed < len(NODES):
            kind = NODES[self._sealed]
            asked = whole or (upto is not None and upto not in self._builder.nodes)
            if kind not in self._tables and not asked:
                return
            self._seal(kind)
            self._sealed += 1

    def _seal(self, kind: type[Record]) -> None:
        if kind in self._tables:
            self._builder.add_arrays(self._tables.pop(kind))
        else:
            self._builder.add(kind, [])
        self._builder.seal(kind)


def ids(prefix: str, keys: Sequence[str]) -> list[str]:
    """Make ids of keys."""
    return [f"{prefix}{key}" for key in keys]


def some(chance: np.random.Generator, count: int, share: float) -> Array:
    """Draw a share of rows: a mask."""
    return chance.random(count) < share


def pick(chance: np.random.Generator, count: int, shares: Sequence[float]) -> Array:
    """Draw places of a short list, each with its share."""
    return chance.choice(len(shares), count, p=shares)
