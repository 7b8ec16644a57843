"""The query that asks the same again: one field, with its owner, its year and its arguments written out."""

from typing import Any

from graphql import (
    FieldNode,
    GraphQLResolveInfo,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Undefined,
    print_ast,
    visit,
)
from graphql.language import (
    REMOVE,
    ArgumentNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    StringValueNode,
    VariableNode,
    Visitor,
)
from graphql.utilities import replace_variables


def reproduced(info: GraphQLResolveInfo[Any], owner: str | None, year: int) -> str:
    """Write a query that asks for this field once more, with everything selected below it.

    Variables are replaced by their values, fragments by what they select, and `asOf` is always given.
    """
    node: FieldNode = visit(info.field_nodes[0], _Plain(info))
    kept = tuple(a for a in node.arguments or () if a.name.value != "asOf")
    arguments = (*kept, _argument("asOf", IntValueNode(value=str(year))))
    field = FieldNode(name=node.name, arguments=arguments, selection_set=node.selection_set)
    if owner is not None:
        kind = info.parent_type.name
        name = NameNode(value=kind[0].lower() + kind[1:])
        of = (_argument("id", StringValueNode(value=owner)),)
        field = FieldNode(name=name, arguments=of, selection_set=SelectionSetNode(selections=(field,)))
    selected = SelectionSetNode(selections=(field,))
    return print_ast(OperationDefinitionNode(operation=OperationType.QUERY, selection_set=selected))


def _argument(name: str, value: Any) -> ArgumentNode:
    return ArgumentNode(name=NameNode(value=name), value=value)


class _Plain(Visitor):
    """Writes out variables and fragments."""

    def __init__(self, info: GraphQLResolveInfo[Any]) -> None:
        super().__init__()
        self._info = info

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        variables = self._info.variable_values
        if isinstance(node.value, VariableNode):
            source = variables.sources.get(node.value.name.value)
            if source is None or (source.value is Undefined and source.signature.default is None):
                return REMOVE
        return _argument(node.name.value, replace_variables(node.value, variables))

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> Any:
        fragment = self._info.fragments[node.name.value]
        fragment = getattr(fragment, "definition", fragment)
        selected = visit(fragment.selection_set, _Plain(self._info))
        return InlineFragmentNode(type_condition=fragment.type_condition, selection_set=selected)
