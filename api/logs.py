"""Logs: one line an event on standard error, JSON unless a person is looking at a terminal."""

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TextIO

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.refusals import CODES, refused

_REQUEST = "api.request"
log = structlog.stdlib.get_logger(_REQUEST)
QUIET = {"uvicorn": logging.WARNING, "neo4j": logging.CRITICAL, "strawberry": logging.CRITICAL}
"""Libraries that say in many lines what we say in one."""


def configure(level: int = logging.INFO) -> None:
    """Send every logger's events to standard error."""
    before: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    person = sys.stderr.isatty()
    after: list[structlog.types.Processor] = (
        [structlog.dev.ConsoleRenderer()]
        if person
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *after],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    quick = _quickly(sys.stderr) if level <= logging.INFO else _nothing
    RequestLog.write = log.info if person else quick
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _quickly(stream: TextIO) -> Callable[..., Any]:
    """Write lines as the other handlers do; the way through them takes as long as a small request itself."""

    def write(event: str, **values: object) -> None:
        first = {"event": event, "level": "info", "logger": _REQUEST}
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        with suppress(OSError, ValueError):  # a log that can't be written stops no answer
            stream.write(f"{orjson.dumps({**values, **first, 'timestamp': at}).decode()}\n")
            stream.flush()

    return write


def _nothing(*_: object, **__: object) -> None:
    pass


type Seen = Callable[[str, int, float, Sequence[str]], None]
"""Takes the path of an answered request, the status, the seconds and the codes of errors."""


class RequestLog:
    """Writes one line for each answer: never a body, a query string or a header."""

    write: Callable[..., Any] = staticmethod(log.info)

    def __init__(self, app: ASGIApp, seen: Seen | None = None) -> None:
        """Tell `seen` of each answer too."""
        self.app = app
        self._seen = seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note the status on its way out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, status = perf_counter(), 0
        path, codes = scope["path"], list[str]()
        scope[CODES] = codes

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except asyncio.CancelledError:  # the service stops, and has waited long enough
            if not status:
                await refused(503, "BUSY", "服务正在停止：请稍后再试")(scope, receive, noting)
        finally:
            spent = perf_counter() - begin
            more = {"codes": codes} if codes else {}
            told = {"method": scope["method"], "path": path, "status": status or None}
            RequestLog.write("request", **told, ms=round(spent * 1000, 1), **more)
            if self._seen:
                self._seen(path, status, spent, codes)
