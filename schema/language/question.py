"""Questions over the snapshot as fields: each says how it was computed, and how to ask it again.

A `Question` joins a pure function of `queries/` to the type of its answer. The same object makes the field on
its kind, or at the root, and its place in a what-if. Modules of `schema/answers` declare them as `QUESTIONS`.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import orjson
import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from queries.answer import Method
from queries.parameters import said, words_of
from queries.provenance import Provenance, Rows, provenance
from schema.language.connection import AsOf, RealOnly
from schema.language.context import Info
from schema.language.cost import weight
from schema.language.nodes import TYPES, Hint, Node, entity
from schema.language.publish import Shown, published, type_of
from schema.language.reproduce import reproduced
from schema.language.snapshots import SnapshotInfo, told


@strawberry.type(description="一个参数及其取值（含默认值）")
class Parameter:
    """A parameter of an analysis."""

    name: str = strawberry.field(description="参数名")
    words: str = strawberry.field(description="参数的中文名")
    value: str = strawberry.field(description="取值（JSON）")
    value_in_words: str = strawberry.field(description="取值，给人看的写法；未给的为“（未限定）”")


def _parameters(root: Shown[Method]) -> list[Parameter]:
    given = sorted(root.found.parameters.items())
    return [
        Parameter(
            name=name, words=words_of(name), value=orjson.dumps(value).decode(), value_in_words=said(value)
        )
        for name, value in given
    ]


def _snapshot(root: Shown[Method]) -> SnapshotInfo:
    return told(root.found.snapshot or root.snapshot.origin, root.snapshot)


async def _provenance(root: Shown[Method], info: Info) -> Shown[Provenance] | None:
    used = root.found.used
    if used is None:
        return None
    found = await info.context.analyse_of(root.snapshot, _rests_on, used, root.found.as_of)
    return type_of(Provenance)(found, root.snapshot)


def _rests_on(snapshot: Snapshot, used: Callable[[], Rows], as_of: int) -> Provenance:
    return provenance(snapshot, used(), as_of)


def _sources(
    root: Shown[Provenance],
    first: Annotated[int, strawberry.argument(description="取前几个，1–500")] = 20,
) -> list[Node]:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    return [entity(root.snapshot, row) for row in root.found.sources[:first]]


def _query(root: Shown[Method]) -> str | None:
    real_only = root.snapshot.left_out is not None
    return None if root.asked is None else reproduced(*root.asked, real_only=real_only)


MOST = 500
SOURCE = TYPES["Source"]
published(
    Provenance,
    sources=strawberry.field(
        _sources, graphql_type=list[SOURCE], description="来源，所出行数多者在前；总数见 sourceCount"
    ),
)
published(
    Method,
    snapshot=strawberry.field(_snapshot, description="所依据的快照"),
    parameters=strawberry.field(_parameters, description="全部参数"),
    provenance=strawberry.field(
        _provenance,
        graphql_type=type_of(Provenance) | None,
        description="所依据的事实与关系，及其中的虚构样例；空为此答案不由行算出",
    ),
    query=strawberry.field(_query, description="重现此答案的查询；空为无（如假设情景之内）"),
)


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a question: its type, its words, its default; `...` when it must be given."""

    type: object
    words: str
    default: object = ...
    name: str | None = None
    """By which it is asked, where Python can't spell it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: a function of the snapshot, and the type that shows its answer.

    The function is called as `ask(snapshot, id, as_of=year, **arguments)`, without the id when `on` is None.
    """

    name: str
    words: str
    ask: Callable[..., object]
    answer: type
    """Class of its results."""
    on: str | None = None
    """The kind whose nodes are asked; None: asked at the root."""
    arguments: Mapping[str, Argument] = field(default_factory=dict[str, Argument])
    weight: int = 10
    """What asking it costs, in objects: a lookup of one is 1."""
    what_if: bool = True
    """Whether it is asked before and after edits too; not what is asked of the records themselves."""

    @property
    def shown(self) -> type[Shown[object]]:
        """Type that shows its answer."""
        return type_of(self.answer)

    def field(self) -> StrawberryField:
        """Make the field."""
        shown = self.shown

        async def resolve(
            root: Node,
            info: Info,
            as_of: int | None = None,
            real_only: bool = False,  # noqa: FBT001, FBT002 - an argument of the field
            **arguments: object,
        ) -> Shown[object]:
            year = info.context.year(as_of)
            owner = () if self.on is None else (str(root.id),)
            of = root.snapshot if owner else None
            snapshot = await info.context.showing(real_only=real_only, owner=of)
            if owner and snapshot.left_out is not None:
                info.context.row_of(snapshot, *owner, "id")
            found = await info.context.analyse_of(snapshot, self.ask, *owner, as_of=year, **arguments)
            raw = info._raw_info  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - what graphql-core knows
            asked = (raw, next(iter(owner), None), year)
            return shown(found=found, snapshot=snapshot, asked=asked)

        return strawberry.field(
            signed(resolve, self.arguments, shown | None),
            name=self.name,
            description=self.words,
            directives=[weight(self.weight)],
        )


def signed[F: Callable[..., object]](
    resolve: F, arguments: Mapping[str, Argument], answer: Hint, *, dated: bool = True
) -> F:
    """Give a resolver the signature that its arguments make."""
    kind = inspect.Parameter.KEYWORD_ONLY
    types = {
        n: Annotated[a.type, strawberry.argument(description=a.words, name=a.name)]
        for n, a in arguments.items()
    }
    defaults = {n: a.default for n, a in arguments.items()}
    if dated:
        types["as_of"], defaults["as_of"] = AsOf, None
        types["real_only"], defaults["real_only"] = RealOnly, False
    parameters = [
        inspect.Parameter(
            n, kind, annotation=t, default=inspect.Parameter.empty if defaults[n] is ... else defaults[n]
        )
        for n, t in types.items()
    ]
    first = [
        inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
    ]
    signed: Any = resolve
    signed.__signature__ = inspect.Signature([*first, *parameters], return_annotation=answer)
    signed.__annotations__ = {"info": Info, **types, "return": answer}
    return resolve
