"""A sheet of a workbook becomes the rows of a table: each cell as the loader reads it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from unicodedata import normalize

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
from loaders.rows.figures import CellFault
from loaders.rows.figures import number as figure
from loaders.rows.unused import unused

_SEARCHED = 20
"""Rows among which the header must be."""
_WIDE = re.compile("[\uff01-\uff5e]")
_HAN = re.compile("[\u4e00-\u9fff]")
_PLAIN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,10})?")
_NAMED = 3
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_NOTE = re.compile(r"(备注|注\s*[:：]|合计|总计|小计|说明|填表|制表|审核|填报|单位负责人)")
_WITH_UNIT = re.compile(r"(.*?)(亿元|百万元|万元|千元|元)")
_EXAMPLE = ("示例", "#")


def page(sheet: str, kind: Kind, rows: Iterable[list[Cell]], part: Part) -> Page:
    """Read a sheet; its rows count from its first row, whatever is empty."""
    made = Page(sheet, kind, trouble=part.trouble)
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
    if rows_of := reader.undated:
        first = "、".join(rows_of[:_NAMED])
        made.notes.append(f"{sheet}：{len(rows_of)} 个日期没有写日（第 {first} 行等），按 1 日装载")
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
        self.dates = {c.name for c in columns(kind) if c.type is date}
        self.free = {
            c.name
            for c in columns(kind)
            if c.type is str and not c.ref and c.name not in {"id", "from", "to"}
        }
        self.years = {c.name for c in columns(kind) if c.year}
        self.money = {c.name for c in columns(kind) if is_money(kind, c.name)}
        units = {f.name: f.unit.removesuffix("/年") for f in made.fields}
        self.factors = {name: MONEY[unit] for name, unit in units.items() if unit in MONEY}
        self.mark, self.origin, self.corrects = (
            next((f.place for f in made.fields if f.header == head), None)
            for head in (MARK, ORIGIN, CORRECTS)
        )
        self.used = [f for f in made.fields if f.name]
        self.undated: list[str] = []
        """Rows of dates that name no day."""
        self.named = [(f.place, f.name) for f in self.used]
        self.settled = [f for f in self.used if f.name not in self.free]
        self.width = max((f.place for f in self.used), default=0) + 1

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
        if self.mark is not None and text_of(row[self.mark]).startswith(_EXAMPLE):
            return
        if not self.needed <= texts.keys():
            first = next((text for cell in row if (text := text_of(cell))), "")
            if _NOTE.match(first):
                self._note(number, first)
                return
        line = Line(number, texts)
        self._settle(line, row)
        line.origin, line.corrects = (
            "" if place is None or place >= len(row) else text_of(row[place])
            for place in (self.origin, self.corrects)
        )
        for f, reason in broken:
            line.refuse(f.name, "", reason)
        self.made.lines.append(line)

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

    def _settle(self, line: Line, row: list[Cell]) -> None:
        """Bring the texts of one row into the form of the tables."""
        texts = line.texts
        unit = texts.pop(MONEY_UNIT, "")
        for f in self.settled:
            name, cell = f.name, row[f.place]
            text = texts.get(name)
            if text is None:
                continue
            if name in self.money:
                self._money(line, f, text, unit)
            elif name in self.dates or (name in self.years and isinstance(cell, date)):
                texts[name] = self._day(line.number, name, text, cell)
            elif f.unit == "%" and name == "share" and not text.endswith(("%", "％")):
                texts[name] = f"{text}%"
            elif not text.isascii() and _WIDE.search(text) and not _HAN.search(text):
                texts[name] = normalize("NFKC", text)

    def _money(self, line: Line, f: Field, text: str, unit: str) -> None:
        if not unit and (factor := self.factors.get(f.name)) and _PLAIN.fullmatch(text):
            line.texts[f.name] = _decimal(Decimal(text) * factor) if "." in text else str(int(text) * factor)
            return
        plain = text if text.isascii() else normalize("NFKC", text)
        own = _WITH_UNIT.fullmatch(plain)
        written = {own[2]} if own else {u.removesuffix("/年") for u in (f.unit, unit) if u}
        unknown = written - MONEY.keys()
        if unknown or len(written) > 1:
            right = (
                f"不认识的单位“{'、'.join(sorted(unknown))}”"
                if unknown
                else f"单位不一致：{'、'.join(sorted(written))}"
            )
            line.refuse(f.name, text, f"{right}；应为 {'、'.join(MONEY)} 之一")
            return
        factor = MONEY[written.pop()] if written else 1
        try:
            line.texts[f.name] = _decimal(figure(own[1].strip() if own else plain) * factor)
        except CellFault as fault:
            line.refuse(f.name, text, str(fault))

    def _day(self, number: int, name: str, text: str, cell: Cell) -> str:
        if name in self.years:
            return str(cell.year) if isinstance(cell, date) and name not in self.dates else text
        if found := _MONTH.fullmatch(normalize("NFKC", text)):
            self.undated.append(f"{number}")
            return f"{found[1]}-{found[2]}-1"
        return text


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
