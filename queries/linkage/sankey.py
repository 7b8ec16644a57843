"""Sankey: the flows of a year as a picture that runs one way, with what it does not show in yuan."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.networkx.subgraph import place_of, within
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.purchases import supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Formula, Level, Method
from queries.levels import in_scope
from queries.linkage.leontief import nothing_measured
from queries.linkage.ordering import tiers_of
from queries.linkage.streams import Cycles, Stream, between, streamed
from queries.linkage.traffic import Traffic, traffic_of

MOST = 500
"""How many links a picture may have."""
LISTED = 100
"""How many members of a merged node are listed."""

FORMULA = Formula(
    "sankey-acyclic",
    1,
    "图为无环化后的流向：循环已合并或断开，未画出的金额见 dropped、leftOut、internal；只含已计量的供应。",
)


@dataclass(frozen=True, slots=True)
class SankeyNode:
    """A node of the picture."""

    row: int
    """Global row of its greatest member; -1: those that belong to none."""
    members: Sequence[int]
    """Global rows of the members, those with most flow first, up to 100; more than one: a merged circle."""
    count: int
    """How many members there are."""
    tier: int
    """The column of the picture, from 0; every link leads to a higher one."""
    value_in: float
    """Yuan a year from other nodes, over all links that were not dropped, whether shown or not."""
    value_out: float
    """Yuan a year to other nodes, likewise."""
    internal: float
    """Yuan a year within the node."""


@dataclass(frozen=True, slots=True)
class SankeyLink:
    """A link of the picture, in the direction of the goods."""

    source: int
    """The place of its node in the list."""
    target: int
    value: float
    """Yuan a year."""
    unmeasured: int
    """How many more flows there are between the two, of unknown value."""


@dataclass(frozen=True, slots=True)
class Sankey:
    """The picture, and where the rest is: total = shown + left out + dropped + internal (yuan a year)."""

    nodes: Sequence[SankeyNode]
    """By tier, then by flow."""
    links: Sequence[SankeyLink]
    """The greatest first."""
    total: float
    """All measured flows in question."""
    shown: float
    left_out: float
    """Of the links beyond `first`."""
    left_out_links: int
    dropped: float
    """Of the links that were dropped to open circles."""
    dropped_links: int
    internal: float
    """Within nodes: a level's own trade, and merged circles."""
    method: Method
    unknown: str | None = None

    @property
    def dropped_share(self) -> float | None:
        """The share of the total that was dropped (0–1); None: there is no flow."""
        return self.dropped / self.total if self.total > 0 else None


def sankey(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    scope: str | None = None,
    around: str | None = None,
    hops: int = 2,
    level: Level = Level.PRODUCT,
    digits: int = 2,
    cycles: Cycles = Cycles.DROP,
    first: int = 60,
) -> Sankey:
    """Draw the flows among the organisations of a scope, or within some links of one, added up at a level.

    `around` keeps the suppliers of an organisation, and its customers, up to `hops` links away. Of the links
    that are left the `first` are shown, the greatest; at the level of products a buyer's purchases go to the
    products it sells, by value.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    inside = in_scope(snapshot, scope, as_of) & _near(snapshot, around, hops, as_of)
    traffic = traffic_of(snapshot, inside, as_of=as_of, level=level, digits=digits)
    asked = {"scope": scope, "around": around, "hops": hops, "level": level.value, "digits": digits}
    asked |= {"cycles": cycles.value, "first": first}
    method = FORMULA.method(snapshot, as_of, asked, coverage=traffic.coverage)
    total = float(traffic.value.sum())
    if not total > 0:
        return Sankey([], [], 0.0, 0.0, 0.0, 0, 0.0, 0, 0.0, method, nothing_measured(as_of))
    stream = streamed(traffic.value, cycles)
    checkpoint()
    return _pictured(traffic, stream, total, first, method)


def _near(snapshot: Snapshot, around: str | None, hops: int, as_of: int) -> Mask:
    """Tell which organisations supply one, or buy of it, over some links."""
    if around is None:
        return np.ones(len(snapshot.nodes["Organisation"]), np.bool_)
    place, network = place_of(snapshot, around, hops), supply_network(snapshot, as_of)
    return within([network.suppliers], place, hops) | within([network.customers], place, hops)


def _pictured(traffic: Traffic, stream: Stream, total: float, first: int, method: Method) -> Sankey:
    """Show the greatest links and their nodes, and count the rest."""
    order = np.lexsort((stream.end, stream.start, -stream.value))[:first]
    start, end, value = stream.start[order], stream.end[order], stream.value[order]
    tier = tiers_of(len(stream.internal), start, end)
    shown = _shown(stream, start, end, tier, first)
    place = np.full(len(tier), -1, np.int32)
    place[shown] = np.arange(len(shown))
    ends = place[start].tolist(), place[end].tolist()
    unmeasured = _unmeasured(traffic, stream.node, start, end)
    return Sankey(
        _nodes(traffic, stream, shown, tier),
        [SankeyLink(*cells) for cells in zip(*ends, value.tolist(), unmeasured, strict=True)],
        total=total,
        shown=float(value.sum()),
        left_out=float(np.delete(stream.value, order).sum()),
        left_out_links=len(stream.value) - len(order),
        dropped=float(stream.dropped.sum()),
        dropped_links=len(stream.dropped),
        internal=float(stream.internal.sum()),
        method=method,
    )


def _shown(stream: Stream, start: Ints, end: Ints, tier: Ints, first: int) -> Ints:
    """Order the nodes of the links by tier, then by flow; without any link, the nodes with most within."""
    size = stream.inflow + stream.outflow + stream.internal
    if len(start):
        nodes = np.unique(np.concatenate([start, end]))
    else:
        nodes = np.flatnonzero(stream.internal > 0).astype(np.int32)
    return nodes[np.lexsort((nodes, -size[nodes], tier[nodes]))][: len(nodes) if len(start) else first]


def _nodes(traffic: Traffic, stream: Stream, shown: Ints, tier: Ints) -> list[SankeyNode]:
    arrays = tier, stream.inflow, stream.outflow, stream.internal
    figures = zip(*(array[shown].tolist() for array in arrays), strict=True)
    members = _members(traffic, stream.node, shown)
    pairs = zip(members, figures, strict=True)
    return [SankeyNode(rows[0], rows[:LISTED], len(rows), *figure) for rows, figure in pairs]


def _members(traffic: Traffic, node: Ints, shown: Ints) -> list[list[int]]:
    """List the members (global rows) of the nodes shown, those with most flow first."""
    flow = np.asarray(traffic.value.sum(axis=0)).ravel() + np.asarray(traffic.value.sum(axis=1)).ravel()
    order = np.argsort(-flow, kind="stable").astype(np.int32)
    by_node = Csr.of(int(node.max()) + 1, node[order], order)
    spans = ((by_node.indptr[n], by_node.indptr[n + 1]) for n in shown.tolist())
    return [traffic.rows[by_node.indices[begin:end]].tolist() for begin, end in spans]


def _unmeasured(traffic: Traffic, node: Ints, start: Ints, end: Ints) -> list[int]:
    """Count the flows of unknown value beside each link."""
    whole = between(node, traffic.unmeasured)
    return [int(whole[ends]) for ends in zip(start.tolist(), end.tolist(), strict=True)]
