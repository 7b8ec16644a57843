"""Stewards: who may write over HTTP, and the rulings that they make, one after the other.

Until there is a sign-in a steward is whoever sits at this machine, and only when a setting allows it.
"""

import asyncio
from collections.abc import Coroutine
from ipaddress import ip_address
from typing import Any

from starlette.requests import Request

from api.http.neighbours import from_elsewhere
from api.http.passes import HEADER, shown
from api.settings import Settings
from graph.edits.ledgers import AskedChange, Made, Note, make
from graph.edits.rulings import Asked, Grounds, Ruled, rule
from graph.edits.undo import Undone, undo
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from loaders.rows.correction import correction
from schema.language.context import MayNotWrite, WriteRefusal

_BY_PROXY = ("forwarded", "x-forwarded", "x-real-ip", "via")
"""Headers that begin so were added on the way: the request did not begin on this machine."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, False, True)
    """
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def closed(settings: Settings) -> MayNotWrite | None:
    """Say why nobody may write over HTTP; None: somebody may."""
    if not settings.writable:
        return MayNotWrite(WriteRefusal.OFF, "未允许写入：请设置 ZHENLIAN_WRITABLE=true 后重启服务")
    if not is_loopback(settings.host):
        return MayNotWrite(WriteRefusal.EXPOSED, "服务未只在本机监听：写入只在 127.0.0.1 上允许")
    return None


def from_here(request: Request) -> bool:
    """Whether a request began on this machine, as far as can be seen: a proxy may say nothing of itself."""
    client = request.client.host if request.client else ""
    forwarded = any(name.startswith(_BY_PROXY) for name in request.headers)
    return is_loopback(client) and is_loopback(request.url.hostname or "") and not forwarded


def refusal(request: Request, settings: Settings) -> MayNotWrite | None:
    """Say why a request may not write or take everything away; None: it may."""
    if why := closed(settings):
        return why
    if not from_here(request):
        return MayNotWrite(WriteRefusal.ELSEWHERE, "写入只允许来自本机")
    if from_elsewhere(request):
        return MayNotWrite(WriteRefusal.FOREIGN, "写入不允许来自其他网站的页面")
    if not shown(request, settings):
        words = f"写入须出示口令：以请求头 {HEADER} 发送，或在浏览器中打开服务启动时显示的地址"
        return MayNotWrite(WriteRefusal.NO_PASS, words)
    return None


class LocalSteward:
    """Rules, takes back and keeps ledgers in a store, one after the other.

    Each goes on to its end also when the client has left. Whoever rules sees it: the answer waits until the
    keeper, if there is one, shows what was ruled.
    """

    def __init__(self, store: Store, keeper: SnapshotKeeper[Any] | None = None) -> None:
        self._store = store
        self._keeper = keeper
        self._turn = asyncio.Lock()
        self._making = set[asyncio.Task[Ruled | Undone | Made]]()

    async def rule(self, asked: Asked, grounds: Grounds) -> Ruled:
        """Make a ruling; new cells are checked as a load checks them."""
        return await self._whole(rule(self._store, asked, grounds, correction))

    async def undo(self, owner: str, grounds: Grounds | None) -> Undone:
        """Take a ruling or a load back."""
        return await self._whole(undo(self._store, owner, grounds))

    async def make(self, asked: AskedChange, note: Note) -> Made:
        """Change items of the ledgers."""
        return await self._whole(make(self._store, asked, note))

    async def _whole[T: (Ruled, Undone, Made)](self, work: Coroutine[Any, Any, T]) -> T:
        async def in_turn() -> T:
            async with self._turn:
                made = await work
            if self._keeper is not None:
                await self._keeper.at_least(made.write)
            return made

        making = asyncio.create_task(in_turn())
        self._making.add(making)  # the loop itself holds no task
        making.add_done_callback(self._making.discard)
        return await asyncio.shield(making)
