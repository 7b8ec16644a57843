"""The plan of a town for a year: its tasks by the quarter in which they are due; what is done, late, open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.results import result
from graph.kinds.stages import BY_NAME, LEDGERS
from graph.kinds.terms import LedgerName, TaskStatus
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.ledgers.items import Items, LedgerItem, Places, items_on, past, shown
from queries.ledgers.pages import in_order, used
from queries.levels import row_of_kind

YEARS = range(1949, 2101)
QUARTERS = range(1, 5)
FORMULA = Formula(
    "plan",
    "年度计划",
    2,
    "任务按期限所在的季度列出；“逾期完成”只知有完成日期的记录者，装载时已完成而无日期者计入已完成。",
)
TASKS = LEDGERS.index(BY_NAME[LedgerName.TASK])
_STAGES = list(TaskStatus)


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How far the tasks of a time are."""

    count: Annotated[int, "任务数，已取消者不计"]
    done: Annotated[int, "已完成"]
    done_late: Annotated[int, "其中逾期才完成的：只计有完成日期记录者"]
    open: Annotated[int, "未完成、未到期"]
    overdue: Annotated[int, "未完成、已逾期"]
    cancelled: Annotated[int, "已取消"]
    unknown: Annotated[int, "当日是否已了结不详：不计入完成、在办与逾期"]


@result("一个季度到期的任务")
@dataclass(frozen=True, slots=True)
class PlanQuarter(PlanCounts):
    """Tasks that are due in a quarter."""

    quarter: Annotated[int, "季度，1–4"]
    rows: Annotated[Sequence[LedgerItem], "任务：未完成者在前，再按期限"]


@result("一个专业镇的年度行动计划", "YearPlan")
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Answer):
    """The tasks of a town in a year."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    year: Annotated[int, "年度"]
    on: Annotated[date, "所问之日"]
    count: Annotated[int, "任务数，已取消者不计"]
    done: Annotated[int, "已完成"]
    done_late: Annotated[int, "其中逾期才完成的：只计有完成日期记录者"]
    open: Annotated[int, "未完成、未到期"]
    overdue: Annotated[int, "未完成、已逾期"]
    cancelled: Annotated[int, "已取消"]
    unknown: Annotated[int, "当日是否已了结不详：不计入完成、在办与逾期"]
    in_words: Annotated[str, "一句话"]
    quarters: Annotated[Sequence[PlanQuarter], "按期限所在的季度"]
    beyond: Annotated[Sequence[LedgerItem], "年度之外到期的任务"]


def plan(snapshot: Snapshot, id: str, *, year: int, on: date) -> Plan:
    """Lay out the tasks of a town's year; raises NotFound for an unknown town."""
    if year not in YEARS:
        raise BadInput(f"year：{year} 应在 {YEARS.start} 到 {YEARS.stop - 1} 之间", "year")
    town = row_of_kind(snapshot, id, "Town")
    items, table = items_on(snapshot, on), snapshot.nodes["Task"]
    mine = np.flatnonzero((items.ledger == TASKS) & (items.town == town) & ~items.ahead)
    mine = in_order(items, mine[table["year"][items.rows[mine] - table.first] == year])
    months = items.due[mine].astype("datetime64[M]").astype(np.int64)
    quarter = np.where(months // 12 + 1970 == year, months % 12 // 3 + 1, 0)
    whole = _counts(items, mine)
    return Plan(
        method=FORMULA.method(
            snapshot, on.year, year=year, on=str(on), used=lambda: used(snapshot, items, mine)
        ),
        unknown_reason=None if len(mine) else _none(year, on),
        town=town,
        year=year,
        on=on,
        **whole,
        in_words=_in_words(year, on, whole),
        quarters=[_quarter(snapshot, items, mine[quarter == n], n) for n in QUARTERS],
        beyond=shown(snapshot, items, mine[quarter == 0]),
    )


def _quarter(snapshot: Snapshot, items: Items, places: Places, quarter: int) -> PlanQuarter:
    return PlanQuarter(**_counts(items, places), quarter=quarter, rows=shown(snapshot, items, places))


def _counts(items: Items, places: Places) -> dict[str, int]:
    stage = items.stage[places]
    cancelled, done = (stage == _STAGES.index(one) for one in (TaskStatus.CANCELLED, TaskStatus.DONE))
    late = done & (items.closed_on[places] > items.due[places])
    overdue, open_ = items.overdue[places], items.open[places]
    found = {
        "count": ~cancelled,
        "done": done,
        "done_late": late,
        "open": open_ & ~overdue,
        "overdue": overdue,
        "cancelled": cancelled,
        "unknown": items.unknown[places],
    }
    return {name: int(mask.sum()) for name, mask in found.items()}


def _none(year: int, on: date) -> str:
    later = past(on) and year > on.year
    return f"{year} 年的行动计划晚于所问之日（{on}），不列" if later else f"{year} 年没有登记的任务"


def _in_words(year: int, on: date, whole: dict[str, int]) -> str:
    if not whole["count"] and not whole["cancelled"]:
        return _none(year, on)
    said = f"{year} 年任务 {whole['count']} 项，截至 {on}：完成 {whole['done']} 项"
    if whole["done_late"]:
        said += f"（逾期完成 {whole['done_late']} 项）"
    said += f"，在办 {whole['open']} 项，逾期 {whole['overdue']} 项"
    said += f"，是否已完成不详 {whole['unknown']} 项" if whole["unknown"] else ""
    return said + (f"；另有 {whole['cancelled']} 项已取消" if whole["cancelled"] else "")
