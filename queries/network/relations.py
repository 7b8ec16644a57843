"""Relations: what joins organisations, and the towns between them, in a year, as one graph for NetworkX.

Supply, ownership, membership of a town and alliance, each from both its ends. All relations between the same
two are one link of the graph; its `distance` orders paths: fewer links first, then the smaller resistance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Term
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import both_alive, valid_in

if TYPE_CHECKING:
    from graph.networkx.supply_graph import SupplyGraph

type Pairs = NDArray[np.int64]

LONGEST = 8
"""How many links a path may have."""
HALF = 1e6
"""Yuan a year at which a supply has half the resistance of one of unknown value."""
UNIT = 1_000_000
"""The resistance of 1 in the graph's distances, which are whole numbers: ties are exact."""
LINK = UNIT * (LONGEST + 1)
"""What every link adds to a distance: more than the resistance of any path of LONGEST links."""


class RelationKind(Term):
    """两个主体之间的关系种类"""  # noqa: D400, D415 - GraphQL shows it

    SUPPLY = "SUPPLY", "供应"
    OWNERSHIP = "OWNERSHIP", "持股"
    MEMBERSHIP = "MEMBERSHIP", "属于专业镇：同镇的主体经专业镇相连"
    ALLIANCE = "ALLIANCE", "联合"


KINDS = tuple(RelationKind)
LABELS = {
    RelationKind.SUPPLY: "SUPPLIES",
    RelationKind.OWNERSHIP: "OWNS",
    RelationKind.MEMBERSHIP: "MEMBER_OF",
    RelationKind.ALLIANCE: "ALLIED_WITH",
}


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """The relations of some kinds that hold in a year, grouped by the two nodes that they join.

    Arrays by relation hold NodeIndex (`start`, `end`) and the place of the relation: of a supply among the
    flows of the year, else in the table of its label.
    """

    kind: Ints
    """Place in KINDS."""
    start: Ints
    end: Ints
    place: Ints
    pairs: Pairs
    """Of each pair its smaller and its greater node, in one number; ordered."""
    of_pair: Csr
    """From each pair to its relations (`edges`)."""
    value: Floats
    """Yuan a year that flow between a pair, both ways; NaN: unknown, or nothing does."""
    resistance: Floats
    """Of each pair, 0–1: the smallest among its relations."""
    graph: "SupplyGraph"
    """Organisations and towns by their ids; each pair linked both ways, with `distance`."""

    def between(self, one: int, other: int) -> tuple[int, Ints]:
        """Pair of two nodes (NodeIndex) that are joined: its number, and its relations."""
        pair = int(np.searchsorted(self.pairs, _pair(np.array([one]), np.array([other]))[0]))
        return pair, self.of_pair.edges[self.of_pair.indptr[pair] : self.of_pair.indptr[pair + 1]]


def relations_of(snapshot: Snapshot, as_of: int, kinds: Sequence[RelationKind] = KINDS) -> Relations:
    """Relations of some kinds in a year between organisations that exist, without those to themselves."""
    chosen = tuple(kind for kind in KINDS if kind in kinds)
    key = ("relations between organisations", as_of, chosen)
    return snapshot.remember(key, lambda: _relations(snapshot, as_of, chosen))


def relation_graph(snapshot: Snapshot, as_of: int, kinds: Sequence[RelationKind] = KINDS) -> "SupplyGraph":
    """Graph of the relations of a year: `nx.shortest_simple_paths(graph, one, other, weight="distance")`."""
    return relations_of(snapshot, as_of, kinds).graph


