"""One pass over the tables of a folder: what each row comes to, written where there is a load, and told."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol

from graph.edits.applied_rulings import rulings_in_force
from graph.edits.change import Change
from graph.edits.lock import beat
from graph.kinds.relations import LocatedIn
from graph.store.store import Store
from loaders.csv.folder import Folder, Table
from loaders.csv.lines import Lines
from loaders.differences import Differences
from loaders.report import Rejection, Rejections, Report, TableReport
from loaders.rows.applied_rulings import Heed
from loaders.rows.batches import Batch, Batches
from loaders.rows.cells import called
from loaders.rows.header import Fault, Header, header
from loaders.rows.keys import Keys
from loaders.rows.references import Resolver
from loaders.taken import TakenForms
from loaders.writing import Writer

BEAT = 5.0
"""Seconds after which a load that writes nothing says that it is still there."""
_MOST_WARNINGS = 100


class Progress(Protocol):
    """Is told how far a load has come."""

    def __call__(self, table: str, done: int, total: int, rows: int) -> None:
        """`done` of `total` bytes of this table were read, and `rows` rows."""
        ...


@dataclass(slots=True)
class Run:
    """One pass over a folder; without a load's id it writes nothing."""

    store: Store
    folder: Folder
    batch: int
    progress: Progress | None
    load: str | None = None
    rejections: Rejections = field(default_factory=Rejections)
    warnings: list[Rejection] = field(default_factory=list[Rejection])
    doubts: int = 0
    """How many warnings there were."""
    beat_at: float = field(default_factory=monotonic)
    seen: Differences | None = None
    """Where a dry run notes what would change."""
    refused: Sequence[str] = ()
    """Ids of rows that were refused before they came into a table."""
    wary: bool = False
    """Whether an organisation without id is held against its namesakes in the store."""
    taken: TakenForms = field(init=False)

    def __post_init__(self) -> None:
        """Keep the cells that are taken in another form one by one where nothing is written."""
        self.taken = TakenForms(each=self.load is None)

    async def report(self) -> Report:
        """Go through the tables and say what became of them."""
        heed = Heed(await rulings_in_force(self.store))
        with Keys() as keys:
            keys.keep((id, False, None, 0, "") for id in self.refused)
            resolver, writer = Resolver(self.store, keys, heed, wary=self.wary), Writer(self.store, self.load)
            tables = [await self._table(table, resolver, writer) for table in self.folder.tables]
        strangers = [self._refused(name, "", [Fault("", "", why)]) for name, why in self.folder.strangers]
        notes = [f"{name} 不是 CSV 文件，未读取" for name in self.folder.ignored]
        if self.doubts > len(self.warnings):
            notes.append(f"共 {self.doubts:,} 条提示，此处只列前 {len(self.warnings)} 条")
        told = (*tables, *strangers), self.rejections, tuple(self.warnings), tuple(notes)
        return Report(self.load, *told, differences=self.seen, taken=self.taken)

    async def _table(self, table: Table, resolver: Resolver, writer: Writer) -> TableReport:
        name = table.path.name
        if table.trouble:
            resolver.refused.add(table.kind.label)
            return self._refused(name, called(table.kind), [Fault("", "", table.trouble)], table.line)
        with Lines(table.path, table.encoding) as lines:
            first = next(iter(lines), None)
            if first is None or first.fault:
                found = [Fault("", "", first.fault if first else "空文件：第一行应为列名")]
            else:
                found = header(table.kind, first.texts)
            if not isinstance(found, Header):
                resolver.refused.add(table.kind.label)
                return self._refused(name, called(table.kind), found, 1)
            lines.width = found.width
            return await self._rows(table, Batches(name, found, lines, resolver, self.batch), writer)

    def _refused(self, file: str, words: str, faults: list[Fault], line: int = 0) -> TableReport:
        self.rejections.add(Rejection(file, line, f.column, f.value, f.reason) for f in faults)
        return TableReport(file, words, "", refused=True, first=self.rejections.of(file))

    async def _rows(self, table: Table, batches: Batches, writer: Writer) -> TableReport:
        """Write one batch while the next is being read."""
        name = table.path.name
        total = TableReport(name, called(table.kind), table.encoding.upper())
        await writer.look(table.kind)
        if table.kind.label == "Organisation":
            await writer.look(LocatedIn)
        coming = aiter(batches)
        upcoming = asyncio.create_task(_next(coming))
        try:
            while batch := await upcoming:
                upcoming = asyncio.create_task(_next(coming))
                total = await self._put(table, batch, writer, total)
                if self.progress:
                    self.progress(name, batch.done, table.size, total.read)
        finally:
            await asyncio.gather(upcoming, return_exceptions=True)
        return replace(total, first=self.rejections.of(name))

    async def _put(self, table: Table, batch: Batch, writer: Writer, total: TableReport) -> TableReport:
        self.rejections.add(batch.rejections)
        self.taken.note(batch.taken)
        self.doubts += len(batch.warnings)
        self.warnings += batch.warnings[: _MOST_WARNINGS - len(self.warnings)]
        found = await writer.difference(table.kind, batch.rows, batch.defaults)
        located = await writer.difference(LocatedIn, batch.located, {}) if batch.located else None
        if self.seen is not None:
            self.seen.note(table.path.name, batch.lines, found, located)
        await writer.write(found, *([located] if located else []))
        await self._beat()
        moved = _moved(found, located)
        changed = len(found.changed) + moved
        return replace(
            total,
            read=total.read + batch.read,
            new=total.new + len(found.new),
            changed=total.changed + changed,
            same=total.same + batch.same + len(batch.rows) - len(found.new) - changed,
            held=total.held + batch.held,
            rejected=total.rejected + batch.rejected,
            unread=total.unread + batch.unread,
        )

    async def _beat(self) -> None:
        if self.load and monotonic() - self.beat_at > BEAT:
            await self.store.write(beat(self.load))
            self.beat_at = monotonic()


def _moved(found: Change, located: Change | None) -> int:
    """Count rows that say nothing new of the organisation itself, but of where it is."""
    counted = {row.identity for row in found.rows}
    starts = {r.identity.partition(" ")[0] for r in located.rows} if located else set[str]()
    return len(starts - counted)


async def _next(batches: AsyncIterator[Batch]) -> Batch | None:
    return await anext(batches, None)
