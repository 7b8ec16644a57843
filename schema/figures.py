"""Figures: the value that counts in a year, where it comes from, and what contradicts it."""

from collections.abc import Sequence
from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField

from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import Bound, Grade, Scope
from graph.snapshot.claims import Figure as Chosen
from graph.snapshot.claims import Measure, figures_of
from graph.snapshot.snapshot import Snapshot
from schema.language.connection import AsOf
from schema.language.context import Context, Info
from schema.language.enums import enum_type
from schema.language.lists import OfOwners
from schema.language.nodes import READING, TYPES, Node, entity

for terms in (Metric, Scope, Unit, Grade, Bound):
    enum_type(terms)


SOURCE, CLAIM = TYPES["Source"], TYPES["Claim"]


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
    found: strawberry.Private[Chosen]
    snapshot: strawberry.Private[Snapshot]

    @strawberry.field(graphql_type=SOURCE | None, description="来源")
    def source(self) -> Node | None:
        """Find where the value comes from."""
        claims = self.snapshot.nodes["Claim"]
        row = int(claims["source"][self.found.claim - claims.first])
        return entity(self.snapshot, row) if row >= 0 else None

    @strawberry.field(
        graphql_type=list[CLAIM],
        description="其他来源与之矛盾的数值：年份相差 3 年以内或未说明，且相差超过 5 %",
    )
    def conflicts(self) -> list[Node]:
        """List the claims that contradict it."""
        return [entity(self.snapshot, row) for row in self.found.rivals]

    @strawberry.field(graphql_type=list[CLAIM], description="同一指标与口径的全部数值，首个为采用值")
    def claims(self) -> list[Node]:
        """List all claims of its metric and scope."""
        return [entity(self.snapshot, row) for row in self.found.claims]


def figure_field() -> StrawberryField:
    """Make the field that answers a figure of a town, an organisation or a region."""
    return strawberry.field(
        _resolve,
        description="数值：取不晚于 asOf 的最新年份，同年依次比等级、发布日期；null 为未知，不是 0",
        metadata={READING: OfOwners(_figures)},
    )


def _resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
    root: Node,
    info: Info,
    metric: Annotated[Metric, strawberry.argument(description="指标")],
    scope: Annotated[Scope, strawberry.argument(description="数值口径，默认 WHOLE")] = Scope.WHOLE,
    product: Annotated[
        strawberry.ID | None, strawberry.argument(description="所指产品；空为不分产品的数值")
    ] = None,
    as_of: AsOf = None,
) -> Figure | None:
    return _figures(
        info.context, root.snapshot, [root.row], metric=metric, scope=scope, product=product, as_of=as_of
    )[0]


def _figures(  # noqa: PLR0913 - the arguments of a field
    context: Context,
    snapshot: Snapshot,
    owners: Sequence[int],
    *,
    metric: Metric,
    scope: Scope = Scope.WHOLE,
    product: str | None = None,
    as_of: int | None = None,
) -> list[Figure | None]:
    year = context.year(as_of)
    row = None if product is None else context.row_of(snapshot, product, "product")
    found = figures_of(snapshot, owners, Measure(metric, scope, row), year)
    return [one and _figure(snapshot, one, year) for one in found]


def _figure(snapshot: Snapshot, found: Chosen, as_of: int) -> Figure:
    claim = entity(snapshot, found.claim)
    cells = {
        name: getattr(claim, name) for name in ("value", "unit", "year", "scope", "bound", "grade", "note")
    }
    return Figure(**cells, as_of=as_of, found=found, snapshot=snapshot)
