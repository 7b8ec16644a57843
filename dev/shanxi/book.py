"""The tables while they are made: rows by kind, in the order and with the columns of the vocabulary."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph.kinds import NODE_OF, RELATION_OF
from graph.kinds.columns import camel, columns

type Cell = str | int | float | bool | None
type Row = Mapping[str, str]

HERE = Path(__file__).parent
REAL, INVENTED = HERE / "real", HERE / "invented"
TABLES = HERE.parents[1] / "loaders" / "shanxi" / "tables"


class Book:
    """Rows by the label of their kind."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)

    def add(self, label: str, **cells: Cell) -> None:
        """Add a row; columns are named as in Python, `start` and `end` for a relation's ends."""
        self.rows[label].append({camel(name): _text(cell) for name, cell in cells.items()})

    def copy(self, folder: Path) -> None:
        """Add the hand-written tables of a folder that are named after a kind."""
        for path in sorted(folder.glob("*.csv")):
            if path.stem in NODE_OF or path.stem in RELATION_OF:
                self.rows[path.stem].extend(read(path))

    def write(self, folder: Path) -> None:
        """Write one table a kind, without columns that are blank throughout."""
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.csv"):
            old.unlink()
        for label, rows in self.rows.items():
            used = {name for row in rows for name, cell in row.items() if cell}
            kind = NODE_OF.get(label) or RELATION_OF[label]
            names = [c.name for c in columns(kind) if c.name in used]
            if unknown := used - set(names):
                raise KeyError(f"{label} has no column {sorted(unknown)}")
            _write(folder / f"{label}.csv", names, rows)


def read(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, names: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
