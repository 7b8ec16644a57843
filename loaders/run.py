"""One pass over the tables of a folder: what each row comes to, written where there is a load, and told."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol

from graph.edits.applied_rulings import rulings_in_force
from graph.edits.change import AnyRow, Change
from graph.edits.known_sizes import TURNOVERS, greatest_of, turnovers
from graph.edits.lock import beat
from graph.edits.upsert import RelationRow
from graph.kinds import Node, Relation
from graph.kinds.facts import Claim
from graph.kinds.relations import LocatedIn, Supplies
from graph.store.store import Store
from loaders.country.missing import COUNTRYS, Missing
from loaders.csv.folder import Folder, Table
from loaders.csv.lines import Lines
from loaders.differences import Differences
from loaders.report import Rejection, Rejections, Report, TableReport
from loaders.rows.applied_rulings import Heed
from loaders.rows.batches import Batch, Batches
from loaders.rows.cells import called
from loaders.rows.forms import normalised
from loaders.rows.header import Fault, Header, header
from loaders.rows.keys import Keys
from loaders.rows.plausible import Plausibility, to_itself, typed
from loaders.rows.references import Resolver
from loaders.taken import TakenForms
from loaders.writing import Writer


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the rows of tables stand in a workbook, and which stored rows they correct."""

    places: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    """The row of a workbook (`book.xlsx:12`), by file and line of our table."""
    corrected: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    """The identity of the row that was there before, by file and line; of where an organisation is, too."""


BEAT = 5.0
"""Seconds after which a load that writes nothing says that it is still there."""
_MOST_WARNINGS = 100
CORRECTED = "已撤下：此行更正了它（撤销这次装载即恢复）"
TO_BE_CORRECTED = "将撤下：此行更正它（撤销那次装载即恢复）"


