"""Rows as Parquet, written and read: one file a kind, typed columns; needs pyarrow, the extra `parquet`."""

import logging
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.kinds.columns import Column, columns
from loaders.export.exported_row import Found, Wrong, kind_called, take, unknown
from loaders.export.outgoing import Cell, Outgoing

_log = logging.getLogger(__name__)
_TYPES: dict[type, Any] = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


def write(folder: Path, tables: Iterable[Outgoing]) -> list[str]:
    """Write one file for each kind; lists stay lists, dates are dates. Tell the names of the files."""
    return [_table(folder, rows) for rows in tables]


def _table(folder: Path, rows: Outgoing) -> str:
    path = folder / f"{rows.table.kind.label}.parquet"
    schema: Any = pa.schema([pa.field(column.name, _type(column)) for column in rows.columns])
    with pq.ParquetWriter(path, schema) as writer:
        for cells in rows.batches():
            arrays = [_array(c, values) for c, values in zip(rows.columns, cells, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return path.name


def _type(column: Column) -> Any:
    type_ = _TYPES.get(column.type, pa.string())
    return pa.list_(type_) if column.many else type_


def _array(column: Column, values: list[Cell]) -> Any:
    if column.type is date:
        return pa.array([value and date.fromisoformat(str(value)) for value in values], pa.date32())
    return pa.array(values, _type(column))


BATCH = 5_000


def read(path: Path) -> Iterator[Found]:
    """Yield every row with its number from 1; what makes the file unreadable is a row without a place."""
    kind = kind_called(path.stem)
    if isinstance(kind, Wrong):
        yield Found("", wrong=[Wrong("", "", f"文件名应为种类的名称：{kind.reason}")])
        return
    known = {c.name: c for c in columns(kind)}
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            names: list[str] = file.schema_arrow.names
            if strange := [unknown(kind, name) for name in names if name not in known]:
                yield Found("", wrong=strange)
                return
            batches: Iterator[Any] = file.iter_batches(BATCH)
            for batch in batches:
                cells = [column.to_pylist() for column in batch.columns]
                for row in zip(*cells, strict=True):
                    number += 1
                    made = Found(str(number), kind)
                    for name, value in zip(names, row, strict=True):
                        take(made, known[name], value)
                    yield made
    except (pa.ArrowException, OSError) as error:
        after = f"读到第 {number:,} 行后" if number else ""
        _log.warning("%s: %s", path.name, error)
        reason = f"{after}不能读取：不是 Parquet 文件，或已截断、损坏；请重新导出"
        yield Found("", wrong=[Wrong("", "", reason)])
