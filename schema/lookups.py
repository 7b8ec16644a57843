"""Where a client can start: one thing by its id, lists of a kind, all claims, all flows, search."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import BadInput
from graph.kinds import BOOKS, NODE_OF, NODES
from graph.kinds import Node as NodeKind
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.relations import Supplies
from graph.kinds.terms import Term
from queries.lookup.filters import Condition, Group
from queries.lookup.pages import Listing
from queries.lookup.search import Hit, SearchMatch
from schema.language.connection import (
    After,
    Asked,
    AsOf,
    Before,
    Connection,
    First,
    Last,
    RealOnly,
    recorded,
    shape,
)
from schema.language.context import Info
from schema.language.enums import Kind, enum_type
from schema.language.filters import Where, filter_type, orders, read_filter, usual_order
from schema.language.lists import LISTS, list_field, page_of
from schema.language.nodes import TYPES, Named, Node, column_fields, entity, find

MOST_IDS = 100
FLOWS = "供应流量：每个来源、年份、产品一行"
FLOW = shape("Supply", FLOWS, recorded("Supply", FLOWS, column_fields(Supplies, ends=True)))
enum_type(SearchMatch)

AnyId = Annotated[strawberry.ID, strawberry.argument(description="标识；主体也可给统一社会信用代码")]


async def node(info: Info, id: AnyId, real_only: RealOnly = False) -> Node | None:  # noqa: FBT002 - an argument
    """Find anything by its id."""
    return await find(info, id, real_only=real_only)


async def nodes(
    info: Info,
    ids: Annotated[list[strawberry.ID], strawberry.argument(description="标识，至多 100 个")],
    real_only: RealOnly = False,  # noqa: FBT002 - an argument
) -> list[Node | None]:
    """Find many things by their ids, in the order asked."""
    if len(ids) > MOST_IDS:
        raise BadInput(f"ids：{len(ids)} 个超过上限 {MOST_IDS}", "ids")
    return [await find(info, id, "ids", real_only=real_only) for id in ids]


async def organisation(
    info: Info,
    id: Annotated[strawberry.ID | None, strawberry.argument(description="标识，或统一社会信用代码")] = None,
    uscc: Annotated[str | None, strawberry.argument(description="统一社会信用代码")] = None,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument
) -> Node | None:
    """Find an organisation by its id or its credit code."""
    if (id is None) == (uscc is None):
        raise BadInput("id、uscc：必须且只能给出其中一个", "id")
    return await _of_kind(info, "Organisation", id or uscc or "", "id" if id else "uscc", real_only=real_only)


async def claims(  # noqa: PLR0913, PLR0917 - the arguments of a field
    info: Info,
    subject: Annotated[strawberry.ID, strawberry.argument(description="所述对象的标识")],
    metric: Annotated[Metric | None, strawberry.argument(description="指标；空为全部")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    order_by: Term | None = None,
    as_of: AsOf = None,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument
) -> Connection:
    """List every source's figures about a subject; as of a year those of later years are left out."""
    snapshot = await info.context.showing(real_only=real_only)
    about = snapshot.id_of(info.context.row_of(snapshot, subject, "subject"))
    parts = [Condition("subject", "eq", about)]
    if metric is not None:
        parts.append(Condition("metric", "eq", metric.value))
    year = info.context.year(as_of)
    if as_of is not None:
        parts.append(Condition("year", "notAfter", as_of))
    order = orders(Claim).of(order_by or "YEAR_DESC")
    listing = Listing(Claim, year, order, Group("and", tuple(parts)))
    asked = Asked(first, after, last, before)
    return LISTS["Claim"](await page_of(info.context, listing, asked, None, real_only=real_only))


async def supplies(  # noqa: PLR0913, PLR0917 - the arguments of a field
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    where: Where | None = None,
    order_by: Term | None = None,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument
) -> Connection:
    """List flows as they were recorded."""
    order = orders(Supplies).of(order_by or usual_order(Supplies))
    filter = read_filter(where, Supplies, info.context.snapshot)
    listing = Listing(Supplies, info.context.year(None), order, filter)
    asked = Asked(first, after, last, before)
    return FLOW(await page_of(info.context, listing, asked, None, real_only=real_only))


