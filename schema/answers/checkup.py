"""Check-ups: towns held against recognition standards, and standards and benefits in words."""

from collections.abc import Callable
from itertools import islice
from math import isfinite
from typing import Annotated, Any

import strawberry

from graph.errors import BadInput
from graph.snapshot.csr import Ints
from queries.standards.checkup import checkup, checkups, try_standard
from queries.standards.documents import benefit_words, class_of, standard_words
from queries.standards.measures import Reading, listed_out, size
from queries.standards.verdicts import Form, Outcome, Result
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.members import named_field
from schema.language.method import answer_type
from schema.language.nodes import TYPES, Named
from schema.language.question import Argument, Question
from schema.language.results import entity, node_field, result_field, result_type, results_field, value_field

MOST = 500
OutcomeName: Any = enum_type(Outcome)
FormName: Any = enum_type(Form)
First = Annotated[int, strawberry.argument(description="取前几个，1–500，默认 50；总数见相应的计数")]

type OfReading[T] = Callable[[Reading], T]


def _checked(first: int) -> int:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    return first


def _rows(words: str, get: OfReading[Ints]) -> Any:
    """Make a field that lists nodes of a condition, as many as asked."""

    def resolve(root: Any, first: First = 50) -> Any:
        asked, found = _checked(first), root.found.reading
        return [] if found is None else [entity(root.snapshot, row) for row in get(found)[:asked].tolist()]

    resolve.__annotations__["return"] = list[Named]
    return strawberry.field(resolve, description=words)


def _of_reading(words: str, annotation: Any, get: OfReading[Any], nothing: Any = None) -> Any:
    """Make a field of what a condition found; `all`, `any` and `not` have none."""
    return value_field(words, annotation, lambda one: nothing if one.reading is None else get(one.reading))


LeftOutType = result_type(
    "LeftOut",
    "看过而未计入（或尚不能计入）的对象及原因",
    node=named_field("对象", lambda one: one.row),
    reason=value_field("原因", str, lambda one: one.reason),
)


def _left_out(words: str, get: OfReading[Any]) -> Any:
    def resolve(root: Any, first: First = 50) -> Any:
        asked, found = _checked(first), root.found.reading
        listed: Any = () if found is None else islice(listed_out(get(found)), asked)
        return [LeftOutType(found=one, snapshot=root.snapshot) for one in listed]

    resolve.__annotations__["return"] = list[LeftOutType]
    return strawberry.field(resolve, description=words)


def _parts() -> Any:
    def resolve(root: Any) -> Any:
        return [ConditionType(found=one, snapshot=root.snapshot) for one in root.found.parts]

    resolve.__annotations__["return"] = "list[ConditionType]"
    return strawberry.field(resolve, description="其下各项；单项条件没有")


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None


ShortfallType = result_type(
    "Shortfall",
    "离达到界限还差多少",
    least=value_field("不详者都有利时还差（同数值的单位）", float, lambda one: one.least),
    most=value_field("不详者都不利时还差；空为没有上限", float | None, lambda one: _finite(one.most)),
    words=value_field("中文，如“差 3 户”", str, lambda one: one.words),
    relative=value_field("至少还差的与界限之比；分档与是否为 1", float, lambda one: one.relative),
)


