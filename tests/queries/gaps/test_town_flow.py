"""A town's flow says where everything comes from and goes to, and accounts for every yuan."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Chain, Organisation, Product, Region, Town
from graph.kinds.relations import Follows, LiesIn, LocatedIn, MemberOf, Needs, PartOf, StepOf, Supplies
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
from queries.gaps.flow_parts import FlowLevel
from queries.gaps.town_flow import town_flow

OWN, PROVINCE, COUNTRY, ABROAD, NOWHERE = "abc", "pq", "xy", "z", "n"
REGIONS = {
    "region:14": (RegionLevel.PROVINCE, None),
    "region:1409": (RegionLevel.CITY, "region:14"),
    "region:140921": (RegionLevel.COUNTY, "region:1409"),
    "region:140922": (RegionLevel.COUNTY, "region:1409"),
    "region:37": (RegionLevel.PROVINCE, None),
    "region:99001": (RegionLevel.PROVINCE, None),
}
PLACE = dict.fromkeys(OWN, "region:140921") | dict.fromkeys(PROVINCE, "region:140922")
PLACE |= dict.fromkeys(COUNTRY, "region:37") | dict.fromkeys(ABROAD, "region:99001")
GOODS = {"steel": Stage.UPSTREAM, "blank": Stage.UPSTREAM, "flange": Stage.MIDSTREAM, "tower": None}


def province(supplies, needs=()):
    """Supplies: seller, buyer, product, value, whether invented; needs: buyer, product, value, origin."""
    firms = OWN + PROVINCE + COUNTRY + ABROAD + NOWHERE
    nodes = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in firms]
    nodes += [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in GOODS]
    nodes += [Region(id=id, name=id, level=level) for id, (level, _) in REGIONS.items()]
    nodes += [Chain(id="chain:c", name="c")]
    nodes += [Town(id="town:t", name="t", level=TownLevel.PROVINCIAL, status=TownStatus.RECOGNISED)]
    joined = [MemberOf(start=f"org:{f}", end="town:t") for f in OWN]
    joined += [LiesIn(start="town:t", end="region:140921"), Follows(start="town:t", end="chain:c")]
    joined += [LocatedIn(start=f"org:{f}", end=place) for f, place in PLACE.items()]
    joined += [PartOf(start=id, end=above) for id, (_, above) in REGIONS.items() if above]
    joined += [StepOf(start=f"product:{p}", end="chain:c", stage=s) for p, s in GOODS.items() if s]
    joined += [
        Supplies(
            start=f"org:{a}",
            end=f"org:{b}",
            product=f"product:{p}",
            value=v,
            year=2024,
            synthetic=bool(made_up),
        )
        for a, b, p, v, *made_up in supplies
    ]
    joined += [
        Needs(start=f"org:{b}", end=f"product:{p}", value=v, year=2024, origin=origin)
        for b, p, v, origin in needs
    ]
    return Snapshot.of(nodes, joined)


def links(found):
    keys = [node.path for node in found.nodes]
    return {(keys[one.source], keys[one.target]): one.value for one in found.links}


STORY = (
    ("x", "a", "steel", 60.0),
    ("p", "b", "steel", 20.0),
    ("b", "a", "blank", 30.0),
    ("a", "y", "flange", 150.0),
    ("a", "z", "flange", 50.0, True),
    ("n", "a", "tower", 5.0),
    ("x", "q", "steel", 999.0),
)


def test_where_it_comes_from_and_where_it_goes():
    """b sells blanks alone (upstream), a flanges alone; what x sells to q is not the town's."""
    found = town_flow(
        province(STORY, [("a", "steel", 40.0, Proximity.COUNTRY)]), "town:t", as_of=2024, least=0
    )
    assert links(found) == {
        ("SELLER|UPSTREAM|COUNTRY", "TOWN|MIDSTREAM|"): 100.0,
        ("SELLER|UPSTREAM|PROVINCE", "TOWN|UPSTREAM|"): 20.0,
        ("TOWN|UPSTREAM|", "TOWN|MIDSTREAM|"): 30.0,
        ("TOWN|MIDSTREAM|", "BUYER||COUNTRY"): 150.0,
        ("TOWN|MIDSTREAM|", "BUYER||ABROAD"): 50.0,
        ("SELLER||UNKNOWN", "TOWN|MIDSTREAM|"): 5.0,
    }
    assert (found.total, found.bought, found.sold) == (355.0, 155.0, 230.0)
    assert (found.shown, found.dropped, found.internal, found.folded) == (355.0, 0.0, 0.0, 0)
    assert [node.tier for node in found.nodes if node.path.startswith("SELLER")] == [0, 0, 0]
    assert {node.path: node.tier for node in found.nodes if node.tier} == {
        "TOWN|UPSTREAM|": 1,
        "TOWN|MIDSTREAM|": 2,
        "BUYER||COUNTRY": 3,
        "BUYER||ABROAD": 3,
    }


