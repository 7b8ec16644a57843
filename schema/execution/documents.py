"""Documents: from a text to what may run, each text parsed, measured and validated once.

A text is kept with all that was found of it, by what it takes in memory; a long one is never kept. What is
too much is refused before validation, which compares each pair of fields, and by its cost before execution.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult as StrawberryResult

from schema.execution.answering import MOST_PLANS, PLANNED, Plans
from schema.execution.introspection import described
from schema.language.context import Context
from schema.language.cost import cost, sizing_variables
from schema.language.errors import QuietSchema
from schema.language.limits import Limits, TooComplex, exceeded, sizes, values_exceeded

PER_CHARACTER = 270 + 100 * MOST_PLANS
"""Bytes that a parsed document and its plans take at most for each character of its text."""
KEPT = 64_000_000
"""Bytes of memory for kept documents."""
LONGEST_KEPT = 16_000
"""Characters of the longest text that is kept."""
MOST_COMMENTS = 1_000
MOST_WRONG = 20
"""Faults of variables that are looked for."""
LONGEST_KEY, MOST_PRICES = 500, 16
"""Characters of variables that a price is kept by, and prices that are kept of one document."""


@dataclass(slots=True)
class Document:
    """A parsed text, and what was found of it."""

    parsed: DocumentNode
    length: int
    """Characters of the text."""
    sizes: dict[str, int]
    errors: list[GraphQLError] | None = None
    """Of validation; None: not validated yet."""
    sizing: frozenset[str] | None = None
    """Variables that size lists; None: not looked for yet."""
    prices: dict[str, float] = field(default_factory=dict[str, float])
    """What its operations cost, by their variables."""
    plans: Plans = field(default_factory=Plans)
    """How its operations are answered."""

    def price(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode, given: VariableValues
    ) -> float:
        """Estimate the cost of an operation, once for the variables that size its lists.

        Of the others it matters whether they are null: an argument that may not be has no size.
        """
        if self.sizing is None:
            self.sizing = sizing_variables(self.parsed)
        told = {n: v if n in self.sizing else v is None for n, v in given.coerced.items()}
        key = repr((operation.name and operation.name.value, told))
        if len(key) > LONGEST_KEY:
            return cost(schema, self.parsed, given, operation)
        if key not in self.prices:
            if len(self.prices) >= MOST_PRICES:
                self.prices.clear()
            self.prices[key] = cost(schema, self.parsed, given, operation)
        return self.prices[key]


_KEPT: LRUCache[str, Document] = LRUCache(KEPT, getsizeof=lambda one: one.length * PER_CHARACTER)
_FOUND = {True: 0, False: 0}
"""How often a text was kept already, and how often not."""


class Kept(NamedTuple):
    """What is kept, and what that was good for."""

    entries: int
    bytes: int
    hits: int
    misses: int


def kept() -> Kept:
    """Say how full the cache of documents is, and how often it helped."""
    return Kept(len(_KEPT), int(_KEPT.currsize), _FOUND[True], _FOUND[False])


class Documents(SchemaExtension):
    """Parses, measures, validates and prices what a request asks, and refuses what is too much."""

    document: Document | None = None
    priced: float | None = None

    @property
    def limits(self) -> Limits:
        """The limits of this request."""
        return cast("Context", self.execution_context.context).limits

    def on_parse(self) -> Iterator[None]:
        """Parse within the limits, and measure, unless the text is known."""
        context, text = self.execution_context, self.execution_context.query or ""
        self.document = _KEPT.get(text) if context.graphql_document is None else None
        _FOUND[self.document is not None] += 1
        if self.document is not None:
            context.graphql_document = self.document.parsed
        options: dict[str, Any] = {
            "max_source_length": self.limits.characters,
            "max_lexical_tokens": self.limits.tokens,
            "max_comments": MOST_COMMENTS,
        }
        context.parse_options.update(cast("Any", options))
        yield
        if self.document is None and (parsed := context.graphql_document) is not None:
            self.document = Document(parsed, len(text), sizes(parsed))
            if len(text) <= LONGEST_KEPT:
                _KEPT[text] = self.document

    def on_validate(self) -> Iterator[None]:
        """Refuse what is too much, then validate, unless that was done."""
        context, document = self.execution_context, self.document
        if document is not None:
            too_much = exceeded(document.sizes, self.limits)
            if not too_much and (long := values_exceeded(context.variables, self.limits)):
                too_much = [long]
            if not too_much and document.errors is None:
                schema = context.schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - so kept
                document.errors = validate(schema, document.parsed)
            context.pre_execution_errors = too_much or document.errors
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Refuse what would cost too much; answer what is planned."""
        context: Any = self.execution_context
        operation = get_operation_ast(context.graphql_document, context.operation_name)
        assert isinstance(operation, OperationDefinitionNode)  # noqa: S101 - strawberry has looked
        schema = context.schema._schema  # noqa: SLF001 - strawberry keeps it so
        given = _values(schema, operation, context.variables)
        if not isinstance(given, list):  # else execution says what is wrong with them
            document = self.document or Document(context.graphql_document, LONGEST_KEPT, {})
            self.priced = document.price(schema, operation, given)
            if self.priced > self.limits.cost:
                advice = "请减少 first，或少问几层"
                error = TooComplex("cost", self.priced, self.limits.cost, advice)
                context.result = ExecutionResult(None, [error])
            elif (told := await self._described(operation, given)) is not None:
                context.result = told
            elif PLANNED:
                data = await document.plans.answer(
                    context.schema, document.parsed, operation, given, context.context
                )
                context.result = None if data is None else ExecutionResult(data, None)
        yield

    async def _described(
        self, operation: OperationDefinitionNode, given: VariableValues
    ) -> ExecutionResult | None:
        context: Any = self.execution_context
        schema, document = context.schema._schema, context.graphql_document  # noqa: SLF001 - strawberry keeps it so
        patience = cast("Context", context.context).patience
        return await described(schema, document, operation, given, context.variables or {}, patience)

    def get_results(self) -> dict[str, Any]:
        """Say what the request was taken to cost."""
        return {} if self.priced is None else _told(self.priced, self.limits)


