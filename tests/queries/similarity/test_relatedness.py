"""Relatedness: the town board is the table of sales, and what is not known is said."""

import json
from pathlib import Path

import numpy as np
import pytest

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.relations import Makes, MemberOf, Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.similarity.relatedness import SpecialityBasis, board_of, relatedness

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "oracles.json").read_text(encoding="utf-8"))
TABLE = ORACLE["complexity_4x4"]


def firm(id):
    return Organisation(id=f"org:{id}", name=id, form=OrganisationForm.ENTERPRISE)


def board(table, *, makes=(), extra=()):
    """One firm a town sells each product of the table to a buyer outside of the towns."""
    towns = [
        Town(id=f"town:{t}", name=t, level=TownLevel.PROVINCIAL, status=TownStatus.RECOGNISED)
        for t in "abcd"[: len(table)]
    ]
    goods = [
        Product(id=f"product:p{p}", name=f"p{p}", category=ProductCategory.COMPONENT)
        for p in range(len(table[0]))
    ]
    firms = [firm(f"f{t.name}") for t in towns]
    member = [MemberOf(start=f"org:f{t.name}", end=t.id) for t in towns]
    sales = [
        Supplies(start=firms[r].id, end="org:buyer", product=goods[p].id, value=table[r][p], year=2024)
        for r in range(len(table))
        for p in range(len(goods))
        if table[r][p]
    ]
    made = [Makes(start=f"org:f{t}", end=f"product:p{p}") for t, p in makes]
    return Snapshot.of([*towns, *goods, *firms, firm("buyer")], [*member, *sales, *made, *extra])


def test_the_board_is_the_published_table():
    snapshot = board(TABLE["output"])
    found = board_of(snapshot, 2024, SpecialityBasis.OUTPUT)
    assert found.output.tolist() == TABLE["output"]
    assert found.complexity.density == pytest.approx(np.array(TABLE["density"]), abs=1e-6)


def test_products_come_by_density_those_made_last():
    snapshot = board(TABLE["output"])
    found = relatedness(snapshot, "town:b", as_of=2024)
    names = [(snapshot.name_of(row.product), row.made) for row in found.rows]
    assert names == [("p2", False), ("p3", False), ("p0", True), ("p1", True)]
    assert [round(row.density, 6) for row in found.rows] == [0.333333, 0.333333, 0.75, 0.75]
    assert [round(row.rca, 6) for row in found.rows] == [0.0, 0.518797, 1.210526, 1.694737]
    nearest = [(snapshot.name_of(row.nearest), row.product_proximity) for row in found.rows]
    assert nearest == [("p1", 0.5), ("p0", 0.5), ("p1", 0.5), ("p0", 0.5)]
    assert (found.count, found.diversity, found.eci, found.unknown_reason) == (4, 2, None, None)
    assert "不足 10" in found.complexity_unknown
    assert found.method.parameters["basis"] == "OUTPUT"
    assert found.method.caveat == "相关性不是可行性；须看回测。"
    assert len(relatedness(snapshot, "town:b", as_of=2024, first=1).rows) == 1


def test_makers_stand_for_sales_that_nobody_measured():
    snapshot = board([[0.0, 0.0], [0.0, 0.0]], makes=[("a", 0), ("b", 1)])
    found = relatedness(snapshot, "town:a", as_of=2024)
    assert found.method.parameters["measure"] == "OUTPUT"
    assert found.method.parameters["basis"] == "MAKERS"
    assert [(snapshot.name_of(r.product), r.output, r.made) for r in found.rows] == [
        ("p1", 0.0, False),
        ("p0", 1.0, True),
    ]


def test_a_firm_of_two_towns_counts_half_in_each():
    also = [MemberOf(start="org:fa", end="town:b")]
    found = board_of(board([[4.0, 0.0], [0.0, 6.0]], extra=also), 2024, SpecialityBasis.OUTPUT)
    assert found.output.tolist() == [[2.0, 0.0], [2.0, 6.0]]


def test_complexity_is_told_of_ten_towns_and_products():
    size = 12
    towns = [
        Town(id=f"town:t{t:02}", name=f"t{t:02}", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)
        for t in range(size)
    ]
    goods = [
        Product(id=f"product:p{p:02}", name=f"p{p:02}", category=ProductCategory.COMPONENT)
        for p in range(size)
    ]
    firms = [firm(f"f{t:02}") for t in range(size)]
    member = [MemberOf(start=f"org:f{t:02}", end=f"town:t{t:02}") for t in range(size)]
    made = [Makes(start=f"org:f{t:02}", end=f"product:p{p:02}") for t in range(size) for p in range(t, size)]
    snapshot = Snapshot.of([*towns, *goods, *firms], [*member, *made])
    found = relatedness(snapshot, "town:t00", as_of=2024, first=500, measure=SpecialityBasis.MAKERS)
    assert found.complexity_unknown is None
    mean = np.mean([row.pci for row in found.rows if row.made])
    assert found.eci == pytest.approx(mean, abs=1e-9)


def test_what_has_no_data_is_unknown():
    snapshot = board([[4.0, 0.0], [0.0, 0.0]])
    found = relatedness(snapshot, "town:b", as_of=2024)
    assert found.rows == []
    assert "无从计算" in found.unknown_reason
    assert found.eci is None
    assert relatedness(snapshot, "town:a", as_of=2019).unknown_reason is not None


def test_bad_input_is_refused():
    snapshot = board(TABLE["output"])
    with pytest.raises(NotFound):
        relatedness(snapshot, "town:nowhere", as_of=2024)
    with pytest.raises(BadInput) as caught:
        relatedness(snapshot, "org:fa", as_of=2024)
    assert caught.value.path == ("id",)
    with pytest.raises(BadInput) as caught:
        relatedness(snapshot, "town:a", as_of=2024, first=0)
    assert caught.value.path == ("first",)
