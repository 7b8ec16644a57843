"""Misspelt: numbers for cores that differ by the order of their characters, by one less, or by one other.

A core of characters c₁ … cₙ has the number Σ h(cᵢ)·wᵢ modulo 2⁶⁴, where h mixes the code point and wᵢ is an
odd number for each place. What a core would be with a character less or masked follows from sums of its
terms, for all cores of a length at once.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.csr import Ints

type Words = NDArray[np.uint64]
type Letters = Words
"""Mixed code points of cores of one length: a row a core."""
LEAST = 3
"""Characters of a core below which no typing error is assumed; one less is assumed above it."""
_MASKS = 1 << 32
"""Where the numbers begin that stand for a masked character, beyond all places."""


def rearranged(cores: Sequence[str]) -> tuple[Words, Ints]:
    """Give cores numbers, whatever the order of their characters.

    >>> numbers, whose = rearranged(["恒达玛钢", "恒玛达钢", "恒达"])
    >>> bool(numbers[0] == numbers[1]), whose.tolist()
    (True, [0, 1])
    """
    return _numbered(cores, LEAST, _sums)


def as_written(cores: Sequence[str]) -> tuple[Words, Ints]:
    """Give cores numbers as they are."""
    return _numbered(cores, 1, lambda letters: _sums(_terms(letters)))


def one_less(cores: Sequence[str]) -> tuple[Words, Ints]:
    """Give numbers to what is left of cores without one of their characters, each in turn.

    >>> set(as_written(["恒达钢"])[0].tolist()) <= set(one_less(["恒达玛钢"])[0].tolist())
    True
    """
    return _numbered(cores, LEAST + 1, _less)


def one_other(cores: Sequence[str]) -> tuple[Words, Ints]:
    """Give numbers to cores with one of their characters masked, each in turn."""
    return _numbered(cores, LEAST, _masked)


def _less(letters: Letters) -> Words:
    whole, shifted = _terms(letters), letters[:, 1:] * _mixed(np.arange(letters.shape[1] - 1))
    before = np.cumsum(whole, axis=1) - whole
    after = np.zeros_like(whole)
    after[:, :-1] = np.cumsum(shifted[:, ::-1], axis=1)[:, ::-1]
    return (before + after).astype(np.uint64)


def _masked(letters: Letters) -> Words:
    terms = _terms(letters)
    others = np.subtract(_sums(terms), terms, dtype=np.uint64)
    return others + _mixed(np.arange(letters.shape[1]) + _MASKS)


def _terms(letters: Letters) -> Words:
    return letters * _mixed(np.arange(letters.shape[1]))


def _sums(terms: Words) -> Words:
    return np.sum(terms, axis=1, keepdims=True, dtype=np.uint64)


def _numbered(cores: Sequence[str], least: int, make: Callable[[Letters], Words]) -> tuple[Words, Ints]:
    """Make the numbers of each length by itself, and say whose each is."""
    sizes = np.fromiter(map(len, cores), np.int32, len(cores))
    numbers, whose = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
    for size in np.unique(sizes[sizes >= least]).tolist():
        members = np.flatnonzero(sizes == size).astype(np.int32)
        text = "".join(cores[n] for n in members.tolist())
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        made = make(_mixed(points.reshape(len(members), size)))
        numbers.append(made.ravel())
        whose.append(np.repeat(members, made.shape[1]))
    return np.concatenate(numbers), np.concatenate(whose)


def _mixed(numbers: NDArray[np.integer]) -> Words:
    """Spread numbers over 64 bits, odd ones only (the finalizer of splitmix64)."""
    mixed = numbers.astype(np.uint64) + np.uint64(1)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) | np.uint64(1)
