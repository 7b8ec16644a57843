"""The purchases of a town, each divided over the nodes that it goes between in the picture of its flow.

A node is a side, what is sold there (a stage of the chain, or a product), and a place. A seller's purchase
begins at what is bought; one of the town's own buyers ends at what that buyer sells, by value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.kinds.terms import Proximity, Stage, Term
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.proximity import CODE, to_area
from graph.snapshot.purchases import Purchases
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation
from queries.gaps.chain_steps import other_ends, steps_of
from queries.levels import groups

PLACES = (Proximity.TOWN, Proximity.PROVINCE, Proximity.COUNTRY, Proximity.ABROAD, Proximity.UNKNOWN)
"""By how far away the others are told apart: another county of the city counts as the province."""
_PLACE = np.array([{"COUNTY": 1, "CITY": 1}.get(word.name, -1) for word in CODE], np.int64)
for _at, _word in enumerate(PLACES):
    _PLACE[CODE[_word]] = _at


class FlowSide(Term):
    """流向图中的一方"""  # noqa: D400, D415 - GraphQL shows it

    SELLER = "SELLER", "卖方：不是本镇自己的主体"
    TOWN = "TOWN", "本镇自己的主体"
    BUYER = "BUYER", "买方：不是本镇自己的主体"


class FlowLevel(Term):
    """流向图按什么合计"""  # noqa: D400, D415 - GraphQL shows it

    STAGE = "STAGE", "产业链位置：上游、中游、下游、配套服务"
    PRODUCT = "PRODUCT", "产品"


SIDES = tuple(FlowSide)


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """Nodes that there may be, as numbers: side, item, place; the last two items are none and OTHER."""

    items: Sequence[Stage | NodeIndex]
    ids: Sequence[str]

    @property
    def none(self) -> int:
        """The item of what has none."""
        return len(self.items)

    def of(self, side: FlowSide, item: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.int64]:
        """Number the nodes of a side."""
        return (SIDES.index(side) * (len(self.items) + 2) + item) * len(PLACES) + place

    def parted(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Side, item and place of some nodes."""
        rest, place = np.divmod(nodes, len(PLACES))
        return (*np.divmod(rest, len(self.items) + 2), place)

    def other(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """The nodes under which these are added up when they are small."""
        side, _, place = self.parted(nodes)
        return (side * (len(self.items) + 2) + self.none + 1) * len(PLACES) + place


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Purchases, each divided over the nodes that it goes between."""

    keys: Keys
    nodes: NDArray[np.int64]
    """Keys of all nodes; starts and ends are places among them."""
    row: NDArray[np.int64]
    """Which of the purchases a part is of."""
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    value: Floats
    """Yuan a year; NaN: not measured."""

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - what is asked
        cls, snapshot: Snapshot, bought: Purchases, inside: Mask, town: int, as_of: int, by: FlowLevel
    ) -> "Parts":
        """Divide them: a buyer of the town by what it sells, all others by how far away they are."""
        item, keys = _items(snapshot, town, as_of, by)
        near = to_area(snapshot, town, as_of)
        of = item[bought.product]
        selling = (bought.seller >= 0) & inside[bought.seller]
        nowhere, none = np.zeros(len(bought), np.int64), np.full(len(bought), keys.none)
        seller = keys.of(FlowSide.SELLER, of, _PLACE[bought.proximity(near).farthest])
        starts = np.where(selling, keys.of(FlowSide.TOWN, of, nowhere), seller)
        away = keys.of(FlowSide.BUYER, none, _PLACE[near.farthest[bought.buyer]])
        weights = _selling(snapshot, item, keys.none, as_of)[bought.buyer]
        degree = np.where(inside[bought.buyer], np.diff(weights.indptr), 1)
        row = np.repeat(np.arange(len(bought)), degree)
        buying = inside[bought.buyer][row]
        held = np.repeat(inside[bought.buyer], np.diff(weights.indptr))
        end, weight = away[row], np.ones(len(row))
        end[buying] = keys.of(FlowSide.TOWN, weights.indices[held].astype(np.int64), nowhere[row[buying]])
        weight[buying] = weights.data[held]
        nodes, places = np.unique(np.concatenate([starts[row], end]), return_inverse=True)
        begin, finish = np.split(places.astype(np.int64), 2)
        return cls(keys, nodes, row, begin, finish, bought.value[row] * weight)


def _items(snapshot: Snapshot, town: int, as_of: int, by: FlowLevel) -> tuple[NDArray[np.int64], Keys]:
    """Number what products (places) are added up to; the last place stands for no product."""
    products = snapshot.nodes["Product"]
    if by is FlowLevel.PRODUCT:
        rows = [NodeIndex(row) for row in products.rows]
        return np.arange(len(products) + 1), Keys(rows, [snapshot.id_of(row) for row in rows])
    stages = [*Stage]
    item = np.full(len(products) + 1, len(stages))
    for row, (stage, _) in steps_of(snapshot, other_ends(snapshot, "start", town, as_of), as_of).items():
        if stage is not None:
            item[row - products.first] = stages.index(stage)
    return item, Keys(stages, [stage.value for stage in stages])


def _selling(snapshot: Snapshot, item: NDArray[np.int64], none: int, as_of: int) -> csr_array:
    """Divide every organisation over the items that it is known to sell, by value; the last: unknown."""
    sold = groups(snapshot, Aggregation.PRODUCT, as_of)
    first = np.int32(snapshot.nodes["Product"].first)
    column = item[np.where(sold.rows < 0, len(item) - 1, sold.rows - first)]
    picked = (np.ones(len(column)), (np.arange(len(column)), column))
    return csr_array(sold.weights @ csr_array(picked, shape=(len(column), none + 1)))


def small_nodes(parts: Parts, least: float) -> tuple[Mask, Floats]:
    """Which nodes are added up, and the size of all: the greater of what comes in and what goes out."""
    count, value = len(parts.nodes), np.nan_to_num(parts.value)
    size = np.maximum(*(np.bincount(end, value, count) for end in (parts.start, parts.end)))
    _, item, _ = parts.keys.parted(parts.nodes)
    small = (size < least) & (item < parts.keys.none)
    _, group = np.unique(parts.keys.other(parts.nodes), return_inverse=True)
    return small & (np.bincount(group, weights=small)[group] > 1), size
