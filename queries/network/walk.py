"""Walk: who stands upstream or downstream of an organisation, tier by tier, and what was cut off.

Its strongest paths are the chains of suppliers, or customers, along which most of the input, or output, runs.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.purchases import Counts, Network, supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Answer, Coverage, Formula, Later, Parameter
from queries.levels import row_of_kind
from queries.links import Direction, Link, known, links_of
from queries.provenance import of_supply

DEEPEST = 10
LARGEST = 5_000
BUDGET = 20_000
"""How many beginnings of paths are looked at."""
MOST_PATHS = 200

FORMULA = Formula(
    "walk",
    "供应网络",
    1,
    "依据已登记的供应关系：未登记的供应商与客户不在其内；级数是最少的环节数，不是重要性。",
)


@result("上下游中的一个主体", "WalkNode")
@dataclass(frozen=True, slots=True)
class Step:
    """One organisation on the walk."""

    row: Annotated[NodeIndex, Organisation, "主体（取自快照）", As("organisation")]
    tier: Annotated[int, "离起点几级；起点为 0"]
    value: Annotated[float | None, "与上一级之间的金额（元/年）；空为不详"]
    synthetic: Annotated[bool, "主体，或与上一级之间的往来，是否有虚构样例"]
    further: Annotated[int, "再向前一级、未列出的主体数"]


@result("未显示的部分：都为 0 即完整", "WalkCut")
@dataclass(frozen=True, slots=True)
class Cut:
    """What a walk does not show."""

    left_out: Annotated[int, "因 maxNodes 未列出的主体数", As("nodes")]
    frontier: Annotated[int, "已列出、但因 depth 或 maxNodes 未再向前走的主体数"]
    unmeasured: Annotated[int, "因比例不详而未走的供应数（仅当给出 minShare）"]

    @property
    def whole(self) -> Annotated[bool, "是否完整"]:
        """Whether nothing was cut."""
        return not (self.left_out or self.frontier or self.unmeasured)


@result("上游或下游：逐级的主体、其间的供应、未显示的部分")
@dataclass(frozen=True, slots=True)
class Walk(Answer):
    """The organisations reached, ordered by tier, value (biggest first) and id, and all links among them."""

    steps: Annotated[Sequence[Step], "主体：按级、金额、标识排序，首个为起点", As("nodes")]
    links: Annotated[Sequence[Link], "其间的全部供应"]
    cut: Annotated[Cut, "未显示的部分"]
    asked: "Asked"

    @property
    def as_of(self) -> Annotated[int, "所答年份"]:
        """The year that was asked."""
        return self.method.as_of

    @property
    def count(self) -> Annotated[int, "所列主体数（含起点）；未显示者见 cut"]:
        """How many organisations it shows, the start included."""
        return len(self.steps)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which links a walk follows, and how far."""

    direction: Direction = "UP"
    depth: int = 3
    max_nodes: int = 200
    min_share: float | None = None
    """Follow links only that carry at least this share of the buyer's purchases of the product."""
    product: str | None = None
    """Follow links of this product only (an id)."""

    def __post_init__(self) -> None:
        if not 1 <= self.depth <= DEEPEST:
            raise BadInput(f"depth：应在 1 到 {DEEPEST} 之间，所给为 {self.depth}", "depth")
        if not 1 <= self.max_nodes <= LARGEST:
            raise BadInput(f"maxNodes：应在 1 到 {LARGEST:,} 之间，所给为 {self.max_nodes}", "maxNodes")
        if self.min_share is not None and not 0 <= self.min_share <= 1:
            raise BadInput(f"minShare：应在 0 到 1 之间，所给为 {self.min_share}", "minShare")

    def parameters(self) -> dict[str, Parameter]:
        """Name them as answers do."""
        bounds: dict[str, Parameter] = {
            "direction": self.direction,
            "depth": self.depth,
            "maxNodes": self.max_nodes,
        }
        return bounds | {"minShare": self.min_share, "product": self.product}


