"""The process that reads a workbook: it sends what it finds to `book_process`, and may end without harm.

It imports the standard library and python-calamine alone, so that it starts quickly. Its memory is
limited by the kernel (Linux) or by a watch of its own (macOS, whose kernel does not enforce the limit).
Windows offers neither to Python: there the extent of the sheets, checked before their cells are read, bounds
the memory.
"""

import json
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from graph.errors import LoadRefused
from loaders.excel.container import Limits, extent_fault, opened, part_of
from loaders.excel.sheet_xml import Area, Part

type Send = Callable[..., None]

OUT_OF_MEMORY = 77
"""The exit code that says so."""
CELLS = 50_000
"""Sent at once."""
_BEAT = 0.05

if sys.platform == "win32":

    def limit(memory: int) -> None:
        """Set no limit: the standard library has none for Windows."""

else:
    import resource

    def limit(memory: int) -> None:
        """End this process when it takes more bytes, and leave no core dump."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        else:
            threading.Thread(target=watch, args=(memory,), daemon=True).start()

    def watch(memory: int) -> None:
        """Wait until this process takes more bytes than at its start, and end it."""
        most = memory + _peak()  # some systems count what the parent took before
        while _peak() < most:
            time.sleep(_BEAT)
        os._exit(OUT_OF_MEMORY)

    def _peak() -> int:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    """Read the workbook that the arguments name: the limits as JSON, the path, the sheets (none: all)."""
    limits, path, *only = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    given = Limits(**json.loads(limits))
    limit(given.memory)
    read(Path(path), given, only, sys.stdout.buffer)


def read(path: Path, limits: Limits, only: list[str], out: BinaryIO) -> None:
    """Send the notes of a workbook; then of each sheet its name, its part and height, its rows, an end."""

    def send(*frame: object) -> None:
        pickle.dump(frame, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    try:
        container = opened(path, limits)
        send("notes", list(container.notes))
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            for sheet in book.sheet_names:
                if not only or sheet in only:
                    send("at", sheet)
                    old = container.file is None
                    part = _old_part(book, sheet, limits) if old else part_of(container, sheet, limits)
                    _send_sheet(send, book, sheet, part)
    except LoadRefused as refused:
        send("refused", str(refused))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:
        send("refused", f"{path.name}：不能读取：请在 Excel 中打开并另存为 .xlsx")
        raise
    send("end")


def _send_sheet(send: Send, book: CalamineWorkbook, name: str, part: Part) -> None:
    sheet = None if part.trouble else _sheet(book, name, part)
    send("sheet", part, sheet.height if sheet else 0)
    if sheet:
        rows = sheet.iter_rows()
        most = max(1, CELLS // max(1, part.columns))
        while some := list(islice(rows, most)):
            send("rows", some)
    send("over")


def _old_part(book: CalamineWorkbook, name: str, limits: Limits) -> Part:
    """Say how far a sheet of the old format reaches, as far as the reader tells."""
    part = Part()
    if sheet := _sheet(book, name, part):
        if sheet.end:
            part.rows, part.columns = sheet.end[0] + 1, sheet.end[1] + 1
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            part.merges.append(Area(top + 1, left + 1, bottom + 1, right + 1))
        part.trouble = extent_fault(part, limits)
    seen = {one.name: one.visible for one in book.sheets_metadata}
    part.hidden = seen.get(name, SheetVisibleEnum.Visible) != SheetVisibleEnum.Visible
    return part


def _sheet(book: CalamineWorkbook, name: str, part: Part) -> CalamineSheet | None:
    """Read the cells of a sheet; what can't be read is told like other trouble."""
    try:
        return book.get_sheet_by_name(name)
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of Rust is no Exception
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201 - for the log of our parent
        part.trouble = "单元格的内容不合 .xlsx 格式，不能读取：请在 Excel 中打开并另存为 .xlsx"
        return None
