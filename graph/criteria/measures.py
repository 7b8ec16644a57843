"""What a rule may measure: every measure's name, words, unit, subject and parameters, a closed list.

The functions that compute them are in `queries/standards/measures/`, one to each name.
"""

from dataclasses import dataclass, replace
from enum import Enum
from math import inf

from graph.kinds.columns import Ref
from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import OrganisationForm, ProblemExtent, Proximity, Scope, Term, TownLevel


class Subject(Term):
    """What a measure is taken of."""

    TOWN = "TOWN", "专业镇"
    ORGANISATION = "ORGANISATION", "主体"


class Group(Term):
    """Organisations of a town that a rule may count or add up."""

    LEADERS = "leaders", "龙头企业"
    MEMBERS = "members", "镇内主体"
    HOUSEHOLDS = "households", "配套户"


class Anywhere(Term):
    """Stands among proximities for no limit."""

    ANY = "ANY", "不限"


class TimeUnit(Term):
    """The unit of an age."""

    YEAR = "YEAR", "年"


class Needed(Enum):
    """Stands for the default of a parameter that has none: it must be given."""

    NEEDED = "needed"


type Argument = int | bool | str | tuple[str, ...] | None
"""A parameter's value; None is *not limited*, and so is an empty tuple."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit, and the bounds it can't leave."""

    unit: Unit | TimeUnit
    low: float = 0.0
    high: float = inf
    whole: bool = False
    counter: str | None = None
    """The word that things are counted by; None: that of the unit (户)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a closed list."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class ClassId:
    """The id of a class in a standard of purpose CLASSES."""


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both allowed."""

    low: int
    high: int


type ValueType = Quantity | Choice | ClassId | Truth


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a measure can be told: name, words, type, and what holds when it is not told."""

    name: str
    words: str
    type: Whole | Choice | Truth | Ref
    default: Argument | Needed = None
    many: bool = False
    """A list of values; one alone is read as a list of one."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The signature of a measure."""

    name: str
    words: str
    subject: Subject
    value: ValueType
    parameters: tuple[Parameter, ...] = ()


COUNT = Quantity(Unit.COUNT, whole=True)
"""The value of a count."""
_FIRMS = replace(COUNT, counter="家")
_YUAN = Quantity(Unit.YUAN)
_SHARE = Quantity(Unit.SHARE, high=1.0)

_FORMS = Parameter("form", "主体形式", Choice(tuple(OrganisationForm)), (), many=True)
_QUALIFICATIONS = Parameter("qualification", "资质", Ref("Qualification"), Needed.NEEDED, many=True)
_CLASSES = Parameter("standard", "分档标准", Ref("Standard"))
_TOWN_LEVELS = Parameter("level", "专业镇级别", Choice(tuple(TownLevel)), (), many=True)
_TOWNS = Parameter("town", "专业镇", Ref("Town"), (), many=True)
_NEARBY = (Proximity.TOWN, Proximity.COUNTY, Proximity.CITY, Proximity.PROVINCE)

