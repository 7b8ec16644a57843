"""Counts and sums of organisations by group."""

from typing import Annotated, Any

import strawberry

from graph.kinds.metrics import Metric
from graph.kinds.terms import RegionLevel
from queries.lookup.counts import GroupCount, OrganisationGrouping, organisation_counts
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.publish import type_of

GroupingName: Any = enum_type(OrganisationGrouping)
MetricName: Any = enum_type(Metric)
RegionLevelName: Any = enum_type(RegionLevel)

OrganisationCount = type_of(GroupCount)


async def organisation_counts_(  # noqa: PLR0913, PLR0917 - the arguments of a field
    info: Info,
    by: Any,
    metric: Any = None,
    digits: Any = 2,
    region_level: Any = RegionLevel.COUNTY,
    as_of: AsOf = None,
) -> Any:
    """Count organisations by group."""
    groups: list[GroupCount] = await info.context.analyse(
        organisation_counts,
        by,
        as_of=info.context.year(as_of),
        metric=metric,
        digits=digits,
        region_level=region_level,
    )
    return [OrganisationCount(group, info.context.snapshot) for group in groups]


organisation_counts_.__annotations__ |= {
    "by": Annotated[GroupingName, strawberry.argument(description="按什么分组")],
    "metric": Annotated[MetricName | None, strawberry.argument(description="并合计此指标；空为只计数")],
    "digits": Annotated[int, strawberry.argument(description="按行业分组时的代码位数：2、3 或 4")],
    "region_level": Annotated[
        RegionLevelName, strawberry.argument(description="按区划分组时的级别：县、地、省")
    ],
    "return": list[OrganisationCount] | None,
}

ROOT: dict[str, Any] = {
    "organisation_counts": strawberry.field(
        organisation_counts_, name="organisationCounts", description="主体计数与合计：按镇、形式、行业或区划"
    )
}
