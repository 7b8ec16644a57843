"""Every relation as a field on both of its ends, every kind as a list: connections from the vocabulary."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, cast

import numpy as np
import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput, NotFound
from graph.kinds import BOOKS, NODE_OF, NODES, RELATIONS, Entity
from graph.kinds import Node as NodeKind
from graph.kinds.columns import columns
from graph.kinds.relations import Many, Relation
from graph.kinds.stages import BY_LABEL
from graph.kinds.terms import Term
from graph.snapshot.csr import Ints
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import EdgeTable, NodeTable, Table
from queries.lookup.filters import FIGURED
from queries.lookup.orders import Order, keys_of
from queries.lookup.pages import (
    Following,
    Listing,
    Pages,
    Slice,
    count,
    count_unknown,
    listed,
    related,
    related_count,
    related_keys,
    related_unknown,
    table_of,
)
from schema.language.connection import (
    After,
    Asked,
    AsOf,
    AsOfToday,
    Before,
    Connection,
    Connections,
    First,
    Last,
    RealOnly,
    mark_of,
    shape,
)
from schema.language.context import Context, Info
from schema.language.filters import (
    PERIOD,
    FigureOrder,
    Where,
    figure_order,
    filter_type,
    orders,
    read_filter,
    usual_order,
)
from schema.language.nodes import READING, TYPES, Node, column_fields, entity

COMMON = PERIOD | {"from", "to", "source"}
"""The columns that every relation has."""
FEW = 1_000
"""Bounds the lists that the model keeps short."""
LISTS: dict[str, type[Connection]] = {}
"""The list type of each kind, by label."""


@dataclass(frozen=True, slots=True)
class OfOwners:
    """Says that a field is read for many nodes at once: `ask(context, snapshot, rows, **arguments)`."""

    ask: Callable[..., Connections | Pages | Sequence[object]]


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
    usually = orders(relation if by_relation else other).of(usual)

    def pages(  # noqa: PLR0913 - the arguments of a connection
        context: Context,
        snapshot: Snapshot,
        owners: Sequence[int],
        *,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        where: Where | None = None,
        order_by: Term | None = None,
        order_by_relation: Term | None = None,
        order_by_figure: FigureOrder | None = None,
        as_of: int | None = None,
    ) -> Connections:
        given = {"orderBy": order_by, "orderByRelation": order_by_relation, "orderByFigure": order_by_figure}
        _only_one(given)
        year = context.year_of(other, as_of)
        if order_by_figure is not None:
            order = _by_figure(context, order_by_figure, year)
        elif order_by_relation is not None or (order_by is None and by_relation):
            order = orders(relation).of(order_by_relation or usual)
        else:
            order = orders(other).of(order_by or usual)
        following = Following(
            relation, way.owner, other, way.forward, year, order, read_filter(where, other, snapshot)
        )
        part = Asked(first, after, last, before).slice(following)
        shown = context.veiled(following)
        found = related(snapshot, shown, owners, part, usual=order is usually)
        return Connections(
            snapshot,
            found.begins,
            found.more,
            part,
            mark_of(following),
            related_keys(snapshot, shown, found.nodes, found.edges),
            year,
            lambda: related_count(snapshot, shown, owners, usual=order is usually),
            lambda: related_unknown(snapshot, shown, owners),
            found.nodes,
            found.edges,
            snapshot.relations[relation.label],
        )

    def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a connection
        root: Node,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        where: Where | None = None,
        order_by: Term | None = None,
        order_by_relation: Term | None = None,
        order_by_figure: FigureOrder | None = None,
        as_of: AsOf = None,
    ) -> Connection:
        return made(
            pages(
                info.context,
                root.snapshot,
                [root.row],
                first=first,
                after=after,
                last=last,
                before=before,
                where=where,
                order_by=order_by,
                order_by_relation=order_by_relation,
                order_by_figure=order_by_figure,
                as_of=as_of,
            )
        )

    resolve.__annotations__["order_by_relation"] = Annotated[
        orders(relation).enum | None, strawberry.argument(description="按关系的各栏排序；不与 orderBy 同用")
    ]
    _take_arguments(resolve, other, usual)
    return strawberry.field(
        resolve,
        graphql_type=made,
        name=way.name,
        description=way.words,
        metadata={READING: OfOwners(pages)},
    )


@cache
def _related(relation: type[Relation], other: type[NodeKind]) -> type[Connection]:
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
        column_fields(relation),
    )


BY_FIGURE = "order_by_figure"


def _take_arguments(resolve: Callable[..., object], kind: type[NodeKind], usual: str) -> None:
    """Let a resolver take what lists of a kind can be asked for: an order by a figure only where some are."""
    filter = filter_type(kind, f"{kind.label}Filter")
    enum = orders(kind).enum
    resolve.__annotations__ |= {
        "where": Annotated[filter | None, strawberry.argument(description="过滤条件")],
        "order_by": Annotated[enum | None, strawberry.argument(description=f"排序，默认 {usual}")],
        BY_FIGURE: Annotated[
            FigureOrder | None, strawberry.argument(description="按指标值排序；不与其他排序同用")
        ],
    }
    if kind.label in BY_LABEL:
        resolve.__annotations__["as_of"] = AsOfToday
    if kind.label not in FIGURED:
        del resolve.__annotations__[BY_FIGURE]
        whole, hints = inspect.signature(resolve), resolve.__annotations__
        shown = [p.replace(annotation=hints[name]) for name, p in whole.parameters.items() if name in hints]
        cast("Any", resolve).__signature__ = whole.replace(parameters=shown)


def _only_one(given: Mapping[str, object]) -> None:
    """Refuse several orders at once."""
    named = [name for name, order in given.items() if order is not None]
    if len(named) > 1:
        raise BadInput(f"{'、'.join(named)}：只能给出其中一个", named[0])


def _by_figure(context: Context, given: FigureOrder, year: int) -> Order:
    """Give the order by a figure, as of the list's year unless another is given."""
    return figure_order(given, year if given.year is None else context.year(given.year, "orderByFigure.year"))


