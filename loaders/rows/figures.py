"""Figures as people write them, numbers with their units, years and dates, become values."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from unicodedata import normalize

from graph.kinds.columns import Column
from graph.kinds.metrics import SPELLINGS, Metric, Unit

FIRST_YEAR, LAST_YEAR = 1900, 2100
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?([eE][+-]?\d{1,3})?")
_DATE = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?")
_BIGGEST = 1e18
_FACTORS = {text: (unit, Decimal(repr(factor))) for text, (unit, factor) in SPELLINGS.items()}
_RANGES = {"share": (0.0, 1.0), "longitude": (-180.0, 180.0), "latitude": (-90.0, 90.0)}


NUL = "\0"
"""No table holds it: of a CSV file it would be a sign that it is none."""
NO_NUL = "含空字节（U+0000），请删去"


class CellFault(ValueError):
    """A cell that can't be what its column wants; the message says what would be right."""


def number(text: str) -> Decimal:
    """Read a finite number; full-width digits and thousands separators are fine.

    >>> number("１，２３４.5")
    Decimal('1234.5')
    """
    plain = text if text.isascii() else normalize("NFKC", text)
    if not _NUMBER.fullmatch(plain):
        raise CellFault("应为数字，如 1234.5 或 1,234.5，不带单位")
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise CellFault("应为数字，如 1234.5") from None
    if abs(value) > _BIGGEST:
        raise CellFault("数字过大：绝对值应小于 10 的 18 次方")
    return value


def number_of(column: Column) -> Callable[[str], float]:
    """Make the reader of a column of numbers: its range, and whether they are whole."""
    low, high = _RANGES.get(column.name, (0.0, _BIGGEST))
    whole = column.type is int

    def read(text: str) -> float:
        percent = column.name == "share" and text.endswith(("%", "％"))
        value = number(text[:-1].strip()) / 100 if percent else number(text)
        if whole and value != int(value):
            raise CellFault("应为整数")
        if not low <= value <= high:
            raise CellFault(f"应在 {low:g} 至 {high:g} 之间" if column.name in _RANGES else "不能为负数")
        return int(value) if whole else float(value)

    return read


def year(text: str, *, ahead: bool = False) -> int:
    """Read a year that can be; after the current one only where the future is meant.

    >>> year("2024年")
    2024
    """
    plain = normalize("NFKC", text).removesuffix("年").removesuffix(".0")
    if not plain.isdecimal():
        raise CellFault(f"应为年份，如 2024（{FIRST_YEAR}–{LAST_YEAR}）")
    if not FIRST_YEAR <= int(plain[:9]) <= LAST_YEAR:
        raise CellFault(f"不可能的年份：应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间")
    if not ahead and int(plain) > (now := date.today().year):  # noqa: DTZ011 - the year where the office is
        raise CellFault(f"未来的年份：此列应不晚于今年（{now}）")
    return int(plain)


def day(text: str, *, ahead: bool = False) -> date:
    """Read a date; after the current year only where the future is meant.

    >>> day("2022年9月14日")
    datetime.date(2022, 9, 14)
    """
    found = _DATE.fullmatch(normalize("NFKC", text))
    if not found or (found[2], found[4]) not in {("-", "-"), ("/", "/"), (".", "."), ("年", "月")}:
        raise CellFault("应为日期，如 2022-09-14、2022/9/14 或 2022年9月14日")
    year(found[1], ahead=ahead)
    try:
        return date(int(found[1]), int(found[3]), int(found[5]))
    except ValueError:
        raise CellFault("不存在的日期：请检查月、日") from None


def spelling(text: str) -> str:
    """Keep a unit that people write; its metric decides whether it fits."""
    if text not in _FACTORS:
        raise CellFault(f"没有这种单位；可用：{'、'.join(_FACTORS)}")
    return text


def convert(metric: str, value: Decimal, unit: str) -> tuple[float, str]:
    """Bring a figure to the unit it is stored in; raise CellFault when it can't be one of the metric's.

    >>> convert("REVENUE", Decimal("2.3"), "亿元")
    (230000000.0, 'YUAN')
    """
    base, factor = _FACTORS[unit]
    known = Metric(metric)
    if base not in known.units:
        raise CellFault(f"{metric}（{known.words}）的单位应为 {_spellings(known.units)}")
    return float(value * factor), base.value


@lru_cache
def _spellings(units: tuple[Unit, ...]) -> str:
    return "、".join(text for text, (unit, _) in SPELLINGS.items() if unit in units and text != unit.value)
