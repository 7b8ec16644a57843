"""Tables made from exported files: our CSV while it is written, and where each of its lines comes from."""

import csv
import sqlite3
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from graph.kinds.columns import columns
from loaders.differences import Spot
from loaders.export.exported_row import Found, Kind, Wrong
from loaders.report import FIRST, Rejection, Rejections, Report, TableReport
from loaders.rows.figures import NO_NUL, NUL
from loaders.rows.names import replaced

type Read = Callable[[Path], Iterator[Found]]


_MAKE = "CREATE TABLE place (label TEXT, line INTEGER, file TEXT, place TEXT, PRIMARY KEY (label, line))"
_PLACE = "SELECT file, place FROM place WHERE label = ? AND line <= ? ORDER BY line DESC LIMIT 1"


class LineOrigins:
    """Files and places of made lines by kind and line, in a temporary file once they are many."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(_MAKE)
        self._database.execute("BEGIN")
        self.close = weakref.finalize(self, self._database.close)

    def add(self, label: str, line: int, file: str, place: str) -> None:
        """Keep where a row comes from; it may run on over further lines."""
        self._database.execute("INSERT INTO place VALUES (?, ?, ?, ?)", (label, line, file, place))

    def of(self, label: str, line: int) -> tuple[str, str] | None:
        """Find the file and place of the row on a line."""
        return self._database.execute(_PLACE, (label, line)).fetchone()


@dataclass(slots=True)
class MadeTables:
    """Our tables while they are written, and where each of their lines comes from."""

    made: Path
    rows: int = 0
    rejected: int = 0
    """Rows that became none of ours."""
    counts: Counter[str] = field(default_factory=Counter[str])
    """Rejected rows by file."""
    refused: Rejections = field(default_factory=Rejections)
    lost: list[str] = field(default_factory=list[str])
    """Ids of rejected rows: what refers to them is told so."""
    _files: ExitStack = field(default_factory=ExitStack)
    _writers: dict[Kind, Any] = field(default_factory=dict[Any, Any])
    _lines: dict[Kind, int] = field(default_factory=dict[Any, int])
    _names: dict[Kind, str] = field(default_factory=dict[Any, str])
    _origins: LineOrigins = field(default_factory=LineOrigins)

    def close(self) -> None:
        """Close what is still open; the places stay for whoever holds the report."""
        self._files.close()

    def take(self, files: Sequence[Path], read: Read) -> None:
        """Write every sound row to the table of its kind."""
        with self._files:
            for path in files:
                for found in read(path):
                    self._keep(path.name, found)

    def _keep(self, file: str, found: Found) -> None:
        found.wrong += (Wrong(name, text, NO_NUL) for name, text in found.texts.items() if NUL in text)
        if found.kind is None or found.wrong:
            self.rejected += 1
            self.counts[file] += 1
            self.refused.add(_placed(file, found.place, w.column, w.value, w.reason) for w in found.wrong)
            self._lose(found, file)
            return
        kind = found.kind
        if kind not in self._writers:
            self._open(kind, file)
        values = [found.texts.get(c.name, "") for c in columns(kind)]
        line = self._lines[kind]
        self._origins.add(kind.label, line, file, found.place)
        self._lines[kind] = line + 1 + sum(value.count("\n") for value in values)
        self._writers[kind].writerow(values)
        self.rows += 1

    def _lose(self, found: Found, file: str) -> None:
        if found.kind and (id := found.texts.get("id")):
            self.lost.append(id)
            self._names.setdefault(found.kind, file)

    def _open(self, kind: Kind, file: str) -> None:
        path = self.made / f"{kind.label}.csv"
        opened = self._files.enter_context(path.open("w", encoding="utf-8", newline=""))
        self._writers[kind] = csv.writer(opened, lineterminator="\n")
        self._writers[kind].writerow([c.name for c in columns(kind)])
        self._lines[kind], self._names[kind] = 2, file

    def first(self, most: int) -> list[Rejection]:
        """List the first rows that became none of ours."""
        return [found for found, _ in zip(self.refused, range(most), strict=False)]

    def told(self, report: Report) -> Report:
        """Translate the places of a report, and add what became no row of ours."""
        every = Rejections()
        every.add(self.refused)
        every.add(map(self._original, report.rejections))
        own = [
            TableReport(file, "未读成行", "", read=n, rejected=n, first=_of(self.refused, file))
            for file, n in self.counts.items()
        ]
        tables = [
            replace(t, file=self._named(t.file), encoding="", first=tuple(map(self._original, t.first)))
            for t in report.tables
        ]
        return replace(
            report,
            tables=(*own, *tables),
            rejections=every,
            warnings=tuple(map(self._original, report.warnings)),
            differences=report.differences and report.differences.seen_as(self._spot),
            taken=report.taken and report.taken.seen_as(self._spot),
        )

    def _named(self, text: str) -> str:
        """Put the names of the files that were given in the place of our tables'."""
        for kind, file in self._names.items():
            text = text.replace(f"{kind.label}.csv", file)
        return text

    def _of(self, file: str, line: int) -> tuple[str, str]:
        return self._origins.of(file.removesuffix(".csv"), line) or (file, str(line))

    def _original(self, found: Rejection) -> Rejection:
        file, place = self._of(found.file, found.row)
        reason, owing_to = (self._named(replaced(text, self._row)) for text in (found.reason, found.owing_to))
        return replace(_placed(file, place, found.column, found.value, reason), owing_to=owing_to)

    def _row(self, file: str, line: int) -> str:
        where, place = self._of(file, line)
        return f"{where} 第 {place} 行" if place.isdecimal() else f"{where} 的 {place}"

    def _spot(self, file: str, line: int, _column: str) -> Spot:
        return Spot(*self._of(file, line))


def _placed(file: str, place: str, column: str, value: str, reason: str) -> Rejection:
    """Name a line or row by its number, and what has an id by that."""
    if place.isdecimal():
        return Rejection(file, int(place), column, value, reason)
    return Rejection(f"{file}:{place}" if place else file, 0, column, value, reason)


def _of(refused: Rejections, file: str) -> tuple[Rejection, ...]:
    named = (r for r in refused if r.file == file or r.file.startswith(f"{file}:"))
    return tuple(r for r, _ in zip(named, range(FIRST), strict=False))
