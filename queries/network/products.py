"""Products: what goes into a product, or what it goes into, level by level, and who makes each.

Follows the recipes of the graph (INPUT_OF), not who buys from whom: that is `queries.network.walk`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Product
from graph.kinds.results import As, result
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.makers import makers
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.links import Direction, known
from queries.provenance import Rows, of_making

DEEPEST = 10
LARGEST = 2_000
FORMULA = Formula(
    "product-walk",
    "产品上下游",
    1,
    "依据已登记的投入关系：未登记的投入与用途不在其内；级数是最少的环节数，不是重要性。",
)


@result("上下游中的一种产品", "ProductWalkNode")
@dataclass(frozen=True, slots=True)
class ProductStep:
    """One product of a walk."""

    row: Annotated[NodeIndex, Product, "产品", As("product")]
    tier: Annotated[int, "离起点几级；起点为 0"]
    makers: Annotated[int, "该年已知的生产者数"]


@result("一项投入关系：投入品进入产品", "ProductWalkLink")
@dataclass(frozen=True, slots=True)
class ProductLink:
    """One product that goes into another."""

    start: Annotated[NodeIndex, Product, "投入品", As("input")]
    end: Annotated[NodeIndex, Product, "产品", As("product")]
    essential: Annotated[bool | None, "是否不可缺少；空为不详"]
    coefficient: Annotated[float | None, "单位产品用量（投入品单位/产品单位）；空为不详"]


@result("产品的上游或下游：逐级的产品、其间的投入关系、未显示的部分")
@dataclass(frozen=True, slots=True)
class ProductWalk(Answer):
    """The products reached, by tier, makers (most first) and id, and all recipes among them."""

    steps: Annotated[Sequence[ProductStep], "产品：按级、生产者数、标识排序，首个为起点", As("nodes")]
    links: Annotated[Sequence[ProductLink], "其间的全部投入关系"]
    left_out: Annotated[int, "因 maxNodes 未列出的产品数"]
    frontier: Annotated[int, "已列出、但因 depth 或 maxNodes 未再向前走的产品数"]

    @property
    def as_of(self) -> Annotated[int, "所答年份"]:
        """The year that was asked."""
        return self.method.as_of


def product_walk(  # noqa: PLR0913 - each is an argument of the question
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    direction: Direction = "UP",
    depth: int = 3,
    max_nodes: int = 200,
    essential_only: bool = False,
) -> ProductWalk:
    """Walk the recipes of a year breadth first from a product: to its inputs (UP), or to what it goes into.

    `max_nodes` counts the start too. With `essential_only` only inputs are followed that are said to be
    indispensable; one of which that is not known is not.
    """
    if not 1 <= depth <= DEEPEST:
        raise BadInput(f"depth：应在 1 到 {DEEPEST} 之间，所给为 {depth}", "depth")
    if not 1 <= max_nodes <= LARGEST:
        raise BadInput(f"maxNodes：应在 1 到 {LARGEST:,} 之间，所给为 {max_nodes}", "maxNodes")
    products, recipes = snapshot.nodes["Product"], snapshot.relations["INPUT_OF"]
    start = row_of_kind(snapshot, id, "Product") - products.first
    followed = valid_in(recipes, as_of)
    if essential_only:
        followed &= recipes["essential"] == 1
    places = np.flatnonzero(followed).astype(np.int32)
    inputs, made = (ends[places] - np.int32(products.first) for ends in (recipes.start, recipes.end))
    ends = (made, inputs) if direction == "UP" else (inputs, made)
    links = Csr.of(len(products), *ends)
    made_by = makers(snapshot, as_of)
    count = np.bincount(made_by.product, minlength=len(products)).astype(np.int32)
    order, tier, left_out = _reached(links, start, depth, max_nodes, count)
    owners, others, edges = links.at(order)
    shown = tier[others] >= 0
    shown_links = np.sort(places[edges[shown]])
    steps = map(ProductStep, nodes_of(order + products.first), tier[order].tolist(), count[order].tolist())
    asked = {"direction": direction, "depth": depth, "maxNodes": max_nodes, "essentialOnly": essential_only}
    return ProductWalk(
        list(steps),
        _links(snapshot, shown_links),
        left_out,
        len(np.unique(owners[~shown])),
        method=FORMULA.method(
            snapshot,
            as_of,
            asked,
            used=lambda: (
                Rows({"INPUT_OF": shown_links}) | of_making(made_by.edge[np.isin(made_by.product, order)])
            ),
        ),
    )


def _reached(links: Csr, start: int, depth: int, most: int, count: Ints) -> tuple[Ints, Ints, int]:
    """Find the products in order, the tier of every one (-1: not reached), and how many had no room."""
    tier = np.full(len(links), -1, np.int32)
    tier[start], left_out = 0, 0
    found = [np.array([start], np.int32)]
    for level in range(1, depth + 1):
        nodes = links.at(found[-1])[1]
        new = np.unique(nodes[tier[nodes] < 0])
        new = new[np.lexsort((new, -count[new]))]
        room = most - sum(map(len, found))
        left_out = max(0, len(new) - room)
        new = new[:room].astype(np.int32)
        if not len(new):
            break
        tier[new] = level
        found.append(new)
        if left_out:
            break
    return np.concatenate(found), tier, left_out


def _links(snapshot: Snapshot, places: Ints) -> list[ProductLink]:
    recipes = snapshot.relations["INPUT_OF"]
    essential = [None if one < 0 else bool(one) for one in recipes["essential"][places].tolist()]
    coefficient = [known(one) for one in recipes["coefficient"][places].tolist()]
    ends = nodes_of(recipes.start[places]), nodes_of(recipes.end[places])
    return [ProductLink(*cells) for cells in zip(*ends, essential, coefficient, strict=True)]
