"""Rows that correct what an earlier load made of them: a mended name makes no second firm.

A row corrects when it is marked (更正), or when it comes from a workbook of rejected rows: its column 原行号
names the row, and the very file, that was loaded first. Each load keeps which row wrote what, until it is
undone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.edits.change import written_by
from graph.edits.upsert import ids_of_names, stored_nodes
from graph.kinds import Entity, Node, kind_of
from graph.kinds.columns import Record
from graph.kinds.relations import LocatedIn
from graph.store.store import Store
from loaders.excel.book_report import Book
from loaders.excel.sheet_table import Line, Page
from loaders.excel.titles import CORRECTS
from loaders.run import Origins

YES, NO = frozenset({"是", "√", "对", "yes", "y"}), frozenset({"", "否", "×", "no", "n"})
_ROW = re.compile(r"(?:(.+?):)?(\d{1,7})(@[0-9a-f]+)?")

type Tables = dict[str, tuple[Page, dict[int, int]]]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A row that corrects, and the row (`book.xlsx:12`, perhaps with the file's digest) that it corrects."""

    line: Line
    origin: str


@dataclass(slots=True)
class Corrections:
    """What the rows of a workbook correct."""

    store: Store
    book: Book
    old: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    """The identity of what a row corrects: by label (LOCATED_IN for where organisations are) and row."""

    async def find(self) -> None:
        """Find it, and give rows of entities the id of what they correct, so that it stays one.

        A mark that fits nothing is told, and the row is loaded as a new one.
        """
        for page in self.book.pages:
            marked = [] if page.trouble else list(self._marked(page))
            if not marked:
                continue
            if page.kind.label == "Organisation":
                self.old[LocatedIn.label] = await self._written(LocatedIn, marked)
            if issubclass(page.kind, Entity):
                await self._keep_ids(page, page.kind, marked)
            else:
                found = self.old[page.kind.label] = await self._written(page.kind, marked)
                for one in marked:
                    if one.line.number not in found:
                        self._lost(page, one)

    def origins(self, tables: Tables) -> Origins:
        """Say of the lines of our tables which rows they are, and what they correct."""
        made = Origins()
        for file, (page, places) in tables.items():
            lines = {number: line for line, number in places.items() if line > 1}
            made.places[file] = {
                lines[line.number]: self._origin(page, line) for line in page.lines if line.number in lines
            }
            labels = [page.kind.label, *([LocatedIn.label] if page.kind.label == "Organisation" else [])]
            for label in labels:
                if found := self.old.get(label):
                    made.corrected[f"{label}.csv"] = {lines[n]: id for n, id in found.items() if n in lines}
        return made

    def _marked(self, page: Page) -> Iterator[_Marked]:
        for line in page.lines:
            if row := _ROW.fullmatch(line.corrects):
                yield _Marked(line, f"{row[1] or self._file(page)}:{row[2]}{row[3] or ''}")
            elif line.corrects.lower() not in NO:
                yield _Marked(line, self._origin(page, line).partition("@")[0])
            elif _ROW.fullmatch(line.origin):
                yield _Marked(line, self._origin(page, line))

    def _origin(self, page: Page, line: Line) -> str:
        """The row that a row stood in first, and the digest of its file."""
        row = _ROW.fullmatch(line.origin)
        if row:
            return f"{row[1] or self._file(page)}:{row[2]}{row[3] or ''}"
        return self.book.origin(page.sheet, line.number)

    def _file(self, page: Page) -> str:
        return self.book.origin(page.sheet, 0).rpartition(":")[0]

    async def _written(self, kind: type[Record], marked: Sequence[_Marked]) -> dict[int, str]:
        wrote = await written_by(self.store, kind, {one.origin for one in marked})
        return {one.line.number: wrote[one.origin] for one in marked if one.origin in wrote}

    async def _keep_ids(self, page: Page, kind: type[Node], marked: Sequence[_Marked]) -> None:
        wrote = await self._written(kind, marked)
        for one in marked:
            if (named := await self._named(kind, one.line.corrects)) is not None:
                wrote[one.line.number] = named
        there = await stored_nodes(self.store, kind, wrote.values())
        for one in marked:
            number, id = one.line.number, wrote.get(one.line.number, "")
            if id in there and one.line.texts.get("id", id) == id:
                one.line.texts["id"] = id
                self.book.notes.append(f"{page.sheet} 第 {number} 行更正 {id}（{there[id].get('name')}）")
            else:
                self._lost(page, one)

    async def _named(self, kind: type[Node], text: str) -> str | None:
        """The id that a mark names, by itself or by its name; None when it does not name one."""
        if text.lower() in YES | NO or _ROW.fullmatch(text):
            return None
        if kind_of(text) is kind:
            return text
        found = (await ids_of_names(self.store, kind, [text])).get(text, [])
        return found[0] if len(found) == 1 else None

    def _lost(self, page: Page, one: _Marked) -> None:
        if one.line.corrects.lower() in NO:
            return
        self.book.notes.append(
            f"{page.sheet} 第 {one.line.number} 行的“{CORRECTS}”列为“{one.line.corrects}”："
            f"没有找到它要更正的行（{one.origin} 没有写入过，或已撤销），按新行装载"
        )
