"""`zhenlian load` and `zhenlian check`: what is taken in, how it is told, and what is written about it."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.process import run
from api.settings import Settings
from graph.errors import BadInput
from graph.store.diagnosis import disk_full
from graph.store.store import Store
from loaders.excel.csv_sheets import is_sheets
from loaders.excel.rejected_rows import refuse_report, write_report
from loaders.excel.workbook import is_workbook, load_workbook
from loaders.export.exported import is_exported, load_exported
from loaders.foreign.mapping import load_mapped
from loaders.load import Progress as Told
from loaders.load import load_folder
from loaders.report import Report, TablesRefused


@dataclass(frozen=True, slots=True)
class Wish:
    """What to take in, and how."""

    source: Path
    adapter: Path | None = None
    strict: bool = False
    dry: bool = False
    rejected: Path | None = None
    """Where to write the rejections."""
    difference: Path | None = None
    """Where to write all that a dry run would change."""


def loading(settings: Settings, wish: Wish) -> None:
    """Take a source in, or only try it, and say what became of its rows."""
    if wish.difference and not wish.dry:
        raise BadInput("--difference 只与 --dry-run 同用：装载之后看装载报告", "difference")
    read = [wish.adapter] if wish.adapter else []
    for path in (wish.rejected, wish.difference):
        if path:
            refuse_report(path, wish.source, *read)
    logs.configure(logging.WARNING)
    begun = monotonic()

    async def work() -> Report:
        async with opened(settings) as store:
            with progress() as told:
                return await _taken(store, wish, told)

    try:
        report = run(work())
    except TablesRefused as refused:
        _tell(refused.report, wish)
        raise
    if report is None:
        typer.echo("已中断：再运行一次即可装完。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    _tell(report, wish)
    _pace(report, monotonic() - begun)
    if not report.clean:
        raise typer.Exit(Exit.DATA)


async def _taken(store: Store, wish: Wish, told: Told | None) -> Report:
    how = {"strict": wish.strict, "dry": wish.dry}
    if wish.adapter:
        return await load_mapped(store, wish.source, wish.adapter, progress=told, **how)
    if is_workbook(wish.source) or is_sheets(wish.source):
        return await load_workbook(store, wish.source, progress=told, strict=wish.strict, dry=wish.dry)
    if is_exported(wish.source):
        return await load_exported(store, wish.source, progress=told, **how)
    return await load_folder(store, wish.source, progress=told, strict=wish.strict, dry=wish.dry)


def _tell(report: Report, wish: Wish) -> None:
    for line in report.lines():
        typer.echo(line)
    if report.load and report.written:
        typer.echo(f"装载标识：{report.load}（撤销：zhenlian undo {report.load}）")
    if wish.rejected:
        write_report(report, wish.rejected)
    if wish.difference and report.differences is not None:
        try:
            report.differences.write_csv(wish.difference)
        except OSError as error:
            refusal = BadInput(f"不能写入 {wish.difference}（{error.strerror}）", "difference")
            raise disk_full(error, [wish.difference.parent]) or refusal from error


def _pace(report: Report, seconds: float) -> None:
    rows = sum(table.read for table in report.tables)
    if rows:
        typer.echo(f"用时 {seconds:.1f} 秒，{rows:,} 行，每秒 {rows / max(seconds, 0.001):,.0f} 行", err=True)


@contextmanager
def progress() -> Generator[Told | None]:
    """Draw a bar on a terminal, with rows a second and the time left; elsewhere say nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rows]:,} 行，每秒 {task.fields[pace]:,.0f} 行，尚需"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task, begun = bar.add_task("", rows=0, pace=0), monotonic()

        def told(table: str, done: int, total: int, rows: int) -> None:
            pace = rows / max(monotonic() - begun, 0.001)
            bar.update(task, description=table, completed=done, total=total, rows=rows, pace=pace)

        yield told
