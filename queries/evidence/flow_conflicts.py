"""Flow conflicts: which supplies several sources disagree on, which flow counts, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.snapshot.claims import Other, contradicts, difference, of_flow, spread_of, why
from graph.snapshot.flows import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import newest
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
    flows, supplies = supply_flows(snapshot, as_of), snapshot.relations["SUPPLIES"]
    places, begins = newest(snapshot, "SUPPLIES", as_of)
    inside, base = in_scope(snapshot, town, as_of), snapshot.nodes["Organisation"].first
    wanted = (flows.rivals > 0) & (inside[flows.start - base] | inside[flows.end - base])
    ends = np.append(begins, len(places))
    found: list[FlowConflict] = []
    for number in np.flatnonzero(wanted).tolist():
        group = places[ends[number] : ends[number + 1]]
        rivals = group[contradicts(supplies, np.repeat(group[:1], len(group)), group)]
        link = links_of(flows, np.array([number], np.int32))[0]
        found.append(_flow_conflict(snapshot, link, rivals.tolist()))
    return found


def _flow_conflict(snapshot: Snapshot, flow: Link, rivals: Sequence[int]) -> FlowConflict:
    supplies, chosen = snapshot.relations["SUPPLIES"], flow.value or 0.0
    values = [float(supplies["value"][edge]) for edge in rivals]
    best = of_flow(snapshot, flow.edge)
    others = [
        Other(edge, value, difference(chosen, value), True, why(best, of_flow(snapshot, edge)))  # noqa: FBT003
        for edge, value in zip(rivals, values, strict=True)
    ]
    return FlowConflict(flow, others, spread_of(chosen, values))
