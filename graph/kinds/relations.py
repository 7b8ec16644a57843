"""How nodes are connected: every relation, its ends, its key, and what each side is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, ClassVar

from graph.kinds.columns import AHEAD, Id, Record, Ref, Year
from graph.kinds.terms import AllianceForm, Bound, Proximity, Stage


class Many(Enum):
    """How many there can be on one side of a relation."""

    ONE = "one at a time"
    FEW = "bounded by the model: a plain list"
    ANY = "can grow: a connection"


@dataclass(frozen=True, slots=True)
class Side:
    """A relation seen from one of its ends: the field that leads to the other end.

    `{kinds}` and `{Kinds}` in the name stand for the plural of the kind it leads to, `{kind}` in the words for
    its words.
    """

    name: str
    words: str
    many: Many = Many.ANY


@dataclass(kw_only=True)
class Relation(Record):
    """A directed connection between two nodes, with the years it holds and who says so."""

    ends: ClassVar[tuple[tuple[str, str], ...]]
    """The kinds it may start and end at."""
    key_fields: ClassVar[tuple[str, ...]] = ()
    """Between the same two nodes, rows that differ in these columns are different relations."""
    newest_by: ClassVar[tuple[str, ...] | None] = None
    """Rows are yearly: between two nodes, of those that agree in these columns the newest one not after `asOf` counts."""
    lifetime: ClassVar[tuple[str, str]] = ("since", "until")
    forward: ClassVar[Side]
    """The field on the node where it starts."""
    backward: ClassVar[Side | None]
    """The field on the node where it ends; None: the forward one is read both ways."""
    start: Annotated[Id, "起点"]
    end: Annotated[Id, "终点"]
    since: Annotated[Year | None, "起始年份（含）；空为不详"] = None
    until: Annotated[Year | None, "终止年份（不含）；空为仍有效或不详", AHEAD] = None
    source: Annotated[Id | None, "来源", Ref("Source")] = None

    def key(self) -> str:
        """Tell it from other relations of its label between the same two nodes; never empty."""
        return key_of(getattr(self, name) for name in self.key_fields)


def key_of(values: Iterable[object]) -> str:
    """Write the key of a relation whose key fields have these values.

    >>> key_of(["product:p", 2024, None]), key_of([])
    ('product:p|2024|', '-')
    """
    return "|".join("" if v is None else str(v) for v in values) or "-"


@dataclass(kw_only=True)
class PartOf(Relation):
    """A region within a region, an industry within an industry."""

    label = "PART_OF"
    words = "上下级"
    ends = (("Region", "Region"), ("Industry", "Industry"))
    forward = Side("parent", "上级", Many.ONE)
    backward = Side("children", "下级")


@dataclass(kw_only=True)
class LiesIn(Relation):
    """Where a town is."""

    label = "LIES_IN"
    words = "专业镇所在县域"
    ends = (("Town", "Region"),)
    forward = Side("regions", "所在县域", Many.FEW)
    backward = Side("towns", "区内专业镇")


@dataclass(kw_only=True)
class SpecialisesIn(Relation):
    """The main industries of a town."""

    label = "SPECIALISES_IN"
    words = "专业镇的主导行业"
    ends = (("Town", "Industry"),)
    forward = Side("industries", "主导行业", Many.FEW)
    backward = Side("towns", "以此为主导行业的专业镇")


@dataclass(kw_only=True)
class Follows(Relation):
    """The reference chains that a town is held against."""

    label = "FOLLOWS"
    words = "专业镇对照的参考产业链"
    ends = (("Town", "Chain"),)
    forward = Side("chains", "对照的参考产业链", Many.FEW)
    backward = Side("towns", "对照此链的专业镇")


@dataclass(kw_only=True)
class LocatedIn(Relation):
    """Where an organisation is; one region at a time."""

    label = "LOCATED_IN"
    words = "主体所在地"
    ends = (("Organisation", "Region"),)
    key_fields = ("since",)
    forward = Side("region", "所在行政区划", Many.ONE)
    backward = Side("organisations", "区内主体（不含下级区划）")


@dataclass(kw_only=True)
class EngagesIn(Relation):
    """The industries of an organisation."""

    label = "ENGAGES_IN"
    words = "主体从事的行业"
    ends = (("Organisation", "Industry"),)
    forward = Side("industries", "从事的行业")
    backward = Side("organisations", "从事此行业的主体")
    main: Annotated[bool | None, "是否主要行业"] = None


@dataclass(kw_only=True)
class ClassifiedAs(Relation):
    """The industry that makes a product."""

    label = "CLASSIFIED_AS"
    words = "产品所属行业"
    ends = (("Product", "Industry"),)
    forward = Side("industries", "所属行业", Many.FEW)
    backward = Side("products", "行业产品")


@dataclass(kw_only=True)
class MemberOf(Relation):
    """An organisation counted among a town's."""

    label = "MEMBER_OF"
    words = "主体属于专业镇"
    ends = (("Organisation", "Town"),)
    key_fields = ("since",)
    forward = Side("towns", "所属专业镇")
    backward = Side("members", "镇内主体")


