"""Shelves: what can be found of one kind, as arrays that a bundle can hold.

The names and codes of all entries stand in rows, the best first, and lines find the rows of a piece of text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import ne
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.texts import Texts
from queries.lookup.lines import Lines, Numbers
from queries.lookup.spelling import capitals_all, clean_all, simplify_all, spell_all

type Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found; `codes` are credit, stock, former region codes and document numbers."""

    id: str
    kind: str
    name: str
    aliases: Sequence[str] = ()
    codes: Sequence[str] = ()
    closed: bool = False
    """Whether it is gone in the newest year of the data: it is found all the same, after what is there."""
    began: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What is written of the entries, the best first: short ones, names, those that are there, by id."""

    owners: Numbers
    """The place of the entry."""
    texts: Texts
    sizes: Numbers
    """Letters that count."""


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """The entries of one kind, their names and codes."""

    ids: Texts
    names: Texts
    began: NDArray[np.datetime64]
    ended: NDArray[np.datetime64]
    closed: NDArray[np.bool_]
    name_rows: Rows
    code_rows: Rows
    by_name: Lines
    by_code: Lines
    by_pinyin: Lines
    by_initials: Lines

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        """Write entries of one kind down, all that find them."""
        names, cleaned = _rows(entries, [(entry.name, *entry.aliases) for entry in entries])
        codes, cleaned_codes = _rows(entries, [_codes(entry) for entry in entries])
        owners, spelled = spell_all(cleaned)
        initials = list(dict.fromkeys(zip(owners, capitals_all(spelled), strict=True)))
        every = np.arange(len(cleaned), dtype=np.int32)
        return cls(
            Texts.of(entry.id for entry in entries),
            Texts.of(entry.name for entry in entries),
            np.array([entry.began for entry in entries], "datetime64[D]"),
            np.array([entry.ended for entry in entries], "datetime64[D]"),
            np.array([entry.closed for entry in entries], np.bool_),
            names,
            codes,
            Lines.of(every, simplify_all(cleaned), wide=True),
            Lines.of(
                _numbers(range(len(cleaned_codes))), simplify_all(cleaned_codes), wide=True, inside=False
            ),
            Lines.of(_numbers(owners), spelled, wide=False),
            Lines.of(_numbers([n for n, _ in initials]), [text for _, text in initials], wide=False),
        )

    def laid(self, kind: str) -> dict[str, NDArray[Any]]:
        """Name the arrays for a bundle."""
        arrays = self.ids.laid(f"{kind}__ids") | self.names.laid(f"{kind}__names")
        arrays |= {f"{kind}__began": self.began, f"{kind}__ended": self.ended, f"{kind}__closed": self.closed}
        for name, rows in (("name_rows", self.name_rows), ("code_rows", self.code_rows)):
            arrays |= rows.texts.laid(f"{kind}__{name}")
            arrays |= {f"{kind}__{name}__owners": rows.owners, f"{kind}__{name}__sizes": rows.sizes}
        for name in LINES:
            arrays |= cast("Lines", getattr(self, name)).laid(f"{kind}__{name}")
        return arrays

    @classmethod
    def found(cls, kind: str, arrays: Arrays) -> Self:
        """Take from a bundle what `laid` named."""
        name_rows, code_rows = (
            Rows(
                arrays[f"{kind}__{name}__owners"],
                Texts.found(f"{kind}__{name}", arrays),
                arrays[f"{kind}__{name}__sizes"],
            )
            for name in ("name_rows", "code_rows")
        )
        return cls(
            Texts.found(f"{kind}__ids", arrays),
            Texts.found(f"{kind}__names", arrays),
            arrays[f"{kind}__began"],
            arrays[f"{kind}__ended"],
            arrays[f"{kind}__closed"],
            name_rows,
            code_rows,
            *(Lines.found(f"{kind}__{name}", arrays) for name in LINES),
        )


_DIGIT = re.compile(r"\d")
LINES = ("by_name", "by_code", "by_pinyin", "by_initials")


def _rows(entries: Sequence[Entry], written: Sequence[Sequence[str]]) -> tuple[Rows, list[str]]:
    """Put what is written of each entry in order, and tell how each reads when cleaned."""
    texts = list(chain.from_iterable(written))
    owners = np.repeat(np.arange(len(entries), dtype=np.int32), list(map(len, written)))
    cleaned = clean_all(texts)
    sizes = _numbers(map(len, cleaned), len(cleaned))
    names = [entry.name for entry in entries]
    other = np.fromiter(map(ne, texts, map(names.__getitem__, owners.tolist())), np.bool_, len(texts))
    closed = np.fromiter((entry.closed for entry in entries), np.bool_, len(entries))
    rank = np.empty(len(entries), np.int32)
    rank[sorted(range(len(entries)), key=lambda n: entries[n].id)] = np.arange(len(entries), dtype=np.int32)
    order = np.lexsort((rank[owners], closed[owners], other, sizes))
    order = order[sizes[order] > 0]
    places = order.tolist()
    rows = Rows(owners[order], Texts.of(texts[place] for place in places), sizes[order])
    return rows, [cleaned[place] for place in places]


def _codes(entry: Entry) -> Sequence[str]:
    key = entry.id.partition(":")[2]
    # A key of letters says what the pinyin says, only worse.
    return (entry.id, *entry.codes, *([key] if _DIGIT.search(key) else []))


def _numbers(numbers: Iterable[int], count: int = -1) -> Numbers:
    return np.fromiter(numbers, np.int32, count)
