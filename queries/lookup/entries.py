"""What can be found: the names, aliases and codes of everything in a snapshot."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from graph.kinds import NODES, Entity
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Array, NodeTable, listed
from graph.snapshot.years import alive
from queries.lookup.search import MOST_ABOVE, SearchIndex, Stack
from queries.lookup.shelves import Entry

CODES = {
    "Organisation": ("uscc", "stockCode"),
    "Region": ("formerCodes",),
    "Industry": ("code",),
    "Policy": ("documentNo",),
}


def index_of(snapshot: Snapshot) -> SearchIndex:
    """Make the search index that belongs to a snapshot, from what the one before has of it."""
    tables = (snapshot.nodes[kind.label] for kind in NODES if issubclass(kind, Entity))
    return SearchIndex({table.kind.label: _stack(snapshot, table) for table in tables})


def take(snapshot: Snapshot, index: SearchIndex) -> None:
    """Let the snapshots that follow this one go on from an index that was saved with it."""
    for kind in NODES:
        if issubclass(kind, Entity) and (stack := index.stacks.get(kind.label)) is not None:
            table = snapshot.nodes[kind.label]
            made = _Saved(table, snapshot.newest_year)
            snapshot.lasting(("shelf", kind.label), made, lambda _, stack=stack: stack)


def entries(snapshot: Snapshot) -> Iterator[Entry]:
    """List everything that has a name."""
    for kind in NODES:
        if issubclass(kind, Entity):
            table = snapshot.nodes[kind.label]
            yield from _of_kind(table, snapshot.newest_year, range(len(table)))


def _stack(snapshot: Snapshot, table: NodeTable) -> Stack:
    """Lay out a kind, or change what the snapshot before had of it."""
    year = snapshot.newest_year

    def laid_out(held: tuple[Sequence[Any], Stack] | None) -> Stack:
        made = None
        if held is not None and held[0][0] == year:
            gone, places = _different(held[0][1:], columns)
            if len(gone) + len(places) <= MOST_ABOVE:
                stack = held[0].known(held[1]) if isinstance(held[0], _Saved) else held[1]
                made = stack.changed(gone, _of_kind(table, year, places))
        return made or Stack.of(table.kind.label, list(_of_kind(table, year, range(len(table)))))

    columns = [table[name] for name in _named(table)]
    return snapshot.lasting(("shelf", table.kind.label), [year, *columns], laid_out)


def _named(table: NodeTable) -> Sequence[str]:
    """List the columns that entries are made from."""
    return ("id", "name", "aliases", *CODES.get(table.kind.label, ()), *filter(None, table.kind.lifetime))


class _Saved(Sequence[Any]):
    """What a stack of a bundle was made from: the year and the columns, read when it is first asked for."""

    def __init__(self, table: NodeTable, year: int | None) -> None:
        self._table, self._year = table, year
        self._names = _named(table)

    def __len__(self) -> int:
        return 1 + len(self._names)

    @overload
    def __getitem__(self, at: int) -> Any: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        return self._year if at == 0 else self._table[self._names[at - 1]]

    def known(self, stack: Stack) -> Stack:
        """Give the stack with the entries above, from the rows that it does not show below."""
        if not stack.hidden:
            return stack
        places = np.flatnonzero([id in stack.hidden for id in self._table["id"].tolist()])
        return stack.knowing(_of_kind(self._table, self._year, places.tolist()))


def _different(old: Sequence[Array], new: Sequence[Array]) -> tuple[Collection[str], Sequence[int]]:
    """Compare columns, ids first: which ids are no longer there, and the places of rows that are others."""
    before, now = (np.arange(len(columns[0])) for columns in (old, new))
    gone, come = set[str](), list[int]()
    if old[0] is not new[0]:
        ids = [columns[0].tolist() for columns in (old, new)]
        there = [set(some) for some in ids]
        before = np.flatnonzero([id in there[1] for id in ids[0]])
        now = np.flatnonzero([id in there[0] for id in ids[1]])
        gone = there[0] - there[1]
        come = np.flatnonzero([id not in there[0] for id in ids[1]]).tolist()
    other = np.zeros(len(now), np.bool_)
    for one, two in zip(old[1:], new[1:], strict=True):
        if one is not two:
            one, two = (a.view(np.int64) if a.dtype.kind == "M" else a for a in (one[before], two[now]))  # noqa: PLW2901
            other |= one != two
    return gone, [*come, *now[other].tolist()]


def _of_kind(table: NodeTable, year: int | None, places: Sequence[int]) -> Iterator[Entry]:
    """List the rows of a kind at some places."""
    label, at = table.kind.label, np.asarray(places, np.int64)
    there = alive(table, year)[at].tolist() if year else [True] * len(at)
    texts = [table[name][at].tolist() for name in ("id", "name", "aliases")]
    coded = [table[name][at].tolist() for name in CODES.get(label, ())]
    began, ended = (_dates(table, name, at) for name in table.kind.lifetime)
    for place, (id, name, aliases) in enumerate(zip(*texts, strict=True)):
        codes = [code for column in coded for code in listed(column[place])]
        dates = began[place], ended[place]
        yield Entry(id, label, name, listed(aliases), codes, not there[place], *dates)


def _dates(table: NodeTable, name: str | None, at: NDArray[np.int64]) -> Sequence[Any]:
    """Read a column of dates; None where one is not known, and everywhere without a column."""
    return [None] * len(at) if name is None else table[name][at].tolist()
