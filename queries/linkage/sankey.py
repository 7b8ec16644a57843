"""Sankey: the flows of a year as a picture that runs one way, with what it does not show in yuan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds import Entity
from graph.kinds.results import As, Place, result
from graph.networkx.subgraph import place_of, within
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.purchases import supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation, Answer, Formula, Method
from queries.levels import Member, in_scope, member
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
    "供应流向",
    2,
    "图为无环化后的流向：循环已合并或断开，未画出的金额见 dropped、leftOut、internal；只含已计量的供应。",
)


@result("流向图的一个节点：一个成员，或互为上下游而合并的一组")
@dataclass(frozen=True, slots=True)
class SankeyNode:
    """A node of the picture: its greatest member, and all of them where a circle was merged."""

    row: Annotated[Member, As("member")]
    members: Annotated[Sequence[NodeIndex | None], Entity, "全部成员，流量大者在前，至多 100 个"]
    count: Annotated[int, "成员数；大于 1 即为合并的循环"]
    tier: Annotated[int, "所在列，由 0 起；每条连线都通向更高的列"]
    value_in: Annotated[float, "由其他节点流入（元/年），含未画出者、不含已断开者"]
    value_out: Annotated[float, "流向其他节点（元/年），含未画出者、不含已断开者"]
    internal: Annotated[float, "节点内部的供应（元/年）"]


@result("流向图的一条连线：货物由 source 流向 target")
@dataclass(frozen=True, slots=True)
class SankeyLink:
    """A link of the picture, in the direction of the goods."""

    source: Annotated[int, "起点：nodes 中的序号，由 0 起", Place()]
    target: Annotated[int, "终点：nodes 中的序号，由 0 起", Place()]
    value: Annotated[float, "金额（元/年）"]
    unmeasured: Annotated[int, "两者之间另有几笔金额不详的供应"]


@result("流向图（桑基图）：无环，可直接绘制；total = shown + leftOut + dropped + internal")
@dataclass(frozen=True, slots=True)
class Sankey(Answer):
    """The picture, and where the rest is: total = shown + left out + dropped + internal."""

    nodes: Annotated[Sequence[SankeyNode], "节点：按列、流量排序"] = ()
    links: Annotated[Sequence[SankeyLink], "连线：金额大者在前"] = ()
    total: Annotated[float, "所涉已计量供应之和（元/年）"] = 0.0
    shown: Annotated[float, "其中已画出（元/年）"] = 0.0
    left_out: Annotated[float, "其中超出 first 而未画出（元/年）"] = 0.0
    left_out_links: Annotated[int, "未画出的连线数"] = 0
    dropped: Annotated[float, "其中为断开循环而去掉（元/年）"] = 0.0
    dropped_links: Annotated[int, "去掉的连线数"] = 0
    internal: Annotated[float, "其中节点内部：同一成员之内，与合并的循环之内（元/年）"] = 0.0

    @property
    def dropped_share(self) -> Annotated[float | None, "去掉者占总额的比例（0–1）；空为没有已计量的供应"]:
        """Share of the total that was dropped."""
        return self.dropped / self.total if self.total > 0 else None


def sankey(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    within: str | None = None,
    around: str | None = None,
    hops: int = 2,
    aggregation: Aggregation = Aggregation.PRODUCT,
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
    inside = in_scope(snapshot, within, as_of) & _near(snapshot, around, hops, as_of)
    traffic = traffic_of(snapshot, inside, as_of=as_of, aggregation=aggregation, digits=digits)
    asked = {
        "within": within,
        "around": around,
        "hops": hops,
        "aggregation": aggregation,
        "digits": digits,
    }
    asked |= {"cycles": cycles, "first": first}
    method = FORMULA.method(snapshot, as_of, asked, coverage=traffic.coverage, used=traffic.used)
    total = float(traffic.value.sum())
    if not total > 0:
        return Sankey([], [], method=method, unknown_reason=nothing_measured(as_of))
    stream = streamed(traffic.value, cycles)
    checkpoint()
    return _pictured(traffic, stream, total, first, method)


def _near(snapshot: Snapshot, around: str | None, hops: int, as_of: int) -> Mask:
    """Which organisations supply one, or buy of it, over some links."""
    if around is None:
        return np.ones(len(snapshot.nodes["Organisation"]), np.bool_)
    place, network = place_of(snapshot, around, hops), supply_network(snapshot, as_of)
    return within([network.suppliers], place, hops) | within([network.customers], place, hops)


def _pictured(traffic: Traffic, stream: Stream, total: float, first: int, method: Method) -> Sankey:
    """Show the greatest links and their nodes, and count the rest."""
    order = stream.greatest(first)
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
        **stream.sums(order),
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


def _members(traffic: Traffic, node: Ints, shown: Ints) -> list[list[NodeIndex | None]]:
    """Members of the nodes shown, those with most flow first."""
    flow = np.asarray(traffic.value.sum(axis=0)).ravel() + np.asarray(traffic.value.sum(axis=1)).ravel()
    order = np.argsort(-flow, kind="stable").astype(np.int32)
    by_node = Csr.of(int(node.max()) + 1, node[order], order)
    spans = ((by_node.indptr[n], by_node.indptr[n + 1]) for n in shown.tolist())
    return [[*map(member, traffic.rows[by_node.indices[begin:end]].tolist())] for begin, end in spans]


def _unmeasured(traffic: Traffic, node: Ints, start: Ints, end: Ints) -> list[int]:
    """Count the flows of unknown value beside each link."""
    whole = between(node, traffic.unmeasured)
    return [int(whole[ends]) for ends in zip(start.tolist(), end.tolist(), strict=True)]
