"""The text of a cell becomes a value of its column, or a sentence that says what would be right."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache, partial
from typing import Any
from unicodedata import normalize

from graph.kinds import NODE_OF, NODES, Node, Relation, kind_of
from graph.kinds.columns import Column
from graph.kinds.credit_code import LENGTH, fault
from graph.kinds.facts import Ruling
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.terms import Term
from loaders.country.divisions import industry
from loaders.rows.dates import day, since, until, year
from loaders.rows.figures import number_of
from loaders.rows.forms import LONGEST_UNKNOWN, NAME, UNTOLD, CellFault, Taken, folded_name, says_unknown

type Reader = Callable[[str], Any]
"""Text → a value, a value that was written in another form (Taken), or CellFault."""

LONGEST_NAME, LONGEST_TEXT, LONGEST_ID = 200, 10_000, 200
_ID = re.compile(r"[a-z]+:[A-Za-z0-9.:_-]+")
_LIKE_ID = re.compile(r"[A-Za-z]+:[!-~]*")
_CODE = re.compile(rf"[0-9A-Z]{{{LENGTH}}}")
_LIKE_CODE = re.compile(rf"[0-9A-Za-z]{{{LENGTH}}}")
_REGION = re.compile(r"\d{6}(\d{3})?")
_INDUSTRY = re.compile(r"[A-T]?([0-9]{2,4})|[A-T]")
UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffd]")
"""Control characters, and what stands for a damaged one."""
_SCIENTIFIC = re.compile(r"\d\.\d+[eE]\+?1\d")
_LIST_PIECE = re.compile(r"\\[|\\]|[^|\\]+|[|\\]")
_SEPARATORS = re.compile(
    r"[、，；]|[,;](?=\s*[^\x00-\x7f])|(?<=[^\x00-\x7f])[,;]|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])"
)
"""Between the names of a list; a comma or a space within a Latin name is a part of it."""
_ANY_SEPARATOR = re.compile(r"[、，；,;/\s]+")
_CODED = ("Region", "Industry")
_SPOKEN_OF = tuple(k.label for k in NODES if k not in (Ruling, LedgerEntry))
"""What a claim may be about."""
_TRUTHS = {"true": True, "false": False, "1": True, "0": False, "是": True, "否": False}
_TRUTHS_ALSO = {
    "有": True,
    "对": True,
    "√": True,
    "✓": True,
    "y": True,
    "yes": True,
    "n": False,
    "no": False,
    "×": False,
}
LIST = "一格多值用顿号、逗号、分号或空格分开"
CODE = "信用代码的小写、空格或全角，已统一"
ADDRESS = "网址没有写 http://，已补上"
_LIMITS = ("dueOn", "validTo")
"""Dates up to which something holds."""


def called(kind: type[Node | Relation]) -> str:
    """Name a kind in a message, without what its words explain.

    >>> called(NODE_OF["Town"])
    '专业镇'
    """
    return kind.words.partition("：")[0].partition("（")[0]


def reader(kind: type[Node | Relation], column: Column, head: str = "") -> Reader:
    """Make the function that reads a column's cells; `head` is the unit that its header names."""
    read = _plain(kind, column, head)
    if column.many:
        return unless_unknown(_list_of(read, names=column.type is str))
    own = frozenset(spoken(column.type)) if issubclass(column.type, Term) else frozenset[str]()
    free = column.type is str and not column.ref and column.name != "id"
    return unless_unknown(read) if free else lru_cache(4096)(unless_unknown(read, own))


def unless_unknown(read: Reader, own: frozenset[str] = frozenset()) -> Reader:
    """Read a cell that only says that nothing is known as such, unless the column has a word for it."""

    def reads(text: str) -> Any:
        if len(text) <= LONGEST_UNKNOWN and says_unknown(text) and text not in own:
            return Taken(None, UNTOLD)
        return read(text)

    return reads


