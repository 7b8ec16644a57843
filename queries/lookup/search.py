"""Search: what a piece of text may mean among towns, organisations and everything else.

Finds names, aliases, ids and codes by their whole, their beginning or a part; in simplified or traditional
characters, in pinyin, in initials, or in a mixture (`定襄falan`); with one typing error; and by several
words apart. Each manner of matching has its band of scores, tried from the surest down, see `_bands`.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import reduce
from heapq import merge
from itertools import chain
from typing import Self

import numpy as np

from graph.errors import BadInput
from graph.kinds.terms import Term
from queries.lookup.lines import Lines, Numbers
from queries.lookup.spelling import capitals, clean, simplify, spellings

LONGEST_TEXT = 100
MOST_HITS = 100
SHORTEST_NAME = 3
SHORTEST_PINYIN = 5
MOST_ABOVE = 250
"""Entries of a kind that may have changed before all of it is laid out anew."""


class SearchMatch(Term):
    """检索命中方式"""  # noqa: D400, D415 Chinese: GraphQL shows it

    EXACT = "EXACT", "名称或别名完全一致"
    PREFIX = "PREFIX", "名称或别名开头一致"
    PART = "PART", "名称或别名包含"
    CODE = "CODE", "代码或标识"
    INITIALS = "INITIALS", "拼音首字母"
    PINYIN = "PINYIN", "拼音"
    SIMILAR = "SIMILAR", "近似（错、漏、多、颠倒一字，或同音）"


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


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry at its best match: `matched` is the name, alias, code or id that matched.

    `score` orders the hits of one search: 1 is the whole name, then a band for each manner of matching
    (0.95 whole code … 0.1 same sound), within it up to 0.04 more the shorter the text that matched.
    """

    id: str
    kind: str
    name: str
    matched: str
    matched_by: SearchMatch
    score: float
    began: date | None = None
    """When it was founded, or issued; None: not known, or does not apply."""
    ended: date | None = None

    def active(self, as_of: int) -> bool:
        """Whether it exists on 31 December of a year; what is not known is no bound."""
        day = date(as_of, 12, 31)
        return (self.began is None or self.began <= day) and (self.ended is None or self.ended > day)


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    text: str
    size: int

    def hit(self, matched_by: SearchMatch, band: float) -> Hit:
        score = band if matched_by is SearchMatch.EXACT else round(band + 0.04 / self.size, 6)
        entry = self.entry
        return Hit(entry.id, entry.kind, entry.name, self.text, matched_by, score, entry.began, entry.ended)


type _Band = tuple[SearchMatch, float, Iterable[int]]


