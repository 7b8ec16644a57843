"""Nodes of the chain itself: places, trades, towns, organisations, products, reference chains."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from graph.kinds.columns import Code, Id, Record, Year
from graph.kinds.terms import (
    OrganisationForm,
    ProductCategory,
    RegionLevel,
    SupplyKind,
    TownLevel,
    TownStatus,
)


@dataclass(kw_only=True)
class Node(Record):
    """Anything with an identity of its own."""

    prefix: ClassVar[str]
    """What its ids begin with, before the colon."""
    plural: ClassVar[str]
    lifetime: ClassVar[tuple[str | None, str | None]] = (None, None)
    """The columns (dates) from which and until which it exists; an empty one is no bound."""
    id: Annotated[Id, "标识：kind:key，全库唯一，永不改变"]


@dataclass(kw_only=True)
class Entity(Node):
    """A node that people call by a name."""

    name: Annotated[str, "名称"]
    aliases: Annotated[list[str], "别名、简称、曾用名"] = field(default_factory=list[str])
    synthetic: Annotated[bool, "虚构样例数据（真实数据为 false）"] = False


@dataclass(kw_only=True)
class Region(Entity):
    """An administrative region of GB/T 2260, or a township with its nine digits."""

    label = "Region"
    prefix = "region"
    plural = "regions"
    words = "行政区划（GB/T 2260）"
    level: Annotated[RegionLevel, "行政区划级别"]
    former_codes: Annotated[list[str], "曾用代码"] = field(default_factory=list[str])


@dataclass(kw_only=True)
class Industry(Entity):
    """A row of the national industry classification."""

    label = "Industry"
    prefix = "industry"
    plural = "industries"
    words = "国民经济行业（GB/T 4754）"
    code: Annotated[str, "行业代码：门类字母，或 2–4 位数字"]
    edition: Annotated[str, "分类标准版本，如 4754-2017"]


@dataclass(kw_only=True)
class Town(Entity):
    """A specialised town: one county-level area (sometimes several) and one main industry."""

    label = "Town"
    prefix = "town"
    plural = "towns"
    words = "专业镇：一个县域（有时几个）加一个主导产业"
    level: Annotated[TownLevel, "专业镇级别"]
    status: Annotated[TownStatus, "认定状态"]
    batch: Annotated[int | None, "认定批次"] = None
    recognised_on: Annotated[date | None, "认定日期"] = None
    withdrawn_on: Annotated[date | None, "撤销日期"] = None
    register_complete_for: Annotated[list[Year], "主体名录完整的年份；其余年份名录可能不全"] = field(
        default_factory=list[int]
    )


@dataclass(kw_only=True)
class Organisation(Entity):
    """A firm, trader, cooperative, farm, institution or agency."""

    label = "Organisation"
    prefix = "org"
    plural = "organisations"
    words = "主体：企业、个体户、合作社、家庭农场、集体、机构"
    lifetime = ("foundedOn", "closedOn")
    form: Annotated[OrganisationForm, "主体形式"]
    uscc: Annotated[str | None, "统一社会信用代码（GB 32100，18 位）", Code("uscc")] = None
    address: Annotated[str | None, "地址"] = None
    longitude: Annotated[float | None, "经度（度）"] = None
    latitude: Annotated[float | None, "纬度（度）"] = None
    founded_on: Annotated[date | None, "成立日期"] = None
    closed_on: Annotated[date | None, "注销日期"] = None
    stock_code: Annotated[str | None, "证券代码"] = None


@dataclass(kw_only=True)
class Product(Entity):
    """A product, or a link of a chain that is done rather than sold."""

    label = "Product"
    prefix = "product"
    plural = "products"
    words = "产品或产业链环节"
    category: Annotated[ProductCategory, "产品或环节类别"]
    unit: Annotated[str | None, "计量单位，如 吨、件"] = None
    supply_kind: Annotated[SupplyKind | None, "供给性质；空为按所属行业判定"] = None


@dataclass(kw_only=True)
class Chain(Entity):
    """A reference chain: what should be there, whoever makes it."""

    label = "Chain"
    prefix = "chain"
    plural = "chains"
    words = "参考产业链：应有的环节"
