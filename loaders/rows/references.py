"""The ids and credit codes that rows refer to: each must be a sound row of the folder, or in the store."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.edits.upsert import grades_of, ids_of_codes
from graph.kinds import Relation, kind_of
from graph.store.store import Store
from loaders.rows.applied_rulings import Heed
from loaders.rows.cells import called
from loaders.rows.draft import Draft
from loaders.rows.header import Header
from loaders.rows.keys import Keys, Known

GUESSES = 100
"""Times in a load that a wrong id is compared with the known ones."""


@dataclass(slots=True)
class References:
    """What the ids and codes of one batch stand for."""

    known: dict[str, Known]
    owners: dict[str, tuple[str, int]]
    """The organisation of each credit code, and the line that says so (0: the store)."""


@dataclass(slots=True)
class Resolver:
    """Finds what rows refer to."""

    store: Store
    keys: Keys
    heed: Heed = field(default_factory=Heed)
    refused: set[str] = field(default_factory=set[str])
    """Labels of tables of which nothing could be read."""
    guesses: int = GUESSES

    async def find(self, head: Header, drafts: Sequence[Draft]) -> References:
        """Look up all that a batch refers to: in the folder first, then in the store."""
        for made in drafts:
            self.heed.rename(head, made)
        ids, codes = _wanted(head, drafts)
        owners = await asyncio.to_thread(self.keys.codes, codes)
        if missing := codes - owners.keys():
            found = await ids_of_codes(self.store, missing)
            owners |= {code: (id, 0) for code, id in found.items()}
            self.keys.keep_codes((code, id, 0) for code, id in found.items())
        ids.update(id for id, _ in owners.values())
        known = await asyncio.to_thread(self.keys.known, ids)
        known |= await self._stored(id for id in ids if id not in known or not known[id].usable)
        return References(known, owners)

    async def _stored(self, ids: Iterable[str]) -> dict[str, Known]:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for id in ids:
            by_kind[id.partition(":")[0]].append(id)
        stored: dict[str, Known] = {}
        for group in by_kind.values():
            if kind := kind_of(group[0]):
                found = await grades_of(self.store, kind, group)
                stored |= {id: Known(usable=True, grade=grade) for id, grade in found.items()}
        self.keys.keep((id, True, known.grade) for id, known in stored.items())
        return stored

    def resolve(self, head: Header, draft: Draft, references: References) -> None:
        """Put ids in the place of codes, and refuse what refers to nothing."""
        values = draft.values
        for column in head.references:
            text = values.get(column)
            if text is None:
                continue
            if ":" not in text:
                owner = references.owners.get(text)
                if owner is None:
                    draft.refuse(column, text, "没有此统一社会信用代码的主体：本文件夹和库中都没有")
                    continue
                text = values[column] = owner[0]
            known = references.known.get(text)
            if known is None or not known.usable:
                draft.refuse(column, text, self._missing(text, known))
        if issubclass(head.kind, Relation) and not draft.faults:
            _check_ends(head.kind, draft)

    def _missing(self, id: str, known: Known | None) -> str:
        kind = kind_of(id)
        words, label = (called(kind), kind.label) if kind else ("行", "")
        if why := self.heed.held(label, id):
            return f"所指的{words}{why}"
        if known:
            return f"所指的{words}在上表中被拒绝：请先改正 {label}.csv"
        if label in self.refused:
            return f"所指的{words}在库中没有，而 {label}.csv 整表未装载：请先改正该表"
        meant = self._near(id)
        return f"没有这个{words}：本文件夹和库中都没有" + (f"；是否应为 {meant}？" if meant else "")

    def _near(self, id: str) -> str | None:
        self.guesses -= 1
        return self.keys.near(id) if self.guesses >= 0 else None


def _wanted(head: Header, drafts: Sequence[Draft]) -> tuple[set[str], set[str]]:
    texts: set[str] = set()
    for column in head.references:
        texts.update(d.values[column] for d in drafts if column in d.values and not d.faults)
    codes = {text for text in texts if ":" not in text}
    own = {d.values["uscc"] for d in drafts if "uscc" in d.values}
    return texts - codes, codes | own


def _check_ends(kind: type[Relation], draft: Draft) -> None:
    start, end = kind_of(draft.values["from"]), kind_of(draft.values["to"])
    if start and end and (start.label, end.label) not in kind.ends:
        allowed = "、".join(f"{a} → {b}" for a, b in kind.ends)
        draft.refuse("to", draft.values["to"], f"{kind.label} 只能连接 {allowed}")
