"""Workbooks are read by a process of their own, so that no file can end or stall whoever asks for it.

`opened_book` starts `book_child` and yields what it sends, sheet by sheet. When the child ends before it is
done, or is not done in time, the workbook is refused, with the sheet that it was at.
"""

import json
import logging
import pickle
import subprocess
import sys
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Any, override

from graph.errors import LoadRefused
from loaders.excel.book_child import OUT_OF_MEMORY
from loaders.excel.container import LIMITS, Limits
from loaders.excel.sheet_table import Cell
from loaders.excel.sheet_xml import Part

_ROOT = Path(__file__).parents[2]
_CHILD = f"import sys; sys.path.append({str(_ROOT)!r}); from loaders.excel.book_child import main; main()"
_SENT = {
    *(("datetime", name) for name in ("date", "datetime", "time", "timedelta")),
    *((Part.__module__, name) for name in ("Part", "Area")),
}
"""All that a child may send beside texts, numbers and lists."""
_MOST_WORDS = 500
_NO_MEMORY = "memory allocation of"
"""What Rust says before it aborts."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet of a workbook."""

    name: str
    part: Part
    height: int
    rows: Iterator[list[Cell]]
    """From the first row of the sheet on, whatever is empty; to be read before the next sheet."""


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is being read."""

    notes: list[str]
    """What its user should know."""
    sheets: Iterator[SheetCells]


@contextmanager
def opened_book(path: Path, only: Collection[str] = ()) -> Generator[OpenBook]:
    """Open a workbook in a process of its own, or only some of its sheets.

    Raises LoadRefused, also while the sheets are read, when it is none or goes beyond the limits.
    """
    with TemporaryFile() as errors:
        reading = _Reading(path, only, LIMITS, errors)
        try:
            (_, notes) = reading.frame()
            yield OpenBook(notes, reading.sheets())
        finally:
            reading.close()


class _Reading:
    """A child that reads one workbook, and what it sends."""

    def __init__(self, path: Path, only: Collection[str], limits: Limits, errors: IO[bytes]) -> None:
        self._name, self._limits, self._errors = path.name, limits, errors
        self._sheet, self._late = "", False
        arguments = (json.dumps(asdict(limits)), str(path), *only)
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-I", "-c", _CHILD, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        except OSError as error:
            raise LoadRefused(f"{path.name}：不能启动读取程序（{error.strerror}）：请稍后再试") from error
        self._timer = Timer(limits.seconds, self._stop)
        self._timer.daemon = True
        self._timer.start()

    def frame(self) -> tuple[Any, ...]:
        """Take the next thing that the child sends; raise LoadRefused when there is none."""
        assert self._child.stdout  # noqa: S101 - asked for above
        try:
            frame: tuple[Any, ...] = _Frames(self._child.stdout).load()
        except (EOFError, pickle.UnpicklingError):
            raise LoadRefused(self._end()) from None
        if frame[0] == "refused":
            raise LoadRefused(frame[1])
        return frame

    def sheets(self) -> Iterator[SheetCells]:
        """Yield the sheets; rows that nobody took are passed over."""
        while (frame := self.frame())[0] == "at":
            self._sheet = frame[1]
            _, part, height = self.frame()
            rows = self._rows()
            yield SheetCells(self._sheet, part, height, rows)
            for _ in rows:
                pass

    def _rows(self) -> Iterator[list[Cell]]:
        while (frame := self.frame())[0] == "rows":
            yield from frame[1]

    def close(self) -> None:
        """End the child, and log what it complained of."""
        self._timer.cancel()
        self._child.kill()
        with self._child:
            self._child.wait()
        if words := self._complaint():
            log.warning("%s: the process that read it said: %s", self._name, words)

    def _complaint(self) -> str:
        self._errors.seek(0)
        return self._errors.read(_MOST_WORDS).decode(errors="replace").strip()

    def _stop(self) -> None:
        self._late = True
        self._child.kill()

    def _end(self) -> str:
        """Say why the child ended before it was done."""
        code = self._child.wait()
        at = f"读工作表“{self._sheet}”时" if self._sheet else "打开时"
        if self._late:
            why = f"超过 {self._limits.seconds:g} 秒还没有读完，已停止"
        elif code == OUT_OF_MEMORY or _NO_MEMORY in self._complaint():
            why = f"所需内存超过 {self._limits.memory // 1_000_000:,} MB，已停止"
        else:
            log.warning("%s: the process that read it ended with %d", self._name, code)
            why = "读取程序意外终止，文件可能已损坏"
        return f"{self._name}：{at}{why}；未装载：请在 Excel 中另存为 .xlsx，内容太多请分成几个工作簿"


class _Frames(pickle.Unpickler):
    """Takes plain values and the few classes of `_SENT`, nothing that could run."""

    @override
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) in _SENT:
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(global_name)
