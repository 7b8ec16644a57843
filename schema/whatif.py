"""What if: every question before and after some edits."""

import re
from collections.abc import Callable, Sequence
from dataclasses import MISSING
from typing import Annotated, Protocol

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.kinds.columns import camel
from graph.kinds.terms import OrganisationForm
from graph.snapshot.snapshot import Snapshot
from queries.whatif.changes import WhatIfChange, changes
from queries.whatif.edits import (
    Close,
    Edit,
    EndSupply,
    Loss,
    Open,
    SetRevenue,
    SetSupply,
    caveat,
    edited,
    losses,
)
from schema.language.connection import AsOf, RealOnly
from schema.language.context import Info
from schema.language.cost import weight
from schema.language.enums import enum_type
from schema.language.nodes import ID, Hint, Named, Node, entity
from schema.language.publish import Shown, type_of
from schema.language.question import Argument, Question, signed

MOST = 1_000

Yuan = float | None


def _input(title: str, words: str, /, **parts: tuple[Hint, str, object]) -> type:
    """Make an input type; a part is its type, its words and its default (`...`: must be given)."""
    spaces: dict[str, object] = {
        "__annotations__": {n: t for n, (t, _, _) in parts.items()},
        "__module__": __name__,
    }
    for part, (_, said, default) in parts.items():
        spaces[part] = strawberry.field(description=said, default=MISSING if default is ... else default)
    return strawberry.input(type(title, (), spaces), description=words)


CloseInput = _input("CloseInput", "关停一个主体", organisation=(ID, "主体", ...))
OpenInput = _input(
    "OpenInput",
    "新设一个主体",
    id=(ID, "标识：org:…，图中没有的", ...),
    name=(str, "名称", ...),
    form=(enum_type(OrganisationForm), "主体形式", OrganisationForm.ENTERPRISE),
    town=(ID | None, "所属专业镇", None),
    region=(ID | None, "所在行政区划", None),
    industry=(ID | None, "主要行业", None),
    makes=(ID | None, "生产的产品", None),
    revenue=(Yuan, "营业收入（元/年）", None),
    takes_over=(
        ID | None,
        "落户的已有主体：它现售予 town 主体的 makes 改由新主体供应；另有改动设定者从其设定。空为全新的主体",
        None,
    ),
)
SetSupplyInput = _input(
    "SetSupplyInput",
    "新增一笔供应，或改其金额",
    seller=(ID, "卖方", ...),
    buyer=(ID, "买方", ...),
    product=(ID, "产品", ...),
    value=(Yuan, "金额（元/年）；空为未计量", None),
)
EndSupplyInput = _input(
    "EndSupplyInput",
    "终止供应",
    seller=(ID, "卖方", ...),
    buyer=(ID, "买方", ...),
    product=(ID | None, "产品；空为全部", None),
)
SetRevenueInput = _input(
    "SetRevenueInput", "改营业收入", organisation=(ID, "主体", ...), value=(float, "营业收入（元/年）", ...)
)
KINDS: dict[str, tuple[type, Callable[..., Edit], str]] = {
    "close": (CloseInput, Close, "关停一个主体"),
    "open": (OpenInput, Open, "新设一个主体"),
    "set_supply": (SetSupplyInput, SetSupply, "新增一笔供应，或改其金额"),
    "end_supply": (EndSupplyInput, EndSupply, "终止供应"),
    "set_revenue": (SetRevenueInput, SetRevenue, "改营业收入"),
}
EditInput = _input(
    "EditInput",
    "一处改动：恰给其中一项",
    **{name: (made | None, words, None) for name, (made, _, words) in KINDS.items()},
)


def read_edits(given: Sequence[object]) -> tuple[Edit, ...]:
    """Read the edits of a query; raises BadInput when one is none of the kinds, or several."""
    found = list[Edit]()
    for place, edit in enumerate(given):
        named = {name: value for name in KINDS if (value := getattr(edit, name)) is not None}
        if len(named) != 1:
            raise BadInput(f"edits[{place}]：应恰给一项，所给为 {len(named)} 项", "edits", str(place))
        ((name, value),) = named.items()
        found.append(KINDS[name][1](**vars(value)))
    return tuple(found)


@strawberry.type(name="WhatIfChange", description="一个变了的数值，单位同其字段")
class Changed:
    """A figure of an answer that the edits change."""

    field: str = strawberry.field(
        description="字段；不指某一对象的行以 [枚举值] 标明，[-] 为未归类",
    )
    about: list[Node] = strawberry.field(graphql_type=list[Named], description="数值所指的对象；空为整个答案")
    before: float | None = strawberry.field(description="改动前；空为不详，或未列入")
    after: float | None = strawberry.field(description="改动后；空为不详，或未列入")
    change: float | None = strawberry.field(description="改动后减改动前；空为其一不详")


def _changed(found: WhatIfChange, snapshots: Sequence[Snapshot]) -> Changed:
    """Show a change; what it is about is shown as it was before the edits, or else as it is after them."""
    places = [next((s, row) for s in snapshots if (row := s.find(id)) is not None) for id in found.about]
    about = [entity(snapshot, row) for snapshot, row in places]
    return Changed(
        field=spelt(found.field), about=about, before=found.before, after=found.after, change=found.change
    )


