"""Inputs of changes to the ledgers, made from the vocabulary and the table of stages.

A field on a kind is a field of its inputs.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.edits.ledger_items import LINKS
from graph.edits.ledgers import Note
from graph.kinds.columns import Column, columns
from graph.kinds.stages import Ledger
from graph.kinds.terms import LedgerName, Term
from schema.answers.ledgers import LINK_WORDS
from schema.language.enums import enum_type
from schema.language.nodes import Hint

_HIDDEN = {"id", "aliases", "synthetic", "evidence"}
TODAY = {"raisedOn", "recordedOn"}
"""Dates of coming up, which are today's unless another is given."""
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


def note_of(given: NoteInput | None) -> Note:
    """Tell what stands beside a change."""
    return Note(given.by, given.reason, given.request_id) if given else Note()


def editable(ledger: Ledger) -> Iterator[Column]:
    """Columns that an office fills; the stage moves, and its dates are stamped."""
    stamped = {*ledger.stamps.values(), ledger.stage}
    return (c for c in columns(ledger.kind) if c.name not in _HIDDEN | stamped)


def link_names(ledger: Ledger) -> list[str]:
    """Name the relations that an item of a ledger may have."""
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


def create_input(ledger: Ledger) -> type:
    """Make the input that registers an item."""
    fields: dict[str, tuple[Any, Field]] = {}
    for column in editable(ledger):
        hint = _hint(column)
        if column.optional or column.name in TODAY or may_be_unnamed(ledger, column):
            told = column.words + ("；空为今天" if column.name in TODAY else "")
            told += "；空为按镇与环节取名" if may_be_unnamed(ledger, column) else ""
            fields[column.field] = (
                hint | None,
                strawberry.field(default=None, name=column.name, description=told),
            )
        else:
            fields[column.field] = (hint, strawberry.field(name=column.name, description=column.words))
    fields |= {name: _link_field(name, creating=True) for name in link_names(ledger)}
    return _input(f"{verb_of(ledger)}{ledger.kind.label}Input", f"登记一项：{ledger.kind.words}", fields)


def change_input(ledger: Ledger) -> type:
    """Make the input that changes fields of an item."""
    fields: dict[str, tuple[Any, Field]] = {"id": _ID_FIELD, "expected_version": _VERSION_FIELD}
    for column in editable(ledger):
        fields[column.field] = (
            _hint(column) | None,
            strawberry.field(
                default=strawberry.UNSET, name=column.name, description=f"{column.words}；不给为不改"
            ),
        )
    fields |= {name: _link_field(name, creating=False) for name in link_names(ledger)}
    return _input(f"Change{ledger.kind.label}Input", f"更改一项：{ledger.kind.words}", fields)


def move_input(ledger: Ledger) -> type:
    """Make the input that moves an item to a stage."""
    fields: dict[str, tuple[Any, Field]] = {
        "id": _ID_FIELD,
        "to": (enum_type(ledger.stages), strawberry.field(description="到哪个阶段：须为流转表所允许")),
        "on": _ON_FIELD,
        "expected_version": _VERSION_FIELD,
    }
    return _input(f"Move{ledger.kind.label}Input", f"流转一项：{ledger.kind.words}", fields)


def moves_input(ledger: Ledger) -> type:
    """Make the input that moves several items to one stage."""
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


def verb_of(ledger: Ledger) -> str:
    """Say how an item comes to be: leads are recorded, the others created."""
    return "Record" if ledger.name is LedgerName.LEAD else "Create"


def may_be_unnamed(ledger: Ledger, column: Column) -> bool:
    """Whether the name may be left out: notices and leads are called by their town, and what they fill."""
    return column.name == "name" and ledger.name in (LedgerName.LEAD, LedgerName.NOTICE)
