"""What an adapter file says: how the columns of foreign tables become rows of ours."""

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where a foreign column has one of some values; without values, where it is empty."""

    column: str
    values: tuple[str, ...]
    place: str

    def holds(self, row: dict[str, str]) -> bool:
        """Whether a row is meant."""
        text = row.get(self.column, "")
        return text in self.values if self.values else not text

    def __str__(self) -> str:
        return f"{self.column} 为 {'、'.join(self.values) or '空'}"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one of our cells comes from, and what is done to it."""

    place: str
    column: str | None = None
    constant: str | None = None
    group: int | None = None
    """A group of the pattern in `each`."""
    values: dict[str, str] | None = None
    otherwise: str | None = None
    prefix: str = ""
    split: str = ""
    unit: str = ""
    find: tuple[str, str] | None = None
    """A file and a column of it: the id of what was made from the row with this value there."""
    of: str = ""
    """The kind of what is found; empty: organisations, or the one kind that the file makes."""
    hash: bool = False
    """Make a key of letters and digits of a text in any script: the same as a workbook makes of a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Rows of one kind that are made from each row of a foreign table."""

    kind: str
    cells: dict[str, Cell]
    when: tuple[Condition, ...] = ()
    each: str = ""
    """A pattern: one row for every foreign column whose whole name matches and whose cell is filled."""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A foreign table."""

    file: str
    entries: tuple[Entry, ...]
    drop: tuple[Condition, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Adapter:
    """A whole adapter file."""

    sources: tuple[Source, ...]
    constants: tuple[Entry, ...]


def meant(text: str, known: list[str]) -> str:
    """Say what was probably meant, and all that there is."""
    close = get_close_matches(text, known, 1, 0.5)
    return (f"是否应为 {close[0]}？" if close else "") + f"可用：{'、'.join(known)}"
