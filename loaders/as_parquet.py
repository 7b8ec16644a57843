"""Rows as Parquet: one file a kind, typed columns; needs pyarrow, the extra `parquet`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.kinds.columns import Column
from loaders.export.outgoing import Cell, Outgoing

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
