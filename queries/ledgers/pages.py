"""Pages of the ledgers: items by ledger, town, stage, body and date, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.columns import camel
from graph.kinds.entities import Organisation
from graph.kinds.results import result
from graph.kinds.stages import BY_NAME, LEDGERS
from graph.kinds.terms import LedgerName
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.answer import Answer, Formula, Parameter
from queries.ledgers.items import Items, LedgerItem, Places, items_on, responsible, shown, unknown_note
from queries.levels import row_of_kind
from queries.provenance import Rows

MOST = 500
FORMULA = Formula(
    "ledgers",
    "台账",
    2,
    "逾期按所问之日计算：期限已过而当日尚未了结，期限当天不算；只见于已登记的事项。"
    "以前某日的阶段由变更记录与登记的日期倒推；两者都没有的，现在未了结者当日也未了结，现在已了结者当日不详。",
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which items are asked for; None: any."""

    ledger: LedgerName | None = None
    town: str | None = None
    body: str | None = None
    stage: str | None = None
    overdue: bool | None = None
    closed: bool | None = None
    due_from: date | None = None
    due_to: date | None = None

    def parameters(self) -> dict[str, Parameter]:
        """Name what was asked for as answers do; what is any is left out."""
        asked = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {
            camel(name): str(value) if isinstance(value, date) else value
            for name, value in asked
            if value is not None
        }


@result("一个台账在所问之日的项数")
@dataclass(frozen=True, slots=True)
class LedgerCount:
    """How many items of a ledger there are."""

    ledger: Annotated[LedgerName, "台账"]
    count: Annotated[int, "全部"]
    open: Annotated[int, "未了结"]
    overdue: Annotated[int, "其中已逾期"]
    undated: Annotated[int, "未了结而没有期限"]
    unknown: Annotated[int, "是否已了结不详：不计入其余各数"]


@result("台账的若干事项，及其总数")
@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage(Answer):
    """Items that were asked for."""

    on: Annotated[date, "所问之日"]
    count: Annotated[int, "符合条件的项数"]
    counts: Annotated[Sequence[LedgerCount], "符合条件者按台账的项数"]
    rows: Annotated[
        Sequence[LedgerItem], "事项：未了结者在前，是否了结不详者其次，再按期限早晚，没有期限者在后"
    ]
    note: Annotated[str | None, "须一并告知的话：多少项当日是否已了结不详；空为没有"]


@result("一个单位在所问之日要办的全部事项")
@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Answer):
    """Everything that a body has to do."""

    body: Annotated[NodeIndex, Organisation, "责任单位"]
    on: Annotated[date, "所问之日"]
    count: Annotated[int, "未了结的项数"]
    overdue: Annotated[int, "其中已逾期的项数"]
    counts: Annotated[Sequence[LedgerCount], "按台账的项数，已了结者也计"]
    rows: Annotated[Sequence[LedgerItem], "未了结的事项：期限早者在前，没有期限者在后"]
    note: Annotated[str | None, "须一并告知的话：多少项当日是否已了结不详；空为没有"]


def ledger_page(snapshot: Snapshot, sought: Sought, *, on: date, first: int, offset: int = 0) -> LedgerPage:
    """Find items; raises BadInput for a stage that is not there, NotFound for an unknown town or body."""
    _checked(first, offset)
    items = items_on(snapshot, on)
    places = np.flatnonzero(chosen(snapshot, items, sought))
    places = in_order(items, places)
    return LedgerPage(
        method=FORMULA.method(
            snapshot,
            on.year,
            sought.parameters(),
            on=str(on),
            first=first,
            offset=offset,
            used=lambda: used(snapshot, items, places),
        ),
        on=on,
        count=len(places),
        counts=counts(items, places),
        rows=shown(snapshot, items, places[offset : offset + first]),
        note=unknown_note(items, places),
    )


