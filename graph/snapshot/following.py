"""Following: what the log says was done since a snapshot was taken, applied to it.

Equal, array by array, to a snapshot that is taken anew. Where the log does not say enough, None: then all is
read. The steps of all transactions are folded to one state of each row first, so a row is made once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np

from graph.kinds import NODE_OF, RELATION_OF
from graph.kinds.columns import Record, columns
from graph.kinds.relations import key_of
from graph.snapshot.patch import Changes, patched
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import EdgeTable, cells
from graph.store.log import Entry, Step
from graph.store.store import Row
from graph.store.versions import Versions

FEW = 1_000
"""So many rows are always applied."""
DANGLING = "references to nodes that are not there, which may come"
SHARE = 10
"""More than one row in so many: to read all is no more work."""


class CannotFollow(Exception):
    """The log does not lead from a snapshot to the state of the store; says why, for the log file."""


@dataclass(slots=True)
class _Row:
    """What became of one row: `held` is merged into, unless it came anew; without cells it is gone."""

    anew: bool
    cells: dict[str, Any] | None


@dataclass(slots=True)
class _Folded:
    """What became of all rows that were touched."""

    rows: dict[str, dict[str, _Row]] = field(default_factory=dict[str, dict[str, _Row]])
    """By label, then by identity."""
    went: set[str] = field(default_factory=set[str])
    """Nodes that went at some time: with all that hung on them then."""

    def add(self, step: Step) -> None:
        """Take in what was done next."""
        rows = self.rows.setdefault(step.label, {})
        if step.label in NODE_OF and step.gone:
            self._detach(set(step.gone))
        rows.update((identity, _Row(anew=True, cells=None)) for identity in step.gone)
        relation = step.label in RELATION_OF
        for anew, some in ((True, step.new), (False, step.changed)):
            for identity, values in some.items():
                row = rows.get(identity)
                if row is None:
                    free = relation and not self.went.isdisjoint(identity.split(" ", 2)[:2])
                    rows[identity] = _Row(anew=anew or free, cells=dict(values))
                elif row.cells is None:
                    rows[identity] = _Row(anew=True, cells=dict(values))
                else:
                    row.cells |= values

    def _detach(self, ids: set[str]) -> None:
        self.went |= ids
        for label, rows in self.rows.items():
            if label in RELATION_OF:
                for identity, row in rows.items():
                    if not ids.isdisjoint(identity.split(" ", 2)[:2]):
                        row.anew, row.cells = True, None


def followed(snapshot: Snapshot, entries: Sequence[Entry], seen: Versions) -> Snapshot:
    """Apply to a snapshot what was done since; `entries` begin with that of the snapshot's own last write.

    Raises CannotFollow when they don't lead to the state that was seen, or touch too many rows.
    """
    steps = list(_steps(snapshot, entries, seen))
    if snapshot.dangling:
        raise CannotFollow(DANGLING)
    size = len(snapshot) + sum(map(len, snapshot.relations.values()))
    if (rows := sum(step.rows for step in steps)) > max(FEW, size // SHARE):
        raise CannotFollow(f"{rows:,} rows changed")
    folded = _Folded()
    for step in steps:
        folded.add(step)
    made = patched(snapshot.nodes, snapshot.relations, snapshot.index, _changes(snapshot, folded))
    if made.dangling:
        raise CannotFollow(DANGLING)
    return snapshot.patched(
        nodes=made.nodes,
        relations=made.relations,
        index=made.index,
        version=seen.version,
        writes=seen.writes,
        mark=seen.mark,
        taken_at=datetime.now(UTC),
    )


def _steps(snapshot: Snapshot, entries: Sequence[Entry], seen: Versions) -> Iterable[Step]:
    """List what was done, when the entries are whole: numbered without a hole, from one mark to the other."""
    if not entries or (entries[0].write, entries[0].mark) != (snapshot.writes, snapshot.mark):
        raise CannotFollow("its log begins later, or it is another store")
    version = entries[0].version
    if version != snapshot.version:
        raise CannotFollow("the version was moved by hand")
    for number, entry in enumerate(entries[1:], snapshot.writes + 1):
        if entry.write != number or entry.was != version:
            raise CannotFollow(f"the log has no write {number}")
        if entry.steps is None:
            raise CannotFollow(f"write {number} does not say what it changed")
        version = entry.version
        yield from entry.steps
    last = entries[-1]
    if (last.write, last.mark, last.version) != (seen.writes, seen.mark, seen.version):
        raise CannotFollow("the log ends earlier than the store")


def _changes(snapshot: Snapshot, folded: _Folded) -> Mapping[str, Changes]:
    found = dict[str, Changes]()
    for label, rows in folded.rows.items():
        if label in NODE_OF:
            found[label] = _of_nodes(snapshot, label, rows)
    there = _Ends(snapshot, folded)
    gone = [row for id in folded.went if (row := snapshot.index.row(id)) >= 0]
    for label, table in snapshot.relations.items():
        rows = folded.rows.get(label, {})
        if rows or gone:
            found[label] = _of_relations(snapshot, table, rows, there)
            if gone:
                hung = np.isin(table.start, gone) | np.isin(table.end, gone)
                found[label].gone.update(np.flatnonzero(hung).tolist())
    return {label: change for label, change in found.items() if change.moving or change.cells}


def _of_nodes(snapshot: Snapshot, label: str, rows: Mapping[str, _Row]) -> Changes:
    change, table = Changes(), snapshot.nodes[label]
    for id, row in rows.items():
        place = snapshot.index.row(id) - table.first
        held = 0 <= place < len(table)
        if row.cells is None:
            if held:
                change.gone.add(place)
        elif held and not row.anew:
            change.cells[place] = _known(table.kind, row.cells)
        elif held:
            change.cells[place] = _whole(table.kind, row.cells | {"id": id})
        elif row.anew:
            change.added.append(_whole(table.kind, row.cells | {"id": id}))
        else:
            raise CannotFollow(f"{id} is not in the snapshot")
    return change


def _of_relations(snapshot: Snapshot, table: EdgeTable, rows: Mapping[str, _Row], there: "_Ends") -> Changes:
    change, found = Changes(), _Held(snapshot, table)
    for identity, row in rows.items():
        start, end, key = identity.split(" ", 2)
        place = found.place(start, end, key)
        if row.cells is None:
            if place is not None:
                change.gone.add(place)
            elif found.between(start, end):
                raise CannotFollow(f"{table.kind.label} {identity} is not in the snapshot")
        elif not row.anew:
            if place is None:
                raise CannotFollow(f"{table.kind.label} {identity} is not in the snapshot")
            change.cells[place] = _known(table.kind, row.cells)
        elif start in there and end in there:
            if place is not None:
                change.gone.add(place)
            change.added.append(_whole(table.kind, row.cells | {"from": start, "to": end}))
    return change


class _Ends:
    """Which nodes are there when all is done."""

    def __init__(self, snapshot: Snapshot, folded: _Folded) -> None:
        self._index = snapshot.index
        self._touched = {
            id: row.cells is not None
            for label, rows in folded.rows.items()
            if label in NODE_OF
            for id, row in rows.items()
        }

    def __contains__(self, id: str) -> bool:
        return self._touched[id] if id in self._touched else self._index.row(id) >= 0


class _Held:
    """Finds relations in a table by their identity."""

    def __init__(self, snapshot: Snapshot, table: EdgeTable) -> None:
        self._snapshot, self._table = snapshot, table
        self._keys = dict[tuple[str, str], dict[str, int]]()

    def between(self, start: str, end: str) -> Mapping[str, int]:
        """Map the keys of the relations between two nodes to their places."""
        if (start, end) not in self._keys:
            self._keys[start, end] = {self._key(place): place for place in self._places(start, end)}
        return self._keys[start, end]

    def place(self, start: str, end: str, key: str) -> int | None:
        """Find one; None when it is not there."""
        return self.between(start, end).get(key)

    def _places(self, start: str, end: str) -> Sequence[int]:
        first, last = (self._snapshot.index.row(id) for id in (start, end))
        if first < 0 or last < 0:
            return ()
        low, high = (int(np.searchsorted(self._table.start, first, side)) for side in ("left", "right"))
        part = self._table.end[low:high]
        begin, stop = (int(np.searchsorted(part, last, side)) for side in ("left", "right"))
        return range(low + begin, low + stop)

    def _key(self, place: int) -> str:
        kind, table = self._table.kind, self._table
        fields = {column.field: column for column in columns(kind)}
        return key_of(
            cells(fields[name], table, [place], self._snapshot.id_of)[0] for name in kind.key_fields
        )


def _known(kind: type[Record], cells: Row) -> Row:
    names = {column.name for column in columns(kind)}
    return {name: cell for name, cell in cells.items() if name in names}


def _whole(kind: type[Record], cells: Row) -> Row:
    missing = [c.name for c in columns(kind) if not c.optional and cells.get(c.name) is None]
    if missing:
        raise CannotFollow(f"a row of {kind.label} comes without {missing[0]}")
    return {column.name: cells.get(column.name) for column in columns(kind)}