@dataclass(frozen=True, slots=True)
class _Query:
    folded: str
    words: Sequence[str]
    pinyin: str
    initials: str
    runs: Sequence[str]
    """What was written in characters, in a text that also has letters."""
    has_letters: bool

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what was typed; ü is v, as on a keyboard."""
        text = text.replace("ü", "v").replace("Ü", "v")
        cleaned = clean(text)
        spelling = spellings(cleaned)[0]
        folded = simplify(cleaned)
        words = [simplify(clean(word)) for word in text.split()]
        return cls(
            folded=folded,
            words=[word for word in words if word],
            pinyin=spelling.lower(),
            initials=capitals(spelling).lower(),
            runs=re.findall(r"[^\x00-\x7f]+", folded),
            has_letters=re.search(r"[a-z]", folded) is not None,
        )


class _Layer:
    """Entries of one kind, their names and codes in rows, the best first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        kept = list(entries)
        names = sorted(chain.from_iterable(map(_names, kept)), key=_order)
        codes = sorted(chain.from_iterable(map(_codes, kept)), key=_order)
        spelled = [(n, spelling) for n, (_, cleaned) in enumerate(names) for spelling in spellings(cleaned)]
        self.hidden = frozenset[str]()
        """Ids of entries that are not found here any more."""
        self.rows = [row for row, _ in names]
        self.code_rows = [row for row, _ in codes]
        self.names = Lines.of(((n, simplify(cleaned)) for n, (_, cleaned) in enumerate(names)), wide=True)
        self.codes = Lines.of(
            ((n, simplify(cleaned)) for n, (_, cleaned) in enumerate(codes)), wide=True, inside=False
        )
        self.pinyin = Lines.of(spelled, wide=False)
        self.initials = Lines.of(
            dict.fromkeys((n, capitals(spelling)) for n, spelling in spelled), wide=False
        )

    def without(self, ids: frozenset[str]) -> Self:
        """Hide entries."""
        made = copy(self)
        made.hidden = self.hidden | ids
        return made

    def shown(self, matched_by: SearchMatch, numbers: Iterable[int]) -> Iterator[_Row]:
        """Give the rows of these numbers that are not hidden."""
        source = self.code_rows if matched_by is SearchMatch.CODE else self.rows
        rows = (source[number] for number in numbers)
        return (row for row in rows if row.entry.id not in self.hidden) if self.hidden else rows

    def whole(self, query: _Query) -> bool:
        """Whether a name or a code is what was asked for."""
        names, codes = self.names.rows(query.folded)[0], self.codes.rows(query.folded)[0]
        found = ((SearchMatch.EXACT, names), (SearchMatch.CODE, codes))
        return any(True for matched_by, rows in found for _ in self.shown(matched_by, rows))

    def bands(self, query: _Query, *, errors: bool) -> Iterator[_Band]:
        """List what matches, manner by manner; `errors`: also with one error."""
        whole, beginning, part = self.names.rows(query.folded)
        whole_code, beginning_of_code, _ = self.codes.rows(query.folded)
        yield SearchMatch.EXACT, 1, whole
        yield SearchMatch.CODE, 0.95, whole_code
        yield SearchMatch.PREFIX, 0.85, beginning
        yield SearchMatch.CODE, 0.8, beginning_of_code
        yield SearchMatch.PART, 0.7, part
        if len(query.words) > 1:
            yield SearchMatch.PART, 0.65, _common(self.names.rows(word)[2] for word in query.words)
        if query.has_letters:
            yield from self._bands_of_sound(query)
        if errors:
            yield from self._bands_of_error(query)

    def _bands_of_sound(self, query: _Query) -> Iterator[_Band]:
        written = [self.names.rows(run)[2] for run in query.runs]
        for matched_by, top, rows in (
            (SearchMatch.INITIALS, 0.6, self.initials.rows(query.initials)),
            (SearchMatch.PINYIN, 0.45, self.pinyin.rows(query.pinyin)),
        ):
            for step, some in enumerate(rows):
                yield matched_by, top - 0.05 * step, _common([some, *written])
        if len(query.words) > 1:
            yield SearchMatch.PINYIN, 0.3, _common(map(self._anyhow, query.words))

    def _bands_of_error(self, query: _Query) -> Iterator[_Band]:
        if query.runs and len(query.folded) >= SHORTEST_NAME:
            yield SearchMatch.SIMILAR, 0.2, self.names.near(query.folded)
        if query.has_letters and len(query.pinyin) >= SHORTEST_PINYIN:
            yield SearchMatch.SIMILAR, 0.15, self.pinyin.near(query.pinyin)
        if query.runs and len(query.folded) >= SHORTEST_NAME:
            yield SearchMatch.SIMILAR, 0.1, self.pinyin.rows(query.pinyin)[2]

    def _anyhow(self, word: str) -> Numbers:
        """Find the rows with `word` in characters, pinyin or initials."""
        return np.unique(
            np.concatenate([lines.rows(word)[2] for lines in (self.names, self.pinyin, self.initials)])
        )


