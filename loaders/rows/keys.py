"""What a load must remember of the rows it has seen, in a temporary file so that memory stays flat."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from json import dumps
from typing import Self

from loaders.rows.meant import meant_id, numbers

_MAKE = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE id (id TEXT PRIMARY KEY, usable INTEGER, grade TEXT, line INTEGER, why TEXT) WITHOUT ROWID;
CREATE TABLE name (
  label TEXT, key TEXT, text TEXT, id TEXT, usable INTEGER, own INTEGER, line INTEGER, why TEXT
);
CREATE TABLE code (code TEXT PRIMARY KEY, id TEXT, line INTEGER) WITHOUT ROWID;
CREATE TABLE row (identity INTEGER PRIMARY KEY, digest INTEGER, line INTEGER);
"""
_KNOWN = "SELECT id, usable, grade, line, why FROM id WHERE id IN (SELECT value FROM json_each(?))"
_CODES = "SELECT code, id, line FROM code WHERE code IN (SELECT value FROM json_each(?))"
_ROWS = "SELECT identity, digest, line FROM row WHERE identity IN (SELECT value FROM json_each(?))"
_KEEP = """
INSERT INTO id VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET grade = CASE WHEN excluded.usable >= usable THEN excluded.grade ELSE grade END,
    usable = max(usable, excluded.usable)
"""
_NAMED = """
SELECT key, text, id, usable, own, line, why FROM name
WHERE label = ? AND key IN (SELECT value FROM json_each(?))
"""
_ALL = "SELECT text, id FROM name WHERE label = ? AND usable ORDER BY own DESC, rowid"
_NEAR = "SELECT id FROM id WHERE id >= ? AND id < ? AND usable LIMIT 2000"
_HOLDING = "SELECT id FROM id WHERE id >= ? AND id < ? AND usable AND instr(id, ?) LIMIT 2000"
_LIKE_CODE = "SELECT code FROM code WHERE substr(code, 9, 9) = substr(?, 9, 9) LIMIT 2"


@dataclass(frozen=True, slots=True)
class Known:
    """An id that was met: as a sound row or in the store, or only in rows that were rejected."""

    usable: bool
    grade: str | None = None
    """Of a source."""
    line: int = 0
    """Where it stands in its table; 0: in the store."""
    why: str = ""
    """The columns for which its row was rejected."""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of the files that has a name."""

    text: str
    id: str | None
    usable: bool
    own: bool
    """Its name, not an alias."""
    line: int
    why: str


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
        self._indexed = False
        """Names are looked up by an index only once somebody asks."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """Map the ids that were met to what is known of them."""
        rows = self._database.execute(_KNOWN, (dumps(list(ids)),))
        return {id: Known(bool(usable), grade, line, why) for id, usable, grade, line, why in rows}

    def keep(self, ids: Iterable[tuple[str, bool, str | None, int, str]]) -> None:
        """Remember ids: whether each may be referred to, the grade of a source, line, columns at fault."""
        self._many(_KEEP, ids)

    def named(self, label: str, keys: Iterable[str]) -> dict[str, list[NamedRow]]:
        """Map keys of names to the rows of a kind that have them, as names or aliases."""
        if not self._indexed:
            self._database.execute("CREATE INDEX named ON name (label, key)")
            self._indexed = True
        found: dict[str, list[NamedRow]] = defaultdict(list)
        for key, text, id, usable, own, line, why in self._database.execute(_NAMED, (label, dumps([*keys]))):
            found[key].append(NamedRow(text, id, bool(usable), bool(own), line, why))
        return found

    def all_named(self, label: str) -> list[tuple[str, str]]:
        """List names and ids of the sound rows of a kind, aliases after all names."""
        return self._database.execute(_ALL, (label,)).fetchall()

    def keep_names(self, rows: Iterable[tuple[str, str, str, str | None, bool, bool, int, str]]) -> None:
        """Remember names: label, key, name, id, whether usable, whether no alias, line, columns at fault."""
        self._many("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

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
        """Find a known id that was probably meant: of ids with a number the one with the same number."""
        head, _, name = id.partition(":")
        if digits := numbers(name):
            asked = (f"{head}:", f"{head};", max(digits, key=len))
            return meant_id(id, [row[0] for row in self._database.execute(_HOLDING, asked)])
        for start in (f"{head}:{name[:3]}", f"{head}:{name[:1]}"):
            found = [row[0] for row in self._database.execute(_NEAR, (start, f"{start}\U0010ffff"))]
            if meant := meant_id(id, found):
                return meant
        return None

    def near_code(self, code: str) -> str | None:
        """Find the only known credit code with the same organisation code (places 9 to 17)."""
        found = self._database.execute(_LIKE_CODE, (code,)).fetchall()
        return found[0][0] if len(found) == 1 else None

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._database.execute("BEGIN")
        self._database.executemany(statement, rows)
        self._database.execute("COMMIT")
