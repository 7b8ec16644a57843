"""Ledgers as lists: problems, tasks, projects, notices and leads, one row an item, as they stood on a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, ClassVar

import numpy as np
import orjson

from graph.kinds.columns import column
from graph.kinds.ledgers import Task
from graph.kinds.stages import BY_NAME, Ledger
from graph.kinds.terms import LedgerName
from graph.snapshot.index import nodes_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import cells
from graph.snapshot.years import valid_in
from queries.answer import Method
from queries.ledgers.items import LedgerItem, items_on, record, shown, unknown_note
from queries.ledgers.pages import FORMULA, Sought, chosen, in_order, used
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import INVENTED, WAN, joined
from queries.provenance import Rows, any_invented

COUNT, AMOUNT = Shape.COUNT, Shape.AMOUNT
Number = Annotated[int, Heading("序号", "未了结者在前，是否了结不详者其次，再按期限早晚", 5, COUNT)]
Town = Annotated[str | None, Heading("专业镇", "所属专业镇；空为未登记", 12)]
Stage = Annotated[
    str, Heading("阶段", "所问之日的阶段；以前某日的由变更记录与登记的日期倒推，推不出为不详", 8)
]
Bodies = Annotated[str | None, Heading("责任单位", "空为未登记", 16)]
Due = Annotated[str | None, Heading("期限", "空为没有期限", 11)]
Late = Annotated[
    int | None, Heading("逾期（天）", "所问之日已逾期的天数；空为未逾期、已了结、没有期限或不详", 9, COUNT)
]
Closed = Annotated[str | None, Heading("了结日期", "空为未了结、不详，或没有记录", 11)]
Last = Annotated[str | None, Heading("最近变更", "最近一条变更记录：日期、种类、经办、理由；空为没有", 20)]
Changes = Annotated[int, Heading("变更（次）", "已记录的变更次数，即版本；0 为装载后没有改过", 9, COUNT)]
Synthetic = Annotated[str | None, Heading("虚构样例", "“是”：事项、专业镇或责任单位是虚构样例", 6)]


@dataclass(frozen=True, slots=True)
class ProblemRow(Row):
    """A problem."""

    title: ClassVar[str] = "问题台账"
    number: Number
    name: Annotated[str, Heading("问题", "问题的名称", 26)]
    extent: Annotated[str, Heading("涉及面", "行业共性，或企业个性", 10)]
    town: Town
    organisations: Annotated[str | None, Heading("涉及主体", "空为未登记", 16)]
    stage: Stage
    bodies: Bodies
    raised: Annotated[str, Heading("提出日期", "", 11)]
    due: Due
    late: Late
    closed: Closed
    last: Last
    changes: Changes
    synthetic: Synthetic


@dataclass(frozen=True, slots=True)
class TaskRow(Row):
    """A task."""

    title: ClassVar[str] = "任务台账"
    number: Number
    name: Annotated[str, Heading("任务", "任务的名称", 30)]
    year: Annotated[int, Heading("年度", "所属年度行动计划", 6, Shape.VALUE)]
    town: Town
    stage: Stage
    bodies: Bodies
    due: Due
    late: Late
    closed: Closed
    last: Last
    changes: Changes
    synthetic: Synthetic


@dataclass(frozen=True, slots=True)
class ProjectRow(Row):
    """A project."""

    title: ClassVar[str] = "重大项目清单"
    number: Number
    name: Annotated[str, Heading("项目", "项目的名称", 26)]
    town: Town
    organisations: Annotated[str | None, Heading("建设主体", "空为未登记", 16)]
    investment: Annotated[float | None, Heading("总投资（万元）", "空为不详", 13, AMOUNT)]
    stage: Stage
    bodies: Bodies
    start: Annotated[str | None, Heading("开工日期", "空为未开工或不详", 11)]
    due: Annotated[str | None, Heading("计划竣工", "空为没有期限", 11)]
    late: Late
    closed: Closed
    last: Last
    changes: Changes
    synthetic: Synthetic


@dataclass(frozen=True, slots=True)
class NoticeRow(Row):
    """A supervision notice."""

    title: ClassVar[str] = "督办台账"
    number: Number
    name: Annotated[str, Heading("通知书", "通知书的名称", 24)]
    town: Town
    cause: Annotated[str, Heading("督办事由", "", 34)]
    stage: Stage
    bodies: Bodies
    issued: Annotated[str | None, Heading("下达日期", "空为尚未下达", 11)]
    due: Annotated[str | None, Heading("整改期限", "", 11)]
    late: Late
    closed: Closed
    last: Last
    changes: Changes
    synthetic: Synthetic


@dataclass(frozen=True, slots=True)
class LeadRow(Row):
    """An investment lead."""

    title: ClassVar[str] = "招商线索台账"
    number: Number
    name: Annotated[str, Heading("线索", "线索的名称", 20)]
    town: Town
    products: Annotated[str | None, Heading("可补环节", "空为未登记", 14)]
    organisations: Annotated[str | None, Heading("对接主体", "空为尚无", 16)]
    stage: Stage
    bodies: Bodies
    recorded: Annotated[str, Heading("登记日期", "", 11)]
    due: Annotated[str | None, Heading("下一步期限", "空为没有期限", 11)]
    late: Late
    closed: Closed
    evidence: Annotated[
        str | None, Heading("登记时依据", "登记之日在候选者中的名次，及数据年份；空为没有由候选者登记", 16)
    ]
    last: Last
    changes: Changes
    synthetic: Synthetic


ROWS: Mapping[LedgerName, type[Row]] = {
    LedgerName.PROBLEM: ProblemRow,
    LedgerName.TASK: TaskRow,
    LedgerName.PROJECT: ProjectRow,
    LedgerName.NOTICE: NoticeRow,
    LedgerName.LEAD: LeadRow,
}


@dataclass(frozen=True, slots=True)
class LedgerList:
    """The items of a ledger that were asked for, and their rows."""

    kind: type[Row]
    rows: Sequence[Row]
    method: Method
    sources: Sequence[int]
    """Sources of the relations that they are found by (global rows)."""
    note: str
    empty: str
    """What to say when there are none."""
    on: date


def ledger_list(snapshot: Snapshot, sought: Sought, *, on: date, plans_to: int | None = None) -> LedgerList:
    """List all items of one ledger that are asked for; raises what `ledger_page` raises.

    `plans_to`: tasks of the plans of later years are left out, and counted.
    """
    assert sought.ledger is not None  # noqa: S101 - a list is of one ledger
    ledger, items = BY_NAME[sought.ledger], items_on(snapshot, on)
    places = in_order(items, np.flatnonzero(chosen(snapshot, items, sought, ahead=True)))
    later = items.ahead[places]
    if plans_to is not None and ledger.kind is Task:
        table = snapshot.nodes[Task.label]
        later |= table["year"][items.rows[places] - table.first] > plans_to
    places = places[~later]
    found, about = shown(snapshot, items, places), _About(snapshot, ledger, on)
    kind = ROWS[sought.ledger]
    rows = [
        kind(**{one.name: about.cell(one.name, n, item) for one in fields(kind)})
        for n, item in enumerate(found, 1)
    ]
    told = sought.parameters()
    rests = used(snapshot, items, places)
    method = FORMULA.method(snapshot, on.year, told, on=str(on), used=lambda: rests)
    late = sum(one.overdue_days is not None for one in found)
    open_ = sum(one.closed is False for one in found)
    note = f"截至 {on}：共 {len(found)} 项，未了结 {open_} 项，其中逾期 {late} 项"
    unknown = unknown_note(items, places)
    note += f"；{unknown}" if unknown else ""
    note += f"；另有 {later.sum()} 项属以后年度的行动计划，未列" * bool(later.any())
    narrowed = told.keys() - {"ledger", "town"}
    empty = f"截至 {on}，{kind.title}中没有{'符合条件' if narrowed else '登记'}的事项"
    return LedgerList(kind, rows, method, _sources(snapshot, rests), note, empty, on)


def _sources(snapshot: Snapshot, rests: Rows) -> list[int]:
    found = {
        int(row)
        for label, places in rests.relations.items()
        for row in np.unique(snapshot.relations[label]["source"][places]).tolist()
    }
    return sorted(found - {-1})


@dataclass(frozen=True, slots=True)
class _About:
    """Looks up the cells of an item's row."""

    snapshot: Snapshot
    ledger: Ledger
    on: date

    def cell(self, name: str, number: int, item: LedgerItem) -> Any:
        """The cell of a heading."""
        special = _CELLS.get(name)
        if special is not None:
            return special(self, number, item)
        return self._column(_COLUMNS[name], item)

    def _column(self, name: str, item: LedgerItem) -> Any:
        table = self.snapshot.nodes[self.ledger.kind.label]
        (value,) = cells(
            column(self.ledger.kind, name), table, [item.item - table.first], self.snapshot.id_of
        )
        if isinstance(value, date):
            return value.isoformat()
        return getattr(value, "words", value)

    def others(self, label: str, item: LedgerItem) -> str | None:
        """Names at the other end of a relation."""
        table = self.snapshot.relations[label]
        low, high = np.searchsorted(table.start, [item.item, item.item + 1])
        held = np.arange(low, high, dtype=np.int32)
        held = held[valid_in(table, self.on.year, held)]
        return joined(self.snapshot.name_of(row) for row in nodes_of(table.end[held]))

    def investment(self, item: LedgerItem) -> float | None:
        """Yuan as 万元."""
        value = self._column("investment", item)
        return None if value is None else value / WAN

    def last(self, item: LedgerItem) -> str | None:
        """The last entry in words."""
        entries = record(self.snapshot).of(self.snapshot.id_of(item.item))
        if not entries:
            return None
        table, place = self.snapshot.nodes["LedgerEntry"], entries[-1].place
        entry: Any = self.snapshot.entity(table.first + place)
        words = entry.action.words.partition("：")[0]
        return "，".join(filter(None, (entry.recorded_on.isoformat(), words, entry.by, entry.reason)))

    def evidence(self, item: LedgerItem) -> str | None:
        """The frozen evidence of a lead in a line."""
        text = self._column("evidence", item)
        if text is None:
            return None
        frozen = orjson.loads(text)
        if "rank" not in frozen:
            return frozen["note"]
        return f"候选者第 {frozen['rank']}/{frozen['of']} 名（{frozen['asOf']} 年，{frozen['on']} 登记）"

    def synthetic(self, item: LedgerItem) -> str | None:
        """Whether something about it is invented."""
        nodes = (item.item, item.town, *item.responsible)
        return INVENTED if any_invented(self.snapshot, Rows(), nodes) else None


