"""What a load did: counts per table, every rejected row with its place, and what to look at."""

import csv
import re
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import LoadRefused
from loaders.csv.writing import inert
from loaders.differences import Differences
from loaders.taken import TakenForms

FIRST = 20
"""Rejections that are kept at hand for each table."""
_LONGEST_SHOWN = 60
_MAKE = (
    "CREATE TABLE rejection (file TEXT, row INTEGER, column TEXT, value TEXT, reason TEXT, "
    "owing_to TEXT, place TEXT, cause TEXT)"
)
_KEPT = "SELECT file, row, column, value, reason, owing_to FROM rejection"
_CAUSES = (
    "SELECT cause, count(*), min(rowid) FROM rejection WHERE owing_to = '' GROUP BY cause ORDER BY 2 DESC, 3"
)
_WAITING = (
    "SELECT owing_to, count(DISTINCT place) FROM rejection WHERE owing_to <> '' "
    "GROUP BY owing_to ORDER BY min(rowid)"
)
_OWN_WORDS = re.compile(r"“[^”]*”|[A-Za-z0-9_.:/|\\-]*[A-Za-z0-9][A-Za-z0-9_.:/|\\-]*")
_ASIDE = re.compile(r"（[^（）]*）")
_CELL = re.compile(r"![A-Z]*(\d+)(?::\d+)?$")
"""A cell or a row of a sheet, at the end of the name of its file."""
_FIRST_SENTENCE = re.compile(r"[；。？]|(?<=[^…])：")


@dataclass(frozen=True, slots=True)
class Rejection:
    """One thing that is wrong with a table: where, what stands there, and what would be right."""

    file: str
    row: int
    """The line it begins on, the header being 1; 0 means the whole file."""
    column: str
    """Empty: the whole row."""
    value: str
    reason: str
    owing_to: str = ""
    """The rejected row that this one only refers to."""

    def __str__(self) -> str:
        """Write it as one line for people.

        >>> str(Rejection("Town.csv", 3, "batch", "一", "应为整数"))
        'Town.csv:3:batch：“一”：应为整数'
        """
        row = str(self.row) if self.row else ""
        place = ":".join(part for part in (self.file, row, self.column) if part)
        return f"{place}：“{shown(self.value)}”：{self.reason}" if self.value else f"{place}：{self.reason}"


def shown(value: str) -> str:
    """Shorten a value for a message, and make control characters visible."""
    text = value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@dataclass(frozen=True, slots=True)
class Cause:
    """What several rejections have in common."""

    words: str
    """The reason without what belongs to one row alone."""
    count: int
    first: Rejection

    def __str__(self) -> str:
        """Write it as one line for people."""
        place = ":".join(part for part in (self.first.file, str(self.first.row or "")) if part)
        return f"{self.count:,} 处：{self.words}（如 {place}）"


def cause_of(reason: str) -> str:
    """Leave out of a reason what belongs to one row: its values, ids and numbers, and what would be right.

    >>> cause_of("没有名为“忻州县”的行政区划：本工作簿和库中都没有；是否应为 泽州县、忻州市？")
    '没有名为…的行政区划'
    >>> cause_of("与第 12 行的主体 org:a 的统一社会信用代码相同：请核对"), cause_of("应为日期，如 2022-09-14")
    ('与第…行的主体…的统一社会信用代码相同', '应为日期')
    """
    plain = _OWN_WORDS.sub("…", _ASIDE.sub("", reason))
    first = next((part for part in _FIRST_SENTENCE.split(plain) if part.strip("… ，")), plain)
    words = re.sub(r"\s*…[\s…、]*", "…", first.partition("，如")[0]).strip(" ，")
    return words or reason


def _row_of(found: Rejection) -> str:
    """Name the row of a rejection, whichever of its cells is at fault.

    >>> [_row_of(Rejection(f"酒曲.xlsx:供应!{cell}", 0, "", "", "")) for cell in ("C7", "7:7")]
    ['酒曲.xlsx:供应!7:0', '酒曲.xlsx:供应!7:0']
    """
    return f"{_CELL.sub(r'!\1', found.file)}:{found.row}"


