"""Relatedness: the town board is the table of sales, and what is not known is said."""

import json
from pathlib import Path

import numpy as np
import pytest

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Industry, Node, Organisation, Product, Town
from graph.kinds.relations import ClassifiedAs, Makes, MemberOf, Relation, Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory, TownLevel, TownStatus
from graph.snapshot.overlay import Edits, overlay
from graph.snapshot.snapshot import Snapshot
from queries.similarity.relatedness import (
    NearnessBasis,
    NearnessDegree,
    SpecialityBasis,
    board_of,
    relatedness,
)

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
    nodes = [one for one in extra if isinstance(one, Node)]
    edges = [one for one in extra if isinstance(one, Relation)]
    return Snapshot.of([*towns, *goods, *firms, firm("buyer"), *nodes], [*member, *sales, *made, *edges])


def test_the_board_is_the_published_table():
    snapshot = board(TABLE["output"])
    found = board_of(snapshot, 2024, SpecialityBasis.OUTPUT)
    assert found.output.tolist() == TABLE["output"]


def test_products_come_by_density_those_made_last():
    snapshot = board(TABLE["output"])
    found = relatedness(snapshot, "town:b", as_of=2024)
    # Specialities (published): a {p1, p2}, b {p0, p1}, c {p0, p3}, d {p3}. With 3 places of either: all pairs
    # but p1 and p2 (a, b). Both: 01 in b, 03 in c; of max 2 each. p̄ = 2/10: n = 1 gives 1.6/5 = 0.32, 0 gives
    # 0.12. p2 with p0 (a, b, c) and p3 (a, c, d): 0.12; p0 with p1, p3: 0.32, p2: 0.12; p1 with p3: 0.12.
    # Density of b, which has p0 and p1: p2: 0.12 / 1.24; p3: (0.32 + 0.12) / (1 + 0.32 + 2·0.12);
    # p0: (1 + 0.32) / (1 + 2·0.32 + 0.12); p1: (1 + 0.32) / (1 + 0.32 + 0.12).
    told = [(snapshot.name_of(row.product), row.made, row.density) for row in found.rows]
    assert [one[:2] for one in told] == [("p3", False), ("p2", False), ("p1", True), ("p0", True)]
    assert [one[2] for one in told] == pytest.approx([0.44 / 1.56, 0.12 / 1.24, 1.32 / 1.44, 1.32 / 1.76])
    nearest = [
        (None if row.nearest is None else snapshot.name_of(row.nearest), row.nearness) for row in found.rows
    ]
    far, by = NearnessDegree.FAR, NearnessBasis.CO_LOCATION
    # p2 never went with p0, though the base rate gives the pair 0.12; of p2 and p1 two places say nothing.
    assert [name for name, _ in nearest] == ["p0", None, "p0", "p1"]
    known = [one for _, one in nearest if one is not None]
    assert [(one.basis, one.degree, one.places, one.together) for one in known] == [(by, far, 3, 1)] * 3
    assert [one.product_proximity for one in known] == pytest.approx([0.32] * 3)
    assert [round(row.rca, 6) for row in found.rows] == [0.518797, 0.0, 1.694737, 1.210526]
    assert (found.count, found.diversity, found.eci, found.unknown_reason) == (4, 2, None, None)
    assert "不足 10" in found.complexity_unknown
    assert found.method.parameters["basis"] == "OUTPUT"
    assert found.method.caveat.startswith("相关性不是可行性；须看回测。")
    assert len(relatedness(snapshot, "town:b", as_of=2024, first=1).rows) == 1


