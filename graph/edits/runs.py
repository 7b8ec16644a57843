"""Stored runs: batch results that are kept beside the graph, with the snapshot they belong to.

A run is an `AnalysisRun` node; its rows are `RunPart` nodes with an array for each column. They are books,
not data: keeping one moves neither the version nor the writes of the store, so no snapshot becomes old by it.
A run counts once it is finished; one that was begun and not finished is begun anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from graph.edits.upsert import NodeRow, merge_nodes
from graph.kinds.facts import AnalysisRun
from graph.store.store import Row, Statement, Store

PART = 5_000
"""Rows a part has."""
BEGIN = """
MERGE (r:AnalysisRun {id: $id})
SET r.formula = $formula, r.snapshot = $snapshot, r.startedAt = $startedAt, r.finishedAt = null,
    r.asOf = $asOf, r.takenAt = $takenAt, r.version = $version, r.parameters = $parameters
"""
FORGET = "MATCH (p:RunPart {run: $run}) DELETE p"
KEEP = "MERGE (p:RunPart {id: $id}) SET p.run = $run, p.number = $number, p += $columns"
LATEST = """
MATCH (r:AnalysisRun {formula: $formula}) WHERE r.asOf = $asOf AND r.finishedAt IS NOT NULL
RETURN r {.*} AS run ORDER BY r.finishedAt DESC LIMIT 1
"""
PARTS = "MATCH (p:RunPart {run: $run}) RETURN p {.*} AS part ORDER BY p.number"

type Column = Sequence[str] | Sequence[float] | Sequence[int]


@dataclass(frozen=True, slots=True)
class Run:
    """A batch analysis that was run: what of, when, how."""

    id: str
    """run:…"""
    formula: str
    """Name and version."""
    as_of: int
    snapshot: str
    """The id of the snapshot that was asked."""
    version: int
    """Of the store, when the snapshot was taken."""
    taken_at: datetime
    started_at: datetime
    finished_at: datetime
    parameters: Mapping[str, bool | int | float | str | None]

    def stale(self, snapshot: str) -> bool:
        """Whether a snapshot (its id) has another content than the one that was asked.

        >>> when = datetime(2024, 1, 1)
        >>> run = Run("run:a", "f/1", 2024, "v1.2-0a0b", 1, when, when, when, {})
        >>> run.stale("v3.9-0a0b"), run.stale("v1.2-ffff")
        (False, True)
        """
        return self.snapshot.rpartition("-")[2] != snapshot.rpartition("-")[2]


async def store_run(store: Store, run: Run, columns: Mapping[str, Column]) -> None:
    """Keep a run and its rows, given as columns of equal length; one with the same id is replaced."""
    start: Row = {
        "id": run.id,
        "formula": run.formula,
        "snapshot": run.snapshot,
        "startedAt": run.started_at,
        "asOf": run.as_of,
        "takenAt": run.taken_at,
        "version": run.version,
        "parameters": orjson.dumps(dict(run.parameters)).decode(),
    }
    await store.write(Statement(BEGIN, start), Statement(FORGET, {"run": run.id}))
    length = len(next(iter(columns.values()), ()))
    for number, first in enumerate(range(0, length, PART)):
        part = {name: list(column[first : first + PART]) for name, column in columns.items()}
        row = {"id": f"{run.id}/{number:06}", "run": run.id, "number": number, "columns": part}
        await store.write(Statement(KEEP, row))
    await store.write(*merge_nodes(AnalysisRun, [NodeRow(run.id, {"finishedAt": run.finished_at})]))


async def latest_run(store: Store, formula: str, as_of: int) -> Run | None:
    """Find the run of a formula (name and version) for a year that finished last."""
    found = await store.read(LATEST, formula=formula, asOf=as_of)
    return _run(found[0]) if found else None


async def rows_of(store: Store, run: Run) -> dict[str, list[Any]]:
    """Read the rows of a run, as columns."""
    columns: dict[str, list[Any]] = {}
    for part in await store.read(PARTS, run=run.id):
        for name in part.keys() - {"id", "run", "number"}:
            columns.setdefault(name, []).extend(part[name])
    return columns


def _run(row: Row) -> Run:
    return Run(
        id=row["id"],
        formula=row["formula"],
        as_of=row["asOf"],
        snapshot=row["snapshot"],
        version=row["version"],
        taken_at=_moment(row["takenAt"]),
        started_at=_moment(row["startedAt"]),
        finished_at=_moment(row["finishedAt"]),
        parameters=orjson.loads(row["parameters"]),
    )


def _moment(stored: Any) -> datetime:
    """Take a moment as either store gives it: the embedded one forgets that it was UTC."""
    moment: datetime = stored.to_native() if hasattr(stored, "to_native") else stored
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