class PlannedSchema(QuietSchema):
    """A schema whose known documents are answered by their plans at once."""

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        *args: Any,
        operation_name: str | None = None,
        **kwargs: Any,
    ) -> StrawberryResult:
        """Answer a request: a known query without strawberry's ceremony, dearer than a small plan."""
        document = _KEPT.get(query or "")
        if document is not None and PLANNED and not args and isinstance(context_value, Context):
            found = await self._known(document, variable_values, operation_name, context_value)
            if found is not None:
                _FOUND[True] += 1
                return found
        kwargs["operation_name"] = operation_name
        return await super().execute(query, variable_values, context_value, *args, **kwargs)

    async def _known(
        self, document: Document, variables: dict[str, Any] | None, name: str | None, context: Context
    ) -> StrawberryResult | None:
        """Answer a document that is valid and within the limits by its plan; None: go the long way."""
        operation = get_operation_ast(document.parsed, name)
        refused = document.errors != [] or exceeded(document.sizes, context.limits)
        if refused or operation is None or values_exceeded(variables, context.limits):
            return None
        schema = self._schema
        given = _values(schema, operation, variables)
        if isinstance(given, list):
            return None
        price = document.price(schema, operation, given)
        if price > context.limits.cost:
            return None
        data = await document.plans.answer(self, document.parsed, operation, given, context)
        if data is None:
            return None
        extensions = {**_told(price, context.limits), **await context.told()}
        return StrawberryResult(data=data, errors=None, extensions=extensions)


def _values(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: dict[str, Any] | None
) -> list[GraphQLError] | VariableValues:
    """Read the variables; of what is wrong with them not all is looked for, as each takes a millisecond."""
    defined = operation.variable_definitions or ()
    return get_variable_values(schema, defined, variables or {}, max_errors=MOST_WRONG)


def _told(price: float, limits: Limits) -> dict[str, Any]:
    return {"cost": {"requested": round(price), "maximum": limits.cost}}
