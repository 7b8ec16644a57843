"""Lines: where in many short texts a piece of text stands, exactly or with one typing error.

Every place where a syllable begins is kept in the order of the eight bytes that stand there (a suffix
array cut short), so that all places of a piece of text are one range, found by bisection.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.int32]

LINE_FEED = ord("\n")
MOST_LOOKS = 20_000
LONGEST_SYLLABLE = 6
WIDE = 2


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts in one array of letters, and the places where syllables begin, in order of what follows."""

    letters: NDArray[Any]
    """Bytes for pinyin, UTF-16 for characters; each text between two line feeds."""
    firsts: Numbers
    """Where each line begins, and where one more would."""
    owners: Numbers
    """To which row each line belongs, rising."""
    begins: NDArray[np.bool_]
    places: Numbers
    keys: NDArray[np.uint64]

    @classmethod
    def of(cls, owners: Numbers, lines: Sequence[str], *, wide: bool, inside: bool = True) -> Self:
        """Take lines and the row of each, rising; a capital begins a syllable.

        `wide` keeps all characters, otherwise those outside ASCII become question marks.
        Not `inside`: only the beginnings of lines will be found.
        """
        marked = _letters("\n".join(["", *lines, ""]), wide=wide)
        is_feed = marked == LINE_FEED
        letters = np.concatenate(
            [np.where(_is_capital(marked), marked + 32, marked), np.zeros(8, marked.dtype)]
        )
        firsts = (np.flatnonzero(is_feed) + 1).astype(np.int32)
        begins = ~(is_feed | (not wide) & (marked >= ord("a")) & (marked <= ord("z")))
        if not inside:
            begins = np.zeros(len(marked), np.bool_)
            begins[firsts[:-1]] = True
        places = np.flatnonzero(begins).astype(np.int32)
        keys = _keys(letters, places)
        order = np.argsort(keys)
        return cls(letters, firsts, owners, begins, places[order], keys[order])

    def laid(self, name: str) -> dict[str, NDArray[Any]]:
        """Name the arrays for a bundle."""
        return {f"{name}__{f.name}": getattr(self, f.name) for f in fields(self)}

    @classmethod
    def found(cls, name: str, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Take from a bundle what `laid` named."""
        return cls(*(arrays[f"{name}__{f.name}"] for f in fields(cls)))

    def rows(self, text: str) -> tuple[Numbers, Numbers, Numbers]:
        """Find the rows that are `text`, those that begin with it and those that contain it."""
        asked = self._read(text)
        found = self._places(asked)
        line = self._lines(found)
        begins = found == self.firsts[line]
        ends = found + len(asked) + 1 == self.firsts[line + 1]
        return self._owners(line[begins & ends]), self._owners(line[begins]), self._owners(line)

    def near(self, text: str) -> Numbers:
        """Find the rows with something in them that has one letter wrong, missing, too many or swapped.

        One error leaves the beginning or the end whole, or swaps the two letters in the middle.
        Not more than `MOST_LOOKS` places of each are looked at.
        """
        asked = self._read(text)
        starts = _once(np.sort(np.concatenate(list(self._starts(asked)))))
        starts = starts[(starts > 0) & (starts + len(asked) < len(self.letters))]
        starts = starts[self.begins[starts]]
        one, two = self.letters[starts], self.letters[starts + 1]
        starts = starts[(one == asked[0]) | (two == asked[1]) | (one == asked[1]) | (two == asked[0])]
        return self._owners(self._lines(starts[self._has_one_error(asked, starts)]))

    def _starts(self, asked: NDArray[Any]) -> Iterator[Numbers]:
        half = len(asked) // 2
        swapped = asked.copy()
        swapped[[half - 1, half]] = asked[[half, half - 1]]
        yield self._places(swapped)
        yield self._places(asked[:half])[:MOST_LOOKS]
        for cut in self._cuts(len(asked)):
            ends = self._places(asked[cut:])[:MOST_LOOKS] - cut
            yield from (ends - 1, ends, ends + 1)

    def _cuts(self, size: int) -> Iterable[int]:
        """Name the places from which on an error in the first half may leave the rest whole.

        Among characters the middle will do; in pinyin a syllable must begin there, the next at most.
        """
        half = size // 2
        return (half,) if self.letters.itemsize == WIDE else range(1, min(half + LONGEST_SYLLABLE, size - 2))

    def _has_one_error(self, asked: NDArray[Any], starts: Numbers) -> NDArray[np.bool_]:
        size = len(asked)
        there = self.letters[starts[:, None] + np.arange(size + 1)]
        same = _runs(there[:, :size] == asked)
        wrong = same.before[:, :-1] & same.after[:, 1:] & (there[:, :size] != LINE_FEED)
        missing = same.before & _runs(there[:, 1:] == asked).after & (there != LINE_FEED)
        shifted = _runs(there[:, : size - 1] == asked[1:])
        extra = same.before[:, :-1] & shifted.after
        swap = (there[:, : size - 1] == asked[1:]) & (there[:, 1:size] == asked[:-1])
        swap &= same.before[:, :-2] & same.after[:, 2:]
        return wrong.any(1) | missing.any(1) | extra.any(1) | swap.any(1)

    def _owners(self, lines: Numbers) -> Numbers:
        return _once(self.owners[lines])

    def _read(self, text: str) -> NDArray[Any]:
        return _letters(text, wide=self.letters.itemsize == WIDE)

    def _places(self, asked: NDArray[Any]) -> Numbers:
        """Find all places of what is asked for, rising."""
        width = 8 // self.letters.itemsize
        low, high = _bounds(asked[:width], width)
        found = self.places[np.searchsorted(self.keys, low) : np.searchsorted(self.keys, high, "right")]
        for offset in range(width, len(asked)):
            found = found[self.letters[found + offset] == asked[offset]]
        return np.sort(found)

    def _lines(self, places: Numbers) -> Numbers:
        return (np.searchsorted(self.firsts, places, "right") - 1).astype(np.int32)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Column k: whether all before k are true, and all from k on; one column more than asked."""

    before: NDArray[np.bool_]
    after: NDArray[np.bool_]


def _runs(same: NDArray[np.bool_]) -> _Runs:
    edge = np.ones((len(same), 1), np.bool_)
    before = np.logical_and.accumulate(np.hstack([edge, same]), axis=1)
    after = np.logical_and.accumulate(np.hstack([same, edge])[:, ::-1], axis=1)[:, ::-1]
    return _Runs(before, after)


def _once(rising: Numbers) -> Numbers:
    """Drop repetitions."""
    return rising[np.append(True, rising[1:] != rising[:-1])] if len(rising) else rising


def _letters(text: str, *, wide: bool) -> NDArray[Any]:
    if wide:
        return np.frombuffer(text.encode("utf-16-le"), "<u2")
    return np.frombuffer(text.encode("ascii", "replace"), np.uint8)


def _is_capital(letters: NDArray[Any]) -> NDArray[np.bool_]:
    return (letters >= ord("A")) & (letters <= ord("Z"))


def _keys(letters: NDArray[Any], places: Numbers) -> NDArray[np.uint64]:
    """Read the eight bytes at each place as one number, the first letter as its highest part."""
    size = letters.itemsize
    large_first = letters.astype(f">u{size}")
    every = np.ndarray((len(letters) - 8 // size + 1,), ">u8", large_first, strides=(size,))
    return every[places].astype(np.uint64)


def _bounds(asked: NDArray[Any], width: int) -> tuple[np.uint64, np.uint64]:
    bits = 8 * asked.itemsize
    low = 0
    for letter in asked.tolist():
        low = low << bits | letter
    free = bits * (width - len(asked))
    return np.uint64(low << free), np.uint64((low + 1 << free) - 1)
