"""Mistakes: what GraphQL finds wrong with a document or its variables, said in Chinese.

graphql-core says it in English, for programmers. Here each of its sentences gets ours (`sayings`), with the
place: a field, an argument in it, or a variable. A sentence that has none is said in general.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    ListValueNode,
    Node,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    Visitor,
    get_named_type,
    is_leaf_type,
    visit,
)

from schema.language.sayings import SAYINGS, pattern, shown

MOST_NAMED = 40
"""Names that are listed as what would be right; of more only those that may be meant, or so many."""
IN_GENERAL = "查询或变量不合本服务的 GraphQL 定义，无法执行：请对照 /graphiql/ 中的说明修改"
"""What is said where graphql-core says a sentence that is not known here."""

_SAYINGS = [(pattern(english), words) for english, words in SAYINGS.items()]
_OF_A_VALUE = re.compile(
    r"(?:Variable '(?P<variable>\$\w+)'|Argument '(?P<argument>\w+)') has invalid (?P<default>default )?value"
    r"(?: at (?P<at>(?:\.\w+|\[\d+\])+))?: (?P<fault>.*)",
    re.DOTALL,
)
_SUGGESTION = re.compile(
    r" ?Did you mean (?:the enum value |(?P<within>to use an inline fragment on ))?(?P<names>'[^?]*')\?"
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake of whoever asked: where, and what to say of it."""

    message: str
    argument: str | None
    """The argument, `where.issuedOn.eq`, or the variable, `$where.issuedOn.eq`; None: it is of neither."""
    nodes: Sequence[Node] | None
    """Where it stands in the document."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node of a document stands."""

    fields: str = ""
    argument: str = ""

    def __str__(self) -> str:
        if not self.argument or self.argument.startswith("$"):
            return self.argument or self.fields
        return f"{self.fields}({self.argument})" if self.fields else self.argument

    def within(self, node: Node) -> "_Place":
        """Go down into a node."""
        match node:
            case FragmentDefinitionNode():
                return _Place(f"...{node.name.value}")
            case FieldNode():
                return _Place(f"{self.fields}.{node.name.value}" if self.fields else node.name.value)
            case DirectiveNode():
                return _Place(f"{self.fields}@{node.name.value}")
            case VariableDefinitionNode():
                return _Place(argument=f"${node.variable.name.value}")
            case ArgumentNode() | ObjectFieldNode():
                name = node.name.value
                return _Place(self.fields, f"{self.argument}.{name}" if self.argument else name)
            case _:
                return self


def mistakes(
    errors: Sequence[GraphQLError], schema: GraphQLSchema, document: DocumentNode | None
) -> Iterator[Mistake]:
    """Say in Chinese what graphql-core says of a document and its variables; one for each error.

    `document` is the one that they are of; None: its text could not be parsed.
    """
    undated = iter(_unreadable(schema, document) if document and any(not e.nodes for e in errors) else ())
    nodes = [e.nodes or (_next_of(e, undated) if "cannot represent a" in e.message else None) for e in errors]
    places = _places(document, {id(of[-1]) for of in nodes if of}) if document else {}
    for error, of in zip(errors, nodes, strict=True):
        place = places.get(id(of[-1]), _Place()) if of else _Place()
        yield _mistake(error, schema, place, of)


def _mistake(
    error: GraphQLError, schema: GraphQLSchema, place: _Place, nodes: Sequence[Node] | None
) -> Mistake:
    text = error.message
    if wrapped := _OF_A_VALUE.fullmatch(text):
        of = wrapped["variable"] or wrapped["argument"]
        place, text = _Place(place.fields, f"{of}{wrapped['at'] or ''}"), wrapped["fault"]
    said, named = _said(text, schema)
    if not place.argument and named.get("argument"):
        place = _Place(place.fields.partition("@")[0], named["argument"])
    if text.startswith("Syntax Error") and error.locations:
        at = error.locations[0]
        return Mistake(f"第 {at.line} 行第 {at.column} 列：{said}", None, nodes)
    where = str(place)
    return Mistake(f"{where}：{said}" if where else said, place.argument or None, nodes)


