"""Every relation as a field on both of its ends, every kind as a list: connections from the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.kinds import BOOKS, NODE_OF, NODES, RELATIONS, Entity
from graph.kinds import Node as NodeKind
from graph.kinds.columns import columns
from graph.kinds.relations import Many, Relation
from graph.kinds.terms import Term
from queries.lookup.filters import Order
from queries.lookup.pages import Following, Listing, Slice
from schema.language.connection import After, Asked, AsOf, Before, Connection, First, Last, Shape, shape
from schema.language.context import Info
from schema.language.filters import PERIOD, Where, filter_type, orders, read_filter, usual_order
from schema.language.nodes import FIELDS, TYPES, Node, column_fields, publish

COMMON = PERIOD | {"from", "to", "source"}
"""The columns that every relation has."""
FEW = 1_000
"""Bounds the lists that the model keeps short."""
SHAPES: dict[str, Shape] = {}
"""The list types of each kind, by label."""


@dataclass(frozen=True, slots=True)
class Way:
    """A relation as one kind sees it: where it leads, by which field, and whether along its direction."""

    owner: type[NodeKind]
    relation: type[Relation]
    other: type[NodeKind]
    many: Many
    name: str
    words: str
    forward: bool


def ways(kind: type[NodeKind]) -> list[Way]:
    """List the relations of a kind."""
    found: list[Way] = []
    for relation in RELATIONS:
        for start, end in relation.ends:
            for here, there, side, forward in (
                (start, end, relation.forward, True),
                (end, start, relation.backward, False),
            ):
                if here == kind.label and side is not None:
                    kind_there = NODE_OF[there]
                    plural = kind_there.plural
                    name = side.name.replace("{kinds}", plural)
                    name = name.replace("{Kinds}", plural[0].upper() + plural[1:])
                    words = side.words.replace("{kind}", kind_there.words)
                    found.append(Way(kind, relation, kind_there, side.many, name, words, forward))
    return found


def relation_field(way: Way) -> StrawberryField:
    """Make the field by which a node leads to others: one node, a short list, or a connection."""
    return _connected(way) if way.many is Many.ANY else _plain_side(way)


def _connected(way: Way) -> StrawberryField:
    other, relation = way.other, way.relation
    made, by_relation = _related(relation, other), usual_order(relation) == "VALUE_DESC"
    usual = usual_order(relation if by_relation else other)

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a connection
        root: Node,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        where: Where | None = None,
        order_by: Term | None = None,
        order_by_relation: Term | None = None,
        as_of: AsOf = None,
    ) -> Connection:
        if order_by is not None and order_by_relation is not None:
            raise BadInput("orderBy、orderByRelation：只能给出其中一个", "orderBy")
        year = info.context.year(as_of)
        if order_by_relation is not None or (order_by is None and by_relation):
            order = orders(relation).of(order_by_relation or usual)
        else:
            order = orders(other).of(order_by or usual)
        filter = read_filter(where, other)
        following = Following(relation, way.owner, other, way.forward, year, order, filter)
        part = Asked(first, after, last, before).slice(following)
        found = await info.context.page(following, part, root.id)
        return made.of(found, part, following, year, lambda: info.context.total(following, root.id))

    resolve.__annotations__ |= _list_arguments(other, usual)
    resolve.__annotations__["order_by_relation"] = Annotated[
        orders(relation).enum | None, strawberry.argument(description="按关系的各栏排序；不与 orderBy 同用")
    ]
    return strawberry.field(resolve, graphql_type=made.connection, name=way.name, description=way.words)


@cache
def _related(relation: type[Relation], other: type[NodeKind]) -> Shape:
    """Make the list types of a relation towards a kind; relations that have only years share the kind's."""
    own = {column.name for column in columns(relation)} - COMMON
    if not own and relation is not Relation:
        return _related(Relation, other)
    title, words = (
        ("Related", "相关的") if relation is Relation else (relation.__name__, f"{relation.words}：")
    )
    return shape(
        f"{title}{other.label}",
        f"{words}{other.words}",
        TYPES[other.label],
        lambda row: publish(other, row),
        column_fields(relation),
    )


def _list_arguments(kind: type[NodeKind], usual: str) -> dict[str, object]:
    filter = filter_type(kind, f"{kind.label}Filter")
    enum = orders(kind).enum
    return {
        "where": Annotated[filter | None, strawberry.argument(description="过滤条件")],
        "order_by": Annotated[enum | None, strawberry.argument(description=f"排序，默认 {usual}")],
    }


def _plain_side(way: Way) -> StrawberryField:
    order = Order("since", "r", descending=True, unknown=0)
    several = way.many is Many.FEW

    async def resolve(root: Node, info: Info, as_of: AsOf = None) -> Node | list[Node] | None:
        year = info.context.year(as_of)
        following = Following(way.relation, way.owner, way.other, way.forward, year, order)
        found = await info.context.page(following, Slice(FEW), root.id)
        nodes = [publish(way.other, place.node) for place in found.places]
        return nodes if several else next(iter(nodes), None)

    target = TYPES[way.other.label]
    shown = list[target] if several else target | None
    return strawberry.field(resolve, graphql_type=shown, name=way.name, description=way.words)


def list_field(kind: type[NodeKind]) -> StrawberryField:
    """Make the root field that lists a kind."""
    title = kind.plural[0].upper() + kind.plural[1:]
    target = TYPES[kind.label]
    made = SHAPES[kind.label] = shape(title, f"{kind.words}", target, lambda row: publish(kind, row))

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        where: Where | None = None,
        order_by: Term | None = None,
        as_of: AsOf = None,
    ) -> Connection:
        year = info.context.year(as_of)
        order = orders(kind).of(order_by or usual_order(kind))
        listing = Listing(kind, year, order, read_filter(where, kind))
        part = Asked(first, after, last, before).slice(listing)
        found = await info.context.listed(listing, part)
        return made.of(found, part, listing, year, lambda: info.context.count(listing))

    resolve.__annotations__ |= _list_arguments(kind, usual_order(kind))
    return strawberry.field(
        resolve, graphql_type=made.connection | None, name=kind.plural, description=f"{kind.words}：列表"
    )


def finish(extensions: Mapping[str, Mapping[str, StrawberryField]]) -> None:
    """Give every type its fields: from its columns, from the relations, and those written by hand."""
    inherited = {"id", "name", "aliases", "synthetic"}
    for kind in (*NODES, *BOOKS):
        made, written = TYPES[kind.label], extensions.get(kind.label, {})
        own = FIELDS[kind.label] = column_fields(kind, frozenset(written))
        known = inherited if issubclass(kind, Entity) else {"id"}
        made.__annotations__ = {n: a for n, a in own.annotations.items() if n not in known}
        for name, field in own.namespace.items():
            if name not in known:
                setattr(made, name, field)
        for way in ways(kind):
            setattr(made, f"{way.relation.label.lower()}_{way.name}", relation_field(way))
        for name, field in written.items():
            setattr(made, name, field)
        strawberry.type(made, description=kind.words)
