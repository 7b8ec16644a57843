"""Places as people write them: by path, by short name, a township in its county; of two, none is guessed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Self

from loaders.country.divisions import divisions
from queries.identity.names import Places

_ENDINGS = (
    *("特别行政区", "街道办事处", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "街道"),
    *("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡"),
)
_SHORTEST = 2
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:乡|镇|街道办事处|街道|苏木)(?:[\u4e00-\u9fff]{1,8}村)?")
_BETWEEN = re.compile(r"[\s\-—/\\>·,，、]+")
_COUNTY_DIGITS = 6
_LIKE, _PROPOSED = 0.6, 3


@dataclass(frozen=True, slots=True)
class Found:
    """What the words of a place may mean."""

    ids: tuple[str, ...]
    beyond: str = ""
    """A township in the place that is not known by itself."""


@dataclass(frozen=True)
class Gazetteer:
    """Regions by all that they may be called."""

    names: Mapping[str, str]
    """Of each id."""
    words: Mapping[str, AbstractSet[str]]
    """Names, aliases and both without 省, 市, 县 …, and the ids that they may mean."""

    @classmethod
    def of(cls, regions: Iterable[tuple[str, str, Iterable[str]]]) -> Self:
        """Read ids, names and aliases; what lies in what is told by the digits of GB/T 2260.

        >>> shanxi = [("region:140000", "山西省", []), ("region:140431", "沁源县", [])]
        >>> Gazetteer.of(shanxi).find("山西沁源").ids
        ('region:140431',)
        """
        words: dict[str, set[str]] = defaultdict(set)
        names: dict[str, str] = {}
        for id, name, aliases in regions:
            names[id] = name
            for word in (name, *aliases):
                words[word].add(id)
                words[short(word)].add(id)
        return cls(names, words)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.words), default=0)

    @cached_property
    def places(self) -> Places:
        """The words as the identity rules read them off a name; counties stand for their codes."""
        known = {word: _only_county(ids) for word, ids in self.words.items() if len(word) >= _SHORTEST}
        return Places(known, max(map(len, known), default=0))

    def find(self, text: str) -> Found:
        """Find what a text may mean: a region, the regions above it before it, a township behind it."""
        plain = _BETWEEN.sub("", text)
        if ids := self._whole(plain):
            return Found(tuple(sorted(ids)))
        for size in range(len(plain) - 1, 1, -1):
            if _TOWNSHIP.fullmatch(plain[size:]) and (ids := self._counties(plain[:size])):
                return Found(tuple(sorted(ids)), plain[size:])
        return Found(())

    def path(self, id: str) -> str:
        """Write a region with those above it.

        >>> shanxi = [("region:140000", "山西省", []), ("region:140431", "沁源县", [])]
        >>> Gazetteer.of(shanxi).path("region:140431")
        '山西省沁源县'
        """
        code = _digits(id)
        above = [f"region:{code[:2]}0000", f"region:{code[:4]}00", f"region:{code[:_COUNTY_DIGITS]}", id]
        return "".join(self.names.get(each, "") for each in dict.fromkeys(above))

    def like(self, text: str, provinces: AbstractSet[str]) -> list[str]:
        """Propose names that are spelt like a text, those within some provinces (by two digits) first."""
        plain = _BETWEEN.sub("", text)
        near = {self.names[id] for id in self.names if _digits(id)[:2] in provinces}
        found = get_close_matches(plain, near, _PROPOSED, _LIKE)
        return found or get_close_matches(plain, set(self.names.values()), _PROPOSED, _LIKE)

    def _whole(self, text: str) -> set[str]:
        """Find the regions whose word a text ends with, and to which all before it leads."""
        found: set[str] = set()
        for size in range(1, min(self._longest, len(text)) + 1):
            ids = self.words.get(text[-size:], ())
            if not ids:
                continue
            above = self._whole(text[:-size]) if size < len(text) else None
            found |= {id for id in ids if above is None or any(holds(each, id) for each in above)}
        return found

    def _counties(self, text: str) -> set[str]:
        return {id for id in self._whole(text) if _county(id)}


@cache
def country() -> Gazetteer:
    """All provinces, cities and counties, whether the store holds them or not.

    >>> country().find("沁源").ids, [country().path(id) for id in country().find("郊区").ids]
    (('region:140431',), ['山西省阳泉市郊区', '黑龙江省佳木斯市郊区', '安徽省铜陵市郊区'])
    """
    found = divisions().values()
    return Gazetteer.of((one.id, one.name, filter(None, one.aliases.split("|"))) for one in found)


def short(name: str) -> str:
    """Write the name of a region without its level, where two characters are left.

    >>> short("沁源县"), short("祁县"), short("聪子峪乡")
    ('沁源', '祁县', '聪子峪')
    """
    ending = next((e for e in _ENDINGS if name.endswith(e)), "")
    stem = name.removesuffix(ending)
    return stem if len(stem) >= _SHORTEST else name


def holds(outer: str, inner: str) -> bool:
    """Whether a region lies in another, by their digits.

    >>> holds("region:140400", "region:140431"), holds("region:140431", "region:140431")
    (True, False)
    """
    code = _digits(outer)
    if len(code) == _COUNTY_DIGITS:
        code = code.removesuffix("00").removesuffix("00")
    return outer != inner and _digits(inner).startswith(code)


def _county(id: str) -> bool:
    code = _digits(id)
    return len(code) == _COUNTY_DIGITS and not code.endswith("00")


def _only_county(ids: AbstractSet[str]) -> int:
    (one, *others) = ids
    return int(_digits(one)) if not others and _county(one) else -1


def _digits(id: str) -> str:
    return id.partition(":")[2]
