"""Subgraphs: some nodes, or what lies around one, as a plain NetworkX graph for pictures and exact work."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import BadInput
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.purchases import Flows, supply_flows, supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import Mask

if TYPE_CHECKING:
    import networkx as nx

LARGEST = 5_000
"""How many nodes a NetworkX picture may have."""
FARTHEST = 10
"""How many links away its nodes may be."""


def subgraph(
    snapshot: Snapshot,
    ids: Iterable[str] = (),
    as_of: int | None = None,
    *,
    around: str | None = None,
    hops: int = 1,
) -> "nx.DiGraph[str]":
    """Make a frozen NetworkX graph of some nodes and the goods that flow between them in a year.

    The nodes are those of `ids`, and the organisations at most `hops` links up or down from `around`; the
    year is the newest when none is given. Nodes carry `name` and `kind`; links carry `product` (ids, joined
    by `|`), `value` (yuan a year, the sum of what is known) and `year` (the newest); what is unknown is left
    out. More than 5,000 nodes are an error: a picture is never cut in silence.
    """
    year = snapshot.newest_year if as_of is None else as_of
    if year is None:
        raise BadInput("asOf：快照没有年份，须给出", "asOf")
    wanted = {snapshot.row_of(id): None for id in ids}
    if around is not None:
        wanted |= dict.fromkeys(_around(snapshot, around, hops, year).tolist())
    if len(wanted) > LARGEST:
        given = "ids" if around is None else "around"
        raise BadInput(f"子图最多 {LARGEST:,} 个节点，所给有 {len(wanted):,} 个；请先筛选", given)
    import networkx as nx  # noqa: PLC0415 - loaded when asked for: a twentieth of the start

    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in wanted:
        graph.add_node(snapshot.id_of(row), name=snapshot.name_of(row), kind=snapshot.kind_of(row).label)
    inside = np.zeros(len(snapshot), np.bool_)
    inside[list(wanted)] = True
    flows = supply_flows(snapshot, year)
    for place in np.flatnonzero(inside[flows.start] & inside[flows.end]):
        _link(snapshot, graph, flows, int(place))
    return nx.freeze(graph)


def within(directions: Sequence[Csr], start: int, hops: int) -> Mask:
    """Which nodes are at most some links away from one, along any of the directions."""
    seen = np.zeros(len(directions[0]), np.bool_)
    seen[start] = True
    tier = np.array([start], np.int32)
    for _ in range(hops):
        near = np.unique(np.concatenate([links.at(tier)[1] for links in directions]))
        tier = near[~seen[near]]
        if not len(tier):
            break
        seen[tier] = True
    return seen


def place_of(snapshot: Snapshot, around: str, hops: int) -> int:
    """Find the place of the organisation that lies in the middle, and check how far it is asked to reach."""
    row, table = snapshot.row_of(around), snapshot.nodes["Organisation"]
    if row not in table.rows:
        raise BadInput(f"around：{around} 不是主体，应形如 org:…", "around")
    if not 0 <= hops <= FARTHEST:
        raise BadInput(f"hops：应在 0 到 {FARTHEST} 之间，所给为 {hops}", "hops")
    return row - table.first


def _around(snapshot: Snapshot, around: str, hops: int, year: int) -> Ints:
    place, network = place_of(snapshot, around, hops), supply_network(snapshot, year)
    seen = within([network.customers, network.suppliers], place, hops)
    return (np.flatnonzero(seen) + network.first).astype(np.int32)


def _link(snapshot: Snapshot, graph: "nx.DiGraph[str]", flows: Flows, place: int) -> None:
    start, end = snapshot.id_of(flows.start[place]), snapshot.id_of(flows.end[place])
    product = snapshot.id_of(flows.product[place])
    before: dict[str, Any] = graph.get_edge_data(start, end, {})
    link: dict[str, Any] = {"product": f"{before['product']}|{product}" if before else product}
    value, year = float(flows.value[place]), int(flows.year[place])
    known = [v for v in (before.get("value"), value) if v is not None and v == v]  # noqa: PLR0124 - NaN
    years = [y for y in (before.get("year"), year) if y is not None and y != MISSING]
    if known:
        link["value"] = sum(known)
    if years:
        link["year"] = max(years)
    graph.add_edge(start, end, **link)
