"""Rows as GraphML, written and read as a stream: nodes and relations with their cells, `kind` among them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from graph.errors import LoadRefused
from graph.kinds import NODES, RELATIONS, Relation
from graph.kinds.columns import Column, Record, columns
from loaders.csv.writing import text_of
from loaders.export.exported_row import Found, Wrong, kind_called, unknown
from loaders.export.outgoing import Outgoing

FILE = "graph.graphml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_TYPES = {int: "long", float: "double", bool: "boolean"}
_NO_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def write(folder: Path, tables: Iterable[Outgoing]) -> list[str]:
    """Write one file for all; lists are one text, joined as in the CSV tables. Tell the name of the file.

    A relation's id is a number of this file's own: there may be several between the same two nodes.
    """
    with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
        _Writer(file).write(tables)
    return [FILE]


@dataclass(slots=True)
class _Writer:
    file: TextIO
    edges: int = 0
    keys: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    """The id of a key by what it is for, its name and its type."""

    def write(self, tables: Iterable[Outgoing]) -> None:
        self.file.write(_HEAD)
        for kind in (*NODES, *RELATIONS):
            for asked in (_key(kind, "kind", "string"), *(_key(kind, c.name, _type(c)) for c in _own(kind))):
                self._declare(asked)
        self.file.write('<graph edgedefault="directed">\n')
        for rows in tables:
            for line in self._rows(rows):
                self.file.write(line)
        self.file.write("</graph>\n</graphml>\n")

    def _declare(self, key: tuple[str, str, str]) -> None:
        if key not in self.keys:
            self.keys[key] = f"k{len(self.keys)}"
            what, name, type_ = key
            self.file.write(
                f'<key id="{self.keys[key]}" for="{what}" attr.name="{name}" attr.type="{type_}"/>\n'
            )

    def _rows(self, rows: Outgoing) -> Iterator[str]:
        kind = rows.table.kind
        places = {column.name: place for place, column in enumerate(rows.columns)}
        keys = [(places[c.name], self.keys[_key(kind, c.name, _type(c))]) for c in _own(kind)]
        said = f'<data key="{self.keys[_key(kind, "kind", "string")]}">{kind.label}</data>'
        for cells in rows.batches():
            for row in zip(*cells, strict=True):
                data = (f'<data key="{k}">{_xml(text)}</data>' for p, k in keys if (text := text_of(row[p])))
                head, tail = self._ends(kind, str(row[0]), str(row[1]))
                yield f"{head}{said}{''.join(data)}{tail}\n"

    def _ends(self, kind: type[Record], first: str, second: str) -> tuple[str, str]:
        """Write the tags: the first cells of a relation are its ends, that of a node is its id."""
        if not issubclass(kind, Relation):
            return f"<node id={quoteattr(first)}>", "</node>"
        self.edges += 1
        ends = f"source={quoteattr(first)} target={quoteattr(second)}"
        return f'<edge id="e{self.edges}" {ends}>', "</edge>"


def _own(kind: type[Record]) -> tuple[Column, ...]:
    """List the columns that are written as data."""
    return tuple(c for c in columns(kind) if c.field not in ("id", "start", "end"))


def _key(kind: type[Record], name: str, type_: str) -> tuple[str, str, str]:
    return "edge" if issubclass(kind, Relation) else "node", name, type_


def _type(column: Column) -> str:
    return "string" if column.many else _TYPES.get(column.type, "string")


def _xml(text: str) -> str:
    return escape(text.translate(_NO_XML))


LONGEST = 1_000_000
"""Characters of one cell."""
_CHUNK = 1 << 16
_ROWS = ("node", "edge")
_KNOWN = {"graphml", "key", "default", "desc", "graph", "data", *_ROWS}


def read(path: Path) -> Iterator[Found]:
    """Yield every node and edge with its id; raise LoadRefused for a DTD, which can be a bomb."""
    reader = _Reader(path.name)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                reader.parser.Parse(chunk, False)  # noqa: FBT003 - expat's own way
                while reader.ready:
                    yield reader.ready.popleft()
        reader.parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        what = expat.errors.messages[error.code]
        reason = f"第 {error.lineno} 行不是完好的 XML（{what}），其后未读取：请重新导出"
        reader.ready.append(Found("", wrong=[Wrong("", "", reason)]))
    yield from reader.ready


@dataclass(slots=True)
class _Reader:
    """Collects rows from the events of the parser, one row at a time in memory."""

    file: str
    parser: expat.XMLParserType = field(init=False)
    ready: deque[Found] = field(default_factory=deque[Found])
    keys: dict[str, str] = field(default_factory=dict[str, str])
    tag: dict[str, str] | None = None
    what: str = ""
    cells: dict[str, str] = field(default_factory=dict[str, str])
    name: str | None = None
    text: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._finish
        self.parser.CharacterDataHandler = self._said

    def _doctype(self, *_: object) -> None:
        line = self.parser.CurrentLineNumber
        raise LoadRefused(
            f"{self.file}:{line}：含 DTD 或实体声明（<!DOCTYPE …>），可能是 XML 炸弹，未读取：请删去该声明"
        )

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name not in _KNOWN:
            self._refuse(f"不支持元素 <{name}>：只读取 node、edge 及其 data")
        elif name == "graph" and (given.get("edgedefault") != "directed" or self.tag is not None):
            self._refuse('图应是有向的，不嵌套：<graph edgedefault="directed">')
        elif name == "key":
            self.keys[given.get("id", "")] = given.get("attr.name", "")
        elif name in _ROWS:
            self.tag, self.what, self.cells = given, name, {}
        elif name == "data" and self.tag is not None:
            key = given.get("key", "")
            self.name, self.text = self.keys.get(key) or key, []

    def _refuse(self, reason: str) -> None:
        raise LoadRefused(f"{self.file}:{self.parser.CurrentLineNumber}：{reason}")

    def _said(self, text: str) -> None:
        if self.name is None:
            return
        self.text.append(text)
        if len(self.text) * len(text) > LONGEST and sum(map(len, self.text)) > LONGEST:
            self._refuse(f"“{self.name}”过长：超过 {LONGEST:,} 字")

    def _finish(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "data" and self.name is not None:
            self.cells[self.name] = "".join(self.text)
            self.name = None
        elif name in _ROWS and self.tag is not None:
            self.ready.append(_row(self.what, self.tag, self.cells, self.parser.CurrentLineNumber))
            self.tag = None


def _row(what: str, tag: dict[str, str], cells: dict[str, str], line: int) -> Found:
    made = Found(tag.get("id") or f"第{line}行")
    kind = kind_called(cells.pop("kind", None))
    if isinstance(kind, Wrong):
        made.wrong.append(kind)
        return made
    if issubclass(kind, Relation) != (what == "edge"):
        right = "edge" if issubclass(kind, Relation) else "node"
        made.wrong.append(Wrong("kind", kind.label, f"应写成 <{right}>，不是 <{what}>"))
        return made
    made.kind = kind
    known = {c.name for c in columns(kind)}
    ends = {"from": tag.get("source", ""), "to": tag.get("target", "")}
    made.texts = ends if what == "edge" else {"id": tag.get("id", "")}
    made.wrong += (unknown(kind, name) for name in cells if name not in known)
    made.texts |= cells
    return made