def _plain_side(way: Way) -> StrawberryField:
    order = Order("since", "r", descending=True, unknown=0)
    several = way.many is Many.FEW

    def ends(
        context: Context, snapshot: Snapshot, owners: Sequence[int], *, as_of: int | None = None
    ) -> Pages:
        year = context.year(as_of)
        following = Following(way.relation, way.owner, way.other, way.forward, year, order)
        return related(snapshot, following, owners, Slice(FEW if several else 1), usual=True)

    def resolve(root: Node, info: Info, as_of: AsOf = None) -> Node | list[Node] | None:
        found = ends(info.context, root.snapshot, [root.row], as_of=as_of)
        nodes = [entity(root.snapshot, row) for row in found.nodes.tolist()]
        return nodes if several else next(iter(nodes), None)

    target = TYPES[way.other.label]
    shown = list[target] if several else target | None
    return strawberry.field(
        resolve,
        graphql_type=shown,
        name=way.name,
        description=way.words,
        metadata={READING: OfOwners(ends)},
    )


def list_field(kind: type[NodeKind]) -> StrawberryField:
    """Make the root field that lists a kind."""
    title = kind.plural[0].upper() + kind.plural[1:]
    made = LISTS[kind.label] = shape(title, f"{kind.words}", TYPES[kind.label])

    async def resolve(  # noqa: PLR0913, PLR0917 - the arguments of a field
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        where: Where | None = None,
        order_by: Term | None = None,
        order_by_figure: FigureOrder | None = None,
        as_of: AsOf = None,
        real_only: RealOnly = False,  # noqa: FBT002 - an argument of the field
    ) -> Connection:
        year = info.context.year_of(kind, as_of)
        _only_one({"orderBy": order_by, "orderByFigure": order_by_figure})
        if order_by_figure is not None:
            order = _by_figure(info.context, order_by_figure, year)
        else:
            order = orders(kind).of(order_by or usual_order(kind))
        filter = read_filter(where, kind, await info.context.holding(kind))
        listing, asked = Listing(kind, year, order, filter), Asked(first, after, last, before)
        return made(await page_of(info.context, listing, asked, year, real_only=real_only))

    _take_arguments(resolve, kind, usual_order(kind))
    return strawberry.field(
        resolve, graphql_type=made | None, name=kind.plural, description=f"{kind.words}：列表"
    )


async def page_of(
    context: Context, listing: Listing, asked: Asked, year: int | None, *, real_only: bool = False
) -> Connections:
    """Find a page of the nodes of a kind, or of a relation's rows; raises NotFound when all are invented."""
    part = asked.slice((listing, real_only) if real_only else listing)
    snapshot = await context.holding(listing.kind, await context.showing(real_only=real_only))
    shown, table = context.veiled(listing), table_of(snapshot, listing.kind)
    label = listing.kind.label
    if not len(table) and (gone := (snapshot.left_out or {}).get(label)):
        raise NotFound(f"realOnly：没有真实的{listing.kind.words}：图中的 {gone} 行都是虚构样例")
    found = listed(snapshot, shown, part)
    return Connections(
        snapshot,
        np.array([0, len(found.rows)]),
        np.array([found.more]),
        part,
        mark_of((listing, real_only) if real_only else listing),
        keys_of(snapshot, table, shown.order, found.rows),
        year,
        lambda: [count(snapshot, shown)],
        lambda: [count_unknown(snapshot, shown)],
        *_columns(table, found.rows),
    )


def _columns(table: Table, rows: Ints) -> tuple[Ints | None, Ints | None, EdgeTable | None]:
    """Say what the rows of a table are in a list: nodes, or relations."""
    if isinstance(table, NodeTable):
        return rows + np.int32(table.first), None, None
    return None, rows, cast("EdgeTable", table)


def finish(extensions: Mapping[str, Mapping[str, StrawberryField]]) -> None:
    """Give every type its fields: from its columns, from the relations, and those written by hand."""
    inherited = {"id", "name", "aliases", "synthetic"}
    for kind in (*NODES, *BOOKS):
        made, written = TYPES[kind.label], extensions.get(kind.label, {})
        own = column_fields(kind, frozenset(written))
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
        del made.__init__  # of the dataclass that strawberry makes: it would ask for every field
        own.read_by(made)
