"""The text of a cell becomes a value of its column, or a sentence that says what would be right."""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import Any

from graph.kinds import NODE_OF, NODES, Node, Relation, kind_of
from graph.kinds.columns import Column
from graph.kinds.credit_code import LENGTH, fault
from graph.kinds.facts import Ruling
from graph.kinds.terms import Term
from loaders.rows.figures import CellFault, day, number_of, year

type Reader = Callable[[str], Any]

LONGEST_NAME, LONGEST_TEXT, LONGEST_ID = 200, 10_000, 200
_ID = re.compile(r"[a-z]+:[A-Za-z0-9.:_-]+")
_CODE = re.compile(rf"[0-9A-Z]{{{LENGTH}}}")
UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffd]")
"""Control characters, and what stands for a damaged one."""
_SCIENTIFIC = re.compile(r"\d\.\d+[eE]\+?1\d")
_LIST_PIECE = re.compile(r"\\[|\\]|[^|\\]+|[|\\]")
_CODED = ("Region", "Industry")
_SPOKEN_OF = tuple(k.label for k in NODES if k is not Ruling)
"""What a claim may be about."""
_TRUTHS = {"true": True, "false": False, "1": True, "0": False, "是": True, "否": False}


def called(kind: type[Node | Relation]) -> str:
    """Name a kind in a message, without what its words explain.

    >>> called(NODE_OF["Town"])
    '专业镇'
    """
    return kind.words.partition("：")[0].partition("（")[0]


def reader(kind: type[Node | Relation], column: Column) -> Reader:
    """Make the function that reads a column's cells."""
    if column.many:
        return _list_of(_plain(kind, column))
    read = _plain(kind, column)
    free = column.type is str and not column.ref and column.name != "id"
    return read if free else lru_cache(4096)(read)


def ids_of(labels: tuple[str, ...]) -> Reader:
    """Make a reader of ids of some kinds; a credit code may stand for an organisation."""
    kinds = [NODE_OF[label] for label in labels]
    coded = "Organisation" in labels
    allowed = "、".join(f"{k.prefix}:…（{called(k)}）" for k in kinds)

    def read(text: str) -> str:
        if coded and _CODE.fullmatch(text):
            return _sound_code(text)
        found = kind_of(_id(text))
        if found in kinds:
            return text
        raise CellFault(f"这里应为 {allowed}" + ("，或统一社会信用代码" if coded else ""))

    return read


def _plain(kind: type[Node | Relation], column: Column) -> Reader:
    if column.name == "id" and issubclass(kind, Node):
        return _own_id(kind)
    if column.ref:
        return ids_of(_SPOKEN_OF if column.ref == "*" else (column.ref,))
    if issubclass(kind, Relation) and column.name in ("from", "to"):
        return ids_of(tuple(dict.fromkeys(pair[column.name == "to"] for pair in kind.ends)))
    if column.code == "uscc":
        return _sound_code
    if issubclass(column.type, Term):
        return _term_of(column.type)
    return _by_type(column)


def _by_type(column: Column) -> Reader:
    if column.year or column.type is date:
        return partial(year if column.year else day, ahead=column.ahead)
    return _BY_NAME.get(column.name) or _BY_TYPE.get(column.type) or number_of(column)


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise CellFault("不是标识：应为 种类:名，如 town:dingxiang-flange，只用字母、数字和 . : _ -")
    if len(text) > LONGEST_ID:
        raise CellFault(f"标识过长：{len(text)} 字，最多 {LONGEST_ID} 字")
    return text


def _own_id(kind: type[Node]) -> Reader:
    def read(text: str) -> str:
        if not _id(text).startswith(f"{kind.prefix}:"):
            raise CellFault(f"{kind.label} 表的标识应以 {kind.prefix}: 开头")
        if kind.label not in _CODED and text != text.lower():
            raise CellFault(f"标识应为小写：{text.lower()}")
        return text

    return read


def _sound_code(text: str) -> str:
    if wrong := fault(text):
        mangled = _SCIENTIFIC.fullmatch(text)
        raise CellFault("疑似被 Excel 改成科学记数：请把该列设为文本后重填" if mangled else wrong)
    return text


def _term_of(terms: type[Term]) -> Reader:
    known = {term.value: term.value for term in terms}
    spoken = {**known, **{w: t.value for t in terms for w in (t.words, t.words.partition("（")[0])}}

    def read(text: str) -> str:
        value = spoken.get(text)
        if value is None:
            close = get_close_matches(text.upper(), known, 1) or get_close_matches(text, spoken, 1)
            meant = f"是否应为 {close[0]}？" if close else ""
            words = "、".join(f"{t.value}（{t.words}）" for t in terms)
            raise CellFault(f"不在可用值内；{meant}可用：{words}")
        return value

    return read


def _truth(text: str) -> bool:
    value = _TRUTHS.get(text.lower())
    if value is None:
        raise CellFault("应为 true、false、1、0、是、否 之一")
    return value


def _text(longest: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > longest:
            raise CellFault(f"过长：{len(text)} 字，最多 {longest:,} 字")
        if found := UNSHOWN.search(text):
            raise CellFault(f"含不可显示的字符 U+{ord(found[0]):04X}（第 {found.start() + 1} 字），请删去")
        return text

    return read


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise CellFault("应为网址，以 http:// 或 https:// 开头")
    return _text(LONGEST_TEXT)(text)


def _list_of(read: Reader) -> Reader:
    def read_all(text: str) -> list[Any]:
        bars = text.split("|") if "\\" not in text else _unescaped(text)
        parts = (part.strip() for part in bars)
        return list(dict.fromkeys(read(part) for part in parts if part))

    return read_all


def _unescaped(text: str) -> list[str]:
    r"""Part a list in which `\|` is a bar and `\\` a backslash.

    >>> _unescaped(r"甲\|乙|丙\\|C:\x")
    ['甲|乙', '丙\\', 'C:\\x']
    """
    parts = [""]
    for piece in _LIST_PIECE.findall(text):
        if piece == "|":
            parts.append("")
        else:
            parts[-1] += piece[1:] if piece in (r"\|", r"\\") else piece
    return parts


_BY_NAME: dict[str, Reader] = {
    "name": _text(LONGEST_NAME),
    "aliases": _text(LONGEST_NAME),
    "url": _url,
}
_BY_TYPE: dict[type, Reader] = {str: _text(LONGEST_TEXT), bool: _truth}
