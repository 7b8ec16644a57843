"""Lists, a page at a time: rows of a table, and nodes that a relation leads to.

Pages are found by key (keyset), never by counting rows; filters are tried on as many rows as a page needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.kinds.columns import Record
from graph.kinds.entities import Node
from graph.kinds.relations import Relation
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.index import Index, NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import EdgeTable, NodeTable, Table, sorted_by
from graph.snapshot.years import Mask, alive, best_first, valid_in
from queries.lookup.filters import EVERYTHING, Filter, passing
from queries.lookup.orders import Cells, Foreign, Keys, Order, Position, keys_of, sort_keys, turned

FOREIGN = "不是本服务给出的游标"
AT_FIRST = 64
"""Rows that a filter is tried on first; each time it finds too few, on twice as many more."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list: `size` rows after (or, backward, before) a cursor; without one, from the end."""

    size: int
    backward: bool = False
    cursor: Position | None = None

    def bounds(self, keys: Keys, rows: Ints) -> tuple[int, int]:
        """Tell how many of some rows come before the cursor, and how many not after it; raises BadInput."""
        if self.cursor is None:
            return len(rows), 0
        try:
            return keys.bounds(rows, self.cursor)
        except Foreign as error:
            name = "before" if self.backward else "after"
            raise BadInput(f"{name}：{FOREIGN}", name) from error


@dataclass(frozen=True, slots=True)
class Listing:
    """All nodes of a kind that exist in a year, or all recorded rows of a relation, that pass a filter."""

    kind: type[Record]
    year: int
    order: Order
    filter: Filter = EVERYTHING


@dataclass(frozen=True, slots=True)
class Following:
    """All nodes that a relation leads to from an owner, in one direction, in a year.

    Those that exist then and whose relation holds; of yearly relations the one that counts
    (`graph.snapshot.years.newest`). The owner itself need not exist in that year: what is asked of a closed
    organisation is answered.
    """

    relation: type[Relation]
    owner: type[Node]
    kind: type[Node]
    forward: bool
    year: int
    order: Order
    filter: Filter = EVERYTHING


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Rows in order, and whether there are more of them in the direction of reading."""

    rows: Ints
    """Places in the table of the list."""
    more: bool


@dataclass(frozen=True, slots=True, eq=False)
class Pages:
    """The pages of several owners, one behind the other: nodes, and the relations that lead to them."""

    begins: NDArray[np.int64]
    """Where each owner's page begins, and at last where all end."""
    nodes: Ints
    """Global rows."""
    edges: Ints
    """Places in the table of the relation."""
    more: Mask
    """Of each owner, whether there are more."""

    def page(self, owner: int) -> tuple[Ints, Ints, bool]:
        """Give the nodes, relations and continuation of one owner (by its place among those asked)."""
        part = slice(self.begins[owner], self.begins[owner + 1])
        return self.nodes[part], self.edges[part], bool(self.more[owner])


def table_of(snapshot: Snapshot, kind: type[Record]) -> Table:
    """Find the table of a kind of node or relation."""
    return (snapshot.relations if issubclass(kind, Relation) else snapshot.nodes)[kind.label]


def listed(snapshot: Snapshot, listing: Listing, part: Slice) -> Page:
    """Find a page of a listing."""
    table = table_of(snapshot, listing.kind)
    rows = turned(snapshot, table, listing.order)
    if part.cursor is not None:
        low, high = part.bounds(keys_of(snapshot, table, listing.order), rows)
        rows = rows[:low] if part.backward else rows[high:]
    found = _first(snapshot, table, listing, rows[::-1] if part.backward else rows, part.size + 1)
    kept = found[: part.size]
    return Page(kept[::-1] if part.backward else kept, len(found) > part.size)


def count(snapshot: Snapshot, listing: Listing) -> int:
    """Count a listing."""
    table = table_of(snapshot, listing.kind)
    return snapshot.remember(
        ("count", listing.kind.label, listing.year, listing.filter),
        lambda: int(_there(snapshot, table, listing, np.arange(len(table), dtype=np.int32)).sum()),
        sort="filters",
    )


def related(snapshot: Snapshot, following: Following, owners: Sequence[int] | Ints, part: Slice) -> Pages:
    """Find the same page of the list of each owner (global rows)."""
    wanted = np.asarray(owners, np.int32)
    of, nodes, edges = _candidates(snapshot, following, wanted)
    ranked = _ranked(snapshot, following, of, nodes, edges)
    of, nodes, edges = of[ranked], nodes[ranked], edges[ranked]
    begins = np.searchsorted(of, np.arange(len(wanted) + 1))
    starts, ends = begins[:-1], begins[1:].copy()
    if part.cursor is not None:
        starts, ends = _beyond(related_keys(snapshot, following, nodes, edges), starts, ends, part)
    sizes = ends - starts
    kept = np.minimum(sizes, part.size)
    firsts = ends - kept if part.backward else starts
    total = np.concatenate([[0], np.cumsum(kept)])
    places = np.arange(total[-1]) + np.repeat(firsts - total[:-1], kept)
    return Pages(total, nodes[places], edges[places], sizes > part.size)


def related_keys(snapshot: Snapshot, following: Following, nodes: Ints, edges: Ints) -> Keys:
    """Say what nodes that a relation leads to are ordered by, and the relations beside them."""
    links, others = snapshot.relations[following.relation.label], snapshot.nodes[following.kind.label]
    here, order = nodes - np.int32(others.first), following.order
    value = Cells(links, order.column, edges) if order.of == "r" else Cells(others, order.column, here)
    named = (name for name in sorted_by(following.relation) if name not in {"from", "to"})
    ties = [Cells(others, "id", here), *(Cells(links, name, edges) for name in named)]
    return Keys(snapshot, order, value, ties)