def _relations(snapshot: Snapshot, as_of: int, kinds: Sequence[RelationKind]) -> Relations:
    flows = supply_flows(snapshot, as_of)
    of_kind = list[Ints]()
    places = list[Ints]()
    ends = list[tuple[Ints, Ints]]()
    for kind in kinds:
        if kind is RelationKind.SUPPLY:
            place, start, end = np.arange(len(flows), dtype=np.int32), flows.start, flows.end
        else:
            place = _held(snapshot, LABELS[kind], as_of)
            table = snapshot.relations[LABELS[kind]]
            start, end = table.start[place], table.end[place]
        joins = start != end
        places.append(place[joins])
        ends.append((start[joins], end[joins]))
        of_kind.append(np.full(int(joins.sum()), KINDS.index(kind), np.int32))
    kind, place = np.concatenate(of_kind), np.concatenate(places)
    start, end = (np.concatenate([pair[side] for pair in ends]) for side in (0, 1))
    pairs, group = np.unique(_pair(start, end), return_inverse=True)
    of_pair = Csr.of(len(pairs), group.astype(np.int32), np.zeros(len(group), np.int32))
    value, resistance = _weighed(snapshot, as_of, kind, place, group, len(pairs))
    graph = _graph(snapshot, pairs, resistance)
    return Relations(kind, start, end, place, pairs, of_pair, value, resistance, graph)


def _held(snapshot: Snapshot, label: str, as_of: int) -> Ints:
    """Relations of a label that hold in a year, by place; of several of the same two the later one."""
    edges = snapshot.relations[label]
    held = np.flatnonzero(valid_in(edges, as_of) & both_alive(snapshot, edges, as_of))
    since = np.where(edges["since"][held] == MISSING, -(10**9), edges["since"][held])
    held = held[np.lexsort((-since, edges.end[held], edges.start[held]))].astype(np.int32)
    fresh = np.ones(len(held), np.bool_)
    start, end = edges.start[held], edges.end[held]
    fresh[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    return held[fresh]


def _pair(start: Ints, end: Ints) -> Pairs:
    return np.minimum(start, end).astype(np.int64) << 32 | np.maximum(start, end)


def _weighed(  # noqa: PLR0913, PLR0917 - arrays
    snapshot: Snapshot,
    as_of: int,
    kind: Ints,
    place: Ints,
    group: Pairs,
    count: int,
) -> tuple[Floats, Floats]:
    """Value and resistance of every pair.

    Supply: 1 ÷ (1 + yuan a year ÷ 1 million) of all that flows between the two; a stake: 1 − its share; what
    has no figure, or one that is stale: 1.
    """
    supply = kind == KINDS.index(RelationKind.SUPPLY)
    amounts = supply_flows(snapshot, as_of).measured[place[supply]]
    sure = np.bincount(group[supply], weights=~np.isnan(amounts), minlength=count) > 0
    total = np.bincount(group[supply], weights=np.nan_to_num(amounts), minlength=count)
    value, resistance = np.where(sure, total, np.nan), 1 / (1 + total / HALF)
    stake = kind == KINDS.index(RelationKind.OWNERSHIP)
    share = snapshot.relations["OWNS"]["share"][place[stake]]
    np.minimum.at(resistance, group[stake], 1 - np.clip(np.nan_to_num(share), 0, 1))
    return value, resistance


def _graph(snapshot: Snapshot, pairs: Pairs, resistance: Floats) -> "SupplyGraph":
    from graph.networkx.supply_graph import linked  # noqa: PLC0415 - loaded when asked for: a twentieth of the start

    organisations, towns = snapshot.nodes["Organisation"], snapshot.nodes["Town"]
    place = np.full(len(snapshot), -1, np.int32)
    place[organisations.first : organisations.first + len(organisations)] = np.arange(len(organisations))
    place[towns.first : towns.first + len(towns)] = len(organisations) + np.arange(len(towns))
    one, other = place[pairs >> 32], place[pairs & (2**32 - 1)]
    distance = LINK + np.round(resistance * UNIT)
    ids = organisations["id"].tolist() + towns["id"].tolist()
    both = np.concatenate([one, other]), np.concatenate([other, one])
    return linked(ids, *both, {"distance": np.tile(distance, 2)})
