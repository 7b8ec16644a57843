"""The map of a chain: its steps, how they feed each other, and who makes them where."""

from typing import Any

import strawberry

from graph.kinds.terms import Stage
from queries.gaps.chain_map import ChainMap, chain_map
from queries.gaps.terms import GapReason, GapState
from schema.answers.proximity import NearnessName, nodes
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.results import node_field, nodes_field, result_type, results_field, value_field

StageName: Any = enum_type(Stage)
StateName: Any = enum_type(GapState)
ReasonName: Any = enum_type(GapReason)

MakersAt = result_type(
    "MakersAt",
    "某一远近的生产者",
    nearness=value_field("远近", NearnessName, lambda pair: pair[0]),
    count=value_field("家数", int, lambda pair: len(pair[1])),
    makers=nodes_field("Organisation", "生产者", lambda found: found[1]),
)
MakersIn = result_type(
    "MakersIn",
    "某一专业镇的生产者",
    town=node_field("Town", "专业镇", lambda pair: pair[0]),
    count=value_field("家数", int, lambda pair: len(pair[1])),
)
ChainStep = result_type(
    "ChainMapStep",
    "产业链图上的一个环节",
    product=node_field("Product", "产品或环节", lambda step: step.product),
    stage=value_field("产业链位置", StageName | None, lambda step: step.stage),
    required=value_field("是否必备环节", bool | None, lambda step: step.required),
    makers=results_field("生产者，按离本镇的远近", MakersAt, lambda step: nodes(step.makers)),
    makers_by_town=results_field(
        "生产者，按所在专业镇", MakersIn, lambda step: [*step.makers_by_town.items()]
    ),
    state=value_field(
        "对本镇而言的状态；空为可选环节而本地无人从事、无人采购，或不就某镇而言",
        StateName | None,
        lambda step: step.state,
    ),
    reasons=value_field("理由，同 gaps", list[ReasonName], lambda step: list(step.reasons)),
)
ChainInput = result_type(
    "ChainMapInput",
    "环节间的投入关系",
    product=node_field("Product", "投入品", lambda found: found.start),
    used_in=node_field("Product", "用于", lambda found: found.end),
    essential=value_field("是否不可缺少", bool | None, lambda found: found.essential),
)
ChainMapType = result_type(
    "ChainMap",
    "产业链图：环节、投入关系、各地的生产者",
    town=node_field("Town", "所对照的专业镇；空为不就某镇而言", lambda found: found.town, optional=True),
    chains=nodes_field("Chain", "参考产业链", lambda found: found.chains),
    steps=results_field("环节", ChainStep, lambda found: found.steps),
    inputs=results_field("投入关系", ChainInput, lambda found: found.inputs),
    as_of=value_field("所答年份", int, lambda found: found.as_of),
)


def chain_map_field(words: str) -> Any:
    """Make the field that draws the map of a chain, for a town or by itself."""

    async def resolve(root: Any, info: Info, as_of: AsOf = None) -> Any:
        found: ChainMap = await info.context.analyse(chain_map, root.id, as_of=info.context.year(as_of))
        return ChainMapType(found=found, snapshot=info.context.snapshot)

    resolve.__annotations__["return"] = ChainMapType | None
    return strawberry.field(resolve, description=words)


CHAIN: dict[str, Any] = {"map": chain_map_field("产业链图：各环节由哪里的谁生产")}
TOWN: dict[str, Any] = {
    "chain_map": chain_map_field("对照参考产业链的产业链图：各环节的生产者，按离本镇的远近")
}