@dataclass(kw_only=True)
class Leads(Relation):
    """A leading enterprise of a town."""

    label = "LEADS"
    words = "龙头企业带动专业镇"
    ends = (("Organisation", "Town"),)
    key_fields = ("since",)
    forward = Side("ledTowns", "作为龙头带动的专业镇")
    backward = Side("leaders", "龙头企业")


@dataclass(kw_only=True)
class Supplies(Relation):
    """Goods flow from seller to buyer: one source's figure for one product and year."""

    label = "SUPPLIES"
    words = "供应：货物由卖方流向买方"
    ends = (("Organisation", "Organisation"),)
    key_fields = ("product", "year", "source")
    newest_by = ("product",)
    forward = Side("customers", "客户：每个客户与产品一行，取不晚于 asOf 的最新年份")
    backward = Side("suppliers", "供应商：每个供应商与产品一行，取不晚于 asOf 的最新年份")
    product: Annotated[Id, "产品", Ref("Product")]
    year: Annotated[Year | None, "年份；空为已知有供应、未计量"] = None
    value: Annotated[float | None, "金额（元/年）；空为不详"] = None
    bound: Annotated[Bound | None, "金额性质：约；空为确数"] = None
    share: Annotated[float | None, "占买方该产品采购额的比例（0–1）"] = None
    synthetic: Annotated[bool, "虚构样例数据（真实数据为 false）"] = False


@dataclass(kw_only=True)
class Makes(Relation):
    """What an organisation makes, or the step it does."""

    label = "MAKES"
    words = "主体生产（从事）"
    ends = (("Organisation", "Product"),)
    key_fields = ("year", "source")
    newest_by = ()
    forward = Side("makes", "生产的产品、从事的环节")
    backward = Side("makers", "生产者")
    capacity: Annotated[float | None, "产能（产品单位/年）"] = None
    output: Annotated[float | None, "产量（产品单位/年）"] = None
    year: Annotated[Year | None, "年份"] = None


@dataclass(kw_only=True)
class Needs(Relation):
    """What an organisation buys from sellers outside the graph."""

    label = "NEEDS"
    words = "主体向图外采购"
    ends = (("Organisation", "Product"),)
    key_fields = ("year", "origin", "source")
    newest_by = ("origin",)
    forward = Side("outsidePurchases", "向图外采购的产品：每个来源地一行，取不晚于 asOf 的最新年份")
    backward = Side("boughtOutsideBy", "向图外采购此产品的主体：每个来源地一行，取不晚于 asOf 的最新年份")
    value: Annotated[float | None, "采购额（元/年）"] = None
    quantity: Annotated[float | None, "采购量（产品单位/年）"] = None
    year: Annotated[Year | None, "年份"] = None
    origin: Annotated[Proximity, "采购来源地，相对于买方"] = Proximity.UNKNOWN


@dataclass(kw_only=True)
class InputOf(Relation):
    """A product that goes into another."""

    label = "INPUT_OF"
    words = "投入品"
    ends = (("Product", "Product"),)
    forward = Side("usedIn", "以此为投入品的产品")
    backward = Side("inputs", "所需投入品")
    essential: Annotated[bool | None, "是否不可缺少"] = None
    coefficient: Annotated[float | None, "单位产品用量（投入品单位/产品单位）"] = None


@dataclass(kw_only=True)
class StepOf(Relation):
    """A product that belongs to a reference chain."""

    label = "STEP_OF"
    words = "参考产业链的环节"
    ends = (("Product", "Chain"),)
    forward = Side("chains", "所在的参考产业链")
    backward = Side("steps", "环节")
    stage: Annotated[Stage, "产业链位置"]
    required: Annotated[bool | None, "是否必备环节"] = None


