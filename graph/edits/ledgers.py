"""Changes of ledger items: each is one transaction with an entry of the record that says who, what and why.

An item's version is the number of its entries. Whoever changes an item may say which version was seen: when
it has moved on, nothing is written and the answer says how the item is now. A change with a `requestId`
happens once, however often it is asked for: the entries carry it, so a restart forgets nothing.
"""

import asyncio
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, LiteralString, Protocol

import orjson

from graph.edits.change import Change, Journal, written
from graph.edits.ledger_items import (
    Item,
    items,
    link_changes,
    links_of,
    require_nodes,
    slug_of,
    whole_links,
)
from graph.edits.ledger_texts import Complaints, checked, in_order, text
from graph.edits.lock import alone, once
from graph.edits.upsert import NodeRow
from graph.errors import BadInput, Outdated, StoreConflict
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.stages import Ledger, Move
from graph.kinds.terms import LedgerAction, Term
from graph.store.store import Row, Statement, Store
from graph.store.versions import Versions, versions

MADE: LiteralString = """
MATCH (e:LedgerEntry {request: $request})
RETURN {id: e.id, about: e.about, digest: e.digest} AS entry ORDER BY e.id
"""
MOST_MOVES = 100
TRIES = 40
"""So often a change is planned anew when another write came between: then somebody else is in the way."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a change: who makes it, and why."""

    by: str | None = None
    """A body or a post, never a person's name."""
    reason: str | None = None
    request: str | None = None
    """The client's own name for the change: asked again under the same name, it is not made again."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What happens to one item."""

    item: Item
    """As it was."""
    action: LedgerAction
    before: Mapping[str, Any]
    """The fields that change, as they were: columns, and relations under the names of `LINKS`."""
    after: Mapping[str, Any]
    changes: Sequence[Change] = ()
    reason: str | None = None
    undoes: str | None = None
    forgets: Sequence[Statement] = ()


class AskedChange(Protocol):
    """A change of ledger items that a steward asks for."""

    async def plan(self, store: Store, note: Note) -> Sequence[ItemChange]:
        """Find what it would change; raises BadInput, NotFound and Outdated when it can't be made."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A change that was made, now or when it was first asked for."""

    items: Sequence[str]
    entries: Sequence[str]
    """One for each item."""
    write: int
    """The number of its transaction: a snapshot with as many writes, or more, shows it."""
    repeated: bool = False
    """Whether it had been made before, under the same `requestId`."""


async def make(store: Store, asked: AskedChange, note: Note) -> Made:
    """Make a change wholly or not at all; planned anew when another write came between.

    Raises BadInput, NotFound and Outdated, and StoreConflict beside a load, or when others are always faster.
    """
    note, digest = _noted(note), _digest(asked, note)
    for attempt in range(TRIES):
        seen = await versions(store)
        alone(seen)
        if note.request and (made := await _made(store, note.request, digest, seen)):
            return made
        try:
            return await _write(store, seen, await asked.plan(store, note), note, digest)
        except StoreConflict:
            if attempt == TRIES - 1:
                raise
            await asyncio.sleep(random.uniform(0.001, 0.01) * min(attempt + 1, 10))  # noqa: S311 - a pause
    raise AssertionError


async def _write(
    store: Store, seen: Versions, planned: Sequence[ItemChange], note: Note, digest: str
) -> Made:
    now = datetime.now(UTC)
    entries = [_entry(one, place, note, digest, now) for place, one in enumerate(planned)]
    record = Change(LedgerEntry, new=list(entries))
    changes = [change for one in planned for change in one.changes]
    statements: list[Statement] = []
    for one, entry in zip(planned, entries, strict=True):
        if one.undoes:
            statements += [*one.forgets, *(s for change in one.changes for s in change.statements())]
        else:
            statements += written(entry.id, one.changes)
    await store.write(once(seen, Journal().steps(*changes, record)), *statements, *record.statements())
    return Made([one.item.id for one in planned], [entry.id for entry in entries], seen.writes + 1)


def _entry(one: ItemChange, place: int, note: Note, digest: str, now: datetime) -> NodeRow:
    values = {
        "about": one.item.id,
        "version": one.item.version + 1,
        "action": one.action.value,
        "recordedOn": date.today(),  # noqa: DTZ011 - a day
        "at": now.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "by": note.by,
        "reason": one.reason or note.reason,
        "before": _json(one.before),
        "after": _json(one.after),
        "undoes": one.undoes,
        "request": note.request,
        "digest": digest if note.request else None,
    }
    id = f"entry:{now:%Y%m%dt%H%M%S%f}-{place:03}{secrets.token_hex(3)}"
    return NodeRow(id, {name: value for name, value in values.items() if value is not None})


