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
        loading: m.loading, beats: coalesce(m.beats, 0), quiet: timestamp() - m.beatAt,
        wroteAt: m.wroteAt} AS meta
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

    wrote_at: int | None = None
    """When data was last changed, in milliseconds by the clock of the store; None: before this was noted.

    Two stores may have counted to the same numbers, but not in the same millisecond.
    """

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
    return Versions(row["version"], row["writes"], row["loading"], row["beats"], quiet, row["wroteAt"])
