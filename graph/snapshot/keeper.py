"""Freshness: keep a snapshot that follows the store."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Self

from graph.errors import StoreError
from graph.snapshot.following import CannotFollow, followed
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import Take, Taken, shows, take_snapshot
from graph.snapshot.tally import audited
from graph.store.log import entries
from graph.store.store import Store
from graph.store.versions import Versions, versions

PATIENCE = 2.0
"""Seconds that somebody who wrote waits to see it."""
PAUSE = 0.02
"""Seconds between two looks at a store in which somebody is writing."""

_log = logging.getLogger(__name__)


class SnapshotKeeper[T]:
    """Holds the current snapshot, and what is made from it, and follows the store by its log.

    Where the log does not lead on, or says that too much has changed, a new one is taken: all is read, unless
    `take` says otherwise.
    The old one answers meanwhile. An outage of the store is logged once and waited out.
    """

    def __init__(  # noqa: PLR0913 - options, each by name
        self,
        store: Store,
        *,
        derive: Callable[[Snapshot], T] | None = None,
        mask: Callable[[Snapshot], Snapshot] | None = None,
        real_only: bool = False,
        tell: Callable[[Snapshot, T | None], None] | None = None,
        take: Take[T] | None = None,
        every: float = 1.0,
    ) -> None:
        """Watch a store, each `every` seconds.

        In a thread, `mask` makes of every new snapshot the one that is shown, and `derive` something of that;
        with `real_only` what is invented is left out before.
        `tell` hears of every new snapshot that was read, nothing masked, and of what was derived.
        """
        self._store = store
        self._derive = derive
        self._mask = mask
        self._real_only = real_only
        self._tell = tell
        self._take = take or self._anew
        self._every = every
        self.following = False
        """Whether the store has been seen, and what is held is its content or older: not another store's."""
        self._held: tuple[Snapshot, T | None] | None = None
        self.whole: Snapshot | None = None
        """The newest snapshot as the store holds it, nothing masked: for stewards only."""
        self._first = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failing = False
        self._left: str | None = None
        """The snapshot from which the log is said not to lead on: once, however often it is tried."""
        self._turn = asyncio.Lock()
        self._next: asyncio.Task[bool] | None = None
        self._refreshing = set[asyncio.Task[bool]]()
        self.versions: Versions | None = None
        """The state of the store as last read."""
        self.seen_at: float | None = None
        """When that was, by the monotonic clock."""
        self.behind_since: float | None = None
        """Since when the store is seen to be ahead of the snapshot; None: it is not."""
        self.damage: Sequence[str] = ()
        """What differs from what was kept of the store's state, in words."""

    @property
    def masked(self) -> bool:
        """Whether what is shown of the rows is not all that the store holds of them."""
        return self._mask is not None

    @property
    def current(self) -> Snapshot | None:
        """The newest snapshot, masked if that was asked for; None until there is one."""
        return self._held[0] if self._held else None

    @property
    def derived(self) -> T | None:
        """What was made from the newest snapshot."""
        return self._held[1] if self._held else None

    @property
    def held(self) -> tuple[Snapshot, T | None] | None:
        """The newest snapshot and what was made from it, as one."""
        return self._held

    async def begin_with(
        self, whole: Snapshot, derived: Callable[[Snapshot], T | None] = lambda _: None
    ) -> None:
        """Answer from a saved snapshot until the store is seen; then it is proved, or a new one is taken.

        `derived` gives what was saved of the snapshot that is shown, if anything.
        """
        snapshot = await asyncio.to_thread(self._shown, whole)
        saved = made = await asyncio.to_thread(derived, snapshot)
        if made is None and self._derive:
            made = await asyncio.to_thread(self._derive, snapshot)
        self._held, self.whole = (snapshot, made), whole
        self._first.set()
        if saved is not made and self._tell:
            self._tell(whole, made)

    def start(self) -> None:
        """Begin to watch in the background."""
        self._task = self._task or asyncio.create_task(self._watch(), name="snapshot keeper")

    async def stop(self) -> None:
        """End the watch."""
        tasks: list[asyncio.Task[Any]] = [*self._refreshing, *([self._task] if self._task else [])]
        self._task = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def ready(self) -> Snapshot:
        """Wait for the first snapshot."""
        await self._first.wait()
        assert self._held is not None  # noqa: S101 - set before the event
        return self._held[0]

    async def refresh(self) -> bool:
        """Look at the store now; tell whether there is a new snapshot.

        All that was written before this call is in it then, unless somebody is writing.
        """
        if self._next is None:
            self._next = asyncio.create_task(self._in_turn(), name="snapshot refresh")
            self._refreshing.add(self._next)
            self._next.add_done_callback(self._refreshing.discard)
        return await asyncio.shield(self._next)

    async def at_least(self, writes: int, patience: float = PATIENCE) -> bool:
        """Wait until what is shown holds a write of the store; tell whether it does in `patience` seconds.

        What fails meanwhile is told in the log by the watch, which tries as well.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while not self.holds(writes):
                    with suppress(Exception):
                        if await self.refresh():
                            continue
                    await asyncio.sleep(PAUSE)
        return self.holds(writes)

    def holds(self, writes: int) -> bool:
        """Whether what is shown holds a write of the store."""
        return self.current is not None and self.current.writes >= writes

    async def _in_turn(self) -> bool:
        """One at a time: who comes while one runs waits for the next, with all others that came."""
        async with self._turn:
            self._next = None
            return await self._refresh()

    async def _refresh(self) -> bool:
        self.versions = seen = await versions(self._store)
        whole = self.whole
        # The same numbers, unmarked, say nothing of another store that has come to them too.
        proved = whole is not None and (self.following or bool(whole.mark))
        moved = whole is None or not proved or not shows(whole, seen)
        self.seen_at = monotonic()
        self.behind_since = (self.behind_since or self.seen_at) if moved else None
        self.following = self.following or not moved
        if not moved or not seen.settled:
            return False
        made = None if whole is None else await self._followed(whole, seen)
        taken = await self._take(whole, seen) if made is None else Taken[T](made)
        if taken is None:
            return False
        whole, derived = taken.whole, taken.derived
        snapshot = await asyncio.to_thread(self._shown, whole)
        if derived is None and self._derive:
            derived = await asyncio.to_thread(self._derive, snapshot)
        self._held, self.whole, self.behind_since = (snapshot, derived), whole, None
        self.following = True
        self._first.set()
        if self._tell:
            self._tell(whole, derived)
        _log.info("snapshot %s taken", snapshot.id)
        return True

    def _shown(self, whole: Snapshot) -> Snapshot:
        real = without_invented(whole) if self._real_only else whole
        return self._mask(real) if self._mask else real

    async def _audit(self, whole: Snapshot) -> None:
        """Look whether the store holds what it held; one that can't be asked is asked next time."""
        try:
            found = await audited(self._store, whole)
        except StoreError as error:
            _log.info("the store's tally could not be compared: %s", error)
            return
        if found and found != self.damage:
            _log.error("the store does not hold what it held: %s", "；".join(found))
        self.damage = found

    async def _anew(self, held: Snapshot | None, _: Versions) -> Taken[T]:
        """Read all; what is as it was before is shared with that."""
        made = await take_snapshot(self._store)
        await self._audit(made)
        return Taken(made if held is None else await asyncio.to_thread(made.after, held))

    async def _followed(self, held: Snapshot, seen: Versions) -> Snapshot | None:
        """Apply what the log says was done since; None when it does not say: all is read then."""
        found = await entries(self._store, held.writes, seen.writes)
        try:
            made = await asyncio.to_thread(followed, held, found, seen)
        except CannotFollow as why:
            if self._left != held.id:
                _log.info("snapshot is read anew after %s: %s", held.id, why)
            self._left = held.id
            return None
        await asyncio.to_thread(getattr, made, "id")
        return made

    async def _watch(self) -> None:
        while True:
            try:
                await self.refresh()
            except StoreError as error:
                self._report(f"snapshot waits for the store: {error}")
            except Exception:  # noqa: BLE001 - the watch outlives a bug in what is derived
                if not self._failing:
                    _log.exception("snapshot could not be taken")
                self._failing = True
            else:
                if self._failing:
                    _log.info("snapshot follows the store again")
                self._failing = False
            await asyncio.sleep(self._every)

    def _report(self, message: str) -> None:
        if not self._failing:
            _log.warning(message)
        self._failing = True
