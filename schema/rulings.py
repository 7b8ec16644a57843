"""What a steward can change: which figure counts, which row is wrong, who is the same; what is taken back.

And whether whoever asks is one.
"""

from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField

from graph.edits.neighbourhood import Place
from graph.edits.rulings import Asked, Correct, Grounds, Merge, Pin, Retract, SetApart
from graph.errors import BadInput
from graph.kinds import kind_of
from graph.kinds.facts import Load, Ruling
from schema.language.context import Info, WriteRefusal
from schema.language.enums import enum_type
from schema.language.nodes import TYPES, Node, find

Reason = Annotated[str, strawberry.argument(description="理由和依据，必填，至多 1000 字")]
By = Annotated[str | None, strawberry.argument(description="经办机构或岗位，如 定襄县工信局；不写人名")]
Claim = Annotated[strawberry.ID, strawberry.argument(description="选定的事实的标识")]


@strawberry.input(name="RowInput", description="图中的一行：对象给 id；关系给 relation、from、to")
class RowInput:
    """Which row is meant."""

    id: strawberry.ID | None = strawberry.field(default=None, description="对象（含事实）的标识")
    relation: str | None = strawberry.field(default=None, description="关系种类，如 SUPPLIES、MEMBER_OF")
    start: strawberry.ID | None = strawberry.field(default=None, name="from", description="起点的标识")
    end: strawberry.ID | None = strawberry.field(default=None, name="to", description="终点的标识")
    key: str | None = strawberry.field(
        default=None, description="同起点、终点有几条时的键，如 product:flange|2024|source:x；只有一条时不填"
    )

    @property
    def place(self) -> Place:
        """Say it to the steward."""
        named = (self.id, self.relation, self.start, self.end)
        whole = all(part is not None for part in named[1:])
        if (self.id is None) != whole or (self.id is not None and any(named[1:])):
            raise BadInput("row：应只给 id，或同时给 relation、from、to", "row")
        return Place(self.id, self.relation, self.start, self.end, self.key)


@strawberry.input(name="CellInput", description="一个单元格的新内容")
class CellInput:
    """What a cell should hold."""

    column: str = strawberry.field(description="列名，与表格相同，如 value、closedOn")
    text: str = strawberry.field(description="新内容，写法与表格相同，如 2.3、2024-12-31；空文字为改成不详")


@strawberry.type(description="一次裁定（或其撤销）的结果")
class Ruled:
    """What a ruling did."""

    lines: list[str] = strawberry.field(description="做了什么")
    ruling_id: strawberry.Private[str]

    @strawberry.field(graphql_type=TYPES[Ruling.label] | None, description="裁定的记录")
    async def ruling(self, info: Info) -> Node | None:
        """Find its record."""
        return await find(info, self.ruling_id)


async def _ruled(info: Info, asked: Asked, reason: str, by: str | None) -> Ruled:
    made = await info.context.steward.rule(asked, Grounds(reason, by))
    info.context.renew(made.write)
    return Ruled(lines=list(made.lines()), ruling_id=made.ruling)


async def pin_claim(info: Info, claim: Claim, reason: Reason, by: By = None) -> Ruled | None:
    """Let one claim count among its rivals."""
    return await _ruled(info, Pin(claim), reason, by)


async def correct_row(
    info: Info,
    row: Annotated[RowInput, strawberry.argument(description="更正哪一行")],
    cells: Annotated[list[CellInput], strawberry.argument(description="改成什么")],
    reason: Reason,
    by: By = None,
) -> Ruled | None:
    """Write some cells of a row."""
    texts = {cell.column: cell.text for cell in cells}
    if len(texts) < len(cells):
        raise BadInput("cells：同一列给了两次", "cells")
    return await _ruled(info, Correct(row.place, texts), reason, by)


async def retract_row(
    info: Info,
    row: Annotated[RowInput, strawberry.argument(description="撤回哪一行")],
    reason: Reason,
    by: By = None,
) -> Ruled | None:
    """Take a row out."""
    return await _ruled(info, Retract(row.place), reason, by)


async def merge_organisations(
    info: Info,
    drop: Annotated[strawberry.ID, strawberry.argument(description="并入另一个、不再单列的标识")],
    keep: Annotated[strawberry.ID, strawberry.argument(description="保留的标识")],
    reason: Reason,
    by: By = None,
) -> Ruled | None:
    """Let one organisation become another."""
    return await _ruled(info, Merge(drop, keep), reason, by)


