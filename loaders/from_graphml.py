"""GraphML as `export` writes it, read as a stream: nodes and edges with their cells, `kind` among them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from graph.errors import LoadRefused
from graph.kinds import Relation
from graph.kinds.columns import columns
from loaders.export.exported_row import Found, Wrong, kind_called, unknown

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
