"""Counts and sums of organisations by group."""

from typing import Annotated, Any

import strawberry

from graph.kinds.metrics import Metric
from graph.kinds.terms import RegionLevel
from queries.lookup.counts import Group, GroupCount, organisation_counts
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.results import result_type, value_field

GroupName: Any = enum_type(Group)
MetricName: Any = enum_type(Metric)
RegionLevelName: Any = enum_type(RegionLevel)

OrganisationCount = result_type(
    "OrganisationCount",
    "一组主体的计数",
    key=value_field(
        "组：专业镇、行业、区划的标识，或主体形式；空为未归组", str | None, lambda group: group.key
    ),
    name=value_field("组名", str | None, lambda group: group.name),
    count=value_field("主体数", int, lambda group: group.count),
    total=value_field(
        "指标合计（指标的单位），只计已知者；空为全不详或未问", float | None, lambda g: g.total
    ),
    known=value_field("有数值的主体数", int, lambda group: group.known),
    unknown=value_field("无数值的主体数：合计未含", int, lambda group: group.unknown),
)


async def organisation_counts_(  # noqa: PLR0913, PLR0917 - the arguments of a field
    info: Info,
    by: Any,
    metric: Any = None,
    digits: Any = 2,
    level: Any = RegionLevel.COUNTY,
    as_of: AsOf = None,
) -> Any:
    """Count organisations by group."""
    groups: list[GroupCount] = await info.context.analyse(
        organisation_counts, by, as_of=info.context.year(as_of), metric=metric, digits=digits, level=level
    )
    return [OrganisationCount(found=group, snapshot=info.context.snapshot) for group in groups]


organisation_counts_.__annotations__ |= {
    "by": Annotated[GroupName, strawberry.argument(description="按什么分组")],
    "metric": Annotated[MetricName | None, strawberry.argument(description="并合计此指标；空为只计数")],
    "digits": Annotated[int, strawberry.argument(description="按行业分组时的代码位数：2、3 或 4")],
    "level": Annotated[RegionLevelName, strawberry.argument(description="按区划分组时的级别：县、地、省")],
    "return": list[OrganisationCount] | None,
}

ROOT: dict[str, Any] = {
    "organisation_counts": strawberry.field(
        organisation_counts_, name="organisationCounts", description="主体计数与合计：按镇、形式、行业或区划"
    )
}