def ids_of(labels: tuple[str, ...]) -> Reader:
    """Make a reader of ids of some kinds; a credit code may stand for an organisation, and a name for any.

    A name is left as it is, folded: the resolver finds whom it means. Regions and industries may be written
    by their codes of GB/T 2260 and 4754 alone; before the latter may stand its section.

    >>> ids_of(("Industry",))("C3393"), ids_of(("Region",))("140921")
    ('industry:4754-2017:3393', 'region:140921')
    """
    kinds = [NODE_OF[label] for label in labels]
    coded = "Organisation" in labels
    allowed = "、".join(f"{k.prefix}:…（{called(k)}）" for k in kinds)

    def read(text: str) -> str | Taken:
        if labels == ("Region",) and _REGION.fullmatch(text):
            return f"region:{text}"
        if labels == ("Industry",) and (found := _INDUSTRY.fullmatch(text)):
            return industry(found[1] or text)
        if coded and _LIKE_CODE.fullmatch(plain := _plain_code(text)) and any(c.isdigit() for c in text):
            return _code(text, plain)
        if not _LIKE_ID.fullmatch(text):
            return _named(text)
        if kind_of(_id(text)) in kinds:
            return text
        raise CellFault(f"这里应为 {allowed}" + ("，统一社会信用代码，或名称" if coded else "，或名称"))

    return read


def is_id(text: str) -> bool:
    """Whether a reference, once read, is an id; else it is a credit code or a name.

    >>> is_id("org:a"), is_id("91110000600037341L"), is_id("甲厂")
    (True, False, False)
    """
    return bool(_ID.fullmatch(text))


def is_code(text: str) -> bool:
    """Whether a reference, once read, is a credit code."""
    return bool(_CODE.fullmatch(text))


def _named(text: str) -> str | Taken:
    plain = folded_name(text)
    if found := UNSHOWN.search(plain):
        raise CellFault(f"含不可显示的字符 U+{ord(found[0]):04X}，请删去")
    return Taken(plain, NAME) if plain != text else plain


def _plain(kind: type[Node | Relation], column: Column, head: str) -> Reader:
    if column.name == "id" and issubclass(kind, Node):
        return _own_id(kind)
    if column.ref:
        return ids_of(_SPOKEN_OF if column.ref == "*" else (column.ref,))
    if issubclass(kind, Relation) and (read := _of_relation(kind, column.name)):
        return read
    if column.code == "uscc":
        return _own_code
    return term_of(column.type) if issubclass(column.type, Term) else _by_type(kind, column, head)


def _of_relation(kind: type[Relation], name: str) -> Reader | None:
    if name in ("from", "to"):
        return ids_of(tuple(dict.fromkeys(pair[name == "to"] for pair in kind.ends)))
    return {"since": since, "until": until}.get(name)


def _by_type(kind: type[Node | Relation], column: Column, head: str) -> Reader:
    if column.year:
        return partial(year, ahead=column.ahead)
    if column.type is date:
        return partial(day, ahead=column.ahead, limit=column.name in _LIMITS)
    bounded = column.name == "value" and issubclass(kind, Relation) and "bound" in kind.__dataclass_fields__
    by_name, by_type = _BY_NAME.get(column.name), _BY_TYPE.get(column.type)
    return by_name or by_type or number_of(column, head, bounded=bounded)


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


def _plain_code(text: str) -> str:
    """Write a credit code in capitals, without spaces and in plain width.

    >>> _plain_code("９１110000 6000 37341l")
    '91110000600037341L'
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    return re.sub(r"[\s\-_]", "", normalize("NFKC", text)).upper()


def _own_code(text: str) -> str | Taken:
    return _code(text, _plain_code(text))


def _code(text: str, plain: str) -> str | Taken:
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("疑似被 Excel 改成科学记数：请把该列设为文本后重填")
    if wrong := fault(plain):
        raise CellFault(wrong)
    return plain if plain == text else Taken(plain, CODE)


@cache
def spoken(terms: type[Term]) -> dict[str, tuple[str, ...]]:
    """Map what people write for the values of a closed list, values themselves first, to what it may mean."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for term in terms:
        for word in (term.value, term.words, term.words.partition("（")[0], *term.synonyms):
            found[spelt(word)][term.value] = None
    return {word: tuple(values) for word, values in found.items()}


