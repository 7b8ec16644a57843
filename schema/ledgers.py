"""What a steward can change in the ledgers: each of the five has its inputs, its moves and its payloads.

The inputs are made from the vocabulary and the table of stages; a field on a kind is a field of its inputs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, cast

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.edits.ledger_items import LINKS
from graph.edits.ledger_texts import Complaints
from graph.edits.ledger_undo import TakeBack
from graph.edits.ledgers import Advance, Alter, AskedChange, Comment, Create, Made, Note, Wanted
from graph.errors import BadInput, NotFound
from graph.kinds import kind_of
from graph.kinds.columns import Column, columns
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.stages import BY_LABEL, BY_NAME, LEDGERS, Ledger
from graph.kinds.terms import LedgerName, NoticeStatus, Term
from graph.snapshot.nearest import Missing
from queries.sourcing.frozen import evidence
from schema.answers.ledgers import LINK_WORDS
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.nodes import TYPES, Hint, Named, Node, find

_HIDDEN = {"id", "aliases", "synthetic", "evidence"}
_TODAY = {"raisedOn", "recordedOn"}
"""Dates of coming up, which are today's unless another is given."""
ENTRY = TYPES[LedgerEntry.label]
VERSION_WORDS = "所见的版本；事项已有新的变更时不改，以 CONFLICT 给出现在的内容；空为不问版本"


@strawberry.input(description="随变更记下的话")
class NoteInput:
    """What stands beside a change."""

    by: str | None = strawberry.field(default=None, description="经办机构或岗位，如 定襄县工信局；不写人名")
    reason: str | None = strawberry.field(
        default=None, description="理由，至多 1000 字；流转表注明须写理由的必填"
    )
    request_id: str | None = strawberry.field(
        default=None, description="请求标识，由客户端取，至多 100 字：同一标识重发只改一次，答复相同"
    )


NoteArgument = Annotated[NoteInput | None, strawberry.argument(description="经办者、理由与请求标识")]


def _note(given: NoteInput | None) -> Note:
    return Note(given.by, given.reason, given.request_id) if given else Note()


# --- payloads


class _Changed:
    """What a change did, shown from the snapshot that holds it."""

    def __init__(self, made: Made) -> None:
        self.made = made


async def _one(info: Info, id: str) -> Node | None:
    return await find(info, id)


def _payload(ledger: Ledger | None, *, several: bool) -> type[_Changed]:
    """Make the type of what a change of a ledger answers; without a ledger, of any."""
    target = TYPES[ledger.kind.label] if ledger else Named

    async def item(root: _Changed, info: Info) -> Node | None:
        return await _one(info, root.made.items[0])

    async def entry(root: _Changed, info: Info) -> Node | None:
        return await _one(info, root.made.entries[0])

    async def items(root: _Changed, info: Info) -> list[Node | None]:
        return [await _one(info, id) for id in root.made.items]

    async def entries(root: _Changed, info: Info) -> list[Node | None]:
        return [await _one(info, id) for id in root.made.entries]

    def repeated(root: _Changed) -> bool:
        return root.made.repeated

    label = ledger.kind.label if ledger else "LedgerItem"
    one = label[0].lower() + label[1:] if ledger else "item"
    fields: dict[str, Field] = {}
    if several:
        many = ledger.kind.plural if ledger else "items"
        fields[many] = strawberry.field(
            items, graphql_type=list[target | None], name=many, description="改后的事项，次序同所给"
        )
        fields["entries"] = strawberry.field(
            entries, graphql_type=list[ENTRY | None], description="各项的变更记录，次序同所给"
        )
    else:
        words = "改后的事项；空为登记已撤销" if ledger is None else "改后的事项"
        fields[one] = strawberry.field(item, graphql_type=target | None, name=one, description=words)
        fields["entry"] = strawberry.field(entry, graphql_type=ENTRY | None, description="变更记录")
    fields["repeated"] = strawberry.field(
        repeated, graphql_type=bool, description="此 requestId 先前已改过：这次没有再改"
    )
    title = f"{label}{'s' if several else ''}Payload"
    made = type(title, (_Changed,), {"__module__": __name__, **fields})
    strawberry.type(made, description="一次台账变更的结果")
    made.__init__ = _Changed.__init__
    return made


