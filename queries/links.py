"""One flow as answers show it: who sells what to whom, when, for how much."""

from dataclasses import dataclass
from math import isnan
from typing import Annotated, Literal

from graph.kinds.entities import Organisation, Product
from graph.kinds.facts import Source
from graph.kinds.results import As, result
from graph.snapshot.csr import Ints
from graph.snapshot.index import KindIndex, NodeIndex
from graph.snapshot.purchases import Flows
from graph.snapshot.table import MISSING

type Direction = Literal["UP", "DOWN"]


@result("一笔供应：货物由卖方流向买方", "WalkLink")
@dataclass(frozen=True, slots=True)
class Link:
    """One flow between two organisations, in the direction of the goods."""

    start: Annotated[NodeIndex, Organisation, "卖方", As("seller")]
    end: Annotated[NodeIndex, Organisation, "买方", As("buyer")]
    product: Annotated[NodeIndex, Product, "产品"]
    year: Annotated[int | None, "数值所属年份；空为已知有供应、未计量"]
    value: Annotated[float | None, "金额（元/年）；空为不详"]
    share: Annotated[float | None, "占买方该产品采购额的比例（0–1）；空为不详"]
    stale: Annotated[bool, "数值早于 asOf 三年以上：只表明有联系"]
    rivals: Annotated[int, "另有几个来源的数值与之矛盾"]
    source: Annotated[NodeIndex | None, Source, "来源；空为未记录"]
    edge: KindIndex
    """Which of the relations it is."""


def links_of(flows: Flows, places: Ints) -> list[Link]:
    """Take some flows out of the arrays."""
    ends = (a[places].tolist() for a in (flows.start, flows.end, flows.product))
    years = [None if year == MISSING else year for year in flows.year[places].tolist()]
    figures = ([known(v) for v in a[places].tolist()] for a in (flows.value, flows.share))
    marks = (a[places].tolist() for a in (flows.stale, flows.rivals))
    sources = [None if row < 0 else NodeIndex(row) for row in flows.source[places].tolist()]
    cells = zip(*ends, years, *figures, *marks, sources, flows.edge[places].tolist(), strict=True)
    return [Link(*cell) for cell in cells]


def known(number: float) -> float | None:
    """Turn the mark of the unknown into None."""
    return None if isnan(number) else number
