"""GET /export: the graph, or a part of it, as a zip for stewards of this machine."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from math import inf
from pathlib import Path
from shutil import rmtree
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from api.http.neighbours import while_waited_for
from api.http.stewards import refusal
from api.settings import Settings
from graph.deadline import Deadline, checkpoint
from graph.errors import BadInput, Busy
from graph.snapshot.snapshot import Snapshot
from loaders.export.choice import Choice
from loaders.export.export import export
from loaders.scratch import scratch
from queries.running import POOL

_ASKED = ("format", "asOf", "town", "realOnly", "excel")
UNMASKED = "提示：含未隐去的人名：个体工商户与家庭农场的真实名称、代码、地址，请勿外传"
_TRUTHS = {"true": True, "false": False}


class Exports:
    """Answers the download; what it makes lies in a temporary folder until it is sent."""

    def __init__(self, settings: Settings, snapshot: Callable[[], Snapshot | None]) -> None:
        self._settings = settings
        self._notes = (UNMASKED,) if settings.hide_persons else ()
        self._usual = {"realOnly": "true"} if settings.real_only else {}
        self._snapshot = snapshot

    async def answer(self, request: Request) -> Response:
        """Answer 403 unless allowed, 503 before the first snapshot, 400 for a wrong argument.

        When the client leaves, what is being made for it is given up.
        """
        if why := refusal(request, self._settings):
            return _refused(403, f"{why.words}（只在本机地址上、且设置 ZHENLIAN_WRITABLE=true 时可以下载）")
        snapshot = self._snapshot()
        if snapshot is None:
            return _refused(503, "还没有快照：请稍后再试")
        try:
            asked = {**self._usual, **request.query_params}
            making = POOL.run(Deadline(inf), _zip, snapshot, asked, self._notes)
            made, kept = await while_waited_for(request.receive, making)
        except BadInput as error:
            return _refused(400, str(error))
        except Busy as error:
            return _refused(503, str(error))
        done = BackgroundTask(kept.close)
        headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        return FileResponse(
            made, filename=made.name, media_type="application/zip", headers=headers, background=done
        )


def _zip(snapshot: Snapshot, asked: dict[str, str], notes: Sequence[str]) -> tuple[Path, ExitStack]:
    """Write the zip; it is there until the stack is closed."""
    format_, choice, excel = _options(asked)
    with ExitStack() as stack:
        place = stack.enter_context(scratch())
        done = export(snapshot, place / "tables", format_, choice, excel=excel)
        made = place / f"zhenlian-{snapshot.id}-{format_}.zip"
        with ZipFile(made, "x", ZIP_DEFLATED) as packed:
            for name in done.files:
                checkpoint()
                packed.write(place / "tables" / name, name)
            packed.writestr("report.txt", "\n".join((*done.lines(), *notes)) + "\n")
        rmtree(place / "tables")
        checkpoint()
        return made, stack.pop_all()


def _options(asked: dict[str, str]) -> tuple[str, Choice, bool]:
    if strange := [name for name in asked if name not in _ASKED]:
        raise BadInput(f"没有参数 {strange[0]}：可用 {'、'.join(_ASKED)}")
    year = asked.get("asOf")
    if year is not None and not (year.isdecimal() and len(year) == len("2024")):
        raise BadInput(f"asOf “{year}” 应为年份，如 2024")
    choice = Choice(int(year) if year else None, asked.get("town"), real_only=_truth(asked, "realOnly"))
    return asked.get("format", "csv"), choice, _truth(asked, "excel")


def _truth(asked: dict[str, str], name: str) -> bool:
    text = asked.get(name, "false")
    if text not in _TRUTHS:
        raise BadInput(f"{name} “{text}” 应为 true 或 false")
    return _TRUTHS[text]


def _refused(status: int, reason: str) -> Response:
    return JSONResponse({"error": reason}, status)
