"""The ids, codes and names that rows refer to: each must be a sound row of the folder, or in the store."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.edits.upsert import grades_of, ids_of_codes, ids_of_names
from graph.kinds import NODE_OF, Relation, kind_of
from graph.store.store import Store
from loaders.rows.applied_rulings import Heed
from loaders.rows.cells import called, is_code, is_id
from loaders.rows.draft import Draft
from loaders.rows.header import Fault, Header, references
from loaders.rows.keys import Keys, Known
from loaders.rows.names import GUESSES, Labels, Meaning, NameBook, rejected


@dataclass(slots=True)
class References:
    """What the ids, codes and names of one batch stand for."""

    known: dict[str, Known]
    owners: dict[str, tuple[str, int]]
    """The organisation of each credit code, and the line that says so (0: the store)."""
    meanings: dict[tuple[Labels, str], Meaning] = field(default_factory=dict[tuple[Labels, str], Meaning])
    namesakes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """The stored organisations of each name that rows without id have."""


@dataclass(slots=True)
class Resolver:
    """Finds what rows refer to."""

    store: Store
    keys: Keys
    heed: Heed = field(default_factory=Heed)
    refused: set[str] = field(default_factory=set[str])
    """Labels of tables of which nothing could be read."""
    guesses: int = GUESSES
    wary: bool = False
    """Whether an organisation without id is held against its namesakes in the store."""
    names: NameBook = field(init=False)

    def __post_init__(self) -> None:
        """Open the book of names."""
        self.names = NameBook(self.store, self.keys)

    async def find(self, head: Header, drafts: Sequence[Draft]) -> References:
        """Look up all that a batch refers to: in the folder first, then in the store."""
        for made in drafts:
            self.heed.rename(head, made)
        ids, codes, names = _wanted(head, drafts)
        owners = await asyncio.to_thread(self.keys.codes, codes)
        if missing := codes - owners.keys():
            found = await ids_of_codes(self.store, missing)
            owners |= {code: (id, 0) for code, id in found.items()}
            self.keys.keep_codes((code, id, 0) for code, id in found.items())
        self.names.met(id for id in ids if id.startswith("region:"))
        meanings = await self.names.meanings(names)
        ids.update(id for id, _ in owners.values())
        ids.update(id for meant in meanings.values() for id in meant.ids)
        known = await asyncio.to_thread(self.keys.known, ids)
        known |= await self._stored(id for id in ids if id not in known or not known[id].usable)
        return References(known, owners, meanings, await self._namesakes(head, drafts))

    async def _stored(self, ids: Iterable[str]) -> dict[str, Known]:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for id in ids:
            by_kind[id.partition(":")[0]].append(id)
        stored: dict[str, Known] = {}
        for group in by_kind.values():
            if kind := kind_of(group[0]):
                found = await grades_of(self.store, kind, group)
                stored |= {id: Known(usable=True, grade=grade) for id, grade in found.items()}
        self.keys.keep((id, True, known.grade, 0, "") for id, known in stored.items())
        return stored

    async def _namesakes(self, head: Header, drafts: Sequence[Draft]) -> dict[str, list[str]]:
        if not self.wary or head.kind.label != "Organisation":
            return {}
        names = {d.values["name"] for d in drafts if "name" in d.values and "id" not in d.values}
        return await ids_of_names(self.store, NODE_OF["Organisation"], names) if names else {}

    def resolve(self, head: Header, draft: Draft, references: References) -> None:
        """Put ids in the place of codes and names, and refuse what refers to nothing."""
        for column in head.references:
            text = draft.values.get(column)
            if text is None:
                continue
            found = text if is_id(text) else self._meant(head, draft, column, references)
            if isinstance(found, Fault):
                draft.miss(found)
                continue
            draft.values[column] = found
            known = references.known.get(found)
            if known is None or not known.usable:
                draft.miss(self._missing(column, text, found, known))
        if issubclass(head.kind, Relation) and not draft.faults:
            _check_ends(head.kind, draft)

    def _meant(self, head: Header, draft: Draft, column: str, references: References) -> str | Fault:
        """The id that a code or a name stands for, or why there is none."""
        text = draft.values[column]
        if is_code(text):
            owner = references.owners.get(text)
            return owner[0] if owner else Fault(column, text, self._uncoded(text))
        labels = _labels(head)[column]
        meant = references.meanings[labels, text]
        if len(meant.ids) > 1:
            kinds = called(NODE_OF[labels[0]]) if len(labels) == 1 else "条目"
            which = meant.reason or "、".join(meant.ids)
            return Fault(column, text, f"有 {len(meant.ids)} 个同名的{kinds}：{which}；请改填标识")
        if not meant.ids:
            return Fault(column, text, meant.reason, meant.owing_to)
        if meant.form:
            draft.taken.append((column, text, meant.shown or meant.ids[0], meant.form))
        return meant.ids[0]

    def _uncoded(self, code: str) -> str:
        near = self.keys.near_code(code) if self._may_guess() else None
        meant = f"；是否应为 {near}？" if near else ""
        return f"没有此统一社会信用代码的主体：本文件夹和库中都没有{meant}"

    def _missing(self, column: str, text: str, id: str, known: Known | None) -> Fault:
        kind = kind_of(id)
        words, label = (called(kind), kind.label) if kind else ("行", "")
        if why := self.heed.held(label, id):
            return Fault(column, text, f"所指的{words}{why}")
        if known and known.line:
            reason = rejected(label, f"所指的{words}", known.line, known.why)
            return Fault(column, text, reason, f"{label}.csv 第 {known.line} 行")
        if known:
            return Fault(column, text, f"所指的{words}在上表中被拒绝：请先改正 {label}.csv", f"{label}.csv")
        if label in self.refused:
            reason = f"所指的{words}在库中没有，而 {label}.csv 整表未装载：请先改正该表"
            return Fault(column, text, reason, f"{label}.csv")
        meant = self.keys.near(id) if self._may_guess() else None
        return Fault(
            column,
            text,
            f"没有这个{words}：本文件夹和库中都没有" + (f"；是否应为 {meant}？" if meant else ""),
        )

    def _may_guess(self) -> bool:
        self.guesses -= 1
        return self.guesses >= 0


def _wanted(head: Header, drafts: Sequence[Draft]) -> tuple[set[str], set[str], dict[Labels, set[str]]]:
    """The ids, the credit codes and, by the kinds that they may name, the names that a batch refers to."""
    ids, codes, names = set[str](), set[str](), dict[Labels, set[str]]()
    for column in head.references:
        texts = {d.values[column] for d in drafts if column in d.values and not d.faults}
        found = {text for text in texts if is_id(text)}
        coded = {text for text in texts - found if is_code(text)}
        ids |= found
        codes |= coded
        if rest := texts - found - coded:
            names.setdefault(_labels(head)[column], set()).update(rest)
    own = {d.values["uscc"] for d in drafts if "uscc" in d.values}
    return ids, codes | own, names


def _labels(head: Header) -> Mapping[str, Labels]:
    return references(head.kind)


def _check_ends(kind: type[Relation], draft: Draft) -> None:
    start, end = kind_of(draft.values["from"]), kind_of(draft.values["to"])
    if start and end and (start.label, end.label) not in kind.ends:
        allowed = "、".join(f"{a} → {b}" for a, b in kind.ends)
        draft.refuse("to", draft.values["to"], f"{kind.label} 只能连接 {allowed}")
