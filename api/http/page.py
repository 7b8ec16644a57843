"""The page: files under an address that names their content, the document that leads to them, its queries.

A browser keeps what lies below `static/<content>/` for ever; the document itself is asked for again each time
and names the content of today. All addresses are relative, so that any prefix works.
"""

import asyncio
import hashlib
import mimetypes
import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from api.http.compression import at_best, chosen, is_text, mark

PAGE = Path(__file__).parents[1] / "page"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?!!)(?:(?!\*/).)*\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment of a script that has its lines for itself; `/*!` holds a licence and stays."""
FOR_EVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
mimetypes.add_type(
    "text/javascript", ".js"
)  # a Windows registry may say text/plain, and nosniff then refuses it


class Files(StaticFiles):
    """Static files, each as a whole, as it can be compressed, with the headers that every page carries.

    Below an address that names `content`, they never change; a page of an older content gets today's files.
    """

    content: str | None = None

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """Answer a file."""
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse):
            response = await _whole_file(response, Headers(scope=scope).get("accept-encoding", ""))
        named = self.content is not None and scope["path_params"].get("content") == self.content
        response.headers.update({**_HEADERS, "cache-control": FOR_EVER if named else ASK_AGAIN})
        return response


async def _whole_file(found: FileResponse, accepted: str) -> Response:
    """Answer a file as a whole: its text compressed once, as well as can be, for all who ask."""
    tag, kind = found.headers["etag"], (found.media_type or "").partition(";")[0]
    way = chosen(accepted) if is_text(kind) else None
    whole = await asyncio.to_thread(_bytes_of, str(found.path), tag, way)
    headers = {name: found.headers[name] for name in ("etag", "last-modified")}
    made = Response(whole, found.status_code, headers, found.media_type)
    if is_text(kind):
        made.headers.add_vary_header("Accept-Encoding")
    if way:
        mark(made.headers, way, len(whole))
    return made


@lru_cache(512)
def _bytes_of(path: str, tag: str, way: str | None) -> bytes:  # noqa: ARG001 - a changed file has another tag
    """Read a file, compressed if a way is given; scripts go out without their comments."""
    whole = Path(path).read_bytes()
    if path.endswith(".js") and PAGE / "app" in Path(path).parents:
        whole = COMMENT.sub(b"", whole)
    return at_best(way, whole) if way else whole


def page_routes() -> list[BaseRoute]:
    """Build the routes of the page and of the query page."""
    files = Files(directory=PAGE / "app")
    files.content = content_of(PAGE / "app")
    document = (PAGE / "index.html").read_text("utf-8").replace("{static}", f"static/{files.content}")
    tag = f'"{hashlib.sha256(document.encode()).hexdigest()[:16]}"'

    async def index(request: Request) -> Response:
        headers = {**_HEADERS, "cache-control": ASK_AGAIN, "etag": tag}
        if request.headers.get("if-none-match") == tag:
            return NotModifiedResponse(Headers(headers))
        return Response(document, media_type="text/html; charset=utf-8", headers=headers)

    documents = page_documents()

    async def document_of(request: Request) -> Response:
        text = documents.get(id := request.path_params["id"])
        headers = {**_HEADERS, "cache-control": ASK_AGAIN}
        if text is None:
            return PlainTextResponse(f"没有文档“{id}”", 404, headers)
        return Response(text, media_type="application/graphql; charset=utf-8", headers=headers)

    async def to_queries(_: Request) -> Response:
        return RedirectResponse("graphiql/")

    return [
        Route("/", index),
        Route("/graphiql", to_queries),
        Route("/documents/{id:path}", document_of),
        Mount("/graphiql", Files(directory=PAGE / "graphiql", html=True)),
        Mount("/static/{content}", files),
    ]


def content_of(folder: Path) -> str:
    """Name the content of a folder: 12 hexadecimal digits that change with any of its files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def page_documents() -> Mapping[str, str]:
    """Read the operations by their ids: `page/town` is `queries/town.graphql` with the fragments it uses."""
    queries = PAGE / "queries"
    texts = [path.read_text("utf-8") for path in sorted((queries / "fragments").glob("*.graphql"))]
    fragments = {name: text for text in texts for name in re.findall(r"^fragment (\w+)", text, re.MULTILINE)}
    operations = {path.stem: path.read_text("utf-8") for path in queries.glob("*.graphql")}
    return {f"page/{name}": _whole(text, fragments) for name, text in operations.items()}


def _whole(text: str, fragments: Mapping[str, str]) -> str:
    """Add the shared fragments that a document spreads, and those that they spread."""
    used: dict[str, str] = {}
    wanted = re.findall(r"\.\.\.(\w+)", text)
    while wanted:
        name = wanted.pop()
        if name in fragments and name not in used:
            used[name] = fragments[name]
            wanted += re.findall(r"\.\.\.(\w+)", fragments[name])
    return "\n".join((text, *used.values()))
