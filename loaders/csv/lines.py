"""Bytes become rows of cells, each with the line it begins on; a damaged place costs its own row only."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

LONGEST_LINE = 1_000_000
LONGEST_ROW = 100
"""Lines that one row may run over."""
_UNCLOSED = '引号未闭合：单元格以 " 开头，却没有结束的 "；单元格内的引号应写成 ""'


@dataclass(slots=True)
class Cells:
    """The cells of one row, or what makes it unreadable."""

    line: int
    """The line it begins on, the first being 1."""
    texts: list[str]
    fault: str = ""
    shown: str = ""
    """The part of it that the fault is about."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    fault: str = ""
    shown: str = ""


class Lines:
    """The rows of a file, read with bounded memory."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._file: BinaryIO = path.open("rb")
        self._encoding = encoding
        self._number = 0
        self._again: deque[_Line] = deque()
        self.width = 0
        """Cells that a row should have; 0 while the header is not read."""
        self.done = 0
        """Bytes read so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Cells]:
        """Yield every row that is not blank."""
        while line := self._next():
            if line.fault:
                yield Cells(line.number, [], line.fault, line.shown)
            elif '"' in line.text:
                yield self._quoted(line)
            elif text := line.text.rstrip("\r\n"):
                yield Cells(line.number, text.split(","))

    def again(self) -> Iterator[Cells]:
        """Yield every row that is not blank from the beginning of the file, the header too."""
        with Lines(self._path, self._encoding) as lines:
            lines.width = self.width
            yield from lines

    def _next(self) -> _Line | None:
        if self._again:
            return self._again.popleft()
        raw = self._file.readline(LONGEST_LINE + 1)
        if not raw:
            return None
        self._number += 1
        self.done += len(raw)
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            return self._too_long(raw)
        try:
            text = raw.decode(self._encoding)
        except UnicodeDecodeError as error:
            return self._damaged(raw, error)
        return _Line(self._number, text.removeprefix("\ufeff") if self._number == 1 else text)

    def _too_long(self, raw: bytes) -> _Line:
        start = raw[:30].decode(self._encoding, errors="replace")
        while raw and not raw.endswith(b"\n"):
            raw = self._file.readline(LONGEST_LINE)
            self.done += len(raw)
        return _Line(
            self._number, "", f"行过长：超过 {LONGEST_LINE:,} 字节；请检查是否漏了换行，或引号未闭合", start
        )

    def _damaged(self, raw: bytes, error: UnicodeDecodeError) -> _Line:
        """Say which bytes are damaged, and what stands before them."""
        wrong = raw[error.start : error.end].hex(" ").upper()
        before = raw[: error.start].decode(self._encoding)[-12:]
        place = f"第 {raw[: error.start].count(b',') + 1} 格“{before}”之后"
        reason = f"{place}有损坏的字节 {wrong}，不是 {self._encoding.upper()} 文字；请改正这一行"
        return _Line(self._number, "", reason)

    def _quoted(self, first: _Line) -> Cells:
        """Read a row with quotes, which may run over lines; after a fault the next line begins a new row."""
        taken = [first]

        def feed() -> Iterator[str]:
            yield first.text
            room = LONGEST_LINE
            while len(taken) < LONGEST_ROW and room > 0 and (line := self._next()):
                taken.append(line)
                room -= len(line.text)
                if line.fault:
                    return
                yield line.text

        try:
            texts = next(csv.reader(feed(), strict=True))
        except csv.Error as error:
            fault = _quote_fault(str(error)) if len(taken) == 1 else _UNCLOSED
        else:
            if len(taken) == 1 or len(texts) == self.width:
                return Cells(first.number, texts)
            fault = (
                f"{_UNCLOSED}（按引号读到第 {taken[-1].number} 行，共 {len(texts)} 格，应为 {self.width} 格）"
            )
        self._again.extendleft(reversed(taken[1:]))
        return Cells(first.number, [], fault, first.text.rstrip("\r\n"))


def _quote_fault(error: str) -> str:
    if "end of data" in error:
        return _UNCLOSED
    if "larger than" in error:
        return f"单元格过长：超过 {csv.field_size_limit():,} 字符"
    return '引号写法不对：含引号的单元格应整个放在 " " 内，其中的引号写成 ""'
