"""What every resolver may reach: the store, the snapshot, and this request's batches."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from time import monotonic
from typing import Any, Concatenate, Protocol

import strawberry

from graph.deadline import Deadline
from graph.edits.ledgers import AskedChange, Made, Note
from graph.edits.rulings import Asked, Grounds, Ruled
from graph.edits.undo import Undone
from graph.errors import BadInput, Forbidden, NotFound, StoreUnavailable
from graph.kinds import BOOKS, Node, kind_of
from graph.kinds.columns import Record
from graph.kinds.credit_code import LENGTH, fault
from graph.kinds.stages import BY_LABEL
from graph.kinds.terms import Term
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import without_invented
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.nearest import Missing, missing
from graph.snapshot.snapshot import Snapshot
from graph.store.store import Store
from queries.lookup.books import books
from queries.lookup.filters import veiled
from queries.lookup.orders import invented_last, veiled_order
from queries.lookup.pages import Following, Listing, by_code
from queries.lookup.search import SearchIndex
from queries.running import POOL
from schema.language.limits import LIMITS, Limits

EARLIEST = 1900
MOST_HINTS = 5
"""Hints of one answer."""
PATIENCE = 30.0
"""Seconds that the analyses of a request may take unless a setting says otherwise."""


class Steward(Protocol):
    """Changes the store for those who may."""

    async def rule(self, asked: Asked, grounds: Grounds) -> Ruled:
        """Make a ruling."""
        ...

    async def undo(self, owner: str, grounds: Grounds | None) -> Undone:
        """Take a ruling or a load back."""
        ...

    async def make(self, asked: AskedChange, note: Note) -> Made:
        """Change items of the ledgers."""
        ...


class WriteRefusal(Term):
    """不能写入的缘由属于哪一种"""  # noqa: D400, D415 - GraphQL shows it

    OFF = "OFF", "未开放写入：设置 ZHENLIAN_WRITABLE 没有打开，或此处只供查询"
    EXPOSED = "EXPOSED", "服务未只在本机监听（ZHENLIAN_HOST）"
    ELSEWHERE = "ELSEWHERE", "请求不是来自本机"
    FOREIGN = "FOREIGN", "请求来自其他网站的页面"
    NO_PASS = "NO_PASS", "只差口令：没有出示，或不对"


@dataclass(frozen=True, slots=True)
class MayNotWrite:
    """Why nobody may change the store by a request: of which kind, and in words."""

    refusal: WriteRefusal
    words: str


class _Shared:
    """Work that several wait for; it stops when nobody does any more."""

    def __init__(self, work: asyncio.Future[Any]) -> None:
        self.work, self._waiting = work, 0

    async def result(self) -> Any:
        self._waiting += 1
        try:
            return await asyncio.shield(self.work)
        finally:
            self._waiting -= 1
            if not self._waiting and not self.work.done():
                self.work.cancel()
                await asyncio.wait([self.work])


class Context:
    """Made anew for each request, so that batches and caches never outlive it."""

    def __init__(
        self,
        store: Store,
        keeper: SnapshotKeeper[SearchIndex],
        *,
        patience: float = PATIENCE,
        limits: Limits = LIMITS,
        steward: Steward | MayNotWrite = MayNotWrite(WriteRefusal.OFF, "此处只供查询"),
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
        self._asked: dict[Hashable, _Shared] = {}
        self._books: asyncio.Future[Snapshot] | None = None
        self.asked: Snapshot | None = None
        """The snapshot that this request asked; one request never mixes two."""
        self._missed: dict[tuple[str, str], None] = {}
        self._wrote: int | None = None
        """The number of the write that this request made."""

    @property
    def steward(self) -> Steward:
        """Whoever changes the store for this request; raises Forbidden when nobody may."""
        if isinstance(self._steward, MayNotWrite):
            raise Forbidden(self._steward.words)
        return self._steward

    @property
    def may_not_write(self) -> MayNotWrite | None:
        """Why nobody may change the store by this request; None: somebody may."""
        return self._steward if isinstance(self._steward, MayNotWrite) else None

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that this request asks."""
        self.asked = self.asked or self._keeper.current
        if self.asked is None:
            raise StoreUnavailable("快照尚未就绪：服务刚刚启动，请稍后再试")
        return self.asked

    async def showing(self, *, real_only: bool, owner: Snapshot | None = None) -> Snapshot:
        """Give the snapshot that a field asks: this request's, without what is invented if that was asked.

        What was asked of an owner without it is so of all below. Made once for a snapshot, off the loop.
        """
        if not real_only and (owner is None or owner.left_out is None):
            return self.snapshot
        return await self.analyse(without_invented)

    def renew(self, write: int) -> None:
        """Go on with the newest snapshot: after a write of this number, what follows sees it."""
        self.asked, self._wrote = None, write

    @property
    def index(self) -> SearchIndex:
        """The search index that belongs to the newest snapshot."""
        index = self._keeper.derived
        if index is None:
            raise StoreUnavailable("检索尚未就绪：服务刚刚启动，请稍后再试")
        return index

    @property
    def versions(self) -> dict[str, int | str | None]:
        """The versions of the store, as last read, and of the snapshot that was asked.

        `writes` is the number of the store's last write that the answer holds, or made.
        """
        seen, held = self._keeper.versions, self.asked or self._keeper.current
        return {
            "store": seen.version if seen else None,
            "snapshot": self.asked.id if self.asked else None,
            "writes": self._wrote if held is None else max(held.writes, self._wrote or 0),
        }

    def year(self, as_of: int | None, argument: str = "asOf") -> int:
        """Take the year that was asked; without one the newest year of this request's snapshot."""
        now = datetime.now(UTC).year
        if as_of is None:
            return self.snapshot.newest_year or now
        latest = max(self.snapshot.newest_year or now, now)
        if not EARLIEST <= as_of <= latest:
            raise BadInput(
                f"{argument}：{as_of} 不是可查询的年份：应在 {EARLIEST} 到 {latest} 之间", argument
            )
        return as_of

    def year_of(self, kind: type[Node], as_of: int | None) -> int:
        """Take the year of a list; without one that of today for ledgers, which are kept day by day."""
        kept = as_of is None and kind.label in BY_LABEL
        return self.year(datetime.now(UTC).year if kept else as_of)

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
        """Ask a pure question of a snapshot, off the event loop; raises TooSlow, or Busy at once.

        Asked again in one request, by whatever field, it is not computed again.
        """
        key = (id(snapshot), question, repr((args, sorted(kwargs.items()))))
        if (asked := self._asked.get(key)) is None:
            work = POOL.run(Deadline(self.patience, self._begun), question, snapshot, *args, **kwargs)
            asked = self._asked[key] = _Shared(asyncio.ensure_future(work))
        try:
            return await asked.result()
        except asyncio.CancelledError:
            if asked.work.cancelled():
                self._asked.pop(key, None)
            raise

    async def find(
        self, id: str, argument: str = "id", *, real_only: bool = False
    ) -> tuple[Snapshot, int] | None:
        """Find a node of any kind by its id, also a former one, or an organisation by its credit code.

        Gives the snapshot that holds it, and its global row; raises NotFound when what is invented is left
        out, and this is.
        """
        shown = await self.showing(real_only=real_only)
        if kind_of(id) is None and len(id) == LENGTH:
            row = by_code(shown, id)
        else:
            shown = await self.holding(self._kind(id, argument), shown)
            row = shown.find(id)
        if row is None:
            self._invented(shown, id, argument)
            self._missed[argument, id] = None
            return None
        return shown, row

    def _invented(self, shown: Snapshot, id: str, argument: str) -> None:
        """Refuse what is there, and invented, where that is left out."""
        whole = self._keeper.whole
        if shown.left_out is None or whole is None:
            return
        if whole.find(id) is not None or (len(id) == LENGTH and by_code(whole, id) is not None):
            raise NotFound(f"{argument}：{id} 是虚构样例，只看真实数据（realOnly）时不列", argument)

    async def told(self) -> dict[str, Any]:
        """What an answer says of itself: its versions, and hints on ids that nobody has.

        The first few are looked for, off the event loop; how many are left out is said.
        """
        versions = {"versions": self.versions}
        if not self._missed:
            return versions
        snapshot, missed = self.snapshot, list(islice(self._missed, MOST_HINTS))
        hints = await asyncio.to_thread(lambda: [_hint(snapshot, *one) for one in missed])
        left_out = len(self._missed) - len(missed)
        return versions | {"hints": hints} | ({"hintsLeftOut": left_out} if left_out else {})

    def row_of(self, snapshot: Snapshot, id: str, argument: str) -> NodeIndex:
        """Find the row of what an argument names, by id or credit code; raises NotFound."""
        coded = kind_of(id) is None and len(id) == LENGTH
        if not coded:
            self._kind(id, argument)
        row = by_code(snapshot, id) if coded else snapshot.find(id)
        if row is None:
            self._invented(snapshot, id, argument)
            raise Missing(snapshot, id, argument)
        return row

    async def holding(self, kind: type[Record], shown: Snapshot | None = None) -> Snapshot:
        """Give the snapshot that holds a kind: of the service's own books, one read from the store now."""
        if kind not in BOOKS:
            return shown or self.snapshot
        if self._books is None:
            self._books = asyncio.ensure_future(books(self.store, masked=self._keeper.masked))
        return await self._books

    def veiled[L: (Listing, Following)](self, asked: L) -> L:
        """Put invented towns last; keep filter and order from telling what rows of hidden persons don't."""
        kind = asked.kind
        if not issubclass(kind, Node):
            return asked
        order = invented_last(asked.order, kind)
        if not self._keeper.masked:
            return replace(asked, order=order)
        return replace(asked, filter=veiled(asked.filter, kind), order=veiled_order(order, kind))

    @staticmethod
    def _kind(id: str, argument: str) -> type[Node]:
        kind = kind_of(id)
        if kind is None:
            raise BadInput(f"{argument}：“{id[:60]}”不是标识：应形如 town:dingxiang-flange", argument)
        return kind


def _hint(snapshot: Snapshot, argument: str, id: str) -> dict[str, str]:
    wrong = fault(id) if kind_of(id) is None else None
    message = f"{argument}：{wrong}" if wrong else str(missing(snapshot, id, argument))
    return {"argument": argument, "value": id, "message": message}


type Info = strawberry.Info[Context, object]
