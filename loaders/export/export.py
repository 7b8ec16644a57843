"""The graph becomes files again: complete, and as CSV such that loading them gives the same graph."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

from graph.errors import BadInput
from graph.kinds import NODE_OF, RELATION_OF
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Table
from graph.store.diagnosis import disk_full
from loaders.csv import writing as as_csv
from loaders.export import graphml, jsonl
from loaders.export.choice import Choice, Kept, chosen, town_row
from loaders.export.outgoing import Outgoing
from loaders.export.town_part import town_part

type Write = Callable[[Path, Iterable[Outgoing]], list[str]]
FORMATS = ("csv", "jsonl", "graphml", "parquet")
FIRST = 10
"""Incomplete rows that are named."""
_WRITERS: dict[str, Write] = {"csv": as_csv.write, "jsonl": jsonl.write, "graphml": graphml.write}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    files: tuple[str, ...]
    rows: Mapping[str, int]
    """How many of each kind; kinds without rows have no table."""
    lost: Mapping[str, int]
    """References of the store to nodes that are not there, by label and column: they are blank."""
    incomplete: tuple[tuple[str, str, str], ...]
    """Rows that lack what the loader wants: label, first cell, column."""

    def lines(self) -> Iterable[str]:
        """Say it in text."""
        for label, count in self.rows.items():
            yield f"{label}（{(NODE_OF | RELATION_OF)[label].words.partition('：')[0]}）：{count:,} 行"
        yield f"共 {sum(self.rows.values()):,} 行，{len(self.files)} 个文件"
        yield from (
            f"提示：{place} 有 {count:,} 处指向库中没有的对象，未写出" for place, count in self.lost.items()
        )
        for label, first, column in self.incomplete[:FIRST]:
            yield f"提示：{label} {first} 缺 {column}，已写出，但不能重新装载"
        if len(self.incomplete) > FIRST:
            yield f"提示：共 {len(self.incomplete):,} 行不完整，此处只列前 {FIRST} 行"


def export(
    snapshot: Snapshot,
    folder: Path,
    format_: str = "csv",
    choice: Choice | None = None,
    *,
    excel: bool = False,
) -> Exported:
    """Write a snapshot, or a chosen part of it, into a folder that is new or empty.

    `excel` writes CSV for people: with a BOM, and formulas made harmless; that copy is not for the loader.
    Raises BadInput for an unknown format or town, and for a folder that holds something.
    """
    write = _writer(format_, excel=excel)
    tables = outgoing(snapshot, choice or Choice())
    _make(folder)
    try:
        files = write(folder, tables)
    except OSError as error:
        refusal = BadInput(f"不能写入 {folder}（{error.strerror}）", "folder")
        raise disk_full(error, [folder]) or refusal from error
    lacking = ((rows.table.kind.label, *found) for rows in tables for found in rows.lacking())
    counts = {rows.table.kind.label: len(rows) for rows in tables}
    return Exported(tuple(files), counts, dict(snapshot.dangling), tuple(lacking))


def outgoing(snapshot: Snapshot, choice: Choice) -> list[Outgoing]:
    """List the tables of what is chosen, nodes before relations, those without rows left out."""
    kept: Kept | None = None
    if choice != Choice():
        kept = chosen(snapshot, choice)
        if choice.town is not None:
            kept = town_part(kept, _town(kept, choice.town))
    tables: list[Table] = [*snapshot.nodes.values(), *snapshot.relations.values()]
    made = (Outgoing(snapshot, table, _places(table, kept)) for table in tables)
    return [rows for rows in made if len(rows)]


def _town(kept: Kept, id: str) -> int:
    row = town_row(kept.snapshot, id)
    if not kept.nodes[row]:
        raise BadInput(f"专业镇 “{id}” 不在所选范围内（年份，或虚构样例）", "town")
    return row


def _places(table: Table, kept: Kept | None) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    return np.arange(len(table)) if kept is None else np.flatnonzero(kept.of(table.kind.label))


def _writer(format_: str, *, excel: bool) -> Write:
    if format_ not in FORMATS:
        raise BadInput(f"没有格式 “{format_}”：应为 {'、'.join(FORMATS)} 之一", "format")
    if excel and format_ != "csv":
        raise BadInput("--excel 只用于 csv 格式", "excel")
    if format_ == "parquet":
        return _parquet()
    return as_csv.write_for_excel if excel else _WRITERS[format_]


def _parquet() -> Write:
    try:
        return import_module("loaders.export.parquet").write
    except ModuleNotFoundError as missing:
        raise BadInput("导出 Parquet 需要 pyarrow：请用 uv sync --extra parquet 安装", "format") from missing


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BadInput(
                f"文件夹 {folder} 不是空的：请给出新的或空的文件夹，以免新旧文件混在一起", "folder"
            )
    except OSError as error:
        refusal = BadInput(f"不能使用文件夹 {folder}（{error.strerror}）", "folder")
        raise disk_full(error, [folder.parent]) or refusal from error
