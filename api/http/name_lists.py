"""`POST /match`: a list of names, as workbook, CSV or text, is matched with organisations; nothing is kept.

Reading only, so it needs no permission to write; what is sent is bounded in size and time, as all uploads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.http.arguments import COUNT, ID, NUMBER, read, snake, truth, year
from api.http.name_sheets import match_sheet, match_told
from api.http.neighbours import while_waited_for
from api.http.refusals import refused
from api.http.uploads import XLSX, cut, received
from graph.deadline import Deadline
from graph.errors import BadInput, ChainError, LoadRefused, NotFound
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from loaders.excel.name_list import lines_of
from loaders.export.lists import list_book, list_csv
from loaders.scratch import scratch
from queries.identity.same_as import same_as_all
from queries.running import POOL

MOST = 5_000_000
"""Bytes of a list that is sent; of a text 1,000,000 (`loaders.excel.name_list`)."""
PATIENCE = 60.0
"""Seconds in which a list must have come."""
CSV, TEXT = "text/csv", "text/plain"
SENT = {
    XLSX: ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
    "application/vnd.ms-excel": ".xls",
    CSV: ".csv",
    TEXT: ".txt",
}
"""What can be sent, and how a file of it is called when it has no name; with a name that counts."""
ENDINGS = (*SENT.values(), ".et")
FORMATS = {"json": "application/json", "xlsx": XLSX, "csv": CSV}
TAKES = {"region": ID, "town": ID, "atLeast": NUMBER, "first": COUNT}
ALSO = ("name", "format", "asOf", "realOnly")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked beside the list."""

    name: str
    format: str
    given: dict[str, str]
    """The other arguments, as they were written."""


def match_route(snapshot: Callable[[], Snapshot | None], patience: float) -> Route:
    """Make the route over the snapshot that readers see; matching may take `patience` seconds."""

    async def match(request: Request) -> Response:
        try:
            asked = _asked(request)
        except BadInput as error:
            return _refused(error)
        if (shown := snapshot()) is None:
            return refused(503, "STORE_UNAVAILABLE", "快照尚未就绪：服务刚刚启动，请稍后再试")
        with scratch() as folder:
            path = folder / cut(asked.name)
            if wrong := await received(request, path, MOST, "名单过大", "请分成几个", within=PATIENCE):
                return wrong
            try:
                making = POOL.run(Deadline(patience), _answer, shown, path, asked)
                return await while_waited_for(request.receive, making)
            except ChainError as error:
                return _refused(error)

    return Route("/match", match, methods=["POST"])


def _asked(request: Request) -> _Asked:
    """Read what is asked; raises BadInput."""
    items = request.query_params.multi_items()
    given = dict(items)
    if len(given) < len(items):
        twice = next(name for n, (name, _) in enumerate(items) if name in dict(items[:n]))
        raise BadInput(f"{twice}：给出了两次", twice)
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    name = Path(unquote(given.pop("name", "")).replace("\\", "/")).name.replace("\0", "")
    if not name.lower().endswith(ENDINGS):
        if sent not in SENT:
            kinds = f"{CSV}、{TEXT}、{XLSX}"
            raise BadInput(f"请以名单为正文发送，Content-Type 为 {kinds} 之一，或以 name 给出文件名", "name")
        name = f"名单{SENT[sent]}"
    format = given.pop("format", "") or _accepted(request)
    if format not in FORMATS:
        raise BadInput(f"format：没有格式 “{format}”，可用 {'、'.join(FORMATS)}", "format")
    return _Asked(name, format, given)


def _accepted(request: Request) -> str:
    """The format that a client accepts; JSON when it does not say."""
    accepted = request.headers.get("accept", "")
    return next((name for name, kind in FORMATS.items() if kind in accepted), "json")


def _answer(snapshot: Snapshot, path: Path, asked: _Asked) -> Response:
    """Match a list; raises BadInput, NotFound, LoadRefused, TooSlow."""
    given = dict(asked.given)
    shown = without_invented(snapshot) if truth(given, "realOnly") else snapshot
    as_of = year(shown, given)
    options: dict[str, Any] = snake(read(given, TAKES, also=ALSO))
    found = same_as_all(shown, names=lines_of(path), as_of=as_of, **options)
    if asked.format == "json":
        return JSONResponse(match_told(shown, found))
    sheet = match_sheet(shown, found, asked.name)
    content = list_csv(sheet) if asked.format == "csv" else list_book([sheet])
    name = f"{asked.name.rpartition('.')[0]}_比对.{asked.format}"
    kind = f"{CSV}; charset=utf-8" if asked.format == "csv" else XLSX
    return Response(content, media_type=kind, headers=_attached(name, asked.format))


def _attached(name: str, suffix: str) -> dict[str, str]:
    names = f"filename=\"match.{suffix}\"; filename*=UTF-8''{quote(name)}"
    return {
        "content-disposition": f"attachment; {names}",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }


def _refused(error: ChainError) -> Response:
    if isinstance(error, LoadRefused):
        return refused(422, error.code, str(error))
    status = 400 if isinstance(error, BadInput) else 404 if isinstance(error, NotFound) else 503
    return refused(status, error.code, str(error))
