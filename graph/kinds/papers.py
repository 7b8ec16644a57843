"""Nodes that grant or judge: qualifications, policies and their benefits, standards."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from graph.kinds.columns import AHEAD, Code
from graph.kinds.entities import Entity
from graph.kinds.terms import BenefitRecipient, BenefitResource, GovernmentLevel, StandardPurpose


@dataclass(kw_only=True)
class Qualification(Entity):
    """A title that a body grants to an organisation."""

    label = "Qualification"
    prefix = "qualification"
    plural = "qualifications"
    words = "资质：专精特新、小巨人、企业技术中心等"
    level: Annotated[GovernmentLevel, "授予机关的层级"]
    valid_years: Annotated[int | None, "有效期（年）"] = None
    rank: Annotated[int | None, "高低次序：数字越大越高"] = None


@dataclass(kw_only=True)
class Policy(Entity):
    """A document by which a government helps or steers."""

    label = "Policy"
    prefix = "policy"
    plural = "policies"
    words = "政策文件"
    lifetime = ("issuedOn", "validTo")
    level: Annotated[GovernmentLevel, "发文机关的层级"]
    issuer: Annotated[str, "发文机关"]
    issued_on: Annotated[date, "印发日期"]
    document_no: Annotated[str | None, "文号"] = None
    valid_from: Annotated[date | None, "施行日期", AHEAD] = None
    valid_to: Annotated[date | None, "失效日期", AHEAD] = None
    url: Annotated[str | None, "网址"] = None


@dataclass(kw_only=True)
class Benefit(Entity):
    """One thing that a policy gives, and to whom."""

    label = "Benefit"
    prefix = "benefit"
    plural = "benefits"
    words = "政策措施：给什么、给谁"
    resource: Annotated[BenefitResource, "要素类型"]
    text: Annotated[str, "条款摘要"]
    amount: Annotated[float | None, "金额（元）"] = None
    criteria: Annotated[str | None, "享受条件（规则，JSON）", Code("criteria")] = None
    recipient: Annotated[BenefitRecipient | None, "给谁：主体，或专业镇；空为主体"] = None
    once: Annotated[bool | None, "一次性：每户只享一次，享过不再应享；空为没有载明，按每年可享计"] = None


@dataclass(kw_only=True)
class Standard(Entity):
    """Conditions that a town must meet, indicators it is ranked by, or classes it falls into."""

    label = "Standard"
    prefix = "standard"
    plural = "standards"
    words = "标准：认定条件、评价指标体系或分档"
    lifetime = ("validFrom", None)
    purpose: Annotated[StandardPurpose, "标准用途"]
    version: Annotated[str, "版本"]
    valid_from: Annotated[date | None, "施行日期", AHEAD] = None
    citation: Annotated[str | None, "出处"] = None
    criteria: Annotated[str | None, "条件、指标或分档（规则，JSON）", Code("criteria")] = None