PAYLOADS = {ledger.name: _payload(ledger, several=False) for ledger in LEDGERS}
BULK = {ledger.name: _payload(ledger, several=True) for ledger in LEDGERS}
ANY = _payload(None, several=False)


# --- inputs


def _editable(ledger: Ledger) -> Iterator[Column]:
    """Columns that an office fills; the stage moves, and its dates are stamped."""
    stamped = {*ledger.stamps.values(), ledger.stage}
    return (c for c in columns(ledger.kind) if c.name not in _HIDDEN | stamped)


def _links(ledger: Ledger) -> list[str]:
    return [name for name, link in LINKS.items() if link.joins(ledger.kind)]


def _hint(column: Column) -> Hint:
    return enum_type(column.type) if issubclass(column.type, Term) else column.type


def _input(title: str, words: str, fields: Mapping[str, tuple[Any, Field]]) -> type:
    """Make an input type; each field comes with its type."""
    annotations = {name: hint for name, (hint, _) in fields.items()}
    namespace = {name: field for name, (_, field) in fields.items()}
    made = type(title, (), {"__annotations__": annotations, "__module__": __name__, **namespace})
    return strawberry.input(made, description=words)


def _link_field(name: str, *, creating: bool) -> tuple[Any, Field]:
    words = LINK_WORDS[name] + "的标识" + ("" if name == "town" else "；主体也可给统一社会信用代码")
    if name == "town":
        if creating:
            return strawberry.ID, strawberry.field(description=words)
        return strawberry.ID | None, strawberry.field(default=strawberry.UNSET, description=words)
    hint = list[strawberry.ID] | None
    told = words + ("" if creating else "；给出即为全部，未列者不再是")
    return hint, strawberry.field(default=strawberry.UNSET, description=told)


def _create_input(ledger: Ledger) -> type:
    fields: dict[str, tuple[Any, Field]] = {}
    for column in _editable(ledger):
        hint = _hint(column)
        if column.optional or column.name in _TODAY or _named(ledger, column):
            told = column.words + ("；空为今天" if column.name in _TODAY else "")
            told += "；空为按镇与环节取名" if _named(ledger, column) else ""
            fields[column.field] = (
                hint | None,
                strawberry.field(default=None, name=column.name, description=told),
            )
        else:
            fields[column.field] = (hint, strawberry.field(name=column.name, description=column.words))
    fields |= {name: _link_field(name, creating=True) for name in _links(ledger)}
    return _input(f"{_verb(ledger)}{ledger.kind.label}Input", f"登记一项：{ledger.kind.words}", fields)


def _change_input(ledger: Ledger) -> type:
    fields: dict[str, tuple[Any, Field]] = {"id": _ID_FIELD, "expected_version": _VERSION_FIELD}
    for column in _editable(ledger):
        fields[column.field] = (
            _hint(column) | None,
            strawberry.field(
                default=strawberry.UNSET, name=column.name, description=f"{column.words}；不给为不改"
            ),
        )
    fields |= {name: _link_field(name, creating=False) for name in _links(ledger)}
    return _input(f"Change{ledger.kind.label}Input", f"更改一项：{ledger.kind.words}", fields)


def _move_input(ledger: Ledger) -> type:
    fields: dict[str, tuple[Any, Field]] = {
        "id": _ID_FIELD,
        "to": (enum_type(ledger.stages), strawberry.field(description="到哪个阶段：须为流转表所允许")),
        "on": _ON_FIELD,
        "expected_version": _VERSION_FIELD,
    }
    return _input(f"Move{ledger.kind.label}Input", f"流转一项：{ledger.kind.words}", fields)


def _moves_input(ledger: Ledger) -> type:
    fields: dict[str, tuple[Any, Field]] = {
        "items": (
            list[ItemVersionInput],
            strawberry.field(description="哪些事项，1–100 项：全部流转，或一项也不"),
        ),
        "to": (enum_type(ledger.stages), strawberry.field(description="到哪个阶段：须为流转表所允许")),
        "on": _ON_FIELD,
    }
    plural = ledger.kind.plural[0].upper() + ledger.kind.plural[1:]
    return _input(f"Move{plural}Input", f"流转若干项：{ledger.kind.words}", fields)


