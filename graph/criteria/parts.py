"""A JSON document, read part by part: each part knows its path, and all faults are kept."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from typing import Any

from graph.errors import InvalidRule

LONGEST_TEXT = 100_000
"""Characters of a document."""
_LONGEST_WORDS = 500
_LONGEST_SHOWN = 60
_SAFE_DIGITS = 15
_FEW = 12


class Fields(dict[str, object]):
    """A JSON object that remembers which of its keys were written twice."""

    def __init__(self, pairs: Sequence[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


@dataclass(frozen=True, slots=True)
class Value:
    """A part of the document, its path, and the list that faults go to."""

    data: object
    path: tuple[str, ...]
    faults: list[InvalidRule]

    def refuse(self, message: str) -> None:
        """Keep a fault of this part."""
        self.faults.append(InvalidRule(message, *self.path))

    def fields(
        self, allowed: Iterable[str], needed: Iterable[str] = (), noun: str = "键"
    ) -> "dict[str, Value] | None":
        """Read an object, refusing keys that are not allowed, twice there, or missing."""
        if not isinstance(self.data, Fields):
            return self.refuse(f"应为对象 {{…}}，而不是 {shown(self.data)}")
        names = list(allowed)
        for key in self.data.twice:
            self._at(key).refuse(f"{noun} “{key}” 写了两次，应只留一个")
        for key in self.data:
            if key not in names:
                self._at(key).refuse(f"未知的{noun} “{key}”{hint(key, names)}")
        for name in needed:
            if name not in self.data:
                self.refuse(f"缺少 “{name}”")
        return {name: self._at(name) for name in names if name in self.data}

    def keys(self) -> list[str]:
        """List the keys of an object; none of anything else."""
        return list(self.data) if isinstance(self.data, Fields) else []

    def items(self) -> "list[Value]":
        """Read a list that is not empty; an empty or other value is a fault."""
        if not isinstance(self.data, list):
            self.refuse(f"应为列表 […]，而不是 {shown(self.data)}")
            return []
        if not self.data:
            self.refuse("列表为空，应至少有一项")
        return [
            Value(item, (*self.path[:-1], f"{self.path[-1]}[{i}]"), self.faults)
            for i, item in enumerate(self.data)
        ]

    def text(self) -> str | None:
        """Read text of people: not blank, no control characters, not endless."""
        if not isinstance(self.data, str) or not self.data.strip():
            return self.refuse(f"应为非空文字，而不是 {shown(self.data)}")
        if len(self.data) > _LONGEST_WORDS:
            return self.refuse(f"文字有 {len(self.data)} 字，最多 {_LONGEST_WORDS} 字")
        if not "".join(self.data.split()).isprintable():
            return self.refuse(f"文字含不可显示的字符：{shown(self.data)}")
        return self.data

    def truth(self) -> bool | None:
        """Read true or false."""
        if isinstance(self.data, bool):
            return self.data
        return self.refuse(f"应为 true 或 false，而不是 {shown(self.data)}")

    def number(self, low: float, high: float, *, whole: bool = False, note: str = "") -> float | None:
        """Read a finite number between two bounds, both allowed."""
        if isinstance(self.data, bool) or not isinstance(self.data, int | float):
            return self.refuse(f"应为数字，而不是 {shown(self.data)}")
        if not isfinite(self.data):
            return self.refuse(f"应为有限的数字，而不是 {shown(self.data)}")
        if not low <= self.data <= high:
            return self.refuse(f"{shown(self.data)} 超出范围，应{span(low, high)}{note}")
        if whole and self.data != int(self.data):
            return self.refuse(f"应为整数，而不是 {shown(self.data)}")
        return int(self.data) if whole else self.data

    def one_of(self, choices: Iterable[str]) -> str | None:
        """Read a value of a closed list."""
        known = list(choices)
        if isinstance(self.data, str) and self.data in known:
            return self.data
        near = hint(self.data, known) if isinstance(self.data, str) else f"；可用：{'、'.join(known)}"
        return self.refuse(f"{shown(self.data)} 不在可用值内{near}")

    def _at(self, key: str) -> "Value":
        data = self.data[key] if isinstance(self.data, Fields) else None
        return Value(data, (*self.path, key), self.faults)


def read(text: str, path: tuple[str, ...], faults: list[InvalidRule]) -> Value | None:
    """Read JSON text; text that is not JSON, or too long for a rule of people, is one fault."""
    if len(text) > LONGEST_TEXT:
        faults.append(InvalidRule(f"规则有 {len(text):,} 字符，最多 {LONGEST_TEXT:,} 字符", *path))
        return None
    try:
        data = json.loads(text, object_pairs_hook=Fields, parse_int=_integer)
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列"
        faults.append(InvalidRule(f"不是合法的 JSON：{place}附近有误（{error.msg}）", *path))
    except RecursionError:
        faults.append(InvalidRule("不是合法的规则：JSON 嵌套过深", *path))
    else:
        return Value(data, path, faults)
    return None


def hint(wrong: str, names: Iterable[str]) -> str:
    """Say which name was probably meant, or which there are."""
    known = list(names)
    near = get_close_matches(wrong.lower(), {name.lower() for name in known}, 1)
    if near:
        meant = next(name for name in known if name.lower() == near[0])
        return f"；是否应为 “{meant}”？"
    return (
        f"；可用：{'、'.join(known[:_FEW])}{' 等' if len(known) > _FEW else ''}" if known else "，这里不能写"
    )


def shown(data: Any) -> str:
    """Show a value of the document in a message, shortened."""
    try:
        text = json.dumps(data, ensure_ascii=False)
        text = text if text.isprintable() else json.dumps(data)
    except RecursionError:
        return "嵌套过深的值"
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def span(low: float, high: float) -> str:
    """Say what lies between two bounds."""
    return f"不小于 {low:g}" if high == float("inf") else f"在 {low:g} 至 {high:g} 之间"


def _integer(digits: str) -> float:
    """Read a whole number; one too long to be exact becomes a float, so that none is endless."""
    return int(digits) if len(digits) <= _SAFE_DIGITS else float(digits)
