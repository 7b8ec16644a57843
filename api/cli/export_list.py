"""`zhenlian export-list LIST OUT`: a town's list becomes an Excel workbook or a CSV file."""

import logging
from pathlib import Path

import typer

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.list_books import FORMATS, Book, Wanted, book
from api.http.process import run
from api.settings import Settings
from graph.errors import BadInput
from graph.snapshot.invented import without_invented
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from graph.store.diagnosis import disk_full


def export_list(settings: Settings, wanted: Wanted, out: Path, *, force: bool) -> None:
    """Make the list of what the store holds now, write it, and say what was written.

    The format is that of the file's ending unless one is given. Raises BadInput when the file is there
    already and `force` is not given, or when it can't be written.
    """
    logs.configure(logging.WARNING)
    suffix = wanted.arguments.get("format") or out.suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise BadInput(f"{out}：没有格式 “{suffix}”，文件名应以 {' 或 '.join(f'.{f}' for f in FORMATS)} 结尾")
    if out.exists() and not force:
        raise BadInput(f"{out} 已经存在：要覆盖请加 --force")

    async def work() -> Snapshot:
        async with opened(settings) as store:
            return await take_snapshot(store)

    snapshot = run(work())
    if snapshot is None:
        typer.echo("已中断：没有写出文件。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    shown = without_invented(snapshot) if settings.real_only else snapshot
    shown = without_persons(shown) if settings.hide_persons else shown
    made = book(shown, Wanted(wanted.list, {**wanted.arguments, "format": suffix}))
    _write(out, made, force=force)


def _write(out: Path, made: Book, *, force: bool) -> None:
    try:
        with out.open("wb" if force else "xb") as file:
            file.write(made.content)
    except OSError as error:
        refusal = BadInput(f"不能写入 {out}：请检查路径和权限，或关闭正在使用它的程序")
        raise disk_full(error, [out.parent]) or refusal from error
    told = "，".join(f"{name} {count} 行" for name, count in made.rows.items())
    typer.echo(f"已写出 {out}：{told}")
