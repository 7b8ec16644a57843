"""Figures: the value that counts in a year, where it comes from, and what contradicts it."""

from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField

from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import Bound, Grade, Scope
from graph.store.store import Row
from queries.lookup.claims import Figure as Chosen
from queries.lookup.claims import choose
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.nodes import TYPES, Node, find, publish

for terms in (Metric, Scope, Unit, Grade, Bound):
    enum_type(terms)


@strawberry.type(description="数值：采用值、来源与矛盾值")
class Figure:
    """The value that counts in a year, and the claims around it."""

    value: float = strawberry.field(description="数值，单位见 unit")
    unit: Unit = strawberry.field(description="计量单位")
    year: int | None = strawberry.field(description="数值所属年份；空为未说明")
    scope: Scope = strawberry.field(description="数值口径")
    bound: Bound = strawberry.field(description="数值性质")
    grade: Grade = strawberry.field(description="等级")
    note: str | None = strawberry.field(description="原文用语")
    as_of: int = strawberry.field(description="所答年份")
    source_id: strawberry.Private[str]
    rivals: strawberry.Private[list[Row]]
    all: strawberry.Private[list[Row]]

    @strawberry.field(graphql_type=TYPES["Source"] | None, description="来源")
    async def source(self, info: Info) -> Node | None:
        """Find where the value comes from."""
        return await find(info, self.source_id)

    @strawberry.field(
        graphql_type=list[TYPES["Claim"]],
        description="其他来源与之矛盾的数值：年份相差 3 年以内或未说明，且相差超过 5 %",
    )
    def conflicts(self) -> list[Node]:
        """List the claims that contradict it."""
        return [publish(Claim, row) for row in self.rivals]

    @strawberry.field(graphql_type=list[TYPES["Claim"]], description="同一指标与口径的全部数值，首个为采用值")
    def claims(self) -> list[Node]:
        """List all claims of its metric and scope."""
        return [publish(Claim, row) for row in self.all]


def figure_field() -> StrawberryField:
    """Make the field that answers a figure of a town, an organisation or a region."""
    return strawberry.field(
        _resolve,
        description="数值：取不晚于 asOf 的最新年份，同年依次比等级、发布日期；null 为未知，不是 0",
    )


async def _resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
    root: Node,
    info: Info,
    metric: Annotated[Metric, strawberry.argument(description="指标")],
    scope: Annotated[Scope, strawberry.argument(description="数值口径，默认 WHOLE")] = Scope.WHOLE,
    product: Annotated[
        strawberry.ID | None, strawberry.argument(description="所指产品；空为不分产品的数值")
    ] = None,
    as_of: AsOf = None,
) -> Figure | None:
    year = info.context.year(as_of)
    id = await info.context.known(product, "product") if product else None
    found = choose(await info.context.claims(root.id, metric, scope, id), year)
    return _figure(found) if found else None


def _figure(found: Chosen) -> Figure:
    row = found.chosen
    return Figure(
        value=row["value"],
        unit=Unit(row["unit"]),
        year=row.get("year"),
        scope=Scope(row["scope"]),
        bound=Bound(row.get("bound", "EXACT")),
        grade=Grade(row["grade"]),
        note=row.get("note"),
        as_of=found.as_of,
        source_id=row["source"],
        rivals=found.rivals,
        all=found.claims,
    )