@strawberry.type(description="检索结果")
class SearchHit:
    """One thing that a text may mean."""

    id: strawberry.ID = strawberry.field(description="标识")
    kind: Kind = strawberry.field(description="种类")  # type: ignore[valid-type]
    name: str = strawberry.field(description="名称")
    matched: str = strawberry.field(description="命中的文字：名称、别名或代码")
    matched_by: SearchMatch = strawberry.field(description="命中方式")
    score: float = strawberry.field(description="得分（0–1），仅用于本次排序")
    active: bool = strawberry.field(description="asOf 年 12 月 31 日是否存在（未注销、未失效、已成立）")
    closed_on: date | None = strawberry.field(description="注销（失效）日期；空为没有或不详")

    @strawberry.field(graphql_type=Named | None, description="命中的对象")
    async def entity(self, info: Info) -> Node | None:
        """Load the thing itself."""
        return await find(info, self.id)


async def search(
    info: Info,
    text: Annotated[str, strawberry.argument(description="名称、别名、代码、拼音或首字母，至多 100 字")],
    first: Annotated[int, strawberry.argument(description="取前几条，1–100")],
    kinds: list[Term] | None = None,
    as_of: AsOf = None,
) -> list[SearchHit] | None:
    """Find what a text may mean; what is closed is found too, and said to be."""
    year = info.context.year(as_of)
    labels = tuple(kind.value for kind in kinds or ())
    hits = await info.context.analyse(lambda _: info.context.index.search(text, kinds=labels, first=first))
    return [_hit(hit, year) for hit in hits]


def _hit(hit: Hit, year: int) -> SearchHit:
    return SearchHit(
        id=strawberry.ID(hit.id),
        kind=Kind(hit.kind),
        name=hit.name,
        matched=hit.matched,
        matched_by=hit.matched_by,
        score=hit.score,
        active=hit.active(year),
        closed_on=hit.ended,
    )


def _by_id(kind: type[NodeKind]) -> StrawberryField:
    async def resolve(
        info: Info,
        id: AnyId,
        real_only: RealOnly = False,  # noqa: FBT002 - an argument
    ) -> Node | None:
        return await _of_kind(info, kind.label, id, "id", real_only=real_only)

    name = kind.label[0].lower() + kind.label[1:]
    return strawberry.field(
        resolve, graphql_type=TYPES[kind.label] | None, name=name, description=f"{kind.words}：按标识取一个"
    )


async def _of_kind(info: Info, label: str, id: str, argument: str, *, real_only: bool = False) -> Node | None:
    found = await info.context.find(id, argument, real_only=real_only)
    if found is None:
        return None
    kind = found[0].kind_of(found[1])
    if kind.label != label:
        raise BadInput(f"{argument}：{id} 是{kind.words}，此处应为{NODE_OF[label].words}", argument)
    return entity(*found)


def root_fields() -> dict[str, StrawberryField]:
    """Make the fields of the root that look things up."""
    found = {f"one_{k.label}": _by_id(k) for k in (*NODES, *BOOKS) if k.label != "Organisation"}
    found |= {f"all_{k.label}": list_field(k) for k in (*NODES, *BOOKS) if k is not Claim}
    claim_order, supply_order = orders(Claim).enum, orders(Supplies).enum
    supply_filter = filter_type(Supplies, "SupplyFilter")
    supplies.__annotations__ |= {
        "where": Annotated[supply_filter | None, strawberry.argument(description="过滤条件")],
        "order_by": Annotated[supply_order | None, strawberry.argument(description="排序，默认 VALUE_DESC")],
    }
    LISTS["Claim"] = shape("Claims", "事实", TYPES["Claim"])
    search.__annotations__["kinds"] = Annotated[
        list[Kind] | None, strawberry.argument(description="只找这些种类")
    ]
    claims.__annotations__["order_by"] = Annotated[
        claim_order | None, strawberry.argument(description="排序，默认 YEAR_DESC")
    ]
    return found | {
        "node": strawberry.field(node, description="按标识取任何对象"),
        "nodes": strawberry.field(
            nodes, description="按标识取多个对象，顺序同 ids，没有的为 null，至多 100 个"
        ),
        "organisation": strawberry.field(
            organisation,
            graphql_type=TYPES["Organisation"] | None,
            description="主体：按标识或统一社会信用代码取一个",
        ),
        "claims": strawberry.field(
            claims,
            graphql_type=LISTS["Claim"] | None,
            description="关于某一对象的全部事实：每个来源一行",
        ),
        "supplies": strawberry.field(
            supplies,
            graphql_type=FLOW | None,
            description="供应流量原始记录：每个来源、年份、产品一行",
        ),
        "search": strawberry.field(
            search, description="检索：名称、别名、代码、拼音、首字母、繁体，容一处错字"
        ),
    }
