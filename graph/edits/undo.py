"""Undo: a load or a ruling is taken back, unless something later stands on the rows it touched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import LiteralString

from graph.edits.change import AnyRow, Change, Journal, Part
from graph.edits.lock import finish, once, touch, turn, writing
from graph.edits.obstacles import Obstacle, obstacles
from graph.edits.rulings import Grounds
from graph.edits.upsert import NodeRow, merge_nodes, stored_nodes
from graph.errors import BadInput, NotFound
from graph.kinds import Node, kind_of
from graph.kinds.facts import Load, Ruling
from graph.kinds.terms import LoadStatus
from graph.store.store import Row, Store
from graph.store.versions import versions

PARTS: LiteralString = "MATCH (p:ChangePart {owner: $owner}) RETURN {id: p.id} AS part ORDER BY p.id"
PART: LiteralString = "MATCH (p:ChangePart {id: $id}) RETURN p {.*} AS part"
FOUND_SAME: LiteralString = """
MATCH (l:Load) WHERE l.id > $load AND l.same > 0 AND l.status = 'DONE'
RETURN {id: l.id, same: l.same} AS load ORDER BY l.id
"""
MOST_NAMED = 5
"""Obstacles that a refusal names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did."""

    owner: str
    """The load or ruling that was taken back."""
    removed: int
    """Nodes and relations that only it had brought."""
    restored: int
    """Nodes and relations that got their former cells back."""
    same: Mapping[str, int] = field(default_factory=dict[str, int])
    """Later loads, and how many of their rows they found in the graph as they gave them."""
    write: int = 0
    """The number of its last transaction: a snapshot with as many writes, or more, shows it."""

    def lines(self) -> Sequence[str]:
        """Say it in Chinese."""
        if self.owner.startswith(Ruling.prefix):
            return (f"已撤销裁定 {self.owner}：恢复 {self.restored:,} 行",)
        told = [f"已撤销 {self.owner}：删除 {self.removed:,} 行，恢复 {self.restored:,} 行"]
        told += (
            f"之后的 {load} 有 {rows:,} 行与当时图中的相同：其中若有刚撤去的行，请再装载一次"
            for load, rows in self.same.items()
        )
        return told


async def undo(store: Store, owner: str, grounds: Grounds | None = None) -> Undone:
    """Take back a load or a ruling, by its id: what it brought is removed, what it changed is as before.

    Its record keeps the grounds, where there are any.

    Refused with BadInput, which names them, when later loads, rulings or removals touched the same rows or
    stand on them, and when it is undone already. Raises NotFound, and StoreConflict beside another writer.
    """
    kind = kind_of(owner)
    if kind is Load:
        return await undo_load(store, owner, grounds)
    if kind is Ruling:
        return await undo_ruling(store, owner, grounds)
    raise BadInput(f"“{owner[:60]}”不能撤销：应为一次装载（load:…）或裁定（ruling:…）的标识", "id")


async def undo_load(store: Store, load: str, grounds: Grounds | None = None) -> Undone:
    """Take back a load, change by change; an undo that was interrupted is completed by undoing again."""
    why = _taking_back(grounds)
    writer, journal, removed, restored = f"undo:{load}", Journal(), 0, 0
    async with writing(store, await turn(store), writer):
        row = await _recorded(store, Load, load)
        if row["status"] == LoadStatus.UNDONE.value:
            raise BadInput(f"{load} 已经撤销", "load")
        ids = [row["id"] for row in await store.read(PARTS, owner=load)]
        await _free(store, load, ids)
        for id in reversed(ids):
            part = await _part(store, id)
            rest = [] if part.restored else [part.forgetting]
            out = part.removal
            await store.write(touch(writer, journal.steps(out)), *out.statements(), *rest)
            removed, restored = removed + len(part.new), restored + part.restored
        for row in await store.read(PARTS, owner=load):
            part = await _part(store, row["id"])
            back = part.restoral
            await store.write(touch(writer, journal.steps(back)), *back.statements(), part.forgetting)
        record = NodeRow(load, {"status": LoadStatus.UNDONE.value, **why})
        await store.write(*merge_nodes(Load, [record]), finish(writer))
    same = await store.read(FOUND_SAME, load=load) if removed else ()
    write = (await versions(store)).writes
    return Undone(load, removed, restored, {row["id"]: row["same"] for row in same}, write)


async def undo_ruling(store: Store, ruling: str, grounds: Grounds | None = None) -> Undone:
    """Take back a ruling, in one transaction."""
    why = _taking_back(grounds)
    seen = await versions(store)
    row = await _recorded(store, Ruling, ruling)
    if row.get("undoneOn") is not None:
        raise BadInput(f"{ruling} 已经撤销", "ruling")
    parts = await parts_of(store, ruling)
    await _free(store, ruling, [part.id for part in parts])
    changes = taken_back(parts)
    undone: list[AnyRow] = [NodeRow(ruling, why)]
    changes.append(Change(Ruling, changed=undone))
    statements = [statement for change in changes for statement in change.statements()]
    forgetting = [part.forgetting for part in parts]
    await store.write(once(seen, Journal().steps(*changes)), *statements, *forgetting)
    removed, restored = sum(len(part.new) for part in parts), sum(part.restored for part in parts)
    return Undone(ruling, removed, restored, write=seen.writes + 1)


def _taking_back(grounds: Grounds | None) -> Row:
    """What a record keeps of its undo."""
    said = grounds.cells("undoneReason", "undoneBy") if grounds else {}
    return {"undoneOn": date.today(), **said}  # noqa: DTZ011 - a day


async def _recorded(store: Store, kind: type[Node], id: str) -> Row:
    """Find the record of a load or a ruling."""
    if kind_of(id) is not kind:
        raise BadInput(f"{kind.prefix}：“{id[:60]}”应为{kind.words.partition('：')[0]}的标识", kind.prefix)
    rows = await stored_nodes(store, kind, [id])
    if id not in rows:
        raise NotFound(f"{kind.prefix}：图中没有 {id}")
    return rows[id]


async def parts_of(store: Store, owner: str) -> list[Part]:
    """Read what was kept of the changes of a load, a ruling or an entry of a ledger, in order."""
    return [await _part(store, row["id"]) for row in await store.read(PARTS, owner=owner)]


def taken_back(parts: Sequence[Part]) -> list[Change]:
    """What takes back changes: first all that came goes, then what was there before comes back."""
    return [part.removal for part in reversed(parts)] + [part.restoral for part in parts]


async def _part(store: Store, id: str) -> Part:
    return Part.of((await store.read(PART, id=id))[0])


async def _free(store: Store, owner: str, ids: Sequence[str]) -> None:
    """Refuse to undo what something later stands on."""
    found = await obstacles(store, owner, [await _part(store, id) for id in ids])
    if found:
        raise BadInput("；".join(_words(found)), owner.partition(":")[0])


def _words(found: Sequence[Obstacle]) -> Iterator[str]:
    for one in found[:MOST_NAMED]:
        way = "请先撤销它" if one.undoable else "它不能撤销"
        yield f"之后的 {one.owner} 改动或用到了同样的行（{one.rows:,} 行，如 {one.example}）：{way}"
    if len(found) > MOST_NAMED:
        yield f"另有 {len(found) - MOST_NAMED} 次"
