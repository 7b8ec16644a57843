"""A sheet of a workbook becomes the rows of a table: each cell as the loader reads it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from graph.kinds.columns import columns
from loaders.excel.sheet_header import sheet_header
from loaders.excel.sheet_table import Cell, Field, Line, Page, text_of
from loaders.excel.sheet_xml import Part
from loaders.excel.titles import (
    CORRECTS,
    IGNORED,
    MARK,
    MONEY,
    MONEY_UNIT,
    ORIGIN,
    Kind,
    is_money,
    split,
    titles,
)
from loaders.rows.figures import Figure, figure, written
from loaders.rows.forms import CellFault
from loaders.rows.unused import unused

_SEARCHED = 20
"""Rows among which the header must be."""
_NAMED = 10
"""How many of the rows that are struck through, or hidden, are named."""
_NOTE = re.compile(r"(备注|注\s*[:：]|合计|总计|小计|说明|填表|制表|审核|填报|单位负责人)")
_EXAMPLE = ("示例", "#")


def page(sheet: str, kind: Kind, rows: Iterable[list[Cell]], part: Part) -> Page:
    """Read a sheet; its rows count from its first row, whatever is empty."""
    made = Page(sheet, kind, trouble=part.trouble, hidden=part.hidden)
    if made.trouble:
        return made
    coming = enumerate(_filled(rows, part), 1)
    head = [row for _, row in zip(range(_SEARCHED), coming, strict=False)]
    header = sheet_header(kind, [row for _, row in head])
    if header is None:
        made.trouble = f"前 {_SEARCHED} 行中没有列名行：请保留模板的列名"
        return made
    made.header, made.fields = header
    made.notes += (
        f"{sheet}：{told}" for told in unused(_others(made), {t.words: str(t) for t in titles(kind).values()})
    )
    reader = _Reader(made, part)
    for number, row in chain(head[made.header :], coming):
        reader.take(number, row)
    reader.close()
    return made


def _others(made: Page) -> Iterator[str]:
    """Yield the heads that name no column, those aside that hold nothing anyway."""
    return (f.header for f in made.fields if not f.name and split(f.header)[0] not in IGNORED)


def _filled(rows: Iterable[list[Cell]], part: Part) -> Iterator[list[Cell]]:
    """Repeat what stands in a merged cell downwards in its first column."""
    ends = {(area.top, area.left): area.bottom for area in part.merges if area.bottom > area.top}
    starts = {top for top, _ in ends}
    held: list[tuple[int, int, Cell]] = []
    for number, row in enumerate(rows, 1):
        if held:
            held = [(bottom, place, value) for bottom, place, value in held if bottom >= number]
            for _, place, value in held:
                row[place] = value
        if number in starts:
            held += [
                (ends[number, place], place - 1, value)
                for place, value in enumerate(row, 1)
                if (number, place) in ends
            ]
        yield row


class _Reader:
    """Reads the rows below a header."""

    def __init__(self, made: Page, part: Part) -> None:
        self.made, self.part, kind = made, part, made.kind
        self.needed = {c.name for c in columns(kind) if not c.optional} - {"id", "grade"}
        self.mark, self.origin, self.corrects = (
            next((f.place for f in made.fields if f.header == head), None)
            for head in (MARK, ORIGIN, CORRECTS)
        )
        self.used = [f for f in made.fields if f.name]
        self.money = [f for f in self.used if is_money(kind, f.name)]
        self.named = [(f.place, f.name) for f in self.used]
        self.width = max((f.place for f in self.used), default=0) + 1
        self.void: list[int] = []
        """Rows that are struck through."""

    def take(self, number: int, row: list[Cell]) -> None:
        """Keep a row unless it is empty, an example, or a note below the table."""
        if number in self.part.broken:
            self.made.broken[number] = self.part.broken[number]
            return
        if len(row) < self.width:
            row = row + [None] * (self.width - len(row))
        texts: dict[str, str] = {}
        for place, name in self.named:
            cell = row[place]
            if text := cell.strip() if isinstance(cell, str) and "\r" not in cell else text_of(cell):
                texts[name] = text
        broken = self._broken(number) if self.part.unready else ()
        if not texts and not broken:
            self._stray(number, row)
            return
        struck = self._struck(number, texts)
        if self._aside(number, row, texts, struck):
            return
        line = Line(number, texts)
        line.origin, line.corrects = (
            "" if place is None or place >= len(row) else text_of(row[place])
            for place in (self.origin, self.corrects)
        )
        self._amounts(line, texts.pop(MONEY_UNIT, "").removesuffix("/年"))
        for f, reason in broken:
            line.refuse(f.name, "", reason)
        for name in struck:
            line.refuse(name, line.texts.get(name, ""), "划了删除线：作废请删去内容，有效请去掉删除线")
        self.made.lines.append(line)

    def _aside(self, number: int, row: list[Cell], texts: Mapping[str, str], struck: list[str]) -> bool:
        """Whether a row is an example, a note below the table, or crossed out; the last two are said."""
        if self.mark is not None and text_of(row[self.mark]).startswith(_EXAMPLE):
            return True
        first = next((text for cell in row if (text := text_of(cell))), "")
        if not self.needed <= texts.keys() and _NOTE.match(first):
            self._note(number, first)
            return True
        if len(struck) == len(texts) > 0:
            self.void.append(number)
            return True
        return False

    def close(self) -> None:
        """Say which rows were struck through, and what was read though Excel does not show it.

        What was crossed out holds no more; what is hidden was put aside to read more easily, and holds.
        """
        if self.void:
            told = f"整行划了删除线{_named(self.void)}：看作作废，未装载；有效请去掉删除线"
            self.made.notes.append(f"{self.made.sheet}：{len(self.void)} 行{told}")
        self.made.notes += (f"{self.made.sheet}：{told}" for told in self._unseen())

    def _unseen(self) -> Iterator[str]:
        """Say what of the rows that were read Excel does not show."""
        lines, columns_hidden = self.made.lines, self.part.hidden_columns
        if self.made.hidden and lines:
            yield f"这张工作表是隐藏的，其中 {len(lines)} 行照常读取；不要的请删去工作表"
        elif rows := [line.number for line in lines if line.number in self.part.hidden_rows]:
            yield f"{len(rows)} 行是隐藏或被筛选掉的{_named(rows)}，照常读取；不要的请删去"
        hidden = [f for f in self.used if any(a <= f.place + 1 <= z for a, z in columns_hidden)]
        if heads := [f.header for f in hidden if any(f.name in line.texts for line in lines)]:
            yield f"隐藏的列“{'、'.join(heads)}”照常读取；不要的请删去"

    def _struck(self, number: int, texts: dict[str, str]) -> list[str]:
        """Name the columns of a row whose cells are struck through."""
        places = self.part.struck.get(number, ())
        return [name for place, name in self.named if place + 1 in places and name in texts]

    def _amounts(self, line: Line, unit: str) -> None:
        for f in self.money:
            if text := line.texts.get(f.name):
                _money(line, f, text, unit)

    def _note(self, number: int, text: str) -> None:
        self.made.notes.append(f"{self.made.sheet} 第 {number} 行“{text[:30]}”看作说明或合计，未装载")

    def _stray(self, number: int, row: list[Cell]) -> None:
        """Report a row that says something only outside the table's columns."""
        text = next((t for cell in row if (t := text_of(cell))), "")
        if text and not text.startswith(_EXAMPLE):
            self._note(number, text)

    def _broken(self, number: int) -> list[tuple[Field, str]]:
        return [
            (
                f,
                f"公式结果是错误 {error}：请改正公式，或填写数值"
                if error
                else "公式没有已保存的结果：请在 Excel 中打开、重算并保存",
            )
            for f in self.used
            if (error := self.part.unready.get((number, f.place + 1))) is not None
        ]


