"""Questions over the snapshot: walks up and down the chain, paths, a chain's map, counts by group."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from graph.errors import StoreUnavailable
from graph.kinds.columns import columns
from graph.kinds.metrics import Metric
from graph.kinds.terms import RegionLevel, Stage
from graph.snapshot import Snapshot
from queries.linkage.links import Direction
from queries.linkage.paths import Paths, paths
from queries.linkage.walk import Walk, walk
from queries.lookup.counts import Group, GroupCount, organisation_counts
from queries.town.chain_map import ChainMap, Nearness, chain_map
from schema.connection import AsOf
from schema.context import Info
from schema.enums import enum_type
from schema.nodes import TYPES, publish

StageName: Any = enum_type(Stage)
NearnessName: Any = enum_type(Nearness)
GroupName: Any = enum_type(Group)
MetricName: Any = enum_type(Metric)
RegionLevelName: Any = enum_type(RegionLevel)

Depth = Annotated[int, strawberry.argument(description="级数，1–10")]
Limit = Annotated[int, strawberry.argument(description="至多几个主体（含起点），1–5000；截断时见 cut")]
MinShare = Annotated[
    float | None, strawberry.argument(description="只沿占买方该产品采购额不低于此比例（0–1）的供应走")
]
ProductId = Annotated[strawberry.ID | None, strawberry.argument(description="只沿此产品的供应走")]


def entity(snapshot: Snapshot, row: int) -> Any:
    """Publish a node as the snapshot has it."""
    found = snapshot.entity(row)
    kind = type(found)
    return publish(kind, {c.name: getattr(found, c.field) for c in columns(kind)})


def _from_snapshot(
    label: str, words: str, get: Callable[[Any], int | None], *, optional: bool = False
) -> Any:
    def resolve(root: Any) -> Any:
        row = get(root.found)
        return None if row is None else entity(root.snapshot, row)

    resolve.__annotations__["return"] = TYPES[label] | None if optional else TYPES[label]
    return strawberry.field(resolve, description=words)


def _given(words: str, annotation: Any, get: Callable[[Any], Any]) -> Any:
    def resolve(root: Any) -> Any:
        return get(root.found)

    resolve.__annotations__["return"] = annotation
    return strawberry.field(resolve, description=words)


def _each(words: str, made: Any, get: Callable[[Any], Any]) -> Any:
    def resolve(root: Any) -> Any:
        return [made(found=found, snapshot=root.snapshot) for found in get(root.found)]

    resolve.__annotations__["return"] = list[made]
    return strawberry.field(resolve, description=words)


def _part(words: str, made: Any, get: Callable[[Any], Any]) -> Any:
    def resolve(root: Any) -> Any:
        return made(found=get(root.found), snapshot=root.snapshot)

    resolve.__annotations__["return"] = made
    return strawberry.field(resolve, description=words)


def _listed(label: str, words: str, get: Callable[[Any], Sequence[int]]) -> Any:
    def resolve(root: Any) -> Any:
        return [entity(root.snapshot, row) for row in get(root.found)]

    resolve.__annotations__["return"] = list[TYPES[label]]
    return strawberry.field(resolve, description=words)


def _result(title: str, words: str, /, **fields: Any) -> Any:
    """Make the type of a result: it keeps what was found, and the snapshot that it was found in."""
    annotations = {"found": strawberry.Private[object], "snapshot": strawberry.Private[object]}
    made: Any = type(title, (), {"__annotations__": annotations, "__module__": __name__, **fields})
    return strawberry.type(made, description=words)


WalkNode = _result(
    "WalkNode",
    "上下游中的一个主体",
    entity=_from_snapshot("Organisation", "主体（取自快照）", lambda step: step.row),
    tier=_given("离起点几级；起点为 0", int, lambda step: step.tier),
    value=_given("与上一级之间的金额（元/年）；空为不详", float | None, lambda step: step.value),
)
WalkLink = _result(
    "WalkLink",
    "一笔供应：货物由 from 流向 to",
    seller=_from_snapshot("Organisation", "卖方", lambda link: link.start),
    buyer=_from_snapshot("Organisation", "买方", lambda link: link.end),
    product=_from_snapshot("Product", "产品", lambda link: link.product),
    year=_given("数值所属年份；空为已知有供应、未计量", int | None, lambda link: link.year),
    value=_given("金额（元/年）；空为不详", float | None, lambda link: link.value),
    share=_given("占买方该产品采购额的比例（0–1）；空为不详", float | None, lambda link: link.share),
    stale=_given("数值早于 asOf 三年以上：只表明有联系", bool, lambda link: link.stale),
    rivals=_given("另有几个来源的数值与之矛盾", int, lambda link: link.rivals),
)
Cut = _result(
    "WalkCut",
    "未显示的部分：都为 0 即完整",
    nodes=_given("因 limit 未列出的主体数", int, lambda cut: cut.left_out),
    frontier=_given("已列出、但因 depth 或 limit 未再向前走的主体数", int, lambda cut: cut.frontier),
    unmeasured=_given("因比例不详而未走的供应数（仅当给出 minShare）", int, lambda cut: cut.unmeasured),
    whole=_given("是否完整", bool, lambda cut: cut.whole),
)
WalkPath = _result(
    "WalkPath",
    "一条路径",
    nodes=_listed("Organisation", "由起点到末级的主体", lambda found: found.rows),
    share=_given("沿途各级比例之积（0–1）；空为有一级不详", float | None, lambda path: path.share),
)
WalkType = _result(
    "Walk",
    "上游或下游：逐级的主体、其间的供应、未显示的部分",
    nodes=_each("主体：按级、金额、标识排序，首个为起点", WalkNode, lambda found: found.steps),
    links=_each("其间的全部供应", WalkLink, lambda found: found.links),
    cut=_part("未显示的部分", Cut, lambda found: found.cut),
    as_of=_given("所答年份", int, lambda found: found.as_of),
)
PathsType = _result(
    "WalkPaths",
    "由起点到末级主体的路径，份额大者在前",
    paths=_each("路径", WalkPath, lambda found: found.paths),
    more=_given("是否还有更多路径", bool, lambda found: found.more),
    as_of=_given("所答年份", int, lambda found: found.walk.as_of),
)


def walk_field(direction: Direction, words: str) -> Any:
    """Make the field that walks from an organisation."""

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
        root: Any,
        info: Info,
        depth: Depth = 3,
        limit: Limit = 200,
        min_share: MinShare = None,
        product: ProductId = None,
        as_of: AsOf = None,
    ) -> Any:
        year = info.context.year(as_of)
        found: Walk = await info.context.analyse(
            walk,
            root.id,
            as_of=year,
            direction=direction,
            depth=depth,
            limit=limit,
            min_share=min_share,
            product=product,
        )
        return WalkType(found=found, snapshot=info.context.snapshot)

    resolve.__annotations__["return"] = WalkType | None
    return strawberry.field(resolve, description=words)


def paths_field(direction: Direction, words: str) -> Any:
    """Make the field that lists paths from an organisation."""

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
        root: Any,
        info: Info,
        depth: Depth = 3,
        first: Annotated[int, strawberry.argument(description="取前几条，1–100")] = 20,
        limit: Limit = 200,
        min_share: MinShare = None,
        product: ProductId = None,
        as_of: AsOf = None,
    ) -> Any:
        year = info.context.year(as_of)
        found: Paths = await info.context.analyse(
            paths,
            root.id,
            as_of=year,
            direction=direction,
            depth=depth,
            limit=limit,
            min_share=min_share,
            product=product,
            first=first,
        )
        return PathsType(found=found, snapshot=info.context.snapshot)

    resolve.__annotations__["return"] = PathsType | None
    return strawberry.field(resolve, description=words)


MakersAt = _result(
    "MakersAt",
    "某一远近的生产者",
    nearness=_given("远近", NearnessName, lambda pair: pair[0]),
    count=_given("家数", int, lambda pair: len(pair[1])),
    makers=_listed("Organisation", "生产者", lambda found: found[1]),
)
MakersIn = _result(
    "MakersIn",
    "某一专业镇的生产者",
    town=_from_snapshot("Town", "专业镇", lambda pair: pair[0]),
    count=_given("家数", int, lambda pair: len(pair[1])),
)
ChainStep = _result(
    "ChainMapStep",
    "产业链图上的一个环节",
    product=_from_snapshot("Product", "产品或环节", lambda step: step.product),
    stage=_given("产业链位置", StageName | None, lambda step: step.stage),
    required=_given("是否必备环节", bool | None, lambda step: step.required),
    makers=_each("生产者，按离本镇的远近", MakersAt, lambda step: [*step.makers.items()]),
    makers_by_town=_each("生产者，按所在专业镇", MakersIn, lambda step: [*step.makers_by_town.items()]),
)
ChainInput = _result(
    "ChainMapInput",
    "环节间的投入关系",
    product=_from_snapshot("Product", "投入品", lambda found: found.start),
    used_in=_from_snapshot("Product", "用于", lambda found: found.end),
    essential=_given("是否不可缺少", bool | None, lambda found: found.essential),
)
ChainMapType = _result(
    "ChainMap",
    "产业链图：环节、投入关系、各地的生产者",
    town=_from_snapshot("Town", "所对照的专业镇；空为不就某镇而言", lambda found: found.town, optional=True),
    chains=_listed("Chain", "参考产业链", lambda found: found.chains),
    steps=_each("环节", ChainStep, lambda found: found.steps),
    inputs=_each("投入关系", ChainInput, lambda found: found.inputs),
    as_of=_given("所答年份", int, lambda found: found.as_of),
)


def chain_map_field(words: str) -> Any:
    """Make the field that draws the map of a chain, for a town or by itself."""

    async def resolve(root: Any, info: Info, as_of: AsOf = None) -> Any:
        found: ChainMap = await info.context.analyse(chain_map, root.id, as_of=info.context.year(as_of))
        return ChainMapType(found=found, snapshot=info.context.snapshot)

    resolve.__annotations__["return"] = ChainMapType | None
    return strawberry.field(resolve, description=words)


OrganisationCount = _result(
    "OrganisationCount",
    "一组主体的计数",
    key=_given("组：专业镇、行业、区划的标识，或主体形式；空为未归组", str | None, lambda group: group.key),
    name=_given("组名", str | None, lambda group: group.name),
    count=_given("主体数", int, lambda group: group.count),
    total=_given("指标合计（指标的单位），只计已知者；空为全不详或未问", float | None, lambda g: g.total),
    known=_given("有数值的主体数", int, lambda group: group.known),
    unknown=_given("无数值的主体数：合计未含", int, lambda group: group.unknown),
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


@strawberry.type(description="快照：分析与检索所依据的全库副本")
class SnapshotInfo:
    """Which copy of the graph answers."""

    id: str = strawberry.field(description="标识：版本、写入次数与内容散列")
    version: int = strawberry.field(description="数据版本：已完成的装载次数")
    taken_at: datetime = strawberry.field(description="取得时间")
    newest_year: int | None = strawberry.field(description="数据最新年份：asOf 为空时所取")


async def snapshot_info(info: Info) -> SnapshotInfo | None:
    """Say which snapshot answers now; None before the first."""
    try:
        found = info.context.snapshot
    except StoreUnavailable:
        return None
    return SnapshotInfo(
        id=found.id, version=found.version, taken_at=found.taken_at, newest_year=found.newest_year
    )


ROOT: dict[str, Any] = {
    "organisation_counts": strawberry.field(
        organisation_counts_, name="organisationCounts", description="主体计数与合计：按镇、形式、行业或区划"
    ),
    "snapshot": strawberry.field(snapshot_info, description="当前快照；空为尚未就绪"),
}
ORGANISATION: dict[str, Any] = {
    "upstream": walk_field("UP", "上游：逐级的供应商"),
    "downstream": walk_field("DOWN", "下游：逐级的客户"),
    "upstream_paths": paths_field("UP", "上游路径：沿供应商往上的链条，份额大者在前"),
    "downstream_paths": paths_field("DOWN", "下游路径：沿客户往下的链条，份额大者在前"),
}
CHAIN: dict[str, Any] = {"map": chain_map_field("产业链图：各环节由哪里的谁生产")}
TOWN: dict[str, Any] = {
    "chain_map": chain_map_field("对照参考产业链的产业链图：各环节的生产者，按离本镇的远近")
}
