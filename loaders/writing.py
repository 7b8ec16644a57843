"""Rows are held against the store, and only what is new or changed is written, batch by batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.edits.change import AnyRow, Change, Journal, written
from graph.edits.lock import touch
from graph.edits.upsert import RelationRow, is_empty, stored_nodes, stored_relations
from graph.kinds import Node, Relation
from graph.kinds.columns import defaults as never_unknown
from graph.store.store import Row, Store


@dataclass(slots=True)
class Writer:
    """Writes the batches of one load; without an id it only compares."""

    store: Store
    load: str | None
    parts: int = 0
    empty: dict[str, bool] = field(default_factory=dict[str, bool])
    """Labels of which the store held nothing when this load came to them."""
    journal: Journal = field(default_factory=Journal)

    async def look(self, kind: type[Node | Relation]) -> None:
        """See whether the store holds rows of a kind: without any there is nothing to compare with."""
        self.empty[kind.label] = await is_empty(self.store, kind)

    async def difference(
        self, kind: type[Node | Relation], rows: Sequence[AnyRow], defaults: dict[str, Row]
    ) -> Change:
        """Compare the cells that rows give with what is stored; new rows get defaults as well."""
        found = Change(kind)
        usual = dict(never_unknown(kind))
        stored = {} if self.empty[kind.label] else await _stored(self.store, kind, rows)
        for row in rows:
            old = stored.get(row.identity)
            if old is None:
                for column, value in (usual | defaults.get(row.identity, {})).items():
                    row.values.setdefault(column, value)
                found.new.append(row)
            elif cells := {c: old.get(c) for c, value in row.values.items() if old.get(c) != value}:
                found.before[row.identity] = cells
                found.changed.append(row)
        return found

    async def replacing(self, found: Change, replaced: Iterable[str]) -> int:
        """Let a change take stored rows out, and count them."""
        kind = found.kind
        if issubclass(kind, Relation):
            rows = await stored_relations(self.store, kind, [RelationRow.of(id, {}) for id in replaced])
        else:
            assert issubclass(kind, Node)  # noqa: S101 - nodes and relations are all there is
            rows = await stored_nodes(self.store, kind, replaced)
        found.removed = rows
        return len(rows)

    async def write(self, *changes: Change) -> None:
        """Write what differs, and what takes it back, in one transaction."""
        if self.load is None or not any(change.rows or change.removed for change in changes):
            return
        alone = touch(self.load, self.journal.steps(*changes))
        await self.store.write(alone, *written(self.load, changes, self.parts + 1))
        self.parts += len(changes)


async def _stored(store: Store, kind: type[Node | Relation], rows: Sequence[AnyRow]) -> dict[str, Row]:
    if issubclass(kind, Relation):
        return await stored_relations(store, kind, [r for r in rows if isinstance(r, RelationRow)])
    return await stored_nodes(store, kind, [r.identity for r in rows])
