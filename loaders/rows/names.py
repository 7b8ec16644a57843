"""Names in the place of ids: whom a name means, in the files and in the store; of two, none is guessed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from graph.edits.upsert import ids_of_names, named_regions, names_of
from graph.kinds import NODE_OF, Node
from graph.store.store import Store
from loaders.rows.cells import called
from loaders.rows.forms import normalised
from loaders.rows.keys import Keys, NamedRow
from loaders.rows.regions import Found, Gazetteer, country
from queries.identity.names import Name, Places, name_of

GUESSES = 100
"""Times in a load that a wrong name or id is compared with the known ones."""
SPELT = "名称的括号、空格或全半角写法不同，按所指的名称装载"
ALIAS = "写的是别名或简称，按所指的名称装载"
ALIKE = "名称只差区划或组织形式的写法，本次文件中只有一个，按它装载"
PLACE = "地名写作简称或带上级，按区划装载"
AMONG = "地名有几处同名，只有一处在本次文件所写的省内，按它装载"
BEYOND = "地名写到乡镇而库中没有该乡镇，按所在县装载"
_PLACE = re.compile(r"([A-Za-z_]+)\.csv 第 (\d+) 行")
_PROPOSED, _LIKE, _SHORTEST = 3, 75, 2
_SWAP = str.maketrans("()（）", "（）()")
_CLASSES = ("合作", "农场", "个体", "经营部", "厂", "协会", "分公司")

type Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a name means."""

    ids: tuple[str, ...] = ()
    """One, when it is sure; several to choose from; none."""
    form: str = ""
    """What is said of a name that is not written as the one it means."""
    shown: str = ""
    """The name of the one it means, where that is written otherwise."""
    reason: str = ""
    """Why it means nobody; the several it may mean."""
    owing_to: str = ""
    """The row that has this name and was rejected."""


@dataclass(slots=True)
class NameBook:
    """Finds whom names mean, kind by kind."""

    store: Store
    keys: Keys
    guesses: int = GUESSES
    provinces: set[str] = field(default_factory=set[str])
    """Of the regions that the files have named so far without a doubt."""
    _gazetteer: Gazetteer | None = None
    _alike: dict[str, set[tuple[str, Name]]] | None = None
    _in_store: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """The names that the store holds of a kind, once a name of it was not found."""

    async def meanings(self, wanted: Mapping[Labels, AbstractSet[str]]) -> dict[tuple[Labels, str], Meaning]:
        """Find whom the names mean that columns of some kinds hold."""
        found: dict[tuple[Labels, str], Meaning] = {}
        for labels, texts in wanted.items():
            own = {label: self.keys.named(label, map(normalised, texts)) for label in labels}
            stored = {label: await self._stored(NODE_OF[label], texts) for label in labels}
            if "Region" in labels and texts:
                await self._open()
            met = {text: self._plainly(labels, text, own, stored) for text in texts}
            if labels == ("Region",):
                met = self._placed(met, {text for text in texts if _stated(own["Region"], text)})
            if any(not meant.ids for meant in met.values()):
                await self._look(labels)
            for text, meant in met.items():
                found[labels, text] = meant if meant.ids else self._otherwise(labels, text, own)
        return found

    def met(self, ids: Iterable[str]) -> None:
        """Keep the provinces of regions that were named without a doubt."""
        self.provinces.update(id.partition(":")[2][:2] for id in ids)

    async def _stored(self, kind: type[Node], texts: AbstractSet[str]) -> dict[str, list[str]]:
        both = {spelt: text for text in texts for spelt in (text, text.translate(_SWAP))}
        found: dict[str, list[str]] = defaultdict(list)
        for spelt, ids in (await ids_of_names(self.store, kind, both)).items() if both else ():
            found[both[spelt]] += ids
        return found

    def _plainly(
        self,
        labels: Labels,
        text: str,
        own: Mapping[str, Mapping[str, list[NamedRow]]],
        stored: Mapping[str, Mapping[str, list[str]]],
    ) -> Meaning:
        """Find who has this very name, or failing that, in the files this alias; of places the words tell."""
        key = normalised(text)
        rows = [row for label in labels for row in own[label].get(key, ()) if row.usable]
        exact = {row.id: row.text for row in rows if row.own and row.id}
        ids = exact.keys() | {id for label in labels for id in stored[label].get(text, ())}
        if ids:
            shown = next(iter(exact.values()), text) if len(ids) == 1 else text
            return Meaning(tuple(sorted(ids)), SPELT if shown != text else "", shown)
        also = {row.id for row in rows if row.id and not row.id.startswith("region:")}
        return Meaning(tuple(sorted(also)), ALIAS) if also else Meaning()

    def _placed(self, met: Mapping[str, Meaning], stated: AbstractSet[str]) -> dict[str, Meaning]:
        """Read the words of places: those of one meaning first, since they say which provinces are meant.

        A name that another province has too means both, whichever of them the store holds, unless the files
        have a row of that name (`stated`).
        """
        assert self._gazetteer  # noqa: S101 - opened before
        found = {
            text: Found(meant.ids) if meant.ids else self._gazetteer.find(text) for text, meant in met.items()
        }
        found |= {text: _everywhere(text, each) for text, each in found.items() if text not in stated}
        self.met(each.ids[0] for each in found.values() if len(each.ids) == 1)
        return {
            text: self._within(text, met[text].form, each, self._gazetteer) for text, each in found.items()
        }

    def _within(self, text: str, form: str, found: Found, gazetteer: Gazetteer) -> Meaning:
        """Of several places take those in the provinces of the files."""
        ids = found.ids
        if len(ids) > 1:
            ids = tuple(id for id in ids if id.partition(":")[2][:2] in self.provinces) or ids
        if len(ids) != 1:
            paths = [country().path(id) or gazetteer.path(id) for id in ids]
            return Meaning(ids, reason="、".join(f"{p}（{id}）" for p, id in zip(paths, ids, strict=True)))
        told = BEYOND if found.beyond else "" if gazetteer.names.get(ids[0]) == text else PLACE
        if len(found.ids) > 1:
            told = AMONG
        return Meaning(ids, form or told, gazetteer.path(ids[0]))

    def _otherwise(
        self, labels: Labels, text: str, own: Mapping[str, Mapping[str, list[NamedRow]]]
    ) -> Meaning:
        """Whom a name means that nobody has: a row that was rejected, one alike, or nobody."""
        key = normalised(text)
        for label in labels:
            for row in own[label].get(key, ()):
                told = rejected(label, f"“{text}”", row.line, row.why)
                return Meaning(reason=told, owing_to=_place(label, row.line))
        if "Organisation" in labels and (alike := self._same(text)):
            return Meaning(tuple(sorted(alike)), ALIKE, next(iter(alike.values())))
        words = called(NODE_OF[labels[0]]) if len(labels) == 1 else "条目"
        told = self._proposed(labels, text)
        return Meaning(reason=f"没有名为“{text}”的{words}：本文件夹和库中都没有；{told}")

    def _same(self, text: str) -> dict[str, str]:
        """The organisations of the files that the identity rules hold for the one named: id and name."""
        asked = name_of(text, self._places())
        found = self._cores().get(asked.core, set())
        return {id: other.folded for id, other in found if _one(asked, other)}

    def _cores(self) -> dict[str, set[tuple[str, Name]]]:
        if self._alike is None:
            self._alike = defaultdict(set)
            for text, id in self.keys.all_named("Organisation"):
                name = name_of(text, self._places())
                self._alike[name.core].add((id, name))
        return self._alike

    def _places(self) -> Places:
        return self._gazetteer.places if self._gazetteer else Places({}, 0)

    def _proposed(self, labels: Labels, text: str) -> str:
        self.guesses -= 1
        if self.guesses < 0:
            return "请填全称或标识"
        if labels == ("Region",) and self._gazetteer:
            found = self._like_places(text, self._gazetteer)
        else:
            known = {name for label in labels for name, _ in self.keys.all_named(label)}
            core = name_of(text, self._places()).core
            holding = sorted(name for name in known if len(core) >= _SHORTEST and core in normalised(name))
            every = sorted(known.union(*(self._in_store.get(label, ()) for label in labels)))
            close = process.extract(text, every, scorer=fuzz.ratio, limit=_PROPOSED, score_cutoff=_LIKE)
            found = holding[:_PROPOSED] or [name for name, *_ in close]
        return f"是否应为 {'、'.join(found)}？" if found else "请填全称或标识"

    def _like_places(self, text: str, known: Gazetteer) -> list[str]:
        """Propose places: all of the country that have this name, else known ones that are spelt like it."""
        same = [country().path(id) for id in country().find(text).ids]
        return same or known.like(text, self.provinces)

    async def _look(self, labels: Labels) -> None:
        """Read what a name that nobody has is held against, once."""
        if "Organisation" in labels:
            await self._open()
        for label in labels:
            if label != "Region" and label not in self._in_store and self.guesses > 0:
                self._in_store[label] = await names_of(self.store, NODE_OF[label])

    async def _open(self) -> None:
        """Read the regions of the store, and those of the files, once."""
        if self._gazetteer is None:
            regions = {id: (name, aliases) for id, name, aliases in await named_regions(self.store)}
            for name, id in self.keys.all_named("Region"):
                regions[id] = (regions[id][0], [*regions[id][1], name]) if id in regions else (name, [])
            self._gazetteer = Gazetteer.of((id, *told) for id, told in regions.items())


