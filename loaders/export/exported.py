"""What `export` wrote as JSON Lines, GraphML or Parquet becomes tables again, and is loaded."""

import asyncio
from contextlib import closing
from importlib import import_module
from pathlib import Path

from graph.errors import BadInput, LoadRefused
from graph.store.store import Store
from loaders.csv.folder import digests
from loaders.export import graphml, jsonl
from loaders.export.made_tables import MadeTables, Read
from loaders.load import Progress, load_folder
from loaders.record import keep_report
from loaders.report import FIRST, Report, TablesRefused
from loaders.scratch import scratch

SUFFIXES = (".jsonl", ".graphml", ".parquet")
_TABLES = (".csv", *SUFFIXES)


def is_exported(folder: Path) -> bool:
    """Whether a folder holds exported files other than CSV."""
    return folder.is_dir() and bool(_files(folder, SUFFIXES))


async def load_exported(
    store: Store, folder: Path, *, strict: bool = False, dry: bool = False, progress: Progress | None = None
) -> Report:
    """Load JSON Lines, GraphML or Parquet files of our own vocabulary, as `load_folder` does tables.

    Raises LoadRefused for a folder with several formats and for XML with a DTD, BadInput where pyarrow is
    missing, TablesRefused when a strict load finds a row to reject.
    """
    files = _files(folder, SUFFIXES)
    read = _reader(folder, files)
    with scratch() as made, closing(MadeTables(made)) as tables:
        await asyncio.to_thread(tables.take, files, read)
        origin = await asyncio.to_thread(digests, files)
        refuse = strict and tables.rejected > 0
        if not tables.rows:
            raise LoadRefused("；".join([f"{folder} 中没有可装载的行", *map(str, tables.first(FIRST))]))
        try:
            report = await load_folder(
                store,
                made,
                strict=strict and not refuse,
                dry=dry or refuse,
                progress=progress,
                origin=origin,
                refused=tables.lost,
            )
        except TablesRefused as refused:
            raise TablesRefused(str(refused), tables.told(refused.report)) from None
        told = tables.told(report)
        if refuse:
            raise TablesRefused("文件中有错误，严格模式下全部未装载：请按报告逐条改正后重试", told)
        return await keep_report(store, told)


def _files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    named = (path for path in folder.iterdir() if path.suffix.lower() in suffixes)
    return sorted(path for path in named if path.is_file() and not path.name.startswith("."))


def _reader(folder: Path, files: list[Path]) -> Read:
    formats = {path.suffix.lower(): path.name for path in _files(folder, _TABLES)}
    if len(formats) > 1:
        raise LoadRefused(
            f"{folder} 中混有几种格式（{'、'.join(formats.values())}）：同一内容可能出现两次；"
            "请每次只装载一种格式，把其他的移到另一个文件夹"
        )
    suffix = files[0].suffix.lower()
    if suffix == ".parquet":
        return _parquet()
    return jsonl.read if suffix == ".jsonl" else graphml.read


def _parquet() -> Read:
    try:
        return import_module("loaders.export.parquet").read
    except ModuleNotFoundError as missing:
        raise BadInput("读取 Parquet 需要 pyarrow：请用 uv sync --extra parquet 安装", "folder") from missing
