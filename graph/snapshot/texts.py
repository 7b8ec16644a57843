"""Texts as they lie in a bundle: letters behind each other, and where each text begins; decoded when asked.

Arrays of StringDType can't be mapped into memory; these can. What reads single texts decodes those alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

TEXT = np.dtypes.StringDType(na_object=None)
NONE = b"\xff"
"""Stands for None: no byte of UTF-8 is like this."""


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Some texts, each of which may be None: read-only."""

    offsets: NDArray[np.integer[Any]]
    """Where each text begins, and where one more would."""
    letters: NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> "Texts":
        """Put texts behind each other.

        >>> texts = Texts.of(["法兰", None, ""])
        >>> texts[0], texts[1], texts.at([2, 0]), texts.part(1, 2).array().tolist()
        ('法兰', None, ['', '法兰'], [None, ''])
        """
        written = [NONE if text is None else text.encode() for text in texts]
        ends = np.cumsum(np.fromiter(map(len, written), np.int64, len(written)))
        offsets = np.concatenate([np.zeros(1, np.int64), ends])
        small = offsets[-1] <= np.iinfo(np.uint32).max
        return cls(
            offsets.astype(np.uint32) if small else offsets, np.frombuffer(b"".join(written), np.uint8)
        )

    def laid(self, name: str) -> dict[str, NDArray[Any]]:
        """Name the arrays for a bundle."""
        return {f"{name}__offsets": self.offsets, f"{name}__letters": self.letters}

    @classmethod
    def found(cls, name: str, arrays: Mapping[str, NDArray[Any]]) -> "Texts":
        """Take from a bundle what `laid` named; raises KeyError when it is not there."""
        return cls(arrays[f"{name}__offsets"], arrays[f"{name}__letters"])

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def nbytes(self) -> int:
        """The memory, or the mapped pages, that they take."""
        return self.offsets.nbytes + int(self.offsets[-1] - self.offsets[0])

    def __getitem__(self, row: int) -> str | None:
        return _decoded(self.letters[self.offsets[row] : self.offsets[row + 1]].tobytes())

    def at(self, rows: Sequence[int] | NDArray[np.integer[Any]]) -> list[str | None]:
        """Decode the texts of some rows."""
        places = np.asarray(rows, np.intp)
        ends = zip(self.offsets[places].tolist(), self.offsets[places + 1].tolist(), strict=True)
        letters = memoryview(self.letters)
        return [_decoded(letters[begin:end].tobytes()) for begin, end in ends]

    def part(self, first: int, length: int) -> "Texts":
        """Take the texts of neighbouring rows; the letters are shared."""
        return Texts(self.offsets[first : first + length + 1], self.letters)

    def array(self) -> NDArray[Any]:
        """Decode them all."""
        first = int(self.offsets[0])
        written = self.letters[first : int(self.offsets[-1])].tobytes()
        ends = (self.offsets - self.offsets.dtype.type(first)).tolist()
        if written.isascii():
            text = written.decode()
            found: list[str | None] = [text[begin:end] for begin, end in pairwise(ends)]
        else:
            found = [_decoded(written[begin:end]) for begin, end in pairwise(ends)]
        made = np.array(found, dtype=TEXT)
        made.setflags(write=False)
        return made


class Columns(Mapping[str, NDArray[Any]]):
    """The columns of a table in a bundle: a column of texts becomes an array when it is first asked for.

    A column of one value is that value in every row.
    """

    def __init__(self, length: int, held: Mapping[str, NDArray[Any] | Texts]) -> None:
        self._length = length
        self._held = dict(held)

    def __getitem__(self, name: str) -> NDArray[Any]:
        found = self._held[name]
        if isinstance(found, Texts) or len(found) != self._length:
            array = found.array() if isinstance(found, Texts) else found
            found = self._held[name] = _spread(array, self._length)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def held(self, name: str) -> NDArray[Any] | Texts:
        """Get a column as it is: texts that nobody has asked for stay as they lie."""
        return self._held[name]

    def __or__(self, others: Mapping[str, NDArray[Any]]) -> "Columns":
        """Put other columns in place of some; no text is decoded for it."""
        return Columns(self._length, self._held | dict(others))


def _spread(array: NDArray[Any], length: int) -> NDArray[Any]:
    return array if len(array) == length else np.broadcast_to(array.reshape(()), (length,))


def _decoded(written: bytes) -> str | None:
    return None if written == NONE else written.decode()