class Rejections:
    """All rejections of a load, in a temporary file once they are many."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(_MAKE)
        self.close = weakref.finalize(self, self._database.close)
        """Give the temporary file back; also done when nobody holds the report any more."""

    def add(self, found: Iterable[Rejection]) -> None:
        """Keep some more."""
        rows = (
            (r.file, r.row, r.column, r.value, r.reason, r.owing_to, _row_of(r), cause_of(r.reason))
            for r in found
        )
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO rejection VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._database.execute("COMMIT")

    def of(self, file: str, most: int = FIRST) -> tuple[Rejection, ...]:
        """List the first of one file that are at fault themselves."""
        query = f"{_KEPT} WHERE file = ? AND owing_to = '' ORDER BY rowid LIMIT ?"
        return tuple(Rejection(*row) for row in self._database.execute(query, (file, most)))

    def __iter__(self) -> Iterator[Rejection]:
        """Yield all of them in the order they were found."""
        return (Rejection(*row) for row in self._database.execute(f"{_KEPT} ORDER BY rowid"))

    def causes(self) -> list[Cause]:
        """Group those at fault themselves by their cause, the most frequent first."""
        found = self._database.execute(_CAUSES).fetchall()
        return [Cause(words, count, self._at(rowid)) for words, count, rowid in found]

    def dependents(self) -> list[tuple[str, int]]:
        """List each row that others were rejected for, and how many they are."""
        return self._database.execute(_WAITING).fetchall()

    def grouped(self) -> Iterator[str]:
        """Write the causes, and under them the rows that others wait for, as lines for people."""
        yield from map(str, self.causes())
        for row, count in self.dependents():
            yield f"另有 {count:,} 行因所指的 {row} 被拒绝而未装载：改正后再装载即可"

    def _at(self, rowid: int) -> Rejection:
        return Rejection(*self._database.execute(f"{_KEPT} WHERE rowid = ?", (rowid,)).fetchone())

    def __len__(self) -> int:
        """Count them."""
        return self._database.execute("SELECT count(*) FROM rejection").fetchone()[0]


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table's rows."""

    file: str
    words: str
    encoding: str
    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    held: int = 0
    """Rows that a steward's ruling keeps out."""
    rejected: int = 0
    replaced: int = 0
    """Stored rows that rows of it corrected: they were taken out."""
    unread: int = 0
    """Cells that could not be read and were left unknown; their rows were loaded."""
    refused: bool = False
    """Nothing of it could be read as a table; `first` says why."""
    first: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Report:
    """What a load (or a check) did."""

    load: str | None
    """Its id; None for a check, which writes nothing."""
    tables: tuple[TableReport, ...]
    rejections: Rejections
    warnings: tuple[Rejection, ...]
    """Doubtful, yet loaded."""
    notes: tuple[str, ...]
    implausible: tuple[Rejection, ...] = field(default=(), kw_only=True)
    """Loaded, yet hard to believe."""
    differences: Differences | None = field(default=None, kw_only=True)
    """What a dry run would change, cell by cell; None for a load."""
    taken: TakenForms | None = field(default=None, kw_only=True)
    """Cells that were written in other forms than the tables'."""

    @property
    def clean(self) -> bool:
        """Whether nothing was rejected, and no cell left unknown."""
        return not any(table.rejected or table.refused or table.unread for table in self.tables)

    @property
    def written(self) -> int:
        """Count the rows that changed the store (or, in a check, would)."""
        return sum(table.new + table.changed for table in self.tables)

    def write_csv(self, path: Path) -> None:
        """Write every rejection as a table that Excel opens (UTF-8 with BOM)."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["文件", "行", "列", "值", "原因"])
            writer.writerows(
                (inert(r.file), r.row or "", inert(r.column), inert(r.value), r.reason)
                for r in self.rejections
            )

    def lines(self) -> Iterator[str]:
        """Say it in text, for a terminal or a log: doubts and causes first, then table by table."""
        if self.implausible:
            yield f"{'已装载而' if self.load else ''}难以置信的 {len(self.implausible):,} 处，请先核对："
            yield from (f"  {found}" for found in self.implausible[:FIRST])
            if len(self.implausible) > FIRST:
                yield f"  …… 此处只列前 {FIRST} 处"
        if len(self.rejections) > 1:
            spared = "或按不详装载" if any(table.unread for table in self.tables) else ""
            yield f"被拒绝{spared}的共 {len(self.rejections):,} 处，按原因："
            yield from (f"  {told}" for told in self.rejections.grouped())
        for table in self.tables:
            yield _summary(table)
            yield from (f"  {rejection}" for rejection in table.first)
            if table.rejected > len(table.first):
                yield f"  …… 共拒绝 {table.rejected} 行，此处列出 {len(table.first)} 条"
        if self.taken:
            yield from self.taken.lines()
        yield from (f"提示：{warning}" for warning in self.warnings)
        yield from (f"提示：{note}" for note in self.notes)
        if self.differences:
            yield "与图相比："
            yield from self.differences.lines()
        if self.taken and self.taken.each and self.taken.counts:
            yield "逐格读作："
            yield from self.taken.cells()


class TablesRefused(LoadRefused):
    """A strict load that found rejections: nothing was written, `report` lists them."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


def _summary(table: TableReport) -> str:
    told = "，".join(word for word in (table.words, table.encoding) if word)
    head = f"{table.file}（{told}）" if told else table.file
    if table.refused:
        return f"{head}：整表未装载"
    return (
        f"{head}：读入 {table.read} 行，新增 {table.new}，更新 {table.changed}，"
        f"未变 {table.same}，拒绝 {table.rejected}"
        + (f"，按裁定未写入 {table.held}" if table.held else "")
        + (f"，更正撤下 {table.replaced}" if table.replaced else "")
        + (f"，读不出而按不详装载 {table.unread} 格" if table.unread else "")
    )
