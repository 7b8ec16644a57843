"""A folder of tables becomes rows of the graph: entities before relations, each batch in one transaction."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph.edits.lock import finish, rest, turn, writing
from graph.edits.upsert import NodeRow, declare, merge_nodes
from graph.errors import Outdated
from graph.kinds.facts import Load
from graph.kinds.terms import LoadStatus
from graph.store.store import Store
from loaders.country.missing import Missing, missing
from loaders.csv.folder import survey
from loaders.differences import Differences
from loaders.record import keep_report
from loaders.report import Report, TablesRefused
from loaders.run import Origins, Progress, Run
from loaders.scratch import scratch

__all__ = ["BATCH", "Progress", "load_folder"]

BATCH = 2_000
COUNTRY = "软件自带的全国表（行政区划、国民经济行业）"
"""What the record of a load calls them."""


async def load_folder(  # noqa: PLR0913 - options, each by name
    store: Store,
    folder: Path,
    *,
    strict: bool = False,
    dry: bool = False,
    batch: int = BATCH,
    progress: Progress | None = None,
    origin: Sequence[str] = (),
    refused: Sequence[str] = (),
    origins: Origins | None = None,
    wary: bool = False,
    by: str = "",
    after: int | None = None,
) -> Report:
    """Load the tables of a folder; `dry` only checks them, `strict` loads all rows or none.

    `origin` names the files that the tables were made from, each with its SHA-256, for the load's record, and
    `refused` the ids of rows of those files that became none of the tables'; `origins` tells the rows of a
    workbook that the tables were made from, and what they correct; `wary` holds organisations without id
    against their namesakes in the store; `by` is
    the body that loads, for the record; `after` is the write of the store that a check was held against:
    when another came since, nothing is loaded (Outdated).
    Raises LoadRefused when the folder can't be loaded at all, TablesRefused when a strict load finds a row to
    reject, and StoreConflict beside another writer. Run again, a load that was interrupted is completed.
    """
    found = await asyncio.to_thread(survey, folder)
    lacking = await missing(store, found)
    rows = origins or Origins()
    if strict or dry:
        seen = Differences() if dry else None
        run = Run(store, found, batch, progress, seen=seen, refused=refused, origins=rows, wary=wary)
        run.brought = lacking
        report = await run.report()
        if strict and not report.clean:
            raise TablesRefused("表中有错误，严格模式下全部未装载：请按报告逐条改正后重试", report)
        if dry:
            return _with_note(report, lacking.said(None)) if lacking else report
    await declare(store)
    brought = await _bring(store, lacking, after) if lacking else ""
    seen = await turn(store)
    if after is not None and not lacking and seen.writes != after:
        told = "数据在检查之后又有改动，差异可能不同：没有装载，请再检查一次"
        raise Outdated(told, {"writes": seen.writes}, "after")
    started = datetime.now(UTC)
    load = f"load:{started:%Y%m%dt%H%M%S%f}-{secrets.token_hex(3)}"
    files = [*origin] or [f"{table.path.name} {table.sha256}" for table in found.tables]
    begun = {"status": LoadStatus.RUNNING.value, "startedAt": started, "files": files}
    record = NodeRow(load, begun | ({"by": by} if by else {}))
    async with writing(store, seen, load, *merge_nodes(Load, [record])):
        run = Run(store, found, batch, progress, load, refused=refused, origins=rows, wary=wary)
        report = await run.report()
        ended = {"status": LoadStatus.DONE.value, "finishedAt": datetime.now(UTC)}
        record = NodeRow(load, _counts(report) | ended)
        moved = report.written or seen.loading is not None
        await store.write(*merge_nodes(Load, [record]), finish(load) if moved else rest(load))
    return await keep_report(store, _with_note(report, brought) if brought else report)


async def _bring(store: Store, lacking: Missing, after: int | None) -> str:
    """Bring what is lacking of the country's tables, in a load of its own, and say so.

    Undone or not, the load that needed it first is no longer the one that later loads stand on.
    """
    with scratch() as folder:
        await asyncio.to_thread(lacking.write, folder)
        report = await load_folder(store, folder, origin=[COUNTRY], after=after)
    return lacking.said(report.load)


def _with_note(report: Report, note: str) -> Report:
    return replace(report, notes=(note, *report.notes))


def _counts(report: Report) -> dict[str, int]:
    return {
        "new": sum(table.new for table in report.tables),
        "changed": sum(table.changed for table in report.tables),
        "same": sum(table.same for table in report.tables),
        "rejected": sum(table.rejected for table in report.tables),
        "held": sum(table.held for table in report.tables),
    }
