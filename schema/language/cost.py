"""Cost: how many objects a request may make, told by the schema's own rules before anything runs.

The rules are those of IBM's GraphQL Cost Directive Specification: `@cost(weight)` says what a field costs
each time, `@listSize` which arguments size a list and which lists below carry that size. An object costs 1, a
leaf nothing; a list multiplies what is below it. A list without a rule is taken to have ASSUMED items, a page
of which no size is told to be USUAL, a list of introspection as long as this schema's are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_argument_values,
    get_named_type,
    get_nullable_type,
    is_list_type,
    visit,
)
from graphql.execution.values import VariableValues
from graphql.language import ArgumentNode, Visitor
from strawberry.schema_directive import Location

from schema.language.connection import USUAL

ASSUMED = 10
SLICING = ("first", "last", "maxNodes", "k", "ids")
"""Arguments that say how long lists are."""
BOTH_SIDES = ("before", "after")
INTROSPECTION = {"__schema": "__Schema", "__type": "__Type"}
"""The fields that answer what the schema is, and their types."""
NULLABLE = 0.5
"""Of how many wrapping types another is wrapped, about."""
CEILING = 1e12
"""Costs above are told as this, so that products of sizes stay ordinary numbers."""


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], name="cost", description="问一次的代价（一个对象为 1）"
)
class Cost:
    """What a field costs each time it is asked."""

    weight: str = strawberry.directive_field(name="weight")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="listSize",
    description="列表按哪些参数定长、其下哪些列表为此长度；未注明的列表按 10 项计",
)
class ListSize:
    """Which arguments size a list."""

    slicing_arguments: list[str] = strawberry.directive_field(name="slicingArguments")
    sized_fields: list[str] | None = strawberry.directive_field(name="sizedFields", default=strawberry.UNSET)


def weight(points: int) -> Cost:
    """Make the rule of a field that costs more than what it returns."""
    return Cost(weight=str(points))


def declare_sizes(schema: strawberry.Schema) -> None:
    """Give every field that arguments size its `@listSize`: of its list, or of those of what it returns."""
    types = schema._schema.type_map  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - strawberry keeps it so
    for kind in types.values():
        for field in kind.fields.values() if isinstance(kind, GraphQLObjectType) else ():
            definition = field.extensions.get("strawberry-definition")
            rule = _sized(field)
            if definition and rule:
                definition.directives = [*definition.directives, rule]


def _sized(field: GraphQLField) -> ListSize | None:
    by = [name for name in SLICING if name in field.args]
    if by and _is_list(field):
        return ListSize(slicing_arguments=by)
    lists = _lists(get_named_type(field.type))
    return ListSize(slicing_arguments=by, sized_fields=lists) if by and lists else None


def _lists(kind: object) -> list[str]:
    """Lists of an answer; of what compares two answers also the lists of both."""
    if not isinstance(kind, GraphQLObjectType):
        return []
    found = [name for name, field in kind.fields.items() if _is_list(field) and not field.args]
    for side in BOTH_SIDES if kind.name.endswith("Compared") else ():
        found += [f"{side}.{name}" for name in _lists(get_named_type(kind.fields[side].type))]
    return found


def cost(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: VariableValues,
    operation: OperationDefinitionNode,
) -> float:
    """Estimate how many objects an operation makes, from its arguments and variables; the document is valid.

    Each fragment is estimated once per type and size.
    """
    return _Estimate(schema, document, variables).of_operation(operation)


def cost_of_introspection(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: VariableValues,
    operation: OperationDefinitionNode,
) -> float:
    """Estimate how many of those objects describe the schema."""
    return _Estimate(schema, document, variables, meta_only=True).of_operation(operation)


def sizing_variables(document: DocumentNode) -> frozenset[str]:
    """Find the variables that say how long lists are: those within arguments that size them."""
    finder = _Sizing()
    visit(document, finder)
    return frozenset(finder.found)


class _Sizing(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found, self._inside = set[str](), 0

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        self._inside += node.name.value in SLICING

    def leave_argument(self, node: ArgumentNode, *_: object) -> None:
        self._inside -= node.name.value in SLICING

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        if self._inside:
            self.found.add(node.name.value)


class _Estimate:
    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        variables: VariableValues,
        *,
        meta_only: bool = False,
    ) -> None:
        self.schema, self.variables, self._meta_only = schema, variables, meta_only
        self.fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self.known = dict[tuple[object, ...], float]()

    def of_operation(self, operation: OperationDefinitionNode) -> float:
        root = self.schema.get_root_type(operation.operation)
        return self._selected(operation.selection_set, root, {})

    def _selected(self, selected: SelectionSetNode, parent: Any, carried: Mapping[str, float]) -> float:
        total = 0.0
        for node in selected.selections:
            if isinstance(node, FieldNode):
                total += self._field(node, parent, carried)
            elif isinstance(node, InlineFragmentNode):
                total += self._selected(node.selection_set, self._narrowed(node, parent), carried)
            else:
                total += self._fragment(getattr(node, "name").value, parent, carried)  # noqa: B009 - a spread
        return min(total, CEILING)

    def _fragment(self, name: str, parent: Any, carried: Mapping[str, float]) -> float:
        key = (name, parent.name, *sorted(carried.items()))
        if key not in self.known:
            fragment = self.fragments[name]
            self.known[key] = self._selected(
                fragment.selection_set, self._narrowed(fragment, parent), carried
            )
        return self.known[key]

    def _narrowed(self, node: InlineFragmentNode | FragmentDefinitionNode, parent: Any) -> Any:
        return self.schema.get_type(node.type_condition.name.value) if node.type_condition else parent

    def _field(self, node: FieldNode, parent: Any, carried: Mapping[str, float]) -> float:
        name = node.name.value
        if name.startswith("__"):
            return self._introspection(node)
        if self._meta_only and not parent.name.startswith("__"):
            return 0.0
        field: GraphQLField = parent.fields[name]
        own, rule = rules(field)
        if node.selection_set is None:
            return own
        size, below = (
            1,
            {path.removeprefix(f"{name}."): n for path, n in carried.items() if path.startswith(f"{name}.")},
        )
        if rule is not None:
            try:
                asked = self._size(field, node, rule)
            except GraphQLError:
                return own  # the field fails by its arguments, and nothing below it runs; the rest does
            if rule.sized_fields:
                below |= dict.fromkeys(rule.sized_fields, asked)
            else:
                size = asked
        elif parent.name.startswith("__"):
            size = carried.get(name, _described(self.schema).usual.get(name, 1.0))
        elif _is_list(field):
            size = carried.get(name, ASSUMED)
        made = self._selected(node.selection_set, get_named_type(field.type), below)
        return min(own + size * (1.0 + made), CEILING)

    def _introspection(self, node: FieldNode) -> float:
        """Price what is asked of the schema; a type that is named may be the greatest."""
        meta = INTROSPECTION.get(node.name.value)
        if meta is None or node.selection_set is None:
            return 0.0
        carried = _described(self.schema).greatest if meta == "__Type" else {}
        return 1.0 + self._selected(node.selection_set, self.schema.get_type(meta), carried)

    def _size(self, field: GraphQLField, node: FieldNode, rule: ListSize) -> int:
        values = get_argument_values(field, node, self.variables)
        given = [values.get(name) for name in rule.slicing_arguments]
        asked = [len(one) if isinstance(one, list) else one for one in given if isinstance(one, int | list)]
        return max([0, *asked]) if asked else USUAL


@dataclass(frozen=True, slots=True)
class _Described:
    """How many items the lists of introspection have, by name."""

    usual: Mapping[str, float]
    """For each object that has the list: the mean over the schema."""
    greatest: Mapping[str, float]
    """Those of a type: the longest."""


@cache
def _described(schema: GraphQLSchema) -> _Described:
    lengths = {name: list[int]() for name in ("fields", "inputFields", "enumValues", "possibleTypes")}
    args = list[int]()
    for kind in schema.type_map.values():
        plain = isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        lengths["fields"].append(len(kind.fields) if plain else 0)
        lengths["inputFields"].append(len(kind.fields) if isinstance(kind, GraphQLInputObjectType) else 0)
        lengths["enumValues"].append(len(kind.values) if isinstance(kind, GraphQLEnumType) else 0)
        abstract = isinstance(kind, GraphQLInterfaceType | GraphQLUnionType)
        lengths["possibleTypes"].append(len(schema.get_possible_types(kind)) if abstract else 0)
        args += [len(field.args) for field in kind.fields.values()] if plain else []
    usual = {name: fmean(some) for name, some in lengths.items()}
    usual |= {"types": len(schema.type_map), "directives": len(schema.directives), "args": fmean(args)}
    return _Described(usual | {"ofType": NULLABLE}, {name: max(some) for name, some in lengths.items()})


def rules(field: GraphQLField) -> tuple[float, ListSize | None]:
    """Rules of a field: what it costs each time, and how long its lists are."""
    definition: Any = field.extensions.get("strawberry-definition")
    directives: Sequence[object] = definition.directives if definition else ()
    own = next((float(one.weight) for one in directives if isinstance(one, Cost)), 0.0)
    return own, next((one for one in directives if isinstance(one, ListSize)), None)


def _is_list(field: GraphQLField) -> bool:
    return is_list_type(get_nullable_type(field.type))
