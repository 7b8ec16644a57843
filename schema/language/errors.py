"""Errors as clients see them: made here, from our own classes, and nowhere else.

Every error carries `extensions.code`; one about an argument names it in `extensions.argument`. What GraphQL
itself finds wrong is said in Chinese (`schema.language.mistakes`), its own words are `extensions.original`.
Anything else that is not ours is masked, and the log holds the cause under the same `errorId`.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLSyntaxError, Node, OperationDefinitionNode
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext

from graph.errors import BadInput, ChainError, NotFound, Outdated, Unfit
from graph.snapshot.nearest import Missing
from schema.language.limits import unparsed
from schema.language.mistakes import Mistake, mistakes

PUBLIC = {
    "BAD_USER_INPUT",
    "NOT_FOUND",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "TOO_COMPLEX",
    "RATE_LIMITED",
    "TIMEOUT",
    "BUSY",
    "STORE_UNAVAILABLE",
    "CONFLICT",
}
MOST_ASKED_BACK = 5
"""Wrong ids of one request for which the nearest ones are looked for."""
log = logging.getLogger(__name__)


class QuietSchema(strawberry.Schema):
    """A schema that does not log a client's mistakes as if they were ours."""

    def as_str(self) -> str:
        """Print the SDL without blank lines inside a type: each field stands below its own words anyway."""
        return re.sub(r"\n\n(?= )", "\n", super().as_str())

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Say in one line that a request had errors; our own are logged with their cause by `Errors`."""
        name = execution_context.operation_name if execution_context and errors[0].path else None
        log.info("%d errors in %s, the first at %s", len(errors), name or "a request", errors[0].path)


class Errors(SchemaExtension):
    """Gives each error of an answer its code, and hides what is not meant for clients."""

    async def on_operation(self) -> AsyncIterator[None]:  # pyright: ignore[reportIncompatibleMethodOverride] - may wait
        """Rewrite the errors once all is done; what may be meant by wrong ids is found off the event loop."""
        yield
        result = self.execution_context.result
        if result is not None and result.errors:
            causes = [_cause(error) for error in result.errors]
            lacking = [cause for cause in causes if isinstance(cause, Missing)]
            asked_back = await asyncio.to_thread(_asked_back, lacking) if lacking else {}
            result.errors = self._public(result.errors, asked_back)
        if self.execution_context.pre_execution_errors:
            self.execution_context.pre_execution_errors = self._public(
                self.execution_context.pre_execution_errors
            )

    def _public(
        self, errors: Sequence[GraphQLError], asked_back: Mapping[str, str] = MappingProxyType({})
    ) -> list[GraphQLError]:
        """Make the errors that a client gets; those that GraphQL itself found are put into words together."""
        of_graphql = [error for error in errors if _found_by_graphql(error)]
        context: Any = self.execution_context
        schema = context.schema._schema  # noqa: SLF001 - strawberry keeps it so
        told = iter([*mistakes(of_graphql, schema, context.graphql_document)] if of_graphql else ())
        return [
            _mended(error, next(told)) if _found_by_graphql(error) else public(error, asked_back)
            for error in errors
        ]


class OneOperation(SchemaExtension):
    """Refuses a document of several operations that does not say which one to run."""

    def on_validate(self) -> Iterator[None]:
        """Look before the rules of GraphQL do."""
        context: Any = self.execution_context
        definitions = context.graphql_document.definitions
        several = sum(isinstance(d, OperationDefinitionNode) for d in definitions) > 1
        if several and not context._provided_operation_name:  # noqa: SLF001 - the other name is a guess
            context.pre_execution_errors = [
                GraphQLError(
                    "文档含多个操作，请用 operationName 指明执行哪一个", extensions={"code": "BAD_USER_INPUT"}
                )
            ]
        yield


def _cause(error: GraphQLError) -> Exception | None:
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error:
        cause = cause.original_error
    return cause


def _found_by_graphql(error: GraphQLError) -> bool:
    """Tell whether graphql-core found it in a document or its variables; else it is ours, or of a limit."""
    if "code" in (error.extensions or {}):
        return False
    if isinstance(error, GraphQLSyntaxError) and unparsed(error):
        return False
    return isinstance(_cause(error), GraphQLError | None)


def _mended(error: GraphQLError, told: Mistake) -> GraphQLError:
    """Say an error of GraphQL in Chinese; what graphql-core said is kept beside it."""
    argument = {"argument": told.argument} if told.argument else {}
    extensions = {"code": "BAD_USER_INPUT", **argument, "original": error.message}
    return _like(error, told.message, extensions, told.nodes)


def _asked_back(errors: Sequence[Missing]) -> dict[str, str]:
    """What may be meant by wrong ids: the whole messages, by their short ones."""
    once = {str(error): error for error in errors}
    told = dict[str, str]()
    for number, (short, error) in enumerate(once.items()):
        near = number < MOST_ASKED_BACK
        told[short] = error.asked_back() if near else f"{short}；一次请求只为前 {MOST_ASKED_BACK} 个找相近者"
    return told


def public(error: GraphQLError, asked_back: Mapping[str, str] = MappingProxyType({})) -> GraphQLError:
    """Make the error that a client gets; `asked_back` are whole messages by the short ones of wrong ids."""
    cause = _cause(error)
    if "code" in (error.extensions or {}):
        return error
    if isinstance(error, GraphQLSyntaxError) and (too_much := unparsed(error)):
        return too_much
    if isinstance(cause, ChainError) and cause.code in PUBLIC:
        extensions: dict[str, Any] = {"code": cause.code}
        if isinstance(cause, BadInput | NotFound | Outdated) and cause.path:
            extensions["argument"] = ".".join(cause.path)
        if isinstance(cause, Unfit):
            extensions["problems"] = [
                {"code": one.code, "argument": ".".join(one.path), "message": one.message}
                for one in cause.problems
            ]
        if isinstance(cause, Outdated):
            extensions["current"] = dict(cause.current)
        return _like(error, asked_back.get(str(cause), str(cause)), extensions)
    id = secrets.token_hex(6)
    log.error("error %s at %s", id, error.path, exc_info=cause)
    return _like(error, "内部错误", {"code": "INTERNAL", "errorId": id})


def _like(
    error: GraphQLError, message: str, extensions: dict[str, Any], nodes: Sequence[Node] | None = None
) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes or nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        original_error=error.original_error,
        extensions=extensions,
    )
