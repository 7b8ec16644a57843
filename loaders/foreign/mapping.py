"""Foreign tables become ours by an adapter file, are loaded, and the report speaks of the foreign places."""

import asyncio
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.errors import BadInput, LoadRefused
from graph.kinds import NODE_OF
from graph.kinds.terms import OrganisationForm
from graph.store.store import Store
from loaders.csv.folder import digests
from loaders.differences import Spot
from loaders.foreign.adapter import Adapter, Cell, Condition, Entry, Source, meant
from loaders.foreign.adapter_file import read_adapter
from loaders.foreign.mapped_rows import IdsOf, OurTable, Trace, cell_of, origin, turns
from loaders.foreign.tables import Row, names, rows
from loaders.load import Progress, load_folder
from loaders.record import keep_report
from loaders.report import FIRST, Rejection, Rejections, Report, TableReport, TablesRefused, shown
from loaders.rows.forms import CellFault
from loaders.rows.names import replaced
from loaders.rows.organisations import organisation_id
from loaders.scratch import scratch


async def load_mapped(  # noqa: PLR0913 - options, each by name
    store: Store,
    folder: Path,
    adapter: Path,
    *,
    strict: bool = False,
    dry: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Load the foreign tables of a folder as an adapter file says.

    Raises BadInput for what is wrong with the adapter, LoadRefused when it makes no row, TablesRefused as
    `load_folder` does. Counts in the report are of our rows, places are those of the foreign tables.
    """
    with scratch() as made:
        mapping = Mapping(folder, made, read_adapter(adapter))
        mapping.run()
        refuse = strict and bool(mapping.rejected)
        foreign = [folder / name for name in dict.fromkeys(s.file for s in mapping.adapter.sources)]
        origin = await asyncio.to_thread(digests, [*foreign, adapter])
        try:
            report = await load_folder(
                store,
                made,
                strict=strict and not refuse,
                dry=dry or refuse,
                progress=progress,
                origin=origin,
            )
        except TablesRefused as refused:
            raise TablesRefused(str(refused), mapping.told(refused.report)) from None
        if refuse:
            raise TablesRefused("映射中有错误，严格模式下全部未装载", mapping.told(report))
        return await keep_report(store, mapping.told(report))


@dataclass(slots=True)
class Mapping:
    """One run of an adapter over a folder."""

    folder: Path
    made: Path
    adapter: Adapter
    tables: dict[str, OurTable] = field(default_factory=dict[str, OurTable])
    ids: IdsOf = field(default_factory=dict[tuple[str, str, str, str], str])
    found_by: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Columns that `find` looks in, by kind and file."""
    rejected: list[Rejection] = field(default_factory=list[Rejection])
    notes: list[str] = field(default_factory=list[str])

    def run(self) -> None:
        """Write our tables; raise BadInput for columns that aren't there, LoadRefused when no row is made."""
        for source in self.adapter.sources:
            self._check(source)
        self._settle_finds()
        with ExitStack() as files:
            self._open(files)
            for source in self.adapter.sources:
                self._source(source)
            if not any(table.traces for table in self.tables.values()):
                raise LoadRefused("映射没有得到任何行：请检查 file、when、each 与 drop")
            for entry in self.adapter.constants:
                self._entry(entry, Trace(entry.place.rsplit(":", 2)[0], 0, entry), {})

    def told(self, report: Report) -> Report:
        """Translate the places of a report, and add what the mapping itself found."""
        rejections = Rejections()
        rejections.add(self.rejected)
        rejections.add(self._foreign(found) for found in report.rejections)
        by_file: dict[str, list[Rejection]] = defaultdict(list)
        for found in self.rejected:
            by_file[found.file].append(found)
        own = [
            TableReport(file, "映射", "", read=len(found), rejected=len(found), first=tuple(found[:FIRST]))
            for file, found in by_file.items()
        ]
        tables = [replace(t, first=tuple(map(self._foreign, t.first))) for t in report.tables]
        return replace(
            report,
            tables=(*own, *tables),
            rejections=rejections,
            warnings=tuple(map(self._foreign, report.warnings)),
            notes=(*self._samples(report), *self.notes, *report.notes),
            implausible=tuple(map(self._foreign, report.implausible)),
            differences=report.differences and report.differences.seen_as(self._spot),
            taken=report.taken and report.taken.seen_as(self._spot),
        )

    def _samples(self, report: Report) -> Iterator[str]:
        """Show in a check how rows of ours come out."""
        if report.load is None:
            for label, table in self.tables.items():
                for cells in table.sample:
                    told = "，".join(f"{name}={shown(text)}" for name, text in cells.items())
                    yield f"映射所得 {label}：{told}"

    def _spot(self, file: str, line: int, column: str) -> Spot:
        found = self._foreign(Rejection(file, line, column, "", ""))
        return Spot(found.file, str(found.row))

    def _foreign(self, found: Rejection) -> Rejection:
        table = self.tables.get(found.file.removesuffix(".csv"))
        if table is None or found.row <= 1:
            return found
        trace = table.trace(found.row)
        cell = trace.entry.cells.get(found.column)
        column = (cell.column if cell else None) or trace.column or found.column
        reason, owing_to = (replaced(text, self._row) for text in (found.reason, found.owing_to))
        made = replace(found, file=trace.file, row=trace.line, column=column)
        return replace(made, reason=reason, owing_to=owing_to)

    def _row(self, file: str, line: int) -> str:
        table = self.tables.get(file.removesuffix(".csv"))
        trace = table.trace(line) if table and line > 1 else None
        return f"{trace.file} 第 {trace.line} 行" if trace else f"{file} 第 {line} 行"

    def _open(self, files: ExitStack) -> None:
        wanted: dict[str, list[str]] = defaultdict(list)
        for entry in (*self.adapter.constants, *(e for s in self.adapter.sources for e in s.entries)):
            wanted[entry.kind] += entry.cells
            if entry.kind == "Organisation":
                wanted[entry.kind].append("id")
        for label, columns in wanted.items():
            file = files.enter_context((self.made / f"{label}.csv").open("w", encoding="utf-8", newline=""))
            self.tables[label] = OurTable(list(dict.fromkeys(columns)), file)
            csv.writer(file, lineterminator="\n").writerow(self.tables[label].columns)

    def _check(self, source: Source) -> None:
        """Hold every foreign column that the adapter names against the table."""
        path = self._below(source)
        if not _is_there(path):
            there = sorted(found.name for found in self.folder.iterdir()) if self.folder.is_dir() else []
            raise BadInput(f"{source.place}：没有文件 {source.file}；{meant(source.file, there)}", "map")
        known = names(path)
        for place, column in _named(source):
            if column not in known:
                raise BadInput(f"{place}：{source.file} 没有列 “{column}”；{meant(column, known)}", "map")
        for entry in source.entries:
            if entry.each and not any(re.fullmatch(entry.each, name) for name in known):
                raise BadInput(f"{entry.place}：each “{entry.each}” 不合任何列名；{meant('', known)}", "map")

    def _below(self, source: Source) -> Path:
        """Find a table within the folder that is loaded: nothing else on this machine is read."""
        path = self.folder / source.file
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise BadInput(
                f"{source.place}：“{source.file}” 在文件夹 {self.folder} 之外：只读取其中的文件", "map"
            )
        return path

    def _source(self, source: Source) -> None:
        dropped: dict[Condition, int] = defaultdict(int)
        read = unused = 0
        for line, row, wrong in rows(self.folder / source.file):
            read += 1
            if wrong:
                self.rejected.append(Rejection(source.file, line, "", "", wrong))
            elif found := next((c for c in source.drop if c.holds(row)), None):
                dropped[found] += 1
            else:
                entries = [e for e in source.entries if all(c.holds(row) for c in e.when)]
                unused += not entries
                for entry in entries:
                    self._entry(entry, Trace(source.file, line, entry), row)
        told = [f"{source.file}：读入 {read:,} 行"]
        told += [f"按条件（{condition}）略去 {count:,} 行" for condition, count in dropped.items()]
        self.notes.append("，".join(told + ([f"{unused:,} 行不合任何 when，未用"] if unused else [])))

    def _entry(self, entry: Entry, trace: Trace, row: Row) -> None:
        for match, value in turns(entry, row):
            cells: dict[str, str] = {}
            faults: list[Rejection] = []
            for name, cell in entry.cells.items():
                try:
                    cells[name] = cell_of(cell, origin(cell, row, match, value), self.ids)
                except CellFault as fault:
                    column = cell.column or (match.string if match else name)
                    shown = row.get(column, "")
                    faults.append(Rejection(trace.file, trace.line, column, shown, str(fault)))
            if faults:
                self.rejected += faults
                continue
            if entry.kind in NODE_OF:
                self._identify(cells, trace, row)
            self.tables[entry.kind].put(cells, replace(trace, column=match.string if match else ""))

    def _identify(self, cells: dict[str, str], trace: Trace, row: Row) -> None:
        """Give an organisation its id as the loader would, and remember what a row is found by."""
        kind = trace.entry.kind
        if kind == "Organisation" and not cells.get("id") and cells.get("form") and cells.get("name"):
            cells["id"] = _minted({n: text for n, text in cells.items() if text}) or ""
        known = cells.get("id") or cells.get("name", "")
        for column in self.found_by.get((kind, trace.file), ()):
            if (text := row.get(column)) and known:
                key = (kind, trace.file, column, text)
                self.ids[key] = known if self.ids.get(key, known) == known else ""

    def _settle_finds(self) -> None:
        """Settle of which kind each `find` is, and which columns rows are found by."""
        made = {s.file: {e.kind for e in s.entries if e.kind in NODE_OF} for s in self.adapter.sources}
        for entry in (e for source in self.adapter.sources for e in source.entries):
            for name, cell in entry.cells.items():
                if cell.find:
                    of = cell.of or _found_kind(cell, made.get(cell.find[0], set()))
                    entry.cells[name] = replace(cell, of=of)
                    self.found_by[of, cell.find[0]].add(cell.find[1])


def _minted(cells: dict[str, str]) -> str | None:
    """Make an id of cells in the form of the tables; others the loader reads, and finds by name."""
    plain = not cells.get("region") or cells["region"].startswith("region:")
    return organisation_id(cells) if plain and cells["form"] in OrganisationForm else None


def _found_kind(cell: Cell, made: set[str]) -> str:
    """The kind that a `find` without `of` means: organisations, or the one kind that the file makes."""
    if "Organisation" in made or not made:
        return "Organisation"
    if len(made) > 1:
        kinds = "、".join(sorted(made))
        raise BadInput(f"{cell.place}：{(cell.find or ('',))[0]} 得到几种行（{kinds}）：请加 of: 种类", "map")
    return next(iter(made))


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file's
        return False


def _named(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the foreign columns that the adapter names, each with its place there."""
    conditions = (*source.drop, *(c for entry in source.entries for c in entry.when))
    yield from ((condition.place, condition.column) for condition in conditions)
    for entry in source.entries:
        yield from ((cell.place, cell.column) for cell in entry.cells.values() if cell.column)
