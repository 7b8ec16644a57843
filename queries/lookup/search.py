"""Search: what a piece of text may mean among towns, organisations and everything else.

Finds names, aliases, ids and codes by their whole, their beginning or a part; in simplified or traditional
characters, in pinyin, in initials, or in a mixture (`定襄falan`); with one typing error; and by several
words apart. Each manner of matching has its band of scores, tried from the surest down, see `_bands`.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from heapq import merge
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.kinds.terms import Term
from graph.snapshot.bundle import Arrays, Bundle, Facts
from graph.snapshot.texts import Texts
from queries.lookup.lines import Numbers
from queries.lookup.shelves import Entry, Rows, Shelf
from queries.lookup.spelling import capitals, clean, rules, simplify, spellings

FORMAT = 1
"""Of a saved index: moves when other arrays are saved, or the same ones mean something else."""
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


class _Finder:
    """Finds the entries of one kind, manner by manner; those that are hidden are not found."""

    def __init__(self, kind: str, shelf: Shelf, hidden: frozenset[str] = frozenset()) -> None:
        self.shelf, self.kind, self.hidden = shelf, kind, hidden
        self._names, self._codes = shelf.by_name, shelf.by_code
        self._pinyin, self._initials = shelf.by_pinyin, shelf.by_initials

    def shown(self, matched_by: SearchMatch, band: float, numbers: Iterable[int]) -> Iterator["_Found"]:
        """Give the rows of these numbers that are not hidden."""
        rows = self.shelf.code_rows if matched_by is SearchMatch.CODE else self.shelf.name_rows
        for number in numbers:
            owner = int(rows.owners[number])
            if not self.hidden or str(self.shelf.ids[owner]) not in self.hidden:
                yield _Found(self, rows, int(number), owner, matched_by, band)

    def whole(self, query: _Query) -> bool:
        """Whether a name or a code is what was asked for."""
        names, codes = self._names.rows(query.folded)[0], self._codes.rows(query.folded)[0]
        found = ((SearchMatch.EXACT, names), (SearchMatch.CODE, codes))
        return any(True for matched_by, rows in found for _ in self.shown(matched_by, 1, rows))

    def bands(self, query: _Query, *, errors: bool) -> Iterator[_Band]:
        """List what matches, manner by manner; `errors`: also with one error."""
        whole, beginning, part = self._names.rows(query.folded)
        whole_code, beginning_of_code, _ = self._codes.rows(query.folded)
        yield SearchMatch.EXACT, 1, whole
        yield SearchMatch.CODE, 0.95, whole_code
        yield SearchMatch.PREFIX, 0.85, beginning
        yield SearchMatch.CODE, 0.8, beginning_of_code
        yield SearchMatch.PART, 0.7, part
        if len(query.words) > 1:
            yield SearchMatch.PART, 0.65, _common(self._names.rows(word)[2] for word in query.words)
        if query.has_letters:
            yield from self._bands_of_sound(query)
        if errors:
            yield from self._bands_of_error(query)

    def _bands_of_sound(self, query: _Query) -> Iterator[_Band]:
        written = [self._names.rows(run)[2] for run in query.runs]
        for matched_by, top, rows in (
            (SearchMatch.INITIALS, 0.6, self._initials.rows(query.initials)),
            (SearchMatch.PINYIN, 0.45, self._pinyin.rows(query.pinyin)),
        ):
            for step, some in enumerate(rows):
                yield matched_by, top - 0.05 * step, _common([some, *written])
        if len(query.words) > 1:
            yield SearchMatch.PINYIN, 0.3, _common(map(self._anyhow, query.words))

    def _bands_of_error(self, query: _Query) -> Iterator[_Band]:
        if query.runs and len(query.folded) >= SHORTEST_NAME:
            yield SearchMatch.SIMILAR, 0.2, self._names.near(query.folded)
        if query.has_letters and len(query.pinyin) >= SHORTEST_PINYIN:
            yield SearchMatch.SIMILAR, 0.15, self._pinyin.near(query.pinyin)
        if query.runs and len(query.folded) >= SHORTEST_NAME:
            yield SearchMatch.SIMILAR, 0.1, self._pinyin.rows(query.pinyin)[2]

    def _anyhow(self, word: str) -> Numbers:
        """Find the rows with `word` in characters, pinyin or initials."""
        return np.unique(
            np.concatenate([lines.rows(word)[2] for lines in (self._names, self._pinyin, self._initials)])
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A row that matched."""

    finder: _Finder
    rows: Rows
    number: int
    owner: int
    matched_by: SearchMatch
    band: float

    @property
    def id(self) -> str:
        return str(self.finder.shelf.ids[self.owner])

    @property
    def rank(self) -> tuple[int, bool, bool, str]:
        """Where it stands among the rows of its band."""
        shelf = self.finder.shelf
        other = self.rows.texts[self.number] != shelf.names[self.owner]
        return int(self.rows.sizes[self.number]), other, bool(shelf.closed[self.owner]), self.id

    def hit(self) -> Hit:
        shelf, exact = self.finder.shelf, self.matched_by is SearchMatch.EXACT
        return Hit(
            self.id,
            self.finder.kind,
            str(shelf.names[self.owner]),
            str(self.rows.texts[self.number]),
            self.matched_by,
            self.band if exact else round(self.band + 0.04 / int(self.rows.sizes[self.number]), 6),
            shelf.began[self.owner].item(),
            shelf.ended[self.owner].item(),
        )


