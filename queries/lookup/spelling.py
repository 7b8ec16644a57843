"""Spelling: how a name is written once width, case and script don't matter, and how it sounds.

A spelling marks each syllable with a capital, `DingXiangFaLan`: lower-cased it is the full pinyin,
its capitals are the initials. A character that is read in two common ways gives further spellings.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from typing import Any

MOST_SPELLINGS = 4

# Both readings of these are in use in names of places, people and firms; other second readings are noise.
HETERONYMS = {
    pair[0]: tuple(pair[2:].split(","))
    for pair in (  # noqa: SIM905 a list would be a line for each
        "长=chang,zhang 重=chong,zhong 行=hang,xing 乐=le,yue 朝=chao,zhao 都=du,dou 曾=zeng,ceng "
        "解=jie,xie 单=dan,shan 厦=sha,xia 六=liu,lu 蔚=wei,yu 洞=dong,tong 峙=zhi,shi 调=tiao,diao "
        "藏=zang,cang 传=chuan,zhuan 车=che,ju 铅=qian,yan 番=fan,pan 会=hui,kuai 参=shen,can "
        "种=zhong,chong 盛=sheng,cheng 翟=zhai,di 薄=bo,bao 角=jiao,jue 弹=dan,tan 校=xiao,jiao "
        "率=lv,shuai 降=jiang,xiang 尉=wei,yu 蚌=bang,beng 堡=bao,pu 浒=hu,xu 莘=shen,xin 亳=bo,hao "
        "歙=she,xi 柏=bai,bo 仇=qiu,chou 查=cha,zha 盖=gai,ge 沈=shen,chen 郇=xun,huan 壳=ke,qiao "
        "轧=zha,ya 晟=sheng,cheng 燕=yan,yin 宿=su,xiu 模=mo,mu 钻=zuan,zhuan 塞=sai,se 漯=luo,ta"
    ).split()
}


class _Writing(dict[int, str | None]):
    """Code point → how it is written: simplified, or nothing for signs and spaces."""

    def __init__(self, *, simplified: bool, lines: bool = False) -> None:
        self._simplified = simplified
        if lines:
            self[ord(END)] = END

    def __missing__(self, point: int) -> str | None:
        letter = chr(point)
        written = letter if letter.isalnum() else None
        if written and self._simplified and not written.isascii():
            # Character by character, so that a part of a name is always written like the name.
            simplified = _converter()(written)
            written = simplified if len(simplified) == 1 else written
        self[point] = written
        return written


class _Reading(dict[int, str]):
    """Code point → its syllable with a capital."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        # A query of letters need not wait for the dictionaries.
        reading = letter.capitalize() if letter.isascii() else _read(letter)[0]
        self[point] = reading
        return reading


END = "\n"
"""Ends a text where many stand in one: Python handles one long text ten times as fast as many short ones."""
_CLEAN = _Writing(simplified=False)
_CLEAN_LINES = _Writing(simplified=False, lines=True)
_SIMPLE = _Writing(simplified=True, lines=True)
_READINGS = _Reading({ord(END): END})
_SIGNS = re.compile(r"[\W_]+")
_SMALL = dict.fromkeys(range(ord("a"), ord("z") + 1))
ONE = (None,)
_UMLAUT = frozenset({"Lv", "Nv"})


def clean(text: str) -> str:
    """Drop width, case, signs and spaces; keep the script.

    >>> clean("ＡＢＣ（定襄）法蘭")
    'abc定襄法蘭'
    """
    if text.isascii():
        return text.lower() if text.isalnum() else _SIGNS.sub("", text).lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_CLEAN)


def clean_all(texts: Sequence[str]) -> list[str]:
    r"""Clean many texts.

    >>> clean_all(["ＡＢＣ（定襄）法蘭", "", "a\n_b"])
    ['abc定襄法蘭', '', 'ab']
    """
    joined = END.join(texts)
    if joined.count(END) != len(texts) - 1:
        joined = END.join(text.replace(END, " ") for text in texts)
    written = unicodedata.normalize("NFKC", joined).casefold().translate(_CLEAN_LINES)
    return written.split(END) if texts else []


