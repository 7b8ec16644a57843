"""Where the header of a sheet is, and which columns of the table its cells name."""

import re
from unicodedata import normalize

from loaders.excel.sheet_table import Cell, Field, text_of
from loaders.excel.titles import Kind, names, split

_UNITS = re.compile(
    r"[((]?(单位[::])?(元|千元|万元|百万元|亿元|吨|万吨|件|%|年|人|户|亩|[年月日./-]+)(/年)?[))]?"
)


def sheet_header(kind: Kind, rows: list[list[Cell]]) -> tuple[int, list[Field]] | None:
    """Find the row that names most columns, and the rows below it that belong to it."""
    known = [_known(kind, row) for row in rows]
    most = max(known, default=0)
    if not most:
        return None
    at = known.index(most)
    fields = _fields(kind, rows[at], rows[at - 1] if at else [])
    last = at + 1
    while last < len(rows) and (known[last] > 1 or _units(rows[last])):
        fields = _with_units(fields, rows[last])
        last += 1
    return last, fields


def _known(kind: Kind, row: list[Cell]) -> int:
    return sum(1 for cell in row if isinstance(cell, str) and split(cell)[0] in names(kind))


def _units(row: list[Cell]) -> bool:
    texts = [text_of(cell) for cell in row if cell not in ("", None)]
    return (
        bool(texts)
        and all(isinstance(c, str) for c in row if c is not None)
        and all(_UNITS.fullmatch(normalize("NFKC", text)) for text in texts)
    )


def _with_units(fields: list[Field], row: list[Cell]) -> list[Field]:
    told = {
        place: normalize("NFKC", text_of(cell)).strip("()").removeprefix("单位:")
        for place, cell in enumerate(row)
    }
    return [
        Field(f.place, f.header, f.name, told[f.place])
        if told.get(f.place) and not f.unit and _units([row[f.place]])
        else f
        for f in fields
    ]


def _fields(kind: Kind, row: list[Cell], above: list[Cell]) -> list[Field]:
    """Name the columns; a header that says nothing by itself is read with the one above it."""
    found: list[Field] = []
    for place, cell in enumerate(row):
        header = text_of(cell)
        over = text_of(above[place]) if place < len(above) else ""
        words, unit = split(header)
        name = names(kind).get(words) or (over and names(kind).get(split(over + header)[0]))
        if not name and over and (not header or _UNITS.fullmatch(normalize("NFKC", header))):
            header, name = over, names(kind).get(split(over)[0])
            unit = words or split(over)[1]
        if name or header:
            found.append(Field(place, header, name or "", unit))
    return found
