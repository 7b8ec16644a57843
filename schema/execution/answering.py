"""Answering by plans: the plans of a document are kept with it; whatever they don't answer graphql-core does.

A plan never says an error: where one comes up, graphql-core answers the whole request, so that messages,
places and what becomes null are its own.
"""

import logging
from collections import Counter, OrderedDict
from typing import Any

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues
from strawberry import Schema

from graph.errors import ChainError
from schema.execution.compile import Plan, compiled, conditions_of
from schema.execution.leaves import Unplanned
from schema.execution.shapes import Run
from schema.language.context import Context

PLANNED = True
"""False leaves everything to graphql-core: the tests compare both."""
MOST_PLANS = 4
"""Plans that are kept of one document: one for each operation and each combination of its conditions."""
SERVED = Counter[str]()
"""How many requests were answered by a plan, and how many by graphql-core."""
log = logging.getLogger(__name__)


class Plans:
    """The plans of one document."""

    def __init__(self) -> None:
        self._conditions: list[str] | None = None
        self._fragments: dict[str, FragmentDefinitionNode] = {}
        self._kept: OrderedDict[tuple[object, ...], Plan | None] = OrderedDict()

    async def answer(
        self,
        schema: Schema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        given: VariableValues,
        context: Context,
    ) -> dict[str, Any] | None:
        """Answer a request by its plan; None: graphql-core must."""
        core = schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - strawberry keeps it so
        plan = self._plan(core, document, operation, given)
        data: dict[str, Any] | None = None
        if plan is not None:
            run = Run(core, schema, operation, self._fragments, given, context)
            try:
                data = await plan.answer(run)
            except (Unplanned, ChainError) as error:
                log.debug("not answered by its plan: %r", error)
            except Exception:  # a fault of the data or of the plan: graphql-core shows which
                log.info("a plan failed", exc_info=True)
        SERVED["graphql-core" if data is None else "plan"] += 1
        return data

    def _plan(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        given: VariableValues,
    ) -> Plan | None:
        """Find or compile the plan for a request; None: it is not a plain query."""
        if self._conditions is None:
            self._conditions = conditions_of(document)
            fragments = (d for d in document.definitions if isinstance(d, FragmentDefinitionNode))
            self._fragments = {fragment.name.value: fragment for fragment in fragments}
        name = operation.name.value if operation.name else None
        key = name, *(given.coerced.get(each) for each in self._conditions)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            made = compiled(schema, document, operation, given)
        except Unplanned:
            made = None
        self._kept[key] = made
        if len(self._kept) > MOST_PLANS:
            self._kept.popitem(last=False)
        return made
