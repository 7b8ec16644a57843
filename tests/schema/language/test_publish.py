"""Results as types: what a result says of its fields is what GraphQL shows, with nothing written twice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pytest
import strawberry

from graph.kinds import Entity, Id
from graph.kinds.entities import Organisation, Product
from graph.kinds.results import As, result
from graph.kinds.terms import Grade, OrganisationForm, ProductCategory
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from schema.language.publish import Shown, published, type_of


@result("一份")
@dataclass(frozen=True, slots=True)
class Portion:
    share: Annotated[float | None, "占比（0–1）"]
    grade: Annotated[Grade, "等级"]
    inner: Annotated[Sequence["Portion"], "其中各份"] = ()


@result("一个答案", "SaidAnswer")
@dataclass(frozen=True, slots=True)
class Said:
    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    other: Annotated[NodeIndex | None, Entity, "任何有名称者；空为没有"]
    products: Annotated[Sequence[NodeIndex], Product, "产品"]
    circles: Annotated[Sequence[Sequence[NodeIndex]], Organisation, "各循环中的主体"]
    table: Annotated[Sequence[Sequence[float | None]], "表"]
    key: Annotated[Id, "标识"]
    day: Annotated[date | None, "日期"]
    whole: Annotated[Portion | None, "合计；空为不详"]
    portions: Annotated[Sequence[Portion], "各份"]
    place: int
    """Nobody is shown it."""

    @property
    def count(self) -> Annotated[int, "份数"]:
        return len(self.portions)

    @property
    def twice(self) -> int:
        return 2 * self.place


def _written(root: Shown[Said]) -> str:
    return f"{root.found.place} {root.snapshot.name_of(root.found.row)}"


SaidType = published(Said, written=strawberry.field(_written, description="另写的字段"))
SDL = '''
"""一个答案"""
type SaidAnswer {
  """主体"""
  organisation: Organisation!

  """任何有名称者；空为没有"""
  other: Entity

  """产品"""
  products: [Product!]!

  """各循环中的主体"""
  circles: [[Organisation!]!]!

  """表"""
  table: [[Float]!]!

  """标识"""
  key: ID!

  """日期"""
  day: Date

  """合计；空为不详"""
  whole: Portion

  """各份"""
  portions: [Portion!]!

  """份数"""
  count: Int!

  """另写的字段"""
  written: String!
}
'''


@pytest.fixture(scope="module")
def snapshot():
    return Snapshot.of(
        [
            *(Organisation(id=Id(f"org:{n}"), name=n, form=OrganisationForm.ENTERPRISE) for n in "ab"),
            Product(id=Id("product:p"), name="p", category=ProductCategory.COMPONENT),
        ]
    )


@pytest.fixture(scope="module")
def said(snapshot):
    a, b, p = (snapshot.row_of(id) for id in ("org:a", "org:b", "product:p"))
    part = Portion(0.5, Grade.A, (Portion(None, Grade.B),))
    return Said(a, p, [p], [[a, b], [b]], [[1.0, None]], Id("x:1"), date(2024, 1, 2), part, [part], 7)


@pytest.fixture(scope="module")
def schema(snapshot, said):
    def resolve() -> SaidType:
        return SaidType(said, snapshot)

    query = strawberry.type(type("Query", (), {"said": strawberry.field(resolve)}))
    return strawberry.Schema(query)


def test_a_type_says_what_the_result_says(schema):
    assert SDL.strip() in schema.as_str()


async def test_values_are_shown(schema):
    asked = """{ said { organisation { id } other { id name } products { id } circles { name } table key day
        whole { share grade inner { share grade inner { share } } } portions { share } count written } }"""
    found = await schema.execute(asked)
    assert found.errors is None
    part = {"share": 0.5, "grade": "A", "inner": [{"share": None, "grade": "B", "inner": []}]}
    assert found.data["said"] == {
        "organisation": {"id": "org:a"},
        "other": {"id": "product:p", "name": "p"},
        "products": [{"id": "product:p"}],
        "circles": [[{"name": "a"}, {"name": "b"}], [{"name": "b"}]],
        "table": [[1.0, None]],
        "key": "x:1",
        "day": "2024-01-02",
        "whole": part,
        "portions": [{"share": 0.5}],
        "count": 1,
        "written": "7 a",
    }


def test_what_is_not_there_is_null(snapshot, said):
    nothing = SaidType(Said(said.row, None, [], [], [], Id("x:1"), None, None, [], 0), snapshot)
    assert (nothing.other, nothing.day, nothing.whole) == (None, None, None)


def test_described_fields_are_read_without_a_resolver():
    fields = {field.python_name: field for field in SaidType.__strawberry_definition__.fields}
    assert {name for name, field in fields.items() if not field.is_basic_field} == {"written"}


def test_a_result_has_one_type():
    assert type_of(Said) is SaidType
    with pytest.raises(TypeError, match="Said has a type already"):
        published(Said)


def test_a_result_that_is_not_described_is_refused():
    @dataclass(frozen=True, slots=True)
    class Bare:
        value: Annotated[float, "数值"]

    @result("带有未说明的部分")
    @dataclass(frozen=True, slots=True)
    class Outer:
        part: Annotated[Bare, "部分"]

    Outer.__annotations__["part"] = Annotated[Bare, "部分"]
    with pytest.raises(TypeError, match=re.escape("@result(…) is missing")):
        published(Outer)
