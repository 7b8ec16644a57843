"""Rows become columns: batches of cells are typed, put in order and numbered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graph.kinds import Node, Relation
from graph.kinds.columns import Record, columns
from graph.snapshot.csr import ordered
from graph.snapshot.index import Index
from graph.snapshot.table import TEXT, Array, EdgeTable, NodeTable, encode, joined, references, sorted_by


class Builder:
    """Collects batches of cells, kind after kind, and numbers them: first the nodes, then the relations."""

    def __init__(self) -> None:
        self.nodes: dict[str, NodeTable] = {}
        self.relations: dict[str, EdgeTable] = {}
        self.index = Index(np.array([], dtype=TEXT))
        self._parts: list[dict[str, Array]] = []
        self.dangling: dict[str, int] = defaultdict(int)
        """References to nodes that are not there, counted by label and column."""

    def add(self, kind: type[Record], cells: Sequence[Sequence[Any]]) -> None:
        """Take a batch of rows of the kind that is being read; cells in the order of its columns."""
        arrays = encode(kind, cells, self.index.rows)
        for place, column in enumerate(columns(kind)):
            if references(column, kind):
                missing = np.flatnonzero(arrays[column.name] < 0).tolist()
                if lost := sum(cells[row][place] is not None for row in missing):
                    self.dangling[f"{kind.label}.{column.name}"] += lost
        if issubclass(kind, Relation):
            whole = (arrays["from"] >= 0) & (arrays["to"] >= 0)
            if not whole.all():
                arrays = {name: array[whole] for name, array in arrays.items()}
        self._parts.append(arrays)

    def add_arrays(self, arrays: Mapping[str, Array]) -> None:
        """Take rows of the kind that is being read that are columns already; references are new rows."""
        self._parts.append(dict(arrays))

    def take(self, table: NodeTable) -> None:
        """Take over a table of nodes as it is, in order; its rows begin where the others end."""
        self.nodes[table.kind.label] = table
        if len(table):
            self.index = self.index.extended(table["id"])

    def seal(self, kind: type[Record]) -> None:
        """Say that all rows of the kind have come: order them; nodes get their rows."""
        parts, self._parts = self._parts, []
        if issubclass(kind, Node):
            ids = np.concatenate([part["id"] for part in parts])
            order = np.argsort(ids)
            self.take(NodeTable(kind, len(ids), joined(parts, order), len(self.index)))
        elif issubclass(kind, Relation):
            keys = [np.concatenate([part[name] for part in parts]) for name in sorted_by(kind)]
            arrays = joined(parts, ordered(keys))
            self.relations[kind.label] = EdgeTable(kind, len(keys[0]), arrays)
