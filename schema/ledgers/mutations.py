"""Mutations of the ledgers: items are created, changed, moved and commented; a change is undone."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, cast

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.edits.ledger_items import LINKS
from graph.edits.ledger_texts import Complaints
from graph.edits.ledger_undo import TakeBack
from graph.edits.ledgers import Advance, Alter, AskedChange, Comment, Create, Made, Wanted
from graph.errors import BadInput, NotFound
from graph.kinds import kind_of
from graph.kinds.stages import BY_LABEL, BY_NAME, LEDGERS, Ledger
from graph.kinds.terms import LedgerName, NoticeStatus, Term
from graph.snapshot.nearest import Missing
from queries.sourcing.frozen import evidence
from schema.answers.ledgers import LINK_WORDS
from schema.language.context import Info
from schema.ledgers.inputs import (
    TODAY,
    VERSION_WORDS,
    NoteArgument,
    NoteInput,
    change_input,
    create_input,
    editable,
    link_names,
    move_input,
    moves_input,
    note_of,
    verb_of,
)
from schema.ledgers.payloads import ANY, BULK, PAYLOADS, Changed


async def _make(info: Info, asked: AskedChange, note: NoteInput | None) -> Made:
    made = await info.context.steward.make(asked, note_of(note))
    info.context.renew(made.write)
    return made


def _given(input: Any, ledger: Ledger) -> dict[str, Any]:
    """Cells that an input fills, by column."""
    found = {c.name: getattr(input, c.field, strawberry.UNSET) for c in editable(ledger)}
    return {name: _plain(value) for name, value in found.items() if value is not strawberry.UNSET}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Term) else value


def _linked(info: Info, input: Any, ledger: Ledger) -> dict[str, list[str]]:
    """Relations that an input gives, by the ids that stand today; raises Unfit for those nobody has."""
    complaints, found = Complaints(), dict[str, list[str]]()
    for name in link_names(ledger):
        given = getattr(input, name, strawberry.UNSET)
        if given is strawberry.UNSET:
            continue
        ids = [given] if name == "town" else (given or [])
        found[name] = [_row(info, LINKS[name].other, str(id), name, complaints) for id in ids if id]
    complaints.settle()
    return found


def _row(info: Info, label: str, id: str, argument: str, complaints: Complaints) -> str:
    snapshot = info.context.snapshot
    try:
        row = info.context.row_of(snapshot, id, argument)
    except (BadInput, NotFound) as error:
        told = error.asked_back() if isinstance(error, Missing) else str(error)
        complaints.add(told.removeprefix(f"{argument}："), argument, code=error.code)
        return id
    kind = snapshot.kind_of(row)
    if kind.label != label:
        complaints.add(f"{id} 是{kind.words}，应为{LINK_WORDS[argument]}的标识", argument)
    return snapshot.id_of(row)


def _argument(kind: type, words: str) -> object:
    return Annotated[kind, strawberry.argument(description=words)]


def _creator(ledger: Ledger) -> Callable[..., Awaitable[Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> Changed:
        return PAYLOADS[ledger.name](await _make(info, await _new(info, ledger, input), note))

    resolve.__annotations__["input"] = _argument(create_input(ledger), "所登记的事项")
    return resolve


async def _new(info: Info, ledger: Ledger, input: Any, stage: Term | None = None) -> Create:
    _ = info.context.steward  # refused before anything is told of the input
    values, links = _given(input, ledger), await asyncio.to_thread(_linked, info, input, ledger)
    today = date.today()  # noqa: DTZ011 - a day
    filled: dict[str, Any] = {name: today for name in TODAY & values.keys() if values[name] is None}
    if values["name"] is None:
        filled["name"] = _called(info, ledger, links)
    if ledger.name is LedgerName.LEAD and links.get("products") and links.get("organisations"):
        filled["evidence"] = await _evidence(info, links)
    return Create(ledger, values, links, stage, filled)


def _called(info: Info, ledger: Ledger, links: Mapping[str, Sequence[str]]) -> str:
    """Name a notice by its town, a lead by its town and what it would make."""
    snapshot = info.context.snapshot
    town = snapshot.name_of(snapshot.row_of(links["town"][0]))
    if ledger.name is LedgerName.NOTICE:
        return f"{town}督办通知书"
    goods = [snapshot.name_of(snapshot.row_of(id)) for id in links.get("products", ())]
    return f"{town}招商线索" + (f"：{'、'.join(goods)}" if goods else "")


async def _evidence(info: Info, links: Mapping[str, Sequence[str]]) -> str:
    """Freeze what the list of candidates says of the first firm and product of a lead."""
    context = info.context
    today = date.today()  # noqa: DTZ011 - a day
    return await context.analyse(
        evidence,
        links["town"][0],
        product=links["products"][0],
        organisation=links["organisations"][0],
        as_of=context.year(None),
        on=today,
    )


def _changer(ledger: Ledger) -> Callable[..., Awaitable[Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> Changed:
        _ = info.context.steward
        links = await asyncio.to_thread(_linked, info, input, ledger)
        wanted = Wanted(str(input.id), input.expected_version)
        asked = Alter(ledger, wanted, _given(input, ledger), links)
        return PAYLOADS[ledger.name](await _make(info, asked, note))

    resolve.__annotations__["input"] = _argument(change_input(ledger), "哪一项，改成什么")
    return resolve


def _mover(ledger: Ledger) -> Callable[..., Awaitable[Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> Changed:
        wanted = [Wanted(str(input.id), input.expected_version)]
        asked = Advance(ledger, wanted, ledger.stages(_plain(input.to)), input.on)
        return PAYLOADS[ledger.name](await _make(info, asked, note))

    resolve.__annotations__["input"] = _argument(move_input(ledger), "哪一项，到哪个阶段")
    return resolve


def _bulk_mover(ledger: Ledger) -> Callable[..., Awaitable[Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> Changed:
        wanted = [Wanted(str(one.id), one.expected_version) for one in input.items]
        asked = Advance(ledger, wanted, ledger.stages(_plain(input.to)), input.on, several=True)
        return BULK[ledger.name](await _make(info, asked, note))

    resolve.__annotations__["input"] = _argument(moves_input(ledger), "哪些事项，到哪个阶段")
    return resolve


@strawberry.input(description="批注一项")
class CommentInput:
    """What is said of an item."""

    id: strawberry.ID = strawberry.field(description="事项的标识")
    text: str = strawberry.field(description="批注，至多 1000 字")
    expected_version: int | None = strawberry.field(default=None, description=VERSION_WORDS)


async def comment_on_item(
    info: Info,
    input: Annotated[CommentInput, strawberry.argument(description="哪一项，批注什么")],
    note: NoteArgument = None,
) -> Changed:
    """Say something of an item."""
    kind = kind_of(input.id)
    ledger = BY_LABEL.get(kind.label) if kind else None
    if ledger is None:
        prefixes = "、".join(f"{one.kind.prefix}:…" for one in LEDGERS)
        raise BadInput(f"id：“{input.id[:60]}”不是台账事项的标识：应形如 {prefixes}", "id")
    asked = Comment(ledger, Wanted(str(input.id), input.expected_version), input.text)
    return ANY(await _make(info, asked, note))


async def undo_ledger_change(
    info: Info,
    entry: Annotated[strawberry.ID, strawberry.argument(description="所撤销的变更记录的标识")],
    note: NoteArgument = None,
) -> Changed:
    """Take back a change."""
    return ANY(await _make(info, TakeBack(str(entry)), note))


async def issue_notice(info: Info, input: Any, note: NoteArgument = None) -> Changed:
    """Write a notice and issue it in one step."""
    ledger = BY_NAME[LedgerName.NOTICE]
    asked = await _new(info, ledger, input, NoticeStatus.ISSUED)
    return PAYLOADS[ledger.name](await _make(info, asked, note))


def ledger_mutations() -> dict[str, Field]:
    """Make the fields of the mutation root that change the ledgers."""
    made: dict[str, Field] = {}
    for ledger in LEDGERS:
        label, what = ledger.kind.label, ledger.kind.words
        plural = ledger.kind.plural[0].upper() + ledger.kind.plural[1:]
        verb = verb_of(ledger).lower()
        create = _creator(ledger)
        if ledger.name is LedgerName.NOTICE:
            issue_notice.__annotations__["input"] = create.__annotations__["input"]
        evident = "；同时给出产品与主体时，冻结其当日在候选者中的一行为依据" if verb == "record" else ""
        draft = "；登记为草稿，下达见 issueNotice、moveNotice" if ledger.name is LedgerName.NOTICE else ""
        for name, resolve, words, payload in (
            (f"{verb}{label}", create, f"登记：{what}{draft}{evident}", PAYLOADS[ledger.name]),
            (
                f"change{label}",
                _changer(ledger),
                f"更改：{what}；阶段以 move{label} 流转",
                PAYLOADS[ledger.name],
            ),
            (f"move{label}", _mover(ledger), f"流转：{what}；允许的见 ledgerStages", PAYLOADS[ledger.name]),
            (
                f"move{plural}",
                _bulk_mover(ledger),
                f"批量流转：{what}；全部成功，或一项不改而逐项说明",
                BULK[ledger.name],
            ),
        ):
            made[name] = strawberry.mutation(
                cast("Any", resolve), graphql_type=payload | None, name=name, description=words
            )
    for name, resolve, words, payload in (
        ("issueNotice", issue_notice, "登记并下达一份督办通知书", PAYLOADS[LedgerName.NOTICE]),
        ("commentOnItem", comment_on_item, "批注：台账任一事项", ANY),
        ("undoLedgerChange", undo_ledger_change, "撤销一次台账变更：须写理由；记录保留并注明已撤销", ANY),
    ):
        made[name] = strawberry.mutation(
            cast("Any", resolve), graphql_type=payload | None, name=name, description=words
        )
    return made
