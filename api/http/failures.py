"""Failures: what an address other than GraphQL's says when it ends in an error that it did not expect."""

import logging
import secrets
from collections.abc import Mapping
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.http.refusals import refused
from graph.errors import DiskFull
from graph.store.diagnosis import disk_full

log = logging.getLogger(__name__)
_LEFT = 499
"""The status that logs give to whoever did not wait for an answer."""


async def left(_: Request, __: Exception) -> Response:
    """Answer nobody."""
    return Response(status_code=_LEFT)


async def failed(_: Request, error: Exception) -> Response:
    """Say that a disk is full, else that it was a fault of ours, with the id under which the log has it."""
    full = disk_full(error, [Path(gettempdir())]) if isinstance(error, OSError) else error
    if isinstance(full, DiskFull):
        return refused(507, full.code, str(full))
    id = secrets.token_hex(6)
    log.error("error %s", id, exc_info=error)
    return refused(500, "INTERNAL", f"内部错误：服务日志中以 {id} 记有原因")


FAILURES: Mapping[Any, Any] = {ClientDisconnect: left, DiskFull: failed, OSError: failed, Exception: failed}
"""What starlette asks for each class of error."""
