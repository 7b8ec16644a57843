"""What the store says of its own state: one `Meta` node that every write of data touches.

`version` counts finished loads and rulings; `writes` counts every transaction that changed data, so that two
equal readings around a copy prove it whole. A writer leaves its name while it is at work; one that died
leaves it behind, with a count of beats that no longer moves.
"""

from dataclasses import dataclass

from graph.store.store import Store

READ = """
OPTIONAL MATCH (m:Meta {id: 'meta'})
RETURN {version: coalesce(m.version, 0), writes: coalesce(m.writes, 0),
        mark: coalesce(m.mark, ''), loading: m.loading, beats: coalesce(m.beats, 0),
        quiet: timestamp() - m.beatAt} AS meta
"""
WRITTEN = """
OPTIONAL MATCH (l:Load {status: 'DONE'})
WITH collect(l.files) AS loads
OPTIONAL MATCH (r:Ruling)
WITH loads, count(r) AS rulings
OPTIONAL MATCH (e:LedgerEntry)
WITH loads, rulings, count(e) AS entries
RETURN {loads: loads, rulings: rulings + entries} AS written
"""
QUIET = 20.0
"""Seconds without a beat after which a writer counts as dead."""


@dataclass(frozen=True, slots=True)
class Versions:
    """One reading of the store's state."""

    version: int
    writes: int
    loading: str | None
    """The writer that has begun and not ended."""
    beats: int
    """Counts the signs of life of all writers."""
    quiet: float
    """Seconds since the last of them, by the clock of the store."""
    mark: str = ""
    """What the log calls the last write (`graph.store.log`)."""

    def same(self, other: "Versions") -> bool:
        """Whether nothing was written between two readings."""
        return (self.version, self.writes, self.mark) == (other.version, other.writes, other.mark)

    @property
    def settled(self) -> bool:
        """Whether nobody is writing.

        A beat that is far ahead of the clock is as old as one far behind: the clock was set back.
        """
        return self.loading is None or abs(self.quiet) > QUIET


async def versions(store: Store) -> Versions:
    """Read the store's state."""
    row = (await store.read(READ))[0]
    quiet = (row["quiet"] or 0) / 1000
    return Versions(row["version"], row["writes"], row["loading"], row["beats"], quiet, row["mark"])


@dataclass(frozen=True, slots=True)
class Written:
    """What people did to a store that still stands."""

    loads: list[list[str]]
    """The files of each load, as `Load.files` names them."""
    rulings: int
    """Rulings of stewards and changes of ledgers."""


async def written(store: Store) -> Written:
    """Read what was loaded and ruled."""
    row = (await store.read(WRITTEN))[0]
    return Written(row["loads"], row["rulings"])
