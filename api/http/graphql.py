"""GraphQL over HTTP: what a request must look like, and with which status and media type it is answered.

A raw ASGI endpoint: FastAPI's own handling would halve the small requests. It follows the GraphQL-over-HTTP
draft (graphql-http's 61 audits), and refuses with JSON and a code whatever it can't read.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send
from strawberry.exceptions import MissingQueryError
from strawberry.http import GraphQLRequestData, process_result
from strawberry.schema.base import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api.http.freshness import Freshness
from api.http.neighbours import steadily, while_waited_for
from api.http.refusals import note

LONGEST_BODY = 1_000_000
BODY_SECONDS = 15.0
JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that is no GraphQL request, and the status that says so."""

    def __init__(self, status: int, message: str, code: str = "BAD_USER_INPUT", **more: str | int) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.extensions = {"code": code} | more


class GraphQLView[C]:
    """Answers GraphQL requests by POST, and queries by GET."""

    def __init__(
        self,
        schema: BaseSchema,
        context: Callable[[Request], C],
        freshness: Freshness | None = None,
        documents: Mapping[str, str] | None = None,
    ) -> None:
        """Ask a schema; `context` makes what resolvers share, anew for each request.

        `freshness` lets those wait that ask for it; `documents` may be asked by their ids.
        """
        self._schema = schema
        self._context = context
        self._freshness = freshness
        self._documents = documents or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong is answered in JSON."""
        request = Request(scope, receive)
        try:
            asked = await self._asked_of(request)
            await self._wait(scope)
            status, answer = await while_waited_for(receive, self._answer(request, asked))
        except ClientDisconnect:
            log.debug("client went away: %s", scope["path"])
            return
        except Refused as refused:
            status, answer = refused.status, _refusal(refused)
        except Exception:
            id = secrets.token_hex(6)
            log.exception("error %s", id)
            status, answer = 500, _refusal(Refused(500, "内部错误", "INTERNAL", errorId=id))
        for error in answer.get("errors") or ():
            note(scope, (error.get("extensions") or {}).get("code", "INTERNAL"))
        content = orjson.dumps(answer)
        headers = [
            (b"content-type", _MODERN_TYPE if _modern(request) else _USUAL_TYPE),
            (b"content-length", b"%d" % len(content)),
        ]
        if status == 405:  # noqa: PLR2004
            headers.append((b"allow", b"POST" if request.method == "GET" else b"GET, POST"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _asked_of(self, request: Request) -> GraphQLRequestData:
        """Read a request's document, variables and operation name, or refuse."""
        if request.method == "GET":
            return self._asked(_from_address(dict(request.query_params)))
        if request.method != "POST":
            raise Refused(405, f"不支持 {request.method}：请用 POST，查询也可用 GET")
        body = await _body(request)
        _check_media_type(request.headers.get("content-type", ""))
        return self._asked(_json(body, "正文"))

    def _asked(self, body: Any) -> GraphQLRequestData:
        if isinstance(body, list):
            raise Refused(400, "不支持一次提交多个请求：正文应为一个 JSON 对象")
        if not isinstance(body, dict):
            raise Refused(400, '请求正文应为 JSON 对象，形如 {"query": "{ … }"}')
        return GraphQLRequestData(
            query=self._document(body),
            variables=_field(body, "variables", dict, "对象"),
            operation_name=_field(body, "operationName", str, "字符串"),
            extensions=_field(body, "extensions", dict, "对象"),
            protocol="http",
        )

    def _document(self, body: dict[str, Any]) -> str:
        """Take the text that was sent, or the one that its id stands for."""
        id = _field(body, "documentId", str, "字符串")
        if id is None:
            return _field(body, "query", str, "字符串", required=True)
        if body.get("query") is not None:
            raise Refused(400, "query 与 documentId 只能给一个")
        if id not in self._documents:
            raise Refused(404, f"没有文档“{id[:100]}”", "NOT_FOUND")
        return self._documents[id]

    async def _wait(self, scope: Scope) -> None:
        """Wait for the write that a request wants an answer to hold; raises Refused."""
        if self._freshness and (lacking := await self._freshness.lacking(scope)):
            more = {} if lacking.retry is None else {"retryAfter": lacking.retry}
            raise Refused(lacking.status, lacking.message, lacking.code, **more)

    async def execute_operation(self, request: Request, asked: GraphQLRequestData) -> ExecutionResult:
        """Run what was asked; raises Refused when the method may not run it, or nothing says what to run."""
        try:
            return await self._schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=self._context(request),
                operation_name=asked.operation_name,
                allowed_operation_types=OperationType.from_http(request.method),  # pyright: ignore[reportArgumentType] - GET or POST
                operation_extensions=asked.extensions,
            )
        except CannotGetOperationTypeError as error:
            name = error.operation_name
            what = "没有可执行的操作" if name is None else f"没有名为“{name[:100]}”的操作"
            raise Refused(400, f"文档中{what}") from error
        except InvalidOperationTypeError as error:
            if request.method == "GET":
                raise Refused(405, "GET 只能查询：修改请用 POST") from error
            raise Refused(400, "不支持订阅（subscription）：请用 query 或 mutation") from error
        except MissingQueryError as error:
            raise Refused(400, "缺少 query") from error

    async def _answer(self, request: Request, asked: GraphQLRequestData) -> tuple[int, dict[str, Any]]:
        """Execute; leave `data` out when nothing was: an error without a path came before execution."""
        result = await self.execute_operation(request, asked)
        answer: dict[str, Any] = {**process_result(result)}
        unasked = result.data is None and bool(result.errors) and all(e.path is None for e in result.errors)
        if unasked:
            answer.pop("data", None)
        return (400 if unasked and _modern(request) else 200), answer


_USUAL_TYPE, _MODERN_TYPE = JSON.encode(), f"{GRAPHQL_RESPONSE}; charset=utf-8".encode()


async def _body(request: Request) -> bytes:
    """Read the body, counting."""
    too_long = Refused(413, f"请求正文过长：上限 {LONGEST_BODY} 字节")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LONGEST_BODY:
        raise too_long
    body = bytearray()
    try:
        async for chunk in steadily(request.receive, BODY_SECONDS):
            body += chunk
            if len(body) > LONGEST_BODY:
                raise too_long
    except TimeoutError as error:
        raise Refused(408, f"请求正文未在 {BODY_SECONDS:g} 秒内送完") from error
    return bytes(body)


def _modern(request: Request) -> bool:
    return GRAPHQL_RESPONSE in request.headers.get("accept", "")


def _check_media_type(header: str) -> None:
    kind, *parameters = (part.strip().lower() for part in header.split(";"))
    charsets = {p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")}
    if kind != JSON or not charsets <= {"utf-8", "utf8"}:
        raise Refused(415, f"不支持正文类型“{header[:100]}”：应为 {JSON}（UTF-8）")


def _json(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列读不下去"
        raise Refused(400, f"{what} 不是 JSON：{where}") from error


def _from_address(parameters: dict[str, Any]) -> dict[str, Any]:
    for name in ("variables", "extensions"):
        if text := parameters.get(name):
            parameters[name] = _json(text, name)
        else:
            parameters.pop(name, None)
    return parameters


def _field(body: dict[str, Any], name: str, kind: type, words: str, *, required: bool = False) -> Any:
    value = body.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, kind):
        raise Refused(400, f"缺少 {name}" if value is None else f"{name} 应为{words}")
    return value


def _refusal(refused: Refused) -> dict[str, Any]:
    return {"errors": [{"message": refused.message, "extensions": refused.extensions}]}
