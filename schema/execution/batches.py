"""What steps work on: the objects of one type at one level of an answer, as columns where they are rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from graph.snapshot.csr import Ints
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import NodeTable, Table
from schema.language.connection import Connection, Connections, Edge, Recorded
from schema.language.nodes import Node, shown_as
from schema.language.publish import Asked, Shown


class Batch(Protocol):
    """Some objects of one type."""

    def __len__(self) -> int: ...

    def objects(self) -> Sequence[object]:
        """Give each as graphql-core would see it."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Nodes of one kind."""

    snapshot: Snapshot
    table: NodeTable
    places: Ints

    def __len__(self) -> int:
        return len(self.places)

    @property
    def rows(self) -> Ints:
        """Their global rows."""
        return self.places + np.int32(self.table.first)

    def objects(self) -> Sequence[object]:
        """Give each as graphql-core would see it."""
        kind = shown_as(self.table.kind)
        return [kind(self.snapshot, self.table, place) for place in self.places.tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Results of a question, and what is asked to reproduce them."""

    kind: type[Shown[object]]
    snapshot: Snapshot
    asked: Asked | None
    found: Sequence[object]

    def __len__(self) -> int:
        return len(self.found)

    def objects(self) -> Sequence[object]:
        """Give each as graphql-core would see it."""
        return [self.kind(one, self.snapshot, self.asked) for one in self.found]


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Pages of several owners."""

    kind: type[Connection]
    pages: Connections
    owners: Sequence[int]

    def __len__(self) -> int:
        return len(self.owners)

    def objects(self) -> Sequence[object]:
        """Give each as graphql-core would see it."""
        return [self.kind(self.pages, owner) for owner in self.owners]


@dataclass(frozen=True, slots=True, eq=False)
class Related[K: (Edge, Recorded)]:
    """Rows of pages that relations lead to, or that are relations."""

    kind: type[K]
    pages: Connections
    at: Ints

    def __len__(self) -> int:
        return len(self.at)

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that holds them."""
        return self.pages.snapshot

    @property
    def table(self) -> Table:
        """The relations that lead to the nodes."""
        assert self.pages.links is not None  # noqa: S101 - others have no columns
        return self.pages.links

    @property
    def places(self) -> Ints:
        """Where in their table the relations are."""
        assert self.pages.edges is not None  # noqa: S101 - others have no columns
        return self.pages.edges[self.at]

    def objects(self) -> Sequence[object]:
        """Give each as graphql-core would see it."""
        return [self.kind(self.pages, at) for at in self.at.tolist()]


class Edges(Related[Edge]):
    """Rows of pages: the node of each, and how it is reached."""


class Relations(Related[Recorded]):
    """The relations of pages of relations."""


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """Anything else."""

    found: Sequence[object]

    def __len__(self) -> int:
        return len(self.found)

    def objects(self) -> Sequence[object]:
        """Give them as they are."""
        return self.found


def nodes_of_kind(snapshot: Snapshot, label: str, rows: Ints) -> Rows | None:
    """Take nodes (global rows) for those of a kind; None: there are none, or some are of another."""
    table = snapshot.nodes.get(label)
    if table is None or not len(rows):
        return None
    places = rows - np.int32(table.first)
    return Rows(snapshot, table, places) if places.min() >= 0 and places.max() < len(table) else None


def nodes_by_kind(snapshot: Snapshot, rows: Ints) -> Iterable[tuple[Rows, Ints]]:
    """Part nodes (global rows) by kind: each part, and where among the rows its nodes stand."""
    tables = list(snapshot.nodes.values())
    firsts = np.array([table.first + len(table) for table in tables])
    of = np.searchsorted(firsts, rows, side="right")
    for number in np.unique(of).tolist():
        at = np.flatnonzero(of == number).astype(np.int32)
        yield Rows(snapshot, tables[number], rows[at] - np.int32(tables[number].first)), at


def batched(objects: Sequence[object]) -> Iterable[tuple[Batch, Sequence[int]]]:
    """Part objects into those that stand in columns together: each part, and where its objects were."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(objects):
        groups.setdefault(_alike(one), []).append(at)
    for at in groups.values():
        yield _batch([objects[place] for place in at]), at


def _alike(one: object) -> tuple[object, ...]:
    """Tell which objects can stand in one batch."""
    if isinstance(one, Node):
        return Node, id(one.snapshot), id(one.table)
    if isinstance(one, Shown):
        shown: Shown[Any] = one
        return type(shown), id(shown.snapshot), id(shown.asked)
    if isinstance(one, Connection):
        return Connection, id(one.pages)
    return (type(one),)


def _batch(alike: Sequence[Any]) -> Batch:
    one = alike[0]
    if isinstance(one, Node) and isinstance(one.table, NodeTable):
        return Rows(one.snapshot, one.table, np.array([each.place for each in alike], np.int32))
    if isinstance(one, Shown):
        return Results(type(one), one.snapshot, one.asked, [each.found for each in alike])
    if isinstance(one, Connection):
        return Lists(type(one), one.pages, [each.owner for each in alike])
    return Objects(alike)
