"""Documents: from a text to what may run, each text parsed, measured and validated once.

A text is kept with all that was found of it, by what it takes in memory; a long one is never kept. What is
too much is refused before validation, which compares each pair of fields, and by its cost before execution.
"""

from collections.abc import Iterator
from dataclasses import dataclass
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
from graphql.execution.values import get_variable_values
from strawberry.extensions import SchemaExtension

from schema.language.context import Context
from schema.language.cost import cost
from schema.language.limits import Limits, TooComplex, exceeded, sizes, values_exceeded

PER_CHARACTER = 270
"""Bytes that a parsed document takes at most for each character of its text: one-letter fields."""
KEPT = 64_000_000
"""Bytes of memory for kept documents."""
LONGEST_KEPT = 16_000
"""Characters of the longest text that is kept."""
MOST_COMMENTS = 1_000


@dataclass(slots=True)
class Document:
    """A parsed text, and what was found of it."""

    parsed: DocumentNode
    length: int
    """Characters of the text."""
    sizes: dict[str, int]
    errors: list[GraphQLError] | None = None
    """Of validation; None: not validated yet."""


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
        options: dict[str, Any] = {"max_lexical_tokens": self.limits.tokens, "max_comments": MOST_COMMENTS}
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
                document.errors = validate(_schema(context), document.parsed)
            context.pre_execution_errors = too_much or document.errors
        yield

    def on_execute(self) -> Iterator[None]:
        """Refuse what would cost too much."""
        context: Any = self.execution_context
        self.priced = _price(_schema(context), context.graphql_document, context)
        if self.priced is not None and self.priced > self.limits.cost:
            advice = "请减少 first，或少问几层"
            error = TooComplex("cost", self.priced, self.limits.cost, advice)
            context.result = ExecutionResult(None, [error])
        yield

    def get_results(self) -> dict[str, Any]:
        """Say what the request was taken to cost."""
        if self.priced is None:
            return {}
        return {"cost": {"requested": round(self.priced), "maximum": self.limits.cost}}


def _schema(context: Any) -> GraphQLSchema:
    return context.schema._schema  # noqa: SLF001 - strawberry keeps it so


def _price(schema: GraphQLSchema, document: DocumentNode, context: Any) -> float | None:
    """Estimate what a request costs; None: its variables are wrong, which execution says."""
    operation = get_operation_ast(document, context.operation_name)
    assert isinstance(operation, OperationDefinitionNode)  # noqa: S101 - strawberry has looked
    values = get_variable_values(schema, operation.variable_definitions or (), context.variables or {})
    if isinstance(values, list):
        return None
    return cost(schema, document, values, operation)
