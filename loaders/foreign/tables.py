"""Foreign tables, CSV or JSON Lines, as rows of texts by column, each with the line it begins on."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from graph.errors import BadInput
from loaders.csv.folder import encoding_of
from loaders.csv.lines import Lines

type Row = dict[str, str]
JSON = (".jsonl", ".ndjson")
DEEPEST = 20
"""Lists within lists."""


def names(path: Path) -> list[str]:
    """List the columns of a table: its header, or all keys of its objects."""
    if path.suffix.lower() in JSON:
        return list(dict.fromkeys(name for _, row, _ in _objects(path) for name in row))
    with Lines(path, _encoding(path)) as lines:
        first = next(iter(lines), None)
        return [text.strip() for text in first.texts] if first else []


def rows(path: Path) -> Iterator[tuple[int, Row, str]]:
    """Yield line, cells and what makes it unreadable (empty when nothing does)."""
    return _objects(path) if path.suffix.lower() in JSON else _cells(path)


def _cells(path: Path) -> Iterator[tuple[int, Row, str]]:
    with Lines(path, _encoding(path)) as lines:
        head = next(iter(lines), None)
        columns = [text.strip() for text in head.texts] if head else []
        lines.width = len(columns)
        for row in lines:
            wrong = row.fault
            if not wrong and len(row.texts) != len(columns):
                wrong = f"有 {len(row.texts)} 格，应为 {len(columns)} 格（与列名一致）"
            cells = {} if wrong else dict(zip(columns, (text.strip() for text in row.texts), strict=True))
            if wrong or any(cells.values()):
                yield row.line, cells, wrong


def _objects(path: Path) -> Iterator[tuple[int, Row, str]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                yield number, {}, f"不是 JSON：第 {error.colno} 字起有误，每行应为一个对象 {{…}}"
                continue
            if not isinstance(found, dict):
                yield number, {}, "应为 JSON 对象：{…}"
                continue
            try:
                yield number, {str(name): _text(value) for name, value in found.items()}, ""
            except (RecursionError, orjson.JSONEncodeError):  # ours of lists, orjson's of objects
                yield number, {}, "列表与对象嵌套过深：应为文字、数字或它们的列表"


def _text(value: object, room: int = DEEPEST) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, list):
        return orjson.dumps(value).decode()
    if not room:
        raise RecursionError
    return "|".join(_text(part, room - 1) for part in value)


def _encoding(path: Path) -> str:
    encoding = encoding_of(path)
    if not encoding:
        raise BadInput(f"{path.name} 不是 UTF-8，也不是 GB18030 文字", "map")
    return encoding
