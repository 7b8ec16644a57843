"""Counts and sums of organisations by group."""

from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.kinds.entities import Organisation
from graph.kinds.metrics import Metric
from graph.kinds.terms import RegionLevel
from queries.lookup.counts import GroupCount, OrganisationGrouping, organisation_counts
from queries.lookup.pages import Listing
from schema.language.connection import AsOf, RealOnly
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.filters import Where, filter_type, orders, read_filter, usual_order
from schema.language.publish import Shown, type_of

for terms in (OrganisationGrouping, Metric, RegionLevel):
    enum_type(terms)

OrganisationCount = type_of(GroupCount)


async def organisation_counts_(  # noqa: PLR0913, PLR0917 - the arguments of a field
    info: Info,
    by: Annotated[OrganisationGrouping, strawberry.argument(description="按什么分组")],
    metric: Annotated[Metric | None, strawberry.argument(description="并合计此指标；空为只计数")] = None,
    digits: Annotated[int, strawberry.argument(description="按行业分组时的代码位数：2、3 或 4")] = 2,
    region_level: Annotated[
        RegionLevel, strawberry.argument(description="按区划分组时的级别：县、地、省")
    ] = RegionLevel.COUNTY,
    where: Where | None = None,
    as_of: AsOf = None,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument
) -> list[Shown[GroupCount]]:
    """Count organisations by group."""
    year, snapshot = info.context.year(as_of), await info.context.showing(real_only=real_only)
    order = orders(Organisation).of(usual_order(Organisation))
    listing = Listing(Organisation, year, order, read_filter(where, Organisation, info.context.snapshot))
    groups = await info.context.analyse_of(
        snapshot,
        organisation_counts,
        by,
        as_of=year,
        filter=info.context.veiled(listing).filter,
        metric=metric,
        digits=digits,
        region_level=region_level,
    )
    return [OrganisationCount(group, snapshot) for group in groups]


organisation_counts_.__annotations__["where"] = Annotated[
    filter_type(Organisation, "OrganisationFilter") | None,
    strawberry.argument(description="只计符合条件的主体"),
]
ROOT: dict[str, Field] = {
    "organisation_counts": strawberry.field(
        organisation_counts_,
        graphql_type=list[OrganisationCount] | None,
        name="organisationCounts",
        description="主体计数与合计：按镇、形式、行业或区划",
    )
}
