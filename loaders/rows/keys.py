"""What a load must remember of the rows it has seen, in a temporary file so that memory stays flat."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from json import dumps
from typing import Self

from loaders.rows.meant import meant_id

_MAKE = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE id (id TEXT PRIMARY KEY, usable INTEGER, grade TEXT) WITHOUT ROWID;
CREATE TABLE code (code TEXT PRIMARY KEY, id TEXT, line INTEGER) WITHOUT ROWID;
CREATE TABLE row (identity INTEGER PRIMARY KEY, digest INTEGER, line INTEGER);
"""
_KNOWN = "SELECT id, usable, grade FROM id WHERE id IN (SELECT value FROM json_each(?))"
_CODES = "SELECT code, id, line FROM code WHERE code IN (SELECT value FROM json_each(?))"
_ROWS = "SELECT identity, digest, line FROM row WHERE identity IN (SELECT value FROM json_each(?))"
_KEEP = """
INSERT INTO id VALUES (?, ?, ?) ON CONFLICT DO UPDATE
SET grade = CASE WHEN excluded.usable >= usable THEN excluded.grade ELSE grade END,
    usable = max(usable, excluded.usable)
"""
_NEAR = "SELECT id FROM id WHERE id >= ? AND id < ? AND usable LIMIT 2000"


@dataclass(frozen=True, slots=True)
class Known:
    """An id that was met: as a sound row or in the store, or only in rows that were rejected."""

    usable: bool
    grade: str | None = None
    """Of a source."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An earlier row with the same identity."""

    digest: int
    line: int


class Keys:
    """Ids, credit codes and row identities of a load."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(_MAKE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """Map the ids that were met to what is known of them."""
        rows = self._database.execute(_KNOWN, (dumps(list(ids)),))
        return {id: Known(bool(usable), grade) for id, usable, grade in rows}

    def keep(self, ids: Iterable[tuple[str, bool, str | None]]) -> None:
        """Remember ids: whether each may be referred to, and the grade of a source."""
        self._many(_KEEP, ids)

    def codes(self, codes: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Map credit codes that were met to their organisation's id and line; 0 stands for the store."""
        rows = self._database.execute(_CODES, (dumps(list(codes)),))
        return {code: (id, line) for code, id, line in rows}

    def keep_codes(self, codes: Iterable[tuple[str, str, int]]) -> None:
        """Remember whose each credit code is."""
        self._many("INSERT OR IGNORE INTO code VALUES (?, ?, ?)", codes)

    def seen(self, identities: Iterable[int]) -> dict[int, Seen]:
        """Map the identities that an earlier row of this table has to that row."""
        rows = self._database.execute(_ROWS, (dumps(list(identities)),))
        return {identity: Seen(digest, line) for identity, digest, line in rows}

    def keep_rows(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Remember the identity, digest and line of rows."""
        self._many("INSERT OR IGNORE INTO row VALUES (?, ?, ?)", rows)

    def next_table(self) -> None:
        """Forget the rows: identities count within one table."""
        self._database.execute("DELETE FROM row")

    def near(self, id: str) -> str | None:
        """Find a known id that was probably meant."""
        head, _, name = id.partition(":")
        for start in (f"{head}:{name[:3]}", f"{head}:{name[:1]}"):
            found = [row[0] for row in self._database.execute(_NEAR, (start, f"{start}\U0010ffff"))]
            if meant := meant_id(id, found):
                return meant
        return None

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._database.execute("BEGIN")
        self._database.executemany(statement, rows)
        self._database.execute("COMMIT")