def test_a_buyer_that_sells_several_is_divided_by_what_it_sells():
    """a sells 30 of blanks and 90 of flanges: a quarter of its steel goes upstream."""
    snapshot = province([("x", "a", "steel", 40.0), ("a", "y", "blank", 30.0), ("a", "y", "flange", 90.0)])
    shares = links(town_flow(snapshot, "town:t", as_of=2024, least=0))
    assert shares["SELLER|UPSTREAM|COUNTRY", "TOWN|UPSTREAM|"] == 10.0
    assert shares["SELLER|UPSTREAM|COUNTRY", "TOWN|MIDSTREAM|"] == 30.0


def test_a_buyer_of_whom_no_sale_is_known_stands_apart():
    found = town_flow(province([("x", "c", "steel", 40.0)]), "town:t", as_of=2024)
    assert links(found) == {("SELLER|UPSTREAM|COUNTRY", "TOWN||"): 40.0}


def test_small_items_of_one_side_and_place_are_added_up():
    snapshot = province(
        [
            ("x", "a", "steel", 4.0),
            ("x", "a", "blank", 3.0),
            ("p", "a", "steel", 2.0),
            ("x", "a", "tower", 1.0),
            ("a", "y", "flange", 90.0),
        ]
    )
    found = town_flow(snapshot, "town:t", as_of=2024, by=FlowLevel.PRODUCT, least=5)
    assert links(found) == {
        ("SELLER|OTHER|COUNTRY", "TOWN|product:flange|"): 8.0,
        ("SELLER|product:steel|PROVINCE", "TOWN|product:flange|"): 2.0,  # alone of its place: keeps its name
        ("TOWN|product:flange|", "BUYER||COUNTRY"): 90.0,
    }
    assert (found.folded, found.folded_value, found.least) == (3, 8.0, 5.0)
    by_default = town_flow(snapshot, "town:t", as_of=2024, by=FlowLevel.PRODUCT)
    assert (by_default.least, by_default.folded) == (1.0, 0)


def test_circles_are_opened_and_said():
    """Upstream sells 30 to midstream and buys 10 back, which are dropped; within midstream is internal."""
    snapshot = province(
        [
            ("b", "a", "blank", 30.0),
            ("a", "b", "flange", 10.0),
            ("a", "c", "flange", 7.0),
            ("c", "y", "flange", 1.0),
        ]
    )
    found = town_flow(snapshot, "town:t", as_of=2024, least=0)
    assert links(found) == {
        ("TOWN|UPSTREAM|", "TOWN|MIDSTREAM|"): 30.0,
        ("TOWN|MIDSTREAM|", "BUYER||COUNTRY"): 1.0,
    }
    assert (found.dropped, found.dropped_links, found.internal, found.total) == (10.0, 1, 7.0, 48.0)


