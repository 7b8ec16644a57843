"""Ledgers as fields: pages of items, what is overdue, what a body or a year has to do, the record."""

from datetime import date
from typing import Annotated, Any

import orjson
import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.errors import BadInput
from graph.kinds.columns import columns
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.stages import BY_LABEL, LEDGERS, Ledger
from graph.kinds.terms import LedgerName, Term
from graph.snapshot.table import cells
from queries.ledgers.items import record as recorded
from queries.ledgers.pages import LedgerPage, Responsibility, Sought, ledger_page, responsibility
from queries.ledgers.plan import Plan, plan
from schema.language.connection import RealOnly
from schema.language.context import Info
from schema.language.cost import weight
from schema.language.enums import enum_type
from schema.language.nodes import TYPES, Named, Node, entity
from schema.language.publish import Asked, Shown, type_of

On = Annotated[
    date | None, strawberry.argument(description="所问之日：逾期与阶段都按此日；空为今天，不晚于今天")
]
LedgerNameType = enum_type(LedgerName)
LedgerType = Annotated[LedgerNameType | None, strawberry.argument(description="只看一个台账；空为全部")]  # type: ignore[valid-type]
Town = Annotated[strawberry.ID | None, strawberry.argument(description="只看一个专业镇")]
Body = Annotated[strawberry.ID | None, strawberry.argument(description="只看一个责任单位")]
FirstRows = Annotated[int, strawberry.argument(description="取前几项，1–500")]
Offset = Annotated[int, strawberry.argument(description="跳过前几项")]
AsOfDay = Annotated[
    int | None, strawberry.argument(description="所问年份：没有 on 时按此年 12 月 31 日，今年及以后按今天")
]
EARLIEST = date(1949, 10, 1)
MOST_ENTRIES = 500
LINK_WORDS = {
    "town": "专业镇",
    "responsible": "责任单位",
    "organisations": "涉及主体",
    "products": "可补环节",
}

PAGE, RESPONSIBILITY, PLAN = type_of(LedgerPage), type_of(Responsibility), type_of(Plan)


def day(on: date | None, as_of: int | None = None) -> date:
    """Take the day that was asked, else the last of the year that was, but none to come; else today."""
    today = date.today()  # noqa: DTZ011 - a day
    if on is None and as_of is not None:
        if as_of < EARLIEST.year:
            raise BadInput(f"asOf：{as_of} 应不早于 {EARLIEST.year}", "asOf")
        return date(as_of, 12, 31) if as_of < today.year else today
    if on is None:
        return today
    if not EARLIEST <= on <= today:
        raise BadInput(f"on：{on} 应在 {EARLIEST} 到今天（{today}）之间", "on")
    return on


def _asked(info: Info, owner: str | None) -> Asked:
    return info._raw_info, owner, None  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - what graphql-core knows


async def _page(  # noqa: PLR0913, PLR0917 - the arguments of a field
    info: Info,
    ledger: LedgerType = None,
    town: Town = None,
    body: Body = None,
    stage: Annotated[
        str | None, strawberry.argument(description="只看一个阶段，如 OPEN；见 ledgerStages")
    ] = None,
    overdue: Annotated[bool | None, strawberry.argument(description="是否已逾期")] = None,
    closed: Annotated[bool | None, strawberry.argument(description="是否已了结")] = None,
    due_from: Annotated[date | None, strawberry.argument(description="期限不早于")] = None,
    due_to: Annotated[date | None, strawberry.argument(description="期限不晚于")] = None,
    on: On = None,
    as_of: AsOfDay = None,
    first: FirstRows = 20,
    offset: Offset = 0,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument of the field
) -> Shown[LedgerPage]:
    """Find items of the ledgers."""
    sought = Sought(ledger, town, body, stage, overdue, closed, due_from, due_to)
    return await _sought(info, sought, day(on, as_of), first, offset, real_only=real_only)


async def _overdue(  # noqa: PLR0913, PLR0917 - the arguments of a field
    info: Info,
    on: On = None,
    as_of: AsOfDay = None,
    ledger: LedgerType = None,
    town: Town = None,
    body: Body = None,
    first: FirstRows = 20,
    offset: Offset = 0,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument of the field
) -> Shown[LedgerPage]:
    """Find what is overdue on a day."""
    sought = Sought(ledger, town, body, overdue=True)
    return await _sought(info, sought, day(on, as_of), first, offset, real_only=real_only)


