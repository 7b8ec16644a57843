"""What the store says of its own state: one `Meta` node that every write of data touches.

`version` counts finished loads; `writes` counts every transaction that changed data, so that two equal
readings around a copy prove it whole. A running load keeps a beat; one that died leaves it behind.
"""

from dataclasses import dataclass

from graph.store.store import Statement, Store

READ = """
OPTIONAL MATCH (m:Meta {id: 'meta'})
RETURN {version: coalesce(m.version, 0), writes: coalesce(m.writes, 0), newestYear: m.newestYear,
        loading: m.loading, quiet: timestamp() - m.beatAt} AS meta
"""
TOUCH = """
MERGE (m:Meta {id: 'meta'})
SET m.loading = $load, m.beatAt = timestamp(), m.writes = coalesce(m.writes, 0) + 1
"""
FINISH = """
MATCH (m:Meta {id: 'meta'})
SET m.loading = null, m.version = coalesce(m.version, 0) + 1, m.writes = coalesce(m.writes, 0) + 1,
    m.newestYear = CASE WHEN m.newestYear IS NULL OR m.newestYear < $year THEN $year ELSE m.newestYear END
"""
BEGIN = """
MERGE (m:Meta {id: 'meta'}) SET m.loading = $load, m.beatAt = timestamp()
"""
REST = """
MATCH (m:Meta {id: 'meta'}) SET m.loading = null
"""
PART = """
MERGE (p:LoadPart {id: $id}) SET p.load = $load, p.table = $table, p.new = $new, p.before = $before
"""
QUIET = 20.0
"""Seconds without a beat after which a load counts as dead."""


@dataclass(frozen=True, slots=True)
class Versions:
    """One reading of the store's state."""

    version: int
    writes: int
    newest_year: int | None
    """The newest year that any figure or flow is of."""
    loading: str | None
    """The load that has begun and not ended."""
    quiet: float
    """Seconds since its last beat."""

    @property
    def settled(self) -> bool:
        """Whether no load is at work."""
        return self.loading is None or self.quiet > QUIET


async def versions(store: Store) -> Versions:
    """Read the store's state."""
    row = (await store.read(READ))[0]
    quiet = (row["quiet"] or 0) / 1000
    return Versions(row["version"], row["writes"], row["newestYear"], row["loading"], quiet)


def begin(load: str) -> Statement:
    """Say that this load has begun, or is still at work: a beat that changes no data."""
    return Statement(BEGIN, {"load": load})


def rest() -> Statement:
    """Say that a load has ended that changed nothing: the version stays."""
    return Statement(REST)


def part(load: str, number: int, table: str, new: list[str], before: str) -> Statement:
    """Keep, with a load, what one of its batches added and the cells that it changed (JSON)."""
    id = f"{load}/{number:06}"
    return Statement(PART, {"id": id, "load": load, "table": table, "new": new, "before": before})


def touch(load: str) -> Statement:
    """Say, in the transaction of a batch, that this load is at work."""
    return Statement(TOUCH, {"load": load})


def finish(year: int | None) -> Statement:
    """Say that a load has ended and what its newest year is: the version moves."""
    return Statement(FINISH, {"year": year})