def related_count(snapshot: Snapshot, following: Following, owners: Sequence[int] | Ints) -> list[int]:
    """Count the list of each owner."""
    of, _, _ = _candidates(snapshot, following, np.asarray(owners, np.int32))
    return np.bincount(of, minlength=len(owners)).tolist()


def by_code(snapshot: Snapshot, uscc: str) -> NodeIndex | None:
    """Find an organisation (its global row) by its credit code."""
    known, index = snapshot.remember("credit codes", lambda: _codes(snapshot), sort="links")
    place = index.row(uscc)
    return None if place < 0 else NodeIndex(int(known[place]))


def _codes(snapshot: Snapshot) -> tuple[Ints, Index]:
    organisations = snapshot.nodes["Organisation"]
    codes = organisations["uscc"]
    known = np.array([place for place, code in enumerate(codes.tolist()) if code is not None], np.int32)
    return known + np.int32(organisations.first), Index(codes[known])


def links(snapshot: Snapshot, relation: type[Relation], *, forward: bool) -> Csr:
    """Link each node to those that a relation leads to; one without direction leads both ways."""
    both = relation.backward is None
    key = ("links", relation.label, forward or both)
    return snapshot.remember(key, lambda: _links(snapshot, relation, forward, both), sort="links")


def _links(snapshot: Snapshot, relation: type[Relation], forward: bool, both: bool) -> Csr:  # noqa: FBT001
    table = snapshot.relations[relation.label]
    start, end = (table.start, table.end) if forward or both else (table.end, table.start)
    if not both:
        return Csr.of(len(snapshot), start, end)
    loop = start == end
    made = Csr.of(len(snapshot), np.concatenate([start, end[~loop]]), np.concatenate([end, start[~loop]]))
    places = np.arange(len(table), dtype=np.int32)
    edges = np.concatenate([places, places[~loop]])[made.edges]
    return Csr(made.indptr, made.indices, edges)


def _first(snapshot: Snapshot, table: Table, listing: Listing, rows: Ints, wanted: int) -> Ints:
    """Take the first rows that pass, trying no more of them than needed."""
    found: list[Ints] = []
    tried, size, step = 0, 0, max(AT_FIRST, wanted)
    while tried < len(rows) and size < wanted:
        some = rows[tried : tried + step]
        tried, step = tried + len(some), step * 2
        found.append(some[_there(snapshot, table, listing, some)])
        size += len(found[-1])
    return np.concatenate(found)[:wanted] if found else np.zeros(0, np.int32)


def _there(snapshot: Snapshot, table: Table, listing: Listing, rows: Ints) -> Mask:
    """Tell which rows exist in the year and pass the filter; relations are listed as they were recorded."""
    held = passing(snapshot, table, listing.filter, rows, listing.year)
    return held & alive(table, listing.year, rows) if isinstance(table, NodeTable) else held


def _candidates(snapshot: Snapshot, following: Following, owners: Ints) -> tuple[Ints, Ints, Ints]:
    """Find all rows of the owners' lists: the owner (its place among those asked), the node, the relation."""
    edges: EdgeTable = snapshot.relations[following.relation.label]
    csr = links(snapshot, following.relation, forward=following.forward)
    size = csr.indptr[owners + 1] - csr.indptr[owners]
    _, nodes, places = csr.at(owners)
    of = np.repeat(np.arange(len(owners), dtype=np.int32), size)
    table = snapshot.nodes[following.kind.label]
    here = nodes - np.int32(table.first)
    held = valid_in(edges, following.year, places)
    if len({end for ends in following.relation.ends for end in ends}) > 1:
        held &= (here >= 0) & (here < len(table))
    here = np.where(held, here, 0)
    held &= alive(table, following.year, here)
    if following.relation.newest_by is not None:
        held &= edges["year"][places] <= following.year
    of, nodes, places = of[held], nodes[held], places[held]
    if following.relation.newest_by is not None and len(places):
        kept = _newest(snapshot, edges, following.year, places)
        of, nodes, places = of[kept], nodes[kept], places[kept]
    if following.filter != EVERYTHING:
        passed = passing(snapshot, table, following.filter, nodes - np.int32(table.first), following.year)
        of, nodes, places = of[passed], nodes[passed], places[passed]
    return of, nodes, places


def _newest(snapshot: Snapshot, edges: EdgeTable, year: int, places: Ints) -> Mask:
    """Tell which yearly relations count; an owner that is asked twice brings its own twice."""
    unique, back = np.unique(places, return_inverse=True)
    ordered, begins = best_first(snapshot, edges, unique, year)
    chosen = np.zeros(len(unique), np.bool_)
    chosen[np.searchsorted(unique, ordered[begins])] = True
    return chosen[back]


def _ranked(snapshot: Snapshot, following: Following, of: Ints, nodes: Ints, edges: Ints) -> NDArray[np.intp]:
    """Put the lists of all owners in the order asked."""
    order, others = following.order, snapshot.nodes[following.kind.label]
    by = snapshot.relations[following.relation.label] if order.of == "r" else others
    at = edges if order.of == "r" else nodes - np.int32(others.first)
    value = sort_keys(snapshot, by, order, at)
    sign = -1 if order.descending else 1
    # lexsort puts NaN last: unknown values come last whichever way is asked.
    return np.lexsort((sign * edges, sign * nodes, sign * value, of))


def _beyond(
    keys: Keys, starts: NDArray[np.int64], ends: NDArray[np.int64], part: Slice
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Leave out of each list what is not beyond the cursor."""
    starts, ends = starts.copy(), ends.copy()
    for owner, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        low, high = part.bounds(keys, np.arange(start, end, dtype=np.int32))
        if part.backward:
            ends[owner] = start + low
        else:
            starts[owner] = start + high
    return starts, ends
