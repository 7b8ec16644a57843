"""Answering by plans: the plans of a document are kept with it; whatever they don't answer graphql-core does.

A plan never says an error: where one comes up, graphql-core answers the whole request, so that messages,
places and what becomes null are its own.
"""

import logging
import os
from collections import Counter, OrderedDict
from typing import Any

from graphql import FragmentDefinitionNode, OperationDefinitionNode
from graphql.execution.values import VariableValues

from schema.execution.compile import Plan, compiled, conditions_of, plan_key
from schema.execution.leaves import Unplanned
from schema.execution.steps import Run

PLANNED = os.environ.get("ZHENLIAN_PLANS", "1") != "0"
"""ZHENLIAN_PLANS=0 leaves everything to graphql-core, to compare."""
KEPT = 8
"""Plans of one document: one for each operation and each combination of its conditions."""
SERVED = Counter[str]()
"""How many requests were answered by a plan, and how many by graphql-core."""
log = logging.getLogger(__name__)


class Plans:
    """The plans of one document."""

    def __init__(self) -> None:
        self._conditions: list[str] | None = None
        self._kept: OrderedDict[tuple[object, ...], Plan | None] = OrderedDict()

    def of(self, context: Any, operation: OperationDefinitionNode, given: VariableValues) -> Plan | None:
        """Find or compile the plan for a request; None: graphql-core must answer."""
        document = context.graphql_document
        if self._conditions is None:
            self._conditions = conditions_of(document)
        name = operation.name.value if operation.name else None
        key = plan_key(given.coerced, self._conditions, name)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            made = compiled(context.schema._schema, document, operation, given)  # noqa: SLF001 - so kept
        except Unplanned:
            made = None
        self._kept[key] = made
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made


async def answered(
    plans: Plans, context: Any, operation: OperationDefinitionNode, given: VariableValues
) -> dict[str, Any] | None:
    """Answer a request by its plan; None: graphql-core must."""
    plan = plans.of(context, operation, given)
    data: dict[str, Any] | None = None
    if plan is not None:
        definitions = context.graphql_document.definitions
        fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        schema = context.schema
        run = Run(schema._schema, schema, operation, fragments, given, context.context)  # noqa: SLF001
        try:
            data = await plan.answer(run)
        except Exception as error:  # noqa: BLE001 - graphql-core says what is wrong, and where
            log.debug("not answered by its plan: %r", error)
    SERVED["graphql-core" if data is None else "plan"] += 1
    return data
