"""Figures: the value that counts in a year, where it comes from, and what contradicts it."""

from collections.abc import Sequence
from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import Bound, Grade, Scope
from graph.snapshot.claims import REACHES, STALE_OVER, Measure, ScopeReach, figures_of, headline, others
from graph.snapshot.claims import Figure as Chosen
from graph.snapshot.snapshot import Snapshot
from queries.standards.amounts import amount, bounded, caution
from schema.language.connection import AsOf
from schema.language.context import Context, Info
from schema.language.enums import enum_type
from schema.language.lists import OfOwners
from schema.language.nodes import READING, TYPES, Node, entity

for terms in (Metric, Scope, Unit, Grade, Bound, ScopeReach):
    enum_type(terms)


SOURCE, CLAIM, PRODUCT = (TYPES[kind] for kind in ("Source", "Claim", "Product"))


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
    age: int | None = strawberry.field(description="年龄（年）：asOf − year；空为未说明年份")
    stale: bool | None = strawberry.field(
        description="是否陈旧：年龄超过 staleOver；空为未说明年份、无从判断"
    )
    in_words: str = strawberry.field(
        description="数值、单位与须一并说出的话：不少于、口径、陈旧者的年份，如“5 亿元（2015 年）”"
    )
    found: strawberry.Private[Chosen]
    about: strawberry.Private[tuple[int, Measure, int]]
    snapshot: strawberry.Private[Snapshot]

    @strawberry.field(graphql_type=PRODUCT | None, description="所指产品；空为不分产品的数值")
    def product(self) -> Node | None:
        """Find the product that it is of."""
        row = self.about[1].product
        return None if row is None else entity(self.snapshot, row)

    @strawberry.field(description="与全镇整体的关系：不是整体者，整体只知不少于或不多于它")
    def reach(self) -> ScopeReach:
        """How its scope stands to the whole."""
        return REACHES[self.scope]

    @strawberry.field(graphql_type=SOURCE | None, description="来源")
    def source(self) -> Node | None:
        """Find where the value comes from."""
        claims = self.snapshot.nodes["Claim"]
        row = int(claims["source"][self.found.claim - claims.first])
        return entity(self.snapshot, row) if row >= 0 else None

    @strawberry.field(
        graphql_type=list[CLAIM],
        description="与之矛盾的数值：另一来源对同一年所说，或有一方未写年份，且相差超过 5 %；"
        "虚构样例不与真实数值矛盾",
    )
    def conflicts(self) -> list[Node]:
        """List the claims that contradict it."""
        return [entity(self.snapshot, row) for row in self.found.rivals]

    @strawberry.field(graphql_type=list[CLAIM], description="同一指标与口径的全部数值，首个为采用值")
    def claims(self) -> list[Node]:
        """List all claims of its metric and scope."""
        return [entity(self.snapshot, row) for row in self.found.claims]

    @strawberry.field(
        graphql_type=list["Figure"], description="同一指标在其他口径、或其他产品上的数值：各取采用值"
    )
    def other_scopes(self) -> "list[Figure]":
        """Choose the figures of the same metric in its other scopes."""
        subject, measure, stale_over = self.about
        return _others(self.snapshot, subject, measure, self.as_of, stale_over)


FigureScope = Annotated[Scope, strawberry.argument(description="数值口径，默认 WHOLE")]
FigureProduct = Annotated[
    strawberry.ID | None, strawberry.argument(description="所指产品；空为不分产品的数值")
]
StaleOver = Annotated[int, strawberry.argument(description="年龄超过几年为陈旧，默认 5")]
FigureMetric = Annotated[Metric, strawberry.argument(description="指标")]


def figure_fields() -> dict[str, StrawberryField]:
    """Make the fields that answer a figure of a town, an organisation or a region, and its other scopes."""
    return {
        "figure": strawberry.field(
            _resolve,
            description="数值：取不晚于 asOf 的最新年份，同年真实者先于虚构样例，再比等级、发布日期；"
            "null 为未知，不是 0：其他口径是否有数值见 otherScopes",
            metadata={READING: OfOwners(_figures)},
        ),
        "otherScopes": strawberry.field(
            _other_scopes,
            graphql_type=list[Figure],
            description="同一指标在其他口径（或其他产品）上的数值，各取采用值：figure 为 null 时看这里",
            metadata={READING: OfOwners(_other_scopes_of)},
        ),
    }


def headline_field() -> StrawberryField:
    """Make the field that answers the figure by which a town is known, and names its scope."""
    return strawberry.field(
        _headline,
        description="代表本镇的数值：依次取全镇、全产业链、全县、园区、单项产品、全市、出口中"
        "首个有数值的口径；scope 为所取口径，reach 为它与整体的关系",
        metadata={READING: OfOwners(_headlines)},
    )


