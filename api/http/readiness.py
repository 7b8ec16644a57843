"""Readiness: whether questions are answered, and whether writing would succeed, told apart.

Reading needs a snapshot. Writing needs a store that answers, room on the disks that take part, and leave to
write over HTTP at all.
"""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.http.stewards import closed
from api.settings import Settings
from graph.errors import StoreError
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.backends import folder_of
from graph.store.diagnosis import full_disk, no_room
from graph.store.store import Store
from graph.store.versions import versions

PATIENCE = 3.0
"""Seconds that the store has to answer before we are not ready to write."""
ROOM = 20_000_000
"""Bytes that a disk must have free for a write to begin."""


class Readiness:
    """Answers those who supervise the service."""

    def __init__(self, store: Store, keeper: SnapshotKeeper[Any], settings: Settings) -> None:
        self._store, self._keeper, self._settings = store, keeper, settings

    async def answer(self, request: Request) -> Response:
        """Say how it is; 503 when nothing can be read, or below `/writes` nothing written."""
        silent = await self._silence()
        snapshot = self._keeper.current
        hindered = [*self._hindered(silent)]
        body = {
            "reads": snapshot is not None,
            "writes": not hindered,
            "why": hindered,
            "damage": [*self._keeper.damage],
            "store": silent is None,
            "following": self._keeper.following,
            "snapshot": snapshot
            and {"id": snapshot.id, "version": snapshot.version, "takenAt": snapshot.taken_at.isoformat()},
        }
        asked = "writes" if request.url.path.endswith("/writes") else "reads"
        return JSONResponse(body, 200 if body[asked] else 503, {"cache-control": "no-store"})

    async def _silence(self) -> str | None:
        """Why the store does not answer; None: it does."""
        try:
            async with asyncio.timeout(PATIENCE):
                await versions(self._store)
        except StoreError as error:
            return str(error)
        except TimeoutError:
            return f"数据库未在 {PATIENCE:g} 秒内答复"
        return None

    def _hindered(self, silent: str | None) -> Iterable[str]:
        if why := closed(self._settings):
            yield why.words
        if silent:
            yield silent
        store = folder_of(self._settings.store)
        for folder in ([store] if store else []) + [Path(gettempdir())]:
            if folder.exists() and no_room(folder, ROOM):
                yield full_disk(folder)
