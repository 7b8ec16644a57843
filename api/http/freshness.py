"""Freshness asked for: an answer that holds a write of which its client knows, from whichever worker.

`X-Zhenlian-Min-Version: 42` wants an answer that holds write 42 of the store, as `extensions.versions.writes`
told it. Who can't give one within two seconds says so, and when to come again.
"""

from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.refusals import refused
from graph.errors import BadInput, StoreUnavailable
from graph.snapshot.keeper import PATIENCE, SnapshotKeeper

HEADER = "X-Zhenlian-Min-Version"
RETRY = 2
"""Seconds after which whoever was refused should come again."""
MOST_DIGITS = 18
_NAME = HEADER.lower().encode()


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why a request can't have the answer that it wants."""

    status: int
    code: str
    message: str
    retry: int | None = None
    """Seconds after which it may."""


class Freshness:
    """Lets requests wait for the write that they ask for."""

    def __init__(self, keeper: SnapshotKeeper[Any]) -> None:
        """Wait for what a keeper shows."""
        self._keeper = keeper

    async def lacking(self, scope: Scope) -> Lacking | None:
        """Wait until a request can be answered; say why not when that takes too long."""
        text = next((value.decode("latin-1") for name, value in scope["headers"] if name == _NAME), None)
        if text is None:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
            why = f"请求头 {HEADER}：“{text[:40]}”不对：应为 extensions.versions.writes 中的整数"
            return Lacking(400, BadInput.code, why)
        if self._keeper.holds(int(text)) or await self._keeper.at_least(int(text)):
            return None
        held = self._keeper.current
        why = (
            f"尚未读到第 {text} 次写入（现为 {held.writes if held else 0}）：等了 {PATIENCE:g} 秒，请稍后再试"
        )
        return Lacking(503, StoreUnavailable.code, why, RETRY)


class Fresh:
    """Lets requests of addresses other than GraphQL's wait so."""

    def __init__(self, app: ASGIApp, freshness: Freshness) -> None:
        self._app, self._freshness = app, freshness

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        lacking = await self._freshness.lacking(scope) if scope["type"] == "http" else None
        if lacking is None:
            await self._app(scope, receive, send)
            return
        response = refused(lacking.status, lacking.code, lacking.message)
        if lacking.retry is not None:
            response.headers["retry-after"] = str(lacking.retry)
        await response(scope, receive, send)