def simplify(cleaned: str) -> str:
    """Write traditional characters in simplified ones, one for one.

    >>> simplify("定襄法蘭")
    '定襄法兰'
    """
    return cleaned if cleaned.isascii() else cleaned.translate(_SIMPLE)


def simplify_all(cleaned: Sequence[str]) -> list[str]:
    """Write many cleaned texts in simplified characters."""
    return simplify(END.join(cleaned)).split(END) if cleaned else []


def spellings(cleaned: str) -> list[str]:
    """Spell a cleaned text, the likeliest reading first, at most `MOST_SPELLINGS` of them.

    >>> spellings("定襄法兰"), spellings("长治")
    (['DingXiangFaLan'], ['ZhangZhi', 'ChangZhi'])
    """
    syllables = [_READINGS[ord(letter)] for letter in cleaned]
    places = [place for place, letter in enumerate(cleaned) if letter in HETERONYMS]
    for place in places:
        syllables[place] = _in_context(cleaned[max(place - 2, 0) : place], cleaned[place : place + 3])
    spelled = ["".join(syllables)]
    for place, reading in _other_readings(cleaned, syllables, places):
        if len(spelled) == MOST_SPELLINGS:
            break
        spelled.append("".join([*syllables[:place], reading, *syllables[place + 1 :]]))
    return spelled


def spell_all(cleaned: Sequence[str]) -> tuple[list[int], list[str]]:
    """Spell many cleaned texts: which of them, rising, and a spelling.

    >>> spell_all(["法兰", "长治"])
    ([0, 1, 1], ['FaLan', 'ZhangZhi', 'ChangZhi'])
    """
    if not cleaned:
        return [], []
    joined = END.join(cleaned)
    several = [c for c in set(joined) if c in HETERONYMS or _READINGS[ord(c)] in _UMLAUT]
    odd = re.compile(f"[{''.join(several)}]" if several else r"(?!)")
    plain = joined.translate(_READINGS).split(END)
    more = {number: spellings(text) for number, text in enumerate(cleaned) if odd.search(text)}
    owners = [number for number in range(len(cleaned)) for _ in more.get(number, ONE)]
    return owners, [spelled for number, text in enumerate(plain) for spelled in more.get(number, (text,))]


def capitals(spelling: str) -> str:
    """Take the first letter of each syllable.

    >>> capitals("DingXiangFaLan")
    'DXFL'
    """
    return spelling.translate(_SMALL)


def capitals_all(spelled: Sequence[str]) -> list[str]:
    """Take the first letters of many spellings."""
    return capitals(END.join(spelled)).split(END) if spelled else []


@cache
def rules() -> str:
    """Hash what a saved spelling rests on: another version of it may read a character in another way."""
    libraries = version("pypinyin"), version("opencc"), unicodedata.unidata_version
    return blake2b(repr((HETERONYMS, libraries)).encode(), digest_size=8).hexdigest()


def _other_readings(cleaned: str, syllables: list[str], places: list[int]) -> Iterator[tuple[int, str]]:
    for place in places:
        for reading in HETERONYMS[cleaned[place]]:
            if reading.capitalize() != syllables[place]:
                yield place, reading.capitalize()
    if not _UMLAUT.isdisjoint(syllables):
        for place, syllable in enumerate(syllables):
            if syllable in _UMLAUT:
                yield place, syllable[0] + "yu"
                yield place, syllable[0] + "u"


@lru_cache(maxsize=1 << 16)
def _in_context(before: str, rest: str) -> str:
    """Read the first character of `rest` among its neighbours."""
    return _read(before + rest)[len(before)]


def _letter_by_letter(text: str) -> Any:
    return list(text)


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - a tenth of the start, needed by the first search

    return OpenCC("t2s").convert


def _read(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a tenth of the start, needed by the first search

    read = lazy_pinyin(text, errors=_letter_by_letter)
    return [syllable.capitalize() if syllable.isascii() else syllable for syllable in read]
