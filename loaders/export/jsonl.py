"""Rows as JSON Lines, written and read: one object a row with its `kind`, nodes before relations."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from graph.kinds.columns import columns
from loaders.export.exported_row import Found, Wrong, kind_called, take, unknown
from loaders.export.outgoing import Outgoing

FILE = "graph.jsonl"


def write(folder: Path, tables: Iterable[Outgoing]) -> list[str]:
    """Write all rows to one file, each with its `kind`; tell the name of the file."""
    with (folder / FILE).open("wb") as file:
        for rows in tables:
            head = {"kind": rows.table.kind.label}
            names = [column.name for column in rows.columns]
            for cells in rows.batches():
                for row in zip(*cells, strict=True):
                    given = {n: cell for n, cell in zip(names, row, strict=True) if cell not in (None, [])}
                    file.write(orjson.dumps(head | given) + b"\n")
    return [FILE]


LONGEST = 1_000_000
"""Bytes of one line."""


def read(path: Path) -> Iterator[Found]:
    """Yield every row with the number of its line; a broken line costs its own row only."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = file.readline(LONGEST)
                yield Found(str(number), wrong=[Wrong("", "", f"行过长：超过 {LONGEST:,} 字节")])
            elif line.strip():
                yield _row(number, line)


def _row(number: int, line: bytes) -> Found:
    made = Found(str(number))
    try:
        cells = orjson.loads(line.rstrip())
    except orjson.JSONDecodeError as error:
        shown = line[:30].decode(errors="replace").strip()
        made.wrong.append(Wrong("", shown, f"不是 JSON（第 {error.pos + 1} 字起）：应为一行一个对象"))
        return made
    if not isinstance(cells, dict):
        made.wrong.append(Wrong("", line[:30].decode(errors="replace").strip(), "应为 JSON 对象：{…}"))
        return made
    kind = kind_called(cells.pop("kind", None))
    if isinstance(kind, Wrong):
        made.wrong.append(kind)
        return made
    made.kind = kind
    known = {c.name: c for c in columns(kind)}
    for name, value in cells.items():
        if column := known.get(str(name)):
            take(made, column, value)
        else:
            made.wrong.append(unknown(kind, str(name)))
    return made
