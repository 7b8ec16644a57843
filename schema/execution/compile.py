"""Compiling: from a validated document to the steps that answer it.

What is not compiled (mutations, introspection, directives other than @skip and @include) is graphql-core's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_directive_values,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from graphql.execution.values import VariableValues
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective
from strawberry.types.field import StrawberryField

from graph.kinds import NODE_OF
from graph.kinds.columns import Column, columns
from schema.execution.batches import Objects
from schema.execution.leaves import Unplanned, finish_of
from schema.execution.shapes import Leaf, Many, Object, Required, Run, Shape
from schema.execution.steps import (
    Asking,
    Attribute,
    Columnar,
    Constant,
    OfAll,
    Paged,
    Resolved,
    Selection,
    Step,
    varies,
)
from schema.language.connection import Connection
from schema.language.lists import OfOwners
from schema.language.nodes import READING, Cell
from schema.language.publish import Held

CONDITIONS = {"skip", "include"}


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The steps of one operation, for the values of the variables that its @skip and @include look at."""

    selection: Selection

    async def answer(self, run: Run) -> dict[str, Any]:
        """Answer a request; raises Unplanned, or what a resolver raises: then graphql-core must."""
        (found,) = await self.selection.answer(run, Objects([None]))
        return found


def conditions_of(document: DocumentNode) -> list[str]:
    """List the variables that decide what a document selects: those of its @skip and @include."""
    found = dict[str, None]()
    sets = [
        definition.selection_set
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    while sets:
        for node in sets.pop().selections:
            for directive in node.directives or ():
                for argument in directive.arguments or ():
                    if isinstance(argument.value, VariableNode):
                        found[argument.value.name.value] = None
            below = getattr(node, "selection_set", None)
            if below is not None:
                sets.append(below)
    return list(found)


def compiled(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, given: VariableValues
) -> Plan:
    """Compile an operation of a valid document; raises Unplanned when it is not a plain query."""
    if operation.operation is not OperationType.QUERY or operation.directives:
        raise Unplanned
    root = schema.query_type
    assert root is not None  # noqa: S101 - every schema has one
    compiler = _Compiler(schema, document, given)
    return Plan(compiler.selection(root, [operation.selection_set]))


@dataclass(slots=True)
class _Compiler:
    schema: GraphQLSchema
    document: DocumentNode
    given: VariableValues
    fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict[str, FragmentDefinitionNode])

    def __post_init__(self) -> None:
        definitions = self.document.definitions
        self.fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}

    def selection(self, kind: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> Selection:
        fields: dict[str, list[FieldNode]] = {}
        self._collect(kind, sets, fields, set())
        return Selection({key: self._step(kind, nodes) for key, nodes in fields.items()})

    def _collect(
        self,
        kind: GraphQLObjectType,
        sets: Iterable[SelectionSetNode],
        fields: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        """Collect fields by their names in the answer, in the order of graphql-core's CollectFields."""
        for selected in sets:
            for node in selected.selections:
                if not self._included(node):
                    continue
                if isinstance(node, FieldNode):
                    key = (node.alias or node.name).value
                    fields.setdefault(key, []).append(node)
                elif isinstance(node, InlineFragmentNode):
                    if self._applies(node, kind):
                        self._collect(kind, [node.selection_set], fields, visited)
                elif (name := cast("FragmentSpreadNode", node).name.value) not in visited:
                    visited.add(name)
                    fragment = self.fragments[name]
                    if self._applies(fragment, kind):
                        self._collect(kind, [fragment.selection_set], fields, visited)

    def _included(self, node: Any) -> bool:
        if not node.directives:
            return True
        if any(directive.name.value not in CONDITIONS for directive in node.directives):
            raise Unplanned
        try:
            skip = get_directive_values(GraphQLSkipDirective, node, self.given)
            include = get_directive_values(GraphQLIncludeDirective, node, self.given)
        except GraphQLError as error:
            raise Unplanned from error
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _applies(self, node: InlineFragmentNode | FragmentDefinitionNode, kind: GraphQLObjectType) -> bool:
        if node.type_condition is None:
            return True
        wanted = self.schema.get_type(node.type_condition.name.value)
        return wanted is kind or (
            isinstance(wanted, GraphQLInterfaceType) and self.schema.is_sub_type(wanted, kind)
        )

    def _step(  # noqa: PLR0911 - one for each way that a field is read
        self, kind: GraphQLObjectType, nodes: list[FieldNode]
    ) -> Step:
        name = nodes[0].name.value
        if name == "__typename":
            return Constant(kind.name)
        if name.startswith("__"):
            raise Unplanned
        definition = kind.fields[name]
        shape = self._shape(definition.type, nodes)
        written: StrawberryField = definition.extensions["strawberry-definition"]
        asking = Asking(definition, written, kind, nodes, varies(nodes[0]))
        match written.metadata.get(READING):
            case Cell(column=column):
                return Columnar(column, _leads(kind, column), shape)
            case Held(name=attribute):
                return Attribute.named(attribute, shape)
            case OfOwners(ask=ask):
                python = _python(get_named_type(definition.type))
                connection = python if issubclass(python, Connection) else None
                several = is_list_type(get_nullable_type(definition.type))
                return OfAll(asking, ask, shape, connection, several=several)
            case str(paged):
                return Paged(paged, shape)
            case _ if (column := _column(kind, written)) is not None:
                return Columnar(column, leads=False, shape=shape)
            case _ if written.is_basic_field:
                return Attribute.named(written.python_name, shape)
            case _:
                return Resolved.of(asking, shape)

    def _shape(self, kind: Any, nodes: Sequence[FieldNode]) -> Shape:
        if isinstance(kind, GraphQLNonNull):
            return Required(self._shape(kind.of_type, nodes))
        if isinstance(kind, GraphQLList):
            return Many(self._shape(kind.of_type, nodes))
        if isinstance(kind, GraphQLScalarType | GraphQLEnumType):
            return Leaf(finish_of(kind))
        sets = [node.selection_set for node in nodes if node.selection_set is not None]
        if isinstance(kind, GraphQLObjectType):
            selection = self.selection(kind, sets)
            return Object(lambda _: selection, kind.name, _python(kind))
        return Object(self._by_type(sets), None, _python(kind))

    def _by_type(self, sets: Sequence[SelectionSetNode]) -> Callable[[str], Selection]:
        """Compile what is selected of each type of an interface when the first object of it comes."""
        made: dict[str, Selection] = {}

        def selection_of(name: str) -> Selection:
            if name not in made:
                made[name] = self.selection(cast("GraphQLObjectType", self.schema.type_map[name]), sets)
            return made[name]

        return selection_of


def _python(kind: Any) -> Any:
    """Class that a GraphQL type was made from."""
    definition = kind.extensions.get("strawberry-definition") if kind is not None else None
    return getattr(definition, "origin", object)


def _column(kind: GraphQLObjectType, written: StrawberryField) -> Column | None:
    """Find the column that a field of a node shows which its interface declares."""
    record = NODE_OF.get(kind.name)
    if record is None or not written.is_basic_field:
        return None
    return next((column for column in columns(record) if column.field == written.python_name), None)


def _leads(kind: GraphQLObjectType, column: Column) -> bool:
    """Whether a column holds nodes: then its field is an object."""
    return isinstance(get_named_type(kind.fields[column.name].type), GraphQLObjectType | GraphQLInterfaceType)
