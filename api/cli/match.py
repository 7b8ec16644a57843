"""`zhenlian match NAMES OUT`: a list of names becomes a workbook that says who of the graph each may be."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from api import logs
from api.cli.opening import free, shown, write
from api.settings import Settings
from graph.errors import BadInput
from graph.snapshot.invented import invented
from graph.snapshot.snapshot import Snapshot
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
    free(out, force=force)
    lines, snapshot = lines_of(names), shown(settings)
    year = snapshot.newest_year or snapshot.taken_at.year
    found = same_as_all(snapshot, names=lines, as_of=year, region=region, first=SHOWN)
    sheet = _sheet(snapshot, found, names.name)
    content = list_csv(sheet) if out.suffix.lower() == ".csv" else list_book([sheet])
    write(out, content, force=force)
    typer.echo(
        f"已写出 {out}：{len(found.names)} 个名称，{found.matched} 个有候选，{found.unmatched} 个图中没有；"
        f"重复 {found.repeated} 行，没有名称 {found.blank} 行"
    )


def _sheet(snapshot: Snapshot, found: NameMatches, name: str) -> Sheet:
    year, least = found.method.as_of, found.method.parameters["atLeast"]
    line = f"名单 {name}；与 {year} 年图中的主体比对，分值不低于 {least} 者为候选，至多列 {SHOWN} 个"
    rows = list(_rows(snapshot, found))
    return Sheet("名单比对", "名单与图中主体的比对", line, COLUMNS, rows, [found.method.caveat])


def _rows(snapshot: Snapshot, found: NameMatches) -> Iterator[Sequence[Cell]]:
    made_up = invented(snapshot).nodes
    for one in found.names:
        told: tuple[Cell, ...] = ("、".join(map(str, one.lines)), one.name, one.count)
        if not one.rows:
            yield *told, *[None] * 6, None
        for number, candidate in enumerate(one.rows, 1):
            row = candidate.organisation
            reasons = ("；".join(term.words for term in t) for t in (candidate.evidence, candidate.against))
            mark = "是" if made_up[row] else None
            yield (
                *told,
                number,
                snapshot.id_of(row),
                snapshot.name_of(row),
                candidate.score,
                *reasons,
                mark,
            )
