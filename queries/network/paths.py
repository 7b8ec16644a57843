"""Paths: how two organisations hang together, over supply, ownership, membership of a town and alliance.

The best simple paths (Yen 1971): fewest links first, then the smallest sum of resistances, as of resistors in
a row, so that a path counts as little more than its weakest link; of equal ones that with the smaller ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np

from graph.errors import BadInput
from graph.kinds import Entity
from graph.kinds.entities import Organisation, Product
from graph.kinds.facts import Source
from graph.kinds.results import Subject, result
from graph.kinds.terms import AllianceForm, Term
from graph.snapshot.index import KindIndex, NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import alive
from queries.answer import Answer, Coverage, Formula
from queries.levels import row_of_kind
from queries.links import known, links_of
from queries.network.relations import HALF, KINDS, LABELS, LONGEST, RelationKind, Relations, relations_of
from queries.provenance import Rows

if TYPE_CHECKING:
    from graph.networkx.supply_graph import SupplyGraph

MOST = 50

FORMULA = Formula(
    "simple-paths",
    "关系路径",
    1,
    "依据已登记的关系：没有路径不等于没有关系；环数少不等于关系紧密，同属一镇不等于有往来。",
    {"halfResistance": HALF},
)


class PathDirection(Term):
    """路径经过一项关系的方向"""  # noqa: D400, D415 - GraphQL shows it

    ALONG = "ALONG", "沿其方向：由卖方到买方、由股东到所持股者、由主体到专业镇"
    AGAINST = "AGAINST", "逆其方向"
    EITHER = "EITHER", "不分方向：联合"


@result("路径上相邻两者之间的一项关系")
@dataclass(frozen=True, slots=True)
class PathLink:
    """One relation between two neighbours on a path, as it was stated."""

    kind: Annotated[RelationKind, "关系种类"]
    direction: Annotated[PathDirection, "路径经过它的方向"]
    start: Annotated[NodeIndex, Entity, "起点：卖方、股东、主体"]
    end: Annotated[NodeIndex, Entity, "终点：买方、所持股者、专业镇"]
    since: Annotated[int | None, "起始年份；空为不详"]
    source: Annotated[NodeIndex | None, Source, "来源；空为未记录"]
    synthetic: Annotated[bool, "是否虚构样例：关系、其一端或来源是虚构的"]
    edge: KindIndex
    """Its place among the relations of its label."""
    product: Annotated[NodeIndex | None, Product, Subject(), "供应的产品；其他关系为空"] = None
    year: Annotated[int | None, "供应的数值所属年份；空为未计量，或不是供应"] = None
    value: Annotated[float | None, "供应的金额（元/年）；空为不详，或不是供应"] = None
    share: Annotated[
        float | None, "供应：占买方该产品采购额的比例（0–1）；持股：持股比例（0–1）；空为不详，或为其他关系"
    ] = None
    form: Annotated[AllianceForm | None, "联合形式；空为不详，或不是联合"] = None
    stale: Annotated[bool, "供应的数值早于 asOf 三年以上：只表明有联系"] = False
    rivals: Annotated[int, "另有几个来源的供应数值与之矛盾"] = 0


@result("路径上的一环：相邻两者，以及其间所问种类的全部关系")
@dataclass(frozen=True, slots=True)
class PathStep:
    """Two neighbours on a path, and every relation between them."""

    near: Annotated[NodeIndex, Entity, "靠近起点的一方"]
    far: Annotated[NodeIndex, Entity, "另一方"]
    value: Annotated[float | None, "两者之间双向供应的金额合计（元/年）；空为没有，或不详"]
    resistance: Annotated[
        float, "阻力（0–1），取各项关系中最小者：供应 1÷(1+金额÷100 万元)，持股 1−比例，其余及数值不详者为 1"
    ]
    links: Annotated[Sequence[PathLink], "其间的关系：金额大者在前"]


@result("两个主体之间的一条路径", "BestPath")
@dataclass(frozen=True, slots=True)
class Path:
    """A simple path from one organisation to the other."""

    nodes: Annotated[Sequence[NodeIndex], Entity, Subject(), "由起点到终点的主体与专业镇，各出现一次"]
    steps: Annotated[Sequence[PathStep], "各环，依次"]

    @property
    def length(self) -> Annotated[int, "环数"]:
        """How many links it has."""
        return len(self.steps)

    @property
    def resistance(self) -> Annotated[float, "各环阻力之和：环数相同时，小者在前"]:
        """Sum of the resistances of its links."""
        return sum(step.resistance for step in self.steps)


@result("两个主体怎样相连：经供应、持股、同镇、联合", "Paths")
@dataclass(frozen=True, slots=True)
class Paths(Answer):
    """The best paths between two organisations, and what is not shown."""

    start: Annotated[NodeIndex, Organisation, "起点"]
    end: Annotated[NodeIndex, Organisation, "终点"]
    paths: Annotated[Sequence[Path], "路径：环数少者在前，其次阻力小者，再次标识在前者"]
    more: Annotated[bool, "在 longest 环以内是否还有路径，因 k 未列出"]
    longer: Annotated[bool | None, "是否另有超过 longest 环的路径，未列出；空为未查：k 已列满"]
    reached: Annotated[int, "由起点在 longest 环以内可及的主体与专业镇数，含起点"]

    @property
    def shortest(self) -> Annotated[int | None, "最短路径的环数；空为在 longest 环以内没有"]:
        """How many links the shortest path has."""
        return self.paths[0].length if self.paths else None


def paths(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    start: str,
    to: str,
    *,
    as_of: int,
    kinds: Sequence[RelationKind] = KINDS,
    k: int = 3,
    longest: int = 6,
) -> Paths:
    """Find the k best paths of at most `longest` links between two organisations.

    Over relations of some kinds, each followed from both its ends. All of the graph is searched.
    """
    _within_bounds(kinds, k, longest)
    ends = _ends(snapshot, start, to)
    asked = {"from": start, "to": to, "k": k, "longest": longest}
    asked["kinds"] = ",".join(kind for kind in KINDS if kind in kinds)
    if unknown := _gone(snapshot, ends, as_of):
        method = FORMULA.method(snapshot, as_of, asked)
        return Paths(*ends, [], more=False, longer=None, reached=0, method=method, unknown_reason=unknown)
    import networkx as nx  # noqa: PLC0415 - loaded when asked for: a twentieth of the start

    relations = relations_of(snapshot, as_of, kinds)
    best, more, longer = _best(relations.graph, snapshot.id_of(ends[0]), snapshot.id_of(ends[1]), k, longest)
    graph = relations.graph.networkx()
    near = nx.single_source_shortest_path_length(graph, snapshot.id_of(ends[0]), cutoff=longest)
    stated = _Stated(snapshot, relations, as_of)
    shown = [stated.path([NodeIndex(snapshot.row_of(id)) for id in path]) for path in best]
    method = FORMULA.method(
        snapshot, as_of, asked, coverage=_coverage(shown), used=lambda: _shown_rows(shown)
    )
    unknown = None if shown else _apart(snapshot, ends, longest, longer=bool(longer))
    return Paths(*ends, shown, more, longer, len(near), method=method, unknown_reason=unknown)


def _shown_rows(shown: Sequence[Path]) -> Rows:
    """Rows of the relations that the paths go over."""
    found = Rows()
    for link in (link for path in shown for step in path.steps for link in step.links):
        found |= Rows({LABELS[link.kind]: np.array([link.edge], np.int32)})
    return found


def paths_to(snapshot: Snapshot, id: str, **asked: Any) -> Paths:
    """Find the best paths from an organisation; `to` and the rest are those of `paths`."""
    return paths(snapshot, id, **asked)


def _best(
    graph: "SupplyGraph", start: str, to: str, k: int, longest: int
) -> tuple[list[list[str]], bool, bool | None]:
    """Best paths; whether there are more within `longest`; whether there are longer ones (None: not seen)."""
    import networkx as nx  # noqa: PLC0415 - see above

    found = list[list[str]]()
    try:
        for path in nx.shortest_simple_paths(graph.networkx(), start, to, weight="distance"):
            if len(path) > longest + 1:
                return found, False, True
            if len(found) == k:
                return found, True, None
            found.append(path)
    except nx.NetworkXNoPath:
        pass
    return found, False, False


class _Stated:
    """Paths with everything that is stated of their links."""

    def __init__(self, snapshot: Snapshot, relations: Relations, as_of: int) -> None:
        self._snapshot = snapshot
        self._relations = relations
        self._flows = supply_flows(snapshot, as_of)

    def path(self, nodes: Sequence[NodeIndex]) -> Path:
        return Path(nodes, [self._step(near, far) for near, far in pairwise(nodes)])

    def _step(self, near: NodeIndex, far: NodeIndex) -> PathStep:
        pair, relations = self._relations.between(near, far)
        links = [self._link(near, relation) for relation in relations.tolist()]
        links.sort(
            key=lambda link: (-(link.value or 0.0), KINDS.index(link.kind), link.product or 0, link.start)
        )
        value, resistance = self._relations.value[pair], self._relations.resistance[pair]
        return PathStep(near, far, known(float(value)), float(resistance), links)

    def _link(self, near: NodeIndex, relation: int) -> PathLink:
        kind, place = KINDS[self._relations.kind[relation]], int(self._relations.place[relation])
        start, end = (NodeIndex(int(side[relation])) for side in (self._relations.start, self._relations.end))
        direction = PathDirection.ALONG if start == near else PathDirection.AGAINST
        if kind is RelationKind.SUPPLY:
            (flow,) = links_of(self._flows, np.array([place], np.int32))
            said = self._said(kind, flow.edge)
            figures = {name: getattr(flow, name) for name in ("year", "value", "share", "stale", "rivals")}
            return PathLink(kind, direction, start, end, *said, product=NodeIndex(flow.product), **figures)
        said, table = self._said(kind, place), self._snapshot.relations[LABELS[kind]]
        if kind is RelationKind.OWNERSHIP:
            share = known(float(table["share"][place]))
            return PathLink(kind, direction, start, end, *said, share=share)
        if kind is RelationKind.ALLIANCE:
            form = [*AllianceForm, None][int(table["form"][place])]
            return PathLink(kind, PathDirection.EITHER, start, end, *said, form=form)
        return PathLink(kind, direction, start, end, *said)

    def _said(self, kind: RelationKind, edge: int) -> tuple[int | None, NodeIndex | None, bool, KindIndex]:
        """Since when a relation holds, who says so, whether it is invented, and which it is."""
        table = self._snapshot.relations[LABELS[kind]]
        since, source = int(table["since"][edge]), int(table["source"][edge])
        return (
            since if since != MISSING else None,
            NodeIndex(source) if source >= 0 else None,
            bool(invented(self._snapshot).of(table)[edge]),
            KindIndex(edge),
        )


def _ends(snapshot: Snapshot, start: str, to: str) -> tuple[NodeIndex, NodeIndex]:
    """Both ends, which must be different organisations."""
    one = row_of_kind(snapshot, start, "Organisation", argument="from")
    other = row_of_kind(snapshot, to, "Organisation", argument="to")
    if one == other:
        raise BadInput(f"to：与起点是同一主体（{to}），应为另一主体", "to")
    return NodeIndex(one), NodeIndex(other)


def _within_bounds(kinds: Sequence[RelationKind], k: int, longest: int) -> None:
    if not kinds:
        raise BadInput("kinds：至少给出一种关系，所给为空", "kinds")
    if not 1 <= k <= MOST:
        raise BadInput(f"k：应在 1 到 {MOST} 之间，所给为 {k}", "k")
    if not 1 <= longest <= LONGEST:
        raise BadInput(f"longest：应在 1 到 {LONGEST} 之间，所给为 {longest}", "longest")


def _gone(snapshot: Snapshot, ends: Sequence[NodeIndex], as_of: int) -> str | None:
    """Say which end does not exist in the year."""
    table = snapshot.nodes["Organisation"]
    living = alive(table, as_of)
    gone = [snapshot.name_of(row) for row in ends if not living[row - table.first]]
    return f"{'、'.join(gone)}在 {as_of} 年末不存续" if gone else None


def _apart(snapshot: Snapshot, ends: Sequence[NodeIndex], longest: int, *, longer: bool) -> str:
    """Say that there is no path."""
    one, other = map(snapshot.name_of, ends)
    if longer:
        return (
            f"{one}与{other}在 {longest} 环以内没有已登记的联系；更长的有，可放宽 longest（至多 {LONGEST}）"
        )
    return f"{one}与{other}之间没有已登记的联系"


def _coverage(shown: Sequence[Path]) -> Coverage:
    """Coverage of the supplies on the paths, each once."""
    links = {
        link.edge: link
        for path in shown
        for step in path.steps
        for link in step.links
        if link.product is not None
    }
    values = [link.value for link in links.values() if link.value is not None and not link.stale]
    organisations = {end for link in links.values() for end in (link.start, link.end)}
    return Coverage(len(links), len(links) - len(values), sum(values), 0.0, len(organisations))
