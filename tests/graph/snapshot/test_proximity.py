"""Proximity: the bounds hold for every place that an organisation may have."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds.entities import Organisation, Region, Town
from graph.kinds.relations import LiesIn, LocatedIn, MemberOf, PartOf
from graph.kinds.terms import OrganisationForm, Proximity, RegionLevel, TownLevel, TownStatus
from graph.snapshot.proximity import CODE, SCALE, limit_of, of_origins, to_area, to_organisation
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code

YEAR = 2024
LEVELS = (RegionLevel.PROVINCE, RegionLevel.CITY, RegionLevel.COUNTY, RegionLevel.TOWNSHIP)
TREE = ["".join(path) for depth in range(4) for path in product("12", *["123"] * depth)]
"""Two provinces of three cities of three counties of three townships, so that two towns fill none of them.

The id of each begins with those above it."""
LEAVES = [region for region in TREE if len(region) == len(LEVELS)]
BY_SHARED = (Proximity.COUNTRY, Proximity.PROVINCE, Proximity.CITY, Proximity.COUNTY, Proximity.COUNTY)


def world(where, homes=(), members=()):
    """Make the tree, a town t in some of its regions, and organisations by where they are located."""
    nodes = [Region(id=f"region:{r}", name=r, level=LEVELS[len(r) - 1]) for r in TREE]
    nodes.append(Region(id="region:990000", name="境外", level=RegionLevel.PROVINCE))
    form = OrganisationForm.ENTERPRISE
    nodes += [Organisation(id=f"org:{name}", name=name, form=form) for name in where]
    nodes.append(Town(id="town:t", name="t", level=TownLevel.PROVINCIAL, status=TownStatus.RECOGNISED))
    edges = [PartOf(start=f"region:{r}", end=f"region:{r[:-1]}") for r in TREE if len(r) > 1]
    edges += [LocatedIn(start=f"org:{name}", end=f"region:{r}") for name, r in where.items() if r]
    edges += [LiesIn(start="town:t", end=f"region:{home}") for home in homes]
    edges += [MemberOf(start=f"org:{name}", end="town:t") for name in members]
    return Snapshot.of(nodes, edges, newest_year=YEAR)


def bounds(found, place=0):
    return SCALE[found.nearest[place]], SCALE[found.farthest[place]]


def shared(one, other):
    """Tell the level of the smallest region that two leaves lie in."""
    return BY_SHARED[sum(one[:depth] == other[:depth] for depth in range(1, 5))]


def exact(leaf, homes, *, own):
    """Tell how near a leaf is to a town (own) or to a region that is no township."""
    if own and any(leaf.startswith(home) for home in homes):
        return Proximity.TOWN
    return min((shared(leaf, h) for home in homes for h in LEAVES if h.startswith(home)), key=SCALE.index)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(TREE),
    st.lists(st.sampled_from([r for r in TREE if len(r) >= 3]), min_size=1, max_size=2, unique=True),
)
def test_a_town_is_as_near_as_any_place_in_the_region_allows(where, homes):
    content = world({"a": where}, homes)
    every = [exact(leaf, homes, own=True) for leaf in LEAVES if leaf.startswith(where)]
    found = bounds(to_area(content, content.row_of("town:t"), YEAR))
    assert found == (min(every, key=SCALE.index), max(every, key=SCALE.index))


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(TREE), st.sampled_from(TREE))
def test_a_region_surely_or_perhaps_holds_an_organisation(where, region):
    content = world({"a": where})
    row = content.row_of(f"region:{region}")
    inside = {leaf.startswith(region) for leaf in LEAVES if leaf.startswith(where)}
    found, limit = to_area(content, row, YEAR), limit_of(content, row)
    assert found.surely(limit).tolist() == [inside == {True}]
    assert found.perhaps(limit).tolist() == [True in inside]


def test_of_who_is_nowhere_known_nothing_is_known():
    content = world({"a": None}, ["111"])
    found = to_area(content, content.row_of("town:t"), YEAR)
    assert bounds(found) == (Proximity.TOWN, Proximity.UNKNOWN)
    assert found.perhaps(Proximity.TOWN).all()
    assert not found.surely(Proximity.ABROAD).any()


def test_a_member_is_at_home_wherever_it_is_located():
    content = world({"a": "22"}, ["111"], members="a")
    assert bounds(to_area(content, content.row_of("town:t"), YEAR)) == (Proximity.TOWN, Proximity.TOWN)


def test_of_a_town_whose_place_nobody_knows_only_members_are_near():
    content = world({"a": "11", "b": None}, members="b")
    found = to_area(content, content.row_of("town:t"), YEAR)
    assert bounds(found, 0) == (Proximity.COUNTY, Proximity.UNKNOWN)
    assert bounds(found, 1) == (Proximity.TOWN, Proximity.TOWN)


def test_other_countries_are_not_other_provinces():
    content = world({"a": "990000", "b": "2"}, ["111"])
    found = to_area(content, content.row_of("town:t"), YEAR)
    assert [bounds(found, place)[1] for place in (0, 1)] == [Proximity.ABROAD, Proximity.COUNTRY]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1111", "1112", (Proximity.COUNTY, Proximity.COUNTY)),
        ("111", "112", (Proximity.CITY, Proximity.CITY)),
        ("111", "11", (Proximity.COUNTY, Proximity.CITY)),
        ("111", "12", (Proximity.PROVINCE, Proximity.PROVINCE)),
        ("111", "2", (Proximity.COUNTRY, Proximity.COUNTRY)),
        ("111", None, (Proximity.COUNTY, Proximity.UNKNOWN)),
        (None, "111", (Proximity.COUNTY, Proximity.UNKNOWN)),
    ],
)
def test_two_organisations(one, other, expected):
    content = world({"a": one, "b": other})
    assert bounds(to_organisation(content, 0, np.array([1], np.int32), YEAR)) == expected


def test_another_county_of_the_province_may_be_one_of_the_same_city():
    found = of_origins(np.array([code(origin) for origin in Proximity] + [-1], np.int16))
    words = [*(word.value for word in Proximity), None]
    assert words == ["TOWN", "COUNTY", "CITY", "PROVINCE", "COUNTRY", "ABROAD", "UNKNOWN", None]

    def those(which):
        return {word for word, is_so in zip(words, which.tolist(), strict=True) if is_so}

    assert those(found.surely(Proximity.TOWN)) == {"TOWN"}
    assert those(found.perhaps(Proximity.COUNTY)) == {"TOWN", "COUNTY", "UNKNOWN", None}
    assert those(found.perhaps(Proximity.CITY)) == {"TOWN", "COUNTY", "CITY", "PROVINCE", "UNKNOWN", None}
    assert those(found.surely(Proximity.PROVINCE)) == {"TOWN", "COUNTY", "CITY", "PROVINCE"}
    assert found.farthest[-1] == CODE[Proximity.UNKNOWN]
