"""Reading an adapter file: every key is checked, and what is wrong is said with file:line:column."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import override

import yaml
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from graph.errors import BadInput
from graph.kinds import NODE_OF, NODES, RELATION_OF
from graph.kinds.columns import columns
from graph.kinds.metrics import SPELLINGS
from loaders.foreign.adapter import Adapter, Cell, Condition, Entry, Source, meant
from loaders.rows.cells import UNSHOWN

LARGEST = 1_000_000
"""Bytes of an adapter file."""
DEEPEST = 20
"""Lists and maps within each other; an adapter needs 8."""
MOST_ALIASES = 100
"""Of a file: what stands behind `*` is read again each time, and may hold others."""
_CELL = (
    "column",
    "constant",
    "group",
    "matched",
    "values",
    "otherwise",
    "prefix",
    "split",
    "unit",
    "of",
    "hash",
)
_ORIGINS = ("column", "constant", "group", "matched")


def read_adapter(path: Path) -> Adapter:
    """Read an adapter file; raise BadInput, with file:line:column, for what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path} 过大：应为不超过 {LARGEST // 1_000_000} MB 的 YAML 文件", "map")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"不能读取 {path}：应为 UTF-8 的 YAML 文件", "map") from error
    root = _composed(path.name, text)
    if root is None:
        raise BadInput(f"{path.name}:1:1：空文件：应有 tables", "map")
    return _Reader(path.name).adapter(root)


def _composed(file: str, text: str) -> Node | None:
    try:
        return yaml.compose(text, _Composer)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = f"{before.count(chr(10)) + 1}:{error.position - before.rfind(chr(10))}"
        shown = f"U+{ord(text[error.position]):04X}"
        raise BadInput(f"{file}:{place}：含不可显示的字符 {shown}，请删去", "map") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        own = error.problem if isinstance(error, _Excess) else ""
        reason = own or "不是 YAML：请检查缩进、冒号后的空格、引号与括号"
        raise BadInput(f"{place}：{reason}", "map") from error


class _Excess(yaml.MarkedYAMLError):
    """More of something than an adapter has."""


class _Composer(yaml.SafeLoader):
    """Builds the nodes of a file that is neither nested deeply nor made of repetitions."""

    depth = aliases = 0

    @override
    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        mark = self.peek_event().start_mark
        self.aliases += self.check_event(AliasEvent)
        if self.aliases > MOST_ALIASES:
            raise _Excess(problem=f"引用（*）过多：最多 {MOST_ALIASES} 处", problem_mark=mark)
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Excess(problem=f"嵌套过深：最多 {DEEPEST} 层", problem_mark=mark)
        made = super().compose_node(parent, index)
        self.depth -= 1
        return made


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str

    def adapter(self, root: Node) -> Adapter:
        parts = self._keys(root, ("tables", "constants"), ("tables",))
        sources = tuple(self._source(node) for node in self._list(parts["tables"]))
        constants = self._list(parts["constants"]) if "constants" in parts else []
        return Adapter(sources, tuple(self._entry(node, ("kind", "cells")) for node in constants))

    def _source(self, node: Node) -> Source:
        parts = self._keys(node, ("file", "drop", "rows"), ("file", "rows"))
        rows = self._list(parts["rows"])
        entries = tuple(self._entry(row, ("kind", "cells", "when", "each")) for row in rows)
        return Source(self._text(parts["file"]), entries, self._conditions(parts.get("drop")), self._at(node))

    def _entry(self, node: Node, known: tuple[str, ...]) -> Entry:
        parts = self._keys(node, known, ("kind", "cells"))
        label = self._text(parts["kind"])
        kind = RELATION_OF.get(label) or {k.label: k for k in NODES}.get(label)
        if kind is None:
            known_kinds = [*(k.label for k in NODES), *RELATION_OF]
            raise self._wrong(parts["kind"], f"没有种类 “{label}”；{meant(label, known_kinds)}")
        allowed = [c.name for c in columns(kind)] + (["region"] if kind is NODE_OF["Organisation"] else [])
        cells = {n: self._cell(c) for n, c in self._keys(parts["cells"], tuple(allowed), ()).items()}
        each = self._pattern(parts["each"], cells) if "each" in parts else ""
        return Entry(label, cells, self._conditions(parts.get("when")), each, self._at(node))

    def _pattern(self, node: Node, cells: dict[str, Cell]) -> str:
        try:
            groups = re.compile(self._text(node)).groups
        except re.error as error:
            at = f"（第 {error.pos + 1} 字起）" if error.pos is not None else ""
            raise self._wrong(node, f"不是正则表达式{at}：请检查括号与 \\ * + ? [ ]") from error
        if any((cell.group or 0) > groups for cell in cells.values()):
            raise self._wrong(node, f"只有 {groups} 个括号，少于 cells 中所用的 group")
        return self._text(node)

    def _cell(self, node: Node) -> Cell:
        if isinstance(node, ScalarNode):
            return Cell(self._at(node), column=self._text(node))
        parts = self._keys(node, (*_CELL, "find", "by"), ())
        if sum(name in parts for name in _ORIGINS) != 1:
            raise self._wrong(node, f"应恰有 {'、'.join(_ORIGINS)} 之一")
        if ("find" in parts) != ("by" in parts):
            raise self._wrong(node, "find（文件）与 by（其中的列）应同时给出")
        given = {n: self._text(parts[n]) for n in (*_CELL, "find", "by") if n in parts and n != "values"}
        if given.get("unit", "元") not in SPELLINGS:
            raise self._wrong(
                parts["unit"], f"没有单位 “{given['unit']}”；{meant(given['unit'], [*SPELLINGS])}"
            )
        if given.get("of", "Organisation") not in NODE_OF or ("of" in given and "find" not in given):
            raise self._wrong(parts["of"], f"of 应与 find 同用，是种类之一；{meant(given['of'], [*NODE_OF])}")
        if given.get("hash", "true") not in ("true", "false"):
            raise self._wrong(parts["hash"], "hash 应为 true 或 false")
        if not given.get("group", "0").isdecimal():
            raise self._wrong(parts["group"], "group 应为整数：pattern 中第几个括号")
        return Cell(
            self._at(node),
            given.get("column"),
            given.get("constant"),
            int(given["group"]) if "group" in given else None,
            self._words(parts["values"]) if "values" in parts else None,
            given.get("otherwise"),
            *(given.get(name, "") for name in ("prefix", "split", "unit")),
            find=(given["find"], given["by"]) if "find" in given else None,
            of=given.get("of", ""),
            hash=given.get("hash") == "true",
        )

    def _conditions(self, node: Node | None) -> tuple[Condition, ...]:
        if node is None:
            return ()
        found: list[Condition] = []
        for part in self._list(node) if isinstance(node, SequenceNode) else [node]:
            keys = self._keys(part, ("column", "in"), ("column",))
            values = tuple(self._text(value) for value in self._list(keys["in"])) if "in" in keys else ()
            found.append(Condition(self._text(keys["column"]), values, self._at(part)))
        return tuple(found)

    def _words(self, node: Node) -> dict[str, str]:
        if not isinstance(node, MappingNode):
            raise self._wrong(node, "应为 原值: 我们的值 的对照表")
        return {self._text(key): self._text(value) for key, value in node.value}

    def _keys(self, node: Node, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Node]:
        if not isinstance(node, MappingNode):
            raise self._wrong(node, f"应为 键: 值；{meant('', list(known))}")
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self._text(key)
            if name not in known:
                raise self._wrong(key, f"没有键 “{name}”；{meant(name, list(known))}")
            if name in found:
                raise self._wrong(key, f"键 “{name}” 重复")
            found[name] = value
        if missing := [name for name in needed if name not in found]:
            raise self._wrong(node, f"缺少 {'、'.join(missing)}")
        return found

    def _list(self, node: Node) -> list[Node]:
        if not isinstance(node, SequenceNode):
            raise self._wrong(node, "应为列表，每项以 - 开头")
        return node.value

    def _text(self, node: Node) -> str:
        if not isinstance(node, ScalarNode):
            raise self._wrong(node, "应为一个词")
        if found := UNSHOWN.search(node.value):
            raise self._wrong(node, f"含不可显示的字符 U+{ord(found[0]):04X}，请删去")
        return node.value

    def _at(self, node: Node) -> str:
        return f"{self.file}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"

    def _wrong(self, node: Node, reason: str) -> BadInput:
        return BadInput(f"{self._at(node)}：{reason}", "map")
