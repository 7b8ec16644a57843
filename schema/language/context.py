"""What every resolver may reach: the store, the snapshot, and this request's batches."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any, Concatenate, Protocol

import strawberry
from strawberry.dataloader import DataLoader

from graph.deadline import Deadline
from graph.edits.applied_rulings import merged
from graph.edits.rulings import Asked, Grounds, Ruled
from graph.edits.undo import Undone
from graph.edits.upsert import ids_of_codes, stored_nodes
from graph.errors import BadInput, Forbidden, NotFound, StoreUnavailable
from graph.kinds import Node, kind_of
from graph.kinds.entities import Organisation
from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import personal, without_person
from graph.snapshot.snapshot import Snapshot
from graph.store.store import Row, Store
from queries.lookup.claims import Measured, claims
from queries.lookup.pages import Following, Listing, Page, Slice, count, page, related, related_count
from queries.lookup.search import SearchIndex
from queries.running import POOL
from schema.language.limits import LIMITS, Limits
from schema.language.masking import veiled_list, veiled_page

EARLIEST = 1900
CODE_LENGTH = 18
PATIENCE = 30.0
"""Seconds that the analyses of a request may take unless a setting says otherwise."""


class Steward(Protocol):
    """Changes the store for those who may."""

    async def rule(self, asked: Asked, grounds: Grounds) -> Ruled:
        """Make a ruling."""
        ...

    async def undo(self, ruling: str) -> Undone:
        """Take a ruling back."""
        ...


class Context:
    """Made anew for each request, so that batches and caches never outlive it."""

    def __init__(
        self,
        store: Store,
        keeper: SnapshotKeeper[SearchIndex],
        *,
        patience: float = PATIENCE,
        limits: Limits = LIMITS,
        steward: Steward | str = "此处只供查询",
    ) -> None:
        """Answer from a store; `steward` is who changes it, or why nothing may be changed."""
        self.store = store
        self._steward = steward
        self.limits = limits
        """How much this request may ask for."""
        self.patience = patience
        """Seconds that the analyses of one request may take together."""
        self._begun = monotonic()
        self._keeper = keeper
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}
        self.asked: Snapshot | None = None
        """The snapshot that this request asked; one request never mixes two."""

    @property
    def steward(self) -> Steward:
        """Whoever changes the store for this request; raises Forbidden when nobody may."""
        if isinstance(self._steward, str):
            raise Forbidden(self._steward)
        return self._steward

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that this request asks."""
        self.asked = self.asked or self._keeper.current
        if self.asked is None:
            raise StoreUnavailable("快照尚未就绪：服务刚刚启动，请稍后再试")
        return self.asked

    @property
    def index(self) -> SearchIndex:
        """The search index that belongs to the newest snapshot."""
        index = self._keeper.derived
        if index is None:
            raise StoreUnavailable("检索尚未就绪：服务刚刚启动，请稍后再试")
        return index

    @property
    def versions(self) -> dict[str, int | str | None]:
        """The versions of the store, as last read, and of the snapshot that was asked."""
        seen = self._keeper.versions
        return {
            "store": seen.version if seen else None,
            "snapshot": self.asked.id if self.asked else None,
        }

    def year(self, as_of: int | None, argument: str = "asOf") -> int:
        """Take the year that was asked; without one the newest year of this request's snapshot."""
        now = datetime.now(UTC).year
        if as_of is None:
            return self.snapshot.newest_year or now
        held = self._shown
        latest = max((held.newest_year if held else None) or now, now)
        if not EARLIEST <= as_of <= latest:
            raise BadInput(
                f"{argument}：{as_of} 不是可查询的年份：应在 {EARLIEST} 到 {latest} 之间", argument
            )
        return as_of

    async def analyse[**P, T](
        self, question: Callable[Concatenate[Snapshot, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask a pure question of this request's snapshot, off the event loop; raises TooSlow."""
        return await self.analyse_of(self.snapshot, question, *args, **kwargs)

    async def analyse_of[**P, T](
        self,
        snapshot: Snapshot,
        question: Callable[Concatenate[Snapshot, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Ask a pure question of a snapshot, off the event loop; raises TooSlow, or Busy at once."""
        return await POOL.run(Deadline(self.patience, self._begun), question, snapshot, *args, **kwargs)

    async def node(self, id: str, argument: str = "id") -> tuple[type[Node], Row] | None:
        """Find a node of any kind by its id, or an organisation by its credit code."""
        coded = kind_of(id) is None and len(id) == CODE_LENGTH
        if coded:
            id = (await self._loader("codes", self._ids_of_codes).load(id)) or ""
        kind = kind_of(id)
        if kind is None and id:
            raise BadInput(f"{argument}：“{id[:60]}”不是标识：应形如 town:dingxiang-flange", argument)
        if kind is None:
            return None
        row = await self._loader(("node", kind.label), partial(self._nodes, kind)).load(id)
        if coded and self._keeper.masked and row and personal(kind, row):
            return None
        return (kind, row) if row else None

    async def known(self, id: str, argument: str) -> str:
        """Make sure that an argument names something; return its id."""
        found = await self.node(id, argument)
        if found is None:
            raise NotFound(f"{argument}：图中没有 {id}")
        return found[1]["id"]

    async def listed(self, listing: Listing, part: Slice) -> Page:
        """Load a page of the nodes of a kind."""
        return self._page(listing.kind, await page(self.store, self._veiled(listing), part))

    async def count(self, listing: Listing) -> int:
        """Count the nodes of a kind."""
        return await count(self.store, self._veiled(listing))

    async def page(self, following: Following, part: Slice, owner: str) -> Page:
        """Load a page of a relation's list; all owners of this request share one statement."""
        batch = partial(self._pages, following, part)
        return await self._loader(("page", following, part), batch).load(owner)

    async def total(self, following: Following, owner: str) -> int:
        """Count a relation's list; all owners of this request share one statement."""
        batch = partial(self._totals, following)
        return await self._loader(("total", following), batch).load(owner)

    async def claims(self, subject: str, metric: Metric, scope: Scope, product: str | None) -> list[Measured]:
        """Load the claims about a subject; all subjects of this request share one statement."""
        batch = partial(self._claims, metric, scope, product)
        return await self._loader(("claims", metric, scope, product), batch).load(subject)

    def _loader[K, T](
        self, key: Hashable, batch: Callable[[list[K]], Awaitable[Sequence[T]]]
    ) -> DataLoader[K, T]:
        if (loader := self._loaders.get(key)) is None:
            loader = self._loaders[key] = DataLoader(batch)
        return loader

    async def _nodes(self, kind: type[Node], ids: list[str]) -> list[Row | None]:
        """Load nodes; a former id is answered by the node that stands for it now."""
        found = await stored_nodes(self.store, kind, ids)
        held = self._keeper.current
        missing = [id for id in ids if id not in found]
        known = {**(held.former if held and missing else {})}
        if missing and kind is Organisation:
            known |= await merged(self.store)
        if former := {id: known[id] for id in missing if id in known}:
            now = await stored_nodes(self.store, kind, list(former.values()))
            found |= {id: now[other] for id, other in former.items() if other in now}
        return [self._row(kind, row) if (row := found.get(id)) else None for id in ids]

    def _row(self, kind: type[Node], row: Row) -> Row:
        return without_person(kind, row, self._shown) if self._keeper.masked else row

    def _page(self, kind: type[Node], found: Page) -> Page:
        return veiled_page(kind, found, self._shown) if self._keeper.masked else found

    def _veiled[L: (Listing, Following)](self, asked: L) -> L:
        return veiled_list(asked) if self._keeper.masked else asked

    @property
    def _shown(self) -> Snapshot | None:
        return self.asked or self._keeper.current

    async def _ids_of_codes(self, codes: list[str]) -> list[str | None]:
        found = await ids_of_codes(self.store, codes)
        return [found.get(code) for code in codes]

    async def _pages(self, following: Following, part: Slice, owners: list[str]) -> list[Page]:
        found = await related(self.store, self._veiled(following), owners, part)
        pages = (found.get(owner) or Page([], more=False) for owner in owners)
        return [self._page(following.kind, one) for one in pages]

    async def _totals(self, following: Following, owners: list[str]) -> list[int]:
        found = await related_count(self.store, self._veiled(following), owners)
        return [found.get(owner, 0) for owner in owners]

    async def _claims(
        self, metric: Metric, scope: Scope, product: str | None, subjects: Sequence[str]
    ) -> list[list[Measured]]:
        found = await claims(self.store, subjects, metric, scope, product)
        return [found.get(subject, []) for subject in subjects]


type Info = strawberry.Info[Context, object]
