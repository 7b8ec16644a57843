"""Names in a workbook become ids: exact names within the workbook and the store, never a guess."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from graph.edits.upsert import ids_of_codes, ids_of_names
from graph.kinds import NODE_OF, Entity, Node, Relation, kind_of
from graph.kinds.columns import columns
from graph.kinds.terms import OrganisationForm
from graph.store.store import Store
from loaders.country.divisions import named
from loaders.excel.sheet_table import Line, Page
from loaders.excel.titles import Kind
from loaders.rows.cells import called
from loaders.rows.header import REGION
from loaders.rows.organisations import normalised, organisation_id

_CODE = re.compile(r"[0-9A-Z]{18}")
_REGION = re.compile(r"\d{6}(\d{3})?")
_MANY = 2_000
_FORMS = {term.words: term.value for term in OrganisationForm}


@dataclass(slots=True)
class Names:
    """What each name stands for, by kind: in the workbook and in the store."""

    store: Store
    own: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    stored: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))

    async def settle(self, pages: list[Page]) -> None:
        """Give rows their ids and put ids in the place of names; what can't be is refused in its row."""
        usable = [page for page in pages if not page.trouble]
        for page in sorted(usable, key=lambda p: p.kind.label == "Organisation"):
            if issubclass(page.kind, Entity):
                await self._identify(page)
        for page in usable:
            await self._refer(page, references(page.kind))

    async def _identify(self, page: Page) -> None:
        kind = page.kind
        if not issubclass(kind, Node):
            return
        if kind.label == "Organisation":
            await self._refer(page, {REGION: ("Region",)})
        names = {line.texts["name"] for line in page.lines if "name" in line.texts}
        await self._look(kind, names)
        owners = await self._owners(page)
        for line in page.lines:
            name = line.texts.get("name")
            if name and "id" not in line.texts:
                self._mint(kind, line, name, owners)
            if name and (id := line.texts.get("id")) and "id" not in line.faults:
                self.own[kind.label][name].add(id)

    async def _owners(self, page: Page) -> dict[str, str]:
        codes = {code for line in page.lines if (code := line.texts.get("uscc"))}
        owners: dict[str, str] = {}
        for part in _parts(codes):
            owners |= await ids_of_codes(self.store, part)
        return owners

    def _mint(self, kind: type[Node], line: Line, name: str, owners: dict[str, str]) -> None:
        """Give a row without id the one of the same name in the store, or a new one."""
        stored = self.stored[kind.label].get(name, [])
        if kind.label == "Organisation":
            self._mint_organisation(line, name, owners, stored)
        elif len(stored) > 1:
            line.refuse(
                "id", "", f"库中有多个名为“{name}”的{called(kind)}：{'、'.join(sorted(stored))}；请填标识"
            )
        else:
            key = blake2b(normalised(name).encode(), digest_size=6).hexdigest()
            line.texts["id"] = stored[0] if stored else f"{kind.prefix}:{key}"

    def _mint_organisation(self, line: Line, name: str, owners: dict[str, str], stored: list[str]) -> None:
        texts = line.texts
        owner = owners.get(texts.get("uscc", ""))
        form = _FORMS.get(texts.get("form", ""), texts.get("form", ""))
        given = {"name": name, "form": form} | {c: texts[c] for c in (REGION, "uscc") if c in texts}
        if "name" in line.faults or REGION in line.faults or not form:
            return
        id = owner or organisation_id(given)
        if id and stored and id not in stored:
            found = "、".join(sorted(stored))
            line.refuse(
                "id", "", f"库中已有同名的主体 {found}：是同一主体请在标识列填它，不是请另拟标识 org:…"
            )
        elif id:
            texts["id"] = id

    async def _refer(self, page: Page, wanted: dict[str, tuple[str, ...]]) -> None:
        for column, labels in wanted.items():
            texts = {t for line in page.lines if _is_name(t := line.texts.get(column, ""))}
            for label in labels:
                await self._look(NODE_OF[label], texts)
            known = {text: self._meant(text, labels) for text in texts}
            for line in page.lines:
                if (text := line.texts.get(column)) in known and column not in line.faults:
                    _put(line, column, text, known[text], labels)

    def _meant(self, text: str, labels: tuple[str, ...]) -> list[str]:
        if labels == ("Region",) and _REGION.fullmatch(text):
            return [f"region:{text}"]
        found = {id for label in labels for id in self.own[label].get(text, ())}
        found |= {id for label in labels for id in self.stored[label].get(text, ())}
        return sorted(found or {id for label in labels for id in named(label, text)})

    async def _look(self, kind: type[Node], names: Iterable[str]) -> None:
        known = self.stored[kind.label]
        missing = set(names) - known.keys()
        for part in _parts(missing):
            found = await ids_of_names(self.store, kind, part)
            known |= {name: found.get(name, []) for name in part}


def references(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Map the columns that hold ids of other nodes to the kinds they may name.

    >>> references(NODE_OF["Claim"])["source"]
    ('Source',)
    """
    every = tuple(label for label, node in NODE_OF.items() if issubclass(node, Entity))
    found = {c.name: every if c.ref == "*" else (c.ref,) for c in columns(kind) if c.ref}
    if issubclass(kind, Relation):
        for place, name in enumerate(("from", "to")):
            found[name] = tuple(dict.fromkeys(pair[place] for pair in kind.ends))
    return found


def _is_name(text: str) -> bool:
    return bool(text) and not kind_of(text) and not _CODE.fullmatch(text)


def _put(line: Line, column: str, text: str, ids: list[str], labels: tuple[str, ...]) -> None:
    words = called(NODE_OF[labels[0]]) if len(labels) == 1 else "条目"
    if len(ids) == 1:
        line.refer(column, ids[0])
    elif ids:
        line.refuse(column, text, f"有 {len(ids)} 个同名的{words}：{'、'.join(ids)}；请改填标识")
    else:
        where = "本工作簿、库和全国表中" if labels == ("Region",) else "本工作簿和库中"
        line.refuse(
            column,
            text,
            f"没有名为“{text}”的{words}：{where}都没有（名称须完全一致，或填标识）",
        )


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = sorted(texts)
    yield from (rest[at : at + _MANY] for at in range(0, len(rest), _MANY))
