"""Limits: what a document may hold, decided before anything of it runs, in time linear in its text.

Each fragment is measured once: fragments that spread each other double what they ask for, not what it costs
to refuse them. Depth, aliases and first fields are of the expanded document, all else of the
text. What introspection asks has a cost only (`schema.language.cost`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may ask for; each is a setting."""

    characters: int = 100_000
    tokens: int = 1_000
    depth: int = 15
    aliases: int = 100
    root_fields: int = 20
    spreads: int = 100
    repeats: int = 20
    """How often one selection set may name the same field: validation compares each pair."""
    directives: int = 50
    list_items: int = 500
    """Of a list, and of an object among the variables: each item that is wrong is told."""
    string: int = 2_000
    """Characters of one text or number."""
    cost: int = 30_000


LIMITS = Limits()
"""What holds unless a setting says otherwise."""
WORDS = {
    "characters": "字符数",
    "tokens": "词元数",
    "comments": "注释数",
    "depth": "嵌套层数",
    "aliases": "别名数",
    "root_fields": "顶层字段数",
    "spreads": "片段引用数",
    "repeats": "同一处重复的字段数",
    "directives": "指令数",
    "list_items": "一个列表或对象的项数",
    "string": "一段文字的字数",
    "cost": "代价",
}


class TooComplex(GraphQLError):
    """A document asks for more than a limit allows."""

    def __init__(self, limit: str, asked: float, allowed: int, advice: str = "请拆成几次查询") -> None:
        """Name the limit, what was asked and what is allowed."""
        super().__init__(
            f"查询过大：{WORDS[limit]} {asked:,.0f}，至多 {allowed:,}；{advice}",
            extensions={"code": "TOO_COMPLEX", "limit": limit, "asked": round(asked), "allowed": allowed},
        )


@dataclass(frozen=True, slots=True)
class _Size:
    """What a selection amounts to when its fragments are expanded."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0


def sizes(document: DocumentNode) -> dict[str, int]:
    """Measure a document by every limit that its text alone decides; unknown names are not its business."""
    return _Measure(document).found()


def exceeded(found: Mapping[str, int], limits: Limits) -> list[GraphQLError]:
    """Make one error for each limit that the sizes exceed."""
    return [
        TooComplex(name, asked, allowed)
        for name, asked in found.items()
        if asked > (allowed := getattr(limits, name))
    ]


def values_exceeded(values: object, limits: Limits) -> GraphQLError | None:
    """Find a text, a list or an object among the variables of a request that is too long."""
    waiting = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and len(value) > limits.string:
            return TooComplex("string", len(value), limits.string, "请缩短")
        if isinstance(value, list | dict):
            if len(value) > limits.list_items:
                return TooComplex("list_items", len(value), limits.list_items)
            waiting += value.values() if isinstance(value, dict) else value
    return None


def unparsed(error: GraphQLSyntaxError) -> GraphQLError | None:
    """Say which limit ended the parsing of a text; None: the text is no GraphQL."""
    found = re.search(r"contains more than (\d+) (tokens|comments|code points)", error.message)
    if found is None:
        return None
    allowed, of = int(found[1]), found[2]
    if of == "code points":
        return TooComplex("characters", len(error.source.body) if error.source else allowed + 1, allowed)
    return TooComplex(of, allowed + 1, allowed)


class _Measure:
    """Walks over a document once, each fragment once."""

    def __init__(self, document: DocumentNode) -> None:
        self.operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
        self.fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self.known = dict[str, _Size]()
        self.open = set[str]()
        self.most = Counter[str](repeats=0, list_items=0, string=0)
        self.spreads = self.directives = 0

    def found(self) -> dict[str, int]:
        """Add everything up: the greatest of the operations, all of the text."""
        operations = [self._selected(one.selection_set) for one in self.operations]
        for name in self.fragments:
            self._fragment(name)
        for part in (*self.operations, *self.fragments.values()):
            self._look_at(part)
        greatest = {
            f.name: max((getattr(one, f.name) for one in operations), default=0) for f in fields(_Size)
        }
        return {
            "depth": greatest["depth"],
            "aliases": greatest["aliases"],
            "root_fields": greatest["fields"],
            "spreads": self.spreads,
            "directives": self.directives,
            **self.most,
        }

    def _fragment(self, name: str) -> _Size:
        if name not in self.known and name in self.fragments:
            if name in self.open:
                return _Size()  # a ring: validation refuses it
            self.open.add(name)
            self.known[name] = self._selected(self.fragments[name].selection_set)
            self.open.discard(name)
        return self.known.get(name, _Size())

    def _selected(self, selected: SelectionSetNode | None) -> _Size:
        depth = aliases = count = 0
        names = Counter[str]()
        for node in selected.selections if selected else ():
            self._look_at(node)
            if isinstance(node, FieldNode):
                names[node.alias.value if node.alias else node.name.value] += 1
                count += 1
                aliases += node.alias is not None
                if node.name.value.startswith("__"):
                    continue
                inner = self._selected(node.selection_set)
                depth, aliases = max(depth, 1 + inner.depth), aliases + inner.aliases
            elif isinstance(node, FragmentSpreadNode | InlineFragmentNode):
                inner = self._spread(node)
                depth, aliases = max(depth, inner.depth), aliases + inner.aliases
                count += inner.fields
        self._greatest("repeats", max(names.values(), default=0))
        return _Size(depth, aliases, count)

    def _spread(self, node: FragmentSpreadNode | InlineFragmentNode) -> _Size:
        self.spreads += 1
        return (
            self._fragment(node.name.value)
            if isinstance(node, FragmentSpreadNode)
            else self._selected(node.selection_set)
        )

    def _look_at(self, node: Any) -> None:
        """Count the directives of a node, and measure the values that it is given."""
        directives = node.directives or ()
        self.directives += len(directives)
        arguments = [*(getattr(node, "arguments", None) or ()), *(a for d in directives for a in d.arguments)]
        for given in arguments:
            for value in _values(given.value):
                if isinstance(value, ListValueNode):
                    self._greatest("list_items", len(value.values))
                else:
                    self._greatest("string", len(value.value))

    def _greatest(self, name: str, size: int) -> None:
        self.most[name] = max(self.most[name], size)


type _Measured = StringValueNode | IntValueNode | FloatValueNode | ListValueNode


def _values(value: Node) -> Iterator[_Measured]:
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, StringValueNode | IntValueNode | FloatValueNode):
            yield node
        elif isinstance(node, ListValueNode):
            yield node
            waiting += node.values
        else:
            waiting += [field.value for field in getattr(node, "fields", ())]
