"""A chain map says who makes each step, and how near."""

import pytest

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Chain, Organisation, Product, Region, Town
from graph.kinds.relations import Follows, InputOf, LiesIn, LocatedIn, Makes, MemberOf, PartOf, StepOf
from graph.kinds.terms import (
    OrganisationForm,
    ProductCategory,
    Proximity,
    RegionLevel,
    Stage,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from queries.gaps.chain_map import chain_map

REGIONS = {
    "14": ("PROVINCE", None),
    "1409": ("CITY", "14"),
    "140921": ("COUNTY", "1409"),
    "140921100": ("TOWNSHIP", "140921"),
    "140922": ("COUNTY", "1409"),
    "1401": ("CITY", "14"),
    "13": ("PROVINCE", None),
}
PLACES = {"in": "140921", "village": "140921100", "city": "140922", "province": "1401", "out": "13"}
FIRMS = [*PLACES, "member", "nowhere", "gone"]


def snapshot(town_region="140921"):
    nodes = [Region(id=f"region:{r}", name=r, level=RegionLevel(level)) for r, (level, _) in REGIONS.items()]
    nodes += [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in FIRMS]
    nodes += [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in "opxyz"]
    nodes += [Chain(id=f"chain:{c}", name=c) for c in "cd"]
    towns = (("t", "法兰"), ("u", "玛钢"))
    level, status = TownLevel.PROVINCIAL, TownStatus.RECOGNISED
    nodes += [Town(id=f"town:{t}", name=n, level=level, status=status) for t, n in towns]
    edges = [PartOf(start=f"region:{r}", end=f"region:{up}") for r, (_, up) in REGIONS.items() if up]
    edges += [LocatedIn(start=f"org:{f}", end=f"region:{r}") for f, r in PLACES.items()]
    edges += [
        LocatedIn(start="org:gone", end="region:140921", since=2000, until=2020),
        LocatedIn(start="org:gone", end="region:13", since=2020),
        MemberOf(start="org:member", end="town:t"),
        MemberOf(start="org:city", end="town:u", since=2030),
        LiesIn(start="town:t", end=f"region:{town_region}"),
        LiesIn(start="town:u", end="region:1401"),
        Follows(start="town:t", end="chain:c"),
        Follows(start="town:t", end="chain:d", since=2030),
        StepOf(start="product:x", end="chain:c", stage=Stage.MIDSTREAM, required=True),
        StepOf(start="product:y", end="chain:c", stage=Stage.UPSTREAM),
        StepOf(start="product:z", end="chain:c", stage=Stage.MIDSTREAM, required=False),
        StepOf(start="product:z", end="chain:d", stage=Stage.UPSTREAM, required=True),
        InputOf(start="product:y", end="product:x", essential=True),
        InputOf(start="product:x", end="product:y"),
        InputOf(start="product:o", end="product:x"),
    ]
    edges += [Makes(start=f"org:{f}", end="product:x", year=y) for f in FIRMS for y in (2020, 2021)]
    edges.append(Makes(start="org:in", end="product:z", since=2025))
    return Snapshot.of([*nodes], edges)


def names(content, groups):
    return {one.proximity: [content.name_of(r) for r in one.makers] for one in groups if one.makers}


def test_makers_stand_under_the_nearest_word():
    content = snapshot()
    found = chain_map(content, "town:t", as_of=2024)
    assert [content.name_of(s.product) for s in found.steps] == ["y", "x", "z"]
    assert [s.stage for s in found.steps] == [Stage.UPSTREAM, Stage.MIDSTREAM, Stage.MIDSTREAM]
    assert [s.required for s in found.steps] == [None, True, False]
    assert names(content, found.steps[1].makers) == {
        Proximity.TOWN: ["in", "member", "village"],
        Proximity.CITY: ["city"],
        Proximity.PROVINCE: ["province"],
        Proximity.COUNTRY: ["gone", "out"],
        Proximity.UNKNOWN: ["nowhere"],
    }
    assert not names(content, found.steps[2].makers)


def test_a_town_in_a_township_has_a_county_around_it():
    content = snapshot("140921100")
    makers = names(content, chain_map(content, "town:t", as_of=2024).steps[1].makers)
    assert makers[Proximity.TOWN] == ["member", "village"]
    assert makers[Proximity.COUNTY] == ["in"]


def test_places_chains_and_products_are_those_of_the_year():
    content = snapshot()
    early, late = (chain_map(content, "town:t", as_of=year) for year in (2019, 2030))
    assert not names(content, early.steps[1].makers), "made from 2020 on"
    assert names(content, chain_map(content, "town:t", as_of=2020).steps[1].makers)[Proximity.COUNTRY] == [
        "gone",
        "out",
    ]
    assert [content.name_of(c) for c in late.chains] == ["c", "d"]
    z = next(s for s in late.steps if content.name_of(s.product) == "z")
    assert (z.stage, z.required) == (Stage.UPSTREAM, True)
    assert names(content, z.makers) == {Proximity.TOWN: ["in"]}


def test_inputs_are_those_within_the_chain():
    content = snapshot()
    inputs = chain_map(content, "town:t", as_of=2024).inputs
    pairs = [(content.name_of(i.start), content.name_of(i.end), i.essential) for i in inputs]
    assert pairs == [("x", "y", None), ("y", "x", True)]


def test_a_chain_alone_is_seen_from_its_province_and_by_town():
    content = snapshot()
    found = chain_map(content, "chain:c", as_of=2024)
    step = next(s for s in found.steps if content.name_of(s.product) == "x")
    assert names(content, step.makers) == {
        Proximity.PROVINCE: ["city", "in", "province", "village"],
        Proximity.COUNTRY: ["gone", "out"],
        Proximity.UNKNOWN: ["member", "nowhere"],
    }
    by_town = {content.name_of(one.town): [*map(content.name_of, one.makers)] for one in step.makers_by_town}
    assert by_town == {"法兰": ["in", "member", "village"], "玛钢": ["province"]}
    assert found.town is None


def test_a_chain_that_no_town_follows_is_seen_from_where_towns_are():
    content = snapshot()
    step = chain_map(content, "chain:d", as_of=2024).steps[0]
    assert not names(content, step.makers)
    assert [one.proximity for one in step.makers] == list(Proximity)


def test_other_things_have_no_map():
    with pytest.raises(BadInput):
        chain_map(snapshot(), "org:in", as_of=2024)
    with pytest.raises(NotFound):
        chain_map(snapshot(), "town:none", as_of=2024)
