"""Rows as GraphML, written as a stream: every node and relation with its cells, `kind` among them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from graph.kinds import NODES, RELATIONS, Relation
from graph.kinds.columns import Column, Record, columns
from loaders.csv.writing import text_of
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