def walk(  # noqa: PLR0913 - each is an argument of the question
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    direction: Direction = "UP",
    depth: int = 3,
    max_nodes: int = 200,
    min_share: float | None = None,
    product: str | None = None,
) -> Walk:
    """Walk the supply of a year breadth first from an organisation, against the goods (UP) or with them.

    `max_nodes` counts the start too. Flows of an organisation to itself are left out.
    """
    asked = Asked(direction, depth, max_nodes, min_share, product)
    start = row_of_kind(snapshot, id, "Organisation")
    network = supply_network(snapshot, as_of)
    good = None if product is None else row_of_kind(snapshot, product, "Product", argument="product")
    made_up = invented(snapshot).nodes[network.first : network.first + len(network)]
    found = _Walker(network, asked, good, made_up).walk(start - network.first)
    flows, links = network.flows, found.links
    value = flows.value[links]
    values: list[float] = value[~(flows.stale[links] | np.isnan(value))].tolist()
    coverage = Coverage(len(links), len(links) - len(values), sum(values), 0.0, len(found.steps))
    method = FORMULA.method(
        snapshot, as_of, asked.parameters(), coverage=coverage, used=lambda: of_supply(flows.edge[links])
    )
    shown = Later(len(links), lambda: links_of(flows, links))
    return Walk(found.steps, shown, found.cut, asked, method=method)


@dataclass(frozen=True, slots=True)
class _Found:
    steps: Sequence[Step]
    links: Ints
    """Their places among the flows of the network."""
    cut: Cut


