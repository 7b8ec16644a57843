"""Check-ups: towns held against recognition standards, and standards and benefits in words."""

from collections.abc import Callable, Iterable
from itertools import islice
from math import isfinite
from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.errors import BadInput
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.snapshot import Snapshot
from queries.standards.checkup import Checkup, Checkups, checkup, checkups, try_standard
from queries.standards.documents import StandardClass, benefit_words, class_of, standard_words
from queries.standards.measures import LeftOut, Reading, listed_out, size
from queries.standards.measures.intervals import Reasons
from queries.standards.places import CountedAt
from queries.standards.verdicts import CheckupCondition, Outcome
from schema.language.connection import AsOf, RealOnly
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.nodes import TYPES, Named, Node, entity
from schema.language.publish import Shown, published, type_of
from schema.language.question import Argument, Question

MOST = 500
First = Annotated[int, strawberry.argument(description="取前几个，1–500，默认 50；总数见相应的计数")]


def _checked(first: int) -> int:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    return first


def _of_reading(words: str, shown: object, get: Callable[[Reading], object], nothing: object = None) -> Field:
    """Make a field of what a condition found; `all`, `any` and `not` have none."""

    def resolve(root: Shown[CheckupCondition]) -> object:
        return nothing if root.found.reading is None else get(root.found.reading)

    return strawberry.field(resolve, graphql_type=shown, description=words)


def _listed(words: str, kind: type, get: Callable[[Reading], Iterable[NodeIndex]]) -> Field:
    """Make a field that lists nodes of a condition, as many as asked."""

    def resolve(root: Shown[CheckupCondition], first: First = 50) -> list[object]:
        asked, found = _checked(first), root.found.reading
        return [] if found is None else [entity(root.snapshot, row) for row in islice(get(found), asked)]

    return strawberry.field(resolve, graphql_type=list[kind], description=words)


def _left_out(words: str, get: Callable[[Reading], Reasons]) -> Field:
    """Make a field that lists what was looked at, as many as asked, each with its reason."""
    made = type_of(LeftOut)

    def resolve(root: Shown[CheckupCondition], first: First = 50) -> list[Shown[LeftOut]]:
        asked, found = _checked(first), root.found.reading
        listed = () if found is None else islice(listed_out(get(found)), asked)
        return [made(one, root.snapshot) for one in listed]

    return strawberry.field(resolve, graphql_type=list[made], description=words)


def _low(found: Reading) -> float | None:
    return found.low if found.options is None else None


def _high(found: Reading) -> float | None:
    return found.high if found.options is None and isfinite(found.high) else None


def _organisations(root: Shown[CountedAt], first: First = 50) -> list[object]:
    return [entity(root.snapshot, row) for row in root.found.organisations[: _checked(first)]]


ORGANISATION = TYPES["Organisation"]
published(
    CountedAt,
    organisations=strawberry.field(
        _organisations, graphql_type=list[ORGANISATION], description="主体；总数见 count"
    ),
)
published(
    CheckupCondition,
    low=_of_reading("所得的下限（数值的单位）；空为不是数值", float | None, _low),
    high=_of_reading("所得的上限；空为没有上限，或不是数值", float | None, _high),
    estimate=_of_reading("只按已知部分算得的值；空为无须另算", float | None, lambda found: found.estimate),
    options=_of_reading(
        "可能的档次、类别或是否；数值没有",
        list[str],
        lambda found: [str(option) for option in found.options or ()],
        [],
    ),
    counted_count=_of_reading("计入的个数", int, lambda found: len(found.counted), 0),
    counted=_listed("计入者", Named, lambda found: nodes_of(found.counted)),
    uncertain_count=_of_reading("可能计入的个数", int, lambda found: size(found.uncertain), 0),
    uncertain=_left_out("可能计入、尚待核实者及所缺", lambda found: found.uncertain),
    left_out_count=_of_reading("看过而未计入的个数", int, lambda found: size(found.left_out), 0),
    left_out=_left_out("看过而未计入者及原因", lambda found: found.left_out),
    claims=_listed("所用的事实", TYPES["Claim"], lambda found: found.claims),
    missing_facts=_of_reading("使所得不确定的未知事实", list[str], lambda found: [*found.lacking], []),
)
FIRST = Argument(int, "取前几个镇，1–500", 20)
STANDARD = Argument(
    strawberry.ID | None, "用于认定的标准；空为专业镇所在省当年施行的那一个，没有或不止一个时报错并列出", None
)
QUESTIONS = (
    Question(
        "checkup",
        "体检：本镇是否达到一个认定标准，逐项列出差多少、计入与未计入者",
        checkup,
        Checkup,
        on="Town",
        arguments={"standard": STANDARD},
    ),
    Question(
        "checkups",
        "体检：各镇是否达到一个认定标准，最接近通过者在前",
        checkups,
        Checkups,
        arguments={
            "standard": STANDARD,
            "outcome": Argument(enum_type(Outcome) | None, "只列此结果者；空为全部", None),
            "first": FIRST,
        },
        weight=50,
    ),
    Question(
        "tryStandard",
        "试用认定标准草案：不存入，各镇或一镇的结果；有误时逐处指出",
        try_standard,
        Checkups,
        arguments={
            "criteria": Argument(str, '条件（JSON）：{"criteria": …, "prefer": …}'),
            "town": Argument(strawberry.ID | None, "只看此镇；空为全部", None),
            "first": FIRST,
        },
        weight=50,
    ),
)


def _words(ask: Callable[[Snapshot, str], str | None], words: str) -> Field:
    async def resolve(root: Node, info: Info) -> str | None:
        return await info.context.analyse(ask, str(root.id))

    return strawberry.field(resolve, name="inWords", description=words)


def _class_of(kind: str) -> Field:
    made = type_of(StandardClass)

    async def resolve(
        root: Node,
        info: Info,
        standard: Annotated[strawberry.ID, strawberry.argument(description="用于分档的标准")],
        as_of: AsOf = None,
        real_only: RealOnly = False,  # noqa: FBT002 - an argument
    ) -> Shown[StandardClass]:
        year = info.context.year(as_of)
        snapshot = await info.context.showing(real_only=real_only, owner=root.snapshot)
        found = await info.context.analyse_of(
            snapshot, class_of, str(root.id), as_of=year, standard=str(standard)
        )
        return made(found, snapshot)

    words = f"按一个分档标准，此{kind}属于哪一档；数据不足时列出各种可能"
    return strawberry.field(resolve, graphql_type=made | None, name="classOf", description=words)


STANDARD_FIELDS = {"inWords": _words(standard_words, "条件、分档或指标的中文全文；空为没有条件")}
BENEFIT_FIELDS = {"inWords": _words(benefit_words, "享受条件的中文全文；空为没有条件")}
TOWN_FIELDS = {"classOf": _class_of("专业镇")}
ORGANISATION_FIELDS = {"classOf": _class_of("主体")}