def _named(rows: list[int]) -> str:
    """Name rows, so many that a line holds them."""
    return f"（第 {'、'.join(map(str, rows[:_NAMED]))}{' 等' if len(rows) > _NAMED else ''} 行）"


def _money(line: Line, f: Field, text: str, unit: str) -> None:
    """Bring an amount to yuan whose unit stands in a column of its own; the loader reads the header's."""
    head = f.unit.removesuffix("/年")
    if not unit and (not head or head in MONEY):
        return
    given = {u for u in (head, unit) if u}
    if unknown := given - MONEY.keys():
        line.refuse(f.name, text, f"不认识的单位“{'、'.join(sorted(unknown))}”；应为 {'、'.join(MONEY)} 之一")
    elif len(given) > 1:
        line.refuse(f.name, text, f"单位不一致：{'、'.join(sorted(given))}；应为 {'、'.join(MONEY)} 之一")
    elif not head:
        _in_yuan(line, f.name, text, unit)


def _in_yuan(line: Line, name: str, text: str, unit: str) -> None:
    try:
        found = figure(text)
    except CellFault:
        return
    if found.scale or found.unit:
        if found.written != unit:
            both = f"格内是“{found.written}”，单位列是“{unit}”"
            line.refuse(name, text, f"单位写了两处且不一致：{both}；请只留一处")
        return
    line.texts[name] = written(Figure(found.value * MONEY[unit], bound=found.bound))
