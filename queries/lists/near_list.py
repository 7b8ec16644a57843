"""Enterprises near the statistical scale as a list (小升规名单)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from graph.snapshot.snapshot import Snapshot
from queries.growth.near_threshold import NearThreshold, NearThresholds, near_threshold
from queries.lists.evaluation_list import sources_of
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import WAN, Particulars, joined


@dataclass(frozen=True, slots=True)
class NearRow(Row):
    """One enterprise a little below the scale."""

    title: ClassVar[str] = "小升规名单"
    number: Annotated[int, Heading("序号", "离规上界限近者在前", 6, Shape.COUNT)]
    name: Annotated[str, Heading("企业", "名称", 22)]
    code: Annotated[str | None, Heading("统一社会信用代码", "文本；空为未登记", 17)]
    towns: Annotated[str | None, Heading("专业镇", "所属专业镇；空为不属于任何一个", 14)]
    place: Annotated[str | None, Heading("所在地", "空为不详", 16)]
    industry: Annotated[str | None, Heading("主要行业", "空为只知较宽的行业", 16)]
    revenue: Annotated[float, Heading("营业收入（万元）", "以之代替主营业务收入", 14, Shape.AMOUNT)]
    year: Annotated[int | None, Heading("所属年份", "空为未注明", 9, Shape.VALUE)]
    short: Annotated[float, Heading("还差（万元）", "离规上界限", 12, Shape.AMOUNT)]
    needed: Annotated[float, Heading("需增长", "占现有营业收入的比例", 9, Shape.SHARE)]
    grown: Annotated[
        float | None, Heading("上年增速", "自身上一年的增速；空为没有上一年的数", 9, Shape.SHARE)
    ]
    enough: Annotated[
        str | None, Heading("照此能否达到", "照自身上一年的增速再过一年；是外推。空为增速不详", 10)
    ]
    synthetic: Annotated[str | None, Heading("含虚构样例", "“是”：企业、所用事实中有虚构样例；空为没有", 7)]


@dataclass(frozen=True, slots=True)
class NearList:
    """Enterprises near the scale, as GraphQL answers them, and their rows."""

    found: NearThresholds
    rows: Sequence[NearRow]
    sources: Sequence[int]
    """Global rows."""


def near_list(snapshot: Snapshot, *, as_of: int, **asked: Any) -> NearList:
    """List enterprises near the scale; raises what `near_threshold` raises."""
    found = near_threshold(snapshot, as_of=as_of, **asked)
    about = Particulars(snapshot, as_of)
    rows = [_row(about, number, one) for number, one in enumerate(found.rows, 1)]
    return NearList(found, rows, sources_of(snapshot, found.method.used))


def _row(about: Particulars, number: int, one: NearThreshold) -> NearRow:
    name = about.snapshot.name_of
    return NearRow(
        number,
        name(one.organisation),
        about.code(one.organisation),
        joined(map(name, one.towns)),
        about.place(one.organisation),
        None if one.industry is None else name(one.industry),
        one.revenue / WAN,
        one.year,
        one.short / WAN,
        one.growth_needed,
        one.own_growth,
        None if one.enough is None else "能" if one.enough else "不能",
        about.invented(one.organisation, *one.towns, used=about.claimed(one.claim)),
    )