def test_a_link_opens_to_its_supplies():
    snapshot = province(
        [
            ("a", "y", "flange", 150.0),
            ("a", "x", "flange", 60.0, True),
            ("b", "x", "flange", None),
        ]
    )
    [link] = town_flow(snapshot, "town:t", as_of=2024).links
    assert (link.value, link.invented, link.supplies, link.unmeasured) == (210.0, 60.0, 3, 1)
    rows = [
        (snapshot.id_of(r.seller), snapshot.id_of(r.buyer), r.value, r.part, r.synthetic)
        for r in link.rows(9)
    ]
    assert rows == [
        ("org:a", "org:y", 150.0, 150.0, False),
        ("org:a", "org:x", 60.0, 60.0, True),
        ("org:b", "org:x", None, None, False),
    ]
    assert len(link.rows(2)) == 2


supply = st.tuples(
    st.sampled_from(OWN + PROVINCE + COUNTRY + ABROAD + NOWHERE),
    st.sampled_from(OWN + PROVINCE + COUNTRY + ABROAD + NOWHERE),
    st.sampled_from(list(GOODS)),
    st.sampled_from([None, 0.0, 1.0, 2.5, 8.0, 1e9]),
)
need = st.tuples(
    st.sampled_from(OWN),
    st.sampled_from(list(GOODS)),
    st.sampled_from([None, 3.0]),
    st.sampled_from(Proximity),
)


@settings(deadline=None)
@given(
    st.lists(supply, max_size=25, unique_by=lambda one: one[:3]),
    st.lists(need, max_size=5, unique_by=lambda one: (one[0], one[1], one[3])),
    st.sampled_from(FlowLevel),
    st.sampled_from([None, 0.0, 2.0]),
    st.integers(1, 12),
)
def test_it_runs_one_way_and_accounts_for_all(supplies, needs, by, least, first):
    snapshot = province(supplies, needs)
    found = town_flow(snapshot, "town:t", as_of=2024, by=by, least=least, first=first)
    known = [(a, b, v) for a, b, _, v in supplies if a != b and (a in OWN or b in OWN)]
    total = sum(v or 0 for *_, v in known) + sum(v or 0 for _, _, v, _ in needs)
    assert found.total == pytest.approx(total)
    assert found.unmeasured == sum(v is None for *_, v in known) + sum(v is None for _, _, v, _ in needs)
    assert (found.unknown_reason is None) == (total > 0)
    parts = found.shown + found.left_out + found.dropped + found.internal
    assert parts == pytest.approx(found.total, rel=1e-9)
    drawn = nx.DiGraph([(one.source, one.target) for one in found.links])
    assert nx.is_directed_acyclic_graph(drawn)
    assert len({node.path for node in found.nodes}) == len(found.nodes)
    for one in found.links:
        assert found.nodes[one.source].tier < found.nodes[one.target].tier
        assert sum(row.part or 0 for row in one.rows(500)) == pytest.approx(one.value)
        assert len(one.rows(500)) == one.supplies


def test_a_year_without_figures_is_unknown():
    found = town_flow(province(STORY), "town:t", as_of=2020)
    assert "2020" in found.unknown_reason
    assert (found.nodes, found.links) == ((), ())


@pytest.mark.parametrize(
    ("bad", "argument"),
    [
        ({"first": 0}, "first"),
        ({"first": 501}, "first"),
        ({"least": -1.0}, "least"),
        ({"least": float("inf")}, "least"),
    ],
)
def test_bad_input_names_the_argument(bad, argument):
    with pytest.raises(BadInput) as caught:
        town_flow(province(STORY), "town:t", as_of=2024, **bad)
    assert list(caught.value.path) == [argument]


def test_what_is_no_town_is_refused():
    with pytest.raises(NotFound):
        town_flow(province([]), "town:z", as_of=2024)
    with pytest.raises(BadInput):
        town_flow(province([]), "org:a", as_of=2024)