async def _sought(  # noqa: PLR0913 - what is asked
    info: Info, sought: Sought, on: date, first: int, offset: int, *, real_only: bool
) -> Shown[LedgerPage]:
    snapshot = await info.context.showing(real_only=real_only)
    found = await info.context.analyse_of(snapshot, ledger_page, sought, on=on, first=first, offset=offset)
    return PAGE(found, snapshot, _asked(info, None))


async def _responsibility(  # noqa: PLR0913, PLR0917 - the arguments of a field
    root: Node,
    info: Info,
    on: On = None,
    as_of: AsOfDay = None,
    first: FirstRows = 50,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument of the field
) -> Shown[Responsibility]:
    """Find what a body has to do."""
    snapshot = await info.context.showing(real_only=real_only, owner=root.snapshot)
    found = await info.context.analyse_of(
        snapshot, responsibility, str(root.id), on=day(on, as_of), first=first
    )
    return RESPONSIBILITY(found, snapshot, _asked(info, str(root.id)))


async def _plan(
    root: Node,
    info: Info,
    year: Annotated[int, strawberry.argument(description="年度")],
    on: On = None,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument of the field
) -> Shown[Plan]:
    """Lay out the tasks of a year."""
    snapshot = await info.context.showing(real_only=real_only, owner=root.snapshot)
    found = await info.context.analyse_of(snapshot, plan, str(root.id), year=year, on=day(on))
    return PLAN(found, snapshot, _asked(info, str(root.id)))


@strawberry.type(description="一项变更中的一栏：由何变何")
class LedgerFieldChange:
    """One field of a change."""

    field: str = strawberry.field(description="栏名；town、responsible、organisations、products 为关系")
    words: str = strawberry.field(description="栏名的文字")
    before: str | None = strawberry.field(description="原来的内容；多个以顿号分开；空为没有")
    after: str | None = strawberry.field(description="现在的内容；多个以顿号分开；空为没有")


def _cells(root: Node, name: str) -> dict[str, Any]:
    text = root.table[name][root.place]
    return orjson.loads(text) if text else {}


def _changes(root: Node) -> list[LedgerFieldChange]:
    before, after = _cells(root, "before"), _cells(root, "after")
    about = str(root.table["about"][root.place])
    ledger = next((one for one in LEDGERS if about.startswith(f"{one.kind.prefix}:")), None)
    words = {c.name: c.words.partition("；")[0] for c in columns(ledger.kind)} if ledger else {}
    return [
        LedgerFieldChange(
            field=name,
            words=LINK_WORDS.get(name) or words.get(name, name),
            before=_text(before.get(name)),
            after=_text(after.get(name)),
        )
        for name in dict.fromkeys([*before, *after])
    ]


def _text(value: Any) -> str | None:
    return (
        "、".join(map(str, value)) or None
        if isinstance(value, list)
        else None
        if value is None
        else str(value)
    )


def _item(root: Node) -> Node | None:
    row = root.snapshot.find(str(root.table["about"][root.place]))
    return None if row is None else entity(root.snapshot, row)


def _record(
    root: Node,
    first: Annotated[int, strawberry.argument(description=f"取前几条，1–{MOST_ENTRIES}")] = 100,
    after_version: Annotated[int, strawberry.argument(description="只取此版本之后的")] = 0,
) -> list[Node]:
    """List the entries about an item, the oldest first."""
    if not 1 <= first <= MOST_ENTRIES:
        raise BadInput(f"first：应在 1 到 {MOST_ENTRIES} 之间，所给为 {first}", "first")
    begin = root.snapshot.nodes["LedgerEntry"].first
    entries = [one for one in recorded(root.snapshot).of(str(root.id)) if one.version > after_version]
    return [entity(root.snapshot, begin + one.place) for one in entries[:first]]


def _version(root: Node) -> int:
    return recorded(root.snapshot).version(str(root.id))


@strawberry.type(description="台账允许的一步流转")
class LedgerMove:
    """A step that a ledger allows."""

    start: str = strawberry.field(name="from", description="从哪个阶段")
    to: str = strawberry.field(description="到哪个阶段")
    words: str = strawberry.field(description="这一步叫什么，如 交办")
    reasoned: bool = strawberry.field(description="是否须写明理由")


