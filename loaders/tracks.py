"""Where each line of our tables comes from, in a temporary file once they are many."""

import sqlite3
import weakref

_MAKE = "CREATE TABLE place (label TEXT, line INTEGER, file TEXT, place TEXT, PRIMARY KEY (label, line))"
_PLACE = "SELECT file, place FROM place WHERE label = ? AND line <= ? ORDER BY line DESC LIMIT 1"


class Tracks:
    """Files and places by kind and line."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(_MAKE)
        self._database.execute("BEGIN")
        self.close = weakref.finalize(self, self._database.close)

    def add(self, label: str, line: int, file: str, place: str) -> None:
        """Keep where a row comes from; it may run on over further lines."""
        self._database.execute("INSERT INTO place VALUES (?, ?, ?, ?)", (label, line, file, place))

    def of(self, label: str, line: int) -> tuple[str, str] | None:
        """Find the file and place of the row on a line."""
        return self._database.execute(_PLACE, (label, line)).fetchone()
