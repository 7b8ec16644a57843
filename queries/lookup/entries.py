"""What can be found: the names, aliases and codes of everything in a snapshot."""

from collections.abc import Iterator, Sequence
from typing import Any

from graph.kinds import NODES, Entity
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import NodeTable, listed
from graph.snapshot.years import alive
from queries.lookup.search import Entry, SearchIndex

CODES = {
    "Organisation": ("uscc", "stockCode"),
    "Region": ("formerCodes",),
    "Industry": ("code",),
    "Policy": ("documentNo",),
}


def index_of(snapshot: Snapshot) -> SearchIndex:
    """Make the search index that belongs to a snapshot."""
    return SearchIndex.of(entries(snapshot))


def entries(snapshot: Snapshot) -> Iterator[Entry]:
    """List everything that has a name."""
    for kind in NODES:
        if issubclass(kind, Entity):
            yield from _of_kind(snapshot, snapshot.nodes[kind.label])


def _of_kind(snapshot: Snapshot, table: NodeTable) -> Iterator[Entry]:
    label = table.kind.label
    there = alive(table, snapshot.newest_year).tolist() if snapshot.newest_year else [True] * len(table)
    texts = [table[name].tolist() for name in ("id", "name", "aliases")]
    coded = [table[name].tolist() for name in CODES.get(label, ())]
    began, ended = (_dates(table, name) for name in table.kind.lifetime)
    for place, (id, name, aliases) in enumerate(zip(*texts, strict=True)):
        codes = [code for column in coded for code in listed(column[place])]
        dates = began[place], ended[place]
        yield Entry(id, label, name, listed(aliases), codes, not there[place], *dates)


def _dates(table: NodeTable, name: str | None) -> Sequence[Any]:
    """Read a column of dates; None where one is not known, and everywhere without a column."""
    return [None] * len(table) if name is None else table[name].tolist()