class Stack:
    """The entries of one kind: those that changed since most were laid out lie on a shelf above."""

    def __init__(self, finders: Sequence[_Finder], above: Mapping[str, Entry] | None) -> None:
        self._finders = finders
        self._above = above
        """What lies above, by id; None: not known any more."""

    @classmethod
    def of(cls, kind: str, entries: Sequence[Entry]) -> Self:
        """Lay entries out."""
        return cls((_Finder(kind, Shelf.of(entries)),), {})

    def changed(self, gone: Collection[str], entries: Iterable[Entry]) -> Self | None:
        """Take entries away by id, and put others in; None: too many for a shelf above."""
        if self._above is None:
            return None
        above = {id: entry for id, entry in self._above.items() if id not in gone}
        above |= {entry.id: entry for entry in entries}
        below = self._finders[0]
        hidden = below.hidden | frozenset(gone) | above.keys()
        if len(hidden) > MOST_ABOVE:
            return None
        laid_out = _Finder(below.kind, Shelf.of(list(above.values())))
        return type(self)((_Finder(below.kind, below.shelf, hidden), laid_out), above)

    @property
    def hidden(self) -> Collection[str]:
        """Ids of entries that are others, or gone, since most were laid out."""
        return self._finders[0].hidden

    def knowing(self, above: Iterable[Entry]) -> Self:
        """Give the same with what lies above, which a bundle does not say."""
        return type(self)(self._finders, {entry.id: entry for entry in above})

    def hits(self, query: _Query, first: int) -> Collection[Hit]:
        """Find the best `first` entries: bands come in falling order, rows in rising."""
        found: dict[str, Hit] = {}
        errors = not any(finder.whole(query) for finder in self._finders)
        for bands in zip(*(finder.bands(query, errors=errors) for finder in self._finders), strict=True):
            parts = [finder.shown(*band) for finder, band in zip(self._finders, bands, strict=True)]
            for row in parts[0] if len(parts) == 1 else merge(*parts, key=_rank_of_row):
                if row.id not in found:
                    found[row.id] = row.hit()
                if len(found) == first:
                    return found.values()
        return found.values()

    def laid(self, kind: str) -> dict[str, NDArray[Any]]:
        """Name the arrays for a bundle."""
        arrays = self._finders[0].shelf.laid(kind)
        if len(self._finders) > 1:
            arrays |= self._finders[1].shelf.laid(f"{kind}{ABOVE}")
            arrays |= Texts.of(sorted(self._finders[0].hidden)).laid(f"{kind}{HIDDEN}")
        return arrays

    @classmethod
    def found(cls, kind: str, arrays: Arrays) -> Self:
        """Take from a bundle what `laid` named."""
        below = Shelf.found(kind, arrays)
        if not any(name.startswith(f"{kind}{ABOVE}") for name in arrays):
            return cls((_Finder(kind, below),), {})
        hidden = frozenset(map(str, Texts.found(f"{kind}{HIDDEN}", arrays).array().tolist()))
        above = _Finder(kind, Shelf.found(f"{kind}{ABOVE}", arrays))
        return cls((_Finder(kind, below, hidden), above), None)


ABOVE, HIDDEN = "__above", "__hidden"


class SearchIndex:
    """All that can be found, by kind; never changes once built, so threads may share it."""

    def __init__(self, stacks: Mapping[str, Stack]) -> None:
        self._stacks = stacks

    @property
    def stacks(self) -> Mapping[str, Stack]:
        """The entries by kind."""
        return self._stacks

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Build the index; readings of characters are kept from one build to the next."""
        by_kind = defaultdict[str, list[Entry]](list)
        for entry in entries:
            by_kind[entry.kind].append(entry)
        return cls({kind: Stack.of(kind, members) for kind, members in by_kind.items()})

    def saved(self) -> tuple[Arrays, Facts]:
        """Give what a bundle holds of the index."""
        arrays = {n: a for kind, stack in self._stacks.items() for n, a in stack.laid(kind).items()}
        return arrays, {"index": FORMAT, "spelling": rules(), "kinds": " ".join(self._stacks)}

    @classmethod
    def opened(cls, bundle: Bundle) -> Self | None:
        """Take the index from a bundle; None when it was made by other rules than today's."""
        if (bundle.facts.get("index"), bundle.facts.get("spelling")) != (FORMAT, rules()):
            return None
        kinds = str(bundle.facts["kinds"]).split()
        return cls({kind: Stack.found(kind, bundle.arrays) for kind in kinds})

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
        stacks = [stack for kind, stack in self._stacks.items() if not kinds or kind in kinds]
        hits = chain.from_iterable(stack.hits(query, first) for stack in stacks)
        return sorted(hits, key=_rank)[:first]


def _rank(hit: Hit) -> tuple[float, bool, bool, str]:
    return -hit.score, hit.matched != hit.name, hit.kind != "Town", hit.id


def _rank_of_row(row: _Found) -> tuple[int, bool, bool, str]:
    return row.rank


def _common(rows: Iterable[Numbers]) -> Numbers:
    return reduce(lambda some, others: np.intersect1d(some, others, assume_unique=True), rows)