def _said(text: str, schema: GraphQLSchema) -> tuple[str, dict[str, str]]:
    """Find our words for a sentence, and what it names."""
    suggested, within = list[str](), False
    if found := _SUGGESTION.search(text):
        suggested, within = re.findall(r"'([^']+)'", found["names"]), found["within"] is not None
        text = text[: found.start()] + text[found.end() :]
        if "{" in suggested[0]:  # a way to write it, which our words show
            suggested = []
    for sentence, words in _SAYINGS:
        if match := sentence.fullmatch(text):
            named = {name: value or "" for name, value in match.groupdict().items()}
            right = _right(_choices(named, schema), suggested, within=within)
            return words.format(**{n: shown(n, v) for n, v in named.items()}, right=right), named
    return IN_GENERAL, {}


def _choices(named: dict[str, str], schema: GraphQLSchema) -> Collection[str]:
    """List what could have been written in place of what a sentence names."""
    kind = schema.type_map.get(named.get("enum") or named.get("input") or named.get("object") or "")
    if within := named.get("within"):
        kind = schema.type_map.get(within.strip("[]!"))
    if isinstance(kind, GraphQLEnumType):
        return kind.values
    if isinstance(kind, GraphQLInputObjectType | GraphQLObjectType | GraphQLInterfaceType):
        return kind.fields
    owner = named.get("owner", "")
    if owner.startswith("@"):
        directive: GraphQLDirective | None = schema.get_directive(owner[1:])
        return directive.args if directive else ()
    object, _, field = owner.partition(".")
    of = schema.type_map.get(object)
    fields = of.fields if isinstance(of, GraphQLObjectType | GraphQLInterfaceType) else {}
    return fields[field].args if field in fields else ()


def _right(choices: Collection[str], suggested: Sequence[str], *, within: bool) -> str:
    """Say what would be right: all that there is, if that is not too much, and what may have been meant."""
    meant = " 或 ".join(suggested)
    if within:
        return f"：只有 {meant} 有，请写在 ... on {suggested[0]} {{ … }} 中"
    if not choices:
        return f"：是否应为 {meant}？" if meant else ""
    if len(choices) > MOST_NAMED and meant:
        return f"：是否应为 {meant}？可用的共 {len(choices)} 个，见 /graphiql/"
    every = "、".join(islice(choices, MOST_NAMED))
    more = f" 等 {len(choices)} 个，全部见 /graphiql/" if len(choices) > MOST_NAMED else ""
    return f"：可用 {every}{more}" + (f"；是否应为 {meant}？" if meant else "")


def _places(document: DocumentNode, wanted: Collection[int]) -> dict[int, _Place]:
    """Find where nodes stand that errors are of, by their `id()`."""
    found = dict[int, _Place]()
    waiting: list[tuple[Node, _Place]] = [(one, _Place()) for one in document.definitions] if wanted else []
    while waiting:
        node, place = waiting.pop()
        place = place.within(node)
        if id(node) in wanted:
            found[id(node)] = place
        for key in node.keys:
            below: Any = getattr(node, key, None)
            if isinstance(below, Node):
                waiting.append((below, place))
            elif isinstance(below, list | tuple):
                inner = isinstance(node, ListValueNode)
                waiting += [
                    (one, _Place(place.fields, f"{place.argument}[{at}]") if inner else place)
                    for at, one in enumerate(below)
                    if isinstance(one, Node)
                ]
    return found


def _next_of(error: GraphQLError, unreadable: Iterator[tuple[str, Node]]) -> Sequence[Node] | None:
    """Find the value that an error without a place is of: both come in the order of the document."""
    return next(([node] for name, node in unreadable if f" a {name}: " in error.message), None)


def _unreadable(schema: GraphQLSchema, document: DocumentNode) -> list[tuple[str, Node]]:
    """List the values in a document that their own types refuse, without saying where they stand."""
    found, types = list[tuple[str, Node]](), TypeInfo(schema)

    class Values(Visitor):
        def enter(self, node: Node, *_: Any) -> None:
            kind = get_named_type(types.get_input_type())
            if kind is None or not is_leaf_type(kind) or not node.kind.endswith("_value"):
                return
            read: Callable[..., Any] = kind.parse_literal
            try:
                read(node)
            except GraphQLError as error:
                if not error.nodes:
                    found.append((kind.name, node))
            except Exception:  # noqa: BLE001 - what it raises otherwise has its place
                return

    visit(document, TypeInfoVisitor(types, Values()))
    return found
