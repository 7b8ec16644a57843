"""All items of the five ledgers as columns: where each stood on a day, by when, for which town, who acts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.kinds.entities import Entity, Organisation, Town
from graph.kinds.ledgers import Task
from graph.kinds.results import result
from graph.kinds.stages import LEDGERS, Ledger
from graph.kinds.terms import LedgerAction, LedgerName
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import NodeTable, code
from graph.snapshot.years import Mask, valid_in

type Days = NDArray[np.datetime64]
type Places = NDArray[np.integer]
"""Places among the items."""
NO_DAY = np.datetime64("NaT", "D")


@result("台账的一项，如所问之日所见")
@dataclass(frozen=True, slots=True)
class LedgerItem:
    """One item on a day."""

    item: Annotated[NodeIndex, Entity, "事项"]
    ledger: Annotated[LedgerName, "所在台账"]
    stage: Annotated[str | None, "当日阶段的代码，如 OPEN；空为不详"]
    stage_words: Annotated[str, "当日阶段，如 待办；不详的也说明是否未了结"]
    closed: Annotated[bool | None, "当日是否已了结；空为不详"]
    due_on: Annotated[date | None, "期限；空为没有期限"]
    overdue_days: Annotated[int | None, "当日已逾期的天数；空为未逾期、已了结、没有期限或不详"]
    closed_on: Annotated[date | None, "了结日期；空为未了结、不详，或没有记录"]
    town: Annotated[NodeIndex | None, Town, "所属专业镇；空为未登记"]
    responsible: Annotated[Sequence[NodeIndex], Organisation, "责任单位"]
    version: Annotated[int, "现在的版本：已记录的变更次数"]


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Columns of all items of a snapshot as they stood on a day; those that came later are not among them.

    Tasks of the plans of later years are, for those who count what they leave out: see `ahead`.
    """

    on: date
    rows: Ints
    """Global rows."""
    ledger: NDArray[np.int8]
    """Places in `LEDGERS`."""
    stage: NDArray[np.int16]
    """Places in the closed list of the ledger's stages; -1: not known."""
    closed: Mask
    """Which are known to be closed."""
    open: Mask
    """Which are known not to be; one that is neither may be either, or may not have been there."""
    idle: Mask
    """Which are, or may be, not in force yet."""
    ahead: Mask
    """Which are of the plan of a later year than that of the day."""
    due: Days
    closed_on: Days
    town: Ints
    """Global rows; -1: none."""

    @property
    def overdue(self) -> Mask:
        """Which are known to be open though their day has passed; on the day itself there is still time."""
        return self.open & ~self.idle & (self.due < np.datetime64(self.on, "D"))

    @property
    def unknown(self) -> Mask:
        """Which are known neither to be open nor to be closed."""
        return ~self.open & ~self.closed


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry about an item."""

    version: int
    place: int
    """Among the entries."""
    day: date
    left: str | None
    """The stage that the item left; None: it was not there before."""
    moves: bool
    """Whether it left one, or came."""


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What the entries of a snapshot say of items, by id, each in order."""

    entries: Mapping[str, Sequence[Entered]]

    def of(self, id: str) -> Sequence[Entered]:
        """Entries about an item."""
        return self.entries.get(id, ())

    def version(self, id: str) -> int:
        """How many changes are recorded."""
        return self.entries[id][-1].version if id in self.entries else 0

    def stage_on(self, id: str, on: date, now: str) -> str | None:
        """The stage at the end of a day; None: it was not there."""
        return next((one.left for one in self.of(id) if one.moves and one.day > on), now)

    def knows(self, id: str, on: date) -> bool:
        """Whether it tells the stage on a day: the item had come, or moved, by then."""
        return any(one.moves and one.day <= on for one in self.of(id))

    def since(self, id: str) -> date | None:
        """The day of the last move; None: none is recorded."""
        return next((one.day for one in reversed(self.of(id)) if one.moves), None)


def record(snapshot: Snapshot) -> Record:
    """Read the entries of a snapshot; of one that follows another, only those that came since."""
    table = snapshot.nodes["LedgerEntry"]
    return snapshot.lasting("ledger record", [table["id"], table["about"]], lambda held: _record(table, held))


