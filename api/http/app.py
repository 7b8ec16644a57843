"""Put the parts together: GraphQL, the page, and what tells a supervisor how we are."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.accepting import Share
from api.http.briefings import paper
from api.http.compression import Compression
from api.http.documents import Documents
from api.http.exports import Exports
from api.http.failures import FAILURES
from api.http.freshness import Fresh, Freshness
from api.http.graphql import GraphQLView
from api.http.lists import Lists
from api.http.maps import map_routes
from api.http.metrics import Metrics
from api.http.name_lists import match_route
from api.http.neighbours import Hosts
from api.http.notices import notice_file
from api.http.page import page_documents, page_routes
from api.http.passes import enter
from api.http.readiness import Readiness
from api.http.stewards import LocalSteward, refusal
from api.http.uploads import upload_routes
from api.logs import RequestLog
from api.settings import Settings
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from queries.lookup.search import SearchIndex
from schema import schema
from schema.language.context import Context


class Prefix:
    """Serves below a path prefix, whether or not the proxy before us has taken it off."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the prefix into the path, as ASGI wants it."""
        if scope["type"] in {"http", "websocket"}:
            path = scope["path"]
            if path == self.prefix and scope["type"] == "http":
                # without the slash, the page's relative addresses would point one folder too high
                await RedirectResponse(f"{self.prefix.rpartition('/')[2]}/")(scope, receive, send)
                return
            below = path.startswith(f"{self.prefix}/")
            scope["root_path"], scope["path"] = self.prefix, path if below else self.prefix + path
        await self.app(scope, receive, send)


class Front:
    """Leads GraphQL past the router and what stands before it; that takes half of a small request."""

    def __init__(self, graphql: ASGIApp, others: ASGIApp) -> None:
        self._graphql, self._others = graphql, others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        ours = scope["type"] == "http" and scope["path"] == f"{scope.get('root_path', '')}/graphql"
        await (self._graphql if ours else self._others)(scope, receive, send)


def create_app(
    store: Store, keeper: SnapshotKeeper[SearchIndex], settings: Settings, share: Share | None = None
) -> ASGIApp:
    """Build the service over an open store and a running keeper; whoever opened them closes them.

    `share` says which of several workers this is.
    """
    steward, limits = LocalSteward(store, keeper), settings.limits

    def context(request: Request) -> Context:
        may_not = refusal(request, settings)
        return Context(store, keeper, patience=settings.deadline, limits=limits, steward=may_not or steward)

    metrics, freshness = Metrics(settings, keeper, share=share), Freshness(keeper)
    graphql = GraphQLView(schema, context, freshness, page_documents())
    app: ASGIApp = Front(graphql, Fresh(_others(store, keeper, settings, metrics), freshness))
    if settings.root_path:
        app = Prefix(app, settings.root_path)
    app = Compression(app)
    if settings.sites:
        app = CORSMiddleware(
            app,
            allow_origins=settings.sites,
            allow_methods=["GET", "POST"],
            allow_headers=["content-type"],
            expose_headers=["content-disposition"],
        )
    return RequestLog(Hosts(app, settings.names), metrics.seen)


def _others(
    store: Store, keeper: SnapshotKeeper[SearchIndex], settings: Settings, metrics: Metrics
) -> FastAPI:
    """Lay out the addresses beside GraphQL: files to take away and to hand in, the page, our own state."""

    async def healthy(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def sdl(_: Request) -> Response:
        return Response(schema.as_str(), media_type="text/plain; charset=utf-8")

    async def entered(request: Request) -> Response:
        return await enter(request, settings)

    readiness = Readiness(store, keeper, settings)
    handing_out = (lambda: keeper.current), settings.deadline, settings.templates
    others = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, exception_handlers=dict(FAILURES))
    others.router.routes += [
        *upload_routes(store, settings, keeper),
        Route("/export", Exports(settings, lambda: keeper.whole).answer),
        match_route(lambda: keeper.current, settings.deadline),
        Route("/briefings/{id}.docx", Documents(paper, "briefing.docx", *handing_out).answer),
        Route("/notices/{id}.docx", Documents(notice_file, "notice.docx", *handing_out).answer),
        Route("/lists/{list}", Lists(*handing_out[:2]).answer),
        Route("/schema.graphql", sdl),
        Route("/healthz", healthy),
        Route("/readyz", readiness.answer),
        Route("/readyz/writes", readiness.answer),
        Route("/metrics", metrics.answer),
        Route("/enter", entered),
        *map_routes(settings),
        *page_routes(),
    ]
    return others
