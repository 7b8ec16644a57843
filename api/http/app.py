"""Put the parts together: GraphQL, the query page, and what tells a supervisor how we are."""

import asyncio
import mimetypes
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.exports import Exports
from api.http.graphql import GraphQLView
from api.http.lists import Lists
from api.http.neighbours import Hosts
from api.http.passes import enter
from api.http.stewards import LocalSteward, refusal
from api.http.uploads import upload_routes
from api.logs import RequestLog
from api.settings import Settings
from graph.errors import StoreError
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from graph.store.versions import versions
from queries.lookup.search import SearchIndex
from schema import schema
from schema.language.context import Context

PAGE = Path(__file__).parents[1] / "page"
PATIENCE = 3.0
"""Seconds that the store has to answer before we are not ready."""
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
mimetypes.add_type(
    "text/javascript", ".js"
)  # a Windows registry may say text/plain, and nosniff then refuses it


class Page(StaticFiles):
    """Static files with the headers that every page carries."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """Answer a file."""
        response = await super().get_response(path, scope)
        response.headers["content-security-policy"] = POLICY
        response.headers["x-content-type-options"] = "nosniff"
        response.headers["referrer-policy"] = "no-referrer"
        response.headers["cache-control"] = "no-cache"
        return response


class Prefix:
    """Serves below a path prefix, whether or not the proxy before us has taken it off."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the prefix into the path, as ASGI wants it."""
        if scope["type"] in {"http", "websocket"}:
            path = scope["path"]
            below = path == self.prefix or path.startswith(f"{self.prefix}/")
            scope["root_path"], scope["path"] = self.prefix, path if below else self.prefix + path
        await self.app(scope, receive, send)


def create_app(store: Store, keeper: SnapshotKeeper[SearchIndex], settings: Settings) -> FastAPI:
    """Build the service over an open store and a running keeper; whoever opened them closes them."""

    async def healthy(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_: Request) -> Response:
        answers, snapshot = await _answers(store), keeper.current
        told = snapshot and {
            "id": snapshot.id,
            "version": snapshot.version,
            "takenAt": snapshot.taken_at.isoformat(),
        }
        status = 200 if answers and snapshot else 503
        return JSONResponse({"store": answers, "following": keeper.following, "snapshot": told}, status)

    async def to_page(_: Request) -> Response:
        return RedirectResponse("graphiql/")  # relative: any prefix works

    async def entered(request: Request) -> Response:
        return await enter(request, settings)

    steward = LocalSteward(store)

    def context(request: Request) -> Context:
        may_not = refusal(request, settings)
        return Context(
            store, keeper, patience=settings.deadline, limits=settings.limits, steward=may_not or steward
        )

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes += [
        Route("/graphql", GraphQLView(schema, context)),
        *upload_routes(store, settings),
        Route("/export", Exports(settings, lambda: keeper.whole).answer),
        Route("/lists/{list}", Lists(lambda: keeper.current, settings.deadline).answer),
        Route("/healthz", healthy),
        Route("/readyz", ready),
        Route("/", to_page),
        Route("/graphiql", to_page),
        Route("/enter", entered),
        Mount("/graphiql", Page(directory=PAGE / "graphiql", html=True)),
    ]
    if settings.root_path:
        app.add_middleware(Prefix, prefix=settings.root_path)
    app.add_middleware(Hosts, names=settings.names)
    app.add_middleware(RequestLog)
    return app


async def _answers(store: Store) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await versions(store)
    except (StoreError, TimeoutError):
        return False
    return True