class _Walker:
    """One walk over the arrays; nodes are places among the organisations."""

    def __init__(self, network: Network, asked: Asked, product: int | None, made_up: Mask) -> None:
        self._network = network
        self._asked = asked
        self._product = product
        self._made_up = made_up.copy()
        """Which organisations are invented, or deal with the tier before by invented rows."""
        self._links: Csr = network.suppliers if asked.direction == "UP" else network.customers
        self._tier = np.full(len(network), -1, np.int8)
        self._left_out = 0

    def walk(self, start: int) -> _Found:
        self._tier[start] = 0
        found = [np.array([start], np.int32)]
        values = [np.array([np.nan])]
        for tier in range(1, self._asked.depth + 1):
            nodes, value = self._next(found[-1], self._asked.max_nodes - sum(map(len, found)))
            if not len(nodes):
                break
            self._tier[nodes] = tier
            found.append(nodes)
            values.append(value)
            if self._left_out:
                break
        order = np.concatenate(found)
        links, unmeasured, further = self._among(order)
        value = np.concatenate(values)
        return _Found(
            Later(len(order), lambda: self._steps(order, value, further)),
            links,
            Cut(self._left_out, int((further > 0).sum()), unmeasured),
        )

    def _next(self, frontier: Ints, room: int) -> tuple[Ints, Floats]:
        """Find the new neighbours of a tier, with what flows to or from it, as many as there is room for."""
        owners, nodes, edges = self._links.at(frontier)
        passed = self._passes(owners, nodes, edges) & (self._tier[nodes] < 0)
        new, group = np.unique(nodes[passed], return_inverse=True)
        value = self._network.flows.value[edges[passed]]
        sure = np.bincount(group, weights=~np.isnan(value), minlength=len(new))
        total = np.bincount(group, weights=np.nan_to_num(value), minlength=len(new))
        total = np.where(sure > 0, total, np.nan)
        self._made_up[nodes[passed][self._network.flows.synthetic[edges[passed]]]] = True
        order = np.lexsort((new, -np.nan_to_num(total)))
        self._left_out = max(0, len(new) - room)
        order = order[:room]
        return new[order], total[order]

    def _asked_for(self, owners: Ints, nodes: Ints, edges: Ints) -> Mask:
        """Which links are of the product asked for; loops are not."""
        passed = owners != nodes
        if self._product is not None:
            passed &= self._network.flows.product[edges] == self._product
        return passed

    def _passes(self, owners: Ints, nodes: Ints, edges: Ints) -> Mask:
        """Which links the walk follows."""
        passed, least = self._asked_for(owners, nodes, edges), self._asked.min_share
        return passed if least is None else passed & (self._network.flows.share[edges] >= least)

    def _among(self, shown: Ints) -> tuple[Ints, int, Counts]:
        """Find the links among those shown, count the unmeasured, and to how many others each leads on."""
        owners, nodes, edges = self._links.at(shown)
        passed = self._passes(owners, nodes, edges)
        inside = self._tier[nodes] >= 0
        onward, among = passed & ~inside, len(self._tier)
        pairs = np.unique(
            owners[onward].astype(np.int64) * among + nodes[onward]
        )  # of several products: once
        further = np.bincount(pairs // among, minlength=among)[shown]
        unmeasured = 0
        if self._asked.min_share is not None:
            asked = self._asked_for(owners, nodes, edges)
            unmeasured = int((asked & np.isnan(self._network.flows.share[edges])).sum())
        return np.sort(edges[passed & inside]), unmeasured, further

    def _steps(self, order: Ints, values: Floats, further: Counts) -> list[Step]:
        rows = (order + self._network.first).tolist()
        marks = (self._tier[order].tolist(), map(known, values.tolist()), self._made_up[order].tolist())
        return [Step(*step) for step in zip(rows, *marks, further.tolist(), strict=True)]


@result("一条路径")
@dataclass(frozen=True, slots=True)
class WalkPath:
    """A chain of organisations, from the start of the walk outwards, none of them twice."""

    rows: Annotated[Sequence[NodeIndex], Organisation, "由起点到末级的主体", As("nodes")]
    share: Annotated[float | None, "沿途各级比例之积（0–1）；空为有一级不详"]
    """Each link's share of the buyer's purchases."""


@result("由起点到末级主体的路径，份额大者在前")
@dataclass(frozen=True, slots=True)
class WalkPaths:
    """The paths that carry most, best first; those with an unknown share after all others."""

    paths: Annotated[Sequence[WalkPath], "路径"]
    more: Annotated[bool, "是否还有更多路径"]
    """Also when the search ended before it was through."""
    walk: Walk
    """The walk that the paths lie in, with what it does not show."""


def strongest_paths(snapshot: Snapshot, walked: Walk, *, first: int = 20) -> WalkPaths:  # noqa: ARG001 - asked of it
    """Follow the strongest paths of a walk to where they end.

    A path ends after `depth` links, or where the walk leads to no organisation that is not on it. Of several
    products between the same two, the link with the greatest share counts.
    """
    if not 1 <= first <= MOST_PATHS:
        raise BadInput(f"first：应在 1 到 {MOST_PATHS} 之间，所给为 {first}", "first")
    found, more = _best_first(_neighbours(walked), walked.steps[0].row, walked.asked.depth, first)
    return WalkPaths(found, more, walked)


def _neighbours(walked: Walk) -> Mapping[NodeIndex, Mapping[NodeIndex, float | None]]:
    """Map each organisation to those that the walk leads to from it, with the share of the strongest link."""
    neighbours: dict[NodeIndex, dict[NodeIndex, float | None]] = defaultdict(dict)
    for link in walked.links:
        here, there = _ends(link, walked.asked.direction)
        before = neighbours[here].get(there)
        known = [share for share in (before, link.share) if share is not None]
        neighbours[here][there] = max(known, default=None)
    return neighbours


def _ends(link: Link, direction: Direction) -> tuple[NodeIndex, NodeIndex]:
    return (link.end, link.start) if direction == "UP" else (link.start, link.end)


def _best_first(
    neighbours: Mapping[NodeIndex, Mapping[NodeIndex, float | None]], start: NodeIndex, depth: int, first: int
) -> tuple[list[WalkPath], bool]:
    """Search best first: no continuation is stronger than its beginning, so paths come out in order."""
    heap: list[tuple[bool, float, tuple[NodeIndex, ...]]] = [(False, -1.0, (start,))]
    found: list[WalkPath] = []
    for _ in range(BUDGET):
        if not heap or len(found) == first:
            break
        unknown, share, rows = heapq.heappop(heap)
        onward = {row: part for row, part in neighbours.get(rows[-1], {}).items() if row not in rows}
        if len(rows) > depth or (not onward and len(rows) > 1):
            found.append(WalkPath(rows, None if unknown else -share))
            continue
        for row, part in onward.items():
            weight = share * (1.0 if part is None else part)
            heapq.heappush(heap, (unknown or part is None, weight, (*rows, row)))
    return found, bool(heap)
