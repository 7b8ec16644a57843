"""`POST /load`: a steward on this machine sends a workbook, and gets back what became of its rows.

`GET /template.xlsx` gives the workbook to fill.
"""

import asyncio
from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.http.downloads import attachment
from api.http.load_answers import told
from api.http.neighbours import PAUSE, steadily
from api.http.refusals import refused
from api.http.stewards import refusal
from api.settings import Settings
from graph.errors import ChainError, DiskFull, Outdated, StoreError
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from graph.store.versions import versions
from loaders.differences import Differences
from loaders.excel.book_report import BookReport
from loaders.excel.rejected_rows import write_report
from loaders.excel.template import write_template
from loaders.excel.workbook import SUFFIXES, load_workbook
from loaders.report import TablesRefused
from loaders.scratch import scratch

MOST = 50_000_000
"""Bytes of a workbook that is sent."""
LONGEST_NAME = 250
"""Bytes of a file's name; file systems take 255."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TAKEN = (XLSX, "application/vnd.ms-excel.sheet.macroenabled.12", "application/octet-stream")
CSV = "text/csv"
LONGEST_BY = 100
"""Signs of the name of who loads."""


def upload_routes(store: Store, settings: Settings, keeper: SnapshotKeeper[Any] | None = None) -> list[Route]:
    """Make the routes; a load is refused unless the settings and the address allow writing.

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

    async def template(_: Request) -> Response:
        with scratch() as folder:
            path = folder / "template.xlsx"
            await asyncio.to_thread(write_template, path)
            content = await asyncio.to_thread(path.read_bytes)
        return attachment(content, "镇链填报模板.xlsx", "template.xlsx", XLSX)

    return [Route("/load", load, methods=["POST"]), Route("/template.xlsx", template)]


def _unwelcome(request: Request, settings: Settings) -> Response | None:
    """Refuse whoever isn't on this machine, and forms that a foreign page could send."""
    if why := refusal(request, settings):
        return refused(403, "FORBIDDEN", why.words)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _TAKEN:
        return refused(415, "BAD_USER_INPUT", f"请以工作簿为正文发送，Content-Type 为 {XLSX}")
    by = request.query_params.get("by", "")
    if len(by) > LONGEST_BY or not by.isprintable():
        return refused(400, "BAD_USER_INPUT", f"by：应为机构或岗位的名称，至多 {LONGEST_BY} 字，无控制字符")
    if not (request.query_params.get("after") or "0").isdecimal():
        return refused(400, "BAD_USER_INPUT", "after：应为检查所答的 writes，如 42")
    return None


def _name(request: Request) -> str:
    given = Path(unquote(request.query_params.get("name", "")).replace("\\", "/")).name
    return given if given.lower().endswith(SUFFIXES) and "\0" not in given else "上传.xlsx"


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
    """Load, or try; say what became of it, or why nothing did."""
    wanted, snapshot = request.headers.get("accept", ""), keeper.current if keeper else None
    try:
        report, before = await _loaded(request.query_params, store, path, name)
    except DiskFull:
        raise
    except TablesRefused as tables:
        error = {"error": {"code": tables.code, "message": str(tables)}}
        return JSONResponse(error | told(tables.report, snapshot), 422)
    except ChainError as error:
        status = 409 if isinstance(error, Outdated) else 503 if isinstance(error, StoreError) else 422
        return refused(status, error.code, str(error))
    seen = keeper is not None and report.load is not None and await _seen(store, keeper)
    if XLSX in wanted and not report.clean:
        return await _mended(report, path)
    if CSV in wanted and report.differences is not None:
        return await _all_differences(report.differences, path)
    return JSONResponse(told(report, snapshot) | {"seen": seen, "writes": before})


async def _loaded(asked: Mapping[str, str], store: Store, path: Path, name: str) -> tuple[BookReport, int]:
    """Load, or try; tell also which write of the store was the last before.

    Raises Outdated when `after` names an earlier one: what was checked was held against that.
    """
    dry, strict = (asked.get(name) in {"1", "true"} for name in ("dry", "strict"))
    before, by = (await versions(store)).writes, asked.get("by", "").strip()
    after = int(asked["after"]) if asked.get("after") else None
    report = await load_workbook(store, path, dry=dry, strict=strict, name=name, by=by, after=after)
    return report, before


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
    return attachment(await asyncio.to_thread(out.read_bytes), "退回.xlsx", "rejected.xlsx", XLSX)


async def _all_differences(differences: Differences, path: Path) -> Response:
    """Send all that a dry run would change as a table."""
    out = path.with_name("difference.csv")
    await asyncio.to_thread(differences.write_csv, out)
    return attachment(
        await asyncio.to_thread(out.read_bytes), "差异.csv", "difference.csv", f"{CSV}; charset=utf-8"
    )