@strawberry.type(description="台账的一个阶段")
class LedgerStage:
    """A stage of a ledger."""

    stage: str = strawberry.field(description="代码，如 OPEN")
    words: str = strawberry.field(description="文字，如 待办")
    closed: bool = strawberry.field(description="到此即已了结")
    stamps: str | None = strawberry.field(description="到此阶段时填上的日期栏；空为没有")


@strawberry.type(description="一个台账的规则：阶段、允许的流转、日期的先后")
class LedgerRules:
    """The rules of a ledger."""

    ledger: LedgerNameType = strawberry.field(description="台账")  # type: ignore[valid-type]
    kind: str = strawberry.field(description="事项的种类，如 Problem")
    field: str = strawberry.field(description="记阶段的栏，status 或 stage")
    initial: str = strawberry.field(description="登记时的阶段")
    stages: list[LedgerStage] = strawberry.field(description="全部阶段")
    moves: list[LedgerMove] = strawberry.field(description="允许的流转；其余都不允许")


def _rules(ledger: Ledger) -> LedgerRules:
    return LedgerRules(
        ledger=ledger.name,
        kind=ledger.kind.label,
        field=ledger.stage,
        initial=ledger.initial.value,
        stages=[
            LedgerStage(
                stage=one.value,
                words=one.words,
                closed=one in ledger.closed,
                stamps=ledger.stamps.get(one),
            )
            for one in ledger.stages
        ],
        moves=_moves(ledger),
    )


def _moves(ledger: Ledger, start: Term | None = None) -> list[LedgerMove]:
    moves = ledger.moves if start is None else ledger.moves_from(start)
    return [LedgerMove(start=m.start.value, to=m.to.value, words=m.words, reasoned=m.reasoned) for m in moves]


def _stages(ledger: LedgerType = None) -> list[LedgerRules]:
    """List the rules of the ledgers."""
    return [_rules(one) for one in LEDGERS if ledger in (None, one.name)]


def _next(root: Node) -> list[LedgerMove]:
    ledger = BY_LABEL[root.table.kind.label]
    stage_column = next(c for c in columns(ledger.kind) if c.name == ledger.stage)
    (now,) = cells(stage_column, root.table, [root.place], root.snapshot.id_of)
    return _moves(ledger, now)


def item_fields() -> dict[str, Field]:
    """Make the fields that every item of a ledger has beside its own."""
    return {
        "version": strawberry.field(
            _version, description="版本：已记录的变更次数；更改时以 expectedVersion 给出"
        ),
        "record": strawberry.field(
            _record,
            graphql_type=list[TYPES[LedgerEntry.label]],
            description="变更记录，早者在前；总数即 version",
        ),
        "next_moves": strawberry.field(_next, name="nextMoves", description="现在可作的流转"),
    }


ENTRY: dict[str, Field] = {
    "changes": strawberry.field(_changes, name="changes", description="各栏由何变何"),
    "item": strawberry.field(
        _item, graphql_type=Named | None, description="所记的事项；空为登记已撤销，不再在图中"
    ),
}
ORGANISATION: dict[str, Field] = {
    "responsibility": strawberry.field(
        _responsibility,
        graphql_type=RESPONSIBILITY | None,
        name="responsibility",
        description="作为责任单位要办的全部事项：问题、任务、项目、督办、线索，按期限",
        directives=[weight(10)],
    )
}
TOWN: dict[str, Field] = {
    "plan": strawberry.field(
        _plan,
        graphql_type=PLAN | None,
        name="plan",
        description="年度行动计划：任务按季度，完成、逾期、在办",
        directives=[weight(10)],
    )
}
ROOT: dict[str, Field] = {
    "ledger_items": strawberry.field(
        _page,
        graphql_type=PAGE | None,
        name="ledgerItems",
        description="台账事项：按台账、镇、阶段、责任单位、期限，未了结且期限早者在前",
        directives=[weight(10)],
    ),
    "overdue": strawberry.field(
        _overdue,
        graphql_type=PAGE | None,
        name="overdue",
        description="所问之日已逾期的事项：期限已过而当日尚未了结；按日计算，不存",
        directives=[weight(10)],
    ),
    "ledger_stages": strawberry.field(_stages, name="ledgerStages", description="各台账的阶段与允许的流转"),
}
