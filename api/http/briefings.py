"""GET /briefings/{id}.docx: a town or an organisation on one page as a Word document, for everybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from api.http.downloads import (
    attachment,
    download,
    file_name,
    real_or_all,
    required_there,
    year_of,
)
from api.http.neighbours import while_waited_for
from graph.deadline import Deadline
from graph.errors import BadInput, BadTemplate
from graph.snapshot.snapshot import Snapshot
from loaders.word.briefing import KINDS, Kind, briefing
from loaders.word.filling import LARGEST, Template
from queries.lookup.pages import by_code
from queries.running import POOL

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAKES = ("asOf", "realOnly")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to hand out."""

    name: str
    content: bytes


class Briefings:
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
            asked = paper, snapshot, id, given
            making = POOL.run(Deadline(self._patience), *asked, folder=self._templates)
            made = await while_waited_for(request.receive, making)
            return attachment(made.content, made.name, "briefing.docx", WORD)

        return await download(request, self._snapshot(), make)


def paper(
    snapshot: Snapshot,
    id: str,
    given: Mapping[str, str],
    *,
    folder: Path | None = None,
    template: Template | None = None,
) -> Paper:
    """Write the briefing of an id or a credit code; raises BadInput, NotFound, BadTemplate.

    The template is the one given, else that of the kind in the folder, else the stock one.
    """
    if strange := [name for name in given if name not in TAKES]:
        raise BadInput(f"没有参数 {strange[0]}：可用 {'、'.join(TAKES)}", strange[0])
    shown = real_or_all(snapshot, given.get("realOnly", "false"))
    as_of = year_of(shown, given.get("asOf"))
    meant = id if ":" in id or (row := by_code(snapshot, id)) is None else snapshot.id_of(row)
    required_there(snapshot, shown, meant, "id", "画像")
    row = shown.row_of(meant)
    title = _kind(shown, meant, row).title
    used = template or own_template(folder, title)
    name = file_name(shown.name_of(row), title, f"{as_of}年.docx")
    return Paper(name, briefing(shown, row, as_of=as_of, template=used))


def _kind(snapshot: Snapshot, id: str, row: int) -> Kind:
    kind = snapshot.kind_of(row)
    if kind.label not in KINDS:
        which = kind.words.partition("：")[0]
        raise BadInput(f"id：{id} 是{which}，没有画像：只有专业镇（town:…）与主体（org:…）有", "id")
    return KINDS[kind.label]


def own_template(folder: Path | None, title: str) -> Template | None:
    """Read the office's template of a kind; None: it has none, the stock one is used."""
    path = None if folder is None else folder / f"{title}.docx"
    return read_template(path) if path is not None and path.exists() else None


def read_template(path: Path) -> Template:
    """Read a template; raises BadTemplate when it can't be read, or is too large to be one."""
    try:
        with path.open("rb") as file:
            return Template(path.name, file.read(LARGEST + 1))
    except OSError:
        raise BadTemplate(f"模板 {path.name}：没有这个文件，或不能读取") from None
