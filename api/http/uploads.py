"""`POST /load`: a steward on this machine sends a workbook, and gets back what became of its rows."""

import asyncio
from dataclasses import asdict
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.http.neighbours import PAUSE, steadily
from api.http.refusals import refused
from api.http.stewards import refusal
from api.settings import Settings
from graph.errors import ChainError, DiskFull, StoreError
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from graph.store.versions import versions
from loaders.excel.book_report import BookReport
from loaders.excel.rejected_rows import write_report
from loaders.excel.workbook import load_workbook
from loaders.report import Report, TablesRefused
from loaders.scratch import scratch

MOST = 50_000_000
"""Bytes of a workbook that is sent."""
LONGEST_NAME = 250
"""Bytes of a file's name; file systems take 255."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TAKEN = (XLSX, "application/vnd.ms-excel.sheet.macroenabled.12", "application/octet-stream")
_MOST_TOLD = 1_000


def upload_routes(store: Store, settings: Settings, keeper: SnapshotKeeper[Any] | None = None) -> list[Route]:
    """Make the route; it refuses unless the settings and the address allow writing.

    Whoever loads sees it: the answer waits until the keeper, if there is one, shows what was loaded.
    """

    async def load(request: Request) -> Response:
        if wrong := _unwelcome(request, settings):
            return wrong
        with scratch() as folder:
            name = _name(request)
            path = folder / cut(name)
            if wrong := await received(request, path, MOST, "工作簿过大", "请分成几个，或用命令行装载"):
                return wrong
            return await _answer(request, store, path, name, keeper)

    return [Route("/load", load, methods=["POST"])]


def _unwelcome(request: Request, settings: Settings) -> Response | None:
    """Refuse whoever isn't on this machine, and forms that a foreign page could send."""
    if why := refusal(request, settings):
        return refused(403, "FORBIDDEN", why)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _TAKEN:
        return refused(415, "BAD_USER_INPUT", f"请以工作簿为正文发送，Content-Type 为 {XLSX}")
    return None


def _name(request: Request) -> str:
    given = Path(unquote(request.query_params.get("name", "")).replace("\\", "/")).name
    return given if given.lower().endswith((".xlsx", ".xlsm")) and "\0" not in given else "上传.xlsx"


def cut(name: str) -> str:
    """Shorten a name as far as file systems want it, its suffix kept.

    >>> cut("清单.xlsx"), len(cut("清" * 5_000 + ".xlsx").encode())
    ('清单.xlsx', 248)
    """
    stem, dot, suffix = name.rpartition(".")
    if len(name.encode()) <= LONGEST_NAME:
        return name
    room = LONGEST_NAME - len(f"…{dot}{suffix}".encode())
    return f"{stem.encode()[:room].decode(errors='ignore')}…{dot}{suffix}"


async def received(  # noqa: PLR0913 - its bounds, and what is said beyond them
    request: Request, path: Path, most: int, wrong: str, advice: str, *, within: float = inf
) -> Response | None:
    """Take the body into a file, and stop where it grows too long, or takes longer than some seconds."""
    too_long = refused(413, "BAD_USER_INPUT", f"{wrong}：最多 {most // 1_000_000} MB；{advice}")
    if int(request.headers.get("content-length") or 0) > most:
        return too_long
    size = 0
    with await asyncio.to_thread(path.open, "wb") as file:
        try:
            async for chunk in steadily(request.receive, within):
                if (size := size + len(chunk)) > most:
                    return too_long
                file.write(chunk)
        except TimeoutError:
            said = f"未送完：已 {PAUSE:g} 秒没有收到数据" if within == inf else f"未在 {within:g} 秒内送完"
            return refused(408, "BAD_USER_INPUT", f"文件{said}")
    return None


async def _answer(
    request: Request, store: Store, path: Path, name: str, keeper: SnapshotKeeper[Any] | None
) -> Response:
    asked = request.query_params
    dry, strict = (asked.get(name) in {"1", "true"} for name in ("dry", "strict"))
    try:
        report = await load_workbook(store, path, dry=dry, strict=strict, name=name)
    except TablesRefused as tables:
        return JSONResponse(
            {"error": {"code": tables.code, "message": str(tables)}} | _told(tables.report), 422
        )
    except DiskFull:
        raise
    except StoreError as error:
        return refused(503, error.code, str(error))
    except ChainError as error:
        return refused(422, error.code, str(error))
    seen = keeper is not None and report.load is not None and await _seen(store, keeper)
    if XLSX in request.headers.get("accept", "") and not report.clean:
        return await _mended(report, path)
    return JSONResponse(_told(report) | {"seen": seen})


async def _seen(store: Store, keeper: SnapshotKeeper[Any]) -> bool:
    """Wait until readers see what was written; a store that is away meanwhile is no fault of the load's."""
    try:
        return await keeper.at_least((await versions(store)).writes)
    except StoreError:
        return False


async def _mended(report: BookReport, path: Path) -> Response:
    """Send back the rejected rows, each with its reason."""
    out = path.with_name("rejected.xlsx" if path.name != "rejected.xlsx" else "rejected2.xlsx")
    await asyncio.to_thread(write_report, report, out)
    sent = {"content-disposition": 'attachment; filename="rejected.xlsx"'}
    return Response(await asyncio.to_thread(out.read_bytes), media_type=XLSX, headers=sent)


def _told(report: Report) -> dict[str, Any]:
    tables = [{name: value for name, value in asdict(t).items() if name != "first"} for t in report.tables]
    rejections = [
        {"place": r.file, "value": r.value, "reason": r.reason}
        for r, _ in zip(report.rejections, range(_MOST_TOLD), strict=False)
    ]
    warnings = [str(warning) for warning in report.warnings]
    return {
        "load": report.load,
        "clean": report.clean,
        "tables": tables,
        "rejections": rejections,
        "rejected": len(report.rejections),
        "causes": [
            {"cause": c.words, "count": c.count, "first": c.first.file} for c in report.rejections.causes()
        ],
        "waiting": [{"for": row, "count": count} for row, count in report.rejections.dependents()],
        "warnings": warnings,
        "implausible": [
            {"place": r.file, "value": r.value, "reason": r.reason} for r in report.implausible[:_MOST_TOLD]
        ],
        "notes": list(report.notes),
        "taken": report.taken.counts if report.taken else {},
    } | _different(report)


def _different(report: Report) -> dict[str, Any]:
    """What a dry run would change: the first of it, and how much in all."""
    if report.differences is None:
        return {}
    first = [
        {"place": str(c.spot), "id": c.id, "column": c.column, "before": c.before, "after": c.after}
        for c, _ in zip(report.differences, range(_MOST_TOLD), strict=False)
    ]
    return {"differences": {"total": len(report.differences), "first": first}}
