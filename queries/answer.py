"""How an answer was computed: what a reader needs to trust it, repeat it, and compare it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, overload

import numpy as np

from graph.kinds.results import result
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Origin, Snapshot
from queries.provenance import Rows

type Parameter = bool | int | float | str | None


class Aggregation(Term):
    """分析层级"""  # noqa: D400, D415 - GraphQL shows it

    ORGANISATION = "ORGANISATION", "主体"
    PRODUCT = "PRODUCT", "产品"
    INDUSTRY = "INDUSTRY", "国民经济行业（2、3 或 4 位代码）"
    TOWN = "TOWN", "专业镇"
    REGION = "REGION", "行政区划（县级）"


@result("数据覆盖：所涉供应关系中有多少有数值")
@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the supply in question has figures: without it no rate means anything."""

    links: Annotated[int, "供应关系数（卖方、买方、产品）"]
    unmeasured: Annotated[int, "其中无可用数值者：不详，或早于三年"]
    observed: Annotated[float, "已计量的供应（元/年）"]
    outside_graph: Annotated[float, "已知向图外采购的金额（元/年）"]
    """By NEEDS."""
    organisations: Annotated[int, "所涉主体数：政府机关不计"] = 0
    outputs_unknown: Annotated[int, "其中产出不详者：不计入任何产出合计"] = 0
    outputs_from_sales: Annotated[int, "其中因无营业收入而以已观测销售额为产出者"] = 0

    @property
    def share(self) -> Annotated[float | None, "已知采购额中卖方在图内者的占比（0–1）；空为没有已知采购额"]:
        """Share of all known purchases whose seller is in the graph."""
        known = self.observed + self.outside_graph
        return self.observed / known if known > 0 else None

    @property
    def measured(self) -> Annotated[float | None, "有数值的关系占比（0–1）；空为没有供应关系"]:
        """Share of links that have a value."""
        return 1 - self.unmeasured / self.links if self.links else None


@result("答案是怎样算出的：依据、公式、参数、覆盖与告诫")
@dataclass(frozen=True, slots=True)
class Method:
    """What stands beside every answer."""

    formula: Annotated[str, "公式名称"]
    words: Annotated[str, "公式的中文名"]
    version: Annotated[int, "公式版本：任何数字可能变化时递增"]
    caveat: Annotated[str, "使用时须一并告知的话"]
    as_of: Annotated[int, "所答年份"]
    snapshot: Origin | None
    """None: asked of a plain table."""
    parameters: Mapping[str, Parameter]
    """All of them, those left at their default included."""
    coverage: Annotated[Coverage | None, "数据覆盖；空为不适用"] = None
    iterations: Annotated[int | None, "级数项数或扫描轮数；空为一步求得"] = None
    residual: Annotated[float | None, "最后一项或一轮的相对变动；空为不适用"] = None
    real_only: Annotated[bool, "是否只看真实数据：已略去虚构样例"] = False
    used: Callable[[], Rows] | None = field(default=None, compare=False, repr=False)
    """Finds the rows that the answer was made from, when somebody asks; None: it was made from none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What every answer of an analysis says of itself."""

    method: Annotated[Method, "怎样算出"]
    unknown_reason: Annotated[str | None, "答不出的原因；空为已答"] = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it is named in answers."""

    name: str
    words: str
    """What it is called in Chinese."""
    version: int
    caveat: str
    """Chinese: shown to users."""
    defaults: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])

    def method(  # noqa: PLR0913 - what an answer says of itself
        self,
        snapshot: Snapshot,
        as_of: int,
        asked: Mapping[str, Parameter] | None = None,
        *,
        coverage: Coverage | None = None,
        iterations: int | None = None,
        residual: float | None = None,
        used: Callable[[], Rows] | None = None,
        **parameters: Parameter,
    ) -> Method:
        """Say how this answer was computed; parameters come as a mapping, by name, or both."""
        residual = None if residual is None or not np.isfinite(residual) else float(residual)
        given = {**self.defaults, **(asked or {}), **parameters}
        return Method(
            self.name,
            self.words,
            self.version,
            self.caveat,
            as_of,
            snapshot.origin,
            given,
            coverage,
            iterations,
            residual,
            real_only=snapshot.left_out is not None,
            used=used,
        )


class Later[T](Sequence[T]):
    """A list of an answer that is made when somebody looks at it: many a walk is only counted."""

    def __init__(self, length: int, make: Callable[[], Sequence[T]]) -> None:
        """Promise so many rows."""
        self._length, self._make = length, make
        self._made: Sequence[T] | None = None

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows())

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._rows()[index]

    def _rows(self) -> Sequence[T]:
        if self._made is None:
            self._made = self._make()
        return self._made
