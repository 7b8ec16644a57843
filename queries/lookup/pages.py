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
from queries.lookup.orders import (
    Cells,
    Foreign,
    Keys,
    Order,
    Position,
    keys_of,
    sort_keys,
    turned,
    unknown,
    veiling,
)

FOREIGN = "不是本服务给出的游标"
AT_FIRST = 64
"""Rows that a filter is tried on first; each time it finds too few, on twice as many more."""
WHOLE = 16_384
"""A table of so many rows is filtered as a whole, once for its page and its count."""
MOST_KEPT = 1_000_000
"""A relation of more links is not kept sorted: the sort would hold up all requests."""


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


@dataclass(frozen=True, slots=True, eq=False)
class _Lists:
    """The lists of several owners in the order asked, one behind the other."""

    begins: Ints
    """Where each owner's list begins, and at last where all end."""
    nodes: Ints
    edges: Ints


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
    return snapshot.remember(
        ("count", listing.kind.label, listing.year, listing.filter),
        lambda: int(np.count_nonzero(_all_there(snapshot, table_of(snapshot, listing.kind), listing))),
        sort="filters",
    )


def count_unknown(snapshot: Snapshot, listing: Listing) -> int:
    """Count the rows of a listing that have no known value to sort by: they stand last."""
    table = table_of(snapshot, listing.kind)
    places = np.flatnonzero(_all_there(snapshot, table, listing)).astype(np.int32)
    return int(np.count_nonzero(unknown(snapshot, table, listing.order, places)))


def related(
    snapshot: Snapshot,
    following: Following,
    owners: Sequence[int] | Ints,
    part: Slice,
    *,
    usual: bool = False,
) -> Pages:
    """Find the same page of the list of each owner (global rows).

    `usual`: it is the order in which this relation is mostly asked for.
    """
    wanted = np.asarray(owners, np.int32)
    lists = _kept(snapshot, following) if usual and part.cursor is None else None
    if lists is not None:
        places = wanted - np.int32(snapshot.nodes[following.owner.label].first)
        starts, ends = lists.begins[places], lists.begins[places + 1]
    else:
        lists = _lists(snapshot, following, wanted)
        starts, ends = lists.begins[:-1], lists.begins[1:]
    if part.cursor is not None:
        starts, ends = _beyond(
            related_keys(snapshot, following, lists.nodes, lists.edges), starts, ends, part
        )
    sizes = ends - starts
    kept = np.minimum(sizes, part.size)
    firsts = ends - kept if part.backward else starts
    total = np.zeros(len(wanted) + 1, np.int64)
    np.cumsum(kept, out=total[1:])
    places = np.arange(total[-1]) + np.repeat(firsts - total[:-1], kept)
    return Pages(total, lists.nodes[places], lists.edges[places], sizes > part.size)


def related_keys(snapshot: Snapshot, following: Following, nodes: Ints, edges: Ints) -> Keys:
    """Say what nodes that a relation leads to are ordered by, and the relations beside them."""
    links, others = snapshot.relations[following.relation.label], snapshot.nodes[following.kind.label]
    here, order = nodes - np.int32(others.first), following.order
    by, at = _ordered_by(snapshot, following, nodes, edges)
    value = Cells(by, order.column, at, order.figure)
    named = (name for name in sorted_by(following.relation) if name not in {"from", "to"})
    ties = [Cells(others, "id", here), *(Cells(links, name, edges) for name in named)]
    return Keys(snapshot, order, value, ties)


def related_count(
    snapshot: Snapshot, following: Following, owners: Sequence[int] | Ints, *, usual: bool = False
) -> list[int]:
    """Count the list of each owner."""
    wanted = np.asarray(owners, np.int32)
    if usual and (lists := _kept(snapshot, following)) is not None:
        places = wanted - np.int32(snapshot.nodes[following.owner.label].first)
        return (lists.begins[places + 1] - lists.begins[places]).tolist()
    of, _, _ = _candidates(snapshot, following, wanted)
    return np.bincount(of, minlength=len(owners)).tolist()


