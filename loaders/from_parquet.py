"""Parquet files as `export` writes them: one for each kind; needs pyarrow, the extra `parquet`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.kinds.columns import columns
from loaders.export.exported_row import Found, Wrong, kind_called, take, unknown

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
        reason = f"{after}不能读取：不是 Parquet 文件，或已截断、损坏（{str(error)[:80]}）；请重新导出"
        yield Found("", wrong=[Wrong("", "", reason)])