def test_where_places_are_few_the_class_stands_for_it():
    """Two towns only: no pair has three places. p1 is of the class of p0, p2 of its group, p3 of another."""
    codes = {"p0": "3393", "p1": "3393", "p2": "3391", "p3": "0119"}
    industries = [Industry(id=f"industry:{c}", name=c, code=c, edition="x") for c in set(codes.values())]
    classed = [ClassifiedAs(start=f"product:{p}", end=f"industry:{c}") for p, c in codes.items()]
    snapshot = board([[9.0, 0.0, 0.0, 0.0], [0.0, 9.0, 9.0, 9.0]], extra=[*industries, *classed])
    found = relatedness(snapshot, "town:a", as_of=2024)
    told = {snapshot.name_of(row.product): row for row in found.rows}
    assert {row.density for row in found.rows} == {None}
    assert (told["p3"].nearest, told["p3"].nearness, told["p0"].nearest) == (None, None, None)
    for name, degree in (("p1", NearnessDegree.NEAR), ("p2", NearnessDegree.FAR)):
        assert snapshot.name_of(told[name].nearest) == "p0"
        near = told[name].nearness
        assert (near.basis, near.degree, near.product_proximity) == (NearnessBasis.SAME_CLASS, degree, None)
        assert (near.places, near.together) == (2, 0)


@pytest.mark.parametrize("freight", ["5431", "4511", "0514"])
def test_services_and_grids_are_near_nothing_and_no_speciality(freight):
    """p0 and p1 are of one class, p2 and p3 of another that is a service or a grid: only goods are told."""
    codes = {"p0": "3393", "p1": "3393", "p2": freight, "p3": freight}
    industries = [Industry(id=f"industry:{c}", name=c, code=c, edition="x") for c in set(codes.values())]
    classed = [ClassifiedAs(start=f"product:{p}", end=f"industry:{c}") for p, c in codes.items()]
    snapshot = board([[9.0, 0.0, 9.0, 0.0], [0.0, 9.0, 0.0, 9.0]], extra=[*industries, *classed])
    found = relatedness(snapshot, "town:a", as_of=2024)
    assert [(snapshot.name_of(row.product), row.made) for row in found.rows] == [("p1", False), ("p0", True)]
    assert (found.count, found.diversity) == (2, 1)
    only = board([[0.0, 0.0, 9.0, 0.0], [9.0, 9.0, 0.0, 9.0]], extra=[*industries, *classed])
    assert relatedness(only, "town:a", as_of=2024).unknown_reason is not None


def test_a_service_without_an_industry_is_one_by_its_category():
    goods = {"p0": ProductCategory.COMPONENT, "p1": ProductCategory.SERVICE}
    made = board([[9.0, 9.0], [9.0, 9.0]])
    nodes = [Product(id=f"product:{name}", name=name, category=kind) for name, kind in goods.items()]
    service = overlay(made, Edits(nodes=nodes))
    found = relatedness(service, "town:a", as_of=2024)
    assert [service.name_of(row.product) for row in found.rows] == ["p0"]


def test_makers_stand_for_sales_that_nobody_measured():
    snapshot = board([[0.0, 0.0], [0.0, 0.0]], makes=[("a", 0), ("b", 1)])
    found = relatedness(snapshot, "town:a", as_of=2024)
    assert found.method.parameters["measure"] == "OUTPUT"
    assert found.method.parameters["basis"] == "MAKERS"
    assert [(snapshot.name_of(r.product), r.output, r.made) for r in found.rows] == [
        ("p1", 0.0, False),
        ("p0", 1.0, True),
    ]


def test_sales_of_nobody_in_a_town_do_not_silence_the_makers():
    stranger = Supplies(start="org:buyer", end="org:fa", product="product:p1", value=7.0, year=2024)
    snapshot = board([[0.0, 0.0], [0.0, 0.0]], makes=[("a", 0), ("b", 1)], extra=[stranger])
    found = relatedness(snapshot, "town:a", as_of=2024)
    assert (found.unknown_reason, found.method.parameters["basis"]) == (None, "MAKERS")


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
    found = relatedness(
        snapshot, "town:t00", as_of=2024, first=500, measure=SpecialityBasis.MAKERS, least_places=1
    )
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
    for name, argument in (("first", "first"), ("least_places", "leastPlaces")):
        with pytest.raises(BadInput) as caught:
            relatedness(snapshot, "town:a", as_of=2024, **{name: 0})
        assert caught.value.path == (argument,)
