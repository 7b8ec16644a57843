"""GraphQL over HTTP: what a request must look like, and with which status and media type it is answered.

A raw ASGI endpoint: FastAPI's own handling would halve the small requests. It follows the GraphQL-over-HTTP
draft (graphql-http's 61 audits), and refuses with JSON and a code whatever it can't read.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema.base import BaseSchema
from strawberry.types import ExecutionResult

from api.http.neighbours import steadily

LONGEST_BODY = 1_000_000
BODY_SECONDS = 15.0
JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that is no GraphQL request, and the status that says so."""

    def __init__(self, status: int, message: str, code: str = "BAD_USER_INPUT", **more: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.extensions = {"code": code} | more


class GraphQLView[C](GraphQL[C, None]):
    """Answers GraphQL requests by POST, and queries by GET."""

    def __init__(self, schema: BaseSchema, context: Callable[[Request], C]) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong is answered in JSON."""
        request = Request(scope, receive)
        try:
            response = await self.run(request)
        except ClientDisconnect:
            log.debug("client went away: %s", scope["path"])
            return
        except Refused as refused:
            response = _refusal(request, refused)
        except HTTPException as error:
            response = _refusal(request, _translated(request, error))
        except Exception:
            id = secrets.token_hex(6)
            log.exception("error %s", id)
            response = _refusal(request, Refused(500, "内部错误", "INTERNAL", errorId=id))
        await response(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> C:  # noqa: ARG002
        """Make what resolvers share, anew for each request."""
        assert isinstance(request, Request)  # noqa: S101 - no WebSocket comes here
        return self._context(request)

    def encode_json(self, data: object) -> bytes:
        """Write JSON, UTF-8 kept."""
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        """Read JSON."""
        return orjson.loads(data)

    def is_request_allowed(self, request: Any) -> bool:  # noqa: ARG002
        """Let each method pass that `parse_http_body` then judges."""
        return True

    def should_render_graphql_ide(self, request: Any) -> bool:  # noqa: ARG002
        """Leave the page to its own address."""
        return False

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """Read a request's document, variables and operation name, or refuse."""
        if request.method == "GET":
            return _asked(_from_address(dict(request.query_params)))
        if request.method != "POST":
            raise Refused(405, f"不支持 {request.method}：请用 POST，查询也可用 GET")
        _check_media_type(request.content_type or "")
        return _asked(_json(await request.get_body(), "正文"))

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """Leave `data` out when nothing was executed: an error without a path came before execution."""
        body = await super().process_result(request, result)
        refused = result.data is None and bool(result.errors) and all(e.path is None for e in result.errors)
        if refused:
            body.pop("data", None)
        request.state.refused = refused
        return body

    async def run(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # pyright: ignore[reportIncompatibleMethodOverride] - no WebSocket comes here
        """Read the body within its limit, execute, set media type and status for the client."""
        if request.method == "POST":
            await _read_body(request)
        response = await _while_waited_for(request, super().run(request, *args, **kwargs))
        if _modern(request):
            response.headers["content-type"] = f"{GRAPHQL_RESPONSE}; charset=utf-8"
            if request.state.refused:
                response.status_code = 400
        return response


async def _while_waited_for[T](request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Do some work for a client; cancel it when the client goes away, so that analyses stop."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return await working
    finally:
        leaving.cancel()
        working.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _read_body(request: Request) -> None:
    """Read the body, counting, and leave it where starlette keeps it."""
    too_long = Refused(413, f"请求正文过长：上限 {LONGEST_BODY} 字节")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LONGEST_BODY:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in steadily(request):
                body += chunk
                if len(body) > LONGEST_BODY:
                    raise too_long
    except TimeoutError as error:
        raise Refused(408, f"请求正文未在 {BODY_SECONDS:g} 秒内送完") from error
    request._body = bytes(body)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as starlette's own `body()` does


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
        raise Refused(400, f"{what} 不是 JSON：{error.msg}") from error


def _from_address(parameters: dict[str, Any]) -> dict[str, Any]:
    for name in ("variables", "extensions"):
        if text := parameters.get(name):
            parameters[name] = _json(text, name)
        else:
            parameters.pop(name, None)
    return parameters


def _asked(body: Any) -> GraphQLRequestData:
    if isinstance(body, list):
        raise Refused(400, "不支持一次提交多个请求：正文应为一个 JSON 对象")
    if not isinstance(body, dict):
        raise Refused(400, '请求正文应为 JSON 对象，形如 {"query": "{ … }"}')
    return GraphQLRequestData(
        query=_field(body, "query", str, "字符串", required=True),
        variables=_field(body, "variables", dict, "对象"),
        operation_name=_field(body, "operationName", str, "字符串"),
        extensions=_field(body, "extensions", dict, "对象"),
        protocol="http",
    )


def _field(body: dict[str, Any], name: str, kind: type, words: str, *, required: bool = False) -> Any:
    value = body.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, kind):
        raise Refused(400, f"缺少 {name}" if value is None else f"{name} 应为{words}")
    return value


def _translated(request: Request, error: HTTPException) -> Refused:
    """Say again what strawberry refuses: an operation that GET may not run, or that is not there."""
    if request.method == "GET" and "not allowed" in error.reason:
        return Refused(405, "GET 只能查询：修改请用 POST")
    return Refused(error.status_code, error.reason)


def _refusal(request: Request, refused: Refused) -> Response:
    body = {"errors": [{"message": refused.message, "extensions": refused.extensions}]}
    kind = GRAPHQL_RESPONSE if _modern(request) else JSON
    response = Response(orjson.dumps(body), refused.status, media_type=f"{kind}; charset=utf-8")
    if refused.status == 405:  # noqa: PLR2004
        response.headers["allow"] = "POST" if request.method == "GET" else "GET, POST"
    return response
