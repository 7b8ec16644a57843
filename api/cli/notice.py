"""`zhenlian notice ID OUT`: a supervision notice becomes a Word document."""

import logging
from collections.abc import Mapping
from pathlib import Path

import typer

from api import logs
from api.cli.brief import document
from api.cli.opening import free, shown, write
from api.http.documents import read_template
from api.http.notices import notice_file
from api.settings import Settings
from loaders.word.notice import TITLE, notice_template


def notice(  # noqa: PLR0913 - options
    settings: Settings,
    id: str,
    out: Path,
    given: Mapping[str, str],
    template: Path | None,
    *,
    force: bool,
) -> None:
    """Write a notice of what the store holds now, and say what was written.

    Raises BadInput when the file is there already and `force` is not given, or when it can't be written.
    """
    logs.configure(logging.WARNING)
    document(out)
    free(out, force=force)
    own = None if template is None else read_template(template)
    made = notice_file(shown(settings), id, given, folder=settings.templates, template=own)
    write(out, made.content, force=force)
    typer.echo(f"已写出 {out}：{made.name.removesuffix('.docx').replace('_', ' ')}")


def write_notice_template(out: Path, *, force: bool) -> None:
    """Write the stock template, to be edited."""
    document(out)
    free(out, force=force)
    write(out, notice_template(), force=force)
    typer.echo(f"已写出 {out}：{TITLE}的标准模板，改后以 --template {out} 使用")
