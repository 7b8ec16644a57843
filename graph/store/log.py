"""The change log: what each transaction did to the graph, under the number that `Meta.writes` gave it.

The statement that counts a transaction writes its entry, so no number is without one. Entries stand in a ring
of `KEPT` places: who is further behind reads everything anew. Each carries a mark of its own, which `Meta`
holds until the next: so a store that was put in place of another, or put back, is told from the one followed.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import orjson

from graph.store.store import Row, Store

KEPT = 1_000
"""Entries that are kept."""
LOG = """
SET m.mark = $mark
MERGE (e:LogEntry {slot: m.writes % $kept})
SET e.write = m.writes, e.mark = $mark, e.steps = $steps, e.version = coalesce(m.version, 0),
    e.was = coalesce(m.version, 0) - $step
"""
"""Follows, in the statement that counts a transaction, when `m` has its new numbers."""
ENTRIES = """
UNWIND $slots AS slot MATCH (e:LogEntry {slot: slot})
RETURN {write: e.write, mark: e.mark, steps: e.steps, version: e.version, was: e.was} AS entry
"""
EVERYTHING = ""
"""What an entry holds that does not say what changed."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of rows of one kind, by identity: first some went, then cells of others were written."""

    label: str
    gone: Sequence[str] = ()
    """Nodes go with all that hangs on them."""
    new: Mapping[str, Row] = field(default_factory=dict[str, Row])
    """All cells of rows that come."""
    changed: Mapping[str, Row] = field(default_factory=dict[str, Row])
    """New cells of rows that stay."""

    @property
    def rows(self) -> int:
        """How many rows it touches."""
        return len(self.gone) + len(self.new) + len(self.changed)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one transaction did."""

    write: int
    """Its number."""
    mark: str
    was: int
    """The version before it."""
    version: int
    """The version after it."""
    steps: Sequence[Step] | None
    """In order; None: not said, everything may have changed."""

    @classmethod
    def of(cls, row: Row) -> Self:
        """Read it as it is stored."""
        told = row["steps"]
        steps = None if told == EVERYTHING else [Step(*step) for step in orjson.loads(told)]
        return cls(row["write"], row["mark"], row["was"], row["version"], steps)


def logged(steps: Iterable[Step] | None, *, version: bool) -> dict[str, Any]:
    """Make the parameters of `LOG`; `version`: whether the transaction moves the version.

    Without steps it says that everything may have changed.
    """
    told = EVERYTHING
    if steps is not None:
        said = [
            [step.label, list(step.gone), dict(step.new), dict(step.changed)] for step in steps if step.rows
        ]
        told = orjson.dumps(said, default=str).decode()
    return {"mark": secrets.token_hex(8), "kept": KEPT, "steps": told, "step": int(version)}


async def entries(store: Store, first: int, last: int) -> list[Entry]:
    """Read the entries of these numbers that are there, in order."""
    if last - first >= KEPT:
        return []
    numbers = range(max(first, 1), last + 1)
    rows = await store.read(ENTRIES, slots=[number % KEPT for number in numbers])
    found = (Entry.of(row) for row in rows if row["write"] in numbers)
    return sorted(found, key=lambda entry: entry.write)