def items_on(snapshot: Snapshot, on: date) -> Items:
    """All items as they stood on a day.

    Today they stand as they are. On an earlier day they stood as the record, or a date of theirs, says;
    without either, what is open now was open then as well, but what is closed now may have been open.
    """
    return snapshot.remember(("ledger items", on), lambda: _items_on(snapshot, on))


def responsible(snapshot: Snapshot, on: date) -> tuple[Ints, Ints]:
    """Bodies and what they answer for (global rows), by the rows of what they answer for."""

    def made() -> tuple[Ints, Ints]:
        table = snapshot.relations["RESPONSIBLE_FOR"]
        held = np.flatnonzero(valid_in(table, on.year))
        held = held[np.argsort(table.end[held], kind="stable")]
        return table.start[held], table.end[held]

    return snapshot.remember(("responsible", on.year), made)


def shown(snapshot: Snapshot, items: Items, places: Places) -> list[LedgerItem]:
    """Show some items, by their places."""
    bodies, ends = responsible(snapshot, items.on)
    known = record(snapshot)
    rows = items.rows[places]
    low, high = np.searchsorted(ends, rows, "left"), np.searchsorted(ends, rows, "right")
    late = items.overdue[places]
    found: list[LedgerItem] = []
    for n, place in enumerate(places.tolist()):
        ledger, at = LEDGERS[int(items.ledger[place])], int(items.stage[place])
        stage = None if at < 0 else list(ledger.stages)[at]
        open_ = bool(items.open[place])
        due, town, row = _day(items.due[place]), int(items.town[place]), int(rows[n])
        found.append(
            LedgerItem(
                item=NodeIndex(row),
                ledger=ledger.name,
                stage=stage and stage.value,
                stage_words=stage.words if stage else "未了结，阶段不详" if open_ else "不详",
                closed=None if items.unknown[place] else not open_,
                due_on=due,
                overdue_days=(items.on - due).days if due and late[n] else None,
                closed_on=_day(items.closed_on[place]) if items.closed[place] else None,
                town=NodeIndex(town) if town >= 0 else None,
                responsible=nodes_of(bodies[low[n] : high[n]]),
                version=known.version(snapshot.id_of(row)),
            )
        )
    return found


def unknown_note(items: Items, places: Places) -> str | None:
    """Say of how many items nobody knows where they stood on the day."""
    count = int(items.unknown[places].sum())
    if not count:
        return None
    return (
        f"有 {count} 项当日是否已了结不详（没有当日以前的变更记录，也没有相应日期）："
        "不计入未了结、已了结与逾期"
    )


def past(on: date) -> bool:
    """Whether a day is over: only today things stand as they are."""
    return on < date.today()  # noqa: DTZ011 - a day


def _day(day: Any) -> date | None:
    return None if np.isnat(day) else day.astype(object)


def _record(table: NodeTable, held: tuple[Sequence[Any], Record] | None) -> Record:
    begin, entries = 0, dict[str, Sequence[Entered]]()
    if held is not None:
        (known, _), before = held
        if len(known) <= len(table) and bool((table["id"][: len(known)] == known).all()):
            begin, entries = len(known), dict(before.entries)
    names = ("about", "version", "action", "before", "recordedOn")
    columns = [table[name][begin:].tolist() for name in names]
    fresh = defaultdict[str, list[Entered]](list)
    for place, (about, version, action, before_, day) in enumerate(zip(*columns, strict=True), begin):
        left = list(_left(before_, created=action == _CREATED))
        fresh[about].append(Entered(version, place, day, left[0] if left else None, bool(left)))
    for id, some in fresh.items():
        entries[id] = tuple(sorted((*entries.get(id, ()), *some), key=lambda one: one.version))
    return Record(entries)


_CREATED = code(LedgerAction.CREATED)
_STAGES = {ledger.stage for ledger in LEDGERS}


def _left(before: str | None, *, created: bool) -> Iterator[str | None]:
    """Yield the stage that an entry left, if it left one."""
    if created:
        yield None
    elif before:
        cells = orjson.loads(before)
        yield from (cells[name] for name in _STAGES if name in cells)


