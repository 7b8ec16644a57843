"""GET /notices/{id}.docx: a supervision notice as a Word document; a draft says that it is one."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from api.http.arguments import truth
from api.http.briefings import WORD, Paper, own_template
from api.http.downloads import attachment, download, file_name, required_there
from api.http.neighbours import while_waited_for
from graph.deadline import Deadline
from graph.errors import BadInput
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import Template
from loaders.word.notice import TITLE, notice_document
from queries.ledgers.notice import notice_paper
from queries.running import POOL

TAKES = ("on", "realOnly")


class Notices:
    """Answers with a document: of the id of the path, asked with the arguments of the query."""

    def __init__(
        self, snapshot: Callable[[], Snapshot | None], patience: float, templates: Path | None
    ) -> None:
        """Answer from the snapshot that readers see; `templates` is the folder of the office's own."""
        self._snapshot, self._patience, self._templates = snapshot, patience, templates

    async def answer(self, request: Request) -> Response:
        """Answer the document, or why there is none."""
        id = str(request.path_params["id"])

        async def make(snapshot: Snapshot, given: Mapping[str, str]) -> Response:
            making = POOL.run(
                Deadline(self._patience), notice_file, snapshot, id, given, folder=self._templates
            )
            made = await while_waited_for(request.receive, making)
            return attachment(made.content, made.name, "notice.docx", WORD)

        return await download(request, self._snapshot(), make)


def notice_file(
    snapshot: Snapshot,
    id: str,
    given: Mapping[str, str],
    *,
    folder: Path | None = None,
    template: Template | None = None,
) -> Paper:
    """Write a notice; raises BadInput, NotFound, BadTemplate.

    The template is the one given, else 督办通知书.docx in the folder, else the stock one.
    """
    if strange := [name for name in given if name not in TAKES]:
        raise BadInput(f"没有参数 {strange[0]}：可用 {'、'.join(TAKES)}", strange[0])
    shown = without_invented(snapshot) if truth(dict(given), "realOnly") else snapshot
    required_there(snapshot, shown, id, "id", "通知书")
    paper = notice_paper(shown, id, on=_day(given.get("on")))
    state = "草稿" if paper.draft else str(paper.notice.issued_on or "")
    name = file_name(*filter(None, (paper.notice.name, state)))
    return Paper(f"{name}.docx", notice_document(shown, paper, template or own_template(folder, TITLE)))


def _day(text: str | None) -> date:
    today = date.today()  # noqa: DTZ011 - a day
    if text is None:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"on：“{text}”应为日期，如 2025-06-30", "on") from None
