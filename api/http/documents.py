"""Documents: Word files that are made of one id, with the templates that an office keeps for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from api.http.downloads import attachment, download
from api.http.neighbours import while_waited_for
from graph.deadline import Deadline
from graph.errors import BadTemplate
from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import LARGEST, Template
from queries.running import POOL

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to hand out."""

    name: str
    content: bytes


class Writing(Protocol):
    """Writes the document of an id; the template is one of the folder, else the stock one."""

    def __call__(
        self, snapshot: Snapshot, id: str, given: Mapping[str, str], *, folder: Path | None = None
    ) -> Paper:
        """Write it; raises BadInput, NotFound, BadTemplate."""
        ...


@dataclass(frozen=True, slots=True)
class Documents:
    """Answers with a document: of the id of the path, asked with the arguments of the query."""

    write: Writing
    plain: str
    """What the file is called in Latin letters."""
    snapshot: Callable[[], Snapshot | None]
    """The one that readers see."""
    patience: float
    """How many seconds a document may take."""
    templates: Path | None
    """The folder of the office's own."""

    async def answer(self, request: Request) -> Response:
        """Answer the document, or why there is none."""
        id = str(request.path_params["id"])

        async def make(snapshot: Snapshot, given: Mapping[str, str]) -> Response:
            making = POOL.run(Deadline(self.patience), self.write, snapshot, id, given, folder=self.templates)
            made = await while_waited_for(request.receive, making)
            return attachment(made.content, made.name, self.plain, WORD)

        return await download(request, self.snapshot(), make)


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
