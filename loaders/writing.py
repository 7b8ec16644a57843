"""Rows are held against the store, and only what is new or changed is written, batch by batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from graph.edits.change import part
from graph.edits.lock import touch
from graph.edits.upsert import (
    NodeRow,
    RelationRow,
    is_empty,
    merge_nodes,
    merge_relations,
    stored_nodes,
    stored_relations,
)
from graph.kinds import Node, Relation
from graph.kinds.columns import defaults as never_unknown
from graph.store.store import Row, Statement, Store

type AnyRow = NodeRow | RelationRow


@dataclass(slots=True)
class Difference:
    """How some rows of a kind differ from the store."""

    kind: type[Node | Relation]
    new: list[AnyRow] = field(default_factory=list[AnyRow])
    changed: list[AnyRow] = field(default_factory=list[AnyRow])
    before: dict[str, Row] = field(default_factory=dict[str, Row])
    """The cells of changed rows as they were, by identity."""

    @property
    def rows(self) -> list[AnyRow]:
        """All that is to be written."""
        return self.new + self.changed


@dataclass(slots=True)
class Writer:
    """Writes the batches of one load; without an id it only compares."""

    store: Store
    load: str | None
    parts: int = 0
    empty: dict[str, bool] = field(default_factory=dict[str, bool])
    """Labels of which the store held nothing when this load came to them."""

    async def look(self, kind: type[Node | Relation]) -> None:
        """See whether the store holds rows of a kind: without any there is nothing to compare with."""
        self.empty[kind.label] = await is_empty(self.store, kind)

    async def difference(
        self, kind: type[Node | Relation], rows: Sequence[AnyRow], defaults: dict[str, Row]
    ) -> Difference:
        """Compare the cells that rows give with what is stored; new rows get defaults as well."""
        found = Difference(kind)
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

    async def write(self, *differences: Difference) -> None:
        """Write what differs, with its before-images, in one transaction."""
        if self.load is None:
            return
        statements: list[Statement] = []
        for found in differences:
            if found.rows:
                self.parts += 1
                new = [row.identity for row in found.new]
                before = orjson.dumps(found.before, default=str).decode() if found.before else ""
                statements.append(part(self.load, self.parts, found.kind.label, new, before))
                statements += _merge(found)
        if statements:
            await self.store.write(touch(self.load), *statements)


async def _stored(store: Store, kind: type[Node | Relation], rows: Sequence[AnyRow]) -> dict[str, Row]:
    if issubclass(kind, Relation):
        return await stored_relations(store, kind, [r for r in rows if isinstance(r, RelationRow)])
    return await stored_nodes(store, kind, [r.identity for r in rows])


def _merge(found: Difference) -> list[Statement]:
    if issubclass(found.kind, Relation):
        return merge_relations(found.kind, [r for r in found.rows if isinstance(r, RelationRow)])
    return merge_nodes(found.kind, [r for r in found.rows if isinstance(r, NodeRow)])
