"""`zhenlian match NAMES OUT`: a list of names becomes a workbook that says who of the graph each may be."""

import logging
from pathlib import Path

import typer

from api import logs
from api.cli.opening import free, shown, write
from api.http.name_sheets import in_words, match_sheet
from api.settings import Settings
from graph.errors import BadInput
from loaders.excel.name_list import lines_of
from loaders.export.lists import list_book, list_csv
from queries.identity.same_as import same_as_all

SHOWN = 3
"""Candidates of one name."""
FORMATS = (".xlsx", ".csv")


def match(settings: Settings, names: Path, out: Path, region: str | None, *, force: bool) -> None:
    """Match the names of a list with the organisations of the newest year, and write what was found.

    Raises BadInput when the file to write is there already and `force` is not given, or can't be written.
    """
    logs.configure(logging.WARNING)
    if out.suffix.lower() not in FORMATS:
        raise BadInput(f"{out}：文件名应以 {' 或 '.join(FORMATS)} 结尾")
    free(out, force=force)
    lines, snapshot = lines_of(names), shown(settings)
    year = snapshot.newest_year or snapshot.taken_at.year
    found = same_as_all(snapshot, names=lines, as_of=year, region=region, first=SHOWN)
    sheet = match_sheet(snapshot, found, names.name)
    content = list_csv(sheet) if out.suffix.lower() == ".csv" else list_book([sheet])
    write(out, content, force=force)
    typer.echo(f"已写出 {out}：{in_words(found)}")