def spelt(text: str) -> str:
    """Write a word of a closed list so that width, case and spaces make no difference."""
    return "".join(normalize("NFKC", text).casefold().split())


def term_of(terms: type[Term]) -> Reader:
    """Make a reader of a closed list: its values, their words, synonyms. A synonym of two is asked back."""
    known = {word: t.value for t in terms for word in (t.value, t.words, t.words.partition("（")[0])}
    meanings = spoken(terms)

    def read(text: str) -> str | Taken:
        if text in known:
            return known[text]
        values = meanings.get(spelt(text), ())
        if len(values) > 1:
            both = "，或 ".join(f"{terms(v).words}（{v}）" for v in values)
            raise CellFault(f"有两种意思：{both}；请写明是哪一个")
        if values:
            return Taken(values[0], f"“{text}”按“{terms(values[0]).words}”装载")
        raise CellFault(_unlisted(terms, text))

    return read


def _unlisted(terms: type[Term], text: str) -> str:
    known = {t.value: t.value for t in terms}
    words = [w for t in terms for w in (t.value, t.words, t.words.partition("（")[0], *t.synonyms)]
    close = get_close_matches(text.upper(), known, 1) or get_close_matches(text, words, 1)
    meant = f"是否应为 {close[0]}？" if close else ""
    return f"不在可用值内；{meant}可用：" + "、".join(f"{t.value}（{t.words}）" for t in terms)


def _truth(text: str) -> bool | Taken:
    value = _TRUTHS.get(text.lower())
    if value is not None:
        return value
    also = _TRUTHS_ALSO.get(text.lower())
    if also is None:
        raise CellFault("应为 true、false、1、0、是、否 之一")
    return Taken(also, f"“{text}”按“{'是' if also else '否'}”装载")


def _text(longest: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > longest:
            raise CellFault(f"过长：{len(text)} 字，最多 {longest:,} 字")
        if found := UNSHOWN.search(text):
            raise CellFault(f"含不可显示的字符 U+{ord(found[0]):04X}（第 {found.start() + 1} 字），请删去")
        return text

    return read


def _name(text: str) -> str | Taken:
    plain = _SHORT_TEXT(folded_name(text))
    return plain if plain == text else Taken(plain, NAME)


def _url(text: str) -> str | Taken:
    if text.lower().startswith("www."):
        return Taken(_LONG_TEXT(f"http://{text}"), ADDRESS)
    if not text.startswith(("http://", "https://")):
        raise CellFault("应为网址，以 http:// 或 https:// 开头")
    return _LONG_TEXT(text)


def _list_of(read: Reader, *, names: bool) -> Reader:
    """Make a reader of lists: bars part them, or where there is none, whatever people put between."""
    between = _SEPARATORS if names else _ANY_SEPARATOR

    def read_all(text: str) -> list[Any] | Taken:
        barred = "|" in text
        bars = _unescaped(text) if barred or "\\" in text else between.split(text)
        parts = [part for p in bars if (part := p.strip()) and not says_unknown(part)]
        values = [read(part) for part in parts]
        forms = [value.form for value in values if isinstance(value, Taken)]
        plain = dict.fromkeys(v.value if isinstance(v, Taken) else v for v in values)
        forms += [LIST] if not barred and len(bars) > 1 else []
        return Taken([*plain], "；".join(dict.fromkeys(forms))) if forms else [*plain]

    return read_all


def parted(text: str) -> bool:
    """Whether a value of a list would be read as several, if no bar stood beside it.

    >>> parted("甲、乙"), parted("ABC Steel Co., Ltd")
    (True, False)
    """
    return bool(_SEPARATORS.search(text))


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


_SHORT_TEXT, _LONG_TEXT = _text(LONGEST_NAME), _text(LONGEST_TEXT)
_BY_NAME: dict[str, Reader] = {"name": _name, "aliases": _name, "url": _url}
_BY_TYPE: dict[type, Reader] = {str: _LONG_TEXT, bool: _truth}
