"""Rows as JSON Lines: one object a row, nodes before relations; what is unknown is left out."""

from collections.abc import Iterable
from pathlib import Path

import orjson

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
