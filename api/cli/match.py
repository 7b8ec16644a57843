"""`zhenlian match NAMES OUT`: a list of names becomes a workbook that says who of the graph each may be."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.process import run
from api.settings import Settings
from graph.errors import BadInput
from graph.snapshot.keeper import take_snapshot
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.store.diagnosis import disk_full
from loaders.excel.name_list import lines_of
from loaders.export.lists import Cell, Column, Sheet, list_book, list_csv
from queries.identity.same_as import NameMatches, same_as_all

SHOWN = 3
"""Candidates of one name."""
COLUMNS = (
    Column("行", 8),
    Column("名称", 30),
    Column("候选数", 8, "0"),
    Column("候选", 8, "0"),
    Column("标识", 30),
    Column("图中名称", 30),
    Column("分值", 8, "0.00"),
    Column("依据", 34),
    Column("不同之处", 24),
    Column("虚构样例", 8),
)
FORMATS = (".xlsx", ".csv")


def match(settings: Settings, names: Path, out: Path, region: str | None, *, force: bool) -> None:
    """Match the names of a list with the organisations of the newest year, and write what was found.

    Raises BadInput when the file to write is there already and `force` is not given, or can't be written.
    """
    logs.configure(logging.WARNING)
    if out.suffix.lower() not in FORMATS:
        raise BadInput(f"{out}：文件名应以 {' 或 '.join(FORMATS)} 结尾")
    if out.exists() and not force:
        raise BadInput(f"{out} 已经存在：要覆盖请加 --force")
    lines = lines_of(names)

    async def work() -> Snapshot:
        async with opened(settings) as store:
            return await take_snapshot(store)

    snapshot = run(work())
    if snapshot is None:
        typer.echo("已中断：没有写出文件。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    shown = without_persons(snapshot) if settings.hide_persons else snapshot
    year = shown.newest_year or shown.taken_at.year
    found = same_as_all(shown, names=lines, as_of=year, region=region, first=SHOWN)
    sheet = _sheet(shown, found, names.name)
    _write(out, list_csv(sheet) if out.suffix.lower() == ".csv" else list_book([sheet]))
    typer.echo(
        f"已写出 {out}：{len(found.names)} 个名称，{found.matched} 个有候选，{found.unmatched} 个图中没有；"
        f"重复 {found.repeated} 行，没有名称 {found.blank} 行"
    )


def _sheet(snapshot: Snapshot, found: NameMatches, name: str) -> Sheet:
    line = (
        f"名单 {name}；与 {found.method.as_of} 年图中的主体比对，分值不低于 0.6 者为候选，至多列 {SHOWN} 个"
    )
    rows = list(_rows(snapshot, found))
    return Sheet("名单比对", "名单与图中主体的比对", line, COLUMNS, rows, [found.method.caveat])


def _rows(snapshot: Snapshot, found: NameMatches) -> Iterator[Sequence[Cell]]:
    synthetic = snapshot.nodes["Organisation"]["synthetic"]
    first = snapshot.nodes["Organisation"].first
    for one in found.names:
        told: tuple[Cell, ...] = ("、".join(map(str, one.lines)), one.name, one.count)
        if not one.rows:
            yield *told, *[None] * 6, None
        for number, candidate in enumerate(one.rows, 1):
            row = candidate.organisation
            reasons = ("；".join(term.words for term in t) for t in (candidate.evidence, candidate.against))
            invented = "是" if synthetic[row - first] == 1 else None
            yield (
                *told,
                number,
                snapshot.id_of(row),
                snapshot.name_of(row),
                candidate.score,
                *reasons,
                invented,
            )


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        refusal = BadInput(f"不能写入 {out}：请检查路径和权限，或关闭正在使用它的程序")
        raise disk_full(error, [out.parent]) or refusal from error
