"""Lists as Relay connections: arguments checked, opaque keyset cursors, edges with the relation's fields."""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Protocol

import orjson
import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.store.store import Row
from queries.lookup.pages import Page, Place, Slice
from schema.language.nodes import Fields, Node

FORMAT = 2
MOST = 100
BIGGEST = 2**63
"""Integers of the store are below."""

First = Annotated[int | None, strawberry.argument(description="取前几行，1–100；与 last 二选一")]
After = Annotated[str | None, strawberry.argument(description="从此游标之后取")]
Last = Annotated[int | None, strawberry.argument(description="取后几行，1–100；与 first 二选一")]
Before = Annotated[str | None, strawberry.argument(description="取到此游标之前")]
AsOf = Annotated[
    int | None, strawberry.argument(description="截至年份：该年 12 月 31 日有效；空为数据最新年份")
]


@strawberry.type(description="分页信息")
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = strawberry.field(description="后面是否还有")
    has_previous_page: bool = strawberry.field(description="前面是否还有")
    start_cursor: str | None = strawberry.field(description="首行游标")
    end_cursor: str | None = strawberry.field(description="末行游标")


@dataclass(frozen=True, slots=True)
class Asked:
    """The four arguments of a connection."""

    first: int | None
    after: str | None
    last: int | None
    before: str | None

    def slice(self, list: Hashable) -> Slice:
        """Check the arguments against the list they page through."""
        if (self.first is None) == (self.last is None):
            raise BadInput("first、last：必须且只能给出其中一个", "first")
        name, size = ("first", self.first) if self.last is None else ("last", self.last)
        if size is None or not 1 <= size <= MOST:
            raise BadInput(f"{name}：{size} 超出范围，应在 1 到 {MOST} 之间", name)
        backward = name == "last"
        other, cursor = ("after", self.after) if backward else ("before", self.before)
        if cursor is not None:
            raise BadInput(f"{other}：不能与 {name} 同用", other)
        name, cursor = ("before", self.before) if backward else ("after", self.after)
        if cursor is None:
            return Slice(size, backward)
        key, tie = _read(cursor, _mark(list), name)
        return Slice(size, backward, key, tie)


@lru_cache(maxsize=1024)
def _mark(list: Hashable) -> str:
    """Tell one list (with its filter, order and year) from another, whichever page is asked."""
    return hashlib.blake2b(repr(list).encode(), digest_size=6).hexdigest()


def _cursor(place: Place, mark: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([FORMAT, mark, place.key, place.tie])).decode()


def _read(cursor: str, mark: str, argument: str) -> tuple[object, str]:
    try:
        format, its, key, tie = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError) as error:
        raise BadInput(f"{argument}：不是本服务给出的游标", argument) from error
    beyond = isinstance(key, int) and not -BIGGEST <= key < BIGGEST
    if format != FORMAT or not isinstance(tie, str) or isinstance(key, list | dict) or beyond:
        raise BadInput(f"{argument}：不是本服务给出的游标", argument)
    if its != mark:
        raise BadInput(f"{argument}：游标属于另一个列表（过滤、排序或年份不同），请从头翻页", argument)
    return key, tie


class Edge(Protocol):
    """A row of a page."""

    cursor: str
    node: Node
    """Where the list is one of nodes."""


class Connection(Protocol):
    """A page of a list."""

    edges: list[Edge]
    count: Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Shape:
    """The GraphQL types of one list: its edge and its connection, and how an edge is made."""

    edge: type
    connection: type
    publish: Callable[[str, Place], Edge]

    def of(
        self, found: Page, part: Slice, list: Hashable, year: int | None, total: Callable[[], Awaitable[int]]
    ) -> Connection:
        """Publish a page."""
        mark = _mark(list)
        edges = [self.publish(_cursor(place, mark), place) for place in found.places]
        beyond = part.tie is not None
        info = PageInfo(
            has_next_page=beyond if part.backward else found.more,
            has_previous_page=found.more if part.backward else beyond,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        )
        return self.connection(edges=edges, page_info=info, as_of=year, count=total)


def shape(
    name: str,
    words: str,
    node: type[Node] | None,
    make: Callable[[Row], object],
    extra: Fields | None = None,
) -> Shape:
    """Make the edge and connection types of a list; `extra` adds the relation's fields to the edge."""
    annotations = extra.annotations if extra else {}
    namespace = extra.namespace if extra else {}
    edge = _type(
        f"{name}Edge",
        f"{words}（一行）",
        {"cursor": str, **({"node": node} if node else {}), **annotations},
        {
            "cursor": strawberry.field(description="游标"),
            **({"node": strawberry.field(description="所指对象")} if node else {}),
            **namespace,
        },
    )
    connection = _connection(f"{name}Connection", words, edge, node)

    def publish(cursor: str, place: Place) -> Edge:
        whole = {"node": make(place.node)} if node else {}
        return edge(cursor=cursor, **whole, **(extra.values(place.edge) if extra else {}))

    return Shape(edge, connection, publish)


def _connection(name: str, words: str, edge: type, node: type[Node] | None) -> type:
    def nodes(root: Connection) -> list[Node]:
        return [found.node for found in root.edges]

    async def total_count(root: Connection) -> int:
        return await root.count()

    fields: dict[str, StrawberryField] = {
        "edges": strawberry.field(description="各行"),
        "page_info": strawberry.field(description="分页信息"),
        "as_of": strawberry.field(description="所答年份", default=None),
        "total_count": strawberry.field(total_count, description="总行数（单独计数，选取才计算）"),
    }
    if node:
        fields["nodes"] = strawberry.field(nodes, graphql_type=list[node], description="各行所指对象")
    annotations = {
        "edges": list[edge],
        "page_info": PageInfo,
        "as_of": int | None,
        "count": strawberry.Private[object],
    }
    return _type(name, f"{words}（分页列表）", annotations, fields)


def _type(
    name: str, words: str, annotations: Mapping[str, object], namespace: Mapping[str, StrawberryField]
) -> type:
    made = type(name, (), {"__annotations__": annotations, "__module__": __name__, **namespace})
    return strawberry.type(made, description=words)