_ID_FIELD = (strawberry.ID, strawberry.field(description="事项的标识"))
_VERSION_FIELD = (int | None, strawberry.field(default=None, description=VERSION_WORDS))
_ON_FIELD = (
    date | None,
    strawberry.field(default=None, description="发生之日，不晚于今天；空为今天；解决、下达的日期按此填"),
)


@strawberry.input(description="要流转的一项")
class ItemVersionInput:
    """An item that is to move."""

    id: strawberry.ID = strawberry.field(description="事项的标识")
    expected_version: int | None = strawberry.field(default=None, description=VERSION_WORDS)


def _verb(ledger: Ledger) -> str:
    return "Record" if ledger.name is LedgerName.LEAD else "Create"


def _named(ledger: Ledger, column: Column) -> bool:
    """Whether the name may be left out: notices and leads are called by their town, and what they fill."""
    return column.name == "name" and ledger.name in (LedgerName.LEAD, LedgerName.NOTICE)


# --- mutations


async def _make(info: Info, asked: AskedChange, note: NoteInput | None) -> Made:
    made = await info.context.steward.make(asked, _note(note))
    info.context.renew(made.write)
    return made


def _given(input: Any, ledger: Ledger) -> dict[str, Any]:
    """Cells that an input fills, by column."""
    found = {c.name: getattr(input, c.field, strawberry.UNSET) for c in _editable(ledger)}
    return {name: _plain(value) for name, value in found.items() if value is not strawberry.UNSET}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Term) else value


def _linked(info: Info, input: Any, ledger: Ledger) -> dict[str, list[str]]:
    """Relations that an input gives, by the ids that stand today; raises Unfit for those nobody has."""
    complaints, found = Complaints(), dict[str, list[str]]()
    for name in _links(ledger):
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


def _creator(ledger: Ledger) -> Callable[..., Awaitable[_Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> _Changed:
        return PAYLOADS[ledger.name](await _make(info, await _new(info, ledger, input), note))

    resolve.__annotations__["input"] = _argument(_create_input(ledger), "所登记的事项")
    return resolve


async def _new(info: Info, ledger: Ledger, input: Any, stage: Term | None = None) -> Create:
    _ = info.context.steward  # refused before anything is told of the input
    values, links = _given(input, ledger), await asyncio.to_thread(_linked, info, input, ledger)
    today = date.today()  # noqa: DTZ011 - a day
    filled: dict[str, Any] = {name: today for name in _TODAY & values.keys() if values[name] is None}
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


def _changer(ledger: Ledger) -> Callable[..., Awaitable[_Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> _Changed:
        _ = info.context.steward
        links = await asyncio.to_thread(_linked, info, input, ledger)
        wanted = Wanted(str(input.id), input.expected_version)
        asked = Alter(ledger, wanted, _given(input, ledger), links)
        return PAYLOADS[ledger.name](await _make(info, asked, note))

    resolve.__annotations__["input"] = _argument(_change_input(ledger), "哪一项，改成什么")
    return resolve


def _mover(ledger: Ledger) -> Callable[..., Awaitable[_Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> _Changed:
        wanted = [Wanted(str(input.id), input.expected_version)]
        asked = Advance(ledger, wanted, ledger.stages(_plain(input.to)), input.on)
        return PAYLOADS[ledger.name](await _make(info, asked, note))

    resolve.__annotations__["input"] = _argument(_move_input(ledger), "哪一项，到哪个阶段")
    return resolve


def _bulk_mover(ledger: Ledger) -> Callable[..., Awaitable[_Changed]]:
    async def resolve(info: Info, input: Any, note: NoteArgument = None) -> _Changed:
        wanted = [Wanted(str(one.id), one.expected_version) for one in input.items]
        asked = Advance(ledger, wanted, ledger.stages(_plain(input.to)), input.on, several=True)
        return BULK[ledger.name](await _make(info, asked, note))

    resolve.__annotations__["input"] = _argument(_moves_input(ledger), "哪些事项，到哪个阶段")
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
) -> _Changed:
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
) -> _Changed:
    """Take back a change."""
    return ANY(await _make(info, TakeBack(str(entry)), note))


async def issue_notice(info: Info, input: Any, note: NoteArgument = None) -> _Changed:
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
        verb = _verb(ledger).lower()
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