async def set_apart(
    info: Info,
    a: Annotated[strawberry.ID, strawberry.argument(description="一个主体的标识")],
    b: Annotated[strawberry.ID, strawberry.argument(description="另一个主体的标识")],
    reason: Reason,
    by: By = None,
) -> Ruled | None:
    """Say that two organisations are not the same."""
    return await _ruled(info, SetApart(a, b), reason, by)


async def undo_ruling(
    info: Info,
    ruling: Annotated[strawberry.ID, strawberry.argument(description="裁定的标识")],
    reason: Annotated[
        str | None, strawberry.argument(description="撤销的理由和依据，至多 1000 字；空为不记")
    ] = None,
    by: By = None,
) -> Ruled | None:
    """Take a ruling back."""
    _of(Ruling, ruling, "ruling")
    grounds = None if reason is None and by is None else Grounds(reason or "", by)
    undone = await info.context.steward.undo(ruling, grounds)
    info.context.renew(undone.write)
    return Ruled(lines=list(undone.lines()), ruling_id=undone.owner)


def _of(kind: type[Ruling | Load], id: str, argument: str) -> None:
    if kind_of(id) is not kind:
        words = kind.words.partition("：")[0]
        raise BadInput(f"{argument}：“{id[:60]}”应为{words}的标识", argument)


@strawberry.type(description="撤销一次装载的结果")
class LoadUndone:
    """What the undo of a load did."""

    lines: list[str] = strawberry.field(description="做了什么")
    removed: int = strawberry.field(description="删去的行数：只由这次装载带来的")
    restored: int = strawberry.field(description="恢复原样的行数")
    load_id: strawberry.Private[str]

    @strawberry.field(graphql_type=TYPES[Load.label] | None, description="装载的记录")
    async def load(self, info: Info) -> Node | None:
        """Find its record."""
        return await find(info, self.load_id)


async def undo_load(
    info: Info,
    load: Annotated[strawberry.ID, strawberry.argument(description="装载的标识")],
    reason: Reason,
    by: By = None,
) -> LoadUndone | None:
    """Take a load back."""
    steward = info.context.steward
    _of(Load, load, "load")
    undone = await steward.undo(load, Grounds(reason, by))
    info.context.renew(undone.write)
    return LoadUndone(
        lines=list(undone.lines()), removed=undone.removed, restored=undone.restored, load_id=undone.owner
    )


_MUTATIONS = (
    (pin_claim, "选定：几个数值相争时以这一条为准（至其中最新年份；以后年份的新数值仍按规则采用）"),
    (correct_row, "更正一行的若干单元格：检查与装载相同；再装载旧表不会改回"),
    (retract_row, "撤回一行：不再作数，留在裁定记录中；再装载旧表不会重新写入"),
    (merge_organisations, "合并两个主体：关系与事实转到保留方，旧标识仍能查到保留方"),
    (set_apart, "裁定两个主体不是同一家：不再提示合并"),
    (undo_ruling, "撤销一次裁定：各行恢复原样；之后又改动过的须先撤销后来的改动"),
    (
        undo_load,
        "撤销一次装载：它带来的行删去，它改动的行恢复原样；之后又改动或用到同样的行的，须先撤销后来的",
    ),
)


enum_type(WriteRefusal)


@strawberry.type(description="此次请求能否写入：装载、裁定、台账")
class Viewer:
    """What whoever asks may do."""

    may_write: bool = strawberry.field(description="能否写入")
    why_not: str | None = strawberry.field(description="不能写入的原因及怎样才能；空为能")
    refusal: WriteRefusal | None = strawberry.field(
        description="不能写入的缘由属于哪一种：是设置未开放，还是只差口令；空为能"
    )


def viewer(info: Info) -> Viewer:
    """Say whether this request may write."""
    if (found := info.context.may_not_write) is None:
        return Viewer(may_write=True, why_not=None, refusal=None)
    return Viewer(may_write=False, why_not=found.words, refusal=found.refusal)


ROOT = {"viewer": strawberry.field(viewer, description="提问者：能否写入")}


def mutation_fields() -> dict[str, StrawberryField]:
    """Make the fields of the mutation root."""
    return {
        resolve.__name__: strawberry.mutation(resolve, description=words) for resolve, words in _MUTATIONS
    }
