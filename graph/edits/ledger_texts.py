"""What may stand in a ledger: how long its texts are, which signs they hold, which dates follow which."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from graph.errors import Problem, Unfit
from graph.kinds.columns import Column, columns
from graph.kinds.stages import Ledger

LONGEST = {"name": 200, "reason": 1_000, "text": 1_000, "by": 100, "requestId": 100}
"""Signs that each text may have."""
YEARS = range(1949, 2101)
_BREAKS = "\n\t"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows: a text would not read as it is stored."""


@dataclass(slots=True)
class Complaints:
    """All that is wrong with one change, so that it is told at once."""

    found: list[Problem] = field(default_factory=list[Problem])

    def add(self, message: str, *path: str, code: str | None = None) -> None:
        """Note one."""
        where = ".".join(path)
        self.found.append(Problem(f"{where}：{message}", path, *([code] if code else ())))

    def settle(self) -> None:
        """Raise Unfit when there is any."""
        if self.found:
            raise Unfit(self.found)


def text(given: str | None, complaints: Complaints, *path: str, required: str = "") -> str | None:
    """Take a text without blanks around it; an empty one is none, refused where it is `required` (why)."""
    clean = (given or "").strip()
    if not clean:
        if required:
            complaints.add(f"不能为空：{required}", *path)
        return None
    most = LONGEST.get(path[-1], LONGEST["reason"])
    if len(clean) > most:
        complaints.add(f"{len(clean):,} 字，最多 {most:,} 字", *path)
    lines = path[-1] in {"reason", "text"}
    for place, sign in enumerate(clean, 1):
        if _unfit(sign) and not (lines and sign in _BREAKS):
            complaints.add(f"第 {place} 个字是控制字符 U+{ord(sign):04X}：请删去", *path)
            break
    return clean


def _unfit(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"} or sign in _TURNING


def checked(ledger: Ledger, values: Mapping[str, Any], complaints: Complaints, *path: str) -> dict[str, Any]:
    """Check new cells of an item, by column; what is wrong is noted."""
    known = {column.name: column for column in columns(ledger.kind)}
    return {
        name: _cell(ledger, known[name], value, complaints, (*path, name)) for name, value in values.items()
    }


def _cell(ledger: Ledger, column: Column, value: Any, complaints: Complaints, path: tuple[str, ...]) -> Any:
    if column.type is str and column.name != "evidence":
        why = f"请写明{ledger.name.words}的{column.words}"
        return text(value, complaints, *path, required="" if column.optional else why)
    if value is None:
        if not column.optional:
            complaints.add(f"不能为空：请给出{column.words}", *path)
    elif column.year and value not in YEARS:
        complaints.add(f"{value} 不是年份：应在 {YEARS.start} 到 {YEARS.stop - 1} 之间", *path)
    elif column.type is float and not (isfinite(value) and value >= 0):
        complaints.add(f"{value:g} 不是金额：应为不小于 0 的数（元）", *path)
    elif column.type is date and value.year not in YEARS:
        complaints.add(f"{value} 不可信：年份应在 {YEARS.start} 到 {YEARS.stop - 1} 之间", *path)
    return value


def in_order(ledger: Ledger, cells: Mapping[str, Any], complaints: Complaints, *path: str) -> None:
    """Note dates of an item that are out of order."""
    words = {column.name: column.words.partition("；")[0] for column in columns(ledger.kind)}
    for earlier, later in _out_of_order(ledger, cells):
        told = f"{words[later]} {cells[later]} 早于{words[earlier]} {cells[earlier]}：应不早于它"
        complaints.add(told, *path, later)


def _out_of_order(ledger: Ledger, cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for earlier, later in ledger.order:
        first, last = cells.get(earlier), cells.get(later)
        if first is not None and last is not None and str(first)[:10] > str(last)[:10]:
            yield earlier, later