_HOUSEHOLDS = (
    Parameter("tiers", "配套层级：1 为与龙头直接往来", Whole(1, 5), 1),
    Parameter("within", "配套户所在范围", Choice((*_NEARBY, Anywhere.ANY)), Anywhere.ANY),
)
_TOWN_MEASURES: tuple[tuple[str, str, ValueType, tuple[Parameter, ...]], ...] = (
    ("leading_enterprises", "龙头企业数", _FIRMS, ()),
    ("supporting_households", "龙头带动的配套户数", COUNT, _HOUSEHOLDS),
    (
        "holders",
        "持有资质的主体数",
        COUNT,
        (_QUALIFICATIONS, Parameter("among", "在哪些主体中", Choice(tuple(Group)), Group.MEMBERS)),
    ),
    ("members", "镇内主体数", COUNT, (_FORMS,)),
    (
        "output_value",
        "产值",
        _YUAN,
        (Parameter("scope", "口径：不写为代表全镇的数值", Choice(tuple(Scope))),),
    ),
    ("tier", "产值档次", ClassId(), (_CLASSES,)),
    (
        "growth",
        "年均增速",
        Quantity(Unit.SHARE, low=-1.0),
        (
            Parameter("metric", "指标", Choice(tuple(Metric)), Needed.NEEDED),
            Parameter("years", "跨几年", Whole(1, 20), 1),
        ),
    ),
    ("market_entities", "市场主体数", COUNT, (_FORMS,)),
    ("above_scale_enterprises", "规上企业数", _FIRMS, ()),
    ("rnd_ratio", "研发投入强度", _SHARE, ()),
    ("service_platforms", "公共服务平台数", replace(COUNT, counter="个"), ()),
    (
        "local_sourcing_rate",
        "本地配套率",
        _SHARE,
        (
            Parameter("within", "多近算本地", Choice(_NEARBY), Proximity.TOWN),
            Parameter("product", "产品", Ref("Product"), (), many=True),
        ),
    ),
    (
        "problem_resolution_rate",
        "问题办结率",
        _SHARE,
        (Parameter("extent", "问题涉及面", Choice(tuple(ProblemExtent))),),
    ),
    ("project_completion_rate", "项目建成率", _SHARE, ()),
)
_ORGANISATION_MEASURES: tuple[tuple[str, str, ValueType, tuple[Parameter, ...]], ...] = (
    ("form", "主体形式", Choice(tuple(OrganisationForm)), ()),
    ("size_class", "规模档次", ClassId(), (_CLASSES,)),
    ("revenue", "营业收入", _YUAN, ()),
    ("employees", "从业人员", Quantity(Unit.PERSON, whole=True), ()),
    ("age", "成立年限", Quantity(TimeUnit.YEAR), ()),
    (
        "in_region",
        "位于区划（含下级）",
        Truth(),
        (Parameter("region", "行政区划", Ref("Region"), Needed.NEEDED, many=True),),
    ),
    (
        "in_industry",
        "从事行业（含下级）",
        Truth(),
        (
            Parameter("industry", "行业", Ref("Industry"), Needed.NEEDED, many=True),
            Parameter("main", "只看主要行业", Truth(), default=False),
        ),
    ),
    ("in_town", "属于专业镇", Truth(), (_TOWN_LEVELS, _TOWNS)),
    ("leads_town", "带动专业镇", Truth(), (_TOWN_LEVELS, _TOWNS)),
    (
        "holds",
        "持有资质",
        Truth(),
        (_QUALIFICATIONS, Parameter("or_higher", "更高级别也算", Truth(), default=False)),
    ),
    (
        "received",
        "已享受政策措施",
        Truth(),
        (
            Parameter("benefit", "政策措施", Ref("Benefit"), Needed.NEEDED, many=True),
            Parameter("years", "最近几年内；不写为不限", Whole(1, 20)),
            Parameter("before", "只看所问年份之前", Truth(), default=False),
            Parameter("recorded", "没有任何记录也当作没有享受", Truth(), default=False),
        ),
    ),
    (
        "makes",
        "生产产品",
        Truth(),
        (Parameter("product", "产品", Ref("Product"), Needed.NEEDED, many=True),),
    ),
)

MEASURES: dict[str, Measure] = {
    name: Measure(name, words, subject, value, parameters)
    for subject, rows in ((Subject.TOWN, _TOWN_MEASURES), (Subject.ORGANISATION, _ORGANISATION_MEASURES))
    for name, words, value, parameters in rows
}
"""Every measure by its name."""

GROUP_PARAMETERS: dict[Group, tuple[Parameter, ...]] = {
    Group.LEADERS: (),
    Group.MEMBERS: (),
    Group.HOUSEHOLDS: _HOUSEHOLDS,
}
"""What a counted group can be told, as `with`."""
