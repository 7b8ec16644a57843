"""Stewards: who may write over HTTP, and the rulings that they make, one after the other.

Until there is a sign-in a steward is whoever sits at this machine, and only when a setting allows it.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from ipaddress import ip_address
from typing import Any

from starlette.requests import Request

from api.settings import Settings
from graph.edits import rulings
from graph.edits.neighbourhood import only_between
from graph.edits.rulings import Grounds, Ruled
from graph.edits.upsert import NodeRow, RelationRow
from graph.errors import BadInput
from graph.kinds import RELATION_OF, Node, Relation, kind_of
from graph.store.store import Store
from loaders.rows.correction import correction
from schema.language.stewards import Place


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, False, True)
    """
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def refusal(request: Request, settings: Settings) -> str | None:
    """Say why a request may not write or take everything away; None: it may."""
    if not settings.writable:
        return "未允许写入：请设置 ZHENLIAN_WRITABLE=true 后重启服务"
    if not is_loopback(settings.host):
        return "服务未只在本机监听：写入只在 127.0.0.1 上允许"
    client = request.client.host if request.client else ""
    forwarded = any(name.startswith(("forwarded", "x-forwarded")) for name in request.headers)
    if not is_loopback(client) or not is_loopback(request.url.hostname or "") or forwarded:
        return "写入只允许来自本机"
    return None


class LocalSteward:
    """Makes rulings in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._making = set[asyncio.Task[Ruled]]()

    async def pin(self, claim: str, grounds: Grounds) -> Ruled:
        """Let one claim count among its rivals."""
        return await self._whole(rulings.pin(self._store, claim, grounds))

    async def correct(self, place: Place, cells: Mapping[str, str], grounds: Grounds) -> Ruled:
        """Write some cells of a row, given as a table would."""

        async def ruling() -> Ruled:
            kind, row = await self._row(place)
            found = await correction(self._store, kind, row, cells)
            return await rulings.correct(self._store, found, grounds)

        return await self._whole(ruling())

    async def retract(self, place: Place, grounds: Grounds) -> Ruled:
        """Take a row out."""

        async def ruling() -> Ruled:
            kind, row = await self._row(place)
            if issubclass(kind, Relation) and isinstance(row, RelationRow):
                return await rulings.retract_relation(self._store, kind, row, grounds)
            return await rulings.retract_node(self._store, row.identity, grounds)

        return await self._whole(ruling())

    async def merge(self, drop: str, keep: str, grounds: Grounds) -> Ruled:
        """Let one organisation become another."""
        return await self._whole(rulings.merge(self._store, drop, keep, grounds))

    async def set_apart(self, a: str, b: str, grounds: Grounds) -> Ruled:
        """Say that two organisations are not the same."""
        return await self._whole(rulings.set_apart(self._store, a, b, grounds))

    async def undo(self, ruling: str) -> Ruled:
        """Take a ruling back."""
        return await self._whole(rulings.undo_ruling(self._store, ruling))

    async def _whole(self, ruling: Coroutine[Any, Any, Ruled]) -> Ruled:
        """Make a ruling to its end, one after the other, also when the client that asked for it has left."""

        async def in_turn() -> Ruled:
            async with self._turn:
                return await ruling

        making = asyncio.create_task(in_turn())
        self._making.add(making)  # the loop itself holds no task
        making.add_done_callback(self._making.discard)
        return await asyncio.shield(making)

    async def _row(self, place: Place) -> tuple[type[Node | Relation], NodeRow | RelationRow]:
        if place.id is not None:
            kind = kind_of(place.id)
            if kind is None:
                raise BadInput(f"row.id：“{place.id[:60]}”不是标识：应形如 claim:…、org:…", "row", "id")
            return kind, NodeRow(place.id)
        relation = RELATION_OF.get(place.relation or "")
        if relation is None:
            known = "、".join(RELATION_OF)
            raise BadInput(f"row.relation：没有关系 “{place.relation}”；可用：{known}", "row", "relation")
        ends = place.start or "", place.end or ""
        return relation, await only_between(self._store, relation, *ends, place.key)
