"""Lists as Relay connections: arguments checked, opaque keyset cursors, edges with the relation's fields."""

import base64
import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, ClassVar, cast

import numpy as np
import orjson
import strawberry
from numpy.typing import NDArray
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.snapshot.csr import Ints
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import EdgeTable
from graph.snapshot.years import Mask
from queries.lookup.orders import Keys, Position
from queries.lookup.pages import FOREIGN, Slice
from schema.language.nodes import Fields, Node, Row, entity, read_field

FORMAT = 3
MOST = 100
USUAL = 20
"""Rows of a page when neither `first` nor `last` is given."""

First = Annotated[
    int | None, strawberry.argument(description=f"取前几行，1–{MOST}，默认 {USUAL}；不与 last 同用")
]
After = Annotated[str | None, strawberry.argument(description="从此游标之后取")]
Last = Annotated[int | None, strawberry.argument(description=f"取后几行，1–{MOST}；不与 first 同用")]
Before = Annotated[str | None, strawberry.argument(description="取到此游标之前")]
AsOf = Annotated[
    int | None, strawberry.argument(description="截至年份：该年 12 月 31 日有效；空为数据最新年份")
]
AsOfToday = Annotated[
    int | None, strawberry.argument(description="截至年份：该年 12 月 31 日已有者；空为今年，台账逐日登记")
]


RealOnly = Annotated[
    bool, strawberry.argument(description="只看真实数据：一切虚构样例都略去，其下各字段也是")
]


@strawberry.type(description="分页信息")
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = strawberry.field(description="后面是否还有")
    has_previous_page: bool = strawberry.field(description="前面是否还有")
    start_cursor: str | None = strawberry.field(description="首行游标")
    end_cursor: str | None = strawberry.field(description="末行游标")
    page_size: int = strawberry.field(description=f"每页至多几行：first 或 last，都不给时为 {USUAL}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The four arguments of a connection."""

    first: int | None
    after: str | None
    last: int | None
    before: str | None

    def slice(self, list: Hashable) -> Slice:
        """Check the arguments against the list they page through."""
        if self.first is not None and self.last is not None:
            raise BadInput("first、last：只能给出其中一个", "first")
        name, size = ("last", self.last) if self.last is not None else ("first", self.first)
        size = USUAL if size is None else size
        if not 1 <= size <= MOST:
            raise BadInput(f"{name}：{size} 超出范围，应在 1 到 {MOST} 之间", name)
        backward = name == "last"
        other, cursor = ("after", self.after) if backward else ("before", self.before)
        if cursor is not None:
            raise BadInput(f"{other}：不能与 {name} 同用", other)
        name, cursor = ("before", self.before) if backward else ("after", self.after)
        if cursor is None:
            return Slice(size, backward)
        return Slice(size, backward, _read(cursor, mark_of(list), name))


@lru_cache(maxsize=1024)
def mark_of(list: Hashable) -> str:
    """Tell one list (with its filter, order and year) from another, whichever page is asked."""
    return hashlib.blake2b(repr(list).encode(), digest_size=6).hexdigest()


def cursor(position: Position, mark: str) -> str:
    """Write where a row stands in a list."""
    return base64.urlsafe_b64encode(orjson.dumps([FORMAT, mark, position.key, position.tie])).decode()


def _read(cursor: str, mark: str, argument: str) -> Position:
    try:
        format, its, key, tie = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError) as error:
        raise BadInput(f"{argument}：{FOREIGN}", argument) from error
    texts = isinstance(tie, list) and all(isinstance(text, str) for text in cast("list[object]", tie))
    if format != FORMAT or not texts or isinstance(key, list | dict):
        raise BadInput(f"{argument}：{FOREIGN}", argument)
    if its != mark:
        raise BadInput(f"{argument}：游标属于另一个列表（过滤、排序或年份不同），请从头翻页", argument)
    return Position(key, tuple(tie))


@dataclass(frozen=True, slots=True, eq=False)
class Connections:
    """Pages of lists, those of several owners one behind the other, column by column."""

    snapshot: Snapshot
    begins: NDArray[np.int64]
    """Where the page of each owner begins, and at last where all end."""
    more: Mask
    """Of each owner, whether there are more rows in the direction of reading."""
    part: Slice
    mark: str
    keys: Keys
    year: int | None
    count: Callable[[], list[int]]
    """Counts the whole list of each owner."""
    unknown: Callable[[], list[int]]
    """Counts in the whole list of each owner the rows that have no known value to sort by."""
    nodes: Ints | None = None
    """Global rows; None: the list is one of relations."""
    edges: Ints | None = None
    """Places of the relations that lead to the nodes; None: nothing leads to them."""
    links: EdgeTable | None = None
    """The table of the relations."""

    def __len__(self) -> int:
        return len(self.more)

    def cursors(self, rows: Ints) -> list[str]:
        """Write the cursors of some rows."""
        return [cursor(position, self.mark) for position in self.keys.positions(rows)]

    def page_info(self, owner: int) -> PageInfo:
        """Say where the page of an owner stands in its list."""
        begin, end = self.begins[owner : owner + 2].tolist()
        beyond, more = self.part.cursor is not None, bool(self.more[owner])
        ends = self.cursors(np.array([begin, end - 1], np.int32)) if end > begin else (None, None)
        return PageInfo(
            has_next_page=beyond if self.part.backward else more,
            has_previous_page=more if self.part.backward else beyond,
            start_cursor=ends[0],
            end_cursor=ends[1],
            page_size=self.part.size,
        )


