"""GET /lists/…: lists of a town (promotion, gaps, checkup) and ledgers as Excel or CSV, for everybody."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.http.downloads import attachment, download
from api.http.list_books import Wanted, book
from api.http.neighbours import while_waited_for
from graph.deadline import Deadline
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

        async def make(snapshot: Snapshot, given: Mapping[str, str]) -> Response:
            making = POOL.run(Deadline(self._patience), book, snapshot, Wanted(name, given))
            made = await while_waited_for(request.receive, making)
            suffix = made.name.rpartition(".")[2]
            return attachment(made.content, made.name, f"{name}.{suffix}", _TYPES[suffix])

        return await download(request, self._snapshot(), make)