async def _made(store: Store, request: str, digest: str, seen: Versions) -> Made | None:
    """Find what was made under a name; raises BadInput when it was something else."""
    found = await store.read(MADE, request=request)
    if not found:
        return None
    if found[0]["digest"] != digest:
        told = f"“{request}”已用于内容不同的另一次变更（{found[0]['id']}）：请换一个，或照原样再发"
        raise BadInput(f"note.requestId：{told}", "note", "requestId")
    about, ids = [row["about"] for row in found], [row["id"] for row in found]
    return Made(about, ids, seen.writes, repeated=True)


def _noted(note: Note) -> Note:
    complaints = Complaints()
    made = Note(
        text(note.by, complaints, "note", "by"),
        text(note.reason, complaints, "note", "reason"),
        text(note.request, complaints, "note", "requestId"),
    )
    complaints.settle()
    return made


def _digest(asked: AskedChange, note: Note) -> str:
    said = f"{asked!r} {note.by!r} {note.reason!r}"
    return blake2b(said.encode(), digest_size=16).hexdigest()


def _json(cells: Mapping[str, Any]) -> str | None:
    return orjson.dumps(dict(cells), default=str).decode() if cells else None


@dataclass(frozen=True, slots=True)
class Create:
    """A new item, at the first stage of its ledger unless another is given."""

    ledger: Ledger
    values: Mapping[str, Any]
    """Cells by column."""
    links: Mapping[str, Sequence[str]]
    """Ids by the names of `LINKS`; one town at least."""
    stage: Term | None = None
    filled: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    """Cells that nobody gave, and that may be others when the same is asked again: today, what is known."""

    async def plan(self, store: Store, note: Note) -> Sequence[ItemChange]:  # noqa: ARG002 - as of all
        """Check the cells and that what they name is there."""
        complaints, today = Complaints(), date.today()  # noqa: DTZ011 - a day
        stage = self.stage or self.ledger.initial
        cells = checked(self.ledger, {**self.values, **self.filled}, complaints)
        cells |= {self.ledger.stage: stage.value} | _stamped(self.ledger, cells, stage, today)
        in_order(self.ledger, cells, complaints)
        await require_nodes(store, self.ledger, self.links, complaints)
        complaints.settle()
        (town,) = self.links["town"]
        invented = await _is_invented(store, town)
        id = f"{self.ledger.kind.prefix}:{slug_of(town)}-{today:%Y%m%d}-{secrets.token_hex(4)}"
        kept = {name: value for name, value in cells.items() if value is not None}
        item = Item(self.ledger, id, kept, 0, {})
        row = NodeRow(id, {**kept, **({"synthetic": True} if invented else {})})
        links = {name: sorted(set(ids)) for name, ids in self.links.items() if ids}
        changes = [Change(self.ledger.kind, new=[row]), *link_changes(item, links)]
        return [ItemChange(item, LedgerAction.CREATED, {}, {**kept, **links}, changes)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that is to change, and the version that was seen of it."""

    id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Advance:
    """Items of one ledger move to one stage, all or none."""

    ledger: Ledger
    wanted: Sequence[Wanted]
    to: Term
    on: date | None = None
    """When it happened; None: today."""
    several: bool = False
    """Whether they were given as a list: then complaints name the place in it."""

    async def plan(self, store: Store, note: Note) -> Sequence[ItemChange]:
        """Check each against the table of stages."""
        today = date.today()  # noqa: DTZ011 - a day
        complaints, on = Complaints(), self.on or today
        if not 1 <= len(self.wanted) <= MOST_MOVES:
            raise BadInput(f"items：{len(self.wanted)} 项，应为 1 到 {MOST_MOVES} 项", "items")
        if on > today:
            complaints.add(f"{on} 在今天（{today}）之后：应为已发生之日", "on")
        found = await items(store, self.ledger, [one.id for one in self.wanted])
        planned = [
            change
            for place, one in enumerate(self.wanted)
            if (change := self._one(one, found, complaints, self._path(place), note, on))
        ]
        complaints.settle()
        return planned

    def _path(self, place: int) -> tuple[str, ...]:
        return ("items", str(place)) if self.several else ()

    def _one(  # noqa: PLR0913, PLR0917 - what a move is judged by
        self,
        one: Wanted,
        found: Mapping[str, Item],
        complaints: Complaints,
        path: tuple[str, ...],
        note: Note,
        on: date,
    ) -> ItemChange | None:
        item = found.get(one.id)
        if item is None:
            complaints.add(f"{self.ledger.name.words}中没有 {one.id}", *path, "id", code="NOT_FOUND")
            return None
        if [other.id for other in self.wanted].count(one.id) > 1:
            complaints.add(f"{one.id} 给了两次", *path, "id")
        _same_version(item, one.version, complaints, path, several=self.several)
        move = self._move(item)
        if move is None:
            complaints.add(_not_allowed(self.ledger, item, self.to), *path, "to")
            return None
        if move.reasoned and not note.reason:
            complaints.add(f"“{move.words}”须写明理由", "note", "reason")
        cells = {self.ledger.stage: self.to.value} | _stamped(self.ledger, item.cells, self.to, on)
        in_order(self.ledger, item.cells | cells, complaints, *path)
        return _altered(item, LedgerAction.MOVED, cells)

    def _move(self, item: Item) -> Move | None:
        return next((m for m in self.ledger.moves_from(item.stage) if m.to is self.to), None)


@dataclass(frozen=True, slots=True)
class Alter:
    """Some fields of an item become others; its stage does not."""

    ledger: Ledger
    wanted: Wanted
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    links: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    async def plan(self, store: Store, note: Note) -> Sequence[ItemChange]:  # noqa: ARG002 - as of all
        """Check the cells, together with those that stay."""
        complaints = Complaints()
        item = await _only(store, self.ledger, self.wanted, complaints)
        cells = checked(self.ledger, self.values, complaints)
        in_order(self.ledger, item.cells | cells, complaints)
        await require_nodes(store, self.ledger, self.links, complaints)
        complaints.settle()
        item = await links_of(store, item, self.links)
        cells = {name: value for name, value in cells.items() if _told(item.cells.get(name)) != _told(value)}
        links = {n: sorted(set(ids)) for n, ids in self.links.items() if set(ids) != set(item.links[n])}
        if not cells and not links:
            raise BadInput("input：与现在的内容相同，无可更改", "input")
        made = _altered(item, LedgerAction.CHANGED, cells, links)
        await whole_links(store, made.changes)
        return [made]


@dataclass(frozen=True, slots=True)
class Comment:
    """Something is said of an item; nothing of it changes."""

    ledger: Ledger
    wanted: Wanted
    text: str

    async def plan(self, store: Store, note: Note) -> Sequence[ItemChange]:  # noqa: ARG002 - as of all
        """Check the text."""
        complaints = Complaints()
        said = text(self.text, complaints, "text", required="请写明批注")
        item = await _only(store, self.ledger, self.wanted, complaints)
        complaints.settle()
        return [ItemChange(item, LedgerAction.COMMENTED, {}, {}, reason=said)]


async def _only(store: Store, ledger: Ledger, wanted: Wanted, complaints: Complaints) -> Item:
    found = (await items(store, ledger, [wanted.id])).get(wanted.id)
    if found is None:
        complaints.add(f"{ledger.name.words}中没有 {wanted.id}", "id", code="NOT_FOUND")
        complaints.settle()
    assert found is not None  # noqa: S101 - else settled
    _same_version(found, wanted.version, complaints, (), several=False)
    return found


def _same_version(
    item: Item, version: int | None, complaints: Complaints, path: tuple[str, ...], *, several: bool
) -> None:
    """Say that an item is no longer as it was seen."""
    if version is None or version == item.version:
        return
    stage = f"{item.stage.words}（{item.stage.value}）"
    told = f"{item.id} 已是第 {item.version} 版（{stage}），不是 {version}：请看过现在的内容再改"
    if several:
        complaints.add(told, *path, "expectedVersion", code=Outdated.code)
        return
    current = {"id": item.id, "version": item.version} | {n: _told(v) for n, v in item.cells.items()}
    raise Outdated(f"expectedVersion：{told}", current, "expectedVersion")


def _not_allowed(ledger: Ledger, item: Item, to: Term) -> str:
    may = "、".join(f"{m.to.value}（{m.words}）" for m in ledger.moves_from(item.stage)) or "无"
    return f"{item.id} 现为 {item.stage.value}（{item.stage.words}），不能到 {to.value}：可到 {may}"


def _stamped(ledger: Ledger, cells: Row, to: Term, on: date) -> dict[str, Any]:
    """Fill the date of a stage that is reached, and empty those of stages that are now ahead."""
    order = list(ledger.stages)
    made: dict[str, Any] = {}
    for stage, column in ledger.stamps.items():
        if stage is to and cells.get(column) is None:
            made[column] = on
        elif order.index(to) < order.index(stage) and cells.get(column) is not None:
            made[column] = None
    return made


def _altered(
    item: Item, action: LedgerAction, cells: Row, links: Mapping[str, Sequence[str]] | None = None
) -> ItemChange:
    """Write new cells and relations of an item."""
    links = links or {}
    before = {name: item.cells.get(name) for name in cells}
    changes = [Change(item.ledger.kind, changed=[NodeRow(item.id, cells)], before={item.id: before})]
    told = {n: _told(v) for n, v in before.items()} | {n: list(item.links[n]) for n in links}
    new = {n: _told(v) for n, v in cells.items()} | {n: list(ids) for n, ids in links.items()}
    return ItemChange(item, action, told, new, [*(changes if cells else ()), *link_changes(item, links)])


def _told(value: Any) -> Any:
    """Write a cell as the record holds it: dates as text."""
    if hasattr(value, "to_native"):
        value = value.to_native()
    return value.isoformat() if isinstance(value, date) else value


async def _is_invented(store: Store, town: str) -> bool:
    rows = await store.read("MATCH (n:Town {id: $id}) RETURN {synthetic: n.synthetic} AS town", id=town)
    return bool(rows and rows[0]["synthetic"])
