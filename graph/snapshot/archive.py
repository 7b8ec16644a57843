"""The archive: the newest snapshots of a store as bundles in a folder; a start need not read the store.

Beside the bundle of a snapshot stand others that were made from it (its search index), under its id and their
name. Who writes holds a lock, so that services which share the folder never write at once. Nothing here fails
a service: what can't be written or read is told in one log line, and done without.
"""

import asyncio
import logging
import os
import re
import shutil
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from graph.errors import LoadRefused
from graph.snapshot.bundle import FACTS, Arrays, Bundle, Facts, open_bundle, write_bundle
from graph.snapshot.saved import open_snapshot, save_snapshot
from graph.snapshot.snapshot import Snapshot
from graph.store.guard import take

type Parts = Mapping[str, tuple[Arrays, Facts]]
"""Further bundles that belong to a snapshot, by name."""

KEPT = 2
"""How many snapshots are kept."""
PAUSE = 10.0
"""Seconds between two bundles: of many small changes only the newest state is written."""
LOCK = ".lock"
_ID = re.compile(r"v\d+\.\d+-[0-9a-f]+")
_LEFT = re.compile(r"\..+\.(part|old)")
_log = logging.getLogger(__name__)


class Archive:
    """The bundles of one store; only the owner may look into the folder, as into the store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self) -> Snapshot | None:
        """Open the newest snapshot that is whole; what is not is thrown away."""
        for id in self._ids():
            try:
                return open_snapshot(self._folder / id)
            except LoadRefused as refused:
                _log.warning("bundle thrown away, it is made again: %s", refused)
                self._drop(id)
        return None

    def newest_id(self) -> str | None:
        """Name the newest snapshot, without looking into it."""
        return next(iter(self._ids()), None)

    def has(self, id: str) -> bool:
        """Whether a snapshot is there, be it whole or not."""
        return (self._folder / id / FACTS).exists()

    def part(self, snapshot: Snapshot, name: str) -> Bundle | None:
        """Open a bundle that was made from a snapshot; None when there is none that is whole."""
        folder = self._folder / f"{snapshot.id}.{name}"
        if not folder.exists():
            return None
        try:
            return open_bundle(folder)
        except LoadRefused as refused:
            _log.warning("bundle thrown away, it is made again: %s", refused)
            _remove(folder)
            return None

    def keep(self, snapshot: Snapshot, parts: Parts) -> bool:
        """Write a snapshot and its parts, and remove all but the newest; tell whether it was our turn.

        Raises OSError where the folder can't be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _turn(self._folder / LOCK) as ours:
            if ours:
                self._sweep()
                whole = self._folder / snapshot.id
                for name, (arrays, facts) in parts.items():
                    write_bundle(whole.with_name(f"{snapshot.id}.{name}"), arrays, facts)
                save_snapshot(whole, snapshot)
                for id in self._ids()[KEPT:]:
                    self._drop(id)
        return ours

    def _ids(self) -> list[str]:
        """List the snapshots that are there, the one written last first."""
        try:
            names = [folder.name for folder in self._folder.iterdir()]
        except OSError:
            return []
        ids = [name for name in names if _ID.fullmatch(name)]
        return sorted(ids, key=self._written, reverse=True)

    def _written(self, id: str) -> int:
        try:
            return (self._folder / id / FACTS).stat().st_mtime_ns
        except OSError:
            return 0

    def _drop(self, id: str) -> None:
        """Remove a snapshot and what was made from it."""
        for folder in (self._folder / id, *self._folder.glob(f"{id}.*")):
            _remove(folder)

    def _sweep(self) -> None:
        """Remove what a writer that was killed left behind, and parts without their snapshot."""
        whole = set(self._ids())
        for folder in self._folder.iterdir():
            of = _ID.match(folder.name)
            if _LEFT.fullmatch(folder.name) or (of and of[0] not in whole):
                shutil.rmtree(folder, ignore_errors=True)


def _remove(folder: Path) -> None:
    """Take a folder away at once, then delete it: nobody finds half of it."""
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        folder.rename(aside)
    except OSError:
        return
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _turn(lock: Path) -> Generator[bool]:
    """Lock a file while another process does not, and tell whether that went."""
    with lock.open("a+b", buffering=0) as file:
        yield take(file)


class Archivist[T]:
    """Writes the newest snapshot it is told of, in the background, not more often than every `PAUSE`."""

    def __init__(self, archive: Archive, parts: Callable[[T], Parts], *, pause: float = PAUSE) -> None:
        """`parts` makes what is kept beside a snapshot of what was derived from it."""
        self._archive = archive
        self._parts = parts
        self._pause = pause
        self._next: tuple[Snapshot, T | None] | None = None
        self._told, self._hurried, self._writing = asyncio.Event(), asyncio.Event(), False
        self.failing = ""
        """Why the last one could not be written."""

    def tell(self, snapshot: Snapshot, derived: T | None) -> None:
        """Hear of a new snapshot, as the store holds it; never waits."""
        self._next = snapshot, derived
        self._told.set()

    @property
    def idle(self) -> bool:
        """Whether all that it was told is written, or could not be."""
        return not (self._told.is_set() or self._writing)

    def hurry(self) -> None:
        """Write what was told at once: somebody waits for it."""
        self._hurried.set()

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None]:
        """Write until the end of the block; a bundle that is being written then is finished."""
        working = asyncio.create_task(self._work(), name="archivist")
        try:
            yield
        finally:
            working.cancel()
            await asyncio.wait([working])

    async def _work(self) -> None:
        while True:
            await self._told.wait()
            self._told.clear()
            self._hurried.clear()
            assert self._next is not None  # noqa: S101 - set before the event
            self._writing = True
            await asyncio.to_thread(self._write, *self._next)
            self._writing = False
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause):
                    await self._hurried.wait()

    def _write(self, snapshot: Snapshot, derived: T | None) -> None:
        try:
            ours = self._archive.keep(snapshot, {} if derived is None else self._parts(derived))
        except OSError as error:
            if str(error) != self.failing:
                _log.warning("bundle not written, the next start reads the store: %s", error)
            self.failing = str(error)
        else:
            self.failing = ""
            if ours:
                _log.info("bundle %s written", snapshot.id)
