"""Introspection: what asks for much of the schema itself is answered in a thread, not on the event loop.

graphql-core takes half a second for all of it, which nobody else should wait for. Such an answer depends on
the document alone, so the last ones are kept.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)
from graphql.execution.values import VariableValues

from graph.deadline import Deadline
from graph.errors import ChainError
from queries.running import POOL
from schema.language.cost import cost_of_introspection
from schema.language.limits import TooComplex

AT_ONCE = 200
"""Objects of introspection that are answered on the event loop: a few milliseconds."""
_KEPT = LRUCache[object, ExecutionResult](2)


async def described(  # noqa: PLR0913, PLR0917 - a request
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    given: VariableValues,
    variables: dict[str, Any],
    patience: float,
) -> ExecutionResult | None:
    """Answer a document that asks for much of the schema; None: it does not.

    Beside questions about the data so much is refused: those are answered on the loop.
    """
    asked = cost_of_introspection(schema, document, given, operation)
    if asked <= AT_ONCE:
        return None
    if not all(name.startswith("__") for name in _roots(document, operation)):
        return ExecutionResult(None, [TooComplex("cost", asked, AT_ONCE, "请把 __schema、__type 单独查询")])
    name = operation.name.value if operation.name else None
    key = document.loc and document.loc.source.body, name, repr(given.coerced)
    if key not in _KEPT:
        asking = partial(execute_sync, schema, document, variable_values=variables, operation_name=name)
        try:
            _KEPT[key] = await POOL.run(Deadline(patience), asking)
        except ChainError as error:
            return ExecutionResult(None, [GraphQLError(str(error), original_error=error)])
    return _KEPT[key]


def _roots(document: DocumentNode, operation: OperationDefinitionNode) -> Iterator[str]:
    """List the fields of the first level, each fragment once."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    waiting: list[SelectionSetNode] = [operation.selection_set]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                yield node.name.value
            elif isinstance(node, InlineFragmentNode):
                waiting.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
                waiting.append(fragments.pop(node.name.value).selection_set)
