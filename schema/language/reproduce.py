"""The query that asks the same again: one field, with its owner, its year and its arguments written out."""

from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLResolveInfo,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
    parse_const_value,
    print_ast,
    type_from_ast,
    visit,
)
from graphql.language import (
    REMOVE,
    ArgumentNode,
    BooleanValueNode,
    EnumValueNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
    Visitor,
)
from graphql.language.visitor import VisitorAction
from strawberry.types.nodes import get_variable_values

from schema.language.context import Context


def reproduced(
    info: GraphQLResolveInfo[Context], owner: str | None, year: int | None, *, real_only: bool = False
) -> str:
    """Write a query that asks for this field once more, with everything selected below it.

    Variables are replaced by their values, fragments by what they select, and `asOf` is always given,
    unless the field has none (the year is None); `realOnly` is given where what is invented was left out.
    """
    nodes: list[FieldNode] = [visit(each, _Plain(info)) for each in info.field_nodes]
    node, sets = nodes[0], [each.selection_set for each in nodes]
    below = SelectionSetNode(selections=tuple(s for part in sets if part for s in part.selections))
    kept = tuple(a for a in node.arguments or () if a.name.value not in {"asOf", "realOnly"})
    dated = () if year is None else (_argument("asOf", IntValueNode(value=str(year))),)
    real = (_argument("realOnly", BooleanValueNode(value=True)),) if real_only else ()
    arguments = (*kept, *dated, *real)
    field = FieldNode(name=node.name, arguments=arguments, selection_set=below)
    if owner is not None:
        kind = info.parent_type.name
        name = NameNode(value=kind[0].lower() + kind[1:])
        of = (_argument("id", StringValueNode(value=owner)),)
        field = FieldNode(name=name, arguments=of, selection_set=SelectionSetNode(selections=(field,)))
    selected = SelectionSetNode(selections=(field,))
    return print_ast(OperationDefinitionNode(operation=OperationType.QUERY, selection_set=selected))


def _argument(name: str, value: ValueNode) -> ArgumentNode:
    return ArgumentNode(name=NameNode(value=name), value=value)


def _literal(value: Any, of: Any) -> ValueNode:
    """Write a coerced value as it stands in a document."""
    if value is None:
        return NullValueNode()
    if is_non_null_type(of):
        return _literal(value, of.of_type)
    if is_list_type(of):
        return ListValueNode(values=tuple(_literal(item, of.of_type) for item in value))
    if is_input_object_type(of):
        given = {name: value.get(name, value.get(field.out_name)) for name, field in of.fields.items()}
        return ObjectValueNode(
            fields=tuple(
                ObjectFieldNode(name=NameNode(value=name), value=_literal(item, of.fields[name].type))
                for name, item in given.items()
                if item is not None
            )
        )
    if is_enum_type(of):
        return EnumValueNode(value=of.serialize(value))
    return parse_const_value(orjson.dumps(of.serialize(value)).decode())


class _Plain(Visitor):
    """Writes out variables and fragments."""

    def __init__(self, info: GraphQLResolveInfo[Context]) -> None:
        super().__init__()
        self._info = info
        self._given: dict[str, object] = get_variable_values(info)

    def enter_argument(self, node: ArgumentNode | ObjectFieldNode, *_: object) -> VisitorAction:
        left_out = isinstance(node.value, VariableNode) and node.value.name.value not in self._given
        return REMOVE if left_out else None

    enter_object_field = enter_argument

    def enter_variable(self, node: VariableNode, *_: object) -> ValueNode:
        name = node.name.value
        definitions = self._info.operation.variable_definitions or ()
        of = next(d.type for d in definitions if d.variable.name.value == name)
        asked = type_from_ast(self._info.schema, of)
        return _literal(self._given.get(name), asked)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> InlineFragmentNode:
        fragment = self._info.fragments[node.name.value]
        fragment = getattr(fragment, "definition", fragment)
        selected = visit(fragment.selection_set, _Plain(self._info))
        return InlineFragmentNode(type_condition=fragment.type_condition, selection_set=selected)
