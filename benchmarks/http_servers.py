"""Servers that `benchmarks.http` asks; `python -m benchmarks.http_servers NAME PARSER LOOP` prints a port."""

import asyncio
import socket
import sys
from collections.abc import Callable
from typing import Any, cast

import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.asgi import GraphQL

from api.http.connections import Bounds, connections

CONSTANT = b'{"data":{"__typename":"Query"}}'


class _Nothing:
    """A keeper and a store that have nothing: `{ __typename }` asks neither."""

    current = versions = derived = held = whole = seen_at = behind_since = None
    masked = False


def ours() -> ASGIApp:
    """Make the whole service, its log line included, over no data."""
    from api import logs  # noqa: PLC0415 - it takes seconds, and the others need none of it
    from api.http.app import create_app  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    logs.configure()
    nothing = cast("Any", _Nothing())
    return create_app(nothing, nothing, Settings())


def strawberrys() -> ASGIApp:
    """Make what strawberry's manual says, over the same schema without our extensions."""

    @strawberry.type
    class Query:
        name: str = ""

    return Starlette(routes=[Route("/graphql", GraphQL(strawberry.Schema(Query)))])


def bare() -> ASGIApp:
    """Make ten lines that read the body and answer a constant."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(CONSTANT))]

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": CONSTANT})

    return app


APPS: dict[str, Callable[[], ASGIApp]] = {"ours": ours, "strawberry": strawberrys, "bare": bare}


def main() -> None:
    """Serve until killed."""
    name, parser, loop = sys.argv[1:]
    chosen: Any = parser
    if parser == "ours":
        chosen = connections(Bounds(10, 500))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        made = APPS[name]()
        config = uvicorn.Config(made, http=chosen, loop=cast("Any", loop), log_config=None, access_log=False)
        print(taken.getsockname()[1], flush=True)
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(uvicorn.Server(config).serve([taken]))


if __name__ == "__main__":
    main()