def _stated(own: Mapping[str, list[NamedRow]], text: str) -> bool:
    """Whether the files have a sound row of their own with this name."""
    return any(row.own and row.usable for row in own.get(normalised(text), ()))


def _everywhere(text: str, found: Found) -> Found:
    """Add the places of other provinces that have the name of the only one found."""
    if len(found.ids) != 1:
        return found
    (here,) = found.ids
    others = {id for id in country().find(text).ids if _province(id) != _province(here)}
    return Found((here, *sorted(others)), found.beyond) if others else found


def _province(id: str) -> str:
    return id.partition(":")[2][:2]


def rejected(label: str, name: str, line: int, why: str) -> str:
    """Say that a row that is referred to was rejected, where it is and for which columns."""
    because = f"因 {why} " if why else ""
    return f"{name}在 {_place(label, line)}，该行{because}被拒绝：请先改正该行"


def _place(label: str, line: int) -> str:
    return f"{label}.csv 第 {line} 行"


def replaced(text: str, place: Callable[[str, int], str]) -> str:
    """Put the places that a reader knows in that of rows of our tables, by file and line.

    >>> replaced("所指的产品在 Product.csv 第 5 行", lambda file, line: f"goods.csv 第 {line - 1} 行")
    '所指的产品在 goods.csv 第 4 行'
    """
    return _PLACE.sub(lambda m: place(f"{m[1]}.csv", int(m[2])), text)


def _one(asked: Name, other: Name) -> bool:
    """Whether the identity rules leave no doubt that a name means an organisation with the same core."""
    if asked.county >= 0 and other.county >= 0 and asked.county != other.county:
        return False
    if not asked.form:
        return len(asked.core) > _SHORTEST
    return _class(asked) == _class(other)


def _class(name: Name) -> str:
    return next((mark for mark in _CLASSES if mark in name.form), "")
