"""GET /notices/{id}.docx: a supervision notice as a Word document; a draft says that it is one."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from api.http.arguments import truth
from api.http.documents import Paper, own_template
from api.http.downloads import file_name, required_there
from graph.errors import BadInput
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import Template
from loaders.word.notice import TITLE, notice_document
from queries.ledgers.notice import notice_paper

TAKES = ("on", "realOnly")


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