def _resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
    root: Node,
    info: Info,
    metric: FigureMetric,
    scope: FigureScope = Scope.WHOLE,
    product: FigureProduct = None,
    as_of: AsOf = None,
    stale_over: StaleOver = STALE_OVER,
) -> Figure | None:
    return _figures(
        info.context,
        root.snapshot,
        [root.row],
        metric=metric,
        scope=scope,
        product=product,
        as_of=as_of,
        stale_over=stale_over,
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
    stale_over: int = STALE_OVER,
) -> list[Figure | None]:
    year, over = context.year(as_of), _checked(stale_over)
    measure = _measure(context, snapshot, metric, scope, product)
    found = figures_of(snapshot, owners, measure, year)
    return [
        one and _figure(snapshot, owner, measure, one, year, over)
        for owner, one in zip(owners, found, strict=True)
    ]


def _other_scopes(  # noqa: PLR0913, PLR0917 - the arguments of a field
    root: Node,
    info: Info,
    metric: FigureMetric,
    scope: FigureScope = Scope.WHOLE,
    product: FigureProduct = None,
    as_of: AsOf = None,
    stale_over: StaleOver = STALE_OVER,
) -> list[Figure]:
    return _other_scopes_of(
        info.context,
        root.snapshot,
        [root.row],
        metric=metric,
        scope=scope,
        product=product,
        as_of=as_of,
        stale_over=stale_over,
    )[0]


def _other_scopes_of(  # noqa: PLR0913 - the arguments of a field
    context: Context,
    snapshot: Snapshot,
    owners: Sequence[int],
    *,
    metric: Metric,
    scope: Scope = Scope.WHOLE,
    product: str | None = None,
    as_of: int | None = None,
    stale_over: int = STALE_OVER,
) -> list[list[Figure]]:
    year, over = context.year(as_of), _checked(stale_over)
    measure = _measure(context, snapshot, metric, scope, product)
    return [_others(snapshot, owner, measure, year, over) for owner in owners]


def _headline(
    root: Node,
    info: Info,
    metric: FigureMetric = Metric.OUTPUT_VALUE,
    as_of: AsOf = None,
    stale_over: StaleOver = STALE_OVER,
) -> Figure | None:
    return _headlines(
        info.context, root.snapshot, [root.row], metric=metric, as_of=as_of, stale_over=stale_over
    )[0]


def _headlines(  # noqa: PLR0913 - the arguments of a field
    context: Context,
    snapshot: Snapshot,
    owners: Sequence[int],
    *,
    metric: Metric = Metric.OUTPUT_VALUE,
    as_of: int | None = None,
    stale_over: int = STALE_OVER,
) -> list[Figure | None]:
    year, over = context.year(as_of), _checked(stale_over)
    found = ((owner, headline(snapshot, owner, metric, year)) for owner in owners)
    return [
        told and _figure(snapshot, owner, Measure(metric, told[0]), told[1], year, over)
        for owner, told in found
    ]


def _checked(stale_over: int) -> int:
    if stale_over < 0:
        raise BadInput(f"staleOver：应不小于 0，所给为 {stale_over}", "staleOver")
    return stale_over


def _measure(
    context: Context, snapshot: Snapshot, metric: Metric, scope: Scope, product: str | None
) -> Measure:
    return Measure(metric, scope, None if product is None else context.row_of(snapshot, product, "product"))


def _others(snapshot: Snapshot, subject: int, measure: Measure, as_of: int, stale_over: int) -> list[Figure]:
    found = others(snapshot, subject, measure, as_of)
    return [_figure(snapshot, subject, other, one, as_of, stale_over) for other, one in found]


def _figure(  # noqa: PLR0913, PLR0917 - what a figure is of
    snapshot: Snapshot, subject: int, measure: Measure, found: Chosen, as_of: int, stale_over: int
) -> Figure:
    claim = entity(snapshot, found.claim)
    cells = {
        name: getattr(claim, name) for name in ("value", "unit", "year", "scope", "bound", "grade", "note")
    }
    age = None if found.year is None else as_of - found.year
    said = bounded(amount(found.value, cells["unit"], stated=True), cells["bound"])
    told = caution(measure.scope, found.year, as_of, stale_over)
    return Figure(
        **cells,
        as_of=as_of,
        age=age,
        stale=None if age is None else age > stale_over,
        in_words=said if told is None else f"{said}（{told}）",
        found=found,
        about=(subject, measure, stale_over),
        snapshot=snapshot,
    )
