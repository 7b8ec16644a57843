"""Every relation as a field on both of its ends, every kind as a list: connections from the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from graph.kinds import BOOKS, NODE_OF, NODES, RELATIONS, Entity
from graph.kinds import Node as NodeKind
from graph.kinds.relations import Many, Relation, Side
from queries.lookup.filters import Order
from queries.lookup.pages import Following, Listing, Slice
from schema.language.connection import After, Asked, AsOf, Before, First, Last, Shape, shape
from schema.language.context import Info
from schema.language.filters import default_order, filter_type, order_type, read_filter
from schema.language.nodes import FIELDS, TYPES, column_fields, publish

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
    side: Side
    name: str
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
                    plural = NODE_OF[there].plural
                    name = side.name.replace("{kinds}", plural)
                    name = name.replace("{Kinds}", plural[0].upper() + plural[1:])
                    found.append(Way(kind, relation, NODE_OF[there], side, name, forward))
    return found


def relation_field(way: Way) -> Any:
    """Make the field by which a node leads to others: one node, a short list, or a connection."""
    return _connected(way) if way.side.many is Many.ANY else _plain_side(way)


def _connected(way: Way) -> Any:
    title = f"{way.owner.label}{way.name[0].upper()}{way.name[1:]}"
    words, other = way.side.words, way.other
    target = TYPES[other.label]
    made = shape(title, words, target, lambda row: publish(other, row), column_fields(way.relation))
    enum, orders = order_type(f"{title}Order", f"{words}：排序", other, way.relation)
    usual = default_order(other, way.relation)

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a connection
        root: Any,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        where: Any = None,
        order_by: Any = None,
        as_of: AsOf = None,
    ) -> Any:
        year = info.context.year(as_of)
        order = orders[(order_by or enum[usual]).value]
        filter = read_filter(where, other)
        following = Following(way.relation, way.owner, other, way.forward, year, order, filter)
        part = Asked(first, after, last, before).slice(following)
        found = await info.context.page(following, part, root.id)
        return made.of(found, part, following, year, lambda: info.context.total(following, root.id))

    resolve.__annotations__ |= _list_arguments(other, enum, usual) | {"return": made.connection}
    return strawberry.field(resolve, name=way.name, description=words)


def _list_arguments(kind: type[NodeKind], enum: Any, usual: str) -> dict[str, Any]:
    filter: Any = filter_type(kind, f"{kind.label}Filter")
    return {
        "where": Annotated[filter | None, strawberry.argument(description="过滤条件")],
        "order_by": Annotated[enum | None, strawberry.argument(description=f"排序，默认 {usual}")],
    }


def _plain_side(way: Way) -> Any:
    order = Order("since", "r", descending=True, unknown=0)
    several = way.side.many is Many.FEW

    async def resolve(root: Any, info: Info, as_of: AsOf = None) -> Any:
        year = info.context.year(as_of)
        following = Following(way.relation, way.owner, way.other, way.forward, year, order)
        found = await info.context.page(following, Slice(FEW), root.id)
        nodes = [publish(way.other, place.node) for place in found.places]
        return nodes if several else next(iter(nodes), None)

    target = TYPES[way.other.label]
    resolve.__annotations__["return"] = list[target] if several else target | None
    return strawberry.field(resolve, name=way.name, description=way.side.words)


def list_field(kind: type[NodeKind]) -> Any:
    """Make the root field that lists a kind."""
    title = kind.plural[0].upper() + kind.plural[1:]
    target = TYPES[kind.label]
    made = SHAPES[kind.label] = shape(title, f"{kind.words}", target, lambda row: publish(kind, row))
    enum, orders = order_type(f"{kind.label}Order", f"{kind.words}：排序", kind)
    usual = default_order(kind)

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        where: Any = None,
        order_by: Any = None,
        as_of: AsOf = None,
    ) -> Any:
        year = info.context.year(as_of)
        order = orders[(order_by or enum[usual]).value]
        listing = Listing(kind, year, order, read_filter(where, kind))
        part = Asked(first, after, last, before).slice(listing)
        found = await info.context.listed(listing, part)
        return made.of(found, part, listing, year, lambda: info.context.count(listing))

    resolve.__annotations__ |= _list_arguments(kind, enum, usual) | {"return": made.connection | None}
    return strawberry.field(resolve, name=kind.plural, description=f"{kind.words}：列表")


def finish(extensions: Mapping[str, Mapping[str, Any]]) -> None:
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
