"""Names: how an organisation's name reads once spelling, legal form and region words don't matter."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from graph.kinds.terms import RegionLevel
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code, listed
from queries.lookup.spelling import clean, simplify

FORMS = (
    "农民专业合作社联合社 农民专业合作社 专业合作社 联合社 合作社 家庭农场 个体工商户 个体户 个体 经营部 "
    "股份合作公司 集团股份有限公司 集团有限责任公司 集团有限公司 股份有限公司 有限责任公司 有限公司 "
    "总公司 集团公司 公司 集团 股份 总厂 厂"
)
"""What legal forms end a name with."""
SUFFIXES = frozenset(FORMS.split())
_LONG = max(map(len, SUFFIXES))
_LAST = frozenset(form[-1] for form in SUFFIXES)
BRANCHES = ("分公司", "分厂", "分社", "支社")
"""A branch is not its firm: such an ending is a part of the name."""
FORMER = {"长治县": "region:140404", "大同县": "region:140215", "长治市郊区": "region:140403"}
"""Former names whose place has another name today; where only 县, 市, 区 changed, the stem leads there."""
ENDINGS = ("自治区", "省", "市", "县", "区")
LONGEST = 3
"""How many legal forms may stand one behind the other, as in 厂股份有限公司."""
SHORTEST = 2
"""Characters that a core keeps: what would leave less is not taken off."""
NUMERALS = re.compile(r"[0-9一二三四五六七八九十百]+")
_BRACKETS = re.compile(r"[(\[{〔【〖「『<《]([^)\]}〕】〗」』>》]*)[)\]}〕】〗」』>》]")


@dataclass(frozen=True, slots=True)
class Places:
    """The region words of a snapshot: names, aliases, former ones, with and without 省, 市, 县, 区."""

    words: Mapping[str, int]
    """Each word, and the county (its place in the table) that it means; -1: no county, or several."""
    longest: int

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Read the words off the regions above townships."""
        table, words = snapshot.nodes["Region"], dict[str, int]()
        for place in _by_level(snapshot):
            county = place if table["level"][place] == code(RegionLevel.COUNTY) else -1
            for name in (table["name"][place], *listed(table["aliases"][place])):
                for word in _ways(simplify(clean(name))):
                    words[word] = county if words.get(word, county) == county else -1
        places = {id: place for place, id in enumerate(table["id"].tolist())}
        words |= {word: places[id] for word, id in FORMER.items() if id in places}
        return cls(words, max(map(len, words), default=0))

    def first(self, text: str) -> str:
        """Find the longest region word that a folded text begins with; empty when there is none."""
        for size in range(min(self.longest, len(text)), 1, -1):
            if text[:size] in self.words:
                return text[:size]
        return ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart; nothing of it is ever empty but the form."""

    folded: str
    """The whole name in plain width, lower case, simplified characters, without signs and brackets."""
    core: str
    """What is left without legal form and region words."""
    form: str
    """The legal form that was taken off."""
    county: int = -1
    """The county (its place in the table) that a region word names; -1: none does."""

    @property
    def numerals(self) -> str:
        """The numbers in it, in their order: 二厂 and 三厂 are two plants."""
        return " ".join(NUMERALS.findall(self.folded))


def name_of(text: str, places: Places, *, regional: bool = False) -> Name:
    """Take a name apart; `regional`: it keeps its region, as those of public bodies, which each county has.

    >>> places = Places({"太谷": 7, "太谷县": 7, "山西": -1, "山西省": -1}, 3)
    >>> name_of("山西省太谷縣恒達瑪鋼（集團）有限責任公司", places)
    Name(folded='山西省太谷县恒达玛钢集团有限责任公司', core='恒达玛钢', form='集团有限责任公司', county=7)
    >>> name_of("恒达玛钢(太谷)厂", places).core
    '恒达玛钢'
    """
    folded = simplify(clean(text)) or text.strip() or "-"
    body, county = _without_brackets(text, folded, places)
    body, county = _without_front(body, county, places)
    body = folded if regional else body
    core = _without_form(body)
    return Name(folded, core, body[len(core) :], county)


def places_of(snapshot: Snapshot) -> Places:
    """Find the region words of a snapshot."""
    return snapshot.remember("region words", lambda: Places.of(snapshot))


def _without_brackets(text: str, folded: str, places: Places) -> tuple[str, int]:
    """Drop brackets that hold nothing but a region."""
    if folded.isascii() or not (found := _BRACKETS.findall(normal := unicodedata.normalize("NFKC", text))):
        return folded, -1
    words = [simplify(clean(word)) for word in found]
    regions = [places.words[word] for word in words if word in places.words]
    rest = _BRACKETS.sub(lambda m: "" if simplify(clean(m[1])) in places.words else m[1], normal)
    rest = simplify(clean(rest))
    return (rest, max(regions, default=-1)) if len(rest) >= SHORTEST else (folded, -1)


def _without_front(body: str, county: int, places: Places) -> tuple[str, int]:
    while word := places.first(body):
        rest = body[len(word) :]
        if rest in SUFFIXES or len(_without_form(rest)) < SHORTEST:
            break
        county = max(county, places.words[word])
        body = rest
    return body, county


def _without_form(body: str) -> str:
    for _ in range(LONGEST):
        size = 0 if body.endswith(BRANCHES) else _form_at_end(body)
        if not size or len(body) - size < SHORTEST:
            break
        body = body[:-size]
    return body


def _form_at_end(body: str) -> int:
    """How long the longest legal form is that a text ends with."""
    if body[-1:] not in _LAST:
        return 0
    for size in range(min(_LONG, len(body)), 0, -1):
        if body[-size:] in SUFFIXES:
            return size
    return 0


def _ways(name: str) -> set[str]:
    """Write a region's name with each ending and with none."""
    ending = next((e for e in ENDINGS if name.endswith(e)), "")
    stem = name.removesuffix(ending)
    if len(stem) < SHORTEST:
        return {name}
    return {name, stem, *(stem + end for end in ENDINGS[1:])}


def _by_level(snapshot: Snapshot) -> list[int]:
    levels = snapshot.nodes["Region"]["level"].tolist()
    wanted = [code(level) for level in (RegionLevel.PROVINCE, RegionLevel.CITY, RegionLevel.COUNTY)]
    return sorted((p for p, at in enumerate(levels) if at in wanted), key=levels.__getitem__)
