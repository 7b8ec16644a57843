"""What a person writes and a table means: texts folded, words for "unknown", and what is said of it."""

import re
from dataclasses import dataclass
from typing import Any
from unicodedata import category, is_normalized, normalize

UNKNOWN = frozenset(
    (
        *("—", "——", "―", "-", "--", "－", "－－", "/", "//", "／", "\\", "空", "null", "none"),
        *("无", "不详", "暂无", "未知", "不清楚", "暂缺", "未填", "n/a", "na", "#n/a"),
    )
)
"""Cells that say that nothing is known; a word of a closed list goes before them."""
LONGEST_UNKNOWN = max(map(len, UNKNOWN))
UNTOLD = "以“—”“无”“不详”等表示不详，按空装载"
UNSEEN = "含零宽、不换行等不可见字符，已去掉"
NAME = "名称中的空格、换行或全角字母数字，已统一"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe0e\ufe0f]"
)
_SPACES = re.compile("[\x0b\x0c\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]")
_BRACKETS = str.maketrans("[{〔【〖「『<〈《]}〕】〗」』>〉》", "(" * 10 + ")" * 10)
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f]|[()])|(?<=[()])\s+(?=[^\x00-\x7f])")


class CellFault(ValueError):
    """A cell that can't be what its column wants; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that was written in another form than the tables', and what is said of that form."""

    value: Any
    """None: the cell says that it is unknown."""
    form: str


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number that is not exact, and how it is meant."""

    value: float
    bound: str


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years: the first, and the first after it (None: it goes on)."""

    since: int
    until: int | None


def visible(text: str) -> str:
    r"""Drop what nobody sees, and write each kind of space as a plain one.

    >>> visible("恒达\u200b玛钢\u00a0厂")
    '恒达玛钢 厂'
    """
    if text.isascii() and text.isprintable():
        return text
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def folded_name(text: str) -> str:
    r"""Write a name on one line: width of letters and digits, spaces within Chinese make no difference.

    Chinese brackets and signs stay as they are written: they belong to the name.

    >>> folded_name("沁源 药茶\n（集团）有限公司"), folded_name("ＡＢＣ  Steel １厂 甲")
    ('沁源药茶（集团）有限公司', 'ABC Steel 1厂甲')
    """
    plain = visible(text)
    if not is_normalized("NFKC", plain):
        plain = "".join(c if category(c)[0] in "PS" else normalize("NFKC", c) for c in plain)
    return plain if plain.isalnum() else re.sub(r"\s+", " ", _BETWEEN_HAN.sub("", plain)).strip()


def normalised(name: str) -> str:
    """Spell a name so that width, spaces and the shape of brackets make no difference.

    >>> normalised("天宝【集团】 公司") == normalised("天宝(集团)公司")
    True
    """
    return "".join(normalize("NFKC", visible(name)).translate(_BRACKETS).split())


def says_unknown(text: str) -> bool:
    """Whether a cell only says that nothing is known.

    >>> says_unknown("不详"), says_unknown("0")
    (True, False)
    """
    return text in UNKNOWN or text.lower() in UNKNOWN
