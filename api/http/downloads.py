"""Downloads: what addresses that answer with a file share: their arguments, their name, what is refused."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.http.refusals import refused
from graph.errors import BadInput, BadTemplate, ChainError, NotFound
from graph.snapshot.invented import without_invented
from graph.snapshot.nearest import missing
from graph.snapshot.snapshot import Snapshot
from schema.language.context import EARLIEST

_TRUTHS = {"true": True, "false": False}


async def download(
    request: Request,
    snapshot: Snapshot | None,
    make: Callable[[Snapshot, Mapping[str, str]], Awaitable[Response]],
) -> Response:
    """Answer a file, or why there is none.

    400: a wrong argument, 404: what is not there, 500: a template of the service is wrong, 503: not now.
    """
    given = request.query_params.multi_items()
    twice = {key for n, (key, _) in enumerate(given) if key in dict(given[:n])}
    if twice:
        return _refused(BadInput(f"{min(twice)}：给出了两次", min(twice)))
    if snapshot is None:
        return refused(503, "STORE_UNAVAILABLE", "快照尚未就绪：服务刚刚启动，请稍后再试")
    try:
        return await make(snapshot, dict(given))
    except ChainError as error:
        return _refused(error)


def attachment(content: bytes, name: str, plain: str, kind: str) -> Response:
    """A file to save under a name; `plain` is its name in Latin letters, for clients that know no others."""
    headers = {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)


def file_name(*parts: str) -> str:
    """Join the parts of the name of a file; a stroke in a name becomes one that systems take."""
    return "_".join(parts).replace("/", "／").replace("\\", "＼")


def year_of(snapshot: Snapshot, text: str | None) -> int:
    """Read a year; none: that of questions without one."""
    now = datetime.now(UTC).year
    newest = snapshot.newest_year or now
    if text is None:
        return newest
    latest = max(newest, now)
    if not (text.isascii() and text.isdecimal() and EARLIEST <= int(text) <= latest):
        raise BadInput(f"asOf：“{text}”应为 {EARLIEST} 到 {latest} 之间的年份，如 2024", "asOf")
    return int(text)


def real_or_all(snapshot: Snapshot, text: str) -> Snapshot:
    """Leave out what is invented where that is asked."""
    if text not in _TRUTHS:
        raise BadInput(f"realOnly：“{text}”应为 true 或 false", "realOnly")
    return without_invented(snapshot) if _TRUTHS[text] else snapshot


def required_there(whole: Snapshot, shown: Snapshot, id: str, argument: str, what: str) -> None:
    """Refuse an id that is not there; one that is only invented is told apart."""
    if shown.find(id) is not None:
        return
    if whole.find(id) is not None:
        raise NotFound(f"{argument}：{id} 是虚构样例，只看真实数据（realOnly）时没有{what}", argument)
    raise missing(shown, id, argument)


def _refused(error: ChainError) -> Response:
    return refused(_status(error), error.code, str(error))


def _status(error: ChainError) -> int:
    if isinstance(error, BadTemplate):
        return 500
    return 400 if isinstance(error, BadInput) else 404 if isinstance(error, NotFound) else 503