class Progress(Protocol):
    """Is told how far a load has come."""

    def __call__(self, table: str, done: int, total: int, rows: int) -> None:
        """It is at this table; `done` of the `total` bytes of all tables were read, and `rows` rows."""
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
    notes: list[str] = field(default_factory=list[str])
    implausible: list[Rejection] = field(default_factory=list[Rejection])
    doubts: int = 0
    """How many warnings there were."""
    done: int = 0
    """Bytes of the tables that are done."""
    rows: int = 0
    """Rows of the tables that are done."""
    origins: Origins = field(default_factory=Origins)
    beat_at: float = field(default_factory=monotonic)
    seen: Differences | None = None
    """Where a dry run notes what would change."""
    refused: Sequence[str] = ()
    """Ids of rows that were refused before they came into a table."""
    brought: Missing | None = None
    """What a load would bring beforehand; a check refers to it as if it were there."""
    wary: bool = False
    """Whether an organisation without id is held against its namesakes in the store."""
    turnover: dict[str, float] = field(default_factory=dict[str, float])
    """The greatest revenue or output (yuan a year) that tables and store tell of organisations."""
    sellers: set[str] = field(default_factory=set[str])
    """Those that were looked up in the store."""
    taken: TakenForms = field(init=False)

    def __post_init__(self) -> None:
        """Keep the cells that are taken in another form one by one where nothing is written."""
        self.taken = TakenForms(each=self.load is None)

    async def report(self) -> Report:
        """Go through the tables and say what became of them."""
        heed = Heed(await rulings_in_force(self.store))
        with Keys() as keys:
            keys.keep((id, False, None, 0, "") for id in self.refused)
            if self.brought:
                _as_there(self.brought, keys)
            resolver, writer = Resolver(self.store, keys, heed, wary=self.wary), Writer(self.store, self.load)
            tables = [await self._table(table, resolver, writer) for table in self.folder.tables]
        strangers = [self._refused(name, "", [Fault("", "", why)]) for name, why in self.folder.strangers]
        notes = [*self.notes]
        notes += [f"{name} 不是 CSV 文件，未读取" for name in self.folder.ignored]
        if self.doubts > len(self.warnings):
            notes.append(f"共 {self.doubts:,} 条提示，此处只列前 {len(self.warnings)} 条")
        told = (*tables, *strangers), self.rejections, tuple(self.warnings), tuple(notes)
        doubts = tuple(self.implausible)
        return Report(self.load, *told, differences=self.seen, implausible=doubts, taken=self.taken)

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
            self.notes += (f"{name}：{told}" for told in found.unused)
            return await self._rows(
                table, Batches(name, found, lines, resolver, self.batch, dry=self.load is None), writer
            )

    def _refused(self, file: str, words: str, faults: list[Fault], line: int = 0) -> TableReport:
        self.rejections.add(Rejection(file, line, f.column, f.value, f.reason) for f in faults)
        return TableReport(file, words, "", refused=True, first=self.rejections.of(file))

    async def _rows(self, table: Table, batches: Batches, writer: Writer) -> TableReport:
        """Write one batch while the next is being read."""
        name = table.path.name
        total = TableReport(name, called(table.kind), table.encoding.upper())
        figures = Plausibility(table.kind, await greatest_of(self.store, table.kind))
        await writer.look(table.kind)
        if table.kind.label == "Organisation":
            await writer.look(LocatedIn)
        coming = aiter(batches)
        upcoming = asyncio.create_task(_next(coming))
        try:
            while batch := await upcoming:
                upcoming = asyncio.create_task(_next(coming))
                await self._doubt(name, batch, figures)
                total = await self._put(table, batch, writer, total)
                if self.progress:
                    every = sum(one.size for one in self.folder.tables)
                    self.progress(name, self.done + batch.done, every, self.rows + total.read)
        finally:
            await asyncio.gather(upcoming, return_exceptions=True)
        self.implausible += [
            Rejection(name, line, f.column, f.value, f.reason) for line, f in figures.doubts()
        ]
        self._as_typed(batches)
        self.done, self.rows = self.done + table.size, self.rows + total.read
        return replace(total, first=self.rejections.of(name))

    async def _doubt(self, file: str, batch: Batch, figures: Plausibility) -> None:
        """Keep what is hard to believe of the rows of a batch, by themselves and beside the store's."""
        await self._turnovers(batch, figures.kind)
        for row in batch.rows:
            line = batch.lines[row.identity]
            figures.take(line, row.values)
            seller = row.start if isinstance(row, RelationRow) and figures.kind is Supplies else ""
            if doubt := figures.beyond(row, self.turnover.get(seller)):
                self.implausible.append(Rejection(file, line, doubt.column, doubt.value, doubt.reason))
            if not issubclass(figures.kind, Relation) or not isinstance(row, RelationRow):
                continue
            if why := to_itself(figures.kind, (row.start, row.end)):
                self.implausible.append(Rejection(file, line, "", row.start, why))

    async def _turnovers(self, batch: Batch, kind: type[Node | Relation]) -> None:
        """Note what claims say of the turnover of organisations, and look up that of sellers."""
        if kind is Claim:
            for row in batch.rows:
                said, subject = row.values, str(row.values.get("subject") or "")
                value = said.get("value")  # a correction holds what it corrects only
                if value is not None and subject.startswith("org:") and said.get("metric") in TURNOVERS:
                    self.turnover[subject] = max(self.turnover.get(subject, 0.0), value)
        elif kind is Supplies:
            sellers = {row.start for row in batch.rows if isinstance(row, RelationRow)} - self.sellers
            self.sellers |= sellers
            for seller, value in (await turnovers(self.store, sellers)).items():
                self.turnover[seller] = max(self.turnover.get(seller, 0.0), value)

    def _as_typed(self, batches: Batches) -> None:
        """Show the doubtful figures of a table as they stand in it, with their units."""
        mine = {one.row for one in self.implausible if one.file == batches.file and one.column}
        if not mine:
            return
        rows = {row.line: row.texts for row in batches.lines.again() if row.line in mine}
        self.implausible = [
            replace(one, value=typed(batches.head, rows[one.row], one.column) or one.value)
            if one.file == batches.file and one.row in rows and one.column
            else one
            for one in self.implausible
        ]

    async def _put(self, table: Table, batch: Batch, writer: Writer, total: TableReport) -> TableReport:
        self.rejections.add(batch.rejections)
        self.taken.note(batch.taken)
        self.doubts += len(batch.warnings)
        self.warnings += batch.warnings[: _MOST_WARNINGS - len(self.warnings)]
        found = await writer.difference(table.kind, batch.rows, batch.defaults)
        located = await writer.difference(LocatedIn, batch.located, {}) if batch.located else None
        replaced = await self._origins(table.path.name, batch, found, located, writer)
        if self.seen is not None:
            corrected = self.origins.corrected.get(table.path.name, {})
            self.seen.note(table.path.name, batch.lines, found, located, corrected)
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
            replaced=total.replaced + replaced,
            rejected=total.rejected + batch.rejected,
            unread=total.unread + batch.unread,
        )

    async def _origins(
        self, file: str, batch: Batch, found: Change, located: Change | None, writer: Writer
    ) -> int:
        """Keep which row of a workbook wrote what, and take out what a row corrects; count that."""
        places, old = self.origins.places.get(file, {}), self.origins.corrected.get(file, {})
        moved = self.origins.corrected.get(f"{LocatedIn.label}.csv", {}) if located else {}
        whole = 0
        for change, before in ((found, old), (located, moved)):
            if change is None or not (places or before):
                continue
            lines = {row.identity: batch.lines[_own(change, row.identity)] for row in _asked(change, batch)}
            change.origins = {id: places[line] for id, line in lines.items() if line in places}
            gone = {line: before[line] for id, line in lines.items() if before.get(line, id) != id}
            gone = {line: id for line, id in gone.items() if not batch.says(id)}
            whole += await writer.replacing(change, gone.values()) if gone else 0
            for line, id in gone.items():
                if id in change.removed:
                    self.warnings.append(
                        Rejection(file, line, "", id, CORRECTED if self.load else TO_BE_CORRECTED)
                    )
        return whole

    async def _beat(self) -> None:
        if self.load and monotonic() - self.beat_at > BEAT:
            await self.store.write(beat(self.load))
            self.beat_at = monotonic()


def _as_there(brought: Missing, keys: Keys) -> None:
    """Let rows refer to what a load would bring beforehand, by id, name or other name."""
    keys.keep((id, True, None, 0, "") for id in brought.ids)
    keys.keep_names(
        (label, normalised(text), text, row["id"], True, own, 0, "")
        for label in COUNTRYS
        for row in brought.tables[label]
        for text, own in _called(row)
    )


def _called(row: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the name of a row that is brought, and its other names."""
    yield row["name"], True
    yield from ((alias, False) for alias in row.get("aliases", "").split("|") if alias)


def _asked(change: Change, batch: Batch) -> Sequence[AnyRow]:
    """The rows of a batch that a change was made of, changed or not."""
    return batch.rows if not (change.kind is LocatedIn and batch.located) else batch.located


def _own(change: Change, identity: str) -> str:
    """The identity of the row of our table that a row was made from."""
    return identity.partition(" ")[0] if change.kind is LocatedIn else identity


def _moved(found: Change, located: Change | None) -> int:
    """Count rows that say nothing new of the organisation itself, but of where it is."""
    counted = {row.identity for row in found.rows}
    starts = {r.identity.partition(" ")[0] for r in located.rows} if located else set[str]()
    return len(starts - counted)


async def _next(batches: AsyncIterator[Batch]) -> Batch | None:
    return await anext(batches, None)
