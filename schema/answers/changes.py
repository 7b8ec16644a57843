"""Changes of a town between two years."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from queries.evidence.changes import Changes, Listed, changes
from schema.answers.walks import WalkLink
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.nodes import TYPES
from schema.language.results import entity, node_field, result_field, result_type, results_field, value_field


def _entities() -> Any:
    def resolve(root: Any) -> Any:
        return [entity(root.snapshot, row) for row in root.found.rows]

    organisation = TYPES["Organisation"]
    resolve.__annotations__["return"] = list[organisation]
    return strawberry.field(resolve, description="主体，按标识排序")


def _listed(words: str, made: Any, get: Callable[[Any], Listed[Any]]) -> Any:
    return result_field(words, made, get)


COUNT = value_field("总数", int, lambda listed: listed.count)
OrganisationsType = result_type("ListedOrganisations", "若干主体", rows=_entities(), count=COUNT)
SuppliesType = result_type(
    "ListedSupplies",
    "若干笔供应，金额大者在前",
    rows=results_field("供应", WalkLink, lambda listed: listed.rows),
    count=COUNT,
)
SupplyChangeType = result_type(
    "SupplyChange",
    "一笔供应（卖方、买方、产品）前后的数值",
    before=result_field("前", WalkLink, lambda change: change.before),
    after=result_field("后", WalkLink, lambda change: change.after),
    difference=value_field(
        "后 − 前（元/年）；空为有一个不详", float | None, lambda change: change.difference
    ),
)
SupplyChangesType = result_type(
    "ListedSupplyChanges",
    "若干笔数值变动的供应，变动大者在前",
    rows=results_field("供应", SupplyChangeType, lambda listed: listed.rows),
    count=COUNT,
)
FigureChangeType = result_type(
    "FigureChange",
    "本镇一项数值前后采用的说法",
    metric=value_field("指标", enum_type(Metric), lambda change: change.metric),
    scope=value_field("数值口径", enum_type(Scope), lambda change: change.scope),
    product=node_field("Product", "所指产品", lambda change: change.product, optional=True),
    before=node_field("Claim", "前；空为当时没有", lambda change: change.before, optional=True),
    after=node_field("Claim", "后", lambda change: change.after),
    difference=value_field("后 − 前（指标的单位）", float | None, lambda change: change.difference),
    relative=value_field("变动 ÷ |前|", float | None, lambda change: change.relative),
)
FigureChangesType = result_type(
    "ListedFigureChanges",
    "若干项数值，按指标排序",
    rows=results_field("数值", FigureChangeType, lambda listed: listed.rows),
    count=COUNT,
)
ChangesType = answer_type(
    "TownChanges",
    "两年对比：由 from 年 12 月 31 日到 to 年 12 月 31 日",
    start=value_field("前一年", int, lambda found: found.start),
    end=value_field("后一年", int, lambda found: found.end),
    came=_listed("新加入的成员", OrganisationsType, lambda found: found.came),
    left=_listed("不再是成员者，含已注销者", OrganisationsType, lambda found: found.left),
    founded=_listed("其间成立的本地主体", OrganisationsType, lambda found: found.founded),
    closed=_listed("其间注销的本地主体", OrganisationsType, lambda found: found.closed),
    begun=_listed("新增的供应（买方或卖方为本地主体）", SuppliesType, lambda found: found.begun),
    ended=_listed("终止的供应", SuppliesType, lambda found: found.ended),
    changed=_listed("数值变动的供应", SupplyChangesType, lambda found: found.changed),
    figures=_listed("本镇的数值：采用的说法有变者", FigureChangesType, lambda found: found.figures),
    supply_unknown=value_field(
        "供应无从比较的原因；空为可比较", str | None, lambda found: found.supply_unknown
    ),
)


async def changes_(
    root: Any,
    info: Info,
    start: Annotated[int, strawberry.argument(name="from", description="前一年，早于 to")],
    end: Annotated[int, strawberry.argument(name="to", description="后一年")],
    first: Annotated[int, strawberry.argument(description="每个列表取前几条，1–500")] = 50,
) -> Any:
    """Compare a town in two years."""
    years = (info.context.year(year, argument) for year, argument in ((start, "from"), (end, "to")))
    before, after = years
    found: Changes = await info.context.analyse(changes, root.id, start=before, end=after, first=first)
    raw = info._raw_info  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - what graphql-core knows
    return ChangesType(found=found, snapshot=info.context.snapshot, asked=(raw, str(root.id), None))


changes_.__annotations__["return"] = ChangesType | None
TOWN: dict[str, Any] = {
    "changes": strawberry.field(
        changes_, name="changes", description="两年对比：成员、成立与注销、供应、数值的变化"
    )
}
