"""A folder of tables becomes rows of the graph: entities before relations, each batch in one transaction."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Protocol

from graph.errors import LoadRefused
from graph.kinds.facts import Load
from graph.kinds.relations import LocatedIn
from graph.kinds.terms import LoadStatus
from graph.store import Store
from graph.upsert import NodeRow, declare, merge_nodes
from graph.versions import begin, finish, rest, versions
from loaders.batches import Batch, Batches
from loaders.cells import called
from loaders.folder import Folder, Table, survey
from loaders.header import Fault, Header, header
from loaders.keys import Keys
from loaders.lines import Lines
from loaders.references import Resolver
from loaders.report import Rejection, Rejections, Report, TableReport, TablesRefused
from loaders.writing import Difference, Writer

BATCH = 2_000
BEAT = 5.0
"""Seconds after which a load that writes nothing says that it is still there."""
_MOST_WARNINGS = 100


class Progress(Protocol):
    """Is told how far a load has come."""

    def __call__(self, table: str, done: int, total: int, rows: int) -> None:
        """`done` of `total` bytes of this table were read, and `rows` rows."""
        ...


async def load_folder(  # noqa: PLR0913 - options, each by name
    store: Store,
    folder: Path,
    *,
    strict: bool = False,
    dry: bool = False,
    batch: int = BATCH,
    progress: Progress | None = None,
    origin: Sequence[str] = (),
) -> Report:
    """Load the tables of a folder; `dry` only checks them, `strict` loads all rows or none.

    `origin` names the files that the tables were made from, each with its SHA-256, for the load's record.
    Raises LoadRefused when the folder can't be loaded at all or another load is at work, and TablesRefused
    when a strict load finds a row to reject. A load that was interrupted is completed by running it again.
    """
    found = await asyncio.to_thread(survey, folder)
    if strict or dry:
        report = await _Run(store, found, batch, progress).report()
        if strict and not report.clean:
            raise TablesRefused("表中有错误，严格模式下全部未装载：请按报告逐条改正后重试", report)
        if dry:
            return report
    await declare(store)
    interrupted = await _turn(store)
    started = datetime.now(UTC)
    load = f"load:{started:%Y%m%dt%H%M%S}-{secrets.token_hex(3)}"
    files = [*origin] or [f"{table.path.name} {table.sha256}" for table in found.tables]
    record = NodeRow(load, {"status": LoadStatus.RUNNING.value, "startedAt": started, "files": files})
    await store.write(begin(load), *merge_nodes(Load, [record]))
    run = _Run(store, found, batch, progress, load)
    report = await run.report()
    ended = {"status": LoadStatus.DONE.value, "finishedAt": datetime.now(UTC)}
    record = NodeRow(load, _counts(report) | ended)
    moved = report.written or interrupted
    await store.write(*merge_nodes(Load, [record]), finish(run.newest_year) if moved else rest())
    return report


async def _turn(store: Store) -> bool:
    """Wait until a load that died is surely dead; tell whether there was one, refuse beside one alive."""
    seen = await versions(store)
    while seen.loading and not seen.settled:
        await asyncio.sleep(1)
        now = await versions(store)
        if now.loading and now.quiet < seen.quiet:
            raise LoadRefused(f"另一次装载（{now.loading}）正在进行：请等它结束后再试")
        seen = now
    return seen.loading is not None


def _counts(report: Report) -> dict[str, int]:
    return {
        "new": sum(table.new for table in report.tables),
        "changed": sum(table.changed for table in report.tables),
        "same": sum(table.same for table in report.tables),
        "rejected": sum(table.rejected for table in report.tables),
    }


@dataclass(slots=True)
class _Run:
    """One pass over a folder; without a load's id it writes nothing."""

    store: Store
    folder: Folder
    batch: int
    progress: Progress | None
    load: str | None = None
    newest_year: int | None = None
    rejections: Rejections = field(default_factory=Rejections)
    warnings: list[Rejection] = field(default_factory=list[Rejection])
    beat_at: float = field(default_factory=monotonic)

    async def report(self) -> Report:
        """Go through the tables and say what became of them."""
        with Keys() as keys:
            resolver, writer = Resolver(self.store, keys), Writer(self.store, self.load)
            tables = [await self._table(table, resolver, writer) for table in self.folder.tables]
        strangers = [self._refused(name, "", [Fault("", "", why)]) for name, why in self.folder.strangers]
        notes = [f"{name} 不是 CSV 文件，未读取" for name in self.folder.ignored]
        return Report(self.load, (*tables, *strangers), self.rejections, tuple(self.warnings), tuple(notes))

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
        self.warnings += batch.warnings[: _MOST_WARNINGS - len(self.warnings)]
        if batch.newest_year and batch.newest_year > (self.newest_year or 0):
            self.newest_year = batch.newest_year
        found = await writer.difference(table.kind, batch.rows, batch.defaults)
        located = await writer.difference(LocatedIn, batch.located, {}) if batch.located else None
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
            rejected=total.rejected + batch.rejected,
        )

    async def _beat(self) -> None:
        if self.load and monotonic() - self.beat_at > BEAT:
            await self.store.write(begin(self.load))
            self.beat_at = monotonic()


def _moved(found: Difference, located: Difference | None) -> int:
    """Count rows that say nothing new of the organisation itself, but of where it is."""
    counted = {row.identity for row in found.rows}
    starts = {r.identity.partition(" ")[0] for r in located.rows} if located else set[str]()
    return len(starts - counted)


async def _next(batches: AsyncIterator[Batch]) -> Batch | None:
    return await anext(batches, None)