def related_unknown(snapshot: Snapshot, following: Following, owners: Sequence[int] | Ints) -> list[int]:
    """Count in the list of each owner those that have no known value to sort by: they stand last."""
    of, nodes, edges = _candidates(snapshot, following, np.asarray(owners, np.int32))
    by, at = _ordered_by(snapshot, following, nodes, edges)
    lacking = unknown(snapshot, by, following.order, at)
    return np.bincount(of[lacking], minlength=len(owners)).tolist()


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


def _links(snapshot: Snapshot, following: Following) -> Csr:
    """Link the nodes of the owner's kind (their places) to those that a relation leads to (global rows)."""

    def made() -> Csr:
        of, nodes, places = _every_link(snapshot, following)
        csr = Csr.of(len(snapshot.nodes[following.owner.label]), of, nodes)
        return Csr(csr.indptr, csr.indices, places[csr.edges])

    key = ("links", following.relation.label, following.owner.label, following.forward)
    return snapshot.remember(key, made, sort="links")


def _every_link(snapshot: Snapshot, following: Following) -> tuple[Ints, Ints, Ints]:
    """List the links of a relation from the owner's kind: the owner's place, the node, the link's place.

    One without direction leads both ways; a loop is there once.
    """
    table, owners = snapshot.relations[following.relation.label], snapshot.nodes[following.owner.label]
    places = np.arange(len(table), dtype=np.int32)
    if following.relation.backward is None:
        apart = table.start != table.end
        start = np.concatenate([table.start, table.end[apart]])
        end = np.concatenate([table.end, table.start[apart]])
        places = np.concatenate([places, places[apart]])
    else:
        start, end = (table.start, table.end) if following.forward else (table.end, table.start)
    of = start - np.int32(owners.first)
    ours = (of >= 0) & (of < len(owners))
    return of[ours], end[ours], places[ours]


def _first(snapshot: Snapshot, table: Table, listing: Listing, rows: Ints, wanted: int) -> Ints:
    """Take the first rows that pass, trying no more of them than needed."""
    if listing.filter != EVERYTHING and len(table) <= WHOLE:
        return rows[_all_there(snapshot, table, listing)[rows]][:wanted]
    found: list[Ints] = []
    tried, size, step = 0, 0, max(AT_FIRST, wanted)
    while tried < len(rows) and size < wanted:
        some = rows[tried : tried + step]
        tried, step = tried + len(some), step * 2
        found.append(some[_there(snapshot, table, listing, some)])
        size += len(found[-1])
    return np.concatenate(found)[:wanted] if found else np.zeros(0, np.int32)


def _all_there(snapshot: Snapshot, table: Table, listing: Listing) -> Mask:
    """Tell of all rows which exist in the year and pass the filter."""
    return snapshot.remember(
        ("there", listing.kind.label, listing.year, listing.filter),
        lambda: _there(snapshot, table, listing, np.arange(len(table), dtype=np.int32)),
        sort="filters",
    )


def _there(snapshot: Snapshot, table: Table, listing: Listing, rows: Ints) -> Mask:
    """Tell which rows exist in the year and pass the filter; relations are listed as they were recorded."""
    held = passing(snapshot, table, listing.filter, rows, listing.year)
    return held & alive(table, listing.year, rows) if isinstance(table, NodeTable) else held


def _kept(snapshot: Snapshot, following: Following) -> _Lists | None:
    """Give the lists of all owners, which are kept for the newest year; None: they are not."""
    edges = snapshot.relations[following.relation.label]
    if following.year != snapshot.newest_year or following.filter != EVERYTHING or len(edges) > MOST_KEPT:
        return None

    key = ("lists", following)
    return snapshot.remember(
        key,
        lambda: snapshot.lasting(
            key, _basis(snapshot, following), lambda _: _lists(snapshot, following, None)
        ),
        sort="lists",
    )


