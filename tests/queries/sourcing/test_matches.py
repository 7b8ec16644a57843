"""Matches: equal to the definition on random provinces, from both sides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Product
from graph.kinds.terms import ProductCategory, Proximity, SupplyKind
from graph.snapshot.overlay import Edits, overlay
from queries.sourcing.matches import MatchDirection, matches
from tests.oracles import matches as oracle
from tests.queries.networks import YEAR
from tests.queries.worlds import GOODS, HOMES, World, worlds


def told(snapshot, row):
    """Name a match as the oracle does."""
    return {
        "origin": {"COUNTRY": "OUTSIDE", "PROVINCE": "INSIDE"}.get(row.origin, "UNKNOWN"),
        "OUTSIDE": row.outside_province,
        "INSIDE": row.inside_province,
        "UNKNOWN": row.unknown_origin,
        "there": row.from_there,
        "unmeasured": row.unmeasured,
        "buyers": [snapshot.name_of(b) for b in row.buyers],
        "makers": [snapshot.name_of(m) for m in row.makers],
    }


@settings(deadline=None, max_examples=60)
@given(worlds, st.sampled_from(sorted(HOMES)))
def test_matches_are_those_of_the_definition(world, town):
    snapshot = world.snapshot()
    found = matches(snapshot, f"town:{town}", as_of=YEAR, first=500)
    shown = {
        (r.direction.value, *(snapshot.name_of(row) for row in (r.buyer, r.seller, r.product))): told(
            snapshot, r
        )
        for r in found.rows
    }
    true = {}
    for other in HOMES:
        for way, buyer, maker in (("BUYS", town, other), ("SELLS", other, town)):
            for product in GOODS:
                one = oracle.match(world, buyer, maker, product, HOMES)
                true |= {(way, buyer, maker, product): one} if one else {}
    assert shown == true
    assert found.count == len(true)


@pytest.fixture
def world():
    """Town s buys p abroad, from t, and from nobody knows where; t makes it, and buys what s makes."""
    return World(
        where={"a": "140101", "b": "140201", "c": "140201", "e": "150101"},
        makes={("b", "p"): (None, None), ("a", "q"): (None, None)},
        sold={("e", "a", "p"): 20.0, ("b", "a", "p"): 5.0, ("d", "a", "p"): None, ("e", "c", "q"): 3.0},
        needs={("a", "p", Proximity.ABROAD): 7.0, ("a", "p", Proximity.TOWN): 99.0},
    )


def test_a_match_is_seen_from_both_sides(world):
    snapshot = world.snapshot()
    (buys,) = matches(snapshot, "town:s", as_of=YEAR, direction=MatchDirection.BUYS).rows
    assert (buys.outside_province, buys.inside_province, buys.unknown_origin, buys.from_there) == (
        27.0,
        0.0,
        None,
        5.0,
    )
    assert (buys.origin, buys.unmeasured) == (Proximity.COUNTRY, 1)
    both = matches(snapshot, "town:t", as_of=YEAR)
    assert [(r.direction, snapshot.name_of(r.product)) for r in both.rows] == [
        (MatchDirection.SELLS, "p"),
        (MatchDirection.BUYS, "q"),
    ]
    assert told(snapshot, both.rows[0]) == told(snapshot, buys)


def test_only_the_first_are_shown_and_all_are_counted(world):
    found = matches(world.snapshot(), "town:t", as_of=YEAR, first=1)
    assert (len(found.rows), found.count) == (1, 2)


@pytest.mark.parametrize(("kind", "count"), [(None, 1), ("MADE", 1), ("SERVICE", 0), ("UTILITY", 0)])
def test_a_service_or_what_comes_by_a_grid_is_no_match(world, kind, count):
    """Of p and q, which s and t match by, p is what it is: then only q is left."""
    kind = kind and SupplyKind(kind)
    p = Product(id="product:p", name="p", category=ProductCategory.COMPONENT, supply_kind=kind)
    snapshot = overlay(world.snapshot(), Edits(nodes=[p]))
    found = matches(snapshot, "town:s", as_of=YEAR)
    assert [snapshot.name_of(row.product) for row in found.rows] == ["p"] * count + ["q"]


def test_a_town_of_another_province_is_no_match(world):
    world.makes = {("e", "p"): (None, None)}
    assert matches(world.snapshot(), "town:s", as_of=YEAR).rows == []


def test_what_comes_from_the_making_town_alone_is_no_match(world):
    world.sold, world.needs = {("b", "a", "p"): 5.0}, {}
    found = matches(world.snapshot(), "town:s", as_of=YEAR)
    assert (found.rows, found.unknown_reason) == ([], None)


def test_a_town_without_data_is_unknown():
    assert "无从匹配" in matches(World().snapshot(), "town:s", as_of=YEAR).unknown_reason


@pytest.mark.parametrize("first", [0, 501])
def test_bad_numbers_are_refused(world, first):
    with pytest.raises(BadInput) as caught:
        matches(world.snapshot(), "town:s", as_of=YEAR, first=first)
    assert list(caught.value.path) == ["first"]


def test_what_is_no_town_is_refused(world):
    with pytest.raises(BadInput):
        matches(world.snapshot(), "org:a", as_of=YEAR)
    with pytest.raises(NotFound):
        matches(world.snapshot(), "town:none", as_of=YEAR)
