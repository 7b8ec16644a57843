"""Figures: the value that counts in a year, where it comes from, and what contradicts it."""

from typing import Annotated, Any

import strawberry

from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import Bound, Grade, Scope
from queries.lookup.claims import Figure as Chosen
from queries.lookup.claims import choose
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.nodes import TYPES, find, publish

MetricName: Any = enum_type(Metric)
ScopeName: Any = enum_type(Scope)
UnitName: Any = enum_type(Unit)
GradeName: Any = enum_type(Grade)
BoundName: Any = enum_type(Bound)


def figure_field() -> Any:
    """Make the field that answers a figure of a town, an organisation or a region."""

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
        root: Any, info: Info, metric: Any, scope: Any = Scope.WHOLE, product: Any = None, as_of: AsOf = None
    ) -> Any:
        year = info.context.year(as_of)
        id = await info.context.known(product, "product") if product else None
        found = choose(await info.context.claims(root.id, metric, scope, id), year)
        return _figure(found) if found else None

    resolve.__annotations__ |= {
        "metric": Annotated[MetricName, strawberry.argument(description="指标")],
        "scope": Annotated[ScopeName, strawberry.argument(description="数值口径，默认 WHOLE")],
        "product": Annotated[
            strawberry.ID | None, strawberry.argument(description="所指产品；空为不分产品的数值")
        ],
        "return": Figure | None,
    }
    return strawberry.field(
        resolve,
        description="数值：取不晚于 asOf 的最新年份，同年依次比等级、发布日期；null 为未知，不是 0",
    )


def _claims(name: str, words: str) -> Any:
    def resolve(root: Any) -> Any:
        return [publish(Claim, row) for row in getattr(root, f"{name}_rows")]

    resolve.__annotations__["return"] = list[TYPES["Claim"]]
    return strawberry.field(resolve, description=words)


def _source() -> Any:
    async def resolve(root: Any, info: Info) -> Any:
        return await find(info, root.source_id)

    resolve.__annotations__["return"] = TYPES["Source"] | None
    return strawberry.field(resolve, description="来源")


def _figure_type() -> Any:
    annotations: dict[str, Any] = {
        "value": float,
        "unit": UnitName,
        "year": int | None,
        "scope": ScopeName,
        "bound": BoundName,
        "grade": GradeName,
        "note": str | None,
        "as_of": int,
        "source_id": strawberry.Private[object],
        "conflicts_rows": strawberry.Private[object],
        "claims_rows": strawberry.Private[object],
    }
    words = {
        "value": "数值，单位见 unit",
        "unit": "计量单位",
        "year": "数值所属年份；空为未说明",
        "scope": "数值口径",
        "bound": "数值性质",
        "grade": "等级",
        "note": "原文用语",
        "as_of": "所答年份",
    }
    namespace: dict[str, Any] = {name: strawberry.field(description=text) for name, text in words.items()}
    namespace |= {
        "source": _source(),
        "conflicts": _claims(
            "conflicts", "其他来源与之矛盾的数值：年份相差 3 年以内或未说明，且相差超过 5 %"
        ),
        "claims": _claims("claims", "同一指标与口径的全部数值，首个为采用值"),
        "__annotations__": annotations,
        "__module__": __name__,
    }
    return strawberry.type(type("Figure", (), namespace), description="数值：采用值、来源与矛盾值")


Figure: Any = _figure_type()


def _figure(found: Chosen) -> Any:
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
        conflicts_rows=found.rivals,
        claims_rows=found.claims,
    )
