"""GET /briefings/{id}.docx: a town or an organisation on one page as a Word document, for everybody."""

from collections.abc import Mapping
from pathlib import Path

from api.http.arguments import truth, year
from api.http.documents import Paper, own_template
from api.http.downloads import file_name, required_there
from graph.errors import BadInput
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from loaders.word.briefing import KINDS, Kind, briefing
from loaders.word.filling import Template
from queries.lookup.pages import by_code

TAKES = ("asOf", "realOnly")


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
    asked = dict(given)
    shown = without_invented(snapshot) if truth(asked, "realOnly") else snapshot
    as_of = year(shown, asked)
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