def _shortfall() -> Any:
    def resolve(root: Any) -> Any:
        found = root.found.shortfall
        return None if found is None else ShortfallType(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = ShortfallType | None
    return strawberry.field(resolve, description="差多少；至少满足一项者取最小的；空为已通过，或不是数值")


def _claims_field() -> Any:
    def resolve(root: Any, first: First = 50) -> Any:
        asked, found = _checked(first), root.found.reading
        return [] if found is None else [entity(root.snapshot, row) for row in found.claims[:asked]]

    made: Any = TYPES["Claim"]
    resolve.__annotations__["return"] = list[made]
    return strawberry.field(resolve, description="所用的事实")


ConditionType: Any = result_type(
    "Condition",
    "一项条件的判断：结果、所得、还差多少、计入与未计入者；同时满足、至少满足一项、不得者见其下各项",
    path=value_field("在规则中的位置，如 criteria.all[1]", str, lambda one: one.path),
    form=value_field("种类", FormName, lambda one: one.form),
    outcome=value_field("判断结果", OutcomeName, lambda one: one.outcome),
    condition=value_field("条件", str, lambda one: one.words),
    actual=value_field("所得，中文；空为其下另有各项", str | None, lambda one: one.found),
    low=_of_reading(
        "所得的下限（数值的单位）；空为不是数值",
        float | None,
        lambda found: found.low if found.options is None else None,
    ),
    high=_of_reading(
        "所得的上限；空为没有上限，或不是数值",
        float | None,
        lambda found: _finite(found.high) if found.options is None else None,
    ),
    estimate=_of_reading("只按已知部分算得的值；空为无须另算", float | None, lambda found: found.estimate),
    options=_of_reading(
        "可能的档次、类别或是否；数值没有",
        list[str],
        lambda found: [str(option) for option in found.options or ()],
        [],
    ),
    shortfall=_shortfall(),
    counted_count=_of_reading("计入的个数", int, lambda found: len(found.counted), 0),
    counted=_rows("计入者", lambda found: found.counted),
    doubtful_count=_of_reading("可能计入的个数", int, lambda found: size(found.doubtful), 0),
    doubtful=_left_out("可能计入、尚待核实者及所缺", lambda found: found.doubtful),
    left_out_count=_of_reading("看过而未计入的个数", int, lambda found: size(found.left_out), 0),
    left_out=_left_out("看过而未计入者及原因", lambda found: found.left_out),
    claims=_claims_field(),
    lacking=_of_reading("使所得不确定的未知事实", list[str], lambda found: [*found.lacking], []),
    deciding=value_field(
        "待核时：知道哪些事实即可判断；已有结果者为空", list[str], lambda one: [*one.deciding]
    ),
    parts=_parts(),
)


def _optional(words: str, get: Callable[[Any], Result | None]) -> Any:
    def resolve(root: Any) -> Any:
        found = get(root.found)
        return None if found is None else ConditionType(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = ConditionType | None
    return strawberry.field(resolve, description=words)


FIELDS: dict[str, Any] = {
    "town": node_field("Town", "专业镇", lambda found: found.town),
    "standard": node_field("Standard", "标准；空为草案", lambda found: found.standard, optional=True),
    "outcome": value_field("是否达到认定条件", OutcomeName, lambda found: found.outcome),
    "in_words": value_field("一句话", str, lambda found: found.in_words),
    "distance": value_field("未通过各项相对差距之和；0 为没有未通过者", float, lambda found: found.distance),
    "unknown_conditions": value_field("待核的条件数", int, lambda found: found.unknowns),
    "result": result_field("认定条件", ConditionType, lambda found: found.result),
    "prefer": _optional("优先条件；空为标准没有", lambda found: found.prefer),
    "note": value_field("须一并说明的话；空为没有", str | None, lambda found: found.note),
}
CheckupType = answer_type("Checkup", "体检：本镇是否达到一个认定标准，差什么", **FIELDS)
CheckupRow = result_type("CheckupRow", "一个专业镇的体检", **FIELDS)
CheckupsType = answer_type(
    "Checkups",
    "体检：各专业镇，最接近通过者在前",
    in_words=value_field("标准全文，中文", str, lambda found: found.in_words),
    rows=results_field("各镇", CheckupRow, lambda found: found.rows),
    count=value_field("所问结果的专业镇数", int, lambda found: found.count),
    passed=value_field("通过的镇数", int, lambda found: found.passed),
    failed=value_field("未通过的镇数", int, lambda found: found.failed),
    unknown_count=value_field("待核的镇数", int, lambda found: found.unknown_count),
    note=value_field("须一并说明的话；空为没有", str | None, lambda found: found.note),
)
FIRST = Argument(int, "取前几个镇，1–500", 20)
STANDARD = Argument(strawberry.ID, "用于认定的标准")
QUESTIONS = (
    Question(
        "checkup",
        "体检：本镇是否达到一个认定标准，逐项列出差多少、计入与未计入者",
        checkup,
        CheckupType,
        on="Town",
        arguments={"standard": STANDARD},
    ),
    Question(
        "checkups",
        "体检：各镇是否达到一个认定标准，最接近通过者在前",
        checkups,
        CheckupsType,
        arguments={
            "standard": STANDARD,
            "outcome": Argument(OutcomeName | None, "只列此结果者；空为全部", None),
            "first": FIRST,
        },
    ),
    Question(
        "tryStandard",
        "试用认定标准草案：不存入，各镇或一镇的结果；有误时逐处指出",
        try_standard,
        CheckupsType,
        arguments={
            "criteria": Argument(str, '条件（JSON）：{"criteria": …, "prefer": …}'),
            "town": Argument(strawberry.ID | None, "只看此镇；空为全部", None),
            "first": FIRST,
        },
    ),
)


def _words(ask: Callable[..., Any], words: str) -> Any:
    async def resolve(root: Any, info: Info) -> Any:
        return await info.context.analyse(ask, str(root.id))

    resolve.__annotations__ |= {"return": str | None}
    return strawberry.field(resolve, name="inWords", description=words)


def _class_of(kind: str) -> Any:
    async def resolve(root: Any, info: Info, standard: Any, as_of: AsOf = None) -> Any:
        year = info.context.year(as_of)
        found = await info.context.analyse(class_of, str(root.id), as_of=year, standard=str(standard))
        return ClassType(found=found, snapshot=info.context.snapshot)

    asked = Annotated[strawberry.ID, strawberry.argument(description="用于分档的标准")]
    resolve.__annotations__ |= {"standard": asked, "return": ClassType | None}
    return strawberry.field(
        resolve, name="classOf", description=f"按一个分档标准，此{kind}属于哪一档；数据不足时列出各种可能"
    )


OptionType = result_type(
    "ClassOption",
    "一个可能的档次",
    id=value_field("标识；“-”为不属任何一档", str, lambda pair: pair[0]),
    words=value_field("名称", str, lambda pair: pair[1]),
)
ClassType = result_type(
    "Class",
    "属于哪一档",
    known=value_field("是否只有一种可能", bool, lambda found: len(found.options) == 1),
    options=results_field("可能的档次，从高到低；只有一种即为结论", OptionType, lambda f: f.options),
    lacking=value_field("所缺的事实", list[str], lambda found: [*found.lacking]),
)
STANDARD_FIELDS = {"inWords": _words(standard_words, "条件、分档或指标的中文全文；空为没有条件")}
BENEFIT_FIELDS = {"inWords": _words(benefit_words, "享受条件的中文全文；空为没有条件")}
TOWN_FIELDS = {"classOf": _class_of("专业镇")}
ORGANISATION_FIELDS = {"classOf": _class_of("主体")}
