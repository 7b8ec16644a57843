"""Relation history: what an organisation was joined to over the years, and who says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np

from graph.errors import BadInput
from graph.kinds import Entity
from graph.kinds.entities import Product
from graph.kinds.facts import Source
from graph.kinds.results import As, result
from graph.snapshot.csr import Ints
from graph.snapshot.index import KindIndex, NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, Array, EdgeTable
from graph.snapshot.years import valid_in
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.links import known
from queries.provenance import Rows

MOST = 500
FORMULA = Formula(
    "relation-history", "关系沿革", 1, "只列已登记的关系；未写起止年份的关系，起止不详，不是一直有效。"
)


@result("主体的一条关系：每个来源、年份一行", "RelationEvent")
@dataclass(frozen=True, slots=True)
class Event:
    """One relation of an organisation, as one source has it."""

    label: Annotated[str, "关系种类（词汇表中的名称）", As("relation")]
    words: Annotated[str, "关系的含义"]
    outgoing: Annotated[bool, "主体是否为关系的起点（如供应中的卖方）"]
    other: Annotated[NodeIndex, Entity, "关系的另一端"]
    since: Annotated[int | None, "起始年份（含）；空为不详"]
    until: Annotated[int | None, "终止年份（不含；证书为失效年份）；空为仍有效或不详"]
    year: Annotated[int | None, "逐年数值所属年份"]
    value: Annotated[float | None, "金额（元/年），供应与采购才有"]
    product: Annotated[NodeIndex | None, Product, "所涉产品"]
    source: Annotated[NodeIndex | None, Source, "来源；空为未记录"]
    active: Annotated[bool, "asOf 年 12 月 31 日是否有效"]
    place: KindIndex
    """Among the relations of its label."""

    @property
    def begins(self) -> int | None:
        """The year by which it is sorted: where it starts, else what it is measured in."""
        return self.year if self.since is None else self.since


@result("主体的关系，按起始（或所属）年份排序，不详者在后")
@dataclass(frozen=True, slots=True)
class RelationHistory(Answer):
    """What an organisation was joined to, the oldest first, without any year last."""

    events: Annotated[Sequence[Event], "关系"]
    count: Annotated[int, "关系总数"]


def relation_history(snapshot: Snapshot, id: str, *, as_of: int, first: int = 50) -> RelationHistory:
    """List the relations of an organisation that had begun by a year, each source's for itself."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    row = row_of_kind(snapshot, id, "Organisation")
    found = [e for table in snapshot.relations.values() for e in _events(table, row, as_of)]
    found = [e for e in found if e.begins is None or e.begins <= as_of]
    found.sort(key=lambda e: (e.begins is None, e.begins, e.label, e.other, e.place))
    method = FORMULA.method(snapshot, as_of, {"first": first}, used=lambda: _rows(found))
    unknown = None if found else f"{as_of} 年及以前没有登记任何关系"
    return RelationHistory(found[:first], len(found), method=method, unknown_reason=unknown)


def _rows(found: Sequence[Event]) -> Rows:
    labels = dict.fromkeys(event.label for event in found)
    return Rows({label: np.array([e.place for e in found if e.label == label], np.int32) for label in labels})


def _events(table: EdgeTable, row: int, as_of: int) -> Iterator[Event]:
    places = np.flatnonzero((table.start == row) | (table.end == row)).astype(np.int32)
    if not len(places):
        return
    holds = _holding(table, places, as_of)
    columns = {name: _years(table, name, places) for name in (*table.kind.lifetime, "year")}
    since, until, year = (columns[name] for name in (*table.kind.lifetime, "year"))
    for number, place in enumerate(places.tolist()):
        outgoing = bool(table.start[place] == row)
        event = Event(
            table.kind.label,
            table.kind.words,
            outgoing,
            NodeIndex(int((table.end if outgoing else table.start)[place])),
            since[number],
            until[number],
            year[number],
            value=known(float(table["value"][place])) if "value" in table.arrays else None,
            product=_row(table, "product", place),
            source=_row(table, "source", place),
            active=holds[number],
            place=KindIndex(place),
        )
        yield event
        if table.start[place] == table.end[place]:
            yield replace(event, outgoing=False)


def _holding(table: EdgeTable, places: Ints, as_of: int) -> list[bool]:
    return valid_in(table, as_of)[places].tolist()


def _years(table: EdgeTable, name: str, places: Ints) -> list[int | None]:
    """Read a column of years, or of dates, as years; None: not stated, or the relation has no such column."""
    if name not in table.arrays:
        return [None] * len(places)
    column: Array = table[name][places]
    if column.dtype.kind == "M":
        dates: list[Any] = column.tolist()
        return [None if moment is None else moment.year for moment in dates]
    return [None if year == MISSING else year for year in column.tolist()]


def _row(table: EdgeTable, name: str, place: int) -> NodeIndex | None:
    row = int(table[name][place]) if name in table.arrays else -1
    return None if row < 0 else NodeIndex(row)