def responsibility(snapshot: Snapshot, id: str, *, on: date, first: int) -> Responsibility:
    """Find everything that a body has to do over all five ledgers, by due date."""
    _checked(first, 0)
    body = row_of_kind(snapshot, id, "Organisation")
    items = items_on(snapshot, on)
    mine = np.flatnonzero(chosen(snapshot, items, Sought(body=id)))
    open_ = in_order(items, mine[items.open[mine]])
    return Responsibility(
        method=FORMULA.method(
            snapshot, on.year, on=str(on), first=first, used=lambda: used(snapshot, items, mine)
        ),
        body=body,
        on=on,
        count=len(open_),
        overdue=int(items.overdue[open_].sum()),
        counts=counts(items, mine),
        rows=shown(snapshot, items, open_[:first]),
        note=unknown_note(items, mine),
    )


def chosen(snapshot: Snapshot, items: Items, sought: Sought, *, ahead: bool = False) -> Mask:
    """Which items are asked for; `ahead`: tasks of the plans of later years as well."""
    held = np.ones(len(items.rows), np.bool_) if ahead else ~items.ahead
    if sought.ledger is not None:
        held &= items.ledger == LEDGERS.index(BY_NAME[sought.ledger])
    if sought.stage is not None:
        held &= _at_stage(items, sought)
    if sought.town is not None:
        held &= items.town == row_of_kind(snapshot, sought.town, "Town", argument="town")
    if sought.body is not None:
        row = row_of_kind(snapshot, sought.body, "Organisation", argument="body")
        bodies, ends = responsible(snapshot, items.on)
        held &= np.isin(items.rows, ends[bodies == row])
    if sought.overdue is not None:
        late = items.unknown & (items.due < np.datetime64(items.on, "D"))
        held &= items.overdue if sought.overdue else ~items.overdue & ~late
    if sought.closed is not None:
        held &= items.closed if sought.closed else items.open
    if sought.due_from is not None:
        held &= items.due >= np.datetime64(sought.due_from, "D")
    if sought.due_to is not None:
        held &= items.due <= np.datetime64(sought.due_to, "D")
    return held


def in_order(items: Items, places: Places) -> Places:
    """Put what is open first, then what may be; of each what is due earlier, without a due date last."""
    due = items.due[places].astype(np.int64)
    last = np.iinfo(np.int64).max
    due[np.isnat(items.due[places])] = last
    return places[np.lexsort((items.rows[places], due, items.unknown[places] + 2 * items.closed[places]))]


def counts(items: Items, places: Places) -> list[LedgerCount]:
    """Count some items by ledger; ledgers without any are left out."""
    which, open_, late = items.ledger[places], items.open[places], items.overdue[places]
    undated, unknown = np.isnat(items.due[places]) & open_, items.unknown[places]
    found: list[LedgerCount] = []
    for place, ledger in enumerate(LEDGERS):
        mine = which == place
        if mine.any():
            numbers = (mine, mine & open_, mine & late, mine & undated, mine & unknown)
            found.append(LedgerCount(ledger.name, *(int(one.sum()) for one in numbers)))
    return found


def used(snapshot: Snapshot, items: Items, places: Places) -> Rows:
    """Relations that some items are found by: to their town, and from the bodies that act."""
    rows, found = items.rows[places], dict[str, Ints]()
    for label, end in (("OF_TOWN", "from"), ("RESPONSIBLE_FOR", "to")):
        table = snapshot.relations[label]
        held = valid_in(table, items.on.year) & np.isin(table[end], rows)
        found[label] = np.flatnonzero(held).astype(np.int32)
    return Rows(found)


def _at_stage(items: Items, sought: Sought) -> Mask:
    held, known = np.zeros(len(items.rows), np.bool_), list[str]()
    for place, ledger in enumerate(LEDGERS):
        if sought.ledger in (None, ledger.name):
            stages = [stage.value for stage in ledger.stages]
            known += [stage for stage in stages if stage not in known]
            if sought.stage in stages:
                held |= (items.ledger == place) & (items.stage == stages.index(sought.stage))
    if sought.stage not in known:
        raise BadInput(f"stage：没有阶段 “{sought.stage}”：可用 {'、'.join(known)}", "stage")
    return held


def _checked(first: int, offset: int) -> None:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if offset < 0:
        raise BadInput(f"offset：应不小于 0，所给为 {offset}", "offset")