def _name(about: _About, _: int, item: LedgerItem) -> str:
    return about.snapshot.name_of(item.item)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_COLUMNS = {
    "extent": "extent",
    "raised": "raisedOn",
    "year": "year",
    "start": "startOn",
    "cause": "reason",
    "issued": "issuedOn",
    "recorded": "recordedOn",
}
"""Headings that show a column as it is."""
_CELLS: Mapping[str, Callable[[_About, int, LedgerItem], Any]] = {
    "number": lambda _, number, __: number,
    "name": _name,
    "town": lambda about, _, item: None if item.town is None else about.snapshot.name_of(item.town),
    "stage": lambda _, __, item: item.stage_words,
    "bodies": lambda about, _, item: joined(about.snapshot.name_of(row) for row in item.responsible),
    "due": lambda _, __, item: _iso(item.due_on),
    "late": lambda _, __, item: item.overdue_days,
    "closed": lambda _, __, item: _iso(item.closed_on),
    "organisations": lambda about, _, item: about.others("CONCERNS", item),
    "products": lambda about, _, item: about.others("FILLS", item),
    "investment": lambda about, _, item: about.investment(item),
    "evidence": lambda about, _, item: about.evidence(item),
    "last": lambda about, _, item: about.last(item),
    "changes": lambda _, __, item: item.version,
    "synthetic": lambda about, _, item: about.synthetic(item),
}
