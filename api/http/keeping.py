"""Keeping: what stands beside the answers of a service: its snapshot, kept fresh, and the bundles it leaves.

One process of a service keeps: it waits for the store, declares the constraints, follows, and saves each new
snapshot. Its workers, where it has some, take from the archive what they can't follow themselves.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from api.settings import Settings
from graph.edits.upsert import declare
from graph.errors import StoreError
from graph.snapshot.archive import Archive, Archivist
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import Newest
from graph.store.backends import started
from graph.store.store import Store
from loaders.scratch import sweep
from queries.lookup.entries import index_of, take
from queries.lookup.search import SearchIndex

AGAIN = 2.0
"""Seconds between two tries to reach a store that does not answer yet."""
AT_ONCE = 0.2
"""Seconds in which a store says that it can't be opened at all, as when another process has it."""
WHOLE, MASKED, REAL = "search", "search-masked", "-real"
"""What the search index is kept as: services that hide persons, or what is invented, may share a folder."""
log = logging.getLogger(__name__)


type Prepare = Callable[[Store], Coroutine[Any, Any, None]]
type Keeper = SnapshotKeeper[SearchIndex]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a service keeps while it runs."""

    keeper: Keeper
    archive: Archive
    archivist: Archivist[SearchIndex]
    beginning: asyncio.Task[None]
    """Done when the store has started and is filled; fails when that can't be."""


@asynccontextmanager
async def keeping(store: Store, settings: Settings, prepare: Prepare | None) -> AsyncGenerator[Kept]:
    """Follow a store and save what is found, beginning with what was saved.

    Without a saved snapshot an embedded store is waited for while it starts. `prepare` fills a store that is
    empty.
    """
    await asyncio.to_thread(sweep)
    archive, part = Archive(settings.bundle_folder), _part(settings)
    saved = await asyncio.to_thread(archive.newest)
    beginning = asyncio.create_task(_begin(store, prepare))
    await asyncio.wait([beginning], timeout=AT_ONCE if saved else None)
    if beginning.done():
        await beginning
    archivist = Archivist[SearchIndex](archive, lambda index: {part: index.saved()})
    mask = without_persons if settings.hide_persons else None
    real = settings.real_only
    keeper = SnapshotKeeper(store, derive=index_of, mask=mask, real_only=real, tell=archivist.tell)
    if saved:
        await keeper.begin_with(saved, lambda shown: _index(archive, saved, part, shown))
    try:
        async with archivist.at_work(), _declaring(store), keeper:
            yield Kept(keeper, archive, archivist, beginning)
    finally:
        beginning.cancel()
        await asyncio.wait([beginning])


@asynccontextmanager
async def sharing(
    store: Store, settings: Settings, missing: Callable[[], None]
) -> AsyncGenerator[tuple[Keeper, Newest[SearchIndex]]]:
    """Follow a store that another process keeps, beginning with the newest snapshot which that has saved.

    `missing` hears when there is none that leads on.
    """
    archive, part = Archive(settings.bundle_folder), _part(settings)
    saved = await asyncio.to_thread(archive.newest)
    mask = without_persons if settings.hide_persons else None

    def opened(whole: Snapshot) -> SearchIndex | None:
        return _index(archive, whole, part, None if mask or settings.real_only else whole)

    newest = Newest[SearchIndex](archive, store, derived=opened, missing=missing)
    real = settings.real_only
    keeper = SnapshotKeeper(store, derive=index_of, mask=mask, real_only=real, take=newest.take)
    if saved:
        await keeper.begin_with(saved, lambda shown: _index(archive, saved, part, shown))
    else:
        await started(store)
    async with keeper:
        yield keeper, newest


def _part(settings: Settings) -> str:
    return (MASKED if settings.hide_persons else WHOLE) + (REAL if settings.real_only else "")


def _index(archive: Archive, saved: Snapshot, part: str, shown: Snapshot | None) -> SearchIndex | None:
    """Open the search index that was saved with a snapshot; what is shown of that goes on from it."""
    bundle = archive.part(saved, part)
    index = bundle and SearchIndex.opened(bundle)
    if index and shown:
        take(shown, index)
    return index


async def _begin(store: Store, prepare: Prepare | None) -> None:
    """Wait until an embedded store has started, and fill an empty one."""
    await started(store)
    if prepare:
        await prepare(store)


@asynccontextmanager
async def _declaring(store: Store) -> AsyncGenerator[None]:
    """Declare the constraints as soon as the store answers; the service does not wait for it."""
    declaring = asyncio.create_task(_declare(store))
    try:
        yield
    finally:
        declaring.cancel()
        await asyncio.wait([declaring])


async def _declare(store: Store) -> None:
    while True:
        try:
            await declare(store)
        except StoreError as error:
            log.warning("store does not answer: %s", error)
            await asyncio.sleep(AGAIN)
        else:
            return