def _basis(snapshot: Snapshot, following: Following) -> list[object]:
    """List all columns that the lists of a relation are made of; rows of nodes are in its ends."""
    edges, others = snapshot.relations[following.relation.label], snapshot.nodes[following.kind.label]
    owners, order = snapshot.nodes[following.owner.label], following.order
    named = {*sorted_by(following.relation), *filter(None, following.relation.lifetime)}
    found: list[object] = [owners.first, len(owners), others.first, len(others)]
    found += [edges[name] for name in sorted(named | ({order.column} if order.of == "r" else set()))]
    found += [others[name] for name in following.kind.lifetime if name is not None]
    if order.of == "n":
        veil = [veiling(following.kind)] if order.veiled else []
        found += [others[name] for name in (order.column, *veil)]
    if following.relation.newest_by is not None:
        found += [edges[name] for name in ("year", "source")]
        found += [snapshot.nodes["Source"][name] for name in ("grade", "publishedOn")]
    return found


def _lists(snapshot: Snapshot, following: Following, owners: Ints | None) -> _Lists:
    """Find the lists of some owners, or of all of their kind, and put them in order."""
    of, nodes, edges = _candidates(snapshot, following, owners)
    ranked = _ranked(snapshot, following, of, nodes, edges)
    many = len(snapshot.nodes[following.owner.label]) if owners is None else len(owners)
    begins = np.searchsorted(of[ranked], np.arange(many + 1)).astype(np.int32)
    return _Lists(begins, nodes[ranked], edges[ranked])


def _candidates(snapshot: Snapshot, following: Following, owners: Ints | None) -> tuple[Ints, Ints, Ints]:
    """Find all rows of the owners' lists: the owner (its place among those asked), the node, the relation."""
    edges: EdgeTable = snapshot.relations[following.relation.label]
    of, nodes, places = _leading(snapshot, following, owners)
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


def _leading(snapshot: Snapshot, following: Following, owners: Ints | None) -> tuple[Ints, Ints, Ints]:
    """Find all links of some owners, or of all of their kind: its place, the node, the link's place."""
    if owners is None:
        return _every_link(snapshot, following)
    csr = _links(snapshot, following)
    here = owners - np.int32(snapshot.nodes[following.owner.label].first)
    size = csr.indptr[here + 1] - csr.indptr[here]
    _, nodes, places = csr.at(here)
    return np.repeat(np.arange(len(owners), dtype=np.int32), size), nodes, places


def _newest(snapshot: Snapshot, edges: EdgeTable, year: int, places: Ints) -> Mask:
    """Tell which yearly relations count; an owner that is asked twice brings its own twice."""
    unique, back = np.unique(places, return_inverse=True)
    ordered, begins = best_first(snapshot, edges, unique, year)
    chosen = np.zeros(len(unique), np.bool_)
    chosen[np.searchsorted(unique, ordered[begins])] = True
    return chosen[back]


def _ranked(snapshot: Snapshot, following: Following, of: Ints, nodes: Ints, edges: Ints) -> NDArray[np.intp]:
    """Put the lists of all owners in the order asked."""
    order = following.order
    by, at = _ordered_by(snapshot, following, nodes, edges)
    value = sort_keys(snapshot, by, order, at)
    sign = -1 if order.descending else 1
    # lexsort puts NaN last: unknown values come last whichever way is asked.
    return np.lexsort((sign * edges, sign * nodes, sign * value, of))


def _ordered_by(snapshot: Snapshot, following: Following, nodes: Ints, edges: Ints) -> tuple[Table, Ints]:
    """Find the table by which nodes, or the relations that lead to them, are ordered, and places in it."""
    if following.order.of == "r":
        return snapshot.relations[following.relation.label], edges
    others = snapshot.nodes[following.kind.label]
    return others, nodes - np.int32(others.first)


def _beyond(keys: Keys, starts: Ints, ends: Ints, part: Slice) -> tuple[Ints, Ints]:
    """Leave out of each list what is not beyond the cursor."""
    starts, ends = starts.copy(), ends.copy()
    for owner, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        low, high = part.bounds(keys, np.arange(start, end, dtype=np.int32))
        if part.backward:
            ends[owner] = start + low
        else:
            starts[owner] = start + high
    return starts, ends
