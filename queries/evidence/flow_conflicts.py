"""Flow conflicts: which supplies several sources disagree on, which flow counts, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.snapshot.claims import Other, difference, of_flow, spread_of, why
from graph.snapshot.purchases import Rival, rivals_of, supply_flows
from graph.snapshot.snapshot import Snapshot
from queries.levels import in_scope
from queries.links import Link, links_of


@dataclass(frozen=True, slots=True)
class FlowConflict:
    """One supply that several sources have measured."""

    flow: Link
    """The flow that counts."""
    others: Sequence[Other]
    """Those of other sources that contradict it, best first."""
    spread: float | None


def flow_conflicts(snapshot: Snapshot, town: str | None, as_of: int) -> list[FlowConflict]:
    """Find the supplies that other sources contradict, bought or sold by a town's organisations."""
    flows = supply_flows(snapshot, as_of)
    inside, base = in_scope(snapshot, town, as_of), snapshot.nodes["Organisation"].first
    wanted = (flows.rivals > 0) & (inside[flows.start - base] | inside[flows.end - base])
    places = np.flatnonzero(wanted).astype(np.int32)
    links, rivals = links_of(flows, places), rivals_of(snapshot, as_of, places.tolist())
    return [_flow_conflict(snapshot, *pair) for pair in zip(links, rivals, strict=True)]


def _flow_conflict(snapshot: Snapshot, flow: Link, rivals: Sequence[Rival]) -> FlowConflict:
    chosen, best = flow.value or 0.0, of_flow(snapshot, flow.year, -1 if flow.source is None else flow.source)
    others = [
        Other(
            rival.source,
            rival.value,
            difference(chosen, rival.value),
            rival=True,
            why=why(best, of_flow(snapshot, rival.year, rival.source)),
        )
        for rival in rivals
    ]
    return FlowConflict(flow, others, spread_of(chosen, [rival.value for rival in rivals]))