def _items_on(snapshot: Snapshot, on: date) -> Items:
    parts = [_part(snapshot, place, ledger, on) for place, ledger in enumerate(LEDGERS)]
    columns = [np.concatenate(some) for some in zip(*parts, strict=True)]
    rows, ledger, stage, closed, open_, idle, ahead, due, ended = columns
    towns = np.full(len(snapshot), -1, np.int32)
    table = snapshot.relations["OF_TOWN"]
    held = valid_in(table, on.year)
    towns[table.start[held]] = table.end[held]
    return Items(on, rows, ledger, stage, closed, open_, idle, ahead, due, ended, towns[rows])


def _part(snapshot: Snapshot, place: int, ledger: Ledger, on: date) -> tuple[Any, ...]:
    """Columns of one ledger."""
    table = snapshot.nodes[ledger.kind.label]
    may, there, sure = _stages(snapshot, ledger, table, on)
    ahead = np.zeros(len(table), np.bool_)
    if ledger.kind is Task and past(on):
        ahead = table["year"] > on.year
    stage = np.where(sure & (may.sum(axis=1) == 1), may.argmax(axis=1), -1).astype(np.int16)
    ends, idles = (
        np.isin(np.arange(may.shape[1]), [list(ledger.stages).index(one) for one in some])
        for some in (ledger.closed, ledger.idle)
    )
    closed, open_ = sure & ~(may & ~ends).any(axis=1), sure & ~(may & ends).any(axis=1)
    idle = (may & idles).any(axis=1)
    ended = _ended(snapshot, ledger, table, closed)
    rows = np.arange(table.first, table.first + len(table), dtype=np.int32)
    which = np.full(len(table), place, np.int8)
    columns = rows, which, stage, closed, open_, idle, ahead, table[ledger.due], ended
    return tuple(one[there] for one in columns)


def _stages(snapshot: Snapshot, ledger: Ledger, table: NodeTable, on: date) -> tuple[Mask, Mask, Mask]:
    """Where each item may have stood at the end of a day; which may have been there; which surely were."""
    terms, day = list(ledger.stages), np.datetime64(on, "D")
    stage, there = np.array(table[ledger.stage]), np.ones(len(table), np.bool_)
    told, moved = np.full(len(table), not past(on)), np.zeros(len(table), np.bool_)
    known = record(snapshot)
    for id, entries in known.entries.items():
        row = snapshot.find(id) if id.startswith(f"{ledger.kind.prefix}:") else None
        if row is not None:
            place = row - table.first
            then = known.stage_on(id, on, terms[int(table[ledger.stage][place])].value)
            there[place] = then is not None
            stage[place] = -1 if then is None else terms.index(ledger.stages(then))
            told[place] |= known.knows(id, on)
            moved[place] = entries[-1].day > on
    earlier = np.array([[one in ledger.before(term) for one in terms] for term in terms])
    may = np.where(told[:, None], np.eye(len(terms), dtype=np.bool_)[stage], earlier[stage])
    begun = ledger.kind.lifetime[0]
    sure = np.array(told)
    if begun is not None:
        there &= ~(table[begun] > day)
        sure |= table[begun] <= day
    if ledger.kind is Task:
        sure |= table["year"] <= on.year
    for term, name in (*ledger.stamps.items(), *ledger.since.items()):
        at, when = terms.index(term), table[name]
        dated = ~told & ~moved & (stage >= at)
        may[:, at:] &= ~(dated & (when > day))[:, None]
        may[:, :at] &= ~(dated & (when <= day))[:, None]
        sure |= dated & (when <= day)
    return may, there, sure


def _ended(snapshot: Snapshot, ledger: Ledger, table: NodeTable, closed: Mask) -> Days:
    """The day on which each was closed: as its own column says, else as the record does."""
    for term in ledger.closed:
        if (name := ledger.stamps.get(term)) is not None:
            return table[name]
    ended = np.full(len(table), NO_DAY)
    known, ids = record(snapshot), table["id"]
    for place in np.flatnonzero(closed).tolist():
        if (day := known.since(ids[place])) is not None:
            ended[place] = np.datetime64(day, "D")
    return ended
