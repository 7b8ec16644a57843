"""GET /lists/…: lists of a town (promotion, gaps, checkup) and ledgers as Excel or CSV, for everybody."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.http.list_books import Wanted, book
from api.http.neighbours import while_waited_for
from api.http.refusals import refused
from graph.deadline import Deadline
from graph.errors import BadInput, ChainError, NotFound
from graph.snapshot.snapshot import Snapshot
from queries.running import POOL

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class Lists:
    """Answers with a file: the list of the path, asked with the arguments of the query."""

    def __init__(self, snapshot: Callable[[], Snapshot | None], patience: float) -> None:
        """Answer from the snapshot that readers see; a list may take `patience` seconds."""
        self._snapshot = snapshot
        self._patience = patience

    async def answer(self, request: Request) -> Response:
        """Answer the file; 400 for a wrong argument, 404 for what is not there, 503 when it can't now."""
        name = str(request.path_params["list"])
        given = request.query_params.multi_items()
        twice = {key for n, (key, _) in enumerate(given) if key in dict(given[:n])}
        snapshot = self._snapshot()
        if twice:
            return _refused(BadInput(f"{min(twice)}：给出了两次", min(twice)))
        if snapshot is None:
            return refused(503, "STORE_UNAVAILABLE", "快照尚未就绪：服务刚刚启动，请稍后再试")
        try:
            making = POOL.run(Deadline(self._patience), book, snapshot, Wanted(name, dict(given)))
            made = await while_waited_for(request.receive, making)
        except ChainError as error:
            return _refused(error)
        suffix = made.name.rpartition(".")[2]
        names = f"filename=\"{name}.{suffix}\"; filename*=UTF-8''{quote(made.name)}"
        headers = {
            "content-disposition": f"attachment; {names}",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        }
        return Response(made.content, media_type=_TYPES[suffix], headers=headers)


def _refused(error: ChainError) -> Response:
    status = 400 if isinstance(error, BadInput) else 404 if isinstance(error, NotFound) else 503
    return refused(status, error.code, str(error))