class Recorded(Row):
    """A relation that is listed by itself, as it was recorded."""

    def __init__(self, pages: Connections, at: int) -> None:
        """Show the row at a place of the pages."""
        assert pages.links is not None  # noqa: S101 - lists of nodes show nodes
        assert pages.edges is not None  # noqa: S101
        super().__init__(pages.snapshot, pages.links, int(pages.edges[at]))


class Connection:
    """The page of one owner, as graphql-core walks over it."""

    edge: ClassVar[type["Edge"]]

    def __init__(self, pages: Connections, owner: int = 0) -> None:
        """Show one of several pages."""
        self.pages, self.owner = pages, owner

    @property
    def edges(self) -> list["Edge"]:
        """Its rows."""
        begin, end = self.pages.begins[self.owner : self.owner + 2].tolist()
        return [self.edge(self.pages, at) for at in range(begin, end)]

    @property
    def nodes(self) -> list[Node | Recorded]:
        """The nodes of its rows, or the relations."""
        return [edge.node for edge in self.edges]

    @property
    def page_info(self) -> PageInfo:
        """Where it stands in its list."""
        return self.pages.page_info(self.owner)

    @property
    def as_of(self) -> int | None:
        """The year that is answered."""
        return self.pages.year

    @property
    def total_count(self) -> int:
        """How many rows the whole list has."""
        return self.pages.count()[self.owner]

    @property
    def unknown_count(self) -> int:
        """How many rows of the whole list have no known value to sort by."""
        return self.pages.unknown()[self.owner]


class Edge(Row):
    """One row of a page: a node, and the relation that leads to it; or a relation that is listed itself."""

    recorded: ClassVar[type[Recorded] | None] = None

    def __init__(self, pages: Connections, at: int) -> None:
        """Show the row at a place of the pages."""
        self.pages, self.at = pages, at
        if pages.links is not None and pages.edges is not None:
            super().__init__(pages.snapshot, pages.links, int(pages.edges[at]))

    @property
    def cursor(self) -> str:
        """Where it stands in its list."""
        return self.pages.cursors(np.array([self.at], np.int32))[0]

    @property
    def node(self) -> Node | Recorded:
        """The node, or the relation."""
        if self.recorded is not None:
            return self.recorded(self.pages, self.at)
        assert self.pages.nodes is not None  # noqa: S101 - lists of nodes have them
        return entity(self.pages.snapshot, int(self.pages.nodes[self.at]))


PAGE_FIELDS = ("edges", "nodes", "page_info", "as_of", "total_count", "unknown_count")
EDGE_FIELDS = ("cursor", "node")


def recorded(name: str, words: str, fields: Fields) -> type[Recorded]:
    """Make the type of a relation that is listed by itself."""
    made: type[Recorded] = _type(name, words, Recorded, fields.annotations, fields.namespace)
    fields.read_by(made)
    return made


def shape(
    name: str, words: str, node: type[Node] | type[Recorded], extra: Fields | None = None
) -> type[Connection]:
    """Make the edge and connection types of a list; `extra` adds the relation's fields to the edge."""
    annotations: dict[str, object] = {"cursor": str, "node": node}
    shown = {"cursor": "游标", "node": "所指对象"}
    namespace = {name: read_field(words, name) for name, words in shown.items()}
    edge: type[Edge] = _type(
        f"{name}Edge",
        f"{words}（一行）",
        Edge,
        annotations | (extra.annotations if extra else {}),
        namespace | (extra.namespace if extra else {}),
    )
    if extra:
        extra.read_by(edge)
    if issubclass(node, Recorded):
        edge.recorded = node
    fields: dict[str, tuple[object, str]] = {
        "edges": (list[edge], "各行"),
        "page_info": (PageInfo, "分页信息"),
        "as_of": (int | None, "所答年份"),
        "total_count": (int, "总行数（单独计数，选取才计算）"),
        "unknown_count": (int, "其中排序所依之值不详的行数：升序降序都在最后（单独计数，选取才计算）"),
        "nodes": (list[node], "各行所指对象"),
    }
    made: type[Connection] = _type(
        f"{name}Connection",
        f"{words}（分页列表）",
        Connection,
        {field: of for field, (of, _) in fields.items()},
        {field: read_field(words, field) for field, (_, words) in fields.items()},
    )
    made.edge = edge
    return made


def _type(
    name: str,
    words: str,
    base: type,
    annotations: Mapping[str, object],
    namespace: Mapping[str, StrawberryField],
) -> Any:
    made: Any = type(name, (base,), {"__annotations__": annotations, "__module__": __name__, **namespace})
    strawberry.type(made, description=words)
    del made.__init__  # of the dataclass that strawberry makes: it would ask for every field
    for field in namespace:
        if field in vars(base):
            setattr(made, field, vars(base)[field])
    return made