class Shelf:
    """The entries of one kind: those that changed since most were laid out lie in a layer above."""

    def __init__(self, layers: Sequence[_Layer], above: Mapping[str, Entry]) -> None:
        self._layers = layers
        self._above = above

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Lay entries out."""
        return cls((_Layer(entries),), {})

    def changed(self, gone: Collection[str], entries: Iterable[Entry]) -> Self | None:
        """Take entries away by id, and put others in; None: too many for a layer above."""
        above = {id: entry for id, entry in self._above.items() if id not in gone}
        above |= {entry.id: entry for entry in entries}
        below = self._layers[0].without(frozenset(gone) | above.keys())
        if len(below.hidden | above.keys()) > MOST_ABOVE:
            return None
        return type(self)((below, _Layer(above.values())), above)

    def hits(self, query: _Query, first: int) -> Collection[Hit]:
        """Find the best `first` entries: bands come in falling order, rows in rising."""
        found: dict[str, Hit] = {}
        errors = not any(layer.whole(query) for layer in self._layers)
        for bands in zip(*(layer.bands(query, errors=errors) for layer in self._layers), strict=True):
            matched_by, band, _ = bands[0]
            parts = [
                layer.shown(matched_by, rows) for layer, (*_, rows) in zip(self._layers, bands, strict=True)
            ]
            for row in parts[0] if len(parts) == 1 else merge(*parts, key=_rank_of_row):
                if row.entry.id not in found:
                    found[row.entry.id] = row.hit(matched_by, band)
                if len(found) == first:
                    return found.values()
        return found.values()


class SearchIndex:
    """All that can be found, by kind; never changes once built, so threads may share it."""

    def __init__(self, shelves: Mapping[str, Shelf]) -> None:
        self._shelves = shelves

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Build the index; readings of characters are kept from one build to the next."""
        by_kind = defaultdict[str, list[Entry]](list)
        for entry in entries:
            by_kind[entry.kind].append(entry)
        return cls({kind: Shelf.of(members) for kind, members in by_kind.items()})

    def search(self, text: str, *, kinds: Collection[str] = (), first: int = 10) -> list[Hit]:
        """Find what `text` may mean among `kinds` (none given: all), surest first.

        At equal scores a name comes before an alias, a town before others, then the id decides.
        Raises BadInput for a blank or overlong text and for `first` outside 1–100.
        """
        if not text.strip():
            raise BadInput("请输入要检索的文字", "text")
        if len(text) > LONGEST_TEXT:
            raise BadInput(f"检索文字最多 {LONGEST_TEXT} 个字，现为 {len(text)} 个", "text")
        if not 1 <= first <= MOST_HITS:
            raise BadInput(f"first 应在 1 至 {MOST_HITS} 之间，现为 {first}", "first")
        query = _Query.of(text)
        if not query.folded:
            return []
        shelves = [shelf for kind, shelf in self._shelves.items() if not kinds or kind in kinds]
        hits = chain.from_iterable(shelf.hits(query, first) for shelf in shelves)
        return sorted(hits, key=_rank)[:first]


def _rank(hit: Hit) -> tuple[float, bool, bool, str]:
    return -hit.score, hit.matched != hit.name, hit.kind != "Town", hit.id


def _order(written: tuple[_Row, str]) -> tuple[int, bool, bool, str]:
    return _rank_of_row(written[0])


def _rank_of_row(row: _Row) -> tuple[int, bool, bool, str]:
    entry = row.entry
    return row.size, row.text != entry.name, entry.closed, entry.id


def _names(entry: Entry) -> Iterator[tuple[_Row, str]]:
    return _written(entry, (entry.name, *entry.aliases))


def _codes(entry: Entry) -> Iterator[tuple[_Row, str]]:
    key = entry.id.partition(":")[2]
    # A key of letters says what the pinyin says, only worse.
    return _written(entry, (entry.id, *entry.codes, *([key] if re.search(r"\d", key) else [])))


def _written(entry: Entry, texts: Iterable[str]) -> Iterator[tuple[_Row, str]]:
    for text in texts:
        if cleaned := clean(text):
            yield _Row(entry, text, len(cleaned)), cleaned


def _common(rows: Iterable[Numbers]) -> Numbers:
    return reduce(lambda some, others: np.intersect1d(some, others, assume_unique=True), rows)
