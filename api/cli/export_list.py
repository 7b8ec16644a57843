"""`zhenlian export-list LIST OUT`: a town's list becomes an Excel workbook or a CSV file."""

import logging
from pathlib import Path

import typer

from api import logs
from api.cli.opening import free, shown, write
from api.http.list_books import FORMATS, Wanted, book
from api.settings import Settings
from graph.errors import BadInput


def export_list(settings: Settings, wanted: Wanted, out: Path, *, force: bool) -> None:
    """Make the list of what the store holds now, write it, and say what was written.

    The format is that of the file's ending unless one is given. Raises BadInput when the file is there
    already and `force` is not given, or when it can't be written.
    """
    logs.configure(logging.WARNING)
    suffix = wanted.arguments.get("format") or out.suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise BadInput(f"{out}：没有格式 “{suffix}”，文件名应以 {' 或 '.join(f'.{f}' for f in FORMATS)} 结尾")
    free(out, force=force)
    made = book(shown(settings), Wanted(wanted.list, {**wanted.arguments, "format": suffix}))
    write(out, made.content, force=force)
    told = "，".join(f"{name} {count} 行" for name, count in made.rows.items())
    typer.echo(f"已写出 {out}：{told}")