def spelt(path: str) -> str:
    """Spell the path of a field as GraphQL does.

    >>> spelt("by_form[SOLE_TRADER].loss")
    'byForm[SOLE_TRADER].loss'
    """
    return re.sub(r"\[[^]]*\]|\w+", lambda m: m[0] if m[0].startswith("[") else camel(m[0]), path)


_LOSS = type_of(Loss)


class _Both(Protocol):
    """An answer before and after; None: there is none."""

    found: Sequence[object]
    snapshots: Sequence[Snapshot]


class _Asked(Protocol):
    """What every question of a what-if is asked of."""

    snapshots: Sequence[Snapshot]
    year: int
    edits: Sequence[Edit]


def _side(place: int, words: str, question: Question) -> StrawberryField:
    def resolve(root: _Both) -> Shown[object] | None:
        found = root.found[place]
        return None if found is None else question.shown(found, root.snapshots[place])

    return strawberry.field(resolve, graphql_type=question.shown | None, description=words)


def _changes() -> StrawberryField:
    def resolve(
        root: _Both,
        first: Annotated[int, strawberry.argument(description="取前几个，1–1000")] = 100,
    ) -> list[Changed]:
        if not 1 <= first <= MOST:
            raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
        (before, after), (base, other) = root.found, root.snapshots
        found = changes(before, after, base, other)
        return [_changed(one, root.snapshots) for one in found[:first]]

    return strawberry.field(resolve, description="变了的数值：整个答案的在前，其余变动大者在前")


def compared(question: Question) -> type:
    """Make the type that shows a question's answer before and after."""
    title = f"{question.shown.__name__}Compared"
    parts: dict[str, StrawberryField] = {
        "before": _side(0, "改动前；空为所问对象尚未开设", question),
        "after": _side(1, "改动后；空为所问对象已关停", question),
        "changes": _changes(),
    }
    annotations = {"found": strawberry.Private[object], "snapshots": strawberry.Private[object]}
    made = type(title, (), {"__annotations__": annotations, "__module__": __name__, **parts})
    return strawberry.type(made, description=f"{question.words}：改动前后")


def _compared_field(question: Question, name: str, made: type) -> StrawberryField:
    arguments = dict(question.arguments)
    if question.on is not None:
        arguments = {"id": Argument(ID, "所问对象的标识"), **arguments}

    async def resolve(root: _Asked, info: Info, **given: object) -> _Both:
        owner = (str(given.pop("id")),) if question.on is not None else ()
        missing = [bool(owner) and snapshot.find(*owner) is None for snapshot in root.snapshots]
        both = [
            None
            if gone and not all(missing)
            else await info.context.analyse_of(snapshot, question.ask, *owner, as_of=root.year, **given)
            for snapshot, gone in zip(root.snapshots, missing, strict=True)
        ]
        return made(found=both, snapshots=root.snapshots)

    answer = made | None
    return strawberry.field(
        signed(resolve, arguments, answer, dated=False),
        name=name,
        description=question.words,
        directives=[weight(2 * question.weight)],
    )


def whatif_field(questions: tuple[Question, ...]) -> StrawberryField:
    """Make the field that asks every question before and after some edits."""
    types = dict[str, type]()
    parts = dict[str, StrawberryField]()
    for question in questions:
        title = question.shown.__name__
        types[title] = types.get(title) or compared(question)
        kind = question.on and question.on.lower()
        name = f"{kind}{question.name[0].upper()}{question.name[1:]}" if kind else question.name
        parts[name] = _compared_field(question, name, types[title])

    def year(root: _Asked) -> int:
        return root.year

    async def said(root: _Asked, info: Info) -> str:
        base = root.snapshots[0]
        return await info.context.analyse_of(base, caveat, root.edits, root.year)

    async def lost(root: _Asked, info: Info) -> list[Shown[Loss]]:
        base = root.snapshots[0]
        found = await info.context.analyse_of(base, losses, root.edits, root.year)
        return [_LOSS(one, base) for one in found]

    annotations = {
        "snapshots": strawberry.Private[object],
        "year": strawberry.Private[int],
        "edits": strawberry.Private[object],
    }
    spaces = {
        "__annotations__": annotations,
        "__module__": __name__,
        "as_of": strawberry.field(year, description="所问年份"),
        "caveat": strawberry.field(said, description="使用时须一并告知的话"),
        "losses": strawberry.field(
            lost,
            graphql_type=list[_LOSS],
            description="关停带走的产出、销售与采购（元/年，改动前所知）；没有关停则为空表",
        ),
        **parts,
    }
    made = strawberry.type(type("WhatIf", (), spaces), description="假设情景：同一问题，改动前后；不写入")

    async def resolve(
        info: Info,
        edits: list[object],
        as_of: AsOf = None,
        real_only: RealOnly = False,  # noqa: FBT002 - an argument
    ) -> object:
        asked, at = read_edits(edits), info.context.year(as_of)
        base = await info.context.showing(real_only=real_only)
        other = await info.context.analyse_of(base, edited, asked, at)
        return made(snapshots=(base, other), year=at, edits=asked)

    resolve.__annotations__["edits"] = Annotated[
        list[EditInput], strawberry.argument(description="改动，最多 200 处；依次为关停、终止、新设、新增")
    ]
    return strawberry.field(
        resolve,
        graphql_type=made | None,
        name="whatIf",
        description="假设情景：在快照的副本上改动，问任何一个分析，比较前后；不写入",
        directives=[weight(500)],
    )
