"""`zhenlian export FOLDER`: the graph, or a part of it, becomes files."""

import logging
from dataclasses import replace
from pathlib import Path

import typer

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.process import run
from api.settings import Settings
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from loaders.export.choice import Choice
from loaders.export.export import export


def export_to(settings: Settings, folder: Path, format_: str, choice: Choice, *, excel: bool) -> None:
    """Take a snapshot of the store, write it, and say what was written."""
    logs.configure(logging.WARNING)

    async def work() -> Snapshot:
        async with opened(settings) as store:
            return await take_snapshot(store)

    snapshot = run(work())
    if snapshot is None:
        typer.echo("已中断：没有写出文件。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    choice = replace(choice, real_only=choice.real_only or settings.real_only)
    for line in export(snapshot, folder, format_, choice, excel=excel).lines():
        typer.echo(line)
    if excel:
        typer.echo("这是给 Excel 看的副本：不要再装载；要装载请不用 --excel 导出。")
