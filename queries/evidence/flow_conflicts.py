"""Flow conflicts: which supplies several sources disagree on, which flow counts, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.facts import Source
from graph.kinds.results import As, result
from graph.snapshot.claims import ClaimChoice, difference, of_flow, spread_of, why
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import Rival, rivals_of, supply_flows
from graph.snapshot.snapshot import Snapshot
from queries.levels import in_scope
from queries.links import Link, links_of

DIFFERENCE = "与采用值之差 ÷ |采用值|；空为采用值是 0"
SPREAD = "采用值与矛盾值中（最大 − 最小）÷ |采用值|；空为采用值是 0"


@result("另一来源对同一供应的数值")
@dataclass(frozen=True, slots=True)
class OtherFlow:
    """A supply of another source that contradicts the one that counts."""

    value: Annotated[float, "金额（元/年）"]
    difference: Annotated[float | None, DIFFERENCE]
    why: Annotated[ClaimChoice, "为何不采用这一条"]
    source: Annotated[NodeIndex | None, Source, "来源；空为未记录"]


@result("一笔供应，几个来源数值不一")
@dataclass(frozen=True, slots=True)
class FlowConflict:
    """One supply that several sources have measured."""

    flow: Annotated[Link, "采用的供应", As("chosen")]
    others: Annotated[Sequence[OtherFlow], "其他来源的矛盾数值"]
    spread: Annotated[float | None, SPREAD]


def flow_conflicts(snapshot: Snapshot, town: str | None, as_of: int) -> list[FlowConflict]:
    """Find the supplies that other sources contradict, bought or sold by a town's organisations."""
    flows = supply_flows(snapshot, as_of)
    inside, base = in_scope(snapshot, town, as_of), snapshot.nodes["Organisation"].first
    wanted = (flows.rivals > 0) & (inside[flows.start - base] | inside[flows.end - base])
    places = np.flatnonzero(wanted).astype(np.int32)
    links, rivals = links_of(flows, places), rivals_of(snapshot, as_of, places.tolist())
    return [_flow_conflict(snapshot, *pair) for pair in zip(links, rivals, strict=True)]


def _flow_conflict(snapshot: Snapshot, flow: Link, rivals: Sequence[Rival]) -> FlowConflict:
    chosen, best = flow.value or 0.0, of_flow(snapshot, flow.edge)
    others = [
        OtherFlow(
            rival.value,
            difference(chosen, rival.value),
            why(best, of_flow(snapshot, rival.edge)),
            rival.source,
        )
        for rival in rivals
    ]
    return FlowConflict(flow, others, spread_of(chosen, [rival.value for rival in rivals]))
