"""Taking back one change of a ledger item: the record keeps it, and says that it was taken back and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import orjson

from graph.edits.ledger_items import Item, items
from graph.edits.ledgers import ItemChange, Note
from graph.edits.obstacles import obstacles
from graph.edits.undo import parts_of, taken_back
from graph.edits.upsert import stored_nodes
from graph.errors import BadInput, NotFound
from graph.kinds import kind_of
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.stages import BY_LABEL
from graph.kinds.terms import LedgerAction
from graph.store.store import Row, Store

RECORD: LiteralString = """
MATCH (e:LedgerEntry {about: $about}) RETURN e {.*} AS entry ORDER BY e.version
"""
_SILENT = (LedgerAction.COMMENTED.value, LedgerAction.UNDONE.value)
"""Entries that nothing stands on."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """One change of an item is undone; an item whose registration is undone is gone."""

    entry: str

    async def plan(self, store: Store, note: Note) -> Sequence[ItemChange]:
        """Find what it was before; refused when later changes stand on it."""
        if not note.reason:
            raise BadInput("note.reason：撤销须写明理由", "note", "reason")
        entry = await self._entry(store)
        item = await _item(store, entry["about"])
        record = await store.read(RECORD, about=item.id)
        self._free(entry, record)
        parts = await parts_of(store, self.entry)
        if not parts and entry["action"] != LedgerAction.COMMENTED.value:
            raise BadInput(f"entry：没有保留 {self.entry} 之前的内容，不能撤销：请照需要再改一次", "entry")
        if found := [
            o for o in await obstacles(store, self.entry, parts) if kind_of(o.owner) is not LedgerEntry
        ]:
            told = "、".join(one.owner for one in found[:5])
            raise BadInput(f"entry：之后 {told} 改动过同样的行：请先撤销它", "entry")
        before, after = (orjson.loads(entry.get(name) or "{}") for name in ("before", "after"))
        return [
            ItemChange(
                item,
                LedgerAction.UNDONE,
                after,
                before,
                taken_back(parts),
                undoes=self.entry,
                forgets=[part.forgetting for part in parts],
            )
        ]

    async def _entry(self, store: Store) -> Row:
        if kind_of(self.entry) is not LedgerEntry:
            raise BadInput(f"entry：“{self.entry[:60]}”应为台账变更记录的标识，形如 entry:…", "entry")
        rows = await stored_nodes(store, LedgerEntry, [self.entry])
        if self.entry not in rows:
            raise NotFound(f"entry：图中没有 {self.entry}", "entry")
        if rows[self.entry]["action"] == LedgerAction.UNDONE.value:
            raise BadInput("entry：撤销不能再撤销：请照需要再改一次", "entry")
        return rows[self.entry]

    def _free(self, entry: Row, record: Sequence[Row]) -> None:
        """Refuse what is undone already, and what a later change in force stands on."""
        undone = {row["undoes"]: row["id"] for row in record if row.get("undoes")}
        if self.entry in undone:
            raise BadInput(f"entry：{self.entry} 已由 {undone[self.entry]} 撤销", "entry")
        mine, whole = _fields(entry), entry["action"] == LedgerAction.CREATED.value
        for later in record:
            silent = later["version"] <= entry["version"] or later["action"] in _SILENT
            if silent or later["id"] in undone:
                continue
            if whole or mine & _fields(later):
                raise BadInput(f"entry：之后的 {later['id']} 改动了同样的内容：请先撤销它", "entry")


def _fields(entry: Row) -> set[str]:
    found: set[str] = set()
    for name in ("before", "after"):
        cells: dict[str, Any] = orjson.loads(entry.get(name) or "{}")
        found |= set(cells)
    return found


async def _item(store: Store, id: str) -> Item:
    kind = kind_of(id)
    ledger = BY_LABEL.get(kind.label) if kind else None
    found = (await items(store, ledger, [id])).get(id) if ledger else None
    if found is None:
        raise NotFound(f"entry：所记事项 {id} 已不在图中", "entry")
    return found
