"""`zhenlian brief ID OUT`: a town or an organisation on one page becomes a Word document."""

import logging
from collections.abc import Mapping
from pathlib import Path

import typer

from api import logs
from api.cli.opening import free, shown, write
from api.http.briefings import paper
from api.http.documents import read_template
from api.settings import Settings
from graph.errors import BadInput
from graph.kinds import NODE_OF
from loaders.word.briefing import KINDS

SUFFIX = ".docx"


def brief(  # noqa: PLR0913 - options
    settings: Settings,
    id: str,
    out: Path,
    given: Mapping[str, str],
    template: Path | None,
    *,
    force: bool,
) -> None:
    """Write the briefing of what the store holds now, and say what was written.

    Raises BadInput when the file is there already and `force` is not given, or when it can't be written.
    """
    logs.configure(logging.WARNING)
    document(out)
    free(out, force=force)
    own = None if template is None else read_template(template)
    made = paper(shown(settings), id, given, folder=settings.templates, template=own)
    write(out, made.content, force=force)
    typer.echo(f"已写出 {out}：{made.name.removesuffix(SUFFIX).replace('_', ' ')}")


def write_template(kind: str | None, out: Path, *, force: bool) -> None:
    """Write the stock template of a kind (`town`, `org`, or an id of one; none: of towns), to be edited."""
    document(out)
    free(out, force=force)
    prefixes = {NODE_OF[label].prefix: label for label in KINDS}
    prefix = "town" if kind is None else kind.partition(":")[0]
    if prefix not in prefixes:
        raise BadInput(f"“{kind}”没有画像的模板：应为 {' 或 '.join(prefixes)}", "id")
    found = KINDS[prefixes[prefix]]
    write(out, found.stock(), force=force)
    others = "、".join(f"zhenlian brief {one} --template-out …" for one in prefixes if one != prefix)
    typer.echo(f"已写出 {out}：{found.title}的标准模板，改后以 --template {out} 使用（另一种：{others}）")


def document(out: Path) -> None:
    """Refuse a file that is not called as a Word document is; raises BadInput."""
    if out.suffix.lower() != SUFFIX:
        raise BadInput(f"{out}：文件名应以 {SUFFIX} 结尾")