@dataclass(kw_only=True)
class Holds(Relation):
    """A qualification that an organisation was granted."""

    label = "HOLDS"
    words = "主体持有资质"
    ends = (("Organisation", "Qualification"),)
    key_fields = ("valid_from",)
    lifetime = ("validFrom", "validTo")
    forward = Side("holds", "持有的资质")
    backward = Side("holders", "持有者")
    valid_from: Annotated[date | None, "生效日期", AHEAD] = None
    valid_to: Annotated[date | None, "失效日期", AHEAD] = None
    certificate: Annotated[str | None, "证书编号"] = None


@dataclass(kw_only=True)
class Owns(Relation):
    """A stake in another organisation."""

    label = "OWNS"
    words = "持股"
    ends = (("Organisation", "Organisation"),)
    key_fields = ("since",)
    forward = Side("owns", "持股的主体")
    backward = Side("owners", "股东")
    share: Annotated[float | None, "持股比例（0–1）"] = None


@dataclass(kw_only=True)
class AlliedWith(Relation):
    """An alliance, joint venture or cluster organisation."""

    label = "ALLIED_WITH"
    words = "联合"
    ends = (("Organisation", "Organisation"),)
    key_fields = ("since",)
    forward = Side("allies", "联合伙伴")
    backward = None
    form: Annotated[AllianceForm | None, "联合形式"] = None


@dataclass(kw_only=True)
class Offers(Relation):
    """What a policy gives."""

    label = "OFFERS"
    words = "政策提供的措施"
    ends = (("Policy", "Benefit"),)
    forward = Side("benefits", "政策措施")
    backward = Side("policies", "所属政策")


@dataclass(kw_only=True)
class AppliesIn(Relation):
    """Where a policy or a standard is in force."""

    label = "APPLIES_IN"
    words = "政策、标准的适用区域"
    ends = (("Policy", "Region"), ("Standard", "Region"))
    forward = Side("regions", "适用区域")
    backward = Side("{kinds}", "适用于此区域的{kind}")


@dataclass(kw_only=True)
class Favours(Relation):
    """The towns a policy is made for."""

    label = "FAVOURS"
    words = "政策支持的专业镇"
    ends = (("Policy", "Town"),)
    forward = Side("towns", "支持的专业镇")
    backward = Side("policies", "支持本镇的政策")


@dataclass(kw_only=True)
class Targets(Relation):
    """The industries a policy is made for."""

    label = "TARGETS"
    words = "政策面向的行业"
    ends = (("Policy", "Industry"),)
    forward = Side("industries", "面向的行业")
    backward = Side("policies", "面向此行业的政策")


@dataclass(kw_only=True)
class Received(Relation):
    """A benefit that an organisation was given."""

    label = "RECEIVED"
    words = "主体已享受的措施"
    ends = (("Organisation", "Benefit"),)
    key_fields = ("year", "source")
    forward = Side("received", "已享受的政策措施")
    backward = Side("recipients", "已享受的主体")
    year: Annotated[Year | None, "年份"] = None
    amount: Annotated[float | None, "金额（元）"] = None


@dataclass(kw_only=True)
class OfTown(Relation):
    """The town that a ledger entry belongs to."""

    label = "OF_TOWN"
    words = "台账事项所属专业镇"
    ends = tuple((kind, "Town") for kind in ("Project", "Problem", "Task", "Notice", "Lead"))
    forward = Side("town", "所属专业镇", Many.ONE)
    backward = Side("{kinds}", "本镇的{kind}")


@dataclass(kw_only=True)
class Concerns(Relation):
    """The organisation that a ledger entry is about."""

    label = "CONCERNS"
    words = "台账事项涉及的主体"
    ends = tuple((kind, "Organisation") for kind in ("Project", "Problem", "Lead"))
    forward = Side("organisations", "涉及的主体")
    backward = Side("concerning{Kinds}", "涉及本主体的{kind}")


@dataclass(kw_only=True)
class Fills(Relation):
    """The missing product that an investment lead would make."""

    label = "FILLS"
    words = "招商线索可补的环节"
    ends = (("Lead", "Product"),)
    forward = Side("products", "可补的环节")
    backward = Side("leads", "可补此环节的招商线索")


@dataclass(kw_only=True)
class ResponsibleFor(Relation):
    """The body that has to act."""

    label = "RESPONSIBLE_FOR"
    words = "责任单位"
    ends = tuple(
        ("Organisation", kind) for kind in ("Project", "Problem", "Task", "Notice", "Lead", "Town", "Chain")
    )
    forward = Side("responsibleFor{Kinds}", "由本主体负责的{kind}")
    backward = Side("responsible", "责任单位")
